"""Coordinate bases in use in China, and WGS 84.

GCJ-02 (maps of AMap, Tencent, Google in China) moves every point inside China by 300 to 700 m along
a smooth field; BD-09 (Baidu) moves GCJ-02 once more, by up to a kilometre. Neither is published by
its makers. The field is the one of the program known as *EvilTransform* (``a`` and ``ee`` are the
half axis and squared eccentricity of the Krasovsky 1940 ellipsoid), the second step the one that
Baidu's own converter was found to take; both as in github.com/googollee/eviltransform (public
domain) and github.com/wandergis/coordtransform (MIT), whose published figures the tests hold.

CGCS2000 and WGS 84 realise one frame at different epochs: they differ by the plate motion since
2000, less than a metre, and are taken as one here, where a building is the smallest thing told
apart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lxgeo.model import Datum

Degrees: TypeAlias = NDArray[np.float64]
LonLat: TypeAlias = tuple[Degrees, Degrees]

KRASOVSKY_A_M = 6378245.0
KRASOVSKY_EE = 0.00669342162296594323
WEST, SOUTH, EAST, NORTH = 72.004, 0.8293, 137.8347, 55.8271
"""The box outside which web maps of China show WGS 84 as it is."""

_ROUNDS = 10
"""Fixed-point rounds; each shrinks the error at least thirtyfold (1 km → under 1 µm in 7)."""


def to_wgs84(lon: ArrayLike, lat: ArrayLike, datum: Datum) -> LonLat:
    """Return coordinates in WGS 84.

    Parameters
    ----------
    lon, lat
        Degrees in ``datum``, of one shape.
    datum
        What they are given in. ``unknown`` is kept as it is: nothing is guessed.

    Returns
    -------
    tuple of arrays
        New longitude and latitude, degrees. Points outside China, and NaN, come back as they went.
        `from_wgs84` leads back to within a millimetre.
    """
    given = _degrees(lon, lat)
    if datum is Datum.GCJ02:
        return _inside(given, lambda point: _undone(_gcj02, point))
    if datum is Datum.BD09:
        return _inside(given, lambda point: _undone(_gcj02, _undone(_bd09, point)))
    return given


def from_wgs84(lon: ArrayLike, lat: ArrayLike, datum: Datum) -> LonLat:
    """Return WGS 84 coordinates in another datum; the inverse of `to_wgs84`.

    Parameters
    ----------
    lon, lat
        WGS 84 degrees, of one shape.
    datum
        What they are wanted in.

    Returns
    -------
    tuple of arrays
        New longitude and latitude, degrees. Points outside China, and NaN, come back as they went.
    """
    given = _degrees(lon, lat)
    if datum is Datum.GCJ02:
        return _inside(given, lambda point: _gcj02(*point))
    if datum is Datum.BD09:
        return _inside(given, lambda point: _bd09(*_gcj02(*point)))
    return given


def _degrees(lon: ArrayLike, lat: ArrayLike) -> LonLat:
    return np.array(lon, dtype=np.float64), np.array(lat, dtype=np.float64)


def _inside(given: LonLat, moved: Callable[[LonLat], LonLat]) -> LonLat:
    """Move the points inside China; NaN compares false and stays."""
    lon, lat = given
    china = (lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH)
    lon[china], lat[china] = moved((lon[china], lat[china]))
    return lon, lat


def _undone(forward: Callable[[Degrees, Degrees], LonLat], point: LonLat) -> LonLat:
    """Return what ``forward`` made ``point`` of.

    The number of rounds is fixed, so that a point's result never depends on its neighbours.
    """
    lon, lat = point
    for _ in range(_ROUNDS):
        there_lon, there_lat = forward(lon, lat)
        lon, lat = lon + (point[0] - there_lon), lat + (point[1] - there_lat)
    return lon, lat


def _gcj02(lon: Degrees, lat: Degrees) -> LonLat:
    """Return WGS 84 degrees moved to GCJ-02."""
    x, y = lon - 105.0, lat - 35.0
    wave = 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    east_m += (2 / 3) * (wave + 20 * np.sin(np.pi * x) + 40 * np.sin(np.pi * x / 3))
    east_m += (2 / 3) * (150 * np.sin(np.pi * x / 12) + 300 * np.sin(np.pi * x / 30))
    north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    north_m += (2 / 3) * (wave + 20 * np.sin(np.pi * y) + 40 * np.sin(np.pi * y / 3))
    north_m += (2 / 3) * (160 * np.sin(np.pi * y / 12) + 320 * np.sin(np.pi * y / 30))

    phi = np.radians(lat)
    w2 = 1 - KRASOVSKY_EE * np.sin(phi) ** 2
    along_meridian_m = KRASOVSKY_A_M * (1 - KRASOVSKY_EE) / (w2 * np.sqrt(w2))
    along_parallel_m = KRASOVSKY_A_M / np.sqrt(w2) * np.cos(phi)
    return lon + np.degrees(east_m / along_parallel_m), lat + np.degrees(north_m / along_meridian_m)


def _bd09(lon: Degrees, lat: Degrees) -> LonLat:
    """Return GCJ-02 degrees moved to BD-09."""
    turn = np.pi * 3000 / 180
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * turn)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * turn)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006
