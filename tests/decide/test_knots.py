"""Knots: what a plan can tie, what it is fined, and which a fraction of plans ties too often."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from small_region import SmallRegion, regions

from lxgeo.decide.plans.found import Columns
from lxgeo.decide.plans.stars import best_sets, sets_within
from lxgeo.decide.proof.duals import (
    Duals,
    Knots,
    all_knots,
    filling,
    no_fines,
    no_knots,
    tied,
    ties,
    with_fines,
)
from lxgeo.decide.proof.knots import fraction_of, grown, violated
from lxgeo.decide.regions.candidates import NOBODY, nearest_units
from lxgeo.decide.regions.instance import FAR


def every_knot(units: int, room: int) -> Knots:
    """Return every knot of so many units: every set of them, every grip up to 5, and filling."""
    sets = [chosen for size in range(3, units + 1) for chosen in combinations(range(units), size)]
    rows = np.full((len(sets), max(1, units)), NOBODY, dtype=np.int32)
    for row, chosen in zip(rows, sets, strict=True):
        row[: len(chosen)] = chosen
    return all_knots(
        [no_knots(), *(tied(rows, grip) for grip in (2, 3, 4, 5)), filling(rows, room)]
    )


def drawn(here: SmallRegion, seed: int) -> Duals:
    """Return a worth and fines on some knots of a region, by chance."""
    random, units = np.random.default_rng(seed), len(here.sites)
    worth = random.integers(-100_000, 400_000, units)
    worth = np.minimum(worth, here.instance.node["alone_cm"][:units])
    knots = every_knot(units, here.instance.width)
    some = np.flatnonzero(random.random(len(knots.grip)) < random.random())
    return with_fines(
        here.instance, worth, knots.taken(some), random.integers(0, 60_000, len(some))
    )


def often(knots: Knots, members: tuple[int, ...]) -> np.ndarray:
    """Return how often a branch ties each knot, by the words of the definition."""
    inside = np.isin(knots.units, members).sum(axis=1)
    return np.maximum(0, inside - knots.free) // knots.grip


def partitions(units: tuple[int, ...], most: int) -> list[list[tuple[int, ...]]]:
    """Return every way to put units into branches of at most so many, or to leave them out."""
    if not units:
        return [[]]
    first, rest = units[0], units[1:]
    found = list(partitions(rest, most))
    for size in range(1, most):
        for others in combinations(rest, size):
            left = tuple(unit for unit in rest if unit not in others)
            found += [[(first, *others), *more] for more in partitions(left, most)]
    return found


def test_no_plan_ties_a_knot_more_often_than_said() -> None:
    """All plans of six units in branches of up to four, all knots; some plan ties each so often."""
    knots = every_knot(6, 4)
    most = np.zeros_like(knots.times)
    for plan in partitions(tuple(range(6)), 4):
        for_plan = np.zeros_like(most)
        for branch in plan:
            for_plan += often(knots, branch)
        most = np.maximum(most, for_plan)

    assert (most <= knots.times).all()
    within = (knots.grip <= 4) & ((knots.units != NOBODY).sum(axis=1) == 6)
    assert (most == knots.times)[within].all()


@given(regions(most_units=6), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_any_worth_and_fines_prove_a_bound(here: SmallRegion, seed: int) -> None:
    """Whatever a unit is worth and a knot is fined, the bound is below every plan."""
    duals, near = drawn(here, seed), nearest_units(here.instance, len(here.sites))
    _, least = best_sets(here.instance, near, duals, 1)
    fines = int((duals.times * duals.fine).sum())

    assert duals.worth.sum() - fines + np.minimum(least, 0).sum() <= here.best_cm()


@given(regions(most_units=6), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_every_set_is_charged_what_it_ties(here: SmallRegion, seed: int) -> None:
    """Sets within a limit: all of them, each at cost − worth + fines, as `ties` has it too."""
    duals, near = drawn(here, seed), nearest_units(here.instance, len(here.sites))
    nodes, units = here.instance.nodes, len(here.sites)
    limit = int(np.random.default_rng(seed).integers(-200_000, 400_000))
    all_sets = sets_within(
        here.instance, near, no_fines(here.instance, 0 * duals.worth), np.full(nodes, FAR), 50_000
    )
    low = sets_within(here.instance, near, duals, np.full(nodes, limit), 50_000)
    assert all_sets is not None
    assert low is not None
    first, knot, times = ties(all_sets.nodes, duals)
    reduced = {}
    for row, cm, begin, end in zip(all_sets.nodes, all_sets.cm, first, first[1:], strict=False):
        inside = row[(row != NOBODY) & (row < units)]
        fines = int((duals.fine[knot[begin:end]] * times[begin:end]).sum())
        reduced[tuple(sorted(row.tolist()))] = int(cm - duals.worth[inside].sum() + fines)
    expected = {key: value for key, value in reduced.items() if value <= limit}

    rows = [tuple(sorted(row)) for row in low.nodes.tolist()]
    assert dict(zip(rows, low.reduced.tolist(), strict=True)) == expected
    assert len(rows) == len(expected)


@given(st.lists(st.integers(0, 7), min_size=1, max_size=5, unique=True))
def test_ties_are_counted_as_defined(members: list[int]) -> None:
    """A star ties a knot as often as its grip goes into the units beyond the free ones."""
    knots = every_knot(8, 5)
    row = np.array([[*members, *[NOBODY] * (5 - len(members))]], dtype=np.int32)
    which = np.repeat(np.arange(len(knots.grip)), (knots.units != NOBODY).sum(axis=1))
    units = knots.units[knots.units != NOBODY]
    order = np.argsort(units, kind="stable")
    first = np.concatenate([[0], np.cumsum(np.bincount(units, minlength=8))])
    fine = np.ones_like(knots.grip)
    duals = Duals(
        *(fine[:0], fine, knots.grip, knots.free, knots.times),
        *(first, which[order].astype(np.int32)),
    )
    _, knot, times = ties(row, duals)
    counted = np.zeros_like(knots.grip)
    counted[knot] = times

    assert counted.tolist() == often(knots, tuple(members)).tolist()
    assert len(set(knot.tolist())) == len(knot)


def whole(rows: list[tuple[int, ...]]) -> Columns:
    """Return branches of these units; their costs don't matter."""
    width = max(map(len, rows))
    nodes = np.array([[*[NOBODY] * (width - len(row)), *row] for row in rows], dtype=np.int32)
    return Columns(nodes, np.zeros(len(rows), dtype=np.int64))


