"""Where names put units, worked out by hand in the little district (see little_district.py)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from little_district import areas, at, box, codes, known, ledger, one, place

from lxgeo.locate import locate
from lxgeo.model import Reason, Rule
from lxgeo.read import read_divisions


def ambiguous(name: str, *townships: str) -> Reason:
    """Return what is told of a name that stands in several townships."""
    meant = "、".join(f"{name}（{township}）" for township in townships)
    figures = {"name": name, "places": len(townships), "candidates": meant}
    return Reason(Rule.PLACE_AMBIGUOUS, figures)


def candidates(unit: Any) -> list[dict[str, Any]]:
    """Return the places that a unit may be at."""
    return [] if known(unit.candidates) is None else json.loads(unit.candidates)


@pytest.mark.parametrize(
    ("address", "precision", "point", "township"),
    [
        # building: by name, by alias in any writing, with a tower that the layer doesn't tell
        ("乌山区沙头街道人民路12号创业大厦3楼305室", "building", at(0.5, 0.5), "T1"),
        ("halo广场2F", "building", at(0.5, 0.5), "T1"),
        ("创业大厦C座1201", "building", at(0.5, 0.5), "T1"),
        ("贵州省贵阳市乌山区 创业大厦", "building", at(0.5, 0.5), "T1"),
        ("时代广场B座5层", "building", at(3.1, 0.5), "T2"),
        ("时代广场a栋", "building", at(3, 0.5), "T2"),
        # two of one name: the township, the road or the number tells them apart
        ("青山镇金融中心9层", "building", at(1.5, 3.5), "T3"),
        ("人民路金融中心9层", "building", at(1.5, 1.5), "T1"),
        ("沙头路5号金融中心", "building", at(1.5, 3.5), "T3"),
        # house number: by the buildings' own addresses
        ("乌山区沙头街道人民路12号", "house_number", at(0.5, 0.5), "T1"),
        ("人民路十二号3楼", "house_number", at(0.5, 0.5), "T1"),
        ("人民路88号", "house_number", at(1.5, 1.5), "T1"),
        # park, in its part in the township named
        ("青山工业园3栋", "park", at(0.4, 2.4), "T3"),
        ("青山镇青山大道1号", "park", at(0.4, 2.4), "T3"),
        ("沙头街道沙河科技园", "park", at(1.8, 0.75), "T1"),
        ("沙头角街道沙河科技园", "park", at(2.3, 0.75), "T2"),
        # village
        ("沙头街道河湾社区居委会旁", "village", at(0.25, 1.75), "T1"),
        ("青山镇新民村三组", "village", at(0.1, 2.1), "T3"),
        ("沙头街道新民村", "village", at(0.75, 1.75), "T1"),
        ("沙头街道新民村村委会旁", "village", at(0.75, 1.75), "T1"),
        ("沙头街道新民村村口", "village", at(0.75, 1.75), "T1"),
        # road, in the township named; unnamed only where the road can't leave it
        ("沙头街道人民路345号", "road", at(1.1, 1), "T1"),
        ("乌山区沙头角街道人民路345号", "road", at(2.9, 1), "T2"),
        ("沙头路77号", "road", at(1, 3), "T3"),
        # township: never a point
        ("乌山区沙头街道办事处某处", "township", None, "T1"),
        ("深圳沙头街道", "township", None, "T1"),
        ("云溪保税区某处", "township", None, "T4"),
        ("城关镇", "township", None, "T3"),
        ("乌山区沙头", "township", None, "T1"),
        ("乌山区沙头角,人民路", "road", at(2.9, 1), "T2"),
        # district
        ("贵阳市乌山区某处", "district", None, None),
        # nothing
        ("某处", "none", None, None),
        ("上海市黄浦区人民路12号创业大厦", "none", None, None),
        ("", "none", None, None),
        (None, "none", None, None),
    ],
)
def test_addresses(
    address: str | None, precision: str, point: tuple[float, float] | None, township: str | None
) -> None:
    """The finest place that the names leave no doubt about, and no coordinates for a township."""
    unit = one(address=address)

    assert unit.precision == precision
    assert place(unit) == point
    assert known(unit.township_id) == township


@pytest.mark.parametrize(
    "address",
    [
        "沙头路",  # a road
        "乌山区沙头路与环城路交汇处",
        "乌山区沙头工业区3栋",
        "乌山区沙头村",
        "乌山区上沙头街道",  # another township's name ends alike
        "乌山区沙头角路9号",
        "乌山区沙头派出所对面",
    ],
)
def test_what_only_sounds_like_a_township(address: str) -> None:
    """A road, a village, a works called 沙头 puts nobody in 沙头街道 or 沙头角街道."""
    assert known(one(address=address).township_id) not in {"T1", "T2"}


@pytest.mark.parametrize(
    "address",
    [
        "国际创业大厦",  # another building's name ends alike
        "创业大厦酒店",
        "创业大厦路",
        "创业广场",
        "云溪大厦3栋",  # 1栋 and 2栋 are known
        "金融",
    ],
)
def test_what_only_sounds_like_a_building(address: str) -> None:
    """A name inside a longer name, or much alike, is not enough."""
    assert one(address=address).precision == "none"


def test_a_name_of_several_places_is_told_and_placed_more_coarsely() -> None:
    """金融中心 stands in 沙头街道 and in 青山镇; nothing tells which, so the district it is."""
    unit = one(address="乌山区金融中心")

    assert unit.precision == "district"
    assert place(unit) is None
    assert unit.findings == (ambiguous("金融中心", "沙头街道", "青山镇"),)
    assert unit.confidence == 0.05
    assert [each["name"] for each in candidates(unit)] == [
        "金融中心（沙头街道）",
        "金融中心（青山镇）",
    ]
    assert [(each["lon"], each["lat"]) for each in candidates(unit)] == [at(1.5, 1.5), at(1.5, 3.5)]
    assert {each["precision"] for each in candidates(unit)} == {"building"}
    assert {each["confidence"] for each in candidates(unit)} == {0.45}


def test_towers_of_one_complex_are_one_place() -> None:
    """时代广场 A and B stand 100 m apart: a position, but no building."""
    unit = one(address="沙头角街道时代广场")

    assert (unit.precision, place(unit)) == ("house_number", at(3, 0.5))
    assert known(unit.building_id) is None
    assert codes(unit) == [Rule.PLACE_AMBIGUOUS]


def test_towers_far_apart_are_not_one_place() -> None:
    """云溪大厦 1 and 2 stand 2 km apart."""
    unit = one(address="云溪保税区云溪大厦")

    assert (unit.precision, place(unit)) == ("township", None)


def test_a_name_that_says_only_a_type_needs_the_township() -> None:
    """商务中心 may be any; in 青山镇 it is the one there."""
    assert one(address="商务中心2楼").precision == "none"
    assert one(address="青山镇商务中心2楼").building_id == "B6"


def test_a_park_across_two_townships_is_told() -> None:
    """沙河科技园 lies to 4/10 in T1 and 6/10 in T2: the greater part, and a finding."""
    unit = one(address="沙河科技园5栋")

    assert (unit.precision, place(unit), unit.township_id) == ("park", at(2.3, 0.75), "T2")
    assert unit.findings == (ambiguous("沙河科技园", "沙头街道", "沙头角街道"),)


def test_a_road_through_two_townships_places_nobody() -> None:
    """人民路 runs in T1 and T2; unless one of them is named it is anywhere on it."""
    unit = one(address="乌山区人民路345号")

    assert (unit.precision, place(unit)) == ("district", None)
    assert codes(unit) == [Rule.PLACE_AMBIGUOUS]


def test_a_road_that_may_go_on_beyond_the_map_places_nobody() -> None:
    """A road that reaches the edge of the road file may have been cut there."""
    only = areas(townships=[{"id": "T", "name": "甲镇", "geometry": box(0, 0, 9, 9)}])

    unit = locate(ledger({"address": "环城路9号"}), only).iloc[0]

    assert unit.precision == "none"


def test_a_road_wholly_inside_a_park_puts_its_units_there() -> None:
    """沙头路 runs inside the works; 人民路 only through it."""
    works = [{"id": "P", "name": "大园", "geometry": box(0.4, 0.9, 1.6, 3.1)}]

    located = locate(
        ledger({"address": "沙头路77号"}, {"address": "沙头街道人民路77号"}), areas(parks=works)
    )

    assert located["precision"].tolist() == ["road", "road"]
    assert [known(each) for each in located["park_id"]] == ["P", None]


def test_building_and_park_come_with_a_building_position() -> None:
    """B1 stands in the park P3; a unit found by the building's name has both."""
    unit = one(address="创业大厦")

    assert (unit.building_id, unit.building) == ("B1", "创业大厦")
    assert (unit.park_id, unit.park) == ("P3", "创业大厦园区")


