"""From what a row names to where it is: the finest place that is not in doubt."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sized
from dataclasses import dataclass

import numpy as np
import shapely

from lxgeo.locate.extent import Part
from lxgeo.locate.gazetteer import Gazetteer
from lxgeo.locate.places import Layer, Place
from lxgeo.locate.reading import Mention, Reading
from lxgeo.model import Precision, Reason, Rule

SAME_PLACE_M = 200.0
"""Buildings of one name no farther apart are towers of one complex: good enough to join on."""
ON_ROAD_M = 100.0
"""A building no farther from a road stands on it."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Where the names in a row put it.

    Parameters
    ----------
    precision
        How exactly.
    point
        (lon, lat), degrees WGS 84; None for a township, a district or nothing.
    township
        The township's id, where the names decide it and not the point.
    building, park, village
        The place of that kind that the row is put in.
    findings
        What was ambiguous on the way.
    """

    precision: Precision = Precision.NONE
    point: tuple[float, float] | None = None
    township: str | None = None
    building: Place | None = None
    park: Place | None = None
    village: Place | None = None
    findings: tuple[Reason, ...] = ()


def resolve(reading: Reading, gazetteer: Gazetteer) -> Fix:
    """Return the finest place that a row's names put it in without doubt.

    Buildings by name, then by road and house number, parks, villages, roads, the township, the
    district. A name that means several places apart is told (``place_ambiguous``: ``name``,
    ``places``), and the next coarser one decides.
    """
    doubts: dict[Reason, None] = {}
    for step in _STEPS:
        for told in step(reading, gazetteer):
            if isinstance(told, Fix):
                return dataclasses.replace(told, findings=tuple(doubts))
            doubts[told] = None
    return Fix(findings=tuple(doubts))


# --- the steps: each tells its doubts on the way to a fix, or to none


def _by_building(reading: Reading, gazetteer: Gazetteer) -> Iterator[Fix | Reason]:
    for mention in reading.buildings:
        places = _narrowed(mention.places, reading, gazetteer)
        if len(places) == 1:
            yield Fix(Precision.BUILDING, places[0].point, building=places[0])
        elif places:
            yield _ambiguous(mention, places)
            if _together(places):
                yield Fix(Precision.HOUSE_NUMBER, places[0].point)


def _by_number(reading: Reading, _: Gazetteer) -> Iterator[Fix | Reason]:
    for mention in reading.numbered:
        places = _agreeing(mention.places, reading)
        buildings = tuple(place for place in places if place.layer is Layer.BUILDINGS)
        if buildings and _together(buildings):
            only = buildings[0] if len(buildings) == 1 else None
            yield Fix(Precision.HOUSE_NUMBER, buildings[0].point, building=only)
        elif len(places) == 1:
            yield from _in_park(mention, places[0], reading)
        elif places:
            yield _ambiguous(mention, places)


def _by_park(reading: Reading, gazetteer: Gazetteer) -> Iterator[Fix | Reason]:
    for mention in reading.parks:
        places = _narrowed(mention.places, reading, gazetteer)
        if len(places) == 1:
            yield from _in_park(mention, places[0], reading)
        elif places:
            yield _ambiguous(mention, places)


def _in_park(mention: Mention, park: Place, reading: Reading) -> Iterator[Fix | Reason]:
    """Put a row in a park; in its part in the township named, where it has one there."""
    part = _part(park, reading)
    if part is None:
        yield Fix(Precision.PARK, park.point, park=park)
        return
    if len(park.townships) > 1 and not _named(reading):
        yield _ambiguous(mention, park.townships)
    yield Fix(Precision.PARK, _point(part), part.area, park=park)


def _by_village(reading: Reading, _: Gazetteer) -> Iterator[Fix | Reason]:
    for mention in reading.villages:
        places = _agreeing(mention.places, reading)
        part = _part(places[0], reading) if len(places) == 1 else None
        if part is not None:
            yield Fix(Precision.VILLAGE, _point(part), part.area, village=places[0])
        elif len(places) > 1:
            yield _ambiguous(mention, places)


def _by_road(reading: Reading, _: Gazetteer) -> Iterator[Fix | Reason]:
    """Put a row on a road in the township named; unnamed, only where the road can't leave its own.

    Roads cross townships, and road files end where somebody drew a box.
    """
    named = _named(reading)
    for mention in reading.roads:
        for road in _agreeing(mention.places, reading):
            inside = [part for part in road.parts if not named or part.area in named]
            if len(inside) == 1 and (named or road.ends_inside):
                yield Fix(Precision.ROAD, _point(inside[0]), inside[0].area, park=road.park)
            elif len(inside) > 1:
                yield _ambiguous(mention, inside)


def _by_township(reading: Reading, _: Gazetteer) -> Iterator[Fix | Reason]:
    if reading.township is not None:
        places = reading.township.places
        if len(places) == 1:
            yield Fix(Precision.TOWNSHIP, township=places[0].id)
        else:
            yield _ambiguous(reading.township, places)


def _by_district(reading: Reading, _: Gazetteer) -> Iterator[Fix | Reason]:
    if reading.within:
        yield Fix(Precision.DISTRICT)


_STEPS: tuple[Callable[[Reading, Gazetteer], Iterator[Fix | Reason]], ...] = (
    *(_by_building, _by_number, _by_park, _by_village, _by_road, _by_township, _by_district),
)


# --- which of several places is meant


def _narrowed(
    places: tuple[Place, ...], reading: Reading, gazetteer: Gazetteer
) -> tuple[Place, ...]:
    """Return the places that what else the row names leaves over, sorted by id.

    A place outside the district named is another of the same name; one outside the township named
    is kept where no other is inside, because the point then decides. A vague name counts only where
    the township or a road agrees.
    """
    once = {each.id: each for each in places}.values()
    left = tuple(each for each in once if not reading.within or _lies(each, reading.within))
    inside = tuple(each for each in left if _lies(each, _named(reading)))
    left = inside or left
    if len(left) > 1 or (left and left[0].vague and not inside):
        on_road = tuple(each for each in left if _on_road(each, reading, gazetteer))
        at_number = tuple(each for each in on_road if _at_number(each, reading))
        left = at_number or on_road or tuple(each for each in left if inside or not each.vague)
    return left


def _at_number(place: Place, reading: Reading) -> bool:
    return any(place.id == each.id for mention in reading.numbered for each in mention.places)


def _agreeing(places: tuple[Place, ...], reading: Reading) -> tuple[Place, ...]:
    """Return the places in the township named, else in the district named.

    For names that every township may have, house numbers and villages: where the address names a
    township that is not of these areas, none is meant.
    """
    if reading.strange:
        return ()
    wanted = _named(reading) or reading.within
    return tuple(each for each in places if not wanted or _lies(each, wanted))


def _named(reading: Reading) -> frozenset[str]:
    if reading.township is None:
        return frozenset()
    return frozenset(place.id for place in reading.township.places)


def _lies(place: Place, townships: frozenset[str]) -> bool:
    return any(part.area in townships for part in place.parts)


def _on_road(place: Place, reading: Reading, gazetteer: Gazetteer) -> bool:
    """Return whether a road of the row is the place's own, or runs past it."""
    names = [road.name for mention in reading.roads for road in mention.places]
    if place.road in names:
        return True
    lines = [gazetteer.streets[name] for name in names if name in gazetteer.streets]
    if place.metres is None or not lines:
        return False
    return bool(np.min(shapely.distance(shapely.Point(place.metres), lines)) <= ON_ROAD_M)


def _together(places: tuple[Place, ...]) -> bool:
    """Return whether places are so near to each other that any stands for all."""
    east, north = np.array([place.metres for place in places], dtype=np.float64).T
    apart = np.hypot(east[:, None] - east, north[:, None] - north)
    return bool(apart.max() <= SAME_PLACE_M)


def _part(place: Place, reading: Reading) -> Part | None:
    """Return a place's part in the township named, else its greatest part."""
    named, real = _named(reading), place.parts
    inside = [part for part in real if part.area in named]
    return max(inside or real, key=lambda part: part.share, default=None)


def _point(part: Part) -> tuple[float, float]:
    return part.lon, part.lat


def _ambiguous(mention: Mention, meanings: Sized) -> Reason:
    return Reason(Rule.PLACE_AMBIGUOUS, {"name": mention.name, "places": len(meanings)})
