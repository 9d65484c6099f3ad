"""A workbook for each township's clerk: her units alone, all locked but the one column to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from lxgeo.errors import Words
from lxgeo.ledger.corrections.worklist import ABOUT, AGREED, OPINION, REFUSED, UNIT_ID, about
from lxgeo.model import Outcome
from lxgeo.publish.book import draw, open_book
from lxgeo.publish.folder.device_names import is_device
from lxgeo.publish.folder.release import Release
from lxgeo.publish.listing import Head, Listing, heads_of, heads_said, numbered, rows_of
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.yearly_form import NO_TOWNSHIP
from lxgeo.publish.rows import Cell, cells
from lxgeo.tables import UNITS

_FORBIDDEN = re.compile(r'[/\\<>:"|?*\x00-\x1f]|^\.+')
_LEAD = (
    *(("name", 26), ("address", 24), ("staff", 7), ("full_members", 7)),
    *(("probationary_members", 7), ("outcome", 11)),
)
_WHY = (("distance_m", 9), ("reason", 64), ("finding", 24))
_NAMES_SHOWN = 5
_HINT = Words(
    "同意的选“同意”；要调整的写明：并入哪个党支部或单位、理由、岗位、日期（不写姓名、电话）",
    "Choose 'agreed', or write: to which branch or unit, why, your post, the date (no names)",
)


def write_clerk_books(folder: Path, release: Release) -> tuple[Path, ...]:
    """Write ``folder/TOWNSHIP.xlsx`` for each township that has a unit.

    Parameters
    ----------
    folder
        Where to; made where it is missing.
    release
        What is published; the same release gives the same bytes.

    Returns
    -------
    tuple of Path
        The files, townships in the order of the areas.
    """
    papers = Papers(release)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, units in _townships(papers):
        path = folder / f"{name}.xlsx"
        with open_book(path, release) as book:
            draw(book, _sheet(papers, name, units))
        written.append(path)
    return tuple(written)


def _townships(papers: Papers) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each township's file name and units; those without a township come last."""
    units = papers.units
    places = units["township_id"].fillna("")
    areas = [str(each) for each in papers.release.areas.townships["id"]]
    order = dict.fromkeys([*areas, *sorted(set(places) - {""}), ""])
    taken: set[str] = set()
    for place in order:
        if not (here := units[places == place]).empty:
            name = _file_name(papers, place, here, taken)
            taken.add(name.casefold())
            yield name, here


def _file_name(papers: Papers, place: str, units: pd.DataFrame, taken: set[str]) -> str:
    named = units["township"].dropna()
    said = place or papers.release.say(NO_TOWNSHIP)
    name = _FORBIDDEN.sub("_", str(named.iloc[0]) if len(named) else said).strip(" .") or "_"
    name = f"{name}_" if is_device(name) else name
    return name if name.casefold() not in taken else f"{name}_{_FORBIDDEN.sub('_', place)}"


def _sheet(papers: Papers, name: str, units: pd.DataFrame) -> Listing:
    release = papers.release
    together = heads_said(
        release,
        (Words("党支部", "Branch"), 24, "text"),
        (Words("同一党支部的单位", "Together with"), 30, "text"),
    )
    opinion = Head(
        release.say(OPINION),
        26,
        choices=tuple(release.say(each) for each in (AGREED, REFUSED)),
        hint=release.say(_HINT),
    )
    rows = zip(
        rows_of(units, UNITS, _LEAD, release),
        _partners(papers, units),
        rows_of(units, UNITS, _WHY, release),
        cells(units, ["unit_id", "outcome", "branch_id"]),
        strict=True,
    )
    return Listing(
        sheet=release.say(Words("本辖区单位", "Units")),
        title=release.say(Words(f"{name}两新组织党组织组建方案（征求意见）", f"{name}: the plan")),
        note=release.say(
            Words(
                f"共 {len(units)} 家；只有黄色一列可以填写，填好后发回",
                f"{len(units)} units; fill in the yellow column alone and send it back",
            )
        ),
        heads=(
            *heads_said(release, (Words("序号", "No."), 6, "middle")),
            *heads_of(UNITS, _LEAD, release),
            *together,
            *heads_of(UNITS, _WHY, release),
            opinion,
            *heads_said(release, (UNIT_ID, 21, "text"), (ABOUT, 20, "text")),
        ),
        rows=tuple(numbered((*a, *b, *c, None, *_place(*place)) for a, b, c, place in rows)),
        paper="A3",
        frozen=2,
        tints=tuple(Outcome(each) for each in units["outcome"]),
        tinted=1 + [name for name, _ in _LEAD].index("outcome"),
        unprinted=2,
        locked=True,
    )


def _place(unit_id: Cell, outcome: Cell, branch_id: Cell) -> tuple[str, str]:
    """Return the two columns by which an opinion finds its unit, and what it was said of."""
    return str(unit_id), about(str(outcome), None if branch_id is None else str(branch_id))


def _partners(papers: Papers, units: pd.DataFrame) -> Iterator[tuple[str | None, str | None]]:
    """Yield each unit's branch, and who else is in it."""
    for unit_id, branch_id in cells(units, ["unit_id", "branch_id"]):
        if branch_id is None:
            yield None, None
            continue
        others = [m.name for m in papers.members(str(branch_id)) if m.unit_id != unit_id]
        shown = others[:_NAMES_SHOWN]
        if len(others) > len(shown):
            more = Words(f"……等 {len(others)} 家", f"… {len(others)} in all")
            shown.append(papers.release.say(more))
        yield papers.branch_names.get(str(branch_id)), "\n".join(shown) or None
