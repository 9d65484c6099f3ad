"""Corrections read out of a workbook: by their headings, guarded, however a date is written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lxgeo.errors import LedgerError
from lxgeo.ledger.corrections.applying import CORRECTIONS
from lxgeo.read.corrections import read_corrections

HEADS = (
    *("序号", "工作表", "Excel 行", "单元格", "单位名称", "字段", "台账原文", "问题"),
    *("更正值", "更正人（岗位）", "日期", "理由"),
)
FIRST = (1, "城关镇", 7, "F7", "春风幼儿园", "正式党员", "（空白）", "未填")


def written(path: Path, *rows: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> Path:
    """Write a workbook with two title rows, the headings and some rows."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "问题"
    for row in (("台账问题与更正表",), ("内部资料",), heads, *rows):
        sheet.append(row)
    book.save(path)
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """Return the corrections, blanks as None."""
    table = read_corrections(path)
    CORRECTIONS.check(table)
    plain = table.astype(object).where(table.notna(), None)
    return plain.to_dict("records")  # type: ignore[return-value]


def test_a_filled_row_is_read_whole(tmp_path: Path) -> None:
    """The field by its code, the blank as a blank, where it stands in the check workbook."""
    signed = ("2", "组织干事", "2026-01-31", "已电话核实")

    assert read(written(tmp_path / "check.xlsx", (*FIRST, *signed))) == [
        {
            "at": "问题!4",
            "row": "城关镇!7",
            "cell": "F7",
            "name": "春风幼儿园",
            "field": "full_members",
            "written": None,
            "value": "2",
            "post": "组织干事",
            "day": "2026-01-31",
            "why": "已电话核实",
            "mark": None,
            "round": None,
        }
    ]


def test_rows_in_which_nothing_was_filled_are_passed_over(tmp_path: Path) -> None:
    """One row is empty, one holds a value without a signature: the second comes back."""
    rows = ((*FIRST, None, None, None, None), (*FIRST, 2, None, None, None))

    found = read(written(tmp_path / "check.xlsx", *rows))

    assert [(each["at"], each["value"], each["post"]) for each in found] == [("问题!5", "2", None)]


@pytest.mark.parametrize(
    "day",
    [
        *(
            "2026-01-31",
            "2026.1.31",
            "2026/1/31",
            "2026年1月31日",
            "20260131",
            " ２０２６-１-３１ ",
        ),
        dt.datetime(2026, 1, 31),  # noqa: DTZ001 - as a spreadsheet holds it
        dt.date(2026, 1, 31),
    ],
)
def test_a_date_is_read_however_it_is_written(tmp_path: Path, day: object) -> None:
    """As text in the usual forms, or as the spreadsheet's own date."""
    found = read(written(tmp_path / "check.xlsx", (*FIRST, "2", "干事", day, None)))

    assert found[0]["day"] == "2026-01-31"


def test_what_is_no_date_comes_as_it_is(tmp_path: Path) -> None:
    """Whether it counts is decided later, and told there."""
    found = read(written(tmp_path / "check.xlsx", (*FIRST, "2", "干事", "上周", None)))

    assert found[0]["day"] == "上周"


def test_columns_are_told_by_their_headings(tmp_path: Path) -> None:
    """A copy with other columns and in English is read the same."""
    heads = (
        *("Correct value", "By (post)", "Date", "Reason", "Sheet", "Excel row", "Cell", "Unit"),
        *("Field", "What stands there"),
    )
    row = ("2", "干事", "2026-01-31", None, "城关镇", 7, "F7", "春风幼儿园", "full members", "约2")

    (found,) = read(written(tmp_path / "check.xlsx", row, heads=heads))

    assert (found["row"], found["field"], found["written"]) == ("城关镇!7", "full_members", "约2")


def test_a_row_number_that_is_none_points_nowhere(tmp_path: Path) -> None:
    """Somebody typed over it: row 0, which no ledger has."""
    row = (1, "城关镇", "第七行", *FIRST[3:], "2", "干事", "2026-01-31", None)

    assert read(written(tmp_path / "check.xlsx", row))[0]["row"] == "城关镇!0"


def test_a_workbook_that_is_no_check_is_refused(tmp_path: Path) -> None:
    """The ledger itself was given: told what is missing and which file is meant."""
    path = written(tmp_path / "台账.xlsx", ("甲", 1), heads=("单位名称", "正式党员"))

    with pytest.raises(LedgerError, match=r"不是检查表.*lxgeo check --report"):
        read_corrections(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """As any ledger: by the same guarded reader."""
    with pytest.raises(LedgerError):
        read_corrections(tmp_path / "check.xlsx")


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    """A zip cut in two ends in a sentence, in a child process or before it."""
    path = written(tmp_path / "check.xlsx", (*FIRST, "2", "干事", "2026-01-31", None))
    path.write_bytes(path.read_bytes()[:2000])

    with pytest.raises(LedgerError):
        read_corrections(path)
