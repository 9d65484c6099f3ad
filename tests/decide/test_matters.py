"""What only a superior can decide: what merging would gain, how a branch over its cap splits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from areas_by_hand import areas
from tables_by_hand import existing, triaged

from lxgeo.decide import propose
from lxgeo.decide.plans.found import LEFT_OUT
from lxgeo.decide.solve import solve
from lxgeo.decide.superior import merging
from lxgeo.model import Areas, Matter, Plan, Reason, Rule
from lxgeo.policy import Policy

SECTORAL = {"line": "sectoral", "jurisdiction": "township:T1|sectoral"}
OTHER_TOWN = {"township_id": "T2", "jurisdiction": "township:T2|territorial"}
HOUSE = {"building_id": "B1", "building": "创业大厦"}
PARK = {"park_id": "P1", "park": "甲园"}


def units(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    """Return units A, B, C, … at one point."""
    return triaged(
        *({"unit_id": "ABCDEFGHIJ"[i], "at": (0, 0), **row} for i, row in enumerate(rows))
    )


def only(plan: Plan) -> Matter:
    """Return a plan's one matter."""
    (matter,) = plan.matters
    return matter


def test_what_merging_a_building_would_gain() -> None:
    """A (2, territorial) and B (1, sectoral) in one house: 24,000 apart, 500 + 300 together."""
    rows = units({**HOUSE, "full_members": 2}, {**HOUSE, **SECTORAL})
    matter = only(propose(rows, existing(), Policy()))

    assert (matter.kind, matter.about, matter.name) == ("building", "B1", "创业大厦")
    assert matter.jurisdictions == ("township:T1|sectoral", "township:T1|territorial")
    assert matter.unit_ids == ("A", "B")
    assert (matter.full_members, matter.left_out) == (3, 2)
    assert matter.why == Reason(
        Rule.MERGING_WOULD_GAIN,
        {
            "units": 2,
            "bodies": 2,
            "full": 3,
            "solved": True,
            "gained_units": 2,
            "gained_m": 23_200.0,
        },
    )


def test_merging_that_only_costs_less() -> None:
    """Two branches of three (800 + 800) would be one of six (500): nobody more is covered."""
    three = {**HOUSE, "full_members": 2}, {**HOUSE, "full_members": 1}
    rows = units(*three, *({**each, **SECTORAL} for each in three))
    matter = only(propose(rows, existing(), Policy()))

    assert matter.left_out == 0
    assert matter.why.figures["cheaper"] is True
    assert matter.why.figures["gained_m"] == 1_100.0
    assert "gained_units" not in matter.why.figures


def test_merging_that_gains_nothing_is_listed_all_the_same() -> None:
    """1 + 1 full members under two lines: no branch could stand either way."""
    matter = only(propose(units(HOUSE, {**HOUSE, **SECTORAL}), existing(), Policy()))

    assert matter.left_out == 2
    assert matter.why.figures["nothing"] is True


def test_a_branch_that_reaches_beyond_the_house_may_take_the_other_line_in() -> None:
    """B, C (sectoral) in the house found a branch with D, 300 m off: A would be the fourth.

    Apart 500 + 300 + 300 and A's 12,000; together 500 + 300. E, left out outside the house, is
    no part of it.
    """
    rows = units(
        HOUSE,
        {**HOUSE, **SECTORAL},
        {**HOUSE, **SECTORAL},
        {**SECTORAL, "at": (300, 0)},
        {"at": (400, 0)},
    )
    matter = only(propose(rows, existing(), Policy()))

    assert matter.left_out == 1
    assert matter.why.figures["gained_units"] == 1
    assert matter.why.figures["gained_m"] == pytest.approx(12_300, abs=0.05)


def test_one_body_is_nothing_to_decide() -> None:
    """Units of one jurisdiction in a house, or of two in two houses: no matter."""
    assert propose(units(HOUSE, HOUSE), existing(), Policy()).matters == ()
    apart = units(HOUSE, {**SECTORAL, "building_id": "B2"})
    assert propose(apart, existing(), Policy()).matters == ()


def test_an_approved_branch_in_the_house_would_take_the_other_line_in() -> None:
    """B (sectoral) is left out beside A's joint branch, which still has room for one more."""
    joint = {"branch_id": "E1", "outcome": "joint", "at": (0, 0), "units": 3, "room": 2}
    rows = units(HOUSE, {**HOUSE, **SECTORAL})
    gained = only(propose(rows, existing({**joint, "building_id": "B1"}), Policy())).why.figures
    full = {**joint, "building_id": "B1", "room": 1}
    nothing = only(propose(rows, existing(full), Policy())).why.figures

    assert (gained["gained_units"], gained["gained_m"]) == (1, 12_000.0)
    assert nothing["nothing"] is True


