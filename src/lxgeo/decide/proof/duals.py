"""What a star is charged and credited while a bound is proved: worth of units, fines on triples.

A *triple* is three units, of which a plan can't have two together in more than one branch: its row
in the linear programme says so (subset-row cuts: Jepsen, Petersen, Spoorendonk and Pisinger 2008).
A star with at least two of a triple's units pays the triple's fine. For any worth, and any fines of
at least 0,

    bound = Σ worth − Σ fines + Σ over hosts min(0, least reduced cost)

holds over all legal plans, because no plan pays any fine twice.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from lxgeo.decide.regions.instance import Instance, Ints, Reals, Shorts

TOGETHER = 2
"""So many units of a triple in one star pay its fine."""


class Duals(NamedTuple):
    """Worth of units and fines on triples, whole centimetres.

    Parameters
    ----------
    worth : ndarray of int64, shape (units,)
        What covering each unit may cost, at most what leaving it out costs.
    fine : ndarray of int64, shape (triples,)
        Fine of each triple, at least 0.
    first : ndarray of int64, shape (nodes + 1,)
        Where the triples of each node begin in ``triple``.
    triple : ndarray of int32
        Triples of every node, node by node.
    """

    worth: Ints
    fine: Ints
    first: Ints
    triple: Shorts


def no_fines(instance: Instance, worth: Ints) -> Duals:
    """Return duals without any triple."""
    none = np.zeros(0, dtype=np.int64)
    first = np.zeros(instance.nodes + 1, dtype=np.int64)
    return Duals(worth, none, first, none.astype(np.int32))


def with_fines(instance: Instance, worth: Ints, triples: Shorts, fine: Ints) -> Duals:
    """Return duals with fines.

    Parameters
    ----------
    instance
        The region.
    worth
        Worth of each unit.
    triples : ndarray of int32, shape (triples, 3)
        Units of each triple.
    fine : ndarray of int64, shape (triples,)
        Fine of each.
    """
    units = triples.ravel()
    order = np.argsort(units, kind="stable")
    count = np.bincount(units, minlength=instance.nodes)
    first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    return Duals(worth, fine, first, (order // triples.shape[1]).astype(np.int32))


def hits(nodes: Shorts, duals: Duals) -> tuple[Ints, Shorts]:
    """Return the triples that each star has two units of.

    Parameters
    ----------
    nodes : ndarray of int32, shape (stars, width)
        Nodes of each star, -1 where a row is short.
    duals
        The triples.

    Returns
    -------
    ndarray of int64, shape (stars + 1,)
        Where each star's triples begin.
    ndarray of int32
        The triples, star by star.
    """
    met = np.zeros(len(duals.fine), dtype=np.int32)
    first = np.zeros(len(nodes) + 1, dtype=np.int64)
    _hits(nodes, duals, met, first, np.empty(0, dtype=np.int32))
    np.cumsum(first, out=first)
    which = np.empty(first[-1], dtype=np.int32)
    _hits(nodes, duals, met, first.copy(), which)
    return first, which


@njit(cache=True)
def _hits(nodes: Shorts, duals: Duals, met: Shorts, first: Ints, which: Shorts) -> None:
    """Count every star's triples into ``first``, one place on; or fill ``which`` from there."""
    count = len(which) == 0
    for star in range(len(nodes)):
        at = first[star]
        for node in nodes[star]:
            if node >= 0:
                for place in range(duals.first[node], duals.first[node + 1]):
                    triple = duals.triple[place]
                    met[triple] += 1
                    if met[triple] == TOGETHER:
                        if count:
                            first[star + 1] += 1
                        else:
                            which[at] = triple
                            at += 1
        for node in nodes[star]:
            if node >= 0:
                for place in range(duals.first[node], duals.first[node + 1]):
                    met[duals.triple[place]] = 0


@njit(cache=True)
def violated(
    columns: tuple[Ints, Shorts], pairs: tuple[Ints, Shorts, Reals], share: Reals, most: int
) -> tuple[Shorts, Reals]:
    """Return triples of which a fractional plan has more than one pair together.

    Parameters
    ----------
    columns
        Stars of each unit, as (first, star).
    pairs
        Units that share stars, sorted, and how much of a star they share: (first, unit, weight).
    share : ndarray of float64
        How much of each star the plan takes.
    most
        Return at most so many.

    Returns
    -------
    ndarray of int32, shape (k, 3), ndarray of float64, shape (k,)
        Triples, and by how much each has more than one.
    """
    first, other, weight = pairs
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
                    over -= 2.0 * _all_three(columns, share, i, j, k)
                    if over > _LEAST_EXCESS and count < most:
                        triples[count, 0], triples[count, 1], triples[count, 2] = i, j, k
                        excess[count] = over
                        count += 1
    return triples[:count], excess[:count]


_LEAST_EXCESS = 0.02


@njit(cache=True)
def _all_three(columns: tuple[Ints, Shorts], share: Reals, i: int, j: int, k: int) -> float:
    """Return how much of stars with all three units a plan takes; lists of stars are sorted."""
    first, star = columns
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
