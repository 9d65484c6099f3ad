"""Lines without topology as ways that share vertices."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from lxgeo.geo.chains import Ints
from lxgeo.geo.metric import DIGITS, metric_crs, project

_PER_DEGREE = 10**DIGITS
_BITS = 31  # a latitude from the pole, so counted, is below 2^31
_TOUCH_M = 0.5
"""A line that ends so near to another one ends at it."""

Paths = tuple[NDArray[np.float64], NDArray[np.float64], Ints, Ints]


def joined(lines: NDArray[np.object_]) -> Paths:
    """Return lines as vertices and the ways along them, as `WalkGraph.of_paths` takes them.

    Parameters
    ----------
    lines
        ``LineString`` and ``MultiLineString`` geometries in degrees WGS 84; others are left out.

    Returns
    -------
    lon, lat : ndarray of float64, shape (vertices,)
        Degrees, 7 decimals; two vertices with the same ones are one.
    at, line : ndarray of int64
        Way ``w`` leads along ``line[at[w]:at[w + 1]]``.
    """
    several = shapely.get_type_id(lines) == shapely.GeometryType.MULTILINESTRING
    parts = shapely.get_parts(lines) if several.any() else lines
    line_strings = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    parts = parts[line_strings & ~shapely.is_empty(parts)]
    corners, owner = shapely.get_coordinates(parts, return_index=True)
    vertices, line = _distinct(corners)
    line, owner = _split_where_others_end(vertices, line, owner)
    at = np.searchsorted(owner, np.arange(len(parts) + 1))
    return vertices[:, 0], vertices[:, 1], at, line


def _distinct(corners: NDArray[np.float64]) -> tuple[NDArray[np.float64], Ints]:
    """Return the different places among corners, and which of them each corner is."""
    # Both degrees as one whole number: sorted ten times as fast as rows are.
    east, north = np.rint((corners + np.array([180, 90])) * _PER_DEGREE).astype(np.int64).T
    _, first, which = np.unique((east << _BITS) | north, return_index=True, return_inverse=True)
    return corners[first].round(DIGITS) + 0.0, which.ravel()


def _split_where_others_end(
    vertices: NDArray[np.float64], line: Ints, owner: Ints
) -> tuple[Ints, Ints]:
    """Return the lines with a vertex more wherever another one ends on them between vertices."""
    if not len(line):
        return line, owner
    x, y = project(vertices[:, 0], vertices[:, 1], metric_crs(float(vertices[:, 0].mean())))
    inner = np.flatnonzero(owner[:-1] == owner[1:])
    steps = np.column_stack([line[inner], line[inner + 1]])
    segments = shapely.linestrings(np.stack([x[steps], y[steps]], axis=-1))
    ends = _ends(line, owner)
    points = shapely.points(x[ends], y[ends])
    end, segment = shapely.STRtree(segments).query(points, predicate="dwithin", distance=_TOUCH_M)
    # A line's own last stretch, and vertices that are shared, need nothing.
    other = (steps[segment] != ends[end][:, None]).all(axis=1)
    end, segment = end[other], segment[other]
    start = steps[segment, 0]
    far = np.hypot(x[ends[end]] - x[start], y[ends[end]] - y[start])
    # Several may end on one stretch: they come in the order in which one passes them.
    order = np.lexsort((ends[end], far, segment))
    after = inner[segment[order]]
    return (
        np.insert(line, after + 1, ends[end[order]]),
        np.insert(owner, after + 1, owner[after]),
    )


def _ends(line: Ints, owner: Ints) -> Ints:
    """Return the vertices that lines begin or end at, each once."""
    last = np.append(owner[:-1] != owner[1:], True)
    first = np.append(True, owner[:-1] != owner[1:])
    return np.unique(line[last | first])
