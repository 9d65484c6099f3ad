"""A region's plan and its bound, against every plan there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_region import SmallRegion, region, regions

from lxgeo.decide.leaving_out.within_reach import reach_of
from lxgeo.decide.plans.choose import EXACT_CM, Patience, choose
from lxgeo.decide.plans.found import Columns, Found, found, joined
from lxgeo.decide.plans.greedy import complete, greedy
from lxgeo.decide.plans.recombine import recombined
from lxgeo.decide.plans.search import Neighbourhood, improve
from lxgeo.decide.plans.stars import sets_within, stars_within
from lxgeo.decide.proof.bound import certify, no_bound, prove
from lxgeo.decide.proof.exact import choose_met, close, partition_all, small_enough
from lxgeo.decide.proof.tighten import tighten
from lxgeo.decide.regions.candidates import nearest_hosts, nearest_units
from lxgeo.decide.regions.instance import FAR
from lxgeo.decide.solve import EFFORTS, Task, solve


def go_on() -> bool:
    """Never stop."""
    return False


def stop_now() -> bool:
    """Stop at the first question."""
    return True


def searched(here: SmallRegion, widest: int = 12) -> Found:
    """Return what greedy and local search find."""
    near = nearest_units(here.instance, 80)
    around = Neighbourhood(near, nearest_hosts(here.instance, 8), widest)
    return improve(here.instance, around, greedy(here.instance, near), go_on)


def nobody(here: SmallRegion) -> Found:
    """Return the plan that leaves everybody out."""
    none = np.zeros(0, dtype=np.int64)
    return found(here.instance, Columns(np.zeros((0, 1), dtype=np.int32), none))


@given(regions())
@settings(max_examples=60, deadline=None)
def test_best_effort_finds_the_best_plan_of_up_to_eight_units(here: SmallRegion) -> None:
    """Plan, cost and bound all equal the best of all partitions, fixed hosts included."""
    answer = solve(Task("one", here.instance, "best", 0, go_on))

    assert here.cost_of(answer.labels) == answer.cost_cm == answer.bound_cm == here.best_cm()


@given(regions(), st.sampled_from(["fast", "standard"]))
@settings(max_examples=60, deadline=None)
def test_any_effort_is_legal_and_honest(here: SmallRegion, effort: str) -> None:
    """The plan is legal and costs what it says; bound ≤ best plan ≤ cost."""
    answer = solve(Task("one", here.instance, effort, 0, go_on))

    assert here.cost_of(answer.labels) == answer.cost_cm
    assert 0 <= answer.bound_cm <= here.best_cm() <= answer.cost_cm
    assert not answer.stopped


@given(regions(), st.integers(2, 12))
@settings(max_examples=60, deadline=None)
def test_search_is_legal_and_adds_up(here: SmallRegion, widest: int) -> None:
    """Greedy and local search alone: legal, no cheaper than the best, costs as stated."""
    plan = searched(here, widest)

    assert here.cost_of(plan.labels) == plan.cm >= here.best_cm()
    assert found(here.instance, plan.columns).cm == plan.cm


@given(regions())
@settings(max_examples=60, deadline=None)
def test_ascended_bound_is_below_every_plan(here: SmallRegion) -> None:
    """Subgradient steps never rise above the best plan."""
    bound = prove(here.instance, searched(here), go_on)

    assert 0 <= bound.cm <= here.best_cm()


@given(regions(most_units=7), st.integers(0, 2**32 - 1))
@settings(max_examples=80, deadline=None)
def test_any_worth_proves_a_bound(here: SmallRegion, seed: int) -> None:
    """The bound holds for any worth that is no more than leaving out costs."""
    highest = here.instance.node["alone_cm"][: len(here.sites)]
    drawn = np.random.default_rng(seed).integers(-100_000, 400_000, len(here.sites))
    bound = certify(here.instance, np.minimum(drawn, highest), go_on)

    assert bound is not None
    assert bound.cm <= here.best_cm()


@given(regions(most_hosts=2))
@settings(max_examples=60, deadline=None)
def test_choosing_among_all_stars_is_exact(here: SmallRegion) -> None:
    """Set partitioning over every star gives the best plan, and its cost as bound."""
    units = len(here.sites)
    worth = np.zeros(units, dtype=np.int64)
    slack = np.full(here.instance.nodes, FAR >> 1)
    stars = stars_within(here.instance, nearest_units(here.instance, units), worth, slack, 50_000)
    assert stars is not None
    columns = joined([Columns(stars.nodes, stars.cm)])
    choice = choose(here.instance, columns, worth, nobody(here), Patience(10_000, EXACT_CM, go_on))

    assert choice.bound_cm == choice.found.cm == here.cost_of(choice.found.labels)
    assert choice.found.cm == here.best_cm()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_hasty_choice_is_still_honest(seed: int) -> None:
    """However near is near enough, the bound stays below the best choice among the branches."""
    here = cloud(40, seed)
    near = nearest_units(here.instance, 12)
    worth, slack = np.zeros(40, dtype=np.int64), np.full(here.instance.nodes, 150_000)
    stars = stars_within(here.instance, near, worth, slack, 100_000)
    assert stars is not None
    columns = joined([Columns(stars.nodes, stars.cm)])
    hasty, exact = (
        choose(here.instance, columns, worth, nobody(here), Patience(10_000, within, go_on))
        for within in (1e12, EXACT_CM)
    )

    assert hasty.bound_cm <= exact.found.cm == exact.bound_cm < hasty.found.cm


@given(regions(), st.integers(0, 20))
@settings(max_examples=60, deadline=None)
def test_closing_the_gap_is_exact(here: SmallRegion, rounds: int) -> None:
    """From a plan that leaves everybody out and the bound over it, no set of units is missed."""
    start = nobody(here)
    tight = tighten(here.instance, start, start.columns, rounds, go_on)
    assert tight is not None
    choice = close(here.instance, start, tight, 50_000, Patience(10_000, EXACT_CM, go_on))

    assert tight.cm <= here.best_cm()
    assert choice.found.cm == choice.bound_cm == here.best_cm()


@given(regions(), st.integers(0, 20), st.integers(1, 60))
@settings(max_examples=100, deadline=None)
def test_closing_in_part_is_honest(here: SmallRegion, rounds: int, most_sets: int) -> None:
    """Where only some of the gap can be looked into, the bound stays below the best plan of all."""
    start = nobody(here)
    tight = tighten(here.instance, start, start.columns, rounds, go_on)
    assert tight is not None
    choice = close(here.instance, start, tight, most_sets, Patience(10_000, EXACT_CM, go_on))

    assert tight.cm <= choice.bound_cm <= here.best_cm()
    assert here.best_cm() <= here.cost_of(choice.found.labels) == choice.found.cm <= start.cm


def test_closing_in_part_raises_the_bound() -> None:
    """Too many sets for all of the gap, few enough for a part of it: what is proved still grows."""
    here = cloud(40, seed=1)
    start = searched(here)
    tight = tighten(here.instance, start, start.columns, 0, go_on)
    assert tight is not None
    patience = Patience(10_000, EXACT_CM, go_on)
    near, slack = nearest_units(here.instance, 40), np.minimum(tight.least, 0)
    half = (start.cm - 1 - tight.cm) // 2
    few = sets_within(here.instance, near, tight.duals, half + slack, 50_000)
    assert few is not None
    part = close(here.instance, start, tight, len(few.cm), patience)
    whole = close(here.instance, start, tight, 50_000, patience)

    assert tight.cm < part.bound_cm < whole.bound_cm == whole.found.cm <= part.found.cm


@given(regions(), st.integers(0, 20))
@settings(max_examples=60, deadline=None)
def test_what_was_met_is_never_worse(here: SmallRegion, rounds: int) -> None:
    """The branches met on the way make a legal plan, at most as dear as the one to begin with."""
    plan = searched(here)
    tight = tighten(here.instance, plan, plan.columns, rounds, go_on)
    assert tight is not None
    met = choose_met(here.instance, plan, tight, Patience(100, EXACT_CM, go_on))

    assert tight.cm <= here.cost_of(met.labels) == met.cm <= plan.cm


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_cuts_raise_the_bound(seed: int) -> None:
    """On a cloud of forty, the bound with cuts is at least the one without, and below the plan."""
    here = cloud(40, seed)
    plan = searched(here)
    none, many = (tighten(here.instance, plan, plan.columns, rounds, go_on) for rounds in (0, 20))

    assert none is not None
    assert many is not None
    assert 0 < none.cm <= many.cm <= plan.cm


def test_recombining_takes_the_better_half_of_each_by_hand() -> None:
    """Two hamlets 9 km apart, each plan good in one: together good in both, 2 · 800 m.

    Three units of one member each at one point make a branch of 500 + 300 m; the first plan founds
    one in the west and leaves the east out, the second the other way round.
    """
    rows = [(x, 0.0, -1, -1, "C3912", 1200.0, 1, 1) for x in (0.0,) * 3 + (9000.0,) * 3]
    here = region(rows).instance
    cost = np.array([80_000])
    west, east = (
        found(here, Columns(np.array([members], dtype=np.int32), cost))
        for members in ([0, 1, 2], [3, 4, 5])
    )
    both = recombined(here, [west, east])

    assert west.cm == east.cm == 80_000 + 3 * 1_200_000
    assert both.cm == 160_000
    assert both.labels.tolist() == [0, 0, 0, 3, 3, 3]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_recombining_is_legal_and_no_worse(seed: int) -> None:
    """From plans built in random order: legal, adds up, at most the cheapest of them."""
    here = cloud(30, seed=seed % 7)
    random = np.random.default_rng(seed)
    near = nearest_units(here.instance, 80)
    around = Neighbourhood(near, nearest_hosts(here.instance, 8), 5)
    nobody = np.full(30, -1, dtype=np.int32)
    plans = []
    for _ in range(4):
        order = random.permutation(30).astype(np.int32)
        labels = complete(here.instance, near, order, nobody)
        plans.append(improve(here.instance, around, labels, go_on))
    best = recombined(here.instance, plans)

    assert here.cost_of(best.labels) == best.cm <= min(plan.cm for plan in plans)


@given(regions(most_hosts=1))
@settings(max_examples=60, deadline=None)
def test_partition_in_one_go_is_exact(here: SmallRegion) -> None:
    """Up to twelve nodes with one fixed host: dynamic programming finds the best plan."""
    assert small_enough(here.instance)
    plan = partition_all(here.instance)

    assert here.cost_of(plan.labels) == plan.cm == here.best_cm()


@given(regions(most_units=7))
@settings(max_examples=60, deadline=None)
def test_hopeless_units_are_left_out_by_every_plan(here: SmallRegion) -> None:
    """No unit that is called hopeless stands in any legal branch."""
    reach = reach_of(here.instance)
    units = len(here.sites)
    worth, slack = np.zeros(units, dtype=np.int64), np.full(here.instance.nodes, FAR >> 1)
    stars = stars_within(here.instance, nearest_units(here.instance, units), worth, slack, 50_000)
    assert stars is not None
    placeable = np.isin(np.arange(units), stars.nodes)

    assert not (placeable & reach.hopeless).any()


def test_what_lies_around_by_hand() -> None:
    """Three in a row, 1,000 m apart, limit 1,200 m, one member each; a fourth 5 km off.

    The middle one gathers all three: every one of the row can be in a branch of three. The fourth
    has its nearest partner 3,000 m away. With only the first two, two members is the most.
    """
    row = [(x, 0.0, -1, -1, "C3912", 1200.0, 1, 1) for x in (0.0, 1000.0, 2000.0, 5000.0)]
    reach, two = reach_of(region(row).instance), reach_of(region(row[:2]).instance)

    assert reach.partners.tolist() == [1, 2, 1, 0]
    assert reach.most_full.tolist() == [3, 3, 3, 1]
    assert reach.nearest_m.tolist() == [1000.0, 1000.0, 1000.0, 3000.0]
    assert reach.hopeless.tolist() == [False, False, False, True]
    assert two.most_full.tolist() == [2, 2]
    assert two.hopeless.all()


def test_a_member_of_zero_weight_does_not_crowd_out_the_others() -> None:
    """Six at one point with 0, 0, 0, 1, 1, 1 members, two units a branch: nobody gathers three."""
    rows = [(0.0, 0.0, -1, -1, "", 1200.0, full, 1) for full in (0, 0, 0, 1, 1, 1)]
    pairs = region(rows, policy=region(rows).policy.__class__(joint_max_units=2))

    assert reach_of(pairs.instance).most_full.tolist() == [1, 1, 1, 2, 2, 2]


def cloud(count: int, seed: int) -> SmallRegion:
    """Return a larger region with three fixed hosts."""
    random = np.random.default_rng(seed)
    codes = ("C3912", "C3911", "C3921", "I6510", "")

    def row(full: int) -> tuple[float, float, int, int, str, float, int, int]:
        x, y = random.uniform(0, 3000, 2)
        house = int(random.integers(-4, 4))
        if house >= 0:
            x, y = 400.0 * house, 700.0
        code = codes[random.integers(len(codes))]
        return float(x), float(y), max(house, -1), -1, code, 1200.0, full, full

    rows = [row(int(random.integers(1, 3))) for _ in range(count)]
    hosts = [row(3) for _ in range(3)]
    return region(rows, hosts, standalone=(True, False, False), room=(4, 1, 3))


@pytest.mark.parametrize("effort", sorted(EFFORTS))
def test_a_larger_region_is_legal_and_nearly_proved(effort: str) -> None:
    """Forty-five units: legal, adds up, and within five per cent of the bound."""
    here = cloud(45, seed=3)
    answer = solve(Task("one", here.instance, effort, 0, go_on))

    assert here.cost_of(answer.labels) == answer.cost_cm
    assert answer.bound_cm <= answer.cost_cm <= 1.05 * answer.bound_cm


def test_more_effort_is_no_worse() -> None:
    """Each effort's plan costs at most what a lesser one's does, its bound is at least as high."""
    here = cloud(50, seed=4)
    fast, standard, best = (
        solve(Task("one", here.instance, effort, 0, go_on)) for effort in EFFORTS
    )

    assert best.cost_cm <= standard.cost_cm <= fast.cost_cm
    assert best.bound_cm >= standard.bound_cm >= fast.bound_cm


def test_same_seed_same_answer() -> None:
    """A task gives the same labels again, and another seed may only cost something else."""
    here = cloud(60, seed=5)
    once, again = (solve(Task("one", here.instance, "standard", 7, go_on)) for _ in range(2))

    assert (once.labels == again.labels).all()
    assert (once.cost_cm, once.bound_cm) == (again.cost_cm, again.bound_cm)


def test_stopped_at_once_is_still_a_plan() -> None:
    """Whoever says stop at the first question gets a legal plan, a bound of 0, and is told."""
    here = cloud(60, seed=6)
    answer = solve(Task("one", here.instance, "best", 0, stop_now))

    assert here.cost_of(answer.labels) == answer.cost_cm
    assert answer.bound_cm == 0
    assert answer.stopped


@pytest.mark.parametrize("after", [1, 2, 3, 5, 9, 20, 40, 90, 200, 450])
def test_stopped_at_any_time_is_legal_and_honest(after: int) -> None:
    """However many questions are answered with no: legal plan, valid bound."""
    here = cloud(45, seed=8)
    asked = iter(range(10_000))
    answer = solve(Task("one", here.instance, "best", 0, lambda: next(asked) >= after))
    best = solve(Task("one", here.instance, "best", 0, go_on))

    assert here.cost_of(answer.labels) == answer.cost_cm
    assert 0 <= answer.bound_cm <= best.cost_cm <= answer.cost_cm


def test_no_bound_is_zero() -> None:
    """The bound before anything is proved."""
    assert no_bound(cloud(5, seed=1).instance).cm == 0
