"""Doors and buildings along the streets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from shapely import Point, Polygon, STRtree

from lxgeo.demo.dice import Dice
from lxgeo.demo.names import BUILDING_KINDS, BUILDINGS
from lxgeo.demo.nouns import Building, Front, Park, Street, Township
from lxgeo.demo.plane import XY

_DOOR_M = 24.0
_PER_NUMBER_M = 12.0
_SETBACK_M = 14.0
_NUMBERED_PARK = "P02"


@dataclass(frozen=True)
class Door:
    """A place on a street where a house can stand, and which way the street runs there."""

    front: Front
    heading: float
    side: int
    township_id: str
    highway: str
    place: str


def doors(streets: Sequence[Street], townships: Sequence[Township]) -> tuple[Door, ...]:
    """Return the doors of all named streets, even numbers on the right, in street order.

    Numbers grow along the street, two for every 12 m, so that a number tells how far along its
    house stands.
    """
    shapes = STRtree([town.shape for town in townships])
    made = []
    for street in streets:
        line = street.line
        for k in range(int((line.length - _DOOR_M) // _DOOR_M) if street.name else 0):
            along = (k + 0.9) * _DOOR_M
            here, next_to = line.interpolate(along), line.interpolate(along + 1.0)
            heading = math.atan2(next_to.y - here.y, next_to.x - here.x)
            for side in (1, -1):
                x, y = _aside((here.x, here.y), heading, side * _SETBACK_M)
                home = shapes.query(Point(x, y), predicate="within")
                number = 2 * int((street.from_m + along) / _PER_NUMBER_M) + (1 if side > 0 else 2)
                if len(home) == 1:
                    made.append(
                        Door(
                            Front(street.name, number, x, y),
                            heading,
                            side,
                            townships[int(home[0])].id,
                            street.highway,
                            street.place,
                        )
                    )
    return tuple(made)


def _aside(at: XY, heading: float, distance: float) -> XY:
    """Return a place so far to the left of a heading."""
    return at[0] - distance * math.sin(heading), at[1] + distance * math.cos(heading)


def _footprint(door: Door, width: float, depth: float) -> Polygon:
    """Return a rectangle behind a door, its front along the street."""
    corners = []
    for along, back in ((-0.5, 0.0), (0.5, 0.0), (0.5, 1.0), (-0.5, 1.0)):
        x, y = _aside((door.front.x, door.front.y), door.heading, door.side * back * depth)
        corners.append(
            (
                x + along * width * math.cos(door.heading),
                y + along * width * math.sin(door.heading),
            )
        )
    return Polygon(corners)


def buildings(
    doors: Sequence[Door],
    streets: Sequence[Street],
    townships: Sequence[Township],
    parks: Sequence[Park],
    dice: Dice,
) -> tuple[Building, ...]:
    """Return sixty commercial buildings: most in the city, some in parks and towns.

    Parameters
    ----------
    doors, streets
        Where they may stand, and what they may not stand on.
    townships, parks
        Where the wanted numbers of them lie.
    dice
        Their places, sizes and names.
    """
    ground = _Ground(streets, townships)
    names = iter(_names(dice.of("names")))
    made = []
    for place, wanted in _wanted(townships, parks):
        plots = [door for door in doors if place in {door.place, door.township_id + door.place}]
        plots.sort(key=lambda door: _appeal(door, dice))
        built = ground.built(plots, wanted, dice)
        numbered = place == _NUMBERED_PARK
        park = next((park for park in parks if park.id == place), None)
        for number, (door, shape) in enumerate(built, start=1):
            name, aliases = _in_park(park, number) if numbered and park else next(names)
            made.append((name, aliases, door, shape, dice.count(4, 26)))
    made.sort(key=lambda one: (one[2].township_id, one[2].front.street, one[2].front.number))
    return tuple(
        Building(f"B{number:03d}", name, aliases, door.front, door.township_id, shape, floors)
        for number, (name, aliases, door, shape, floors) in enumerate(made, start=1)
    )


class _Ground:
    """What is built on: no building stands on a street, a border or another building."""

    def __init__(self, streets: Sequence[Street], townships: Sequence[Township]) -> None:
        self._streets = STRtree([street.line for street in streets])
        self._townships = {town.id: town.shape for town in townships}
        self._taken: list[Polygon] = []

    def built(self, plots: Sequence[Door], wanted: int, dice: Dice) -> list[tuple[Door, Polygon]]:
        """Return buildings on the first plots that have room."""
        made: list[tuple[Door, Polygon]] = []
        for door in plots:
            if len(made) == wanted:
                break
            shape = _footprint(door, dice.between(34, 78), dice.between(22, 40))
            if self._has_room(door, shape.buffer(8)):
                self._taken.append(shape.buffer(10))
                made.append((door, shape))
        return made

    def _has_room(self, door: Door, shape: Polygon) -> bool:
        return (
            self._townships[door.township_id].contains(shape)
            and not len(self._streets.query(shape, predicate="intersects"))
            and not any(shape.intersects(other) for other in self._taken)
        )


def _wanted(townships: Sequence[Township], parks: Sequence[Park]) -> list[tuple[str, int]]:
    """Return how many buildings each place gets: 44 in the city, 7 in towns, 9 in parks."""
    by_kind = {"urban": ("city", 11), "town": ("town", 2), "plain": ("town", 0)}
    wanted = [
        (town.id + by_kind[town.kind][0], by_kind[town.kind][1])
        for town in townships
        if town.kind in by_kind
    ]
    wanted += [(town.id + "town", 1) for town in townships if town.name == "麦川镇"]
    return wanted + [(park.id, n) for park, n in zip(parks, (4, 5), strict=False)]


def _appeal(door: Door, dice: Dice) -> float:
    """Return how far down the list a plot comes: main streets near the middle are built first."""
    rank = {"primary": 0.0, "secondary": 0.3, "tertiary": 1.0}.get(door.highway, 1.5)
    middle = math.hypot(door.front.x, door.front.y) / 2_500 if door.place == "city" else 0.0
    return rank + middle + dice.between(0, 2)


def _names(dice: Dice) -> list[tuple[str, tuple[str, ...]]]:
    """Return names of buildings, and what people shorten some of them to."""
    names: list[tuple[str, tuple[str, ...]]] = []
    for word in dice.shuffled(BUILDINGS):
        kind, short = dice.one_of(BUILDING_KINDS)
        aliases = (word + short,) if short and dice.happens(0.6) else ()
        names.append((word + kind, aliases))
    return names


def _in_park(park: Park, number: int) -> tuple[str, tuple[str, ...]]:
    """Return the name of a park's numbered building, long and short."""
    return f"{park.name}{number}号楼", (f"{park.aliases[-1]}{number}号楼",)
