"""Cells of a sheet written anew: those that were corrected, and none that only leaned on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from lxgeo.ledger.doubts.problems import read_cells_of
from lxgeo.ledger.places import Cells, split_row
from lxgeo.ledger.report import LedgerReport
from lxgeo.ledger.sheets.above import DITTO_FIELDS
from lxgeo.ledger.sheets.dropping import SECOND_LINE
from lxgeo.ledger.sheets.fields import field_words
from lxgeo.ledger.sheets.sheet import Merge, Sheet
from lxgeo.ledger.values.counts import COUNT_FIELDS
from lxgeo.ledger.values.wording import ditto


class Change(NamedTuple):
    """What is to stand in a field of a row."""

    row: int
    field: str
    value: str


@dataclass(frozen=True)
class ReadSheet:
    """A sheet and what it was read as.

    Parameters
    ----------
    cells
        Its cells by row and field.
    header_rows
        First and last row of its header.
    names
        Row number of every unit → its name; empty where it has none.
    second_lines
        Rows that the unit above goes on in.
    """

    cells: Cells
    header_rows: tuple[int, int]
    names: Mapping[int, str]
    second_lines: frozenset[int]

    @cached_property
    def units(self) -> list[int]:
        """Row numbers of the units, in order."""
        return sorted(self.names)

    def following(self, row: int, field: str) -> tuple[object, list[int]]:
        """Return what a cell stands for, and the rows right below that say 同上 of it."""
        if field not in DITTO_FIELDS:
            return self.cells.at(row, field), []
        at = self.units.index(row)
        below = at + 1
        while below < len(self.units) and ditto(self.cells.at(self.units[below], field)):
            below += 1
        above = at
        while above and ditto(self.cells.at(self.units[above], field)):
            above -= 1
        return self.cells.at(self.units[above], field), self.units[at + 1 : below]


def read_sheets(
    ledger: pd.DataFrame, report: LedgerReport, sheets: Sequence[Sheet]
) -> dict[str, ReadSheet]:
    """Return the sheets that a ledger was read from, by label.

    Parameters
    ----------
    ledger, report
        What `lxgeo.ledger.clean` returned.
    sheets
        What it was given.
    """
    names: dict[str, dict[int, str]] = {}
    for row, name in zip(ledger["row"], ledger["name"].fillna(""), strict=True):
        label, number = split_row(row)
        names.setdefault(label, {})[number] = name
    cells = read_cells_of(report, sheets)
    return {
        told.sheet: ReadSheet(
            cells=cells[told.sheet],
            header_rows=told.header_rows,
            names=names.get(told.sheet, {}),
            second_lines=frozenset(
                split_row(each.row)[1] for each in told.dropped if each.why == SECOND_LINE
            ),
        )
        for told in report.sheets
        if told.sheet in cells
    }


def rewritten(read: ReadSheet, changes: Sequence[Change]) -> Sheet:
    """Return a sheet with some cells changed, all others reading as they did.

    Merged cells are taken apart where one of them changes, and 同上 below a changed cell gives way
    to what it stood for. A field without a column gets one, to the right of all others.
    """
    work = _Work(read)
    for change in changes:
        work.put(change)
    sheet = read.cells.sheet
    return replace(
        sheet,
        rows=tuple(map(tuple, work.rows)),
        merges=tuple(work.merges),
        faulty={at: text for at, text in sheet.faulty.items() if at not in work.changed},
        formulas_without_value=frozenset(sheet.formulas_without_value - work.changed),
    )


class _Work:
    """A sheet under work."""

    def __init__(self, read: ReadSheet) -> None:
        self.read = read
        self.cells = read.cells
        self.rows = [list(row) for row in self.cells.sheet.rows]
        self.merges = list(self.cells.sheet.merges)
        self.added: dict[str, int] = {}
        self.changed: set[tuple[int, int]] = set()

    def put(self, change: Change) -> None:
        column = self.cells.columns.get(change.field) or self._column(change.field)
        self._unmerge(change.row, change.field)
        stood, rows = self.read.following(change.row, change.field)
        for row in rows:
            if (row, column) not in self.changed:
                self._write(row, column, stood)
        self._write(change.row, column, change.value)
        self.changed.add((change.row, column))

    def _column(self, field: str) -> int:
        """Return a new column for a field, headed by the field's name."""
        if field not in self.added:
            self.added[field] = self.cells.sheet.width + len(self.added) + 1
            first, last = self.read.header_rows
            for row in range(first, last + 1):
                self._write(row, self.added[field], field_words(field).zh)
        return self.added[field]

    def _unmerge(self, row: int, field: str) -> None:
        """Take a merged range apart before one of its cells is changed: the others stay as read."""
        merge: Merge | None = self.cells.merge(row, field)
        if merge is None or (field in COUNT_FIELDS and not self.cells.shared(row, field)):
            return
        kept = [each for each in self.merges if each[:2] != merge[:2]]
        if len(kept) == len(self.merges):
            return  # an earlier change has taken it apart
        self.merges = kept
        for each in range(merge[0], merge[2] + 1):
            self._write(each, merge[1], self.cells.at(each, field))

    def _write(self, row: int, column: int, value: object) -> None:
        cells = self.rows[row - 1]
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = value
