"""Patterns 41 to 44 of dirt in ledgers: yes and no, and what is said of Party organisations."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from little_places import one_township

from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.corrections.applying import CORRECTIONS, apply_corrections
from lxgeo.ledger.values.forms import Form, form_said
from lxgeo.locate import locate
from lxgeo.model import Outcome, Rule
from lxgeo.policy import Policy
from lxgeo.rules.branch_names import branch_key, branch_likeness
from lxgeo.rules.triage import triage


@pytest.mark.parametrize(
    ("cell", "organised"),
    [
        *(
            (cell, True)
            for cell in ("是", "有", "√", "✓", "Y", 1, "1", "已建", "是。", "是（2020年）")
        ),
        *(
            (cell, False)
            for cell in ("否", "未", "×", "无", "N", 0, "未建", "未组建", "無", "没有")
        ),
        *((cell, None) for cell in (None, "", "空", "待定", "?")),
    ],
)
def test_pattern_41_yes_and_no_in_ten_forms(cell: object, *, organised: bool | None) -> None:
    """What says neither stays unknown; words that say neither are a finding, a blank is none."""
    ledger, _ = clean(
        [Sheet("甲", (("单位名称", "是否建立党组织", "正式党员"), ("宏达", cell, 1)))]
    )
    said = ledger["organised"].iloc[0]

    assert (None if pd.isna(said) else bool(said)) is organised
    assert [each.code for each in ledger["findings"].iloc[0]] == (
        [Rule.VALUE_UNREADABLE] if cell in {"待定", "?"} else []
    )


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("联合支部", Form(Outcome.JOINT)),
        ("联合党支部", Form(Outcome.JOINT)),
        ("联建", Form(Outcome.JOINT)),
        ("聯合黨支部", Form(Outcome.JOINT)),
        ("联合支部(商会联合党支部)", Form(Outcome.JOINT, branch="商会联合党支部")),
        ("挂靠", Form(Outcome.ATTACHED)),
        ("挂靠商会党支部", Form(Outcome.ATTACHED, branch="商会党支部")),
        ("挂靠在人民路社区党委", Form(Outcome.ATTACHED, branch="人民路社区党委")),
        ("与宏达公司联合", Form(Outcome.JOINT, partner="宏达公司")),
        ("与宏达公司、兴旺商行联合组建", Form(Outcome.JOINT, partner="宏达公司、兴旺商行")),
        ("同宏达公司等3家单位联建", Form(Outcome.JOINT, partner="宏达公司")),
        ("单独组建", Form(Outcome.STANDALONE)),
        ("党支部", Form(Outcome.STANDALONE)),
        ("临时党支部", Form(Outcome.TEMPORARY)),
        (None, Form()),
    ],
)
def test_pattern_42_forms_and_whom_they_name(cell: object, form: Form) -> None:
    """A form is a kind, and where it says so a branch or a partner."""
    assert form_said(cell) == form


def test_pattern_42_what_a_form_names_reaches_the_ledger() -> None:
    """The branch where none is given; a partner is told, its branch's name asked for."""
    header = ("单位名称", "正式党员", "组建方式", "党组织名称")
    rows = (
        ("宏达", 1, "挂靠商会党支部", None),
        ("兴旺", 1, "与宏达公司联合", None),
        ("发达", 1, "与宏达公司联合", "机械行业联合党支部"),
    )
    ledger, _ = clean([Sheet("甲", (header, *rows))])

    assert ledger["branch_kind"].tolist() == ["attached", "joint", "joint"]
    assert ledger["branch_named"].fillna("").tolist() == ["商会党支部", "", "机械行业联合党支部"]
    assert [[(f.code, dict(f.figures)) for f in each] for each in ledger["findings"]] == [
        [],
        [(Rule.JOINT_WITH, {"partner": "宏达公司"})],
        [],
    ]


@pytest.mark.parametrize(
    "name",
    ["商会联合支部", "中共商会联合党支部委员会", "商会联合党支部委员会", "中国共产党商会联合支部"],
)
def test_pattern_43_one_branch_in_several_spellings_is_asked_about(name: str) -> None:
    """Kept as written; the row that differs from the usual spelling asks, and quotes it."""
    names = ("商会联合党支部", name, "商会 联合党支部", "机械联合党支部")
    rows = ((f"单位{i}", f"{i}号", 1, "是", each, None) for i, each in enumerate(names))

    ledger, _ = clean([Sheet("甲", (HEADER, *rows))])

    assert ledger["branch_named"].tolist()[1] == name
    assert [[(f.code, dict(f.figures)) for f in each] for each in ledger["findings"]] == [
        [],
        [(Rule.SAME_BRANCH_MAYBE, {"branch": name, "name": "商会联合党支部", "row": "甲!2"})],
        [],
        [],
    ]


