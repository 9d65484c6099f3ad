"""Listings drawn as sheets of a workbook: one look, ready for the printer.

Every value goes in by its kind, so no text ever becomes a formula, a number or a link.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.publish.folder.release import Voice
from lxgeo.publish.list_sheet import ListSheet, RowLook, as_held
from lxgeo.publish.listing import Form, Head, Listing
from lxgeo.publish.palette import LOOKS
from lxgeo.publish.rows import Cell

PROVISO = Words(
    zh="测算建议，以党委审批为准",
    en="A calculation for advice; the Party committee's approval decides",
)
"""Stands on every list: nothing here is a decision."""

MARKING = Words(zh="内部资料", en="Internal")
NO_SECRETS = Words("不得录入涉密数据", "No classified data may be entered")
"""Stand at the top of every sheet: people write in all of them."""

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day, for the same bytes at every run
_DEEPEST = 1_000_000  # rows of a list in one sheet; a sheet ends at 1,048,576
_LINE, _TALLEST = 14.5, 409.0  # points
_PAPERS = {"A3": 8, "A4": 9}
# Landscape, within the margins, less a quarter of the width: a machine without the workbook's
# default font draws columns that much wider.
_PAPER_POINTS = {"A3": (840, 740), "A4": (580, 490)}
_TOP = 105.0  # points that title, note and heads take
_NUMBER_FORMATS: dict[Form, str] = {
    "count": "#,##0",
    "metres": "#,##0",
    "decimal": "0.00",
    "share": "0.0%",
}
_FILLED = "#fff8dc"
_UNLOCKED = {"autofilter": True, "format_columns": True, "format_rows": True}
_HINT = 255  # characters of a hint
_INK, _RULE, _BAND, _MARK = "#1f2937", "#b8c0cc", "#e3eaf3", "#b42318"
_BAR = "#5b9bd5"
_FONTS = {"zh": "宋体", "en": "Calibri"}
_TITLE_FONTS = {"zh": "黑体", "en": "Calibri"}


@dataclass(frozen=True)
class Book:
    """A workbook being written, the formats that its sheets share, the line at their top."""

    workbook: Any
    voice: Voice
    proviso: Words | None = PROVISO

    def said(self, *parts: Words | None) -> str:
        """Return some phrases in this language, in one line."""
        return " · ".join(self.voice.say(part) for part in parts if part is not None)

    def style(self, **more: Any) -> Any:
        """Return a format of the house look."""
        look = {"font_name": _FONTS[self.voice.lang], "font_size": 10, "font_color": _INK}
        return self.workbook.add_format({**look, "valign": "vcenter", **more})


@contextmanager
def open_book(path: Path, voice: Voice, proviso: Words | None = PROVISO) -> Iterator[Book]:
    """Open a workbook to draw listings in; it is written when the block ends."""
    workbook = xlsxwriter.Workbook(path, _OPTIONS)
    workbook.set_properties({"created": _MADE, "title": voice.say(proviso or NO_SECRETS)})
    with workbook:
        yield Book(workbook, voice, proviso)


def draw(book: Book, listing: Listing) -> None:
    """Draw a listing as a sheet, or as several where it is deeper than a sheet.

    Parameters
    ----------
    book
        Where to.
    listing
        What: title in row 1, note in row 2, heads from row 3 on.
    """
    for part in _parts(listing):
        _Sheet(book, part).draw()


def _parts(listing: Listing) -> Iterator[Listing]:
    if len(listing.rows) <= _DEEPEST:
        yield listing
        return
    for number, start in enumerate(range(0, len(listing.rows), _DEEPEST), start=1):
        end = start + _DEEPEST
        name = listing.sheet if number == 1 else f"{listing.sheet} ({number})"
        yield replace(
            listing,
            sheet=name,
            rows=listing.rows[start:end],
            tints=listing.tints[start:end],
            below=listing.below if end >= len(listing.rows) else (),
        )


class _Sheet:
    """One sheet being drawn."""

    def __init__(self, book: Book, listing: Listing) -> None:
        self.book, self.listing, self.voice = book, listing, book.voice
        self.sheet = book.workbook.add_worksheet(listing.sheet, ListSheet)
        self.grouped = any(head.group for head in listing.heads)
        self.top = 3 if self.grouped else 2  # the row of the heads, from 0
        self.bottom = self.top + max(len(listing.rows), 1)
        self.last = len(listing.heads) - 1
        self.heights = _heights(listing)

    def draw(self) -> None:
        self._title()
        self._heads()
        self._rows()
        self._below()
        self._extras()
        self._paper()

    def _title(self) -> None:
        font = _TITLE_FONTS[self.voice.lang]
        self.sheet.set_row(0, 30)
        self._put(0, 0, self.listing.title, self.book.style(font_name=font, font_size=16, bold=1))
        said = self.book.said(MARKING, NO_SECRETS, self.book.proviso)
        self.sheet.set_row(1, 18)
        note = f"{said} · {self.listing.note}" if self.listing.note else said
        self._put(1, 0, note, self.book.style(font_size=9, font_color=_MARK))

    def _heads(self) -> None:
        look = {"bold": 1, "bg_color": _BAND, "border": 1, "border_color": _RULE}
        style = self.book.style(align="center", text_wrap=1, **look)
        for i, head in enumerate(self.listing.heads):
            self.sheet.set_column(i, i, max(head.width, _longest_word(head.title) + 2))
            self._put(self.top, i, head.title, style)
        lines = max(_lines(head.title, head.width) for head in self.listing.heads)
        self.sheet.set_row(self.top, 9 + _LINE * lines)
        if self.grouped:
            self.sheet.set_row(self.top - 1, 20)
            self._groups(style)

    def _groups(self, style: Any) -> None:
        above = self.top - 1
        numbered = enumerate(self.listing.heads)
        for title, run in groupby(numbered, key=lambda each: each[1].group):
            columns = [i for i, _ in run]
            if not title:
                for i in columns:
                    head = self.listing.heads[i].title
                    self.sheet.merge_range(above, i, self.top, i, "", style)
                    self._put(above, i, head, style)
            elif len(columns) == 1:
                self._put(above, columns[0], title, style)
            else:
                self.sheet.merge_range(above, columns[0], above, columns[-1], "", style)
                self._put(above, columns[0], title, style)

    def _rows(self) -> None:
        if not self.listing.rows:
            self._put(self.top + 1, 0, self.listing.nothing, self.book.style(italic=1))
            return
        plain = RowLook(self._cell_style(head) for head in self.listing.heads)
        bold = {"bold": 1, "bg_color": "#f3f5f9"}
        strong = RowLook(self._cell_style(head, **bold) for head in self.listing.heads)
        looks: dict[tuple[bool, Outcome | None], RowLook]
        looks = {(False, None): plain, (True, None): strong}
        for outcome in LOOKS:
            tint = self._tint(outcome)
            looks[False, outcome] = plain.tinted(self.listing.tinted, tint)
            looks[True, outcome] = strong.tinted(self.listing.tinted, tint)
        tints = self.listing.tints or (None,) * len(self.listing.rows)
        for i, (row, tint) in enumerate(zip(self.listing.rows, tints, strict=True)):
            self.sheet.set_row(self.top + 1 + i, self.heights[i])
            self.sheet.put_row(self.top + 1 + i, row, looks[i in self.listing.strong, tint])

    def _below(self) -> None:
        last = self.last - self.listing.unprinted
        width = sum(head.width for head in self.listing.heads[: last + 1])
        style = self.book.style(text_wrap=1)
        for i, text in enumerate(self.listing.below, start=self.bottom + 1):
            self.sheet.set_row(i, 8 + _LINE * _lines(text, 0.9 * width))
            if last:
                self.sheet.merge_range(i, 0, i, last, "", style)
            self._put(i, 0, text, style)

    def _cell_style(self, head: Head, **more: Any) -> Any:
        look: dict[str, Any] = {"border": 1, "border_color": _RULE, "text_wrap": 1}
        if head.form == "text":
            look["indent"] = 1
        else:
            look["align"] = "center"
        if head.form in _NUMBER_FORMATS:
            look["num_format"] = _NUMBER_FORMATS[head.form]
        if head.hint:
            # As text: a credit code that is typed as a number loses its last digits.
            look |= {"num_format": "@", "locked": 0, "bg_color": _FILLED}
        return self.book.style(**{**look, **more})

    def _tint(self, outcome: Outcome) -> Any:
        head = self.listing.heads[self.listing.tinted]
        return self._cell_style(head, bg_color=_pale(LOOKS[outcome].colour))

    def _extras(self) -> None:
        first, last = self.top + 1, self.bottom
        self.sheet.freeze_panes(first, self.listing.frozen)
        if self.listing.locked:
            self.sheet.protect("", _UNLOCKED)
        if not self.listing.rows:
            return
        if not self.listing.strong:
            self.sheet.autofilter(self.top, 0, last, self.last)
        for i, head in enumerate(self.listing.heads):
            if head.bar:
                bar = {"type": "data_bar", "bar_color": _BAR, "min_type": "num", "min_value": 0}
                self.sheet.conditional_format(first, i, last - len(self.listing.strong), i, bar)
            if head.choices or head.hint:
                self.sheet.data_validation(first, i, last, i, _validation(head))

    def _paper(self) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(_PAPERS[self.listing.paper])
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.repeat_rows(0, self.top)
        bottom = self.bottom + len(self.listing.below)
        sheet.print_area(0, 0, bottom, self.last - self.listing.unprinted)
        if self.listing.page and self.last >= self.listing.frozen + self.listing.page:
            sheet.repeat_columns(0, self.listing.frozen - 1)
            step, start = self.listing.page, self.listing.frozen
            sheet.set_v_pagebreaks(list(range(start + step, self.last + 1, step)))
            sheet.set_print_scale(self._scale(start + step))
        else:
            sheet.fit_to_pages(1, 0)
        page = self.voice.say(Words(zh="第 &P 页，共 &N 页", en="Page &P of &N"))
        marking, proviso = self.voice.say(MARKING), self.book.said(NO_SECRETS, self.book.proviso)
        sheet.set_footer(f"&L&9{marking}&C&9{proviso}&R&9{page}")
        sheet.hide_gridlines(2)

    def _scale(self, columns: int) -> int:
        """Return the scale in per cent at which all rows and so many columns fit on a page."""
        # Breaks between columns hold only where a scale is given, not where pages are fitted.
        wide, tall = _PAPER_POINTS[self.listing.paper]
        width = sum(0.75 * (7 * head.width + 5) for head in self.listing.heads[:columns])
        height = _TOP + sum(self.heights)
        return max(10, min(100, int(100 * wide / width), int(100 * tall / height)))

    def _put(self, row: int, column: int, value: Cell, style: Any) -> None:
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, as_held(value), style)
        else:
            self.sheet.write_number(row, column, value, style)


def _validation(head: Head) -> dict[str, Any]:
    """Return what may be written in a column: its choices; with a hint they are only offered."""
    asked: dict[str, Any] = {"validate": "any"}
    if head.choices:
        asked = {"validate": "list", "source": list(head.choices)}
    if head.hint:
        asked |= {"input_title": head.title[:32], "input_message": head.hint[:_HINT]}
        asked["show_error"] = False
    return asked


def _heights(listing: Listing) -> list[float]:
    """Return how high rows must be to show their texts: not every program works it out."""
    lines = [1] * len(listing.rows)
    for head, column in zip(listing.heads, zip(*listing.rows, strict=True), strict=False):
        room = _room(head.width)
        # Most texts are so short that none of their characters needs to be looked at.
        taken: dict[Cell, int] = {
            each: _lines_in(each, room)
            for each in set(column)
            if isinstance(each, str) and (2 * len(each) > room or "\n" in each)
        }
        if taken:
            lines = [
                max(most, taken.get(each, 1)) for most, each in zip(lines, column, strict=True)
            ]
    return [min(5 + _LINE * each, _TALLEST) for each in lines]


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, a Chinese character being two wide."""
    return _lines_in(text, _room(width))


def _room(width: float) -> int:
    """Return how many narrow characters a line of a column holds."""
    return max(int(width) - 2, 1)


def _lines_in(text: str, room: int) -> int:
    if "\n" not in text:
        return max(1, -(-_wide(text) // room))
    return sum(max(1, -(-_wide(line) // room)) for line in text.split("\n"))


def _longest_word(text: str) -> int:
    """Return the length of the longest word: Chinese breaks anywhere, Latin words should not."""
    return max((len(word) for word in text.split() if word.isascii()), default=0)


def _wide(text: str) -> int:
    """Return a text's width: Latin-1 characters are half as wide as Chinese ones."""
    return 2 * len(text) - len(text.encode("latin-1", "ignore"))


def _pale(colour: str) -> str:
    """Return a colour mixed with white, pale enough to read black text on."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.28):02x}" for part in parts)
