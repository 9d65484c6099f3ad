"""Small regions, drawn at random, and their best plan by trying every one.

The trying uses the plain rules only: no kernel, no search.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from lxgeo.decide.regions.instance import FixedHosts, Instance, build_instance
from lxgeo.policy import Policy
from lxgeo.rules.between import WALKED, Between, cut_between, nothing_between
from lxgeo.rules.cost import (
    NOWHERE,
    Sites,
    distances_m,
    joining_cm,
    left_out_cm,
    lines_agree,
    may_share,
    new_branch_cm,
    pairs_cm,
)
from lxgeo.rules.legality import Draft, legal
from lxgeo.rules.trade import trade_levels

CODES = ("C3912", "C3911", "C3921", "C4011", "C39", "I6510", "I65", "")


@dataclass(frozen=True, eq=False)
class SmallRegion:
    """Units, fixed hosts and policy, plain and as arrays."""

    sites: Sites
    hosts: FixedHosts
    full: np.ndarray
    total: np.ndarray
    policy: Policy
    instance: Instance

    def new_cm(self, members: tuple[int, ...]) -> int | None:
        """Return what some units cost as a new branch, None if it is not legal."""
        costs = [self.star_cm(host, members) for host in members]
        return min((cost for cost in costs if cost is not None), default=None)

    def star_cm(self, host: int, members: tuple[int, ...]) -> int | None:
        """Return what a new branch under one of its units costs, None if it is not legal."""
        which, at = np.array(members), np.array([host])
        units, there = self.sites.take(which), self.sites.take(at)
        draft = Draft(
            full_members=self.full[which].tolist(),
            total_members=self.total[which].tolist(),
            jurisdictions=[f"one|{line}" for line in units.line],
            distances_m=distances_m(units, there)[:, 0].tolist(),
            limits_m=np.minimum(units.limit_m, there.limit_m[0]).tolist(),
            lines_agree=lines_agree(units, there, self.policy)[:, 0].tolist(),
            alike=[self.alike(unit, host) for unit in members],
        )
        if not legal(draft, self.policy):
            return None
        others = self.sites.take(which[which != host])
        pairs = pairs_cm(others, there, self.policy)
        return new_branch_cm(int(self.full[which].sum()), pairs, self.policy)

    def alike(self, unit: int, host: int) -> bool | None:
        """Return whether two units' trades are alike, None where their codes don't tell."""
        down = ("section", "division", "group", "class").index(self.policy.like_trade) + 1
        one, other = self.sites.trade[unit, :down], self.sites.trade[host, :down]
        if any(a != b and min(a, b) >= 0 for a, b in zip(one, other, strict=True)):
            return False
        return None if min(one.min(), other.min()) < 0 else True

    def joins_cm(self, host: int, members: tuple[int, ...]) -> int | None:
        """Return what it costs that some units join a fixed host, None if that is not legal."""
        which, there = np.array(members), self.hosts.sites.take(np.array([host]))
        units = self.sites.take(which)
        full = self.hosts.full[host] + self.full[which].sum()
        total = self.hosts.total[host] + self.total[which].sum()
        if (
            len(members) > self.hosts.room[host]
            or full < self.policy.joint_min_full
            or total > self.policy.branch_max_members
            or not may_share(units, there, self.policy).all()
        ):
            return None
        pairs = pairs_cm(units, there, self.policy)
        return joining_cm(pairs, self.policy, standalone=bool(self.hosts.standalone[host]))

    def best_cm(self) -> int:
        """Return the cost of the best plan: every partition is tried."""

        @cache
        def best(rest: tuple[int, ...], free: tuple[int, ...]) -> int:
            if not rest:
                return 0
            first, others = rest[0], rest[1:]
            least = left_out_cm(float(self.sites.limit_m[first]), self.policy) + best(others, free)
            for size in range(len(others) + 1):
                for chosen in combinations(others, size):
                    members = (first, *chosen)
                    left = tuple(unit for unit in others if unit not in chosen)
                    if (cost := new(members)) is not None:
                        least = min(least, cost + best(left, free))
                    for host in free:
                        if (cost := joins(host, members)) is not None:
                            still = tuple(each for each in free if each != host)
                            least = min(least, cost + best(left, still))
            return least

        new, joins = cache(self.new_cm), cache(self.joins_cm)
        return best(tuple(range(len(self.sites))), tuple(range(len(self.hosts.sites))))

    def cost_of(self, labels: np.ndarray) -> int:
        """Return what labels cost by the plain rules; a branch that is not legal fails."""
        cost = 0
        for label in sorted(set(labels.tolist())):
            members = tuple(np.flatnonzero(labels == label).tolist())
            if label < 0:
                cost += sum(left_out_cm(float(self.sites.limit_m[i]), self.policy) for i in members)
                continue
            if label >= len(self.sites):
                branch = self.joins_cm(label - len(self.sites), members)
            else:
                branch = self.new_cm(members)
            assert branch is not None, f"no legal branch: {members}"
            cost += branch
        return cost


def region(  # noqa: PLR0913 - a region has so many sides
    rows: list[tuple[float, float, int, int, str, float, int, int]],
    hosts: list[tuple[float, float, int, int, str, float, int, int]] = [],  # noqa: B006
    *,
    standalone: tuple[bool, ...] = (),
    room: tuple[int, ...] = (),
    policy: Policy | None = None,
    lines: list[int] | None = None,
    between: Between | None = None,
) -> SmallRegion:
    """Return a region from rows of (x, y, building, park, code, limit, full, total).

    Each row is a spot of its own in what lies between; all are on one line if not given.
    """
    policy = policy or Policy()
    count = len(rows)
    columns = [list(column) for column in zip(*rows, *hosts, strict=True)]
    x, y, limit = (np.array(columns[i], dtype=float) for i in (0, 1, 5))
    building, park = (np.array(columns[i], dtype=np.int32) for i in (2, 3))
    full, total = (np.array(columns[i], dtype=np.int64) for i in (6, 7))
    everything = Sites(
        *(x, y, building, park, trade_levels(columns[4]), limit),
        line=np.array(lines or [0] * len(x), dtype=np.int32),
        spot=np.arange(len(x), dtype=np.int32),
        between=between or nothing_between(),
    )
    units = everything.take(np.arange(count))
    fixed = FixedHosts(
        everything.take(np.arange(count, len(everything))),
        np.array(standalone, dtype=bool),
        full[count:],
        total[count:],
        np.array(room, dtype=np.int64),
    )
    instance = build_instance(units, full[:count], total[:count], fixed, policy)
    return SmallRegion(units, fixed, full[:count], total[:count], policy, instance)


@st.composite
def regions(
    draw: st.DrawFn, *, most_units: int = 8, most_hosts: int = 2, tight_cap: bool = True
) -> SmallRegion:
    """Draw a region: few places, so that ties, shared buildings and full houses are common."""
    scale = draw(st.sampled_from([10.0, 400.0, 900.0]))
    place = st.tuples(st.integers(-3, 3), st.integers(-3, 3))
    building = st.sampled_from([NOWHERE, NOWHERE, 0, 1])
    park = st.sampled_from([NOWHERE, 0])
    limit = st.sampled_from([1200.0, 1200.0, 1500.0, 600.0])
    code = st.sampled_from(CODES)

    def row(members: st.SearchStrategy[int]) -> st.SearchStrategy[tuple]:
        more = st.sampled_from([0, 0, 1, 3] + ([20, 46] if tight_cap else []))
        return st.tuples(place, building, park, code, limit, members, more).map(
            lambda r: (r[0][0] * scale, r[0][1] * scale, *r[1:6], r[5] + r[6])
        )

    rows = draw(
        st.lists(row(st.sampled_from([1, 1, 1, 2, 2, 0, 3, 5])), min_size=1, max_size=most_units)
    )
    hosts = draw(st.lists(row(st.sampled_from([1, 3, 4])), max_size=most_hosts))
    places = [row[:2] for row in (*rows, *hosts)]
    policy = Policy(
        joint_max_units=draw(st.sampled_from([2, 3, 5, 5, 7])),
        joint_min_full=draw(st.sampled_from([3, 3, 3, 1, 4, 6])),
        branch_m=draw(st.sampled_from([500.0, 0.0])),
        thin_m=draw(st.sampled_from([300.0, 0.0])),
        left_out_factor=draw(st.sampled_from([10.0, 0.5])),
        same_building=draw(st.sampled_from([0.0, 1.0])),
        cross_line=draw(st.sampled_from(["none", "none", "same_building", "same_park", "all"])),
        joint_by=draw(st.sampled_from(["near", "near", "near_and_like", "near_or_like"])),
        like_trade=draw(st.sampled_from(["section", "division", "class"])),
        unknown_trade=draw(st.sampled_from(["check", "unlike"])),
        like_reach=draw(st.sampled_from([2.0, 1.5])),
    )
    return region(
        rows,
        hosts,
        standalone=tuple(draw(st.booleans()) for _ in hosts),
        room=tuple(draw(st.integers(1, 4)) for _ in hosts),
        policy=policy,
        lines=draw(
            st.lists(st.sampled_from([0, 0, 1]), min_size=len(places), max_size=len(places))
        ),
        between=draw(betweens(places)),
    )


@st.composite
def betweens(draw: st.DrawFn, places: list[tuple[float, float]]) -> Between:
    """Draw what lies between places: nothing, cuts, or ways on foot no shorter than the line."""
    kind = draw(st.sampled_from(["straight", "straight", "cut", "walked"]))
    pairs = list(combinations(range(len(places)), 2))
    if kind == "straight" or not pairs:
        return nothing_between()
    listed = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=len(pairs)))
    one, other = np.array(sorted(listed), dtype=np.intp).reshape(-1, 2).T
    cut = cut_between(len(places), one, other)
    if kind == "cut":
        return cut
    # The same pairs as ways: straight, or the whole centimetres that a detour takes.
    detour = draw(st.sampled_from([1.0, 1.25, 3.0]))
    at = np.array(places)
    rows = np.repeat(np.arange(len(places)), np.diff(cut.first)) if len(cut.first) else cut.other
    straight = np.hypot(*(at[rows] - at[cut.other]).T)
    first = cut.first if len(cut.first) else np.zeros(len(places) + 1, dtype=np.int64)
    return Between(WALKED, first, cut.other, np.ceil(100 * detour * straight) / 100)
