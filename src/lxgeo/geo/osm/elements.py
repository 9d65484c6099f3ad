"""Nodes, ways and relations of OpenStreetMap, and the features that they form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString, Point, Polygon

Tags = Mapping[str, str]

_RING = 4
"""Nodes of the smallest ring: three corners, the first once more."""
_LINE = 2
"""Nodes of the shortest line."""
_AREAS = frozenset({"multipolygon", "boundary"})
"""Types of relation that bound an area."""
_AREA_KEYS = frozenset(
    {"building", "landuse", "amenity", "shop", "office", "craft", "tourism", "leisure", "place"}
    | {"boundary", "healthcare", "public_transport", "man_made", "historic", "water"}
)
"""A closed way with one of these tags is an area and no ring road."""
_AREA_VALUES = frozenset({("waterway", "riverbank"), ("waterway", "dock"), ("area", "yes")})
_LINES = frozenset({"coastline", "cliff", "ridge", "arete", "tree_row"})
"""What is natural and yet no area, even where its line closes."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way: the nodes that it leads along, by their place among the elements' nodes.

    Parameters
    ----------
    id
        Its number in OpenStreetMap.
    nodes
        -1 where the file lacks the node (it was cut from a larger one).
    tags
        What is said of it.
    """

    id: int
    nodes: tuple[int, ...]
    tags: Tags

    @property
    def runs(self) -> list[tuple[int, ...]]:
        """The stretches of at least two nodes that the file has."""
        found: list[list[int]] = [[]]
        for node in self.nodes:
            if node >= 0:
                found[-1].append(node)
            elif found[-1]:
                found.append([])
        return [tuple(run) for run in found if len(run) >= _LINE]

    @property
    def closed(self) -> bool:
        """Whether it is a ring that the file has wholly."""
        return len(self.nodes) >= _RING and self.nodes[0] == self.nodes[-1] and min(self.nodes) >= 0


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation: its members as (type, id, role)."""

    id: int
    members: tuple[tuple[str, int, str], ...]
    tags: Tags


@dataclass(frozen=True, slots=True)
class Feature:
    """A thing on the map.

    Parameters
    ----------
    osm
        Where it stands in OpenStreetMap: ``node/1``, ``way/2``, ``relation/3``.
    tags
        What is said of it; hostile, like all that comes from outside.
    shape
        Degrees WGS 84.
    """

    osm: str
    tags: Tags
    shape: Geometry


@dataclass(frozen=True)
class Elements:
    """What an OpenStreetMap file holds.

    Parameters
    ----------
    lon, lat : ndarray of float64, shape (nodes,)
        All nodes, degrees WGS 84.
    node_ids : ndarray of int64
        Their numbers in OpenStreetMap.
    node_tags
        Place among the nodes → tags, where there are any.
    ways, relations
        In the order of the file.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    node_ids: NDArray[np.int64]
    node_tags: Mapping[int, Tags] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    relations: tuple[Relation, ...] = ()

    def features(self) -> Iterator[Feature]:
        """Yield every tagged node, way and area with its shape; what has none is left out."""
        for node, tags in self.node_tags.items():
            shape = Point(float(self.lon[node]), float(self.lat[node]))
            yield Feature(f"node/{self.node_ids[node]}", tags, shape)
        for way in self.ways:
            if way.tags and (shape := self._way_shape(way)) is not None:
                yield Feature(f"way/{way.id}", way.tags, shape)
        by_id = {way.id: way for way in self.ways}
        for relation in self.relations:
            if relation.tags.get("type") in _AREAS and (
                (area := self._area(relation, by_id)) is not None
            ):
                yield Feature(f"relation/{relation.id}", relation.tags, area)

    def _line(self, nodes: tuple[int, ...]) -> LineString:
        which = list(nodes)
        return LineString(np.column_stack([self.lon[which], self.lat[which]]))

    def _way_shape(self, way: Way) -> Geometry | None:
        if is_area(way.tags) and way.closed:
            return _sound(Polygon(self._line(way.nodes)))
        lines = [self._line(run) for run in way.runs]
        if not lines:
            return None
        return lines[0] if len(lines) == 1 else shapely.multilinestrings(lines)

    def _area(self, relation: Relation, by_id: Mapping[int, Way]) -> Geometry | None:
        """Return the area within a relation's rings; None where the file lacks a part of them."""
        rings = [
            by_id.get(number)
            for kind, number, role in relation.members
            if kind == "way" and role in {"outer", "inner", ""}
        ]
        whole = [ring for ring in rings if ring is not None and min(ring.nodes, default=-1) >= 0]
        if not whole or len(whole) < len(rings):
            return None
        lines = [self._line(ring.nodes) for ring in whole if len(ring.nodes) >= _LINE]
        # Rings inside rings are holes, and those inside holes are islands.
        area = shapely.build_area(shapely.multilinestrings(lines))
        return _sound(area)


def is_area(tags: Tags) -> bool:
    """Return whether a closed way of these tags bounds an area."""
    if tags.get("area") == "no":
        return False
    return (
        not _AREA_KEYS.isdisjoint(tags)
        or not _AREA_VALUES.isdisjoint(tags.items())
        or ("natural" in tags and tags["natural"] not in _LINES)
    )


def _sound(area: Geometry) -> Geometry | None:
    """Return an area as a valid polygon or polygons; None where nothing is left of it."""
    mended = area if shapely.is_valid(area) else shapely.make_valid(area)
    parts = [part for part in shapely.get_parts(mended) if part.geom_type == "Polygon"]
    parts = [part for part in parts if not part.is_empty]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
