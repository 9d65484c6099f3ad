"""The same input, policy and seed: the same plan, whoever works on it; and what a limit leaves."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from command import Run
from town import Town, lonlat

UNITS = 40
Command = Callable[..., Path]


@pytest.fixture
def crowd(town: Town) -> Town:
    """Return the town with forty small firms in each township, 90 m and 130 m apart."""
    ledger = town.ledger.with_name("八十家.csv")
    with ledger.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow(("unit_id", "name", "address", "industry", "full_members", "lon", "lat"))
        for i in range(2 * UNITS):
            east = 2000 * (i // UNITS) + 100 + 90 * (i % 8) + 7 * (i % 3)
            north = 200 + 130 * (i % UNITS // 8)
            place = ("甲街道", "乙镇")[i // UNITS]
            trade = ("C3912", "I6510", "F5211")[i % 3]
            row = (f"U{i:02}", f"第{i:02}商行", place, trade, 1 + (i % 4 == 0))
            write.writerow([*row, *lonlat(east, north)])
    return replace(town, ledger=ledger)


@pytest.fixture
def planned(lxgeo: Run, crowd: Town, tmp_path: Path) -> Command:
    """Return a function that plans the crowd and gives back the run's folder."""

    def command(name: str, *more: object) -> Path:
        asked = ("--areas", crowd.areas, "--out", tmp_path / "out", "--name", name, *more)
        said = lxgeo("plan", crowd.ledger, *asked)
        assert said.code == 0, said.err
        return tmp_path / "out" / name

    return command


def plan_of(run: Path) -> tuple[bytes, bytes]:
    """Return the bytes of a run's units and branches."""
    return (run / "units.csv").read_bytes(), (run / "branches.geojson").read_bytes()


def summary_of(run: Path) -> dict[str, Any]:
    """Return a run's summary."""
    told: dict[str, Any] = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize("effort", ["fast", "standard", "best"])
def test_one_worker_or_two_make_the_same_plan(planned: Command, effort: str) -> None:
    """Byte for byte, run after run."""
    one, two, again = (
        planned(name, "--effort", effort, "--workers", workers)
        for name, workers in (("one", 1), ("two", 2), ("again", 2))
    )

    assert plan_of(one) == plan_of(two) == plan_of(again)


def test_what_is_pinned_is_the_same_at_every_effort(planned: Command, tmp_path: Path) -> None:
    """What is locked by hand comes out the same, whatever an effort makes of all the others."""
    locked = ("U00", "U01", "U09")
    pins = tmp_path / "pins.csv"
    rows = [f"{one},together,{locked[0]},一楼,张," for one in locked[1:]]
    pins.write_text(
        "unit_id,action,other_id,why,who,when\n"
        + "\n".join([*rows, "U17,leave_out,,待迁,张,", "U01,host,,有场所,张,"])
        + "\n",
        encoding="utf-8",
    )
    units = [
        pd.read_csv(planned(effort, "--effort", effort, "--pins", pins) / "units.csv", dtype=str)
        .set_index("unit_id")
        .loc[["U17", *locked], ["outcome", "is_host"]]
        for effort in ("fast", "standard", "best")
    ]

    assert units[0].loc["U17", "outcome"] == "left_out"
    assert units[0].loc["U01", "is_host"] == "true"
    pd.testing.assert_frame_equal(units[0], units[1])
    pd.testing.assert_frame_equal(units[0], units[2])


def test_a_plan_cut_by_the_time_limit_is_legal_and_says_so(
    lxgeo: Run, crowd: Town, planned: Command, tmp_path: Path
) -> None:
    """Hardly any time: said on the terminal and in the summary; legal; its bound holds."""
    asked = ("--areas", crowd.areas, "--out", tmp_path / "cut", "--effort", "best")
    said = lxgeo("plan", crowd.ledger, *asked, "--time-limit", "0.000001", "--workers", 1)
    run = tmp_path / "cut" / crowd.ledger.stem
    cut, whole = summary_of(run), summary_of(planned("whole", "--effort", "best"))

    assert said.code == 0
    assert "到了限时：2 个片区中 2 个没有算完" in said.out.replace("\n", "")
    assert [region["status"] for region in cut["regions"]] == ["stopped", "stopped"]
    assert 0 <= cut["bound_m"] <= whole["plan_cost_m"] <= cut["plan_cost_m"]
    assert lxgeo("verify", run).code == 0
    assert "stopped" not in {region["status"] for region in whole["regions"]}


def test_a_plan_with_time_enough_does_not_speak_of_a_limit(lxgeo: Run, town: Town) -> None:
    """Nine units, an hour: nothing is cut short."""
    out = town.ledger.parent / "out"
    said = lxgeo("plan", town.ledger, "--areas", town.areas, "--out", out, "--time-limit", 3600)

    assert said.code == 0
    assert "到了限时" not in said.out
