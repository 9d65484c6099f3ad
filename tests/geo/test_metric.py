"""The metric system of a region."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import CRS, Geod

from lxgeo.geo import metric_crs, project


@pytest.mark.parametrize(
    ("lon", "crs"),
    [
        (75.0, "EPSG:4534"),
        (73.5, "EPSG:4534"),
        (105.0, "EPSG:4544"),
        (114.05, "EPSG:4547"),
        (112.5, "EPSG:4547"),
        (112.4999, "EPSG:4546"),
        (135.0, "EPSG:4554"),
        (136.49, "EPSG:4554"),
    ],
)
def test_regions_in_china_are_measured_in_their_zone(lon: float, crs: str) -> None:
    """The 3-degree zone whose meridian is nearest; halfway, the eastern one."""
    assert metric_crs(lon) == crs


@pytest.mark.parametrize("zone", range(21))
def test_codes_are_the_zones_that_they_are_taken_for(zone: int) -> None:
    """EPSG:4534 + n is CGCS2000 with central meridian 75 + 3n."""
    meridian = 75 + 3 * zone

    name = CRS(metric_crs(meridian)).name

    assert name == f"CGCS2000 / 3-degree Gauss-Kruger CM {meridian}E"


@pytest.mark.parametrize(
    ("lon", "crs"),
    [(73.49, "EPSG:32643"), (2.35, "EPSG:32631"), (180.0, "EPSG:32660"), (-180.0, "EPSG:32601")],
)
def test_elsewhere_utm(lon: float, crs: str) -> None:
    """Outside the zones of China the northern UTM zone is taken."""
    assert metric_crs(lon) == crs


@pytest.mark.parametrize("lon", [float("nan"), float("inf"), 181.0])
def test_no_longitude_no_system(lon: float) -> None:
    """A longitude that is none is a mistake of the caller's and told."""
    with pytest.raises(ValueError, match="longitude"):
        metric_crs(lon)


def test_x_is_east_and_y_is_north() -> None:
    """On the meridian x is the false easting of 500 km; y at the equator is 0."""
    x, y = project([105.0, 105.001], [0.0, 0.001], "EPSG:4544")

    assert x[0] == pytest.approx(500_000, abs=1e-6)
    assert y[0] == pytest.approx(0, abs=1e-6)
    assert x[1] > x[0]
    assert y[1] > y[0]


def test_metres_are_metres() -> None:
    """A kilometre on the ellipsoid is one on the plane to within the zone's 1 part in 5,000."""
    lon, lat = [114.05, 114.06], [22.55, 22.551]
    x, y = project(lon, lat, metric_crs(114.05))
    true = Geod(ellps="GRS80").inv(lon[0], lat[0], lon[1], lat[1])[2]

    assert np.hypot(x[1] - x[0], y[1] - y[0]) == pytest.approx(true, rel=2e-4)


def test_nan_stays_nan() -> None:
    """A unit without a position has no metres, and no infinity either."""
    x, y = project([np.nan, 105.0], [30.0, 30.0], "EPSG:4544")

    assert np.isnan(x[0])
    assert np.isnan(y[0])
    assert np.isfinite(x[1])
