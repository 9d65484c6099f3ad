"""GCJ-02 and BD-09: published figures, the way back, and what is left alone."""

from __future__ import annotations

import geocoordinates_ffi as other
import numpy as np
import pytest

from lxgeo.geo import from_wgs84, to_wgs84
from lxgeo.model import Datum

MILLIMETRE = 1e-3 / 111_320  # in degrees of latitude
SHIFTED = (Datum.GCJ02, Datum.BD09)


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        # github.com/googollee/eviltransform, javascript/test.js
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
        # github.com/wandergis/coordtransform, README
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
    ],
)
def test_gcj02_is_as_published(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    """Shanghai, Shenzhen and Beijing move to GCJ-02 and back as the known programs say."""
    assert np.allclose(from_wgs84(*wgs84, Datum.GCJ02), gcj02, rtol=0, atol=1e-12)
    assert np.allclose(to_wgs84(*gcj02, Datum.GCJ02), wgs84, rtol=0, atol=MILLIMETRE)


def test_bd09_is_as_published() -> None:
    """GCJ-02 116.404, 39.915 is BD-09 116.41036949371029, 39.92133699351021 (coordtransform)."""
    wgs84 = to_wgs84(116.404, 39.915, Datum.GCJ02)

    bd09 = from_wgs84(*wgs84, Datum.BD09)

    assert np.allclose(bd09, (116.41036949371029, 39.92133699351021), rtol=0, atol=1e-11)


@pytest.mark.parametrize("datum", SHIFTED)
def test_there_and_back_is_within_a_millimetre(datum: Datum) -> None:
    """Over the whole of China, the inverse undoes the shift; the shift itself is never small."""
    lon, lat = map(np.ravel, np.meshgrid(np.linspace(73, 137, 400), np.linspace(2, 55, 300)))

    there = from_wgs84(lon, lat, datum)
    back = to_wgs84(*there, datum)

    assert max(np.abs(back[0] - lon).max(), np.abs(back[1] - lat).max()) < MILLIMETRE
    assert np.hypot(there[0] - lon, there[1] - lat).min() > 100 * MILLIMETRE


@pytest.mark.parametrize("datum", SHIFTED)
def test_back_and_there_is_within_a_millimetre(datum: Datum) -> None:
    """What a web map gives, taken to WGS 84 and asked for again, is what it gave."""
    lon, lat = map(np.ravel, np.meshgrid(np.linspace(74, 134, 300), np.linspace(3, 53, 300)))

    again = from_wgs84(*to_wgs84(lon, lat, datum), datum)

    assert max(np.abs(again[0] - lon).max(), np.abs(again[1] - lat).max()) < MILLIMETRE


@pytest.mark.parametrize("datum", SHIFTED)
def test_an_independent_library_agrees(datum: Datum) -> None:
    """geocoordinates-rs says the same of 200 places within a millimetre."""
    random = np.random.default_rng(11)
    lon, lat = random.uniform(75, 133, 200), random.uniform(19, 52, 200)
    forward = other.wgs84_to_gcj02 if datum is Datum.GCJ02 else other.wgs84_to_bd09

    theirs = [forward(other.Wgs84(lon=x, lat=y)) for x, y in zip(lon, lat, strict=True)]
    ours = from_wgs84(lon, lat, datum)

    assert np.allclose(ours[0], [each.lon for each in theirs], rtol=0, atol=MILLIMETRE)
    assert np.allclose(ours[1], [each.lat for each in theirs], rtol=0, atol=MILLIMETRE)


@pytest.mark.parametrize("datum", SHIFTED)
@pytest.mark.parametrize("place", [(2.3522, 48.8566), (-74.006, 40.7128), (151.2, -33.9), (0, 0)])
def test_points_outside_china_stay(place: tuple[float, float], datum: Datum) -> None:
    """Paris, New York, Sydney and the zero point are untouched, both ways."""
    assert to_wgs84(*place, datum) == place
    assert from_wgs84(*place, datum) == place


@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.CGCS2000, Datum.UNKNOWN])
def test_other_datums_are_kept(datum: Datum) -> None:
    """CGCS2000 is taken as WGS 84; what is unknown is not guessed."""
    assert to_wgs84(114.05, 22.55, datum) == (114.05, 22.55)


@pytest.mark.parametrize("datum", SHIFTED)
def test_nan_and_infinity_pass_and_harm_no_neighbour(datum: Datum) -> None:
    """A row without coordinates stays without; the row beside it is as if alone."""
    lon, lat = to_wgs84([np.nan, 114.05, np.inf], [22.5, 22.55, 22.5], datum)
    alone = to_wgs84([114.05], [22.55], datum)

    assert np.isnan(lon[0])
    assert np.isinf(lon[2])
    assert (lon[1], lat[1]) == (alone[0][0], alone[1][0])


def test_arguments_are_not_changed() -> None:
    """Conversion returns new arrays."""
    lon, lat = np.array([114.05]), np.array([22.55])

    to_wgs84(lon, lat, Datum.GCJ02)

    assert (lon[0], lat[0]) == (114.05, 22.55)


def test_mistaking_gcj02_costs_hundreds_of_metres() -> None:
    """In Shenzhen the shift is 500 m east and 339 m south, as eviltransform's figures say.

    0.0048604808° of longitude at 22.54° N are 0.0048604808 x 111,320 x cos 22.54° = 499.7 m;
    0.0030508683° of latitude are 339 m.
    """
    lon, lat = from_wgs84(113.912316, 22.543847, Datum.GCJ02)

    assert (lon - 113.912316) * 111_320 * np.cos(np.radians(22.54)) == pytest.approx(499.7, abs=0.5)
    assert (22.543847 - lat) * 111_120 == pytest.approx(339, abs=1)
