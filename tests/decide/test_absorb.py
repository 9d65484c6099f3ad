"""Work coverage: who looks after units without a full member, and that it changes nothing else."""

from __future__ import annotations

import pytest
from tables_by_hand import existing, triaged

from lxgeo.decide import propose
from lxgeo.model import Plan, Reason, Rule
from lxgeo.policy import Policy

NONE = {"full_members": 0, "outcome": "no_members", "why": Reason(Rule.NO_FULL_MEMBER)}


def plan_of(*, absorb_zero: bool) -> Plan:
    """Return three units that found a branch, and Z, without members, 100 m from their host."""
    units = triaged(
        *({"unit_id": each, "at": (0, 0)} for each in "ABC"),
        {"unit_id": "Z", "at": (100, 0), **NONE},
        {"unit_id": "Y", "at": (100, 0), "jurisdiction": "township:T2|territorial", **NONE},
    )
    return propose(units, existing(), Policy(absorb_zero=absorb_zero))


def test_the_nearest_branch_looks_after_it() -> None:
    """Told as a finding with the branch's name; the unit stays what it is."""
    plan = plan_of(absorb_zero=True)
    zero = plan.units.set_index("unit_id").loc["Z"]
    (finding,) = zero["findings"]

    assert finding.code is Rule.WORK_COVERAGE
    assert finding.figures["branch"] == plan.branches["name"][0]
    assert finding.figures["distance_m"] == pytest.approx(100, abs=0.05)
    assert zero["outcome"] == "no_members"


def test_it_is_never_a_member_unit() -> None:
    """The branch lists three units and counts three: one more would not even be over its cap."""
    plan = plan_of(absorb_zero=True)
    zero = plan.units.set_index("unit_id").loc["Z"]
    (branch,) = plan.branches.itertuples()

    assert zero[["branch_id", "mode", "distance_m"]].isna().all()
    assert (branch.unit_ids, branch.units) == ("A;B;C", 3)
    assert plan.regions == plan_of(absorb_zero=False).regions


def test_another_body_looks_after_nobody() -> None:
    """Y stands under the other township, which has no branch; without the setting nobody is."""
    rows = plan_of(absorb_zero=True).units.set_index("unit_id")

    assert rows.loc["Y", "findings"] == ()
    assert plan_of(absorb_zero=False).units.set_index("unit_id").loc["Z", "findings"] == ()
