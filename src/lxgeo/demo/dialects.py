"""How each office lays out its sheet: columns, headers of one to three levels, and habits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxgeo.demo.nouns import Township

_FIELDS = (
    *("serial", "name", "credit_code", "kind", "industry", "address", "village", "staff"),
    *("total", "full", "probationary", "affiliated", "kin", "organised", "branch", "form"),
    *("founded", "line", "status", "lon", "lat", "datum", "contact", "phone", "note"),
)
_MEMBERS = ("total", "full", "probationary", "affiliated", "floating", "kin")
_BRANCH = ("organised", "branch", "form", "founded")
_PLAIN = (
    *("序号", "单位名称", "统一社会信用代码", "单位类别", "行业代码", "经营地址", "所属村(社区)"),
    *("从业人员数", "总数", "正式", "预备", "组织关系已转入正式党员", "亲属党员过半"),
    *("是否建立", "名称", "形式", "成立时间", "管理方式", "经营状态", "经度", "纬度", "坐标系"),
    *("联系人", "联系电话", "备注"),
)
_BROKEN = (
    *("序\n号", "单 位 名 称", "统一社会\n信用代码", "单位\n类别", "行业代码\n(GB/T 4754)"),
    *("经营地址\n(详细到门牌)", "所属村\n(社区)", "从业人员数\n(人)", "总数\n(人)", "正式\n(人)"),
    *("预备\n(人)", "组织关系已转入\n正式党员(人)", "亲属党员过半\n(是/否)", "是否建立\n(是/否)"),
    *("名 称", "形 式", "成立\n时间", "管理\n方式", "经营\n状态", "经度", "纬度", "坐标系"),
    *("联系人", "联系电话", "备 注"),
)
_OTHER = (
    *("编号", "组织名称", "信用代码", "组织类型", "所属行业", "详细地址", "村（社区）"),
    *("从业人员", "党员总数", "其中：正式党员", "其中：预备党员"),
    *("其中：组织关系已转入正式党员", "是否亲属党员过半", "是否建立党组织", "党组织名称"),
    *("党组织类型", "党组织成立时间", "管理方式", "存续状态", "经度", "纬度", "坐标系"),
    *("联系人", "联系电话", "说明"),
)
_TRADITIONAL = (
    *("序號", "單位名稱", "統一社會信用代碼", "單位類別", "行業代碼", "經營地址", "所屬村(社區)"),
    *("從業人員數", "總數", "正式", "預備", "組織關係已轉入正式黨員", "親屬黨員過半"),
    *("是否建立", "名稱", "形式", "成立時間", "管理方式", "經營狀態", "經度", "緯度", "坐標系"),
    *("聯繫人", "聯繫電話", "備註"),
)
_SHORT = (
    *("serial", "name", "credit_code", "kind", "industry", "address", "town", "staff", "total"),
    *("full", "probationary", "organised", "line", "status", "note"),
)
_MORE = {"town": "所属街道(乡镇)", "building": "所属楼宇"}
_ASKED = {"organised": "是否建立党组织"}


@dataclass(frozen=True)
class Dialect:
    """How one office lays out its sheet.

    Parameters
    ----------
    columns
        Field → header, in the order of the columns.
    groups
        What stands above the columns of members, and above those of the Party organisation:
        one word or two, from the top down.
    dividers
        Whether a line such as 一、非公企业 stands above each category.
    header_again_after
        Entries after which the header is printed again; 0 for never.
    by_building
        Whether the units of a building stand together, its name merged over them.
    restarts
        Whether the running number begins anew in each category.
    filtered
        Whether the office left a filter on, which hides rows, and hid columns.
    sums
        How subtotals are made: ``typed``, ``wrong`` (one of them), ``formula``, or ``uncalculated``
        (a formula that nobody has calculated).
    stamped
        Whether a stamp lies over the cells.
    """

    columns: Mapping[str, str]
    groups: tuple[tuple[str, ...], tuple[str, ...]] = (("党员情况",), ("党组织情况",))
    dividers: bool = False
    header_again_after: int = 0
    by_building: bool = False
    restarts: bool = False
    filtered: bool = False
    sums: str = "typed"
    stamped: bool = False
    fields: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", MappingProxyType(dict(self.columns)))
        object.__setattr__(self, "fields", tuple(self.columns))

    def levels(self, name: str) -> tuple[str, ...]:
        """Return what heads a column, from the top level down."""
        for names, above in zip((_MEMBERS, _BRANCH), self.groups, strict=True):
            if name in names:
                return (*above, self.columns[name])
        return (self.columns[name],)

    def column(self, name: str) -> int:
        """Return the column of a field, counted from 1."""
        return self.fields.index(name) + 1


def _columns(labels: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(_FIELDS, labels, strict=True))


def _with(columns: Mapping[str, str], after: str, more: Mapping[str, str]) -> dict[str, str]:
    """Return columns with more of them after one."""
    made: dict[str, str] = {}
    for name, label in columns.items():
        made[name] = label
        if name == after:
            made |= more
    return made


def _short(labels: Mapping[str, str], left_out: tuple[str, ...] = ()) -> dict[str, str]:
    said = _columns(_PLAIN) | _MORE | _ASKED | dict(labels)
    return {name: said[name] for name in _SHORT if name not in left_out}


def _floating(columns: Mapping[str, str]) -> dict[str, str]:
    """Return columns that count who is floating, not whose affiliation is here."""
    made = _with(columns, "affiliated", {"floating": "流动党员数"})
    return {name: label for name, label in made.items() if name != "affiliated"}


_DIALECTS: tuple[Dialect, ...] = (
    Dialect(_with(_columns(_PLAIN), "village", _MORE), by_building=True, stamped=True),
    Dialect(_columns(_BROKEN), dividers=True),
    Dialect(_columns(_OTHER)),
    Dialect(_columns(_PLAIN), header_again_after=120),
    Dialect(_columns(_TRADITIONAL), groups=(("黨員情況",), ("黨組織情況",))),
    Dialect(_columns(_BROKEN), dividers=True, sums="formula"),
    Dialect(_with(_floating(_columns(_OTHER)), "address", {"registered": "注册地址"})),
    Dialect(_columns(_PLAIN), header_again_after=60, restarts=True, sums="wrong"),
    Dialect(
        _columns(_PLAIN),
        groups=(("党建工作情况", "党员情况"), ("党建工作情况", "党组织情况")),
    ),
    Dialect(_columns(_BROKEN), dividers=True, filtered=True),
    Dialect(_columns(_OTHER), sums="uncalculated"),
    Dialect(_columns(_PLAIN), header_again_after=50),
)
"""One a township, in their order."""

TRADE_SHEET, HIDDEN_SHEET = "行业主管部门", "待补录"
"""A sheet that counts members without telling full ones; a sheet that the workbook hides."""

_TOTAL_ONLY = Dialect(
    _short({"total": "党员数"}, ("full", "probationary", "status")), groups=((), ())
)
_DRAFT = Dialect(
    _short({"total": "党员总数", "full": "正式党员", "probationary": "预备党员"}), groups=((), ())
)

OTHER_SHEETS: Mapping[str, Dialect] = MappingProxyType(
    {TRADE_SHEET: _TOTAL_ONLY, HIDDEN_SHEET: _DRAFT}
)
"""Sheets that are of no township → how they are laid out."""


def dialect_of(town: Township) -> Dialect:
    """Return how a township's office lays out its sheet."""
    return _DIALECTS[(int(town.id[-3:]) - 1) % len(_DIALECTS)]
