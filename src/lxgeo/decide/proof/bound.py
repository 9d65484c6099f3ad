"""A proved lower bound over all legal plans, by Lagrangian relaxation.

Give every unit a worth, at most what leaving it out costs. Any legal plan pays at least the worth
of all units, less what its stars gain: under each host at most one star, gaining at most the best
reduced cost there is. Hence

    bound = Σ worth + Σ over hosts min(0, best reduced cost)

holds for any worth. Subgradient steps make it high (Held, Wolfe and Crowder 1974, with a deflected
direction: Camerini, Fratta and Maffioli 1975), on short lists of partners; the bound that counts
is then priced once over all partners. Whole centimetres throughout, so nothing is lost to rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable

from lxgeo.decide.plans.found import Found
from lxgeo.decide.proof.pricing import (
    Shelf,
    best_gain,
    best_of,
    empty_desk,
    empty_shelf,
    keep_least,
    most_full,
    put,
)
from lxgeo.decide.regions.candidates import NOBODY, Nearest, nearest_units
from lxgeo.decide.regions.instance import FAR, Instance, Ints, Reals, pair_cm
from lxgeo.decide.regions.squares import (
    Squares,
    highest,
    least_m,
    mates,
    most_squares,
    ring,
    rings,
    squares_of,
    strangers,
)

_PARTNERS, _MOST_PARTNERS = 160, 320
_PLAYERS = 40
_STEPS, _STEPS_BETWEEN_QUESTIONS = 800, 50
_PATIENCE, _SHORTER, _SHORTEST = 15, 0.7, 1e-3
_PAIRS_BETWEEN_QUESTIONS = 50_000_000
_LENGTH_LATER = 0.1  # of the first steps on longer lists, where the worth is nearly what it will be
_TRUNCATED = 3e-4  # of the bound: less than this is no reason to look at longer lists

# Places in Ascent.state.
_BEST, _STALE, _LENGTH, _STARTED = range(4)


@dataclass(frozen=True, eq=False)
class Bound:
    """A lower bound and what it was proved with.

    Parameters
    ----------
    cm
        No legal plan costs less, centimetres. A bad worth may prove less than 0.
    worth : ndarray of int64, shape (units,)
        Worth of each unit.
    least : ndarray of int64, shape (nodes,)
        Least reduced cost of any star under each node.
    """

    cm: int
    worth: Ints
    least: Ints


class Ascent(NamedTuple):
    """Where the subgradient steps stand: worth now, best so far, direction, and four figures."""

    worth: Ints
    best: Ints
    direction: Reals
    state: Reals


def no_bound(instance: Instance) -> Bound:
    """Return the bound that always holds: nothing costs less than nothing."""
    zero = np.zeros(instance.units, dtype=np.int64)
    return Bound(0, zero, np.zeros(instance.nodes, dtype=np.int64))


def prove(instance: Instance, found: Found, stop: Callable[[], bool], steps: int = _STEPS) -> Bound:
    """Return a bound, over all legal stars.

    With all steps allowed, lists of partners grow until leaving the rest out changes little.

    Parameters
    ----------
    instance
        The region.
    found
        A legal plan: its cost is what the bound reaches for, its branches set the first worth.
    stop
        Asked now and then; once it says yes, the best bound so far is returned.
    steps
        Most subgradient steps for one length of lists.
    """
    best = no_bound(instance)
    worth = _first_worth(instance, found)
    partners, length = _PARTNERS, 1.0
    while True:
        near = nearest_units(instance, min(partners, max(1, instance.units - 1)))
        start = _start_at(instance, worth, length)
        worth, value = _ascend_from(instance, near, start, (found.cm, steps), stop)
        bound = certify(instance, worth, stop)
        if bound is None:
            return best
        if bound.cm > best.cm:
            best = bound
        whole = near.who.shape[1] >= min(instance.units - 1, _MOST_PARTNERS)
        if whole or steps < _STEPS or stop() or value - bound.cm <= _TRUNCATED * value:
            return best
        partners, length = 2 * partners, _LENGTH_LATER


def certify(instance: Instance, worth: Ints, stop: Callable[[], bool]) -> Bound | None:
    """Return the bound that a worth proves, priced over all partners; None if stopped before."""
    least = np.empty(instance.nodes, dtype=np.int64)
    ground = _ground(instance, squares_of(instance), worth)
    step = max(1, _PAIRS_BETWEEN_QUESTIONS // max(1, instance.units))
    for first in range(0, instance.nodes, step):
        if first and stop():
            return None
        _price(instance, ground, worth, least, (first, min(first + step, instance.nodes)))
    value = int(worth.sum()) + int(np.minimum(least, 0).sum())
    return Bound(value, worth, least)


def _first_worth(instance: Instance, found: Found) -> Ints:
    """Share each branch's cost among its units; a unit left out is worth what that costs."""
    worth = instance.node["alone_cm"][: instance.units].copy()
    inside = (found.columns.nodes >= 0) & (found.columns.nodes < instance.units)
    shares = found.columns.cm // np.maximum(1, inside.sum(axis=1))
    for nodes, members, share in zip(found.columns.nodes, inside, shares, strict=True):
        worth[nodes[members]] = np.minimum(share, worth[nodes[members]])
    return worth


