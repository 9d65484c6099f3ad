"""人工调整: what was settled by hand, what the plan keeps to of it, and what it can't, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxgeo.errors import Words
from lxgeo.pin import Pin, Pins, RefusedPin
from lxgeo.publish.listing import NUMBER, Listing, Row, heads_said, numbered
from lxgeo.publish.lists.papers import Papers

_KEPT = Words("已采纳", "kept")
_REFUSED = Words("未采纳", "not kept")


def pins_sheet(papers: Papers) -> Listing:
    """Return 人工调整: those that can't be kept first, each with what to do."""
    release = papers.release
    pins = release.plan.pins
    return Listing(
        sheet=release.say(Words("人工调整", "Settled by hand")),
        title=release.say(Words("人工调整采纳情况", "What was settled by hand")),
        note=release.say(
            Words(
                f"已采纳{len(pins.kept)}项，未采纳{len(pins.refused)}项",
                f"{len(pins.kept)} kept, {len(pins.refused)} not kept",
            )
        ),
        heads=heads_said(
            release,
            NUMBER,
            (Words("采纳情况", "Kept"), 10, "middle"),
            (Words("单位名称", "Name"), 26, "text"),
            (Words("操作", "Action"), 9, "middle"),
            (Words("对方单位或党支部", "Other unit or branch"), 26, "text"),
            (Words("未采纳的原因和办法", "Why not, and what to do"), 44, "text"),
            (Words("调整理由", "Because"), 30, "text"),
            (Words("经办岗位", "Settled by"), 14, "text"),
            (Words("时间", "On"), 14, "text"),
            (Words("来源", "Where"), 10, "middle"),
            (Words("单位编号", "Unit"), 21, "text"),
            (Words("对方编号", "Other"), 21, "text"),
        ),
        rows=tuple(numbered(_rows(papers, pins))),
        nothing=release.say(Words("没有人工调整。", "Nothing was settled by hand.")),
        paper="A3",
        frozen=3,
        unprinted=2,
    )


def pins_told(pins: Pins) -> dict[str, Any]:
    """Return what ``pins.json`` holds: it can be given to ``--pins`` again as it is.

    Parameters
    ----------
    pins
        Of a plan.
    """
    return {
        "pins": [_told(pin) for pin in pins.kept],
        "refused": [
            {**_told(each.pin), "zh": each.why.zh, "en": each.why.en} for each in pins.refused
        ],
    }


def _told(pin: Pin) -> dict[str, str]:
    return {
        "unit_id": pin.unit_id,
        "action": str(pin.action),
        "other_id": pin.other_id,
        "why": pin.why,
        "who": pin.who,
        "when": pin.when,
    }


def _rows(papers: Papers, pins: Pins) -> Iterator[Row]:
    for each in pins.refused:
        yield _row(papers, each.pin, each)
    for pin in pins.kept:
        yield _row(papers, pin, None)


def _row(papers: Papers, pin: Pin, refused: RefusedPin | None) -> Row:
    release = papers.release
    names = dict(release.names) | papers.branch_names | papers.unit_names
    return (
        release.say(_KEPT if refused is None else _REFUSED),
        names.get(pin.unit_id),
        release.say(pin.action.said),
        names.get(pin.other_id),
        None if refused is None else release.say(refused.why),
        pin.why or None,
        pin.who or None,
        pin.when or None,
        pin.place or None,
        pin.unit_id,
        pin.other_id or None,
    )
