"""What a pair of given coordinates looks like: degrees, swapped, minutes run together, metres.

Nothing is put right here: a form is recognised by where it would put the point, and told.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import Transformer

from lxgeo.model import Rule
from lxgeo.tables import CoordinateForm

Numbers: TypeAlias = NDArray[np.float64]
Pair: TypeAlias = tuple[Numbers, Numbers]
Holds: TypeAlias = Callable[[NDArray[np.intp], Numbers, Numbers], NDArray[np.bool_]]
"""Given rows and where they would lie, whether that is where they should."""

NEAR_DEGREES = 1.0
"""A point no farther from the townships' box may be meant for them, all the same."""
_MOST_LON, _MOST_LAT = 180.0, 90.0
_LEAST_METRES = 100_000.0
_SIXTY = 60.0
_NUMBER = re.compile(r"[-+]?\d{1,12}(?:\.\d{0,20})?")


@dataclass(frozen=True)
class Recognised:
    """What each row's coordinates look like.

    Parameters
    ----------
    form
        `CoordinateForm` per row, None where nothing is given.
    lon, lat
        Degrees that the form reads as, in whatever datum they are; NaN where it can't be read.
    crs
        Metric CRS of projected metres (``EPSG:n``), None for any other form.
    """

    form: NDArray[Any]
    lon: Numbers
    lat: Numbers
    crs: NDArray[Any]


def as_written(ledger: pd.DataFrame) -> Pair:
    """Return the two numbers that each row gives as longitude and latitude, NaN where none.

    Parameters
    ----------
    ledger
        `lxgeo.tables.LEDGER`. Numbers that could be no degrees stand in none of its columns but in
        the finding (``coordinates_unreadable``) that quotes them.
    """
    first = ledger["lon_in"].to_numpy(dtype=np.float64).copy()
    second = ledger["lat_in"].to_numpy(dtype=np.float64).copy()
    findings = ledger["findings"].to_numpy(dtype=object)
    for i in np.flatnonzero(np.isnan(first) & np.isnan(second)):
        for reason in findings[i]:
            if reason.code is Rule.COORDINATES_UNREADABLE:
                first[i], second[i] = _two_numbers(str(reason.figures.get("written")))
    return first, second


def _two_numbers(written: str) -> tuple[float, float]:
    texts = [text.strip() for text in re.split(r"[,，;；\s]+", written.strip("()（） "))]
    numbers = [float(text) for text in texts if _NUMBER.fullmatch(text)]
    if len(numbers) != len(texts) or len(numbers) > 2:  # noqa: PLR2004 - a pair
        return np.nan, np.nan
    first, second, *_ = *numbers, np.nan, np.nan
    return first, second


def recognise(first: Numbers, second: Numbers, townships: gpd.GeoDataFrame, holds: Holds) -> Any:
    """Return what pairs of numbers look like.

    Parameters
    ----------
    first, second
        The numbers given as longitude and as latitude, NaN where none.
    townships
        The townships layer: a form is recognised where it puts the point near it, in the order of
        `CoordinateForm`, so that plain degrees near the district are never anything else.
    holds
        Which of several metric systems is meant is decided by how many points it puts where they
        should be.

    Returns
    -------
    Recognised
    """
    form = np.full(len(first), None, dtype=object)
    lon, lat = np.full(len(first), np.nan), np.full(len(first), np.nan)
    crs = np.full(len(first), None, dtype=object)
    given = ~np.isnan(first) | ~np.isnan(second)
    zero = (first == 0) | (second == 0)
    half = given & (np.isnan(first) | np.isnan(second))
    form[half], form[zero] = CoordinateForm.HALF, CoordinateForm.ZERO
    box = townships.total_bounds
    finite = (_finite(first), _finite(second))
    for kind, system, read in _readings(finite, box, holds):
        x, y = read
        fits = given & (form == None) & _near(x, y, box)  # noqa: E711 - element by element
        form[fits], crs[fits] = kind, system
        lon[fits], lat[fits] = x[fits], y[fits]
    rest = given & (form == None)  # noqa: E711
    degrees = rest & (np.abs(first) <= _MOST_LON) & (np.abs(second) <= _MOST_LAT)
    form[rest] = CoordinateForm.ODD
    form[degrees] = CoordinateForm.DEGREES
    lon[degrees], lat[degrees] = first[degrees], second[degrees]
    return Recognised(form, lon, lat, crs)


