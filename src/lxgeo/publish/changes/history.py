"""党支部沿革: a workbook of what became of branches, run by run, and a timeline of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lxgeo.errors import Lang, Words
from lxgeo.judge.changed import UnitChange
from lxgeo.judge.history import History, Place, Stand, Step, UnitStand
from lxgeo.publish.book import PROVISO, draw, open_book
from lxgeo.publish.changes.history_words import LEGEND, STATUS_SAID, moves_said, short
from lxgeo.publish.changes.words import BRANCH_CHANGES_SAID, UNIT_CHANGES_SAID, UNIT_FACTS_SAID
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.publish.folder.release import NO_TEXTS
from lxgeo.publish.listing import NUMBER, Listing, Row, heads_said, numbered
from lxgeo.publish.rows import plain

_MOST_RUNS = 12
"""Runs that stand beside each other on a printed timeline."""


def write_history(
    path: Path,
    history: History,
    unit: Sequence[UnitStand] = (),
    *,
    texts: Mapping[str, str] = NO_TEXTS,
    lang: Lang = "zh",
) -> None:
    """Write the workbook of a history; the same history gives the same bytes.

    Parameters
    ----------
    path
        Where to.
    history
        Of all branches, or of one (`lxgeo.judge.history.History.of_branch`).
    unit
        How one unit stood, where one is asked for.
    texts
        What people read for codes, by ``kind.code``.
    lang
        Language of everything but what the ledgers say.
    """
    voice = CheckVoice(lambda reason: str(reason.code), texts, lang)
    with open_book(path, voice, PROVISO) as book:
        if unit:
            draw(book, unit_listing(unit, history, voice))
        if history.stands:
            draw(book, timeline_listing(history, voice))
            draw(book, branches_listing(history, voice))


def timeline_listing(history: History, voice: CheckVoice) -> Listing:
    """Return 时间线: a row a branch, a column a run; a branch that was split begins a row."""
    heads = heads_said(
        voice, NUMBER, *((Words(plain(run), plain(run)), 24, "text") for run in history.runs)
    )
    return Listing(
        sheet=voice.say(Words("时间线", "Timeline")),
        title=voice.say(Words("联合党支部时间线", "Timeline of joint branches")),
        note=voice.say(
            Words(f"{LEGEND.zh}；数字为 单位数 · 正式党员数", f"{LEGEND.en}; units · full members")
        ),
        heads=heads,
        rows=tuple(numbered(_line_row(line, history, voice) for line in history.lines)),
        nothing=voice.say(Words("没有联合党支部。", "No joint branch.")),
        paper="A3",
        frozen=1,
        page=_MOST_RUNS,
    )


def _line_row(line: Sequence[Place | None], history: History, voice: CheckVoice) -> Row:
    before: Stand | None = None
    row: list[str | None] = []
    ended = False
    for at, place in enumerate(line):
        if place is None and before is not None and not ended:
            row.append(_end_said(before, history, voice))
            ended = True
            continue
        row.append(short(history, place, before))
        if place is not None:
            before = history.stands[place]
            if all(each is None for each in line[:at]):
                row[-1] = _begin_said(place, history, voice) + str(row[-1])
    return tuple(row)


def _end_said(stand: Stand, history: History, voice: CheckVoice) -> str | None:
    for step in history.steps:
        if step.old == stand.place:
            into = "、".join(plain(history.stands[each].name) for each in step.into)
            said = voice.say(BRANCH_CHANGES_SAID[step.change])
            return f"× {said}" + (f" → {into}" if into else "")
    return None


def _begin_said(place: Place, history: History, voice: CheckVoice) -> str:
    """Return which branch one came from that begins a line of its own."""
    for step in history.steps:
        if place in step.into and step.old is not None:
            name = plain(history.stands[step.old].name)
            return voice.say(Words(f"自{name}分出\n", f"out of {name}\n"))
    return ""


def branches_listing(history: History, voice: CheckVoice) -> Listing:
    """Return 沿革: every branch in every run, and what became of it since the run before."""
    heads = heads_said(
        voice,
        NUMBER,
        (Words("期次", "Run"), 14, "middle"),
        (Words("党支部", "Branch"), 26, "text"),
        (Words("状态", "Status"), 8, "middle"),
        (Words("变化", "Change"), 16, "middle"),
        (Words("原党支部", "Was"), 24, "text"),
        (Words("单位数", "Units"), 7, "count"),
        (Words("正式党员", "Full members"), 8, "count"),
        (Words("牵头单位", "Host"), 24, "text"),
        (Words("成员单位", "Units"), 36, "text"),
        (Words("来的单位和原因", "Came, and why"), 30, "text"),
        (Words("离开的单位和原因", "Went, and why"), 34, "text"),
        (Words("审批单位", "Approver"), 16, "text"),
    )
    rows = [*_branch_rows(history, voice)]
    return Listing(
        sheet=voice.say(Words("沿革", "History")),
        title=voice.say(Words("联合党支部沿革", "History of joint branches")),
        note=voice.say(
            Words(
                f"{len(history.runs)} 期：{'、'.join(map(plain, history.runs))}",
                f"{len(history.runs)} runs: {', '.join(map(plain, history.runs))}",
            )
        ),
        heads=heads,
        rows=tuple(numbered(rows)),
        nothing=voice.say(Words("没有联合党支部。", "No joint branch.")),
        paper="A3",
        frozen=3,
    )


def _branch_rows(history: History, voice: CheckVoice) -> Iterator[Row]:
    for at, run in enumerate(history.runs):
        steps = [step for step in history.steps if step.run == at]
        for place, stand in sorted(history.stands.items()):
            if place.run == at:
                came_from = [step for step in steps if place in step.into]
                yield _stand_row(plain(run), stand, came_from, history, voice)
        for step in steps:
            if step.old is not None and not step.into:
                yield _ended_row(plain(run), step, history, voice)


def _stand_row(
    run: str, stand: Stand, steps: Sequence[Step], history: History, voice: CheckVoice
) -> Row:
    lines = "\n".join
    was = (plain(history.stands[step.old].name) for step in steps if step.old is not None)
    moved = [moves_said(step.moves, voice) for step in steps if step.into[0] == stand.place]
    return (
        run,
        plain(stand.name),
        voice.say(STATUS_SAID[stand.status]),
        lines(dict.fromkeys(voice.say(BRANCH_CHANGES_SAID[step.change]) for step in steps)) or None,
        lines(was) or None,
        len(stand.units),
        stand.full_members,
        None if stand.host is None else plain(stand.host),
        lines(map(plain, stand.units)),
        lines(came for came, _ in moved if came) or None,
        lines(went for _, went in moved if went) or None,
        None if stand.approver is None else plain(stand.approver),
    )


def _ended_row(run: str, step: Step, history: History, voice: CheckVoice) -> Row:
    stand = history.stands[step.old]  # type: ignore[index]
    _, went = moves_said(step.moves, voice)
    said = voice.say(BRANCH_CHANGES_SAID[step.change])
    ended = (None, None, None, None, None, went or None)
    return (run, plain(stand.name), "×", said, plain(stand.name), *ended, stand.approver)


def unit_listing(unit: Sequence[UnitStand], history: History, voice: CheckVoice) -> Listing:
    """Return 单位历程: how a unit stood in every run."""
    heads = heads_said(
        voice,
        (Words("期次", "Run"), 14, "middle"),
        (Words("单位名称", "Unit"), 28, "text"),
        (Words("结果", "Outcome"), 12, "middle"),
        (Words("党支部", "Branch"), 28, "text"),
        (Words("同支部的单位", "Together with"), 40, "text"),
        (Words("正式党员", "Full members"), 8, "count"),
        (Words("单位自身", "Of itself"), 20, "text"),
        (Words("方案里的变化", "In the plan"), 20, "middle"),
    )
    return Listing(
        sheet=voice.say(Words("单位历程", "Unit")),
        title=voice.say(Words("单位历程", "A unit, run by run")),
        note="",
        heads=heads,
        rows=tuple(_unit_row(each, history, voice) for each in unit),
        paper="A4",
        frozen=1,
    )


def _unit_row(stand: UnitStand, history: History, voice: CheckVoice) -> Row:
    between = voice.say(Words("、", ", "))
    missing = voice.say(UNIT_CHANGES_SAID[UnitChange.GONE])
    change = None if stand.change is None else voice.say(UNIT_CHANGES_SAID[stand.change])
    return (
        plain(history.runs[stand.run]),
        None if stand.name is None else plain(stand.name),
        missing if stand.outcome is None else voice.code("outcome", str(stand.outcome)),
        *(None if each is None else plain(each) for each in (stand.branch, stand.companions)),
        stand.full_members,
        between.join(voice.say(UNIT_FACTS_SAID[each]) for each in stand.facts) or None,
        change,
    )
