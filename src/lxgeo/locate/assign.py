"""Which areas a positioned row lies in: by polygon where the point is its own, else by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.geo import metric_crs, project
from lxgeo.locate.extent import held_by, in_metres
from lxgeo.locate.gazetteer import Gazetteer
from lxgeo.locate.places import Place
from lxgeo.locate.reading import Reading
from lxgeo.locate.resolve import Fix
from lxgeo.model import Areas, Precision, Reason, Rule

AT_BUILDING_M = 20.0
"""A point no farther from a footprint is in the building where its address names it."""

_OWN_POINT = frozenset({Precision.GIVEN, Precision.BUILDING, Precision.HOUSE_NUMBER})
"""Precisions whose point is the unit's own. The point on a road, in a park or a village only stands
for it: which park or building happens to lie there says nothing."""


@dataclass(frozen=True)
class Positions:
    """Where each row is, before areas are assigned.

    Parameters
    ----------
    lon, lat
        Degrees WGS 84, NaN where unknown.
    precision
        `Precision` per row.
    readings, fixes
        What each row names, and where that puts it.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    precision: Sequence[Precision]
    readings: Sequence[Reading]
    fixes: Sequence[Fix]

    def of_own_point(self) -> NDArray[np.bool_]:
        """Return the rows whose point is their own."""
        return np.array([each in _OWN_POINT for each in self.precision], dtype=bool)


@dataclass(frozen=True)
class Assigned:
    """The areas of each row: ids, None where there is none, and what disagrees."""

    township: NDArray[Any]
    village: NDArray[Any]
    park: NDArray[Any]
    building: NDArray[Any]
    findings: tuple[tuple[Reason, ...], ...]


def assign(positions: Positions, areas: Areas, gazetteer: Gazetteer) -> Assigned:
    """Return the areas that rows lie in.

    Parameters
    ----------
    positions
        Rows with their points and what they name.
    areas
        The district's areas.
    gazetteer
        The index over the same areas.

    Returns
    -------
    Assigned
        A row whose point is its own lies where the polygons say, and where none holds it, in the
        township that it names. Any other row lies where its names say. A row that claims another
        township than it lies in tells both (``address_disagrees``: ``named``, ``township``).
    """
    own = positions.of_own_point()
    lon, lat = np.where(own, positions.lon, np.nan), np.where(own, positions.lat, np.nan)
    township = _held(lon, lat, areas.townships)
    outside = own & pd.isna(township)
    village = _held(lon, lat, areas.layers["villages"])
    park = _held(lon, lat, areas.parks)
    building = _buildings(positions, areas)
    for i, fix in enumerate(positions.fixes):
        if not own[i]:
            township[i], village[i], park[i] = fix.township, _id(fix.village), _id(fix.park)
        elif outside[i]:
            township[i] = _named_township(positions.readings[i])
    findings = [
        _disagreements(reading, township[i], gazetteer)
        for i, reading in enumerate(positions.readings)
    ]
    return Assigned(township, village, park, building, tuple(findings))


def _held(lon: NDArray[np.float64], lat: NDArray[np.float64], areas: gpd.GeoDataFrame) -> Any:
    ids = np.array([*areas["id"], None], dtype=object)
    return ids[held_by(lon, lat, areas)]


def _buildings(positions: Positions, areas: Areas) -> NDArray[Any]:
    """Return each row's building: by footprint and by nearness where coordinates are given."""
    given = np.array([each is Precision.GIVEN for each in positions.precision], dtype=bool)
    lon = np.where(given, positions.lon, np.nan)
    lat = np.where(given, positions.lat, np.nan)
    building = _held(lon, lat, areas.buildings)
    for i, fix in enumerate(positions.fixes):
        if not given[i]:
            building[i] = _id(fix.building)
    lost = np.flatnonzero(given & pd.isna(building))
    pairs = [
        (i, place.id)
        for i in lost.tolist()
        for mention in positions.readings[i].buildings
        for place in mention.places
    ]
    return _with_near(building, pairs, positions, areas)


def _with_near(
    building: NDArray[Any],
    pairs: list[tuple[int, str]],
    positions: Positions,
    areas: Areas,
) -> NDArray[Any]:
    """Return the buildings with those added that a row names and is near to, the nearest first."""
    if not pairs:
        return building
    rows = np.array([i for i, _ in pairs])
    row_of = {each: i for i, each in enumerate(areas.buildings["id"])}
    named = np.array([row_of[each] for _, each in pairs])
    crs = metric_crs(float(np.mean(positions.lon[rows])))
    points = shapely.points(*project(positions.lon[rows], positions.lat[rows], crs))
    footprints = in_metres(areas.buildings.geometry.to_numpy()[named], crs)
    apart = shapely.distance(points, footprints)
    with_near = building.copy()
    for i in np.lexsort((named, apart))[::-1]:
        if apart[i] <= AT_BUILDING_M:
            with_near[rows[i]] = pairs[i][1]
    return with_near


def _id(place: Place | None) -> str | None:
    return None if place is None else place.id


def _named_township(reading: Reading) -> str | None:
    if reading.township is None or len(reading.township.places) != 1:
        return None
    return reading.township.places[0].id


def _disagreements(
    reading: Reading, township: str | None, gazetteer: Gazetteer
) -> tuple[Reason, ...]:
    if township is None:
        return ()
    lies = gazetteer.township_names[township]
    return tuple(
        Reason(Rule.ADDRESS_DISAGREES, {"named": said.name, "township": lies})
        for said in reading.said
        if township not in said.townships
    )
