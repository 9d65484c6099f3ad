"""What changed from one plan to the next: of each unit, and of each branch.

Organisations are known again as `lxgeo.judge.same_units` says. A joint branch lives on in those
that took over two of its units, or half of those that are still there: in several it was split, in
one that others live on in as well it was merged, in none it was dissolved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lxgeo.judge.changed import (
    BRANCH_CHANGES,
    TEXT,
    UNIT_CHANGES,
    BranchChange,
    Changes,
    UnitChange,
)
from lxgeo.judge.same_units import (
    Row,
    UnitFact,
    count_of,
    facts_between,
    rows_by_id,
    same_units,
)
from lxgeo.model import Outcome
from lxgeo.policy import Policy
from lxgeo.tables import BranchStatus

_ENOUGH = 2
"""Units of a branch that carry it on, wherever they go together."""
_WAS = "（原）"


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
    before, after = rows_by_id(old[0]), rows_by_id(new[0])
    same = same_units(before, after)
    # Who is gone keeps its id, unless another organisation bears it now.
    ids = {each: f"{each}{_WAS}" if each in after else each for each in before} | same
    was = _branches(old[1], ids)
    now = _branches(new[1], {each: each for each in after})
    old_ids = {new_id: old_id for old_id, new_id in ids.items()}
    names = {ids[each]: row["name"] for each, row in before.items()}
    names |= {each: row["name"] for each, row in after.items()}
    both = _Both(before, after, old_ids, _mates(was), _mates(now), names)
    into = {branch.branch_id: _heirs(branch, now, both) for branch in was.values()}
    gone = (ids[each] for each in before if each not in same)
    rows = [_unit_row(both, unit_id, into) for unit_id in (*after, *gone)]
    branches = [*_branch_rows((was, now), into, both, policy)]
    return Changes(
        UNIT_CHANGES.shaped(pd.DataFrame(rows, columns=UNIT_CHANGES.names, dtype=object)),
        BRANCH_CHANGES.shaped(pd.DataFrame(branches, columns=BRANCH_CHANGES.names, dtype=object)),
    )


@dataclass(frozen=True)
class _Both:
    """Two plans: rows by id, new id → old id, unit → its branch, unit → name (by new ids)."""

    before: Mapping[str, Row]
    after: Mapping[str, Row]
    old_ids: Mapping[str, str]
    mates_before: Mapping[str, _Branch]
    mates_after: Mapping[str, _Branch]
    names: Mapping[str, Any]

    def said(self, units: Iterable[str]) -> str | None:
        """Return the names of some units, in the order of their ids."""
        return _said(self.names[unit] for unit in sorted(units))

    def towns(self, units: Iterable[str]) -> str | None:
        """Return the townships of some units."""
        rows = (self.row(each) for each in sorted(units))
        return _said(dict.fromkeys(row["township"] for row in rows if row["township"]))

    def row(self, unit: str) -> Row:
        """Return a unit's row, the new one where it has one."""
        return self.after[unit] if unit in self.after else self.before[self.old_ids[unit]]

    def regrouped(self, was: _Branch | None, now: _Branch | None) -> bool:
        """Return whether a unit that is joined in both has other companions among those in both."""
        if was is None or now is None:
            return False
        return {each for each in was.units ^ now.units if self._in_both(each)} != set()

    def _in_both(self, unit: str) -> bool:
        return unit in self.after and unit in self.old_ids

    def free(self, unit: str) -> int:
        """Return the full members that a unit can bring to a joint branch now.

        Who stands alone now, is in an approved organisation or has closed brings none.
        """
        row = self.after.get(unit)
        bound = {Outcome.STANDALONE, Outcome.TEMPORARY, Outcome.EXISTING, Outcome.EXCLUDED}
        return 0 if row is None or row["outcome"] in bound else count_of(row["full_members"]) or 0


def _branches(branches: pd.DataFrame, new_ids: Mapping[str, str]) -> dict[str, _Branch]:
    """Return the branches of several units, their units by new ids."""
    rows: list[Any] = list(branches.itertuples(index=False))
    found: dict[str, _Branch] = {}
    for row in rows:
        ids = row.unit_ids.split(";") if isinstance(row.unit_ids, str) else []
        inside = frozenset(new_ids[each] for each in ids if each in new_ids)
        if row.outcome == Outcome.JOINT or len(inside) > 1:
            approver = row.approver if isinstance(row.approver, str) else None
            proposed = bool(row.status == BranchStatus.PROPOSED)
            full = count_of(row.full_members)
            found[row.branch_id] = _Branch(
                row.branch_id, row.name, inside, full, approver, proposed
            )
    return found


def _mates(branches: Mapping[str, _Branch]) -> dict[str, _Branch]:
    return {unit: branch for branch in branches.values() for unit in branch.units}


def _unit_row(both: _Both, unit: str, into: Mapping[str, list[str]]) -> tuple[Any, ...]:
    old_id = both.old_ids.get(unit)
    old = None if old_id is None else both.before[old_id]
    new, row = both.after.get(unit), both.row(unit)
    was, now = both.mates_before.get(unit), both.mates_after.get(unit)
    facts = facts_between(old, new)
    return (
        unit,
        *(row[name] for name in TEXT),
        _unit_change((old, new), (was, now), into),
        None if old is None else old["outcome"],
        None if new is None else new["outcome"],
        None if was is None else was.name,
        None if now is None else now.name,
        None if old is None else count_of(old["full_members"]),
        None if new is None else count_of(new["full_members"]),
        ";".join(facts) or None,
        *_before(old, new, facts),
        None if now is None else both.said(now.units - {unit}),
        old_id,
        both.regrouped(was, now),
    )


