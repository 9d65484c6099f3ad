"""What a ledger row names: its address first, then its own columns."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import NamedTuple

from lxgeo.locate.finder import Found
from lxgeo.locate.gazetteer import Gazetteer
from lxgeo.locate.lattice import ParsedAddress, Part, Wordings
from lxgeo.locate.names import fold, split_tail, tail_at
from lxgeo.locate.numbers import HouseNumber, number_at
from lxgeo.locate.places import Layer, Place

_NAMED = frozenset({"poi", "devzone"})
_LONGEST_NAME = 60
_LONGEST_STEM = 8
_ABOVE_TOWN = frozenset({"prov", "city", "district"})
_SURE_ENDS = _ABOVE_TOWN | {"town", "road", "roadno", "houseno", "cellno", "floorno", "roomno"}


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


_NOTHING: dict[Layer, tuple[Mention, ...]] = dict.fromkeys(Layer, ())


class Numbered(NamedTuple):
    """A house number on a road that a row names.

    Parameters
    ----------
    name
        As the row writes it.
    road, number
        The road's name, and the number on it.
    tail
        The tower said there.
    """

    name: str
    road: str
    number: HouseNumber
    tail: frozenset[str]


class Said(NamedTuple):
    """A township or district that a row claims to lie in, and the townships that fit the claim.

    None fits where the name is not of these areas.
    """

    name: str
    townships: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a row names; rows that name the same may share one.

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
        Roads and house numbers of the address.
    roads
        Roads of the address.
    unknown
        Names of buildings in the address that nothing known is called by.
    """

    said: tuple[Said, ...] = ()
    township: Mention | None = None
    within: frozenset[str] = frozenset()
    strange: bool = False
    buildings: tuple[Mention, ...] = ()
    numbered: tuple[Numbered, ...] = ()
    parks: tuple[Mention, ...] = ()
    villages: tuple[Mention, ...] = ()
    roads: tuple[Mention, ...] = ()
    unknown: tuple[str, ...] = ()


