"""The smallest repair of an approved branch that is short: the fewest units, then the nearest.

At 38° N a thousandth of a degree of latitude is 111.0 m. The branch stands at (105.05, 38.05).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pytest
from rows_by_hand import NATIONAL, areas, in_branch, located

from lxgeo.model import Figure, Rule
from lxgeo.policy import Policy
from lxgeo.rules import triage


def repair(*open_units: dict[str, Any], policy: Policy = NATIONAL) -> Mapping[str, Figure]:
    """Return what is told of a branch of 1 + 1, with these units around it."""
    return _repair(located(in_branch(1), in_branch(1), *open_units), policy)


def _repair(units: gpd.GeoDataFrame, policy: Policy) -> Mapping[str, Figure]:
    """Return what is told of the branch that the first of some units is in."""
    (found,) = triage(units, areas(), policy)["findings"].iloc[0]
    assert found.code is Rule.JOINT_UNDER_THREE
    return found.figures


def at(thousandths: int, full: int = 1, **more: Any) -> dict[str, Any]:
    """Return a unit so many thousandths of a degree north of the branch."""
    return {"full_members": full, "lat": 38.05 + thousandths / 1000, **more}


def test_the_nearest_unit_that_is_enough_fills_a_branch_up() -> None:
    """One member is missing: the unit 222 m away, not the larger one at 555 m."""
    figures = repair(at(5, 2, name="远厂"), at(2, 1, name="近店"))

    assert figures["partners"] == "近店"
    assert figures["partner_m"] == pytest.approx(222.0, abs=0.5)


def test_fewer_units_go_before_nearer_ones() -> None:
    """Two are missing: one unit of two at 888 m changes less than two of one at 111 m."""
    policy = Policy(joint_min_full=4)

    assert repair(at(1), at(1), at(8, 2, name="二人厂"), policy=policy)["partners"] == "二人厂"
    assert repair(at(1, name="甲"), at(2, name="乙"), policy=policy)["partners"] == "甲、乙"


@pytest.mark.parametrize(
    "unit",
    [
        at(11),  # 1,221 m, beyond the 1,200 m of an urban township
        at(1, line="sectoral"),
        at(1, 1, probationary_members=48),  # 2 + 49 = 51 members, above fifty
        at(1, 0),
        at(1, precision="township"),
    ],
    ids=["too far", "another line", "too many members", "no member", "no position"],
)
def test_who_may_not_join_repairs_nothing(unit: dict[str, Any]) -> None:
    """Nobody in reach: the branch is better dissolved."""
    figures = repair(unit)

    assert figures["dissolve"] is True
    assert "partners" not in figures


def test_those_left_behind_are_filled_up_too() -> None:
    """The unit of four leaves; the two that stay are one short, the nearest unit makes three."""
    units = located(in_branch(4), in_branch(1), in_branch(1), at(3, name="近店"))
    findings = triage(units, areas(), NATIONAL)["findings"]

    assert [each.code for each in findings.iloc[0]] == [Rule.THREE_INSIDE_JOINT]
    assert findings.iloc[1][0].figures["partners"] == "近店"


def test_a_full_branch_takes_nobody_in() -> None:
    """A cap of two units: there is no place for a third."""
    assert repair(at(1), policy=Policy(joint_max_units=2))["dissolve"] is True


LAW, CAFE, SOFTWARE = "L7231", "H6221", "I6510"


@pytest.mark.parametrize(
    ("law", "partners"),
    [
        (Policy(), "咖啡店"),  # whoever is near
        (Policy(joint_by="near_and_like", unknown_trade="unlike"), "法律所"),
        (Policy(joint_by="near_and_like", unknown_trade="check"), "不明店"),
    ],
    ids=["near", "near and like", "unknown trades to be checked"],
)
def test_trade_decides_who_fills_a_branch_up(law: Policy, partners: str) -> None:
    """A legal service in a branch of two: a café at 111 m, one of unknown trade, a law firm."""
    own = {"industry_code": LAW}
    around = (
        at(1, name="咖啡店", industry_code=CAFE),
        at(2, name="不明店"),
        at(3, name="法律所", industry_code=LAW),
    )
    units = located(in_branch(1, **own), in_branch(1, **own), *around)

    assert _repair(units, law)["partners"] == partners


def test_nobody_of_like_trade_in_reach_dissolves_the_branch() -> None:
    """The only unit in reach is of another section of trade than the branch's host."""
    own = {"industry_code": LAW}
    units = located(
        in_branch(1, **own), in_branch(1, **own), at(1, industry_code=SOFTWARE, name="软件店")
    )

    assert _repair(units, Policy(joint_by="near_and_like"))["dissolve"] is True


def test_like_trade_reaches_farther_where_the_policy_says_so() -> None:
    """1,554 m are beyond the 1,200 m of an urban township, and within twice as many."""
    own = {"industry_code": LAW}
    far = at(14, name="远所", industry_code=LAW), at(14, name="远店", industry_code=CAFE)
    units = located(in_branch(1, **own), in_branch(1, **own), *far)

    assert _repair(units, Policy())["dissolve"] is True
    assert _repair(units, Policy(joint_by="near_or_like", like_reach=2.0))["partners"] == "远所"
