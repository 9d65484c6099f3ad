"""Next quarter: the town with one unit grown and one gone, told against the plan before."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl

from command import Run
from town import Town


def next_quarter(ledger: Path, folder: Path) -> Path:
    """Return the town's ledger a quarter later: U4 has three full members, U8 is gone."""
    with ledger.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    full = head.index("full_members")
    later = folder / "next.csv"
    with later.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for row in rows:
            if row[0] == "U4":
                row[full] = "3"
            if row[0] != "U8":
                writer.writerow(row)
    return later


def test_what_changed_is_told_and_written(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """U4 stands alone now; U2 and U3 have two members left: their branch can't be."""
    out, book = tmp_path / "out", tmp_path / "changes.xlsx"
    for ledger in (town.ledger, next_quarter(town.ledger, tmp_path)):
        assert lxgeo("plan", ledger, "--areas", town.areas, "--out", out).code == 0
    said = lxgeo("diff", out / town.ledger.stem, out / "next", "-o", book)

    assert said.code == 0, said.err
    assert "不足三人，应调整或撤销 1" in said.out
    assert "达到三人，应单独组建 1" in said.out
    assert "台账中不再有 1" in said.out
    workbook = openpyxl.load_workbook(book)
    branches, units = workbook["党支部变更"], workbook["单位变更"]
    lines = {
        tuple(row[1:3]) for row in units.iter_rows(values_only=True) if isinstance(row[0], int)
    }
    assert ("达到三人，应单独组建", "甲北软件有限公司") in lines
    assert any("不足三人，应调整或撤销" in row for row in branches.iter_rows(values_only=True))


def test_what_was_approved_is_kept_next_quarter(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """The joint branch is approved: next quarter its units are in it, and it is no proposal.

    The office has written in the old workbook meanwhile: that is what it is for.
    """
    out = tmp_path / "out"
    assert lxgeo("plan", town.ledger, "--areas", town.areas, "--out", out).code == 0
    run = out / town.ledger.stem
    (name,) = [
        feature["properties"]["name"]
        for feature in json.loads((run / "branches.geojson").read_text("utf-8"))["features"]
        if feature["properties"]["outcome"] == "joint"
    ]
    (tmp_path / "approved.txt").write_text(f"{name}\n", encoding="utf-8")
    book = openpyxl.load_workbook(run / "plan.xlsx")
    book["任务清单"].cell(40, 30, "已开会")
    book.save(run / "plan.xlsx")
    said = lxgeo(
        *("plan", town.ledger, "--areas", town.areas, "--out", out, "--name", "next"),
        *("--previous", run, "--approved", tmp_path / "approved.txt"),
    )
    with (out / "next" / "units.csv").open(encoding="utf-8-sig", newline="") as file:
        outcomes = {row["unit_id"]: row["outcome"] for row in csv.DictReader(file)}

    assert said.code == 0, said.err
    assert {outcomes[unit] for unit in ("U2", "U3", "U4")} == {"existing"}
    inputs = json.loads((out / "next" / "summary.json").read_text("utf-8"))["inputs"]
    read = {Path(each).name for each in inputs}
    assert {"approved.txt", "manifest.json", "plan.xlsx"} <= read
    told = lxgeo("diff", run, out / "next")
    assert "已批准 1" in told.out
    assert lxgeo("verify", out / "next").code == 0


def test_approvals_belong_to_a_run(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """Without the run that proposed them nobody knows which branches are meant."""
    (tmp_path / "approved.txt").write_text("甲\n", encoding="utf-8")
    said = lxgeo(
        *("plan", town.ledger, "--areas", town.areas, "--out", tmp_path / "out"),
        *("--approved", tmp_path / "approved.txt"),
    )

    assert said.code == 1
    assert "--previous" in said.err


def test_only_aggregates_leave_the_office(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """The public page names no unit of the town; without --public nothing is published."""
    assert lxgeo("plan", town.ledger, "--areas", town.areas, "--out", tmp_path).code == 0
    run = tmp_path / town.ledger.stem
    said = lxgeo("publish", run, "--public")
    pages = [path for path in (tmp_path / "public").rglob("*") if path.is_file()]

    assert said.code == 0, said.err
    assert {path.suffix for path in pages} == {".html", ".csv", ".json"}
    assert all("创业电子" not in path.read_text(encoding="utf-8-sig") for path in pages)
    assert lxgeo("publish", run).code == 2


def test_an_edited_run_is_not_compared(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """A run whose files were changed by hand is refused, with what to do."""
    assert lxgeo("plan", town.ledger, "--areas", town.areas, "--out", tmp_path).code == 0
    run = tmp_path / town.ledger.stem
    with (run / "hulls.geojson").open("a", encoding="utf-8") as file:
        file.write("\n")
    said = lxgeo("diff", run, run)

    assert said.code == 1
    assert "hulls.geojson" in said.err
