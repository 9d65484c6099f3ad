"""From true counts to ranges from which no single count can be worked out.

What is shown of a count is the range that it lies in: fewer than five, or ten numbers wide. Ranges
of a whole and of its parts can still tell on each other. So what is shown is looked at as one who
wants to know would: a linear programme over all counts that fit everything shown (wholes and parts,
before and after, with and without). It asks for a solution with some air around each count. Where
there is none, the finest and smallest of the places that press on each other is withheld, and it
is asked again. With air of ``h`` around it, a count may be any number of a range ``2h`` wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from lxgeo.publish.public.counted import LEVELS, Counted, Place

LEAST_UNITS = 5
"""Units of which a place is shown at all."""
AIR = 0.5
_STEP = 10
_AT_ONCE = 50
"""One in so many places is withheld before it is asked again."""
_LETTER = {"park": "P", "building": "B"}


@dataclass(frozen=True, slots=True)
class Range:
    """All that is shown of a count.

    Parameters
    ----------
    low, high
        Where it lies, both included.
    """

    low: int
    high: int

    @property
    def middle(self) -> int:
        """What stands for it in a bar."""
        return (self.low + self.high + 1) // 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as it is shown.

    Parameters
    ----------
    place_id
        An id of its own, made from level and name order.
    level, name
        What it is.
    within
        Id of the township that holds it, empty for townships and where that is withheld.
    units, before, after
        Its operating units, and those with an organisation; None where it is withheld.
    key
        Its id in the run, to find its boundary by; never written.
    """

    place_id: str
    level: str
    name: str
    within: str
    units: Range | None
    before: Range | None
    after: Range | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Guarded:
    """What may be shown.

    Parameters
    ----------
    district
        All units.
    places
        Townships, withheld ones too (their names are no secret), then parks and buildings; of a
        province, its counties.
    top
        The coarsest level of places: these make up the whole.
    """

    district: Shown
    places: tuple[Shown, ...]
    top: str = LEVELS[0]

    @property
    def topmost(self) -> list[Shown]:
        """The places that make up the whole."""
        return [place for place in self.places if place.level == self.top]


def guarded(found: Counted) -> Guarded:
    """Return what may be shown of true counts.

    Parameters
    ----------
    found
        The counts.
    """
    coarse = _coarse(found)
    kept: Sequence[Place] = [
        place
        for place in found.places
        if place.level != LEVELS[0] and found.of(place.groups)[0] >= LEAST_UNITS
    ]
    while True:
        asked = replace(coarse, kept=kept)
        air, pressed = _air(asked)
        if air >= AIR or not kept:
            break
        gone = {id(place) for place in _weakest(found, kept, pressed)}
        kept = [place for place in kept if id(place) not in gone]
    return _shown(asked)


def whole_of(found: Counted) -> Shown:
    """Return the whole as `guarded` shows it, without its places."""
    asked = _coarse(found)
    return _as_shown("D", asked.whole, "", asked.ranges(asked.whole))


def _coarse(found: Counted) -> _Asked:
    """Return the whole and its townships, in ranges wide enough to be shown together."""
    townships = [place for place in found.places if place.level == LEVELS[0]]
    open_towns = _beyond_one(townships, found)
    whole = Place("district", "", "", np.ones(len(found.counts), dtype=bool))
    steps = (_STEP * 2**k for k in count())
    asked = (_Asked(found, whole, step, townships, open_towns, ()) for step in steps)
    return next(each for each in asked if _air(each)[0] >= AIR)


def range_of(number: int, step: int = _STEP) -> Range:
    """Return the range that a count is shown by."""
    if number < LEAST_UNITS:
        return Range(0, LEAST_UNITS - 1)
    low = LEAST_UNITS + (number - LEAST_UNITS) // step * step
    return Range(low, low + step - 1)


def _beyond_one(townships: Sequence[Place], found: Counted) -> list[Place]:
    """Return the townships that are shown: where one alone would be withheld, a second is too."""
    by_size = sorted(townships, key=lambda place: found.of(place.groups)[0])
    small = sum(found.of(place.groups)[0] < LEAST_UNITS for place in by_size)
    hidden = {id(place) for place in by_size[: 2 if small == 1 else small]}
    return [place for place in townships if id(place) not in hidden]


