"""A branch's history, on plans small enough to follow by hand: renamed, split, merged, gone."""

from __future__ import annotations

import pandas as pd
from test_changes import plan

from lxgeo.judge.changed import BranchChange, UnitChange
from lxgeo.judge.history import History, Place, Snapshot, history_of
from lxgeo.policy import Policy

Tables = tuple[pd.DataFrame, pd.DataFrame]


def history(*plans: Tables) -> History:
    """Return the history of some plans, called by their numbers."""
    numbered = enumerate(plans, start=1)
    return history_of([Snapshot(str(at), *tables, Policy()) for at, tables in numbered])


def places(found: History) -> list[tuple[int, str]]:
    """Return where branches stood: run and name."""
    return [(place.run + 1, stand.name) for place, stand in sorted(found.stands.items())]


def changes(found: History) -> list[tuple[int, str]]:
    """Return what became of branches, in which run."""
    return [(step.run + 1, step.change) for step in found.steps]


def test_a_branch_that_was_renamed_is_followed() -> None:
    """Asked for by its first name or by its last, it is the same history; others are not in it."""
    told = history(
        plan({"甲": "abc", "乙": "xyz"}),
        plan({"丙": "abc", "乙": "xyz"}),
        plan({"丙": "abd", "乙": "xyz"}, out="c"),
    )
    found = told.of_branch("甲")

    assert places(found) == [(1, "甲"), (2, "丙"), (3, "丙")]
    assert changes(found) == [(2, BranchChange.KEPT), (3, BranchChange.CHANGED)]
    assert places(told.of_branch("丙")) == places(told.of_branch("B丙")) == places(found)
    assert told.of_branch("丁").stands == {}
    assert found.lines == ((Place(0, "B甲"), Place(1, "B丙"), Place(2, "B丙")),)


def test_a_split_is_followed_both_ways() -> None:
    """Abcde goes two ways; from one of the two, the other is no part of the story."""
    told = history(plan({"甲": "abcde"}), plan({"乙": "abc", "丙": "def"}))
    found = told.of_branch("甲")

    assert places(found) == [(1, "甲"), (2, "丙"), (2, "乙")]
    assert changes(found) == [(2, BranchChange.SPLIT)]
    assert found.lines == ((Place(0, "B甲"), Place(1, "B乙")), (None, Place(1, "B丙")))
    assert places(told.of_branch("丙")) == [(1, "甲"), (2, "丙")]


def test_a_merger_is_followed_back() -> None:
    """Two became one: the line is that of the one that brought more units."""
    told = history(plan({"甲": "ab", "乙": "cde"}), plan({"丙": "abcde"}))
    found = told.of_branch("丙")

    assert places(found) == [(1, "乙"), (1, "甲"), (2, "丙")]
    assert changes(found) == [(2, BranchChange.MERGED), (2, BranchChange.MERGED)]
    assert found.lines == ((Place(0, "B乙"), Place(1, "B丙")), (Place(0, "B甲"), None))


def test_who_came_who_went_and_why() -> None:
    """C stands alone now, d is new, e comes from another branch."""
    told = history(plan({"甲": "abc", "乙": "efgh"}), plan({"甲": "abde", "乙": "fgh"}, "c", c=3))
    (step,) = [each for each in told.steps if each.old == Place(0, "B甲")]

    assert [(each.unit, each.came, each.change, each.other) for each in step.moves] == [
        ("d公司", True, UnitChange.NEW, None),
        ("e公司", True, UnitChange.MOVED, "乙"),
        ("c公司", False, UnitChange.NEWLY_STANDALONE, None),
    ]


def test_a_unit_is_followed_under_another_id() -> None:
    """Known by its name, where its number changes; a quarter out of the ledger is told."""
    first, second, third = plan({"甲": "abc"}), plan({"甲": "abx"}), plan({"甲": "ab"}, "x")
    for tables in (second, third):
        tables[0].loc[2, "name"] = "c公司"
    fourth = plan({"甲": "ab"})
    stood = history(first, second, third, fourth).of_unit("c")

    assert [(each.unit_id, each.outcome, each.companions) for each in stood] == [
        ("c", "joint", "a公司、b公司"),
        ("x", "joint", "a公司、b公司"),
        ("x", "standalone", None),
        ("x", None, None),
    ]
