"""The smallest limit at which a unit could be placed, against every branch there could be."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from lxgeo.decide.leaving_out.wider import Around, Way, around_of, least_ways
from lxgeo.decide.regions.instance import FixedHosts, build_instance
from lxgeo.policy import Policy
from lxgeo.rules.cost import NOWHERE, Sites
from lxgeo.rules.trade import trade_levels

CAP, LEAST, MOST = 5, 3, 50


def around(  # noqa: PLR0913 - a region has so many sides
    at: list[tuple[float, float]],
    full: list[int],
    *,
    hosts: int = 0,
    total: list[int] | None = None,
    lines: list[int] | None = None,
    codes: list[str] | None = None,
    policy: Policy | None = None,
) -> Around:
    """Return units, and behind them approved branches with room for two; limits of 1 m."""
    count = len(at)
    nowhere = np.full(count, NOWHERE, dtype=np.int32)
    sites = Sites(
        *np.array(at, dtype=float).T,
        building=nowhere,
        park=nowhere,
        trade=trade_levels(codes or [""] * count),
        limit_m=np.full(count, 1.0),
        line=np.array(lines or [0] * count, dtype=np.int32),
    )
    units, fixed = np.arange(count - hosts), np.arange(count - hosts, count)
    members, everybody = np.array(full), np.array(full if total is None else total)
    branches = FixedHosts(
        sites.take(fixed),
        standalone=np.zeros(hosts, dtype=bool),
        full=members[fixed],
        total=everybody[fixed],
        room=np.full(hosts, 2),
    )
    policy = policy or Policy()
    return around_of(
        build_instance(sites.take(units), members[units], everybody[units], branches, policy)
    )


def way_of(here: Around, unit: int) -> Way | None:
    """Return the least way of one unit."""
    return least_ways(here, np.array([unit]))[0]


def by_hand(here: Around, unit: int) -> float | None:
    """Return the least limit over all hosts and all sets of units that hold this one."""
    limits = []
    units = np.flatnonzero(here.partner).tolist()
    at = np.column_stack([here.instance.node["x"], here.instance.node["y"]])
    for host in range(len(at)):
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
                    limits.append(float(np.hypot(*(at[[*under]] - at[host]).T).max()))
    return min(limits, default=None)


def test_a_line_of_three() -> None:
    """At 0, 100 and 300 m: the middle one hosts, 200 m away from the farther of the others."""
    way = way_of(around([(0, 0), (100, 0), (300, 0)], [1, 1, 1]), 0)

    assert way is not None
    assert (way.limit_m, way.host, way.others) == (200.0, 1, (2,))


def test_one_neighbour_of_two_members_is_enough() -> None:
    """1 + 2: the unit hosts, the neighbour comes, nobody else is needed."""
    way = way_of(around([(0, 0), (50, 0), (120, 0)], [1, 1, 2]), 0)

    assert way is not None
    assert way.limit_m == 70.0
    assert (way.host, way.others) == (1, (2,))


def test_an_approved_branch_needs_nobody_else() -> None:
    """A branch of three with room, 900 m off, before two units at 1,000 m."""
    way = way_of(around([(0, 0), (1000, 0), (1000, 0), (0, 900)], [1, 1, 1, 3], hosts=1), 0)

    assert way is not None
    assert (way.limit_m, way.host, way.others) == (900.0, 3, ())


def test_two_members_in_all_are_too_few_at_any_distance() -> None:
    """No limit helps: that is told as none."""
    assert way_of(around([(0, 0), (10, 0)], [1, 1]), 0) is None
    assert way_of(around([(0, 0)], [2]), 0) is None


def test_too_many_members_pass_a_neighbour_over() -> None:
    """The nearest would bring 50 members: the next two come instead."""
    way = way_of(around([(0, 0), (10, 0), (20, 0), (30, 0)], [1, 2, 1, 1], total=[1, 50, 1, 1]), 0)

    assert way is not None
    assert (way.limit_m, way.host, way.others) == (20.0, 2, (3,))


def test_who_may_not_share_is_no_partner() -> None:
    """The nearest is under another body: the one behind it is the partner."""
    way = way_of(around([(0, 0), (10, 0), (70, 0)], [1, 2, 2], lines=[0, 1, 0]), 0)

    assert way is not None
    assert (way.limit_m, way.others or (way.host,)) == (70.0, (2,))


def test_where_near_and_like_is_asked_another_trade_is_no_partner() -> None:
    """The nearest is of another division: the one behind it is the partner."""
    policy = Policy(joint_by="near_and_like")
    codes = ["C3912", "I6510", "C3921"]
    way = way_of(around([(0, 0), (10, 0), (70, 0)], [1, 2, 2], codes=codes, policy=policy), 0)

    assert way is not None
    assert way.limit_m == 70.0


def test_like_trade_needs_a_smaller_limit_where_it_may_be_farther() -> None:
    """At 50 m of another trade, at 80 m of the same: a limit of 40 m places with the second."""
    policy = Policy(joint_by="near_or_like", like_reach=2.0)
    codes = ["C3912", "I6510", "C3921"]
    way = way_of(around([(0, 0), (-50, 0), (80, 0)], [1, 2, 2], codes=codes, policy=policy), 0)

    assert way is not None
    assert way.limit_m == 40.0
    assert {way.host, *way.others} <= {0, 2}


def test_nobody_is_asked_where_no_branch_could_have_enough() -> None:
    """Two units of one member may be in a branch: of ten thousand at one point none gets three."""
    here = around([(0.0, 0.0)] * 10_000, [1] * 10_000, policy=Policy(joint_max_units=2))

    assert least_ways(here, np.arange(10_000)) == [None] * 10_000


def test_six_hundred_at_one_point() -> None:
    """All of them at no distance at all: nobody is counted twice."""
    way = way_of(around([(0.0, 0.0)] * 600, [1] * 600), 17)

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
        way, least = way_of(here, unit), by_hand(here, unit)
        assert (None if way is None else way.limit_m) == least
