"""States, answers, forms of organisation and dates, in the words that each office uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from lxgeo.demo.branches import JOINT, STANDALONE
from lxgeo.demo.dice import Dice
from lxgeo.demo.entries import Cell, Entry
from lxgeo.demo.trap import Trap, some_members
from lxgeo.demo.units import ENOUGH
from lxgeo.model import OperatingStatus

_YES: tuple[Cell, ...] = ("有", "√", "✓", "Y", 1, "已建", "yes")
_NO: tuple[Cell, ...] = ("未", "无", "×", "N", 0, "未建", "没有", "未组建")
_JOINT_FORMS = ("联合支部", "联合组建", "联建", "联合", "与邻近企业联合组建")
_ALONE_FORMS = ("独立组建", "党支部", "单独")
_DAY_ONE = dt.date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar."""


def _status(words: tuple[str, ...], status: OperatingStatus) -> Callable[[Entry, Dice], Entry]:
    return lambda entry, dice: entry.typed({"status": dice.one_of(words)}, status=status)


def _no_status(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"status": None})


def _yes(entry: Entry, dice: Dice) -> Entry:
    return entry.typed({"organised": dice.one_of(_YES)})


def _no(entry: Entry, dice: Dice) -> Entry:
    return entry.typed({"organised": dice.one_of(_NO)})


def _no_answer(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"organised": None}, organised=None)


def _form(entry: Entry, dice: Dice) -> Entry:
    kind = entry.branch.kind if entry.branch else STANDALONE
    return entry.typed({"form": dice.one_of(_JOINT_FORMS if kind == JOINT else _ALONE_FORMS)})


def _attached(entry: Entry, _: Dice) -> Entry:
    """Attach a unit to its township's own branch, in the words that offices have for it."""
    host = f"{entry.township.name}综合党支部"
    return entry.typed(
        {"organised": "是", "form": f"挂靠{host}", "branch": host},
        organised=True,
        form="attached",
    )


def _date(entry: Entry, dice: Dice) -> Entry:
    """Write the branch's day in one of the ways that are no date to a spreadsheet."""
    day = dt.date.fromisoformat(entry.founded or "")
    exact: tuple[Cell, ...] = (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        (day - _DAY_ONE).days,
    )
    return entry.typed({"founded": dice.one_of(exact)})


def _month(entry: Entry, dice: Dice) -> Entry:
    """Write the month only; October and a point would be January to a spreadsheet."""
    day = dt.date.fromisoformat(entry.founded or "")
    said: tuple[Cell, ...] = (f"{day.year}年{day.month}月", f"{day.year}-{day.month:02d}")
    return entry.typed({"founded": dice.one_of(said)}, founded=f"{day:%Y-%m}")


def _organised(entry: Entry) -> bool:
    return entry.branch is not None


def _attachable(entry: Entry) -> bool:
    return some_members(entry) and entry.unit.full < ENOUGH


WORDS: tuple[Trap, ...] = (
    Trap(
        *("closed", "已注销、吊销", 10),
        _status(("注销", "吊销", "已注销"), OperatingStatus.CLOSED),
        pattern=34,
    ),
    Trap(
        *("shell", "空壳、查无、失联", 7),
        _status(("空壳", "查无", "僵尸企业", "失联"), OperatingStatus.SHELL),
        pattern=34,
    ),
    Trap(
        *("moved_out", "已迁出", 4),
        _status(("迁出", "已迁出"), OperatingStatus.MOVED_OUT),
        pattern=34,
    ),
    Trap(
        *("suspended", "停业、歇业", 4),
        _status(("停业", "歇业"), OperatingStatus.SUSPENDED),
        pattern=34,
    ),
    Trap(*("status_blank", "经营状态未填", 5, _no_status), pattern=34),
    Trap(*("no_in_other_words", "“否”的各种写法", 10, _no), pattern=41),
    Trap(
        *("yes_in_other_words", "“是”的各种写法", 8, _yes, _organised), pattern=41, in_branch=True
    ),
    Trap(*("organised_blank", "是否建立党组织未填", 4, _no_answer), pattern=41),
    Trap(
        *("form_in_other_words", "党组织形式的各种写法", 8, _form, _organised),
        pattern=42,
        in_branch=True,
    ),
    Trap(*("attached_to_branch", "挂靠某党支部", 2, _attached, _attachable), pattern=42),
    Trap(
        *("date_in_other_forms", "成立时间的各种写法", 10, _date, _organised),
        pattern=23,
        in_branch=True,
    ),
    Trap(*("date_of_month", "成立时间只到月", 3, _month, _organised), pattern=23, in_branch=True),
)
"""What goes wrong in words, in the order in which it is planted."""
