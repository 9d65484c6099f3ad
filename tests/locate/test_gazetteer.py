"""What a gazetteer adds in the little district, worked out by hand (see little_district.py).

人民路 runs from west to east at 1.0; a hundredth of a degree is 996.5 m east, 1,107.9 m north.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from little_district import LITTLE, at, box, codes, known, ledger, line, place

from lxgeo.locate import locate
from lxgeo.model import Reason, Rule
from lxgeo.tables import CRS, GAZETTEER


def listed(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    """Return a gazetteer of rows with ``at`` or ``geometry``."""
    shapes = [row.get("geometry", shapely.Point(at(*row.get("at", (0, 0))))) for row in rows]
    columns = {name: [row.get(name) for row in rows] for name in GAZETTEER.names}
    return GAZETTEER.shaped(gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS))


def one(gazetteer: gpd.GeoDataFrame, **unit: Any) -> Any:
    """Return one unit, located with a gazetteer."""
    return locate(ledger(unit), LITTLE, gazetteer=gazetteer).iloc[0]


def metres(unit: Any, east: float, north: float) -> float:
    """Return how far a unit lies from a place, metres."""
    lon, lat = at(east, north)
    return float(((unit.lon - lon) * 99_650) ** 2 + ((unit.lat - lat) * 110_790) ** 2) ** 0.5


# --- names

BANKS = listed(
    {"name": "岚商银行营业部", "at": (0.3, 0.3), "road": "沙河巷", "house_number": "7号"},
    {"name": "宏远中心A座", "at": (0.7, 0.3)},
    {"name": "宏远中心B座", "at": (0.75, 0.3)},
    {"name": "便民超市", "at": (0.9, 0.3)},
    {"name": "便民超市", "at": (0.9, 3.3)},
    {"name": "沙头邮局", "aliases": "老邮局；沙头邮政所", "at": (1.2, 0.3)},
    {"name": "富民超市", "at": (2.9, 0.9)},
)


@pytest.mark.parametrize(
    ("address", "point", "precision"),
    [
        ("沙头街道岚商银行营业部3楼", (0.3, 0.3), "building"),
        ("岚商银行营业部", (0.3, 0.3), "building"),
        ("沙头街道宏远中心b座12楼", (0.75, 0.3), "building"),
        ("沙头街道宏远中心", (0.7, 0.3), "house_number"),  # two towers 50 m apart
        ("沙头街道便民超市旁", (0.9, 0.3), "building"),
        ("青山镇便民超市旁", (0.9, 3.3), "building"),
        ("沙头街道老邮局", (1.2, 0.3), "building"),
        ("沙头角街道人民路富民超市", (2.9, 0.9), "building"),
        ("沙河巷7号", (0.3, 0.3), "house_number"),
    ],
)
def test_names_are_found(address: str, point: tuple[float, float], precision: str) -> None:
    """By name, by alias, with their tower, by the road and number that a column tells."""
    unit = one(BANKS, address=address)

    assert (unit.precision, place(unit)) == (precision, at(*point))
    assert known(unit.building_id) is None


def test_a_name_of_two_places_is_told_with_both() -> None:
    """便民超市 in two townships, and none named."""
    unit = one(BANKS, address="便民超市")

    assert unit.precision == "none"
    assert codes(unit) == [Rule.PLACE_AMBIGUOUS]
    assert unit.findings[0].figures["candidates"] == "便民超市（沙头街道）、便民超市（青山镇）"


def test_a_name_of_another_township_is_another_s() -> None:
    """富民超市 is known in 沙头角街道; the address says 青山镇, where there may be one as well."""
    assert one(BANKS, address="青山镇富民超市").precision == "township"


def test_a_place_that_stands_in_one_of_our_buildings_is_in_it() -> None:
    """A tenant known by name has its building."""
    unit = one(listed({"name": "岚商银行总行", "at": (0.51, 0.51)}), address="岚商银行总行")

    assert (unit.building_id, unit.building, unit.park_id) == ("B1", "创业大厦", "P3")


def test_our_own_buildings_are_not_doubled() -> None:
    """The gazetteer knows 创业大厦, too, some 100 m off by its gate: it is the same one."""
    unit = one(listed({"name": "创业大厦", "at": (0.6, 0.5)}), address="创业大厦")

    assert (unit.precision, unit.building_id, place(unit)) == ("building", "B1", at(0.5, 0.5))
    assert unit.findings == ()


@pytest.mark.parametrize(
    "row",
    [
        {"name": "人民路", "kind": "公交站"},
        {"name": "沙头街道", "kind": "地名"},
        {"name": "青山镇", "kind": "乡镇级"},
        {"name": "88号"},
        {"name": "河湾社区"},
        {"name": "某处", "at": (9, 9)},
    ],
)
def test_what_is_no_place_to_be_found_by_name(row: dict[str, Any]) -> None:
    """Stops called like roads, divisions, numbers, what we know better, what lies elsewhere."""
    gazetteer = listed({"at": (1.1, 0.3), **row})
    addresses = ("沙头街道人民路345号", "沙头街道", "沙头街道88号", "沙头街道河湾社区", "某处")
    units = ledger(*({"address": text} for text in addresses))

    there, before = locate(units, LITTLE, gazetteer=gazetteer), locate(units, LITTLE)

    pd.testing.assert_frame_equal(pd.DataFrame(there), pd.DataFrame(before))


def test_a_campus_is_no_building() -> None:
    """By its shape, by its kind or by its name: a unit in it is known to be inside, no better."""
    rows = (
        {"name": "溪山大院", "geometry": box(2.8, 0.2, 3.4, 0.7)},
        {"name": "溪水大院", "kind": "产业园区", "at": (3.1, 0.5)},
        {"name": "溪石家园", "at": (3.1, 0.5)},
    )
    for row in rows:
        unit = one(listed(row), address=f"沙头角街道{row['name']}8号楼")
        assert (unit.precision, place(unit)) == (
            "park",
            at(3.1, 0.45 if "geometry" in row else 0.5),
        )
        assert known(unit.park_id) is None


# --- names spelt alike


ALIKE = listed(
    {"name": "宏远商务中心", "at": (1.0, 0.98)},
    {"name": "宏源国际商务大厦", "at": (0.4, 0.3)},
    {"name": "宏源第一商务大厦", "at": (0.4, 3.3)},
)


@pytest.mark.parametrize(
    ("address", "precision"),
    [
        ("人民路宏远商贸中心", "building"),  # 5 of 6 characters, and 人民路 runs past it
        ("沙头街道人民路宏远商贸中心", "building"),
        ("宏远商贸中心", "none"),  # likeness alone
        ("沙头街道宏远商贸中心", "township"),  # 83 of 100 and only the township
        ("沙头街道宏源国际商务大楼", "township"),  # 87.5
        ("沙头路宏远商贸中心", "road"),  # another road
        ("沙头街道人民路宏远东商务中心", "road"),  # 东 tells another one
    ],
)
def test_likeness_is_never_enough_alone(address: str, precision: str) -> None:
    """The road must agree, or the township and nearly every character."""
    assert one(ALIKE, address=address).precision == precision


def test_a_name_taken_for_another_is_told() -> None:
    """With the name that it was taken for, and less sure than a name that is right."""
    unit = one(ALIKE, address="人民路宏远商贸中心")

    figures = {"name": "宏远商贸中心", "known": "宏远商务中心", "likeness": 83.3}
    assert place(unit) == at(1.0, 0.98)
    assert unit.findings == (Reason(Rule.PLACE_ALIKE, figures),)
    assert (unit.confidence, unit.matched) == (0.6, "宏远商务中心")


# --- house numbers

# 人民路 every 48 m on the north side: 201 at 0.60, then 0.0482 a door (4 numbers).
DOORS = listed(
    *(
        {
            "road": "人民路",
            "house_number": f"{200 + 4 * k}号",
            "at": (0.6 + 0.0482 * k, 1.01),
        }
        for k in range(40)
        if k not in {7, 8, 20}
    ),
    {"address": "乌山区沙头街道人民路501号", "at": (1.5, 0.99)},
    {"name": "人民路503号", "road": "人民路", "house_number": "503", "at": (1.52, 0.99)},
)


def test_a_door_that_is_known() -> None:
    """By a column, or by the address that a row of the gazetteer gives."""
    for number, east, north in ((220, 0.841, 1.01), (501, 1.5, 0.99), (503, 1.52, 0.99)):
        unit = one(DOORS, address=f"沙头街道人民路{number}号2楼")
        assert (unit.precision, place(unit)) == ("house_number", at(east, north))
        assert (unit.confidence, unit.matched) == (0.8, f"人民路{number}号")


def test_a_door_between_others_is_worked_out() -> None:
    """228 is the seventh: 0.6 + 7 × 0.0482 = 0.9374, within a few metres."""
    unit = one(DOORS, address="乌山区沙头街道人民路228号附3号")

    assert unit.precision == "house_number"
    assert metres(unit, 0.9374, 1.01) < 5
    assert unit.township_id == "T1"
    assert unit.matched == "人民路228-3号（224号—236号）"
    assert 0.5 <= unit.confidence <= 0.8
    assert unit.findings == ()


def test_a_door_far_from_any_known_one_is_only_on_the_road() -> None:
    """900 is beyond all that is known."""
    unit = one(DOORS, address="沙头街道人民路900号")

    assert (unit.precision, place(unit)) == ("road", at(1.1, 1))


def test_a_door_whose_error_may_be_great_is_only_on_the_road() -> None:
    """500 m between two doors and nothing tried: its place is told, its precision is the road's."""
    two = listed(
        {"road": "人民路", "house_number": "2号", "at": (0.6, 1.01)},
        {"road": "人民路", "house_number": "42号", "at": (1.1, 1.01)},
    )
    unit = one(two, address="沙头街道人民路22号")

    assert (unit.precision, unit.township_id) == ("road", "T1")
    assert metres(unit, 0.85, 1.01) < 1


