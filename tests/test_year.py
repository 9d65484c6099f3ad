"""A hand-made year: what offices write, what is approved and what is told, quarter by quarter."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from command import Run
from lxgeo.judge.changed import BranchChange, UnitChange
from lxgeo.scenario import verify_run
from lxgeo.scenario.difference import Difference, difference_of
from lxgeo.scenario.history import read_history
from town import Town
from year import FIRST, FOURTH, QUARTERS, SECOND, THIRD, Year

A, B, E, S = (
    *("甲街道甲2电子联合党支部", "甲街道乙2电子联合党支部", "乙镇东一电子联合党支部"),
    "三人机械有限公司党支部",
)
F = "甲街道戊电子联合党支部"
STATE = ("责任岗位", "县级领导联系（岗位）", "完成时限", "销账", "备注", "上期")
Outcomes = Mapping[str, Mapping[str, str]]


@pytest.fixture(scope="module")
def year(town: Town, tmp_path_factory: pytest.TempPathFactory) -> tuple[Year, Outcomes]:
    """Return the year's folder, and of each quarter what becomes of each firm."""
    year = Year(tmp_path_factory.mktemp("year"), town.areas)
    outcomes = {}
    for quarter, firms, approved in (
        (QUARTERS[0], FIRST, ()),
        (QUARTERS[1], SECOND, (A,)),
        (QUARTERS[2], THIRD, (A, E)),
        (QUARTERS[3], FOURTH, ()),
    ):
        planned = year.plan(quarter, list(firms.values()), *approved)
        told = planned.units["outcome"].tolist()
        outcomes[quarter] = dict(zip(firms, told, strict=True))
        if quarter in BY_HAND:
            year.fill(quarter, *BY_HAND[quarter])
    return year, outcomes


BY_HAND = {
    QUARTERS[0]: (
        ("问题清单", "远山电机有限公司", {"note": "已约谈", "post": "企业科"}),
        ("问题清单", "无址咨询有限公司", {"status": "已销账", "note": "已补地址"}),
        ("问题清单", "东一电子有限公司", {"note": "拟发展党员", "due": "2026-06-30"}),
        ("问题清单", "某商会", {"note": "商会也要问"}),
        ("任务清单", A, {"leader": "联系甲街道的县级领导", "due": "2026-03-31"}),
        ("任务清单", B, {"note": "已征求意见", "status": "已销账"}),
        ("任务清单", S, {"status": "已销账"}),
        ("责任清单", "甲街道党工委", {"post": "党建办主任"}),
    ),
    QUARTERS[1]: (
        ("问题清单", "远山电机有限公司", {"status": "已销账"}),
        ("任务清单", A, {"note": "入组已报批", "status": "已销账"}),
        ("任务清单", E, {"note": "书记人选已定"}),
        ("任务清单", B, {"due": "2026-09-30"}),
    ),
    QUARTERS[2]: (("问题清单", "乙2电子有限公司", {"note": "待新单位"}),),
}
"""What the office writes into each quarter's lists."""

WRITTEN = {
    *("已约谈", "企业科", "已补地址", "拟发展党员", "商会也要问", "联系甲街道的县级领导"),
    *("2026-03-31", "已征求意见", "党建办主任", "入组已报批", "书记人选已定", "2026-09-30"),
    "待新单位",
}
"""All that was written by hand in the year; 2026-06-30 passed with the problem that it was for."""


def test_each_quarter_ends_as_worked_out_by_hand(year: tuple[Year, Outcomes]) -> None:
    """What is approved stays, whatever comes; who can't join is left out; every run stands."""
    folder, outcomes = year
    by_hand = {
        QUARTERS[0]: "A1 A2 A3 B1 B2 B3=joint L E1 E2=left_out N=not_located S=standalone",
        QUARTERS[1]: "A1 A2 A3=existing B1 B2 B3 D N E1 E2=joint L=left_out S=standalone",
        QUARTERS[2]: "A1 A2 A3 N E1 E2=existing B1 S=standalone B2 D L=left_out B3=excluded",
        QUARTERS[3]: "A1 A2 A3 N E1 E2=existing B2 D F=joint B1 S=standalone B3=excluded",
    }
    for quarter, said in by_hand.items():
        expected, firms = {}, []
        for word in said.split():
            firm, _, outcome = word.partition("=")
            firms.append(firm)
            if outcome:
                expected |= dict.fromkeys(firms, outcome)
                firms = []

        assert outcomes[quarter] == expected
        breaches = verify_run(folder.folder / quarter).breaches
        assert {each.where for each in breaches} <= {"plan.xlsx"}  # which was written in


