"""What a star is charged and credited while a bound is proved: worth of units, fines on knots.

A *knot* is a set of units of which a plan can't have as many together as fractions of plans do. A
star *ties* it as often as a number of its units (the *grip*) goes into those that it has of the
knot, the first few (the *free* ones) not counted:

- three units, grip 2: a plan has at most one pair of them together (subset-row cuts: Jepsen,
  Petersen, Spoorendonk and Pisinger 2008); so with more units and a larger grip;
- any units, grip 1, the first one free: where a branch has five units at most, eleven units need
  three branches, so no more than eight of them are *further* units of one (rounded capacity cuts:
  Laporte, Nobert and Desrochers 1985).

A star pays a knot's fine as often as it ties it. For any worth, and any fines of at least 0,

    bound = Σ worth − Σ times · fine + Σ over hosts min(0, least reduced cost)

holds over all legal plans, ``times`` being how often a plan can tie the knot: no plan pays more.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from lxgeo.decide.regions.candidates import NOBODY
from lxgeo.decide.regions.instance import Instance, Ints, Shorts

WIDEST_KNOT = 32
"""Most units of a knot."""
SURE = -(1 << 30)
"""Stands for the units of a knot where the host has taken the free one: all others pay."""


class Knots(NamedTuple):
    """Sets of units that a plan ties only so often.

    Parameters
    ----------
    units : ndarray of int32, shape (knots, 32)
        Units of each, sorted, `NOBODY` after the last.
    grip, free, times : ndarray of int64, shape (knots,)
        How many units of a star tie it once; how many before that don't count; how often a plan
        can tie it.
    """

    units: Shorts
    grip: Ints
    free: Ints
    times: Ints

    def taken(self, which: Ints) -> Knots:
        """Return some of the knots."""
        units, grip, free, times = self
        return Knots(units[which], grip[which], free[which], times[which])

    def keys(self) -> list[bytes]:
        """Return what tells each knot from the others."""
        kind = np.column_stack([self.grip, self.free]).astype(np.int32)
        return [row.tobytes() for row in np.column_stack([kind, self.units])]


class Duals(NamedTuple):
    """Worth of units and fines on knots, whole centimetres.

    Parameters
    ----------
    worth : ndarray of int64, shape (units,)
        What covering each unit may cost, at most what leaving it out costs.
    fine, grip, free, times : ndarray of int64, shape (knots,)
        Fine of each knot, at least 0; the others as of `Knots`.
    first : ndarray of int64, shape (nodes + 1,)
        Where the knots of each node begin in ``knot``.
    knot : ndarray of int32
        Knots of every node, node by node.
    """

    worth: Ints
    fine: Ints
    grip: Ints
    free: Ints
    times: Ints
    first: Ints
    knot: Shorts


def no_knots() -> Knots:
    """Return no knot at all."""
    none = np.zeros(0, dtype=np.int64)
    return Knots(np.zeros((0, WIDEST_KNOT), dtype=np.int32), none, none, none)


def tied(units: Shorts, grip: int) -> Knots:
    """Return knots that a plan ties as often as the grip goes into their units.

    Parameters
    ----------
    units : ndarray of int32, shape (knots, at most 32)
        Units of each, `NOBODY` after the last.
    grip
        How many together tie one.
    """
    count = (units != NOBODY).sum(axis=1, dtype=np.int64)
    return _knots(units, np.full_like(count, grip), np.zeros_like(count), count // grip)


def filling(units: Shorts, most: int) -> Knots:
    """Return knots of units that need some branches, where a branch holds so many of them at most.

    Parameters
    ----------
    units : ndarray of int32, shape (knots, at most 32)
        Units of each, `NOBODY` after the last.
    most
        Most units of a branch.
    """
    count = (units != NOBODY).sum(axis=1, dtype=np.int64)
    one = np.ones_like(count)
    return _knots(units, one, one, count + -count // most)


def _knots(units: Shorts, grip: Ints, free: Ints, times: Ints) -> Knots:
    wide = np.full((len(units), WIDEST_KNOT), NOBODY, dtype=np.int32)
    wide[:, : units.shape[1]] = units
    return Knots(wide, grip, free, times)


def all_knots(parts: list[Knots]) -> Knots:
    """Return the knots of all parts, in order."""
    return Knots(*map(np.concatenate, zip(*parts, strict=True)))


def no_fines(instance: Instance, worth: Ints) -> Duals:
    """Return duals without any knot."""
    return with_fines(instance, worth, no_knots(), np.zeros(0, dtype=np.int64))


def with_fines(instance: Instance, worth: Ints, knots: Knots, fine: Ints) -> Duals:
    """Return duals with fines.

    Parameters
    ----------
    instance
        The region.
    worth
        Worth of each unit.
    knots
        What is fined.
    fine : ndarray of int64, shape (knots,)
        Fine of each.
    """
    inside = knots.units != NOBODY
    units = knots.units[inside]
    order = np.argsort(units, kind="stable")
    count = np.bincount(units, minlength=instance.nodes)
    first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    knot = np.nonzero(inside)[0][order].astype(np.int32)
    return Duals(worth, fine, knots.grip, knots.free, knots.times, first, knot)


def ties(nodes: Shorts, duals: Duals) -> tuple[Ints, Shorts, Ints]:
    """Return the knots that each star ties.

    Parameters
    ----------
    nodes : ndarray of int32, shape (stars, width)
        Nodes of each star, -1 where a row is short.
    duals
        The knots.

    Returns
    -------
    ndarray of int64, shape (stars + 1,)
        Where each star's knots begin.
    ndarray of int32
        The knots, star by star.
    ndarray of int64
        How often the star ties each.
    """
    met = np.zeros(len(duals.fine), dtype=np.int32)
    first = np.zeros(len(nodes) + 1, dtype=np.int64)
    none = np.empty(0, dtype=np.int32)
    _ties(nodes, duals, met, first, (none, none.astype(np.int64)))
    np.cumsum(first, out=first)
    which, often = np.empty(first[-1], dtype=np.int32), np.empty(first[-1], dtype=np.int64)
    _ties(nodes, duals, met, first.copy(), (which, often))
    return first, which, often


@njit(cache=True)
def _ties(nodes: Shorts, duals: Duals, met: Shorts, first: Ints, tied: tuple[Shorts, Ints]) -> None:
    """Count every star's knots into ``first``, one place on; or fill in which, and how often."""
    which, often = tied
    count = len(which) == 0
    for star in range(len(nodes)):
        at = first[star]
        for node in nodes[star]:
            if node >= 0:
                for place in range(duals.first[node], duals.first[node + 1]):
                    met[duals.knot[place]] += 1
        for node in nodes[star]:
            if node >= 0:
                for place in range(duals.first[node], duals.first[node + 1]):
                    knot = duals.knot[place]
                    times = max(0, met[knot] - duals.free[knot]) // duals.grip[knot]
                    met[knot] = 0
                    if times > 0:
                        if count:
                            first[star + 1] += 1
                        else:
                            which[at], often[at] = knot, times
                            at += 1
