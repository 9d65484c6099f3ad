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
    """If in a new branch, then as its host."""
    LOCK = "lock"
    """In the branch of the other unit (its host) or approved branch, with all who are locked to it
    and nobody else: planned as it is, up to seven units."""
    FORBID = "forbid"
    """Not under the other unit as host, or not in the other (approved) branch."""
    LEAVE_OUT = "leave_out"
    """In no branch."""

    @property
    def needs_other(self) -> bool:
        """Whether the action is about a second unit or branch."""
        return self not in {PinAction.HOST, PinAction.LEAVE_OUT}


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