def test_a_number_in_another_township_than_named_is_not_meant() -> None:
    """人民路 goes on into 沙头角街道: its 220 is none of 沙头角街道's."""
    assert one(DOORS, address="沙头角街道人民路220号").precision == "road"


def test_a_number_that_stands_in_two_places_is_told() -> None:
    """88号 of 金融中心 by our own layer, and 88号 400 m farther by the gazetteer."""
    other = listed({"road": "人民路", "house_number": "88号", "at": (1.9, 1.5)})

    unit = one(other, address="沙头街道人民路88号")

    assert unit.precision == "road"
    assert codes(unit) == [Rule.PLACE_AMBIGUOUS]


# --- roads, parks and villages


def test_a_road_that_only_the_gazetteer_knows() -> None:
    """A line with a name: in the middle of it, in the township named."""
    gazetteer = listed({"name": "新巷", "geometry": line((0.2, 0.2), (0.4, 0.2))})

    unit = one(gazetteer, address="沙头街道新巷")

    assert (unit.precision, place(unit), unit.township_id) == ("road", at(0.3, 0.2), "T1")


def test_a_road_in_a_park_is_on_that_stretch() -> None:
    """环城路 runs through 创业大厦园区 from 0.4 to 0.6 (0.1 more on either hand): its middle."""
    unit = one(listed(), address="沙头街道创业大厦园区环城路")

    assert (unit.precision, unit.park_id, unit.township_id) == ("road", "P3", "T1")
    assert metres(unit, 0.5, 0.5) < 1


