"""What pins say of who may share a branch, as arrays that the kernels look up.

Two kinds of law. *Between a unit and a host*: the unit may not be under it (`BARRED`), or under
anybody (``leads``). *Within a branch*: two units are never both in it (`APART`), or both or neither
(`WITH`). The second kind is about sets of nodes alone, whoever hosts them: a plan keeps to it if
each of its branches does, and a unit left out is in none. So it only ever takes branches away, and
a bound over all of them holds over those that are left.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

BARRED, APART, WITH = 1, 2, 3
"""The other node is no host for this one; never with it in a branch; never in one without it."""


class Law(NamedTuple):
    """Of each node, what pins say of it and others.

    Parameters
    ----------
    free
        Whether they say nothing at all: then no array is looked at.
    leads : ndarray of bool, shape (nodes,)
        Units that are under nobody: they host, or are left out.
    first : ndarray of int64, shape (nodes + 1,)
        Where each node's entries begin.
    other : ndarray of int32, shape (entries,)
        The other node of each entry.
    how : ndarray of int8, shape (entries,)
        `BARRED`, `APART` or `WITH`.
    """

    free: bool
    leads: NDArray[np.bool_]
    first: NDArray[np.int64]
    other: NDArray[np.int32]
    how: NDArray[np.int8]


def no_law() -> Law:
    """Return the law where there are no pins."""
    return law_of(0, (), ())


def law_of(nodes: int, leads: Iterable[int], entries: Iterable[tuple[int, int, int]]) -> Law:
    """Return the law of some nodes.

    Parameters
    ----------
    nodes
        How many there are.
    leads
        Units that are under nobody.
    entries
        (node, other node, `BARRED` | `APART` | `WITH`); the last two go both ways.
    """
    both_ways = {
        pair
        for one, other, how in entries
        for pair in ((one, other, how), (other, one, how))[: 1 if how == BARRED else 2]
    }
    rows = np.array(sorted(both_ways), dtype=np.int64).reshape(-1, 3)
    first = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows[:, 0], minlength=nodes), out=first[1:])
    leading = np.zeros(nodes, dtype=np.bool_)
    leading[sorted(leads)] = True
    free = not (len(rows) or leading.any())
    return Law(free, leading, first, rows[:, 1].astype(np.int32), rows[:, 2].astype(np.int8))


def taken(law: Law, nodes: NDArray[np.intp]) -> Law:
    """Return the law of some of the nodes, numbered in their order; entries with others go."""
    if law.free:
        return law
    number = {int(node): i for i, node in enumerate(nodes)}
    whose = np.repeat(np.arange(len(law.leads)), np.diff(law.first))
    entries = zip(whose.tolist(), law.other.tolist(), law.how.tolist(), strict=True)
    return law_of(
        len(nodes),
        np.flatnonzero(law.leads[nodes]).tolist(),
        [(number[a], number[b], how) for a, b, how in entries if a in number and b in number],
    )


@njit(cache=True)
def bars(law: Law, unit: int, host: int) -> bool:
    """Return whether a unit may not be under a host."""
    if law.leads[unit]:
        return True
    for place in range(law.first[unit], law.first[unit + 1]):
        if law.other[place] == host and law.how[place] != WITH:
            return True
    return False


@register_jitable
def may_be_one(law: Law, host: int, under: NDArray[np.int32]) -> bool:
    """Return whether a host and some units may be one branch, as far as that is about sets."""
    may = _fits(law, host, host, under)
    for unit in under:
        may = may and _fits(law, unit, host, under)
    return may


@register_jitable
def _fits(law: Law, node: int, host: int, under: NDArray[np.int32]) -> bool:
    for place in range(law.first[node], law.first[node + 1]):
        how = law.how[place]
        if how == BARRED:
            continue
        inside = law.other[place] == host
        for unit in under:
            inside = inside or unit == law.other[place]
        if inside == (how == APART):
            return False
    return True


@register_jitable
def bring(law: Law, host: int, under: NDArray[np.int32], count: int) -> int:
    """Put whoever always is with a host or with units under it under it too; return how many are.

    ``under`` holds the units so far, then takes in the others, as many as it has room for.
    """
    looked = -1
    while looked < count:
        node = host if looked < 0 else under[looked]
        for place in range(law.first[node], law.first[node + 1]):
            other = law.other[place]
            known = law.how[place] != WITH or other == host or count == len(under)
            for i in range(count):
                known = known or under[i] == other
            if not known:
                under[count] = other
                count += 1
        looked += 1
    return count


@register_jitable
def masks(law: Law, nodes: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return of each of a few nodes, as bit masks, who is never with it and who always is.

    Where one who always is with a node is not among them, the mask is -1: no set holds it.
    """
    apart = np.zeros(len(nodes), dtype=np.int64)
    with_it = np.zeros(len(nodes), dtype=np.int64)
    for i in range(0 if law.free else len(nodes)):
        for place in range(law.first[nodes[i]], law.first[nodes[i] + 1]):
            bit = 0
            for j in range(len(nodes)):
                if nodes[j] == law.other[place]:
                    bit = 1 << j
            if law.how[place] == APART:
                apart[i] |= bit
            elif law.how[place] == WITH:
                with_it[i] = with_it[i] | bit if bit else -1
    return apart, with_it


@register_jitable
def allows(apart: NDArray[np.int64], with_it: NDArray[np.int64], which: int) -> bool:
    """Return whether a set of a few nodes, a bit mask, may be one branch (`masks`)."""
    for i in range(len(apart)):
        if which >> i & 1 and (which & apart[i] or which & with_it[i] != with_it[i]):
            return False
    return True
