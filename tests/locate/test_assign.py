"""Which areas a row lies in, by polygon, by nearness and name, by name; and what disagrees."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from little_district import areas, at, box, codes, known, ledger

from lxgeo import text
from lxgeo.locate import locate
from lxgeo.locate.extent import held_by
from lxgeo.model import Precision, Reason, Rule
from lxgeo.tables import CRS, LOCATED

# In T1: a market 200 m by 200 m, a block beside it, a corridor along 人民路; grids over all of T1.
MORE: dict[str, list[dict[str, Any]]] = {
    "markets": [
        {
            "id": "M1",
            "name": "宏达建材市场",
            "aliases": "建材城",
            "geometry": box(1.2, 0.2, 1.4, 0.4),
        },
        {"id": "M2", "name": "市场", "geometry": box(1.7, 0.2, 1.8, 0.4)},
    ],
    "blocks": [{"id": "K1", "name": "老街步行街", "geometry": box(1.4, 0.2, 1.6, 0.4)}],
    "corridors": [{"id": "C1", "name": "人民路经济带", "geometry": box(0.2, 0.9, 1.8, 1.1)}],
    "grids": [
        {"id": "G1", "name": "第一网格", "geometry": box(0, 0, 1, 2)},
        {"id": "G2", "name": "第二网格", "geometry": box(1, 0, 2, 2)},
    ],
}
MORE_AREAS = areas(**MORE)
LAYERS = ("corridor_id", "market_id", "block_id", "grid_id")


def one(**unit: Any) -> Any:
    """Return the one unit of a ledger, located among all layers."""
    located = locate(ledger(unit), MORE_AREAS)
    LOCATED.check(located)
    return located.iloc[0]


def held(unit: Any) -> tuple[object, ...]:
    """Return corridor, market, block and grid of a unit."""
    return tuple(known(unit[layer]) for layer in LAYERS)


def given(east: float, north: float, address: str | None = None) -> Any:
    """Return a unit with coordinates of the little district."""
    lon, lat = at(east, north)
    return one(lon_in=lon, lat_in=lat, address=address)


def test_polygons_hold_points_in_every_layer() -> None:
    """In the market, in the block, in the corridor; each in its grid."""
    assert held(given(1.3, 0.3)) == (None, "M1", None, "G2")
    assert held(given(1.5, 0.3)) == (None, None, "K1", "G2")
    assert held(given(0.5, 1.0)) == ("C1", None, None, "G1")
    assert held(given(3.0, 3.0)) == (None, None, None, None)


def test_a_building_lies_in_the_areas_that_hold_it() -> None:
    """创业大厦 by name: its point is the unit's own, so the first grid has it."""
    unit = one(address="沙头街道创业大厦")

    assert (unit.precision, held(unit)) == ("building", (None, None, None, "G1"))


@pytest.mark.parametrize(
    ("metres", "address", "market"),
    [
        (30, "沙头街道宏达建材市场12号", "M1"),
        (30, "沙头街道建材城", "M1"),
        (30, "沙头街道", None),  # near, but nobody says so
        (80, "沙头街道宏达建材市场12号", None),  # said, but not near
    ],
)
def test_an_area_is_joined_by_name_from_close_by(
    metres: int, address: str, market: str | None
) -> None:
    """Within 50 m of the market's border, and named. One degree of latitude is 110.8 km."""
    unit = given(1.3, 0.2 - metres / 1_108, address)

    assert known(unit.market_id) == market
    assert Rule.PLACE_DISAGREES not in codes(unit)


def test_a_name_puts_a_row_without_a_point_of_its_own() -> None:
    """Known by its road only: in the market that its address names, and in no grid."""
    unit = one(address="沙头街道人民路宏达建材市场")
    doubtful = one(address="沙头街道人民路市场")

    assert (unit.precision, held(unit)) == ("road", (None, "M1", None, None))
    assert known(doubtful.market_id) is None


@pytest.mark.parametrize("address", ["乌山区沙头街道", "乌山区"])
def test_a_township_or_a_district_fills_nothing_else(address: str) -> None:
    """No point, no building, no park, no grid; the township where it is named."""
    unit = one(address=address)

    assert not Precision(unit.precision).joinable
    assert known(unit.township_id) == ("T1" if "沙头" in address else None)
    assert [known(unit[name]) for name in ("park_id", "building_id", "village_id", "lon")] == [
        None
    ] * 4
    assert held(unit) == (None,) * 4


