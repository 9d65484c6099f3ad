"""A cheaper partition of a few nodes than the one they are in, or the proof that there is none.

As `lxgeo.decide.plans.partition`, but most partitions need not be looked at: a node pays at least
its least share in any branch, so a branch that takes much more than its nodes' least shares is in
no partition that is cheaper than now.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable

from lxgeo.decide.plans.partition import pairs_of
from lxgeo.decide.regions.instance import FAR, Instance, Ints, Shorts
from lxgeo.decide.regions.law import allows, masks
from lxgeo.rules.cost import THIN_FULL_MEMBERS

_MANY = 40
"""Branches worth the trouble of raising shares."""


class Branches(NamedTuple):
    """All legal branches of a few nodes, and each node alone; those of one lowest node together.

    Parameters
    ----------
    first : ndarray of int64, shape (k + 1,)
        Where those begin whose lowest node is each.
    mask, cm : ndarray of int64
        Nodes as a bit mask, and cost under the cheapest host.
    share : ndarray of int64, shape (k,)
        No partition charges a node less, centimetres.
    """

    first: Ints
    mask: Ints
    cm: Ints
    share: Ints


@njit(cache=True)
def cheaper(instance: Instance, nodes: Shorts, now: int) -> tuple[Ints, Ints]:
    """Return the branches of the cheapest partition that costs less than now, none if none does.

    Parameters
    ----------
    instance
        The region.
    nodes : ndarray of int32, shape (k,)
        Few nodes, of which only the first may be a fixed host.
    now
        What they cost now, centimetres.

    Returns
    -------
    ndarray of int64
        Nodes of each branch, and of each unit left out, as bit masks.
    ndarray of int64
        What each costs.
    """
    branches = _branches(instance, nodes)
    most = now - branches.share.sum()
    if most <= 0:
        return branches.mask[:0], branches.cm[:0]
    over = _within(_beyond(branches), most)
    if len(over.mask) > _MANY:
        most -= _raise_shares(over)
        if most <= 0:
            return branches.mask[:0], branches.cm[:0]
        over = _within(over, most)
    return _cover(over, most)


@register_jitable
def _branches(instance: Instance, nodes: Shorts) -> Branches:
    """Return all of them, found by adding one node after the other."""
    k = len(nodes)
    pairs = pairs_of(instance, nodes)
    free, (apart, with_it) = instance.law.free, masks(instance.law, nodes)
    first = np.zeros(k + 1, dtype=np.int64)
    mask, cm = np.empty(1 << k, dtype=np.int64), np.empty(1 << k, dtype=np.int64)
    share = np.empty(k, dtype=np.int64)
    for i in range(k):
        share[i] = instance.node[nodes[i]].alone_cm
    under = np.zeros((k, k), dtype=np.int64)  # what those so far cost under each of them as host
    inside = np.zeros(k, dtype=np.int64)
    full, total = np.zeros(k, dtype=np.int64), np.zeros(k, dtype=np.int64)
    which = np.zeros(k, dtype=np.int64)
    count = 0
    for low in range(k):
        host = instance.node[nodes[low]]
        first[low] = count
        fixed = nodes[low] >= instance.units
        inside[0], which[0], full[0], total[0] = low, 1 << low, host.full, host.total
        depth, node = 0, low + 1
        while depth >= 0:
            if node == k or depth == host.room:
                node = inside[depth] + 1
                depth -= 1
                continue
            depth += 1
            inside[depth] = node
            which[depth] = which[depth - 1] | 1 << node
            full[depth] = full[depth - 1] + instance.node[nodes[node]].full
            total[depth] = total[depth - 1] + instance.node[nodes[node]].total
            least = _least(pairs, inside, under, depth, fixed)
            node += 1
            legal = full[depth] >= instance.least_full and total[depth] <= instance.most_members
            if not legal or least >= FAR:
                continue
            if not free and not allows(apart, with_it, which[depth]):
                continue
            thin = host.thin_cm if full[depth] == THIN_FULL_MEMBERS else 0
            mask[count], cm[count] = which[depth], host.open_cm + thin + least
            each = cm[count] // (depth if fixed else depth + 1)
            for i in range(depth + 1):
                share[inside[i]] = min(share[inside[i]], each)
            count += 1
        mask[count], cm[count] = 1 << low, host.alone_cm
        count += 1
    first[k] = count
    return Branches(first, mask[:count], cm[:count], share)


@register_jitable
def _least(pairs: Ints, inside: Ints, under: Ints, depth: int, fixed: bool) -> int:  # noqa: FBT001
    """Add the last node to what all cost under each host; return the least of these."""
    node, own, least = inside[depth], 0, FAR
    for i in range(depth):
        under[depth, i] = under[depth - 1, i] + pairs[node, inside[i]]
        own += pairs[inside[i], node]
        if i == 0 or not fixed:
            least = min(least, under[depth, i])
    under[depth, depth] = own
    return least if fixed else min(least, own)


@register_jitable
def _beyond(branches: Branches) -> Branches:
    """Return the branches with what they take beyond their nodes' shares, not what they cost."""
    over = branches.cm.copy()
    for branch in range(len(over)):
        for node in range(len(branches.share)):
            if branches.mask[branch] >> node & 1:
                over[branch] -= branches.share[node]
    return Branches(branches.first, branches.mask, over, branches.share)


