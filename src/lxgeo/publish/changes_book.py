"""变更清单: what changed since the plan before, branch by branch, unit by unit; whom to tell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from lxgeo.errors import Lang, Words
from lxgeo.judge.changes import BRANCH_CHANGES, UNIT_CHANGES, BranchChange, Changes, UnitChange
from lxgeo.publish.book import PROVISO, draw, open_book
from lxgeo.publish.check_voice import CheckVoice
from lxgeo.publish.listing import NUMBER, Listing, Row, heads_said, numbered
from lxgeo.publish.release import NO_TEXTS
from lxgeo.publish.rows import cells, plain

BRANCH_CHANGES_SAID = MappingProxyType(
    {
        BranchChange.UNDER_THREE: Words("不足三人，应调整或撤销", "under three members"),
        BranchChange.DISSOLVED: Words("成员单位不再联合", "dissolved"),
        BranchChange.SPLIT: Words("拆分", "split"),
        BranchChange.MERGED: Words("合并", "merged"),
        BranchChange.CHANGED: Words("成员单位有进有出", "units changed"),
        BranchChange.NEW: Words("新提出", "new"),
        BranchChange.APPROVED: Words("已批准", "approved"),
        BranchChange.KEPT: Words("不变", "unchanged"),
    }
)
"""What each change is called, in the order in which they are listed: what asks for action first."""

UNIT_CHANGES_SAID = MappingProxyType(
    {
        UnitChange.NEWLY_STANDALONE: Words("达到三人，应单独组建", "newly standalone"),
        UnitChange.LEFT: Words("退出联合党支部", "left its branch"),
        UnitChange.MOVED: Words("转到另一联合党支部", "moved to another branch"),
        UnitChange.JOINED: Words("新编入联合党支部", "joined a branch"),
        UnitChange.NEW_COMPANIONS: Words("同支部的单位有变", "other companions"),
        UnitChange.OTHERWISE: Words("研判结果有变", "another outcome"),
        UnitChange.NEW: Words("新增单位", "new unit"),
        UnitChange.GONE: Words("台账中不再有", "no longer in the ledger"),
        UnitChange.KEPT: Words("不变", "unchanged"),
    }
)
"""As `BRANCH_CHANGES_SAID`, of units."""

_TO_DO: Mapping[BranchChange, Words] = MappingProxyType(
    {
        BranchChange.UNDER_THREE: Words(
            "报审批单位调整或撤销，告知各成员单位", "Ask the approver; tell all units"
        ),
        BranchChange.DISSOLVED: Words("报审批单位，告知各成员单位", "Tell the approver and units"),
        BranchChange.SPLIT: Words(
            "按新方案报批，告知各成员单位", "Ask for approval; tell all units"
        ),
        BranchChange.MERGED: Words(
            "按新方案报批，告知各成员单位", "Ask for approval; tell all units"
        ),
        BranchChange.CHANGED: Words("告知新来和离开的单位", "Tell who came and who went"),
        BranchChange.NEW: Words("按程序报批", "Ask for approval"),
        BranchChange.APPROVED: Words("销账", "Tick off"),
        BranchChange.KEPT: Words("无需处理", "Nothing to do"),
    }
)


def write_changes(
    path: Path, changes: Changes, *, texts: Mapping[str, str] = NO_TEXTS, lang: Lang = "zh"
) -> None:
    """Write the workbook of changes; the same changes give the same bytes.

    Parameters
    ----------
    path
        Where to.
    changes
        What changed.
    texts
        What people read for codes, by ``kind.code``.
    lang
        Language of everything but what the ledgers say.
    """
    voice = CheckVoice(lambda reason: str(reason.code), texts, lang)
    with open_book(path, voice, PROVISO) as book:
        draw(book, branches_listing(changes.branches, voice))
        draw(book, units_listing(changes.units, voice))


def changes_counted(
    changed: pd.Series[Any], called: Mapping[Any, Words], *, but: tuple[Any, ...] = ()
) -> Words:
    """Return how many changes of each kind there are, such as 拆分 1；不变 12."""
    counts = changed.value_counts()
    there = [
        (words, counts[each])
        for each, words in called.items()
        if counts.get(each) and each not in but
    ]
    return Words(
        "；".join(f"{words.zh} {count}" for words, count in there) or "无",
        "; ".join(f"{words.en} {count}" for words, count in there) or "none",
    )


def branches_listing(branches: pd.DataFrame, voice: CheckVoice) -> Listing:
    """Return 党支部变更: every joint branch of either plan, what asks for action first."""
    rows = [
        _branch_row(row, kind, voice)
        for kind in BRANCH_CHANGES_SAID
        for row in cells(branches, BRANCH_CHANGES.names)
        if row[2] == kind
    ]
    heads = heads_said(
        voice,
        NUMBER,
        (Words("变化", "Change"), 16, "middle"),
        (Words("党支部", "Branch"), 26, "text"),
        (Words("现党支部", "Became"), 26, "text"),
        (Words("留下的单位", "Stayed"), 30, "text"),
        (Words("新来的单位", "Came"), 26, "text"),
        (Words("离开的单位", "Went"), 26, "text"),
        (Words("原正式党员", "Members before"), 8, "count"),
        (Words("现正式党员", "Members now"), 8, "count"),
        (Words("超过单位上限", "Over the cap"), 8, "middle"),
        (Words("审批单位", "Approver"), 16, "text"),
        (Words("要做什么", "What to do"), 24, "text"),
    )
    return Listing(
        sheet=voice.say(Words("党支部变更", "Branches")),
        title=voice.say(Words("联合党支部变更清单", "Changes of joint branches")),
        note=voice.say(changes_counted(branches["change"], BRANCH_CHANGES_SAID)),
        heads=heads,
        rows=tuple(numbered(rows)),
        nothing=voice.say(Words("两次方案都没有联合党支部。", "No joint branch in either plan.")),
        paper="A3",
        frozen=3,
    )


def units_listing(units: pd.DataFrame, voice: CheckVoice) -> Listing:
    """Return 单位变更: every unit of which something changed: these have to be told."""
    rows = [
        _unit_row(row, kind, voice)
        for kind in UNIT_CHANGES_SAID
        if kind is not UnitChange.KEPT
        for row in cells(units, UNIT_CHANGES.names)
        if row[4] == kind
    ]
    heads = heads_said(
        voice,
        NUMBER,
        (Words("变化", "Change"), 18, "middle"),
        (Words("单位名称", "Unit"), 30, "text"),
        (Words("乡镇（街道）", "Township"), 14, "text"),
        (Words("原结果", "Before"), 12, "middle"),
        (Words("现结果", "Now"), 12, "middle"),
        (Words("原党支部", "Branch before"), 26, "text"),
        (Words("现党支部", "Branch now"), 26, "text"),
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


def _branch_row(row: tuple[Any, ...], kind: BranchChange, voice: CheckVoice) -> Row:
    said = dict(zip(BRANCH_CHANGES.names, row, strict=True))
    return (
        voice.say(BRANCH_CHANGES_SAID[kind]),
        *(_text(said[each]) for each in ("name", "became", "kept_units", "came", "went")),
        said["full_members_before"],
        said["full_members_after"],
        voice.say(Words("是", "yes")) if said["over_cap"] else None,
        _text(said["approver"]),
        voice.say(_TO_DO[kind]),
    )


def _unit_row(row: tuple[Any, ...], kind: UnitChange, voice: CheckVoice) -> Row:
    said = dict(zip(UNIT_CHANGES.names, row, strict=True))
    outcomes = (said[each] for each in ("old_outcome", "new_outcome"))
    return (
        voice.say(UNIT_CHANGES_SAID[kind]),
        *(_text(said[each]) for each in ("name", "township")),
        *(None if each is None else voice.code("outcome", str(each)) for each in outcomes),
        *(_text(said[each]) for each in ("old_branch", "new_branch")),
        said["full_members_before"],
        said["full_members_after"],
        _text(said["approver"]),
    )


def _text(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value
