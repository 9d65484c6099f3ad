"""Centres: the best places, proved; equal to trying every choice."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from lxgeo.decide.serving.siting import cover, median
from lxgeo.errors import InputError

# Three people at 0 and one each at 10 and 20 on a street; places at 0, 10 and 20.
STREET = np.array([[0.0, 10, 20], [10, 0, 10], [20, 10, 0]])
PEOPLE = np.array([3, 1, 1])


def test_one_centre_stands_where_the_ways_are_shortest() -> None:
    """At 0 the ways sum to 10 + 20 = 30, at 10 to 3 × 10 + 10 = 40, at 20 to 70."""
    found = median(STREET, PEOPLE, 1)

    assert found.sites.tolist() == [0]
    assert (found.value, found.bound, found.gap) == (30.0, 30.0, 0.0)
    assert found.serves.tolist() == [0, 0, 0]


def test_a_centre_that_is_kept_stays() -> None:
    """With the one at 20 kept, the second goes to 0: 10 metres in all."""
    found = median(STREET, PEOPLE, 2, kept=np.array([False, False, True]))

    assert found.sites.tolist() == [0, 2]
    assert found.value == 10.0
    assert found.serves[0] == 0


def test_walking_minutes() -> None:
    """Within 10 metres one centre in the middle covers all; within 5 each needs its own."""
    assert cover(STREET <= 10, PEOPLE).sites.tolist() == [1]
    assert cover(STREET <= 5, PEOPLE).value == 3
    most = cover(STREET <= 5, PEOPLE, 1)
    assert (most.sites.tolist(), most.value, most.bound) == ([0], 3.0, 3.0)
    assert most.serves.tolist() == [0, -1, -1]


def test_whom_no_place_covers_is_left_alone() -> None:
    """A demand out of everybody's reach does not make the task impossible."""
    within = np.array([[True, False], [False, False]])
    found = cover(within, np.array([1, 5]))

    assert found.sites.tolist() == [0]
    assert found.serves.tolist() == [0, -1]


@pytest.mark.parametrize("seed", range(6))
def test_equal_to_trying_every_choice(seed: int) -> None:
    """Seven places to serve, six sites, every number of centres, with and without one kept."""
    random = np.random.default_rng(seed)
    away = random.integers(0, 50, (7, 1, 2)) - random.integers(0, 50, (1, 6, 2))
    metres, weight = np.hypot(away[..., 0], away[..., 1]), random.integers(1, 5, 7)
    kept = np.arange(6) == (0 if seed % 2 else -1)
    within = metres < 15
    for count in range(1, 7):
        choices = [
            list(sites) for sites in combinations(range(6), count) if seed % 2 == 0 or 0 in sites
        ]
        near = median(metres, weight, count, kept=kept)
        most = cover(within, weight, count, kept=kept)

        least = min((weight @ metres[:, sites].min(axis=1)) for sites in choices)
        assert near.value == pytest.approx(least, abs=0.1)
        assert near.bound == pytest.approx(least, abs=0.1)
        assert near.bound <= near.value
        assert most.value == max(weight[within[:, sites].any(axis=1)].sum() for sites in choices)
        assert most.bound == most.value


def test_three_hundred_places_are_solved_to_proof() -> None:
    """A district's size: places in villages, proved within a metre."""
    random = np.random.default_rng(3)
    villages = random.uniform(0, 9000, (12, 2))
    people = villages[random.integers(0, 12, 300)] + random.normal(0, 250, (300, 2))
    sites = villages[np.arange(60) % 12] + random.normal(0, 400, (60, 2))
    metres = np.hypot(*(people[:, None] - sites[None]).transpose(2, 0, 1))
    for count in (1, 4, 10):
        found = median(metres, random.integers(1, 4, 300), count)

        assert len(found.sites) == count
        assert found.value - found.bound <= 0.02


def test_impossible_numbers_are_told() -> None:
    """More centres than places, or fewer than are kept."""
    with pytest.raises(InputError, match="4 个中心"):
        median(STREET, PEOPLE, 4)
    with pytest.raises(InputError, match="已有 2 个"):
        cover(STREET <= 5, PEOPLE, 1, kept=np.array([True, True, False]))


def test_stopped_it_still_answers() -> None:
    """Stopped at once, there are as many centres as asked for, and a bound that holds."""
    found = median(STREET, PEOPLE, 2, stop=lambda: True)

    assert len(found.sites) == 2
    assert found.bound <= found.value