def test_pattern_43_of_two_spellings_the_first_is_not_asked_about() -> None:
    """One row each: the later one asks. Rows that repeat a unit or have no branch ask nothing."""
    rows = (
        ("宏达", "1号", 1, "是", "商会联合支部", None),
        ("兴旺", "2号", 1, "是", "商会联合党支部", None),
        ("兴旺", "2号", 1, "是", "中共商会联合支部", None),
        ("发达", "3号", 1, "否", "商会联合党支部委员会", None),
    )

    ledger, _ = clean([Sheet("甲", (HEADER, *rows))])

    assert [
        [f.figures["row"] for f in each if f.code is Rule.SAME_BRANCH_MAYBE]
        for each in ledger["findings"]
    ] == [[], ["甲!2"], [], []]


def test_pattern_43_width_and_white_space_are_no_other_spelling() -> None:
    """商会 联合党支部 and （城关） are read as one name without a question."""
    same = (
        "商会(城关)联合党支部",
        "商会（城关）联合党支部",
        "商会 【城关】 联合党支部",
        "商会(城关)\u200b联合党支部",
    )

    assert len({branch_key(name) for name in same}) == 1


def test_pattern_43_branches_that_differ_in_a_word_are_two() -> None:
    """第一 and 第二, a branch and a joint branch, 总支 and 支部 are not asked about."""
    names = ("商会第一联合党支部", "商会第二联合党支部", "商会党支部", "商会党总支", "商会党委")

    assert len({branch_likeness(name) for name in names}) == len(names)
    assert branch_likeness("商会总支") == branch_likeness("中共商会党总支部委员会")
    assert branch_likeness("商会党委") == branch_likeness("中共商会委员会")


def test_pattern_43_one_spelling_of_a_signed_correction_settles_it() -> None:
    """商会联合支部, corrected to the usual name by the clerk: one branch, nothing asked."""
    rows = (
        ("宏达", "1号", 1, "是", "商会联合党支部", None),
        ("兴旺", "2号", 2, "是", "商会联合支部", None),
    )
    sheet = Sheet("甲", (HEADER, *rows))
    said = {"at": "问题!4", "row": "甲!3", "cell": "E3", "name": "兴旺", "field": "branch_named"}
    said |= {"written": "商会联合支部", "value": "商会联合党支部"}
    said |= {"post": "组织干事", "day": "2026-01-31"}
    corrected = apply_corrections([sheet], CORRECTIONS.shaped(pd.DataFrame([said], dtype=object)))

    ledger, _ = clean(corrected.sheets)

    assert ledger["branch_named"].tolist() == ["商会联合党支部"] * 2
    assert ledger["findings"].tolist() == [(), ()]


HEADER = ("单位名称", "地址", "正式党员", "是否建立党组织", "党组织名称", "党组织形式")


def joint(*full: int) -> dict[str, list[Rule]]:
    """Return the findings of the units of one joint branch, by name."""
    rows = (
        (f"单位{i}", f"人民路{i}号", n, "是", "商会联合党支部", "联合党支部")
        for i, n in enumerate(full)
    )
    ledger, _ = clean([Sheet("甲街道", (HEADER, *rows))])
    areas = one_township()
    units = triage(locate(ledger, areas), areas, replace(Policy(), joint_max_units=5))
    return {
        name: [each.code for each in findings if each.code.startswith(("joint", "three"))]
        for name, findings in zip(units["name"], units["findings"], strict=True)
    }


@pytest.mark.parametrize(
    ("full", "code"),
    [
        ((2,), Rule.JOINT_OF_ONE),
        ((1, 1, 1, 1, 1, 1), Rule.JOINT_OVER_CAP),
        ((1, 1), Rule.JOINT_UNDER_THREE),
    ],
)
def test_pattern_44_joint_branches_that_the_rules_do_not_know(
    full: tuple[int, ...], code: Rule
) -> None:
    """Of one unit, of six, of two full members: told on each unit."""
    assert all(code in findings for findings in joint(*full).values())


def test_pattern_44_a_unit_of_three_inside_a_joint_branch() -> None:
    """It is due a branch of its own; the sound ones are told nothing."""
    assert joint(3, 2, 1)["单位0"] == [Rule.THREE_INSIDE_JOINT]
    assert joint(2, 1) == {"单位0": [], "单位1": []}