def test_the_second_quarter_carries_what_was_written(year: tuple[Year, Outcomes]) -> None:
    """Item by item: what goes on, what changed, what ended; new ones begin as usual."""
    folder, quarter = year[0], QUARTERS[1]

    def state(sheet: str, name: str) -> tuple[str | None, ...]:
        return folder.item(quarter, sheet, name).said(*STATE)

    usual, month = "组织委员", "自报批起1个月内"
    assert folder.listed(quarter, "问题清单") == {"远山电机有限公司"}
    assert state("问题清单", "远山电机有限公司") == (
        *("企业科", None, "半年内复核", "未销账", "已约谈", "未销账"),
    )
    # D has joined: what was crossed off was about three units, not about four.
    assert state("任务清单", B) == (
        *(usual, None, month, "未销账", "已征求意见", "曾销账，成员有变，请复核"),
    )
    # That N joins the A's is a new task: what was written of founding that branch is not for it.
    assert state("任务清单", A) == (usual, None, month, "未销账", None, None)
    assert state("任务清单", E) == (usual, None, month, "未销账", None, None)
    assert state("任务清单", S)[3:] == ("已销账", None, "曾销账，本期仍在，请复核")
    assert state("责任清单", "甲街道党工委")[0] == "党建办主任"
    assert state("责任清单", "乙镇党委")[0] == usual

    ended = {
        each.name: each.said("了结情况", "销账", "备注")
        for each in folder.lists(quarter)
        if each.sheet == "上期事项"
    }
    assert ended == {
        "无址咨询有限公司": ("现为：联合组建", "已销账", "已补地址"),
        "东一电子有限公司": ("现为：联合组建", "已了结", "拟发展党员"),
        "东二电子有限公司": ("现为：联合组建", "已了结", None),
        A: ("现为：已建党组织", "已了结", None),
        "某商会": (None, "未销账", "商会也要问"),
    }


def test_the_third_quarter_follows_a_corrected_code(year: tuple[Year, Outcomes]) -> None:
    """L has another id and keeps its state; B has ended, and is told with what became of it."""
    folder, quarter = year[0], QUARTERS[2]

    told = folder.item(quarter, "问题清单", "远山电机有限公司")
    assert told.said(*STATE) == (
        *("企业科", None, "半年内复核", "已销账", "已约谈", "曾销账，本期仍在，请复核"),
    )
    ended = folder.item(quarter, "上期事项", B)
    assert ended.said("完成时限", "备注", "了结情况") == (
        *("2026-09-30", "已征求意见", "现为：单独组建、未纳入、不计入"),
    )
    assert folder.item(quarter, "上期事项", E).said("备注") == ("书记人选已定",)
    assert folder.listed(quarter, "问题清单") >= {"乙2电子有限公司", "丁电子有限公司"}
    assert folder.item(quarter, "问题清单", "乙2电子有限公司").said("备注", "上期") == (None, None)


def test_what_comes_up_again_brings_back_what_was_written(year: tuple[Year, Outcomes]) -> None:
    """E1 was a problem in the first quarter, and is one again in the last: its note is back."""
    folder, quarter = year[0], QUARTERS[3]

    again = folder.item(quarter, "问题清单", "东一电子有限公司")
    assert again.said(*STATE) == (
        *("组织委员", None, "本季度内", "未销账", "拟发展党员", "曾了结，本期又出现，请复核"),
    )
    gone = folder.item(quarter, "上期事项", "远山电机有限公司")
    assert gone.said("销账", "备注", "了结情况") == ("已销账", "已约谈", "单位已不在台账")
    assert folder.item(quarter, "任务清单", F).said(*STATE)[3:] == ("未销账", None, None)


def test_nothing_written_is_lost_and_nothing_made_up(year: tuple[Year, Outcomes]) -> None:
    """At the end of the year all that was written by hand stands once; nothing else is said."""
    columns = ("责任岗位", "县级领导联系（岗位）", "完成时限", "备注")
    usual = {"组织委员", "自报批起1个月内", "本季度内", "半年内复核"}
    cells = [
        said
        for each in year[0].lists(QUARTERS[3])
        for said in each.said(*columns)
        if said is not None and said not in usual
    ]

    assert sorted(cells) == sorted(WRITTEN)


def told(difference: Difference) -> dict[str, tuple[str, str | None]]:
    """Return firm → what became of it in the plan, and what it changed of itself."""
    units = difference.changes.units
    facts = units["facts"].where(units["facts"].notna(), None)
    both = zip(units["change"], facts, strict=True)
    return dict(zip(units["name"], both, strict=True))


