"""Corrections out of a check workbook that a clerk has filled in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.corrections.applying import CORRECTIONS
from lxgeo.ledger.corrections.titles import ASKED, BLANK, FILLED, TITLES
from lxgeo.ledger.places import row_label
from lxgeo.ledger.sheets.fields import field_called
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.values.wording import as_text, squeeze
from lxgeo.read.guard import LIMITS, Limits
from lxgeo.read.ledger import read_cells

_SEARCHED_ROWS = 20
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read_corrections(path: Path, limits: Limits = LIMITS) -> pd.DataFrame:
    """Return the corrections that stand in a check workbook.

    Parameters
    ----------
    path
        The workbook, filled in; sheets and columns are told by their headings, so that a copy of
        the one sheet is enough.
    limits
        What it may ask of the machine: it is read as guarded as any ledger.

    Returns
    -------
    pandas.DataFrame
        `lxgeo.ledger.corrections.applying.CORRECTIONS`: every row in which anything was filled in,
        signed or not. Whether it counts, `lxgeo.ledger.corrections.applying.apply_corrections`
        decides.

    Raises
    ------
    LedgerError
        Not readable, or no check workbook.
    """
    path = Path(path)
    sheets = read_cells(path, limits)
    found = [(sheet, *there) for sheet in sheets if (there := _titles(sheet)) is not None]
    if not found:
        raise LedgerError(
            Words(
                f"{path.name}：不是检查表：没有“{TITLES['value'].zh}”“{TITLES['field'].zh}”等列；"
                "请用 lxgeo check --report 生成的文件填写",
                f"{path.name}: no check workbook: no columns '{TITLES['value'].en}', "
                f"'{TITLES['field'].en}' …; fill in the file that lxgeo check --report writes",
            )
        )
    rows = [row for each in found for row in _corrections(*each)]
    table: pd.DataFrame = CORRECTIONS.shaped(
        pd.DataFrame(rows, columns=CORRECTIONS.names, dtype=object)
    )
    return table


def _titles(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Return the row of a sheet's headings and the column of each; None where it has them not."""
    called = {squeeze(said): name for name, words in TITLES.items() for said in words}
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS], start=1):
        there = {
            called[text]: column
            for column, cell in enumerate(row, start=1)
            if (text := squeeze(cell)) in called
        }
        if there.keys() >= ASKED:
            return number, there
    return None


def _corrections(
    sheet: Sheet, head: int, columns: Mapping[str, int]
) -> Iterator[dict[str, str | int | None]]:
    for number in range(head + 1, len(sheet.rows) + 1):
        cells = {
            name: as_text(sheet.cell(number, column)).strip() or None
            for name, column in columns.items()
        }
        if not any(cells.get(name) for name in FILLED):
            continue
        said = cells.get("field") or ""
        told = re.fullmatch(r"\d{1,4}", cells.get("round") or "")
        line = re.fullmatch(r"\d{1,7}", cells.get("number") or "0")
        yield {
            "at": row_label(sheet.name, number),
            "row": row_label(cells.get("sheet") or "", int(line[0]) if line else 0),
            "cell": cells.get("cell"),
            "name": cells.get("name"),
            "field": field_called(said) or said,
            "written": _unless_blank(cells.get("written")),
            "value": cells.get("value"),
            "post": cells.get("post"),
            "day": _day(sheet.cell(number, columns["day"])),
            "why": cells.get("why"),
            "mark": cells.get("mark"),
            "round": int(told[0]) or None if told else None,
        }


def _unless_blank(written: str | None) -> str | None:
    return None if written in BLANK else written


def _day(cell: object) -> str | None:
    """Return a date as year-month-day however it is written; as written where it is none."""
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    text = squeeze(cell)
    match = _DAY.fullmatch(text) or _DIGITS.fullmatch(text)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else text or None
