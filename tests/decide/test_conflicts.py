"""What documents disagree on, each a setting, and each setting acts: a small case ends otherwise.

`lxgeo.text.policy_page.QUESTIONS` lists the disagreements. Whose members and which figure make a
unit stand alone, level, line and targets: tests of rules and judge hold more of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from tables_by_hand import existing, triaged

from lxgeo.decide import propose
from lxgeo.judge import targets
from lxgeo.model import Plan, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.rules.counting import bars, counted, large_enough
from lxgeo.rules.jurisdiction import add_lines
from lxgeo.rules.triage import _level, _stands_alone
from lxgeo.text.policy_page import QUESTIONS

CLOSE = (0, 100, 200)
NOBODY = {"outcome": "no_members", "why": Reason(Rule.NO_FULL_MEMBER)}
SECTORAL = {"line": "sectoral", "jurisdiction": "township:T1|sectoral"}


def plan(policy: Policy, *units: dict[str, Any], at: tuple[int, ...] = CLOSE) -> Plan:
    """Return the plan of units A, B, C in a row, of one full member each if not said otherwise."""
    rows = units or ({}, {}, {})
    named = (
        {"unit_id": "ABC"[i], "at": (at[i], 0), "max_distance_m": 1200.0, **row}
        for i, row in enumerate(rows)
    )
    return propose(triaged(*named), existing(), policy)


def together(*units: dict[str, Any], at: tuple[int, ...] = CLOSE) -> Callable[[Policy], bool]:
    """Return whether A shares a branch under a policy."""
    return lambda policy: plan(policy, *units, at=at).units["outcome"][0] == "joint"


def unit(**told: Any) -> Any:
    """Return a unit as the rules of triage read it."""
    counts = ("full_members", "affiliated_members", "probationary_members", "total_members")
    row = dict.fromkeys((*counts, "kin_majority", "part_time_members", "operating_status"))
    return pd.Series(row | told, dtype=object)


def figures(policy: Policy, **told: Any) -> dict[str, object]:
    """Return what the reason of a unit with three members or more tells."""
    verdict = _stands_alone(unit(**told), policy)
    assert verdict is not None
    assert verdict.why is not None
    return dict(verdict.why.figures)


def line_of_a_law_firm(policy: Policy) -> object:
    """Return the management line of a law firm whose row says nothing of it."""
    row = pd.DataFrame({"kind": ["律师事务所"], "name": ["甲所"]}).astype("str")
    empty = pd.Series([None], dtype="str")
    return add_lines(row.assign(line=empty, supervisor=empty), policy)["line"][0]  # type: ignore[arg-type]


def aims(policy: Policy) -> list[tuple[str, float, int]]:
    """Return name, share and denominator of each target over three units, one of no member."""
    made = plan(policy, {}, {}, {"full_members": 0, **NOBODY})
    return [(each.name, each.goal, each.after.denominator) for each in targets(made)]


OTHERS = {"industry_code": "I6510"}
SAME = {"industry_code": "C3921"}
CASES: dict[str, tuple[dict[str, object], dict[str, object], Callable[[Policy], object]]] = {
    "branch_committee_min": (
        {},
        {"branch_committee_min": 5},
        lambda policy: figures(policy, full_members=6)["committee"],
    ),
    "level_boundary": ({}, {"level_boundary": "gt"}, lambda policy: _level(50, policy)),
    "standalone_basis": (
        {},
        {"standalone_basis": "total"},
        lambda policy: large_enough(unit(full_members=2, probationary_members=1), policy),
    ),
    "level_basis": (
        {},
        {"level_basis": "full"},
        lambda policy: counted(
            unit(full_members=45, probationary_members=5), policy.level_basis, policy
        ),
    ),
    "joint_max_units": ({}, {"joint_max_units": 2}, together()),
    "absorb_zero": (
        {},
        {"absorb_zero": True},
        lambda policy: len(
            plan(policy, {"full_members": 2}, {}, {"full_members": 0, **NOBODY}).units["findings"][
                2
            ]
        ),
    ),
    "joint_min_full": ({}, {"joint_min_full": 2}, together({}, {})),
    "joint_by": ({}, {"joint_by": "near_and_like"}, together({}, OTHERS, OTHERS)),
    "like_trade": (
        {"joint_by": "near_and_like"},
        {"like_trade": "group"},
        together({}, SAME, SAME),
    ),
    "unknown_trade": (
        {"joint_by": "near_and_like"},
        {"unknown_trade": "unlike"},
        together({}, {"industry_code": None}, {"industry_code": None}),
    ),
    "like_reach": (
        {"joint_by": "near_or_like", "like_reach": 1.0},
        {"like_reach": 2.0},
        together(at=(0, 1300, 2600)),
    ),
    "trade_m": (
        {},
        {"trade_m": 0.0},
        lambda policy: plan(policy, {}, OTHERS, SAME).regions[0].cost_m,
    ),
    "family_rule": (
        {},
        {"family_rule": "bar"},
        lambda policy: [*bars(unit(full_members=4, kin_majority=True), policy)],
    ),
    "unaffiliated": (
        {},
        {"unaffiliated": "functional"},
        lambda policy: figures(policy, full_members=4, affiliated_members=1)["functional"],
    ),
    "line_by_kind": ({}, {"line_by_kind": {"professional": "territorial"}}, line_of_a_law_firm),
    "cross_line": ({}, {"cross_line": "all"}, together({}, SECTORAL, SECTORAL)),
    "target_over": ({}, {"target_over": "units_with_members"}, aims),
    "target_enterprise": ({}, {"target_enterprise": 0.5}, aims),
    "target_social": ({"target_reading": "coverages"}, {"target_social": 0.5}, aims),
    "target_reading": ({}, {"target_reading": "coverages"}, aims),
    "joint_basis": (
        {},
        {"joint_basis": "affiliated"},
        together({}, {}, {"affiliated_members": 0}),
    ),
    "count_part_time": (
        {},
        {"count_part_time": True},
        lambda policy: _stands_alone(unit(full_members=2, part_time_members=1), policy) is None,
    ),
}
"""Setting → settings before, what changes, and what is looked at."""


def test_every_disagreement_has_settings_and_each_a_case() -> None:
    """Twelve disagreements; no setting that decides one is without a case here."""
    assert len(QUESTIONS) == 12
    assert {name for _, names in QUESTIONS for name in names} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_setting_decides(name: str) -> None:
    """The same units, one setting changed: another answer."""
    before, change, look = CASES[name]
    policy = Policy.from_mapping(before)
    assert name in change

    assert look(policy) != look(Policy.from_mapping(change, base=policy))


def test_those_near_of_other_trades_are_told_to_be_what_hinders() -> None:
    """A among two of another trade: with near and like, that alone keeps it out, and it is told."""
    policy = Policy(joint_by="near_and_like")
    why = plan(policy, {}, OTHERS, OTHERS).units["why"][0]

    assert why.code is Rule.NO_LIKE_TRADE
    assert (why.figures["like_trade"], why.figures["members_in_reach"]) == ("division", 1)
    assert why.figures["nowhere"] is True


def test_a_partner_of_like_trade_beyond_the_limit_says_how_far() -> None:
    """A, B, C at 0, 1,300, 2,600 m, limit 1,200 m: one branch under B where trade reaches twice."""
    policy = Policy(joint_by="near_or_like")
    made = plan(policy, at=(0, 1300, 2600))

    assert set(made.units["outcome"]) == {"joint"}
    assert made.branches["host_id"][0] == "B"
    apart = plan(policy, {}, OTHERS, OTHERS, at=(0, 1300, 2600))
    assert apart.units["why"][0].code is Rule.NO_PARTNER_IN_REACH
    assert apart.units["why"][0].figures["like_limit_m"] == 2400.0
    told = made.branches["why"][0].figures
    assert (told["limit_m"], told["farther"]) == (2400.0, True)


def test_an_unknown_trade_is_marked_to_be_checked() -> None:
    """B's trade is unknown: it may share the branch, and the branch's reason says to check."""
    policy = Policy(joint_by="near_and_like")
    made = plan(policy, {}, {"industry_code": None}, SAME)

    assert set(made.units["outcome"]) == {"joint"}
    assert made.branches["why"][0].figures["trades_to_check"] == (
        2 if made.branches["host_id"][0] == "B" else 1
    )
    assert (
        plan(Policy(), {}, {"industry_code": None}, SAME)
        .branches["why"][0]
        .figures["trades_to_check"]
        is None
    )
