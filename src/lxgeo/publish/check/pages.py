"""The sheets of the check workbook, side by side: what each is called, holds and looks like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lxgeo.errors import Words
from lxgeo.ledger.corrections.titles import FILLED
from lxgeo.publish.check.heads import heads
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.publish.check.words import ADDED_HINTS, HINTS
from lxgeo.publish.listing import Head, Listing, Row, numbered

_NO_WORDS = Words("", "")

_PLACE = ("sheet", "number", "cell")
_WHERE = (*_PLACE, "name", "field", "written")


@dataclass(frozen=True)
class Page:
    """One sheet of the check workbook, whatever the ledger.

    Parameters
    ----------
    sheet, title
        Its name, and the line at its top.
    columns
        Its columns (`lxgeo.publish.check.heads`); ``no`` first where rows are numbered.
    nothing
        What stands there when there is no row.
    paper, frozen
        As in `lxgeo.publish.listing.Listing`.
    hints
        Columns that are filled in, and what is told there.
    """

    sheet: Words
    title: Words
    columns: tuple[str, ...]
    nothing: Words = _NO_WORDS
    paper: Literal["A3", "A4"] = "A4"
    frozen: int = 0
    hints: Mapping[str, Words] = field(default_factory=dict)

    def listing(
        self,
        voice: CheckVoice,
        rows: Iterable[Row],
        note: Words = _NO_WORDS,
        more: tuple[Head, ...] = (),
        strong: frozenset[int] = frozenset(),
    ) -> Listing:
        """Return the page with its rows.

        Parameters
        ----------
        voice
            Who says it.
        rows
            What stands in it, without the number.
        note
            The line below its title.
        more
            Heads of further columns, where the page's are not the same for every ledger.
        strong
            Rows that sum others up.
        """
        with_number = self.columns[0] == "no"
        return Listing(
            sheet=voice.say(self.sheet),
            title=voice.say(self.title),
            note=voice.say(note),
            heads=(*heads(voice, *self.columns, hints=self.hints), *more),
            rows=tuple(numbered(rows) if with_number else rows),
            nothing=voice.say(self.nothing),
            paper=self.paper,
            frozen=self.frozen,
            strong=strong,
            locked=True,
        )


PROBLEMS = Page(
    Words("问题", "Problems"),
    Words("台账问题与更正表", "What to settle in the ledger"),
    ("no", *_WHERE, "taken", "problem", "to_do", "mark", *FILLED),
    nothing=Words("没有需要核对的问题。", "There is nothing to settle."),
    paper="A3",
    frozen=5,
    hints=HINTS,
)
OWN = Page(
    Words("补充更正", "Own corrections"),
    Words("补充更正", "Own corrections"),
    (*_WHERE, *FILLED),
    paper="A3",
    hints=ADDED_HINTS,
)
MENDED = Page(
    Words("已修正", "Mended"),
    Words("已修正的写法", "Values that were mended"),
    ("no", *_PLACE, "name", "field", "written", "taken"),
    nothing=Words("没有修正。", "Nothing was mended."),
    frozen=2,
)
LEFT_OUT = Page(
    Words("未计入的行", "Rows left out"),
    Words("未计入的行和合计比对", "Rows left out, totals compared"),
    ("no", "kind", "sheet", "number", "said"),
    nothing=Words("没有未计入的行。", "No row was left out."),
    frozen=2,
)
COLUMNS = Page(
    Words("列对应", "Columns"),
    Words("列对应", "Columns"),
    ("no", "header", "letters", "result", "called", "perhaps", "sheets"),
    frozen=2,
)
CLEAR = Page(
    Words("四个清楚", "Four scores"),
    Words("四个清楚", "Four things clear"),
    ("sheet",),
    paper="A3",
    frozen=1,
)
CORRECTIONS = Page(
    Words("更正记录", "Corrections"),
    Words("更正记录", "Corrections"),
    ("no", *_WHERE, *FILLED, "round", "mark"),
    nothing=Words("没有采用的更正。", "No correction was taken."),
    paper="A3",
    frozen=2,
)
REFUSED = Page(
    Words("未采用的更正", "Not taken"),
    Words("未采用的更正", "Corrections that were not taken"),
    ("no", *_WHERE, "given", "by", "day", "why", "why_not"),
    paper="A3",
    frozen=2,
)
NOTES = Page(Words("说明", "Notes"), Words("说明", "Notes"), ("no", "about", "what"))
