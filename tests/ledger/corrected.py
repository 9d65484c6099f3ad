"""Corrections of one cell of a small ledger, as a clerk signs them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from check_ledger import TOWN

from lxgeo.ledger import Sheet
from lxgeo.ledger.corrections.applying import CORRECTIONS, Corrected, apply_corrections

BLANK_MEMBERS = {
    "at": "问题!10",
    "row": "城关镇!7",
    "cell": "F7",
    "name": "春风幼儿园",
    "field": "full_members",
    "written": None,
    "value": "2",
    "post": "城关镇组织干事",
    "day": "2026-01-31",
    "why": "已电话核实",
}


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return corrections: each the blank members of row 7 given, but for what is said."""
    frame: pd.DataFrame = CORRECTIONS.shaped(
        pd.DataFrame([BLANK_MEMBERS | row for row in rows], dtype=object)
    )
    return frame


def applied(*rows: dict[str, Any], sheet: Sheet = TOWN) -> Corrected:
    """Return what becomes of corrections of a sheet."""
    return apply_corrections([sheet], table(*rows))
