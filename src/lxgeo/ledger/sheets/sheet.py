"""A sheet of a ledger as it came: cell values and merged ranges, nothing read into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxgeo.errors import Words
from lxgeo.ledger.sheets.column import Cells, columns_of

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range, all counted from 1."""

Place = tuple[int, int]
"""Row and column of a cell, both counted from 1."""


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
    source
        The file that it is of, where a ledger is of several files; empty else.
    hidden_rows
        Rows that the workbook hides: they are read all the same, and told.
    faulty
        Cells that hold a formula's error instead of a value → the error (``#REF!``).
    colours
        Cells that somebody painted → the colour, ``RRGGBB``: reported, never interpreted.
    formulas_without_value
        Cells with a formula whose result the workbook doesn't hold: nobody has calculated it.
    comments
        Cells with a comment.
    notes
        What a person should know of how it was read (a layer of polygons gives no positions).
    """

    name: str
    rows: Sequence[tuple[object, ...]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    source: str = ""
    hidden_rows: frozenset[int] = frozenset()
    faulty: Mapping[Place, str] = field(default_factory=dict)
    colours: Mapping[Place, str] = field(default_factory=dict)
    formulas_without_value: frozenset[Place] = frozenset()
    comments: frozenset[Place] = frozenset()
    notes: tuple[Words, ...] = ()

    def cell(self, row: int, column: int) -> object:
        """Return the value at a row and a column counted from 1; None beyond the edge."""
        if not 1 <= row <= len(self.rows) or not 1 <= column <= self.width:
            return None
        return self.columns[column - 1][row - 1]

    @property
    def label(self) -> str:
        """What its rows are named after: its name, after its file's where there are several."""
        return f"{self.source}:{self.name}" if self.source else self.name

    @cached_property
    def columns(self) -> tuple[Cells, ...]:
        """The cells column by column; short rows end in None."""
        return columns_of(self.rows)

    @property
    def width(self) -> int:
        """Number of columns of the widest row."""
        return len(self.columns)

    def merges_within(self, first: int, last: int) -> Iterator[Merge]:
        """Yield the merged ranges that touch rows ``first`` to ``last``, cut to the sheet."""
        height, width = len(self.rows), self.width
        for top, left, bottom, right in self.merges:
            if top <= min(last, height) and bottom >= first and left <= width:
                yield top, left, min(bottom, height), min(right, width)
