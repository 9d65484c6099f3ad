"""Units that no branch takes in: who is within reach, and what any branch could gather at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.decide.regions.instance import FAR, Instance, Ints, Reals, distance_m, pair_cm
from lxgeo.decide.regions.squares import Squares, least_m, most_squares, ring, rings, squares_of_all
from lxgeo.rules.between import WALKED


@dataclass(frozen=True, eq=False)
class Reach:
    """What lies around units of a region.

    Parameters
    ----------
    nearest_m : ndarray of float64, shape (units,)
        Distance to the nearest other unit or approved branch with room, metres; infinite if there
        is none.
    partners : ndarray of int64, shape (units,)
        How many of those it may share a branch with.
    most_full : ndarray of int64, shape (units,)
        The most full members of any star that it can be in, were nobody else in need of them.
    least_full
        How many full members a branch needs.
    """

    nearest_m: Reals
    partners: Ints
    most_full: Ints
    least_full: int

    @property
    def hopeless(self) -> NDArray[np.bool_]:
        """Units that no legal plan can place, shape (units,)."""
        return (self.partners == 0) | (self.most_full < self.least_full)


class _Gathered(NamedTuple):
    """Of each host looked at, the most full members under it, and the least of those; else -1."""

    most: Ints
    least: Ints


def reach_of(instance: Instance, of: NDArray[np.bool_] | None = None) -> Reach:
    """Return what lies around units.

    Parameters
    ----------
    instance
        The region.
    of : ndarray of bool, shape (units,), optional
        Units to look around; all if not given. Of the others nothing is told.
    """
    units = instance.units
    asked = np.arange(units) if of is None else np.flatnonzero(of)
    reach = Reach(
        np.full(units, np.inf),
        np.zeros(units, dtype=np.int64),
        instance.node["full"][:units].copy(),
        instance.least_full,
    )
    if len(asked):
        told = (reach.nearest_m, reach.partners, reach.most_full)
        _look_around(instance, squares_of_all(instance), asked, told)
    return reach


@njit(cache=True)
def _look_around(
    instance: Instance, squares: Squares, asked: Ints, told: tuple[Reals, Ints, Ints]
) -> None:
    nearest, partners, most_full = told
    nodes = len(instance.node)
    gathered = _Gathered(np.full(nodes, -1, np.int64), np.zeros(nodes, np.int64))
    around = np.empty(most_squares(squares), dtype=np.int64)
    within = np.empty(most_squares(squares), dtype=np.int64)
    for unit in asked:
        limit = instance.node[unit].limit_m
        for distance in range(rings(squares)):
            beyond = least_m(squares, distance) > limit
            # On foot no way is known that is longer than the limit.
            known = beyond and instance.between.kind == WALKED
            if known or (beyond and least_m(squares, distance) > nearest[unit]):
                break
            for square in around[: ring(squares, unit, distance, around)]:
                for place in range(squares.ground.first[square], squares.ground.first[square + 1]):
                    host = squares.ground.unit[place]
                    if host == unit:
                        continue
                    nearest[unit] = min(nearest[unit], distance_m(instance, unit, host))
                    if beyond or pair_cm(instance, unit, host) >= FAR:
                        continue
                    partners[unit] += 1
                    _gather(instance, squares, host, gathered, within)
                    # A unit that is not among the top takes the place of the least of them.
                    short = max(0, gathered.least[host] - instance.node[unit].full)
                    most_full[unit] = max(most_full[unit], gathered.most[host] - short)
        if partners[unit]:
            _gather(instance, squares, unit, gathered, within)
            most_full[unit] = max(most_full[unit], gathered.most[unit])


@register_jitable
def _gather(
    instance: Instance, squares: Squares, host: int, gathered: _Gathered, within: Ints
) -> None:
    """Find the most full members that may be under a host, once."""
    if gathered.most[host] >= 0:
        return
    top = np.zeros(instance.node[host].room, dtype=np.int64)  # descending
    for distance in range(rings(squares)):
        if least_m(squares, distance) > instance.node[host].limit_m:
            break
        for square in within[: ring(squares, host, distance, within)]:
            for place in range(squares.ground.first[square], squares.ground.first[square + 1]):
                unit = squares.ground.unit[place]
                if unit < instance.units and unit != host and pair_cm(instance, unit, host) < FAR:
                    _rank(top, instance.node[unit].full)
    gathered.most[host] = instance.node[host].full + top.sum()
    gathered.least[host] = top[-1]


@register_jitable
def _rank(top: Ints, full: int) -> None:
    for place in range(len(top)):
        if full > top[place]:
            top[place], full = full, top[place]


def others_near(
    around: tuple[Instance, Squares], asked: Ints, limit_m: Reals
) -> tuple[Ints, Ints, Ints]:
    """Return who stands on another line within a straight limit of each unit asked for.

    Parameters
    ----------
    around
        A region, and where all its nodes are.
    asked, limit_m
        Units, and the distance limit of each, metres.

    Returns
    -------
    ndarray of int64
        How many units.
    ndarray of int64
        How many full members they have.
    ndarray of int64
        The nearest of them, -1 if there is none.
    """
    units, full = np.zeros((2, len(asked)), dtype=np.int64)
    nearest = np.full(len(asked), -1, dtype=np.int64)
    instance, squares = around
    straight = instance._replace(all_straight=True)
    _others_near(straight, squares, (asked, limit_m), (units, full, nearest))
    return units, full, nearest


@njit(cache=True)
def _others_near(
    instance: Instance,
    squares: Squares,
    asked: tuple[Ints, Reals],
    told: tuple[Ints, Ints, Ints],
) -> None:
    around = np.empty(most_squares(squares), dtype=np.int64)
    for i in range(len(asked[0])):
        unit, limit, least = asked[0][i], asked[1][i], np.inf
        for distance in range(rings(squares)):
            if least_m(squares, distance) > limit:
                break
            for square in around[: ring(squares, unit, distance, around)]:
                for place in range(squares.ground.first[square], squares.ground.first[square + 1]):
                    other = squares.ground.unit[place]
                    if instance.node[other].line == instance.node[unit].line:
                        continue
                    away = distance_m(instance, unit, other)
                    if away > limit:
                        continue
                    told[0][i] += 1
                    told[1][i] += instance.node[other].full
                    if away < least or (away == least and other < told[2][i]):
                        least = away
                        told[2][i] = other


def barred_near(instance: Instance, asked: Ints, limit_m: Reals) -> Ints:
    """Return how many units a barrier or a missing way keeps from each unit asked for.

    Parameters
    ----------
    instance
        The region.
    asked, limit_m
        Units, and the distance limit of each, metres: others within it in a straight line, and
        beyond it by the way there is.
    """
    count = np.zeros(len(asked), dtype=np.int64)
    straight = instance._replace(all_straight=True)
    _barred_near((instance, straight), squares_of_all(instance), (asked, limit_m), count)
    return count


@njit(cache=True)
def _barred_near(
    instances: tuple[Instance, Instance],
    squares: Squares,
    asked: tuple[Ints, Reals],
    count: Ints,
) -> None:
    instance, straight = instances
    around = np.empty(most_squares(squares), dtype=np.int64)
    for i in range(len(asked[0])):
        unit, limit = asked[0][i], asked[1][i]
        for distance in range(rings(squares)):
            if least_m(squares, distance) > limit:
                break
            for square in around[: ring(squares, unit, distance, around)]:
                for place in range(squares.ground.first[square], squares.ground.first[square + 1]):
                    other = squares.ground.unit[place]
                    near = other < instance.units and distance_m(straight, unit, other) <= limit
                    if near and distance_m(instance, unit, other) > limit:
                        count[i] += 1