@register_jitable
def _within(over: Branches, most: int) -> Branches:
    """Return the branches that take less than so much beyond their nodes' shares."""
    k = len(over.share)
    first, mask, cm = over.first.copy(), over.mask.copy(), over.cm.copy()
    count = 0
    for low in range(k):
        first[low] = count
        for branch in range(over.first[low], over.first[low + 1]):
            if over.cm[branch] < most:
                mask[count], cm[count] = over.mask[branch], over.cm[branch]
                count += 1
    first[k] = count
    return Branches(first, mask[:count], cm[:count], over.share)


@register_jitable
def _raise_shares(over: Branches) -> int:
    """Charge each node in turn as much more as its branches allow; return how much in all."""
    raised = 0
    for node in range(len(over.share)):
        bit, more = 1 << node, FAR
        for branch in range(over.first[node + 1]):
            if over.mask[branch] & bit:
                more = min(more, over.cm[branch])
        if more == FAR:  # no branch is left for it: no partition is cheaper than now
            return FAR
        for branch in range(over.first[node + 1]):
            if over.mask[branch] & bit:
                over.cm[branch] -= more
        over.share[node] += more
        raised += more
    return raised


@register_jitable
def _cover(over: Branches, most: int) -> tuple[Ints, Ints]:
    """Return the cheapest partition into some branches, if it takes less than most; else none.

    Depth first; the same rest is looked at again only if less was spent before it.
    """
    k = len(over.share)
    spent_before = np.full(1 << k, most, dtype=np.int64)
    left, spent = np.empty(k + 1, dtype=np.int64), np.empty(k + 1, dtype=np.int64)
    at, last = np.empty(k + 1, dtype=np.int64), np.empty(k + 1, dtype=np.int64)
    left[0], spent[0], at[0], last[0] = (1 << k) - 1, 0, over.first[0], over.first[1]
    best, depth = at[:0], 0
    while depth >= 0:
        branch = at[depth]
        if branch == last[depth]:
            depth -= 1
            continue
        at[depth] += 1
        rest = left[depth] & ~over.mask[branch]
        now = spent[depth] + over.cm[branch]
        if over.mask[branch] & ~left[depth] or now >= min(most, spent_before[rest]):
            continue
        spent_before[rest] = now
        if rest:
            low = _lowest(rest)
            depth += 1
            left[depth], spent[depth] = rest, now
            at[depth], last[depth] = over.first[low], over.first[low + 1]
        else:
            most, best = now, at[: depth + 1] - 1
    return over.mask[best], _costs(over, best)


@register_jitable
def _lowest(mask: int) -> int:
    node = 0
    while not mask >> node & 1:
        node += 1
    return node


@register_jitable
def _costs(over: Branches, which: Ints) -> Ints:
    """Return what branches cost: what they take beyond the shares, and these."""
    cm = over.cm[which]
    for i in range(len(which)):
        for node in range(len(over.share)):
            if over.mask[which[i]] >> node & 1:
                cm[i] += over.share[node]
    return cm
