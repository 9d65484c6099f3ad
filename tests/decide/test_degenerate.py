"""Towers, lone units and other regions that are not what the planner likes best."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_region import SmallRegion, region, regions

from lxgeo.decide.plans.found import LEFT_OUT, Columns, Found
from lxgeo.decide.plans.partition import best_partition, branch_costs
from lxgeo.decide.plans.repartition import cheaper
from lxgeo.decide.plans.towers import cut_towers, towers_of
from lxgeo.decide.proof.bound import certify
from lxgeo.decide.proof.counting import count_hosts
from lxgeo.decide.proof.pricing import best_star
from lxgeo.decide.proof.unplaced import least_left_out
from lxgeo.decide.regions.candidates import nearest_units
from lxgeo.decide.regions.instance import FAR, pair_cm
from lxgeo.decide.solve import EFFORTS, Task, solve
from lxgeo.policy import Policy

Row = tuple[float, float, int, int, str, float, int, int]


def go_on() -> bool:
    """Never stop."""
    return False


def tower(units: int, seed: int = 0) -> list[Row]:
    """Return units at one point in one building, of few trades."""
    random = np.random.default_rng(seed)
    codes = [f"C{30 + random.integers(4)}{1 + random.integers(3)}1" for _ in range(units)]
    members = random.integers(1, 3, units).tolist()
    return [
        (0.0, 0.0, 0, -1, code, 1200.0, full, full)
        for code, full in zip(codes, members, strict=True)
    ]


def nobody_placed(here: SmallRegion) -> Found:
    """Return the plan that leaves everybody out."""
    units = here.instance.units
    none = Columns(np.zeros((0, 1), dtype=np.int32), np.zeros(0, dtype=np.int64))
    alone = int(here.instance.node["alone_cm"][:units].sum())
    return Found(np.full(units, LEFT_OUT, dtype=np.int32), alone, none)


@given(regions())
@settings(max_examples=80, deadline=None)
def test_counting_never_exceeds_the_best_plan(here: SmallRegion) -> None:
    """Wherever the units are, whoever hosts: the bound by counting is one."""
    assert 0 <= count_hosts(here.instance) <= here.best_cm()


def test_counting_by_hand() -> None:
    """Six of one class and four of another section at one point, two full members each.

    Ten units need two hosts: 1,000 m. With one in each class, one of the six goes to the other
    section: 300 m. Two in the first class: four outside, 1,200 m. Three hosts cost 1,500 m.
    """
    rows = [(0.0, 0.0, 0, -1, code, 1200.0, 2, 2) for code in ["C3911"] * 6 + ["I6510"] * 4]
    here = region(rows)
    answer = solve(Task("one", here.instance, "best", 0, go_on))

    assert count_hosts(here.instance) == 130_000 == answer.cost_cm == answer.bound_cm


def test_counting_knows_that_members_are_few() -> None:
    """Seven of one class, one full member each: two branches of 3 and 4 cost 1,000 + 300 (thin).

    Without the members two hosts cost 1,000 m. Four branches would need twelve members.
    """
    rows = [(0.0, 0.0, 0, -1, "C3911", 1200.0, 1, 1)] * 7

    assert count_hosts(region(rows).instance) == 130_000
    assert region(rows).best_cm() == 130_000


def test_counting_tells_nothing_of_unknown_trades() -> None:
    """A host of unknown trade is near to all trades: then the bound is 0."""
    rows = [(0.0, 0.0, 0, -1, code, 1200.0, 2, 2) for code in ("C3911", "I6510", "")]

    assert count_hosts(region(rows).instance) == 0


@pytest.mark.parametrize("effort", ["standard", "best"])
def test_a_tower_is_proved_within_a_thousandth(effort: str) -> None:
    """A hundred and fifty units at one point: legal, and proved to 0.1 %."""
    here = region(tower(150))
    answer = solve(Task("one", here.instance, effort, 0, go_on))

    assert here.cost_of(answer.labels) == answer.cost_cm
    assert answer.bound_cm <= answer.cost_cm <= 1.001 * answer.bound_cm


def test_a_cut_tower_is_a_legal_plan() -> None:
    """The tower's units are in legal branches; units elsewhere are left out."""
    rows = [*tower(60), (900.0, 0.0, -1, -1, "C3911", 1200.0, 2, 2)]
    here = region(rows)
    towers = towers_of(here.instance)
    labels = cut_towers(here.instance, towers, np.random.default_rng(0))

    assert [len(each) for each in towers] == [60]
    assert labels[60] == LEFT_OUT
    assert (labels[:60] != LEFT_OUT).all()
    assert here.cost_of(labels) < 1.2 * count_hosts(here.instance) + 1_200_000