def _before(
    old: Row | None, new: Row | None, facts: Sequence[UnitFact]
) -> tuple[str | None, str | None, str | None]:
    """Return name, place and code before, where they have changed."""
    if old is None or new is None:
        return None, None, None
    town, address = (str(old[each] or "") for each in ("township", "address"))
    place = address if town in address else town + address
    recoded = {UnitFact.RESTRUCTURED, UnitFact.CODE_CORRECTED} & set(facts)
    return (
        old["name"] if UnitFact.RENAMED in facts else None,
        (place or None) if UnitFact.MOVED in facts else None,
        old["credit_code"] if recoded else None,
    )


def _unit_change(
    rows: tuple[Row | None, Row | None],
    branches: tuple[_Branch | None, _Branch | None],
    into: Mapping[str, list[str]],
) -> UnitChange:
    (old, new), (was, now) = rows, branches
    if old is None or new is None:
        return UnitChange.NEW if old is None else UnitChange.GONE
    if _should_stand_alone(new) and not _should_stand_alone(old):
        return UnitChange.NEWLY_STANDALONE
    if was is not None and now is not None:
        if was.units == now.units:
            return UnitChange.APPROVED if _now_approved(old, new) else UnitChange.KEPT
        stays = into[was.branch_id][:1] == [now.branch_id]
        return UnitChange.NEW_COMPANIONS if stays else UnitChange.MOVED
    if was is not None or now is not None:
        return UnitChange.JOINED if was is None else UnitChange.LEFT
    return UnitChange.KEPT if old["outcome"] == new["outcome"] else UnitChange.OTHERWISE


def _now_approved(old: Row, new: Row) -> bool:
    """Return whether a unit's place in a branch was a proposal and is approved now."""
    return new["outcome"] == Outcome.EXISTING != old["outcome"]


def _should_stand_alone(row: Row) -> bool:
    """Return whether the rules give it a branch of its own, though an approved one may hold it."""
    return Outcome.STANDALONE in (row["outcome"], row["proposed_outcome"])


def _branch_rows(
    branches: tuple[Mapping[str, _Branch], Mapping[str, _Branch]],
    into: Mapping[str, list[str]],
    both: _Both,
    policy: Policy,
) -> Iterator[tuple[Any, ...]]:
    was, now = branches
    lives_on = Counter(heirs[0] for heirs in into.values() if heirs)
    for branch in was.values():
        heirs = [now[each] for each in into[branch.branch_id]]
        left = sum(both.free(unit) for unit in branch.units)
        change = _branch_change(branch, heirs, lives_on, left, policy)
        first = heirs[0] if heirs else None
        there = first.units if first else frozenset()
        yield (
            branch.branch_id,
            branch.name,
            change,
            _said(each.name for each in heirs),
            ";".join(each.branch_id for each in heirs) or None,
            both.said(branch.units & there),
            both.said(there - branch.units),
            both.said(branch.units - there),
            branch.full,
            first.full if first else left,
            any(len(each.units) > policy.joint_max_units for each in heirs),
            first.approver if first else branch.approver,
            both.towns(branch.units | there),
            True,
        )
    inherited = {each for heirs in into.values() for each in heirs}
    for branch in now.values():
        if branch.branch_id not in inherited:
            everybody = both.said(branch.units)
            over = len(branch.units) > policy.joint_max_units
            came = (branch.name, branch.branch_id, None, everybody, None, None, branch.full)
            where = (branch.approver, both.towns(branch.units))
            yield (branch.branch_id, branch.name, BranchChange.NEW, *came, over, *where, False)


def _heirs(was: _Branch, now: Mapping[str, _Branch], both: _Both) -> list[str]:
    """Return the branches that it lives on in, the one that took most of its units first.

    One of the same id is the same before all others: no unit of it need be in the ledger.
    """
    taken = Counter(
        both.mates_after[unit].branch_id for unit in was.units if unit in both.mates_after
    )
    still = sum(unit in both.after for unit in was.units)
    ids = {each for each, count in taken.items() if count >= _ENOUGH or 2 * count >= still}
    ids |= {was.branch_id} & set(now)
    return sorted(ids, key=lambda each: (each != was.branch_id, -taken[each], each))


def _branch_change(
    was: _Branch,
    into: list[_Branch],
    lives_on: Mapping[str, int],
    left: int,
    policy: Policy,
) -> BranchChange:
    if not into:
        short = left < policy.joint_min_full
        return BranchChange.UNDER_THREE if short else BranchChange.DISSOLVED
    if len(into) > 1:
        return BranchChange.SPLIT
    (heir,) = into
    if lives_on[heir.branch_id] > 1:
        return BranchChange.MERGED
    if not heir.proposed and heir.full is not None and heir.full < policy.joint_min_full:
        return BranchChange.UNDER_THREE
    # Others may join a branch as it is approved.
    if was.proposed and not heir.proposed and was.units <= heir.units:
        return BranchChange.APPROVED
    return BranchChange.KEPT if heir.units == was.units else BranchChange.CHANGED


def _said(names: Iterable[Any]) -> str | None:
    return "、".join(str(name) for name in names) or None
