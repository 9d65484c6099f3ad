"""Dates as ledgers write them: 2020.6, 2020年6月, 20200601, 43983 (a spreadsheet's day number).

A date is read as far as it goes, never further: 2020.6 has no day.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from lxgeo.ledger.values.choices import yes_or_no
from lxgeo.ledger.values.numerals import arabic
from lxgeo.ledger.values.wording import blank, squeeze, stated

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SPREADSHEET_ZERO = dt.date(1899, 12, 30)
_FIRST_DAY_NUMBER, _LAST_DAY_NUMBER = 10_000, 73_050  # 1927 to 2099: no year is as great
_TENTHS = 10
_MONTH_ENDS_IN_ONE = 1

_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})?")
_PARTS = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})?日?)?|年)?(?:t?\d{2}:\d{2}.*)?")


@dataclass(frozen=True, slots=True, order=True)
class Dated:
    """A date as far as it is known; a month or a day that nobody wrote is None."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{n:02d}" for n in (self.month, self.day) if n)]
        return "-".join(parts)


def not_a_date(cell: object) -> bool:
    """Whether a cell states something that is no date: 待定, #REF!, 2020年13月, not 无 or 未建."""
    return stated(cell) is not None and read_date(cell) is None and yes_or_no(cell) is not False


def read_date(cell: object) -> Dated | None:
    """Return a cell read as a date; None where it is blank or none.

    Parameters
    ----------
    cell
        A date, a spreadsheet's day number, or text. The *number* 2020.1 may have been 2020.10
        before the spreadsheet dropped its zero: only its year is believed.
    """
    if isinstance(cell, bool) or blank(cell):
        return None
    if isinstance(cell, dt.date):
        return _valid(cell.year, cell.month, cell.day)
    if isinstance(cell, int | float):
        return _of_number(cell)
    text = arabic(squeeze(cell).rstrip("。"), digit_by_digit=True)
    if text.isascii() and text.isdigit():
        return _of_digits(text)
    if match := _PARTS.fullmatch(text):
        return _valid(*(None if part is None else int(part) for part in match.groups()))
    return None


def _of_number(cell: float) -> Dated | None:
    if not _FIRST_YEAR <= cell <= 10**8:
        return None
    if cell == int(cell):
        return _of_digits(str(int(cell)))
    year, month = divmod(round(cell * 100), 100)
    if _FIRST_DAY_NUMBER <= cell <= _LAST_DAY_NUMBER:
        return _of_day_number(int(cell))
    if month % _TENTHS == 0:
        month //= _TENTHS
        return _valid(year, None if month == _MONTH_ENDS_IN_ONE else month)
    return _valid(year, month)


def _of_digits(text: str) -> Dated | None:
    if len(text) == len("2020"):
        return _valid(int(text))
    if len(text) == len("43983"):
        return _of_day_number(int(text))
    match = _COMPACT.fullmatch(text)
    return _valid(
        *(None if part is None else int(part) for part in match.groups()) if match else ()
    )


def _of_day_number(days: int) -> Dated | None:
    if not _FIRST_DAY_NUMBER <= days <= _LAST_DAY_NUMBER:
        return None
    day = _SPREADSHEET_ZERO + dt.timedelta(days=days)
    return Dated(day.year, day.month, day.day)


def _valid(
    year: int | None = None, month: int | None = None, day: int | None = None
) -> Dated | None:
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return Dated(year, month, day)
