"""Text tables whose rows are nearly all of one length: read by columns, many times as fast.

pyarrow reads quotes, line ends and blanks as Python's own reader does (a test holds the two
together); rows of another length are read by the latter and put in their places.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow

from lxgeo.ledger.sheets.column import Cells, Codes
from lxgeo.ledger.texts.arrow import Texts, joined
from lxgeo.read.columns import BLOCK
from lxgeo.read.guard import Limits

_AT_A_TIME = 1 << 20
"""Bytes that are parsed at a time; a row must not be longer."""

_TRIES = 64

_FEW_WORDS = 2
"""How often every word of a column stands in it, on an average, that is read word by word."""

_WORDS = pa.dictionary(pa.int32(), pa.string())

_ODD_SHARE, _FEW_ODD = 0.05, 1000
"""With more rows of another length than this share, and than a few, a table is not regular."""


_ENDS = ("\r\n", "\n", "\r")


class _Odd:
    """The rows of another length than the usual: their places from 0, and what they read."""

    def __init__(self, most: float) -> None:
        self.most = most
        self.places: list[int] = []
        self.texts: list[str] = []
        self.rows: list[list[str]] = []

    def take(self, row: arrow.InvalidRow) -> str:
        """Take a row in; too many end it all."""
        if len(self.texts) >= self.most:
            return "error"
        self.places.append(row.number - 1)
        self.texts.append(row.text)
        return "skip"

    def read(self, delimiter: str) -> None:
        """Read the rows."""
        for text in self.texts:
            lines = io.StringIO(text, newline="")
            self.rows.append(next(csv.reader(lines, delimiter=delimiter), []))

    @property
    def width(self) -> int:
        """How many columns the longest has."""
        return max(map(len, self.rows), default=0)

    @property
    def longest(self) -> int:
        """How many characters the longest cell has."""
        return max((len(cell) for row in self.rows for cell in row), default=0)

    def put_in(self, cells: Cells, column: int, places: Codes) -> Cells:
        """Return a column with the cells of these rows among those of the others, at places."""
        mine = Cells.of((row[column] or None) if column < len(row) else None for row in self.rows)
        codes = np.empty(len(places) + len(self.rows), dtype=np.int64)
        codes[places] = cells.codes
        codes[self.places] = mine.codes + len(cells.values)
        return Cells(codes, joined(cells.values, mine.values))


def regular_columns(data: bytes, delimiter: str, width: int, limits: Limits) -> list[Cells] | None:
    """Return a table's columns; None where it is to be read row by row.

    Parameters
    ----------
    data
        The text in UTF-8; it may begin with a BOM.
    delimiter
        What parts the columns.
    width
        How many columns most rows have.
    limits
        What it may hold; a table beyond them is not read here.
    """
    lines, piece = _lines(data), _piece(data)
    if piece is None or not 0 < width <= limits.columns or width * lines > limits.cells:
        return None
    odd = _Odd(max(_FEW_ODD, lines * _ODD_SHARE))
    try:
        columns = _columns(data, delimiter, width, piece, odd)
        rows = len(columns[0]) + len(odd.texts)
        if odd.places[-1:] == [rows - 1]:  # told without the line's end: a quote may hold it
            odd.texts[-1] += next((end for end in _ENDS if data.endswith(end.encode())), "")
        odd.read(delimiter)
    except (pa.ArrowException, csv.Error):
        return None
    widest = max(width, odd.width)
    longest = max(odd.longest, *map(_longest, columns))
    if longest > limits.cell_characters or widest > limits.columns or widest * rows > limits.cells:
        return None
    return _together(columns, odd, rows, widest)


def _lines(data: bytes) -> int:
    if b"\r" not in data:
        return data.count(b"\n") + 1
    letters = np.frombuffer(data, dtype=np.uint8)
    ends = 0
    for at in range(0, len(letters), _AT_A_TIME):
        piece = letters[at : at + _AT_A_TIME + 1]
        new = piece[:_AT_A_TIME]
        returns = new == ord("\r")
        ends += int(np.count_nonzero(returns | (new == ord("\n"))))
        ends -= int(np.count_nonzero(returns[: len(piece) - 1] & (piece[1:] == ord("\n"))))
    return ends + 1


def _columns(
    data: bytes, delimiter: str, width: int, piece: int, odd: _Odd
) -> list[pa.ChunkedArray]:
    """Return the columns of all rows of the usual width."""
    names = [str(number) for number in range(width)]

    def options(types: Iterable[pa.DataType], take: Callable[[Any], str]) -> dict[str, Any]:
        return {
            "read_options": arrow.ReadOptions(
                use_threads=False, column_names=names, block_size=piece
            ),
            "parse_options": arrow.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=take,
            ),
            "convert_options": arrow.ConvertOptions(
                column_types=dict(zip(names, types, strict=True)),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        }

    with arrow.open_csv(
        pa.BufferReader(data), **options([pa.string()] * width, lambda _: "skip")
    ) as reader:
        first = next(iter(reader), None)
    types = [pa.string() if first is None or not _few(first[n]) else _WORDS for n in range(width)]
    table = arrow.read_csv(pa.BufferReader(data), **options(types, odd.take))
    columns: list[pa.ChunkedArray] = table.unify_dictionaries().columns
    return columns


def _few(column: pa.Array) -> bool:
    """Whether a column's cells say the same few words again and again, as it begins."""
    return len(pc.unique(column)) * _FEW_WORDS <= len(column)


def _piece(data: bytes) -> int | None:
    """Return how many bytes to parse at a time, so that no line's end within quotes is cut in two.

    pyarrow would lose its second half. None where every cut would.
    """
    if b'"' not in data or b"\r\n" not in data:
        return _AT_A_TIME
    for size in range(_AT_A_TIME, _AT_A_TIME + _TRIES):
        if not any(data[at - 1 : at + 1] == b"\r\n" for at in range(size, len(data), size)):
            return size
    return None


def _longest(column: pa.ChunkedArray) -> int:
    """Return how many bytes a column's longest cell has: it has no more characters."""
    if column.type == _WORDS:
        column = _words(column)
    return pc.max(pc.binary_length(column)).as_py() or 0


def _together(columns: list[pa.ChunkedArray], odd: _Odd, rows: int, widest: int) -> list[Cells]:
    """Return all cells of all rows; columns are given up one by one as they are taken over."""
    places = np.delete(np.arange(rows), odd.places)
    nothing = Cells(np.zeros(len(places), dtype=np.int64), [None])
    columns.reverse()
    told = []
    for number in range(widest):
        cells = _cells(columns.pop()) if columns else nothing
        told.append(odd.put_in(cells, number, places) if odd.places else cells)
    return told


def _cells(column: pa.ChunkedArray) -> Cells:
    """Return a column's cells: word by word where it says few, else all as they come."""
    if column.type != _WORDS:
        whole = pa.concat_arrays([pa.array([], pa.string()), *column.chunks])
        return Cells(np.arange(len(column)), Texts(whole))
    codes = np.empty(len(column), dtype=np.int64)
    at = 0
    for chunk in column.chunks:
        codes[at : at + len(chunk)] = chunk.indices.to_numpy()
        at += len(chunk)
    words = _words(column)
    return Cells(codes, Texts(words) if len(words) > BLOCK else _values(words))


def _words(column: pa.ChunkedArray) -> pa.Array:
    """Return what a column says word by word."""
    return column.chunk(0).dictionary if column.num_chunks else pa.array([], pa.string())


def _values(texts: pa.Array) -> list[str | None]:
    return [text or None for text in texts.to_numpy(zero_copy_only=False)]
