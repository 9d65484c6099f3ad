"""Figures of several districts added up, against sums worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lxgeo.judge.adding import add_rates, add_up
from lxgeo.model import Outcome


def summary(
    *, cost_m: float, bound_m: float, penalty_m: float, must_join: int, unknown: float | None
) -> dict[str, Any]:
    """Return a district's summary: half of those that must join are joined, the rest left out."""
    joint = must_join // 2
    outcomes = {str(each): 0 for each in Outcome} | {
        "joint": joint,
        "left_out": must_join - joint,
        "standalone": 5,
    }
    rate = {"name": "organisation", "over": "operating_units", "numerator": 5, "denominator": 20}
    return {
        "units": must_join + 5,
        "outcomes": outcomes,
        "joint_branches": 2,
        "thin_branches": 1,
        "must_join": must_join,
        "left_out": must_join - joint,
        "left_out_min": 0,
        "plan_cost_m": cost_m,
        "bound_m": bound_m,
        "unknown_trade_share": unknown,
        "full_members_unknown_low": 3,
        "full_members_unknown_high": 4,
        "max_distance_m": {f"T{must_join}": 2000.0},
        "regions": [{"region": f"t{must_join}", "left_out_m": penalty_m}],
        "coverage": {"before": [rate], "after": [rate | {"numerator": must_join}]},
    }


def test_costs_gap_and_means_are_of_the_sums() -> None:
    """3000 + 1000 over a bound of 3900, 2000 of it penalty: 100 / 2000 = 5 %, not a mean.

    The one's gap alone is 100 / (3000 − 2000) = 10 %, the other's 0. Five and ten units are
    joined, so a joined unit costs (4000 − 2000) / (5 + 10) = 133.33 m.
    """
    one = summary(cost_m=3000, bound_m=2900, penalty_m=2000, must_join=10, unknown=0.1)
    other = summary(cost_m=1000, bound_m=1000, penalty_m=0, must_join=20, unknown=0.25)
    told = add_up({"a": one, "b": other}, [np.array([100.0, 200.0]), np.array([300.0])])

    assert (told["plan_cost_m"], told["bound_m"]) == (4000, 3900)
    assert told["gap"] == pytest.approx(0.05)
    assert told["mean_cost_m"] == 133.33
    assert told["units"] == 40
    assert told["outcomes"]["joint"] == 15
    assert told["must_join"] == 30
    # 1 of 10 and 5 of 20 have no known trade.
    assert told["unknown_trade_share"] == pytest.approx(6 / 30)
    # 95 % of the way from the first of three to the last: between 200 and 300.
    assert told["p95_distance_m"] == 290
    assert [(each["county"], each["region"]) for each in told["regions"]] == [
        ("a", "t10"),
        ("b", "t20"),
    ]
    assert told["max_distance_m"] == {"T10": 2000.0, "T20": 2000.0}


def test_rates_are_sums_over_sums() -> None:
    """10 of 20 and 20 of 20 are 30 of 40, three in four."""
    one = summary(cost_m=0, bound_m=0, penalty_m=0, must_join=10, unknown=None)
    other = summary(cost_m=0, bound_m=0, penalty_m=0, must_join=20, unknown=None)
    after = add_rates([one["coverage"], other["coverage"]])["after"]

    assert after == [
        {
            "name": "organisation",
            "over": "operating_units",
            "numerator": 30,
            "denominator": 40,
            "value": 0.75,
        }
    ]


def test_who_knows_all_members_counts_the_same_at_zero_and_in_full() -> None:
    """One district tells 4 of 8 with the unknown at zero; the other, who knows all, 5 of 20."""
    plain = {"name": "with_members", "over": "units_with_members", "numerator": 5}
    known = {"before": [], "after": [plain | {"denominator": 20}]}
    low = {
        "name": "with_members_unknown_low",
        "over": "units_with_members_unknown_low",
        "numerator": 4,
        "denominator": 8,
    }
    unknown = {"before": [], "after": [plain | {"denominator": 6}, low]}
    after = {rate["name"]: rate for rate in add_rates([known, unknown])["after"]}

    assert after["with_members"]["value"] == 10 / 26
    assert after["with_members_unknown_low"]["numerator"] == 9
    assert after["with_members_unknown_low"]["denominator"] == 28


def test_districts_without_anybody_to_join_have_no_means() -> None:
    """No cost, no distance: figures that have no denominator are unknown, and the gap is 0."""
    empty = summary(cost_m=0, bound_m=0, penalty_m=0, must_join=0, unknown=None)
    told = add_up({"a": empty}, [np.zeros(0)])

    assert told["gap"] == 0
    assert told["mean_cost_m"] is None
    assert told["p95_distance_m"] is None
    assert told["unknown_trade_share"] is None
