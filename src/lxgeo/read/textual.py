"""Ledgers as text tables: CSV and TSV, in the encodings that Chinese offices write."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.column import Cells, Rows
from lxgeo.ledger.sheet import Sheet
from lxgeo.read.child import Column
from lxgeo.read.guard import LIMITS, Limits, refused
from lxgeo.read.workbook import cells_told

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")
_SNIFFED_CHARACTERS = 20_000
_BLOCK = 4096
_TEXT_CELLS = 4
"""How many times as many cells as a workbook a text table may have: it costs less to read."""
_SAVE_AS_CSV = Words(
    "请另存为 .xlsx 或 UTF-8 编码的 .csv 后再试", "save it as .xlsx or as .csv in UTF-8"
)


def read_text_table(path: Path, data: bytes, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """Return a text table as one sheet named after the file's stem.

    Rows are numbered as a spreadsheet would show them: the first line is row 1, blank lines count,
    and a line break inside quotes does not start a row. All values are text.

    Raises
    ------
    LedgerError
        No text, a web page, a field or a table beyond the limits.
    """
    encoding, top = _decoded(path, data)
    lines = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    columns: list[Column] = []
    for block, rows in _blocks(path, csv.reader(lines, delimiter=_delimiter(path, top))):
        width = max(len(columns), *map(len, block))
        if width > limits.columns:
            wide = next(i for i, row in enumerate(block) if len(row) > limits.columns)
            raise _too_much(path, rows + wide + 1)
        if width * (rows + len(block)) > limits.cells * _TEXT_CELLS:
            raise _too_much(path, rows + 1)
        while len(columns) < width:
            columns.append(Column())
            columns[-1].add(("",) * rows)
        for row in block:
            if len(row) < width:
                row.extend([""] * (width - len(row)))
        for column, cells in zip(columns, zip(*block, strict=True), strict=True):
            column.add(cells)
    return (Sheet(path.stem, Rows([_cells(path, column, limits) for column in columns])),)


def _blocks(path: Path, reader: Iterator[list[str]]) -> Iterator[tuple[list[list[str]], int]]:
    """Yield rows by the thousand, each time with the number of rows before them."""
    rows, block = 0, []
    try:
        for row in reader:
            block.append(row)
            if len(block) == _BLOCK:
                yield block, rows
                rows, block = rows + len(block), []
    except csv.Error as error:  # a field beyond csv's own limit: mostly a quote never closed
        raise _too_much(path, rows + len(block) + 1) from error
    if block:
        yield block, rows


def _cells(path: Path, column: Column, limits: Limits) -> Cells:
    values, codes = column.told()
    for i, value in enumerate(values):
        if value is not None and len(value) > limits.cell_characters:
            raise _too_much(path, column.row_of(i) + 1)
    return cells_told(values, codes, column.rows)


def _too_much(path: Path, row: int) -> LedgerError:
    return refused(
        path,
        f"第 {row} 行内容过多（可能有引号没有闭合）",
        f"row {row} holds too much (a quote may never close)",
        _SAVE_AS_CSV,
    )


def _decoded(path: Path, data: bytes) -> tuple[str, str]:
    """Return a file's encoding and the top of its text.

    UTF-8 (with or without BOM), UTF-16 with BOM, else GB18030.
    """
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return encoding, text[:_SNIFFED_CHARACTERS]
    raise refused(path, "不是文本表格", "this is no text table", _SAVE_AS_CSV)


def _delimiter(path: Path, text: str) -> str:
    """Return what parts the columns: the most frequent outside quotes near the top."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    top = re.sub(r'"[^"]*"', "", text)
    return max((",", "\t", ";"), key=top.count)
