"""Walking areas: how far one comes on foot from a place, along the roads.

What is reached is the stretches of road within the limit, and the ground beside them; blocks that
they enclose belong to it. Where no road is near, it is a circle, and told as such.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import dijkstra
from shapely.ops import substring

from lxgeo.geo.metric import DIGITS, metric_crs, project, unproject
from lxgeo.geo.walk import WalkGraph

BESIDE_M = 60.0
"""How far from the road one still is beside it, metres."""
_BLOCK_M2 = 120_000.0
"""Holes smaller than that are blocks between streets that one walks on."""
_TOLERANCE_M = 8.0
"""How far an outline may be off to have fewer corners: nothing beside `BESIDE_M`."""

Floats = NDArray[np.float64]


def walking_areas(
    graph: WalkGraph, lon: float, lat: float, limits_m: Sequence[float]
) -> list[shapely.Geometry]:
    """Return the ground that one reaches from a place along the roads.

    Parameters
    ----------
    graph
        The network; it must have an edge.
    lon, lat
        The place, degrees WGS 84. It walks straight to the nearest point of the nearest road.
    limits_m
        How far one walks, metres.

    Returns
    -------
    list of Polygon or MultiPolygon
        One for each limit, EPSG:4326; empty where the nearest road is farther than the limit.
    """
    lines = graph.lines
    (x,), (y,) = project(np.array([lon]), np.array([lat]), graph.crs)
    point = shapely.Point(x, y)
    nearest = int(np.argmin(shapely.distance(lines, point)))
    off = float(shapely.distance(lines[nearest], point))
    along = float(shapely.line_locate_point(lines[nearest], point))
    away = _away(graph, nearest, off + along, off + graph.metres[nearest] - along, max(limits_m))
    areas = []
    for limit in limits_m:
        own = _between(lines[nearest], along - (limit - off), along + (limit - off))
        stretches = [*_stretches(graph, lines, away, limit), own] if limit > off else []
        areas.append(_to_degrees(_ground(stretches), graph.crs))
    return areas


def circle(lon: float, lat: float, metres: float) -> shapely.Polygon:
    """Return a circle around a place.

    Parameters
    ----------
    lon, lat
        Its middle, degrees WGS 84.
    metres
        Its radius.

    Returns
    -------
    Polygon
        EPSG:4326.
    """
    crs = metric_crs(lon)
    (x,), (y,) = project(np.array([lon]), np.array([lat]), crs)
    round_it: shapely.Polygon = _to_degrees(shapely.Point(x, y).buffer(metres), crs)
    return round_it


def _away(graph: WalkGraph, edge: int, to_start: float, to_end: float, limit: float) -> Floats:
    """Return how far each node is; the place stands behind the last node, joined to its edge."""
    here = len(graph)
    rows = np.concatenate([graph.starts, [here, here]])
    columns = np.concatenate([graph.ends, [graph.starts[edge], graph.ends[edge]]])
    metres = np.concatenate([graph.metres, [to_start, to_end]])
    # Of edges between the same two nodes the shortest counts; a sum is what a sparse table makes.
    low, high = np.minimum(rows, columns), np.maximum(rows, columns)
    order = np.lexsort((metres, high, low))
    first = np.ones(len(order), dtype=bool)
    first[1:] = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
    kept = order[first]
    table = sparse.csr_array((metres[kept], (low[kept], high[kept])), shape=(here + 1, here + 1))
    found: Floats = dijkstra(table, directed=False, indices=here, limit=limit)[:here]
    return found


def _stretches(
    graph: WalkGraph, lines: NDArray[np.object_], away: Floats, limit: float
) -> list[shapely.Geometry]:
    """Return the parts of the roads that lie within the limit."""
    left = np.maximum(limit - away, 0.0)
    from_start, from_end = left[graph.starts], left[graph.ends]
    whole = from_start + from_end >= graph.metres
    found = list(lines[whole])
    for edge in np.flatnonzero(~whole & (from_start + from_end > 0)):
        metres = float(graph.metres[edge])
        ends = ((0.0, float(from_start[edge])), (metres - float(from_end[edge]), metres))
        found += [_between(lines[edge], start, end) for start, end in ends if start < end]
    return found


def _between(line: shapely.LineString, start: float, end: float) -> shapely.Geometry:
    return substring(line, max(start, 0.0), min(end, line.length))


def _ground(stretches: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """Return the ground beside some stretches of road, blocks between them filled."""
    beside = shapely.union_all(shapely.buffer(list(stretches), BESIDE_M, quad_segs=4))
    parts = [
        shapely.Polygon(
            part.exterior,
            [ring for ring in part.interiors if shapely.Polygon(ring).area > _BLOCK_M2],
        )
        for part in shapely.get_parts(beside)
        if part.geom_type == "Polygon"
    ]
    return shapely.simplify(shapely.union_all(parts), _TOLERANCE_M)


def _to_degrees(shape: shapely.Geometry, crs: str) -> shapely.Geometry:
    return shapely.transform(
        shape, lambda at: np.column_stack(unproject(at[:, 0], at[:, 1], crs)).round(DIGITS)
    )
