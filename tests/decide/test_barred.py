"""Units that a local rule keeps from standing alone: what their joint branch says of them."""

from __future__ import annotations

from tables_by_hand import existing, triaged

from lxgeo import text
from lxgeo.decide import propose
from lxgeo.policy import Policy


def said_of(*full: int) -> str:
    """Return why units at one place, with so many full members each, share a branch."""
    units = triaged(
        *({"unit_id": f"U{n}", "at": (0, 0), "full_members": each} for n, each in enumerate(full))
    )
    (branch,) = propose(units, existing(), Policy()).branches.itertuples()
    return text.reason(branch.why)


def test_a_unit_of_four_in_a_joint_branch_is_not_called_one_of_fewer_than_three() -> None:
    """4 + 1: one of the two has the members, and triage left it to join."""
    said = said_of(4, 1)

    assert "其中1家正式党员够数而按所用规则暂不单独组建" in said
    assert "不足3名" not in said


def test_where_all_are_small_nothing_is_said_of_it() -> None:
    """2 + 1: neither could stand alone."""
    said = said_of(2, 1)

    assert "够数" not in said
    assert said.endswith("正式党员不足3名，成立联合党支部（《支部工作条例（试行）》）")
