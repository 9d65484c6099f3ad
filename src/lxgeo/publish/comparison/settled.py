"""人工调整: what was settled by hand in each scenario, and what one can't keep to, and why."""

from __future__ import annotations

from collections.abc import Iterator

from lxgeo.errors import Words
from lxgeo.pin import Pin
from lxgeo.publish.comparison.compared import Compared
from lxgeo.publish.listing import NUMBER, Listing, Row, heads_said, numbered
from lxgeo.publish.rows import plain

_KEPT = Words("已采纳", "kept")
_REFUSED = Words("未采纳", "not kept")


def pins_sheet(compared: Compared) -> Listing:
    """Return 人工调整: scenario after scenario, those that can't be kept first."""
    speech = compared.speech
    return Listing(
        sheet=speech.say(Words("人工调整", "Settled by hand")),
        title=speech.say(Words("各情景的人工调整", "What was settled by hand in each scenario")),
        note=speech.say(
            Words(
                "规则参数不同，同一项调整可能在一个情景中做得到、在另一个中做不到",
                "under other settings what one scenario keeps to another may not",
            )
        ),
        heads=heads_said(
            speech,
            NUMBER,
            (Words("情景", "Scenario"), 22, "text"),
            (Words("采纳情况", "Kept"), 10, "middle"),
            (Words("单位名称", "Name"), 28, "text"),
            (Words("操作", "Action"), 9, "middle"),
            (Words("对方单位或党支部", "Other unit or branch"), 28, "text"),
            (Words("未采纳的原因和办法", "Why not, and what to do"), 48, "text"),
            (Words("来源", "Where"), 10, "middle"),
            (Words("单位编号", "Unit"), 21, "text"),
            (Words("对方编号", "Other"), 21, "text"),
        ),
        rows=tuple(numbered(_rows(compared))),
        paper="A3",
        frozen=3,
        unprinted=2,
    )


def _rows(compared: Compared) -> Iterator[Row]:
    speech = compared.speech
    for name, pins in zip(compared.names, compared.pins, strict=True):
        for each in pins.refused:
            yield _row(compared, (name, speech.say(_REFUSED)), each.pin, speech.say(each.why))
        for pin in pins.kept:
            yield _row(compared, (name, speech.say(_KEPT)), pin, None)


def _row(compared: Compared, first: tuple[str, str], pin: Pin, why: str | None) -> Row:
    names = compared.called
    return (
        *first,
        names.get(pin.unit_id),
        compared.speech.say(pin.action.said),
        names.get(pin.other_id),
        why,
        pin.place or None,
        plain(pin.unit_id),
        plain(pin.other_id) or None,
    )
