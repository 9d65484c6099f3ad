"""Where the header of a sheet is, and which column holds which field.

A header is found by what its cells say, not by standing in row 1: titles and lines for the stamp
come first, and a header may have two or three levels (党员情况 → 总数 / 正式 / 预备).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from lxgeo.errors import Words
from lxgeo.ledger.sheets.privacy import person_header
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.sheets.traditional import simplified
from lxgeo.ledger.sheets.vocabulary import FIELDS, NOTES, SERIAL, UNDER, UNREAD
from lxgeo.ledger.values.wording import blank, squeeze, tidy

SEARCHED_ROWS = 60
"""A header that starts below this row is not looked for."""

MOST_LEVELS = 3

_RANK = {spelling: rank for row in FIELDS.values() for rank, spelling in enumerate(row)}
_FIELD = {spelling: field for field, row in FIELDS.items() for spelling in row}


@dataclass(frozen=True)
class Head:
    """One column's header.

    Parameters
    ----------
    column
        Its column, counted from 1.
    levels
        Its texts from the top level down, repeats left out.
    """

    column: int
    levels: tuple[str, ...]

    @property
    def text(self) -> str:
        """The header as reports write it: levels joined by a colon."""
        return ":".join(self.levels)

    @cached_property
    def squeezed(self) -> tuple[str, ...]:
        """Levels as they are compared."""
        return tuple(squeeze_header(level) for level in self.levels)


@dataclass(frozen=True)
class Header:
    """A sheet's header and what its columns hold.

    Parameters
    ----------
    first, last
        Rows that it spans, counted from 1.
    heads
        Every column that has a header text.
    fields
        Field → column that is read for it.
    serial, refused
        Columns of running numbers, and of persons.
    known
        How many columns were recognised: how sure it is that this is a header.
    """

    first: int
    last: int
    heads: tuple[Head, ...]
    fields: Mapping[str, int]
    serial: frozenset[int]
    refused: frozenset[int]
    known: int

    @property
    def strength(self) -> tuple[bool, int, int, int]:
        """What the best header is greatest in: a name column, known columns, few levels, early."""
        return ("name" in self.fields, self.known, self.first - self.last, -self.first)

    def head(self, column: int) -> Head:
        """Return a column's header; nameless where it has none."""
        return next((head for head in self.heads if head.column == column), Head(column, ()))

    @cached_property
    def spellings(self) -> dict[int, frozenset[str]]:
        """Column → everything that its header says, as compared."""
        return {head.column: frozenset(head.squeezed) for head in self.heads}

    def said(self, said: str) -> Head | None:
        """Return the column whose header a person named: as written, else as compared."""
        return said_head(self.heads, said)

    @property
    def mapped(self) -> dict[str, str]:
        """Field → header text."""
        return {field: self.head(column).text for field, column in self.fields.items()}

    @cached_property
    def others(self) -> dict[str, tuple[int, ...]]:
        """Field → further columns that are called so too and are not read for it."""
        found: dict[str, tuple[int, ...]] = {}
        taken = {*self.fields.values(), *self.serial, *self.refused}
        for head in self.heads:
            field = None if head.column in taken else field_headed(head)
            if field is not None and field in self.fields:
                found[field] = (*found.get(field, ()), head.column)
        return found

    @property
    def notes(self) -> tuple[Words, ...]:
        """What is told about two columns that are called the same: which one is read."""
        told = []
        for field, columns in self.others.items():
            read = self.head(self.fields[field]).text
            left = "、".join(self.head(column).text for column in columns)
            told.append(
                Words(
                    f"“{read}”与“{left}”是同一项，只读“{read}”；改用请加 --column {field}=列名",
                    f"'{read}' and '{left}' are one field: '{read}' is read; "
                    f"say otherwise with --column {field}=HEADER",
                )
            )
        if {"address", "registered_address"} <= self.fields.keys():
            first, then = (self.mapped[field] for field in ("address", "registered_address"))
            told.append(
                Words(
                    f"地址取“{first}”，为空时取“{then}”",
                    f"addresses are read from '{first}', where that is blank from '{then}'",
                )
            )
        return tuple(told)

    @property
    def unread(self) -> tuple[str, ...]:
        """Header texts of columns that nothing is read from, in sheet order."""
        read = {*self.fields.values(), *self.serial, *self.refused}
        return tuple(head.text for head in self.heads if head.column not in read)


def said_head(heads: tuple[Head, ...], said: str) -> Head | None:
    """Return the column whose header a person named: as written, else as compared."""
    exact = tidy(said)
    for head in heads:
        if exact in (head.text, head.levels[-1]):
            return head
    compared = squeeze_header(said)
    for head in heads:
        if compared in (squeeze_header(head.text), head.squeezed[-1]):
            return head
    return None


def squeeze_header(text: str) -> str:
    """Return a header for comparing: no white space, notes in brackets, numbering or 其中.

    Traditional script is read as simplified (黨員數 → 党员数).
    """
    bare = simplified(squeeze(text))
    without_notes = re.sub(r"\([^()]*\)", "", bare) or bare
    without_number = re.sub(r"^(?:\(?\d{1,2}[.、)]|[一二三四五六七八九十]+、)", "", without_notes)
    return re.sub(r"^其中[:：]?|[\s_\-*★●▲:：,，.。、;/()]", "", without_number) or bare


