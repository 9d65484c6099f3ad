"""What changes are called, in the order in which they are listed: what asks for action first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from lxgeo.errors import Words
from lxgeo.judge.changed import BranchChange, UnitChange
from lxgeo.judge.same_units import UnitFact

BRANCH_CHANGES_SAID = MappingProxyType(
    {
        BranchChange.UNDER_THREE: Words("不足三人，应调整或撤销", "under three members"),
        BranchChange.DISSOLVED: Words("不再保留", "dissolved"),
        BranchChange.SPLIT: Words("拆分", "split"),
        BranchChange.MERGED: Words("合并", "merged"),
        BranchChange.CHANGED: Words("成员单位有进有出", "units changed"),
        BranchChange.NEW: Words("新提出", "new"),
        BranchChange.APPROVED: Words("已批准", "approved"),
        BranchChange.KEPT: Words("不变", "unchanged"),
    }
)
"""Of joint branches."""

UNIT_CHANGES_SAID = MappingProxyType(
    {
        UnitChange.NEWLY_STANDALONE: Words("达到三人，应单独组建", "newly standalone"),
        UnitChange.LEFT: Words("退出联合党支部", "left its branch"),
        UnitChange.MOVED: Words("转到另一联合党支部", "moved to another branch"),
        UnitChange.JOINED: Words("新编入联合党支部", "joined a branch"),
        UnitChange.NEW_COMPANIONS: Words("同支部的单位有变", "other companions"),
        UnitChange.APPROVED: Words("所在党支部已批准", "its branch is approved"),
        UnitChange.OTHERWISE: Words("研判结果有变", "another outcome"),
        UnitChange.NEW: Words("新增单位", "new unit"),
        UnitChange.GONE: Words("台账中不再有", "no longer in the ledger"),
        UnitChange.KEPT: Words("不变", "unchanged"),
    }
)
"""Of units in the plan."""

UNIT_FACTS_SAID = MappingProxyType(
    {
        UnitFact.NEW: Words("新增", "new"),
        UnitFact.GONE: Words("台账中不再有", "no longer in the ledger"),
        UnitFact.CLOSED: Words("注销、空壳或外迁", "closed, empty or gone elsewhere"),
        UnitFact.REOPENED: Words("恢复计入", "counted again"),
        UnitFact.RESTRUCTURED: Words("改制（换信用代码）", "restructured: another credit code"),
        UnitFact.CODE_CORRECTED: Words("更正信用代码", "credit code corrected"),
        UnitFact.RENAMED: Words("更名", "renamed"),
        UnitFact.MOVED: Words("迁址", "moved"),
        UnitFact.MORE_MEMBERS: Words("正式党员增加", "more full members"),
        UnitFact.FEWER_MEMBERS: Words("正式党员减少", "fewer full members"),
    }
)
"""Of organisations themselves, whatever the plan makes of them."""


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


def facts_counted(facts: pd.Series[Any]) -> Words:
    """Return how many organisations changed of themselves, as `changes_counted` does."""
    return changes_counted(facts.dropna().str.split(";").explode(), UNIT_FACTS_SAID)
