"""Below a sheet's header, column by column: what each field's cells hold, merges filled down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxgeo.errors import Words
from lxgeo.ledger.report import Dropped, Repair
from lxgeo.ledger.sheets.column import Cells, Codes
from lxgeo.ledger.sheets.headers import Header
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.texts.letters import Flags
from lxgeo.ledger.values.counts import COUNT_FIELDS
from lxgeo.ledger.values.wording import as_text, blank
from lxgeo.model import Reason

UNCALCULATED = "公式未计算"
"""What a cell reads whose formula nobody has calculated."""

MERGED = "合并单元格"
"""What a count reads that is merged over several units: nobody knows whose it is."""


@dataclass
class Body:
    """What stands below a sheet's header: its units, and what was dropped.

    Parameters
    ----------
    label
        The sheet, as its rows are named.
    rows
        Row numbers of the units, (units,).
    cells
        Field → the units' cells as written, None for blank ones, (units,).
    kinds, townships
        What the dividers above each unit say, (units,).
    continues
        Row → the row of the unit that it goes on with, where one name is merged over both.
    repairs, findings
        Row → what was taken from the row above (同上), or could not be.
    dropped, notes
        Rows that are no units, and what a person should know of the sheet.
    """

    label: str
    rows: Codes
    cells: Mapping[str, Cells]
    kinds: Cells
    townships: Cells
    continues: Mapping[int, int]
    repairs: Mapping[int, tuple[Repair, ...]] = field(default_factory=dict)
    findings: Mapping[int, tuple[Reason, ...]] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[Words, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Below:
    """A sheet's columns below its header, (rows,).

    Parameters
    ----------
    first
        The spreadsheet's row of the first.
    columns
        Every column as it came.
    filled
        For every column whether a cell holds anything.
    fields
        Field → its cells, merged ones filled down and errors put in.
    continues
        Row → the row of the unit that it goes on with.
    """

    first: int
    columns: tuple[Cells, ...]
    filled: tuple[Flags, ...]
    fields: Mapping[str, Cells]
    continues: Mapping[int, int]

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.columns[0]) if self.columns else 0

    def cells(self, row: int) -> dict[str, object]:
        """Return a spreadsheet row's cells by field, blank ones left out."""
        at = row - self.first
        cells = {name: column[at] for name, column in self.fields.items()}
        return {name: cell for name, cell in cells.items() if not blank(cell)}


def below(sheet: Sheet, header: Header) -> Below:
    """Return what stands below a sheet's header."""
    first = header.last + 1
    columns = tuple(column.take(slice(header.last, None)) for column in _with_errors(sheet))
    filled, continues = _merged_down(sheet, header)
    without = _without_value(sheet, first)
    fields = {}
    for name, place in header.fields.items():
        changes = without.get(place, {}) | filled.get(place, {})
        fields[name] = columns[place - 1].replaced(
            [row - first for row in changes], list(changes.values())
        )
    return Below(first, columns, tuple(map(_holds, columns)), fields, continues)


def _holds(cells: Cells) -> Flags:
    """Return for every row whether its cell holds anything."""
    return ~cells.odd(blank)


def _with_errors(sheet: Sheet) -> tuple[Cells, ...]:
    """Return the columns with the text of an error (#REF!) where a formula has no value but it."""
    errors: dict[int, dict[int, object]] = {}
    for (row, column), text in sorted(sheet.faulty.items()):
        if column <= sheet.width and blank(sheet.cell(row, column)):
            errors.setdefault(column, {})[row - 1] = text
    return tuple(
        cells.replaced(list(errors[column]), list(errors[column].values()))
        if column in errors
        else cells
        for column, cells in enumerate(sheet.columns, start=1)
    )


def _without_value(sheet: Sheet, first: int) -> dict[int, dict[int, object]]:
    """Return what formulas read whose result nobody saved: no blank, and no value either.

    A row of nothing but such formulas is still an empty one.
    """
    found: dict[int, dict[int, object]] = {}
    for row, column in sorted(sheet.formulas_without_value):
        if row >= first and blank(sheet.cell(row, column)):
            found.setdefault(column, {})[row] = UNCALCULATED
    return found


def _merged_down(
    sheet: Sheet, header: Header
) -> tuple[dict[int, dict[int, object]], dict[int, int]]:
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
    filled: dict[int, dict[int, object]] = {}
    for top, left, bottom in down:
        value = sheet.cell(top, left)
        rows: Iterable[int] = range(top + 1, bottom + 1)
        if left in counts:
            if all(continues.get(row) == top for row in rows):
                continue
            value, rows = f"{MERGED}:{as_text(value)}", range(top, bottom + 1)
        filled.setdefault(left, {}).update((row, value) for row in rows)
    return filled, continues