class Columns:
    """What the ledger's own columns name: few names, each looked up once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[tuple[Layer, str], Mention | None] = {}

    def named(self, text: str, layer: Layer) -> Mention | None:
        """Return the place that a cell names."""
        key = layer, text
        if text and key not in self._known:
            self._known[key] = _named(fold(text), layer, self._gazetteer)
        return self._known[key] if text else None


class Worded(NamedTuple):
    """What rows of one wording name: their addresses differ in figures only.

    Parameters
    ----------
    reading
        What they name, whatever the figures.
    found
        The known names in the address.
    unnamed
        Its parts called like buildings in which no known name stands.
    column
        The building that the column names.
    towers
        Whether a tower, block or phase follows a building's name.
    figured
        Whether the figures of an address tell a number, a tower or an unknown name.
    """

    reading: Reading
    found: tuple[Found, ...] = ()
    unnamed: tuple[Part, ...] = ()
    column: Mention | None = None
    towers: bool = False
    figured: bool = False

    def of(self, address: str) -> Reading:
        """Return what a row with an address names, its figures put in."""
        if not self.figured:
            return self.reading
        buildings = self.reading.buildings
        if self.towers:
            buildings = _with(self.column, _mentioned(Layer.BUILDINGS, self.found, address))
        return dataclasses.replace(
            self.reading,
            buildings=buildings,
            numbered=_numbered(self.found, address),
            unknown=tuple(address[part.start : part.end] for part in self.unnamed),
        )


class Rows:
    """Reads rows, and those of one wording once.

    Parameters
    ----------
    addresses
        The rows' addresses, folded.
    gazetteer
        The names that mean something here.
    """

    def __init__(self, addresses: Wordings, gazetteer: Gazetteer) -> None:
        self._addresses = addresses
        self._gazetteer = gazetteer
        self._columns = Columns(gazetteer)
        self._known: dict[tuple[str, ...], Worded] = {}

    def read(self, row: RowText, address: str) -> Reading:
        """Return what a row names; its address is given folded."""
        wording = self._addresses.wording(address)
        key = wording, *row[1:]
        if key not in self._known:
            self._known[key] = self._worded(row, self._addresses.parsed(wording))
        return self._known[key].of(address)

    def _worded(self, row: RowText, parsed: ParsedAddress) -> Worded:
        worded = _read_address(parsed, self._gazetteer)
        reading = _with_columns(row, worded.reading, self._columns)
        return worded._replace(
            reading=reading, column=self._columns.named(row.building, Layer.BUILDINGS)
        )


def _with_columns(row: RowText, address: Reading, columns: Columns) -> Reading:
    """Return what a row's address and its other columns name.

    The address decides where it and a column differ about the township: it is nearer to a position;
    the difference is told. A column that names a building, park or village names nothing else, so
    it goes before the address.
    """
    column = columns.named(row.township, Layer.TOWNSHIPS)
    said = address.said
    if column:
        column = _inside(column, address.within)
        claim = Said(column.name, frozenset(_townships(column.places)))
        said = (*said, claim) if claim.townships not in {each.townships for each in said} else said
    building = columns.named(row.building, Layer.BUILDINGS)
    park = columns.named(row.park, Layer.PARKS)
    village = columns.named(row.village, Layer.VILLAGES)
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
        unknown=address.unknown,
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
            if places := by_tail(gazetteer.exact.get((layer, name), ()), has):
                return Mention(text, places)
    for found in gazetteer.finder.find(text, ()):
        if places := _of(layer, found, text):
            return Mention(text[found.start : found.end], places)
    return None


def _read_address(parsed: ParsedAddress, gazetteer: Gazetteer) -> Worded:
    text = parsed.text
    if not text:
        return Worded(Reading())
    found = tuple(gazetteer.finder.find(text, _cuts(parsed.parts)))
    named = _mentions(found, text)
    districts = named[Layer.DISTRICTS]
    elsewhere = None if districts else gazetteer.home.elsewhere(parsed)
    if elsewhere:
        return Worded(Reading(said=(Said(elsewhere, frozenset()),)))
    within = frozenset(each for mention in districts for each in _townships(mention.places))
    township = next(iter(named[Layer.TOWNSHIPS]), None) or _of_today(parsed, gazetteer)
    unnamed = _unnamed(parsed, found)
    unknown = None if township else _unknown_town(parsed)
    said: tuple[Said, ...] = ()
    if unknown is not None:
        said = (Said(unknown, frozenset()),)
    elif township := township or _in_short(parsed, found, gazetteer):
        township = _inside(township, within)
        said = (Said(township.name, frozenset(_townships(township.places))),)
    if within and not (said and said[0].townships <= within):
        said = (*said, Said(districts[0].name, within))
    reading = Reading(
        said=said,
        township=township,
        within=within,
        strange=unknown is not None and not within,
        buildings=named[Layer.BUILDINGS],
        parks=named[Layer.PARKS],
        villages=named[Layer.VILLAGES],
        roads=named[Layer.ROADS],
    )
    layers = {place.layer for each in found for place in each.places}
    towers = any(tail_at(text, each.end) for each in found) and Layer.BUILDINGS in layers
    figured = bool(unnamed) or towers or Layer.ROADS in layers
    return Worded(reading, found, unnamed, towers=towers, figured=figured)


def _inside(township: Mention, within: frozenset[str]) -> Mention:
    """Return a township's name with those meanings that lie in the district named, if any do."""
    if not within:
        return township
    ours = tuple(place for place in township.places if place.id in within)
    return Mention(township.name, ours or township.places)


def _cuts(parts: tuple[Part, ...]) -> list[int]:
    """Return where a part ends that has an ending of its own; 上 of 上|沙头街道 is none."""
    return [part.end for part in parts if part.label in _SURE_ENDS]


def _unknown_town(parsed: ParsedAddress) -> str | None:
    return next((part.text for part in parsed.parts if part.label == "town"), None)


