"""The child process in which a file is parsed: whatever it does to a parser, it does it here.

Run by path, not imported, so that it loads nothing but the parser::

    python -P bounded.py PARSER FILE LIMITS

``PARSER`` is a module of `lxgeo.read.parsers`, by path; ``LIMITS`` a JSON object. The process
limits its own memory and processor time where the system can (not on Windows: there the parent's
clock is all) and writes one JSON value a line to standard output.
"""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Iterator
from typing import Any


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


def _parsed(parser: str, path: str, most: dict[str, int]) -> Iterator[Any]:
    sheet, row = "", 0
    try:
        for line in runpy.run_path(parser)["lines"](path, most):
            if isinstance(line, dict):
                sheet, row = line.get("sheet", sheet), 0
            else:
                row += 1
                if any(type(cell) is str and len(cell) > most["cell_characters"] for cell in line):
                    yield {"fault": "long_cell", "where": f"{sheet}!{row}".lstrip("!")}
                    return
            yield line
    except MemoryError:
        yield {"fault": "memory", "where": ""}
    except RecursionError:
        yield {"fault": "unreadable", "where": ""}


def main() -> None:
    """Parse the file named on the command line and write it to standard output."""
    parser, path, limits = sys.argv[1:]
    most = json.loads(limits)
    _limit(most["memory_bytes"], most["seconds"])
    written = 0
    for line in _parsed(parser, path, most):
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        # A lone half of a surrogate pair is no text: it is written as a question mark.
        data = text.encode(errors="replace") + b"\n"
        written += len(data)
        if written > most["output_bytes"]:
            sys.stdout.buffer.write(b'{"fault":"output","where":""}\n')
            return
        sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main()
