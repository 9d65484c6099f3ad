"""Who lies where: a region's units by squares of ground, and by the building or park they share.

Looking at all pairs of a region of 20,000 units takes longer than planning it. A unit that shares
neither building nor park with a host costs at least the way between them, so squares can be visited
from near to far until nothing beyond can matter.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.decide.regions.instance import Instance, Ints, Shorts
from lxgeo.rules.cost import NOWHERE

_UNITS_A_SQUARE = 1
_LEAST_SIDE_M = 1.0
_MOST_ACROSS = 2_000
_ROUNDING_M = 0.1  # ways on foot are added up of parts


class Mates(NamedTuple):
    """Units by what they share: those of group ``g`` are ``unit[first[g] : first[g + 1]]``.

    ``group`` is the group of every node, -1 of one that shares nothing.
    """

    group: Shorts
    first: Ints
    unit: Ints


class Squares(NamedTuple):
    """A region's units by place.

    Parameters
    ----------
    side
        Of a square, metres.
    across, down
        How many squares there are each way.
    ground
        Units by square; every node has one.
    building, park
        Units by building and by park.
    """

    side: float
    across: int
    down: int
    ground: Mates
    building: Mates
    park: Mates


def squares_of(instance: Instance) -> Squares:
    """Return where a region's units are."""
    x, y = instance.node["x"], instance.node["y"]
    west, south = x.min(), y.min()
    wide, high = x.max() - west, y.max() - south
    side = max(
        np.sqrt(wide * high * _UNITS_A_SQUARE / max(1, instance.units)),
        wide / _MOST_ACROSS,
        high / _MOST_ACROSS,
        _LEAST_SIDE_M,
    )
    column, row = ((x - west) // side).astype(np.int32), ((y - south) // side).astype(np.int32)
    across, down = int(column.max()) + 1, int(row.max()) + 1
    return Squares(
        *(float(side), across, down),
        ground=_mates(row * across + column, instance.units, across * down),
        building=_shared(instance, "building"),
        park=_shared(instance, "park"),
    )


def squares_of_all(instance: Instance) -> Squares:
    """Return where a region's units are and its fixed hosts as well."""
    return squares_of(instance._replace(units=instance.nodes))


def _shared(instance: Instance, what: str) -> Mates:
    known, group = np.unique(instance.node[what], return_inverse=True)
    nowhere = int((known == NOWHERE).any())  # it sorts first
    return _mates(group.astype(np.int32) - nowhere, instance.units, len(known) - nowhere)


def _mates(group: Shorts, units: int, groups: int) -> Mates:
    inside = np.flatnonzero(group[:units] >= 0)
    order = inside[np.argsort(group[inside], kind="stable")]
    count = np.bincount(group[inside], minlength=groups)
    return Mates(group, np.concatenate([[0], np.cumsum(count)]).astype(np.int64), order)


@register_jitable
def mates(squares: Squares, node: int, out: Ints) -> int:
    """Write the other units of a node's building and park, each once; return how many.

    Each node begins after itself: in one large building, where hundreds cost the same, each unit
    then knows other neighbours.
    """
    count = 0
    house = squares.building.group[node]
    for place in (squares.building, squares.park):
        if place.group[node] < 0:
            continue
        start = count
        for unit in _from(place, place.group[node], node):
            if unit == node:
                continue
            if start == 0 or squares.building.group[unit] != house or house < 0:
                out[count] = unit
                count += 1
    return count


@register_jitable
def _from(mates: Mates, group: int, node: int) -> Ints:
    """Return the units of a group, those after a node first."""
    units = mates.unit[mates.first[group] : mates.first[group + 1]]
    at = np.searchsorted(units, node)
    return np.concatenate((units[at:], units[:at]))


@register_jitable
def strangers(squares: Squares, node: int, square: int, out: Ints) -> int:
    """Write the units of a square that share neither building nor park with a node.

    Return how many.
    """
    house, park = squares.building.group[node], squares.park.group[node]
    ground = squares.ground
    first, last = ground.first[square], ground.first[square + 1]
    start = first
    if square == ground.group[node]:
        start += np.searchsorted(ground.unit[first:last], node)
    count = 0
    for i in range(last - first):
        place = start + i
        unit = ground.unit[place if place < last else place - (last - first)]
        ours = house >= 0 and squares.building.group[unit] == house
        ours = ours or (park >= 0 and squares.park.group[unit] == park)
        if unit != node and not ours:
            out[count] = unit
            count += 1
    return count


@register_jitable
def ring(squares: Squares, node: int, distance: int, out: Ints) -> int:
    """Write the squares so many squares away from a node's own; return how many."""
    own = squares.ground.group[node]
    row, column = own // squares.across, own % squares.across
    count = 0
    for down in range(max(0, row - distance), min(squares.down, row + distance + 1)):
        edge = abs(down - row) == distance
        step = 1 if edge else 2 * distance
        for across in range(column - distance, column + distance + 1, max(1, step)):
            if 0 <= across < squares.across:
                out[count] = down * squares.across + across
                count += 1
    return count


@register_jitable
def least_m(squares: Squares, distance: int) -> float:
    """Return how far at least the units of a ring are from its middle, metres."""
    return max(0.0, (distance - 1) * squares.side - _ROUNDING_M)


@register_jitable
def rings(squares: Squares) -> int:
    """Return how many rings there may be around a node."""
    return max(squares.across, squares.down)


@register_jitable
def most_squares(squares: Squares) -> int:
    """Return how many squares a ring may have at most."""
    return 4 * (squares.across + squares.down)


def highest(squares: Squares, values: NDArray[np.int64], none: int) -> NDArray[np.int64]:
    """Return the highest value of each square's units, ``none`` where it has no unit."""
    ground = squares.ground
    found = np.full(len(ground.first) - 1, none, dtype=np.int64)
    np.maximum.at(found, ground.group[: len(values)], values)
    return found
