"""The check workbook's sheets for the clerk: what to settle, and what she adds herself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxgeo.errors import Words
from lxgeo.ledger.correction_rules import hide_person
from lxgeo.ledger.correction_titles import BLANK, FILLED, TITLES
from lxgeo.ledger.corrections import Corrected, Correction, listed
from lxgeo.ledger.fields import field_words
from lxgeo.ledger.places import split_row
from lxgeo.ledger.problems import Problem
from lxgeo.model import Figure
from lxgeo.publish.check_voice import CheckVoice
from lxgeo.publish.check_words import ADDED_HINTS, CHECK_IT, HINTS, WHAT_TO_DO
from lxgeo.publish.listing import NUMBER, Form, Head, Listing, Row, heads_said, numbered
from lxgeo.publish.rows import Cell, plain

_WIDTHS: Mapping[str, tuple[float, Form]] = {
    "sheet": (12, "text"),
    "number": (7, "middle"),
    "cell": (8, "middle"),
    "name": (26, "text"),
    "field": (12, "text"),
    "written": (18, "text"),
    "value": (16, "text"),
    "post": (14, "text"),
    "day": (12, "middle"),
    "why": (18, "text"),
}
_ADDED = 32
"""Rows for corrections of the clerk's own: as many as a printed page holds."""


def problems_listing(problems: tuple[Problem, ...], voice: CheckVoice) -> Listing:
    """Return 问题: every cell that a person should settle, with room for the correction."""
    units = len({problem.row for problem in problems})
    rows = numbered(_problem_row(problem, voice) for problem in problems)
    where = [_title(name, voice) for name in ("sheet", "number", "cell", "name", "field")]
    what = heads_said(
        voice,
        (TITLES["written"], 22, "text"),
        (Words("读作", "Taken for"), 14, "middle"),
        (Words("问题", "Problem"), 36, "text"),
        (Words("怎么办", "What to do"), 22, "text"),
    )
    return Listing(
        sheet=voice.say(Words("问题", "Problems")),
        title=voice.say(Words("台账问题与更正表", "What to settle in the ledger")),
        note=voice.say(
            Words(
                f"{units} 家单位，{len(problems)} 处；黄色格由填报单位更正",
                f"{units} units, {len(problems)} cells; the yellow cells are to be filled in",
            )
        ),
        heads=(
            *heads_said(voice, NUMBER),
            *where,
            *what,
            *(_title(name, voice, HINTS) for name in FILLED),
        ),
        rows=tuple(rows),
        nothing=voice.say(Words("没有需要核对的问题。", "There is nothing to settle.")),
        paper="A3",
        frozen=5,
        locked=True,
    )


def _title(name: str, voice: CheckVoice, hints: Mapping[str, Words] = {}) -> Head:
    width, form = _WIDTHS[name]
    hint = voice.say(hints[name]) if name in hints else ""
    return Head(voice.say(TITLES[name]), width, form, hint=hint)


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
    names = ("sheet", "number", "cell", "name", "field", "written", *FILLED)
    return Listing(
        sheet=voice.say(Words("补充更正", "Own corrections")),
        title=voice.say(Words("补充更正", "Own corrections")),
        note=voice.say(
            Words(
                "“问题”表没有列出的错误写在这里；Excel 行和字段可以不填",
                "For what Problems does not list; row and field may be left empty",
            )
        ),
        heads=tuple(_title(name, voice, ADDED_HINTS) for name in names),
        rows=((None,) * len(names),) * _ADDED,
        paper="A3",
        locked=True,
    )


def trace_listing(corrected: Corrected, voice: CheckVoice) -> Listing:
    """Return 更正记录: what was corrected, by which post, when and why.

    Its columns are those of a correction, so that they are applied again with this workbook alone.
    """
    names = ("sheet", "number", "cell", "name", "field", "written", *FILLED)
    rows = [(*_trace(each, voice), each.round) for each in listed(corrected.applied)]
    return Listing(
        sheet=voice.say(Words("更正记录", "Corrections")),
        title=voice.say(Words("更正记录", "Corrections")),
        note=voice.say(
            Words(
                f"已采用 {len(rows)} 处；随本表带入，不必再填",
                f"{len(rows)} taken; this workbook carries them on, nothing to fill in",
            )
        ),
        heads=(
            *heads_said(voice, NUMBER),
            *(_title(name, voice) for name in names),
            *heads_said(voice, (TITLES["round"], 6, "middle")),
        ),
        rows=tuple(numbered(rows)),
        nothing=voice.say(Words("没有采用的更正。", "No correction was taken.")),
        paper="A3",
        frozen=2,
        locked=True,
    )


def refused_listing(corrected: Corrected, voice: CheckVoice) -> Listing:
    """Return 未采用的更正: what was not taken, each with the reason."""
    names = ("sheet", "number", "cell", "name", "field", "written")
    rows = [
        (*_trace(each.correction, voice), plain(voice.say(each.why))) for each in corrected.refused
    ]
    return Listing(
        sheet=voice.say(Words("未采用的更正", "Not taken")),
        title=voice.say(Words("未采用的更正", "Corrections that were not taken")),
        note=voice.say(
            Words(f"{len(rows)} 处；需要的请重新填写", f"{len(rows)}; fill them in again if needed")
        ),
        heads=(
            *heads_said(voice, NUMBER),
            *(_title(name, voice) for name in names),
            *heads_said(
                voice,
                (Words("所填值", "Value given"), 16, "text"),
                (Words("岗位", "Post"), 14, "text"),
                (TITLES["day"], 12, "middle"),
                (TITLES["why"], 18, "text"),
                (Words("未采用的原因", "Why not taken"), 36, "text"),
            ),
        ),
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
