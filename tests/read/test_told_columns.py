"""Columns as the child process tells them: nothing is changed on the way that is not said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lxgeo.read import columns
from lxgeo.read.columns import Column, Columns
from lxgeo.read.parsed import cells_told, too_long

_MORNING = dt.datetime(2020, 5, 1, 8, 30)  # noqa: DTZ001 -- as a workbook tells it

CELLS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    st.floats(allow_nan=False),
    st.integers(-3, 3).map(float),
    st.integers(-(10**17), 10**17),
    st.booleans(),
    st.dates(),
)


def over(cells: list[object]) -> list[object]:
    """Return cells as they come over; they are given in two goes."""
    column = Column()
    half = len(cells) // 2
    column.add(cells[:half])
    column.add(cells[half:])
    return list(cells_told(column.told(), len(cells)))


def same(one: list[object], two: list[object]) -> bool:
    """Whether cells are equal in value and in type: 1 is not true here, nor 1.0."""
    return [(type(cell), cell) for cell in one] == [(type(cell), cell) for cell in two]


def expected(cell: object) -> object:
    """Return what a cell comes over as: blank text as nothing, whole numbers as such."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return None if cell == "" else cell


@pytest.mark.parametrize("block", [4, columns.BLOCK])
@given(
    cells=st.lists(
        st.lists(CELLS, min_size=1, max_size=8).flatmap(
            lambda few: st.lists(st.sampled_from(few), min_size=1, max_size=30)
        ),
        min_size=1,
        max_size=2,
    )
)
@settings(max_examples=200, deadline=None)
def test_cells_come_over_as_they_are(block: int, cells: list[list[object]]) -> None:
    """Few values many times or many values once, of any kinds, NUL within texts too."""
    given_cells = [cell for some in cells for cell in some]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "BLOCK", block)
        told = over(given_cells)

    assert same(told, list(map(expected, given_cells)))


def test_one_is_not_true_and_dates_are_days() -> None:
    """1, 1.0 and true are three cells, of which the first two read the same; times are text."""
    cells = [True, 1, 1.0, "1", _MORNING, dt.date(2020, 5, 1), dt.time(8, 30)]

    day = dt.date(2020, 5, 1)
    assert same(over(cells), [True, 1, 1, "1", day, day, "08:30:00"])


def test_half_of_a_pair_is_no_text() -> None:
    """A lone surrogate comes over as a question mark, beside a NUL too."""
    assert over(["a\ud800", "b"]) == ["a?", "b"]
    assert over(["a\ud800\0", "b"]) == ["a?\0", "b"]


def test_short_rows_end_in_blanks() -> None:
    """Rows of any length, and a column that begins late."""
    gathered = Columns()
    gathered.add([["a"], [], ["b", 1.0]])
    gathered.add([["c", "d", "e"]])

    cells = [list(cells_told(column.told(), gathered.rows)) for column in gathered.columns]

    assert cells == [["a", None, "b", "c"], [None, None, 1, "d"], [None, None, None, "e"]]


@pytest.mark.parametrize("text", ["四个字符", "four", "a\0bc", "abc\0"])
def test_a_text_is_too_long_by_its_characters(text: str) -> None:
    """Four are within four, not within three; the row is the first that holds it."""
    column = Column()
    column.add(["a", 2.0, text, "b", text])
    parts = column.told()
    cells = cells_told(parts, 5)

    assert too_long(parts, cells, 4) is None
    assert too_long(parts, cells, 3) == 3
