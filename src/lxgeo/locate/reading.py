"""What a ledger row names: its address first, then its own columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from lxgeo.locate.address import Span, house_number, spans
from lxgeo.locate.finder import Found
from lxgeo.locate.gazetteer import Gazetteer
from lxgeo.locate.names import district_forms, fold, split_tail, tail_at
from lxgeo.locate.places import Layer, Place

_LONGEST_NAME = 60
_LONGEST_STEM = 8


class RowText(NamedTuple):
    """The texts of a row that can say where it is; empty where the ledger says nothing."""

    address: str
    township: str
    village: str
    park: str
    building: str


class Mention(NamedTuple):
    """A name in a row, and the places that it can mean."""

    name: str
    places: tuple[Place, ...]


class Said(NamedTuple):
    """A township or district that a row claims to lie in, and the townships that fit the claim.

    None fits where the name is not of these areas.
    """

    name: str
    townships: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row names.

    Parameters
    ----------
    said
        What it claims about its township: by the address, by the column.
    township
        The township meant: the address's, else the column's.
    within
        Townships of the districts that the address names; empty where it names none of ours.
    strange
        Whether the address names a township that is not of these areas, and nothing says that it
        is of ours all the same.
    buildings, parks, villages
        Names, those of the columns first.
    numbered
        Buildings and parks at the road and house number of the address.
    roads
        Roads of the address.
    """

    said: tuple[Said, ...] = ()
    township: Mention | None = None
    within: frozenset[str] = frozenset()
    strange: bool = False
    buildings: tuple[Mention, ...] = ()
    numbered: tuple[Mention, ...] = ()
    parks: tuple[Mention, ...] = ()
    villages: tuple[Mention, ...] = ()
    roads: tuple[Mention, ...] = ()


def read_row(row: RowText, gazetteer: Gazetteer) -> Reading:
    """Return what a row names.

    The address decides where it and a column differ about the township: it is nearer to a position;
    the difference is told. A column that names a building, park or village names nothing else, so
    it goes before the address.
    """
    address = _read_address(fold(row.address), gazetteer)
    column = _named(fold(row.township), Layer.TOWNSHIPS, gazetteer)
    said = address.said
    if column:
        column = _inside(column, address.within)
        claim = Said(column.name, frozenset(_townships(column.places)))
        said = (*said, claim) if claim.townships not in {each.townships for each in said} else said
    building = _named(fold(row.building), Layer.BUILDINGS, gazetteer)
    park = _named(fold(row.park), Layer.PARKS, gazetteer)
    village = _named(fold(row.village), Layer.VILLAGES, gazetteer)
    return Reading(
        said=said,
        township=address.township or column,
        within=address.within,
        strange=address.strange and column is None,
        buildings=_with(building, address.buildings),
        numbered=address.numbered,
        parks=_with(park, address.parks),
        villages=_with(village, address.villages),
        roads=address.roads,
    )


def _with(first: Mention | None, others: tuple[Mention, ...]) -> tuple[Mention, ...]:
    return (first, *others) if first else others


def _named(text: str, layer: Layer, gazetteer: Gazetteer) -> Mention | None:
    """Return the place that a column names: the whole of it is a name, or a name stands in it."""
    if not text:
        return None
    if len(text) <= _LONGEST_NAME:
        base, tail = split_tail(text)
        for name, has in ((text, frozenset[str]()), (base, tail)):
            if places := _by_tail(gazetteer.exact.get((layer, name), ()), has):
                return Mention(text, places)
    for found in gazetteer.finder.find(text, _cuts(spans(text))):
        if places := _of(layer, found, text):
            return Mention(text[found.start : found.end], places)
    return None