def _of_today(parsed: ParsedAddress, gazetteer: Gazetteer) -> Mention | None:
    """Return the township that an address means by a kind it no longer is: 沙头镇, now 沙头街道."""
    places = gazetteer.exact.get((Layer.TOWNSHIPS, parsed.township), ())
    ends = {0, *(part.end for part in parsed.parts if part.label in _ABOVE_TOWN)}
    for part in parsed.parts if places else ():
        if part.label == "town" and part.text != parsed.township and part.start in ends:
            return Mention(part.text, places)
    return None


def _in_short(
    parsed: ParsedAddress, found: tuple[Found, ...], gazetteer: Gazetteer
) -> Mention | None:
    """Return a township named without its ending: 福田区沙头 and then nothing or a known name.

    So 沙头路, 沙头工业区 and 沙头村 are no township.
    """
    text = parsed.text
    heads = [part.end for part in parsed.parts if part.label in _ABOVE_TOWN]
    heads += [each.end for each in found if each.places[0].layer is Layer.DISTRICTS]
    head = max(heads, default=0)
    begins = {each.start for each in found}
    for end in range(min(head + _LONGEST_STEM, len(text)), head + 1, -1):
        alone = end == len(text) or not text[end].isalnum() or end in begins
        stem = text[head:end]
        places = gazetteer.exact.get((Layer.TOWNSHIPS, stem), ()) if alone else ()
        if places and (Layer.DISTRICTS, stem) not in gazetteer.exact:
            return Mention(stem, places)
    return None


def _numbered(found: tuple[Found, ...], text: str) -> tuple[Numbered, ...]:
    """Return the roads and house numbers of an address."""
    numbers = []
    for each in found:
        roads = [place.name for place in each.places if place.layer is Layer.ROADS]
        at = number_at(text, each.end) if roads else None
        if at is not None:
            number, end = at
            name, tail = text[each.start : end], tail_at(text, end)
            numbers += [Numbered(name, road, number, tail) for road in roads]
    return tuple(numbers)


def _unnamed(parsed: ParsedAddress, found: tuple[Found, ...]) -> tuple[Part, ...]:
    """Return the parts called like buildings in which no known name stands."""
    named = [part for part in parsed.parts if part.label in _NAMED]
    return tuple(
        part
        for part in named
        if not any(each.start < part.end and part.start < each.end for each in found)
    )


def _mentions(found: tuple[Found, ...], text: str) -> dict[Layer, tuple[Mention, ...]]:
    """Return the names found, by what they stand for."""
    layers = {place.layer: None for each in found for place in each.places}
    return _NOTHING | {layer: _mentioned(layer, found, text) for layer in layers}


def _mentioned(layer: Layer, found: tuple[Found, ...], text: str) -> tuple[Mention, ...]:
    """Return the names found that stand for one kind of place."""
    return tuple(
        Mention(text[each.start : each.end], places)
        for each in found
        if (places := _of(layer, each, text))
    )


def _of(layer: Layer, found: Found, text: str) -> tuple[Place, ...]:
    """Return the places of one layer that a name means, by the tower or phase that follows it."""
    places = tuple(place for place in found.places if place.layer is layer)
    if layer is not Layer.BUILDINGS or not places:
        return places
    tail = tail_at(text, found.end)
    if not tail and any(place.layer is Layer.PARKS for place in found.places):
        return tuple(place for place in places if not place.tail)
    return by_tail(places, tail)


def by_tail(places: tuple[Place, ...], tail: frozenset[str]) -> tuple[Place, ...]:
    """Return the places whose tower or phase is the one said; all where none is said."""
    fitting = [place for place in places if place.tail <= tail]
    if not fitting:
        return () if tail else places
    closest = max(len(place.tail) for place in fitting)
    return tuple(place for place in fitting if len(place.tail) == closest)


def _townships(places: tuple[Place, ...]) -> list[str]:
    return [township for place in places for township in place.townships]
