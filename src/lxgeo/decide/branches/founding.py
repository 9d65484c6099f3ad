"""From labels to branches: which units found a branch or join one, under which host, at what cost.

Reckoned again with the plain rules, not with the kernels that searched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lxgeo.decide.branches.modes import Shared, of_a_village, shared_by
from lxgeo.decide.pins.settled import Lock
from lxgeo.decide.regions.instance import Ints, Reals, Shorts, star_cm
from lxgeo.decide.regions.law import bars
from lxgeo.decide.regions.places import Places
from lxgeo.decide.regions.region import Region
from lxgeo.model import Mode, Outcome
from lxgeo.policy import Policy
from lxgeo.rules.cost import (
    NOWHERE,
    distances_m,
    joining_cm,
    may_share,
    new_branch_cm,
    pairs_cm,
    straight_m,
)

_AT_ONCE = 20
"""Branches whose pairs are reckoned at once: the more, the more pairs that are of no use."""


@dataclass(frozen=True, eq=False)
class Founding:
    """Units that found a new branch, or join an approved one.

    Parameters
    ----------
    region
        Where.
    members
        Numbers of the units in ``region.units``, ascending.
    host
        Number of the host among the region's sites: one of the members, or an approved branch.
    cost_cm
        What it costs, centimetres.
    host_by
        Why that host: ``cost``, ``members``, ``order`` or ``pin``; empty for an approved branch.
    runner_up, runner_up_cm
        The next best host, as a number in ``region.units``, and what it would cost; None if there
        is none.
    distances_m
        From each member to the host, metres.
    span_m
        Greatest straight-line distance between two of its sites, metres.
    shared
        What its units share: a building, a park, a trade, …, or the neighbourhood.
    """

    region: Region
    members: tuple[int, ...]
    host: int
    cost_cm: int
    host_by: str
    runner_up: int | None
    runner_up_cm: int | None
    distances_m: Reals
    span_m: float
    shared: Shared

    @property
    def new(self) -> bool:
        """Whether it is a new branch."""
        return self.host < len(self.region.units)

    @property
    def attached(self) -> bool:
        """Whether units are attached to a standalone branch."""
        return not self.new and self.approved.outcome == Outcome.STANDALONE

    @property
    def mode(self) -> Mode:
        """How its units come together."""
        if self.new:
            return self.shared.mode
        return Mode.VILLAGE if of_a_village(str(self.approved.name)) else Mode.HOST

    @property
    def approved(self) -> Any:
        """The approved branch that is joined: a row of `lxgeo.tables.EXISTING`."""
        return self.region.hosts[self.host - len(self.region.units)]

    @property
    def lock(self) -> Lock | None:
        """What pins say of it, where they settle it."""
        return self.region.settled.lock_of(self.members[0])

    @cached_property
    def units(self) -> list[Any]:
        """Its units: rows of `lxgeo.tables.TRIAGED`."""
        return [self.region.units[i] for i in self.members]

    @property
    def host_unit(self) -> Any:
        """The host of a new branch."""
        return self.region.units[self.host]

    @cached_property
    def branch_id(self) -> str:
        """Of a new branch: made from its unit ids, so that it stays from run to run."""
        if not self.new:
            return str(self.approved.branch_id)
        return branch_id_of(unit.unit_id for unit in self.units)

    @property
    def full(self) -> list[int]:
        """Full members that count towards the three, unit by unit."""
        return [int(self.region.full[i]) for i in self.members]

    @property
    def known_full(self) -> int:
        """All full members of its units, those whose affiliation is elsewhere too."""
        return int(self.region.known_full[list(self.members)].sum())

    @property
    def total(self) -> int:
        """All members of its units."""
        return int(self.region.total[list(self.members)].sum())

    @property
    def limit_m(self) -> float:
        """How far a unit may be from the host, metres."""
        return float(self.region.sites.limit_m[self.host])


def branch_id_of(unit_ids: Any) -> str:
    """Return the id of a proposed branch with these units."""
    told = ";".join(sorted(unit_ids))
    return "B" + blake2b(told.encode(), digest_size=5).hexdigest()


def foundings(region: Region, labels: Shorts, policy: Policy, places: Places) -> list[Founding]:
    """Return the branches that a region's labels make, new ones and joined ones.

    Parameters
    ----------
    region
        The region.
    labels : ndarray of int32, shape (units,)
        As `lxgeo.decide.solve.Answer` carries them.
    policy
        Weights.
    places
        What units may share.
    """
    order = np.argsort(labels, kind="stable")
    order = order[labels[order] >= 0]
    branches = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(order) else []
    hosts = [int(labels[members[0]]) for members in branches]
    new = [
        host < len(region.units) or _rather_new(region, members, host)
        for members, host in zip(branches, hosts, strict=True)
    ]
    pairs = _pairs(
        [branch for branch, alone in zip(branches, new, strict=True) if alone], region, policy
    )
    return [
        _found(region, members, next(pairs), policy, places)
        if alone
        else _join(region, members, host, policy, places)
        for members, host, alone in zip(branches, hosts, new, strict=True)
    ]


def _rather_new(region: Region, members: NDArray[np.intp], host: int) -> bool:
    """Return whether units could found a branch for just what their attachment costs.

    A branch of their own is preferred to attachment, which needs another's consent.
    """
    if region.hosts[host - len(region.units)].outcome != Outcome.STANDALONE:
        return False
    if region.settled.lock_of(int(members[0])) is not None:
        return False
    under = members.astype(np.int32)
    own = min(star_cm(region.instance, each, under[under != each]) for each in under)
    return bool(own == star_cm(region.instance, host, under))


class _Pairs(NamedTuple):
    """What lies between the units of a branch, and what each costs under each; shape (n, n)."""

    share: NDArray[np.bool_]
    cm: Ints
    distances_m: Reals
    straight_m: Reals

    def between(self, some: slice) -> _Pairs:
        """Return the pairs of some of the units."""
        share, cm, distances, straight = self
        return _Pairs(
            share[some, some], cm[some, some], distances[some, some], straight[some, some]
        )


def _pairs(branches: list[NDArray[np.intp]], region: Region, policy: Policy) -> Iterator[_Pairs]:
    """Yield the pairs of each branch, reckoned for some branches at once."""
    for start in range(0, len(branches), _AT_ONCE):
        some = branches[start : start + _AT_ONCE]
        sites = region.sites.take(np.concatenate(some))
        cm = pairs_cm(sites, sites, policy)
        np.fill_diagonal(cm, 0)  # a host costs nothing under itself
        pairs = _Pairs(
            *(may_share(sites, sites, policy), cm),
            *(distances_m(sites, sites), straight_m(sites, sites)),
        )
        last = 0
        for members in some:
            first, last = last, last + len(members)
            yield pairs.between(slice(first, last))


def _found(
    region: Region, members: NDArray[np.intp], pairs: _Pairs, policy: Policy, places: Places
) -> Founding:
    full = int(region.full[members].sum())
    pinned = _may_host(region, members)
    # Ties go to more full members, then to the smaller unit_id: units stand in that order.
    costs = sorted(
        (new_branch_cm(full, pairs.cm[:, host], policy), -int(region.full[members[host]]), host)
        for host in np.flatnonzero(pairs.share.all(axis=0) & pinned).tolist()
    )
    cost, _, best = costs[0]
    return Founding(
        region=region,
        members=tuple(members.tolist()),
        host=int(members[best]),
        cost_cm=cost,
        host_by=_decided_by(costs) if pinned.all() or len(costs) > 1 else "pin",
        runner_up=int(members[costs[1][2]]) if len(costs) > 1 else None,
        runner_up_cm=costs[1][0] if len(costs) > 1 else None,
        distances_m=pairs.distances_m[:, best],
        span_m=float(pairs.straight_m.max()),
        shared=shared_by([region.units[i] for i in members], places),
    )


def _may_host(region: Region, members: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which of a new branch's units may host it, as far as pins decide."""
    lock, law = region.settled.lock_of(int(members[0])), region.settled.law
    if lock is not None:
        return members == lock.host
    if law.free:
        return np.ones(len(members), dtype=bool)
    barred = [[bars(law, unit, host) for unit in members if unit != host] for host in members]
    return np.array([not any(each) for each in barred], dtype=bool)


