"""The index from names and numbers to places: of a district's areas, and of what is added."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from lxgeo.errors import AreasError, Words
from lxgeo.geo import metric_crs
from lxgeo.locate.divisions import Divisions
from lxgeo.locate.extent import in_metres
from lxgeo.locate.finder import Finder
from lxgeo.locate.home import Home, divisions_of, home_of
from lxgeo.locate.lattice import ParsedAddress, parse_addresses
from lxgeo.locate.laying import lay_streets, trust_in
from lxgeo.locate.listed import Listed, Sited, homes_of, list_places, near
from lxgeo.locate.names import fold, split_tail
from lxgeo.locate.naming import Naming
from lxgeo.locate.numbers import HouseNumber, number_at
from lxgeo.locate.places import Layer, Place
from lxgeo.locate.standing import Standing, divisions_here, places_of, roads_of
from lxgeo.locate.streets import Door, Street, Trust
from lxgeo.model import Areas

_FIGURE = re.compile(r"[0-9]")
_CLOSE_DEGREES = 0.001
"""Borders run along roads: a door some 100 m beyond one may count to either township."""


@dataclass(frozen=True)
class Gazetteer:
    """Names and numbers of a district.

    Parameters
    ----------
    finder
        Names as they stand in addresses → the places that bear them.
    exact
        (layer, name) → places, short forms included: for columns that hold a name alone.
    streets
        Road name → the streets of that name, with the doors known on them.
    trust
        How well a number between known doors can be told here.
    grounds
        (layer, id) → the shape of a park or village in metres.
    alike
        Township id → names of its buildings without tails, and the buildings.
    crs
        The district's metric CRS.
    home
        The districts that the areas are of.
    divisions
        The table of divisions that addresses are parsed by.
    township_names
        Township id → its name.
    figured
        The names with figures in them, the figures all alike.
    """

    finder: Finder
    exact: Mapping[tuple[Layer, str], tuple[Place, ...]]
    streets: Mapping[str, tuple[Street, ...]]
    trust: Trust
    grounds: Mapping[tuple[Layer, str], Any]
    alike: Mapping[str, tuple[tuple[str, Place], ...]]
    crs: str
    home: Home
    divisions: Divisions
    township_names: Mapping[str, str]
    figured: Finder

    def figures_tell(self, wording: str) -> bool:
        """Return whether a known name with figures may stand in a folded text, whatever these."""
        return self.figured.may_stand_in(_alike(wording))


def _alike(text: str) -> str:
    """Return a text with its figures all alike."""
    return _FIGURE.sub("0", text)


def _figured(names: Iterable[str]) -> Finder:
    """Return the names that have figures, those all alike."""
    return Finder.of({_alike(name): () for name in names if _FIGURE.search(name)})


def build_gazetteer(
    areas: Areas,
    divisions: Divisions | None = None,
    listed: gpd.GeoDataFrame | None = None,
) -> Gazetteer:
    """Return the index over a district's areas and what a gazetteer adds.

    Parameters
    ----------
    areas
        All layers in EPSG:4326. Townships, their districts, villages, parks, buildings and named
        roads become findable by name and alias; buildings and parks by their address, too.
    divisions
        The table of divisions; without one, addresses are parsed by what the areas know.
    listed
        `lxgeo.tables.GAZETTEER`.

    Raises
    ------
    AreasError
        No township.
    """
    if areas.townships.empty:
        raise AreasError(
            Words(
                zh="乡镇图层 townships 没有任何乡镇：请检查该文件",
                en="the layer 'townships' holds no township: look into that file",
            )
        )
    west, _, east, _ = areas.townships.total_bounds
    crs = metric_crs(float(west + east) / 2)
    divisions = divisions or divisions_of(areas.townships)
    added = Listed() if listed is None else list_places(listed, areas.townships, crs)
    ground = _ground(areas, added, crs)
    doors = _doors(ground, added, areas, divisions, crs)
    streets = lay_streets(_in_metres(ground.lines, crs), doors.by_road)
    unmapped = sorted(set(doors.by_road) - set(ground.lines))
    named = [*ground.roads, *(Place(Layer.ROADS, name, name) for name in unmapped)]
    naming, alike = _named(areas, ground, doors, added, named)
    inside, exact = naming.in_addresses(), naming.exactly()
    return Gazetteer(
        finder=Finder.of(inside),
        exact=exact,
        streets=streets,
        trust=trust_in(street for each in streets.values() for street in each),
        grounds=_grounds(areas, crs),
        alike=alike,
        crs=crs,
        home=home_of(areas.townships, divisions),
        divisions=divisions,
        township_names=dict(zip(areas.townships["id"], areas.townships["name"], strict=True)),
        figured=_figured([*inside, *(name for _, name in exact)]),
    )


class _Ground(NamedTuple):
    """The areas' own places and all roads."""

    townships: list[Place]
    districts: list[Place]
    villages: list[Standing]
    parks: list[Standing]
    buildings: list[Standing]
    roads: list[Place]
    lines: dict[str, Any]


