"""The form of the annual Party statistics (建立党组织情况), as things stand and once approved.

Rows and their order are those of the statistics form; what the ledger does not hold is left open.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import pandas as pd

from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.rows import Cell, cells, plain
from lxgeo.tables import BranchStatus

NO_TOWNSHIP = Words(zh="（乡镇不明）", en="(township unknown)")

Key: TypeAlias = str
"""What a line of the form counts."""


class Entry(NamedTuple):
    """A line of the form: what it counts, its name, its depth, and whether the ledger tells it."""

    key: Key
    name: Words
    depth: int
    known: bool = True


FORM: tuple[Entry, ...] = (
    Entry("units", Words("单位数", "Units"), 0),
    Entry("own", Words("已单独建立党组织的", "With an organisation of their own"), 0),
    Entry("committee", Words("建立党委的", "Committee"), 1),
    Entry("general_branch", Words("建立总支部的", "General branch"), 1),
    Entry("branch", Words("建立支部的", "Branch"), 1),
    Entry("level_unknown", Words("层级未注明的", "Level not stated"), 1),
    Entry("joint", Words("已建立联合党支部的", "In a joint branch"), 0),
    Entry("joint_large", Words("其中：具有3名以上正式党员的", "of which with 3 full members"), 1),
    Entry("joint_branches", Words("联合党支部数（个）", "Joint branches"), 1),
    Entry("other", Words("以其他方式建立的", "Organised otherwise"), 0),
    Entry("attached", Words("挂靠已建党组织的", "Attached to a branch"), 1),
    Entry("temporary", Words("建立临时党组织的", "Temporary branch"), 1),
    Entry("none", Words("未建立党组织的", "Without an organisation"), 0),
    Entry("due", Words("应建尚未建立党组织的", "Due but not set up"), 1),
    Entry("group", Words("建立党小组的", "With a Party group"), 1, known=False),
    Entry("few", Words("仅有个别党员的", "With one or two full members"), 1),
    Entry("empty", Words("没有党员的", "Without a member"), 1),
    Entry("transfer", Words("党员转入业务主管单位的", "Members transferred"), 1),
    Entry("unsure", Words("党员数不明的", "Members unknown"), 1),
    Entry("instructed", Words("已派党建工作指导员的", "With an instructor"), 1, known=False),
    Entry("staff", Words("补充：从业人员（人）", "Staff (persons)"), 0),
    Entry("members", Words("补充：党员（人）", "Members (persons)"), 0),
    Entry("not_affiliated", Words("未转入组织关系的", "Affiliation elsewhere"), 1),
    Entry("instructors", Words("补充：党建工作指导员（人）", "Instructors"), 0, known=False),
)
"""The lines of the form, in its order."""

_BEFORE: dict[Outcome, Key] = {
    Outcome.STANDALONE: "due",
    Outcome.TEMPORARY: "due",
    Outcome.JOINT: "few",
    Outcome.ATTACHED: "few",
    Outcome.TRANSFER: "few",
    Outcome.LEFT_OUT: "few",
    Outcome.NOT_LOCATED: "few",
    Outcome.NO_MEMBERS: "empty",
    Outcome.UNKNOWN_MEMBERS: "unsure",
}
_AFTER = _BEFORE | {
    Outcome.STANDALONE: "own",
    Outcome.TEMPORARY: "temporary",
    Outcome.JOINT: "joint",
    Outcome.ATTACHED: "attached",
    Outcome.TRANSFER: "transfer",
}
_LEVEL_NAMES: tuple[tuple[Key, tuple[str, ...]], ...] = (
    ("general_branch", ("总支", "总支部", "总支部委员会")),
    ("branch", ("支部", "支部委员会")),
    ("committee", ("党委", "委员会")),
)
"""Endings of an organisation's name that say its level; the first that fits decides."""

_PARENT: dict[Key, Key] = {
    "attached": "other",
    "temporary": "other",
    "transfer": "none",
    "due": "none",
    "few": "none",
    "empty": "none",
    "unsure": "none",
}


@dataclass(frozen=True, slots=True)
class YearlyForm:
    """The form filled in.

    Parameters
    ----------
    townships
        Township id → name, in the order of the areas; others follow, units without one last.
    before, after
        Per township id, what each line counts, as things stand and once the plan is approved.
    """

    townships: dict[str, str]
    before: dict[str, Counter[Key]]
    after: dict[str, Counter[Key]]

    def total(self, *, approved: bool) -> Counter[Key]:
        """Return all townships together, as things stand or once approved."""
        counts = self.after if approved else self.before
        return sum(counts.values(), Counter())


def yearly_form(papers: Papers) -> YearlyForm:
    """Return the form over all units that are in a denominator (excluded ones are not)."""
    units = papers.units[papers.units["outcome"] != Outcome.EXCLUDED]
    where = units["township_id"].fillna("")
    townships = _townships(papers, units)
    figures = pd.DataFrame(units[_FIGURES])
    before = {each: _supplement(figures[where == each]) for each in townships}
    after = {each: Counter(counts) for each, counts in before.items()}
    approved, least = _approved(papers), papers.release.plan.policy.standalone_min_full
    for (place, unit), count in _alike(units, where, approved, least).items():
        for line in _lines_before(unit):
            before[place][line] += count
        for line in _lines_after(unit):
            after[place][line] += count
    for branch_id, status in approved.joint.items():
        place = _place_of(papers, branch_id)
        if place not in townships:
            townships[place] = papers.release.say(NO_TOWNSHIP)
            before[place], after[place] = Counter(), Counter()
        before[place]["joint_branches"] += int(status == BranchStatus.EXISTING)
        after[place]["joint_branches"] += 1
    return YearlyForm(townships, before, after)


