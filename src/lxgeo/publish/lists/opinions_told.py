"""What the townships said of the plan, told beside units and tasks; nothing of it moves a unit."""

from __future__ import annotations

from collections import Counter

from lxgeo.errors import Words
from lxgeo.ledger.corrections.worklist import Answer, Opinion
from lxgeo.publish.listing import Head, Row, heads_said
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.rows import cells

OPINIONS = Words("乡镇意见", "Opinions")
"""The sheet in which every opinion stands, and the column that tells of it elsewhere."""


def opinions_heads(papers: Papers) -> tuple[Head, ...]:
    """Return the head of a column of opinions as written; none where nobody gave any."""
    return heads_said(papers.release, (OPINIONS, 24, "text")) if papers.release.opinions else ()


def opinions_told(papers: Papers) -> list[Row]:
    """Return for each unit, in ledger order, what was said of it; empty rows without a column."""
    if not papers.release.opinions:
        return [()] * len(papers.units)
    told = papers.opinions
    units = (str(row[0]) for row in cells(papers.units, ["unit_id"]))
    return [("\n".join(each.said for each in told.get(unit, ())) or None,) for unit in units]


def answers_heads(papers: Papers) -> tuple[Head, ...]:
    """Return the head of a column that counts opinions; none where nobody gave any."""
    return heads_said(papers.release, (OPINIONS, 16, "text")) if papers.release.opinions else ()


def answers_told(papers: Papers, unit_ids: tuple[str, ...]) -> Row:
    """Return how many of some units' townships agreed to this very plan; empty without a column.

    An agreement to another branch than this plan's does not count, nor does any other wording
    than the two to choose from.
    """
    if not papers.release.opinions:
        return ()
    told, here = papers.opinions, papers.places
    counts = Counter(_answer(told.get(unit, []), here[unit]) for unit in unit_ids)
    if counts["agreed"] == len(unit_ids):
        return (papers.release.say(Words("均同意", "all agreed")),)
    said = [
        papers.release.say(Words(words.zh.format(counts[key]), words.en.format(counts[key])))
        for key, words in _COUNTED.items()
        if counts[key]
    ]
    return ("\n".join(said),)


_COUNTED = {
    "agreed": Words("同意 {} 家", "{} agreed"),
    "refused": Words("不同意 {} 家", "{} not agreed"),
    "wish": Words("另有意见 {} 家", "{} to be read"),
    "before": Words("所指方案已变 {} 家", "{} on another plan"),
    "open": Words("待答复 {} 家", "{} without an answer"),
}


def _answer(opinions: list[Opinion], place: str) -> str:
    """Return what a unit's opinions come to; several that differ are for a person to read."""
    if not opinions:
        return "open"
    if any(each.about != place for each in opinions):
        return "before"
    answers = {each.answer for each in opinions}
    return str(answers.pop()) if len(answers) == 1 else str(Answer.WISH)
