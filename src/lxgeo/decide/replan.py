"""Next quarter: a region's plan that keeps to the proposals before, where changing gains little.

Each unit that had a host and now has another costs a little more (``switch_m``). That is weighed
while branches are chosen and stands in no plan's cost: the bound over all legal plans stays as it
was proved. To choose from are the branches of the fresh plan, those of the plan before as far as
their units are still there, those with newcomers, and the best for whoever is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from lxgeo.decide.pins.settled import free_nodes, free_part
from lxgeo.decide.plans.choose import EXACT_CM, Patience, choose
from lxgeo.decide.plans.found import LEFT_OUT, Columns, Found, found
from lxgeo.decide.regions.candidates import NOBODY
from lxgeo.decide.regions.instance import FAR, Instance, pair_cm, star_cm
from lxgeo.decide.regions.law import taken
from lxgeo.decide.regions.region import Region
from lxgeo.decide.serving.siting import go_on
from lxgeo.decide.solve import EFFORTS, Answer, Task, solve
from lxgeo.rules.cost import to_cm

SWITCH_M = 75.0
"""What it takes to change a unit's host, metres (测算参数)."""

_NEAR = 12
"""Newcomers that are looked at for each branch."""
_MOST_TOGETHER = 2
"""Newcomers that join a branch at once."""


@dataclass(frozen=True)
class Former:
    """The plan before, as far as it is not approved.

    Parameters
    ----------
    hosts
        Unit → its host: a unit, or an approved branch; a host is its own.
    switch_m
        What changing it costs, metres.
    """

    hosts: Mapping[str, str]
    switch_m: float = SWITCH_M


@dataclass(frozen=True, eq=False)
class _Before:
    """A region's former hosts as node numbers; `LEFT_OUT` where there was none or it is gone."""

    host: tuple[int, ...]
    switch_cm: int

    def switched_cm(self, units: Iterable[int], host: int) -> int:
        changed = sum(self.host[unit] not in (host, LEFT_OUT) for unit in units)
        return changed * self.switch_cm


def kept_to(region: Region, answer: Answer | None, former: Former | None) -> Answer | None:
    """Return what `stay` makes of a region's free part (`lxgeo.decide.pins.settled.free_part`)."""
    if answer is None or former is None:
        return answer
    ids = [unit.unit_id for unit in region.units] + [host.branch_id for host in region.hosts]
    return stay(free_part(region), [ids[node] for node in free_nodes(region)], answer, former)


def stay(instance: Instance, ids: Sequence[str], answer: Answer, former: Former) -> Answer:
    """Return a region's plan that weighs what changing hosts takes.

    Parameters
    ----------
    instance
        The region as it was solved.
    ids
        Of each of its nodes: a unit's id, or an approved branch's.
    answer
        Its fresh plan.
    former
        The plan before.

    Returns
    -------
    Answer
        Its cost holds no switching; its bound is the fresh one's, which holds over all plans.
    """
    host = _former_hosts(instance, ids, former)
    before = _Before(tuple(host), to_cm(former.switch_m))
    if all(each == LEFT_OUT for each in host) or not before.switch_cm:
        return answer
    fresh = _branches(answer.labels, instance)
    old = [each for each in _groups(host) if _hosted(instance, each)[1] < FAR]
    pool = [*fresh, *old, *_joined_by_newcomers(instance, old), *_of_the_rest(instance, old)]
    priced = _with_switching(instance, before)
    start = found(priced, _columns(instance, before, fresh))
    columns = _columns(instance, before, pool)
    worth = np.zeros(instance.units, dtype=np.int64)
    patience = Patience(EFFORTS["best"].tree, EXACT_CM, go_on)
    best: Found = choose(priced, columns, worth, start, patience).found
    cost = sum(_hosted(instance, each)[1] for each in _branches(best.labels, instance))
    alone = instance.node["alone_cm"][: instance.units][best.labels == LEFT_OUT]
    return replace(answer, labels=best.labels, cost_cm=cost + int(alone.sum()))


