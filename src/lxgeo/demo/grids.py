"""Street grids: of the city, of the towns and inside the parks."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from shapely import MultiPoint, Polygon, affinity

from lxgeo.demo.dice import Dice
from lxgeo.demo.names import CITY_ROADS, CITY_STREETS, TOWN_ROADS, TOWN_STREETS
from lxgeo.demo.nouns import Grid, Park, Street, Township
from lxgeo.demo.plane import XY, Land

_STEP_M = 125.0
_LONG = 5
"""Crossings from which on a lesser street may stop short."""


@dataclass(frozen=True)
class _Lines:
    """The plan of a grid: how far its lines lie from its middle, what they are called, who leads.

    ``main`` holds the numbers of the lines that run right through; the others stop short.
    """

    offsets: tuple[float, ...]
    names: tuple[str, ...]
    main: frozenset[int]


def city(land: Land, dice: Dice) -> Grid:
    """Return the streets of the city, which its four street townships share."""
    roads = _Lines(_spread(dice, 11, 340, 470), _ranked(CITY_ROADS, 11), frozenset({2, 5, 8}))
    streets = _Lines(_spread(dice, 13, 330, 480), _ranked(CITY_STREETS, 13), frozenset({2, 6, 10}))
    return _grid((150.0, -50.0), math.radians(7), roads, streets, _Ground(land, dice, "city"))


def town(township: Township, land: Land, dice: Dice) -> Grid:
    """Return the streets of a town or a rural township's seat."""
    across, along = {"town": (5, 6), "plain": (4, 4), "mountain": (3, 3)}[township.kind]
    roads = tuple(township.word + name for name in TOWN_ROADS)
    streets = tuple(township.word + name for name in TOWN_STREETS)
    return _grid(
        township.heart,
        math.radians(dice.between(-18, 18)),
        _Lines(_spread(dice, across, 170, 260), _ranked(roads, across), frozenset({across // 2})),
        _Lines(_spread(dice, along, 180, 280), _ranked(streets, along), frozenset({along // 2})),
        _Ground(land, dice, "town"),
    )


def inside(park: Park, land: Land, dice: Dice) -> Grid:
    """Return the streets inside a park: numbered roads one way, numbered streets the other."""
    flat = affinity.rotate(park.shape, -park.angle, "centroid")
    west, south, east, north = flat.bounds
    middle = park.shape.centroid
    numbers = "一二三四五六七八"
    return _grid(
        (middle.x, middle.y),
        math.radians(park.angle),
        _even(north - south, [f"{park.word}{n}路" for n in numbers]),
        _even(east - west, [f"{park.word}{n}街" for n in numbers]),
        _Ground(land, dice, park.id),
    )


def _spread(dice: Dice, n: int, low: float, high: float) -> tuple[float, ...]:
    offsets = list(accumulate(dice.between(low, high) for _ in range(n)))
    middle = (offsets[0] + offsets[-1]) / 2
    return tuple(offset - middle for offset in offsets)


def _even(length: float, names: Sequence[str]) -> _Lines:
    n = max(2, round(length / 330))
    gap = length / n
    offsets = tuple((k + 0.5) * gap - length / 2 for k in range(n))
    return _Lines(offsets, tuple(names[:n]), frozenset(range(n)))


def _ranked(names: Sequence[str], n: int) -> tuple[str, ...]:
    """Return names for lines from one side to the other, the first names in the middle."""
    by_rank = sorted(range(n), key=lambda line: (abs(line - n // 2), line))
    named = dict(zip(by_rank, names, strict=False))
    return tuple(named[line] for line in range(n))


@dataclass(frozen=True)
class _Ground:
    """What a grid is laid on, and for whom: the city, a town, or a park (by its id)."""

    land: Land
    dice: Dice
    place: str

    def at(self, middle: XY, angle: float, east: float, north: float) -> XY:
        """Return where a place of the grid comes to lie: turned, and bent as the land is."""
        turned = (
            middle[0] + east * math.cos(angle) - north * math.sin(angle),
            middle[1] + east * math.sin(angle) + north * math.cos(angle),
        )
        if self.in_park:
            return turned
        here, there = self.land.bent(*middle), self.land.bent(*turned)
        if self.place == "city":
            return there
        # A town's middle stays where it is, and its streets bend half as much as the borders.
        shift = ((there[k] - turned[k] - here[k] + middle[k]) / 2 for k in (0, 1))
        return turned[0] + next(shift), turned[1] + next(shift)

    @property
    def in_park(self) -> bool:
        """Whether the grid lies inside a park: its streets run up to the fence."""
        return self.place not in {"city", "town"}

    def highway(self, *, main: bool) -> str:
        """Return the class of a street."""
        if self.place == "city":
            return "primary" if main else "tertiary"
        return "secondary" if main and self.place == "town" else "residential"


def _grid(middle: XY, angle: float, roads: _Lines, streets: _Lines, ground: _Ground) -> Grid:
    def laid(east: float, north: float) -> XY:
        return ground.at(middle, angle, east, north)

    made = [
        *_streets(roads, streets, ground, laid),
        *_streets(streets, roads, ground, lambda along, across: laid(across, along)),
    ]
    gates = tuple(end for street in made for end in (street.path[0], street.path[-1]))
    hull = MultiPoint([corner for street in made for corner in street.path]).convex_hull
    return Grid(tuple(made), gates, Polygon(hull))


def _streets(
    lines: _Lines, crossed: _Lines, ground: _Ground, laid: Callable[[float, float], XY]
) -> list[Street]:
    """Return one set of parallel streets, with a corner wherever they cross the other set."""
    reach, breadth = crossed.offsets[-1] * 1.04, lines.offsets[-1] * 1.04
    margin = (crossed.offsets[1] - crossed.offsets[0]) / 2 if ground.in_park else 0.0
    made = []
    for number, (across, name) in enumerate(zip(lines.offsets, lines.names, strict=True)):
        main = number in lines.main
        stops = [
            along
            for along in crossed.offsets
            if ground.place != "city" or abs(along / reach) ** 3 + abs(across / breadth) ** 3 <= 1
        ]
        if not main:
            stops = _trimmed(stops, ground.dice)
        if margin:
            stops = [stops[0] - margin, *stops, stops[-1] + margin]
        path = tuple(laid(along, across) for along in _stepped(stops))
        made.append(Street(name, ground.highway(main=main), path, ground.place))
    return made


def _trimmed(stops: list[float], dice: Dice) -> list[float]:
    """Return the crossings that a lesser street reaches: it may stop one short at either end."""
    if len(stops) < _LONG:
        return stops
    return stops[dice.below(2) : len(stops) - dice.below(2)]


def _stepped(stops: list[float]) -> list[float]:
    """Return the stops with steps between them, so that a street can follow the land."""
    stepped = stops[:1]
    for start, end in itertools.pairwise(stops):
        steps = max(1, round((end - start) / _STEP_M))
        stepped += [start + (end - start) * k / steps for k in range(1, steps)] + [end]
    return stepped
