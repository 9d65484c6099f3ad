"""Piles: many units at one point, an agency's door or a stand-in for what was not found.

A big office building is none: many may sit where a footprint is, as long as their addresses don't
say that they sit elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.geo import project
from lxgeo.locate.extent import in_metres
from lxgeo.model import Figure, Precision, Reason, Rule

PILE = 20
"""So many units at one door without a footprint are too many."""
GIVEN_PILE = 5
"""So many units with the same coordinates are, if their addresses lie elsewhere, or a township's or
the district's centre is there."""
ELSEWHERE_M = 300.0
CENTRE_M = 30.0
_POINT_DIGITS = 5
"""Points that agree to so many decimals of a degree, about a metre, are one."""
_OWN_POINT = frozenset({Precision.GIVEN, Precision.BUILDING, Precision.HOUSE_NUMBER})
_POLYGON = 2


def find_piles(
    points: tuple[NDArray[np.float64], NDArray[np.float64]],
    precision: Sequence[Precision],
    named: Sequence[tuple[float, float] | None],
    solid: NDArray[np.bool_],
    townships: gpd.GeoDataFrame,
    crs: str,
) -> dict[int, Reason]:
    """Return the rows that lie in a pile, and what is told of it (``units``, ``where``).

    Parameters
    ----------
    points
        Longitude and latitude of each row, degrees WGS 84; NaN where unknown.
    precision
        How exactly each is known; only rows whose point is their own can pile up.
    named
        Where the names in each row's address put it, as exactly as a road or better.
    solid
        Rows whose point lies in a building with a footprint.
    townships
        The townships layer.
    crs
        The district's metric CRS.
    """
    lon, lat = points
    own = np.array([each in _OWN_POINT for each in precision], dtype=bool)
    rows = np.flatnonzero(np.isfinite(lon) & own)
    x, y = project(lon, lat, crs)
    centres = _centres(townships, crs)
    told: dict[int, Reason] = {}
    for pile in _same_point(lon, lat, rows):
        here = (x[pile[0]], y[pile[0]])
        given = precision[pile[0]] is Precision.GIVEN
        where = _centre_at(here, centres) if given else None
        elsewhere = given and _most_lie_elsewhere(pile, here, named, crs)
        crowd = len(pile) >= PILE and not solid[pile].any()
        if crowd or where or elsewhere:
            figures: dict[str, Figure] = {
                "units": len(pile),
                "where": where or f"{lon[pile[0]]}, {lat[pile[0]]}",
            }
            told |= dict.fromkeys(pile.tolist(), Reason(Rule.POSITION_PILED, figures))
    return told


def _same_point(
    lon: NDArray[np.float64], lat: NDArray[np.float64], rows: NDArray[np.intp]
) -> Iterator[NDArray[np.intp]]:
    """Yield the rows of each point that many have."""
    at = pd.DataFrame({"lon": lon[rows], "lat": lat[rows]}).round(_POINT_DIGITS)
    group = at.groupby(["lon", "lat"], sort=True).ngroup().to_numpy()
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    for pile in np.split(rows[order], starts[1:]) if len(rows) else ():
        if len(pile) >= GIVEN_PILE:
            yield pile


def _most_lie_elsewhere(
    pile: NDArray[np.intp],
    here: tuple[float, float],
    named: Sequence[tuple[float, float] | None],
    crs: str,
) -> bool:
    """Return whether most of a pile's addresses that can be found lie elsewhere, in many places."""
    known = [place for i in pile.tolist() if (place := named[i]) is not None]
    if len(known) < GIVEN_PILE:
        return False
    lon, lat = np.array(known).T
    x, y = project(lon, lat, crs)
    far = np.hypot(x - here[0], y - here[1]) > ELSEWHERE_M
    return bool(2 * far.sum() > len(known))


def _centres(townships: gpd.GeoDataFrame, crs: str) -> tuple[NDArray[Any], list[str]]:
    """Return the points that services hand out for a township or the district, and whose they are.

    That are the centroid, a point inside, and the middle of the box around it.
    """
    shapes = in_metres(townships.geometry.to_numpy(), crs)
    names = townships["name"].tolist()
    whole = shapely.union_all(shapes)
    shapes, names = [*shapes, whole], [*names, "、".join(_districts(townships)) or "全区"]
    found = [
        point
        for shape in shapes
        for point in (
            shapely.centroid(shape),
            shapely.point_on_surface(shape),
            shapely.centroid(shapely.box(*shape.bounds)),
        )
    ]
    return np.array(found, dtype=object), [name for name in names for _ in range(3)]


def _districts(townships: gpd.GeoDataFrame) -> list[str]:
    return sorted(set(townships["district"].dropna()))


def _centre_at(here: tuple[float, float], centres: tuple[NDArray[Any], list[str]]) -> str | None:
    points, names = centres
    apart = shapely.distance(points, shapely.Point(here))
    nearest = int(np.argmin(apart))
    return names[nearest] if apart[nearest] <= CENTRE_M else None


def in_footprints(
    lon: NDArray[np.float64], lat: NDArray[np.float64], buildings: gpd.GeoDataFrame
) -> NDArray[np.bool_]:
    """Return which points lie in the footprint of a building."""
    inside = np.zeros(len(lon), dtype=bool)
    shapes = buildings.geometry.to_numpy()
    solid = shapes[shapely.get_dimensions(shapes) == _POLYGON]
    rows = np.flatnonzero(np.isfinite(lon))
    if len(solid) and len(rows):
        points = shapely.points(lon[rows], lat[rows])
        inside[rows[shapely.STRtree(solid).query(points, predicate="intersects")[0]]] = True
    return inside
