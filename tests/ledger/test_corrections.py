"""Corrections: signed ones that fit go into the raw cells; whatever is not taken is told why."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from check_ledger import CODE, OTHER_CODE, TOWN, changed
from corrected import applied, table

from lxgeo.errors import TableError
from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.corrections.applying import apply_corrections


def refusal(**said: Any) -> str:
    """Return why the one correction is refused, in Chinese."""
    result = applied(said)
    (refused,) = result.refused
    assert result.sheets == (TOWN,)
    assert result.applied.empty
    return refused.why.zh


def test_a_signed_correction_goes_into_its_cell_and_nowhere_else() -> None:
    """F7 says 2 now; every other cell is as it was, and the sheet given is not touched."""
    result = applied({})

    assert result.refused == ()
    assert result.sheets == (changed({(7, 6): "2"}),)
    assert TOWN.cell(7, 6) is None


def test_a_correction_is_read_by_the_same_rules_as_the_ledger() -> None:
    """A full-width digit and 无 are read as any cell would be, and told as mended."""
    result = applied(
        {"value": "２"},
        {"row": "城关镇!4", "cell": "F4", "name": "兴旺商行", "written": "约2", "value": "无"},
    )
    ledger, report = clean(result.sheets)

    assert ledger["full_members"].tolist() == [2, 0, 3, 3, 2]
    assert [(each.row, each.written, each.read) for each in report.sheets[0].repairs] == [
        ("城关镇!3", "２", "2"),
        ("城关镇!4", "无", "0"),
        ("城关镇!7", "２", "2"),
    ]


def test_the_trace_keeps_who_when_and_why() -> None:
    """What stood there, what stands there now, the post, the day and the reason."""
    (trace,) = applied({}).applied.to_dict("records")

    assert trace["row"] == "城关镇!7"
    assert trace["cell"] == "F7"
    assert pd.isna(trace["written"])
    assert {name: trace[name] for name in ("value", "post", "day", "why")} == {
        "value": "2",
        "post": "城关镇组织干事",
        "day": "2026-01-31",
        "why": "已电话核实",
    }


def test_a_wrong_code_is_corrected() -> None:
    """The lost credit code of row 4 is given as text: the unit is known by it."""
    result = applied(
        {
            "row": "城关镇!4",
            "cell": "C4",
            "name": "兴旺商行",
            "field": "credit_code",
            "written": "9.13502E+17",
            "value": OTHER_CODE,
        }
    )

    assert clean(result.sheets)[0]["credit_code"].tolist()[:2] == [CODE, OTHER_CODE]


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ({"post": None}, "更正人（岗位）"),
        ({"day": None}, "日期"),
        ({"post": None, "day": None}, "更正人（岗位）、日期"),
    ],
)
def test_an_unsigned_correction_is_refused(missing: dict[str, None], named: str) -> None:
    """Without a post and a date nobody stands for it."""
    assert refusal(**missing) == f"未签署：缺{named}"


def test_a_signature_without_a_value_changes_nothing() -> None:
    """Signed, but nothing to put there."""
    assert refusal(value=None) == "没有填更正值，未作改动"


def test_a_date_that_is_none_is_refused() -> None:
    """The 40th of a month is no day."""
    assert refusal(day="2026-01-40").startswith("日期“2026-01-40”不能识别")


@pytest.mark.parametrize("column", ["value", "post", "why"])
@pytest.mark.parametrize("number", ["13812345678", "找王主任 138-1234-5678", "11010519491231002X"])
def test_a_persons_number_is_refused_and_not_repeated(column: str, number: str) -> None:
    """A phone or an identity number anywhere: refused, and the sentence does not quote it."""
    said = refusal(**{column: number})

    assert said == "填有电话或证件号码，未采用；更正人只填岗位"


def test_a_cell_that_has_changed_since_is_kept() -> None:
    """The check saw a blank, the ledger says 4 now: the ledger stands."""
    result = applied({}, sheet=changed({(7, 6): 4}))

    assert result.sheets[0].cell(7, 6) == 4
    assert result.refused[0].why.zh == "台账现在写的是“4”，检查时是“（空白）”；请重新检查后再更正"


def test_a_cell_that_was_corrected_already_is_told_so() -> None:
    """Somebody has typed it into the ledger itself."""
    result = applied({}, sheet=changed({(7, 6): 2}))

    assert result.refused[0].why.zh == "台账已是“2”，无需再改"


def test_a_row_that_holds_another_unit_is_kept() -> None:
    """A row was put in above: row 7 is another unit now, though its cell is blank too."""
    rows = (*TOWN.rows[:6], (9, "后来的商行", None, "6号", 1, None, None, None), *TOWN.rows[6:])
    result = applied({}, sheet=Sheet("城关镇", rows))

    assert result.sheets[0].rows == rows
    assert result.refused[0].why.zh.startswith("第 7 行现在是“后来的商行”，不是“春风幼儿园”")


def test_a_column_that_has_moved_is_kept() -> None:
    """A column was put in on the left: F holds the staff now."""
    rows = tuple((None, *row) for row in TOWN.rows)
    result = applied({}, sheet=Sheet("城关镇", rows))

    assert result.sheets[0].rows == rows
    assert result.refused[0].why.zh.startswith("台账的列已变动：F7 现在不是“正式党员”")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("别处!7", "台账没有工作表“别处”，或未读该表"),
        ("城关镇!2", "“城关镇”第 2 行不是单位；请重新检查后再更正"),
        ("城关镇!99", "“城关镇”第 99 行不是单位；请重新检查后再更正"),
    ],
)
def test_a_place_that_is_not_there_is_refused(row: str, sentence: str) -> None:
    """Another sheet, the header itself, below the table."""
    assert refusal(row=row) == sentence


def test_a_correction_without_a_row_is_refused() -> None:
    """Neither row nor cell says where it belongs."""
    assert refusal(row="城关镇!0", cell=None) == "“城关镇”第 0 行不是单位；请重新检查后再更正"


@pytest.mark.parametrize(
    ("place", "value", "called"),
    [
        (("F7", "full_members", None), "若干", "正式党员"),
        (("F7", "full_members", None), "约2", "正式党员"),
        (("F7", "full_members", None), "-1", "正式党员"),
        (("C7", "credit_code", None), "91350100M000100Y44", "统一社会信用代码"),
        (("C7", "credit_code", None), "9.13502E+17", "统一社会信用代码"),
        (("D7", "address", "人民路5号"), "无", "地址"),
    ],
)
def test_a_value_that_its_field_cannot_read_is_refused(
    place: tuple[str, str, str | None], value: str, called: str
) -> None:
    """A correction must settle the matter: no guess, no sum that fails its check digit."""
    cell, field, written = place
    said = refusal(cell=cell, field=field, written=written, value=value)

    assert said.startswith(f"更正值“{value}”不能读作{called}")


def test_one_cell_corrected_to_two_values_is_corrected_to_none() -> None:
    """Nobody but the clerk knows which one is right; the same value twice is no contradiction."""
    result = applied({"value": "1"}, {"value": "2", "at": "补充更正!4"})
    twice = applied({"value": "2"}, {"value": "2", "at": "补充更正!4"})

    assert result.sheets == (TOWN,)
    assert [each.why.zh for each in result.refused] == [
        "同一单元格有两个不同的更正值；请只留一个"
    ] * 2
    assert twice.sheets[0].cell(7, 6) == "2"
    assert len(twice.applied) == 2


def test_sheets_of_one_name_in_two_files_are_told_apart() -> None:
    """The correction names its file; the other file's sheet is as it was."""
    rows = (("单位名称", "正式党员"), ("甲", None))
    one, two = Sheet("表1", rows, source="a.xlsx"), Sheet("表1", rows, source="b.xlsx")
    said = table({"row": "b.xlsx:表1!2", "cell": "B2", "name": "甲"})

    result = apply_corrections([one, two], said)

    assert result.sheets[0] == one
    assert result.sheets[1].cell(2, 2) == "2"


def test_a_sheet_is_found_by_its_name_however_it_is_typed() -> None:
    """The sheet is called 城关镇 with a space at its end, which no clerk sees."""
    sheet = Sheet("城关镇 ", TOWN.rows)
    result = applied({}, sheet=sheet)

    assert result.sheets[0].cell(7, 6) == "2"
    assert result.applied["row"].tolist() == ["城关镇 !7"]


def test_no_corrections_change_nothing() -> None:
    """An empty sheet comes back: the ledger is as it was."""
    assert apply_corrections([TOWN], table()).sheets == (TOWN,)


def test_a_table_that_holds_no_corrections_is_an_error() -> None:
    """A missing column is a fault of whoever calls."""
    with pytest.raises(TableError, match="CORRECTIONS"):
        apply_corrections([TOWN], pd.DataFrame({"row": ["城关镇!7"]}))
