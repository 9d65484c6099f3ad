"""Patterns 35 to 40 of dirt in ledgers: addresses and coordinates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from little_places import CENTRE, one_township

from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.doubts.likeness import DOORS, PILE
from lxgeo.ledger.values.coordinates import Position, position
from lxgeo.locate import locate, parse_address
from lxgeo.model import Datum, Precision, Rule
from lxgeo.read import read_divisions

HEADER = ("单位名称", "地址", "经度", "纬度")


def located(*rows: tuple[object, ...], name: str = "甲街道", datum: Datum = Datum.WGS84) -> Any:
    """Return a sheet's units, located in the one township."""
    padded = [(*row, *[None] * (len(HEADER) - len(row))) for row in rows]
    ledger, _ = clean([Sheet(name, (HEADER, *padded))], datum=datum)
    return locate(ledger, one_township())


def codes(unit: Any) -> list[Rule]:
    """Return the codes of a unit's findings that are about its place."""
    return [each.code for each in unit["findings"] if not each.code.startswith("members")]


def test_pattern_35_an_address_without_its_township_takes_the_sheets() -> None:
    """「人民路12号3楼」 on the sheet of 甲街道 lies in 甲街道."""
    unit = located(("宏达", "人民路12号3楼")).iloc[0]

    assert (unit["township_named"], unit["township_id"]) == ("甲街道", "T1")


def test_pattern_36_an_address_that_is_a_park_only() -> None:
    """「高新科技园」 is placed in the park, as exact as a park is, and not as a house number."""
    unit = located(("宏达", "高新科技园")).iloc[0]

    assert (unit["precision"], unit["park_id"]) == (Precision.PARK, "P1")


def test_pattern_37_hundreds_of_firms_at_one_door() -> None:
    """30 units at one door are asked for their real place; 29 are not, nor is a building."""
    at_one_door = [(f"公司{i}", "人民路8号201室") for i in range(PILE)]
    found, fewer = located(*at_one_door), located(*at_one_door[1:])
    header = (*HEADER[:2], "楼宇名称")
    in_building = [(name, address, "创业大厦") for name, address in at_one_door]
    building, _ = clean([Sheet("甲街道", (header, *in_building))])

    assert all(Rule.PLACE_SHARED in codes(unit) for _, unit in found.iterrows())
    assert dict(found["findings"].iloc[0][-1].figures) == {
        "units": 30,
        "field": "address",
        "written": "人民路8号201室",
    }
    assert not any(Rule.PLACE_SHARED in codes(unit) for _, unit in fewer.iterrows())
    assert not any(Rule.PLACE_SHARED in codes(unit) for _, unit in building.iterrows())


@pytest.mark.parametrize(
    ("address", "building"),
    [
        ("创业大厦12F", "B1"),
        ("创业大厦十二层", "B1"),
        ("创业大厦1203室", "B1"),
        ("创业大厦A座1203", "B1"),
        ("创业大厦 A 栋十二楼", "B1"),
        ("时代广场甲座3楼", "B2"),
    ],
)
def test_pattern_38_floors_and_rooms_in_many_forms(address: str, building: str) -> None:
    """12F, 十二层, 1203室, A座 = A栋, 甲座: the building is found, whatever follows."""
    unit = located(("宏达", address)).iloc[0]

    assert (unit["precision"], unit["building_id"]) == (Precision.BUILDING, building)


@pytest.mark.parametrize("text", ["3号楼12层1203室", "3栋十二楼1203", "3座12F"])
def test_pattern_38_an_address_is_taken_apart(text: str) -> None:
    """Building, floor and room are told apart."""
    parts = parse_address(f"人民路8号{text}", read_divisions()).parts

    assert [part.label for part in parts][2:4] == ["houseno", "floorno"]


@pytest.mark.parametrize("old", ["老甲镇", "城关镇"])
def test_pattern_39_old_names_of_townships(old: str) -> None:
    """A township that was merged is known by the aliases of the one that it went into."""
    unit = located(("宏达", f"{old}某处"), name="表").iloc[0]

    assert unit["township_id"] == "T1"


LON, LAT = CENTRE


@pytest.mark.parametrize(
    ("lon", "lat", "read"),
    [
        ("106°36′36″", "26°30'36\"", Position(106.61, 26.51)),
        ("106度36分36秒", "26度30分36秒", Position(106.61, 26.51)),
        ("东经106.61°", "北纬26.51°", Position(106.61, 26.51)),
        ("E106.61", "N26.51", Position(106.61, 26.51)),
        ("１０６．６１", "26.51", Position(106.61, 26.51)),
        (0, 0, Position(unreadable=True)),
        (26.51, 106.61, Position(unreadable=True)),  # swapped: a latitude of 106.61
        (106.61, 91, Position(unreadable=True)),
        (36561000.5, 2932000.5, Position(unreadable=True)),  # metres
        ("106.61", None, Position(unreadable=True)),
        (None, None, Position()),
    ],
)
def test_pattern_40_degrees_minutes_zeros_and_swaps(
    lon: object, lat: object, read: Position
) -> None:
    """Degrees and minutes are understood; what is no position is told, never put right."""
    got = position(lon, lat)

    assert got.unreadable == read.unreadable
    assert (got.lon, got.lat) == pytest.approx((read.lon, read.lat), abs=1e-9)


def test_pattern_40_coordinates_swapped_within_range() -> None:
    """26.51, 106.61 written as 经度, 纬度 is told and placed nowhere by it."""
    unit = located(("宏达", "创业大厦", LAT, LON)).iloc[0]

    assert codes(unit) == [Rule.COORDINATES_UNREADABLE]
    assert unit["precision"] == Precision.BUILDING


def test_pattern_40_a_datum_is_declared_not_guessed() -> None:
    """GCJ-02 is converted (some hundreds of metres), unknown is kept and told."""
    mars = located(("宏达", None, LON, LAT), datum=Datum.GCJ02).iloc[0]
    unknown = located(("宏达", None, LON, LAT), datum=Datum.UNKNOWN).iloc[0]

    assert 100 < np.hypot(mars["lon"] - LON, mars["lat"] - LAT) * 111_000 < 1_000
    assert (unknown["lon"], unknown["lat"]) == CENTRE
    assert codes(unknown) == [Rule.DATUM_UNKNOWN]


def test_pattern_40_far_outside() -> None:
    """A point some 110 km north of the township is told; the building named is believed."""
    unit = located(("宏达", "创业大厦", LON, LAT + 1)).iloc[0]

    assert codes(unit) == [Rule.COORDINATES_OUTSIDE]
    assert unit["building_id"] == "B1"


def test_pattern_40_the_coordinates_of_whoever_typed_them() -> None:
    """One point for units at five doors is the office's; for five rooms of one door it isn't."""
    doors = [(f"公司{i}", f"人民路{i + 1}号", LON, LAT) for i in range(DOORS)]
    rooms = [(f"公司{i}", f"人民路1号{i}01室", LON, LAT) for i in range(DOORS)]

    assert all(Rule.PLACE_SHARED in codes(unit) for _, unit in located(*doors).iterrows())
    assert not any(Rule.PLACE_SHARED in codes(unit) for _, unit in located(*rooms).iterrows())
