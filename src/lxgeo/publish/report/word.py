"""The report as a Word document: A4, tables and the map, the same bytes for the same report."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any, NamedTuple

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from lxgeo.publish.report.content import Grid, Section
from lxgeo.publish.report.picture import Picture
from lxgeo.publish.report.web import said

_BODY, _HEAD = ("Calibri", "仿宋"), ("Calibri", "黑体")
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day, for the same bytes at every run
_SHORT = 10  # rows
_PAGE_MM = 170
_LONGEST_CELL, _AROUND = 40, 3  # characters that widen a column, and those around them
_STAMP = (2000, 1, 1, 0, 0, 0)
_RED = RGBColor(0xB4, 0x23, 0x18)


class _Look(NamedTuple):
    """How a line is set: fonts (Latin, Chinese), points, weight, place, colour, points above.

    Leading lines stay on the page of what follows.
    """

    fonts: tuple[str, str]
    size: float
    bold: bool = False
    middle: bool = False
    colour: RGBColor | None = None
    before: float = 0
    leads: bool = False


_TITLE = _Look(_HEAD, 18, bold=True, middle=True)
_HEADING = _Look(_HEAD, 12, bold=True, before=8, leads=True)
_TEXT = _Look(_BODY, 10.5)
_LEADING = _TEXT._replace(leads=True)
_CAPTION = _Look(_BODY, 8.5, middle=True)
_MARKS = _Look(_BODY, 9, middle=True, colour=_RED)


def document(
    title: str, marks: str, parts: Sequence[Section], image: Picture | None, caption: str
) -> bytes:
    """Return the report as a ``.docx``.

    Parameters
    ----------
    title, marks
        The line at its top, and what it is marked with (in the footer too).
    parts
        What it says.
    image, caption
        The map and the line below it.
    """
    paper = docx.Document()
    _set_up(paper, title, marks)
    _line(paper, title, _TITLE)
    _line(paper, marks, _MARKS)
    for part in parts:
        _line(paper, part.title, _HEADING)
        for text in part.paragraphs:
            _line(paper, text, _TEXT if part.grid is None else _LEADING)
        if part.picture and image is not None:
            paper.add_picture(io.BytesIO(image.png), width=Mm(_PAGE_MM))
            _line(paper, caption, _CAPTION)
        if part.grid is not None:
            _table(paper, part.grid)
    held = io.BytesIO()
    paper.save(held)
    return _undated(held.getvalue())


def _set_up(paper: Any, title: str, marks: str) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(16)
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(footer, marks, _BODY, 8.5)
    known = paper.core_properties
    known.title, known.author, known.comments = title, "lxgeo", marks
    known.created = known.modified = _MADE
    known.last_modified_by, known.revision = "lxgeo", 1


def _line(paper: Any, text: str, look: _Look) -> None:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(look.before)
    paragraph.paragraph_format.keep_with_next = look.leads
    if look.middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = _write(paragraph, text, look.fonts, look.size)
    run.bold = look.bold
    if look.colour is not None:
        run.font.color.rgb = look.colour


def _write(paragraph: Any, text: str, fonts: tuple[str, str], size: float) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = fonts[0], Pt(size)
    # Chinese characters have a font of their own in Word.
    run._element.rPr.rFonts.set(qn("w:eastAsia"), fonts[1])  # noqa: SLF001 - no public way
    return run


def _table(paper: Any, grid: Grid) -> None:
    table = paper.add_table(rows=0, cols=len(grid.heads), style="Table Grid")
    table.autofit = False
    rows = [grid.heads, *grid.rows]
    widths = _widths(rows)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        bold = number == 0 or (grid.summed and number == len(rows) - 1)
        for i, (cell, value) in enumerate(zip(cells, row, strict=True)):
            cell.width = widths[i]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
            # A short table stays on one page.
            paragraph.paragraph_format.keep_with_next = len(rows) < _SHORT and number + 1 < len(
                rows
            )
            if i or not number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _write(paragraph, said(value), _BODY, 9).bold = bold


def _widths(rows: Sequence[Sequence[Any]]) -> list[Any]:
    """Return columns as wide as their longest texts ask for, that fill the page together."""
    asked = [
        min(max(len(said(row[i])) for row in rows), _LONGEST_CELL) + _AROUND
        for i in range(len(rows[0]))
    ]
    return [Mm(_PAGE_MM * each / sum(asked)) for each in asked]


def _undated(data: bytes) -> bytes:
    """Return a document whose parts carry a fixed day."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(held, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return held.getvalue()
