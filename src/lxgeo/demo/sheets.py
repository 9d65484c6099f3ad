"""The ledger as sheets: titles, two-level headers, categories, subtotals and footers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxgeo.demo.entries import Cell, Entry
from lxgeo.demo.nouns import DISTRICT, Township
from lxgeo.demo.trades import SOCIAL

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 1."""

_FIELDS = (
    *("serial", "name", "credit_code", "kind", "industry", "address", "village", "staff"),
    *("total", "full", "probationary", "affiliated", "kin", "organised", "branch", "form"),
    *("line", "status", "lon", "lat", "datum", "contact", "phone", "note"),
)
_GROUPS = {
    "党员情况": ("total", "full", "probationary", "affiliated", "kin"),
    "党组织情况": ("organised", "branch", "form"),
}
_PLAIN = (
    *("序号", "单位名称", "统一社会信用代码", "单位类别", "行业代码", "经营地址", "所属村(社区)"),
    *("从业人员数", "总数", "正式", "预备", "组织关系已转入正式党员", "亲属党员过半"),
    *("是否建立", "名称", "形式", "管理方式", "经营状态", "经度", "纬度", "坐标系"),
    *("联系人", "联系电话", "备注"),
)
_BROKEN = (
    *("序\n号", "单 位 名 称", "统一社会\n信用代码", "单位\n类别", "行业代码\n(GB/T 4754)"),
    *("经营地址\n(详细到门牌)", "所属村\n(社区)", "从业人员数\n(人)", "总数\n(人)", "正式\n(人)"),
    *("预备\n(人)", "组织关系已转入\n正式党员(人)", "亲属党员过半\n(是/否)", "是否建立\n(是/否)"),
    *("名 称", "形 式", "管理\n方式", "经营\n状态", "经度", "纬度", "坐标系", "联系人", "联系电话"),
    "备 注",
)
_OTHER = (
    *("编号", "组织名称", "信用代码", "组织类型", "所属行业", "详细地址", "村（社区）"),
    *("从业人员", "党员总数", "其中：正式党员", "其中：预备党员"),
    *("其中：组织关系已转入正式党员", "是否亲属党员过半", "是否建立党组织", "党组织名称"),
    *("党组织类型", "管理方式", "存续状态", "经度", "纬度", "坐标系", "联系人", "联系电话", "说明"),
)

_SUMMED = ("staff", "total", "full", "probationary")


@dataclass(frozen=True)
class Dialect:
    """How one office lays out its sheet.

    Parameters
    ----------
    labels
        Header of each field, in the order of the fields.
    dividers
        Whether a line such as 一、非公企业 stands above each category.
    header_again_after
        Entries after which the header is printed again; 0 for never.
    """

    labels: tuple[str, ...]
    dividers: bool = False
    header_again_after: int = 0


_DIALECTS = (
    Dialect(_PLAIN),
    Dialect(_BROKEN, dividers=True),
    Dialect(_OTHER),
    Dialect(_PLAIN, header_again_after=120),
)


@dataclass
class Page:
    """A sheet of the workbook.

    Parameters
    ----------
    name
        Its tab.
    rows
        Cells, row by row.
    merges
        Merged ranges.
    kinds
        What each row is: ``title``, ``office``, ``header``, ``divider``, ``unit``, ``subtotal``,
        ``total``, ``blank``, ``footer`` or ``note``.
    entries
        Row number → the entry that stands there.
    hidden
        Whether the workbook hides it.
    """

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    entries: dict[int, Entry] = field(default_factory=dict)
    hidden: bool = False

    def add(self, kind: str, cells: Sequence[Cell] = (), *, across: int = 0) -> int:
        """Add a row, its first cell merged over some columns if asked; return its number."""
        self.rows.append(list(cells))
        self.kinds.append(kind)
        number = len(self.rows)
        if across:
            self.merges.append((number, 1, number, across))
        return number


def pages(entries: Sequence[Entry], towns: Sequence[Township]) -> tuple[Page, ...]:
    """Return one sheet a township and a hidden sheet of allowed values.

    Parameters
    ----------
    entries
        What the ledger holds, in the order in which it was typed.
    towns
        The sheets, in order.
    """
    made = []
    for town, dialect in zip(towns, itertools.cycle(_DIALECTS), strict=False):
        mine = [entry for entry in entries if entry.township == town]
        made.append(_page(town, mine, dialect))
    return (*made, _dictionary())


def _page(town: Township, entries: Sequence[Entry], dialect: Dialect) -> Page:
    page = Page(town.name)
    width = len(_FIELDS)
    office = f"中共{town.name}{'工作委员会' if town.kind == 'urban' else '委员会'}"
    page.add("title", [f"{DISTRICT}{town.name}两新组织党建工作台账（虚构演示数据）"], across=width)
    said = f"填报单位（盖章）：{office}（虚构）　　填报时间：2026年6月30日　　单位：家、人"
    page.add("office", [said], across=width)
    _add_header(page, dialect)
    serial = itertools.count(1)
    for title, part in _parts(entries):
        if dialect.dividers:
            page.add("divider", [title], across=width)
        for entry in part:
            number = next(serial)
            row = page.add("unit", [number, *(entry.cells[name] for name in _FIELDS[1:])])
            page.entries[row] = entry
            if dialect.header_again_after and number % dialect.header_again_after == 0:
                _add_header(page, dialect)
        _add_sums(page, "subtotal", "小计", part)
    _add_sums(page, "total", "合计", entries)
    page.add("blank")
    page.add(
        "footer", ["填表人：某甲　　审核人：某乙　　联系电话：10000000000（虚构）"], across=width
    )
    page.add("note", ["注：1.本表所列单位、人数、地址均为虚构，仅供演示。"], across=width)
    page.add(
        "note", ["　　2.党员人数以组织关系所在单位为准，预备党员不计入正式党员。"], across=width
    )
    return page


def _parts(entries: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the categories: enterprises, then social organisations."""
    yield "一、非公有制经济组织", [each for each in entries if each.unit.kind not in SOCIAL]
    yield "二、社会组织", [each for each in entries if each.unit.kind in SOCIAL]


def _add_header(page: Page, dialect: Dialect) -> None:
    """Add the two header rows: groups above, merged across; the rest merged down."""
    group_of = {name: group for group, names in _GROUPS.items() for name in names}
    upper: list[Cell] = []
    for name, label in zip(_FIELDS, dialect.labels, strict=True):
        group = group_of.get(name, label)
        upper.append(None if group in upper else group)
    lower = [
        label if name in group_of else None
        for name, label in zip(_FIELDS, dialect.labels, strict=True)
    ]
    first = page.add("header", upper)
    page.add("header", lower)
    for column, name in enumerate(_FIELDS, start=1):
        if name not in group_of:
            page.merges.append((first, column, first + 1, column))
    for names in _GROUPS.values():
        left = _FIELDS.index(names[0]) + 1
        page.merges.append((first, left, first, left + len(names) - 1))


def _add_sums(page: Page, kind: str, word: str, entries: Sequence[Entry]) -> None:
    """Add a line of sums of what the cells above tell; a blank cell adds nothing."""
    sums = {name: sum(_told(entry, name) for entry in entries) for name in _SUMMED}
    page.add(kind, [word, *(sums.get(name) for name in _FIELDS[1:])])


def _told(entry: Entry, name: str) -> int:
    """Return the count that a cell tells."""
    typed = entry.cells[name]
    if typed is None:
        return 0
    if name == "total":
        return typed if isinstance(typed, int) else entry.unit.members
    return int(getattr(entry, name) or 0)


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
