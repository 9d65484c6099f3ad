"""Cells that choose: yes or no, the state of a unit, its line of management, a branch's form."""

from __future__ import annotations

import re

from lxgeo.ledger.sheets.traditional import simplified
from lxgeo.ledger.values.wording import squeeze
from lxgeo.model import Line, OperatingStatus, Outcome

_YES = frozenset(
    {"是", "有", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "1", "对", "v", "●", "已"}
)
_NO = frozenset(
    {"否", "无", "没有", "不是", "×", "✗", "✘", "x", "n", "no", "false", "f", "0", "未"}
)
_YES_BEGINS = ("已建", "已成立", "已组建", "已覆盖", "组织覆盖", "建立", "已有")
_NO_BEGINS = (
    "未建",
    "未成立",
    "未组建",
    "未覆盖",
    "工作覆盖",
    "没有",
    "尚未",
    "无党",
    "应建未建",
    "拟建",
)


def _plain(cell: object) -> str:
    """Return a cell for comparing, in simplified script, without a full stop."""
    return simplified(squeeze(cell)).rstrip("。")


def yes_or_no(cell: object) -> bool | None:
    """Return what 是 / √ / 已建 / 否 / × / 未建 … says; None where it is blank or says neither."""
    text = re.sub(r"\([^()]*\)$", "", _plain(cell))
    if text in _YES or text.startswith(_YES_BEGINS):
        return True
    if text in _NO or text.startswith(_NO_BEGINS):
        return False
    return None


# The first that a text holds decides: 吊销未注销 is closed, 迁出注销 too.
_STATUS: tuple[tuple[str, OperatingStatus], ...] = (
    ("注销|吊销|撤销|关闭|倒闭|破产|解散|清算|closed|cancelled|revoked", OperatingStatus.CLOSED),
    ("空壳|僵尸|查无|失联|无实际经营|shell", OperatingStatus.SHELL),
    ("迁出|外迁|迁离|搬离|moved", OperatingStatus.MOVED_OUT),
    ("停|歇业|休业|suspended|inactive", OperatingStatus.SUSPENDED),
    (
        "在营|正常|存续|在业|开业|营业|运营|经营|在册|在产|active|operating|open",
        OperatingStatus.OPERATING,
    ),
)


def operating_status(cell: object) -> OperatingStatus | None:
    """Return the state that a text names; None where it is blank or names none."""
    text = re.sub("未注销|未吊销", "", _plain(cell))
    if re.search("(不|非|未)正常|异常", text):
        return None
    return next((status for words, status in _STATUS if re.search(words, text)), None)


def line(cell: object) -> Line | None:
    """Return the line of management that a text names (属地, 归口, 挂靠)."""
    text = _plain(cell)
    lines = {"属地": Line.TERRITORIAL, "归口": Line.SECTORAL, "挂靠": Line.ATTACHED}
    named = [value for word, value in lines.items() if word in text]
    named += [value for value in Line if value.value == text]
    return named[0] if len(named) == 1 else None


# A temporary or attached branch is called a branch too: the plain word comes last.
_FORMS: tuple[tuple[str, Outcome], ...] = (
    ("临时|功能型|兼合式|temporary", Outcome.TEMPORARY),
    ("挂靠|attached", Outcome.ATTACHED),
    ("联合|联建|共建|^与.+(合建|联)|joint", Outcome.JOINT),
    (
        "单独|独立|^(中共)?(党的?)?(基层委员会|委员会|党委|党总支|总支|总支部|党支部|支部)$|standalone",
        Outcome.STANDALONE,
    ),
)


def branch_form(cell: object) -> Outcome | None:
    """Return what kind of Party organisation a text of form names (联合党支部, 单独组建 …)."""
    text = _plain(cell)
    return next((outcome for words, outcome in _FORMS if re.search(words, text)), None)


def branch_form_by_name(name: str | None) -> Outcome | None:
    """Return the form that a branch's own name states; a plain 某某党支部 states none."""
    form = branch_form(name) if name else None
    return form if form in {Outcome.JOINT, Outcome.TEMPORARY} else None
