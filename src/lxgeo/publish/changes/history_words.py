"""A branch's history in words: how it stood in each run, who came and went, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from lxgeo.errors import Words
from lxgeo.judge.changed import BranchChange, UnitChange
from lxgeo.judge.history import History, Move, Place, Stand, Step, UnitStand
from lxgeo.judge.same_units import UnitFact
from lxgeo.publish.changes.words import (
    BRANCH_CHANGES_SAID,
    UNIT_CHANGES_SAID,
    UNIT_FACTS_SAID,
    changes_counted,
)
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.publish.rows import plain
from lxgeo.tables import BranchStatus

MARKS = {BranchStatus.EXISTING: "●", BranchStatus.PROPOSED: "○"}
"""How a timeline shows whether a branch is approved."""

STATUS_SAID = {
    BranchStatus.EXISTING: Words("已建", "approved"),
    BranchStatus.PROPOSED: Words("建议", "proposed"),
}
LEGEND = Words("● 已建，○ 建议", "● approved, ○ proposed")


def branch_told(history: History, voice: CheckVoice) -> Iterator[str]:
    """Yield the lines that tell what became of branches, run by run.

    Parameters
    ----------
    history
        Of the branches that are to be told of (`lxgeo.judge.history.History.of_branch`).
    voice
        The language.
    """
    for at, run in enumerate(history.runs):
        here = [stand for place, stand in sorted(history.stands.items()) if place.run == at]
        steps = [
            step
            for step in history.steps
            if step.run == at and step.change is not BranchChange.KEPT
        ]
        yield plain(run)
        for stand in here:
            yield f"  {MARKS[stand.status]} {stand_said(stand, voice)}"
            yield f"      {_names(stand.units, voice)}"
            into = (step for step in steps if step.into and step.into[0] == stand.place)
            yield from (f"      → {step_said(step, history, voice)}" for step in into)
        ended = [step for step in steps if not step.into]
        yield from (f"  × {step_said(step, history, voice)}" for step in ended)
        if not (here or ended):
            yield f"  {voice.say(_NONE)}"


_NONE = Words("（没有）", "(none)")


def runs_told(history: History, voice: CheckVoice) -> Iterator[str]:
    """Yield a line a run: how many branches stood, and how many changed in which way."""
    for at, run in enumerate(history.runs):
        here = [stand.status for place, stand in history.stands.items() if place.run == at]
        steps = [str(step.change) for step in history.steps if step.run == at]
        old, new = (here.count(each) for each in STATUS_SAID)
        stood = voice.say(Words(f"已建 {old}，建议 {new}", f"{old} approved, {new} proposed"))
        changed = voice.say(changes_counted(pd.Series(steps, dtype="str"), BRANCH_CHANGES_SAID))
        yield f"{plain(run)}  {stood}" + (f"  → {changed}" if at else "")


def stand_said(stand: Stand, voice: CheckVoice) -> str:
    """Return how a branch stood: name, status, size, host."""
    status, host = STATUS_SAID[stand.status], plain(stand.host or "—")
    full = "?" if stand.full_members is None else stand.full_members
    units = len(stand.units)
    return voice.say(
        Words(
            f"{plain(stand.name)}（{status.zh}，{units} 家，正式党员 {full} 名，牵头：{host}）",
            f"{plain(stand.name)} ({status.en}, {units} units, {full} full members, host: {host})",
        )
    )


def step_said(step: Step, history: History, voice: CheckVoice) -> str:
    """Return what became of a branch, and who came and went."""
    said = voice.say(BRANCH_CHANGES_SAID[step.change])
    was = None if step.old is None else history.stands[step.old]
    parts = [said]
    if was is not None and not step.into:
        parts = [f"{plain(was.name)}{voice.say(Words('：', ': '))}{said}"]
    elif was is not None and _is_news(was, step, history):
        names = _names((history.stands[each].name for each in step.into), voice)
        parts.append(f"{plain(was.name)} → {names}")
    if step.change is not BranchChange.NEW:
        came, went = moves_said(step.moves, voice)
        parts += [f"{voice.say(CAME)}{came}"] if came else []
        parts += [f"{voice.say(WENT)}{went}"] if went else []
    return voice.say(Words("；", "; ")).join(parts)


CAME, WENT = Words("来：", "came: "), Words("去：", "went: ")


def _is_news(was: Stand, step: Step, history: History) -> bool:
    """Return whether it is to be said where a branch went: it was split, merged or renamed."""
    renamed = was.name != history.stands[step.into[0]].name
    return renamed or step.change in {BranchChange.SPLIT, BranchChange.MERGED}


def moves_said(moves: Iterable[Move], voice: CheckVoice) -> tuple[str, str]:
    """Return who came and who went, each with the reason."""
    said: dict[bool, list[str]] = {True: [], False: []}
    for move in moves:
        why = voice.say(_why(move, voice))
        said[move.came].append(
            voice.say(Words(f"{plain(move.unit)}（{why}）", f"{plain(move.unit)} ({why})"))
        )
    between = voice.say(Words("、", ", "))
    return between.join(said[True]), between.join(said[False])


def _why(move: Move, voice: CheckVoice) -> Words:
    other = plain(move.other or "")
    if move.came:
        if other:
            return Words(f"由{other}转入", f"from {other}")
        fresh = move.change is UnitChange.NEW
        return UNIT_CHANGES_SAID[UnitChange.NEW] if fresh else Words("新编入", "joined")
    if UnitFact.CLOSED in move.facts:
        return UNIT_FACTS_SAID[UnitFact.CLOSED]
    if move.change in {UnitChange.GONE, UnitChange.NEWLY_STANDALONE}:
        return UNIT_CHANGES_SAID[move.change]
    if other:
        return Words(f"转入{other}", f"to {other}")
    now = voice.code("outcome", str(move.outcome))
    return Words(f"现为：{now}", f"now: {now}")


def unit_told(stands: Iterable[UnitStand], history: History, voice: CheckVoice) -> Iterator[str]:
    """Yield the lines that tell how a unit stood, run by run."""
    for stand in stands:
        yield f"{plain(history.runs[stand.run])}  {unit_said(stand, voice)}"


def unit_said(stand: UnitStand, voice: CheckVoice) -> str:
    """Return how a unit stood in a run."""
    if stand.outcome is None:
        return voice.say(Words("台账中没有", "not in the ledger"))
    between = voice.say(Words("；", "; "))
    full = "?" if stand.full_members is None else stand.full_members
    parts = [
        plain(stand.name or stand.unit_id),
        voice.code("outcome", str(stand.outcome)),
        voice.say(Words(f"正式党员 {full} 名", f"{full} full members")),
    ]
    if stand.branch:
        others = plain(stand.companions or "—")
        parts.append(
            voice.say(
                Words(f"{plain(stand.branch)}，同支部：{others}", f"{stand.branch}, with {others}")
            )
        )
    parts += [voice.say(UNIT_FACTS_SAID[each]) for each in stand.facts if each is not UnitFact.NEW]
    return between.join(parts)


def short(history: History, place: Place | None, before: Stand | None) -> str | None:
    """Return how a timeline shows a branch in a run; its name where it is first shown."""
    if place is None:
        return None
    stand = history.stands[place]
    name = f" {plain(stand.name)}" if before is None or before.name != stand.name else ""
    full = "?" if stand.full_members is None else stand.full_members
    return f"{MARKS[stand.status]}{name}\n{len(stand.units)} · {full}"


def _names(names: Iterable[str], voice: CheckVoice) -> str:
    return voice.say(Words("、", ", ")).join(plain(each) for each in names)
