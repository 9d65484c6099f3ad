"""There and back: a dirty ledger, its check filled in as a clerk would, the LEDGER put right."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from lxgeo import text
from lxgeo.ledger import LedgerReport, Sheet, clean
from lxgeo.ledger.corrections.applying import Corrected, apply_corrections
from lxgeo.ledger.corrections.confirmations import confirm
from lxgeo.publish.check.book import Check, write_check
from lxgeo.read import read_cells
from lxgeo.read.corrections import read_corrections

CODE, OTHER_CODE = "91350100M000100Y43", "91370200163562681G"
HEADS = (
    *("序号", "单位名称", "统一社会信用代码", "经营地址", "从业人员"),
    *("正式党员", "预备党员", "党员总数", "经营状态"),
)
DIRT: tuple[tuple[Any, ...], ...] = (
    (1, "宏达机械（集团）", CODE, "人民路1号", "50人", "２", 1, 3, "在营"),
    (2, "兴旺商行", 913702001635626810, "人民路2号", 6, "约2", 0, 2, "在营"),
    (3, "顺达物流", None, "人民路4号", 8, 3, 1, 5, "在营"),
    (4, "春风幼儿园", None, "人民路5号", 9, None, None, None, "不正常"),
    ("合计", None, None, None, 73, 7, 2, 10, None),
)


def write_ledger(path: Path, *rows: tuple[Any, ...]) -> Path:
    """Write a ledger of one sheet with a merged title."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "城关镇"
    sheet.append(("城关镇两新组织台账",))
    sheet.merge_cells("A1:I1")
    for row in (HEADS, *rows):
        sheet.append(row)
    book.save(path)
    return path


def check(ledger: Path, path: Path, *earlier: Path) -> tuple[pd.DataFrame, LedgerReport, Corrected]:
    """Read a ledger with what was corrected earlier, in order, and write its check."""
    sheets: tuple[Sheet, ...] = read_cells(ledger)
    corrected = Corrected(sheets, pd.DataFrame(), ())
    for each in earlier:
        corrected = apply_corrections(corrected.sheets, read_corrections(each))
    table, report = clean(corrected.sheets)
    if earlier:
        table = confirm(table, report, corrected.sheets, corrected.applied)
    found = Check(corrected.sheets, table, report, corrected if earlier else None)
    write_check(path, found, reason=text.reason, texts=text.texts())
    return table, report, corrected


def fill(path: Path, *said: tuple[str, Any, Any, Any, str]) -> Path:
    """Fill in a check as a clerk does: by cell, in the four yellow columns."""
    book = openpyxl.load_workbook(path)
    sheet = book["问题"]
    heads = [cell.value for cell in sheet[3]]
    for name, *signed in said:
        (row,) = (
            row for row in sheet.iter_rows(min_row=4) if row[heads.index("单元格")].value == name
        )
        for cell, value in zip(row[-4:], signed, strict=True):
            assert not cell.protection.locked
            cell.value = value
    book.save(path)
    return path


