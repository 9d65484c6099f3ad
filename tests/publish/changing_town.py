"""A town to change by hand: two branches that a unit may go between, one unit out of reach.

Metres as in `town`; 甲街道 is urban (limit 1,200 m), 乙镇 a town (1,500 m), all in one trade::

    D1 (300, 1900)  one member, 1,600 m from the A's: left out
    A1 … A5 (300, 300) … (500, 300), 50 m apart   B1 B2 B3 (1300 …, 300)   │ E1 (2 members) E2
    ─────────────────────── 甲街道 ────────────────────────────────────────┼─── 乙镇 ───────────
"""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from lxgeo.cli import main
from town import build_town, lonlat

_HEADER = ("unit_id", "name", "address", "industry", "full_members", "lon", "lat")
_PLACES = {
    **{f"A{n}": (250 + 50 * n, 300) for n in range(1, 6)},
    **{f"B{n}": (1250 + 50 * n, 300) for n in range(1, 4)},
    "D1": (300, 1900),
    "E1": (2100, 300),
    "E2": (2150, 300),
}
Groups = set[frozenset[str]]


@dataclass(frozen=True)
class Changing:
    """The town's files, and its run."""

    ledger: Path
    areas: Path
    run: Path

    @property
    def page(self) -> Path:
        """The run's map."""
        return self.run.parent / "maps" / f"{self.run.name}.html"


def build_changing(folder: Path) -> Changing:
    """Write the town and plan it."""
    ledger, areas = build_ledger(folder)
    return Changing(ledger, areas, plan(ledger, areas, folder / "out"))


def build_ledger(folder: Path) -> tuple[Path, Path]:
    """Write the ledger and the areas; return both places."""
    areas = build_town(folder).areas
    ledger = folder / "调整.csv"
    with ledger.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file)
        write.writerow(_HEADER)
        for unit_id, place in _PLACES.items():
            township = "乙镇" if unit_id.startswith("E") else "甲街道"
            full = 2 if unit_id == "E1" else 1
            write.writerow(
                [unit_id, f"{unit_id}电子有限公司", township, "C3912", full, *lonlat(*place)]
            )
    return ledger, areas


def plan(ledger: Path, areas: Path, out: Path, *more: object) -> Path:
    """Plan as from the command line; return the run's folder."""
    with pytest.MonkeyPatch.context() as patch:
        said = ("plan", ledger, "--areas", areas, "--out", out, "--workers", 1, *more)
        patch.setattr(sys, "argv", ["lxgeo", *map(str, said)])
        with pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code
    return out / ledger.stem


def grouped(run: Path) -> tuple[Groups, dict[str, str]]:
    """Return the new branches of a run as sets of unit ids, and the host of each unit in one."""
    found = json.loads((run / "branches.geojson").read_text(encoding="utf-8"))["features"]
    told = [each["properties"] for each in found if each["properties"]["outcome"] == "joint"]
    groups = {frozenset(each["unit_ids"].split(";")) for each in told}
    hosts = {unit: each["host_id"] for each in told for unit in each["unit_ids"].split(";")}
    return groups, hosts
