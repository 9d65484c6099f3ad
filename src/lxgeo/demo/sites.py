"""Where units sit: in buildings, on park plots, at street doors, in villages."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely import Point, STRtree

from lxgeo.demo.county import County
from lxgeo.demo.dice import Dice
from lxgeo.demo.fronts import Door
from lxgeo.demo.nouns import Building, Front, Park, Township, Village
from lxgeo.demo.plane import lonlat, on_earth, plane

_SHARES = {
    "urban": {"building": 0.47, "street": 0.36, "park": 0.09, "village": 0.08},
    "town": {"building": 0.10, "street": 0.32, "park": 0.43, "village": 0.15},
    "plain": {"building": 0.06, "street": 0.30, "park": 0.34, "village": 0.30},
    "mountain": {"street": 0.32, "village": 0.68},
}
_PULL = {"primary": 3.0, "secondary": 2.0, "tertiary": 1.2, "residential": 1.0}
_COUNTRY_PULL = 0.04
_BUSY_SHARE, _BUSY = 0.3, 5.0
_EDGE_M = 6.0


@dataclass(frozen=True)
class Site:
    """Where one unit sits, in truth.

    Parameters
    ----------
    kind
        ``building``, ``park``, ``street`` or ``village``: what its address leans on.
    lon, lat
        WGS 84, 7 decimals.
    township_id, park_id, building_id, village_id
        The areas that hold it; empty where none does.
    building, park, front, village
        What its address can name.
    """

    kind: str
    lon: float
    lat: float
    township_id: str
    park_id: str
    building_id: str
    village_id: str
    building: Building | None = None
    park: Park | None = None
    front: Front | None = None
    village: Village | None = None


class Sites:
    """Finds room for units, clustered as in life.

    Parameters
    ----------
    county
        The district as laid out.
    dice
        Which buildings and streets are busy, and who sits where.
    """

    def __init__(self, county: County, dice: Dice) -> None:
        self._county = county
        self._dice = dice
        self._holds = _Holds(county)
        self._buildings: dict[str, list[Building]] = defaultdict(list)
        for building in county.buildings:
            self._buildings[building.township_id].append(building)
        self._villages: dict[str, list[Village]] = defaultdict(list)
        for village in county.villages:
            self._villages[village.township_id].append(village)
        self._parks = {park.id: park for park in county.parks}
        self._plots, self._doors = self._sorted_doors()
        self._ways = {
            "building": self._in_building,
            "park": self._in_park,
            "street": self._in_street,
            "village": self._in_village,
        }
        self._crowd = {
            each.id: dice.between(0.3, 1.0) ** 2 * each.floors for each in county.buildings
        }

    def _sorted_doors(self) -> tuple[dict[str, list[Door]], dict[str, list[tuple[Door, float]]]]:
        """Return doors on park plots and on streets, the latter with how much they draw."""
        built = STRtree([building.shape.buffer(12) for building in self._county.buildings])
        taken = {building.front for building in self._county.buildings}
        addresses = {(front.street, front.number) for front in taken}
        busy: dict[str, float] = {}
        plots: dict[str, list[Door]] = defaultdict(list)
        doors: dict[str, list[tuple[Door, float]]] = defaultdict(list)
        for door in self._county.doors:
            front = door.front
            if (front.street, front.number) in addresses:
                continue
            if door.place in self._parks:
                plots[door.township_id].append(door)
            elif not len(built.query(front.point, predicate="within")):
                street = front.street
                if street not in busy:
                    busy[street] = _BUSY if self._dice.happens(_BUSY_SHARE) else 1.0
                pull = _COUNTRY_PULL if door.place == "country" else _PULL[door.highway]
                doors[door.township_id].append((door, pull * busy[street]))
        return plots, doors

    def site(self, township: Township) -> Site:
        """Return a place for one more unit in a township."""
        shares = {
            kind: share
            for kind, share in _SHARES[township.kind].items()
            if self._has(township.id, kind)
        }
        kind = self._dice.weighted(tuple(shares), tuple(shares.values()))
        while True:
            site = self._ways[kind](township)
            if site.township_id == township.id and bool(site.building_id) == (kind == "building"):
                return site

    def _has(self, township_id: str, kind: str) -> bool:
        stock: dict[str, Mapping[str, Sequence[object]]] = {
            "building": self._buildings,
            "park": self._plots,
            "street": self._doors,
            "village": self._villages,
        }
        return bool(stock[kind].get(township_id))

    def _in_building(self, township: Township) -> Site:
        homes = self._buildings[township.id]
        home = self._dice.weighted(homes, [self._crowd[each.id] for each in homes])
        inner = home.shape.buffer(-_EDGE_M / 2)
        west, south, east, north = inner.bounds
        while True:
            x, y = self._dice.between(west, east), self._dice.between(south, north)
            if inner.contains(Point(x, y)):
                return self._holds.site("building", x, y, building=home, front=home.front)

    def _in_park(self, township: Township) -> Site:
        plots = self._plots[township.id]
        while True:
            door = self._dice.one_of(plots)
            park = self._parks[door.place]
            x = door.front.x + 30 * self._dice.normal()
            y = door.front.y + 30 * self._dice.normal()
            if park.shape.buffer(-_EDGE_M).contains(Point(x, y)):
                return self._holds.site("park", x, y, park=park, front=door.front)

    def _in_street(self, township: Township) -> Site:
        stock = self._doors[township.id]
        door = self._dice.weighted([door for door, _ in stock], [pull for _, pull in stock])
        x, y = (value + self._dice.between(-2, 2) for value in (door.front.x, door.front.y))
        return self._holds.site("street", x, y, front=door.front)

    def _in_village(self, township: Township) -> Site:
        village = self._dice.one_of(self._villages[township.id])
        spread = 0.4 * math.sqrt(village.shape.area / math.pi)
        while True:
            x = village.heart[0] + spread * self._dice.normal()
            y = village.heart[1] + spread * self._dice.normal()
            if village.shape.buffer(-_EDGE_M).contains(Point(x, y)):
                return self._holds.site("village", x, y, village=village)


class _Holds:
    """Tells which areas hold a place, as anybody would who reads the written files."""

    def __init__(self, county: County) -> None:
        self._ids = {
            "township": [each.id for each in county.townships],
            "park": [each.id for each in county.parks],
            "building": [each.id for each in county.buildings],
            "village": [each.id for each in county.villages],
        }
        layers: tuple[Sequence[Township | Park | Building | Village], ...] = (
            county.townships,
            county.parks,
            county.buildings,
            county.villages,
        )
        self._trees = {
            name: STRtree([on_earth(each.shape) for each in layer])
            for name, layer in zip(self._ids, layers, strict=True)
        }

    def site(self, kind: str, x: float, y: float, **named: Any) -> Site:
        """Return the site at a place of the plane; ``named`` is what its address can name."""
        lon, lat = lonlat(x, y)
        held: dict[str, Any] = {f"{layer}_id": self._id(layer, lon, lat) for layer in self._ids}
        return Site(kind=kind, lon=lon, lat=lat, **held, **named)

    def _id(self, layer: str, lon: float, lat: float) -> str:
        found = self._trees[layer].query(Point(lon, lat), predicate="within")
        return self._ids[layer][int(found[0])] if len(found) else ""


def metres_apart(one: Site, other: Site) -> float:
    """Return the distance between two sites in the plane."""
    return math.dist(plane(one.lon, one.lat), plane(other.lon, other.lat))


def nearest(site: Site, others: Sequence[Site]) -> list[int]:
    """Return the places of other sites in a list, nearest first."""
    return sorted(range(len(others)), key=lambda k: (metres_apart(site, others[k]), k))