SIGNED = ("城关镇组织干事", "2026-01-31", "已核实")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Return the dirty ledger, as a workbook."""
    return write_ledger(tmp_path / "台账.xlsx", *DIRT)


def test_signed_corrections_put_the_ledger_right(tmp_path: Path, ledger: Path) -> None:
    """Four units: after six corrections every count is known and nothing is to be settled."""
    before, _, _ = check(ledger, tmp_path / "check.xlsx")
    filled = fill(
        tmp_path / "check.xlsx",
        ("C4", OTHER_CODE, *SIGNED),
        ("F4", 2, "城关镇组织委员", dt.date(2026, 1, 30), "党员名册"),
        ("H5", 4, *SIGNED),
        ("F6", "1", *SIGNED),
        ("I6", "在营", *SIGNED),
    )
    after, _, corrected = check(ledger, tmp_path / "again.xlsx", filled)

    assert before["findings"].map(len).tolist() == [0, 2, 1, 2]
    assert corrected.refused == ()
    assert after["full_members"].tolist() == [2, 2, 3, 1]
    assert after["total_members"].tolist()[:3] == [3, 2, 4]
    assert after["credit_code"].tolist()[:2] == [CODE, OTHER_CODE]
    assert after["operating_status"].tolist() == ["operating"] * 4
    assert after["findings"].map(len).tolist() == [0, 0, 0, 0]


def test_the_trace_tells_every_cell_that_was_changed(tmp_path: Path, ledger: Path) -> None:
    """What stood there, what stands there, by which post, when and why; no other cell differs."""
    check(ledger, tmp_path / "check.xlsx")
    filled = fill(
        tmp_path / "check.xlsx",
        ("F4", 2, "城关镇组织委员", dt.date(2026, 1, 30), "党员名册"),
        ("F6", "1", *SIGNED),
    )
    (raw,) = read_cells(ledger)
    corrected = apply_corrections([raw], read_corrections(filled))
    (put,) = corrected.sheets
    trace = corrected.applied.astype(object).where(corrected.applied.notna(), None)

    assert [
        tuple(row) for row in trace.drop(columns=["at", "row", "name", "mark", "round"]).to_numpy()
    ] == [
        ("F4", "full_members", "约2", "2", "城关镇组织委员", "2026-01-30", "党员名册"),
        ("F6", "full_members", None, "1", *SIGNED),
    ]
    changed = [
        (number, column)
        for number, row in enumerate(put.rows, start=1)
        for column, cell in enumerate(row, start=1)
        if cell != raw.cell(number, column)
    ]
    assert changed == [(4, 6), (6, 6)]


def test_what_no_longer_fits_is_refused_and_the_rest_is_taken(tmp_path: Path, ledger: Path) -> None:
    """Between check and correction the ledger was edited: two stale, one unsigned, one unreadable.

    Row 4's count was typed in, row 6's unit was replaced by another; row 5 stands as it was.
    """
    check(ledger, tmp_path / "check.xlsx")
    filled = fill(
        tmp_path / "check.xlsx",
        ("F4", 2, *SIGNED),
        ("F6", 1, *SIGNED),
        ("C4", OTHER_CODE, "城关镇组织干事", None, ""),
        ("F5", "几个", *SIGNED),
        ("H5", 4, *SIGNED),
    )
    edited = [list(row) for row in DIRT]
    edited[1][5] = 1
    edited[3][1] = "朝阳幼儿园"
    changed = write_ledger(tmp_path / "改.xlsx", *map(tuple, edited))
    after, _, corrected = check(changed, tmp_path / "again.xlsx", filled)
    why = {each.correction.cell: each.why.zh for each in corrected.refused}

    assert list(why) == ["C4", "F4", "F5", "F6"]
    assert why["C4"] == "未签署：缺日期"
    assert why["F4"] == "台账现在写的是“1”，检查时是“约2”；请重新检查后再更正"
    assert why["F5"].startswith("更正值“几个”不能读作正式党员")
    assert why["F6"].startswith("第 6 行现在是“朝阳幼儿园”，不是“春风幼儿园”")
    assert corrected.applied["cell"].tolist() == ["H5"]
    assert after["total_members"].tolist()[2] == 4
    assert after["full_members"].astype(object).where(
        after["full_members"].notna(), None
    ).tolist() == [2, 1, 3, None]


def test_two_rounds_of_corrections_follow_each_other(tmp_path: Path, ledger: Path) -> None:
    """The second check sees what the first one corrected; given both, nothing is done twice."""
    check(ledger, tmp_path / "1.xlsx")
    first = fill(tmp_path / "1.xlsx", ("F6", "10", *SIGNED))
    middle, _, _ = check(ledger, tmp_path / "2.xlsx", first)
    second = fill(tmp_path / "2.xlsx", ("F6", "1", *SIGNED))
    after, _, corrected = check(ledger, tmp_path / "3.xlsx", first, second)

    assert middle["full_members"].tolist()[3] == 10  # more than the staff of nine: told again
    assert [each.why.zh for each in corrected.refused] == ["台账已是“10”，无需再改"]
    assert after["full_members"].tolist()[3] == 1


def test_the_last_check_carries_the_earlier_corrections(tmp_path: Path, ledger: Path) -> None:
    """Three rounds on one ledger; the last workbook alone gives what all of them gave.

    Round 1 renames row 6 and gives it 10 members, round 2 corrects them to 1 under the new name.
    """
    check(ledger, tmp_path / "1.xlsx")
    first = fill(tmp_path / "1.xlsx", ("F6", "10", *SIGNED), ("I6", "在营", *SIGNED))
    own = openpyxl.load_workbook(first)
    named = ("城关镇", None, "B6", "春风幼儿园", None, "春风幼儿园", "春风第一幼儿园", *SIGNED)
    for cell, value in zip(own["补充更正"][4], named, strict=True):
        cell.value = value
    own.save(first)
    check(ledger, tmp_path / "2.xlsx", first)
    second = fill(tmp_path / "2.xlsx", ("F6", "1", *SIGNED))
    after, _, corrected = check(ledger, tmp_path / "3.xlsx", second)
    last, _, _ = check(ledger, tmp_path / "4.xlsx", tmp_path / "3.xlsx")

    assert corrected.refused == ()
    assert corrected.applied["round"].tolist() == [1, 1, 1, 2]
    assert (after["name"].tolist()[3], after["full_members"].tolist()[3]) == ("春风第一幼儿园", 1)
    assert last.equals(after)


def test_what_is_confirmed_is_told_once_and_carried_on(tmp_path: Path, ledger: Path) -> None:
    """约2 is signed as right: out of the problems, in the record, and so in every later check."""
    check(ledger, tmp_path / "1.xlsx")
    first = fill(tmp_path / "1.xlsx", ("F4", "核对无误", *SIGNED))
    after, _, corrected = check(ledger, tmp_path / "2.xlsx", first)
    later, _, again = check(ledger, tmp_path / "3.xlsx", tmp_path / "2.xlsx")
    listed = [row[3].value for row in openpyxl.load_workbook(tmp_path / "2.xlsx")["问题"]]

    assert (corrected.refused, again.refused) == ((), ())
    assert "F4" not in listed
    assert "C4" in listed
    assert later.equals(after)
    assert [str(each.code) for each in later["findings"].iloc[1]] == [
        *("credit_code_lost", "confirmed")
    ]


def test_what_is_offered_as_a_value_is_what_is_read(tmp_path: Path, ledger: Path) -> None:
    """The yellow cell offers 核对无误 to choose, and lets anything else be written."""
    check(ledger, tmp_path / "1.xlsx")
    (offer,) = [
        each
        for each in openpyxl.load_workbook(tmp_path / "1.xlsx")[
            "问题"
        ].data_validations.dataValidation
        if each.type == "list"
    ]

    assert (offer.formula1, offer.showErrorMessage) == ('"核对无误"', False)
    assert "核对无误" in offer.prompt


def test_what_was_refused_is_not_carried_on(tmp_path: Path, ledger: Path) -> None:
    """An unsigned correction is told once; its row in the next workbook is no correction."""
    check(ledger, tmp_path / "1.xlsx")
    unsigned = fill(tmp_path / "1.xlsx", ("F6", "1", None, None, None))
    _, _, corrected = check(ledger, tmp_path / "2.xlsx", unsigned)
    _, _, again = check(ledger, tmp_path / "3.xlsx", tmp_path / "2.xlsx")

    assert len(corrected.refused) == 1
    assert (again.refused, len(again.applied)) == ((), 0)


def test_an_untouched_check_changes_nothing(tmp_path: Path, ledger: Path) -> None:
    """Nothing filled in, nothing changed, nothing refused."""
    before, _, _ = check(ledger, tmp_path / "check.xlsx")
    after, _, corrected = check(ledger, tmp_path / "again.xlsx", tmp_path / "check.xlsx")

    assert corrected.refused == ()
    assert corrected.applied.empty
    assert after.equals(before)


def test_a_missing_column_is_filled_through_the_check(tmp_path: Path) -> None:
    """The ledger has only totals: full members come in through the check, in a column of theirs."""
    path = tmp_path / "总数.xlsx"
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (("单位名称", "地址", "党员总数"), ("甲公司", "1号", 4), ("乙公司", "2号", 2)):
        sheet.append(row)
    book.save(path)
    check(path, tmp_path / "check.xlsx")
    filled = openpyxl.load_workbook(tmp_path / "check.xlsx")
    for row, value in zip(filled["问题"].iter_rows(min_row=4), ("3", "2"), strict=True):
        for cell, said in zip(row[-4:], (value, *SIGNED), strict=True):
            cell.value = said
    filled.save(tmp_path / "check.xlsx")
    after, _, corrected = check(path, tmp_path / "again.xlsx", tmp_path / "check.xlsx")

    assert corrected.refused == ()
    assert after["full_members"].tolist() == [3, 2]
    assert after["total_members"].tolist() == [4, 2]
