"""What nobody walks across: rivers, motorways, railways, where there is no bridge."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

_PIECE = 32
"""Vertices of a piece of a long line: a search looks at pieces near by, not at whole rivers."""
_TOGETHER = 2
"""Lines that end at one point: from two on, nobody passes between them."""
_AT_ONCE = 200_000
"""Pairs that are looked at together: their straight lines are held in memory."""

Shapes = NDArray[np.object_]
Flags = NDArray[np.bool_]


def crosses(
    lon_a: ArrayLike,
    lat_a: ArrayLike,
    lon_b: ArrayLike,
    lat_b: ArrayLike,
    barriers: gpd.GeoDataFrame | ArrayLike,
) -> Flags:
    """Return whether the straight lines between pairs of places lead across a barrier.

    Parameters
    ----------
    lon_a, lat_a, lon_b, lat_b : array_like, shape (pairs,)
        Both places of each pair, degrees WGS 84. NaN crosses nothing.
    barriers
        Lines and polygons in degrees WGS 84 (``barriers`` of `lxgeo.model.AREA_LAYERS`), or an
        array of such geometries.

    Returns
    -------
    ndarray of bool, shape (pairs,)
        A line is crossed between its ends and where it goes on in another line; its free end, and
        so a gap (a bridge), lets pass. A polygon is crossed by who enters and leaves it: a place
        inside is not cut off by it. To touch a barrier with an end is not to cross it.
    """
    ends = np.column_stack([np.asarray(each, np.float64) for each in (lon_a, lat_a, lon_b, lat_b)])
    crossing = np.zeros(len(ends), dtype=np.bool_)
    lines, joints, polygons = _parts(barriers)
    moves = np.isfinite(ends).all(axis=1) & (ends[:, :2] != ends[:, 2:]).any(axis=1)
    which = np.flatnonzero(moves)
    for start in range(0, len(which), _AT_ONCE):
        part = which[start : start + _AT_ONCE]
        straight = shapely.linestrings(ends[part].reshape(-1, 2, 2))
        crossing[part] = (
            _found(straight, lines, "crosses")
            | _found(straight, joints, "contains")
            | _through(straight, polygons)
        )
    return crossing


def _parts(barriers: Any) -> tuple[Shapes, Shapes, Shapes]:
    """Return the pieces of the lines, the points where pieces and lines go on, and the polygons."""
    shapes = barriers.geometry if isinstance(barriers, gpd.GeoDataFrame) else barriers
    parts = shapely.get_parts(np.asarray(shapes, dtype=object))
    kind = shapely.get_type_id(parts)
    corners, owner = shapely.get_coordinates(
        parts[kind == shapely.GeometryType.LINESTRING], return_index=True
    )
    within = np.arange(len(owner)) - np.searchsorted(owner, owner)
    # The last vertex of a piece is the first of the next one.
    again = np.flatnonzero((within > 0) & (within % (_PIECE - 1) == 0))
    again = again[owner[again] == np.append(owner, -1)[again + 1]]
    piece = np.insert(owner * 0, again, 0)
    corners = np.insert(corners, again, corners[again], axis=0)
    owner = np.insert(owner, again, owner[again])
    piece[again + np.arange(len(again)) + 1] = 1
    piece[np.flatnonzero(np.diff(owner)) + 1] = 1
    lines = (
        shapely.linestrings(corners, indices=np.cumsum(piece))
        if len(corners)
        else np.empty(0, dtype=object)
    )
    polygons = parts[kind == shapely.GeometryType.POLYGON]
    shapely.prepare(polygons)
    return lines, _joints(lines), polygons


def _joints(lines: Shapes) -> Shapes:
    """Return the points that several lines end at: who passes there passes between no two."""
    ends = shapely.get_coordinates([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    spots, times = np.unique(ends, axis=0, return_counts=True)
    joints: Shapes = shapely.points(spots[times >= _TOGETHER])
    return joints


def _found(straight: Shapes, shapes: Shapes, predicate: str) -> Flags:
    """Return which lines stand in a relation to any of the shapes."""
    found = np.zeros(len(straight), dtype=np.bool_)
    found[shapely.STRtree(shapes).query(straight, predicate=predicate)[0]] = True
    return found


def _through(straight: Shapes, polygons: Shapes) -> Flags:
    """Return which lines have a stretch inside a polygon and both ends outside it."""
    found = np.zeros(len(straight), dtype=np.bool_)
    line, polygon = shapely.STRtree(polygons).query(straight, predicate="intersects")
    crossed = shapely.relate_pattern(polygons[polygon], straight[line], "T********")
    line, polygon = line[crossed], polygon[crossed]
    for end in (0, -1):
        inside = shapely.contains_properly(
            polygons[polygon], shapely.get_point(straight[line], end)
        )
        line, polygon = line[~inside], polygon[~inside]
    found[line] = True
    return found
