"""What was found in a ledger, sheet by sheet: what was read, dropped, mended and assumed.

Nothing here quotes a person: refused columns are named by their header, dropped rows by number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxgeo.errors import Words


@dataclass(frozen=True, slots=True)
class Dropped:
    """A spreadsheet row that is no unit (``sheet!row``), and why."""

    row: str
    why: Words


@dataclass(frozen=True, slots=True)
class Repair:
    """A value that was not written plainly but can be read in one way only (３人 → 3).

    Parameters
    ----------
    row, field
        Where it stands: ``sheet!row`` and the LEDGER's column.
    written, read
        What stood there, and what it was read as.
    """

    row: str
    field: str
    written: str
    read: str


@dataclass(frozen=True)
class SheetReport:
    """What was found on one sheet.

    Parameters
    ----------
    sheet
        Its name.
    header_rows
        First and last row of its header, counted from 1.
    mapped
        Field → header of the column that it was read from.
    unread
        Headers of columns that nothing was read from.
    refused
        Headers of columns that hold persons: dropped before anything was loaded.
    units
        Rows that became units.
    dropped
        Rows that did not.
    repairs
        Values that were mended.
    notes
        Totals that don't fit, and whatever else a person should know.
    columns
        Field → column that it was read from, counted from 1, so that a cell can be named (C18).
    width
        Columns of the sheet.
    """

    sheet: str
    header_rows: tuple[int, int]
    mapped: Mapping[str, str]
    unread: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    units: int = 0
    dropped: tuple[Dropped, ...] = ()
    repairs: tuple[Repair, ...] = ()
    notes: tuple[Words, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    width: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", MappingProxyType(dict(self.columns)))
        object.__setattr__(self, "mapped", MappingProxyType(dict(self.mapped)))


@dataclass(frozen=True)
class LedgerReport:
    """What was found in a ledger.

    Parameters
    ----------
    sheets
        The sheets that were read, in order.
    skipped
        Sheets that were not, and why.
    assumptions
        What was taken for granted because the ledger doesn't say.
    """

    sheets: tuple[SheetReport, ...]
    skipped: tuple[Words, ...] = field(default=())
    assumptions: tuple[Words, ...] = field(default=())

    @property
    def refused(self) -> tuple[str, ...]:
        """Headers of all columns of persons, each once, in order."""
        return tuple(dict.fromkeys(head for sheet in self.sheets for head in sheet.refused))
