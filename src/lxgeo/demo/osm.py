"""The fictional district as one OpenStreetMap file: what a mapper would have drawn of it.

It is not checked in: it says what the layers say. Tests read areas, addresses, barriers and the
walking network from it, and a geocoding server can be filled with it.
"""

from __future__ import annotations

from pathlib import Path

from shapely import union_all

from lxgeo.demo.barriers import barriers
from lxgeo.demo.county import County, laid_out
from lxgeo.demo.dice import Dice
from lxgeo.demo.nouns import CITY, DISTRICT, OLD_NAMES
from lxgeo.demo.osm_xml import OsmXml

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
    sheet = OsmXml("lxgeo")
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
