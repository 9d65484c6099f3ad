"""Why units are left out: what hinders each, and where else it could go."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pytest
from areas_by_hand import areas, line
from tables_by_hand import existing, triaged

from lxgeo.decide import propose
from lxgeo.model import Areas, Figure, Plan, Reason, Rule
from lxgeo.policy import Policy

SECTORAL = {"line": "sectoral", "jurisdiction": "township:T1|sectoral"}
NEAR_M = 1.0
"""Positions are rounded to a centimetre, limits told in whole metres."""


def row_of(*units: tuple[float, dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return units A, B, C, … at some metres east of the corner."""
    return triaged(
        *({"unit_id": "ABCDEFGH"[i], "at": (at, 0), **told} for i, (at, told) in enumerate(units))
    )


def why(plan: Plan, unit_id: str) -> Reason:
    """Return why a unit ends where it does."""
    reason = plan.units.set_index("unit_id")["why"][unit_id]
    assert isinstance(reason, Reason)
    return reason


def figures(plan: Plan, unit_id: str) -> dict[str, Figure]:
    """Return what its reason looked at."""
    return dict(why(plan, unit_id).figures)


def test_units_under_another_body_are_what_hinders() -> None:
    """A (1) is territorial; B and C (1 + 1) next door are sectoral: 3 together, apart too few.

    Each body is told as its own row names the approver.
    """
    bureau = SECTORAL | {"approver": "市司法局党组织"}
    plan = propose(row_of((0, {}), (100, bureau), (200, bureau)), existing(), Policy(), areas=None)
    told = figures(plan, "A")

    assert set(plan.units["outcome"]) == {"left_out"}
    assert why(plan, "A").code is Rule.BODIES_APART
    assert (told["apart_units"], told["apart_full"], told["members_in_reach"]) == (2, 2, 1)
    assert (told["apart_body"], told["apart_line"]) == ("市司法局党组织", "sectoral")
    assert (told["own_body"], told["line"]) == ("甲街道党工委", "territorial")
    assert told["nowhere"] is True
    assert figures(plan, "B")["apart_units"] == 1


def test_another_body_that_would_not_help_is_not_what_hinders() -> None:
    """A (1) and B (1, sectoral): together two members, so A's reason is that nobody is there."""
    plan = propose(row_of((0, {}), (100, SECTORAL)), existing(), Policy())

    assert why(plan, "A").code is Rule.NO_PARTNER_IN_REACH


def test_another_body_beyond_the_limit_is_not_what_hinders() -> None:
    """B and C (sectoral) are 1,300 and 1,400 m away, the limit is 1,200 m."""
    plan = propose(row_of((0, {}), (1300, SECTORAL), (1400, SECTORAL)), existing(), Policy())

    assert why(plan, "A").code is Rule.NO_PARTNER_IN_REACH


def test_a_park_with_its_own_committee_is_another_body() -> None:
    """B and C stand under the park: its name is told where no approver is, not their township's."""
    park = {"jurisdiction": "park:P1|territorial", "park_id": "P1", "park": "甲园"}
    park["approver"] = None
    plan = propose(row_of((0, {}), (100, park), (200, park)), existing(), Policy())
    told = figures(plan, "A")

    assert (told["apart_body"], told["own_body"]) == ("甲园", "甲街道党工委")


def across_a_river() -> Areas:
    """Return areas with a river 50 m east of the corner."""
    river = line((50, -5000), (50, 5000))
    return areas(barriers=[{"id": "R1", "name": "大河", "geometry": river}])


def test_a_barrier_is_what_hinders() -> None:
    """A (1) on one bank, B and C (1 + 1) on the other, 100 m off in a straight line."""
    units = row_of((0, {}), (100, {}), (110, {}))
    joined = propose(units, existing(), Policy())
    apart = propose(units, existing(), Policy(), areas=across_a_river())

    assert set(joined.units["outcome"]) == {"joint"}
    assert why(apart, "A").code is Rule.BARRIER_BETWEEN
    assert figures(apart, "A")["barred_units"] == 2
    assert figures(apart, "B")["barred_units"] == 1


def test_a_barrier_that_changes_nothing_is_not_what_hinders() -> None:
    """A (1) and B (1) on two banks would be too few on one: a barrier is not told."""
    plan = propose(row_of((0, {}), (100, {})), existing(), Policy(), areas=across_a_river())

    assert why(plan, "A").code is Rule.NO_PARTNER_IN_REACH


