"""The ledger as an Excel workbook: the same bytes every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from lxgeo.demo.entries import Cell, Formula
from lxgeo.demo.sheets import Page
from lxgeo.demo.wrong_cells import HIDDEN_STATUS

_MADE = dt.datetime(2026, 6, 30, tzinfo=dt.UTC).replace(tzinfo=None)
"""The date that the file states: fixed, so that the same seed gives the same bytes."""
_WIDTH = 11
_WIDTHS = {
    "serial": 6,
    "name": 34,
    "credit_code": 22,
    "kind": 14,
    "address": 44,
    "registered": 34,
    "village": 14,
    "branch": 28,
    "building": 18,
}
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
_DAY = {"num_format": "yyyy-mm-dd"}
_STAMP = "（虚构）\n演示专用章"
_CLERK = "某丙（虚构）"


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
        looks = _Looks(book)
        for page in pages:
            _write_page(book.add_worksheet(page.name), page, looks)


class _Looks:
    """The workbook's formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool], Any] = {}

    def of(self, kind: str, colour: str, *, day: bool) -> Any:
        """Return the format of a row's cell; None where it has none."""
        look = {**_FORMATS.get(kind, {}), **({"bg_color": f"#{colour}"} if colour else {})}
        look |= _DAY if day else {}
        if not look:
            return None
        key = (kind, colour, day)
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _write_page(sheet: Any, page: Page, looks: _Looks) -> None:
    for column, name in enumerate(page.dialect.fields if page.dialect else ()):
        sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH))
    merged = {(merge[0], merge[1]): merge for merge in page.merges}
    for row, (cells, kind) in enumerate(zip(page.rows, page.kinds, strict=True), start=1):
        entry = page.entries.get(row)
        colour = entry.colour if entry else ""
        for column, value in enumerate(cells, start=1):
            look = looks.of(kind, colour, day=isinstance(value, dt.date))
            if merge := merged.get((row, column)):
                top, left, bottom, right = (edge - 1 for edge in merge)
                sheet.merge_range(top, left, bottom, right, value, look)
            elif value is not None:
                _write(sheet, row - 1, column - 1, value, look)
            elif kind == "header" or colour:
                sheet.write_blank(row - 1, column - 1, None, look)
    if page.hidden:
        sheet.hide()
    if page.dialect is None:
        return
    _write_marks(sheet, page)
    sheet.set_row(0, 28)
    sheet.freeze_panes(page.header_row, 2)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2, page.header_row - 1)


def _write(sheet: Any, row: int, column: int, value: Cell, look: Any) -> None:
    if isinstance(value, Formula):
        # Without a result the cell's <v> stays empty, as in a file that nobody has calculated.
        result = "" if value.value is None else value.value
        sheet.write_formula(row, column, value.text, look, result)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)


def _write_marks(sheet: Any, page: Page) -> None:
    """Write what is no value: comments, a filter and what it hides, a stamp."""
    dialect = page.dialect
    if dialect is None:
        return
    for row, entry in page.entries.items():
        for name, text in entry.comments.items():
            where = (row - 1, dialect.column(name) - 1)
            sheet.write_comment(*where, text, {"author": _CLERK})
        if entry.hidden:
            sheet.set_row(row - 1, None, None, {"hidden": True})
    if dialect.filtered:
        column = dialect.column("status") - 1
        last = max(page.entries)
        sheet.autofilter(page.header_row - 1, 0, last - 1, len(dialect.fields) - 1)
        shown = sorted(
            {str(entry.cells["status"] or "Blanks") for entry in page.entries.values()}
            - {HIDDEN_STATUS}
        )
        sheet.filter_column_list(column, shown)
        for name in ("lon", "lat", "datum"):
            hidden = dialect.column(name) - 1
            sheet.set_column(hidden, hidden, _WIDTH, None, {"hidden": True})
    if dialect.stamped:
        sheet.insert_textbox(
            len(page.rows) - 5, 1, _STAMP, {"width": 150, "height": 60, "line": {"color": "red"}}
        )
