"""The check workbook's sheets for the clerk: what to settle, and what she adds herself."""

from __future__ import annotations

from collections.abc import Iterable

from lxgeo.errors import Words
from lxgeo.ledger.corrections.applying import Corrected, Correction, listed
from lxgeo.ledger.corrections.confirmations import mark_of
from lxgeo.ledger.corrections.rules import hide_person
from lxgeo.ledger.corrections.titles import BLANK, FILLED
from lxgeo.ledger.doubts.problems import Problem, is_kept
from lxgeo.ledger.places import split_row
from lxgeo.ledger.sheets.fields import field_words
from lxgeo.model import Figure
from lxgeo.publish.check.pages import CORRECTIONS, OWN, PROBLEMS, REFUSED
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.publish.check.words import CHECK_IT, WHAT_TO_DO
from lxgeo.publish.listing import Listing, Row
from lxgeo.publish.rows import Cell, plain

_ADDED = 32
"""Rows for corrections of the clerk's own: as many as a printed page holds."""


def problems_listing(problems: tuple[Problem, ...], voice: CheckVoice) -> Listing:
    """Return 问题: every cell that a person should settle, with room for the correction."""
    units = len({problem.row for problem in problems})
    return PROBLEMS.listing(
        voice,
        (_problem_row(problem, voice) for problem in problems),
        note=Words(
            f"{units} 家单位，{len(problems)} 处；黄色格由填报单位更正",
            f"{units} units, {len(problems)} cells; the yellow cells are to be filled in",
        ),
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
    if field is None or not is_kept(field):
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
    return OWN.listing(
        voice,
        ((None,) * len(OWN.columns),) * _ADDED,
        note=Words(
            "“问题”表没有列出的错误写在这里；Excel 行和字段可以不填",
            "For what Problems does not list; row and field may be left empty",
        ),
    )


def trace_listing(corrected: Corrected, voice: CheckVoice) -> Listing:
    """Return 更正记录: what was corrected, by which post, when and why.

    Its columns are those of a correction, so that they are applied again with this workbook alone.
    """
    rows = [
        (*_trace(each, voice), each.round, each.mark or None) for each in listed(corrected.applied)
    ]
    return CORRECTIONS.listing(
        voice,
        rows,
        note=Words(
            f"已采用 {len(rows)} 处；随本表带入，不必再填",
            f"{len(rows)} taken; this workbook carries them on, nothing to fill in",
        ),
    )


def refused_listing(corrected: Corrected, voice: CheckVoice) -> Listing:
    """Return 未采用的更正: what was not taken, each with the reason."""
    rows = [
        (*_trace(each.correction, voice), plain(voice.say(each.why))) for each in corrected.refused
    ]
    return REFUSED.listing(
        voice,
        rows,
        note=Words(
            f"{len(rows)} 处；需要的请重新填写", f"{len(rows)}; fill them in again if needed"
        ),
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
