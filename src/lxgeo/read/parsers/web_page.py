"""Web pages that call themselves workbooks: what many systems hand out as .xls.

Only the page's tables are read, and of them only text and spans: no script, no style, no link is
followed. A table inside a cell is part of that cell's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_HEAD = 4096
_FEED = 1 << 16
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset({"script", "style", "head", "title", "xml", "template"})
_BREAKS = frozenset({"br", "p", "div", "li"})
# As web standards cap them.
_MOST_ACROSS, _MOST_DOWN = 1_000, 65_534


class _PageError(Exception):
    """The page is at fault: a code, and where."""


def lines(path: str, most: dict[str, int]) -> Iterator[Any]:
    """Yield a page's tables, each as a sheet; the first row of a table is row 1."""
    from lxml import etree

    data = Path(path).read_bytes()
    if re.search(rb"<frameset", data[: _HEAD * 4], re.IGNORECASE):
        yield {"fault": "frames", "where": ""}
        return
    page = _Page(most)
    # libxml2 mends what is unclosed and refuses what is nested without end; nothing is loaded.
    parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True, huge_tree=False)
    text = _decoded(data).encode()
    try:
        for start in range(0, len(text), _FEED):
            parser.feed(text[start : start + _FEED])
        parser.close()
    except _PageError as fault:
        yield {"fault": fault.args[0], "where": fault.args[1]}
        return
    except etree.XMLSyntaxError:
        yield {"fault": "unreadable", "where": ""}
        return
    tables = [table for table in page.tables if any(map(any, table.rows))]
    if not tables:
        yield {"fault": "no_table", "where": ""}
    for number, table in enumerate(tables, start=1):
        name = "" if len(tables) == 1 else str(number)
        yield {"sheet": name, "hidden": False, "merges": table.merges}
        yield from table.rows


def _decoded(data: bytes) -> str:
    """Return a page's text: by its mark, its own word, else UTF-8 or GB18030."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace")
    said = _CHARSET.search(data[:_HEAD])
    named = said[1].decode().lower() if said else ""
    # gb2312 and gbk on a page mean whatever of GB18030 it holds.
    mine = "gb18030" if named.startswith("gb") else "utf-8"
    for encoding in (mine, "utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", errors="replace")


class _Table:
    """A table's rows so far, and which columns cells from above still cover."""

    def __init__(self) -> None:
        self.rows: list[list[str | None]] = []
        self.merges: list[list[int]] = []
        self.covered: dict[int, int] = {}

    def place(self, across: int, down: int) -> int:
        """Return the column (from 0) where the row's next cell stands; note what it covers."""
        number, row = len(self.rows), self.rows[-1]
        column = len(row)
        while self.covered.get(column, 0) >= number:
            column += 1
        row.extend([None] * (column - len(row) + 1))
        if down > 1:
            for each in range(column, column + across):
                self.covered[each] = number + down - 1
        if across > 1 or down > 1:
            self.merges.append([number, column + 1, number + down - 1, column + across])
        row.extend([None] * (across - 1))
        return column


class _Page:
    """What a parser tells as it goes through a page, kept as tables."""

    def __init__(self, most: dict[str, int]) -> None:
        self.most = most
        self.tables: list[_Table] = []
        self.depth = 0
        self.silent = 0
        self.cells = 0
        self.column: int | None = None
        self.text: list[str] = []
        self.length = 0

    def start(self, tag: str, attrib: Any) -> None:
        """Take an element's beginning."""
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self._begin_table()
        elif self.depth == 1 and tag == "tr":
            self._end_cell()
            self.tables[-1].rows.append([])
        elif self.depth == 1 and tag in _CELLS:
            self._begin_cell(attrib)
        elif tag in _BREAKS and self.column is not None and self.text:
            self.text.append("\n")

    def end(self, tag: str) -> None:
        """Take an element's end."""
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "table":
            if self.depth == 1:
                self._end_cell()
            self.depth = max(0, self.depth - 1)
        elif self.depth == 1 and (tag == "tr" or tag in _CELLS):
            self._end_cell()

    def data(self, text: str) -> None:
        """Take text."""
        if self.column is None or self.silent:
            return
        self.length += len(text)
        if self.length > self.most["cell_characters"]:
            raise _PageError("long_cell", self._here())
        self.text.append(re.sub(r"[ \t\r\n\f\v]+", " ", text))

    def comment(self, text: str) -> None:
        """Take a comment: nothing in it is content."""

    def close(self) -> None:
        """Take the page's end."""
        self._end_cell()

    def _here(self) -> str:
        return str(len(self.tables[-1].rows)) if self.tables else ""

    def _begin_table(self) -> None:
        self.depth += 1
        if self.depth == 1:
            self.tables.append(_Table())
            if len(self.tables) > self.most["sheets"]:
                raise _PageError("sheets", str(len(self.tables)))

    def _begin_cell(self, attrib: Any) -> None:
        self._end_cell()
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        across = _span(attrib.get("colspan"), _MOST_ACROSS)
        self.cells += across
        self.column = table.place(across, _span(attrib.get("rowspan"), _MOST_DOWN))
        if len(table.rows[-1]) > self.most["columns"]:
            raise _PageError("wide_row", self._here())
        if self.cells > self.most["cells"]:
            raise _PageError("output", "")

    def _end_cell(self) -> None:
        if self.column is None:
            return
        text = "".join(self.text).replace("\xa0", " ")
        if "\n" in text:
            text = "\n".join(line.strip() for line in text.split("\n"))
        self.tables[-1].rows[-1][self.column] = text.strip() or None
        self.column, self.text, self.length = None, [], 0


def _span(said: str | None, most: int) -> int:
    """Return how far a cell reaches: at least itself, at most what standards allow."""
    if said is None:
        return 1
    digits = said.strip()
    if not digits.isascii() or not digits.isdigit():
        return 1
    return most if len(digits) > len(str(most)) else min(max(int(digits), 1), most)
