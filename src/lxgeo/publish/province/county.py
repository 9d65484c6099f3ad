"""One county's files, written beside their place and renamed: all of them, or none.

::

    TREE/county=330106/units.parquet  branches.parquet  links.parquet  [barriers.parquet]
                       townships.parquet  parks.parquet  buildings.parquet
                       map.html  [lists.xlsx]  [pins.json]  county.json
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from lxgeo.judge.parts import AREAS, KEY, NEEDED, PARTS, part_place
from lxgeo.model import Areas
from lxgeo.publish.folder.release import Record, Release
from lxgeo.publish.folder.summary import sha256, summary, write_json
from lxgeo.publish.gis.layers import links
from lxgeo.publish.lists.pins import pins_told
from lxgeo.publish.lists.workbook import write_lists
from lxgeo.publish.rows import published
from lxgeo.tables import BRANCHES, UNITS, area_table

_OUTLINE_DEGREES = 0.0005
"""How far a county's drawn outline may stray from its townships' borders: about 50 metres."""


@dataclass(frozen=True)
class CountyFiles:
    """What is written of a county.

    Parameters
    ----------
    county
        What it is called in the layout.
    fingerprint
        Of all that its plan depends on: another county's plan, or one made otherwise, has another.
    release, record
        What the files say, and how they were made.
    page
        The county's offline map as HTML text.
    lists
        Whether to write the workbook that an office works from.
    states
        Names what an office wrote into the lists before, carried on in these; empty if nothing.
    """

    county: str
    fingerprint: str
    release: Release
    record: Record
    page: str
    lists: bool = False
    states: str = ""


def write_county(
    tree: Path, files: CountyFiles, inspect: Callable[[Path], None] | None = None
) -> Path:
    """Write a county's files; on any error what stood there stays.

    Parameters
    ----------
    tree
        The folder of all counties.
    files
        What to write. The same release gives the same bytes in every file but ``county.json``.
    inspect
        Looks at the county's finished folder before it takes its place, and raises to keep it out.

    Returns
    -------
    Path
        The county's folder.
    """
    beside = Path(tempfile.mkdtemp(prefix=f".{files.county}-", dir=tree))
    try:
        _write(beside, files)
        if inspect is not None:
            inspect(beside)
        place = tree / f"{KEY}{files.county}"
        shutil.rmtree(place, ignore_errors=True)
        beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return place


def kept_in(tree: Path, run: Path, county: str, fingerprint: str) -> dict[str, Any] | None:
    """Return what a county's plan came to, where it was made of the same and stands whole.

    Parameters
    ----------
    tree
        The folder of counties under way. What stands only in the finished run is linked into it.
    run
        The finished run of this name, if there is one.
    county, fingerprint
        Which county, and what its plan would be made of.
    """
    place = tree / f"{KEY}{county}"
    if (told := _whole(lambda file: place / file, fingerprint)) is not None:
        return told
    told = _whole(lambda file: run / part_place(file, county), fingerprint)
    if told is None:
        return None
    beside = Path(tempfile.mkdtemp(prefix=f".{county}-", dir=tree))
    try:
        for file in (*told["files"], "county.json"):
            link(run / part_place(file, county), beside / file)
        shutil.rmtree(place, ignore_errors=True)
        beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return told


def link(source: Path, place: Path) -> None:
    """Let a file stand in a second place: without a second copy where the disk can do that."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, place)
    except OSError:
        shutil.copyfile(source, place)


def _whole(where: Callable[[str], Path], fingerprint: str) -> dict[str, Any] | None:
    """Return a county's summary, where its files are as they were written and made of the same."""
    try:
        told = json.loads(where("county.json").read_text(encoding="utf-8"))
        if told["fingerprint"] != fingerprint or not set(told["files"]) <= set(PARTS):
            return None
        needed = set(NEEDED) - {"county.json"}
        same = all(sha256(where(file)) == digest for file, digest in told["files"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    whole: dict[str, Any] = told
    return whole if same and needed <= set(told["files"]) else None


def _write(folder: Path, files: CountyFiles) -> None:
    release = files.release
    units, branches = published(release.units, UNITS), published(release.branches, BRANCHES)
    between = links(units, branches)
    layers = {"units": units, "branches": branches, "links": between}
    barriers = published(release.areas.layers["barriers"], area_table("barriers"))
    if len(barriers):
        layers["barriers"] = barriers
    layers |= {name: published(release.areas.layers[name], area_table(name)) for name in AREAS}
    for name, layer in layers.items():
        layer.to_parquet(folder / f"{name}.parquet", index=False, compression="zstd")
    (folder / "map.html").write_text(files.page, encoding="utf-8", newline="\n")
    pins = release.plan.pins
    if pins.kept or pins.refused:
        write_json(folder / "pins.json", pins_told(pins))
    if files.lists:
        write_lists(folder / "lists.xlsx", release)
    told = {
        **summary(release, files.record),
        "county": files.county,
        "name": county_name(release.areas) or files.county,
        "branches": len(branches),
        "links": len(between),
        "fingerprint": files.fingerprint,
        "states": files.states,
        "outline": outline(release.areas.layers["townships"]),
        "files": _hashes(folder),
    }
    write_json(folder / "county.json", told)


def _hashes(folder: Path) -> Mapping[str, str]:
    return {path.name: sha256(path) for path in sorted(folder.iterdir())}


def county_name(areas: Areas) -> str | None:
    """Return what the townships say that their county is called."""
    said = areas.layers["townships"]["district"].dropna()
    return str(said.mode().iloc[0]) if len(said) else None


def outline(townships: gpd.GeoDataFrame) -> str | None:
    """Return a county's outline as WKT: its townships dissolved, coarse; None without any."""
    if townships.empty:
        return None
    whole = shapely.union_all(townships.geometry.array, grid_size=1e-6)
    drawn = shapely.simplify(whole, _OUTLINE_DEGREES)
    kept = drawn if not drawn.is_empty else whole
    return str(shapely.to_wkt(kept, rounding_precision=5))
