"""Every setting of the rules acts: the same unit, judged under two policies, ends otherwise."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from rows_by_hand import NATIONAL, areas, judged, located

from lxgeo.model import Rule
from lxgeo.policy import Policy
from lxgeo.read import read_policy
from lxgeo.rules import triage


def outcome(policy: Policy = NATIONAL, **unit: Any) -> str | None:
    """Return what becomes of a unit, None where it must join."""
    found = judged(policy, **unit)["outcome"]
    return None if pd.isna(found) else str(found)


@pytest.mark.parametrize(
    ("settings", "unit", "before", "after"),
    [
        ({"standalone_min_full": 4}, {"full_members": 3}, "standalone", None),
        (
            {"standalone_basis": "full"},
            {"full_members": 4, "affiliated_members": 1},
            "temporary",
            "standalone",
        ),
        (
            {"standalone_basis": "total"},
            {"full_members": 2, "probationary_members": 1},
            None,
            "standalone",
        ),
        (
            {"family_rule": "bar"},
            {"full_members": 4, "kin_majority": True},
            "standalone",
            None,
        ),
        (
            {"stable_only": True},
            {"full_members": 4, "operating_status": "suspended"},
            "standalone",
            None,
        ),
        (
            {"count_part_time": True},
            {"full_members": 2, "part_time_members": 1},
            None,
            "temporary",
        ),
    ],
)
def test_a_setting_changes_what_becomes_of_a_unit(
    settings: dict[str, object], unit: dict[str, Any], before: str | None, after: str | None
) -> None:
    """Before: the national policy. After: the same but for one setting."""
    assert outcome(**unit) == before
    assert outcome(Policy.from_mapping(settings), **unit) == after


@pytest.mark.parametrize(
    ("basis", "level"), [("total", "general_branch"), ("full", "branch"), ("affiliated", "branch")]
)
def test_the_level_goes_by_the_members_that_the_policy_counts(basis: str, level: str) -> None:
    """45 full and 5 probationary members: 50 in all, 45 full."""
    policy = Policy.from_mapping({"level_basis": basis})

    assert judged(policy, full_members=45, probationary_members=5)["level"] == level


def test_probationary_members_alone_found_no_branch() -> None:
    """Three on probation and none full: nobody could vote, whatever the policy counts."""
    policy = Policy.from_mapping({"standalone_basis": "total"})

    assert outcome(policy, full_members=0, probationary_members=3) == "no_members"


def test_a_branch_that_counts_all_members_says_what_the_constitution_counts() -> None:
    """Under 临汾 2 + 1 stand alone by another rule than 3, and the policy is named."""
    linfen = read_policy("linfen")
    why = judged(linfen, full_members=2, probationary_members=1)["why"]

    assert why.code is Rule.THREE_MEMBERS_IN_ALL
    assert (why.figures["total"], why.figures["full"]) == (3, 2)
    assert why.figures["rules"] == linfen.title
    assert judged(linfen, full_members=3)["why"].code is Rule.THREE_FULL_MEMBERS


@pytest.mark.parametrize(("least", "committee"), [(7, False), (5, True)])
def test_a_branch_committee_is_due_from_the_number_set(least: int, *, committee: bool) -> None:
    """Six full members: none at seven, one at five; another number than seven is told."""
    policy = Policy.from_mapping({"branch_committee_min": least})
    figures = judged(policy, full_members=6)["why"].figures

    assert figures["committee"] is committee
    assert figures.get("committee_least") == (None if least == 7 else least)


@pytest.mark.parametrize("choice", ["ask", "temporary", "functional"])
def test_what_to_set_up_for_members_affiliated_elsewhere_is_a_setting(choice: str) -> None:
    """Exactly one of the three is told."""
    policy = Policy.from_mapping({"unaffiliated": choice})
    figures = judged(policy, full_members=4, affiliated_members=1)["why"].figures

    assert [name for name in ("ask", "temporary", "functional") if figures[name]] == [choice]
    assert figures["rules"] == policy.title


def test_a_bar_is_told() -> None:
    """Barred from standing alone, the unit says why; below three members there is no bar."""
    wudang = read_policy("wudang")
    unstable = judged(wudang, full_members=4, operating_status="suspended")
    small = judged(wudang, full_members=2, operating_status="suspended")

    assert [each.code for each in unstable["findings"]] == [Rule.NOT_STABLE]
    assert small["findings"] == ()


def test_a_barred_unit_is_not_told_to_leave_its_joint_branch() -> None:
    """4 + 1 relatives' firm in a joint branch: national says standalone, 乌当 leaves it there."""
    units = located(
        {
            "full_members": 4,
            "kin_majority": True,
            "organised": True,
            "branch_named": "商会联合党支部",
        },
        {"full_members": 1, "organised": True, "branch_named": "商会联合党支部"},
    )

    national = triage(units, areas(), NATIONAL)["proposed_outcome"]
    wudang = triage(units, areas(), read_policy("wudang"))["proposed_outcome"]

    assert national.tolist() == ["standalone", "joint"]
    assert wudang.isna().all()


def test_a_units_kind_decides_its_line_only_where_its_row_says_nothing() -> None:
    """An association is sectoral by default, territorial if told so or under 乌当."""
    association: dict[str, Any] = {"full_members": 1, "kind": "社会团体", "line": None}

    assert judged(**association)["line"] == "sectoral"
    assert judged(**association | {"line": "territorial"})["line"] == "territorial"
    assert judged(read_policy("wudang"), **association)["line"] == "territorial"


def test_an_instructor_who_is_there_is_told() -> None:
    """A zero-member unit that has one needs no other."""
    assert "instructed" in judged(full_members=0, instructor=True)["why"].figures
    assert "instructed" not in judged(full_members=0)["why"].figures
