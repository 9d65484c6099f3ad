"""Who must be told of what changed: unit by unit, and township by township."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from lxgeo.errors import Words
from lxgeo.judge.changed import BRANCH_CHANGES, UNIT_CHANGES, BranchChange, Changes, UnitChange
from lxgeo.judge.same_units import UnitFact
from lxgeo.model import Outcome
from lxgeo.publish.changes.words import (
    BRANCH_CHANGES_SAID,
    UNIT_CHANGES_SAID,
    UNIT_FACTS_SAID,
    changes_counted,
    facts_counted,
)
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.publish.listing import NUMBER, Listing, Row, heads_said, numbered
from lxgeo.publish.rows import cells, plain, plain_cell

_AT_REST = frozenset({UnitChange.KEPT, UnitChange.GONE})
"""Changes after which there is nobody to tell."""
_NO_TOWNSHIP = Words("（乡镇不明）", "(township unknown)")
_SETTLED = frozenset({BranchChange.KEPT, BranchChange.APPROVED})
_COUNTED = (
    UnitChange.NEWLY_STANDALONE,
    UnitChange.LEFT,
    UnitChange.MOVED,
    UnitChange.JOINED,
    UnitChange.NEW_COMPANIONS,
    UnitChange.APPROVED,
    UnitChange.NEW,
    UnitChange.GONE,
)

_Said = dict[str, Any]


def told_listing(units: pd.DataFrame, voice: CheckVoice) -> Listing:
    """Return 单位变更: every unit that the plan treats otherwise, and what it is to be told."""
    rows = [
        _told_row(row, kind, voice)
        for kind in UNIT_CHANGES_SAID
        if kind is not UnitChange.KEPT
        for row in _rows(units, UNIT_CHANGES.names)
        if row["change"] == kind
    ]
    heads = heads_said(
        voice,
        NUMBER,
        (Words("变化", "Change"), 18, "middle"),
        (Words("单位名称", "Unit"), 26, "text"),
        (Words("乡镇（街道）", "Township"), 12, "text"),
        (Words("告知内容", "To be told"), 44, "text"),
        (Words("原结果", "Before"), 11, "middle"),
        (Words("现结果", "Now"), 11, "middle"),
        (Words("原党支部", "Branch before"), 22, "text"),
        (Words("现党支部", "Branch now"), 22, "text"),
        (Words("原正式党员", "Members before"), 8, "count"),
        (Words("现正式党员", "Members now"), 8, "count"),
        (Words("审批单位", "Approver"), 16, "text"),
    )
    return Listing(
        sheet=voice.say(Words("单位变更", "Units")),
        title=voice.say(Words("需告知的单位", "Units to be told")),
        note=voice.say(changes_counted(units["change"], UNIT_CHANGES_SAID)),
        heads=heads,
        rows=tuple(numbered(rows)),
        nothing=voice.say(Words("没有单位发生变化。", "No unit has changed.")),
        paper="A3",
        frozen=3,
    )


def townships_listing(changes: Changes, voice: CheckVoice) -> Listing:
    """Return 按乡镇告知: of each township, how many units are to be told, and its branches."""
    rows = [*_township_rows(changes, voice)]
    heads = heads_said(
        voice,
        NUMBER,
        (Words("乡镇（街道）", "Township"), 16, "text"),
        (Words("需告知的单位", "Units to be told"), 9, "count"),
        *((UNIT_CHANGES_SAID[each], 11, "count") for each in _COUNTED),
        (Words("要调整的党支部", "Branches to be adjusted"), 44, "text"),
        (Words("要报批的党支部", "Branches to be approved"), 36, "text"),
        (Words("审批单位", "Approvers"), 22, "text"),
    )
    return Listing(
        sheet=voice.say(Words("按乡镇告知", "By township")),
        title=voice.say(Words("按乡镇（街道）告知", "Whom to tell, by township")),
        note=voice.say(Words(f"{len(rows)} 个乡镇（街道）有变化", f"{len(rows)} townships")),
        heads=heads,
        rows=tuple(numbered(rows)),
        nothing=voice.say(Words("没有乡镇发生变化。", "Nothing has changed in any township.")),
        paper="A3",
        frozen=2,
    )


def facts_listing(units: pd.DataFrame, voice: CheckVoice) -> Listing:
    """Return 台账变化: what organisations changed of themselves, whatever the plan makes of it."""
    rows = [
        (
            between(voice).join(
                voice.say(UNIT_FACTS_SAID[UnitFact(each)]) for each in row["facts"].split(";")
            ),
            *(plain_cell(row[each]) for each in ("name", "township", "name_before")),
            *(plain_cell(row[each]) for each in ("place_before", "code_before")),
            row["full_members_before"],
            row["full_members_after"],
            voice.say(UNIT_CHANGES_SAID[UnitChange(row["change"])]),
            plain_cell(row["unit_id"]),
        )
        for row in _rows(units, UNIT_CHANGES.names)
        if row["facts"]
    ]
    heads = heads_said(
        voice,
        NUMBER,
        (Words("变化", "Change"), 20, "middle"),
        (Words("单位名称", "Unit"), 28, "text"),
        (Words("乡镇（街道）", "Township"), 14, "text"),
        (Words("原名称", "Name before"), 28, "text"),
        (Words("原地址", "Place before"), 30, "text"),
        (Words("原信用代码", "Credit code before"), 21, "text"),
        (Words("原正式党员", "Members before"), 8, "count"),
        (Words("现正式党员", "Members now"), 8, "count"),
        (Words("方案里的变化", "In the plan"), 20, "middle"),
        (Words("单位编号", "Unit id"), 21, "text"),
    )
    return Listing(
        sheet=voice.say(Words("台账变化", "Ledger")),
        title=voice.say(Words("单位自身的变化", "What organisations changed of themselves")),
        note=voice.say(facts_counted(units["facts"])),
        heads=heads,
        rows=tuple(numbered(rows)),
        nothing=voice.say(Words("台账没有变化。", "The ledger has not changed.")),
        paper="A3",
        frozen=3,
        unprinted=1,
    )


def told(row: _Said, voice: CheckVoice) -> str | None:
    """Return what a unit is to be told; None where there is nobody to tell."""
    kind = UnitChange(row["change"])
    if kind in _AT_REST:
        return None
    words = _SENTENCES[kind](*_parts(row, voice))
    if kind is UnitChange.NEW_COMPANIONS and _now_approved(row):
        words = Words(f"所在党支部已批准，{words.zh}", f"its branch is approved; {words.en}")
    return voice.say(words)


def _now_approved(row: _Said) -> bool:
    return bool(row["new_outcome"] == Outcome.EXISTING != row["old_outcome"])


def _parts(row: _Said, voice: CheckVoice) -> tuple[str, str, str, str]:
    """Return the branch before, the branch now, with whom it is now, and the outcome now."""
    old, new, companions = (
        plain(row[each] or "—") for each in ("old_branch", "new_branch", "companions")
    )
    return old, new, companions, voice.code("outcome", str(row["new_outcome"]))


def _joined(new: str, companions: str) -> Words:
    return Words(f"编入{new}，同支部：{companions}", f"in {new}, with {companions}")


def _new(_: str, new: str, companions: str, outcome: str) -> Words:
    if new == "—":
        return Words(f"新纳入台账：{outcome}", f"new in the ledger: {outcome}")
    there = _joined(new, companions)
    return Words(f"新纳入台账，{there.zh}", f"new in the ledger, {there.en}")


_SENTENCES = {
    UnitChange.NEWLY_STANDALONE: lambda *_: Words(
        "正式党员已满三名，应单独组建党支部", "three full members: a branch of its own is due"
    ),
    UnitChange.LEFT: lambda old, _, __, outcome: Words(
        f"不再编在{old}；{outcome}", f"no longer in {old}: {outcome}"
    ),
    UnitChange.MOVED: lambda old, new, companions, _: Words(
        f"由{old}转入{new}，同支部：{companions}", f"from {old} to {new}, with {companions}"
    ),
    UnitChange.JOINED: lambda _, new, companions, __: _joined(new, companions),
    UnitChange.NEW_COMPANIONS: lambda _, new, companions, __: Words(
        f"同支部的单位有变；{new}，同支部：{companions}", f"in {new}, now with {companions}"
    ),
    UnitChange.APPROVED: lambda _, new, companions, __: Words(
        f"{new}已批准，同支部：{companions}", f"{new} is approved, with {companions}"
    ),
    UnitChange.OTHERWISE: lambda _, __, ___, outcome: Words(f"改为：{outcome}", f"now: {outcome}"),
    UnitChange.NEW: _new,
}


def _told_row(row: _Said, kind: UnitChange, voice: CheckVoice) -> Row:
    outcomes = (row[each] for each in ("old_outcome", "new_outcome"))
    return (
        voice.say(UNIT_CHANGES_SAID[kind]),
        *(plain_cell(row[each]) for each in ("name", "township")),
        told(row, voice),
        *(None if each is None else voice.code("outcome", str(each)) for each in outcomes),
        *(plain_cell(row[each]) for each in ("old_branch", "new_branch")),
        row["full_members_before"],
        row["full_members_after"],
        plain_cell(row["approver"]),
    )


def _township_rows(changes: Changes, voice: CheckVoice) -> Iterator[Row]:
    units = [*_rows(changes.units, UNIT_CHANGES.names)]
    branches = [
        row
        for row in _rows(changes.branches, BRANCH_CHANGES.names)
        if row["change"] not in _SETTLED
    ]
    changed = {row["township"] for row in units if row["change"] != UnitChange.KEPT}
    here = {each for row in branches for each in _towns(row)}
    for town in sorted({each for each in changed | here if each}) + [None] * (None in changed):
        inside = [row for row in units if row["township"] == town]
        kinds = [UnitChange(row["change"]) for row in inside]
        its_own = [row for row in branches if town in _towns(row)]
        approvers = dict.fromkeys(row["approver"] for row in its_own if row["approver"])
        yield (
            voice.say(_NO_TOWNSHIP) if town is None else plain(town),
            sum(each not in _AT_REST for each in kinds),
            *(kinds.count(each) for each in _COUNTED),
            _named((row for row in its_own if row["old"]), voice),
            _named((row for row in its_own if not row["old"]), voice),
            "\n".join(plain(each) for each in approvers) or None,
        )


def _towns(row: _Said) -> list[str]:
    return row["township"].split("、") if row["township"] else []


def _named(rows: Iterator[_Said], voice: CheckVoice) -> str | None:
    said = (
        f"{plain(row['name'])}：{voice.say(BRANCH_CHANGES_SAID[BranchChange(row['change'])])}"
        for row in rows
    )
    return "\n".join(said) or None


def between(voice: CheckVoice) -> str:
    """Return what stands between two things of a kind."""
    return voice.say(Words("、", ", "))


def _rows(frame: pd.DataFrame, names: tuple[str, ...] | list[str]) -> Iterator[_Said]:
    return (dict(zip(names, row, strict=True)) for row in cells(frame, names))
