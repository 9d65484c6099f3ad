"""What changed from one plan to the next: of each unit, and of each branch.

An organisation is the same where its id, else its credit code, else its name and township are. A
joint branch lives on in the branch that took over its units; where they went different ways it was
split, where none is in a branch any more it was dissolved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from lxgeo.model import Outcome
from lxgeo.policy import Policy
from lxgeo.schema import Column, Table
from lxgeo.tables import BranchStatus


class UnitChange(StrEnum):
    """What became of a unit."""

    NEW = "new"
    GONE = "gone"
    KEPT = "kept"
    NEW_COMPANIONS = "new_companions"
    MOVED = "moved"
    JOINED = "joined"
    NEWLY_STANDALONE = "newly_standalone"
    LEFT = "left"
    OTHERWISE = "otherwise"


class BranchChange(StrEnum):
    """What became of a joint branch."""

    NEW = "new"
    KEPT = "kept"
    APPROVED = "approved"
    CHANGED = "changed"
    SPLIT = "split"
    MERGED = "merged"
    UNDER_THREE = "under_three"
    DISSOLVED = "dissolved"


_TEXT = ("name", "township", "approver")

UNIT_CHANGES = Table(
    "UNIT_CHANGES",
    (
        Column("unit_id", "单位编号", needed=True, unique=True),
        *(Column(name, name) for name in _TEXT),
        Column("change", "变化", needed=True, values=UnitChange),
        Column("old_outcome", "原结果", values=Outcome),
        Column("new_outcome", "现结果", values=Outcome),
        Column("old_branch", "原党支部"),
        Column("new_branch", "现党支部"),
        Column("full_members_before", "原正式党员", kind="integer", low=0),
        Column("full_members_after", "现正式党员", kind="integer", low=0),
    ),
)
"""One row a unit of either plan: in the order of the new one, those that are gone after them."""

BRANCH_CHANGES = Table(
    "BRANCH_CHANGES",
    (
        Column("branch_id", "党支部编号", needed=True),
        Column("name", "党支部名称", needed=True),
        Column("change", "变化", needed=True, values=BranchChange),
        Column("became", "现党支部"),
        Column("kept_units", "留下的单位"),
        Column("came", "新来的单位"),
        Column("went", "离开的单位"),
        Column("full_members_before", "原正式党员", kind="integer", low=0),
        Column("full_members_after", "现正式党员", kind="integer", low=0),
        Column("over_cap", "超过上限", kind="flag", needed=True),
        Column("approver", "审批单位"),
    ),
)
"""One row a joint branch of either plan; units and branches by name, joined by 、."""


@dataclass(frozen=True, eq=False)
class Changes:
    """What changed between two plans.

    Parameters
    ----------
    units, branches
        `UNIT_CHANGES`, `BRANCH_CHANGES`.
    """

    units: pd.DataFrame
    branches: pd.DataFrame

    @property
    def changed_companions(self) -> float | None:
        """Share of the units joined in both plans whose companions are not the same."""
        both = (
            self.units["change"].isin(
                [UnitChange.KEPT, UnitChange.NEW_COMPANIONS, UnitChange.MOVED]
            )
            & self.units["old_branch"].notna()
        )
        other = self.units["change"].isin([UnitChange.NEW_COMPANIONS, UnitChange.MOVED]) & both
        return float(other.sum() / both.sum()) if both.any() else None


@dataclass(frozen=True)
class _Branch:
    branch_id: str
    name: str
    units: frozenset[str]
    full: int | None
    approver: str | None
    proposed: bool


def changes_between(
    old: tuple[pd.DataFrame, pd.DataFrame],
    new: tuple[pd.DataFrame, pd.DataFrame],
    policy: Policy,
) -> Changes:
    """Return what changed from one plan to the next.

    Parameters
    ----------
    old, new
        Units and branches of each (`lxgeo.tables.UNITS`, `lxgeo.tables.BRANCHES`).
    policy
        The new plan's: its cap says which branches cover too many.
    """
    before, after = _by_id(old[0]), _by_id(new[0])
    same = same_units(before, after)
    was = _branches(old[1], before, same)
    now = _branches(new[1], after, {each: each for each in after})
    mates_before, mates_after = _mates(was), _mates(now)
    old_ids = {new_id: old_id for old_id, new_id in same.items()}
    rows = [
        _unit_row(unit_id, before.get(old_ids.get(unit_id, "")), row, mates_before, mates_after)
        for unit_id, row in after.items()
    ]
    rows += [
        _gone_row(unit_id, row, mates_before.get(unit_id))
        for unit_id, row in before.items()
        if unit_id not in same
    ]
    names = {same.get(each, each): row["name"] for each, row in before.items()}
    names |= {each: row["name"] for each, row in after.items()}
    # Who stands alone now brings its members to no joint branch.
    full = {
        each: _count(row["full_members"])
        for each, row in after.items()
        if row["outcome"] not in {Outcome.STANDALONE, Outcome.TEMPORARY, Outcome.EXISTING}
    }
    branches = [*_branch_rows(was, now, names, full, policy)]
    return Changes(
        UNIT_CHANGES.shaped(pd.DataFrame(rows, columns=UNIT_CHANGES.names, dtype=object)),
        BRANCH_CHANGES.shaped(pd.DataFrame(branches, columns=BRANCH_CHANGES.names, dtype=object)),
    )


def _by_id(units: pd.DataFrame) -> dict[str, dict[str, Any]]:
    wanted = ["name", "credit_code", "township", "approver", "outcome", "full_members"]
    table = units[["unit_id", *wanted]].astype(object).where(units[["unit_id", *wanted]].notna())
    rows: list[Any] = table.to_dict("records")
    return {row["unit_id"]: row for row in rows}


def same_units(
    before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """Return old id → new id of the organisations that are in both; no new one twice.

    Parameters
    ----------
    before, after
        Unit id → ``name``, ``credit_code`` and ``township``, None where unknown.
    """
    same = {each: each for each in before if each in after}
    for key in (_credit_code, _name_and_township):
        theirs = _alone(key, after, set(after) - set(same.values()))
        for value, old_id in _alone(key, before, set(before) - set(same)).items():
            if value in theirs:
                same[old_id] = theirs[value]
    return same


def _credit_code(row: Mapping[str, Any]) -> Any:
    return row["credit_code"]


def _name_and_township(row: Mapping[str, Any]) -> Any:
    return None if row["name"] is None else (row["name"], row["township"])


def _alone(key: Any, units: Mapping[str, Mapping[str, Any]], among: set[str]) -> dict[Any, str]:
    """Return key → id of the units that no other shares its key with, and whose key is known."""
    keys = {each: key(row) for each, row in units.items() if each in among}
    times = Counter(keys.values())
    return {value: each for each, value in keys.items() if value is not None and times[value] == 1}


def _branches(
    branches: pd.DataFrame, units: Mapping[str, Any], same: Mapping[str, str]
) -> dict[str, _Branch]:
    """Return the branches of several units, their units by new ids where they have one."""
    rows: list[Any] = list(branches.itertuples(index=False))
    found: dict[str, _Branch] = {}
    for row in rows:
        ids = row.unit_ids.split(";") if isinstance(row.unit_ids, str) else []
        inside = frozenset(same.get(each, each) for each in ids if each in units)
        if row.outcome == Outcome.JOINT or len(inside) > 1:
            approver = row.approver if isinstance(row.approver, str) else None
            proposed = bool(row.status == BranchStatus.PROPOSED)
            full = _count(row.full_members)
            found[row.branch_id] = _Branch(
                row.branch_id, row.name, inside, full, approver, proposed
            )
    return found


def _mates(branches: Mapping[str, _Branch]) -> dict[str, _Branch]:
    return {unit: branch for branch in branches.values() for unit in branch.units}


def _unit_row(
    unit_id: str,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any],
    before: Mapping[str, _Branch],
    after: Mapping[str, _Branch],
) -> tuple[Any, ...]:
    was, now = before.get(unit_id), after.get(unit_id)
    change = UnitChange.NEW if old is None else _unit_change(old, new, was, now)
    return (
        unit_id,
        *(new[name] for name in _TEXT),
        change,
        None if old is None else old["outcome"],
        new["outcome"],
        None if was is None else was.name,
        None if now is None else now.name,
        None if old is None else _count(old["full_members"]),
        _count(new["full_members"]),
    )


def _unit_change(
    old: Mapping[str, Any], new: Mapping[str, Any], was: _Branch | None, now: _Branch | None
) -> UnitChange:
    if was is not None and now is not None:
        if was.units == now.units:
            return UnitChange.KEPT
        together = len(was.units & now.units)
        return UnitChange.NEW_COMPANIONS if 2 * together > len(was.units) else UnitChange.MOVED
    if new["outcome"] == Outcome.STANDALONE != old["outcome"]:
        return UnitChange.NEWLY_STANDALONE
    if now is not None:
        return UnitChange.JOINED
    if was is not None:
        return UnitChange.LEFT
    return UnitChange.KEPT if old["outcome"] == new["outcome"] else UnitChange.OTHERWISE


def _gone_row(unit_id: str, old: Mapping[str, Any], was: _Branch | None) -> tuple[Any, ...]:
    branch = None if was is None else was.name
    text = (old[name] for name in _TEXT)
    full = _count(old["full_members"])
    return (unit_id, *text, UnitChange.GONE, old["outcome"], None, branch, None, full, None)


def _branch_rows(
    was: Mapping[str, _Branch],
    now: Mapping[str, _Branch],
    names: Mapping[str, Any],
    full: Mapping[str, int | None],
    policy: Policy,
) -> Iterator[tuple[Any, ...]]:
    home = _mates(now)
    into = {branch.branch_id: _heirs(branch, now, home) for branch in was.values()}
    came_from = Counter(each for heirs in into.values() for each in heirs)
    for branch in was.values():
        heirs = [now[each] for each in into[branch.branch_id]]
        left = sum(full.get(unit) or 0 for unit in branch.units)
        change = _branch_change(branch, heirs, came_from, left, policy)
        first = heirs[0] if heirs else None
        there = first.units if first else frozenset()
        yield (
            branch.branch_id,
            branch.name,
            change,
            _said(each.name for each in heirs),
            _said(names[unit] for unit in sorted(branch.units & there)),
            _said(names[unit] for unit in sorted(there - branch.units)),
            _said(names[unit] for unit in sorted(branch.units - there)),
            branch.full,
            first.full if first else left,
            len(there) > policy.joint_max_units,
            first.approver if first else branch.approver,
        )
    for branch in now.values():
        if not came_from[branch.branch_id]:
            everybody = _said(names[unit] for unit in sorted(branch.units))
            over = len(branch.units) > policy.joint_max_units
            yield (
                *(branch.branch_id, branch.name, BranchChange.NEW, branch.name, None, everybody),
                *(None, None, branch.full, over, branch.approver),
            )


def _heirs(was: _Branch, now: Mapping[str, _Branch], home: Mapping[str, _Branch]) -> list[str]:
    """Return the branches that its units went to, the one that took most of them first."""
    ids = {home[unit].branch_id for unit in was.units if unit in home}
    return sorted(ids, key=lambda each: (-len(now[each].units & was.units), each))


def _branch_change(
    was: _Branch,
    into: list[_Branch],
    came_from: Mapping[str, int],
    left: int,
    policy: Policy,
) -> BranchChange:
    if not into:
        short = left < policy.joint_min_full
        return BranchChange.UNDER_THREE if short else BranchChange.DISSOLVED
    if len(into) > 1:
        return BranchChange.SPLIT
    if came_from[into[0].branch_id] > 1:
        return BranchChange.MERGED
    if into[0].units != was.units:
        return BranchChange.CHANGED
    return BranchChange.APPROVED if was.proposed and not into[0].proposed else BranchChange.KEPT


def _said(names: Iterable[Any]) -> str | None:
    return "、".join(str(name) for name in names) or None


def _count(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)
