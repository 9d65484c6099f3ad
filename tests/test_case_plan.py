"""A real case from end to end: three districts of Shenzhen, taken as they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from lxgeo.model import Outcome
from lxgeo.scenario import Planned, Scenario, plan_scenario, publish_scenario, verify_run

UNITS = 693
NAMED_TOWNSHIPS = 347


@pytest.fixture(scope="module")
def planned(cases: Path) -> Planned:
    """Return the planned case."""
    folder = cases / "shenzhen"
    columns = {"full_members": "party_members"}
    return plan_scenario(Scenario(folder / "units.csv", folder, columns=columns))


def test_every_row_ends_in_one_outcome(planned: Planned) -> None:
    """693 rows in, 693 rows out, in order, each with an outcome, a rule and a reason."""
    units = planned.units

    assert units["row"].tolist() == [f"units!{i}" for i in range(2, UNITS + 2)]
    assert set(units["outcome"]) <= set(Outcome)
    assert units["rule"].notna().all()
    assert units["reason"].str.len().min() > 0
    assert sum(planned.evaluation.figures["outcomes"].values()) == UNITS  # type: ignore[union-attr]


def test_members_decide_as_the_rules_say(planned: Planned, cases: Path) -> None:
    """Three or more stand alone, none are no_members, one or two are joined or told why not."""
    members = pd.read_csv(cases / "shenzhen/units.csv")["party_members"]
    outcomes = planned.units["outcome"].reset_index(drop=True)

    assert set(outcomes[members >= 3]) == {"standalone"}
    assert set(outcomes[members == 0]) == {"no_members"}
    assert set(outcomes[members.between(1, 2)]) <= {"joint", "left_out", "not_located"}


def test_townships_named_in_addresses_are_found(planned: Planned, cases: Path) -> None:
    """At least 95 % of the 347 companies whose address names a township with a polygon."""
    truth = pd.read_csv(cases / "shenzhen/address_truth.csv")
    truth = truth[truth["township_has_polygon"]].set_index("unit_id")["township_in_address"]
    found = planned.units.set_index("unit_id")["township"].reindex(truth.index)

    assert len(truth) == NAMED_TOWNSHIPS
    assert (found == truth).mean() >= 0.95


def test_the_plan_is_verified_from_its_files(planned: Planned, tmp_path: Path) -> None:
    """No breach, and the roads of the case were used."""
    verdict = verify_run(publish_scenario(planned, tmp_path, "sz").folder)

    assert verdict.breaches == ()
    assert Counter(planned.units["precision"])["road"] > 50
