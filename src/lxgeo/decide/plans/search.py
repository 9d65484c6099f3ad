"""Local search: neighbouring branches, two and three at a time, are re-partitioned exactly.

One such step covers what is usually many moves: swap, shift, merge, split, change of host, taking
in a unit that was left out. Branches that changed wait in a queue to be looked at again; first
pairs, then triples. The state lies open in arrays, so that the search can pause for a question.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.decide.plans.found import LEFT_OUT, Columns, Found, found
from lxgeo.decide.plans.partition import WIDEST, branch_costs
from lxgeo.decide.plans.repartition import cheaper
from lxgeo.decide.regions.candidates import NOBODY, Nearest
from lxgeo.decide.regions.instance import FAR, Instance, Ints, Shorts
from lxgeo.decide.regions.law import WITH, Law

_STEPS_BETWEEN_QUESTIONS = 1_000
_SEEN_A_NODE = 64
_MIX = 0x1E3779B97F4A7C15  # odd, near 2^61: spreads serial numbers over all bits

# Places in Groups.tally.
_HEAD, _WAITING, _LEVEL, _FREE, _SERIAL = range(5)
_PAIRS, _TRIPLES = 0, 1


class Groups(NamedTuple):
    """A plan under search: every node is in exactly one group.

    A group is a new branch, a fixed host with the units under it, or one unit that is left out.

    Parameters
    ----------
    nodes : ndarray of int32, shape (groups, width)
        The nodes of each group, a fixed host first.
    size : ndarray of int32, shape (groups,)
        How many; 0 where the number is free.
    cost : ndarray of int64, shape (groups,)
        What the group costs, centimetres.
    of : ndarray of int32, shape (nodes,)
        The group of each node.
    serial, seen
        A number that no other group ever has, and what was tried to no avail.
    queue, queued, free
        Groups to look at, whether each is among them, and free numbers.
    tally
        Head and length of the queue, pairs or triples, how many numbers are free, last serial.
    """

    nodes: Shorts
    size: Shorts
    cost: Ints
    of: Shorts
    serial: Ints
    seen: Ints
    queue: Shorts
    queued: NDArray[np.bool_]
    free: Shorts
    tally: Ints


class Neighbourhood(NamedTuple):
    """Who may be re-partitioned with whom.

    Parameters
    ----------
    units, hosts
        Cheapest units and fixed hosts of every node.
    widest
        Most nodes at once.
    groups
        How many neighbours of a group are looked at.
    """

    units: Nearest
    hosts: Nearest
    widest: int
    groups: int = 8


def improve(
    instance: Instance, around: Neighbourhood, labels: Shorts, stop: Callable[[], bool]
) -> Found:
    """Return a plan that no exact re-partition of neighbouring branches makes cheaper.

    Parameters
    ----------
    instance
        The region.
    around
        Neighbours, and most nodes re-partitioned at once.
    labels
        A legal plan to start from.
    stop
        Asked now and then; once it says yes, the plan found so far is returned.
    """
    groups = _groups(instance, labels)
    while not stop() and not _search(instance, around, groups, _STEPS_BETWEEN_QUESTIONS):
        pass
    branches = groups.size > 1
    nodes = np.sort(groups.nodes[branches], axis=1)
    return found(instance, Columns(nodes, groups.cost[branches]))


def _groups(instance: Instance, labels: Shorts) -> Groups:
    """Return the groups of a plan, all of them waiting."""
    nodes = instance.nodes
    width = min(WIDEST, instance.width)
    groups = Groups(
        nodes=np.full((nodes, width), NOBODY, dtype=np.int32),
        size=np.zeros(nodes, dtype=np.int32),
        cost=np.zeros(nodes, dtype=np.int64),
        of=np.full(nodes, NOBODY, dtype=np.int32),
        serial=np.zeros(nodes, dtype=np.int64),
        seen=np.zeros(1 << (_SEEN_A_NODE * nodes).bit_length(), dtype=np.int64),
        queue=np.zeros(nodes, dtype=np.int32),
        queued=np.zeros(nodes, dtype=np.bool_),
        free=np.zeros(nodes, dtype=np.int32),
        tally=np.zeros(5, dtype=np.int64),
    )
    _fill(instance, labels, groups)
    return groups


@njit(cache=True)
def _fill(instance: Instance, labels: Shorts, groups: Groups) -> None:
    """Put every node into its group and every group into the queue."""
    count = len(groups.of)
    for host in range(instance.units, count):
        _add(groups, host, host)
    for unit in range(instance.units):
        label = labels[unit]
        _add(groups, unit if label == LEFT_OUT else label, unit)
    for group in range(count):
        if groups.size[group] > 0:
            nodes = groups.nodes[group, : groups.size[group]]
            if len(nodes) == 1:
                groups.cost[group] = instance.node[nodes[0]].alone_cm
            else:
                groups.cost[group] = branch_costs(instance, nodes)[-1]
            _enter(groups, group)
        else:
            groups.free[groups.tally[_FREE]] = group
            groups.tally[_FREE] += 1


@register_jitable
def _add(groups: Groups, group: int, node: int) -> None:
    groups.nodes[group, groups.size[group]] = node
    groups.size[group] += 1
    groups.of[node] = group


@register_jitable
def _enter(groups: Groups, group: int) -> None:
    """Give a new group its serial number and put it into the queue."""
    groups.tally[_SERIAL] += 1
    groups.serial[group] = groups.tally[_SERIAL]
    _enqueue(groups, group)


@register_jitable
def _enqueue(groups: Groups, group: int) -> None:
    if not groups.queued[group]:
        tail = (groups.tally[_HEAD] + groups.tally[_WAITING]) % len(groups.queue)
        groups.queue[tail] = group
        groups.queued[group] = True
        groups.tally[_WAITING] += 1


@njit(cache=True)
def _search(instance: Instance, around: Neighbourhood, groups: Groups, steps: int) -> bool:
    """Look at waiting groups until none waits (true) or the steps are used up (false)."""
    tally = groups.tally
    while steps > 0:
        if tally[_WAITING] == 0:
            if tally[_LEVEL] == _TRIPLES:
                return True
            tally[_LEVEL] = _TRIPLES
            for group in range(len(groups.size)):
                if groups.size[group] > 0:
                    _enqueue(groups, group)
            continue
        group = groups.queue[tally[_HEAD]]
        tally[_HEAD] = (tally[_HEAD] + 1) % len(groups.queue)
        tally[_WAITING] -= 1
        groups.queued[group] = False
        if groups.size[group] > 0:
            steps -= _look(instance, around, groups, group)
    return False


@register_jitable
def _look(instance: Instance, around: Neighbourhood, groups: Groups, group: int) -> int:
    """Re-partition a group with its neighbours until one way is cheaper; return the ways tried."""
    others = _neighbours(instance.law, around, groups, group)
    tried = 1
    for i in range(len(others)):
        tried += 1
        if _repartition(instance, groups, np.array([group, others[i]]), around.widest):
            return tried
        if groups.tally[_LEVEL] == _PAIRS:
            continue
        for j in range(i):
            tried += 1
            three = np.array([group, others[j], others[i]])
            if _repartition(instance, groups, three, around.widest):
                return tried
    return tried


@register_jitable
def _neighbours(law: Law, around: Neighbourhood, groups: Groups, group: int) -> Ints:
    """Return the nearest groups, by the cheapest pair between them; those tied by pins first."""
    others = np.empty(around.groups, dtype=np.int64)
    costs = np.full(around.groups, FAR, dtype=np.int64)
    count = 0
    for node in groups.nodes[group, : groups.size[group]]:
        if not law.free:
            for entry in range(law.first[node], law.first[node + 1]):
                other = groups.of[law.other[entry]]
                if law.how[entry] == WITH and other != group:
                    count = _insert(others, costs, count, (other, -1))
        for near in (around.units, around.hosts):
            for place in range(near.who.shape[1]):
                cost = near.cm[node, place]
                if cost >= costs[-1]:
                    break
                other = groups.of[near.who[node, place]]
                if other != group:
                    count = _insert(others, costs, count, (other, cost))
    return others[:count]


@register_jitable
def _insert(others: Ints, costs: Ints, count: int, new: tuple[int, int]) -> int:
    """Insert a group by its cost, each group once; return how many there are."""
    other, cost = new
    place = min(count, len(others) - 1)
    for i in range(count):
        if others[i] == other:
            if costs[i] <= cost:
                return count
            place = i
            count -= 1
            break
    while place > 0 and costs[place - 1] > cost:
        others[place] = others[place - 1]
        costs[place] = costs[place - 1]
        place -= 1
    others[place] = other
    costs[place] = cost
    return min(count + 1, len(others))


@register_jitable
def _repartition(instance: Instance, groups: Groups, old: Ints, widest: int) -> bool:
    """Replace groups by the best partition of their nodes; return whether that was cheaper."""
    count, fixed, now = 0, 0, 0
    for group in old:
        count += groups.size[group]
        fixed += groups.nodes[group, 0] >= instance.units
        now += groups.cost[group]
    if count > widest or fixed > 1 or _tried(groups, old):
        return False
    nodes = np.empty(count, dtype=np.int32)
    start = 0
    for group in old:
        for node in groups.nodes[group, : groups.size[group]]:
            nodes[start] = node
            start += 1
            if node >= instance.units:
                nodes[start - 1] = nodes[0]
                nodes[0] = node
    branches, costs = cheaper(instance, nodes, now)
    if len(branches) == 0:
        return False
    _replace(groups, old, nodes, branches, costs)
    return True


@register_jitable
def _tried(groups: Groups, old: Ints) -> bool:
    """Return whether just these groups were tried before, and remember that they are now.

    A place in memory holds the last that fell on it, so now and then something is tried again.
    """
    key = 0
    for group in old:
        mixed = groups.serial[group] * _MIX
        key += (mixed ^ (mixed >> 29)) * _MIX
    place = (key ^ (key >> 32)) & (len(groups.seen) - 1)
    if groups.seen[place] == key:
        return True
    groups.seen[place] = key
    return False


@register_jitable
def _replace(groups: Groups, old: Ints, nodes: Shorts, branches: Ints, costs: Ints) -> None:
    for group in old:
        groups.size[group] = 0
        groups.nodes[group, :] = NOBODY
        groups.free[groups.tally[_FREE]] = group
        groups.tally[_FREE] += 1
    for branch in range(len(branches)):
        groups.tally[_FREE] -= 1
        group = groups.free[groups.tally[_FREE]]
        for i in range(len(nodes)):
            if branches[branch] >> i & 1:
                _add(groups, group, nodes[i])
        groups.cost[group] = costs[branch]
        _enter(groups, group)