def test_each_change_of_the_year_is_told(year: tuple[Year, Outcomes]) -> None:
    """New, closed, restructured, renamed, moved, grown, gone: each by its name."""
    folder = year[0].folder
    second, third, fourth = (
        difference_of(folder / old, folder / new) for old, new in pairwise(QUARTERS)
    )

    assert told(second)["乙一科技有限公司"] == (UnitChange.NEW_COMPANIONS, "renamed")
    assert told(second)["甲1电子有限公司"][0] == UnitChange.NEW_COMPANIONS
    assert told(third)["甲1电子有限公司"][0] == UnitChange.KEPT
    assert told(third)["东一电子有限公司"][0] == UnitChange.APPROVED
    assert told(second)["乙2电子有限公司"] == (UnitChange.NEW_COMPANIONS, "restructured")
    assert told(second)["丁电子有限公司"] == (UnitChange.NEW, "new")
    assert told(second)["东一电子有限公司"] == (UnitChange.JOINED, "more_members")
    assert told(third)["乙3电子有限公司"] == (UnitChange.LEFT, "closed")
    assert told(third)["乙一科技有限公司"] == (UnitChange.NEWLY_STANDALONE, "more_members")
    assert told(third)["远山电机有限公司"] == (UnitChange.KEPT, "code_corrected")
    assert told(third)["甲2电子有限公司"] == (UnitChange.KEPT, "moved")
    assert told(fourth)["远山电机有限公司"] == (UnitChange.GONE, "gone")
    assert told(fourth)["东一电子有限公司"] == (UnitChange.KEPT, "fewer_members")


def test_each_branch_of_the_year_is_told(year: tuple[Year, Outcomes]) -> None:
    """Approved, joined, dissolved under three, approved and under three since."""
    folder = year[0].folder
    changes = [
        dict(zip(found["name"], found["change"], strict=True))
        for old, new in pairwise(QUARTERS)
        for found in [difference_of(folder / old, folder / new).changes.branches]
    ]

    # N joins the A's as they are approved.
    assert changes[0] == {A: BranchChange.APPROVED, B: BranchChange.CHANGED, E: BranchChange.NEW}
    assert changes[1] == {
        A: BranchChange.KEPT,
        B: BranchChange.UNDER_THREE,
        E: BranchChange.APPROVED,
    }
    assert changes[2] == {A: BranchChange.KEPT, E: BranchChange.UNDER_THREE, F: BranchChange.NEW}


WENT = (
    "乙一科技有限公司（达到三人，应单独组建）、乙3电子有限公司（注销、空壳或外迁）、"
    "丁电子有限公司（现为：未纳入）、乙2电子有限公司（现为：未纳入）"
)


def test_the_year_is_read_back(year: tuple[Year, Outcomes]) -> None:
    """B, quarter by quarter, with who came, who went, and why; L under both its codes."""
    folders = [year[0].folder / quarter for quarter in QUARTERS]

    assert read_history(folders, branch=B).told() == (
        "一季度",
        f"  ○ {B}（建议，3 家，正式党员 3 名，牵头：乙2电子有限公司）",
        "      乙1电子有限公司、乙2电子有限公司、乙3电子有限公司",
        "二季度",
        f"  ○ {B}（建议，4 家，正式党员 4 名，牵头：乙2电子有限公司）",
        "      乙一科技有限公司、乙3电子有限公司、丁电子有限公司、乙2电子有限公司",
        "      → 成员单位有进有出；来：丁电子有限公司（新增单位）",
        "三季度",
        f"  × {B}：不足三人，应调整或撤销；去：{WENT}",
        "四季度",
        "  （没有）",
    )
    assert read_history(folders, unit="远山电机有限公司").told() == (
        "一季度  远山电机有限公司；未纳入；正式党员 1 名",
        "二季度  远山电机有限公司；未纳入；正式党员 1 名",
        "三季度  远山电机有限公司；未纳入；正式党员 1 名；更正信用代码",
        "四季度  台账中没有",
    )
    assert read_history(folders).told() == (
        "一季度  已建 0，建议 2",
        "二季度  已建 1，建议 2  → 成员单位有进有出 1；新提出 1；已批准 1",
        "三季度  已建 2，建议 0  → 不足三人，应调整或撤销 1；已批准 1；不变 1",
        "四季度  已建 2，建议 1  → 不足三人，应调整或撤销 1；新提出 1；不变 1",
    )


def test_a_history_by_command(year: tuple[Year, Outcomes], lxgeo: Run, tmp_path: Path) -> None:
    """Told and written; a name that no run knows is refused with those that are like it."""
    folders = [year[0].folder / quarter for quarter in QUARTERS]
    book = tmp_path / "沿革.xlsx"
    said = lxgeo("history", *folders, "--branch", A, "-o", book)

    assert said.code == 0, said.err
    assert f"● {A}（已建" in said.out
    timeline = openpyxl.load_workbook(book)["时间线"]
    (line,) = timeline.iter_rows(min_row=4, values_only=True)
    assert line == (1, f"○ {A}\n3 · 3", "●\n4 · 5", "●\n4 · 5", "●\n4 · 5")
    assert lxgeo("history", *folders, "--branch", "甲2电子").code == 1
    assert A in lxgeo("history", *folders, "--branch", "甲2电子").err
    assert lxgeo("history", folders[0]).code == 1
