"""One run from end to end, as a notebook calls it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from lxgeo import text
from lxgeo.engine import Engine
from lxgeo.model import Rule
from lxgeo.policy import Policy
from lxgeo.scenario import STAGES, Planned, Scenario, plan_scenario, publish_scenario, verify_run
from lxgeo.tables import BRANCHES, PLANNED, PLANNED_BRANCHES, UNITS
from town import Town


@pytest.fixture(scope="module")
def planned(town: Town) -> Planned:
    """Return the planned town."""
    return plan_scenario(Scenario(town.ledger, town.areas))


def test_every_table_conforms_to_its_schema(planned: Planned) -> None:
    """What goes out holds what its schema says."""
    PLANNED.check(planned.plan.units)
    PLANNED_BRANCHES.check(planned.plan.branches)
    UNITS.check(planned.units)
    BRANCHES.check(planned.branches)


def test_every_row_ends_once_with_a_reason_in_both_languages(planned: Planned) -> None:
    """Nothing vanishes, nothing is counted twice, and every why can be read."""
    units = planned.plan.units

    assert units["row"].tolist() == [f"九家!{i}" for i in range(2, 11)]
    assert units["outcome"].notna().all()
    assert all(text.reason(why, "zh") and text.reason(why, "en") for why in units["why"])


def test_two_workers_give_the_same_plan(town: Town, planned: Planned) -> None:
    """In line or on two processes: the same tables and the same costs."""
    other = plan_scenario(Scenario(town.ledger, town.areas, engine=Engine(workers=2)))

    pd.testing.assert_frame_equal(other.units, planned.units)
    pd.testing.assert_frame_equal(other.branches, planned.branches)
    assert [dataclasses.replace(r, seconds=0) for r in other.plan.regions] == [
        dataclasses.replace(r, seconds=0) for r in planned.plan.regions
    ]


def test_stages_are_told_and_timed(town: Town, tmp_path: Path) -> None:
    """Each stage is told as it begins; each has its seconds."""
    told: list[str] = []
    planned = plan_scenario(Scenario(town.ledger, town.areas), progress=told.append)
    publish_scenario(planned, tmp_path, progress=told.append)

    assert tuple(told) == STAGES
    assert set(planned.seconds) == set(STAGES) - {"publish"}
    assert all(region.seconds > 0 for region in planned.plan.regions)


def test_zero_member_units_are_looked_after_where_the_policy_says_so(town: Town) -> None:
    """U5 stays without an organisation, and the nearest branch of 甲街道 looks after it.

    U5 stands at (1500, 500); the host of the joint branch at (1000, 1000), 707 m away, U1 1,200 m.
    """
    scenario = Scenario(town.ledger, town.areas, policy=Policy(absorb_zero=True))
    units = plan_scenario(scenario).plan.units.set_index("unit_id")
    (finding,) = units.loc["U5", "findings"]

    assert units.loc["U5", "outcome"] == "no_members"
    assert finding.code is Rule.WORK_COVERAGE
    assert "联合党支部" in str(finding.figures["branch"])
    assert finding.figures["distance_m"] == pytest.approx(707.1, abs=0.1)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_run_in_either_language_is_verified(town: Town, tmp_path: Path, lang: str) -> None:
    """Language changes words, never the plan."""
    planned = plan_scenario(Scenario(town.ledger, town.areas, lang=lang))  # type: ignore[arg-type]
    published = publish_scenario(planned, tmp_path, "town")
    verdict = verify_run(published.folder)

    assert verdict.breaches == ()
    assert verdict.units == 9
    assert verdict.figures["plan_cost_m"] == pytest.approx(15_125, abs=0.05)
