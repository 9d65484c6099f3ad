"""Corrections that come back: put into the raw cells, so that they pass the same rules as all else.

A correction is taken only where it is signed by a post and dated, where the cell still says what
the check saw, and where the row still holds the same unit. Whatever is not taken is told. One that
says 核对无误 changes no cell: `lxgeo.ledger.corrections.confirmations.confirm` tells it in the
LEDGER.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from lxgeo.errors import Words
from lxgeo.ledger.clean import clean
from lxgeo.ledger.corrections.confirmations import says_right, unconfirmable
from lxgeo.ledger.corrections.rewriting import Change, ReadSheet, read_sheets, rewritten
from lxgeo.ledger.corrections.rules import unreadable, unsigned
from lxgeo.ledger.corrections.titles import BLANK
from lxgeo.ledger.doubts.problems import Problem, problems
from lxgeo.ledger.places import cell_at, row_label, split_row
from lxgeo.ledger.sheets.fields import field_words
from lxgeo.ledger.sheets.privacy import quoted
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.values.wording import blank, squeeze
from lxgeo.schema import Column, Table

CORRECTIONS = Table(
    "CORRECTIONS",
    (
        Column("at", "检查表行", needed=True),
        Column("row", "台账行", needed=True),
        Column("cell", "单元格"),
        Column("name", "单位名称"),
        Column("field", "字段"),
        Column("written", "台账原文"),
        Column("value", "更正值"),
        Column("post", "更正人(岗位)"),
        Column("day", "日期"),
        Column("why", "理由"),
        Column("mark", "核对码"),
        Column("round", "轮次", kind="integer", low=1),
    ),
)
"""One row a correction: where it stands in the check workbook, which cell it is for, what stood
there, what is to stand there, and who (by post), when and why. ``day`` is year-month-day; the cell
is empty where the sheet has no column for the field. Corrections of an earlier ``round`` are
applied before those of a later one, and new ones, which have none yet, last. ``mark`` tells what
was asked about the cell (`lxgeo.ledger.corrections.confirmations.mark_of`): 核对无误 as a value
needs it."""


class Correction(NamedTuple):
    """One row of `CORRECTIONS`; what is empty is empty text."""

    at: str
    row: str
    cell: str
    name: str
    field: str
    written: str
    value: str
    post: str
    day: str
    why: str
    mark: str
    round: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A correction that was not taken, and why."""

    correction: Correction
    why: Words


class Corrected(NamedTuple):
    """What `apply_corrections` returns.

    Parameters
    ----------
    sheets
        The ledger with the corrections in its cells.
    applied
        `CORRECTIONS` that were taken: the trace of what stood there, what stands there now, who
        decided it, when and why.
    refused
        Those that were not.
    """

    sheets: tuple[Sheet, ...]
    applied: pd.DataFrame
    refused: tuple[Refused, ...]


def apply_corrections(
    sheets: Sequence[Sheet],
    corrections: pd.DataFrame,
    *,
    columns: Mapping[str, str] = {},
    asks: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
) -> Corrected:
    """Return a ledger's sheets with the corrections that fit, and those that do not.

    Parameters
    ----------
    sheets
        The ledger as it came.
    corrections
        `CORRECTIONS`, as read from a check workbook that was filled in.
    columns
        Field → header as it will be given to `lxgeo.ledger.clean`.
    asks
        Returns a LEDGER with the findings that more than the ledger gives rise to (its rows
        located among the areas): so that these can be confirmed too. Asked only then.

    Returns
    -------
    Corrected
        New sheets, the trace of what was applied, and what was refused with a sentence each.
        A field that the sheet has no column for gets one, to the right of all others.

    Raises
    ------
    TableError
        ``corrections`` are none.
    LedgerError
        The ledger can't be read as a ledger.
    """
    CORRECTIONS.check(corrections)
    rounds = corrections["round"].fillna(corrections["round"].fillna(0).max() + 1)
    now = Corrected(tuple(sheets), CORRECTIONS.shaped(corrections[:0]), ())
    for number in sorted(rounds.unique()):
        of_round = corrections[rounds == number].assign(round=number)
        done = _apply_round(now.sheets, of_round, columns, asks)
        applied = pd.concat([now.applied, done.applied], ignore_index=True)
        now = Corrected(done.sheets, CORRECTIONS.shaped(applied), (*now.refused, *done.refused))
    return now


def _apply_round(
    sheets: Sequence[Sheet],
    corrections: pd.DataFrame,
    columns: Mapping[str, str],
    asks: Callable[[pd.DataFrame], pd.DataFrame] | None,
) -> Corrected:
    """Apply corrections that were made on one state of the ledger."""
    ledger, report = clean(sheets, columns=columns)
    read = read_sheets(ledger, report, sheets)
    said = [_completed(each, read) for each in listed(corrections)]
    asked = {}
    if rows := {each.row for each in said if says_right(each.value)}:
        some = problems(asks(ledger) if asks else ledger, report, sheets, rows=rows)
        asked = {(each.row, each.field or ""): each for each in some}
    faults = [_fault(each, read, asked) for each in said]
    fits = [each for each, fault in zip(said, faults, strict=True) if fault is None]
    contradicted = _contradicted(fits)
    faults = [
        fault or (_CONTRADICTED if each in contradicted else None)
        for each, fault in zip(said, faults, strict=True)
    ]
    taken = [each for each, fault in zip(said, faults, strict=True) if fault is None]
    applied = CORRECTIONS.shaped(
        pd.DataFrame([_or_none(each) for each in taken], columns=CORRECTIONS.names, dtype=object)
    )
    return Corrected(
        sheets=tuple(_rewritten(sheet, read.get(sheet.label), taken) for sheet in sheets),
        applied=applied,
        refused=tuple(
            Refused(each, fault)
            for each, fault in zip(said, faults, strict=True)
            if fault is not None
        ),
    )


