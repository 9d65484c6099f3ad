"""What a geocoder adds, in the little district: a table of answers stands for the service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from little_district import LITTLE, at, codes, known, ledger, place

from lxgeo.geo import from_wgs84
from lxgeo.locate import locate
from lxgeo.locate.geocoder import Answer
from lxgeo.model import Datum, Reason, Rule


class Table:
    """A geocoder that knows some addresses, and remembers what it was asked."""

    def __init__(self, **answers: Answer) -> None:
        self.answers = answers
        self.asked: list[list[str]] = []

    def geocode(self, addresses: Sequence[str]) -> Sequence[Answer | None]:
        """Return what the table holds."""
        self.asked.append(list(addresses))
        return [self.answers.get(address) for address in addresses]


def answer(east: float, north: float, level: str = "门牌号", sure: float = 0.9) -> Answer:
    """Return an answer of AMap's for a place of the little district, in GCJ-02."""
    lon, lat = (float(each) for each in from_wgs84(*at(east, north), Datum.GCJ02))
    return Answer(lon, lat, level, sure, Datum.GCJ02, "amap", "某处9号")


def located(geocoder: Table, *addresses: str | None, **said: Any) -> Any:
    """Return units with addresses, located with a geocoder."""
    units = ledger(*({"address": text, **said} for text in addresses))
    return locate(units, LITTLE, geocoder=geocoder)


def test_only_what_is_not_known_well_is_asked_and_only_once() -> None:
    """A building, a given point and an empty address are not asked; two equal ones are one."""
    table = Table()
    lon, lat = at(1, 1)
    units = ledger(
        {"address": "沙头街道创业大厦"},
        {"address": "沙头街道某巷9号"},
        {"address": " 沙头街道某巷９号"},
        {"address": "青山镇", "lon_in": lon, "lat_in": lat},
        {"address": None},
    )

    locate(units, LITTLE, geocoder=table)

    assert table.asked == [["沙头街道某巷9号"]]


def test_an_answer_is_converted_and_used_where_it_is_finer() -> None:
    """GCJ-02 undone; the township is the polygon's; as sure as the provider, never surer."""
    unit = located(Table(沙头街道某巷9号=answer(0.3, 1.2, sure=0.7)), "沙头街道某巷9号").iloc[0]

    assert (unit.precision, place(unit)) == ("house_number", at(0.3, 1.2))
    assert (unit.township_id, unit.confidence) == ("T1", 0.7)
    assert unit.matched == "amap：某处9号"
    assert unit.findings == ()


@pytest.mark.parametrize("level", ["乡镇", "区县", "未知", "省"])
def test_an_answer_that_is_no_finer_changes_nothing(level: str) -> None:
    """The township is known already."""
    unit = located(Table(沙头街道某巷9号=answer(0.3, 1.2, level)), "沙头街道某巷9号").iloc[0]

    assert (unit.precision, place(unit), unit.township_id) == ("township", None, "T1")


@pytest.mark.parametrize(("east", "north", "lies"), [(1.0, 3.0, "青山镇"), (9.0, 9.0, None)])
def test_an_answer_elsewhere_is_told_and_not_used(
    east: float, north: float, lies: str | None
) -> None:
    """The address says 沙头街道; a point in 青山镇 or in no township is another place's."""
    unit = located(Table(沙头街道某巷9号=answer(east, north)), "沙头街道某巷9号").iloc[0]

    figures = {"provider": "amap", "named": "沙头街道", "lies": lies}
    assert (unit.precision, place(unit)) == ("township", None)
    assert unit.findings == (Reason(Rule.GEOCODED_ELSEWHERE, figures),)


def test_an_address_that_names_nothing_takes_any_answer_inside() -> None:
    """没有乡镇: whatever lies in the district may be it."""
    unit = located(Table(某巷9号=answer(1, 3, "兴趣点")), "某巷9号").iloc[0]

    assert (unit.precision, place(unit), unit.township_id) == ("building", at(1, 3), "T3")
    assert known(unit.building_id) is None
    assert codes(unit) == []


def test_a_coarse_answer_puts_a_unit_in_its_township() -> None:
    """A village's point is used as such."""
    unit = located(Table(某巷9号=answer(1, 3, "村庄")), "某巷9号").iloc[0]

    assert (unit.precision, place(unit), unit.township_id) == ("village", at(1, 3), "T3")


def test_no_answers_change_nothing() -> None:
    """A geocoder that knows nothing leaves what is known."""
    unit = located(Table(), "沙头街道人民路345号").iloc[0]

    assert (unit.precision, unit.township_id) == ("road", "T1")
