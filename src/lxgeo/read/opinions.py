"""What township clerks wrote into their workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxgeo.errors import InputError, Words
from lxgeo.ledger.corrections.rules import hide_person
from lxgeo.ledger.corrections.worklist import ABOUT, OPINION, UNIT_ID, Opinion
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.values.wording import as_text, squeeze
from lxgeo.read.guard import LIMITS, Limits
from lxgeo.read.ledger import read_cells

_SEARCHED_ROWS = 12


def read_opinions(path: Path, limits: Limits = LIMITS) -> tuple[Opinion, ...]:
    """Return the opinions in a township's workbook, or in all of a folder.

    Parameters
    ----------
    path
        A workbook that was filled in, or a folder of them (``*.xlsx``; others are left alone).
    limits
        What one may ask of the machine: it is read as guarded as any ledger.

    Returns
    -------
    tuple of Opinion
        Every unit about which something was written, file by file, row by row.

    Raises
    ------
    LedgerError
        A file can't be read.
    InputError
        A file that is no township's workbook, or no file at all: all are told.
    """
    path = Path(path)
    files = opinion_files(path)
    found = {file: _of_file(file, limits) for file in files}
    if faults := [_foreign(file) for file, opinions in found.items() if opinions is None]:
        raise InputError(*faults)
    if not files:
        raise InputError(
            Words(f"{path} 里没有 .xlsx 文件", f"{path} holds no .xlsx file"),
        )
    return tuple(each for opinions in found.values() for each in opinions or ())


def opinion_files(path: Path) -> list[Path]:
    """Return the workbooks that opinions are read from: one, or all of a folder."""
    if not path.is_dir():
        return [path]
    # A file that begins with ~$ is the mark of one that is open.
    return [each for each in sorted(path.glob("*.xlsx")) if not each.name.startswith("~$")]


def _foreign(file: Path) -> Words:
    return Words(
        f"{file.name}：没有“{OPINION.zh}”“{UNIT_ID.zh}”两列，不是乡镇工作簿",
        f"{file.name}: no columns '{OPINION.en}' and '{UNIT_ID.en}', so no township's workbook",
    )


def _of_file(file: Path, limits: Limits) -> list[Opinion] | None:
    """Return a file's opinions; None where no sheet has the columns."""
    lists = [(sheet, there) for sheet in read_cells(file, limits) if (there := _head(sheet))]
    return [each for found in lists for each in _said(file, *found)] if lists else None


def _head(sheet: Sheet) -> tuple[int, int, int, int | None] | None:
    """Return the row of the headings, and the columns of unit, opinion and what it is about."""
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS], start=1):
        cells = [squeeze(cell) for cell in row]
        units = [cells.index(squeeze(each)) for each in UNIT_ID if squeeze(each) in cells]
        said = [cells.index(squeeze(each)) for each in OPINION if squeeze(each) in cells]
        about = [cells.index(squeeze(each)) for each in ABOUT if squeeze(each) in cells]
        if units and said:
            return number, units[0] + 1, said[0] + 1, about[0] + 1 if about else None
    return None


def _said(file: Path, sheet: Sheet, head: tuple[int, int, int, int | None]) -> Iterator[Opinion]:
    row, unit, opinion, about = head
    for number in range(row + 1, len(sheet.rows) + 1):
        unit_id = as_text(sheet.cell(number, unit)).strip()
        said = as_text(sheet.cell(number, opinion)).strip()
        if unit_id and said:
            at = f"{file.name}!{sheet.name}!{number}"
            told = as_text(sheet.cell(number, about)).strip() if about is not None else ""
            yield Opinion(unit_id, hide_person(said), at, told or None)
