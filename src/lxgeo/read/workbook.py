"""Workbooks of today (.xlsx): looked at before they are parsed, and once more where that fails."""

from __future__ import annotations

from pathlib import Path

from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.read.guard import LIMITS, Limits, check_used_range, check_workbook
from lxgeo.read.parsed import Parsed, ParserStoppedError


def read_workbook(path: Path, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """Return the sheets of an .xlsx workbook.

    Parameters
    ----------
    path
        The workbook.
    limits
        What it may ask of the machine.

    Raises
    ------
    LedgerError
        No workbook, damaged, locked, or hostile.
    """
    check_workbook(path, limits)
    try:
        return Parsed(path, "workbook").sheets(limits)
    except ParserStoppedError:
        check_used_range(path, limits)  # says it better, where that was the reason
        raise
