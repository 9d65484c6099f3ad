"""From labels to branches: which units found a branch or join one, under which host, at what cost.

Reckoned again with the plain rules, not with the kernels that searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lxgeo.decide.instance import Reals, Shorts
from lxgeo.decide.region import Region
from lxgeo.model import Mode, Outcome
from lxgeo.policy import Policy
from lxgeo.rules.cost import (
    NOWHERE,
    distances_m,
    joining_cm,
    new_branch_cm,
    pairs_cm,
    within_reach,
)
from lxgeo.rules.trade import shared_trade

_DIVISION = 3  # letters and digits of a code that goes down to the division


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
    cost_cm, runner_up_cm
        What it costs, and what the cheapest other host would cost; None if there is none.
    distances_m
        From each member to the host, metres.
    span_m
        Greatest distance between two of its sites, metres.
    place
        What its units share: a building, a park, a trade, or the neighbourhood.
    """

    region: Region
    members: tuple[int, ...]
    host: int
    cost_cm: int
    runner_up_cm: int | None
    distances_m: Reals
    span_m: float
    place: Mode

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
        return Mode.HOST if self.attached else self.place

    @property
    def approved(self) -> Any:
        """The approved branch that is joined: a row of `lxgeo.tables.EXISTING`."""
        return self.region.hosts[self.host - len(self.region.units)]

    @property
    def units(self) -> list[Any]:
        """Its units: rows of `lxgeo.tables.TRIAGED`."""
        return [self.region.units[i] for i in self.members]

    @property
    def host_unit(self) -> Any:
        """The host of a new branch."""
        return self.region.units[self.host]

    @property
    def branch_id(self) -> str:
        """Of a new branch: made from its unit ids, so that it stays from run to run."""
        if not self.new:
            return str(self.approved.branch_id)
        return branch_id_of(unit.unit_id for unit in self.units)

    @property
    def full(self) -> list[int]:
        """Full members, unit by unit."""
        return [int(self.region.full[i]) for i in self.members]

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


def foundings(region: Region, labels: Shorts, policy: Policy) -> list[Founding]:
    """Return the branches that a region's labels make, new ones and joined ones.

    Parameters
    ----------
    region
        The region.
    labels : ndarray of int32, shape (units,)
        As `lxgeo.decide.solve.Answer` carries them.
    policy
        Weights.
    """
    made = []
    for label in np.unique(labels[labels >= 0]):
        members = np.flatnonzero(labels == label)
        if label < len(region.units):
            made.append(_found(region, members, policy))
        else:
            made.append(_join(region, members, int(label), policy))
    return made


def _found(region: Region, members: NDArray[np.intp], policy: Policy) -> Founding:
    sites = region.sites.take(members)
    pairs = pairs_cm(sites, sites, policy)
    np.fill_diagonal(pairs, 0)  # a host costs nothing under itself
    full = int(region.full[members].sum())
    hosts = np.flatnonzero(within_reach(sites, sites).all(axis=0))
    # Ties go to more full members, then to the smaller unit_id: units stand in that order.
    costs = sorted(
        (new_branch_cm(full, pairs[:, h], policy), -int(region.full[members[h]]), int(h))
        for h in hosts
    )
    cost, _, best = costs[0]
    apart = distances_m(sites, sites)
    return Founding(
        region=region,
        members=tuple(members.tolist()),
        host=int(members[best]),
        cost_cm=cost,
        runner_up_cm=costs[1][0] if len(costs) > 1 else None,
        distances_m=apart[:, best],
        span_m=float(apart.max()),
        place=_shared(region, members),
    )


def _join(region: Region, members: NDArray[np.intp], host: int, policy: Policy) -> Founding:
    sites, there = region.sites.take(members), region.sites.take(np.array([host]))
    standalone = region.hosts[host - len(region.units)].outcome == Outcome.STANDALONE
    pairs = pairs_cm(sites, there, policy)[:, 0]
    everybody = region.sites.take(np.append(members, host))
    return Founding(
        region=region,
        members=tuple(members.tolist()),
        host=host,
        cost_cm=joining_cm(pairs, policy, standalone=standalone),
        runner_up_cm=None,
        distances_m=distances_m(sites, there)[:, 0],
        span_m=float(distances_m(everybody, everybody).max()),
        place=_shared(region, np.append(members, host)),
    )


def _shared(region: Region, which: NDArray[np.intp]) -> Mode:
    """Return what sites share: a building, else a park, else a trade, else a neighbourhood."""
    codes = [
        region.units[i].industry_code
        if i < len(region.units)
        else region.hosts[i - len(region.units)].industry_code
        for i in which
    ]
    if _one(region.sites.building[which]):
        return Mode.BUILDING
    if _one(region.sites.park[which]):
        return Mode.PARK
    return Mode.TRADE if len(shared_trade(codes)) >= _DIVISION else Mode.AREA


def _one(numbers: NDArray[np.int32]) -> bool:
    return bool(numbers[0] != NOWHERE and (numbers == numbers[0]).all())
