"""A strict reader of GeoJSON: every way in which a text leaves RFC 7946, by section."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

Json = Any

_TYPES = {"Point", "LineString", "Polygon", "MultiPolygon"}
_DECIMALS = 7


def faults(data: bytes) -> list[str]:
    """Return what a strict reader would refuse; empty for a sound feature collection."""
    if data.startswith(b"\xef\xbb\xbf"):
        return ["RFC 8259 8.1: starts with a byte order mark"]
    try:
        collection = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except ValueError as error:
        return [f"no JSON: {error}"]
    return list(_collection(collection))


def _no_constant(name: str) -> Json:
    raise ValueError(f"{name} is no JSON number")


def _collection(collection: Json) -> Iterator[str]:
    if collection.get("type") != "FeatureCollection":
        yield "3.3: no FeatureCollection"
        return
    if "crs" in collection:
        yield "4: holds a crs member"
    if set(collection) - {"type", "bbox", "features"}:
        yield f"6.1: foreign members {sorted(set(collection) - {'type', 'bbox', 'features'})}"
    if not isinstance(collection.get("features"), list):
        yield "3.3: features is no array"
        return
    for number, feature in enumerate(collection["features"]):
        for fault in _feature(feature):
            yield f"feature {number}: {fault}"
    yield from _bbox(collection)


def _feature(feature: Json) -> Iterator[str]:
    if set(feature) != {"type", "geometry", "properties"}:
        yield f"3.2: members are {sorted(feature)}"
        return
    if feature["type"] != "Feature":
        yield "3.2: no Feature"
    if not isinstance(feature["properties"], dict):
        yield "3.2: properties is no object"
    if feature["geometry"] is not None:
        yield from _geometry(feature["geometry"])


def _geometry(geometry: Json) -> Iterator[str]:
    kind = geometry.get("type")
    if set(geometry) != {"type", "coordinates"} or kind not in _TYPES:
        yield f"3.1: {kind} with members {sorted(geometry)}"
        return
    for position in positions(geometry):
        yield from _position(position)
    if kind == "LineString" and len(geometry["coordinates"]) < 2:
        yield "3.1.4: a line of fewer than two positions"
    for polygon in _polygons(geometry):
        for number, ring in enumerate(polygon):
            yield from _ring(ring, outer=number == 0)


def _polygons(geometry: Json) -> list[Json]:
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else []


def _position(position: Json) -> Iterator[str]:
    if len(position) != 2 or not all(isinstance(each, float | int) for each in position):
        yield f"3.1.1: position {position}"
        return
    lon, lat = position
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        yield f"4: {position} is no longitude and latitude"
    if any(round(each, _DECIMALS) != each for each in position):
        yield f"11.2: {position} has more than {_DECIMALS} decimals"


def _ring(ring: Json, *, outer: bool) -> Iterator[str]:
    if len(ring) < 4:
        yield "3.1.6: a ring of fewer than four positions"
    if ring[0] != ring[-1]:
        yield "3.1.6: an open ring"
    pairs = pairwise(ring)
    twice_area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)
    if (twice_area > 0) != outer:
        yield "3.1.6: a ring against the right-hand rule"


def _bbox(collection: Json) -> Iterator[str]:
    shapes = [each["geometry"] for each in collection["features"] if each["geometry"]]
    points = [position for shape in shapes for position in positions(shape)]
    if not points:
        if "bbox" in collection:
            yield "5: a bbox around nothing"
        return
    lons, lats = zip(*points, strict=True)
    if collection.get("bbox") != [min(lons), min(lats), max(lons), max(lats)]:
        yield f"5: bbox {collection.get('bbox')} is not that of the features"


def positions(geometry: Json) -> list[list[float]]:
    """Return all positions of a geometry."""
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Point":
        return [coordinates]
    if geometry["type"] == "LineString":
        return list(coordinates)
    rings = [ring for polygon in _polygons(geometry) for ring in polygon]
    return [position for ring in rings for position in ring]
