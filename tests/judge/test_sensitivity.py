"""What one setting does, and what nobody can tell apart."""

from __future__ import annotations

import numpy as np
import pytest

from lxgeo.judge.compare import HEADLINES
from lxgeo.judge.sensitivity import changed_settings, sensitivity
from lxgeo.policy import Policy


def figures(cost: float | None) -> dict[str, float | None]:
    """Return headline figures of which only the cost differs."""
    return dict.fromkeys(HEADLINES, 1.0) | {"plan_cost_m": cost}


def test_a_setting_goes_from_value_to_next_value() -> None:
    """300, 900 and 100 m are two steps: 100 to 300 and 300 to 900."""
    policies = [Policy(), Policy(trade_m=900.0), Policy(trade_m=100.0)]
    told = sensitivity(policies, [figures(10), figures(40), figures(4)])
    moved = [(step.was, step.now, step.moved["plan_cost_m"]) for step in told.steps]

    assert moved == [(100.0, 300.0, 6), (300.0, 900.0, 30)]
    assert [(step.before, step.after) for step in told.steps] == [(2, 0), (0, 1)]
    assert all(step.moved["covered"] == 0 for step in told.steps)
    assert told.entangled == ()


def test_a_setting_is_held_against_what_is_alike_but_for_it() -> None:
    """Both settings change alone under one value of the other: a cross of four has four steps."""
    policies = [Policy(thin_m=t, trade_m=m) for t in (0.0, 300.0) for m in (300.0, 900.0)]
    told = sensitivity(policies, [figures(each) for each in (1, 2, 4, 8)])

    assert [(step.setting, step.moved["plan_cost_m"]) for step in told.steps] == [
        ("thin_m", 3),
        ("thin_m", 6),
        ("trade_m", 1),
        ("trade_m", 4),
    ]


def test_what_changes_together_is_told() -> None:
    """Two settings of one scenario: neither has a step; the nearest pair and the other are told."""
    policies = [Policy(), Policy(thin_m=0.0, branch_m=0.0), Policy(distance="walk")]
    told = sensitivity(policies, [figures(1), figures(2), figures(None)])
    (step,) = told.steps

    assert (step.setting, step.moved["plan_cost_m"]) == ("distance", None)
    assert [(each.setting, each.before, each.after, each.others) for each in told.entangled] == [
        ("branch_m", 0, 1, ("thin_m",)),
        ("thin_m", 0, 1, ("branch_m",)),
    ]


def test_settings_that_are_tables_are_told_by_their_entries() -> None:
    """The reach of towns is a setting of its own; what a policy is called is none."""
    other = Policy(name="x", title="y", max_distance_m_by_kind={"town": 900.0})

    assert changed_settings(other, Policy()) == {"max_distance_m_by_kind.town": (1500.0, 900.0)}


@pytest.mark.parametrize("seed", range(4))
def test_gap_that_is_no_number_moves_nothing(seed: int) -> None:
    """An infinite gap has no difference."""
    value = [np.inf, -np.inf, np.nan, None][seed]
    told = sensitivity(
        [Policy(), Policy(thin_m=0.0)], [figures(1) | {"gap": value}, figures(1) | {"gap": 0.1}]
    )

    assert told.steps[0].moved["gap"] is None
