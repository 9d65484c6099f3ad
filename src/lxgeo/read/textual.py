"""Ledgers as text tables: CSV and TSV, in the encodings that Chinese offices write."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.sheets.column import Cells, Rows
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.read.columns import BLOCK, Columns
from lxgeo.read.guard import LIMITS, Limits, refused
from lxgeo.read.parsed import cells_told, too_long
from lxgeo.read.regular import regular_columns

_SNIFFED_CHARACTERS = 20_000
_TOP = 4 * _SNIFFED_CHARACTERS
_PIECE = 1 << 20
_TEXT_CELLS = 4
"""How many times as many cells as a workbook a text table may have: it costs less to read."""
_SAVE_AS_CSV = Words(
    "请另存为 .xlsx 或 UTF-8 编码的 .csv 后再试", "save it as .xlsx or as .csv in UTF-8"
)


def read_text_table(path: Path, data: bytes, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """Return a text table as one sheet named after the file's stem.

    Rows are numbered as a spreadsheet would show them: the first line is row 1, blank lines count,
    and a line break inside quotes does not start a row. All values are text.

    A table whose rows are nearly all of one length is read by columns (`lxgeo.read.regular`); any
    other, and any that is at fault, row by row: both say the same.

    Raises
    ------
    LedgerError
        No text, a web page, a field or a table beyond the limits.
    """
    data = _in_utf_8(path, data)
    top = data[:_TOP].decode("utf-8-sig", errors="ignore")[:_SNIFFED_CHARACTERS]
    delimiter = _delimiter(path, top)
    cells = regular_columns(data, delimiter, _usual_width(top, delimiter), _limits_of_text(limits))
    if cells is None:
        cells = _row_by_row(path, data, delimiter, _limits_of_text(limits))
    return (Sheet(path.stem, Rows(cells)),)


def _limits_of_text(limits: Limits) -> Limits:
    return replace(
        limits,
        cells=limits.cells * _TEXT_CELLS,
        cell_characters=min(limits.cell_characters, csv.field_size_limit()),
    )


def _row_by_row(path: Path, data: bytes, delimiter: str, limits: Limits) -> list[Cells]:
    """Return a table's columns, whatever its rows are like; say which row is at fault."""
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    columns = Columns()
    for block in _blocks(path, columns, csv.reader(lines, delimiter=delimiter)):
        width = columns.width_with(block)
        if width > limits.columns:
            wide = next(i for i, row in enumerate(block) if len(row) > limits.columns)
            raise _too_much(path, columns.rows + wide + 1)
        if width * (columns.rows + len(block)) > limits.cells:
            raise _too_much(path, columns.rows + 1)
        columns.add(block)
    cells = []
    for column in columns.columns:
        parts = column.told()
        cells.append(cells_told(parts, columns.rows))
        row = too_long(parts, cells[-1], limits.cell_characters)
        if row is not None:
            raise _too_much(path, row)
    return cells


def _blocks(path: Path, columns: Columns, reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Yield rows by the thousand."""
    block: list[list[str]] = []
    try:
        for row in reader:
            block.append(row)
            if len(block) == BLOCK:
                yield block
                block = []
    except csv.Error as error:  # a field beyond csv's own limit: mostly a quote never closed
        raise _too_much(path, columns.rows + len(block) + 1) from error
    if block:
        yield block


def _too_much(path: Path, row: int) -> LedgerError:
    return refused(
        path,
        f"第 {row} 行内容过多（可能有引号没有闭合）",
        f"row {row} holds too much (a quote may never close)",
        _SAVE_AS_CSV,
    )


def _in_utf_8(path: Path, data: bytes) -> bytes:
    """Return a table's text in UTF-8; it may begin with a BOM.

    It comes as UTF-8 (with or without BOM), UTF-16 with BOM, else GB18030.
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        told = _recoded(data, "utf-16")
    else:
        told = data if _is_utf_8(data) else _recoded(data, "gb18030")
    if told is None or _holds_control_characters(told):
        raise refused(path, "不是文本表格", "this is no text table", _SAVE_AS_CSV)
    return told


def _is_utf_8(data: bytes) -> bool:
    ends = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    whole = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(data)])
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _recoded(data: bytes, encoding: str) -> bytes | None:
    try:
        return data.decode(encoding).encode("utf-8-sig")
    except UnicodeError:
        return None


def _holds_control_characters(data: bytes) -> bool:
    """Whether any character stands in it that no text has: below blank, and no white space."""
    for piece in _pieces(data):
        letters = np.frombuffer(piece, dtype=np.uint8)
        low = letters[letters < ord(" ")]
        if ((low < ord("\t")) | (low > ord("\r"))).any():
            return True
    return False


def _pieces(data: bytes) -> Iterator[memoryview]:
    view = memoryview(data)
    return (view[at : at + _PIECE] for at in range(0, len(data), _PIECE))


def _delimiter(path: Path, text: str) -> str:
    """Return what parts the columns: the most frequent outside quotes near the top."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    top = re.sub(r'"[^"]*"', "", text)
    return max((",", "\t", ";"), key=top.count)


def _usual_width(text: str, delimiter: str) -> int:
    """Return how many columns most rows near the top have."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = Counter(map(len, reader))
    except csv.Error:
        return 0
    return widths.most_common(1)[0][0] if widths else 0
