"""Four things clear (四个清楚): how much of what must be known of every unit is known."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from lxgeo.ledger.places import split_row
from lxgeo.ledger.values.codes import check_fits
from lxgeo.model import OperatingStatus, Reason, Rule
from lxgeo.schema import Column, Table


class Clear(StrEnum):
    """What must be clear: 企业总体情况, 党员人数, 党员结构, 党员分布."""

    OVERVIEW = "overview"
    NUMBERS = "numbers"
    STRUCTURE = "structure"
    DISTRIBUTION = "distribution"


CLEAR_FIELDS: Mapping[Clear, tuple[str, ...]] = MappingProxyType(
    {
        Clear.OVERVIEW: ("name", "credit_code", "kind", "industry_code", "staff"),
        Clear.NUMBERS: ("full_members", "total_members"),
        Clear.STRUCTURE: ("full_members", "probationary_members", "affiliated_members"),
        Clear.DISTRIBUTION: ("township_named", "address", "organised"),
    }
)
"""What each of the four asks for. A position given in degrees stands for an address."""

COMPLETENESS = Table(
    "COMPLETENESS",
    (
        Column("sheet", "工作表"),
        Column("clear", "清楚项", needed=True, values=Clear),
        Column("field", "字段"),
        Column("numerator", "清楚单位数", kind="integer", needed=True, low=0),
        Column("denominator", "应清楚单位数", kind="integer", needed=True, low=0),
    ),
)
"""One row a sheet, thing and field; no field: all fields of it; no sheet: the whole ledger."""

_COUNTED = frozenset({OperatingStatus.OPERATING, OperatingStatus.SUSPENDED})
_KEPT_AS = {
    "affiliated_total": "affiliated_members",
    "unaffiliated_total": "affiliated_members",
    "registered_address": "address",
}
"""Field of the ledger that is doubted → what it is told as."""
_DOUBTFUL = frozenset({Rule.COUNTS_DISAGREE, Rule.MEMBERS_OVER_STAFF})


def completeness(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the four scores of every sheet and of the whole ledger, with their parts.

    Parameters
    ----------
    ledger
        `lxgeo.tables.LEDGER`.

    Returns
    -------
    pandas.DataFrame
        `COMPLETENESS`. Denominators count the units at work or suspended, each once; a value is
        clear where it is known and no finding doubts it: a credit code with a fitting check
        character, counts that are exact and don't contradict each other.
    """
    counted = ledger["operating_status"].isin([str(each) for each in _COUNTED])
    units = ledger[counted & ledger["duplicate_of"].isna()]
    known = _known(units)
    sheets = units["row"].map(lambda row: split_row(row)[0])
    every = list(dict.fromkeys(split_row(row)[0] for row in ledger["row"]))
    chosen: list[tuple[str | None, Any]] = [(None, known.index)]
    chosen += [(sheet, known.index[sheets == sheet]) for sheet in every]
    rows = [
        (sheet, clear, field, int(part.all(axis=1).sum()), len(part))
        for sheet, index in chosen
        for clear, fields in CLEAR_FIELDS.items()
        for field, part in (
            (None, known.loc[index, list(fields)]),
            *((each, known.loc[index, [each]]) for each in fields),
        )
    ]
    table: pd.DataFrame = COMPLETENESS.shaped(pd.DataFrame(rows, columns=COMPLETENESS.names))
    return table


def _known(units: pd.DataFrame) -> pd.DataFrame:
    """Return for every unit which fields are clear."""
    names = list(dict.fromkeys(name for fields in CLEAR_FIELDS.values() for name in fields))
    known = units[names].notna()
    codes = units["credit_code"]
    known["credit_code"] &= np.array(
        [isinstance(code, str) and check_fits(code) for code in codes], dtype=bool
    )
    known["address"] |= units["lon_in"].notna() & units["lat_in"].notna()
    # Of nobody, nobody's affiliation is elsewhere.
    known["affiliated_members"] |= (units["full_members"] == 0).fillna(False)
    doubted = [_doubted(reasons) for reasons in units["findings"]]
    for name in names:
        known[name] &= np.array([name not in each for each in doubted], dtype=bool)
    return known


def _doubted(reasons: tuple[Reason, ...]) -> frozenset[str]:
    """Return the fields that findings doubt."""
    asked = [reason for reason in reasons if reason.code is not Rule.CONFIRMED]
    fields = {str(reason.figures.get("field")) for reason in asked}
    fields |= {_KEPT_AS[field] for field in fields & _KEPT_AS.keys()}
    if any(reason.code in _DOUBTFUL for reason in asked):
        fields |= {"full_members", "total_members", "probationary_members"}
    return frozenset(fields)
