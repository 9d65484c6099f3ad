"""The project's standing in one command: every stage beside a bare library or another program.

``python benchmarks/bench.py`` prints a table; ``--quick`` does so at a size for every day,
``--json FILE`` writes the figures, ``--write-docs`` keeps them as ``standing/latest.json`` and
makes ``docs/benchmarks.md`` of them, ``--page`` makes the page of the figures kept.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from standing import parts, whole
from standing.city import make_city
from standing.machine import machine
from standing.page import lines, page
from standing.rated import Rated

_HERE = Path(__file__).resolve().parent
LATEST = _HERE / "standing" / "latest.json"
PAGE = _HERE.parent / "docs" / "benchmarks.md"


def main() -> None:
    """Measure what is asked for, print it, and write what is to be kept."""
    asked = _arguments()
    warnings.simplefilter("ignore")
    if asked.child:
        whole.answer(asked.child)
        return
    if asked.page:
        PAGE.write_text(page(json.loads(LATEST.read_text(encoding="utf-8"))), encoding="utf-8")
        return
    told: dict[str, Any] = {"machine": machine()}
    with TemporaryDirectory() as made:
        rows = list(_said(_measured(asked, Path(made))))
    told["rows"] = [asdict(each) for each in rows]
    print(lines(rows))
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    if asked.json:
        asked.json.write_text(text, encoding="utf-8")
    if asked.write_docs:
        LATEST.write_text(text, encoding="utf-8")
        PAGE.write_text(page(json.loads(text)), encoding="utf-8")


def _measured(asked: argparse.Namespace, folder: Path) -> Iterator[Rated]:
    quick, runs = asked.quick, 1 if asked.quick else 2
    city = make_city(folder / "city", 3_000 if quick else asked.units)
    few = 2_000 if quick else 20_000
    measured: dict[str, Iterable[Rated]] = {
        "readers": parts.readers(city),
        "address": parts.addresses(city, runs),
        "join": parts.joins(20_000 if quick else 300_000, runs),
        "planner": parts.planners(
            {"fast": 1_000, "standard": 300} if quick else {"fast": 10_000, "standard": 3_000},
            60 if quick else 150,
        ),
        "map": parts.maps(few if quick else 50_000, folder),
        "exports": parts.written(few, folder),
        "workbook": parts.workbooks(few, folder),
        "whole": (each for each in whole.end_to_end(city, "fast"))
        if "whole" in asked.parts
        else (),
    }
    for name, rows in measured.items():
        if name in asked.parts:
            yield from rows


_PARTS = ("readers", "address", "join", "planner", "map", "exports", "workbook", "whole")


def _said(rows: Iterable[Rated]) -> Iterator[Rated]:
    """Tell on the way how far it has come; the table follows."""
    for each in rows:
        told = "" if each.ratio is None else f", {each.ratio:.2f} times {each.beside}"
        print(f"{each.part}: {each.what}: {each.seconds:.2f} s{told}", file=sys.stderr, flush=True)
        yield each


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the project's standing.")
    parser.add_argument("--quick", action="store_true", help="small sizes, a few minutes")
    parser.add_argument("--units", type=int, default=100_000, metavar="N", help="of the city")
    parser.add_argument("--parts", nargs="+", choices=_PARTS, default=_PARTS)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--write-docs", action="store_true", help="keep the figures and the page")
    parser.add_argument("--page", action="store_true", help="make the page of the figures kept")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
