"""From what a row names to where it is: the finest place that is not in doubt."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from lxgeo.geo import unproject_point
from lxgeo.geo.metric import DIGITS
from lxgeo.locate.agreement import agreeing, named_townships, narrowed, road_lines
from lxgeo.locate.alike import most_alike
from lxgeo.locate.candidates import CONFIDENCE, MOST, Candidate, listed
from lxgeo.locate.doubts import Doubt, across, ambiguous, candidates_of, several
from lxgeo.locate.extent import Part
from lxgeo.locate.gazetteer import Gazetteer
from lxgeo.locate.numbered import at_number
from lxgeo.locate.places import Layer, Place
from lxgeo.locate.reading import Numbered, Reading
from lxgeo.locate.streets import CLAIM_M, Door, Estimate
from lxgeo.model import Figure, Precision, Reason, Rule

ALIKE_CONFIDENCE = 0.6
_LEAST_SURE = 0.5
_BESIDE_M = 100.0
"""A road so near to a park or village that the row names runs through it."""


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
    matched
        What decided: the name or the number that was found.
    confidence
        How sure it is, where that differs from what its precision says.
    solid
        Whether the point is that of a building with a footprint, where many may sit.
    candidates
        The places that it may be at, where there was a doubt.
    findings
        What was ambiguous on the way.
    """

    precision: Precision = Precision.NONE
    point: tuple[float, float] | None = None
    township: str | None = None
    building: Place | None = None
    park: Place | None = None
    village: Place | None = None
    matched: str = ""
    confidence: float | None = None
    solid: bool = False
    candidates: tuple[Candidate, ...] = ()
    findings: tuple[Reason, ...] = ()


def resolve(reading: Reading, gazetteer: Gazetteer) -> Fix:
    """Return the finest place that a row's names put it in without doubt.

    Buildings by name; road and house number, known or worked out from its neighbours; buildings
    spelt alike; roads, parks, villages, the township, the district. A name that means several
    places apart is told (``place_ambiguous``: ``name``, ``places``, ``candidates``), and the next
    coarser one decides.
    """
    doubts: list[Doubt] = []
    for step in _STEPS:
        for told in step(reading, gazetteer):
            if isinstance(told, Fix):
                return _doubted(told, doubts)
            doubts.append(told)
    return _doubted(Fix(), doubts)


def _doubted(fix: Fix, doubts: list[Doubt]) -> Fix:
    if fix.precision in _OWN_DOOR:
        doubts = [doubt for doubt in doubts if not doubt.minor]
    if not doubts:
        return fix
    found = {each.name: each for doubt in doubts for each in doubt.candidates}
    told = dict.fromkeys((*fix.findings, *(doubt.told for doubt in doubts)))
    return dataclasses.replace(
        fix, findings=tuple(told), candidates=(*fix.candidates, *found.values())[:MOST]
    )


_OWN_DOOR = frozenset({Precision.BUILDING, Precision.HOUSE_NUMBER})


# --- the steps: each tells its doubts on the way to a fix, or to none


def _by_building(reading: Reading, gazetteer: Gazetteer) -> Iterator[Fix | Doubt]:
    for mention in reading.buildings:
        places = narrowed(mention.places, reading, gazetteer)
        if len(places) == 1:
            yield _in_building(places[0])
        elif places:
            yield ambiguous(mention.name, places, Precision.BUILDING, gazetteer)
            if middle := _middle_place(places):
                yield Fix(Precision.HOUSE_NUMBER, middle.point, matched=mention.name)


def _in_building(place: Place) -> Fix:
    return Fix(
        Precision.BUILDING,
        place.point,
        building=place if place.ours else place.home,
        matched=place.name,
        solid=place.solid or (place.home is not None and place.home.solid),
    )


def _by_number(reading: Reading, gazetteer: Gazetteer) -> Iterator[Fix | Doubt]:
    for said in reading.numbered:
        found = at_number(said, reading, gazetteer)
        if found.doors:
            yield from _at_door(said, found.doors, gazetteer)
        elif len(found.parks) == 1 and found.parks[0].place is not None:
            yield from _in_park(said.name, found.parks[0].place, reading, gazetteer)
        elif found.estimates:
            yield from _between_doors(said, found.estimates, reading, gazetteer)


