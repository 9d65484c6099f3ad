"""Pins that a run says it keeps to: one that it does not is found, whatever it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_plan import JOINT_ID, hand_plan

from lxgeo.judge import BreachCode, verify
from lxgeo.judge.verify import legality
from lxgeo.judge.verify.facts import Facts, gather
from lxgeo.judge.verify.pins import may_host
from lxgeo.pin import Pin, PinAction


def pin(said: str, **more: str) -> Pin:
    """Return a pin from its three words."""
    unit_id, action, *other = said.split()
    return Pin(unit_id, PinAction(action), *other, **more)


def broken(*pins: Pin) -> set[str]:
    """Return the units of the pins that the town's plan (U2 hosts U3 and U4; U8 out) breaks.

    Nothing else is ever broken in it.
    """
    breaches = verify(replace(hand_plan().tables(), pins=pins))
    assert {each.code for each in breaches} <= {BreachCode.PIN_BROKEN}
    return {each.where for each in breaches}


@pytest.mark.parametrize(
    "said",
    [
        *("U2 together U3", "U3 together U4", "U8 apart U2", "U7 apart U2", "U2 host"),
        *("U8 host", "U8 together U9", "U8 leave_out", "U3 forbid U4", "U2 forbid E1"),
        *("U7 lock E1", "U7 lock U6", "U2 forbid U3"),
    ],
)
def test_a_pin_that_holds_is_no_breach(said: str) -> None:
    """What the plan does is what these say; a unit left out hosts nobody and is under nobody."""
    assert broken(pin(said)) == set()


@pytest.mark.parametrize(
    "said",
    [
        *("U2 together U8", "U2 together U7", "U2 apart U3", "U3 host", "U7 host"),
        *("U2 leave_out", "U4 forbid U2", "U7 forbid E1", "U7 forbid U6", "U3 lock U4"),
        *("U8 lock U2", "GONE host", "U2 together GONE"),
    ],
)
def test_a_pin_that_does_not_hold_is_found(said: str) -> None:
    """Each is told by its unit."""
    assert broken(pin(said)) == {said.split(maxsplit=1)[0]}


def test_a_lock_is_closed_to_others() -> None:
    """U3 is locked to its host U2, but U4 is in their branch too; once it is locked, all holds."""
    assert broken(pin("U3 lock U2")) == {"U3"}
    assert broken(pin("U3 lock U2"), pin("U4 lock U2")) == set()
    assert broken(pin("U3 lock U2"), pin("U4 lock U2"), pin("U2 lock U2")) == set()


def facts(*pins: Pin, most: int = 2) -> Facts:
    """Return the town's plan under a policy that lets a branch hold fewer units than it has."""
    script = hand_plan()
    script.summary["policy"]["joint_max_units"] = most
    return gather(replace(script.tables(), pins=pins))[0]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"who": "组织委员", "why": "同楼"}, False),
        ({"who": "组织委员"}, True),
        ({"who": " ", "why": "同楼"}, True),
        ({}, True),
    ],
)
def test_over_the_cap_only_by_a_lock_that_says_who_and_why(
    said: dict[str, str],
    found: bool,  # noqa: FBT001
) -> None:
    """Three units where two are allowed: legal where it is locked, by whom and why."""
    locks = (pin("U3 lock U2", **said), pin("U4 lock U2", **said))
    codes = {each.code for each in legality.sizes(facts(*locks))}

    assert (BreachCode.TOO_MANY_UNITS in codes) is found
    assert BreachCode.TOO_MANY_UNITS in {each.code for each in legality.sizes(facts())}


@pytest.mark.parametrize(
    ("said", "hosts"),
    [
        ("", {"U2", "U3", "U4"}),
        ("U3 host", {"U3"}),
        ("U3 forbid U2", {"U3", "U4"}),
        ("U3 lock U2", {"U2"}),
    ],
)
def test_who_may_host_under_a_pin(said: str, hosts: set[str]) -> None:
    """The cheapest host is looked for among those that pins allow."""
    seen = facts(*([pin(said)] if said else []))
    branch = seen.branch[JOINT_ID]
    members = seen.members_of(branch)

    assert {each.named for each in members if may_host(each, members, branch, seen)} == hosts
