"""Plans for towers: many units between which no way costs anything, so that trade alone decides.

Lists of the nearest say nothing where hundreds are equally near. But units that should be together
stand together once they are ordered by trade: in such an order, the best way to cut a tower into
runs of neighbours is found by dynamic programming. Which trade follows which is left to chance.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.random import Generator

from lxgeo.decide.plans.found import LEFT_OUT
from lxgeo.decide.regions.instance import FAR, Instance, Ints, Shorts, star_cm

_MANY = 40
_ORDERS = 10
_LEVELS = ("section", "division", "group", "class_")


def towers_of(instance: Instance) -> list[Shorts]:
    """Return the units of each tower: many in one building, or at one point outside of any."""
    units = instance.node[: instance.units]
    apart = units["building"] < 0
    if instance.same_building > 0:
        apart[:] = True
    place = np.where(apart, -1, units["building"])
    x, y = (np.where(apart, units[name], 0.0) for name in ("x", "y"))
    order = np.lexsort((x, y, place)).astype(np.int32)
    keys = np.stack([place[order], x[order], y[order]])
    new = np.flatnonzero((keys[:, 1:] != keys[:, :-1]).any(axis=0)) + 1
    return [tower for tower in np.split(order, new) if len(tower) >= _MANY]


def cut_towers(instance: Instance, towers: list[Shorts], random: Generator) -> Shorts:
    """Return labels of a plan that cuts each tower by itself, and leaves out all others."""
    labels = np.full(instance.units, LEFT_OUT, dtype=np.int32)
    for tower in towers:
        least = FAR
        for _ in range(_ORDERS):
            order = _by_trade(instance, tower, random)
            cost, cuts = _cut(instance, order)
            if cost < least:
                least = cost
                _label(order, cuts, labels)
    return labels


def _by_trade(instance: Instance, tower: Shorts, random: Generator) -> Shorts:
    """Return a tower's units ordered by trade, trades of one level in any order."""
    keys = [random.random(len(tower))]
    for level in reversed(_LEVELS):
        trade, which = np.unique(instance.node[level][tower], return_inverse=True)
        keys.append(random.permutation(len(trade))[which].astype(float))
    ordered: Shorts = tower[np.lexsort(keys)]
    return ordered


@njit(cache=True)
def _cut(instance: Instance, order: Shorts) -> tuple[int, Ints]:
    """Return the least cost of units cut into runs, and where the run ending after each begins."""
    count = len(order)
    least = np.zeros(count + 1, dtype=np.int64)
    begins = np.zeros(count + 1, dtype=np.int64)
    longest = instance.node[order[0]].room + 1
    for end in range(1, count + 1):
        least[end] = least[end - 1] + instance.node[order[end - 1]].alone_cm
        begins[end] = end - 1
        for begin in range(max(0, end - longest), end - 1):
            cost = _run_cm(instance, order[begin:end])
            if least[begin] + cost < least[end]:
                least[end], begins[end] = least[begin] + cost, begin
    return least[count], begins


@register_jitable
def _run_cm(instance: Instance, run: Shorts) -> int:
    """Return what a run costs under its cheapest host, `FAR` if it is no legal branch."""
    best = FAR
    under = run[1:].copy()
    for place in range(len(run)):
        best = min(best, star_cm(instance, run[place], under))
        if place < len(under):
            under[place] = run[place]
    return best


@njit(cache=True)
def _label(order: Shorts, begins: Ints, labels: Shorts) -> None:
    end = len(order)
    while end:
        run = order[begins[end] : end]
        labels[run] = LEFT_OUT if len(run) == 1 else run.min()
        end = begins[end]
