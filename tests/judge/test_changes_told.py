"""Who is told of what changed, in the workbook: unit by unit, township by township."""

from __future__ import annotations

from typing import Any

import pandas as pd
from test_changes import compared, plan

from lxgeo.judge.changed import Changes
from lxgeo.publish.changes.book import branches_listing
from lxgeo.publish.changes.told import facts_listing, told_listing, townships_listing
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.publish.listing import Listing
from lxgeo.text import texts

VOICE = CheckVoice(lambda reason: str(reason.code), texts("zh"), "zh")


def column(listing: Listing, title: str) -> list[Any]:
    """Return a column of a listing by its heading."""
    at = [head.title for head in listing.heads].index(title)
    return [row[at] for row in listing.rows]


def sentences(changes: Changes) -> dict[str, str | None]:
    """Return unit → what it is told."""
    listing = told_listing(changes.units, VOICE)
    return dict(zip(column(listing, "单位名称"), column(listing, "告知内容"), strict=True))


def quarter() -> Changes:
    """Return a quarter: 甲 is split, 乙 under three, 丁 new; w stands alone, x gone, n new."""
    old = plan({"甲": "abcdef", "乙": "uvw", "戊": "rst"}, out="xy")
    new = plan({"甲": "abcd", "丙": "efn", "丁": "yz", "戊": "rst"}, "w", "uv", w=3, z=2)
    towns = {"u": "西街道", "v": "西街道", "w": "西街道"}
    for tables in (old, new):
        tables[0]["township"] = [towns.get(each, "东街道") for each in tables[0]["unit_id"]]
    return compared(old, new)


def test_each_unit_is_told_what_concerns_it() -> None:
    """One sentence each; nobody is told who did not change, nobody is there to tell of x."""
    assert sentences(quarter()) == {
        "w公司": "正式党员已满三名，应单独组建党支部",
        "u公司": "不再编在乙；未纳入",
        "v公司": "不再编在乙；未纳入",
        "e公司": "由甲转入丙，同支部：f公司、n公司",
        "f公司": "由甲转入丙，同支部：e公司、n公司",
        "y公司": "编入丁，同支部：z公司",
        **{
            f"{unit}公司": f"同支部的单位有变；甲，同支部：{others}"
            for unit, others in (
                ("a", "b公司、c公司、d公司"),
                ("b", "a公司、c公司、d公司"),
                ("c", "a公司、b公司、d公司"),
                ("d", "a公司、b公司、c公司"),
            )
        },
        "n公司": "新纳入台账，编入丙，同支部：e公司、f公司",
        "z公司": "新纳入台账，编入丁，同支部：y公司",
        "x公司": None,
    }


def test_who_is_in_a_newly_approved_branch_is_told() -> None:
    """甲 is approved as it was proposed, 乙 with a newcomer; 丙 was approved before: no word."""
    old = plan({"甲": "abc", "乙": "uv", "丙": "xyz"})
    new = plan({"甲": "abc", "乙": "uvw", "丙": "xyz"})
    old[0].loc[old[0]["unit_id"].isin([*"xyz"]), "outcome"] = "existing"
    new[0]["outcome"] = new[1]["status"] = "existing"
    for tables in (old, new):
        tables[0]["township"] = "东街道"
    changes = compared(old, new)

    assert sentences(changes) == {
        "a公司": "甲已批准，同支部：b公司、c公司",
        "b公司": "甲已批准，同支部：a公司、c公司",
        "c公司": "甲已批准，同支部：a公司、b公司",
        "u公司": "所在党支部已批准，同支部的单位有变；乙，同支部：v公司、w公司",
        "v公司": "所在党支部已批准，同支部的单位有变；乙，同支部：u公司、w公司",
        "w公司": "新纳入台账，编入乙，同支部：u公司、v公司",
    }
    listing = townships_listing(changes, VOICE)
    assert column(listing, "所在党支部已批准") == [3]
    assert column(listing, "需告知的单位") == [6]


def test_each_township_is_told_of_its_units_and_branches() -> None:
    """东街道: a to f, n, y and z are to be told, x is gone; 西街道: three, and its branch."""
    listing = townships_listing(quarter(), VOICE)

    assert column(listing, "乡镇（街道）") == ["东街道", "西街道"]
    assert column(listing, "需告知的单位") == [9, 3]
    assert column(listing, "新增单位") == [2, 0]
    assert column(listing, "台账中不再有") == [1, 0]
    assert column(listing, "达到三人，应单独组建") == [0, 1]
    assert column(listing, "退出联合党支部") == [0, 2]
    assert column(listing, "要调整的党支部") == ["甲：拆分", "乙：不足三人，应调整或撤销"]
    assert column(listing, "要报批的党支部") == ["丁：新提出", None]


def test_branches_that_ask_for_action_come_first() -> None:
    """Under three, split, new, then what needs nothing; what to do stands beside each."""
    listing = branches_listing(quarter().branches, VOICE)

    assert column(listing, "党支部") == ["乙", "甲", "丁", "戊"]
    assert column(listing, "要做什么") == [
        "报审批单位调整或撤销，告知各成员单位",
        "按新方案报批，告知各成员单位",
        "按程序报批",
        "无需处理",
    ]


def test_what_a_unit_was_is_told_where_it_changed() -> None:
    """Another name, place and code: each with what it was; nobody else is on the list."""
    old, new = plan({"甲": "abc"}), plan({"甲": "abc"}, c=2)
    for table, name, code, town in (
        (old[0], "旧名公司", "91980203MA0000001W", "东街道"),
        (new[0], "新名公司", "91980203MA9000112X", "西街道"),
    ):
        table["address"] = "一号"
        table.loc[2, ["name", "credit_code", "township"]] = [name, code, town]
    listing = facts_listing(compared(old, new).units, VOICE)

    assert column(listing, "变化") == ["更名、改制（换信用代码）、迁址、正式党员增加"]
    assert column(listing, "单位名称") == ["新名公司"]
    assert column(listing, "原名称") == ["旧名公司"]
    assert column(listing, "原地址") == ["东街道一号"]
    assert column(listing, "原信用代码") == ["91980203MA0000001W"]


def test_a_hostile_name_is_text() -> None:
    """Characters that no workbook carries are left out of sentences."""
    changes = quarter()
    changes.units["companions"] = pd.Series(["=A1\x00"] * len(changes.units), dtype="str")

    assert sentences(changes)["y公司"] == "编入丁，同支部：=A1"
