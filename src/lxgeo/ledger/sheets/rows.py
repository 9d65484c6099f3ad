"""From a sheet to its units' cells: what is no unit is dropped and told, persons stay behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from lxgeo.errors import Words
from lxgeo.ledger.report import Dropped, Repair
from lxgeo.ledger.sheets import above, dropping
from lxgeo.ledger.sheets.body import Below, Body, below
from lxgeo.ledger.sheets.column import Cells
from lxgeo.ledger.sheets.headers import Header
from lxgeo.ledger.sheets.privacy import is_person_number, person_values
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.sheets.suspects import suspects
from lxgeo.ledger.texts.arrow import chosen
from lxgeo.ledger.texts.letters import Flags
from lxgeo.ledger.values.counts import COUNT_FIELDS, read_count
from lxgeo.ledger.values.wording import as_text, squeeze, tidy
from lxgeo.model import Reason


def refuse_persons(sheet: Sheet, header: Header) -> Header:
    """Return the header with every column refused that holds persons' numbers, whatever it says."""
    rows = slice(header.last, None)
    kept = {column for name, column in header.fields.items() if name != "remarks"}
    held = {
        column
        for column, cells in enumerate(sheet.columns, start=1)
        if column not in header.refused and _persons(cells.take(rows), remarks=column not in kept)
    }
    fields = {name: column for name, column in header.fields.items() if column not in held}
    return replace(header, fields=fields, refused=header.refused | held)


def _persons(cells: Cells, *, remarks: bool) -> bool:
    """Whether a column holds persons: asked of each value once."""
    counts = cells.counts()
    odd = np.flatnonzero(~cells.settled & (counts > 0))
    said = chosen(cells.values, odd)
    if remarks:
        return person_values(said, remarks=True)
    of_odd = counts[odd]
    persons = int(of_odd[[is_person_number(value) for value in said]].sum())
    nothing = int(of_odd[[value is None or value == "" for value in said]].sum())
    return persons > 0 and persons * 2 >= len(cells) - nothing


def read_rows(sheet: Sheet, header: Header) -> Body:
    """Return a sheet's units, and what was dropped.

    Parameters
    ----------
    sheet, header
        The sheet as it came, and its header with every column of persons refused.
    """
    return _Reader(sheet, header).read()


