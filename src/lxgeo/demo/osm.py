"""The fictional district as one OpenStreetMap file: what a mapper would have drawn of it.

It is not checked in: it says what the layers say. Tests read areas, addresses, barriers and the
walking network from it, and a geocoding server can be filled with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from shapely import Polygon, union_all

from lxgeo.demo.barriers import barriers
from lxgeo.demo.county import County, laid_out
from lxgeo.demo.dice import Dice
from lxgeo.demo.nouns import CITY, DISTRICT, OLD_NAMES
from lxgeo.demo.plane import XY, lonlat

_STAMP = "2026-06-30T00:00:00Z"
_EVERY_DOOR = 7
"""A mapper noted every seventh door."""


def write_demo_osm(path: Path, seed: int = 2026) -> None:
    """Write the district that a seed stands for as an OpenStreetMap file.

    Parameters
    ----------
    path
        Where to; the same seed gives the same bytes.
    seed
        As for `lxgeo.demo.make_demo`.
    """
    path.write_bytes(osm_text(laid_out(Dice(seed))).encode())


def osm_text(county: County) -> str:
    """Return a district as OSM XML. Ids are running numbers: they mean nothing elsewhere."""
    sheet = _Sheet()
    for street in county.streets:
        sheet.way(street.path, {"highway": street.highway, "name": street.name})
    for barrier in barriers(county):
        sheet.way(barrier.whole.coords, {"name": barrier.name, **dict(barrier.tags)})
    for building in county.buildings:
        road, number = building.front.street, building.front.number
        sheet.way(
            building.shape.exterior.coords,
            {
                "building": "commercial",
                "name": building.name,
                "alt_name": ";".join(building.aliases),
                "addr:street": road,
                "addr:housenumber": str(number),
            },
        )
    for park in county.parks:
        said = {"landuse": "industrial", "name": park.name, "alt_name": ";".join(park.aliases)}
        sheet.way(park.shape.exterior.coords, said)
    for village in county.villages:
        sheet.node(village.heart, {"place": "village", "name": village.name})
    for door in county.doors[::_EVERY_DOOR]:
        tags = {"addr:street": door.front.street, "addr:housenumber": str(door.front.number)}
        sheet.node((door.front.x, door.front.y), tags)
    for town in county.townships:
        sheet.border(town.shape, 8, {"name": town.name, "old_name": OLD_NAMES.get(town.name, "")})
    whole = union_all([town.shape for town in county.townships])
    sheet.border(whole, 6, {"name": DISTRICT, "is_in:city": CITY})
    return sheet.text()


class _Sheet:
    """Gathers elements; what lies at the same place shares a node."""

    def __init__(self) -> None:
        self._numbers: dict[XY, int] = {}
        self._said: dict[int, Mapping[str, str]] = {}
        self._ways: list[tuple[Sequence[int], Mapping[str, str]]] = []
        self._relations: list[tuple[int, Mapping[str, str]]] = []

    def node(self, at: Sequence[float], tags: Mapping[str, str]) -> None:
        """Add a point."""
        self._said[self._number(at)] = tags

    def way(self, path: Iterable[Sequence[float]], tags: Mapping[str, str]) -> None:
        """Add a line, or a ring that ends where it begins."""
        self._ways.append(([self._number(corner) for corner in path], tags))

    def border(self, shape: Polygon, level: int, tags: Mapping[str, str]) -> None:
        """Add an administrative area as a relation of one ring."""
        self.way(shape.exterior.coords, {})
        said = {"type": "boundary", "boundary": "administrative", "admin_level": str(level)}
        self._relations.append((len(self._ways), {**said, **tags}))

    def _number(self, at: Sequence[float]) -> int:
        return self._numbers.setdefault(lonlat(at[0], at[1]), len(self._numbers) + 1)

    def text(self) -> str:
        """Return everything as OSM XML."""
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6" generator="lxgeo">']
        for (lon, lat), number in self._numbers.items():
            place = f'lat="{lat:.7f}" lon="{lon:.7f}"'
            lines.append(_element("node", number, place, "", self._said.get(number, {})))
        for number, (refs, tags) in enumerate(self._ways, start=1):
            nodes = "".join(f'<nd ref="{ref}"/>' for ref in refs)
            lines.append(_element("way", number, "", nodes, tags))
        for number, (ring, tags) in enumerate(self._relations, start=1):
            member = f'<member type="way" ref="{ring}" role="outer"/>'
            lines.append(_element("relation", number, "", member, tags))
        return "\n".join([*lines, "</osm>\n"])


def _element(kind: str, number: int, place: str, inside: str, tags: Mapping[str, str]) -> str:
    said = "".join(f'<tag k="{key}" v={quoteattr(value)}/>' for key, value in tags.items() if value)
    head = f'<{kind} id="{number}" version="1" timestamp="{_STAMP}" {place}'.rstrip()
    return f"{head}>{inside}{said}</{kind}>" if inside or said else f"{head}/>"
