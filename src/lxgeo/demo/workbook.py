"""The ledger as an Excel workbook: the same bytes every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from lxgeo.demo.sheets import Page

_MADE = dt.datetime(2026, 6, 30, tzinfo=dt.UTC).replace(tzinfo=None)
"""The date that the file states: fixed, so that the same seed gives the same bytes."""
_WIDTHS = (
    *(6, 34, 22, 14, 10, 44, 14, 9, 7, 7, 7, 12, 10, 8, 28, 12, 8, 8, 12, 11, 14, 8, 13, 10),
)
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
    "office": {"font_size": 10, "align": "left"},
    "header": {
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
        "bg_color": "#F2F2F2",
    },
    "divider": {"bold": True, "align": "left"},
    "unit": {},
    "subtotal": {"bold": True, "top": 1},
    "total": {"bold": True, "top": 1, "bottom": 1},
}


def write_workbook(pages: Sequence[Page], file: Path) -> None:
    """Write the ledger.

    Parameters
    ----------
    pages
        Its sheets.
    file
        Where; an old file there is overwritten.
    """
    with xlsxwriter.Workbook(file) as book:
        book.set_properties(
            {
                "title": "云溪区两新组织党建工作台账（虚构）",
                "comments": "虚构演示数据，由 lxgeo demo 生成",
                "created": _MADE,
            }
        )
        formats = {kind: book.add_format(look) for kind, look in _FORMATS.items()}
        for page in pages:
            _write_page(book, page, formats)


def _write_page(book: Any, page: Page, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(page.name)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    merged = {(merge[0], merge[1]): merge for merge in page.merges}
    for row, (cells, kind) in enumerate(zip(page.rows, page.kinds, strict=True), start=1):
        look = formats.get(kind)
        for column, value in enumerate(cells, start=1):
            if merge := merged.get((row, column)):
                top, left, bottom, right = (edge - 1 for edge in merge)
                sheet.merge_range(top, left, bottom, right, value, look)
            elif isinstance(value, str):
                sheet.write_string(row - 1, column - 1, value, look)
            elif value is not None:
                sheet.write_number(row - 1, column - 1, value, look)
            elif kind == "header":
                sheet.write_blank(row - 1, column - 1, None, look)
    if page.hidden:
        sheet.hide()
        return
    sheet.set_row(0, 28)
    sheet.freeze_panes(4, 2)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2, 3)