class _Reader:
    """Reads one sheet from the header down; what it passed decides what it takes a row for.

    Most rows are units and nothing else: they pass unseen. Only suspects are looked at.
    """

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.sheet = sheet
        self.header = header
        self.below = below(sheet, header)
        self.holds = np.array(self.below.filled, dtype=bool).reshape(len(self.below.filled), -1)
        self.units: Flags = np.any(self.holds, axis=0)
        self.suspects = np.flatnonzero(suspects(self.below, header))
        self.sums = _Sums(self.below)
        self.kind: str | None = None
        self.township: str | None = None
        self.after_footer = False
        self.seen = 0
        self.dividers: list[tuple[int, str | None, str | None]] = [(0, None, None)]
        self.changed: dict[int, dict[str, object]] = {}
        self.repairs: dict[int, tuple[Repair, ...]] = {}
        self.findings: dict[int, tuple[Reason, ...]] = {}
        self.dropped: list[Dropped] = []
        self.notes: list[Words] = []
        self.titles = {
            text
            for row in sheet.rows[: header.first - 1]
            for cell in row
            if (text := squeeze(cell))
        }
        self.across = {
            top: right - left + 1
            for top, left, bottom, right in sheet.merges_within(header.last + 1, len(sheet.rows))
            if top == bottom
        }

    def read(self) -> Body:
        for at in self.suspects.tolist():
            self._pass(at)
            self._take(at)
            self.seen = at + 1
        return self._body()

    def _pass(self, at: int) -> None:
        """Pass the rows up to a suspect: they are units."""
        if self.units[self.seen : at].any():
            self.after_footer = False

    def _take(self, at: int) -> None:
        number = at + self.below.first
        cells = [column[at] for column in self.below.columns]
        filled = [int(column) + 1 for column in np.flatnonzero(self.holds[:, at])]
        fields = self.below.cells(number)
        why = self._no_unit(number, cells, filled, fields)
        if why is not None:
            self._drop(at, why)
            return
        self.after_footer = False
        if self._goes_on(at, filled, fields):
            top = number - 1
            whole = above.joined(self._row(top), fields, self._cells(top))
            self.changed[top] = whole.cells
            self.repairs[top] = (*self.repairs.get(top, ()), *whole.repairs)
            self._drop(at, dropping.SECOND_LINE)
            return
        if above.says_ditto(fields):
            leaning = above.as_above(self._row(number), fields, self._last_unit(at))
            self.changed[number] = leaning.cells
            self.repairs[number] = leaning.repairs
            self.findings[number] = leaning.findings

    def _drop(self, at: int, why: Words) -> None:
        self.units[at] = False
        self.dropped.append(Dropped(self._row(at + self.below.first), why))

    def _row(self, number: int) -> str:
        return f"{self.sheet.label}!{number}"

    def _cells(self, number: int) -> dict[str, object]:
        """Return a unit's cells, with what it took from the row above."""
        return self.changed[number] if number in self.changed else self.below.cells(number)

    def _last_unit(self, at: int) -> dict[str, object]:
        """Return the cells of the last unit before a row; nothing before the first."""
        before = np.flatnonzero(self.units[:at])
        return self._cells(int(before[-1]) + self.below.first) if len(before) else {}

    def _goes_on(self, at: int, filled: list[int], fields: Mapping[str, object]) -> bool:
        """Whether a row is the second line of the unit in the row right above."""
        number = at + self.below.first
        if at == 0 or not self.units[at - 1] or number in self.below.continues:
            return False
        read = {column for name, column in self.header.fields.items() if name in fields}
        numbered = bool(self.header.serial) or "name" not in fields
        return numbered and set(filled) <= read and above.goes_on(fields, self._cells(number - 1))

    def _no_unit(
        self, number: int, cells: Sequence[object], filled: list[int], fields: Mapping[str, object]
    ) -> Words | None:
        """Return why a row is no unit, or None where it is one."""
        if all(self._running_number(each, cells) for each in filled):
            return dropping.ONLY_NUMBERED
        if dropping.repeats_header(self.header, cells):
            self.after_footer = False
            return dropping.REPEATED_HEADER
        if number <= self.header.last + 2 and dropping.column_numbers(cells):
            return dropping.COLUMN_NUMBERS
        # A total may carry a running number like any unit: 3, 合计.
        said = [each for each in filled if not self._running_number(each, cells)]
        first = cells[(said or filled)[0] - 1]
        leading = [first, *(self.sheet.cell(number, column) for column in self.header.serial)]
        if dropping.total_word(fields, leading):
            at = number - self.below.first
            self.notes += self.sums.against(self._row(number), fields, self.units, at)
            return dropping.TOTAL
        same = all(cells[column - 1] == first for column in filled)
        alone = len(filled) == 1 or (same and not as_text(first).isascii())
        if dropping.footer(fields, first, alone=alone, after_footer=self.after_footer):
            self.after_footer = True
            return dropping.FOOTER
        return self._heading(number, filled, tidy(first)) if alone else None

    def _running_number(self, column: int, cells: Sequence[object]) -> bool:
        return column in self.header.serial and squeeze(cells[column - 1]).isdigit()

    def _heading(self, number: int, filled: list[int], text: str) -> Words | None:
        if squeeze(text) in self.titles:
            return dropping.REPEATED_TITLE
        across = max(self.across.get(number, 1), len(filled))
        named = filled == [self.header.fields.get("name")] and across == 1
        found = dropping.divider(text, named=named, across=across)
        if found is None:
            return None
        why, heading = found
        if why is dropping.DIVIDER:
            self.kind = heading
        elif why is dropping.TOWNSHIP_DIVIDER:
            self.township = heading
        self.dividers.append((number - self.below.first, self.kind, self.township))
        return why

    def _body(self) -> Body:
        at = np.flatnonzero(self.units)
        segment = np.searchsorted([row for row, _, _ in self.dividers], at, side="right") - 1
        changed = [number for number in self.changed if self.units[number - self.below.first]]
        places = np.searchsorted(at, np.array(changed, dtype=np.int64) - self.below.first).tolist()
        kept = slice(None) if self.units.all() else at
        return Body(
            label=self.sheet.label,
            rows=at + self.below.first,
            cells={
                name: column.take(kept)
                .replaced(places, [self.changed[number].get(name) for number in changed])
                .without_blanks()
                for name, column in self.below.fields.items()
            },
            kinds=Cells(segment, [kind for _, kind, _ in self.dividers]),
            townships=Cells(segment, [township for _, _, township in self.dividers]),
            continues=self.below.continues,
            repairs=self.repairs,
            findings=self.findings,
            dropped=tuple(self.dropped),
            notes=tuple(self.notes),
        )


class _Sums:
    """Holds a sheet's own totals against its units, all at once where it has any."""

    def __init__(self, rows: Below) -> None:
        self.rows = rows
        self.sums = dropping.Sums()
        self.counted = 0
        self.running: dict[str, np.ndarray] | None = None

    def against(
        self, row: str, fields: Mapping[str, object], units: np.ndarray, at: int
    ) -> list[Words]:
        """Return where a total in a row differs from the units above it."""
        if self.running is None:
            self.running = {
                name: np.array(self.rows.fields[name].read(_known))[self.rows.fields[name].codes]
                for name in COUNT_FIELDS
                if name in self.rows.fields
            }
        since = slice(self.counted, at)
        self.counted = at
        self.sums.add_all(
            {name: int(values[since][units[since]].sum()) for name, values in self.running.items()}
        )
        return self.sums.against(row, fields)


def _known(cell: object) -> int:
    return read_count(cell).value or 0