def _decided_by(costs: list[tuple[int, int, int]]) -> str:
    """Return what set the best host before the next: its cost, its members, or its id."""
    if len(costs) == 1 or costs[0][0] != costs[1][0]:
        return "cost"
    return "members" if costs[0][1] != costs[1][1] else "order"


def _join(
    region: Region, members: NDArray[np.intp], host: int, policy: Policy, places: Places
) -> Founding:
    sites, there = region.sites.take(members), region.sites.take(np.array([host]))
    standalone = region.hosts[host - len(region.units)].outcome == Outcome.STANDALONE
    pairs = pairs_cm(sites, there, policy)[:, 0]
    everybody = np.append(members, host)
    all_sites = region.sites.take(everybody)
    return Founding(
        region=region,
        members=tuple(members.tolist()),
        host=host,
        cost_cm=joining_cm(pairs, policy, standalone=standalone),
        host_by="",
        runner_up=None,
        runner_up_cm=None,
        distances_m=distances_m(sites, there)[:, 0],
        span_m=float(straight_m(all_sites, all_sites).max()),
        shared=_shared_with(region, everybody, places),
    )


def _shared_with(region: Region, which: NDArray[np.intp], places: Places) -> Shared:
    """Return what units share with an approved branch: of that, building and park are known."""
    kinds = ((region.sites.building, Mode.BUILDING), (region.sites.park, Mode.PARK))
    for numbers, mode in kinds:
        if _one(numbers[which]):
            unit = region.units[which[0]]
            kind = str(mode)
            name = places.name_of(kind, getattr(unit, f"{kind}_id"))
            return Shared(mode, name)
    return Shared(Mode.AREA, None)


def _one(numbers: NDArray[np.int32]) -> bool:
    return bool(numbers[0] != NOWHERE and (numbers == numbers[0]).all())
