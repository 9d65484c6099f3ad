"""Pricing: the star under a host that is cheapest once its units' worth is taken off.

The worth of a unit is what covering it may cost (its Lagrangian multiplier). The reduced cost of a
star is its cost less the worth of its units, the host's own among them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable

from lxgeo.decide.regions.instance import FAR, Instance, Ints, Shorts
from lxgeo.rules.cost import THIN_FULL_MEMBERS

_BACK = 1024  # a step back in the table is a count times this, plus a number of full members


@njit(cache=True)
def most_full(instance: Instance) -> int:
    """Return from how many full members on a star is only known to have enough, and not thin."""
    return max(instance.least_full, THIN_FULL_MEMBERS + 1)


@njit(cache=True)
def best_star(
    instance: Instance, host: int, worth: Ints, who: Shorts, cm: Ints, picked: Shorts
) -> int:
    """Return the least reduced cost of all stars under a host, `FAR` if there is none.

    Exact for any numbers of full members, but for the cap on a branch's members, which is not
    looked at beyond pairs: the answer may only be too low.

    Parameters
    ----------
    instance
        The region.
    host
        A unit or a fixed host.
    worth : ndarray of int64, shape (units,)
        Worth of each unit.
    who, cm
        The units that may be under the host, ending at the first below 0, and what each costs.
    picked
        Filled: how many units the star has under its host, then which.
    """
    shelf = empty_shelf(instance, min(instance.node[host].room, len(who)))
    for place in range(len(who)):
        if who[place] < 0:
            break
        put(instance, shelf, who[place], cm[place] - worth[who[place]])
    return best_of(instance, host, worth, shelf, picked)


class Shelf(NamedTuple):
    """The cheapest units under a host, by how many full members they have.

    Parameters
    ----------
    kept : ndarray of int64, shape (full members + 1,)
        How many are kept.
    reduced, unit : ndarray, shape (full members + 1, room)
        Their reduced costs, lowest first, and which they are.
    """

    kept: Ints
    reduced: Ints
    unit: Shorts


@register_jitable
def empty_shelf(instance: Instance, room: int) -> Shelf:
    """Return a shelf with room for so many units of each kind."""
    kinds = most_full(instance) + 1
    return Shelf(
        np.zeros(kinds, dtype=np.int64),
        np.full((kinds, room), FAR, dtype=np.int64),
        np.zeros((kinds, room), dtype=np.int32),
    )


@register_jitable
def put(instance: Instance, shelf: Shelf, unit: int, reduced: int) -> None:
    """Keep a unit if it is among the cheapest of its kind."""
    full = min(len(shelf.kept) - 1, instance.node[unit].full)
    if reduced < shelf.reduced[full, -1]:
        _insert(shelf.reduced[full], shelf.unit[full], reduced, unit)
        shelf.kept[full] = min(shelf.reduced.shape[1], shelf.kept[full] + 1)


@register_jitable
def best_of(instance: Instance, host: int, worth: Ints, shelf: Shelf, picked: Shorts) -> int:
    """Return the least reduced cost of the stars that a shelf makes, as `best_star`."""
    count, cheap, unit = shelf
    most, room = len(count) - 1, cheap.shape[1]
    picked[0] = 0
    start = min(most, instance.node[host].full)
    table, back = _table(count, cheap, start, room)
    best, size, sum_full = _least(instance, host, table)
    if size == 0:
        return FAR
    for full in range(most, -1, -1):
        if count[full]:
            taken = back[full, size, sum_full] // _BACK
            sum_full = back[full, size, sum_full] % _BACK
            size -= taken
            for i in range(taken):
                picked[0] += 1
                picked[picked[0]] = unit[full, i]
    return best + _start(instance, host, worth)


@register_jitable
def best_gain(
    instance: Instance, host: int, worth: Ints, near: tuple[Shorts, Ints], desk: Desk
) -> int:
    """Return the least reduced cost of all stars under a host if that is below 0, else 0.

    As `best_star`, for asking about host after host: most have nothing to gain, and that is told
    before it is known which star is the best.

    Parameters
    ----------
    instance, host, worth
        As of `best_star`.
    near
        The units that may be under the host, ending at the first below 0, and what each costs.
    desk
        Room to work in; ``desk.picked`` is filled where something is gained.
    """
    who, cm = near
    room = min(instance.node[host].room, len(who))
    shelf = Shelf(desk.shelf.kept, desk.shelf.reduced[:, :room], desk.shelf.unit[:, :room])
    shelf.kept[:] = 0
    shelf.reduced[:] = FAR
    for place in range(len(who)):
        if who[place] < 0:
            break
        put(instance, shelf, who[place], cm[place] - worth[who[place]])
    start = _start(instance, host, worth)
    if start + _hoped(shelf, desk.cheapest[:room]) >= 0:
        return 0
    _sum_up(instance, host, shelf, desk.table[: room + 1])
    best, size, _ = _least(instance, host, desk.table[: room + 1])
    if size == 0 or start + best >= 0:
        return 0
    return best_of(instance, host, worth, shelf, desk.picked)


class Desk(NamedTuple):
    """Arrays that `best_gain` uses again and again.

    Parameters
    ----------
    shelf
        The cheapest units.
    cheapest, table
        Sums on the way.
    picked : ndarray of int32
        How many units the best star has under its host, then which.
    """

    shelf: Shelf
    cheapest: Ints
    table: Ints
    picked: Shorts


@register_jitable
def empty_desk(instance: Instance) -> Desk:
    """Return a desk for all hosts of a region."""
    kinds, width = most_full(instance) + 1, instance.width
    return Desk(
        empty_shelf(instance, width),
        np.zeros(width, dtype=np.int64),
        np.zeros((width + 1, kinds), dtype=np.int64),
        np.zeros(width + 1, dtype=np.int32),
    )


@register_jitable
def _start(instance: Instance, host: int, worth: Ints) -> int:
    """Return what a host costs before any unit is under it."""
    own = worth[host] if host < instance.units else 0
    return int(instance.node[host].open_cm - own)


@register_jitable
def _hoped(shelf: Shelf, cheapest: Ints) -> int:
    """Return what a host's units cost at least, however many members they have."""
    cheapest[:] = 0
    for full in range(len(shelf.kept)):
        for place in range(shelf.kept[full]):
            if shelf.reduced[full, place] >= cheapest[-1]:
                break
            keep_least(cheapest, shelf.reduced[full, place])
    return int(cheapest.sum())


