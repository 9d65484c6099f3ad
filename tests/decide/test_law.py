"""Small regions under pins: every partition that keeps to them is tried, with the plain rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_region import SmallRegion, region, regions

from lxgeo.decide import solve as solving
from lxgeo.decide.plans.partition import branch_costs
from lxgeo.decide.regions.instance import FAR, pair_cm, star_cm
from lxgeo.decide.regions.law import APART, BARRED, WITH, law_of, taken
from lxgeo.decide.solve import Task, solve
from lxgeo.policy import Policy
from lxgeo.rules.cost import NOWHERE, left_out_cm

NEVER = 1 << 50


def go_on() -> bool:
    """Never stop."""
    return False


@dataclass(frozen=True)
class Said:
    """What pins say of a region's nodes, as plain sets."""

    leads: frozenset[int]
    barred: frozenset[tuple[int, int]]
    apart: frozenset[frozenset[int]]
    together: frozenset[frozenset[int]]

    def instance(self, here: SmallRegion):  # noqa: ANN201
        """Return a region's arrays with this law."""
        entries = [(a, b, BARRED) for a, b in self.barred]
        entries += [(*sorted(pair), APART) for pair in self.apart]
        entries += [(*sorted(pair), WITH) for pair in self.together]
        law = law_of(here.instance.nodes, self.leads, entries)
        return here.instance._replace(law=law)

    def under(self, host: int, members: tuple[int, ...]) -> bool:
        """Return whether all of these may be under a host."""
        others = [each for each in members if each != host]
        if any(each in self.leads or (each, host) in self.barred for each in others):
            return False
        return not any(frozenset({each, host}) in self.apart for each in others)

    def one(self, nodes: tuple[int, ...]) -> bool:
        """Return whether these may be one branch, whoever hosts it."""
        inside = frozenset(nodes)
        return not any(pair <= inside for pair in self.apart) and not any(
            len(pair & inside) == 1 for pair in self.together
        )


@st.composite
def pinned(draw: st.DrawFn) -> tuple[SmallRegion, Said]:
    """Draw a region and pins; together and apart never contradict each other by one pair."""
    here = draw(regions(most_units=7))
    units, nodes = here.instance.units, here.instance.nodes
    one = st.integers(0, units - 1)
    pair = st.tuples(one, one).filter(lambda p: p[0] != p[1]) if units > 1 else st.nothing()
    pairs = st.sets(pair.map(frozenset), max_size=2) if units > 1 else st.just(set())
    together = draw(pairs)
    barred = st.tuples(one, st.integers(0, nodes - 1)).filter(lambda p: p[0] != p[1])
    return here, Said(
        leads=frozenset(draw(st.sets(one, max_size=2))),
        barred=frozenset(draw(st.sets(barred, max_size=4)) if nodes > 1 else ()),
        apart=frozenset(draw(pairs) - together),
        together=frozenset(together),
    )


def best_cm(here: SmallRegion, said: Said) -> int:
    """Return what the best plan costs that keeps to the pins: every one is tried."""
    units = len(here.sites)

    @cache
    def new(members: tuple[int, ...]) -> int:
        hosts = [host for host in members if said.under(host, members)] if said.one(members) else []
        costs = [here.star_cm(host, members) for host in hosts]
        return min((cost for cost in costs if cost is not None), default=NEVER)

    @cache
    def joins(host: int, members: tuple[int, ...]) -> int:
        node = units + host
        if not (said.under(node, members) and said.one((*members, node))):
            return NEVER
        cost = here.joins_cm(host, members)
        return NEVER if cost is None else cost

    @cache
    def best(rest: tuple[int, ...], free: tuple[int, ...]) -> int:
        if not rest:
            return 0
        first, others = rest[0], rest[1:]
        least = left_out_cm(float(here.sites.limit_m[first]), here.policy) + best(others, free)
        for size in range(len(others) + 1):
            for chosen in combinations(others, size):
                members, left = (first, *chosen), tuple(u for u in others if u not in chosen)
                if size:
                    least = min(least, new(members) + best(left, free))
                for host in free:
                    still = tuple(each for each in free if each != host)
                    least = min(least, joins(host, members) + best(left, still))
        return least

    return best(tuple(range(units)), tuple(range(len(here.hosts.sites))))


