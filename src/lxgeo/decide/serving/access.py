"""How far it is from demands to the places that could serve them: on foot, or a straight guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lxgeo.decide.regions.ways import DETOUR, OFF_ROAD_M
from lxgeo.geo.metric import metric_crs, project

if TYPE_CHECKING:
    from lxgeo.geo.walk import WalkGraph

WALK_M_PER_MIN = 80.0
"""How far one walks in a minute, metres (测算参数)."""

_AT_ONCE = 400
_NO_LIMIT_M = 100_000.0

Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Access:
    """Ways from demands to sites.

    Parameters
    ----------
    metres : ndarray of float64, shape (demands, sites)
        All finite, whole centimetres.
    by_road : ndarray of bool, shape (demands, sites)
        Whether the way follows the roads; else it is the straight line times
        `lxgeo.decide.regions.ways.DETOUR`.
    """

    metres: Reals
    by_road: Flags


def access(
    demands: tuple[Reals, Reals], sites: tuple[Reals, Reals], roads: WalkGraph | None = None
) -> Access:
    """Return the ways from demands to sites.

    Parameters
    ----------
    demands, sites
        Longitudes and latitudes of each, degrees WGS 84.
    roads
        The network that one walks on; None where none is known. Where it does not lead from one
        place to the other, or one of them lies off its roads, the way is guessed from the straight
        line.
    """
    lon, lat = (np.concatenate([one, other]) for one, other in zip(demands, sites, strict=True))
    x, y = project(lon, lat, metric_crs(float(lon.mean())))
    count = len(demands[0])
    straight = np.hypot(x[:count, None] - x[None, count:], y[:count, None] - y[None, count:])
    by_road = np.zeros(straight.shape, dtype=bool)
    metres = DETOUR * straight
    if roads is not None and len(roads):
        near = roads.metres_away(lon, lat) <= OFF_ROAD_M
        for start in range(0, count, _AT_ONCE):
            part = slice(start, min(start + _AT_ONCE, count))
            walked = _walked((lon, lat), part, count, roads)
            known = np.isfinite(walked) & near[part, None] & near[None, count:]
            by_road[part] = known
            metres[part] = np.where(known, np.maximum(walked, straight[part]), metres[part])
    return Access(np.round(100 * metres) / 100, by_road)


def _walked(at: tuple[Reals, Reals], part: slice, count: int, roads: WalkGraph) -> Reals:
    """Return the metres on foot from some demands to all sites; infinite where no way leads."""
    lon, lat = (np.concatenate([each[part], each[count:]]) for each in at)
    table = roads.distances(lon, lat, _NO_LIMIT_M)
    some = part.stop - part.start
    walked = np.full((some, len(lon) - some), np.inf)
    for row in range(some):
        inside = slice(table.indptr[row], table.indptr[row + 1])
        column = table.indices[inside]
        there = column >= some
        walked[row, column[there] - some] = table.data[inside][there]
    return walked