def field_of(levels: Sequence[str]) -> str | None:
    """Return the field that a header means, or None.

    Parameters
    ----------
    levels
        Squeezed texts from the top level down.
    """
    if not levels:
        return None
    *above, leaf = levels
    context = "".join(above)
    for words, meanings in UNDER:
        if leaf in meanings and any(word in context for word in words):
            return meanings[leaf]
    for spelling in (leaf, context + leaf, leaf + context):
        if spelling in _FIELD:
            return _FIELD[spelling]
    return None


def field_headed(head: Head) -> str | None:
    """Return the field that a header means with its notes: 党员数(不含预备) counts full members."""
    field = field_of(head.squeezed)
    said = simplified(squeeze(head.text))
    if field not in NOTES or "(" not in said:
        return field
    note = ";".join(re.findall(r"\(([^()]*)\)", said))
    return next((meant for words, meant in NOTES[field] if re.search(words, note)), field)


def field_named(said: str) -> str | None:
    """Return the field that a person names, in our word or the ledger's."""
    if said in FIELDS:
        return said
    return _FIELD.get(squeeze_header(said))


def spread(sheet: Sheet, first: int, last: int) -> list[list[object]]:
    """Return rows ``first`` to ``last`` with merged ranges filled from their first cell."""
    width = sheet.width
    rows = [
        [sheet.cell(row, column) for column in range(1, width + 1)]
        for row in range(first, last + 1)
    ]
    for top, left, bottom, right in sheet.merges_within(first, last):
        value = sheet.cell(top, left)
        for row in range(max(top, first), min(bottom, last) + 1):
            rows[row - first][left - 1 : right] = [value] * (right - left + 1)
    return rows


def find_header(sheet: Sheet, columns: Mapping[str, str]) -> Header | None:
    """Return the header of a sheet; None where no row says anything that a ledger says.

    Parameters
    ----------
    sheet
        The sheet, as it came.
    columns
        Field → header as a person decided it: before the vocabulary.
    """
    last = min(len(sheet.rows), SEARCHED_ROWS + MOST_LEVELS)
    rows = spread(sheet, 1, last)
    found = [
        header
        for first in range(min(last, SEARCHED_ROWS))
        for levels in range(1, MOST_LEVELS + 1)
        if first + levels <= last
        and (header := _header(rows[first : first + levels], first + 1, columns))
    ]
    return max(found, key=lambda header: header.strength, default=None)


def _header(
    block: Sequence[Sequence[object]], first: int, columns: Mapping[str, str]
) -> Header | None:
    """Return what a block of rows says if it is a header; None if it can be none."""
    texts = [[tidy(cell) for cell in row] for row in block]
    upper, lower = block[:-1], block[1:]
    titles = [row for row in texts[:-1] if len(set(row) - {""}) <= 1]
    if titles or not any(texts[-1]):
        return None
    if any(_numeric(cell) for row in (*upper, *lower) for cell in row):
        return None
    header = _mapped(_heads(texts), first, first + len(block) - 1, columns)
    return header if header.known else None


def _numeric(cell: object) -> bool:
    if isinstance(cell, str):
        return bool(re.fullmatch(r"[-+]?[\d.,]+%?", squeeze(cell)))
    return not blank(cell)


def _heads(texts: list[list[str]]) -> tuple[Head, ...]:
    """Return the columns' headers; an upper text without a merge reaches over blanks to its right.

    It does so only from a column that has texts on both levels, as 党员情况 over 总数 has.
    """
    heads: list[Head] = []
    carried = [""] * len(texts)
    for column in range(len(texts[0])):
        cells = [row[column] for row in texts]
        for level in range(len(cells) - 1):
            below = any(cells[level + 1 :])
            if not cells[level] and below:
                cells[level] = carried[level]
            carried[level] = (
                cells[level] if below and cells[level] not in cells[level + 1 :] else ""
            )
        levels = tuple(
            text for i, text in enumerate(cells) if text and (i == 0 or text != cells[i - 1])
        )
        if levels:
            heads.append(Head(column + 1, levels))
    return tuple(heads)


def _mapped(heads: tuple[Head, ...], first: int, last: int, columns: Mapping[str, str]) -> Header:
    decided = {
        field: head.column for field, said in columns.items() if (head := said_head(heads, said))
    }
    taken = set(decided.values())
    fields: dict[str, tuple[int, int]] = {field: (-1, column) for field, column in decided.items()}
    serial: set[int] = set()
    refused: set[int] = set()
    unread = 0
    for head in heads:
        squeezed = head.squeezed
        if person_header(squeezed):
            refused.add(head.column)
        elif head.column in taken:
            continue
        elif squeezed[-1] in SERIAL:
            serial.add(head.column)
        elif field := field_headed(head):
            rank = _RANK.get(squeezed[-1], len(_RANK)), head.column
            fields[field] = min(fields.get(field, rank), rank)
        elif squeezed[-1] in UNREAD:
            unread += 1
    read = {field: column for field, (_, column) in fields.items() if column not in refused}
    return Header(
        first,
        last,
        heads,
        MappingProxyType(read),
        frozenset(serial),
        frozenset(refused),
        known=len(read) + len(serial) + len(refused) + unread,
    )