def keeps(here: SmallRegion, said: Said, labels: np.ndarray) -> bool:
    """Return whether each branch of some labels may be one, under some host."""
    units = len(here.sites)
    for label in sorted(set(labels[labels >= 0].tolist())):
        members = tuple(np.flatnonzero(labels == label).tolist())
        nodes = members if label < units else (*members, label)
        hosts = members if label < units else (label,)
        if not said.one(nodes) or not any(said.under(host, members) for host in hosts):
            return False
    return True


@given(pinned())
@settings(max_examples=60, deadline=None)
def test_small_regions_are_proved_best_under_pins(drawn: tuple[SmallRegion, Said]) -> None:
    """Plan, cost and bound all equal the best of all partitions that keep to the pins."""
    here, said = drawn
    answer = solve(Task("one", said.instance(here), "best", 0, go_on))

    assert keeps(here, said, answer.labels)
    assert answer.cost_cm == answer.bound_cm == best_cm(here, said)


@given(pinned())
@settings(max_examples=25, deadline=None)
def test_the_search_proves_the_same_without_trying_all(drawn: tuple[SmallRegion, Said]) -> None:
    """As larger regions are solved: columns, cuts and enumeration keep to the pins, and close."""
    here, said = drawn
    best = best_cm(here, said)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(solving, "small_enough", lambda _: False)
        fast, hard = (
            solve(Task("one", said.instance(here), effort, 0, go_on)) for effort in ("fast", "best")
        )

    assert keeps(here, said, fast.labels)
    assert keeps(here, said, hard.labels)
    assert 0 <= fast.bound_cm <= best <= fast.cost_cm
    assert hard.cost_cm == best
    assert hard.bound_cm <= best


@given(pinned())
@settings(max_examples=40, deadline=None)
def test_kernels_agree_on_who_may_share(drawn: tuple[SmallRegion, Said]) -> None:
    """Pairs, stars and subsets tell the same law; an entry that is gone with its node binds no one.

    What the sets cost under their cheapest host is what the stars cost.
    """
    here, said = drawn
    instance, units = said.instance(here), here.instance.units
    nodes = np.arange(units, dtype=np.int32)
    costs = branch_costs(instance, nodes)
    for subset in range(1, 1 << units):
        members = tuple(i for i in range(units) if subset >> i & 1)
        least = FAR
        for host in members:
            under = np.array([each for each in members if each != host], dtype=np.int32)
            cost = star_cm(instance, host, under)
            if cost < FAR:
                assert said.one(members)
                assert said.under(host, members)
            least = min(least, cost)
        assert costs[subset] == least
    if units > 1:
        alone = taken(instance.law, np.array([0]))
        assert alone.free == (0 not in said.leads)


def test_who_leads_is_under_nobody_but_others_are_under_it() -> None:
    """The law of one unit that leads, one that may not be under another, and two kept apart."""
    row = (NOWHERE, NOWHERE, "C3912", 1200.0, 1, 1)
    here = region([(100.0 * i, 0.0, *row) for i in range(4)], policy=Policy())
    said = Said(frozenset({0}), frozenset({(1, 2)}), frozenset({frozenset({2, 3})}), frozenset())
    instance = said.instance(here)

    assert pair_cm(instance, 0, 1) == FAR
    assert pair_cm(instance, 1, 0) == 10_000
    assert pair_cm(instance, 1, 2) == FAR
    assert pair_cm(instance, 2, 1) == 10_000
    assert pair_cm(instance, 2, 3) == pair_cm(instance, 3, 2) == FAR
    assert star_cm(instance, 0, np.array([2, 3], dtype=np.int32)) == FAR
