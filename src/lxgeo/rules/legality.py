"""When a branch is legal: members, units, jurisdiction, distance, trade.

Sources: 《中国共产党章程》第三十条 (a branch needs three full members) and
《中国共产党支部工作条例（试行）》 (a joint branch covers five units as a rule; a branch has at most
fifty members as a rule). The distance limit is 测算参数，非政策规定.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from lxgeo.policy import Policy

LEAST_UNITS = 2
"""Units that a joint branch holds at least: one alone is no joint branch."""


class Fault(StrEnum):
    """Why a branch is not legal."""

    TOO_FEW_UNITS = "too_few_units"
    TOO_MANY_UNITS = "too_many_units"
    TOO_FEW_MEMBERS = "too_few_members"
    TOO_MANY_MEMBERS = "too_many_members"
    TWO_JURISDICTIONS = "two_jurisdictions"
    TOO_FAR = "too_far"
    UNLIKE_TRADE = "unlike_trade"


@dataclass(frozen=True)
class Draft:
    """A joint branch as somebody would found it.

    Parameters
    ----------
    full_members, total_members
        Of each unit, the host's among them (`full_members`, `total_members`).
    jurisdictions
        Of each unit.
    distances_m, limits_m
        From each unit to the host, and how far it may be: the smaller of both limits, metres.
    lines_agree
        Of each unit, whether the policy lets its management line share a branch with the host's
        (`lxgeo.rules.cost.lines_agree`); only one line may be in a branch if not given.
    alike
        Of each unit, whether its trade is like the host's; None where nobody can tell, as of all
        if not given.
    """

    full_members: Sequence[int]
    total_members: Sequence[int]
    jurisdictions: Sequence[str]
    distances_m: Sequence[float]
    limits_m: Sequence[float]
    lines_agree: Sequence[bool] | None = None
    alike: Sequence[bool | None] | None = None

    @property
    def of_one_body(self) -> bool:
        """Whether one body decides on all its units."""
        if self.lines_agree is None:
            return len(set(self.jurisdictions)) <= 1
        return all(self.lines_agree) and len({body_of(each) for each in self.jurisdictions}) <= 1


def body_of(jurisdiction: str) -> str:
    """Return the body of a jurisdiction such as ``township:T01|sectoral``: ``township:T01``."""
    return jurisdiction.rpartition("|")[0]


def faults(draft: Draft, policy: Policy) -> tuple[Fault, ...]:
    """Return every rule that a new joint branch breaks; none if it is legal."""
    units = len(draft.full_members)
    alike = draft.alike or [None] * units
    pairs = [*zip(draft.distances_m, draft.limits_m, alike, strict=True)]
    broken = {
        Fault.TOO_FEW_UNITS: units < LEAST_UNITS,
        Fault.TOO_MANY_UNITS: units > policy.joint_max_units,
        Fault.TOO_FEW_MEMBERS: sum(draft.full_members) < policy.joint_min_full,
        Fault.TOO_MANY_MEMBERS: sum(draft.total_members) > policy.branch_max_members,
        Fault.TWO_JURISDICTIONS: not draft.of_one_body,
        Fault.TOO_FAR: any(_too_far(*pair, policy) for pair in pairs),
        Fault.UNLIKE_TRADE: any(_unlike(like, policy) for _, _, like in pairs),
    }
    return tuple(fault for fault, is_so in broken.items() if is_so)


def _too_far(distance_m: float, limit_m: float, like: bool | None, policy: Policy) -> bool:  # noqa: FBT001
    """Return whether a unit is too far from its host; one of like trade may be farther."""
    return distance_m > limit_m * (policy.widening if like else 1.0)


def _unlike(like: bool | None, policy: Policy) -> bool:  # noqa: FBT001
    """Return whether a unit's trade keeps it from its host, where near is not enough."""
    asked = policy.joint_by == "near_and_like"
    return asked and (policy.unknown_trade == "unlike" if like is None else not like)


def legal(draft: Draft, policy: Policy) -> bool:
    """Return whether a new joint branch breaks no rule."""
    return not faults(draft, policy)


def full_members(units: pd.DataFrame) -> pd.Series:
    """Return the full members that each unit brings to a branch, as integers.

    Affiliated ones where only those are known; 0 where neither is.
    """
    return units["full_members"].fillna(units["affiliated_members"]).fillna(0).astype("int64")


def joint_members(units: pd.DataFrame, policy: Policy) -> pd.Series:
    """Return the full members of each unit that count towards the three of a joint branch.

    All of them, or those whose affiliation is here (all where nobody knows how many that are): the
    policy's ``joint_basis``.
    """
    if policy.joint_basis == "full":
        return full_members(units)
    return units["affiliated_members"].fillna(full_members(units)).astype("int64")


def total_members(units: pd.DataFrame) -> pd.Series:
    """Return all members of each unit as integers: its total, at least full and probationary.

    Unknown probationary members count as none.
    """
    full = full_members(units)
    summed = full + units["probationary_members"].fillna(0)
    total = units["total_members"].fillna(0)
    return total.where(total > summed, summed).astype("int64")
