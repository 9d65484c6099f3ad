"""What a trap is: one thing that goes wrong in a row, and what a careful reader makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lxgeo.demo.dice import Dice
from lxgeo.demo.entries import Entry
from lxgeo.demo.units import ENOUGH

BELOW = 0
"""Number of a pattern that stands below the table of patterns, without a number of its own."""


class Seen(StrEnum):
    """Where a fault shows: in the row's values, in the sheet, on the map, beside the rules."""

    READ = "read"
    REPORT = "report"
    LOCATE = "locate"
    TRIAGE = "triage"


@dataclass(frozen=True)
class Trap:
    """One thing that goes wrong.

    Parameters
    ----------
    name, zh
        What the truth file calls it, and what the folder's README says of it.
    rows
        How many entries it spoils.
    spoil
        What it does to an entry.
    fits
        Which entries it can happen to.
    pattern
        Its number among the patterns of dirt in `docs/ledgers.md`; `BELOW` for those without one.
    flag
        Fields that a careful reader must ask about; none where the row can be read in one way.
    repair
        Fields that are not written plainly and can be read in one way only: read, and traced.
    seen
        Where what must be flagged shows first.
    in_branch
        Whether it happens to units of a branch; else only to units of none.
    """

    name: str
    zh: str
    rows: int
    spoil: Callable[[Entry, Dice], Entry]
    fits: Callable[[Entry], bool] = lambda _: True
    pattern: int = BELOW
    flag: tuple[str, ...] = ()
    repair: tuple[str, ...] = ()
    seen: Seen = Seen.READ
    in_branch: bool = False

    def set_in(self, entry: Entry, dice: Dice) -> Entry:
        """Return an entry with this wrong in it, and with what is to be made of it."""
        spoilt = self.spoil(entry, dice)
        return spoilt.trapped(
            self.name,
            pattern=self.pattern,
            flag=self.flag,
            repair=self.repair,
            seen=self.seen if self.flag else "",
        )


def placed(entry: Entry) -> bool:
    """Whether coordinates are typed."""
    return entry.placed


def unplaced(entry: Entry) -> bool:
    """Whether nothing but an address says where the unit is."""
    return not entry.placed and entry.cells["building"] is None


def no_members(entry: Entry) -> bool:
    """Whether the unit has no member."""
    return entry.unit.members == 0


def some_members(entry: Entry) -> bool:
    """Whether the unit has a full member."""
    return entry.unit.full >= 1


def several_members(entry: Entry) -> bool:
    """Whether the unit has more than one member."""
    return entry.unit.members > 1


def enough_members(entry: Entry) -> bool:
    """Whether the unit can stand alone."""
    return entry.unit.full >= ENOUGH


def with_probationary(entry: Entry) -> bool:
    """Whether the unit has both full and probationary members."""
    return some_members(entry) and entry.unit.probationary > 0