def _at_door(said: Numbered, doors: Sequence[Door], gazetteer: Gazetteer) -> Iterator[Fix | Doubt]:
    matched = f"{said.road}{said.number}"
    alone = len(doors) == 1
    middle = 0 if alone else _middle(np.array([(door.x, door.y) for door in doors]))
    if middle is None:
        points = [_lonlat(door.x, door.y, gazetteer) for door in doors]
        yield several(matched, points, Precision.HOUSE_NUMBER)
        return
    homes = {p.id: p for door in doors if (p := _home(door)) is not None}
    only = next(iter(homes.values())) if len(homes) == 1 else None
    place, door = only or doors[middle].place, doors[middle]
    yield Fix(
        Precision.HOUSE_NUMBER,
        place.point if place else _lonlat(door.x, door.y, gazetteer),
        building=only,
        matched=matched,
        solid=any(home.solid for home in homes.values()),
    )


def _home(door: Door) -> Place | None:
    return door.place if door.place is None or door.place.ours else door.place.home


def _between_doors(
    said: Numbered, estimates: Sequence[Estimate], reading: Reading, gazetteer: Gazetteer
) -> Iterator[Fix | Doubt]:
    if len(estimates) > 1:
        points = [_lonlat(each.x, each.y, gazetteer) for each in estimates]
        yield several(f"{said.road}{said.number}", points, Precision.HOUSE_NUMBER)
        return
    found = estimates[0]
    point = _lonlat(found.x, found.y, gazetteer)
    first, last = (door.number for door in found.between)
    matched = f"{said.road}{said.number}（{first}—{last}）"
    if found.error_m <= CLAIM_M:
        sure = CONFIDENCE[Precision.HOUSE_NUMBER]
        sure -= (sure - _LEAST_SURE) * found.error_m / CLAIM_M
        yield Fix(Precision.HOUSE_NUMBER, point, matched=matched, confidence=round(sure, 2))
        return
    shared = found.between[0].townships & found.between[1].townships
    townships = (shared & named_townships(reading)) or shared
    if len(townships) == 1:
        yield Fix(Precision.ROAD, point, next(iter(townships)), matched=matched)


def _by_likeness(reading: Reading, gazetteer: Gazetteer) -> Iterator[Fix | Doubt]:
    found = most_alike(reading, gazetteer)
    if not found:
        return
    written, place, likeness = found[0]
    candidates = candidates_of([each.place for each in found], Precision.BUILDING, gazetteer)
    figures: dict[str, Figure] = {"name": written, "known": place.name, "likeness": likeness}
    if _middle_place([each.place for each in found]) is None:
        told = Reason(Rule.PLACE_AMBIGUOUS, {"name": written, "places": len(found)})
        yield Doubt(told, candidates)
        return
    if others := listed(candidates[1:]):
        figures["others"] = others
    fix = _in_building(place)
    yield dataclasses.replace(
        fix,
        confidence=ALIKE_CONFIDENCE,
        candidates=candidates,
        findings=(Reason(Rule.PLACE_ALIKE, figures),),
    )


def _by_road(reading: Reading, gazetteer: Gazetteer) -> Iterator[Fix | Doubt]:
    """Put a row on a road: in the park or village named, else in the township named.

    Unnamed, only where the road can't leave its township: roads cross townships, and road files end
    where somebody drew a box. Where the park or village named lies elsewhere, it decides.
    """
    named = named_townships(reading)
    ground = _ground_named(reading, gazetteer)
    for mention in reading.roads:
        for road in agreeing(mention.places, reading):
            inside = [part for part in road.parts if not named or part.area in named]
            if ground is not None:
                yield from _along(road, ground, reading, gazetteer)
            elif len(inside) == 1 and (named or road.ends_inside):
                yield Fix(
                    Precision.ROAD,
                    _point(inside[0]),
                    inside[0].area,
                    park=road.park,
                    matched=road.name,
                )
            elif len(inside) > 1:
                yield across(mention.name, road, inside, gazetteer)


def _ground_named(reading: Reading, gazetteer: Gazetteer) -> Place | None:
    """Return the one park or village that a row names and whose ground is known."""
    for mention in (*reading.parks, *reading.villages):
        places = agreeing(mention.places, reading)
        if len(places) == 1 and (places[0].layer, places[0].id) in gazetteer.grounds:
            return places[0]
    return None


