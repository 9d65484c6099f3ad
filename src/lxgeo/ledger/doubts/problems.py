"""What a person should settle in a ledger, cell by cell, and what each was taken for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lxgeo.ledger.places import Cells, cell_name, split_row
from lxgeo.ledger.report import LedgerReport
from lxgeo.ledger.sheets.privacy import quoted
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.values.codes import check_fits
from lxgeo.ledger.values.wording import blank, tidy
from lxgeo.model import Figure, Reason, Rule
from lxgeo.tables import LEDGER

_FIGURES = (
    ("total", ("total_members",)),
    ("full", ("full_members",)),
    ("probationary", ("probationary_members",)),
    ("affiliated", ("affiliated_members", "affiliated_total")),
    ("members", ("full_members", "total_members")),
    ("staff", ("staff",)),
)
"""Figure of a finding → the fields that it may have been read from."""

_PLACES = (
    *("building_named", "park_named", "village_named", "township_named"),
    *("address", "registered_address"),
)
_POINT = ("lon", "coordinates")

_OF_RULE = {
    Rule.MEMBERS_BLANK: ("full_members",),
    Rule.ONLY_TOTAL_KNOWN: ("full_members",),
    Rule.NO_NAME: ("name",),
    Rule.NAMES_DIFFER: ("name",),
    Rule.SAME_UNIT_MAYBE: ("name",),
    Rule.ON_TWO_SHEETS: ("name",),
    Rule.SAME_BRANCH_MAYBE: ("branch_named", "branch_kind", "organised"),
    Rule.JOINT_WITH: ("branch_named", "branch_kind", "organised"),
    Rule.PLACE_SHARED: ("address", "registered_address", "lon", "coordinates"),
    Rule.DUPLICATE: ("credit_code", "address", "name"),
    Rule.DOUBLE_REGISTERED: ("double_registered", "total_members", "full_members"),
    # asked once the areas are known
    Rule.ADDRESS_DISAGREES: _PLACES,
    Rule.PLACE_DISAGREES: _PLACES,
    Rule.PLACE_AMBIGUOUS: _PLACES,
    Rule.PLACE_ALIKE: _PLACES,
    Rule.COORDINATES_OUTSIDE: _POINT,
    Rule.DATUM_SUSPECTED: _POINT,
    Rule.DATUMS_MIXED: _POINT,
    Rule.DATUM_UNKNOWN: ("datum", *_POINT),
    Rule.POSITION_PILED: (*_POINT, "address", "registered_address"),
}
"""Rule → the fields that settle it; the first is meant that the row has something in.

Of places the one is meant that says the name which is asked about.
"""

_NAMED = ("named", "name")
"""Figures of a finding that quote a place's name."""

_LAST = 1 << 20  # beyond any column

_UNKNOWN_MEMBERS = frozenset({Rule.MEMBERS_BLANK, Rule.ONLY_TOTAL_KNOWN})

_READ_AS = {
    "lon": ("lon", "coordinates"),
    "lat": ("lat", "coordinates"),
    "address": ("address", "registered_address"),
}
"""Field that a finding names → the columns that it may have been read from."""

_PAIRS = {"lon_in": "lon, lat", "lat_in": "lon, lat"}
"""A position is one thing: both of its cells are meant."""

_KEPT_AS = {
    "registered_address": "address",
    "affiliated_total": "affiliated_members",
    "unaffiliated_total": "affiliated_members",
    "datum": "datum_in",
    "lon": "lon_in",
    "lat": "lat_in",
}
"""Field → LEDGER column, where they differ."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that a person should look at.

    Parameters
    ----------
    row
        ``sheet!row`` as in the LEDGER.
    cell
        The cell (C18); None where the sheet has no column for the field.
    name
        The unit's name, None where it has none.
    field
        Which field; None where the whole row is meant.
    written
        What stands there, as a finding quotes it; None for a blank cell.
    taken
        What it was taken for: the LEDGER's value; None for unknown, and where `is_kept` says that
        it keeps none.
    reasons
        What is wrong.
    """

    row: str
    cell: str | None
    name: str | None
    field: str | None
    written: str | None
    taken: Figure
    reasons: tuple[Reason, ...]


def unsettled(ledger: pd.DataFrame) -> pd.Series:
    """Return for every row whether a person should settle something in it."""
    asked = [
        any(each.code is not Rule.CONFIRMED for each in reasons) for reasons in ledger["findings"]
    ]
    copies = ledger["duplicate_of"].notna() & ~ledger["findings"].map(_copy_confirmed).astype(bool)
    return pd.Series(asked, index=ledger.index, dtype=bool) | copies | ledger["name"].isna()


def _copy_confirmed(findings: Iterable[Reason]) -> bool:
    """Whether somebody has signed that a row repeats another."""
    said = (str(each.figures.get("asked")) for each in findings if each.code is Rule.CONFIRMED)
    return any(Rule.DUPLICATE in asked.split(";") for asked in said)


