"""The coordinates that a ledger gives, in WGS 84."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.geo import metric_crs, project, to_wgs84
from lxgeo.geo.metric import DIGITS
from lxgeo.locate.extent import in_metres
from lxgeo.locate.forms import NEAR_DEGREES
from lxgeo.model import Datum, Reason, Rule

ASTRAY_M = 1_000.0
"""Coordinates farther than this from every township are somebody else's, or a typing error: what
the row names is believed instead. Nearer ones only show that borders are drawn roughly."""
_MOST_LON, _MOST_LAT = 180.0, 90.0


@dataclass(frozen=True)
class Declared:
    """Coordinates as a ledger declares them.

    Parameters
    ----------
    lon, lat
        Degrees WGS 84, rounded; NaN where none are given or they can't be read.
    astray
        Where they lie so far from every township that what the row names is believed first.
    findings
        Per row, what is wrong with them: ``coordinates_unreadable`` (``field``, ``written``),
        ``datum_unknown``, ``coordinates_outside`` (``distance_m`` to the nearest township).
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    astray: NDArray[np.bool_]
    findings: tuple[tuple[Reason, ...], ...]


def declared_coordinates(ledger: pd.DataFrame, townships: gpd.GeoDataFrame) -> Declared:
    """Return the coordinates that a ledger gives, converted row by row.

    Parameters
    ----------
    ledger
        `lxgeo.tables.LEDGER`. A row without ``datum_in`` is taken as WGS 84; ``unknown`` keeps its
        coordinates as they are, and is told.
    townships
        The townships layer: coordinates that lie near it only with longitude and latitude swapped
        are unreadable, not repaired.
    """
    lon_in = ledger["lon_in"].to_numpy(dtype=np.float64)
    lat_in = ledger["lat_in"].to_numpy(dtype=np.float64)
    given = ~np.isnan(lon_in) | ~np.isnan(lat_in)
    read = _plausible(lon_in, lat_in) & ~_swapped(lon_in, lat_in, townships)
    datum = ledger["datum_in"].fillna(str(Datum.WGS84)).to_numpy(dtype=object)

    lon, lat = np.full(len(ledger), np.nan), np.full(len(ledger), np.nan)
    for each in Datum:
        rows = np.flatnonzero(read & (datum == str(each)))
        lon[rows], lat[rows] = to_wgs84(lon_in[rows], lat_in[rows], each)
    findings: list[tuple[Reason, ...]] = [()] * len(ledger)
    for i in np.flatnonzero(given & ~read):
        figures = {"field": "lon, lat", "written": f"{lon_in[i]}, {lat_in[i]}"}
        findings[i] = (Reason(Rule.COORDINATES_UNREADABLE, figures),)
    for i in np.flatnonzero(read & (datum == str(Datum.UNKNOWN))):
        findings[i] = (Reason(Rule.DATUM_UNKNOWN),)
    lon, lat = np.round(lon, DIGITS), np.round(lat, DIGITS)
    outside = outside_m(lon, lat, townships)
    for i in np.flatnonzero(outside > 0):
        metres = float(np.round(outside[i])) if np.isfinite(outside[i]) else None
        findings[i] = (*findings[i], Reason(Rule.COORDINATES_OUTSIDE, {"distance_m": metres}))
    return Declared(lon, lat, outside > ASTRAY_M, tuple(findings))


def outside_m(
    lon: NDArray[np.float64], lat: NDArray[np.float64], townships: gpd.GeoDataFrame
) -> NDArray[np.float64]:
    """Return how far points lie from the nearest township, metres; 0 inside, NaN where unknown.

    Parameters
    ----------
    lon, lat
        Degrees WGS 84, NaN where unknown.
    townships
        The townships layer. A point too far away to be measured in its metres lies at infinity;
        where no township is known nothing is told to lie outside.
    """
    apart = np.where(np.isfinite(lon), 0.0, np.nan)
    if townships.empty:
        return apart
    district = shapely.union_all(townships.geometry.to_numpy())
    shapely.prepare(district)
    rows = np.flatnonzero(np.isfinite(lon))
    rows = rows[~shapely.intersects_xy(district, lon[rows], lat[rows])]
    if rows.size:
        crs = metric_crs(float(np.mean(townships.total_bounds[[0, 2]])))
        points = shapely.points(*project(lon[rows], lat[rows], crs))
        measured = shapely.distance(points, in_metres(district, crs))
        apart[rows] = np.where(np.isfinite(measured), measured, np.inf)
    return apart


def _plausible(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where both are degrees; a zero stands for nothing filled in."""
    return (np.abs(lon) <= _MOST_LON) & (np.abs(lat) <= _MOST_LAT) & (lon != 0) & (lat != 0)


def _swapped(
    lon: NDArray[np.float64], lat: NDArray[np.float64], townships: gpd.GeoDataFrame
) -> NDArray[np.bool_]:
    west, south, east, north = townships.total_bounds
    near = NEAR_DEGREES

    def lies_near(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
        along = (x >= west - near) & (x <= east + near)
        return along & (y >= south - near) & (y <= north + near)

    return ~lies_near(lon, lat) & lies_near(lat, lon)
