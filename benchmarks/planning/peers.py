"""Other ways to make branches, on the same districts, judged by the same rules and costs.

A peer gets a township as a `Problem` and returns groups. What it made is repaired where it breaks
a rule: a group that is no legal branch is dissolved, and its units go where there is room, or found
branches of their own. Only then it is paid for; how much had to be repaired is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from lxgeo.geo.metric import metric_crs, project
from lxgeo.policy import Policy
from lxgeo.rules.cost import NOWHERE, Sites, left_out_cm, new_branch_cm, pairs_cm, within_reach
from lxgeo.rules.trade import trade_levels

FAR_CM = 1 << 50
"""Cost of a pair that may not share a branch, centimetres."""
FREE = -1
"""Group of a unit that is in none."""

Groups = NDArray[np.int64]
"""Number of each unit's group, `FREE` if it is in none, shape (units,)."""


@dataclass(frozen=True, eq=False)
class Problem:
    """A township as peers see it.

    Parameters
    ----------
    sites, full
        Where its units are, and their full members.
    cm : ndarray of int64, shape (units, units)
        What each unit costs under each host, `FAR_CM` where that is too far.
    policy
        Thresholds and weights.
    """

    sites: Sites
    full: NDArray[np.int64]
    cm: NDArray[np.int64]
    policy: Policy

    def __len__(self) -> int:
        return len(self.full)

    def branch_cm(self, members: NDArray[np.intp]) -> int:
        """Return what some units cost under their cheapest host, `FAR_CM` if not legal."""
        full = int(self.full[members].sum())
        if not 2 <= len(members) <= self.policy.joint_max_units:  # noqa: PLR2004
            return FAR_CM
        if not self.policy.joint_min_full <= full <= self.policy.branch_max_members:
            return FAR_CM
        under = self.cm[np.ix_(members, members)]
        best = int(under.sum(axis=0).argmin())
        if under[:, best].max() >= FAR_CM:
            return FAR_CM
        return new_branch_cm(full, under[:, best], self.policy)

    def cost_cm(self, groups: Groups) -> int:
        """Return what legal groups cost, and the units in none of them."""
        cost = sum(self.branch_cm(members) for members in _members(groups))
        limits = self.sites.limit_m[groups == FREE]
        return cost + sum(left_out_cm(float(limit), self.policy) for limit in limits)


Peer = Callable[[Problem], Groups]


@dataclass(frozen=True)
class Judged:
    """What a peer made of a district.

    Parameters
    ----------
    peer, units, seed, branch_m, thin_m
        Who, and on what.
    dissolved
        Groups that were no legal branch.
    left_out
        Units left out after the repair.
    cost_m
        Cost after the repair, metres.
    bound_m
        What the peer itself proves, metres; None if it proves nothing.
    seconds
        Processor seconds, the repair's among them.
    """

    peer: str
    units: int
    seed: int
    branch_m: float
    thin_m: float
    dissolved: int
    left_out: int
    cost_m: float
    bound_m: float | None
    seconds: float


def problems_of(units: gpd.GeoDataFrame, policy: Policy) -> Iterator[Problem]:
    """Yield the townships of a district (`lxgeo.tables.TRIAGED`) as peers see them, sorted."""
    for _, town in units.groupby("jurisdiction"):
        crs = metric_crs(float(town["lon"].mean()))
        x, y = project(town["lon"].to_numpy(), town["lat"].to_numpy(), crs)
        sites = Sites(
            *(x, y, _numbers(town["building_id"]), _numbers(town["park_id"])),
            trade=trade_levels(town["industry_code"]),
            limit_m=town["max_distance_m"].to_numpy(),
        )
        pairs = pairs_cm(sites, sites, policy)
        cm = np.where(within_reach(sites, sites), pairs, FAR_CM)
        np.fill_diagonal(cm, 0)
        yield Problem(sites, town["full_members"].to_numpy(dtype=np.int64), cm, policy)


def _numbers(ids: Sequence[object]) -> NDArray[np.int32]:
    known = {each: i for i, each in enumerate(sorted({i for i in ids if isinstance(i, str)}))}
    return np.array([known.get(str(each), NOWHERE) for each in ids], dtype=np.int32)


def _members(groups: Groups) -> Iterator[NDArray[np.intp]]:
    """Yield the units of each group."""
    order = np.argsort(groups, kind="stable")
    edges = np.flatnonzero(np.diff(groups[order])) + 1
    for members in np.split(order, edges):
        if len(members) and groups[members[0]] != FREE:
            yield members


def repaired(problem: Problem, groups: Groups) -> tuple[Groups, int]:
    """Return legal groups made of a peer's, and how many of those were not legal.

    Units of dissolved groups, and those in none, go where they cost least and there is room; who
    still has none founds a branch with the cheapest others that have none either.
    """
    kept = np.full(len(groups), FREE, dtype=np.int64)
    branches: list[list[int]] = []
    dissolved = 0
    for members in _members(groups):
        if problem.branch_cm(members) < FAR_CM:
            kept[members] = len(branches)
            branches.append(members.tolist())
        else:
            dissolved += 1
    for unit in np.flatnonzero(kept == FREE).tolist():
        if kept[unit] == FREE and (group := _founded(problem, kept, unit)):
            kept[group] = len(branches)
            branches.append(group)
    for unit in np.flatnonzero(kept == FREE).tolist():
        if (number := _joined(problem, kept, branches, unit)) is not None:
            kept[unit] = number
            branches[number].append(unit)
    return kept, dissolved


def _joined(problem: Problem, groups: Groups, branches: list[list[int]], unit: int) -> int | None:
    """Return the branch that takes a unit in at the least cost, None if none can."""
    near = np.flatnonzero((problem.cm[unit] < FAR_CM) & (groups != FREE))
    costs = {}
    for number in sorted(set(groups[near].tolist())):
        before = problem.branch_cm(np.array(branches[number]))
        after = problem.branch_cm(np.array([*branches[number], unit]))
        if after < FAR_CM:
            costs[number] = after - before
    return min(costs, key=lambda number: costs[number]) if costs else None


def _founded(problem: Problem, groups: Groups, unit: int) -> list[int] | None:
    """Return the cheapest branch of a unit and its nearest others that are in none."""
    free = np.flatnonzero((groups == FREE) & (problem.cm[:, unit] < FAR_CM))
    near = free[np.argsort(problem.cm[free, unit], kind="stable")]
    near = near[near != unit][: problem.policy.joint_max_units - 1]
    for size in range(1, len(near) + 1):
        group = np.array([unit, *near[:size]])
        if problem.branch_cm(group) < FAR_CM:
            return [int(each) for each in group]
    return None


def judge(peer: Peer, problem: Problem) -> tuple[int, int, int, float]:
    """Return cost (centimetres), groups dissolved, units left out, and processor seconds."""
    began = time.process_time()
    groups, dissolved = repaired(problem, peer(problem))
    seconds = time.process_time() - began
    return problem.cost_cm(groups), dissolved, int((groups == FREE).sum()), seconds
