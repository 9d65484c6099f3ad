"""What is written in lists follows its units: to another number, another branch, another body."""

from __future__ import annotations

from lxgeo.ledger.corrections.worklist import Since, State, task_key
from lxgeo.publish import Release
from lxgeo.publish.lists.carrying import Before, carried, newest
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.tasks import tasks


def before(release: Release, same: dict[str, str] | None = None) -> Before:
    """Return a release as the run before; its units are the same, if not said otherwise."""
    ids = same or {each: each for each in release.units["unit_id"]}
    return Before(release.units, release.branches, ids)


def joint(release: Release) -> str:
    """Return the key of the town's one joint branch."""
    (key,) = [each.key for each in tasks(Papers(release)) if each.outcome == "joint"]
    return key


def test_the_same_run_carries_all_as_it_was(release: Release) -> None:
    """Nothing has changed: every state is where it was, as it was."""
    keys = ("problem:U8", joint(release), "duty:甲街道党工委")
    states = {key: State(key, note=key, closed=True) for key in keys}

    assert carried(states, before(release), release) == states


def test_what_is_gone_is_told_as_ended(release: Release) -> None:
    """No such unit, no such body: kept, with the reason."""
    states = {key: State(key, note="x") for key in ("problem:U99", "duty:丙乡党委", "own:表:商会")}
    found = carried(states, before(release), release)

    assert {key: each.ended for key, each in found.items()} == {
        "problem:U99": "单位已不在台账",
        "duty:丙乡党委": "已没有这个责任单位",
        "own:表:商会": None,
    }


def test_a_problem_follows_its_unit(release: Release) -> None:
    """The unit was numbered otherwise before."""
    same = {f"V{each[1:]}": each for each in release.units["unit_id"]}
    was = release.units.assign(unit_id=[f"V{each[1:]}" for each in release.units["unit_id"]])
    states = {"problem:V8": State("problem:V8", note="x")}
    found = carried(states, Before(was, release.branches, same), release)

    assert found == {"problem:U8": State("problem:U8", note="x")}


def test_a_body_that_is_renamed_keeps_its_state(release: Release) -> None:
    """甲镇 became 甲街道: the same jurisdiction, another approver."""
    was = release.units.assign(
        approver=release.units["approver"].replace("甲街道党工委", "甲镇党委")
    )
    states = {"duty:甲镇党委": State("duty:甲镇党委", post="党建办")}
    ids = {each: each for each in release.units["unit_id"]}
    found = carried(states, Before(was, release.branches, ids), release)

    assert found == {"duty:甲街道党工委": State("duty:甲街道党工委", post="党建办")}


def test_of_several_tasks_that_became_one_the_larger_goes_on(release: Release) -> None:
    """Two of the three units were one task, the third another: one state goes on, one is told."""
    key = joint(release)
    units = release.units.copy()
    (third, *others) = units.loc[units["outcome"] == "joint", "unit_id"]
    units.loc[units["unit_id"] == third, "branch_id"] = "BONE"
    units.loc[units["unit_id"].isin(others), "branch_id"] = "BTWO"
    states = {
        each: State(each, note=each, closed=True)
        for each in (task_key("joint", "BONE"), task_key("joint", "BTWO"))
    }
    ids = {each: each for each in units["unit_id"]}
    found = carried(states, Before(units, release.branches, ids), release)

    assert found[key].note == "task:joint:BTWO"
    assert found[key].since is Since.CHANGED
    assert str(found["task:joint:BONE"].ended).startswith("成员单位已并入：")
    assert len(found) == 2


def test_what_had_ended_comes_back_with_its_item(release: Release) -> None:
    """Ended in an earlier quarter, and there again; the end is no more."""
    states = {"problem:U8": State("problem:U8", note="x", ended="现为：联合组建")}
    found = carried(states, before(release), release)

    assert found == {"problem:U8": State("problem:U8", note="x", since=Since.BACK)}


def test_a_name_of_a_task_is_that_of_its_units() -> None:
    """Whoever else joins a branch that stands is another task; the order of units is nothing."""
    first = task_key("joint", "E1", ["U1", "U2"])

    assert first == task_key("joint", "E1", ["U2", "U1"])
    assert first != task_key("joint", "E1", ["U3"])
    assert task_key("joint", "B1") == "task:joint:B1"


def test_what_was_written_last_counts() -> None:
    """The quarter's own workbook was written in and is made anew: that comes first."""
    before = {
        "problem:U1": State("problem:U1", note="一季度"),
        "problem:U2": State("problem:U2", note="一季度"),
    }
    here = {
        "problem:U1": State("problem:U1", note="二季度", closed=True),
        "problem:U2": State("problem:U2", post="组织委员"),
        "problem:U3": State("problem:U3"),
    }

    assert newest(before, here) == {
        "problem:U1": here["problem:U1"],
        "problem:U2": before["problem:U2"],
        "problem:U3": here["problem:U3"],
    }
