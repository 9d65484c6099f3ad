"""Dense places that no area is known for, worked out on plain metres around 106° E, 26.5° N."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from numpy.typing import NDArray

from lxgeo.geo import metric_crs, project, unproject
from lxgeo.geo.hotspots import Density, dense_places, hotspots
from lxgeo.tables import CRS, HOTSPOTS, LOCATED

DENSITY = Density(least_units=5, reach_m=100, widest_m=600, shrink=0.5, finest_m=30)
ZONE = metric_crs(106.0)
ORIGIN = project(106.0, 26.5, ZONE)


def ring(x: float, y: float, count: int, radius_m: float) -> list[tuple[float, float]]:
    """Return points evenly on a circle."""
    turn = 2 * np.pi * np.arange(count) / count
    return [(x + radius_m * float(np.cos(t)), y + radius_m * float(np.sin(t))) for t in turn]


def located(points: Sequence[tuple[float, float]], **columns: Any) -> gpd.GeoDataFrame:
    """Return units at metres east and north of the origin, at work and in no area."""
    lon, lat = unproject(*(np.array(points, dtype=float).reshape(-1, 2) + np.array(ORIGIN)).T, ZONE)
    count = len(points)
    table = pd.DataFrame(
        {
            "unit_id": [f"U{i:03}" for i in range(count)],
            "row": [f"s!{i}" for i in range(count)],
            "operating_status": ["operating"] * count,
            "line": ["territorial"] * count,
            "lon": lon,
            "lat": lat,
            "precision": ["given"] * count,
            "full_members": pd.array([2] * count, dtype="Int64"),
            "township": ["沙头街道"] * count,
        }
        | columns
    )
    return LOCATED.shaped(gpd.GeoDataFrame(table, geometry=shapely.points(lon, lat), crs=CRS))


def nameless(rows: NDArray[np.intp]) -> list[tuple[str, ...]]:
    """Return no names."""
    return [("", "", "", "")] * len(rows)


def test_a_dense_place_is_found_and_strangers_are_not() -> None:
    """Six units on a circle of 40 m and one 300 m away: one hotspot of six, 80 m across."""
    units = located([*ring(0, 0, 6, 40), (300, 0)])
    table, ids = hotspots(units, nameless, DENSITY)

    HOTSPOTS.check(table)
    assert table[["name", "units", "full_members"]].to_numpy().tolist() == [
        ["沙头街道聚集区", 6, 12]
    ]
    assert table["span_m"].item() == pytest.approx(80, abs=0.2)
    assert ids.notna().tolist() == [True] * 6 + [False]
    assert set(ids.dropna()) == set(table["id"])
    assert table.geometry.item().contains(shapely.union_all(units.geometry[:6]))


def test_too_few_are_no_hotspot() -> None:
    """Four units at one door, where five are asked for."""
    assert hotspots(located([(0, 0)] * 4), nameless, DENSITY)[0].empty
    assert len(hotspots(located([(0, 0)] * 5), nameless, DENSITY)[0]) == 1


@pytest.mark.parametrize(
    "away",
    [
        {"operating_status": "closed"},
        {"duplicate_of": "U000"},
        {"precision": "road"},
        {"building_id": "B1"},
        {"park_id": "P1"},
        {"market_id": "M1"},
        {"block_id": "K1"},
        {"corridor_id": "C1"},
    ],
)
def test_only_units_at_work_outside_known_areas_count(away: dict[str, str]) -> None:
    """Five at a door, one closed, a repeat, known by its road, or in an area: no hotspot."""
    count = 5
    usual = {"operating_status": "operating", "precision": "given"}
    columns = {name: [value, *[usual.get(name)] * (count - 1)] for name, value in away.items()}

    assert hotspots(located([(0, 0)] * count, **columns), nameless, DENSITY)[0].empty


def test_what_is_too_wide_falls_into_its_denser_parts() -> None:
    """Two knots of eight, 800 m apart, chained by units every 80 m: two hotspots, not a street."""
    chain = [(float(x), 0.0) for x in range(80, 800, 80)]
    points = [*ring(0, 0, 8, 20), *ring(800, 0, 8, 20), *chain, *chain]
    x, y = np.array(points).T

    parts = dense_places(x, y, DENSITY)

    assert sorted(len(part) for part in parts) == [8, 8]
    assert len(dense_places(x, y, Density(5, 100, 2_000))) == 1


def test_names_are_the_commonest_of_the_first_kind_that_enough_share() -> None:
    """Of eight units two say a tower (a quarter), six a road: the tower; one does not suffice."""
    units = located(ring(0, 0, 8, 30))

    def name(towers: int) -> str:
        said = [("宏达大厦" if i < towers else "", "", "人民路", "") for i in range(8)]
        table, _ = hotspots(units, lambda rows: [said[i] for i in rows], DENSITY)
        return str(table["name"].item())

    assert (name(2), name(1)) == ("宏达大厦", "人民路")


def test_two_of_one_name_are_told_apart() -> None:
    """The one with more units keeps the name, the other has a number."""
    units = located([*ring(0, 0, 6, 30), *ring(2_000, 0, 9, 30)])
    table, _ = hotspots(units, lambda rows: [("", "", "人民路", "")] * len(rows), DENSITY)

    assert table[["name", "units"]].to_numpy().tolist() == [["人民路", 9], ["人民路（2）", 6]]


def test_ids_come_from_the_units_and_not_from_their_order() -> None:
    """Rows backwards, other names, another neighbour: the same ids."""
    units = located([*ring(0, 0, 6, 30), *ring(2_000, 0, 9, 30)])
    there, ids = hotspots(units, nameless, DENSITY)
    back, ids_back = hotspots(units.iloc[::-1], nameless, DENSITY)
    alone, _ = hotspots(units.iloc[:6], lambda rows: [("甲",)] * len(rows), DENSITY)

    pd.testing.assert_frame_equal(pd.DataFrame(there), pd.DataFrame(back))
    pd.testing.assert_series_equal(ids, ids_back.iloc[::-1])
    assert alone["id"].item() in set(there["id"])


def test_no_units_no_hotspots() -> None:
    """An empty table is a table."""
    table, ids = hotspots(located([]), nameless)

    HOTSPOTS.check(table)
    assert (len(table), len(ids)) == (0, 0)


@pytest.mark.parametrize(
    "wrong", [{"least_units": 1}, {"reach_m": 0}, {"shrink": 1.0}, {"finest_m": -1}]
)
def test_a_density_that_is_none_is_refused(wrong: dict[str, Any]) -> None:
    """A mistake of the caller's is told where it is made."""
    with pytest.raises(ValueError, match="density"):
        Density(**wrong)
