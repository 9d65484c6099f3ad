"""A worksheet that takes a list's rows whole.

xlsxwriter makes an object of every value and writes each by itself. Here a row stays as it is until
its cells are written, all in one go; what stands in the file is the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from html import escape
from math import isfinite
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from lxgeo.publish.listing import Row
from lxgeo.publish.rows import Cell

_LONGEST = 32_767  # UTF-16 characters in a cell
_SHORT = _LONGEST // 2  # characters that fit whatever they are
_RUN = "<r>", "</r>"
"""What a text begins and ends with that xlsxwriter writes as it stands, as markup."""


class RowLook:
    """The formats of a row, column by column; rows that look alike share one."""

    def __init__(self, formats: Iterable[Any]) -> None:
        self.formats = tuple(formats)

    def tinted(self, column: int, style: Any) -> RowLook:
        """Return the same look but for one column."""
        formats = list(self.formats)
        formats[column] = style
        return RowLook(formats)

    @cached_property
    def around(self) -> tuple[tuple[str, str], ...]:
        """What stands before and after a row's number in each cell's element.

        Asked for when the first such row is written: formats are numbered in that order.
        """
        numbers = (each._get_xf_index() for each in self.formats)  # noqa: SLF001 - see ListSheet
        return tuple(
            (f'<c r="{xl_col_to_name(column)}', f'" s="{number}"')
            for column, number in enumerate(numbers)
        )


class _Line(NamedTuple):
    """A row's values and how they look; stands where xlsxwriter looks for the first cell."""

    values: list[Cell]
    look: RowLook


_LAST = object()
"""Stands where xlsxwriter looks for a row's last cell: how far the row reaches."""


class ListSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter tells no types
    """A worksheet to which a list's rows are put, beside anything else that a worksheet takes.

    It leans on how xlsxwriter keeps cells, strings and formats; a test holds that the bytes are
    those of writing value by value.
    """

    def put_row(self, row: int, values: Row, look: RowLook) -> None:
        """Put a row's values, each in its format; unknown and empty ones are blank cells.

        Parameters
        ----------
        row
            Its number, from 0.
        values
            Texts, finite numbers, None; of the first column on.
        look
            A format for each of them.

        Raises
        ------
        ValueError
            A number that no cell can hold.
        """
        share = self.str_table._get_shared_string_index  # noqa: SLF001 - see above
        held: list[Cell] = []
        for value in values:
            if isinstance(value, str) and value:
                text = as_held(value) if len(value) > _SHORT or value[0] == "<" else value
                share(text)
                held.append(text)
            elif isinstance(value, float) and not isfinite(value):
                raise ValueError(value)
            else:
                held.append(value)
        # The table of strings is put in order before the rows are written, and this one let go.
        self.shared: dict[str, int] = self.str_table.string_table
        last = len(values) - 1
        self._check_dimensions(row, 0)
        self._check_dimensions(row, last)
        self.table[row] = {last: _LAST, 0: _Line(held, look)}

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if isinstance(cell, _Line):
            self.fh.write(self._cells(str(row + 1), cell))
        elif cell is not _LAST:
            super()._write_cell(row, col, cell)

    def _cells(self, number: str, line: _Line) -> str:
        return "".join(
            f"{before}{number}{after}{self._content(value)}"
            for (before, after), value in zip(line.look.around, line.values, strict=True)
        )

    def _content(self, value: Cell) -> str:
        """Return the end of a cell's element, from its attributes on."""
        if value is None or value == "":
            return "/>"
        if isinstance(value, str):
            return f' t="s"><v>{self.shared[value]}</v></c>'
        return f"><v>{value:.16G}</v></c>"


def as_held(text: str) -> str:
    """Return a text as xlsxwriter is to be handed it, for a cell that says the same.

    A text too long for a cell ends where it was cut, in sight; one that xlsxwriter would take for
    the markup of a cell's runs is made a run of its own.
    """
    if len(text) > _SHORT and len(text.encode("utf-16-le")) > 2 * _LONGEST:
        return text[: _SHORT - 1] + "…"
    begins, ends = _RUN
    if text.startswith(begins) and text.endswith(ends):
        return f"{begins}<t>{escape(text, quote=False)}</t>{ends}"
    return text
