"""The check workbook's sheets for the clerk: what to settle, and what she adds herself."""

from __future__ import annotations

from collections.abc import Iterable

from lxgeo.errors import Words
from lxgeo.ledger.confirmations import mark_of
from lxgeo.ledger.correction_rules import hide_person
from lxgeo.ledger.correction_titles import BLANK, FILLED
from lxgeo.ledger.corrections import Corrected, Correction, listed
from lxgeo.ledger.fields import field_words
from lxgeo.ledger.places import split_row
from lxgeo.ledger.problems import Problem
from lxgeo.model import Figure
from lxgeo.publish.check_heads import heads
from lxgeo.publish.check_voice import CheckVoice
from lxgeo.publish.check_words import ADDED_HINTS, CHECK_IT, HINTS, WHAT_TO_DO
from lxgeo.publish.listing import Listing, Row, numbered
from lxgeo.publish.rows import Cell, plain

_WHERE = ("sheet", "number", "cell", "name", "field", "written")
_ADDED = 32
"""Rows for corrections of the clerk's own: as many as a printed page holds."""


def problems_listing(problems: tuple[Problem, ...], voice: CheckVoice) -> Listing:
    """Return 问题: every cell that a person should settle, with room for the correction."""
    units = len({problem.row for problem in problems})
    rows = numbered(_problem_row(problem, voice) for problem in problems)
    found = ("taken", "problem", "to_do", "mark")
    return Listing(
        sheet=voice.say(Words("问题", "Problems")),
        title=voice.say(Words("台账问题与更正表", "What to settle in the ledger")),
        note=voice.say(
            Words(
                f"{units} 家单位，{len(problems)} 处；黄色格由填报单位更正",
                f"{units} units, {len(problems)} cells; the yellow cells are to be filled in",
            )
        ),
        heads=heads(voice, "no", *_WHERE, *found, *FILLED, hints=HINTS),
        rows=tuple(rows),
        nothing=voice.say(Words("没有需要核对的问题。", "There is nothing to settle.")),
        paper="A3",
        frozen=5,
        locked=True,
    )


def _problem_row(problem: Problem, voice: CheckVoice) -> Row:
    sheet, number = split_row(problem.row)
    field = None if problem.field is None else voice.say(field_words(problem.field))
    nothing = None if problem.field is None else voice.say(BLANK)
    return (
        plain(sheet),
        number,
        problem.cell,
        None if problem.name is None else plain(problem.name),
        field,
        nothing if problem.written is None else plain(problem.written),
        _taken(problem.field, problem.taken, voice),
        _lines(plain(voice.reason(each)) for each in problem.reasons),
        _lines(voice.say(WHAT_TO_DO.get(each.code, CHECK_IT)) for each in problem.reasons),
        mark_of(problem.reasons),
        *(None for _ in FILLED),
    )


def _lines(sentences: Iterable[str]) -> str:
    """Return sentences one a line, each once."""
    return "\n".join(dict.fromkeys(sentences))


def _taken(field: str | None, value: Figure, voice: CheckVoice) -> Cell:
    """Return what a cell was taken for, as a person reads it."""
    if field is None:
        return None
    if value is None and field == "credit_code":
        return voice.say(Words("不采用", "not used"))
    if value is None:
        return voice.say(Words("不明", "unknown"))
    if isinstance(value, bool):
        return voice.say(Words("是", "yes") if value else Words("否", "no"))
    if isinstance(value, str):
        return plain(voice.code(field, value))
    return int(value) if value == int(value) else value


def added_listing(voice: CheckVoice) -> Listing:
    """Return 补充更正: empty rows for what is wrong and was not found."""
    names = (*_WHERE, *FILLED)
    return Listing(
        sheet=voice.say(Words("补充更正", "Own corrections")),
        title=voice.say(Words("补充更正", "Own corrections")),
        note=voice.say(
            Words(
                "“问题”表没有列出的错误写在这里；Excel 行和字段可以不填",
                "For what Problems does not list; row and field may be left empty",
            )
        ),
        heads=heads(voice, *names, hints=ADDED_HINTS),
        rows=((None,) * len(names),) * _ADDED,
        paper="A3",
        locked=True,
    )


def trace_listing(corrected: Corrected, voice: CheckVoice) -> Listing:
    """Return 更正记录: what was corrected, by which post, when and why.

    Its columns are those of a correction, so that they are applied again with this workbook alone.
    """
    rows = [
        (*_trace(each, voice), each.round, each.mark or None) for each in listed(corrected.applied)
    ]
    return Listing(
        sheet=voice.say(Words("更正记录", "Corrections")),
        title=voice.say(Words("更正记录", "Corrections")),
        note=voice.say(
            Words(
                f"已采用 {len(rows)} 处；随本表带入，不必再填",
                f"{len(rows)} taken; this workbook carries them on, nothing to fill in",
            )
        ),
        heads=heads(voice, "no", *_WHERE, *FILLED, "round", "mark"),
        rows=tuple(numbered(rows)),
        nothing=voice.say(Words("没有采用的更正。", "No correction was taken.")),
        paper="A3",
        frozen=2,
        locked=True,
    )


def refused_listing(corrected: Corrected, voice: CheckVoice) -> Listing:
    """Return 未采用的更正: what was not taken, each with the reason."""
    rows = [
        (*_trace(each.correction, voice), plain(voice.say(each.why))) for each in corrected.refused
    ]
    return Listing(
        sheet=voice.say(Words("未采用的更正", "Not taken")),
        title=voice.say(Words("未采用的更正", "Corrections that were not taken")),
        note=voice.say(
            Words(f"{len(rows)} 处；需要的请重新填写", f"{len(rows)}; fill them in again if needed")
        ),
        heads=heads(voice, "no", *_WHERE, "given", "by", "day", "why", "why_not"),
        rows=tuple(numbered(rows)),
        paper="A3",
        frozen=2,
        locked=True,
    )


def _trace(said: Correction, voice: CheckVoice) -> tuple[Cell, ...]:
    """Return where, what stood there, what is to stand there, by which post, when and why."""
    sheet, number = split_row(said.row)
    texts = (said.value, said.post, said.day, said.why)
    return (
        plain(sheet),
        number or None,
        plain(said.cell) or None,
        plain(hide_person(said.name)) or None,
        plain(voice.say(field_words(said.field))) or None,
        plain(hide_person(said.written)) or voice.say(BLANK),
        *(plain(hide_person(text)) or None for text in texts),
    )
