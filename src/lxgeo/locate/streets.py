"""A road, the doors known on it, and where a number between them must be."""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import shapely

from lxgeo.locate.numbers import HouseNumber
from lxgeo.locate.places import Place

CLAIM_M = 100.0
"""A house number claims to be known this well."""
MOST_GAP_M = 600.0
"""Nothing is said of a number between doors farther apart: the road may have been renumbered."""
MOST_NUMBERS = 120
MOST_BEYOND, MOST_BEYOND_M = 6, 60.0
"""Three doors beyond the last one that is known, as far apart as the last two are."""
ACROSS_GAP_M = 200.0
FEW = 4
"""So few doors do not show that a side's numbers run in order."""
STRAIGHT = -1
"""The line of a street of which no line is known: straight from door to door."""


class Door(NamedTuple):
    """A door on a street.

    Parameters
    ----------
    number
        Its house number.
    x, y
        Metres in the district's metric CRS.
    townships
        Townships that it lies in or close to.
    place
        The building or park that it is the door of.
    line
        Which of the street's lines it stands on; `STRAIGHT` where none is known.
    along, aside
        How far along that line, and how far to the left of it, metres.
    """

    number: HouseNumber
    x: float
    y: float
    townships: frozenset[str]
    place: Place | None = None
    line: int = STRAIGHT
    along: float = 0.0
    aside: float = 0.0


class Trust(NamedTuple):
    """How well numbers between doors turned out where a door is known: what may be expected.

    Parameters
    ----------
    same_side
        The error that 95 % stay under, as a share of the gap between the doors on either hand;
        None where too few were tried.
    across_m
        The same in metres for a number worked out from the doors on the other side of the road.
    """

    same_side: float | None = None
    across_m: float | None = None


class Estimate(NamedTuple):
    """Where a number must be.

    Parameters
    ----------
    x, y
        Metres.
    error_m
        The error that 95 % should stay under.
    between
        The doors that it was worked out from.
    """

    x: float
    y: float
    error_m: float
    between: tuple[Door, Door]