def test_a_violated_triple_by_hand() -> None:
    """Of three units, half of each pair is together: three halves, where a plan has at most one."""
    pairs = whole([(0, 1), (0, 2), (1, 2)])
    knots = violated(fraction_of(3, pairs, np.full(3, 0.5)), 5, 10)

    assert knots.units[0, :4].tolist() == [0, 1, 2, NOBODY]
    assert (knots.grip[0], knots.free[0], knots.times[0]) == (2, 0, 1)


def test_units_that_need_one_branch_more_by_hand() -> None:
    """Four units, a third of each three of them together: 4/3 branches, where a plan needs two.

    So of the four no more than two are further units of a branch, and the fraction has 8/3 of them.
    """
    threes = whole(list(combinations(range(4), 3)))
    plan = fraction_of(4, threes, np.full(4, 1 / 3))
    units, excess = grown(plan, 0, 3)
    knot = filling(units[:1], 3)

    assert units[0, :5].tolist() == [0, 1, 2, 3, NOBODY]
    np.testing.assert_allclose(excess, 2 - 4 / 3)
    assert (knot.grip[0], knot.free[0], knot.times[0]) == (1, 1, 2)
    assert sum(int(often(knot, each)[0]) for each in combinations(range(4), 3)) / 3 == 8 / 3


def test_what_is_whole_violates_nothing() -> None:
    """A plan, not a fraction of some, ties no knot too often."""
    plan = fraction_of(9, whole([(0, 1, 2), (3, 4, 5), (6, 7, 8)]), np.ones(3))

    assert not len(violated(plan, 3, 10).grip)
