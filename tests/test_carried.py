"""What a quarter hands on to the next: pins, and what was approved by list."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from command import Run
from lxgeo.errors import InputError
from lxgeo.scenario import Planned, Scenario, plan_scenario, publish_scenario
from lxgeo.scenario.previous import read_previous
from town import Town

TRIO = ("U2", "U3", "U4")
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def before(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the town's run with four units settled by hand: U4 hosts U2 and U3; not U7; U8."""
    folder = tmp_path_factory.mktemp("before")
    pins = [(unit, "lock", "U4") for unit in TRIO] + [("U7", "leave_out", ""), ("U8", "host", "")]
    said = Scenario(town.ledger, town.areas, pins=saved(folder / "pins.json", *pins))
    return publish_scenario(plan_scenario(said), folder, "q1").folder


def saved(path: Path, *pins: tuple[str, str, str]) -> Path:
    """Write pins as the map saves them."""
    rows = [dict(zip(("unit_id", "action", "other_id"), pin, strict=True)) for pin in pins]
    path.write_text(json.dumps({"pins": rows}), encoding="utf-8")
    return path


def later(town: Town, folder: Path, change: Callable[[Rows], Rows]) -> Path:
    """Return the town's ledger with its rows changed."""
    with town.ledger.open(encoding="utf-8-sig", newline="") as file:
        rows = change(list(csv.DictReader(file)))
    path = folder / "later.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def without(*units: str) -> Callable[[Rows], Rows]:
    """Return what takes units out of a ledger."""
    return lambda rows: [row for row in rows if row["unit_id"] not in units]


def kept(planned: Planned) -> set[tuple[str, str, str]]:
    """Return the pins that a plan keeps to."""
    return {(pin.unit_id, str(pin.action), pin.other_id) for pin in planned.plan.pins.kept}


def refused(planned: Planned) -> dict[str, str]:
    """Return unit → why its pin is not kept."""
    return {each.pin.unit_id: each.why.zh for each in planned.plan.pins.refused}


def outcomes(planned: Planned) -> Mapping[str, str]:
    """Return unit → outcome."""
    return dict(zip(planned.units["unit_id"], planned.units["outcome"], strict=True))


LOCKS = {(unit, "lock", "U4") for unit in TRIO}


def test_pins_are_carried_and_looked_at_again(town: Town, before: Path, tmp_path: Path) -> None:
    """U8 has left the ledger: its pin is told with its name; the others are kept as they were."""
    ledger = later(town, tmp_path, without("U8"))
    planned = plan_scenario(Scenario(ledger, town.areas, previous=before))

    assert kept(planned) == {*LOCKS, ("U7", "leave_out", "")}
    assert list(refused(planned)) == ["U8"]
    assert "台账中没有" in refused(planned)["U8"]
    assert planned.names["U8"] == "甲角电机有限公司"
    assert outcomes(planned)["U7"] == "left_out"
    assert {pin.place for pin in planned.plan.pins.kept} <= {f"上期第{n}条" for n in range(1, 6)}


def test_pins_follow_an_organisation_to_its_new_id(
    town: Town, before: Path, tmp_path: Path
) -> None:
    """The ledger numbers its rows afresh: name and address tell who is who."""

    def renumbered(rows: Rows) -> Rows:
        return [row | {"unit_id": f"N{row['unit_id'][1:]}"} for row in rows]

    ledger = later(town, tmp_path, renumbered)
    planned = plan_scenario(Scenario(ledger, town.areas, previous=before))

    assert kept(planned) == {
        *((f"N{unit[1:]}", "lock", "N4") for unit in TRIO),
        *(("N7", "leave_out", ""), ("N8", "host", "")),
    }


def test_a_new_file_wins(town: Town, before: Path, tmp_path: Path) -> None:
    """U3 is to be left out now: the whole locked branch gives way, what else was settled stays."""
    pins = saved(tmp_path / "pins.json", ("U3", "leave_out", ""), ("U8", "host", ""))
    planned = plan_scenario(Scenario(town.ledger, town.areas, previous=before, pins=pins))

    assert kept(planned) == {
        *(("U3", "leave_out", ""), ("U8", "host", ""), ("U7", "leave_out", "")),
    }
    assert set(refused(planned)) == set(TRIO)
    assert all("让位于新的人工调整" in why for why in refused(planned).values())