def test_coordinates_in_another_building_than_named_decide_and_tell() -> None:
    """The address says 创业大厦 (at 0.5, 0.5), the point is in a 金融中心 (at 1.5, 1.5).

    From the middle of one to the edge of the other are 0.98 steps each way: 977 m east and 1,086 m
    north, 1,461 m together.
    """
    unit = given(1.5, 1.5, "沙头街道创业大厦")

    (told,) = [finding for finding in unit.findings if finding.code is Rule.PLACE_DISAGREES]
    assert (unit.building_id, unit.confidence) == ("B4", 0.5)
    assert (told.figures["named"], told.figures["lies"]) == ("创业大厦", "金融中心")
    assert told.figures["distance_m"] == pytest.approx(1461, abs=2)


def test_a_name_of_several_buildings_accuses_nobody() -> None:
    """There are two 金融中心: which one the address means is not known."""
    unit = given(0.5, 0.5, "沙头街道金融中心")

    assert unit.building_id == "B1"
    assert Rule.PLACE_DISAGREES not in codes(unit)


def test_coordinates_outside_the_park_named_tell_how_far() -> None:
    """青山工业园 ends at 0.6, 2.6; a point 1.0 step east of it is 997 m away, and in no park."""
    unit = given(1.6, 2.4, "青山镇青山工业园")

    (told,) = [finding for finding in unit.findings if finding.code is Rule.PLACE_DISAGREES]
    assert told.figures["named"] == "青山工业园"
    assert told.figures["lies"] is None
    assert told.figures["distance_m"] == pytest.approx(997, abs=2)
    assert known(unit.park_id) is None
    assert text.reason(told).startswith("台账写的是“青山工业园”，坐标在其外，相距997米")


def test_a_point_by_the_gate_is_no_disagreement() -> None:
    """150 m outside the park that the address names: in none, and nothing to tell."""
    unit = given(0.6 + 150 / 996, 2.4, "青山镇青山工业园")

    assert known(unit.park_id) is None
    assert Rule.PLACE_DISAGREES not in codes(unit)


def test_coordinates_in_another_park_than_named_tell_both() -> None:
    """In 沙河科技园, says 青山工业园: 沙河科技园."""
    unit = given(1.8, 0.7, "沙头街道青山工业园")

    told = [each for each in unit.findings if each.code is Rule.PLACE_DISAGREES]
    assert unit.park_id == "P2"
    assert [(each.figures["named"], each.figures["lies"]) for each in told] == [
        ("青山工业园", "沙河科技园")
    ]


# --- which area holds a point


def layer(*shapes: tuple[str, Any]) -> gpd.GeoDataFrame:
    """Return an areas layer."""
    return gpd.GeoDataFrame(
        {"id": [name for name, _ in shapes]}, geometry=[shape for _, shape in shapes], crs=CRS
    )


def test_overlaps_and_borders_are_the_smallest_id_s() -> None:
    """Three overlapping squares; the order of the table does not matter."""
    b, a, c = shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3), shapely.box(2, 0, 4, 2)
    lon = np.array([0.5, 1.5, 2.0, 2.5, 3.5, 5.0, np.nan])
    lat = np.array([0.5, 1.5, 0.5, 1.5, 0.5, 0.5, 0.5])

    there = held_by(lon, lat, layer(("B", b), ("A", a), ("C", c)))
    back = held_by(lon, lat, layer(("C", c), ("A", a), ("B", b)))

    assert there.tolist() == [0, 1, 0, 1, 2, -1, -1]
    assert back.tolist() == [2, 1, 2, 1, 0, -1, -1]


def test_only_polygons_hold_points_and_broken_ones_are_mended() -> None:
    """A point, a line and nothing hold nobody; a bow tie holds what lies in its two wings."""
    tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    shapes = layer(
        ("A", shapely.Point(0.2, 1.0)),
        ("B", shapely.LineString([(0, 1), (2, 1)])),
        ("C", None),
        ("D", tie),
    )

    held = held_by(np.array([0.2, 1.8, 1.0]), np.array([1.0, 1.0, 0.2]), shapes)

    assert held.tolist() == [3, 3, -1]


def test_no_areas_hold_nothing() -> None:
    """An empty layer, and no points at all."""
    empty = layer().set_geometry(gpd.GeoSeries([], crs=CRS))

    assert held_by(np.array([1.0]), np.array([1.0]), empty).tolist() == [-1]
    assert held_by(np.array([]), np.array([]), layer(("A", shapely.box(0, 0, 1, 1)))).tolist() == []


def test_reasons_read_as_sentences() -> None:
    """Both buildings, how far, and that the coordinates decided."""
    told = Reason(
        Rule.PLACE_DISAGREES, {"named": "金融中心", "lies": "创业大厦", "distance_m": 1460.4}
    )

    assert text.reason(told) == (
        "台账写的是“金融中心”，坐标在“创业大厦”内，相距1460米；以坐标为准，请核对"
    )
