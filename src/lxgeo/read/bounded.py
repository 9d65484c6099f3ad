"""The child process in which a file is parsed: whatever it does to a parser, it does it here.

Run by path, not imported, so that it loads nothing but the parser::

    python -P bounded.py PARSER FILE LIMITS

``PARSER`` is a module of `lxgeo.read.parsers`, by path; ``LIMITS`` a JSON object. The process
limits its own memory and processor time where the system can (not on Windows: there the parent's
clock is all). For each sheet it writes a JSON object: what the parser says of it, how many
``rows`` and ``columns`` it has; then the parts of each column (`lxgeo.read.columns`). Before each
part stands `PART`, or `FAULT` before the last one where the file is at fault: an object with the
keys ``fault`` and ``where``; then its length in eight bytes. An abort of the parser is a process
that ended badly.
"""

from __future__ import annotations

import gc
import json
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PART, FAULT = b"+", b"!"
LENGTH = 8

_CELLS = 4
"""How many times as many cells as it may hold a sheet may have with the blanks of its columns."""


class _FaultError(Exception):
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
        except (ValueError, OSError):  # macOS knows limits that it won't set: the clock stays
            continue


class _Sheet:
    """A sheet as it comes: what is said of it, and its columns."""

    def __init__(self, said: dict[str, Any], columns: Any, most: dict[str, int]) -> None:
        if said.get("width", 0) > most["columns"]:
            raise _FaultError("columns", said["sheet"])
        self.said = {"notes": [], **said}
        self.columns = columns
        self.most = most
        self.block: list[list[Any]] = []

    def take(self, row: list[Any], at_a_time: int) -> None:
        """Take in a row."""
        self.block.append(row)
        if len(self.block) == at_a_time:
            self.settle()

    def settle(self) -> None:
        """Bring the rows that came last into their columns."""
        width = self.columns.width_with(self.block)
        if width > self.most["columns"]:
            raise _FaultError("columns", self.said["sheet"])
        if width * (self.columns.rows + len(self.block)) > self.most["cells"] * _CELLS:
            raise _FaultError("output", "")
        self.columns.add(self.block)
        self.block = []

    def parts(self) -> Iterator[bytes]:
        """Yield the sheet as the parent takes it over."""
        self.settle()
        columns = self.columns.columns
        yield _json({**self.said, "columns": len(columns), "rows": self.columns.rows})
        for column in columns:
            yield from column.told()


def _sheets(parser: str, path: str, most: dict[str, int]) -> Iterator[bytes]:
    told_by = runpy.run_path(str(Path(__file__).with_name("columns.py")))
    at_a_time = told_by["BLOCK"]
    sheet: _Sheet | None = None
    for line in runpy.run_path(parser)["lines"](path, most):
        if type(line) is list and sheet is not None:
            sheet.take(line, at_a_time)
        elif "fault" in line:
            raise _FaultError(line["fault"], line["where"])
        elif "note" in line and sheet is not None:
            sheet.said["notes"].append(line["note"])
        else:
            if sheet is not None:
                yield from sheet.parts()
            sheet = _Sheet(line, told_by["Columns"](), most)
    if sheet is not None:
        yield from sheet.parts()


def _parts(parser: str, path: str, most: dict[str, int]) -> Iterator[tuple[bytes, bytes]]:
    """Yield the parts of all sheets, each after what it is."""
    fault, where, written = "", "", 0
    try:
        for part in _sheets(parser, path, most):
            written += len(PART) + LENGTH + len(part)
            if written > most["output_bytes"]:
                fault = "output"
                break
            yield PART, part
    except _FaultError as error:
        fault, where = error.args
    except MemoryError:
        fault = "memory"
    except RecursionError:
        fault = "unreadable"
    if fault:
        yield FAULT, _json({"fault": fault, "where": where})


def _json(line: Any) -> bytes:
    # A lone half of a surrogate pair is no text: it is written as a question mark.
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace")


def main() -> None:
    """Parse the file named on the command line and write it to standard output."""
    parser, path, limits = sys.argv[1:]
    most = json.loads(limits)
    _limit(most["memory_bytes"], most["seconds"])
    gc.disable()  # nothing here refers to itself, and there are millions of cells to look at
    for what, part in _parts(parser, path, most):
        sys.stdout.buffer.write(what + len(part).to_bytes(LENGTH, "little"))
        sys.stdout.buffer.write(part)


if __name__ == "__main__":
    main()