def test_old_pins_are_left_where_that_is_asked_for(
    lxgeo: Run, town: Town, before: Path, tmp_path: Path
) -> None:
    """With --pins-anew only the new file counts; without it both do, and names are told."""
    pins = saved(tmp_path / "pins.json", ("U7", "host", ""))
    asked = ("plan", town.ledger, "--areas", town.areas, "--out", tmp_path, "--previous", before)
    anew = lxgeo(*asked, "--pins", pins, "--pins-anew")
    both = lxgeo(*asked, "--pins", pins)

    assert anew.code == both.code == 0
    assert "采纳 1 项，未采纳 0 项" in anew.out
    assert "不纳入 乙北网络有限公司：让位于新的人工调整" in both.out.replace("\n", "")


def test_the_run_s_own_pins_say_nothing_new(town: Town, before: Path) -> None:
    """The map saves all pins again: each is kept once, none gives way."""
    again = Scenario(town.ledger, town.areas, previous=before, pins=before / "pins.json")
    planned = plan_scenario(again)

    assert len(planned.plan.pins.kept) == 5
    assert planned.plan.pins.refused == ()


def test_what_was_locked_and_is_approved_is_done_with(
    town: Town, before: Path, tmp_path: Path
) -> None:
    """The branch stands: its locks have done their work, and are told so."""
    (name,) = read_previous(before).proposed["name"]
    approved = tmp_path / "approved.txt"
    approved.write_text(name, encoding="utf-8")
    planned = plan_scenario(Scenario(town.ledger, town.areas, previous=before, approved=approved))

    assert {unit: outcomes(planned)[unit] for unit in TRIO} == dict.fromkeys(TRIO, "existing")
    assert set(refused(planned)) == set(TRIO)
    assert all("已了结" in why for why in refused(planned).values())
    assert planned.approvals == {name: TRIO}


def test_an_approval_stands_until_it_is_revoked(town: Town, before: Path, tmp_path: Path) -> None:
    """Nobody names it again in the third quarter: it is locked; in the fourth it is revoked."""
    (name,) = read_previous(before).proposed["name"]
    approved, revoked = tmp_path / "approved.txt", tmp_path / "revoked.csv"
    approved.write_text(name, encoding="utf-8")
    revoked.write_text(f"党支部,撤销\n{name},撤销\n", encoding="utf-8")
    first = Scenario(town.ledger, town.areas, previous=before, approved=approved)
    second = publish_scenario(plan_scenario(first), tmp_path, "q2").folder

    third = plan_scenario(Scenario(town.ledger, town.areas, previous=second))
    fourth = plan_scenario(Scenario(town.ledger, town.areas, previous=second, approved=revoked))

    assert {outcomes(third)[unit] for unit in TRIO} == {"existing"}
    assert third.approvals == {name: TRIO}
    assert {outcomes(fourth)[unit] for unit in TRIO} == {"joint"}
    assert fourth.approvals == {}
    with pytest.raises(InputError, match="不能在这里撤销"):
        read_previous(before, revoked)


def test_a_ledger_that_knows_better_comes_first(town: Town, before: Path, tmp_path: Path) -> None:
    """U4 has a branch of its own by the new ledger: only U2 and U3 are in the approved one."""
    (name,) = read_previous(before).proposed["name"]
    approved = tmp_path / "approved.txt"
    approved.write_text(name, encoding="utf-8")
    own = {"是否建立党组织": "是", "党组织名称": "甲北软件有限公司党支部", "党组织形式": "党支部"}

    def organised(rows: Rows) -> Rows:
        return [row | own if row["unit_id"] == "U4" else row for row in rows]

    ledger = later(town, tmp_path, organised)
    planned = plan_scenario(Scenario(ledger, town.areas, previous=before, approved=approved))
    branch = dict(zip(planned.units["unit_id"], planned.units["branch_id"], strict=True))

    assert branch["U2"] == branch["U3"] != branch["U4"]
    assert planned.approvals == {name: ("U2", "U3")}
