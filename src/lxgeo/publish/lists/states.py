"""The columns in which an office works a list off: who, until when, done or not (销账)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from lxgeo.errors import Words
from lxgeo.ledger.corrections.worklist import CLOSED, ENDED, ITEM, OPEN, TITLES, Since, State
from lxgeo.publish.folder.release import Release
from lxgeo.publish.listing import Head, Listing, Row, heads_said, numbered
from lxgeo.publish.lists.papers import Papers

_WIDTHS = {"post": 13.0, "leader": 15.0, "due": 18.0, "status": 8.0, "note": 16.0}
_WIDTHS |= {"before": 10.0, "key": 36.0}

_HINTS = {
    "post": Words("填岗位，不填姓名，如：组织委员", "A post, no person's name"),
    "leader": Words("填岗位，不填姓名，如：联系该乡镇的县级领导", "A post, no person's name"),
    "due": Words("可改写，下期沿用", "May be changed; is kept for the next run"),
    "status": Words("办结后选“已销账”，下期沿用", "Choose 'closed' once it is done"),
    "note": Words("办理情况，不写姓名、电话；下期沿用", "How it stands; no names, no numbers"),
}

OFFICER = Words("组织委员", "Organisation officer")
"""The post that answers for a township's items, until another is named."""

IN_A_MONTH = Words("自报批起1个月内", "Within a month of applying")
IN_A_QUARTER = Words("本季度内", "Within this quarter")
IN_HALF_A_YEAR = Words("半年内复核", "To be looked at within half a year")
"""When an item is due, until another time is named: approval is given within a month."""

_STILL_THERE = Words("曾销账，本期仍在，请复核", "was closed, is still there: look again")
_CHANGED = Words("成员有变", "other units")
_CLOSED_CHANGED = Words("曾销账，成员有变，请复核", "was closed, other units: look again")
_BACK = Words("曾了结，本期又出现，请复核", "had ended, is back: look again")
_OVER = Words("已了结", "ended")
_GONE = Words("本期清单中不再出现", "no longer in the lists")


def state_heads(release: Release) -> tuple[Head, ...]:
    """Return the heads of the columns; those to be filled in are yellow and say how."""
    return tuple(_head(name, words, release) for name, words in TITLES.items())


def _head(name: str, words: Words, release: Release) -> Head:
    hint = _HINTS.get(name)
    choices = (release.say(OPEN), release.say(CLOSED)) if name == "status" else ()
    return Head(
        release.say(words),
        _WIDTHS[name],
        "middle" if name in {"status", "before"} else "text",
        choices=choices,
        hint="" if hint is None else release.say(hint),
    )


def state_cells(papers: Papers, key: str, due: Words | None, post: Words | None = OFFICER) -> Row:
    """Return the columns of one item: as the last workbook had them, else as is usual.

    Parameters
    ----------
    papers
        Their release holds the states of the last workbook.
    key
        Which item.
    due, post
        When and by which post it is usually done; None leaves the cell empty.
    """
    release = papers.release
    was = release.states.get(key)
    usual = [None if words is None else release.say(words) for words in (post, due)]
    if was is None:
        return (usual[0], None, usual[1], release.say(OPEN), None, None, key)
    # What was done for other units, or before the item came up again, is not done for it.
    done = was.closed and was.since is Since.SAME
    status = CLOSED if done else OPEN
    who = was.post or usual[0]
    until = usual[1] if was.since is Since.BACK else was.due or usual[1]
    before = release.say(_BEFORE[was.since][was.closed])
    return (who, was.leader, until, release.say(status), was.note, before, key)


_BEFORE: Mapping[Since, tuple[Words, Words]] = MappingProxyType(
    {
        Since.SAME: (OPEN, _STILL_THERE),
        Since.CHANGED: (_CHANGED, _CLOSED_CHANGED),
        Since.BACK: (_BACK, _BACK),
    }
)
"""What is told of last time, of an item that was open and of one that was crossed off."""


def gone_sheet(papers: Papers, keys: Iterable[str]) -> Listing:
    """Return 上期事项: what stood in the last workbook's lists and stands there no more.

    Parameters
    ----------
    papers
        Their release holds the states of the last workbook.
    keys
        The items of this run.
    """
    release, here = papers.release, set(keys)
    gone = [state for key, state in release.states.items() if key not in here]
    return Listing(
        sheet=release.say(Words("上期事项", "Last time's items")),
        title=release.say(Words("清单中已不再出现的事项", "Items that are gone")),
        note=release.say(
            Words(
                f"共 {len(gone)} 项；情况已变化或已办结，所填内容留在这里，再出现时自动带回",
                f"{len(gone)} items, done or no longer so; what was written stays, and comes back "
                "with an item that comes up again",
            )
        ),
        heads=heads_said(
            release,
            (Words("序号", "No."), 6.0, "middle"),
            (Words("清单", "List"), 12.0, "middle"),
            (ITEM, 34.0, "text"),
            (ENDED, 24.0, "text"),
            *((TITLES[name], _WIDTHS[name], "text") for name in ("post", "leader", "due")),
            (TITLES["status"], 10.0, "middle"),
            (TITLES["note"], 30.0, "text"),
            (TITLES["key"], _WIDTHS["key"], "text"),
        ),
        rows=tuple(numbered(_gone(gone, release))),
        nothing=release.say(Words("没有。", "None.")),
        paper="A3",
        frozen=3,
        unprinted=1,
    )


_LISTS = {
    "problem": Words("问题清单", "Problems"),
    "task": Words("任务清单", "Tasks"),
    "duty": Words("责任清单", "Duties"),
}


def _gone(states: Iterable[State], release: Release) -> Iterator[Row]:
    for each in states:
        list_, _, rest = each.key.partition(":")
        kind, own = _LISTS.get(list_), list_ == "own"
        where = rest.partition(":")[0] if own else each.key if kind is None else release.say(kind)
        ended = None if own else each.ended or release.say(_GONE)
        status = release.say(CLOSED if each.closed else OPEN if own else _OVER)
        said = (each.post, each.leader, each.due, status, each.note, each.key)
        yield (where, each.name or each.key, ended, *said)
