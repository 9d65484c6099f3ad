"""The states that an office wrote into an earlier workbook's lists, by item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxgeo.errors import InputError, Words
from lxgeo.ledger.corrections.rules import hide_person
from lxgeo.ledger.corrections.worklist import CLOSED, ENDED, FILLED, ITEM, TITLES, State
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.values.wording import as_text, squeeze
from lxgeo.read.guard import LIMITS, Limits
from lxgeo.read.ledger import read_cells

_SEARCHED_ROWS = 12
_NAMED = frozenset({"单位名称", "党组织（建议名称）", "责任单位（审批）", ITEM.zh}) | frozenset(
    {"Name", "Branch (suggested name)", "Responsible (approver)", ITEM.en}
)
"""The columns that say what an item is called."""


def read_states(path: Path, limits: Limits = LIMITS) -> dict[str, State]:
    """Return what stands in a workbook's lists, item by item.

    Parameters
    ----------
    path
        ``plan.xlsx`` of an earlier run, filled in, in either language: sheets are known by their
        columns, so they may be renamed, sorted and filtered, and columns moved or added.
    limits
        What it may ask of the machine: it is read as guarded as any ledger.

    Returns
    -------
    dict
        `lxgeo.ledger.corrections.worklist.State` by its key, in the order of the sheets. An item
        that stands twice counts as it stands first.

    Raises
    ------
    LedgerError
        The file can't be read.
    InputError
        It holds no such list.
    """
    path = Path(path)
    lists = [(sheet, *there) for sheet in read_cells(path, limits) if (there := _head(sheet))]
    if not lists:
        raise InputError(
            Words(
                f"{path.name}：没有“{TITLES['key'].zh}”一列，不是方案工作簿（plan.xlsx）",
                f"{path.name}: no column '{TITLES['key'].en}', so no workbook of a plan",
            )
        )
    found: dict[str, State] = {}
    for each in lists:
        for state in _states(*each):
            found.setdefault(state.key, state)
    return found


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Return the row of a list's headings and the column of each; None where it is no list."""
    called = {squeeze(said): name for name, words in TITLES.items() for said in words}
    called |= {squeeze(said): "name" for said in _NAMED}
    called |= {squeeze(said): "ended" for said in ENDED}
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS], start=1):
        there: dict[str, int] = {}
        for column, cell in enumerate(row, start=1):
            if (name := called.get(squeeze(cell))) is not None:
                there.setdefault(name, column)
        if "key" in there:
            return number, there
    return None


def _states(sheet: Sheet, head: int, columns: Mapping[str, int]) -> Iterator[State]:
    for number in range(head + 1, len(sheet.rows) + 1):
        cells = {name: _said(sheet.cell(number, column)) for name, column in columns.items()}
        if (key := cells.get("key") or _own_key(sheet, cells)) is None:
            continue
        yield State(
            key=key,
            name=_shown(cells.get("name")),
            post=_shown(cells.get("post")),
            leader=_shown(cells.get("leader")),
            due=_shown(cells.get("due")),
            note=_shown(cells.get("note")),
            closed=squeeze(cells.get("status")) in {squeeze(said) for said in CLOSED},
            ended=cells.get("ended"),
        )


def _own_key(sheet: Sheet, cells: Mapping[str, str | None]) -> str | None:
    """Return what names a row that the office wrote into a list itself; None where it is none."""
    name = cells.get("name")
    written = any(cells.get(each) for each in FILLED)
    return f"own:{sheet.name}:{_shown(name)}" if name and written else None


def _shown(text: str | None) -> str | None:
    """Return what was written; struck out where it holds a phone or an identity number."""
    return None if text is None else hide_person(text)


def _said(cell: object) -> str | None:
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    return as_text(cell).strip() or None
