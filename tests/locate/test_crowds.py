"""Hotspots of located units, named by what their addresses say; and what a survey tells."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from little_district import LITTLE, SOUTH, STEP, WEST, areas, at, ledger

from lxgeo.geo import from_wgs84
from lxgeo.locate import locate, survey
from lxgeo.locate.guard import Verdict
from lxgeo.model import Datum, Rule
from lxgeo.tables import HOTSPOTS, LEDGER, LOCATED


def shop(i: int, **unit: Any) -> dict[str, Any]:
    """Return one of the shops on 和平路 in 沙头角街道, ten metres apart."""
    lon, lat = at(3.4 + i / 100, 0.4)
    address = f"乌山区沙头角街道和平路{i + 1}号"
    return {"lon_in": lon, "lat_in": lat, "address": address, "full_members": 1, **unit}


def test_shops_of_one_road_are_a_hotspot_of_its_name() -> None:
    """Nine shops, no area drawn: each row has the hotspot's id, the stranger has none."""
    units = ledger(*(shop(i) for i in range(9)), {"lon_in": at(0.5, 3)[0], "lat_in": at(0.5, 3)[1]})
    found = survey(units, LITTLE)

    LOCATED.check(found.located)
    HOTSPOTS.check(found.hotspots)
    assert found.hotspots[["name", "units", "full_members"]].to_numpy().tolist() == [
        ["和平路", 9, 9]
    ]
    assert found.located["hotspot_id"].dropna().tolist() == found.hotspots["id"].tolist() * 9


def test_a_tower_that_most_name_goes_before_the_road() -> None:
    """Three of nine say 宏图大厦, a third: the place is called so."""
    said = "乌山区沙头角街道和平路8号宏图大厦"
    units = ledger(*(shop(i, **({"address": said} if i < 3 else {})) for i in range(9)))

    assert survey(units, LITTLE).hotspots["name"].tolist() == ["宏图大厦"]


@pytest.mark.parametrize("words", ["底商", "购物中心", "门面"])
def test_what_names_no_building_names_no_hotspot(words: str) -> None:
    """All nine say it; the road's name is taken, which tells where it is."""
    units = ledger(*(shop(i, address=f"乌山区沙头角街道和平路{i + 1}号{words}") for i in range(9)))

    assert survey(units, LITTLE).hotspots["name"].tolist() == ["和平路"]


def test_shops_in_a_known_market_are_no_hotspot() -> None:
    """The same nine, the market around them drawn."""
    lon, lat = at(3.4, 0.4)
    around = {"id": "M1", "name": "和平市场", "geometry": _box(lon, lat)}
    found = survey(ledger(*(shop(i) for i in range(9))), areas(markets=[around]))

    assert found.hotspots.empty
    assert set(found.located["market_id"]) == {"M1"}


def _box(lon: float, lat: float) -> Any:
    return shapely.box(lon - 0.002, lat - 0.002, lon + 0.002, lat + 0.002)


def test_a_survey_suspects_what_a_ledger_does_not_say() -> None:
    """400 doors in GCJ-02, their township in a column: told on every row, half as sure, unmoved."""
    steps = (np.arange(20) + 0.5) / 5
    east, north = map(np.ravel, np.meshgrid(steps, steps))
    lon, lat = from_wgs84(WEST + STEP * east, SOUTH + STEP * north, Datum.GCJ02)
    names = {(0, 0): "沙头街道", (1, 0): "沙头角街道", (0, 1): "青山镇", (1, 1): "云溪保税区"}
    table = pd.DataFrame(
        {
            "unit_id": [f"U{i}" for i in range(400)],
            "row": [f"台账!{i + 2}" for i in range(400)],
            "operating_status": "operating",
            "line": "territorial",
            "lon_in": lon,
            "lat_in": lat,
            "township_named": [names[int(x // 2), int(y // 2)] for x, y in zip(east, north)],  # noqa: B905
        }
    )
    found = survey(LEDGER.shaped(table), LITTLE)

    (source,) = found.coordinates.sources
    assert (source.verdict, source.datum, source.inside[Datum.GCJ02]) == (
        Verdict.ANOTHER,
        Datum.GCJ02,
        400,
    )
    assert np.array_equal(found.located["lon"], np.round(lon, 7))
    assert set(found.located["confidence"]) == {0.5}
    assert all(
        any(reason.code is Rule.DATUM_SUSPECTED for reason in findings)
        for findings in found.located["findings"]
    )


def test_locating_is_a_survey_s_table() -> None:
    """`locate` returns what a survey returns, and nothing else."""
    units = ledger(*(shop(i) for i in range(9)))

    pd.testing.assert_frame_equal(
        pd.DataFrame(locate(units, LITTLE)), pd.DataFrame(survey(units, LITTLE).located)
    )
