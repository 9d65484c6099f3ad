"""A plan damaged by hand is refused, each damage by its own name, even where the manifest agrees.

Each test edits the files of the planned town (town.py) as somebody with a text editor would,
vouches for them anew in the manifest, and asks for the verdict.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lxgeo.judge import BreachCode
from lxgeo.scenario import Scenario, plan_scenario, publish_scenario, verify_run
from town import Town

Damage = Callable[[Path], None]


@pytest.fixture(scope="module")
def planned(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the run folder of the planned town."""
    out = tmp_path_factory.mktemp("out")
    return publish_scenario(plan_scenario(Scenario(town.ledger, town.areas)), out, "town").folder


@pytest.fixture
def run(planned: Path, tmp_path: Path) -> Path:
    """Return a copy of the run that may be damaged."""
    shutil.copytree(planned.parent, tmp_path / "out")
    return tmp_path / "out" / planned.name


def edit_units(run: Path, change: Callable[[dict[str, str]], bool | None]) -> None:
    """Rewrite units.csv; a row whose change returns False is left out."""
    path = run / "units.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for row in reader if change(row) is not False]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames or [], lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def edit_json(path: Path, change: Callable[[Any], None]) -> None:
    """Rewrite a JSON file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def edit_branches(run: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the properties of the new joint branch in branches.geojson."""

    def each(collection: dict[str, Any]) -> None:
        for feature in collection["features"]:
            properties = feature["properties"]
            if properties["outcome"] == "joint" and properties["status"] == "proposed":
                change(properties)

    edit_json(run / "branches.geojson", each)


def vouch(run: Path) -> None:
    """Make the manifest agree with the files as they are now."""

    def renew(manifest: dict[str, Any]) -> None:
        for name in manifest["files"]:
            manifest["files"][name] = hashlib.sha256((run / name).read_bytes()).hexdigest()

    edit_json(run / "manifest.json", renew)


def moved_across_a_township_line(run: Path) -> None:
    """U4 is said to lie in the other township and under its committee."""

    def move(row: dict[str, str]) -> None:
        if row["unit_id"] == "U4":
            row |= {"township_id": "T2", "jurisdiction": "township:T2|territorial"}

    edit_units(run, move)


def branch_of_two_members(run: Path) -> None:
    """U4 leaves the joint branch, which keeps 1 + 1 members."""

    def leave(row: dict[str, str]) -> None:
        if row["unit_id"] == "U4":
            row |= {"branch_id": "", "outcome": "left_out", "mode": "", "distance_m": ""}

    def shrink(branch: dict[str, Any]) -> None:
        branch.update(unit_ids="U2;U3", units=2, full_members=2, total_members=3)

    edit_units(run, leave)
    edit_branches(run, shrink)


def unit_in_two_branches(run: Path) -> None:
    """Name the attached unit U7 in the joint branch too."""
    edit_branches(run, lambda branch: branch.update(unit_ids="U2;U3;U4;U7", units=4))


def row_removed(run: Path) -> None:
    """U5 vanishes from the list."""
    edit_units(run, lambda row: row["unit_id"] != "U5")


def cost_changed(run: Path) -> None:
    """Tell the joint branch one metre cheaper."""
    edit_branches(run, lambda branch: branch.update(cost_m=branch["cost_m"] - 1))


def plan_cost_changed(run: Path) -> None:
    """Tell the plan one metre cheaper."""
    edit_json(run / "summary.json", lambda summary: summary.update(plan_cost_m=15_124.0))


def unit_made_standalone(run: Path) -> None:
    """U8 with its one member is said to stand alone."""

    def raise_(row: dict[str, str]) -> None:
        if row["unit_id"] == "U8":
            row["outcome"] = "standalone"

    edit_units(run, raise_)


def host_changed(run: Path) -> None:
    """U4 is made host though the branch is dearer around it."""

    def host(row: dict[str, str]) -> None:
        if row["unit_id"] in {"U2", "U4"}:
            row["is_host"] = "true" if row["unit_id"] == "U4" else "false"

    edit_units(run, host)
    edit_branches(run, lambda branch: branch.update(host_id="U4"))


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        (moved_across_a_township_line, BreachCode.TWO_JURISDICTIONS),
        (branch_of_two_members, BreachCode.TOO_FEW_MEMBERS),
        (unit_in_two_branches, BreachCode.UNIT_IN_TWO_BRANCHES),
        (row_removed, BreachCode.ROWS_MISSING),
        (cost_changed, BreachCode.COST_WRONG),
        (plan_cost_changed, BreachCode.PLAN_COST_WRONG),
        (unit_made_standalone, BreachCode.OUTCOME_UNFOUNDED),
        (host_changed, BreachCode.HOST_NOT_CHEAPEST),
    ],
)
def test_damage_is_refused_by_name(run: Path, damage: Damage, name: BreachCode) -> None:
    """Unvouched the file is named as edited; vouched anew the broken rule still is."""
    damage(run)
    edited = {breach.code for breach in verify_run(run).breaches}
    vouch(run)
    vouched = {breach.code for breach in verify_run(run).breaches}

    assert BreachCode.FILE_EDITED in edited
    assert BreachCode.FILE_EDITED not in vouched
    assert name in edited & vouched


def test_a_whole_run_stands(run: Path) -> None:
    """Nothing is found in a plan as it was written."""
    assert verify_run(run).breaches == ()


def test_a_missing_and_an_added_file_are_named(run: Path) -> None:
    """The map deleted, a list slipped in: both by name."""
    (run.parent / "maps" / "town.html").unlink()
    (run / "名单.csv").write_text("x", encoding="utf-8")
    found = {(breach.code, breach.where) for breach in verify_run(run).breaches}

    assert (BreachCode.FILE_MISSING, "../maps/town.html") in found
    assert (BreachCode.FILE_UNLISTED, "名单.csv") in found