@dataclass(frozen=True, slots=True)
class _Approved:
    """The approved branches as the form sees them.

    Parameters
    ----------
    joint
        Joint branches, proposed ones too: id → existing or proposed.
    hosts
        Units whose own branch stands: a unit attached to it has none of its own.
    names
        Branch id → name.
    """

    joint: dict[str, str]
    hosts: frozenset[str]
    names: dict[str, str]


def _approved(papers: Papers) -> _Approved:
    branches = papers.branches
    joint = branches[branches["outcome"] == Outcome.JOINT]
    standing = branches["status"] == BranchStatus.EXISTING
    own = branches[standing & (branches["outcome"] == Outcome.STANDALONE)]
    return _Approved(
        joint=dict(zip(joint["branch_id"], joint["status"], strict=True)),
        hosts=frozenset(own["host_id"].dropna()),
        names=papers.branch_names,
    )


class _Unit(NamedTuple):
    """What the form asks of a unit; most units are alike in it.

    Parameters
    ----------
    outcome, proposed
        What becomes of it, and what the rules would propose where it is organised.
    standing
        The line of an organised one as things stand.
    level
        Of its own organisation; None where nothing tells it.
    large
        Whether its full members are enough to stand alone.
    """

    outcome: Outcome
    proposed: str | None
    standing: Key | None
    level: Key | None
    large: bool


def _alike(
    units: pd.DataFrame, where: pd.Series, approved: _Approved, least: int
) -> Counter[tuple[str, _Unit]]:
    """Return how many units of each township are alike in what the form asks."""
    names = ("unit_id", "outcome", "proposed_outcome", "branch_id", "level", "full_members")
    return Counter(
        (
            place,
            _Unit(
                Outcome(str(outcome)),
                None if proposed is None else str(proposed),
                _standing(unit_id, branch_id, approved) if outcome == Outcome.EXISTING else None,
                str(level) if level is not None else _named_level(unit_id, branch_id, approved),
                full is not None and int(full) >= least,
            ),
        )
        for place, (unit_id, outcome, proposed, branch_id, level, full) in zip(
            where.tolist(), cells(units, names), strict=True
        )
    )


def _lines_before(unit: _Unit) -> list[Key]:
    """Return the lines of the form that a unit counts in as things stand."""
    return _lines(unit, unit.standing or _BEFORE[unit.outcome])


def _lines_after(unit: _Unit) -> list[Key]:
    """Return the lines of the form that a unit counts in once the plan is approved."""
    if unit.standing is None:
        return _lines(unit, _AFTER[unit.outcome])
    if unit.proposed is None:
        return _lines(unit, unit.standing)
    return _lines(unit, "own" if unit.proposed == Outcome.STANDALONE else "joint")


def _standing(unit_id: Cell, branch_id: Cell, approved: _Approved) -> Key:
    if branch_id in approved.joint:
        return "joint"
    return "own" if unit_id in approved.hosts else "attached"


def _named_level(unit_id: Cell, branch_id: Cell, approved: _Approved) -> Key | None:
    """Return the level of a unit's own organisation as its name says."""
    name = approved.names.get(str(branch_id), "") if unit_id in approved.hosts else ""
    return next((level for level, endings in _LEVEL_NAMES if name.endswith(endings)), None)


def _lines(unit: _Unit, key: Key) -> list[Key]:
    """Return a line with those that it is part of, and those that are part of it."""
    lines = ["units", key]
    if key in _PARENT:
        lines.append(_PARENT[key])
    if key == "own":
        lines.append(unit.level or "level_unknown")
    if key == "joint" and unit.large:
        lines.append("joint_large")
    return lines


def _townships(papers: Papers, units: pd.DataFrame) -> dict[str, str]:
    """Return township id → name: those of the areas, those only units name, then the unknown."""
    areas = papers.release.areas.townships
    named = {str(key): plain(name) for key, name in zip(areas["id"], areas["name"], strict=True)}
    seen = units.dropna(subset=["township_id"]).drop_duplicates("township_id")
    for key, name in zip(seen["township_id"], seen["township"], strict=True):
        named.setdefault(key, key if pd.isna(name) else name)
    if units["township_id"].isna().any():
        named[""] = papers.release.say(NO_TOWNSHIP)
    return named


def _place_of(papers: Papers, branch_id: str) -> str:
    """Return the township of a branch: where its host is, else its first unit; else empty."""
    members = sorted(papers.members(branch_id), key=lambda each: not each.is_host)
    placed = [each.township_id for each in members if each.township_id is not None]
    return placed[0] if placed else ""


_FIGURES = [
    *("full_members", "affiliated_members", "probationary_members"),
    *("total_members", "staff"),
]


def _supplement(units: pd.DataFrame) -> Counter[Key]:
    """Return the form's last lines; what is unknown counts as none."""
    full, affiliated = units["full_members"], units["affiliated_members"]
    summed = full + units["probationary_members"].fillna(0)
    return Counter(
        staff=int(units["staff"].fillna(0).sum()),
        members=int(units["total_members"].fillna(summed).fillna(0).sum()),
        not_affiliated=int((full - affiliated).clip(lower=0).fillna(0).sum()),
    )
