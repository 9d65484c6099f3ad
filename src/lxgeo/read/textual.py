"""Ledgers as text tables: CSV and TSV, in the encodings that Chinese offices write."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.sheet import Sheet
from lxgeo.read.guard import LIMITS, Limits, refused

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")
_SNIFFED_CHARACTERS = 20_000
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
    text = _decoded(path, data)
    rows: list[tuple[object, ...]] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(path, text))
    try:
        for row in reader:
            cells += len(row)
            long = any(len(cell) > limits.cell_characters for cell in row)
            if long or len(row) > limits.columns or cells > limits.cells:
                raise _too_much(path, len(rows) + 1)
            rows.append(tuple(cell or None for cell in row))
    except csv.Error as error:  # a field beyond csv's own limit: mostly a quote never closed
        raise _too_much(path, len(rows) + 1) from error
    return (Sheet(path.stem, tuple(rows)),)


def _too_much(path: Path, row: int) -> LedgerError:
    return refused(
        path,
        f"第 {row} 行内容过多（可能有引号没有闭合）",
        f"row {row} holds too much (a quote may never close)",
        _SAVE_AS_CSV,
    )


def _decoded(path: Path, data: bytes) -> str:
    """Return the text of a file: UTF-8 (with or without BOM), UTF-16 with BOM, else GB18030."""
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    raise refused(path, "不是文本表格", "this is no text table", _SAVE_AS_CSV)


def _delimiter(path: Path, text: str) -> str:
    """Return what parts the columns: the most frequent outside quotes near the top."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    top = re.sub(r'"[^"]*"', "", text[:_SNIFFED_CHARACTERS])
    return max((",", "\t", ";"), key=top.count)