def _ground(areas: Areas, added: Listed, crs: str) -> _Ground:
    townships, districts = divisions_here(areas.townships)
    parks = places_of(Layer.PARKS, areas, crs)
    lines: dict[str, list[Any]] = {}
    for name, line in [
        *zip(areas.roads["name"], areas.roads.geometry, strict=True),
        *added.lines.items(),
    ]:
        if line is not None and fold(name):
            lines.setdefault(fold(name), []).append(line)
    merged = {name: shapely.line_merge(shapely.union_all(each)) for name, each in lines.items()}
    return _Ground(
        townships,
        districts,
        villages=places_of(Layer.VILLAGES, areas, crs),
        parks=parks,
        buildings=places_of(Layer.BUILDINGS, areas, crs),
        roads=roads_of(merged, areas, {park.place.id: park.place for park in parks}),
        lines=merged,
    )


def _in_metres(lines: Mapping[str, Any], crs: str) -> dict[str, Any]:
    shapes = in_metres(np.array(list(lines.values()), dtype=object), crs)
    return dict(zip(lines, shapes, strict=True))


def _grounds(areas: Areas, crs: str) -> dict[tuple[Layer, str], Any]:
    return {
        (layer, place_id): shape
        for layer in (Layer.PARKS, Layer.VILLAGES)
        for place_id, shape in zip(
            areas.layers[layer]["id"],
            in_metres(areas.layers[layer].geometry.to_numpy(), crs),
            strict=True,
        )
        if shape is not None
    }


# --- doors: of buildings and parks by their address, and of what is listed


class _Doors(NamedTuple):
    """The doors of each road, and places with the road of their address."""

    by_road: dict[str, list[Door]]
    ours: list[Place]
    listed: list[Place]


def _doors(ground: _Ground, added: Listed, areas: Areas, divisions: Divisions, crs: str) -> _Doors:
    roads = Finder.of({road.name: (road,) for road in ground.roads})
    standing = [*ground.buildings, *ground.parks, *added.standing]
    texts = [each.address for each in standing] + [address for address, _ in added.addresses]
    parsed = parse_addresses(texts, divisions)
    sited: list[Sited] = []
    places: list[Place] = []
    for (place, _), address in zip(standing, parsed, strict=False):
        road, number = _site(address, roads)
        known = dataclasses.replace(place, road=place.road or road)
        places.append(known)
        if place.ours and road and number and place.metres and place.point:
            sited.append(Sited(road, number, known, *place.metres, *place.point))
    ours = len(ground.buildings) + len(ground.parks)
    housed = _housed(places[ours:], areas, ground, crs)
    by_id = {place.id: place for place in housed}
    listed = list(added.sited)
    for (_, at), address in zip(added.addresses, parsed[len(standing) :], strict=True):
        road, number = _site(address, roads)
        if road and number:
            listed.append(at._replace(road=road, number=number))
    sited += [at._replace(place=at.place and by_id[at.place.id]) for at in listed]
    return _Doors(_by_road(sited, areas), places[:ours], housed)


