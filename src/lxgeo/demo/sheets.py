"""The ledger as sheets: titles, headers, categories, subtotals, footers, and the units between."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxgeo.demo.dialects import OTHER_SHEETS, Dialect, dialect_of
from lxgeo.demo.dice import Dice
from lxgeo.demo.ditto import DITTO, leaning
from lxgeo.demo.entries import Cell, Entry, Formula
from lxgeo.demo.nouns import DISTRICT, Township
from lxgeo.demo.trades import SOCIAL

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 1."""

_SUMMED = ("staff", "total", "full", "probationary")


@dataclass
class Page:
    """A sheet of the workbook.

    Parameters
    ----------
    name
        Its tab.
    dialect
        How its office lays it out; None for a sheet that is no ledger.
    rows
        Cells, row by row.
    merges
        Merged ranges.
    kinds
        What each row is: ``title``, ``office``, ``header``, ``divider``, ``unit``,
        ``continuation``, ``subtotal``, ``total``, ``blank``, ``footer`` or ``note``.
    entries
        Row number → the entry that stands there.
    wrong
        Row number → name and pattern of what is wrong with a row that is no unit.
    hidden
        Whether the workbook hides it.
    """

    name: str
    dialect: Dialect | None = None
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    entries: dict[int, Entry] = field(default_factory=dict)
    wrong: dict[int, tuple[str, int]] = field(default_factory=dict)
    hidden: bool = False

    def add(self, kind: str, cells: Sequence[Cell] = (), *, across: int = 0) -> int:
        """Add a row, its first cell merged over some columns if asked; return its number."""
        self.rows.append(list(cells))
        self.kinds.append(kind)
        number = len(self.rows)
        if across:
            self.merges.append((number, 1, number, across))
        return number

    @property
    def header_row(self) -> int:
        """The last row of its header; 0 where it has none."""
        first = self.kinds.index("header") if "header" in self.kinds else len(self.kinds)
        run = itertools.takewhile(lambda kind: kind == "header", self.kinds[first:])
        return first + len(list(run)) if first < len(self.kinds) else 0


def pages(entries: Sequence[Entry], towns: Sequence[Township], dice: Dice) -> tuple[Page, ...]:
    """Return one sheet a township, one of a line authority, and two that are hidden.

    Parameters
    ----------
    entries
        What the ledger holds, in the order in which it was typed.
    towns
        The sheets, in order.
    dice
        Which rows lean on the row above them.
    """
    spared = frozenset(id(entry.copy_of) for entry in entries if entry.copy_of)
    made = []
    for town in towns:
        dialect = dialect_of(town)
        mine = [entry for entry in entries if entry.township == town and not entry.sheet]
        parts = [
            (title, leaning(part, spared, dice.of(town.id), by_building=dialect.by_building))
            for title, part in _parts(mine, dialect)
        ]
        who = f"中共{town.name}{'工作委员会' if town.kind == 'urban' else '委员会'}"
        made.append(_page(town.name, who, parts, dialect))
    for name, dialect in OTHER_SHEETS.items():
        parts = [("", [entry for entry in entries if entry.sheet == name])]
        made.append(_page(name, "行业主管部门党委", parts, dialect))
        made[-1].hidden = name.startswith("待")
    return (*made, _dictionary())


Part = tuple[str, list[Entry]]
"""A category's title and its entries."""


def _parts(entries: Sequence[Entry], dialect: Dialect) -> Iterator[Part]:
    """Yield the categories: enterprises, then social organisations."""
    for title, social in (("一、非公有制经济组织", False), ("二、社会组织", True)):
        part = [each for each in entries if (each.unit.kind in SOCIAL) == social]
        if dialect.by_building:
            part.sort(key=lambda each: str(each.cells["building"] or "~"))
        yield title, part


def _page(name: str, office: str, parts: Sequence[Part], dialect: Dialect) -> Page:
    page = Page(name, dialect)
    width = len(dialect.fields)
    page.add("title", [f"{DISTRICT}{name}两新组织党建工作台账（虚构演示数据）"], across=width)
    said = f"填报单位（盖章）：{office}（虚构）　　填报时间：2026年6月30日　　单位：家、人"
    page.add("office", [said], across=width)
    _add_header(page, dialect)
    serial = itertools.count(1)
    for title, part in parts:
        if dialect.dividers:
            page.add("divider", [title], across=width)
        first = len(page.rows) + 1
        if dialect.restarts:
            serial = itertools.count(1)
        for entry in part:
            number = next(serial)
            _add_unit(page, dialect, number, entry)
            if dialect.header_again_after and number % dialect.header_again_after == 0:
                _add_header(page, dialect)
        if dialect.by_building:
            _merge_down(page, dialect, first)
        if title:
            _add_sums(page, dialect, "subtotal", part, first)
    _add_sums(page, dialect, "total", [each for _, part in parts for each in part], 0)
    _add_footer(page, width)
    return page


