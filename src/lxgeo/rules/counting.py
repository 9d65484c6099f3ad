"""Whose members count for what, and what keeps a unit from standing alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from lxgeo.model import OperatingStatus, Rule
from lxgeo.policy import CountBasis, Policy


def full_members(unit: Any) -> int:
    """Return the full members that a unit counts; affiliated ones where only those are known."""
    full = count(unit.full_members)
    return full if full is not None else (count(unit.affiliated_members) or 0)


def total_members(unit: Any) -> int:
    """Return full and probationary members together; unknown probationary members count as none."""
    total = count(unit.total_members)
    summed = full_members(unit) + (count(unit.probationary_members) or 0)
    return summed if total is None else max(total, summed)


def counted(unit: Any, basis: CountBasis, policy: Policy) -> int:
    """Return the members of a unit that a threshold counts, 0 where nobody knows them."""
    counts = (unit.full_members, unit.affiliated_members, unit.probationary_members)
    return policy.counted(basis, *map(count, counts)) or 0


def level_members(unit: Any, policy: Policy) -> int:
    """Return the members that a unit's level goes by."""
    if policy.level_basis == "total":
        return total_members(unit)
    return counted(unit, policy.level_basis, policy)


def large_enough(unit: Any, policy: Policy) -> bool:
    """Return whether a unit has the members that a branch of its own needs, one full at least."""
    return (
        full_members(unit) > 0
        and counted(unit, policy.standalone_basis, policy) >= policy.standalone_min_full
    )


def bars(unit: Any, policy: Policy) -> Iterator[Rule]:
    """Yield what keeps a unit from standing alone under this policy, however many members it has.

    Both rules come from one district's opinion: relatives are the majority; its business is not
    stable (a suspended unit). It may still share a joint branch.
    """
    if policy.family_rule == "bar" and kin(unit):
        yield Rule.KIN_MAJORITY
    if policy.stable_only and unit.operating_status == OperatingStatus.SUSPENDED:
        yield Rule.NOT_STABLE


def kin(unit: Any) -> bool:
    """Return whether its members are known to be relatives by majority."""
    return known(unit.kin_majority) and bool(unit.kin_majority)


def count(value: Any) -> int | None:
    """Return a cell's count, None where it is unknown."""
    return int(value) if known(value) else None


def known(value: object) -> bool:
    """Return whether a cell says anything."""
    unknown = value is None or value is pd.NA
    return not unknown and not (isinstance(value, float) and bool(np.isnan(value)))