def test_a_full_branch_next_door_is_what_hinders() -> None:
    """The joint branch 300 m away holds five units; A has nobody else."""
    full = {"branch_id": "E1", "outcome": "joint", "at": (300, 0), "units": 5, "room": 0}
    plan = propose(row_of((0, {})), existing(full), Policy())
    told = figures(plan, "A")

    assert why(plan, "A").code is Rule.BRANCHES_FULL
    assert (told["full_branch"], told["full_branch_units"]) == ("E1党支部", 5)
    assert told["full_branch_m"] == pytest.approx(300, abs=0.05)
    assert told["nowhere"] is True


def test_a_full_branch_beyond_the_limit_or_of_another_body_is_not() -> None:
    """1,300 m away, or under the other line: not what hinders."""
    far = {"branch_id": "E1", "outcome": "joint", "at": (1300, 0), "units": 5, "room": 0}
    other = {**far, "at": (300, 0), "jurisdiction": "township:T1|sectoral"}

    for branch in (far, other):
        plan = propose(row_of((0, {})), existing(branch), Policy())
        assert why(plan, "A").code is Rule.NO_PARTNER_IN_REACH


def test_the_nearest_legal_way_is_the_branch_that_was_proposed() -> None:
    """B, C, D at 1,500, 1,600, 1,700 m found a branch under C: A would join it at 1,600 m.

    Planned anew A could be with B (1,500 m) and C under B: a limit of 1,500 m would do.
    """
    plan = propose(row_of((0, {}), (1500, {}), (1600, {}), (1700, {})), existing(), Policy())
    told = figures(plan, "A")

    assert why(plan, "A").code is Rule.NO_PARTNER_IN_REACH
    assert told["alternative"] == plan.branches["name"][0]
    assert told["alternative_m"] == pytest.approx(1600, abs=0.05)
    assert told["wider_m"] == pytest.approx(1600, abs=NEAR_M)
    assert told["least_m"] == pytest.approx(1500, abs=NEAR_M)


def test_a_wider_limit_places_the_unit() -> None:
    """What is told is true: with that limit A is in a branch, with 10 m less it is not."""
    places = (0, 1500, 1600, 1700)
    told = figures(propose(row_of(*((at, {}) for at in places)), existing(), Policy()), "A")

    def outcome(limit_m: Figure) -> str:
        units = row_of(*((at, {"max_distance_m": limit_m}) for at in places))
        return str(propose(units, existing(), Policy()).units["outcome"][0])

    assert isinstance(told["least_m"], float)
    assert outcome(told["least_m"]) == "joint"
    assert outcome(told["least_m"] - 10) == "left_out"


def test_a_proposed_branch_without_room_is_no_way() -> None:
    """Five at 1,500 m fill their branch: A's way is the standalone branch at 1,800 m."""
    alone = {"branch_id": "E1", "outcome": "standalone", "at": (1800, 5000), "room": 4}
    five = [(1500.0, {"full_members": 1}) for _ in range(5)]
    far = {**alone, "at": (0, 1800)}
    plan = propose(row_of((0, {}), *five), existing(far), Policy())
    told = figures(plan, "A")

    assert told["attach_to"] == "E1党支部"
    assert "alternative" not in told
    assert told["wider_m"] == pytest.approx(1800, abs=NEAR_M)
    assert told["least_m"] == pytest.approx(1500, abs=NEAR_M)


def test_others_that_are_left_out_are_a_way() -> None:
    """A (1) and B (2), 1,300 m apart: with that limit they found a branch together."""
    plan = propose(row_of((0, {}), (1300, {"full_members": 2})), existing(), Policy())
    told = figures(plan, "A")

    assert told["partners"] == "B电子有限公司"
    assert told["wider_m"] == pytest.approx(1300, abs=NEAR_M)
    assert "least_m" not in told


def test_many_are_told_in_little_time() -> None:
    """Three hundred units, each 2 km from the next: every one has its way, all of them alike."""
    rows = (
        {"unit_id": f"U{i:03}", "at": (2000.0 * (i % 20), 2000.0 * (i // 20))} for i in range(300)
    )
    plan = propose(triaged(*rows), existing(), Policy())

    assert set(plan.units["outcome"]) == {"left_out"}
    assert {reason.figures["wider_m"] for reason in plan.units["why"]} <= {2000.0, 2001.0}