def test_a_place_too_large_to_plan_is_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    """What could be gained at most is told as an estimate."""
    monkeypatch.setattr(merging, "_AT_ALL", 1)
    rows = units({**HOUSE, "full_members": 2}, {**HOUSE, **SECTORAL})
    figures = only(propose(rows, existing(), Policy())).why.figures

    assert (figures["estimated"], figures["gained_units"]) == (True, 2)
    assert "gained_m" not in figures


def park_of(*, has_committee: bool | None) -> Areas:
    """Return areas with one park."""
    return areas(parks=[{"id": "P1", "name": "甲园", "has_committee": has_committee}])


@pytest.mark.parametrize(
    ("has_committee", "code"),
    [(None, Rule.PARK_COMMITTEE_UNKNOWN), (False, Rule.MERGING_WOULD_GAIN)],
)
def test_a_park_across_townships(*, has_committee: bool | None, code: Rule) -> None:
    """2 + 1 on two sides of a township line: where nobody says, its committee is asked for."""
    rows = units({**PARK, "full_members": 2}, {**PARK, **OTHER_TOWN})
    plan = propose(rows, existing(), Policy(), areas=park_of(has_committee=has_committee))
    matter = only(plan)

    assert (matter.kind, matter.name) == ("park", "甲园")
    assert matter.why.code is code
    assert matter.why.figures["gained_units"] == 2


def test_a_park_committee_would_keep_lines_apart() -> None:
    """2 (territorial) and 1 (sectoral) across townships: a committee of the park gains nothing."""
    other = {**OTHER_TOWN, "line": "sectoral", "jurisdiction": "township:T2|sectoral"}
    rows = units({**PARK, "full_members": 2}, {**PARK, **other})
    plan = propose(rows, existing(), Policy(), areas=park_of(has_committee=None))

    assert only(plan).why.figures["nothing"] is True


def test_those_that_gain_most_come_first() -> None:
    """B1 gains nothing, B2 (5 km away) two units: B2 first."""
    second = {"building_id": "B2", "building": "乙楼", "at": (5000, 0)}
    rows = units(
        HOUSE, {**HOUSE, **SECTORAL}, {**second, "full_members": 2}, {**second, **SECTORAL}
    )
    plan = propose(rows, existing(), Policy())

    assert [matter.about for matter in plan.matters] == ["B2", "B1"]


def over_cap(*full: int, apart_m: float = 10.0) -> tuple[gpd.GeoDataFrame, dict[str, Any]]:
    """Return an approved joint branch of units A, B, C, … in a row, hosted by A."""
    inside = {"outcome": "existing", "why": Reason(Rule.APPROVED_BRANCH)}
    rows = triaged(
        *(
            {"unit_id": "ABCDEFGHIJ"[i], "at": (apart_m * i, 0), "full_members": each, **inside}
            for i, each in enumerate(full)
        )
    )
    branch = {
        "branch_id": "E1",
        "name": "商会联合党支部",
        "outcome": "joint",
        "at": (0, 0),
        "host_id": "A",
        "unit_ids": ";".join(rows["unit_id"]),
        "units": len(full),
        "room": 0,
        "full_members": sum(full),
        "total_members": sum(full),
    }
    return rows, branch


def test_one_unit_over_moves_into_a_branch_with_room() -> None:
    """Six units, cap five: one moves to the neighbour, the nearest one to it, F at 50 m."""
    rows, branch = over_cap(1, 1, 1, 1, 1, 1)
    near = {"branch_id": "E2", "name": "东街联合党支部", "outcome": "joint", "at": (300, 0)}
    matter = only(propose(rows, existing(branch, {**near, "units": 3, "room": 2}), Policy()))

    assert (matter.kind, matter.about, matter.why.code) == ("branch", "E1", Rule.SPLIT_OVER_CAP)
    assert matter.why.figures["moving"] == "F电子有限公司"
    assert matter.why.figures["into"] == "东街联合党支部"
    assert matter.why.figures["leaving"] is None
    assert matter.why.figures["staying_units"] == 5
    assert matter.why.figures["staying_full"] == 5


def test_two_leave_where_they_can_stand_together() -> None:
    """1 1 1 1 2 1: nobody takes one in, so E (2) leaves with its neighbour: 2 + 1 = 3.

    D and F are both 10 m from E; D comes before F. Four stay, with 4 full members.
    """
    rows, branch = over_cap(1, 1, 1, 1, 2, 1)
    figures = only(propose(rows, existing(branch), Policy())).why.figures

    assert figures["leaving"] == "D电子有限公司、E电子有限公司"
    assert figures["leaving_units"] == 2
    assert (figures["staying_units"], figures["staying_full"]) == (4, 4)


