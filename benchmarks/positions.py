"""How far units lie from where they are, and whether they keep what their precision claims.

``python benchmarks/positions.py [FOLDER]`` locates the demo district (the one that is checked in,
or FOLDER) without and with its gazetteer and holds the positions against the truth. A claim is:

- given: within 50 m; building: in the footprint of the right building or within 50 m of it
- house_number: within 100 m; road: the true place lies within 100 m of that road
- park, village, township: the true place lies inside

It then counts the precisions of the Shenzhen case (``../shared/cases/shenzhen``), if that is there.
``--speed ROWS`` locates so many rows and times a bare ``geopandas.sjoin`` of as many points beside.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.demo.write import GAZETTEER_FILE, LEDGER_FILE, TRUTH_FILE
from lxgeo.geo import metric_crs, project
from lxgeo.ledger import clean
from lxgeo.locate import locate
from lxgeo.locate.extent import in_metres
from lxgeo.model import Areas, Precision
from lxgeo.read import read_areas, read_cells, read_divisions
from lxgeo.read.gazetteer import read_gazetteer
from lxgeo.tables import LEDGER

CHECKED_IN = Path(__file__).resolve().parents[1] / "data" / "boundaries" / "demo"
CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"
CLAIM_M = {
    Precision.GIVEN: 50.0,
    Precision.BUILDING: 50.0,
    Precision.HOUSE_NUMBER: 100.0,
    Precision.ROAD: 100.0,
}
INSIDE = {
    Precision.PARK: "park_id",
    Precision.VILLAGE: "village_id",
    Precision.TOWNSHIP: "township_id",
}


def against_truth(located: gpd.GeoDataFrame, truth: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """Return, per unit, its precision, its error in metres, and whether it misses its claim."""
    found = located[located["row"].isin(truth["row"])].reset_index(drop=True)
    truth = truth.set_index("row").loc[found["row"]].reset_index(drop=True)
    crs = metric_crs(float(truth["lon"].mean()))
    here = np.column_stack(project(found["lon"], found["lat"], crs))
    there = np.column_stack(project(truth["lon"], truth["lat"], crs))
    error = np.hypot(*(here - there).T)
    apart = {
        Precision.BUILDING: _from_building(here, error, truth, areas, crs),
        Precision.ROAD: _from_road(found["matched"], there, areas, crs),
    }
    missed = np.zeros(len(found), dtype=bool)
    precision = found["precision"].to_numpy()
    for each, metres in CLAIM_M.items():
        missed |= (precision == each) & ~(apart.get(each, error) <= metres)
    for each, column in INSIDE.items():
        same = found[column].fillna("").to_numpy() == truth[column].fillna("").to_numpy()
        missed |= (precision == each) & ~same
    return pd.DataFrame(
        {"precision": precision, "error_m": error, "missed": missed, "trap": truth["trap"]}
    )


def _from_building(
    here: NDArray[np.float64],
    error: NDArray[np.float64],
    truth: pd.DataFrame,
    areas: Areas,
    crs: str,
) -> NDArray[np.float64]:
    """Return how far points lie from the building that the unit is in; from the unit if in none."""
    shapes = dict(
        zip(
            areas.buildings["id"],
            in_metres(areas.buildings.geometry.to_numpy(), crs),
            strict=True,
        )
    )
    footprints = np.array([shapes.get(each) for each in truth["building_id"]], dtype=object)
    apart = shapely.distance(_points(here), footprints)
    return np.where(np.isnan(apart), error, apart)


def _from_road(
    matched: pd.Series, there: NDArray[np.float64], areas: Areas, crs: str
) -> NDArray[np.float64]:
    """Return how far the true places lie from the road that each unit was put on."""
    names = sorted(areas.roads["name"], key=len, reverse=True)
    lines = dict(
        zip(areas.roads["name"], in_metres(areas.roads.geometry.to_numpy(), crs), strict=True)
    )
    roads = [
        next((lines[name] for name in names if isinstance(text, str) and name in text), None)
        for text in matched
    ]
    return shapely.distance(_points(there), np.array(roads, dtype=object))


def _points(metres: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return points, None where there is none."""
    points = np.full(len(metres), None, dtype=object)
    known = np.isfinite(metres).all(axis=1)
    points[known] = shapely.points(metres[known])
    return points