def _start_at(instance: Instance, worth: Ints, length: float) -> Ascent:
    state = np.array([-float(FAR), 0.0, length, 0.0])
    return Ascent(worth.copy(), worth.copy(), np.zeros(instance.units), state)


def _ascend_from(
    instance: Instance,
    near: Nearest,
    ascent: Ascent,
    towards: tuple[int, int],
    stop: Callable[[], bool],
) -> tuple[Ints, int]:
    """Return the worth that the steps lead to, and the value that it has over the lists."""
    upper, steps = towards
    state = ascent.state
    covered = np.empty(instance.units, dtype=np.int64)
    for _ in range(steps // _STEPS_BETWEEN_QUESTIONS):
        done = _ascend(instance, _in_play(near, ascent), ascent, upper, _STEPS_BETWEEN_QUESTIONS)
        state[_BEST] = min(state[_BEST], _relaxed(instance, near, ascent.best, covered))
        if done or stop():
            break
    return ascent.best, int(state[_BEST])


@njit(cache=True)
def _in_play(near: Nearest, ascent: Ascent) -> Nearest:
    """Return shorter lists: of each node, the partners that gain it most for now."""
    nodes, listed = near.who.shape
    most = min(_PLAYERS, listed)
    who = np.full((nodes, most), NOBODY, dtype=np.int32)
    cm = np.full((nodes, most), FAR, dtype=np.int64)
    reduced = np.empty(listed, dtype=np.int64)
    least = np.empty(most, dtype=np.int64)
    for node in range(nodes):
        least[:] = FAR
        for place in range(listed):
            unit = near.who[node, place]
            reduced[place] = FAR if unit < 0 else near.cm[node, place] - ascent.worth[unit]
            keep_least(least, reduced[place])
        last = least[-1]
        count = 0
        for place in range(listed):
            if near.who[node, place] < 0 or count == most:
                break
            if reduced[place] <= last:
                who[node, count], cm[node, count] = near.who[node, place], near.cm[node, place]
                count += 1
    return Nearest(who, cm)


@njit(cache=True)
def _ascend(instance: Instance, near: Nearest, ascent: Ascent, upper: int, steps: int) -> bool:
    """Take subgradient steps; return whether no further step would help."""
    worth, state = ascent.worth, ascent.state
    uncovered = np.empty(instance.units, dtype=np.int64)
    for _ in range(steps):
        value = _relaxed(instance, near, worth, uncovered)
        if value > state[_BEST]:
            if value > state[_BEST] + 1e-4 * abs(upper):
                state[_STALE] = 0.0
            state[_BEST] = value
            ascent.best[:] = worth
        else:
            state[_STALE] += 1.0
        if value >= upper:
            return True
        if state[_STALE] >= _PATIENCE:
            state[_STALE] = 0.0
            state[_LENGTH] *= _SHORTER
            state[_STARTED] = 0.0
            worth[:] = ascent.best
            if state[_LENGTH] < _SHORTEST:
                return True
            continue
        if not _step(instance, ascent, uncovered, 1.002 * upper - value):
            return True
    return False


@register_jitable
def _step(instance: Instance, ascent: Ascent, uncovered: Ints, ahead: float) -> bool:
    """Move the worth along the deflected subgradient; return false where there is none."""
    norm = 0.0
    for unit in range(instance.units):
        new = float(uncovered[unit])
        if ascent.state[_STARTED] > 0.0:
            new = 0.6 * new + 0.4 * ascent.direction[unit]
        ascent.direction[unit] = new
        norm += new * new
    ascent.state[_STARTED] = 1.0
    if norm < 1e-9:  # noqa: PLR2004
        return False
    length = ascent.state[_LENGTH] * max(ahead, 1.0) / norm
    for unit in range(instance.units):
        moved = ascent.worth[unit] + int(np.rint(length * ascent.direction[unit]))
        ascent.worth[unit] = min(moved, instance.node[unit].alone_cm)
    return True


@njit(cache=True)
def _relaxed(instance: Instance, near: Nearest, worth: Ints, uncovered: Ints) -> int:
    """Return the relaxed value of a worth; ``uncovered`` is 1 less the times a unit is covered."""
    desk = empty_desk(instance)
    picked = desk.picked
    value = 0
    for unit in range(instance.units):
        value += worth[unit]
        uncovered[unit] = 1
    for host in range(len(instance.node)):
        gain = best_gain(instance, host, worth, (near.who[host], near.cm[host]), desk)
        if gain < 0:
            value += gain
            if host < instance.units:
                uncovered[host] -= 1
            for place in range(1, picked[0] + 1):
                uncovered[picked[place]] -= 1
    return value


class Ground(NamedTuple):
    """Where the units are, and the highest worth in each square.

    Parameters
    ----------
    squares
        Where they are.
    highest : ndarray of int64, shape (kinds, squares)
        Highest worth of the units with so many full members, `-FAR` where there is none.
    """

    squares: Squares
    highest: Ints


def _ground(instance: Instance, squares: Squares, worth: Ints) -> Ground:
    most = most_full(instance)
    full = np.minimum(most, instance.node["full"][: instance.units])
    kinds = [np.where(full == kind, worth, -FAR) for kind in range(most + 1)]
    return Ground(squares, np.stack([highest(squares, kind, -FAR) for kind in kinds]))


@njit(cache=True)
def _price(
    instance: Instance, ground: Ground, worth: Ints, least: Ints, hosts: tuple[int, int]
) -> None:
    """Find the least reduced cost under some hosts, over all units that may matter."""
    squares = ground.squares
    units = np.empty(2 * instance.units, dtype=np.int64)
    around = np.empty(most_squares(squares), dtype=np.int64)
    picked = np.empty(instance.width, dtype=np.int32)
    for host in range(hosts[0], hosts[1]):
        shelf = empty_shelf(instance, min(instance.node[host].room, instance.units))
        _put_all(instance, shelf, worth, host, units[: mates(squares, host, units)])
        for distance in range(rings(squares)):
            near_m = least_m(squares, distance)
            if near_m > instance.node[host].limit_m:
                break
            for square in around[: ring(squares, host, distance, around)]:
                if _may_matter(ground, shelf, square, int(100.0 * near_m) - 1):
                    some = units[: strangers(squares, host, square, units)]
                    _put_all(instance, shelf, worth, host, some)
        least[host] = best_of(instance, host, worth, shelf, picked)


@register_jitable
def _may_matter(ground: Ground, shelf: Shelf, square: int, least_cm: int) -> bool:
    """Return whether a unit of a square may be cheaper than those kept of its kind."""
    for kind in range(len(shelf.kept)):
        if least_cm - ground.highest[kind, square] < shelf.reduced[kind, -1]:
            return True
    return False


@register_jitable
def _put_all(instance: Instance, shelf: Shelf, worth: Ints, host: int, units: Ints) -> None:
    for unit in units:
        pair = pair_cm(instance, unit, host)
        if pair < FAR:
            put(instance, shelf, unit, pair - worth[unit])
