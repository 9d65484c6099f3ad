"""The child process that parses a workbook: whatever the file does to a parser, it does it here.

Run by path, not imported, so that it loads nothing but the parser::

    python child.py FILE MEMORY_BYTES SECONDS CELL_CHARACTERS OUTPUT_BYTES

It limits its own memory and processor time where the system can (not on Windows: there the
parent's time limit is all), and writes JSON, one value a line: for each sheet an object with its
name, then one array a row. Dates are arrays of one ISO text. A known fault is a last object with
the key ``fault``; an abort of the parser is a process that ended badly.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from typing import Any

_EXACT = 10**15


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
    if cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return int(cell)
    if isinstance(cell, dt.date):
        return [cell.isoformat()]
    return cell if isinstance(cell, str | bool | int | float) else str(cell)


def _sheets(path: str, most_characters: int) -> Iterator[Any]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_path(path) as book:
        for told in book.sheets_metadata:
            if told.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(told.name)
            merges = sheet.merged_cell_ranges or []
            yield {
                "sheet": told.name,
                "hidden": told.visible != SheetVisibleEnum.Visible,
                "merges": [
                    [top + 1, left + 1, bottom + 1, right + 1]
                    for (top, left), (bottom, right) in sorted(merges)
                ],
            }
            # The parser's rows begin at the first column used; people count from A.
            left = [None] * (sheet.start[1] if sheet.start else 0)
            for number, row in enumerate(sheet.iter_rows(), start=1):
                if any(isinstance(cell, str) and len(cell) > most_characters for cell in row):
                    raise _WorkbookError("long_cell", f"{told.name}!{number}")
                yield left + [_plain(cell) for cell in row]


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
    except MemoryError:
        yield {"fault": "memory", "where": ""}


def main() -> None:
    """Parse the file named on the command line and write it to standard output."""
    path, *figures = sys.argv[1:]
    memory, seconds, most_characters, most_bytes = map(int, figures)
    _limit(memory, seconds)
    written = 0
    for line in _lines(path, most_characters):
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        written += len(text)
        if written > most_bytes:
            text = b'{"fault":"output","where":""}\n'
        sys.stdout.buffer.write(text)
        if written > most_bytes:
            return


if __name__ == "__main__":
    main()
