"""Where something stands in a ledger: sheets and rows by their labels, cells by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lxgeo.ledger.sheets.body import MERGED, UNCALCULATED
from lxgeo.ledger.sheets.sheet import Merge, Place, Sheet
from lxgeo.ledger.values.counts import COUNT_FIELDS
from lxgeo.ledger.values.wording import as_text, blank

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_LETTERS = 26


def row_label(label: str, number: int) -> str:
    """Return a row as the LEDGER names it."""
    return f"{label}!{number}"


def split_row(row: str) -> tuple[str, int]:
    """Return the sheet's label and the row number of a LEDGER row."""
    label, _, number = row.rpartition("!")
    return label, int(number)


def column_letters(column: int) -> str:
    """Return a column's letters: 3 → C, 28 → AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return a cell as a spreadsheet names it: C18."""
    return f"{column_letters(column)}{row}"


def cell_at(name: str) -> Place | None:
    """Return the row and column of a cell's name; None where it is none."""
    match = _CELL.fullmatch(name.strip().upper().replace("$", ""))
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(match[2]), column


@dataclass(frozen=True)
class Cells:
    """A sheet's cells as they are read below its header: merged ones filled down.

    Parameters
    ----------
    sheet
        The sheet as it came.
    columns
        Field → column, counted from 1.
    header_last
        Last row of the header.
    """

    sheet: Sheet
    columns: Mapping[str, int]
    header_last: int

    @cached_property
    def _down(self) -> dict[Place, Merge]:
        """Cell → the range that is merged down over it, where that begins in a column read."""
        read = frozenset(self.columns.values())
        first = self.header_last + 1
        return {
            (row, merge[1]): merge
            for merge in self.sheet.merges_within(first, len(self.sheet.rows))
            if merge[1] in read and first <= merge[0] < merge[2]
            for row in range(merge[0], merge[2] + 1)
        }

    def merge(self, row: int, field: str) -> Merge | None:
        """Return the range that is merged down over a cell and holds something; else None."""
        found = self._down.get((row, self.columns.get(field, 0)))
        return found if found and not blank(self.sheet.cell(found[0], found[1])) else None

    def shared(self, row: int, field: str) -> bool:
        """Whether a cell is merged over several units: a count there is nobody's."""
        merge, name = self.merge(row, field), self.merge(row, "name")
        return merge is not None and not (
            name is not None and name[0] <= merge[0] and merge[2] <= name[2]
        )

    def at(self, row: int, field: str) -> object:
        """Return what stands in a field's cell as it is read; None where there is no column."""
        column = self.columns.get(field)
        if column is None:
            return None
        merge = self.merge(row, field)
        if merge is None:
            return self._one(row, column)
        value = self.sheet.cell(merge[0], merge[1])
        if field not in COUNT_FIELDS:
            return value
        if self.shared(row, field):
            return f"{MERGED}:{as_text(value)}"
        return self._one(row, column)

    def _one(self, row: int, column: int) -> object:
        """Return a cell that is merged with no other: the error of a formula that has no value."""
        cell = self.sheet.cell(row, column)
        if not blank(cell):
            return cell
        if (row, column) in self.sheet.formulas_without_value:
            return UNCALCULATED
        return self.sheet.faulty.get((row, column), cell)
