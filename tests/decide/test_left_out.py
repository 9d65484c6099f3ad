"""What is told of units that no branch takes in: who is missing, and what is nearest."""

from __future__ import annotations

from tables_by_hand import existing, of, row_of

from lxgeo.decide import propose
from lxgeo.model import Reason, Rule
from lxgeo.policy import Policy


def test_a_unit_without_anybody_has_no_nearest() -> None:
    """One unit in a jurisdiction: nobody, however far."""
    plan = propose(row_of(0), existing(), Policy())

    assert of(plan, "A")["why"] == Reason(
        Rule.NO_PARTNER_IN_REACH, {"limit_m": 1200.0, "nearest_m": None, "nowhere": True}
    )
    assert plan.regions[0].left_out_min == 1
    assert plan.regions[0].gap == 0


def test_two_members_in_reach_are_too_few() -> None:
    """Two units of one member each, 500 m apart: two members, three are needed."""
    plan = propose(row_of(0, 500), existing(), Policy())

    assert set(plan.units["outcome"]) == {"left_out"}
    figures = {"limit_m": 1200.0, "least": 3, "members_in_reach": 2, "nowhere": True}
    assert of(plan, "A")["why"] == Reason(Rule.TOO_FEW_IN_REACH, figures)
    assert plan.regions[0].left_out_min == 2


def test_no_place_left_names_the_nearest_branch() -> None:
    """Six of one member at one point, two units a branch need three members: three are left out.

    With at most three units a branch: A B C D E F at one point make two branches of three. Five of
    them make one, and two are left over, with the branch next door.
    """
    plan = propose(row_of(0, 0, 0, 0, 0), existing(), Policy(joint_max_units=3))
    left = plan.units[plan.units["outcome"] == "left_out"]

    assert len(left) == 2
    why = left["why"].iloc[0]
    assert why.code is Rule.NO_PLACE_LEFT
    assert why.figures["max_units"] == 3
    assert why.figures["nearest_m"] == 0
    assert why.figures["branch"] == plan.branches["name"].iloc[0]
    assert plan.regions[0].left_out_min == 0
    assert plan.regions[0].status == "optimal"


def test_a_full_branch_is_nobody_to_wait_for() -> None:
    """A branch without room at the door is no partner: that it is full is what hinders."""
    full = {"branch_id": "E8", "outcome": "joint", "at": (0, 0), "room": 0, "units": 5}
    plan = propose(row_of(0), existing(full), Policy())

    why = of(plan, "A")["why"]
    assert why.code is Rule.BRANCHES_FULL
    assert (why.figures["full_branch"], why.figures["full_branch_units"]) == ("E8党支部", 5)