@register_jitable
def keep_least(least: Ints, value: int) -> None:
    """Keep a value if it is among the least seen, which stand in order, least first."""
    at = len(least) - 1
    if value >= least[at]:
        return
    while at > 0 and least[at - 1] > value:
        least[at] = least[at - 1]
        at -= 1
    least[at] = value


@register_jitable
def _sum_up(instance: Instance, host: int, shelf: Shelf, table: Ints) -> None:
    """Fill in the least sum for so many units and so many full members, as `_table` does."""
    most, room = table.shape[1] - 1, table.shape[0] - 1
    table[:] = FAR
    table[0, min(most, instance.node[host].full)] = 0
    for full in range(most + 1):
        many = min(shelf.kept[full], room)
        if not many:
            continue
        for k in range(room - 1, -1, -1):  # longer stars first: no unit is taken twice
            for was in range(most, -1, -1):
                cost = table[k, was]
                if cost >= FAR:
                    continue
                for taken in range(1, min(many, room - k) + 1):
                    cost += shelf.reduced[full, taken - 1]
                    now = min(most, was + taken * full)
                    table[k + taken, now] = min(table[k + taken, now], cost)


@register_jitable
def _least(instance: Instance, host: int, table: Ints) -> tuple[int, int, int]:
    """Return the least entry that is a legal star, thinness included; no units if there is none."""
    best, size, sum_full = FAR, 0, 0
    for k in range(1, table.shape[0]):
        for full in range(instance.least_full, table.shape[1]):
            if table[k, full] < FAR:
                cost = table[k, full]
                if full == THIN_FULL_MEMBERS:
                    cost += instance.node[host].thin_cm
                if cost < best:
                    best, size, sum_full = cost, k, full
    return best, size, sum_full


@register_jitable
def _insert(cheap: Ints, units: Shorts, reduced: int, unit: int) -> None:
    place = len(cheap) - 1
    while place > 0 and cheap[place - 1] > reduced:
        cheap[place] = cheap[place - 1]
        units[place] = units[place - 1]
        place -= 1
    cheap[place] = reduced
    units[place] = unit


@register_jitable
def _table(count: Ints, cheap: Ints, start: int, room: int) -> tuple[Ints, Shorts]:
    """Return the least sum for so many units and so many full members, and the steps back.

    Units with as many full members each are told apart by price alone: the cheapest go first.
    """
    most = len(count) - 1
    table = np.full((room + 1, most + 1), FAR, dtype=np.int64)
    table[0, start] = 0
    back = np.zeros((most + 1, room + 1, most + 1), dtype=np.int32)
    for full in range(most + 1):
        if not count[full]:
            continue
        longer = table.copy()
        for k in range(room + 1):
            for was in range(most + 1):
                back[full, k, was] = was
        for k in range(room):
            for was in range(most + 1):
                cost = table[k, was]
                if cost >= FAR:
                    continue
                for taken in range(1, min(count[full], room - k) + 1):
                    cost += cheap[full, taken - 1]
                    now = min(most, was + taken * full)
                    if cost < longer[k + taken, now]:
                        longer[k + taken, now] = cost
                        back[full, k + taken, now] = taken * _BACK + was
        table = longer
    return table, back
