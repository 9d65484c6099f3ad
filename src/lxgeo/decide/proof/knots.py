"""Which knots (`lxgeo.decide.proof.duals`) a fractional plan ties more often than any plan can.

Triples are all looked at. Larger knots are grown: from every branch that is taken in part, units
are added, one by one or a branch's all at once, whatever comes nearest to a contradiction.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from lxgeo.decide.plans.found import Columns
from lxgeo.decide.proof.duals import WIDEST_KNOT, Knots, all_knots, filling, tied
from lxgeo.decide.regions.candidates import NOBODY
from lxgeo.decide.regions.instance import Ints, Reals, Shorts

_FRACTION = 1e-6
_LEAST_EXCESS = 0.02
_TIE = 1e-9
_TRIPLES_A_UNIT = 20
_GRIPS = (2, 3, 4, 5)
_CAPACITY = 0
"""Stands for a grip where knots are grown that need more branches than they have."""


class Fraction(NamedTuple):
    """A fractional plan, as the kernels read it.

    Parameters
    ----------
    first, star
        Stars of each unit that the plan takes in part: where they begin, and which, sorted.
    near, other, weight
        Units that share stars with each unit, sorted, and how much of a star they share.
    units : ndarray of int32, shape (stars, width)
        Units of each star, `NOBODY` elsewhere.
    share : ndarray of float64, shape (stars,)
        How much of each star the plan takes.
    """

    first: Ints
    star: Shorts
    near: Ints
    other: Shorts
    weight: Reals
    units: Shorts
    share: Reals


class Kind(NamedTuple):
    """What is grown: knots of a grip (0: that need more branches than they have), and room."""

    grip: int
    room: int


class Desk(NamedTuple):
    """Arrays to grow a knot with.

    ``met``: units of it in each star. ``inside``: whether a unit is in it. ``knot``: its units.
    ``tried``: the last step at which a unit was tried alone; ``step``: how many there were.
    """

    met: Shorts
    inside: NDArray[np.bool_]
    knot: Ints
    tried: Ints
    step: Ints


def fraction_of(units: int, columns: Columns, share: Reals) -> Fraction:
    """Return the fractional plan that takes so much of each branch.

    Parameters
    ----------
    units
        How many units the region has.
    columns
        Branches.
    share : ndarray of float64, shape (branches,)
        How much of each is taken.
    """
    taken = np.flatnonzero(share > _FRACTION)
    nodes, share = columns.nodes[taken], share[taken]
    inside = (nodes != NOBODY) & (nodes < units)
    column = np.nonzero(inside)[0]
    ones = np.ones(len(column))
    of_unit = csr_matrix((ones, (nodes[inside], column)), shape=(units, len(taken)))
    of_unit.sort_indices()
    together = (of_unit.multiply(share[None, :]) @ of_unit.T).tocsr()
    together.setdiag(0)
    together.eliminate_zeros()
    together.sort_indices()
    only_units = np.where(inside, nodes, NOBODY).astype(np.int32)
    return Fraction(*_lists(of_unit), *_lists(together), together.data, only_units, share)


def _lists(matrix: csr_matrix) -> tuple[Ints, Shorts]:
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32)


def violated(plan: Fraction, room: int, most: int) -> Knots:
    """Return the knots that a fractional plan violates most.

    Parameters
    ----------
    plan
        The plan.
    room
        Most units of any branch.
    most
        Return at most so many triples, and as many larger knots.
    """
    triples, excess = violated_triples(plan, _TRIPLES_A_UNIT * len(plan.first) + 1000)
    found = [tied(triples[_worst(triples, excess, most)], 2)]
    for grip in (_CAPACITY, *_GRIPS):
        units, excess = grown(plan, grip, room)
        units = units[_worst(units, excess, most)]
        found.append(tied(units, grip) if grip else filling(units, room))
    return all_knots(found)


def _worst(units: Shorts, excess: Reals, most: int) -> Ints:
    """Return those with the highest excess, each set of units once."""
    # Without its last digits, in which machines may differ.
    order = np.lexsort((*units.T[::-1], -np.round(excess, 6)))
    _, once = np.unique(units[order], axis=0, return_index=True)
    return order[np.sort(once)][:most]


@njit(cache=True)
def grown(plan: Fraction, grip: int, room: int) -> tuple[Shorts, Reals]:
    """Return violated knots grown from every star taken in part, and by how much they are.

    Parameters
    ----------
    plan
        The plan.
    grip
        Of the knots; 0 for those that need more branches than they have.
    room
        Most units of a branch.
    """
    stars = len(plan.share)
    knots = np.full((stars, WIDEST_KNOT), NOBODY, dtype=np.int32)
    excess = np.zeros(stars)
    desk = Desk(
        np.zeros(stars, dtype=np.int32),
        np.zeros(len(plan.first) - 1, dtype=np.bool_),
        np.empty(WIDEST_KNOT, dtype=np.int64),
        np.zeros(len(plan.first) - 1, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
    )
    known = plan.share > 1.0 - _LEAST_EXCESS
    count = 0
    for star in range(stars):
        if not known[star]:
            size, over = _grow(plan, Kind(grip, room), star, desk)
            if over > _LEAST_EXCESS:
                knots[count, :size] = np.sort(desk.knot[:size])
                excess[count] = over
                count += 1
                _know(plan, desk.knot[:size], desk.met, known)
    return knots[:count], excess[:count]


@register_jitable
def _grow(plan: Fraction, kind: Kind, seed: int, desk: Desk) -> tuple[int, float]:
    """Grow a knot from a star; return at which size it is violated most, and by how much."""
    size, ties = _take(plan, kind, (seed, NOBODY), desk, 0)
    best_size, best = size, _excess(kind, size, ties)
    around = np.empty(len(plan.share), dtype=np.int64)
    while True:
        near = _around(plan, desk.met, desk.knot[:size], around)
        step = _next(plan, kind, around[:near], desk, size)
        added, more = _take(plan, kind, step, desk, size)
        if not added:
            break
        size, ties = size + added, ties + more
        over = _excess(kind, size, ties)
        if over > best + _TIE:
            best_size, best = size, over
    _leave(plan, desk, 0, size)
    return best_size, best


@register_jitable
def _next(plan: Fraction, kind: Kind, around: Ints, desk: Desk, size: int) -> tuple[int, int]:
    """Return which star's units come nearest to a violation, and which one if not all of them."""
    chosen, most = (NOBODY, NOBODY), -np.inf
    desk.step[0] += 1
    for star in around:
        added, more = _take(plan, kind, (star, NOBODY), desk, size)
        _leave(plan, desk, size, added)
        gain = _gain(kind, added, more)
        if added and gain > most + _TIE:
            chosen, most = (star, NOBODY), gain
        if size == len(desk.knot):
            continue
        for unit in plan.units[star]:
            # Alone, a unit brings the same from whatever star it is looked at.
            if unit == NOBODY or desk.inside[unit] or desk.tried[unit] == desk.step[0]:
                continue
            desk.tried[unit] = desk.step[0]
            gain = _gain(kind, 1, _brings(plan, kind.grip, unit, desk.met))
            if gain > most + _TIE:
                chosen, most = (star, unit), gain
    return chosen


