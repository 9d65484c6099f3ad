"""Exact re-partition of a few nodes into branches, by dynamic programming over subsets.

A subset is a bit mask. Each set of nodes has a cost as one branch; the best partition of a set is
the cheapest branch that holds its lowest node, with the best partition of the rest. A fixed host,
if there is one among the nodes, stands first, so that it is in exactly one branch: its own.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.extending import register_jitable

from lxgeo.decide.regions.instance import FAR, Instance, Ints, Shorts, pair_cm
from lxgeo.decide.regions.law import allows, masks
from lxgeo.rules.cost import THIN_FULL_MEMBERS

WIDEST = 12
"""Most nodes that are partitioned at once: 3^12 / 6 steps, about a tenth of a millisecond."""


@njit(cache=True)
def branch_costs(instance: Instance, nodes: Shorts) -> Ints:
    """Return what each subset costs as one branch under its cheapest host.

    Parameters
    ----------
    instance
        The region.
    nodes : ndarray of int32, shape (k,)
        At most `WIDEST` nodes, of which only the first may be a fixed host.

    Returns
    -------
    ndarray of int64, shape (2**k,)
        `FAR` where a subset is no legal branch; a fixed host alone costs nothing.
    """
    k = len(nodes)
    fixed = nodes[0] >= instance.units
    pairs = pairs_of(instance, nodes)
    free, (apart, with_it) = instance.law.free, masks(instance.law, nodes)
    size = _sums(np.ones(k, dtype=np.int64))
    full = _sums(instance.node["full"][nodes])
    total = _sums(instance.node["total"][nodes])
    under = np.empty((k, 1 << k), dtype=np.int64)
    for host in range(k):
        under[host] = _sums(pairs[:, host])
    costs = np.full(1 << k, FAR, dtype=np.int64)
    for subset in range(1, 1 << k):
        hosted = fixed and subset & 1
        host = instance.node[nodes[0 if hosted else k - 1]]
        if size[subset] < 2 or size[subset] - 1 > host.room:  # noqa: PLR2004
            continue
        if full[subset] < instance.least_full or total[subset] > instance.most_members:
            continue
        if not free and not allows(apart, with_it, subset):
            continue
        least = under[0, subset] if hosted else _least(under, subset)
        if least < FAR:
            thin = host.thin_cm if full[subset] == THIN_FULL_MEMBERS else 0
            costs[subset] = host.open_cm + thin + least
    if fixed:
        costs[1] = 0
    return costs


@register_jitable
def pairs_of(instance: Instance, nodes: Shorts) -> Ints:
    """Return what each of a few nodes costs under each other, shape (k, k): nothing by itself."""
    k = len(nodes)
    pairs = np.zeros((k, k), dtype=np.int64)
    for i in range(k):
        for j in range(i):
            pairs[i, j] = pairs[j, i] = pair_cm(instance, nodes[j], nodes[i])
            if not instance.law.free:
                pairs[i, j] = pair_cm(instance, nodes[i], nodes[j])
    return pairs


@register_jitable
def _least(under: Ints, subset: int) -> int:
    """Return the least sum of a subset under one of its own nodes."""
    least, node, left = FAR, 0, subset
    while left:
        if left & 1:
            least = min(least, under[node, subset])
        left >>= 1
        node += 1
    return least


@register_jitable
def _sums(values: Ints) -> Ints:
    """Return the sum of each subset's values."""
    sums = np.zeros(1 << len(values), dtype=np.int64)
    for i in range(len(values)):
        for subset in range(1 << i):
            sums[(1 << i) + subset] = sums[subset] + values[i]
    return sums


@njit(cache=True)
def best_partition(instance: Instance, nodes: Shorts, costs: Ints) -> tuple[int, Ints]:
    """Return the least cost of the nodes, and for each subset the branch of its lowest node.

    Parameters
    ----------
    instance
        The region.
    nodes : ndarray of int32, shape (k,)
        As for `branch_costs`.
    costs : ndarray of int64, shape (2**k,)
        What each subset costs as one branch.

    Returns
    -------
    int
        Cost of the best partition, units left out included.
    ndarray of int64, shape (2**k,)
        The branch chosen for the lowest node of each subset that the best partition may meet: read
        it from the full set on, taking away each branch in turn. A unit alone is left out.
    """
    k = len(nodes)
    everything = (1 << k) - 1
    least = np.zeros(1 << k, dtype=np.int64)
    chosen = np.zeros(1 << k, dtype=np.int64)
    subset = 2
    while subset <= everything + 1:
        # Sets without node 0, smallest first, then everything.
        current = min(subset, everything)
        low = current & -current
        lowest = 0
        while low >> lowest != 1:
            lowest += 1
        rest = current ^ low
        alone = costs[low]
        if alone >= FAR:
            alone = instance.node[nodes[lowest]].alone_cm
        best, branch = alone + least[rest], low
        others = rest
        while others:
            cost = costs[others | low]
            if cost < FAR and cost + least[rest ^ others] < best:
                best, branch = cost + least[rest ^ others], others | low
            others = (others - 1) & rest
        least[current] = best
        chosen[current] = branch
        subset += 2
    return least[everything], chosen
