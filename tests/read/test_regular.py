"""Text tables read by columns and row by row: both say the same of any text."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lxgeo.errors import LedgerError
from lxgeo.ledger.sheets.column import Rows
from lxgeo.read import regular, textual
from lxgeo.read.guard import LIMITS, Limits

# What parts cells and rows, what quotes them, and what stands in them, blanks and BOMs too.
PIECES = st.sampled_from(
    [
        *("a", "bc", "宏达", "é", "1.0", " ", "\t", ";", "\x0b", "\ufeff", ",", ",", ",", ",,\n"),
        *("\n", "\n", "\r\n", "\r", '"', '"', '""', "x,y\n", "a,b\r\n", '"c\nd",e\n'),
    ]
)
LINES = st.lists(st.sampled_from(["a,b", '"a\nb",c', ",", "", '"', "x", "a,b,c", '"a""",b', " "]))


def rows_of(data: bytes, delimiter: str = ",") -> list[tuple[str | None, ...]]:
    """Return what Python's own reader makes of a text."""
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    return [tuple(cell or None for cell in row) for row in csv.reader(lines, delimiter=delimiter)]


def by_columns(data: bytes, width: int, limits: Limits = LIMITS) -> Rows | None:
    """Return what is read by columns; None where the text is left to the other reader."""
    told = regular.regular_columns(data, ",", width, limits)
    return None if told is None else Rows(told)


@pytest.mark.parametrize("bytes_at_a_time", [24, 1 << 20])
@given(
    text=st.one_of(
        st.lists(PIECES, max_size=60).map("".join),
        st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r"])).map(
            lambda told: told[1].join(told[0])
        ),
    ),
    width=st.integers(1, 4),
)
@example(text='a,b\n"e\r\n', width=2)  # a quote that never closes holds the last line's end
@example(text='a,b\nc,"d\n', width=2)
@example(text="\n\na,b\n\n", width=2)
@example(text='"a\nb",c\r\n,\r\n"\r\na,b,c\r\n \r\na,b', width=1)  # a piece ends amid \r\n
@example(text="\ufeff\ufeffa,b", width=2)
@settings(max_examples=300, deadline=None)
def test_by_columns_or_row_by_row(text: str, width: int, bytes_at_a_time: int) -> None:
    """Blank lines, rows of any length, quotes anywhere, line ends of all kinds, cut anywhere."""
    data = text.encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regular, "_AT_A_TIME", bytes_at_a_time)
        told = by_columns(data, width)

    if told is not None:
        assert told == rows_of(data)
        assert len(told) == len(rows_of(data))


def _outcome(path: Path, text: str, limits: Limits) -> object:
    """Return the sheet that a text is read as, or the words that refuse it."""
    try:
        (sheet,) = textual.read_text_table(path, text.encode(), limits)
    except LedgerError as error:
        return error.faults
    return sheet.name, list(sheet.rows)


@given(text=st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=200, deadline=None)
def test_the_same_sheet_and_the_same_words(text: str) -> None:
    """Whichever way a table is read, what is within the limits and what is not stays the same."""
    path = Path("台账.csv")
    limits = replace(LIMITS, cells=4, columns=3, cell_characters=5)
    either = _outcome(path, text, limits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual, "regular_columns", lambda *_: None)
        assert either == _outcome(path, text, limits)


def test_a_table_of_one_length_is_read_by_columns() -> None:
    """Five thousand rows: texts that differ stay as they come, others are told once."""
    data = "".join(f"公司{i},{i % 7},\n" for i in range(5_000)).encode()

    names, numbers, blanks = regular.regular_columns(data, ",", 3, LIMITS) or ()

    assert list(names) == [f"公司{i}" for i in range(5_000)]
    assert len(names.values) == 5_000
    assert list(numbers) == [str(i % 7) for i in range(5_000)]
    assert len(numbers.values) == 7
    assert list(blanks.values) == [None]


def test_titles_footers_and_blank_lines_keep_their_rows() -> None:
    """Rows of another length stand where they stood, wider ones with what they hold."""
    text = "台账\n\n单位名称,地址\n宏达,西街\n兴旺,东街,注\n填表人：李\n"

    told = by_columns(text.encode(), 2)

    assert list(told or ()) == [
        ("台账", None, None),
        (None, None, None),
        ("单位名称", "地址", None),
        ("宏达", "西街", None),
        ("兴旺", "东街", "注"),
        ("填表人：李", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "width", "limits"),
    [
        ("a,b\n" * 9, 0, LIMITS),
        ("a,b\n" * 9, 2, replace(LIMITS, columns=1)),
        ("a,b\n" * 9, 2, replace(LIMITS, cells=17)),
        ("a,b\n" * 8 + "a,b,c\n", 2, replace(LIMITS, columns=2)),
        ("a,b\n" * 8 + "a,b,c\n", 2, replace(LIMITS, cells=26)),
        ("a,bcd\n" * 9, 2, replace(LIMITS, cell_characters=2)),
        ("a,b\n" * 9 + "bcd\n", 2, replace(LIMITS, cell_characters=2)),
        ("a\n" * 1_001 + "a,b\n", 2, LIMITS),
    ],
)
def test_what_is_beyond_is_left_to_the_reader_that_says_so(
    text: str, width: int, limits: Limits
) -> None:
    """Too wide, too many cells, too long, or too few rows of the usual length."""
    assert by_columns(text.encode(), width, limits) is None