@dataclass(frozen=True)
class Side:
    """The doors of one side of a street that stand in the order of their numbers.

    Parameters
    ----------
    doors
        One for each number, lowest first.
    """

    doors: tuple[Door, ...] = ()

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of the doors."""
        return [door.number.number for door in self.doors]


@dataclass(frozen=True)
class Street:
    """One road of a name, in one place.

    Parameters
    ----------
    name
        Its name.
    lines
        Its lines in metres; empty where none is known.
    doors
        House number → the doors that bear it.
    sides
        Even and odd numbers in order; empty where they stand in none.
    doubted
        Doors that stand out of the order of their side.
    """

    name: str
    lines: tuple[Any, ...]
    doors: Mapping[int, tuple[Door, ...]]
    sides: tuple[Side, Side] = (Side(), Side())
    doubted: frozenset[Door] = frozenset()

    def exactly(self, number: HouseNumber) -> tuple[Door, ...]:
        """Return the doors of a number: of that very door, else of its house."""
        house = self.doors.get(number.number, ())
        same = tuple(door for door in house if door.number == number)
        whole = tuple(door for door in house if not door.number.sub)
        return same or whole or house

    def estimate(self, number: int, trust: Trust) -> Estimate | None:
        """Return where a number must be that no door is known of; None where nothing tells."""
        own, other = self.sides[number % 2], self.sides[1 - number % 2]
        return (
            self._between(own, number, trust)
            or self._beyond(own, number)
            or self._across(other, own, number, trust)
        )

    def _between(self, side: Side, number: int, trust: Trust) -> Estimate | None:
        pair = _around(side, number)
        if pair is None:
            return None
        gap, share = _gap(pair), _share(pair, number)
        if gap > MOST_GAP_M:
            return None
        # Untried, or where few doors bear out the order, the house may be anywhere between the two.
        tried = trust.same_side if len(side.doors) >= FEW else None
        worst = max(share, 1 - share) if tried is None else tried
        return self._estimate(pair, share, worst * gap)

    def _beyond(self, side: Side, number: int) -> Estimate | None:
        if len(side.doors) <= 1:
            return None
        low = number < side.numbers[0]
        last, before = (side.doors[0], side.doors[1]) if low else (side.doors[-1], side.doors[-2])
        over = number - last.number.number
        if not 0 < abs(over) <= MOST_BEYOND or (over < 0) is not low or last.line != before.line:
            return None
        share = over / (last.number.number - before.number.number)
        far = abs(share) * _gap((before, last))
        if far > MOST_BEYOND_M:
            return None
        return self._estimate((before, last), 1 + share, far)

    def _across(self, other: Side, own: Side, number: int, trust: Trust) -> Estimate | None:
        """Return where a number must be by the doors opposite, where those are in step."""
        pair = _around(other, number)
        if pair is None or trust.across_m is None or _gap(pair) > ACROSS_GAP_M:
            return None
        aside = np.mean([door.aside for door in own.doors or pair]) * (1 if own.doors else -1)
        found = self._estimate(pair, _share(pair, number), trust.across_m, float(aside))
        return found if pair[0].line != STRAIGHT else None

    def _estimate(
        self, pair: tuple[Door, Door], share: float, error_m: float, aside: float | None = None
    ) -> Estimate:
        first, last = pair
        if first.line == STRAIGHT:
            x = first.x + share * (last.x - first.x)
            y = first.y + share * (last.y - first.y)
            return Estimate(x, y, error_m, pair)
        line = self.lines[first.line]
        along = first.along + share * (last.along - first.along)
        along = min(max(along, 0.0), line.length)
        if aside is None:
            aside = first.aside + min(max(share, 0.0), 1.0) * (last.aside - first.aside)
        x, y = beside(line, along, aside)
        return Estimate(x, y, error_m, pair)


def beside(line: Any, along: float, aside: float) -> tuple[float, float]:
    """Return the place so far along a line and so far to the left of it."""
    here, east, north = heading(line, along)
    return here.x - aside * north, here.y + aside * east


def heading(line: Any, along: float) -> tuple[Any, float, float]:
    """Return the point so far along a line, and the unit vector of the way it runs there."""
    here = line.interpolate(along)
    back, ahead = line.interpolate(max(along - 1.0, 0.0)), line.interpolate(along + 1.0)
    east, north = ahead.x - back.x, ahead.y - back.y
    length = float(np.hypot(east, north)) or 1.0
    return here, east / length, north / length


def asides(line: Any, points: Any, along: Any) -> Any:
    """Return how far points lie to the left of a line, metres; along is where they are nearest."""
    back = shapely.line_interpolate_point(line, np.maximum(along - 1.0, 0.0))
    ahead = shapely.line_interpolate_point(line, along + 1.0)
    east = shapely.get_x(ahead) - shapely.get_x(back)
    north = shapely.get_y(ahead) - shapely.get_y(back)
    here = shapely.line_interpolate_point(line, along)
    dx = shapely.get_x(points) - shapely.get_x(here)
    dy = shapely.get_y(points) - shapely.get_y(here)
    length = np.hypot(east, north)
    return (east * dy - north * dx) / np.where(length > 0, length, 1.0)


def _around(side: Side, number: int) -> tuple[Door, Door] | None:
    """Return the doors before and after a number, where both stand on one line."""
    at = bisect.bisect_left(side.numbers, number)
    if not 0 < at < len(side.doors):
        return None
    first, last = side.doors[at - 1], side.doors[at]
    if first.line != last.line or last.number.number - first.number.number > MOST_NUMBERS:
        return None
    return first, last


def _share(pair: tuple[Door, Door], number: int) -> float:
    first, last = (door.number.number for door in pair)
    return (number - first) / (last - first)


def _gap(pair: tuple[Door, Door]) -> float:
    first, last = pair
    if first.line != STRAIGHT:
        return abs(last.along - first.along)
    return float(np.hypot(last.x - first.x, last.y - first.y))