def _finite(values: Numbers) -> Numbers:
    return np.where(np.isfinite(values), values, np.nan)


def _readings(
    pairs: Pair, box: Numbers, holds: Holds
) -> Iterator[tuple[CoordinateForm, str | None, Pair]]:
    """Yield every way to read the pairs, the plainest first."""
    first, second = pairs
    yield CoordinateForm.DEGREES, None, (first, second)
    yield CoordinateForm.SWAPPED, None, (second, first)
    if not (np.abs(first) > _MOST_LON).any() and not (np.abs(second) > _MOST_LON).any():
        return
    orders = ((first, second), (second, first))
    for pair in orders:
        yield CoordinateForm.MINUTES, None, (_minutes(pair[0]), _minutes(pair[1]))
    for pair in orders:
        yield CoordinateForm.SECONDS, None, (_seconds(pair[0]), _seconds(pair[1]))
    for pair in orders:
        for scale in (1e5, 1e6, 1e7):
            yield CoordinateForm.SCALED, None, (pair[0] / scale, pair[1] / scale)
    for system, read in _metres(orders, box, holds):
        yield CoordinateForm.METRES, system, read


def _near(lon: Numbers, lat: Numbers, box: Numbers) -> NDArray[np.bool_]:
    west, south, east, north = box
    along = (lon >= west - NEAR_DEGREES) & (lon <= east + NEAR_DEGREES)
    return along & (lat >= south - NEAR_DEGREES) & (lat <= north + NEAR_DEGREES)


def _minutes(value: Numbers) -> Numbers:
    """Return degrees of dddmm.mmmm, as receivers write them; NaN where the minutes are none."""
    degrees = np.floor(value / 100)
    minutes = value - 100 * degrees
    return np.where(minutes < _SIXTY, degrees + minutes / _SIXTY, np.nan)


def _seconds(value: Numbers) -> Numbers:
    """Return degrees of dddmmss.ss; NaN where minutes or seconds are none."""
    whole = np.floor(value / 100)
    seconds = value - 100 * whole
    return np.where(seconds < _SIXTY, _minutes(whole + seconds / _SIXTY), np.nan)


# --- metres


def _metres(orders: tuple[Pair, Pair], box: Numbers, holds: Holds) -> list[tuple[str, Pair]]:
    """Return pairs read as metres, the system that puts most points where they should be first.

    Surveyors call north X and east Y, so both orders are tried. Systems of one meridian differ by
    a kilometre (Gauss-Kruger and UTM); where that decides nothing, the national one goes first.
    """
    found = []
    for order in orders:
        rows = np.flatnonzero(np.minimum(np.abs(order[0]), np.abs(order[1])) >= _LEAST_METRES)
        for system in _systems(box) if rows.size else ():
            x, y = np.full(len(order[0]), np.nan), np.full(len(order[0]), np.nan)
            lon, lat = _to_degrees(system).transform(order[0][rows], order[1][rows])
            fine = np.isfinite(lon) & np.isfinite(lat)
            x[rows[fine]], y[rows[fine]] = lon[fine], lat[fine]
            near = np.flatnonzero(_near(x, y, box))
            if near.size:
                found.append((int(holds(near, x[near], y[near]).sum()), system, (x, y)))
    found.sort(key=lambda each: -each[0])
    return [(system, pair) for _, system, pair in found]


def _systems(box: Numbers) -> list[str]:
    """Return metric systems in use around a district, the likeliest first.

    CGCS2000 Gauss-Kruger in 3-degree zones (EPSG:4534 = 75° E … without, EPSG:4513 = zone 25 …
    with the zone before the easting), in 6-degree zones with it (EPSG:4491 = zone 13 …; without,
    they are the 3-degree ones of the same meridian), UTM, web mercator.
    """
    middle = (box[0] + box[2]) / 2
    threes = sorted(range(25, 46), key=lambda zone: abs(3 * zone - middle))[:3]
    sixes = sorted(range(13, 24), key=lambda zone: abs(6 * zone - 3 - middle))[:2]
    codes = [4534 + zone - 25 for zone in threes] + [4513 + zone - 25 for zone in threes]
    codes += [4502 + zone - 13 for zone in sixes] + [4491 + zone - 13 for zone in sixes]
    codes += [32600 + zone + 30 for zone in sixes] + [3857]
    return [f"EPSG:{code}" for code in codes]


@functools.cache
def _to_degrees(crs: str) -> Transformer:
    return Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
