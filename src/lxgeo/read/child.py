"""The child process that parses a workbook: whatever the file does to a parser, it does it here.

Run by path, not imported, so that it loads nothing but the parser::

    python child.py FILE MEMORY_BYTES SECONDS CELL_CHARACTERS OUTPUT_BYTES

It limits its own memory and processor time where the system can (not on Windows: there the
parent's time limit is all). For each sheet it writes a JSON object with its name and marks,
then for each column a JSON array of the column's values, and the codes of all rows as bytes: which
row holds which value (no codes where each row has its own). Before each stands its length in eight
bytes. Dates are arrays of one ISO text. A known fault is a
last object with the key ``fault``; an abort of the parser is a process that ended badly.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import runpy
import sys
import zipfile
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count, islice, repeat
from pathlib import Path
from typing import Any

_EXACT = 10**15
_BLOCK = 4096
_FEW = 2  # a column of which fewer than one value in so many is new is told value by value
_WIDTHS = {1: "B", 2: "H", 4: "I"}


class _WorkbookError(Exception):
    """The file is at fault: a code, and where."""


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: no such limits there
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (soft, hard))
        except (
            ValueError,
            OSError,
        ):  # macOS knows limits that it won't set: the parent's clock stays
            continue


def _plain(cell: Any) -> Any:
    """Return a cell as JSON can hold it: blank as null, whole numbers as such."""
    if type(cell) is str:
        return cell or None
    if type(cell) is _Typed:
        cell = cell.cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return int(cell)
    if isinstance(cell, dt.date):
        return [cell.isoformat()]
    return cell if isinstance(cell, bool | int | float) else str(cell)


class Column:
    """A column as it grows: each value once, or where most are new, all as they come."""

    def __init__(self) -> None:
        self.index: defaultdict[Any, int] = defaultdict(count().__next__)
        self.codes = array("I")
        self.all: list[Any] | None = None

    def add(self, cells: tuple[Any, ...]) -> None:
        """Take in further cells."""
        if self.all is not None:
            self.all.extend(cells)
            return
        if set(map(type, cells)) - {str, float}:  # 1, 1.0 and true are the same to an index
            cells = tuple(cell if type(cell) is str else _Typed(cell) for cell in cells)
        self.codes.extend(map(self.index.__getitem__, cells))
        rows = len(self.codes)
        if rows >= _BLOCK and len(self.index) * _FEW > rows:
            values = list(self.index)
            self.all = [values[code] for code in self.codes]
            self.index.clear()

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.codes if self.all is None else self.all)

    def told(self) -> tuple[list[Any], bytes]:
        """Return the values, and the codes of all rows; none where each row has its own value."""
        if self.all is not None:
            return [_plain(cell) for cell in self.all], b""
        width = next(width for width in _WIDTHS if len(self.index) <= 256**width)
        return [_plain(cell) for cell in self.index], array(_WIDTHS[width], self.codes).tobytes()

    def row_of(self, value: int) -> int:
        """Return the first row that holds a value."""
        return value if self.all is not None else self.codes.index(value)


class _Typed:
    """A cell that is equal only to cells of its own type."""

    __slots__ = ("cell",)

    def __init__(self, cell: Any) -> None:
        self.cell = cell

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Typed):
            return NotImplemented
        return type(self.cell) is type(other.cell) and self.cell == other.cell

    def __hash__(self) -> int:
        return hash((type(self.cell), self.cell))


def _columns(rows: Iterable[list[Any]], blank: int) -> list[Column]:
    """Return rows column by column; ``blank`` columns stand left of them."""
    columns: list[Column] = []
    rows = iter(rows)
    while block := list(islice(rows, _BLOCK)):
        columns = columns or [Column() for _ in range(blank + len(block[0]))]
        nothing = repeat(("",) * len(block), blank)
        for column, cells in zip(columns, (*nothing, *zip(*block, strict=True)), strict=True):
            column.add(cells)
    return columns


def _sheets(path: str, most_characters: int) -> Iterator[Any]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    told_by = runpy.run_path(str(Path(__file__).with_name("marks.py")))
    # By its bytes: by its path it would be told from its name, and names lie.
    with (
        Path(path).open("rb") as file,
        CalamineWorkbook.from_filelike(file) as book,
        zipfile.ZipFile(path) as archive,
    ):
        marks = told_by["Marks"](archive)
        for told in book.sheets_metadata:
            if told.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(told.name)
            merges = sheet.merged_cell_ranges or []
            # The parser's rows begin at the first column used; people count from A.
            columns = _columns(sheet.iter_rows(), sheet.start[1] if sheet.start else 0)
            del sheet
            yield {
                "sheet": told.name,
                "hidden": told.visible != SheetVisibleEnum.Visible,
                "merges": [
                    [top + 1, left + 1, bottom + 1, right + 1]
                    for (top, left), (bottom, right) in sorted(merges)
                ],
                "columns": len(columns),
                "rows": columns[0].rows if columns else 0,
                "marks": marks.of(told.name),
            }
            for column in columns:
                values, codes = column.told()
                _check_length(values, column, told.name, most_characters)
                yield values
                yield codes


def _check_length(values: list[Any], column: Column, sheet: str, most: int) -> None:
    for i, value in enumerate(values):
        if type(value) is str and len(value) > most:
            raise _WorkbookError("long_cell", f"{sheet}!{column.row_of(i) + 1}")


def _lines(path: str, most_characters: int) -> Iterator[Any]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield from _sheets(path, most_characters)
    except PasswordError:
        yield {"fault": "password", "where": ""}
    except CalamineError:
        yield {"fault": "unreadable", "where": ""}
    except _WorkbookError as fault:
        yield {"fault": fault.args[0], "where": fault.args[1]}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        yield {"fault": "unreadable", "where": ""}
    except MemoryError:
        yield {"fault": "memory", "where": ""}


def main() -> None:
    """Parse the file named on the command line and write it to standard output."""
    path, *figures = sys.argv[1:]
    memory, seconds, most_characters, most_bytes = map(int, figures)
    _limit(memory, seconds)
    gc.disable()  # nothing here refers to itself, and there are millions of cells to look at
    written = 0
    for line in _lines(path, most_characters):
        data = line if isinstance(line, bytes) else _json(line)
        data = len(data).to_bytes(8, "little") + data
        written += len(data)
        if written > most_bytes:
            data = _json({"fault": "output", "where": ""})
            data = len(data).to_bytes(8, "little") + data
        sys.stdout.buffer.write(data)
        if written > most_bytes:
            return


def _json(line: Any) -> bytes:
    # A lone half of a surrogate pair is no text: it is written as a question mark.
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace")


if __name__ == "__main__":
    main()
