"""Units and branches that an office keeps an eye on, list by list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import pandas as pd

from lxgeo.errors import Words
from lxgeo.publish.folder.release import kind_of
from lxgeo.publish.listing import Listing, Row, heads_said
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.rows import Cell, cells, plain, plain_cell
from lxgeo.rules.lists import WatchList, watch_lists
from lxgeo.tables import PLANNED, PLANNED_BRANCHES, Column

_COLUMNS = {each.name: each for each in (*PLANNED_BRANCHES.columns, *PLANNED.columns)}
_ELSEWHERE = Words("组织关系在外正式党员", "Full members affiliated elsewhere")
_SHOWN = ("name", "township", "approver", "staff", "full_members", "probationary_members")
_Known: TypeAlias = dict[str, dict[str, Cell]]
_OWN = frozenset({*_SHOWN, "unit_id", "row", "outcome", "branch_id"})

_SHEETS: tuple[tuple[Words, Words, tuple[str, ...]], ...] = (
    (
        Words("应建与临近名单", "Due and near"),
        Words("应建未建、临近单独组建名单", "Due to stand alone, or near to it"),
        ("due", "near_three"),
    ),
    (
        Words("重点名单", "Key units"),
        Words("重点单位名单", "Key units"),
        ("members_wanted", "key_associations", "key_services"),
    ),
    (
        Words("观察名单", "Watch list"),
        Words("需跟踪服务的单位名单", "Units to look after"),
        ("elsewhere", "instructors", "households", "out_of_area"),
    ),
)


def watch_sheets(papers: Papers) -> Iterator[Listing]:
    """Yield 应建与临近名单, 重点名单 and 观察名单: a unit stands on as many as it belongs on."""
    plan = papers.release.plan
    found = {each.code: each for each in watch_lists(plan.units, plan.branches, plan.policy)}
    known = _known(papers)
    for sheet, title, codes in _SHEETS:
        rows = tuple(row for code in codes for row in _rows(papers, found[code], known))
        yield _sheet(papers, (sheet, title), [found[code] for code in codes], rows)


def _sheet(
    papers: Papers, said: tuple[Words, Words], lists: list[WatchList], rows: tuple[Row, ...]
) -> Listing:
    sheet, title = said
    release = papers.release
    between = release.say(Words("；", "; "))
    note = between.join(f"{release.say(each.title)} {len(each.rows)}" for each in lists)
    return Listing(
        sheet=release.say(sheet),
        title=release.say(title),
        note=note,
        heads=heads_said(
            release,
            (Words("名单", "List"), 28, "middle"),
            (Words("序号", "No."), 6, "middle"),
            (Words("名称", "Name"), 38, "text"),
            (Words("乡镇(街道)", "Township"), 12, "text"),
            (Words("审批单位", "Approver"), 30, "text"),
            (Words("从业人员", "Staff"), 8, "count"),
            (Words("正式党员", "Full members"), 8, "count"),
            (Words("预备党员", "On probation"), 8, "count"),
            (Words("结果", "Outcome"), 12, "middle"),
            (Words("说明", "Details"), 28, "text"),
            (Words("怎么办", "What to do"), 68, "text"),
            (Words("依据", "Source"), 40, "text"),
            (Words("编号", "Id"), 21, "text"),
        ),
        rows=rows,
        nothing=release.say(Words("名单为空。", "Nobody is on these lists.")),
        paper="A3",
        frozen=3,
        unprinted=1,
    )


def _rows(papers: Papers, watched: WatchList, known: _Known) -> Iterator[Row]:
    release = papers.release
    title, why = release.say(watched.title), release.say(watched.why)
    source = release.say(watched.source)
    names = list(watched.rows.columns)
    for number, row in enumerate(cells(watched.rows, names), start=1):
        told = dict(zip(names, row, strict=True))
        # A list of branches knows no more than the list itself says.
        unit = told | known.get(str(told.get("unit_id")), {})
        outcome = unit.get("outcome")
        yield (
            title,
            number,
            *(plain_cell(unit.get(name)) for name in _SHOWN),
            None if outcome is None else release.label("outcome", str(outcome)),
            _details(papers, told),
            why,
            source,
            plain_cell(unit.get("unit_id", unit.get("branch_id"))),
        )


def _known(papers: Papers) -> _Known:
    """Return unit id → what every list says of a unit."""
    names = ["unit_id", *_SHOWN, "outcome"]
    rows = (dict(zip(names, row, strict=True)) for row in cells(papers.units, names))
    return {str(row["unit_id"]): row for row in rows}


def _details(papers: Papers, unit: dict[str, Cell]) -> str | None:
    """Return what a list says of a unit beyond the columns that all lists have."""
    told = [
        f"{_heading(papers, name)} {_said(papers, name, value)}"
        for name, value in unit.items()
        if name not in _OWN and not pd.isna(value)
    ]
    return "\n".join(told) or None


def _heading(papers: Papers, name: str) -> str:
    column = _COLUMNS.get(name)
    return papers.release.say(_ELSEWHERE) if column is None else papers.release.heading(column)


def _said(papers: Papers, name: str, value: Any) -> str:
    column: Column | None = _COLUMNS.get(name)
    if isinstance(value, bool):
        return papers.release.say(Words("是", "yes") if value else Words("否", "no"))
    if column is not None and column.values is not None:  # noqa: PD011 - a closed list
        return papers.release.label(kind_of(column.values), str(value))
    return plain(str(value))