def _former_hosts(instance: Instance, ids: Sequence[str], former: Former) -> list[int]:
    """Return the node that each unit's former host is; who took its place where it is gone."""
    number = {each: node for node, each in enumerate(ids)}
    together: dict[str, list[int]] = {}
    for unit, each in enumerate(ids[: instance.units]):
        if each in former.hosts:
            together.setdefault(former.hosts[each], []).append(unit)
    host = [LEFT_OUT] * instance.units
    for was, units in together.items():
        now = number.get(was, LEFT_OUT)
        if now == LEFT_OUT and len(units) > 1:
            now = _hosted(instance, tuple(units))[0]
        for unit in units:
            host[unit] = now
    return host


def _groups(labels: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the nodes of each branch, its fixed host among them; a lone unit is none."""
    inside: dict[int, set[int]] = {}
    for unit, label in enumerate(labels):
        if label != LEFT_OUT:
            inside.setdefault(label, {label}).add(unit)
    return [tuple(sorted(each)) for _, each in sorted(inside.items()) if len(each) > 1]


def _branches(labels: Sequence[int] | np.ndarray, instance: Instance) -> list[tuple[int, ...]]:
    """Return the nodes of each branch of a plan: the first unit names a new one."""
    return _groups([int(label) for label in labels[: instance.units]])


def _hosted(instance: Instance, nodes: tuple[int, ...]) -> tuple[int, int]:
    """Return a branch's host and cost, `FAR` where it is not legal; ties as everywhere.

    An approved branch is the host of its units; else the cheapest, then who has more full members,
    then the first.
    """
    fixed = [node for node in nodes if node >= instance.units]
    full = instance.node["full"]
    costs = [
        (_star(instance, host, nodes), -int(full[host]), host)
        for host in (fixed[:1] or nodes)
        if len(fixed) <= 1
    ]
    cost, _, host = min(costs, default=(FAR, 0, LEFT_OUT))
    return (host, cost) if cost < FAR else (LEFT_OUT, FAR)


def _star(instance: Instance, host: int, nodes: tuple[int, ...]) -> int:
    under = np.array([node for node in nodes if node != host], dtype=np.int32)
    return int(star_cm(instance, host, under))


def _columns(instance: Instance, before: _Before, branches: Iterable[tuple[int, ...]]) -> Columns:
    """Return branches with their switching priced in."""
    rows, costs = [], []
    for nodes in sorted(set(branches)):
        host, cost = _hosted(instance, nodes)
        if cost < FAR:
            units = (node for node in nodes if node < instance.units)
            rows.append((NOBODY,) * (instance.width - len(nodes)) + nodes)
            costs.append(cost + before.switched_cm(units, host))
    nodes_of = np.array(rows, dtype=np.int32).reshape(-1, instance.width)
    return Columns(nodes_of, np.array(costs, dtype=np.int64))


def _with_switching(instance: Instance, before: _Before) -> Instance:
    """Return the region where leaving out a unit that had a host costs the change as well."""
    node = instance.node.copy()
    had = np.array(before.host) != LEFT_OUT
    node["alone_cm"][: instance.units][had] += before.switch_cm
    return instance._replace(node=node)


def _joined_by_newcomers(
    instance: Instance, old: Sequence[tuple[int, ...]]
) -> Iterator[tuple[int, ...]]:
    """Yield each former branch with one or two units that have no former branch of their own."""
    taken_up = {node for each in old for node in each}
    free = [unit for unit in range(instance.units) if unit not in taken_up]
    for branch in old:
        host = _hosted(instance, branch)[0]
        ways = sorted((int(pair_cm(instance, unit, host)), unit) for unit in free)
        near = [unit for cost, unit in ways[:_NEAR] if cost < FAR]
        for count in range(1, _MOST_TOGETHER + 1):
            if len(branch) + count <= instance.width:
                for some in combinations(near, count):
                    yield tuple(sorted((*branch, *some)))


def _of_the_rest(instance: Instance, old: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """Yield the branches of the best plan for whoever has no former branch any more."""
    gone = {node for each in old for node in each}
    rest = np.array([node for node in range(instance.nodes) if node not in gone], dtype=np.int64)
    units = int((rest < instance.units).sum())
    if not units:
        return
    part = instance._replace(units=units, node=instance.node[rest], law=taken(instance.law, rest))
    answer = solve(Task("", part, "fast", 0, go_on))
    for nodes in _branches(answer.labels, part):
        yield tuple(int(rest[node]) for node in nodes)
