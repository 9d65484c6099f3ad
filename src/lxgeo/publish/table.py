"""units.csv: every ledger row for spreadsheets and scripts."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from lxgeo.geo.metric import DIGITS
from lxgeo.publish.rows import Cell, cells
from lxgeo.tables import UNITS, Column

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may read as the start of a formula; East Asian ones know the wide signs."""


def write_csv(path: Path, units: pd.DataFrame) -> None:
    """Write the units as CSV: UTF-8 with BOM, ledger order, unknown values empty.

    Parameters
    ----------
    path
        Where to.
    units
        `lxgeo.tables.UNITS` as `lxgeo.publish.rows.published` gives it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file)
        write.writerow(UNITS.names)
        for row in cells(units, UNITS.names):
            pairs = zip(UNITS.columns, row, strict=True)
            write.writerow([in_csv(column, value) for column, value in pairs])


def in_csv(column: Column, value: Cell) -> str:
    """Return one value as a CSV field; text that could start a formula is led by ``'``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA_SIGNS) else value
    if column.unit == "m":
        return f"{value:.2f}"
    if column.name in {"lon", "lat"}:
        return f"{value:.{DIGITS}f}"
    return repr(value)
