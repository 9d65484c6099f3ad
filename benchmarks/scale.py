"""How time and memory grow, fitted to a model that is tried on a size held back.

``python benchmarks/scale.py`` plans and publishes made-up cities of several sizes, each in a
process of its own, and provinces county by county (``benchmarks/province.py``); prints the model
and its error on the size held back; ``--write-docs`` keeps the figures as ``standing/scale.json``
and makes ``docs/scale.md`` of them, ``--page`` makes the page of the figures kept.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from standing import whole
from standing.city import make_city
from standing.machine import machine
from standing.scale_page import page

_HERE = Path(__file__).resolve().parent
KEPT = _HERE / "standing" / "scale.json"
PAGE = _HERE.parent / "docs" / "scale.md"
SIZES = ((5_000, 3), (5_000, 12), (10_000, 5), (20_000, 10), (20_000, 40), (50_000, 25))
HELD_BACK = (100_000, 50)
QUICK = ((1_000, 1), (1_000, 3), (2_000, 1), (2_000, 4), (4_000, 3))
QUICK_HELD_BACK = (8_000, 4)
PROVINCES = ((4, 2_000), (16, 1_000), (4, 20_000))
QUICK_PROVINCES = ((2, 1_000), (4, 500), (4, 1_000))
"""Units and townships of each city; counties and units of each of them of each province."""


def main() -> None:
    """Measure, print, and keep what is asked for."""
    asked = _arguments()
    warnings.simplefilter("ignore")
    if asked.page:
        PAGE.write_text(page(json.loads(KEPT.read_text(encoding="utf-8"))), encoding="utf-8")
        return
    sizes, held = (QUICK, QUICK_HELD_BACK) if asked.quick else (SIZES, HELD_BACK)
    provinces = QUICK_PROVINCES if asked.quick else PROVINCES
    provinces = () if asked.no_provinces else provinces
    told: dict[str, Any] = {
        "machine": machine(),
        "sizes": [_city(*each) for each in sizes],
        "held_back": _city(*held),
        "provinces": [_province(*each) for each in provinces],
    }
    text = page(told)
    print(text)
    if asked.write_docs:
        KEPT.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        PAGE.write_text(text, encoding="utf-8")


def _city(units: int, townships: int) -> dict[str, Any]:
    """Return seconds by stage and peak memory of a city planned at once."""
    with TemporaryDirectory() as made:
        city = make_city(Path(made), units, townships=townships)
        rows = {each.what: each for each in whole.end_to_end(city, "fast")}
    every = rows.pop("all")
    seconds: dict[str, float] = {}
    for stage, each in rows.items():
        name = stage.partition(":")[0]
        seconds[name] = round(seconds.get(name, 0.0) + each.seconds, 3)
    seconds["rest"] = round(max(0.0, every.seconds - sum(seconds.values())), 3)
    print(f"{units:,} units, {townships} townships: {every.seconds:.1f} s", file=sys.stderr)
    return {
        "units": units,
        "regions": townships,
        "seconds": seconds,
        "peak_mb": round(every.mb or 0.0),
    }


def _province(counties: int, units: int) -> dict[str, Any]:
    """Return processor seconds and peak memory of a province planned county by county."""
    with TemporaryDirectory() as made:
        figures = Path(made) / "province.json"
        subprocess.run(  # noqa: S603 -- this Python and a script beside this one
            [
                *(sys.executable, _HERE / "province.py", str(counties), str(units)),
                *("--effort", "fast", "--json", figures),
            ],
            stdout=subprocess.DEVNULL,
            check=True,
        )
        told = json.loads(figures.read_text(encoding="utf-8"))
    print(f"{counties} counties of {units:,} units: {told['processor_s']} s", file=sys.stderr)
    return {name: told[name] for name in ("counties", "units", "processor_s", "peak_mb")}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how time and memory grow.")
    parser.add_argument("--quick", action="store_true", help="small cities")
    parser.add_argument("--no-provinces", action="store_true", help="cities planned at once alone")
    parser.add_argument("--write-docs", action="store_true", help="keep the figures and the page")
    parser.add_argument("--page", action="store_true", help="make the page of the figures kept")
    return parser.parse_args()


if __name__ == "__main__":
    main()
