"""GeoJSON as RFC 7946 has it: WGS 84, 7 decimals, outer rings counter-clockwise, no ``crs``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from lxgeo.geo.metric import DIGITS
from lxgeo.publish.rows import cells
from lxgeo.tables import Table


def write_geojson(path: Path, layer: gpd.GeoDataFrame, table: Table) -> None:
    """Write a layer as a feature collection, a feature a line.

    Parameters
    ----------
    path
        Where to.
    layer
        Points, lines or polygons in EPSG:4326, as `lxgeo.publish.rows.published` gives them.
        A feature without a geometry is written as one that has no position.
    table
        Its schema: the properties, in order. Unknown ones are ``null``.
    """
    head = '{"type":"FeatureCollection",'
    if layer.geometry.notna().any():
        bounds = [round(float(each), DIGITS) for each in layer.total_bounds]
        head += f'"bbox":{_json(bounds)},'
    lines = ",\n".join(_json(feature) for feature in _features(layer, table))
    path.write_text(f'{head}"features":[\n{lines}\n]}}\n', encoding="utf-8", newline="\n")


def _features(layer: gpd.GeoDataFrame, table: Table) -> Iterator[dict[str, Any]]:
    names = table.names
    for row, shape in zip(cells(layer, names), layer.geometry, strict=True):
        yield {
            "type": "Feature",
            "geometry": None if shape is None else _geometry(shape),
            "properties": dict(zip(names, row, strict=True)),
        }


def _geometry(shape: BaseGeometry) -> dict[str, Any]:
    if shape.geom_type == "Polygon":
        return {"type": "Polygon", "coordinates": _rings(shape)}
    if shape.geom_type == "MultiPolygon":
        return {"type": "MultiPolygon", "coordinates": [_rings(part) for part in shape.geoms]}
    positions = _positions(shape)
    if shape.geom_type == "Point":
        return {"type": "Point", "coordinates": positions[0]}
    return {"type": "LineString", "coordinates": positions}


def _rings(polygon: BaseGeometry) -> list[list[list[float]]]:
    return [_turned(ring, outer=i == 0) for i, ring in enumerate(shapely.get_rings(polygon))]


def _turned(ring: BaseGeometry, *, outer: bool) -> list[list[float]]:
    """Return a ring's positions: outer rings counter-clockwise, holes clockwise."""
    positions = _positions(ring)
    return positions if bool(shapely.is_ccw(ring)) == outer else positions[::-1]


def _positions(shape: BaseGeometry) -> list[list[float]]:
    rounded = shapely.get_coordinates(shape).round(DIGITS)
    return [[float(x), float(y)] for x, y in rounded]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
