"""Pins: what a planner has settled by hand, for the planner to keep to.

They come from the map (or a clerk's table) through ``lxgeo plan --pins``. Each names a unit by its
id, who said so (by post), when and why: a plan that keeps to a pin can always tell whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lxgeo.errors import Words


class PinAction(StrEnum):
    """What is settled of a unit."""

    TOGETHER = "together"
    """In one branch with the other unit."""
    APART = "apart"
    """Never in one branch with the other unit."""
    HOST = "host"
    """Under nobody: host of a new branch, or left out."""
    LOCK = "lock"
    """In the branch of the other unit (its host) or approved branch, with all who are locked to it
    and nobody else: planned as it is. A new one of up to `MOST_BY_PIN` units, where it is said who
    settled it and why."""
    FORBID = "forbid"
    """Not under the other unit as host, or not in the other (approved) branch."""
    LEAVE_OUT = "leave_out"
    """In no branch."""

    @property
    def needs_other(self) -> bool:
        """Whether the action is about a second unit or branch."""
        return self not in {PinAction.HOST, PinAction.LEAVE_OUT}

    @property
    def said(self) -> Words:
        """What planners call it."""
        return _SAID[self]


_SAID = {
    PinAction.TOGETHER: Words("同组", "together"),
    PinAction.APART: Words("分开", "apart"),
    PinAction.HOST: Words("牵头", "host"),
    PinAction.LOCK: Words("锁定", "lock"),
    PinAction.FORBID: Words("禁止", "forbid"),
    PinAction.LEAVE_OUT: Words("不纳入", "leave out"),
}
MOST_BY_PIN = 7
"""Units that a joint branch may hold where a person settled it and says why; the rule is five."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One thing settled by hand.

    Parameters
    ----------
    unit_id
        The unit that it is about.
    action
        What is settled.
    other_id
        The other unit or approved branch; empty where the action needs none.
    why, who, when
        As said by who settled it: ``who`` by post, never by name. Hostile until encoded.
    place
        Where it stands in its file, such as ``第3行`` — told with whatever does not fit.
    """

    unit_id: str
    action: PinAction
    other_id: str = ""
    why: str = ""
    who: str = ""
    when: str = ""
    place: str = ""

    @property
    def accounted_for(self) -> bool:
        """Whether it is said both who settled it and why."""
        return bool(self.who.strip() and self.why.strip())

    @property
    def key(self) -> tuple[str, ...]:
        """What orders pins, wherever they stand in their file."""
        return (self.unit_id, self.action, self.other_id, self.who, self.why, self.when)


@dataclass(frozen=True, slots=True)
class RefusedPin:
    """A pin that can't be kept to, and why."""

    pin: Pin
    why: Words


@dataclass(frozen=True, slots=True)
class Pins:
    """The pins of a plan.

    Parameters
    ----------
    kept
        Those that the plan keeps to, in the order of their file.
    refused
        Those that no longer fit the ledger or the rules, each with its reason.
    """

    kept: tuple[Pin, ...] = ()
    refused: tuple[RefusedPin, ...] = ()