def _site(address: ParsedAddress, roads: Finder) -> tuple[str | None, HouseNumber | None]:
    """Return the road of an address, a known one first, and the house number on it."""
    text = address.text
    ends = [part.end for part in address.parts]
    for found in roads.find(text, ends):
        return found.places[0].name, _number_at(text, found.end)
    for part in address.parts:
        if part.label == "road":
            return part.text, _number_at(text, part.end)
    return None, None


def _number_at(text: str, start: int) -> HouseNumber | None:
    at = number_at(text, start)
    return at[0] if at else None


def _housed(places: Sequence[Place], areas: Areas, ground: _Ground, crs: str) -> list[Place]:
    """Return listed places with the building of the areas that they stand in."""
    points = shapely.points([place.metres for place in places]) if places else np.array([])
    by_id = {each.place.id: each.place for each in ground.buildings}
    ids = areas.buildings["id"].tolist()
    return [
        dataclasses.replace(place, home=by_id.get(ids[row]) if row >= 0 else None)
        for place, row in zip(places, homes_of(points, areas.buildings, crs), strict=True)
    ]


def _by_road(sited: Sequence[Sited], areas: Areas) -> dict[str, list[Door]]:
    ids = areas.townships["id"].to_numpy(dtype=object)
    close: list[set[str]] = [set() for _ in sited]
    if sited:
        tree = shapely.STRtree(areas.townships.geometry.to_numpy())
        points = shapely.points([(each.lon, each.lat) for each in sited])
        which, where = tree.query(points, predicate="dwithin", distance=_CLOSE_DEGREES)
        for i, k in zip(which.tolist(), where.tolist(), strict=True):
            close[i].add(ids[k])
    doors: dict[str, list[Door]] = {}
    for each, townships in zip(sited, close, strict=True):
        door = Door(each.number, each.x, each.y, frozenset(townships), each.place)
        doors.setdefault(each.road, []).append(door)
    return doors


# --- names


def _named(
    areas: Areas, ground: _Ground, doors: _Doors, added: Listed, roads: Iterable[Place]
) -> tuple[Naming, dict[str, tuple[tuple[str, Place], ...]]]:
    """Return all names, and the buildings of each township by name."""
    naming = Naming()
    for place in [*ground.townships, *ground.districts, *(each.place for each in ground.villages)]:
        naming.add(place)
    for place in [*roads, *doors.ours]:
        naming.add(place)
    for layer, table in areas.layers.items():
        if layer in {each.value for each in Layer}:
            naming.add_aliases(Layer(layer), table)
    taken = naming.exactly()
    new = [
        (place, also)
        for place, also in zip(doors.listed, added.aliases, strict=True)
        if not _is_ours(place, taken)
    ]
    for place, also in new:
        naming.add(place, also)
    return naming, _by_township([*doors.ours, *(place for place, _ in new)])


def _is_ours(place: Place, taken: Mapping[tuple[Layer, str], tuple[Place, ...]]) -> bool:
    """Return whether a listed place is one of the areas, or is called like one of another kind."""
    base = split_tail(place.name)[0]
    if any((layer, place.name) in taken for layer in Layer if layer is not place.layer):
        return True
    same = [each for each in taken.get((place.layer, base), ()) if each.tail == place.tail]
    if place.layer is Layer.BUILDINGS:
        return any(
            place.metres and each.metres and near(place.metres, [each.metres]) for each in same
        )
    return any(lies in each.townships for each in same for lies in place.townships)


def _by_township(places: Iterable[Place]) -> dict[str, tuple[tuple[str, Place], ...]]:
    found: dict[str, list[tuple[str, Place]]] = {}
    for place in places:
        if place.layer is Layer.BUILDINGS:
            for township in place.townships:
                found.setdefault(township, []).append((split_tail(fold(place.name))[0], place))
    return {township: tuple(each) for township, each in found.items()}
