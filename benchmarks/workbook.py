"""plan.xlsx of 100,000 units: time and memory beside a bare xlsxwriter write of the same cells.

``python benchmarks/workbook.py [units]`` makes a district of so many units out of nine-unit towns
(tests/publish/town_plan.py, with reasons as long as a run's), lays out every sheet, and writes them
twice, each in a process of its own: as `lxgeo.publish.lists.workbook` does, looks and print
settings included, and by xlsxwriter alone, value by value without any look. Prints processor
seconds, the growth of the process at its peak, sizes, and the ratios. Laying out is told apart: a
bare write would need it too.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import xlsxwriter

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / each) for each in ("", "publish")]

from town_plan import planned_branches, planned_units, release_of  # noqa: E402 - found just now

from lxgeo.publish.book import draw, open_book  # noqa: E402
from lxgeo.publish.folder.release import Release  # noqa: E402
from lxgeo.publish.listing import Listing  # noqa: E402
from lxgeo.publish.lists.workbook import listings_of  # noqa: E402

UNITS = 100_000
REASON = (
    "1+1+1=3名正式党员（≥3），3家单位（≤5），同属岚光街道（属地管理），相距最远400米（≤1200），"
    "行业相同；与“创业电子有限公司”同楼宇；成本折合1500米，次优方案1900米；编号"
)


def copies(frame: gpd.GeoDataFrame, count: int, ids: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Return so many copies of a table, each with ids of its own."""
    whole = gpd.GeoDataFrame(
        pd.concat([frame] * count, ignore_index=True), geometry="geometry", crs=frame.crs
    )
    turn = (whole.index // len(frame)).astype(str)
    for name in ids:
        told = whole[name]
        renamed = [
            None if pd.isna(each) else ";".join(f"{part}-{n}" for part in each.split(";"))
            for each, n in zip(told, turn, strict=True)
        ]
        whole[name] = pd.Series(renamed, index=whole.index, dtype="str")
    return whole


def district(units: int) -> Release:
    """Return what is published of a district of so many units."""
    count = -(-units // len(planned_units()))
    rows = copies(planned_units(), count, ("unit_id", "branch_id", "row"))
    branches = copies(planned_branches(), count, ("branch_id", "host_id", "unit_ids"))
    release = release_of(rows, branches)
    said = release.units["reason"] + [f"；{REASON}{n}" for n in range(len(rows))]
    return Release(
        **{
            name: getattr(release, name)
            for name in ("plan", "branches", "evaluation", "areas", "texts", "lang")
        },
        units=release.units.assign(reason=said.astype("str")),
    )


def ours(path: Path, release: Release, listings: tuple[Listing, ...]) -> None:
    """Write the workbook as a run does."""
    with open_book(path, release) as book:
        for listing in listings:
            draw(book, listing)


def bare(path: Path, _: Release, listings: tuple[Listing, ...]) -> None:
    """Write every value of the same lists, and nothing else."""
    with xlsxwriter.Workbook(path) as book:
        for listing in listings:
            sheet = book.add_worksheet(listing.sheet)
            heads = [head.title for head in listing.heads]
            for i, row in enumerate([[listing.title], [listing.note], heads, *listing.rows]):
                for j, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(i, j, value)
                    elif value is not None:
                        sheet.write_number(i, j, value)


def alone(work: Callable[..., None], *given: Any) -> tuple[float, float]:
    """Do a piece of work in a process of its own; return processor seconds and MB that it grew."""
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        before, started = _peak_mb(), time.process_time()
        work(*given)
        os.write(write, f"{time.process_time() - started} {_peak_mb() - before}".encode())
        os._exit(0)
    os.close(write)
    if os.waitpid(child, 0)[1]:
        sys.exit("a writer failed")
    with os.fdopen(read) as told:
        seconds, grown = told.read().split()
    return float(seconds), float(grown)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Write both and print."""
    warnings.simplefilter("ignore")
    release = district(int(sys.argv[1]) if len(sys.argv) > 1 else UNITS)
    started = time.process_time()
    listings = listings_of(release)
    laid_out = time.process_time() - started
    cells = sum(value is not None for each in listings for row in each.rows for value in row)
    print(f"units {len(release.units):,}  sheets {len(listings)}  values {cells:,}")
    print(f"laying out {laid_out:.1f} s")
    with tempfile.TemporaryDirectory() as home:
        found = {}
        for name, work in (("bare", bare), ("ours", ours)):
            path = Path(home) / f"{name}.xlsx"
            found[name] = alone(work, path, release, listings)
            seconds, grown = found[name]
            size = path.stat().st_size / 1e6
            print(f"{name}: {seconds:.1f} s, grew {grown:,.0f} MB, file {size:.1f} MB", flush=True)
    ratios = [mine / theirs for mine, theirs in zip(found["ours"], found["bare"], strict=True)]
    print(f"ratio: time {ratios[0]:.2f}, memory {ratios[1]:.2f}")


if __name__ == "__main__":
    main()
