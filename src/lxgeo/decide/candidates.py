"""Candidates: the cheapest partners of every node, exactly, by looking at all pairs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from lxgeo.decide.instance import FAR, Instance, Ints, Shorts, pair_cm

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
    return _cheapest(instance, 0, instance.units, most)


def nearest_hosts(instance: Instance, most: int) -> Nearest:
    """Return, for every node, the fixed hosts that are cheapest for it."""
    return _cheapest(instance, instance.units, instance.nodes, most)


def _cheapest(instance: Instance, first: int, last: int, most: int) -> Nearest:
    width = max(1, min(most, last - first))
    who = np.full((instance.nodes, width), NOBODY, dtype=np.int32)
    cm = np.full((instance.nodes, width), FAR, dtype=np.int64)
    if last > first:
        _fill(instance, first, last, who, cm)
    return Nearest(who, cm)


@njit(cache=True)
def _fill(instance: Instance, first: int, last: int, who: Shorts, cm: Ints) -> None:
    """Fill the lists by insertion.

    Ties go to the next node in a ring: in one large building, where hundreds cost the same, each
    unit then knows other neighbours, and the lists hang together.
    """
    width = who.shape[1]
    for node in range(who.shape[0]):
        other = first + node % (last - first)
        for _ in range(last - first):
            other = other + 1 if other + 1 < last else first
            if other == node:
                continue
            cost = pair_cm(instance, other, node)
            if cost >= cm[node, width - 1]:
                continue
            place = width - 1
            while place > 0 and cm[node, place - 1] > cost:
                cm[node, place] = cm[node, place - 1]
                who[node, place] = who[node, place - 1]
                place -= 1
            cm[node, place] = cost
            who[node, place] = other
