"""变更清单: what changed since the plan before, branch by branch, unit by unit; whom to tell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from lxgeo.errors import Lang, Words
from lxgeo.judge.changed import BRANCH_CHANGES, BranchChange, Changes
from lxgeo.publish.book import PROVISO, draw, open_book
from lxgeo.publish.changes.told import facts_listing, told_listing, townships_listing
from lxgeo.publish.changes.words import BRANCH_CHANGES_SAID, changes_counted
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.publish.folder.release import NO_TEXTS
from lxgeo.publish.listing import NUMBER, Listing, Row, heads_said, numbered
from lxgeo.publish.rows import cells, plain_cell

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
        draw(book, told_listing(changes.units, voice))
        draw(book, townships_listing(changes, voice))
        draw(book, facts_listing(changes.units, voice))


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
        (Words("乡镇（街道）", "Township"), 14, "text"),
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


def _branch_row(row: tuple[Any, ...], kind: BranchChange, voice: CheckVoice) -> Row:
    said = dict(zip(BRANCH_CHANGES.names, row, strict=True))
    return (
        voice.say(BRANCH_CHANGES_SAID[kind]),
        *(plain_cell(said[each]) for each in ("name", "became", "kept_units", "came", "went")),
        said["full_members_before"],
        said["full_members_after"],
        voice.say(Words("是", "yes")) if said["over_cap"] else None,
        plain_cell(said["township"]),
        plain_cell(said["approver"]),
        voice.say(_TO_DO[kind]),
    )
