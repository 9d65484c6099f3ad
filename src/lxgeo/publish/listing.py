"""A list as an office works from it: a title, headed columns, rows; no file yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pandas as pd

from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.publish.folder.release import Release, Voice, kind_of
from lxgeo.publish.rows import Cell, values_of
from lxgeo.tables import Column, Table

Form: TypeAlias = Literal["text", "middle", "count", "metres", "decimal", "share"]
"""How a column's values are shown: wrapped text, short centred text, or a kind of number."""

Row: TypeAlias = tuple[Cell, ...]

_FORMS: dict[str, Form] = {"integer": "count", "number": "metres", "flag": "middle"}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column.

    Parameters
    ----------
    title
        What people read.
    width
        In characters of the body's font; a Chinese character takes two.
    form
        How its values are shown.
    bar
        Whether bars behind the figures help to compare them.
    choices
        What a person may choose here; empty where the column is not for filling in.
    group
        A heading above this one, shared with its neighbours of the same group.
    hint
        What a person is told who fills in here; empty where the column is not for filling in.
    """

    title: str
    width: float
    form: Form = "text"
    bar: bool = False
    choices: tuple[str, ...] = ()
    group: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One sheet of the workbook.

    Parameters
    ----------
    sheet
        Its name, at most 31 characters.
    title, note
        The line at its top, and the line below in small print.
    heads, rows
        Its columns and their values.
    nothing
        What stands there when there is no row.
    paper
        ``A3`` for wide lists, else ``A4``; always landscape.
    frozen
        Columns that stay in sight.
    tints
        Per row, the outcome that its ``tinted`` column is coloured by.
    tinted
        The column that carries the colour.
    strong
        Rows that sum others up, in bold; they make the list a table that is not filtered. Where
        a column has bars, such rows come last.
    page
        Columns on a printed page beside the frozen ones; 0 prints all on one.
    unprinted
        Columns at the end that stay on the screen: ids and codes for looking things up.
    locked
        Whether only columns with a hint can be written in.
    below
        Paragraphs under the list, each across its whole width.
    """

    sheet: str
    title: str
    note: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    nothing: str = ""
    paper: Literal["A3", "A4"] = "A4"
    frozen: int = 0
    tints: tuple[Outcome | None, ...] = ()
    tinted: int = -1
    strong: frozenset[int] = frozenset()
    page: int = 0
    unprinted: int = 0
    locked: bool = False
    below: tuple[str, ...] = ()


Shown: TypeAlias = tuple[str, float]
"""A table's column as a list shows it: its name and its width."""


def heads_of(table: Table, shown: Iterable[Shown], release: Release) -> tuple[Head, ...]:
    """Return the heads of a table's columns, headed as the table heads them."""
    columns = {column.name: column for column in table.columns}
    return tuple(
        Head(release.heading(columns[name]), width, form_of(columns[name])) for name, width in shown
    )


def heads_said(voice: Voice, *said: tuple[Words, float, Form]) -> tuple[Head, ...]:
    """Return heads of columns that no table has: what is said, width, form."""
    return tuple(Head(voice.say(words), width, form) for words, width, form in said)


def form_of(column: Column) -> Form:
    """Return how a column's values are shown."""
    if column.values is not None:  # noqa: PD011 - a closed list, no array
        return "middle"
    if column.kind == "number" and column.unit != "m":
        return "decimal"
    return _FORMS.get(column.kind, "text")


def rows_of(
    frame: pd.DataFrame, table: Table, shown: Iterable[Shown], release: Release
) -> list[Row]:
    """Return a table's rows as a person reads them: codes as labels, flags as yes or empty.

    Parameters
    ----------
    frame
        A table as `lxgeo.publish.rows.published` gives it.
    table
        Its schema.
    shown
        Which columns, in order.
    release
        Where the labels stand.
    """
    columns = {column.name: column for column in table.columns}
    read = (_read(columns[name], values_of(frame[name]), release) for name, _ in shown)
    return list(zip(*read, strict=True))


def _read(column: Column, values: list[Cell], release: Release) -> list[Cell]:
    if column.values is not None:  # noqa: PD011 - a closed list, no array
        kind = kind_of(column.values)
        said: dict[Cell, Cell] = {
            each: None if each is None else release.label(kind, str(each)) for each in set(values)
        }
        return [said[each] for each in values]
    if column.kind == "flag":
        yes = release.say(Words(zh="是", en="yes"))
        return [yes if each else None for each in values]
    return values


NUMBER: tuple[Words, float, Form] = (Words(zh="序号", en="No."), 6.0, "middle")
"""The column that `numbered` leads with, for `heads_said`."""


def numbered(rows: Iterable[Row]) -> list[Row]:
    """Return rows led by their number from 1."""
    return [(number, *row) for number, row in enumerate(rows, start=1)]