def test_a_point_that_only_stands_for_the_unit_puts_it_in_nothing_else() -> None:
    """The middle of a road says nothing about parks and buildings that happen to lie there."""
    crossed = areas(parks=[{"id": "P", "name": "横路园", "geometry": box(0.5, 0.5, 1.8, 1.5)}])

    unit = locate(ledger({"address": "沙头街道人民路345号"}), crossed).iloc[0]

    assert (unit.precision, unit.township_id) == ("road", "T1")
    assert known(unit.park_id) is None


# --- the ledger's own columns


@pytest.mark.parametrize(
    ("unit", "precision", "found"),
    [
        ({"township_named": "沙头"}, "township", {"township_id": "T1"}),
        ({"township_named": "乌山区沙头角街道办"}, "township", {"township_id": "T2"}),
        ({"township_named": "老青山"}, "township", {"township_id": "T3"}),
        ({"building_named": "创业大厦 B座"}, "building", {"building_id": "B1"}),
        ({"building_named": "时代广场1期B座"}, "building", {"building_id": "B3"}),
        ({"park_named": "青山工业园"}, "park", {"park_id": "P1"}),
        ({"village_named": "河湾"}, "village", {"village_id": "V1"}),
        (
            {"township_named": "青山镇", "village_named": "新民村委会"},
            "village",
            {"village_id": "V3"},
        ),
        ({"address": "人民路345号", "township_named": "沙头角"}, "road", {"township_id": "T2"}),
        (
            {"address": "时代广场A座", "building_named": "创业大厦"},
            "building",
            {"building_id": "B1"},
        ),
    ],
)
def test_columns_count_as_names(
    unit: dict[str, str], precision: str, found: dict[str, str]
) -> None:
    """A column that names a place says it alone, short forms included."""
    located = one(**unit)

    assert located.precision == precision
    assert {name: located[name] for name in found} == found