@pytest.mark.parametrize("effort", sorted(EFFORTS))
@pytest.mark.parametrize(
    ("members", "left_out"),
    [([1], 1), ([2], 1), ([1, 1], 2), ([1, 2], 0), ([1] * 7, 0), ([2, 2], 0)],
)
def test_few_units(effort: str, members: list[int], left_out: int) -> None:
    """One unit, two, all of one member: who can be together is, and it is proved."""
    here = region([(0.0, 0.0, -1, -1, "C3911", 1200.0, full, full) for full in members])
    answer = solve(Task("one", here.instance, effort, 0, go_on))

    assert (answer.labels == LEFT_OUT).sum() == left_out
    assert answer.cost_cm == answer.bound_cm == here.best_cm()


@given(regions(most_units=7, most_hosts=1), st.integers(1, 40))
@settings(max_examples=80, deadline=None)
def test_a_cheaper_partition_is_the_cheapest(here: SmallRegion, percent: int) -> None:
    """Just as dynamic programming over all subsets, and nothing where nothing is cheaper."""
    nodes = here.instance.nodes
    order = np.roll(np.arange(nodes, dtype=np.int32), nodes - here.instance.units)
    costs = branch_costs(here.instance, order)
    best, _ = best_partition(here.instance, order, costs)
    more = best + 1 + best * percent // 100
    masks, cm = cheaper(here.instance, order, more)
    none, _ = cheaper(here.instance, order, best)

    assert cm.sum() == best
    assert masks.sum() == (1 << nodes) - 1
    assert np.bitwise_or.reduce(masks) == (1 << nodes) - 1
    assert len(none) == 0


@given(regions(most_units=8), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_pricing_by_squares_misses_nobody(here: SmallRegion, seed: int) -> None:
    """Least reduced costs are those over all units, near and far."""
    units = here.instance.units
    worth = np.random.default_rng(seed).integers(-50_000, 300_000, units)
    bound = certify(here.instance, worth, go_on)
    everybody = nearest_units(here.instance, units)
    picked = np.zeros(here.instance.width + 1, dtype=np.int32)

    assert bound is not None
    for host in range(here.instance.nodes):
        who = [i for i in range(units) if i != host and pair_cm(here.instance, i, host) < FAR]
        cm = [pair_cm(here.instance, i, host) for i in who]
        pairs = np.array([*who, -1], dtype=np.int32), np.array([*cm, FAR], dtype=np.int64)
        expected = best_star(here.instance, host, worth, *pairs, picked)
        assert bound.least[host] == expected
        assert sorted(everybody.who[host][everybody.who[host] >= 0].tolist()) == who


@given(regions())
@settings(max_examples=40, deadline=None)
def test_no_plan_leaves_out_fewer_than_proved(here: SmallRegion) -> None:
    """The best of all plans leaves out at least so many."""
    factor = here.policy.left_out_factor
    answer = solve(Task("one", here.instance, "best", 0, go_on))
    proved = least_left_out(here.instance, nobody_placed(here), go_on)

    assert proved <= (answer.labels == LEFT_OUT).sum()
    assert answer.left_out_min <= (answer.labels == LEFT_OUT).sum()
    assert factor > 0


def test_one_of_four_in_a_row_is_left_out() -> None:
    """Four in a row, 1,000 m apart, limit 1,200 m, one member each.

    Every one of them could be in a branch of three under a middle one, but two branches need six
    members: with any plan at least one is left out.
    """
    row = [(1000.0 * i, 0.0, -1, -1, "C3911", 1200.0, 1, 1) for i in range(4)]
    here = region(row, policy=Policy())
    answer = solve(Task("one", here.instance, "standard", 0, go_on))

    assert (answer.labels == LEFT_OUT).sum() == 1
    assert answer.left_out_min == 1


def test_workers_change_nothing() -> None:
    """A tower's plan depends on input, policy and seed alone."""
    here = region(tower(80))
    once, again = (solve(Task("one", here.instance, "standard", 3, go_on)) for _ in range(2))

    assert (once.labels == again.labels).all()
    assert once.bound_cm == again.bound_cm