def test_a_road_that_does_not_come_near_the_park_named_leaves_it_to_the_park() -> None:
    """沙头路 is kilometres away from 创业大厦园区, and in another township."""
    unit = one(listed(), address="沙头街道创业大厦园区,沙头路")

    assert (unit.precision, unit.park_id) == ("park", "P3")


def test_a_village_that_only_the_gazetteer_knows() -> None:
    """By the point of its committee; it is none of our villages."""
    gazetteer = listed({"name": "上坝村", "kind": "行政村", "at": (3.1, 1.1)})

    unit = one(gazetteer, address="沙头角街道上坝村二组")

    assert (unit.precision, place(unit), unit.township_id) == ("village", at(3.1, 1.1), "T2")
    assert known(unit.village_id) is None


def test_the_order_of_rows_changes_nothing() -> None:
    """A gazetteer backwards is the same gazetteer."""
    rows = [*range(len(DOORS))]
    units = ledger(
        *({"address": text} for text in ("沙头街道人民路228号", "人民路503号", "人民路501号"))
    )
    backwards = GAZETTEER.shaped(DOORS.iloc[rows[::-1]].reset_index(drop=True))

    there = locate(units, LITTLE, gazetteer=DOORS)
    back = locate(units, LITTLE, gazetteer=backwards)

    pd.testing.assert_frame_equal(pd.DataFrame(there), pd.DataFrame(back))


@pytest.mark.parametrize("column", GAZETTEER.names)
def test_hostile_text_is_only_text(column: str) -> None:
    """Whatever stands in a gazetteer, addresses are located as before, or better."""
    hostile = ("{{7*7}}", "(((((", "路" * 5_000, "1" * 5_000, "\x00", "=1+1", "\U0001f600", " ")
    gazetteer = listed(*({column: text, "at": (0.3, 0.3)} for text in hostile))

    assert one(gazetteer, address="沙头街道创业大厦").building_id == "B1"
