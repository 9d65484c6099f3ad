"""From a sheet to its units' cells: what is no unit is dropped and told, persons stay behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxgeo.errors import Words
from lxgeo.ledger import dropping
from lxgeo.ledger.counts import COUNT_FIELDS
from lxgeo.ledger.headers import Header
from lxgeo.ledger.privacy import person_values
from lxgeo.ledger.report import Dropped
from lxgeo.ledger.sheet import Sheet
from lxgeo.ledger.wording import as_text, blank, squeeze, tidy

MERGED = "合并单元格"
"""What a count reads that is merged over several units: nobody knows whose it is."""


@dataclass(frozen=True, slots=True)
class Record:
    """One unit's cells, as written.

    Parameters
    ----------
    row
        ``sheet!row`` with the spreadsheet's row number.
    cells
        Field → cell; blank cells are not in it.
    kind, township
        What the dividers above it say.
    continues
        The row of the unit that this row goes on with, where one name is merged over both.
    """

    row: str
    cells: Mapping[str, object]
    kind: str | None = None
    township: str | None = None
    continues: str | None = None


@dataclass
class Body:
    """What stands below a sheet's header."""

    records: list[Record] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)


def refuse_persons(sheet: Sheet, header: Header) -> Header:
    """Return the header with every column refused that holds persons' numbers, whatever it says."""
    rows = sheet.rows[header.last :]
    held = {
        column
        for column in range(1, sheet.width + 1)
        if column not in header.refused
        and person_values([row[column - 1] if column <= len(row) else None for row in rows])
    }
    fields = {name: column for name, column in header.fields.items() if column not in held}
    return replace(header, fields=fields, refused=header.refused | held)


def read_rows(sheet: Sheet, header: Header) -> Body:
    """Return a sheet's units, and what was dropped.

    Parameters
    ----------
    sheet, header
        The sheet as it came, and its header with every column of persons refused.
    """
    return _Reader(sheet, header).read()


class _Reader:
    """Reads one sheet from the header down; what it passed decides what it takes a row for."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.sheet = sheet
        self.header = header
        self.body = Body()
        self.sums = dropping.Sums()
        self.kind: str | None = None
        self.township: str | None = None
        self.after_footer = False
        self.titles = {
            text
            for row in sheet.rows[: header.first - 1]
            for cell in row
            if (text := squeeze(cell))
        }
        self.filled, self.continues = _merged_down(sheet, header)
        self.across = {
            top: right - left + 1
            for top, left, bottom, right in sheet.merges_within(header.last + 1, len(sheet.rows))
            if top == bottom
        }

    def read(self) -> Body:
        for number in range(self.header.last + 1, len(self.sheet.rows) + 1):
            cells = self.sheet.rows[number - 1]
            filled = [i + 1 for i, cell in enumerate(cells) if not blank(cell)]
            if filled:
                self._take(number, cells, filled)
        return self.body

    def _take(self, number: int, cells: Sequence[object], filled: list[int]) -> None:
        fields = self._fields(number)
        why = self._no_unit(number, cells, filled, fields)
        if why is not None:
            self.body.dropped.append(Dropped(self._row(number), why))
            return
        self.after_footer = False
        self.sums.add(fields)
        top = self.continues.get(number)
        self.body.records.append(
            Record(
                self._row(number),
                fields,
                self.kind,
                self.township,
                continues=None if top is None else self._row(top),
            )
        )

    def _row(self, number: int) -> str:
        return f"{self.sheet.name}!{number}"

    def _fields(self, number: int) -> dict[str, object]:
        cells = {}
        for name, column in self.header.fields.items():
            cell = self.filled.get((number, column), self.sheet.cell(number, column))
            if not blank(cell):
                cells[name] = cell
        return cells

    def _no_unit(
        self, number: int, cells: Sequence[object], filled: list[int], fields: Mapping[str, object]
    ) -> Words | None:
        """Return why a row is no unit, or None where it is one."""
        if set(filled) <= self.header.serial and squeeze(cells[filled[0] - 1]).isdigit():
            return dropping.ONLY_NUMBERED
        if dropping.repeats_header(self.header, cells):
            self.after_footer = False
            return dropping.REPEATED_HEADER
        if number <= self.header.last + 2 and dropping.column_numbers(cells):
            return dropping.COLUMN_NUMBERS
        first = cells[filled[0] - 1]
        leading = [first, *(self.sheet.cell(number, column) for column in self.header.serial)]
        if dropping.total_word(fields, leading):
            self.body.notes += self.sums.against(self._row(number), fields)
            return dropping.TOTAL
        same = all(cells[column - 1] == first for column in filled)
        alone = len(filled) == 1 or (same and not as_text(first).isascii())
        if dropping.footer(fields, first, alone=alone, after_footer=self.after_footer):
            self.after_footer = True
            return dropping.FOOTER
        return self._heading(number, filled, tidy(first)) if alone else None

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
        return why


def _merged_down(
    sheet: Sheet, header: Header
) -> tuple[dict[tuple[int, int], object], dict[int, int]]:
    """Return cells that a merge fills from above, and rows that go on with the unit above.

    A count merged over several units is nobody's: it is made unreadable in all of them.
    """
    first = header.last + 1
    down = [
        (top, left, bottom)
        for top, left, bottom, _ in sheet.merges_within(first, len(sheet.rows))
        if first <= top < bottom and not blank(sheet.cell(top, left))
    ]
    name = header.fields.get("name")
    continues = {
        row: top for top, left, bottom in down if left == name for row in range(top + 1, bottom + 1)
    }
    counts = {column for field_, column in header.fields.items() if field_ in COUNT_FIELDS}
    filled: dict[tuple[int, int], object] = {}
    for top, left, bottom in down:
        value = sheet.cell(top, left)
        rows: Iterable[int] = range(top + 1, bottom + 1)
        if left in counts:
            if all(continues.get(row) == top for row in rows):
                continue
            value, rows = f"{MERGED}:{as_text(value)}", range(top, bottom + 1)
        filled.update(((row, left), value) for row in rows)
    return filled, continues