@dataclass(frozen=True, eq=False)
class _Asked:
    """What would be shown: all townships are named, some with their counts; kept finer places."""

    found: Counted
    whole: Place
    step: int
    townships: Sequence[Place]
    open_towns: Sequence[Place]
    kept: Sequence[Place]

    def ranges(self, place: Place) -> tuple[Range, Range, Range]:
        step = self.step if place is self.whole else _STEP
        units, before, after = (range_of(each, step) for each in self.found.of(place.groups))
        return units, before, after

    def rows(self) -> Iterator[tuple[NDArray[np.bool_], int, float, float, Place]]:
        """Yield what is known of counts: groups, how many of the three kinds, from, to, whose."""
        shown = [self.whole, *self.open_towns, *self.kept]
        for place in shown:
            units, before, after = self.ranges(place)
            yield place.groups, 0b111, units.low, units.high, place
            yield place.groups, 0b001, before.low, before.high, place
            yield place.groups, 0b011, after.low, after.high, place
            yield place.groups, 0b010, 0, np.inf, place
            yield place.groups, 0b100, 0, np.inf, place
        listed = {id(place) for place in shown}
        for place in self.found.places:
            size = self.found.of(place.groups)[0]
            if 0 < size < LEAST_UNITS and id(place) not in listed:
                yield place.groups, 0b111, 0, LEAST_UNITS - 1, place
        yield from self._rests()

    def _rests(self) -> Iterator[tuple[NDArray[np.bool_], int, float, float, Place]]:
        """Yield of each place what lies in no finer place that is shown."""
        covered = np.zeros(len(self.found.counts), dtype=bool)
        coarser: list[Sequence[Place]] = [[self.whole], self.open_towns]
        coarser += [[place for place in self.kept if place.level == level] for level in LEVELS[1:]]
        for places in reversed(coarser):
            for place in places:
                rest = place.groups & ~covered
                if rest.any() and (place.groups & covered).any():
                    yield rest, 0b111, 0, np.inf, place
            for place in places:
                covered |= place.groups


def _air(asked: _Asked) -> tuple[float, set[int]]:
    """Return how much air all counts can have at once, and whose ranges press if it is too little.

    The unknowns are the three counts of each group, and the air.
    """
    rows: list[NDArray[np.intp]] = []
    columns: list[NDArray[np.intp]] = []
    signs: list[NDArray[np.float64]] = []
    right: list[float] = []
    whose: list[Place] = []
    size = len(asked.found.counts)
    if not size:
        return 2 * AIR, set()
    for groups, kinds, low, high, place in asked.rows():
        inside = np.flatnonzero(groups)
        where = np.concatenate([inside + k * size for k in range(3) if kinds >> k & 1])
        for sign, end in ((-1.0, -low), (1.0, high)):
            if np.isfinite(end):
                columns.append(np.append(where, 3 * size))
                signs.append(np.append(np.full(len(where), sign), 1.0))
                rows.append(np.full(len(where) + 1, len(right)))
                right.append(float(end))
                whose.append(place)
    shape = (len(right), 3 * size + 1)
    entries = (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns)))
    aim = np.append(np.zeros(3 * size), -1.0)
    bounds = [(0, None)] * (3 * size) + [(0, 4 * AIR)]
    solved = linprog(aim, A_ub=csr_array(entries, shape=shape), b_ub=right, bounds=bounds)
    if not solved.success:
        raise ArithmeticError(f"what is shown can't be checked: {solved.message}")
    pressing = np.abs(solved.ineqlin.marginals) > 1e-9  # noqa: PLR2004 - none, but for rounding
    tight = {id(place) for place, presses in zip(whose, pressing, strict=True) if presses}
    return float(-solved.fun), tight


def _weakest(found: Counted, kept: Sequence[Place], pressed: set[int]) -> list[Place]:
    """Return the finest and smallest of the places that press, of all where none of them does."""
    among = [place for place in kept if id(place) in pressed] or list(kept)
    among.sort(
        key=lambda place: (-LEVELS.index(place.level), found.of(place.groups)[0], place.name)
    )
    return among[: max(1, len(kept) // _AT_ONCE)]


def _shown(asked: _Asked) -> Guarded:
    ids = {id(place): f"T{n:02d}" for n, place in enumerate(asked.townships, 1)}
    openly = {id(place) for place in asked.open_towns}
    places = []
    for place in asked.townships:
        ranges = asked.ranges(place) if id(place) in openly else None
        places.append(_as_shown(ids[id(place)], place, "", ranges))
    for level in LEVELS[1:]:
        for n, place in enumerate((each for each in asked.kept if each.level == level), 1):
            holder = [t for t in asked.open_towns if not (place.groups & ~t.groups).any()]
            within = ids[id(holder[0])] if holder else ""
            place_id = f"{_LETTER[level]}{n:03d}"
            places.append(_as_shown(place_id, place, within, asked.ranges(place)))
    district = _as_shown("D", asked.whole, "", asked.ranges(asked.whole))
    return Guarded(district, tuple(places))


def _as_shown(
    place_id: str, place: Place, within: str, ranges: tuple[Range, Range, Range] | None
) -> Shown:
    units, before, after = ranges or (None, None, None)
    key = place.key if place.level == LEVELS[0] else ""
    return Shown(place_id, place.level, place.name, within, units, before, after, key)
