"""Coordinates that a ledger gives, and the areas that hold them, in the little district."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from little_district import LITTLE, at, codes, known, ledger, one, place

from lxgeo.geo import from_wgs84
from lxgeo.locate import locate
from lxgeo.model import Datum, Reason, Rule


def test_given_coordinates_stay_as_given() -> None:
    """WGS 84 to 7 decimals, in the areas that hold them, and surer than any address."""
    lon, lat = at(0.4, 2.4)
    unit = one(lon_in=lon + 4e-8, lat_in=lat, address="青山镇")

    assert (unit.precision, unit.confidence) == ("given", 1.0)
    assert place(unit) == (lon, lat)
    assert unit.geometry.equals(shapely.Point(lon, lat))
    assert (unit.township, unit.park_id, known(unit.building_id)) == ("青山镇", "P1", None)
    assert unit.findings == ()


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09, Datum.CGCS2000])
def test_declared_datums_are_converted(datum: Datum) -> None:
    """A unit in 创业大厦, its coordinates from a web map: in 创业大厦 again."""
    lon, lat = from_wgs84(*at(0.5, 0.5), datum)
    unit = one(lon_in=float(lon), lat_in=float(lat), datum_in=str(datum))

    assert place(unit) == at(0.5, 0.5)
    assert (unit.building_id, unit.datum_in, unit.lon_in) == ("B1", str(datum), float(lon))


def test_an_unknown_datum_is_kept_and_flagged() -> None:
    """Nothing is guessed: the coordinates stay, half as sure."""
    lon, lat = at(0.5, 0.5)
    unit = one(lon_in=lon, lat_in=lat, datum_in="unknown")

    assert (place(unit), unit.precision, unit.confidence) == ((lon, lat), "given", 0.5)
    assert codes(unit) == [Rule.DATUM_UNKNOWN]


@pytest.mark.parametrize(
    ("lon", "lat", "like"),
    [
        (0.0, 0.0, {"form": "zero"}),
        (106.6, 0.0, {"form": "zero"}),
        (106.6, np.nan, {"form": "half"}),
        (26.505, 106.605, {"form": "swapped", "meant": "106.605000, 26.505000"}),
        (26505000.0, 106605000.0, {"form": "scaled", "meant": "106.605000, 26.505000"}),
        (106.605, 91.0, {}),
        (np.inf, 26.5, {}),
    ],
)
def test_coordinates_that_are_none_leave_the_address(
    lon: float, lat: float, like: dict[str, str]
) -> None:
    """Zeros, half a pair, swapped, out of range: told with what stood there, then the address."""
    unit = one(lon_in=lon, lat_in=lat, address="创业大厦")

    figures = {"field": "lon, lat", "written": f"{lon}, {lat}"} | like
    assert (unit.precision, place(unit)) == ("building", at(0.5, 0.5))
    assert unit.findings == (Reason(Rule.COORDINATES_UNREADABLE, figures),)


def test_coordinates_far_outside_give_way_to_what_the_row_names() -> None:
    """A point 5.5 km outside is somebody else's: the building named is believed, and it is told.

    Five hundredths of a degree north of 26.54° N are 5 x 1,107.9 m.
    """
    lon, lat = at(3, 9)
    unit = one(lon_in=lon, lat_in=lat, address="沙头街道创业大厦")

    assert (unit.precision, place(unit)) == ("building", at(0.5, 0.5))
    assert known(unit.township_id) == "T1"
    assert codes(unit) == [Rule.COORDINATES_OUTSIDE]
    assert unit.findings[0].figures["distance_m"] == pytest.approx(5_539, abs=3)


@pytest.mark.parametrize(
    ("north", "address", "township"), [(9, "某处", None), (4.5, "沙头街道人民路", "T1")]
)
def test_coordinates_outside_are_kept_and_flagged(
    north: float, address: str, township: str | None
) -> None:
    """Far outside with nothing named, or just over a roughly drawn border: the point stays."""
    lon, lat = at(3, north)
    unit = one(lon_in=lon, lat_in=lat, address=address)

    assert (unit.precision, place(unit)) == ("given", (lon, lat))
    assert known(unit.township_id) == township
    assert codes(unit) == [Rule.COORDINATES_OUTSIDE]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("乌山区沙头街道人民路1号", "沙头街道"),
        ("乌山区高坪街道", "高坪街道"),
        ("云溪区", "云溪区"),
        ("上海市黄浦区", "黄浦区"),
    ],
)
def test_the_point_decides_and_what_the_address_says_is_told(address: str, said: str) -> None:
    """Says A, lies in 青山镇: 青山镇, with both names."""
    lon, lat = at(1, 3.5)
    unit = one(lon_in=lon, lat_in=lat, address=address)

    assert (unit.township_id, unit.confidence) == ("T3", 0.5)
    assert unit.findings == (Reason(Rule.ADDRESS_DISAGREES, {"named": said, "township": "青山镇"}),)


def test_a_building_in_another_township_than_named_is_told() -> None:
    """There is one 创业大厦, in 沙头街道, whatever township the address says."""
    unit = one(address="乌山区青山镇创业大厦")

    assert (unit.precision, unit.building_id, unit.township_id) == ("building", "B1", "T1")
    assert unit.findings == (
        Reason(Rule.ADDRESS_DISAGREES, {"named": "青山镇", "township": "沙头街道"}),
    )


@pytest.mark.parametrize(
    ("metres_east", "address", "building"),
    [
        (0, None, "B1"),
        (15, "创业大厦3楼", "B1"),
        (15, "人民路", None),  # near, but nobody says so
        (40, "创业大厦3楼", None),  # said, but not near
    ],
)
def test_a_building_needs_its_footprint_or_its_name_close_by(
    metres_east: int, address: str | None, building: str | None
) -> None:
    """Inside the footprint, or within 20 m of it and named. One degree here is 99.6 km east."""
    edge = 0.5 + (0.02 if metres_east else 0.0)
    lon, lat = at(edge + metres_east / 996.5, 0.5)

    assert known(one(lon_in=lon, lat_in=lat, address=address).building_id) == building


def test_a_building_known_by_its_point_is_joined_by_name() -> None:
    """金山大厦 has no footprint: 10 m from its point and named is in it."""
    lon, lat = at(3.51, 3.5)

    assert one(lon_in=lon, lat_in=lat, address="金山大厦").building_id == "B7"


def test_a_shared_border_is_the_smallest_id_s() -> None:
    """Where four townships meet, the point is T1's; between T3 and T4 it is T3's."""
    corners = [at(2, 2), at(2, 3)]
    located = locate(ledger(*({"lon_in": lon, "lat_in": lat} for lon, lat in corners)), LITTLE)

    assert located["township_id"].tolist() == ["T1", "T3"]
