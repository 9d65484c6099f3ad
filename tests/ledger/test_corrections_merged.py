"""Corrections in merged cells, new columns and rows that say 同上: all else stays."""

from __future__ import annotations

import pandas as pd
from corrected import applied, table

from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.corrections.applying import apply_corrections


def test_a_field_without_a_column_gets_one() -> None:
    """Only totals are given: the full members go into a new column at the right."""
    sheet = Sheet("A", (("党员情况", None), ("单位名称", "党员总数"), ("甲", 4), ("乙", 3)))
    result = applied(
        {"row": "A!3", "cell": None, "name": "甲", "written": None, "value": "3"}, sheet=sheet
    )
    ledger, report = clean(result.sheets)

    assert result.refused == ()
    assert result.sheets[0].rows[2] == ("甲", 4, "3")
    assert ledger["full_members"].tolist()[0] == 3
    assert ledger["total_members"].tolist() == [4, 3]
    assert pd.isna(ledger["full_members"].tolist()[1])
    assert report.sheets[0].columns["full_members"] == 3


def test_a_count_merged_over_units_is_taken_apart() -> None:
    """One 6 over three units: the second gets its own 2, the others stay nobody's 6."""
    sheet = Sheet(
        "A",
        (
            ("单位名称", "地址", "正式党员"),
            ("甲公司", "1号", 6),
            ("乙公司", "2号", None),
            ("丙公司", "3号", None),
        ),
        merges=((2, 3, 4, 3),),
    )
    result = applied(
        {"row": "A!3", "cell": "C3", "name": "乙公司", "written": "合并单元格:6"}, sheet=sheet
    )
    ledger = clean(result.sheets)[0]

    assert result.sheets[0].merges == ()
    assert ledger["full_members"].astype(object).where(
        ledger["full_members"].notna(), None
    ).tolist() == [None, 2, None]


def test_a_township_merged_down_is_kept_for_the_others() -> None:
    """Three units under one merged township; the second belongs to another one."""
    sheet = Sheet(
        "A",
        (
            ("乡镇", "单位名称", "正式党员"),
            ("甲镇", "一", 1),
            (None, "二", 1),
            (None, "三", 1),
        ),
        merges=((2, 1, 4, 1),),
    )
    result = applied(
        {
            "row": "A!3",
            "cell": "A3",
            "name": "二",
            "field": "township_named",
            "written": "甲镇",
            "value": "乙镇",
        },
        {
            "row": "A!4",
            "cell": "A4",
            "name": "三",
            "field": "township_named",
            "written": "甲镇",
            "value": "丙镇",
        },
        sheet=sheet,
    )

    assert clean(result.sheets)[0]["township_named"].tolist() == ["甲镇", "乙镇", "丙镇"]


def test_a_merged_name_is_left_to_the_ledger_itself() -> None:
    """One name over two rows says that they are one unit: no single cell can be corrected."""
    sheet = Sheet("A", (("单位名称", "正式党员"), ("甲", 1), (None, 1)), merges=((2, 1, 3, 1),))
    result = applied(
        {"row": "A!2", "cell": "A2", "name": "甲", "field": "name", "written": "甲", "value": "乙"},
        sheet=sheet,
    )

    assert result.refused[0].why.zh == "单位名称是合并单元格；请直接在台账中更正"


def test_a_clerks_own_correction_needs_only_the_cell() -> None:
    """Row and field are told by the cell: D7 is the address of row 7."""
    result = applied(
        {
            "row": "城关镇!0",
            "cell": "$d$7",
            "field": None,
            "written": "人民路5号",
            "value": "人民路15号",
        }
    )
    (trace,) = result.applied.to_dict("records")

    assert result.sheets[0].cell(7, 4) == "人民路15号"
    assert (trace["row"], trace["field"]) == ("城关镇!7", "address")


def test_a_column_decided_by_a_person_is_corrected_by_that_decision() -> None:
    """Column B is read as the full members only because a person said so."""
    sheet = Sheet("A", (("单位名称", "在册的", "地址"), ("甲", None, "1号")))
    said = table({"row": "A!2", "cell": "B2", "name": "甲"})

    with_it = apply_corrections([sheet], said, columns={"full_members": "在册的"})
    without = apply_corrections([sheet], said)

    assert with_it.sheets[0].cell(2, 2) == "2"
    assert without.refused[0].why.zh.startswith("台账的列已变动：B2 现在不是“正式党员”")


def test_a_formula_error_that_was_corrected_is_no_error_any_more() -> None:
    """The cell's mark goes with its value; other cells keep theirs."""
    sheet = Sheet(
        "A",
        (("单位名称", "正式党员", "职工人数"), ("甲", None, None), ("乙", None, 5)),
        faulty={(2, 2): "#REF!", (3, 2): "#REF!"},
        formulas_without_value=frozenset({(2, 3)}),
    )
    usual = {"row": "A!2", "name": "甲"}
    result = applied(
        usual | {"cell": "B2", "written": "#REF!"},
        usual | {"cell": "C2", "field": "staff", "written": "公式未计算"},
        sheet=sheet,
    )
    (put,) = result.sheets

    assert result.refused == ()
    assert (put.faulty, put.formulas_without_value) == ({(3, 2): "#REF!"}, frozenset())
    assert put.rows[1] == ("甲", "2", "2")


STREETS = Sheet(
    "A",
    (
        ("序号", "单位名称", "地址", "正式党员"),
        (1, "甲公司", "1号", 1),
        (2, "乙公司", "同上", 1),
        (3, "丙公司", "〃", 1),
        (4, "丁公司", "9号", 1),
    ),
)


def test_rows_that_say_as_above_keep_what_they_said() -> None:
    """The first address was wrong; the two below it said 同上 and still mean 1号."""
    said = {"row": "A!2", "cell": "C2", "name": "甲公司", "field": "address", "written": "1号"}
    result = applied(said | {"value": "5号"}, sheet=STREETS)

    assert clean(result.sheets)[0]["address"].tolist() == ["5号", "1号", "1号", "9号"]


def test_a_row_that_said_as_above_is_corrected_by_itself() -> None:
    """乙 gets an address of its own; 丙 below it still means 1号, whichever is applied first."""
    second = {"row": "A!3", "cell": "C3", "name": "乙公司", "field": "address", "written": "同上"}
    first = {"row": "A!2", "cell": "C2", "name": "甲公司", "field": "address", "written": "1号"}
    pair = (second | {"value": "3号"}, first | {"value": "5号"})

    for said in (pair, pair[::-1]):
        result = applied(*said, sheet=STREETS)

        assert clean(result.sheets)[0]["address"].tolist() == ["5号", "3号", "1号", "9号"]


def test_a_name_on_two_lines_is_left_to_the_ledger_itself() -> None:
    """The second line would be put on to the corrected name again; the count can be corrected."""
    sheet = Sheet(
        "A",
        (
            ("序号", "单位名称", "正式党员"),
            (1, "清河市宏达机械", None),
            (None, "有限公司", None),
            (2, "乙公司", 1),
        ),
    )
    usual = {"row": "A!2", "name": "清河市宏达机械有限公司"}
    result = applied(
        usual | {"cell": "B2", "field": "name", "written": "清河市宏达机械", "value": "宏达公司"},
        usual | {"cell": "C2"},
        sheet=sheet,
    )
    ledger = clean(result.sheets)[0]

    assert [each.why.zh for each in result.refused] == [
        "该项在台账中分写在第 2、3 两行；请直接在台账中更正"
    ]
    assert ledger["name"].tolist() == ["清河市宏达机械有限公司", "乙公司"]
    assert ledger["full_members"].tolist() == [2, 1]
