"""Who is cut off by a river, and who is not."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import LineString, MultiLineString, box

from lxgeo.geo.barriers import crosses

RIVER = LineString([(104.0, 38.0), (104.0, 38.1)])


def crossing(a: tuple[float, float], b: tuple[float, float], *barriers: object) -> bool:
    """Return whether the way from a to b crosses."""
    found = crosses([a[0]], [a[1]], [b[0]], [b[1]], list(barriers))
    return bool(found[0])


def test_a_river_cuts_its_banks_apart() -> None:
    """East to west crosses; two places on one bank do not."""
    assert crossing((103.99, 38.05), (104.01, 38.05), RIVER)
    assert not crossing((103.98, 38.05), (103.99, 38.05), RIVER)
    assert not crossing((103.99, 38.2), (104.01, 38.2), RIVER)


def test_a_gap_lets_through() -> None:
    """A bridge from 38.01 to 38.011: between its ends one passes, at its very end too."""
    bridged = MultiLineString([[(104, 38), (104, 38.01)], [(104, 38.011), (104, 38.03)]])

    assert not crossing((103.99, 38.0105), (104.01, 38.0105), bridged)
    assert not crossing((103.99, 38.01), (104.01, 38.01), bridged)
    assert crossing((103.99, 38.0095), (104.01, 38.0095), bridged)


def test_to_stand_on_the_bank_is_not_to_cross() -> None:
    """An end on the line, and a way along it, touch it only."""
    assert not crossing((104.0, 38.05), (104.01, 38.05), RIVER)
    assert not crossing((104.0, 38.02), (104.0, 38.05), RIVER)


def test_where_two_lines_go_on_there_is_no_gap() -> None:
    """A river drawn in two pieces is one river, at the joint as well."""
    south, north = (
        LineString([(104, 38), (104, 38.01)]),
        LineString([(104, 38.01), (104, 38.02)]),
    )

    assert crossing((103.99, 38.01), (104.01, 38.01), south, north)
    assert not crossing((103.99, 38.01), (104.01, 38.01), south)


@pytest.mark.parametrize("vertices", [2, 31, 32, 33, 62, 63, 64, 200])
def test_a_long_line_has_no_leaks_where_it_is_cut_for_the_search(vertices: int) -> None:
    """At every vertex and between all vertices of a line of any length one crosses."""
    lat = np.linspace(38.0, 38.1, vertices)
    river = LineString(np.column_stack([np.full(vertices, 104.0), lat]))
    at = np.concatenate([lat[1:-1], (lat[1:] + lat[:-1]) / 2])

    west, east = np.full(len(at), 103.99), np.full(len(at), 104.01)
    assert crosses(west, at, east, at, [river, LineString([(0, 0), (1, 1)])]).all()
    assert not crosses(west, at, west - 0.01, at, [river]).any()


def test_a_lake_is_crossed_by_who_enters_and_leaves() -> None:
    """Across it; not along its edge, and not from a place inside, whose position is off."""
    lake = box(104.0, 38.0, 104.01, 38.01)

    assert crossing((103.99, 38.005), (104.02, 38.005), lake)
    assert not crossing((104.005, 38.005), (104.02, 38.005), lake)
    assert not crossing((104.002, 38.005), (104.006, 38.005), lake)
    assert not crossing((103.99, 38.01), (104.02, 38.01), lake)
    assert crossing((104.0, 38.005), (104.01, 38.005), lake)


def test_layers_and_many_pairs_at_once() -> None:
    """A table of mixed shapes; a place that is nowhere and one that stays cross nothing."""
    table = gpd.GeoDataFrame(geometry=[RIVER, box(104.1, 38, 104.2, 38.1)], crs="EPSG:4326")
    found = crosses(
        [103.9, 104.05, 104.05, np.nan, 104.0],
        [38.05, 38.05, 38.05, 38.05, 38.05],
        [104.05, 104.3, 104.06, 104.1, 104.0],
        [38.05, 38.05, 38.05, 38.05, 38.05],
        table,
    )

    assert found.tolist() == [True, True, False, False, False]


def test_no_barriers_no_crossing() -> None:
    """An empty layer bars nobody; empty and missing shapes neither."""
    empty = gpd.GeoDataFrame(geometry=[], crs="EPSG:4326")

    assert crosses([1.0], [1.0], [2.0], [2.0], empty).tolist() == [False]
    assert not crossing((1, 1), (2, 2), None, LineString(), shapely.Polygon())
    assert crosses([], [], [], [], [RIVER]).tolist() == []
