"""The statistics table as it stands in a run's workbook, read back by openpyxl."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from statistics_sql import Counts, Rates

from lxgeo import text
from lxgeo.publish.lists.yearly_form import FORM

SHEET = "统计表(前后)"
RATES = ("organisation", "standalone", "with_members", "should_build")
_MOMENTS = {"现状": "before", "批准后": "after"}


def sheet_figures(workbook: Path, townships: dict[str, str]) -> tuple[Counts, Rates]:
    """Return the form's counts and the rates, by township id and ``*`` for all.

    Parameters
    ----------
    workbook
        A run's ``plan.xlsx``, in Chinese.
    townships
        Township id → name.
    """
    sheet = openpyxl.load_workbook(workbook)[SHEET]
    groups, heads, *rows = list(sheet.iter_rows(min_row=3, values_only=True))
    ids = {name: key for key, name in townships.items()} | {"全区合计": "*", "（乡镇不明）": ""}
    at, place = {}, ""
    for i, (group, head) in enumerate(zip(groups, heads, strict=True)):
        place = ids.get(group, place)
        if head in _MOMENTS:
            at[i] = (place, _MOMENTS[head])
    keys = {entry.name.zh: entry.key for entry in FORM if entry.known}
    names = {text.rate_name(rate): rate for rate in RATES}
    counts: Counts = {}
    rates: Rates = {}
    for row in rows:
        title = str(row[0]).strip("　 ")
        for i, (where, moment) in at.items():
            if title in keys:
                counts[keys[title], where, moment] = int(str(row[i]))
            elif (rate := names.get(title.partition("（÷")[0])) is not None:
                rates[rate, where, moment] = _fraction(row[i])
    return counts, rates


def _fraction(cell: Any) -> tuple[int, int]:
    """Return a rate's numerator and denominator; its share must be theirs."""
    share, _, fraction = str(cell).partition("\n")
    over, _, under = fraction.partition("/")
    found = int(over), int(under)
    assert share == (f"{100 * found[0] / found[1]:.1f}%" if found[1] else "—")
    return found