def table(title: str, found: pd.DataFrame) -> None:
    """Print units, errors and missed claims of each precision."""
    print(f"\n{title}: {len(found):,} units")
    print(f"  {'precision':14}{'units':>7}{'median m':>10}{'95 % m':>9}{'missed':>8}{'share':>8}")
    for each in Precision:
        rows = found[found["precision"] == each]
        if rows.empty:
            continue
        error = rows["error_m"].dropna()
        median, high = (error.quantile(share) for share in (0.5, 0.95)) if len(error) else ("", "")
        told = f"{median:10.1f}{high:9.1f}" if len(error) else f"{'-':>10}{'-':>9}"
        missed = int(rows["missed"].sum())
        claims = each in CLAIM_M or each in INSIDE
        share = f"{missed:8}{missed / len(rows):8.1%}" if claims else f"{'-':>8}{'-':>8}"
        print(f"  {each:14}{len(rows):7,}{told}{share}")


def demo(folder: Path) -> None:
    """Print the demo district's figures, without and with its gazetteer."""
    areas = read_areas(folder)
    ledger, _ = clean(read_cells(folder / LEDGER_FILE))
    truth = pd.read_csv(folder / TRUTH_FILE, dtype={"township_id": str, "village_id": str})
    truth["trap"] = truth["trap"].fillna("")
    divisions = read_divisions()
    for title, gazetteer in {
        "demo, areas and roads alone": None,
        "demo, with its gazetteer": read_gazetteer([folder / GAZETTEER_FILE]),
    }.items():
        located = locate(ledger, areas, divisions=divisions, gazetteer=gazetteer)
        found = against_truth(located, truth, areas)
        table(title, found)
        table(f"{title}, rows without a planted fault", found[found["trap"] == ""])


def shenzhen(folder: Path) -> None:
    """Print how many units of the Shenzhen case reach each precision."""
    from lxgeo.scenario import Scenario, locate_scenario

    columns = {"full_members": "party_members"}
    located = locate_scenario(Scenario(folder / "units.csv", folder, columns=columns)).located
    counts = located["precision"].value_counts()
    told = ", ".join(f"{each} {counts[each]}" for each in map(str, Precision) if each in counts)
    print(f"\nShenzhen, {len(located)} units: {told}")


def speed(folder: Path, rows: int) -> None:
    """Print rows located a second, and a bare sjoin of as many points onto the townships."""
    areas, divisions = read_areas(folder), read_divisions()
    gazetteer = read_gazetteer([folder / GAZETTEER_FILE])
    ledger, _ = clean(read_cells(folder / LEDGER_FILE))
    many = pd.concat([ledger] * (rows // len(ledger) + 1), ignore_index=True).iloc[:rows]
    number = pd.Series(range(rows), index=many.index).astype(str)
    # Rooms make every address another one.
    address = many["address"].where(many["address"].isna(), many["address"] + "，" + number + "室")
    many = LEDGER.shaped(
        many.assign(unit_id=number, row="台账!" + number, address=address, duplicate_of=None)
    )
    locate(ledger, areas, divisions=divisions, gazetteer=gazetteer)  # compiled and loaded
    began = time.perf_counter()
    located = locate(many, areas, divisions=divisions, gazetteer=gazetteer)
    mine = time.perf_counter() - began
    points = located[located.geometry.notna()]
    began = time.perf_counter()
    gpd.sjoin(points[["unit_id", "geometry"]], areas.townships[["id", "geometry"]])
    bare = (time.perf_counter() - began) * rows / max(len(points), 1)
    print(f"\n{rows:,} rows, all addresses different: located in {mine:.1f} s, "
          f"{rows / mine:,.0f} rows/s; a bare sjoin of as many points {bare:.2f} s "
          f"({mine / bare:.0f} times)")  # fmt: skip


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CHECKED_IN)
    parser.add_argument("--speed", type=int, metavar="ROWS")
    asked = parser.parse_args()
    if asked.speed:
        speed(asked.folder, asked.speed)
        return
    demo(asked.folder)
    cases = Path(os.environ.get("LXGEO_CASES", CASES)) / "shenzhen"
    if cases.is_dir():
        shenzhen(cases)


if __name__ == "__main__":
    main()
