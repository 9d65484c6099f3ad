"""What changed from one plan to the next, on plans small enough to compare by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from lxgeo.judge.changed import BranchChange, Changes, UnitChange
from lxgeo.judge.changes import changes_between
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
            "branch_id": [f"B{home[each]}" if each in home else None for each in units],
        }
    )
    rows = pd.DataFrame(
        {
            "branch_id": [f"B{name}" for name in branches],
            "name": list(branches),
            "outcome": "joint",
            "status": "proposed",
            "host_id": [units[:1] for units in branches.values()],
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
    assert changes.changed_companions == changes.regrouped == 1.0


def test_who_came_and_who_went_is_nobody_s_choice() -> None:
    """C is gone and d is new: a and b have other companions, yet nobody regrouped them."""
    changes = compared(plan({"甲": "abc", "乙": "xyz"}), plan({"甲": "abd", "乙": "xyz"}))

    assert changes.changed_companions == 0.4
    assert changes.regrouped == 0.0


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


def test_a_unit_that_moves_makes_no_merger() -> None:
    """C goes from one branch to another: both live on, nobody was split or merged."""
    changes = compared(plan({"甲": "abc", "乙": "def"}, out="x"), plan({"丙": "abx", "丁": "cdef"}))

    assert of_branches(changes) == {"甲": BranchChange.CHANGED, "乙": BranchChange.CHANGED}
    assert changes.branches["became_ids"].tolist() == ["B丙", "B丁"]
    assert of_units(changes)["c"] == UnitChange.MOVED
    assert of_units(changes)["a"] == UnitChange.NEW_COMPANIONS
    assert of_units(changes)["x"] == UnitChange.JOINED


def test_a_branch_whose_units_went_each_its_way_is_dissolved() -> None:
    """One unit here, one there, one out: no branch carries it on."""
    changes = compared(
        plan({"甲": "abc", "乙": "def", "丙": "ghi"}), plan({"乙": "adef", "丙": "bghi"}, out="c")
    )

    assert of_branches(changes)["甲"] == BranchChange.DISSOLVED


def test_an_approved_branch_under_three() -> None:
    """It stands, its unit has closed, and two members are left: it must be told."""
    old, new = plan({"甲": "abc"}), plan({"甲": "ab"})
    old[1]["status"] = new[1]["status"] = "existing"

    assert of_branches(compared(old, new)) == {"甲": BranchChange.UNDER_THREE}


def test_a_branch_of_which_the_ledger_holds_no_unit() -> None:
    """The areas' layer lists it: it is there in both plans, and nothing has become of it."""
    old, new = plan({"甲": ""}, out="a"), plan({"甲": ""}, out="a")
    for tables in (old, new):
        tables[1]["status"], tables[1]["unit_ids"] = "existing", ""
        tables[1]["full_members"] = 12

    assert of_branches(compared(old, new)) == {"甲": BranchChange.KEPT}


def test_a_closed_unit_brings_no_members() -> None:
    """C is still in the ledger, as closed: two are left."""
    old, new = plan({"甲": "abc"}), plan({}, out="abc")
    new[0].loc[2, "outcome"] = "excluded"

    assert of_branches(compared(old, new)) == {"甲": BranchChange.UNDER_THREE}


def test_over_the_cap() -> None:
    """Six units where five are allowed, kept as they are; a new one of six; a heir of six."""
    old, new = plan({"甲": "abcdef", "乙": "ghi"}), plan({"甲": "abcdef", "丙": "ghijkl"})
    changes = compared(old, new)

    over = dict(zip(changes.branches["name"], changes.branches["over_cap"], strict=True))
    assert over == {"甲": True, "乙": True}
    assert bool(compared(plan({}), old).branches["over_cap"].iloc[0])


def test_who_grew_inside_an_approved_branch_should_stand_alone() -> None:
    """The branch is locked; what the rules propose for the unit is told all the same."""
    old, new = plan({"甲": "abc"}), plan({"甲": "abc"}, c=3)
    new[0]["proposed_outcome"] = [None, None, "standalone"]

    assert of_units(compared(old, new))["c"] == UnitChange.NEWLY_STANDALONE


def test_an_id_that_another_bears_now_is_not_the_same() -> None:
    """C is gone, and a new organisation got its number: the branch has lost c."""
    old, new = plan({"甲": "abc"}), plan({"甲": "ab"}, out="c")
    for table, name, code, door in (
        (old[0], "c公司", "91980203MA0000001W", "一号"),
        (new[0], "新公司", "91980203MA9000112X", "二号"),
    ):
        table["address"] = None
        table.loc[2, ["name", "credit_code", "address"]] = [name, code, door]
    changes = compared(old, new)

    assert of_units(changes)["c"] == UnitChange.NEW
    assert of_units(changes)["c（原）"] == UnitChange.GONE
    assert changes.branches["went"].tolist() == ["c公司"]


def test_a_proposal_that_was_approved() -> None:
    """The same units, now an approved branch."""
    old, new = plan({"甲": "abc"}), plan({"甲": "abc"})
    new[1]["status"] = new[0]["outcome"] = "existing"
    changes = compared(old, new)

    assert of_branches(changes) == {"甲": BranchChange.APPROVED}
    assert set(of_units(changes).values()) == {UnitChange.APPROVED}
    assert set(of_units(compared(new, new)).values()) == {UnitChange.KEPT}


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