def _read_address(text: str, gazetteer: Gazetteer) -> Reading:
    if not text:
        return Reading()
    labelled = spans(text)
    found = tuple(gazetteer.finder.find(text, _cuts(labelled)))
    named = _mentions(found, text)
    districts = named[Layer.DISTRICTS]
    elsewhere = None if districts else _elsewhere(labelled, text, gazetteer)
    if elsewhere:
        return Reading(said=(Said(elsewhere, frozenset()),))
    within = frozenset(each for mention in districts for each in _townships(mention.places))
    township = next(iter(named[Layer.TOWNSHIPS]), None)
    unknown = None if township else next((s for s in labelled if s.label == "town"), None)
    said: tuple[Said, ...] = ()
    if unknown is not None:
        said = (Said(text[unknown.start : unknown.end], frozenset()),)
    elif township := township or _in_short(text, labelled, found, gazetteer):
        township = _inside(township, within)
        said = (Said(township.name, frozenset(_townships(township.places))),)
    if within and not (said and said[0].townships <= within):
        said = (*said, Said(districts[0].name, within))
    return Reading(
        said=said,
        township=township,
        within=within,
        strange=unknown is not None and not within,
        buildings=named[Layer.BUILDINGS],
        numbered=_numbered(found, text, gazetteer),
        parks=named[Layer.PARKS],
        villages=named[Layer.VILLAGES],
        roads=named[Layer.ROADS],
    )


def _inside(township: Mention, within: frozenset[str]) -> Mention:
    """Return a township's name with those meanings that lie in the district named, if any do."""
    ours = tuple(place for place in township.places if place.id in within)
    return Mention(township.name, ours or township.places)


def _cuts(labelled: tuple[Span, ...]) -> list[int]:
    return [at for span in labelled for at in (span.start, span.end)]


def _elsewhere(labelled: tuple[Span, ...], text: str, gazetteer: Gazetteer) -> str | None:
    """Return a district that the address names and that is none of ours, where ours are known."""
    ours = gazetteer.district_stems
    for span in labelled:
        name = text[span.start : span.end]
        if span.label == "district" and ours:
            stem = district_forms(name)[1]
            if not any(own.startswith(stem) or stem.startswith(own) for own in ours):
                return name
    return None


def _in_short(
    text: str, labelled: tuple[Span, ...], found: tuple[Found, ...], gazetteer: Gazetteer
) -> Mention | None:
    """Return a township named without its ending: 福田区沙头 and then nothing or a known name.

    So 沙头路, 沙头工业区 and 沙头村 are no township.
    """
    head = max((span.end for span in labelled if span.label in {"city", "district"}), default=0)
    begins = {each.start for each in found}
    for end in range(min(head + _LONGEST_STEM, len(text)), head + 1, -1):
        alone = end == len(text) or not text[end].isalnum() or end in begins
        stem = text[head:end]
        places = gazetteer.exact.get((Layer.TOWNSHIPS, stem), ()) if alone else ()
        if places and (Layer.DISTRICTS, stem) not in gazetteer.exact:
            return Mention(stem, places)
    return None


def _numbered(found: tuple[Found, ...], text: str, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return what stands at the roads and house numbers of an address, by the tower said there."""
    mentions = []
    for each in found:
        for road in (place.name for place in each.places if place.layer is Layer.ROADS):
            if number := house_number(text, each.end):
                places = gazetteer.numbered.get((road, number[0]), ())
                places = _by_tail(places, tail_at(text, number[1]))
                mentions.append(Mention(text[each.start : number[1]], places))
    return tuple(mention for mention in mentions if mention.places)


def _mentions(found: tuple[Found, ...], text: str) -> dict[Layer, tuple[Mention, ...]]:
    """Return the names found, by what they stand for."""
    named: dict[Layer, tuple[Mention, ...]] = dict.fromkeys(Layer, ())
    for each in found:
        for layer in dict.fromkeys(place.layer for place in each.places):
            if places := _of(layer, each, text):
                named[layer] = (*named[layer], Mention(text[each.start : each.end], places))
    return named


def _of(layer: Layer, found: Found, text: str) -> tuple[Place, ...]:
    """Return the places of one layer that a name means, by the tower or phase that follows it."""
    places = tuple(place for place in found.places if place.layer is layer)
    if layer is not Layer.BUILDINGS or not places:
        return places
    tail = tail_at(text, found.end)
    if not tail and any(place.layer is Layer.PARKS for place in found.places):
        return tuple(place for place in places if not place.tail)
    return _by_tail(places, tail)


def _by_tail(places: tuple[Place, ...], tail: frozenset[str]) -> tuple[Place, ...]:
    """Return the places whose tower or phase is the one said; all where none is said."""
    fitting = [place for place in places if place.tail <= tail]
    if not fitting:
        return () if tail else places
    closest = max(len(place.tail) for place in fitting)
    return tuple(place for place in fitting if len(place.tail) == closest)


def _townships(places: tuple[Place, ...]) -> list[str]:
    return [township for place in places for township in place.townships]
