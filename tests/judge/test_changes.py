"""What changed from one plan to the next, on plans small enough to compare by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from lxgeo.judge.changes import BranchChange, Changes, UnitChange, changes_between
from lxgeo.policy import Policy


def plan(
    branches: dict[str, str], alone: str = "", out: str = "", **full: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a plan's tables: branch name → its units (a letter each), units alone and left out."""
    home = {unit: name for name, units in branches.items() for unit in units}
    units = sorted({*home, *alone, *out})
    table = pd.DataFrame(
        {
            "unit_id": units,
            "name": [f"{each}公司" for each in units],
            "credit_code": [None] * len(units),
            "township": ["东街道"] * len(units),
            "approver": ["东街道党工委"] * len(units),
            "outcome": [
                "joint" if each in home else "standalone" if each in alone else "left_out"
                for each in units
            ],
            "full_members": [full.get(each, 1) for each in units],
        }
    )
    rows = pd.DataFrame(
        {
            "branch_id": [f"B{name}" for name in branches],
            "name": list(branches),
            "outcome": "joint",
            "status": "proposed",
            "unit_ids": [";".join(units) for units in branches.values()],
            "full_members": [sum(full.get(u, 1) for u in units) for units in branches.values()],
            "approver": "东街道党工委",
        }
    )
    return table, rows


def compared(
    old: tuple[pd.DataFrame, pd.DataFrame], new: tuple[pd.DataFrame, pd.DataFrame]
) -> Changes:
    """Return the changes under the national policy."""
    return changes_between(old, new, Policy())


def of_branches(changes: Changes) -> dict[str, str]:
    """Return branch name → change."""
    return dict(zip(changes.branches["name"], changes.branches["change"], strict=True))


def of_units(changes: Changes) -> dict[str, str]:
    """Return unit → change."""
    return dict(zip(changes.units["unit_id"], changes.units["change"], strict=True))


def test_the_same_plan_has_not_changed() -> None:
    """All kept, nobody with other companions."""
    changes = compared(plan({"甲": "abc"}, "s", "x"), plan({"甲": "abc"}, "s", "x"))

    assert set(of_units(changes).values()) == {UnitChange.KEPT}
    assert of_branches(changes) == {"甲": BranchChange.KEPT}
    assert changes.changed_companions == 0.0


def test_a_branch_whose_unit_grew_to_three_and_left() -> None:
    """C now has three of its own; d takes its place: the branch lives on, changed."""
    changes = compared(plan({"甲": "abc"}, out="d"), plan({"乙": "abd"}, "c", c=3))

    assert of_units(changes) == {
        "a": UnitChange.NEW_COMPANIONS,
        "b": UnitChange.NEW_COMPANIONS,
        "c": UnitChange.NEWLY_STANDALONE,
        "d": UnitChange.JOINED,
    }
    (row,) = changes.branches.itertuples(index=False)
    assert (row.name, row.change, row.became) == ("甲", BranchChange.CHANGED, "乙")
    assert (row.kept_units, row.came, row.went) == ("a公司、b公司", "d公司", "c公司")
    assert changes.changed_companions == 1.0


def test_a_branch_split_in_two() -> None:
    """Six units go two ways; the two branches are heirs, not new."""
    changes = compared(plan({"甲": "abcdef"}), plan({"乙": "abcd", "丙": "efg"}))

    assert of_branches(changes) == {"甲": BranchChange.SPLIT}
    assert changes.branches["became"].tolist() == ["乙、丙"]
    assert of_units(changes)["e"] == UnitChange.MOVED
    assert of_units(changes)["a"] == UnitChange.NEW_COMPANIONS
    assert of_units(changes)["g"] == UnitChange.NEW


def test_two_branches_merged() -> None:
    """Both old ones name the one that took them over; six units are over the cap of five."""
    changes = compared(plan({"甲": "abc", "乙": "def"}), plan({"丙": "abcdef"}))

    assert of_branches(changes) == {"甲": BranchChange.MERGED, "乙": BranchChange.MERGED}
    assert changes.branches["over_cap"].tolist() == [True, True]


def test_a_branch_that_fell_under_three() -> None:
    """C is gone: two members are left, no branch can stand on them."""
    changes = compared(plan({"甲": "abc"}), plan({}, out="ab"))

    assert of_branches(changes) == {"甲": BranchChange.UNDER_THREE}
    assert changes.branches["full_members_after"].tolist() == [2]
    assert of_units(changes) == {
        "a": UnitChange.LEFT,
        "b": UnitChange.LEFT,
        "c": UnitChange.GONE,
    }


def test_a_branch_dissolved_with_members_enough() -> None:
    """Three members are still there, in no branch: that is another thing to ask about."""
    changes = compared(plan({"甲": "abc"}), plan({}, out="abc"))

    assert of_branches(changes) == {"甲": BranchChange.DISSOLVED}


def test_a_proposal_that_was_approved() -> None:
    """The same units, now an approved branch."""
    old, new = plan({"甲": "abc"}), plan({"甲": "abc"})
    new[1]["status"] = "existing"

    assert of_branches(compared(old, new)) == {"甲": BranchChange.APPROVED}


@pytest.mark.parametrize("by", ["credit_code", "name"])
def test_an_organisation_with_another_id_is_known_again(by: str) -> None:
    """By its credit code even under a new name, else by name and township."""
    old, new = plan({"甲": "abc"}), plan({"甲": "abC"})
    if by == "credit_code":
        old[0].loc[2, "credit_code"] = new[0].loc[0, "credit_code"] = "91520112MA6XXXXXXX"
    else:
        new[0].loc[0, "name"] = "c公司"

    changes = compared(old, new)

    assert set(of_units(changes).values()) == {UnitChange.KEPT}
    assert of_branches(changes) == {"甲": BranchChange.KEPT}


def test_two_of_one_name_are_not_taken_for_each_other() -> None:
    """Where a name stands twice, nobody can tell which is which: both are new."""
    old, new = plan({}, out="ab"), plan({}, out="cd")
    old[0]["name"] = new[0]["name"] = "连锁店"

    assert sorted(of_units(compared(old, new)).values()) == ["gone", "gone", "new", "new"]
