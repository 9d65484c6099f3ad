"""Instructors: as few as the limit allows, nobody forgotten, short ways; by hand and at random."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from lxgeo.decide.serving.instructors import NO_SEAT, assign_posts
from lxgeo.errors import InputError

NOWHERE = np.nan


def test_three_heaps_of_two() -> None:
    """Two at 0, two at 10, two at 100: each pair has its own, nobody goes anywhere."""
    x = np.array([0.0, 100, 10, 0, 10, 100])
    duty = assign_posts(x, np.zeros(6), 2)

    assert len(duty.seats) == 3
    assert duty.metres.tolist() == [0] * 6
    assert duty.of[0] == duty.of[3] != duty.of[1] == duty.of[5]
    assert (duty.tour_m.tolist(), duty.bound_m) == ([0, 0, 0], 0)


def test_the_limit_sends_somebody_farther() -> None:
    """Three at 0 and one at 9, two each: one of the three goes with the one at 9, nine metres."""
    duty = assign_posts(np.array([0.0, 0, 0, 9]), np.zeros(4), 2)

    assert np.bincount(duty.of).tolist() == [2, 2]
    assert duty.metres.sum() == 9
    assert duty.bound_m == 9
    assert sorted(duty.tour_m.tolist()) == [0, 18]


def test_a_round_does_not_cross_itself() -> None:
    """Four corners of a square of 10 m: the round is its edge, 40 m."""
    corners = np.array([[0.0, 0], [10, 10], [0, 10], [10, 0]])

    assert assign_posts(*corners.T, 9).tour_m.tolist() == [40]


def test_who_has_no_position_is_looked_after_too() -> None:
    """They go to whoever has room; where nobody has a position there is no middle."""
    duty = assign_posts(np.array([0.0, NOWHERE, 5, NOWHERE]), np.zeros(4), 2)
    lost = assign_posts(np.full(3, NOWHERE), np.full(3, NOWHERE), 2)

    assert np.bincount(duty.of).tolist() == [2, 2]
    assert np.isnan(duty.metres).tolist() == [False, True, False, True]
    assert lost.of.tolist() == [0, 0, 1]
    assert lost.seats.tolist() == [NO_SEAT, NO_SEAT]


@pytest.mark.parametrize("seed", range(5))
def test_everybody_once_and_no_limit_broken(seed: int) -> None:
    """Fewest instructors, no load above the limit, ways never below their bound."""
    random = np.random.default_rng(seed)
    x, y = random.integers(0, 50, (2, 37)).astype(float)
    duty = assign_posts(x, y, 7)
    seat = duty.seats[duty.of]

    assert len(duty.seats) == 6
    assert np.bincount(duty.of, minlength=6).max() <= 7
    assert duty.metres == pytest.approx(np.hypot(x - x[seat], y - y[seat]))
    assert duty.metres.sum() >= duty.bound_m - 1e-6


@pytest.mark.parametrize("seed", range(5))
def test_equal_to_trying_every_choice(seed: int) -> None:
    """Seven posts, two of them at one place, one nowhere; three of three each: the best of all.

    Seats are tried at every three places, posts in every order of the ways that they would save.
    """
    random = np.random.default_rng(seed)
    x, y = random.integers(0, 40, (2, 7)).astype(float)
    x[1], y[1] = x[0], y[0]
    x[6] = NOWHERE
    duty = assign_posts(x, y, 3)
    best = min(
        sum(np.hypot(x[k] - x[seats[to]], y[k] - y[seats[to]]) for k, to in enumerate(of))
        for seats in combinations(range(6), 3)
        for of in product(range(3), repeat=6)
        if max(map(of.count, range(3))) <= 3
    )

    assert np.nansum(duty.metres) == pytest.approx(best, abs=0.01)
    assert duty.bound_m == pytest.approx(best, abs=0.01)


def test_no_capacity_is_refused() -> None:
    """Nobody can look after none."""
    with pytest.raises(InputError):
        assign_posts(np.zeros(2), np.zeros(2), 0)