@register_jitable
def _take(
    plan: Fraction, kind: Kind, what: tuple[int, int], desk: Desk, size: int
) -> tuple[int, float]:
    """Add a star's units, or one of them, to a knot of some size, if there is room for them.

    Returns how many that makes, and how often more the knot is tied (or how many stars it gains).
    """
    star, alone = what
    added, more = 0, 0.0
    if star == NOBODY:
        return added, more
    for unit in plan.units[star]:
        added += _is_new(desk, unit, alone)
    if size + added > len(desk.knot):
        return 0, more
    at = size
    for unit in plan.units[star]:
        if _is_new(desk, unit, alone):
            more += _join(plan, kind.grip, unit, desk)
            desk.knot[at] = unit
            at += 1
    return added, more


@register_jitable
def _know(plan: Fraction, knot: Ints, met: Shorts, known: NDArray[np.bool_]) -> None:
    """Mark the stars that lie within a knot: from there, the same would grow."""
    for unit in knot:
        for place in range(plan.first[unit], plan.first[unit + 1]):
            met[plan.star[place]] += 1
    for unit in knot:
        for place in range(plan.first[unit], plan.first[unit + 1]):
            star = plan.star[place]
            size = 0
            for other in plan.units[star]:
                size += other != NOBODY
            known[star] = known[star] or met[star] == size
    for unit in knot:
        for place in range(plan.first[unit], plan.first[unit + 1]):
            met[plan.star[place]] = 0


