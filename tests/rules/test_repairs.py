"""The smallest repair of an approved branch that is short: the fewest units, then the nearest.

At 38° N a thousandth of a degree of latitude is 111.0 m. The branch stands at (105.05, 38.05).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from rows_by_hand import NATIONAL, areas, in_branch, located

from lxgeo.model import Figure, Rule
from lxgeo.policy import Policy
from lxgeo.rules import triage


def repair(*open_units: dict[str, Any], policy: Policy = NATIONAL) -> Mapping[str, Figure]:
    """Return what is told of a branch of 1 + 1, with these units around it."""
    units = located(in_branch(1), in_branch(1), *open_units)
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
