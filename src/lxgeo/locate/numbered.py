"""A house number on a road: where its door is, or must be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from lxgeo.locate.agreement import named_townships
from lxgeo.locate.gazetteer import Gazetteer
from lxgeo.locate.places import Layer
from lxgeo.locate.reading import Numbered, Reading, by_tail
from lxgeo.locate.streets import CLAIM_M, Door, Estimate, Street


class AtNumber(NamedTuple):
    """What is known of a house number.

    Parameters
    ----------
    doors
        Its doors, those of buildings first.
    parks
        Doors of parks that bear the number.
    estimates
        Where it must be, where no door of it is known: one for each street of the name.
    """

    doors: tuple[Door, ...] = ()
    parks: tuple[Door, ...] = ()
    estimates: tuple[Estimate, ...] = ()


def at_number(said: Numbered, reading: Reading, gazetteer: Gazetteer) -> AtNumber:
    """Return what is known of a house number in the township named, else in the district."""
    if reading.strange:
        return AtNumber()
    wanted = named_townships(reading) or reading.within
    streets = gazetteer.streets.get(said.road, ())
    doors = [
        door
        for street in streets
        for door in _trusted(street, said, gazetteer)
        if not wanted or door.townships & wanted
    ]
    parks = tuple(d for d in doors if d.place is not None and d.place.layer is Layer.PARKS)
    doors = _of_tower([door for door in doors if door not in parks], said)
    if doors or parks:
        return AtNumber(tuple(doors), parks)
    return AtNumber(estimates=tuple(_estimates(streets, said, wanted, gazetteer)))


def _trusted(street: Street, said: Numbered, gazetteer: Gazetteer) -> Iterator[Door]:
    """Yield the doors of a number but those that stand far from where their neighbours put them."""
    for door in street.exactly(said.number):
        if door in street.doubted:
            expected = street.estimate(door.number.number, gazetteer.trust)
            if expected and np.hypot(door.x - expected.x, door.y - expected.y) > CLAIM_M:
                continue
        yield door


def _of_tower(doors: list[Door], said: Numbered) -> list[Door]:
    """Return the doors without those of other towers than the one said there."""
    places = {door.place.id: door.place for door in doors if door.place and door.place.ours}
    if not places:
        return doors
    fitting = {place.id for place in by_tail(tuple(places.values()), said.tail)}
    return [
        door
        for door in doors
        if door.place is None or not door.place.ours or door.place.id in fitting
    ]


def _estimates(
    streets: tuple[Street, ...], said: Numbered, wanted: frozenset[str], gazetteer: Gazetteer
) -> Iterator[Estimate]:
    for street in streets:
        found = street.estimate(said.number.number, gazetteer.trust)
        if found and (not wanted or any(door.townships & wanted for door in found.between)):
            yield found