@register_jitable
def _around(plan: Fraction, met: Shorts, knot: Ints, around: Ints) -> int:
    """List the stars taken in part that have units both inside a knot and outside of it."""
    count = 0
    for unit in knot:
        for place in range(plan.first[unit], plan.first[unit + 1]):
            star = plan.star[place]
            if plan.share[star] >= 1.0 - _FRACTION or met[star] < 0:
                continue
            size = 0
            for other in plan.units[star]:
                size += other != NOBODY
            if met[star] < size:
                around[count] = star
                count += 1
                met[star] = -met[star]  # listed
    for star in around[:count]:
        met[star] = -met[star]
    return count


@register_jitable
def _is_new(desk: Desk, unit: int, alone: int) -> bool:
    """Return whether a unit is to be added: any, or one alone, that the knot doesn't hold yet."""
    return unit != NOBODY and not desk.inside[unit] and (alone < 0 or unit == alone)


@register_jitable
def _join(plan: Fraction, grip: int, unit: int, desk: Desk) -> float:
    """Count a unit in; return how often more the knot is tied (or how many more stars it has)."""
    more = 0.0
    for place in range(plan.first[unit], plan.first[unit + 1]):
        star = plan.star[place]
        desk.met[star] += 1
        if desk.met[star] % grip == 0 if grip else desk.met[star] == 1:
            more += plan.share[star]
    desk.inside[unit] = True
    return more


@register_jitable
def _brings(plan: Fraction, grip: int, unit: int, met: Shorts) -> float:
    """Return how often more a knot would be tied with a unit, as `_join` counts it in."""
    more = 0.0
    for place in range(plan.first[unit], plan.first[unit + 1]):
        star = plan.star[place]
        if (met[star] + 1) % grip == 0 if grip else met[star] == 0:
            more += plan.share[star]
    return more


@register_jitable
def _leave(plan: Fraction, desk: Desk, size: int, added: int) -> None:
    """Count the last units out again."""
    for unit in desk.knot[size : size + added]:
        for place in range(plan.first[unit], plan.first[unit + 1]):
            desk.met[plan.star[place]] -= 1
        desk.inside[unit] = False


@register_jitable
def _gain(kind: Kind, added: int, more: float) -> float:
    """Return by how much more units bring a knot nearer to being violated."""
    return more - added / kind.grip if kind.grip else added / kind.room - more


@register_jitable
def _excess(kind: Kind, size: int, ties: float) -> float:
    """Return how often a knot is tied beyond what a plan can (or how many stars it lacks)."""
    return ties - size // kind.grip if kind.grip else -(-size // kind.room) - ties


@njit(cache=True)
def violated_triples(plan: Fraction, most: int) -> tuple[Shorts, Reals]:
    """Return triples of which a fractional plan has more than one pair together.

    Parameters
    ----------
    plan
        The plan.
    most
        Return at most so many.

    Returns
    -------
    ndarray of int32, shape (k, 3), ndarray of float64, shape (k,)
        Triples, and by how much each has more than one.
    """
    first, other, weight = plan.near, plan.other, plan.weight
    triples = np.empty((most, 3), dtype=np.int32)
    excess = np.empty(most)
    count = 0
    for i in range(len(first) - 1):
        for a in range(first[i], first[i + 1]):
            j = other[a]
            if j <= i:
                continue
            for b in range(a + 1, first[i + 1]):
                k = other[b]
                end = first[j + 1]
                at = first[j] + np.searchsorted(other[first[j] : end], k)
                if at >= end or other[at] != k:
                    continue
                over = weight[a] + weight[b] + weight[at] - 1.0
                if over > _LEAST_EXCESS:
                    over -= 2.0 * _all_three(plan, i, j, k)
                    if over > _LEAST_EXCESS and count < most:
                        triples[count, 0], triples[count, 1], triples[count, 2] = i, j, k
                        excess[count] = over
                        count += 1
    return triples[:count], excess[:count]


@register_jitable
def _all_three(plan: Fraction, i: int, j: int, k: int) -> float:
    """Return how much of stars with all three units a plan takes; lists of stars are sorted."""
    first, star, share = plan.first, plan.star, plan.share
    a, b, c = first[i], first[j], first[k]
    total = 0.0
    while a < first[i + 1] and b < first[j + 1] and c < first[k + 1]:
        last = max(star[a], star[b], star[c])
        if star[a] == last and star[b] == last and star[c] == last:
            total += share[last]
            a, b, c = a + 1, b + 1, c + 1
        else:
            a += star[a] < last
            b += star[b] < last
            c += star[c] < last
    return total
