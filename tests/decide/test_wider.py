"""The smallest limit at which a unit could be placed, against every branch there could be."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from lxgeo.decide.leaving_out.wider import Around

CAP, LEAST, MOST = 5, 3, 50


def around(
    at: list[tuple[float, float]],
    full: list[int],
    *,
    hosts: int = 0,
    total: list[int] | None = None,
) -> Around:
    """Return units, and behind them approved branches with room for two."""
    count = len(at)
    units = np.arange(count) < count - hosts
    return Around(
        np.array(at, dtype=float),
        partner=units,
        room=np.where(units, CAP - 1, 2),
        full=np.array(full),
        total=np.array(full if total is None else total),
        least_full=LEAST,
        most_members=MOST,
    )


def by_hand(here: Around, unit: int) -> float | None:
    """Return the least limit over all hosts and all sets of units that hold this one."""
    limits = []
    units = np.flatnonzero(here.partner).tolist()
    for host in range(len(here.at)):
        others = [each for each in units if each != host]
        for size in range(1, min(len(others), int(here.room[host])) + 1):
            for under in combinations(others, size):
                group = {host, *under}
                legal = (
                    unit in group
                    and here.full[[*group]].sum() >= LEAST
                    and here.total[[*group]].sum() <= MOST
                )
                if legal:
                    limits.append(float(np.hypot(*(here.at[[*under]] - here.at[host]).T).max()))
    return min(limits, default=None)


def test_a_line_of_three() -> None:
    """At 0, 100 and 300 m: the middle one hosts, 200 m away from the farther of the others."""
    way = around([(0, 0), (100, 0), (300, 0)], [1, 1, 1]).least_way(0)

    assert way is not None
    assert (way.limit_m, way.host, way.others) == (200.0, 1, (2,))


def test_one_neighbour_of_two_members_is_enough() -> None:
    """1 + 2: the unit hosts, the neighbour comes, nobody else is needed."""
    way = around([(0, 0), (50, 0), (120, 0)], [1, 1, 2]).least_way(0)

    assert way is not None
    assert way.limit_m == 70.0
    assert (way.host, way.others) == (1, (2,))


def test_an_approved_branch_needs_nobody_else() -> None:
    """A branch of three with room, 900 m off, before two units at 1,000 m."""
    way = around([(0, 0), (1000, 0), (1000, 0), (0, 900)], [1, 1, 1, 3], hosts=1).least_way(0)

    assert way is not None
    assert (way.limit_m, way.host, way.others) == (900.0, 3, ())


def test_two_members_in_all_are_too_few_at_any_distance() -> None:
    """No limit helps: that is told as none."""
    assert around([(0, 0), (10, 0)], [1, 1]).least_way(0) is None
    assert around([(0, 0)], [2]).least_way(0) is None


def test_too_many_members_pass_a_neighbour_over() -> None:
    """The nearest would bring 50 members: the next two come instead."""
    way = around([(0, 0), (10, 0), (20, 0), (30, 0)], [1, 2, 1, 1], total=[1, 50, 1, 1]).least_way(
        0
    )

    assert way is not None
    assert (way.limit_m, way.host, way.others) == (20.0, 2, (3,))


def test_who_may_not_share_is_no_partner() -> None:
    """The nearest is under another body: the one behind it is the partner."""
    here = around([(0, 0), (10, 0), (70, 0)], [1, 2, 2])
    apart = Around(
        **{name: getattr(here, name) for name in ("at", "partner", "room", "full", "total")},
        least_full=LEAST,
        most_members=MOST,
        allowed=lambda one, other: 1 not in {one, other},
    )

    way = apart.least_way(0)
    assert way is not None
    assert (way.limit_m, way.others or (way.host,)) == (70.0, (2,))


def test_six_hundred_at_one_point() -> None:
    """All of them at no distance at all: nobody is counted twice."""
    way = around([(0.0, 0.0)] * 600, [1] * 600).least_way(17)

    assert way is not None
    assert way.limit_m == 0
    assert len({17, way.host, *way.others}) == 3


@pytest.mark.parametrize("seed", range(40))
def test_no_smaller_limit_would_do(seed: int) -> None:
    """Up to eight units and branches anywhere: the same limit as by looking at all of them."""
    random = np.random.default_rng(seed)
    count, hosts = int(random.integers(2, 8)), int(random.integers(0, 2))
    spots = [tuple(each) for each in random.integers(0, 6, size=(count + hosts, 2)) * 100.0]
    full = [*random.integers(1, 3, size=count).tolist(), *[3] * hosts]
    total = [each + int(random.choice([0, 0, 20, 47])) for each in full]
    here = around(spots, full, hosts=hosts, total=total)

    for unit in range(count):
        way, least = here.least_way(unit), by_hand(here, unit)
        assert (None if way is None else way.limit_m) == least
