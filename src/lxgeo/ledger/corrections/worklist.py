"""What an office writes into the lists of a plan (问题、任务、责任清单), kept from run to run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from types import MappingProxyType

from lxgeo.errors import Words

TITLES: Mapping[str, Words] = MappingProxyType(
    {
        "post": Words("责任岗位", "Post in charge"),
        "leader": Words("县级领导联系（岗位）", "County leader's contact (post)"),
        "due": Words("完成时限", "Due"),
        "status": Words("销账", "Status"),
        "note": Words("备注", "Note"),
        "before": Words("上期", "Last time"),
        "key": Words("事项编号（勿改）", "Item (do not change)"),
    }
)
"""What each column is called: written by one room, read by another."""

FILLED = ("post", "leader", "due", "status", "note")
"""The columns that an office fills in; posts, never persons."""

OPEN, CLOSED = Words("未销账", "open"), Words("已销账", "closed")
"""Whether an item of a list is still to be done (销账)."""

ITEM, ENDED = Words("事项名称", "Item"), Words("了结情况", "How it ended")
"""The columns of 上期事项 that say what an item was called, and why it stands there no more."""


class Since(StrEnum):
    """What has happened to an item since the last workbook."""

    SAME = "same"
    CHANGED = "changed"
    """It is about other units as well, or about fewer."""
    BACK = "back"
    """It had come to its end, and is there again."""


@dataclass(frozen=True, slots=True)
class State:
    """What stands in a list for one item.

    Parameters
    ----------
    key
        Which item: ``problem:UNIT``, ``task:OUTCOME:BRANCH``, ``duty:BODY``; ``own:LIST:NAME`` of
        a row that the office wrote into a list itself.
    name
        What it was called.
    post, leader
        Posts in charge and in contact; None where none is named.
    due, note
        As written; a date as year-month-day.
    closed
        Whether it is crossed off.
    ended
        Why it stands in the lists no more; None where it does.
    since
        What has happened to it since.
    """

    key: str
    name: str | None = None
    post: str | None = None
    leader: str | None = None
    due: str | None = None
    note: str | None = None
    closed: bool = False
    ended: str | None = None
    since: Since = Since.SAME


NO_STATES: Mapping[str, State] = MappingProxyType({})


OPINION = Words("意见（填写）", "Opinion (to fill)")
UNIT_ID = Words("单位编号（勿改）", "Unit (do not change)")
ABOUT = Words("方案编号（勿改）", "Plan (do not change)")
"""The columns of a township's workbook that are read back; the last tells what it is about."""

AGREED, REFUSED = Words("同意", "agreed"), Words("不同意", "not agreed")
"""The two opinions that a clerk may choose; whatever else she writes is for a person to read."""

_CLOSING = " 　。．.，,；;！!"


class Answer(StrEnum):
    """What an opinion comes to."""

    AGREED = "agreed"
    REFUSED = "refused"
    WISH = "wish"
    """Written in her own words: never taken for a yes or a no."""


def task_key(outcome: str, about: str, joining: Iterable[str] = ()) -> str:
    """Return what names a task: the same for the same units, whenever it is asked for.

    Parameters
    ----------
    outcome
        What it makes of its units.
    about
        Its branch, or its unit where it names no branch.
    joining
        The units, where they join a branch that stands already: others may join it next time.
    """
    ids = ";".join(sorted(joining))
    digest = f":{blake2b(ids.encode(), digest_size=5).hexdigest()}" if ids else ""
    return f"task:{outcome}:{about}{digest}"


def about(outcome: str, branch_id: str | None) -> str:
    """Return what names a unit's place in a plan: another branch, another name."""
    return f"{outcome}:{branch_id or ''}"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a township's clerk says of what is proposed for a unit.

    Parameters
    ----------
    unit_id
        Which unit.
    said
        As written.
    at
        Where it stands: ``file!sheet!row``.
    about
        Which place in a plan it was said of, as `about` names it; None where that column is gone.
    """

    unit_id: str
    said: str
    at: str
    about: str | None = None

    @property
    def answer(self) -> Answer:
        """What it comes to: only the very words to choose from are a yes or a no."""
        told = "".join(self.said.split()).strip(_CLOSING).casefold()
        for words, answer in ((AGREED, Answer.AGREED), (REFUSED, Answer.REFUSED)):
            if told in {"".join(each.split()).casefold() for each in words}:
                return answer
        return Answer.WISH
