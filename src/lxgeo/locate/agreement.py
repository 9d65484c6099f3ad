"""Which of several places is meant: district, township, road and number have their say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely

from lxgeo.locate.gazetteer import Gazetteer
from lxgeo.locate.places import Place
from lxgeo.locate.reading import Reading

ON_ROAD_M = 100.0
"""A building no farther from a road stands on it."""


def narrowed(places: Iterable[Place], reading: Reading, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the places that what else the row names leaves over, sorted by id.

    A place outside the district named is another of the same name; one outside the township named
    is kept where no other is inside, because the point then decides. A vague name counts only where
    the township or a road agrees; so does one from a gazetteer outside the township named.
    """
    once = {each.id: each for each in places}.values()
    left = tuple(each for each in once if not reading.within or lies(each, reading.within))
    named = named_townships(reading)
    inside = tuple(each for each in left if lies(each, named))
    left = inside or tuple(each for each in left if each.ours or not (named or reading.strange))
    if len(left) > 1 or (left and left[0].vague and not inside):
        on_road = tuple(each for each in left if stands_on_road(each, reading, gazetteer))
        at_number = tuple(each for each in on_road if _at_number(each, reading, gazetteer))
        left = at_number or on_road or tuple(each for each in left if inside or not each.vague)
    return left


def agreeing(places: Iterable[Place], reading: Reading) -> tuple[Place, ...]:
    """Return the places in the township named, else in the district named.

    For names that every township may have, roads and villages: where the address names a township
    that is not of these areas, none is meant.
    """
    if reading.strange:
        return ()
    wanted = named_townships(reading) or reading.within
    return tuple(each for each in places if not wanted or lies(each, wanted))


def named_townships(reading: Reading) -> frozenset[str]:
    """Return the townships that a row's township can mean; none where it names none."""
    if reading.township is None:
        return frozenset()
    return frozenset(place.id for place in reading.township.places)


def lies(place: Place, townships: frozenset[str]) -> bool:
    """Return whether a place has a part in one of some townships."""
    return any(part.area in townships for part in place.parts)


def stands_on_road(place: Place, reading: Reading, gazetteer: Gazetteer) -> bool:
    """Return whether a road of the row is the place's own, or runs past it."""
    names = [road.name for mention in reading.roads for road in mention.places]
    if place.road in names:
        return True
    lines = road_lines(names, gazetteer)
    if place.metres is None or not lines:
        return False
    return bool(np.min(shapely.distance(shapely.Point(place.metres), lines)) <= ON_ROAD_M)


def road_lines(names: Iterable[str], gazetteer: Gazetteer) -> list[Any]:
    """Return the lines of roads of some names, metres."""
    return [
        line
        for name in names
        for street in gazetteer.streets.get(name, ())
        for line in street.lines
    ]


def _at_number(place: Place, reading: Reading, gazetteer: Gazetteer) -> bool:
    return any(
        door.place is not None and door.place.id == place.id
        for said in reading.numbered
        for street in gazetteer.streets.get(said.road, ())
        for door in street.exactly(said.number)
    )
