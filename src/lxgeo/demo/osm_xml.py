"""OpenStreetMap's XML: nodes, ways and borders of a place in the district's plane."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from shapely import Polygon

from lxgeo.demo.plane import XY, lonlat

_STAMP = "2026-06-30T00:00:00Z"
"""When every element says it was changed last: fixed, for the same seed gives the same bytes."""


class OsmXml:
    """Gathers elements; what lies at the same place shares a node.

    Ids are running numbers: they mean nothing elsewhere.

    Parameters
    ----------
    generator
        What the file says it was made by.
    """

    def __init__(self, generator: str) -> None:
        self._generator = generator
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
        lines = ['<?xml version="1.0" encoding="UTF-8"?>']
        lines.append(f'<osm version="0.6" generator="{self._generator}">')
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
