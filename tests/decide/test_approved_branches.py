"""Approved branches with room: whom they take in, at what cost, and which may not."""

from __future__ import annotations

import pandas as pd
import pytest
from tables_by_hand import branch_of, existing, of, row_of

from lxgeo.decide import propose
from lxgeo.model import Rule
from lxgeo.policy import Policy


def test_an_approved_joint_branch_with_room_takes_units_for_nothing() -> None:
    """Two units 300 m from a joint branch with room for one: the nearer joins, the other is left.

    Joining costs 300 m and opens nothing. No new branch is possible: two members.
    """
    joint = {"branch_id": "E7", "outcome": "joint", "at": (0, 0), "room": 1, "units": 4}
    plan = propose(row_of(300, 400), existing(joint), Policy())
    near, far = of(plan, "A"), of(plan, "B")
    branch = branch_of(plan, "A")

    assert (near["outcome"], near["branch_id"], near["mode"]) == ("joint", "E7", "host")
    assert near["why"].code is Rule.JOINS_EXISTING_BRANCH
    assert near["why"].figures["units"] == 5
    assert far["outcome"] == "left_out"
    assert far["why"].code is Rule.NO_PLACE_LEFT
    assert far["why"].figures["branch"] == "E7党支部"
    assert (branch["units"], branch["unit_ids"]) == (5, "A")
    assert branch["cost_m"] == pytest.approx(300, abs=0.05)
    assert plan.regions[0].cost_m == plan.regions[0].bound_m == pytest.approx(12_300, abs=0.05)


def test_opening_a_standalone_branch_is_paid_once() -> None:
    """Two units at a standalone branch's door: 800 m together, not 1,600 m."""
    host = {"branch_id": "E8", "outcome": "standalone", "at": (0, 0)}
    plan = propose(row_of(0, 0), existing(host), Policy())

    assert set(plan.units["outcome"]) == {"attached"}
    assert branch_of(plan, "A")["cost_m"] == branch_of(plan, "B")["cost_m"] == 800
    assert branch_of(plan, "A")["unit_ids"] == "A;B"


@pytest.mark.parametrize(
    "change",
    [
        {"room": 0},
        {"at": None},
        {"jurisdiction": "township:T2|territorial"},
        {"at": (1400, 0)},
        {"max_distance_m": 100.0},
        {"total_members": 50},
        {"outcome": "temporary"},
    ],
)
def test_an_approved_branch_that_may_not_take_units_takes_none(change: dict[str, object]) -> None:
    """No room, no position, another body, too far, its own limit, full, not a lasting branch."""
    host = {"branch_id": "E8", "outcome": "standalone", "at": (0, 0), **change}
    plan = propose(row_of(150, 150, total_members=1), existing(host), Policy())

    assert set(plan.units["outcome"]) == {"left_out"}
    assert plan.branches["cost_m"].tolist() == [0]


def test_an_approved_branch_below_three_must_be_brought_to_three() -> None:
    """A joint branch with one member left takes two units of one, but not one alone."""
    host = {"branch_id": "E8", "outcome": "joint", "at": (0, 0), "full_members": 1}

    one = propose(row_of(0), existing(host), Policy())
    two = propose(row_of(0, 0), existing(host), Policy())

    assert set(one.units["outcome"]) == {"left_out"}
    assert set(two.units["outcome"]) == {"joint"}
    assert branch_of(two, "A")["full_members"] == 3


def test_unknown_members_of_an_approved_branch_stay_unknown() -> None:
    """A branch whose members nobody told takes a unit in, and still tells none."""
    host = {
        "branch_id": "E8",
        "outcome": "joint",
        "at": (0, 0),
        "full_members": None,
        "total_members": None,
    }
    branch = branch_of(propose(row_of(0), existing(host), Policy()), "A")

    assert pd.isna(branch["full_members"])
    assert pd.isna(branch["total_members"])
    assert branch["units"] == 2