def test_where_address_and_column_differ_the_address_decides_and_both_are_told() -> None:
    """The address is nearer to a position than the list that a unit stands in."""
    unit = one(address="乌山区沙头街道某处", township_named="青山镇")

    assert unit.township_id == "T1"
    assert unit.findings == (
        Reason(Rule.ADDRESS_DISAGREES, {"named": "青山镇", "township": "沙头街道"}),
    )


def test_an_address_elsewhere_leaves_the_column() -> None:
    """Registered in another district, listed in ours: ours by the list, and told."""
    unit = one(address="上海市黄浦区人民路12号", township_named="沙头街道")

    assert (unit.precision, unit.township_id) == ("township", "T1")
    assert unit.findings == (
        Reason(Rule.ADDRESS_DISAGREES, {"named": "黄浦区", "township": "沙头街道"}),
    )


def test_a_town_that_became_a_street_office() -> None:
    """深圳福田区沙头镇 is 沙头街道 today, by the table of divisions and by the areas alone."""
    futian = [
        {"id": "T", "name": "沙头街道", "district": "福田区", "geometry": box(0, 0, 2, 2)},
        {"id": "S", "name": "园岭街道", "district": "福田区", "geometry": box(2, 0, 4, 2)},
    ]
    units = ledger({"address": "深圳市福田区沙头镇"}, {"address": "广州市天河区体育西路"})

    for divisions in (read_divisions(), None):
        located = locate(units, areas(townships=futian), divisions=divisions)
        assert [known(each) for each in located["township_id"]] == ["T", None]


def test_a_city_elsewhere_is_elsewhere_whatever_district_it_leaves_out() -> None:
    """北京市人民路12号 is not our 人民路12号 where the table knows that we are in 深圳."""
    futian = [
        {"id": "T1", "name": "沙头街道", "district": "福田区", "geometry": box(0, 0, 4, 2)},
        {"id": "T3", "name": "园岭街道", "district": "福田区", "geometry": box(0, 2, 4, 4)},
    ]
    units = ledger({"address": "北京市人民路12号"}, {"address": "深圳市人民路12号"})

    located = locate(units, areas(townships=futian), divisions=read_divisions())

    assert located["precision"].tolist() == ["none", "house_number"]
