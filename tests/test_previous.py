"""Next quarter in the nine-unit town: what is approved is locked, what is proposed is kept to."""

from __future__ import annotations

from pathlib import Path

import pytest

from lxgeo.decide import propose
from lxgeo.errors import InputError
from lxgeo.model import Plan
from lxgeo.policy import Policy
from lxgeo.rules import existing_branches, triage
from lxgeo.scenario import Scenario, locate_scenario, plan_scenario, publish_scenario
from lxgeo.scenario.previous import Previous, former_of, read_previous, with_approved
from test_cli_diff import next_quarter
from town import Town

POLICY = Policy()


@pytest.fixture(scope="module")
def before(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the town's run of the quarter before."""
    out = tmp_path_factory.mktemp("before")
    return publish_scenario(plan_scenario(Scenario(town.ledger, town.areas)), out, "q1").folder


def replanned(town: Town, ledger: Path, previous: Previous) -> Plan:
    """Return the plan of a ledger that keeps to the one before."""
    found = locate_scenario(Scenario(ledger, town.areas))
    located = with_approved(found.located, previous).located
    triaged = triage(located, found.areas, POLICY)
    standing = existing_branches(triaged, found.areas, POLICY)
    former = former_of(triaged, standing, previous)
    return propose(triaged, standing, POLICY, areas=found.areas, former=former)


def branch_id(previous: Previous) -> str:
    """Return the id of the town's only proposal."""
    (found,) = previous.proposed["branch_id"]
    return str(found)


def test_an_approved_branch_is_locked(town: Town, before: Path, tmp_path: Path) -> None:
    """Approved by name or id: U2, U3 and U4 are existing, in one branch, whoever else comes."""
    (name,) = read_previous(before).proposed["name"]
    for said in (branch_id(read_previous(before)), name):
        approved = tmp_path / "approved.csv"
        approved.write_text(f"党支部编号\n{said}\n", encoding="utf-8")
        previous = read_previous(before, approved)
        units = replanned(town, town.ledger, previous).units.set_index("unit_id")

        inside = units.loc[["U2", "U3", "U4"]]
        assert inside["outcome"].tolist() == ["existing"] * 3
        assert inside["branch_id"].nunique() == 1
        assert units.loc["U7", "outcome"] == "attached"


def test_a_unit_that_grew_is_told_not_torn_out(town: Town, before: Path, tmp_path: Path) -> None:
    """U4 has three members next quarter: it stays in its approved branch, with a proposal."""
    approved = tmp_path / "approved.txt"
    approved.write_text(branch_id(read_previous(before)), encoding="utf-8")
    later = next_quarter(town.ledger, tmp_path)
    units = replanned(town, later, read_previous(before, approved)).units.set_index("unit_id")

    assert units.loc["U4", "outcome"] == "existing"
    assert units.loc["U4", "proposed_outcome"] == "standalone"


def test_proposals_are_the_former_hosts(town: Town, before: Path) -> None:
    """U2 hosted U3 and U4; U7 was attached to U6's branch."""
    previous = read_previous(before)
    found = locate_scenario(Scenario(town.ledger, town.areas))
    triaged = triage(found.located, found.areas, POLICY)
    standing = existing_branches(triaged, found.areas, POLICY)
    hosts = former_of(triaged, standing, previous).hosts

    assert {unit: hosts[unit] for unit in ("U2", "U3", "U4")} == dict.fromkeys(
        ("U2", "U3", "U4"), "U2"
    )
    (joined,) = previous.units.loc[previous.units["unit_id"] == "U7", "branch_id"]
    assert hosts["U7"] == joined
    assert set(hosts) == {"U2", "U3", "U4", "U7"}


def test_an_unknown_approval_is_told(before: Path, tmp_path: Path) -> None:
    """Every line that names no proposal of the run is told; so is a file that is not there."""
    approved = tmp_path / "approved.txt"
    approved.write_text("B0\nB1\n", encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_previous(before, approved)

    assert len(told.value.faults) == 2
    with pytest.raises(InputError):
        read_previous(before, tmp_path / "none.txt")
