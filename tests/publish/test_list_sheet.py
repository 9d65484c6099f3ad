"""Rows put whole are written as xlsxwriter writes them value by value; odd texts stay texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from lxgeo.publish.book import draw, open_book
from lxgeo.publish.folder.release import Release
from lxgeo.publish.list_sheet import ListSheet, RowLook
from lxgeo.publish.listing import Head, Listing, Row

ROWS: tuple[Row, ...] = (
    ("甲<&>\"'", 1, None, 0.1 + 0.2),
    ("", -3, "  前后空格  ", 1e21),
    ("两\n行", 12_345_678_901_234_567, "甲<&>\"'", 0.0),
    ("_x0041_\t", True, "=1+1", -1e-7),
)
"""Texts that repeat, that are empty and that XML takes ill; numbers short and long."""
MARKUP = ("<r>&x</r>", "<r><t>没有名称</t></r>", "<r></r>", "<r>甲", "</r>")
"""Texts that look like the markup of a cell's runs."""


def written(path: Path, *, whole: bool) -> bytes:
    """Return a workbook's bytes: rows below a title, put whole or value by value."""
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet("表", ListSheet)
        other = book.add_worksheet("另一表", ListSheet)
        plain = [book.add_format({"bold": True}), *(book.add_format() for _ in range(3))]
        marked = [book.add_format({"italic": True}), *plain[1:]]
        for each in (sheet, other):
            each.write_string(0, 0, "标题", book.add_format({"font_size": 16}))
            for number, row in enumerate(ROWS * 5, start=2):
                each.set_row(number, 15 + number)
                look = marked if number % 2 else plain
                if whole:
                    each.put_row(number, row, RowLook(look))
                else:
                    put(each, number, row, look)
    return path.read_bytes()


def put(sheet: Any, number: int, row: Row, look: list[Any]) -> None:
    """Write a row value by value."""
    for column, (value, style) in enumerate(zip(row, look, strict=True)):
        if value is None or value == "":
            sheet.write_blank(number, column, None, style)
        elif isinstance(value, str):
            sheet.write_string(number, column, value, style)
        else:
            sheet.write_number(number, column, value, style)


def test_rows_put_whole_are_the_same_bytes(tmp_path: Path) -> None:
    """Two sheets that share texts and formats, forty rows, some of another look."""
    alone = written(tmp_path / "alone.xlsx", whole=False)

    assert written(tmp_path / "whole.xlsx", whole=True) == alone


def test_a_list_of_one_column(tmp_path: Path) -> None:
    """Its first cell is its last one, too."""
    with xlsxwriter.Workbook(tmp_path / "one.xlsx") as book:
        book.add_worksheet("表", ListSheet).put_row(0, ("甲",), RowLook([book.add_format()]))

    assert openpyxl.load_workbook(tmp_path / "one.xlsx")["表"]["A1"].value == "甲"


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_no_cell_holds_is_refused(tmp_path: Path, number: float) -> None:
    """It would make a workbook that nothing opens."""
    book = xlsxwriter.Workbook(tmp_path / "none.xlsx")
    sheet = book.add_worksheet("表", ListSheet)

    with pytest.raises(ValueError, match=str(number)):
        sheet.put_row(0, (number,), RowLook([book.add_format()]))


def test_names_that_look_like_markup_stay_names(tmp_path: Path, release: Release) -> None:
    """In a list and in its title: both readers see them as they are, and the file is sound."""
    path = tmp_path / "markup.xlsx"
    rows = tuple((each,) for each in MARKUP)
    with open_book(path, release) as book:
        draw(book, Listing("表", MARKUP[0], "", (Head(MARKUP[1], 20),), rows))
    sheet = openpyxl.load_workbook(path)["表"]
    seen = CalamineWorkbook.from_path(path).get_sheet_by_name("表").to_python()

    assert (sheet["A1"].value, sheet["A3"].value) == MARKUP[:2]
    assert tuple(sheet.cell(row, 1).value for row in range(4, 9)) == MARKUP
    assert tuple(row[0] for row in seen[3:]) == MARKUP
