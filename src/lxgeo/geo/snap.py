"""Where places meet the road network: the nearest point of the nearest edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lxgeo.geo.chains import Ints, grouped
from lxgeo.geo.reach import NOWHERE, Doors

Floats = NDArray[np.float64]

MM = 1000
"""Millimetres in a metre."""
_AT_ONCE = 4096
"""Places whose neighbours are asked for at a time: a list of each is held in memory."""


@dataclass(frozen=True)
class Snapped:
    """Places on the network.

    Parameters
    ----------
    x, y : ndarray of float64, shape (places,)
        Where the places themselves are, metres.
    edge : ndarray of int64
        The nearest edge; -1 where the network has none.
    along_mm : ndarray of int64
        How far from the edge's beginning its nearest point is, along it.
    off_mm : ndarray of int64
        How far that point is from the place, straight.
    """

    x: Floats
    y: Floats
    edge: Ints
    along_mm: Ints
    off_mm: Ints


def whole_mm(metres: Floats) -> Ints:
    """Return metres as whole millimetres."""
    return np.floor(metres * MM + 0.5).astype(np.int64)


def snapped(x: Floats, y: Floats, lines: NDArray[np.object_], mm: Ints) -> Snapped:
    """Return where places meet the edges.

    Parameters
    ----------
    x, y
        Places, metres.
    lines
        The edges as lines in the same system.
    mm
        Their lengths; the along-distances never exceed them.

    Returns
    -------
    Snapped
        Of edges that are equally near the first one is taken.
    """
    places = len(x)
    if not len(lines):
        none = np.zeros(places, dtype=np.int64)
        return Snapped(x, y, none + NOWHERE, none, none + np.iinfo(np.int32).max)
    points = shapely.points(x, y)
    place, edge = shapely.STRtree(lines).query_nearest(points)
    nearest = np.full(places, len(lines), dtype=np.int64)
    np.minimum.at(nearest, place, edge)
    along = whole_mm(shapely.line_locate_point(lines[nearest], points))
    off = whole_mm(shapely.distance(lines[nearest], points))
    return Snapped(x, y, nearest, np.minimum(along, mm[nearest]), off)


@dataclass(frozen=True)
class Ends:
    """The edges that places stand on: their two nodes and their lengths.

    Parameters
    ----------
    starts, ends : ndarray of int64, shape (edges,)
        Nodes.
    mm : ndarray of int64
        Lengths, millimetres.
    nodes
        How many nodes there are.
    west_m
        What `Net.east` is measured from.
    """

    starts: Ints
    ends: Ints
    mm: Ints
    nodes: int
    west_m: float


def doors(places: Snapped, edges: Ends, limit_mm: int) -> Doors:
    """Return how places are reached from the nodes around them, and from each other.

    Two places reach each other without passing a node along the edge that they share; or straight
    across, where the straight line is no longer than both their straight ways to the network: it
    then lies wholly on ground without a road, and nobody walks out to the road and back in.

    Parameters
    ----------
    places
        Places on the network, from west to east.
    edges
        Its edges.
    limit_mm
        How far the search will go.
    """
    on = places.edge >= 0
    edge = np.where(on, places.edge, 0)
    to_one = places.off_mm + places.along_mm
    length = edges.mm[edge] if len(edges.mm) else np.zeros(len(edge), dtype=np.int64)
    to_other = places.off_mm + length - places.along_mm
    one = np.where(on, edges.starts[edge] if len(edges.mm) else 0, NOWHERE)
    other = np.where(on, edges.ends[edge] if len(edges.mm) else 0, NOWHERE)
    which = np.flatnonzero(on)
    node = np.concatenate([one[which], other[which]])
    begins, order = grouped(node, edges.nodes)
    near_begins, near, near_mm = _near(places, limit_mm)
    return Doors(
        whole_mm(places.x - edges.west_m).astype(np.int32),
        one,
        other,
        to_one,
        to_other,
        begins,
        np.concatenate([which, which])[order],
        np.concatenate([to_one[which], to_other[which]])[order],
        near_begins,
        near,
        near_mm,
    )


def _near(places: Snapped, limit_mm: int) -> tuple[Ints, Ints, Ints]:
    """Return the ways between places that pass no node, grouped by the smaller of the two."""
    found = [*_along_one_edge(places, limit_mm), *_straight_across(places, limit_mm)]
    smaller, greater, mm = (
        np.concatenate([each[k] for each in found]) if found else np.empty(0, dtype=np.int64)
        for k in range(3)
    )
    begins, order = grouped(smaller, len(places.x))
    return begins, greater[order], mm[order]


def _along_one_edge(places: Snapped, limit_mm: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield pairs on the same edge: neighbours along it, then those with one between, and so on."""
    order = np.lexsort((places.along_mm, places.edge))
    order = order[places.edge[order] >= 0]
    first = np.arange(len(order))
    for shift in range(1, len(order)):
        first = first[first + shift < len(order)]
        one, other = order[first], order[first + shift]
        between = places.along_mm[other] - places.along_mm[one]
        alike = (places.edge[one] == places.edge[other]) & (between <= limit_mm)
        if not alike.any():
            return
        # Whoever is out of reach of its neighbour is out of reach of those beyond.
        first, one, other, between = first[alike], one[alike], other[alike], between[alike]
        mm = between + places.off_mm[one] + places.off_mm[other]
        within = mm <= limit_mm
        yield (
            np.minimum(one, other)[within],
            np.maximum(one, other)[within],
            mm[within],
        )


def _straight_across(places: Snapped, limit_mm: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield pairs with no road between them: nearer to each other than both are to the road."""
    spots = np.column_stack([places.x, places.y])
    if not len(spots):
        return
    tree = cKDTree(spots)
    # The farther one from the road finds the other within twice its own way to it.
    reach = np.minimum(2 * places.off_mm, limit_mm) / MM
    for start in range(0, len(spots), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        balls = tree.query_ball_point(spots[part], reach[part] + 1 / MM)
        one = np.repeat(np.arange(start, start + len(balls)), [len(ball) for ball in balls])
        other = np.concatenate([np.asarray(ball, dtype=np.int64) for ball in balls])
        mm = whole_mm(np.hypot(*(spots[one] - spots[other]).T))
        # Found from both sides, a pair is offered twice, which changes nothing.
        across = (
            (mm <= places.off_mm[one] + places.off_mm[other]) & (mm <= limit_mm) & (one != other)
        )
        yield (
            np.minimum(one, other)[across],
            np.maximum(one, other)[across],
            mm[across],
        )
