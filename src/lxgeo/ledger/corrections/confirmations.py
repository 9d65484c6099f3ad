"""What a person signs as right as it stands (核对无误): told as settled, never asked about again.

A confirmation changes no cell. It holds for one cell as long as the same text stands there and the
same is asked about it; a finding about several cells is settled once all of them are confirmed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import pandas as pd

from lxgeo.errors import Words
from lxgeo.ledger.corrections.titles import RIGHT
from lxgeo.ledger.doubts.problems import Problem, fields_of, read_cells_of
from lxgeo.ledger.places import Cells, split_row
from lxgeo.ledger.report import LedgerReport
from lxgeo.ledger.sheets.privacy import quoted
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.values.wording import blank, squeeze
from lxgeo.model import Reason, Rule

_SAID = frozenset(squeeze(each) for each in (*RIGHT, "无误", "核实无误", "确认无误", "原值无误"))

_NOTHING_READ = frozenset(
    {Rule.MEMBERS_BLANK, Rule.MEMBERS_UNREADABLE, Rule.MEMBERS_NEGATIVE, Rule.ONLY_TOTAL_KNOWN}
    | {Rule.VALUE_UNREADABLE, Rule.VALUE_RANGE, Rule.CREDIT_CODE_LOST, Rule.NO_NAME}
    | {Rule.COORDINATES_UNREADABLE}
)
"""Rules by which nothing was read: what nobody knows can't be right."""


def says_right(value: str) -> bool:
    """Whether a correction's value says that the cell is right as it stands."""
    return squeeze(value) in _SAID


def mark_of(reasons: Iterable[Reason]) -> str:
    """Return eight digits that tell what was asked about a cell, to see if it is still the same."""
    asked = sorted(repr((str(each.code), sorted(each.figures.items()))) for each in reasons)
    return hashlib.blake2b("\n".join(asked).encode(), digest_size=4).hexdigest()


def unconfirmable(asked: Problem | None, mark: str) -> Words | None:
    """Return why a cell can't be confirmed; None where it can.

    Parameters
    ----------
    asked
        What is asked about the cell now; None for nothing.
    mark
        `mark_of` what was asked when the check was written; empty where that is not known.
    """
    if asked is None:
        return Words("这一格没有待核事项，无需确认", "nothing is asked about this cell")
    if not mark:
        return Words(
            "“核对无误”只能填在“问题”表列出的那一行",
            "only the row in Problems that lists the cell can say that it is right",
        )
    codes = {each.code for each in asked.reasons}
    if Rule.COUNTS_DISAGREE in codes:
        return Words(
            "各数互相矛盾，不能都无误；请更正其中写错的一处",
            "the counts contradict each other and can't all be right; correct the wrong one",
        )
    if codes & _NOTHING_READ:
        return Words(
            "这一格没有读出值，不能确认无误；请填更正值",
            "nothing could be read here, so it can't be right; give the value",
        )
    if mark_of(asked.reasons) != mark:
        return Words(
            "这一格要核对的事项已有变化；请重新检查后再确认",
            "what is asked about this cell has changed; check again, then confirm",
        )
    return None


def confirm(
    ledger: pd.DataFrame, report: LedgerReport, sheets: Sequence[Sheet], applied: pd.DataFrame
) -> pd.DataFrame:
    """Return the ledger with what was confirmed told as such, and asked about no more.

    What the areas give rise to is confirmed alike, once the ledger is located: what had been
    confirmed before stays so.

    Parameters
    ----------
    ledger, report
        What `lxgeo.ledger.clean` returned; the ledger may be located since.
    sheets
        The sheets that it was given, corrections in them.
    applied
        `lxgeo.ledger.corrections.applying.CORRECTIONS` that were taken, confirmations among them.
    """
    said = applied[[says_right(value) for value in applied["value"].fillna("")]]
    if said.empty:
        return ledger
    cells = read_cells_of(report, sheets)
    place = {row: at for at, row in enumerate(ledger["row"])}
    found = ledger["findings"].tolist()
    copies = ledger["duplicate_of"].notna().tolist()
    for row, confirmed in said.groupby("row", sort=False):
        there = cells.get(split_row(str(row))[0])
        at = place.get(str(row))
        if there is not None and at is not None:
            signed = confirmed.astype(object).where(confirmed.notna(), None).to_dict("records")
            found[at] = _settled(str(row), found[at], signed, there, copy=copies[at])
    return ledger.assign(findings=pd.Series(found, index=ledger.index, dtype=object))


def _settled(
    row: str,
    findings: tuple[Reason, ...],
    signed: list[dict[Any, Any]],
    cells: Cells,
    *,
    copy: bool,
) -> tuple[Reason, ...]:
    """Return a row's findings: what is still open, then what was confirmed."""
    number = split_row(row)[1]
    fields = {
        each["field"]: each
        for each in signed
        if squeeze(_stands(cells, number, each["field"])) == squeeze(each["written"] or "")
    }
    asked = (*findings, *([Reason(Rule.DUPLICATE)] if copy else []))
    about = {reason: fields_of(number, reason, cells) or (None,) for reason in asked}
    still = tuple(each for each in findings if not set(about[each]) <= fields.keys())
    return (*still, *(_told(each, about) for each in fields.values()))


def _stands(cells: Cells, row: int, field: str | None) -> str:
    cell = None if field is None else cells.at(row, field)
    return "" if blank(cell) else quoted(cell)


def _asked(reason: Reason) -> list[str]:
    """Return what a finding asks; one that tells a confirmation, what had been asked before."""
    if reason.code is Rule.CONFIRMED:
        return [each for each in str(reason.figures.get("asked") or "").split(";") if each]
    return [str(reason.code)]


def _told(signed: Mapping[Any, Any], about: Mapping[Reason, tuple[str | None, ...]]) -> Reason:
    """Return that a cell was confirmed: by which post, when, and what had been asked."""
    asked = chain.from_iterable(
        _asked(reason) for reason, fields in about.items() if signed["field"] in fields
    )
    figures = {name: signed[name] for name in ("field", "written", "post", "day", "why")}
    return Reason(Rule.CONFIRMED, {**figures, "asked": ";".join(dict.fromkeys(asked))})