def problems(
    ledger: pd.DataFrame,
    report: LedgerReport,
    sheets: Sequence[Sheet],
    *,
    rows: Collection[str] | None = None,
) -> tuple[Problem, ...]:
    """Return what a person should settle, in the ledger's order.

    Parameters
    ----------
    ledger, report
        What `lxgeo.ledger.clean` returned.
    sheets
        The sheets that it was given.
    rows
        The rows that are looked at; all if None.

    Returns
    -------
    tuple of Problem
        One for each cell that findings are about: counts that contradict each other are listed
        each in its cell, for nobody but a person knows which one is wrong.
    """
    cells = read_cells_of(report, sheets)
    first = dict(zip(ledger["unit_id"], ledger["row"], strict=True))
    chosen = unsettled(ledger) if rows is None else unsettled(ledger) & ledger["row"].isin(rows)
    flagged = ledger[chosen]
    open_rows: list[dict[str, Any]] = (
        flagged.astype(object).where(flagged.notna(), None).to_dict("records")  # type: ignore[assignment]
    )
    return tuple(
        problem
        for row in open_rows
        for problem in _of_row(row, first, cells.get(split_row(row["row"])[0]))
    )


def read_cells_of(report: LedgerReport, sheets: Sequence[Sheet]) -> dict[str, Cells]:
    """Return the sheets that were read, by label, as cells that fields can be looked up in."""
    labelled = {sheet.name: sheet for sheet in sheets} | {s.label: s for s in sheets}
    return {
        told.sheet: Cells(labelled[told.sheet], told.columns, told.header_rows[1])
        for told in report.sheets
        if told.sheet in labelled
    }


def open_reasons(rows: pd.DataFrame, ledger: pd.DataFrame) -> Iterator[tuple[Reason, ...]]:
    """Yield for some rows of a ledger what is to be settled."""
    first = dict(zip(ledger["unit_id"], ledger["row"], strict=True))
    plain = rows[["findings", "duplicate_of", "name"]].astype(object)
    for row in plain.where(plain.notna(), None).to_dict("records"):
        yield tuple(_reasons(row, first))


def _reasons(row: Mapping[Any, Any], first: Mapping[str, str]) -> Iterator[Reason]:
    yield from (each for each in row["findings"] if each.code is not Rule.CONFIRMED)
    if row["duplicate_of"] is not None and not _copy_confirmed(row["findings"]):
        yield Reason(Rule.DUPLICATE, {"of": first.get(row["duplicate_of"])})
    if row["name"] is None:
        yield Reason(Rule.NO_NAME)


def _of_row(
    row: Mapping[str, Any], first: Mapping[str, str], cells: Cells | None
) -> Iterator[Problem]:
    """Yield a row's cells that findings are about, from left to right; the whole row last."""
    number = split_row(row["row"])[1]
    columns: Mapping[str, int] = {} if cells is None else cells.columns
    confirmed = {
        each.figures.get("field") for each in row["findings"] if each.code is Rule.CONFIRMED
    }
    about: dict[str | None, list[Reason]] = {}
    for reason in _reasons(row, first):
        for field in fields_of(number, reason, cells) or (None,):
            if field not in confirmed:
                about.setdefault(field, []).append(reason)
    if "total_members" in about and (cells is None or blank(cells.at(number, "full_members"))):
        # 5(其中预备1) says two things: a plain 5 in its place would lose how many are full members.
        about.setdefault("full_members", about["total_members"])
    for field in sorted(about, key=lambda each: columns.get(each or "", _LAST)):
        column = columns.get(field or "")
        cell = None if cells is None or field is None else cells.at(number, field)
        yield Problem(
            row=row["row"],
            cell=None if column is None else cell_name(number, column),
            name=row["name"],
            field=field,
            written=None if blank(cell) else quoted(cell),
            taken=_taken(row, field),
            reasons=tuple(about[field]),
        )


def fields_of(row: int, reason: Reason, cells: Cells | None) -> tuple[str, ...]:
    """Return the fields that a finding is about: those that the sheet has a column for.

    Of what the sheet lacks, only unknown members are named: a correction may add their column.
    """
    columns: Mapping[str, int] = {} if cells is None else cells.columns
    said = reason.figures.get("field")
    if reason.code in _OF_RULE and not isinstance(said, str):
        usual = [field for field in _OF_RULE[reason.code] if field in columns]
        filled = [field for field in usual if cells and not blank(cells.at(row, field))]
        if _OF_RULE[reason.code] is _PLACES:
            names = [str(reason.figures[each]) for each in _NAMED if reason.figures.get(each)]
            said_there = {field: tidy(cells.at(row, field)) for field in filled if cells}
            filled.sort(key=lambda field: not any(name in said_there[field] for name in names))
        missing = _OF_RULE[reason.code] if reason.code in _UNKNOWN_MEMBERS else ()
        return (*filled, *usual, *missing)[:1]
    if isinstance(said, str):
        names = [each.strip() for each in _PAIRS.get(said, said).split(",")]
        named = [_READ_AS.get(each, (each,)) for each in names]
        there = [[field for field in each if field in columns][:1] for each in named]
        return tuple(dict.fromkeys(field for each in there for field in each))
    return tuple(
        dict.fromkeys(
            field
            for figure, fields in _FIGURES
            if reason.figures.get(figure) is not None
            for field in fields
            if field in columns
        )
    )


def is_kept(field: str) -> bool:
    """Return whether the LEDGER keeps what a cell was taken for: of 备注 it keeps nothing."""
    return field == "coordinates" or _KEPT_AS.get(field, field) in LEDGER.names


def _taken(row: Mapping[str, Any], field: str | None) -> Figure:
    if field is None:
        return None
    if field == "credit_code" and not check_fits(row["credit_code"] or ""):
        return None  # it is kept as text and identifies nobody
    if field == "coordinates":
        known = row["lon_in"] is not None
        return f"{row['lon_in']}, {row['lat_in']}" if known else None
    value: Figure = row.get(_KEPT_AS.get(field, field))
    return value
