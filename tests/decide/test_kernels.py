"""The kernels reckon as the plain rules do."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from small_region import SmallRegion, region, regions

from lxgeo.decide.plans.found import Columns, joined
from lxgeo.decide.plans.partition import branch_costs
from lxgeo.decide.plans.stars import stars_within
from lxgeo.decide.proof.pricing import best_star
from lxgeo.decide.regions.candidates import NOBODY, nearest_hosts, nearest_units
from lxgeo.decide.regions.instance import FAR, pair_cm, star_cm
from lxgeo.rules.cost import may_share, pairs_cm


def every_star(region: SmallRegion, host: int) -> dict[tuple[int, ...], int]:
    """Return the cost of every legal star under a node, by the plain rules."""
    units = len(region.sites)
    found = {}
    for size in range(1, units + 1):
        for under in combinations([i for i in range(units) if i != host], size):
            if host < units:
                cost = region.star_cm(host, tuple(sorted((host, *under))))
            else:
                cost = region.joins_cm(host - units, under)
            if cost is not None:
                found[under] = cost
    return found


@given(regions(most_units=6))
@settings(max_examples=60, deadline=None)
def test_pairs_are_those_of_the_rules(region: SmallRegion) -> None:
    """Every pair within reach costs the same, to the centimetre; beyond it, it is not allowed."""
    instance, units = region.instance, len(region.sites)
    reach = may_share(region.sites, region.sites, region.policy)
    pairs = pairs_cm(region.sites, region.sites, region.policy)
    cap = region.total[:, None] + region.total[None, :] <= region.policy.branch_max_members

    for i, j in combinations(range(units), 2):
        expected = pairs[i, j] if reach[i, j] and cap[i, j] else FAR
        assert pair_cm(instance, i, j) == pair_cm(instance, j, i) == expected


@given(regions(most_units=6))
@settings(max_examples=60, deadline=None)
def test_stars_are_those_of_the_rules(region: SmallRegion) -> None:
    """Every star costs the same, and what is no legal star is `FAR`."""
    units = len(region.sites)
    for host in range(region.instance.nodes):
        legal = every_star(region, host)
        for size in range(units):
            for under in combinations([i for i in range(units) if i != host], size):
                cost = star_cm(region.instance, host, np.array(under, dtype=np.int32))
                assert cost == legal.get(under, FAR)


@given(regions(most_units=7, most_hosts=1))
@settings(max_examples=60, deadline=None)
def test_branches_take_their_cheapest_host(region: SmallRegion) -> None:
    """A set's cost as one branch is the least over its hosts; a fixed host keeps to its own."""
    units, nodes = len(region.sites), region.instance.nodes
    order = np.roll(np.arange(nodes, dtype=np.int32), nodes - units)
    costs = branch_costs(region.instance, order)

    for subset in range(1, 1 << nodes):
        members = [int(node) for i, node in enumerate(order) if subset >> i & 1]
        inside = tuple(sorted(node for node in members if node < units))
        if len(inside) < len(members):
            expected = region.joins_cm(0, inside) if inside else 0
        else:
            expected = region.new_cm(inside)
        assert costs[subset] == (FAR if expected is None else expected)


@given(regions(most_units=7, tight_cap=False), st.integers(0, 2**32 - 1))
@settings(max_examples=100, deadline=None)
def test_pricing_finds_the_star_of_least_reduced_cost(region: SmallRegion, seed: int) -> None:
    """Exact for any numbers of full members, room and worth, where the members' cap is far."""
    instance, units = region.instance, len(region.sites)
    worth = np.random.default_rng(seed).integers(-50_000, 300_000, units)
    near = nearest_units(instance, units)
    for host in range(instance.nodes):
        picked = np.zeros(instance.width + 1, dtype=np.int32)
        least = best_star(instance, host, worth, near.who[host], near.cm[host], picked)
        own = worth[host] if host < units else 0
        priced = {
            under: cost - worth[list(under)].sum() - own
            for under, cost in every_star(region, host).items()
        }

        assert least == min(priced.values(), default=FAR)
        if priced:
            assert priced[tuple(sorted(picked[1 : 1 + picked[0]].tolist()))] == least


@given(regions(most_units=7), st.integers(0, 2**32 - 1))
@settings(max_examples=100, deadline=None)
def test_pricing_never_misses_a_star(region: SmallRegion, seed: int) -> None:
    """With the members' cap in play, pricing may be too low, never too high."""
    instance, units = region.instance, len(region.sites)
    worth = np.random.default_rng(seed).integers(-50_000, 300_000, units)
    near = nearest_units(instance, units)
    for host in range(instance.nodes):
        picked = np.zeros(instance.width + 1, dtype=np.int32)
        least = best_star(instance, host, worth, near.who[host], near.cm[host], picked)
        own = worth[host] if host < units else 0
        for under, cost in every_star(region, host).items():
            assert least <= cost - worth[list(under)].sum() - own


@given(regions(most_units=6), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_enumeration_lists_every_star_within_its_slack(region: SmallRegion, seed: int) -> None:
    """Each legal star once under each host, with its cost and reduced cost; none beyond."""
    random = np.random.default_rng(seed)
    instance, units = region.instance, len(region.sites)
    worth = random.integers(-50_000, 300_000, units)
    slack = random.integers(-200_000, 400_000, instance.nodes)
    pool = stars_within(instance, nearest_units(instance, units), worth, slack, 10_000)
    assert pool is not None
    found = {
        (int(row[0]), tuple(sorted(row[1:][row[1:] != NOBODY].tolist()))): (int(cm), int(reduced))
        for row, cm, reduced in zip(*pool, strict=True)
    }
    expected = {}
    for host in range(instance.nodes):
        own = worth[host] if host < units else 0
        for under, cost in every_star(region, host).items():
            reduced = cost - worth[list(under)].sum() - own
            if reduced <= slack[host]:
                expected[host, under] = (cost, reduced)

    assert found == expected
    assert len(pool.cm) == len(expected)
    sets = joined([Columns(pool.nodes, pool.cm)])
    assert len(sets.cm) == len({tuple(sorted((host, *under))) for host, under in expected})


def test_enumeration_tells_when_there_are_too_many() -> None:
    """Five units at one point make more than ten stars."""
    here = region([(0.0, 0.0, 0, -1, "C3912", 1200.0, 2, 2)] * 5)
    worth, slack = np.zeros(5, dtype=np.int64), np.full(5, FAR)
    near = nearest_units(here.instance, 5)

    assert stars_within(here.instance, near, worth, slack, 10) is None
    # Under each of 5 hosts: 4 + 6 + 4 + 1 sets of others.
    assert len(stars_within(here.instance, near, worth, slack, 75).cm) == 75


@given(regions(most_units=8), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_lists_hold_the_cheapest_partners(region: SmallRegion, most: int) -> None:
    """Ascending, without itself, and nobody outside the list is cheaper than its end."""
    instance, units = region.instance, len(region.sites)
    near, fixed = nearest_units(instance, most), nearest_hosts(instance, most)

    for node in range(instance.nodes):
        others = sorted(pair_cm(instance, i, node) for i in range(units) if i != node)
        known = [cost for cost in others if cost < FAR][: near.cm.shape[1]]
        assert [cost for cost in near.cm[node] if cost < FAR] == known
        assert node not in near.who[node]
    for unit in range(units):
        hosts = sorted(pair_cm(instance, unit, h) for h in range(units, instance.nodes))
        known = [cost for cost in hosts if cost < FAR][: fixed.cm.shape[1]]
        assert [cost for cost in fixed.cm[unit] if cost < FAR] == known
