"""A sheet of a ledger as it came: cell values and merged ranges, nothing read into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range, all counted from 1."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, or a text table.

    Parameters
    ----------
    name
        Its name; a text table is named after its file's stem.
    rows
        Cell values: text, numbers, booleans, dates or None. The first is the spreadsheet's row 1:
        leading blank rows are kept, so that row numbers are those that people see.
    merges
        Merged ranges; only their first cell holds a value.
    hidden
        Whether the workbook hides it.
    """

    name: str
    rows: tuple[tuple[object, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False

    def cell(self, row: int, column: int) -> object:
        """Return the value at a row and a column counted from 1; None beyond the edge."""
        if not 1 <= row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column - 1] if 1 <= column <= len(cells) else None

    @property
    def width(self) -> int:
        """Number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def merges_within(self, first: int, last: int) -> Iterator[Merge]:
        """Yield the merged ranges that touch rows ``first`` to ``last``, cut to the sheet."""
        height, width = len(self.rows), self.width
        for top, left, bottom, right in self.merges:
            if top <= min(last, height) and bottom >= first and left <= width:
                yield top, left, min(bottom, height), min(right, width)
