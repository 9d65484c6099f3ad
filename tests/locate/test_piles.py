"""Many units at one point: agencies and stand-ins are told, big buildings are not."""

from __future__ import annotations

from typing import Any

import pytest
from little_district import LITTLE, at, codes, ledger

from lxgeo.locate import locate
from lxgeo.locate.piles import GIVEN_PILE, PILE
from lxgeo.model import Reason, Rule

CENTRE_OF_T3 = (1, 3)


def given(east: float, north: float, **said: Any) -> dict[str, Any]:
    """Return a unit with coordinates."""
    lon, lat = at(east, north)
    return {"lon_in": lon, "lat_in": lat, **said}


def piled(*units: dict[str, Any]) -> list[int]:
    """Return the rows that are told to lie in a pile."""
    located = locate(ledger(*units), LITTLE)
    return [
        i for i, told in enumerate(located["findings"])
        if any(each.code is Rule.POSITION_PILED for each in told)
    ]  # fmt: skip


@pytest.mark.parametrize(("units", "told"), [(PILE, PILE), (PILE - 1, 0)])
def test_a_crowd_at_one_door_is_told_on_each_row(units: int, told: int) -> None:
    """金山大厦 is known by a point only: twenty units there may be an agency's."""
    rows = [{"address": f"云溪保税区金山大厦{i}室"} for i in range(units)]

    assert len(piled(*rows)) == told


def test_the_count_is_told() -> None:
    """Each row says how many there are, and where."""
    rows = [{"address": f"云溪保税区金山大厦{i}室"} for i in range(PILE)]
    lon, lat = at(3.5, 3.5)

    located = locate(ledger(*rows), LITTLE)

    figures = {"units": PILE, "where": f"{lon}, {lat}"}
    assert located["findings"].iloc[7] == (Reason(Rule.POSITION_PILED, figures),)
    assert located["confidence"].iloc[7] == 0.45


def test_a_big_building_with_a_footprint_is_none() -> None:
    """创业大厦 holds a hundred, by name, by number or by coordinates."""
    assert piled(*({"address": f"沙头街道创业大厦{i}室"} for i in range(100))) == []
    assert piled(*({"address": f"沙头街道人民路12号{i}室"} for i in range(100))) == []
    assert piled(*(given(0.5, 0.5) for _ in range(100))) == []


def test_coordinates_at_a_centre_are_a_stand_in() -> None:
    """Five units at the very middle of 青山镇: what a service answers when it found nothing."""
    rows = [given(*CENTRE_OF_T3) for _ in range(GIVEN_PILE)]

    located = locate(ledger(*rows), LITTLE)

    assert codes(located.iloc[0]) == [Rule.POSITION_PILED]
    assert located["findings"].iloc[0][0].figures == {"units": 5, "where": "青山镇"}
    assert piled(*rows[1:]) == []


def test_coordinates_that_the_addresses_disown_are_a_stand_in() -> None:
    """Five units in one building by their coordinates, each in another one by its address."""
    names = ("金融中心9层", "金山大厦", "商务中心", "时代广场A座", "时代广场B座")
    towns = ("沙头街道", "云溪保税区", "青山镇", "沙头角街道", "沙头角街道")
    rows = [given(0.5, 0.5, address=f"{t}{n}") for t, n in zip(towns, names, strict=True)]

    assert piled(*rows) == [0, 1, 2, 3, 4]


def test_rows_on_a_road_or_in_a_park_are_no_pile() -> None:
    """Their point stands for them only: it is the same for all of them by nature."""
    assert piled(*({"address": f"沙头街道人民路{500 + i}号"} for i in range(100))) == []
    assert piled(*({"address": f"青山工业园{i}栋"} for i in range(100))) == []


def test_what_the_ledger_has_told_is_not_told_again() -> None:
    """A row whose ledger has found the address to be shared says so once."""
    shared = (Reason(Rule.PLACE_SHARED, {"units": PILE}),)
    rows = [{"address": "云溪保税区金山大厦1室", "findings": shared} for _ in range(PILE)]

    assert piled(*rows) == []