def listed(corrections: pd.DataFrame) -> list[Correction]:
    """Return the rows of a `CORRECTIONS` table."""
    return [
        Correction._make([*("" if pd.isna(text) else str(text) for text in texts), int(number)])
        for *texts, number in corrections[CORRECTIONS.names].itertuples(index=False, name=None)
    ]


def _completed(said: Correction, read: Mapping[str, ReadSheet]) -> Correction:
    """Return a correction with its sheet as the ledger spells it, its row and its field.

    Where only the cell is named, row and field are those of the cell.
    """
    label, number = split_row(said.row)
    # A sheet's name may end in a space that nobody types.
    if label not in read:
        label = next((each for each in read if squeeze(each) == squeeze(label)), label)
    said = said._replace(row=row_label(label, number))
    place, there = cell_at(said.cell), read.get(label)
    if place is None or there is None or (number and said.field):
        return said
    fields = {column: field for field, column in there.cells.columns.items()}
    field = said.field or fields.get(place[1], "")
    return said._replace(row=row_label(label, number or place[0]), field=field)


def _or_none(correction: Correction) -> tuple[str | int | None, ...]:
    return tuple(each or None for each in correction)


def _rewritten(sheet: Sheet, there: ReadSheet | None, taken: Iterable[Correction]) -> Sheet:
    mine = [
        Change(number, each.field, each.value)
        for each in taken
        for label, number in (split_row(each.row),)
        if label == sheet.label and not says_right(each.value)
    ]
    return rewritten(there, mine) if there and mine else sheet


_CONTRADICTED = Words(
    "同一单元格有两个不同的更正值；请只留一个",
    "the same cell is corrected to two different values; keep one",
)


def _contradicted(fits: Iterable[Correction]) -> frozenset[Correction]:
    """Return the corrections of cells that are given more than one value."""
    by_cell: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    for each in fits:
        by_cell[each.row, each.field].append(each)
    return frozenset(
        each
        for group in by_cell.values()
        if len({squeeze(each.value) for each in group}) > 1
        for each in group
    )


def _fault(
    said: Correction,
    read: Mapping[str, ReadSheet],
    asked: Mapping[tuple[str, str], Problem],
) -> Words | None:
    """Return why a correction can't be taken; None where it can."""
    fault = unsigned(said.value, said.post, said.day, said.why) or _stale(said, read)
    if fault is not None:
        return fault
    if says_right(said.value):
        return unconfirmable(asked.get((said.row, said.field)), said.mark)
    label, number = split_row(said.row)
    return _unfit(said, read[label], number)


def _stale(said: Correction, read: Mapping[str, ReadSheet]) -> Words | None:
    """Return why a correction no longer fits the ledger."""
    label, number = split_row(said.row)
    there = read.get(label)
    if there is None:
        return Words(
            f"台账没有工作表“{label}”，或未读该表",
            f"the ledger has no sheet '{label}' that is read",
        )
    name = there.names.get(number)
    if name is None:
        return Words(
            f"“{label}”第 {number} 行不是单位；请重新检查后再更正",
            f"row {number} of '{label}' is no unit; check again, then correct",
        )
    called = field_words(said.field)
    column = there.cells.columns.get(said.field)
    place = cell_at(said.cell) if said.cell else None
    if (column is None) != (place is None) or (place and place != (number, column)):
        return Words(
            f"台账的列已变动：{said.cell or '（无此列）'} 现在不是“{called.zh}”；"
            "请重新检查后再更正",
            f"the ledger's columns have changed: {said.cell or '(no column)'} is no longer "
            f"{called.en}; check again, then correct",
        )
    if squeeze(name) != squeeze(said.name):
        return Words(
            f"第 {number} 行现在是“{quoted(name)}”，不是“{quoted(said.name)}”；请重新检查后再更正",
            f"row {number} now holds '{quoted(name)}', not '{quoted(said.name)}'; "
            "check again, then correct",
        )
    return _overtaken(said, there.cells.at(number, said.field))


def _overtaken(said: Correction, cell: object) -> Words | None:
    """Return what a cell says now, where that is not what the check saw."""
    now = "" if blank(cell) else quoted(cell)
    if squeeze(now) == squeeze(said.written):
        return None
    if squeeze(now) == squeeze(said.value):
        return Words(
            f"台账已是“{now}”，无需再改", f"the ledger already says '{now}': nothing to correct"
        )
    is_now = Words(*(now or blank_ for blank_ in BLANK))
    saw = Words(*(quoted(said.written) or blank_ for blank_ in BLANK))
    return Words(
        f"台账现在写的是“{is_now.zh}”，检查时是“{saw.zh}”；请重新检查后再更正",
        f"the ledger now says '{is_now.en}', the check saw '{saw.en}'; check again, then correct",
    )


def _unfit(said: Correction, there: ReadSheet, number: int) -> Words | None:
    """Return why the value can't stand in its cell."""
    if said.field == "name" and there.cells.merge(number, "name"):
        return Words(
            "单位名称是合并单元格；请直接在台账中更正",
            "the name is a merged cell; correct it in the ledger itself",
        )
    if number + 1 in there.second_lines and not blank(there.cells.at(number + 1, said.field)):
        return Words(
            f"该项在台账中分写在第 {number}、{number + 1} 两行；请直接在台账中更正",
            f"it is written on rows {number} and {number + 1}; correct it in the ledger itself",
        )
    return unreadable(said.field, said.value)
