"""Candidates: the cheapest partners of every node, exactly."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable

from lxgeo.decide.regions.instance import FAR, Instance, Ints, Shorts, pair_cm
from lxgeo.decide.regions.squares import (
    Squares,
    least_m,
    mates,
    most_squares,
    ring,
    rings,
    squares_of,
    strangers,
)

NOBODY = -1
"""Fills the end of a list that is shorter than the longest."""


class Nearest(NamedTuple):
    """Lists of partners, cheapest first.

    Parameters
    ----------
    who : ndarray of int32, shape (nodes, k)
        Node numbers, `NOBODY` at the end of a short list.
    cm : ndarray of int64, shape (nodes, k)
        What each costs under the node, `FAR` at the end of a short list.
    """

    who: Shorts
    cm: Ints


def nearest_units(instance: Instance, most: int) -> Nearest:
    """Return, for every node, the units that are cheapest under it as host."""
    near = _empty(instance, instance.units, most)
    _fill_units(instance, squares_of(instance), near)
    return near


def nearest_hosts(instance: Instance, most: int) -> Nearest:
    """Return, for every node, the fixed hosts that are cheapest for it."""
    near = _empty(instance, instance.nodes - instance.units, most)
    if instance.nodes > instance.units:
        _fill_hosts(instance, near)
    return near


def _empty(instance: Instance, partners: int, most: int) -> Nearest:
    width = max(1, min(most, partners))
    who = np.full((instance.nodes, width), NOBODY, dtype=np.int32)
    return Nearest(who, np.full((instance.nodes, width), FAR, dtype=np.int64))


@njit(cache=True)
def _fill_units(instance: Instance, squares: Squares, near: Nearest) -> None:
    """Look at those who share building or park, then around, until what is left costs more."""
    units = np.empty(2 * instance.units, dtype=np.int64)
    around = np.empty(most_squares(squares), dtype=np.int64)
    for node in range(len(instance.node)):
        for unit in units[: mates(squares, node, units)]:
            _insert(near, node, unit, pair_cm(instance, unit, node))
        for distance in range(rings(squares)):
            least = least_m(squares, distance)
            if least > instance.node[node].limit_m or 100.0 * least - 1.0 >= near.cm[node, -1]:
                break
            for square in around[: ring(squares, node, distance, around)]:
                for unit in units[: strangers(squares, node, square, units)]:
                    _insert(near, node, unit, pair_cm(instance, unit, node))


@njit(cache=True)
def _fill_hosts(instance: Instance, near: Nearest) -> None:
    nodes = len(instance.node)
    for node in range(nodes):
        for host in range(instance.units, nodes):
            if host != node:
                _insert(near, node, host, pair_cm(instance, node, host))


@register_jitable
def _insert(near: Nearest, node: int, other: int, cost: int) -> None:
    """Insert a partner by its cost; of those that cost the same, the first seen goes first."""
    who, cm = near.who[node], near.cm[node]
    place = len(cm) - 1
    if cost >= cm[place]:
        return
    while place > 0 and cm[place - 1] > cost:
        cm[place] = cm[place - 1]
        who[place] = who[place - 1]
        place -= 1
    cm[place] = cost
    who[place] = other
