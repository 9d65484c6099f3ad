"""A first plan: the most isolated unit first, into the new branch that is cheapest a unit.

Fixed hosts are left to the search, which starts from here.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.extending import register_jitable

from lxgeo.decide.plans.found import LEFT_OUT
from lxgeo.decide.regions.candidates import NOBODY, Nearest
from lxgeo.decide.regions.instance import FAR, Instance, Shorts, star_cm
from lxgeo.decide.regions.law import bring

_HOSTS_TRIED = 12


def greedy(instance: Instance, near: Nearest, labels: Shorts | None = None) -> Shorts:
    """Return a legal plan as labels.

    Parameters
    ----------
    instance
        The region.
    near
        Cheapest units under every node.
    labels
        A plan to go on from, if there is one.

    Returns
    -------
    ndarray of int32, shape (units,)
        As in `lxgeo.decide.plans.found.Found`; no unit is under a fixed host.
    """
    third = near.cm[: instance.units, min(2, near.cm.shape[1] - 1)]
    order = np.argsort(-third, kind="stable").astype(np.int32)
    if labels is None:
        labels = np.full(instance.units, LEFT_OUT, dtype=np.int32)
    return complete(instance, near, order, labels)


@njit(cache=True)
def complete(instance: Instance, near: Nearest, order: Shorts, labels: Shorts) -> Shorts:
    """Return labels where units left out have founded branches, in the order given."""
    labels = labels.copy()
    under = np.empty(instance.node[0].room, dtype=np.int32)
    best = np.empty(instance.node[0].room, dtype=np.int32)
    for unit in order:
        if labels[unit] != LEFT_OUT:
            continue
        least, size, host = FAR, 0, NOBODY
        for place in range(-1, min(_HOSTS_TRIED, near.who.shape[1])):
            other = unit if place < 0 else near.who[unit, place]
            if other == NOBODY or labels[other] != LEFT_OUT:
                continue
            count, cost = _cheapest_star(instance, near, labels, (unit, other), under)
            if count and cost * (size + 1) < least * (count + 1):
                least, size, host = cost, count, other
                for i in range(count):
                    best[i] = under[i]
        if host != NOBODY:
            _label(labels, host, best, size)
    return labels


@register_jitable
def _label(labels: Shorts, host: int, under: Shorts, size: int) -> None:
    first = host
    for i in range(size):
        first = min(first, under[i])
    labels[host] = first
    for i in range(size):
        labels[under[i]] = first


@register_jitable
def _cheapest_star(
    instance: Instance, near: Nearest, labels: Shorts, pair: tuple[int, int], under: Shorts
) -> tuple[int, int]:
    """Put units under a host, nearest first, a given unit among them.

    Return how many of ``under`` make the star that is cheapest a unit, and what it costs.
    """
    unit, host = pair
    count, best, least = 0, 0, FAR
    if unit != host:
        under[0] = unit
        count = 1
    if not instance.law.free:
        count = bring(instance.law, host, under, count)
        if (labels[under[:count]] != LEFT_OUT).any():
            return 0, FAR
    brought = count
    for place in range(-1, near.who.shape[1]):
        if place >= 0:
            other = near.who[host, place]
            if other == NOBODY or count == len(under):
                break
            if labels[other] != LEFT_OUT or _among(other, under[:brought]):
                continue
            under[count] = other
            count += 1
        cost = star_cm(instance, host, under[:count])
        if cost < FAR and cost * (best + 1) < least * (count + 1):
            best, least = count, cost
    return best, least


@register_jitable
def _among(unit: int, units: Shorts) -> bool:
    found = False
    for each in units:
        found = found or each == unit
    return found
