"""``lxgeo plan --pins``: from a plan to what was settled by hand, and to the plan that keeps it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from command import Run, Said
from town import Town

LOCKED = ("U2", "U3", "U4")


def plan(lxgeo: Run, town: Town, out: Path, *more: object) -> Said:
    """Run the town's plan."""
    return lxgeo("plan", town.ledger, "--areas", town.areas, "--out", out, *more)


def units(folder: Path) -> pd.DataFrame:
    """Return a run's units by id."""
    table = pd.read_csv(folder / "units.csv", dtype=str, encoding="utf-8-sig")
    return table.set_index("unit_id")


def saved(path: Path, *pins: tuple[str, str, str]) -> Path:
    """Write pins as the map saves them."""
    rows = [
        {"unit_id": unit, "action": action, "other_id": other, "why": "=SUM(1)", "who": "组织委员"}
        for unit, action, other in pins
    ]
    path.write_text(json.dumps({"run": "town", "pins": rows}), encoding="utf-8")
    return path


def test_a_plan_comes_back_as_it_was_pinned(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """U7 is attached and U2–U4 share a branch: locked under U4, and U7 left out, they stay so.

    Under U4: 500 + 300 + 2 · (400 + 300) = 2,200. U7 costs 15,000, U8 12,000. The run's own
    ``pins.json`` makes the same plan again.
    """
    pins = saved(
        tmp_path / "pins.json", *((u, "lock", "U4") for u in LOCKED), ("U7", "leave_out", "")
    )
    said = plan(lxgeo, town, tmp_path / "out", "--pins", pins)
    run = tmp_path / "out" / town.ledger.stem
    summary = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    again = plan(lxgeo, town, tmp_path / "again", "--pins", run / "pins.json")

    assert (said.code, said.err) == (0, "")
    assert "采纳 4 项，未采纳 0 项" in said.out
    assert lxgeo("verify", run).code == again.code == 0
    decided = units(run)
    assert decided.loc["U4", "is_host"] == "true"
    assert set(decided.loc[list(LOCKED), "branch_id"]) == {decided.loc["U2", "branch_id"]}
    assert decided.loc["U7", "outcome"] == "left_out"
    assert "按人工调整" in decided.loc["U7", "reason"]
    assert summary["plan_cost_m"] == summary["bound_m"] == pytest.approx(29_200, abs=0.1)
    assert summary["inputs"][pins.as_posix()]
    assert units(tmp_path / "again" / run.name).equals(decided)


def test_what_no_longer_fits_is_told_and_the_rest_is_kept(
    lxgeo: Run, town: Town, tmp_path: Path
) -> None:
    """U1 grew to five and X left the ledger: told on screen and in the workbook; exit code 0."""
    table = tmp_path / "调整.csv"
    rows = "单位编号,操作,理由,经办岗位\nU1,不纳入,x,y\nX,牵头,,\nU3,牵头,更合适,组织委员\n"
    table.write_text(rows, encoding="utf-8-sig")
    said = plan(lxgeo, town, tmp_path / "out", "--pins", table)
    run = tmp_path / "out" / town.ledger.stem
    book = openpyxl.load_workbook(run / "plan.xlsx")

    assert said.code == 0
    assert "采纳 1 项，未采纳 2 项" in said.out
    assert "第2行" in said.out
    assert units(run).loc["U3", "is_host"] == "true"
    cells = [cell.value for row in book["人工调整"].iter_rows() for cell in row if cell.value]
    assert {"已采纳", "未采纳", "更合适", "组织委员", "第3行"} <= set(cells)
    held = json.loads((run / "pins.json").read_text(encoding="utf-8"))
    assert [each["unit_id"] for each in held["pins"]] == ["U3"]
    assert [each["unit_id"] for each in held["refused"]] == ["U1", "X"]


def test_a_file_without_pins_stops_the_run(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """What is no list of pins is told, and nothing is written."""
    wrong = tmp_path / "pins.json"
    wrong.write_text("{}", encoding="utf-8")
    said = plan(lxgeo, town, tmp_path / "out", "--pins", wrong)

    assert said.code == 1
    assert "pins.json" in said.err
    assert not (tmp_path / "out" / town.ledger.stem).exists()


def test_a_run_that_breaks_its_pins_is_refused(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """Another pin is written into the run: its file is changed, and the plan does not keep it."""
    pins = saved(tmp_path / "pins.json", ("U3", "host", ""))
    plan(lxgeo, town, tmp_path / "out", "--pins", pins)
    run = tmp_path / "out" / town.ledger.stem
    saved(run / "pins.json", ("U4", "host", ""))
    said = lxgeo("verify", run)

    assert said.code == 1
    assert "人工调整“牵头”" in said.err