def _along(road: Place, ground: Place, reading: Reading, gazetteer: Gazetteer) -> Iterator[Fix]:
    """Put a row on the stretch of a road that runs through a park or village, or past it."""
    shape = gazetteer.grounds[ground.layer, ground.id].buffer(_BESIDE_M)
    lines = shapely.intersection(road_lines([road.name], gazetteer), shape)
    stretches = [line for line in shapely.get_parts(lines) if line.length > 0]
    part = _part(ground, reading)
    if not stretches or part is None:
        return
    middle = max(stretches, key=lambda line: line.length).interpolate(0.5, normalized=True)
    park = ground if ground.layer is Layer.PARKS else road.park
    village = ground if ground.layer is Layer.VILLAGES else None
    yield Fix(
        Precision.ROAD,
        _lonlat(middle.x, middle.y, gazetteer),
        part.area,
        park=park,
        village=village,
        matched=f"{ground.name}{road.name}",
    )


def _by_park(reading: Reading, gazetteer: Gazetteer) -> Iterator[Fix | Doubt]:
    for mention in reading.parks:
        places = narrowed(mention.places, reading, gazetteer)
        if len(places) == 1:
            yield from _in_park(mention.name, places[0], reading, gazetteer)
        elif places:
            yield ambiguous(mention.name, places, Precision.PARK, gazetteer)


def _in_park(
    name: str, park: Place, reading: Reading, gazetteer: Gazetteer
) -> Iterator[Fix | Doubt]:
    """Put a row in a park; in its part in the township named, where it has one there."""
    part = _part(park, reading)
    ours = park if park.ours else None
    if part is None:
        yield Fix(Precision.PARK, park.point, park=ours, matched=park.name)
        return
    if len(park.townships) > 1 and not named_townships(reading):
        parts = [each for each in park.parts if each.area in park.townships]
        yield across(name, park, parts, gazetteer)
    yield Fix(Precision.PARK, _point(part), part.area, park=ours, matched=park.name)


def _by_village(reading: Reading, gazetteer: Gazetteer) -> Iterator[Fix | Doubt]:
    for mention in reading.villages:
        places = agreeing(mention.places, reading)
        part = _part(places[0], reading) if len(places) == 1 else None
        if part is not None:
            village = places[0] if places[0].ours else None
            yield Fix(
                *(Precision.VILLAGE, _point(part), part.area),
                village=village,
                matched=places[0].name,
            )
        elif len(places) > 1:
            yield ambiguous(mention.name, places, Precision.VILLAGE, gazetteer)


def _by_township(reading: Reading, gazetteer: Gazetteer) -> Iterator[Fix | Doubt]:
    if reading.township is not None:
        places = reading.township.places
        if len(places) == 1:
            yield Fix(Precision.TOWNSHIP, township=places[0].id, matched=places[0].name)
        else:
            yield ambiguous(reading.township.name, places, Precision.TOWNSHIP, gazetteer)


def _by_district(reading: Reading, _: Gazetteer) -> Iterator[Fix | Doubt]:
    if reading.within:
        yield Fix(Precision.DISTRICT)


_STEPS: tuple[Callable[[Reading, Gazetteer], Iterator[Fix | Doubt]], ...] = (
    *(_by_building, _by_number, _by_likeness, _by_road, _by_park, _by_village),
    *(_by_township, _by_district),
)


# --- one of several, or none


def _middle_place(places: Sequence[Place]) -> Place | None:
    metres = [place.metres or (np.nan, np.nan) for place in places]
    middle = _middle(np.array(metres, dtype=np.float64))
    return None if middle is None else places[middle]


def _middle(points: np.ndarray) -> int | None:
    """Return the point that no other is farther from than a house number claims; None: too far."""
    apart = np.hypot(*(points[:, None, :] - points[None, :, :]).T).max(axis=0)
    middle = int(np.argmin(apart))
    return middle if apart[middle] <= CLAIM_M else None


def _part(place: Place, reading: Reading) -> Part | None:
    """Return a place's part in the township named, else its greatest part."""
    named, real = named_townships(reading), place.parts
    inside = [part for part in real if part.area in named]
    return max(inside or real, key=lambda part: part.share, default=None)


def _point(part: Part) -> tuple[float, float]:
    return part.lon, part.lat


def _lonlat(x: float, y: float, gazetteer: Gazetteer) -> tuple[float, float]:
    lon, lat = unproject_point(x, y, gazetteer.crs)
    return round(lon, DIGITS), round(lat, DIGITS)
