"""How a reading of the ledger compares with the truth beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from lxgeo.ledger import LedgerReport
from lxgeo.tables import LEDGER

COUNTS = (
    *("staff", "full_members", "probationary_members", "affiliated_members"),
    "total_members",
)
WORDS = (
    *("name", "kind", "address", "industry_code", "operating_status", "line", "organised"),
    *("branch_kind", "township_named", "building_named", "founded", "datum_in"),
)
_OWN = ("credit_code", "duplicate_of")
"""Compared only where they are read: many a row tells no code, and many a copy nobody can tell."""


@dataclass(frozen=True)
class Difference:
    """A value that was read otherwise than it is in truth.

    Parameters
    ----------
    row, trap, field
        Where, and what is planted there.
    true, read
        What a careful reader knows, and what was read; empty for unknown.
    flagged
        Whether the row is told to a person.
    """

    row: str
    trap: str
    field: str
    true: str
    read: str
    flagged: bool

    @property
    def invented(self) -> bool:
        """Whether a wrong value was read, and nobody is told."""
        return bool(self.read) and not self.flagged


@dataclass(frozen=True)
class Comparison:
    """A reading beside the truth.

    Parameters
    ----------
    units, compared
        How many units there are, and how many values were compared.
    lost, extra
        Rows of units that were not read; rows that were, are none, and nobody is told.
    differences
        Values that differ, told to a person or not.
    flagged, to_flag
        Rows that the reading tells to a person, and those that it must: what is wrong with rows of
        ``to_flag`` shows in what stands there.
    may_flag
        Rows that show only in the sheet's marks, on the map or beside the rules: no fault if told
        with the row; and the first of two rows that list a unit twice, for both are asked about.
    untraced
        Rows and fields that must be mended with a trace and have none.
    repairs
        How many must.
    """

    units: int
    compared: int
    lost: tuple[str, ...]
    extra: tuple[str, ...]
    differences: tuple[Difference, ...]
    flagged: frozenset[str]
    to_flag: frozenset[str]
    may_flag: frozenset[str]
    untraced: tuple[tuple[str, str], ...]
    repairs: int

    @property
    def wrong_counts(self) -> tuple[Difference, ...]:
        """Counts that are neither right nor flagged."""
        return tuple(d for d in self.differences if d.field in COUNTS and not d.flagged)

    @property
    def invented(self) -> tuple[Difference, ...]:
        """Values that were read, are not true, and are not flagged."""
        return tuple(d for d in self.differences if d.invented)

    @property
    def unread(self) -> tuple[Difference, ...]:
        """Values that the row tells, that were not read, and that are not flagged."""
        return tuple(d for d in self.differences if not d.read and not d.flagged)

    @property
    def precision(self) -> float:
        """Share of the flagged rows that must be, or may be."""
        return len(self.flagged & (self.to_flag | self.may_flag)) / max(len(self.flagged), 1)

    @property
    def recall(self) -> float:
        """Share of the rows that must be flagged that are."""
        return len(self.flagged & self.to_flag) / max(len(self.to_flag), 1)


def compare(
    ledger: pd.DataFrame, report: LedgerReport, truth: pd.DataFrame, other_rows: pd.DataFrame
) -> Comparison:
    """Return how a reading compares with the truth.

    Parameters
    ----------
    ledger, report
        What `lxgeo.ledger.clean` made of the ledger.
    truth, other_rows
        The truth files as text, empty where nothing is known.
    """
    read = ledger.set_index("row", drop=False)
    true = truth.set_index("row", drop=False)
    told = read["findings"].map(bool) | read["duplicate_of"].notna()
    flagged = frozenset(read.index[told])
    second = set(other_rows.loc[other_rows["is"] == "continuation", "row"])
    shared = [row for row in true.index if row in read.index]
    fields = [field for field in (*COUNTS, *WORDS, *_OWN) if field in LEDGER.names]
    rows_of = dict(zip(read["unit_id"], read["row"], strict=True))
    read_text = {field: read[field].map(_text) for field in fields}
    read_text["duplicate_of"] = read["duplicate_of"].map(lambda unit: _row_of(unit, rows_of))
    repairs = {(fix.row, fix.field) for sheet in report.sheets for fix in sheet.repairs}
    expected = [
        (row, field)
        for row, fields_of in true.loc[shared, "repair_field"].items()
        for field in str(fields_of).split(";")
        if field
    ]
    return Comparison(
        units=len(true),
        compared=len(shared) * len(fields),
        lost=tuple(row for row in true.index if row not in read.index),
        extra=tuple(
            row
            for row in read.index
            if row not in true.index and not (row in second and row in flagged)
        ),
        differences=tuple(_differences(shared, fields, read_text, true, flagged)),
        flagged=flagged - second,
        to_flag=frozenset(true.index[true["flag_at"] == "read"]),
        may_flag=frozenset(true.index[true["flag_at"].isin(["report", "locate", "triage"])])
        | frozenset(true["duplicate_of"]) - {""},
        untraced=tuple(each for each in expected if each not in repairs),
        repairs=len(expected),
    )


def _differences(
    rows: list[str],
    fields: list[str],
    read: dict[str, pd.Series],
    true: pd.DataFrame,
    flagged: frozenset[str],
) -> Iterator[Difference]:
    trap = true["trap"]
    for field in fields:
        texts, truths = read[field], true[field].map(_text)
        for row in rows:
            if texts[row] == truths[row] or (field in _OWN and not texts[row]):
                continue
            yield Difference(row, trap[row], field, truths[row], texts[row], row in flagged)


def _text(value: object) -> str:
    """Return a value as it is compared: one width, no white space, empty for unknown."""
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 -- NaN alone differs
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = unicodedata.normalize("NFKC", str(value)).translate(_BRACKETS)
    return "".join(text.split())


_BRACKETS = str.maketrans("【】〔〕", "()()")


def _row_of(unit: object, rows: dict[str, str]) -> str:
    return rows.get(unit, str(unit)) if isinstance(unit, str) else ""