def _add_footer(page: Page, width: int) -> None:
    page.add("blank")
    signed = "填表人：某甲　　审核人：某乙　　联系电话：10000000000（虚构）"
    page.add("footer", [signed], across=width)
    notes = ["注：1.本表所列单位、人数、地址均为虚构，仅供演示。"]
    notes.append("　　2.党员人数以组织关系所在单位为准，预备党员不计入正式党员。")
    if any(entry.colour for entry in page.entries.values()):
        notes.append("　　3.标红的为已注销。")
    for note in notes:
        page.add("note", [note], across=width)


def _add_unit(page: Page, dialect: Dialect, number: int, entry: Entry) -> None:
    """Add an entry's row, and its second line where it has one."""
    row = len(page.rows) + 1
    letters = {name: f"{_letter(dialect.column(name))}{row}" for name in dialect.fields}
    cells = [_filled(entry.cells[name], letters) for name in dialect.fields[1:]]
    page.entries[page.add("unit", [number, *cells])] = entry
    if not entry.below:
        return
    below = page.add("continuation", [entry.below.get(name) for name in dialect.fields])
    page.wrong[below] = (entry.trap, entry.pattern or 0)
    if entry.merged:
        column = dialect.column("name")
        page.merges.append((row, column, below, column))


def _letter(column: int) -> str:
    """Return a column's letter; no sheet here has more than 26."""
    return chr(ord("A") + column - 1)


def _filled(cell: Cell, letters: dict[str, str]) -> Cell:
    return Formula(cell.text.format(**letters), cell.value) if isinstance(cell, Formula) else cell


def _add_header(page: Page, dialect: Dialect) -> None:
    """Add the header rows: groups above, merged across; the rest merged down."""
    heads = [dialect.levels(name) for name in dialect.fields]
    depth = max(map(len, heads))
    first = len(page.rows) + 1
    for level in range(depth):
        runs = _runs([head[: level + 1] for head in heads])
        cells: list[Cell] = [None] * len(heads)
        for left, right in runs:
            if len(heads[left]) == level + 1:
                for column in range(left, right + 1):
                    cells[column] = heads[column][level]
                    if level + 1 < depth:
                        down = (first + level, column + 1, first + depth - 1, column + 1)
                        page.merges.append(down)
            elif len(heads[left]) > level + 1:
                cells[left] = heads[left][level]
                if right > left:
                    page.merges.append((first + level, left + 1, first + level, right + 1))
        page.add("header", cells)


def _runs(values: Sequence[object]) -> list[tuple[int, int]]:
    """Return first and last index of each run of equal values."""
    starts = [k for k in range(len(values)) if k == 0 or values[k] != values[k - 1]]
    return list(zip(starts, [*(k - 1 for k in starts[1:]), len(values) - 1], strict=True))


def _merge_down(page: Page, dialect: Dialect, first: int) -> None:
    """Merge equal names of townships and of buildings downwards, their first cell left."""
    for name in ("town", "building"):
        column = dialect.column(name)
        cells = [row[column - 1] for row in page.rows[first - 1 :]]
        for start, end in _runs(cells):
            if end > start and cells[start] is not None:
                page.merges.append((first + start, column, first + end, column))
                for row in range(first + start, first + end):
                    page.rows[row][column - 1] = None


def _add_sums(
    page: Page, dialect: Dialect, kind: str, entries: Sequence[Entry], first: int
) -> None:
    """Add a line of sums of what the cells above tell; a blank cell adds nothing.

    Parameters
    ----------
    first
        First row of the part; 0 for the sum of the whole sheet.
    """
    last = len(page.rows)
    wrong = dialect.sums == "wrong" and "subtotal" not in page.kinds
    sums: dict[str, Cell] = {}
    for name in _SUMMED:
        if name in dialect.fields:
            value = sum(_told(entry, name) for entry in entries)
            sums[name] = value + 1 if wrong and name == "total" else value
            if first and dialect.sums in {"formula", "uncalculated"}:
                letter = _letter(dialect.column(name))
                told = value if dialect.sums == "formula" else None
                sums[name] = Formula(f"=SUM({letter}{first}:{letter}{last})", told)
    word = "小计" if kind == "subtotal" else "合计"
    row = page.add(kind, [word, *(sums.get(name) for name in dialect.fields[1:])])
    if wrong:
        page.wrong[row] = ("subtotal_wrong", 8)
    if first and dialect.sums == "uncalculated":
        page.wrong[row] = ("subtotal_uncalculated", 46)


def _told(entry: Entry, name: str) -> int:
    """Return what a cell adds to a sum: nothing where it is blank, or says 〃."""
    silent = entry.cells[name] is None or entry.cells[name] == DITTO
    return 0 if silent else int(getattr(entry, name) or 0)


def _dictionary() -> Page:
    """Return the hidden sheet of allowed values that such workbooks carry."""
    page = Page("字典", hidden=True)
    for cells in (
        ("单位类别", "管理方式", "经营状态", "是否", "坐标系"),
        ("非公企业", "属地", "在营", "是", "WGS84"),
        ("个体工商户", "归口", "停业", "否", "CGCS2000"),
        ("社会团体", "挂靠", "注销", None, "GCJ-02"),
        ("民办非企业单位", None, "空壳", None, "BD-09"),
    ):
        page.add("note", cells)
    return page