def test_who_has_three_leaves_first() -> None:
    """3 1 1 1 1 1, hosted by B: A stands alone, and the other five may stay together."""
    rows, branch = over_cap(3, 1, 1, 1, 1, 1)
    figures = only(propose(rows, existing({**branch, "host_id": "B"}), Policy())).why.figures

    assert figures["leaving"] == "A电子有限公司"
    assert (figures["staying_units"], figures["staying_full"]) == (5, 5)


def test_what_the_ledger_does_not_show_is_not_split() -> None:
    """Seven units, of which the ledger shows six; or units too far from each other: unsolved."""
    rows, branch = over_cap(1, 1, 1, 1, 1, 1)
    hidden = only(propose(rows, existing({**branch, "units": 7}), Policy()))
    far, apart = over_cap(1, 1, 1, 1, 1, 1, apart_m=5000.0)

    assert hidden.why.figures["unsolved"] is True
    assert only(propose(far, existing(apart), Policy())).why.figures["unsolved"] is True


def test_conditions_to_check_name_no_kin() -> None:
    """Five full members, a notice: the superior is asked, and no reason for it is written out."""
    kin = {"findings": (Reason(Rule.KIN_MAJORITY, {"bar": False}),), "full_members": 5}
    alone = {"outcome": "standalone", "level": "branch", "why": Reason(Rule.THREE_FULL_MEMBERS)}
    asked = only(propose(units({**kin, **alone}), existing(), Policy()))
    barred = only(propose(units(kin), existing(), Policy(family_rule="bar")))

    assert (asked.kind, asked.about, asked.full_members) == ("unit", "A", 5)
    assert asked.why == Reason(Rule.CONDITIONS_TO_CHECK, {"full": 5, "least": 3, "barred": False})
    assert barred.why.figures["barred"] is True


def two_houses() -> gpd.GeoDataFrame:
    """Return two houses, 2 and 1 full members under two lines in each: either would gain."""
    there = {"building_id": "B2", "building": "兴业大厦", "at": (5_000, 0)}
    houses = (HOUSE, there)
    return units(
        *(
            {**house, **line, "full_members": full}
            for house in houses
            for line, full in (({}, 2), (SECTORAL, 1))
        )
    )


def test_many_merged_places_are_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who runs the regions runs the merged places too, in any order, and the same is told."""
    monkeypatch.setattr(merging, "_WORTH_SHARING", 1)
    told: list[list[str]] = []

    def backwards(function: Any, tasks: Any) -> list[Any]:
        tasks = list(tasks)
        told.append([task.region.partition("|")[0] for task in tasks])
        return [function(task) for task in reversed(tasks)]

    shared = propose(two_houses(), existing(), Policy(), run=backwards)

    assert told[-1] == ["building:B1", "building:B2"]
    assert [each.why.figures["gained_m"] for each in shared.matters] == [23_200.0, 23_200.0]
    assert shared.matters == propose(two_houses(), existing(), Policy()).matters


@pytest.mark.parametrize("effort", ["fast", "standard", "best"])
def test_merged_places_are_planned_as_hard_as_the_plan(
    effort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every effort asks the solver for its own, once: two houses gain at the first try."""
    asked: list[str] = []

    def noting(task: Any) -> Any:
        asked.append(task.effort)
        return solve(task)

    monkeypatch.setattr(merging, "solve", noting)
    plan = propose(two_houses(), existing(), Policy(), effort=effort)

    assert asked == [effort, effort]
    assert [each.why.figures["gained_units"] for each in plan.matters] == [2, 2]


def test_a_merged_place_that_was_cut_short_is_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time left: what could be gained at most is told, and nothing as if it were reckoned."""
    monkeypatch.setattr(merging, "solve", lambda task: replace(solve(task), stopped=True))
    figures = propose(two_houses(), existing(), Policy()).matters[0].why.figures

    assert (figures["estimated"], figures["gained_units"]) == (True, 2)
    assert "gained_m" not in figures


def test_that_merging_gains_nothing_is_told_only_after_a_closer_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fast plan that gains nothing, though its bound leaves room: planned again, closer."""

    def careless(task: Any) -> Any:
        answer = solve(task)
        if task.effort != "fast":
            return answer
        nobody = np.full_like(answer.labels, LEFT_OUT)
        return replace(answer, labels=nobody, cost_cm=2_400_000, bound_cm=0)

    monkeypatch.setattr(merging, "solve", careless)
    rows = units({**HOUSE, "full_members": 2}, {**HOUSE, **SECTORAL})
    figures = only(propose(rows, existing(), Policy(), effort="fast")).why.figures

    assert (figures["gained_units"], figures["gained_m"]) == (2, 23_200.0)
