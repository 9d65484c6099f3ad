"""Areas and roads as whole-number coordinates: the vector basemap."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from lxgeo.model import Areas
from lxgeo.publish.map.pack import PackedColumn, counts, steps, texts

PER_DEGREE = 1_000_000
"""Coordinates are whole millionths of a degree: 0.1 m."""

DRAWN = ("townships", "villages", "parks", "corridors", "markets", "blocks", "buildings")
"""Layers of the basemap, lowest first; roads lie between the areas and the buildings."""

_ROAD_TOLERANCE = 1e-5  # degrees, about 1 m: less than a road's drawn width at any zoom
_WIDE = frozenset({"townships", "villages", "parks", "corridors"})
_TINTS = 4  # as many as a map needs so that neighbours differ


def basemap(areas: Areas, hotspots: gpd.GeoDataFrame | None = None) -> tuple[PackedColumn, ...]:
    """Return all drawn layers as columns, a group ``layer.*`` each.

    Parameters
    ----------
    areas
        Layers in EPSG:4326.
    hotspots
        Dense places without an area, `lxgeo.tables.HOTSPOTS`.

    Returns
    -------
    tuple of PackedColumn
        Per layer: ``name``, ``rings`` (a feature's number of outlines), ``ends`` (points in each
        outline), ``x``, ``y`` (millionths of a degree), ``label_x``, ``label_y``; townships also
        ``tint``, so that neighbours differ; hotspots ``units``.
    """
    columns: list[PackedColumn] = []
    for layer in DRAWN:
        if len(table := areas.layers[layer]):
            columns += _layer(layer, table)
    if len(areas.roads):
        roads = areas.roads.assign(geometry=areas.roads.simplify(_ROAD_TOLERANCE))
        columns += _layer("roads", roads)
    if hotspots is not None and len(hotspots):
        columns += _layer("hotspots", hotspots)
    return tuple(columns)


def tints(areas: gpd.GeoDataFrame) -> list[int]:
    """Return a tint number for each area so that areas that touch differ where four suffice.

    Each area in turn takes the tint that its earlier neighbours use least; ties go to the
    smallest number.
    """
    shapes = areas.geometry.to_numpy()
    tree = shapely.STRtree(shapes)
    chosen: list[int] = []
    for i, shape in enumerate(shapes):
        near = tree.query(shape, predicate="intersects")
        used = [chosen[j] for j in sorted(near) if j < i]
        chosen.append(min(range(_TINTS), key=lambda tint: (used.count(tint), tint)))
    return chosen


def outlined(name: str, shapes: gpd.GeoSeries, names: pd.Series) -> Iterator[PackedColumn]:
    """Return shapes as columns: what each is called, its outlines, and where its name stands.

    Parameters
    ----------
    name
        The group's name in the page.
    shapes
        Geometries, EPSG:4326; none missing or empty.
    names
        What each is called.
    """
    features = [[_whole(ring) for ring in _rings(shape)] for shape in shapes]
    outlines = [outline for feature in features for outline in feature]
    points = np.concatenate(outlines) if outlines else np.empty((0, 2), int)
    anchors = _anchors(name, shapes)
    yield texts(f"{name}.name", names)
    yield counts(f"{name}.rings", [len(feature) for feature in features])
    yield counts(f"{name}.ends", [len(outline) for outline in outlines])
    yield steps(f"{name}.x", points[:, 0])
    yield steps(f"{name}.y", points[:, 1])
    yield steps(f"{name}.label_x", [x for x, _ in anchors])
    yield steps(f"{name}.label_y", [y for _, y in anchors])


def _layer(name: str, table: gpd.GeoDataFrame) -> Iterator[PackedColumn]:
    drawn = table[table.geometry.notna() & ~table.geometry.is_empty]
    yield from outlined(name, drawn.geometry, drawn["name"])
    if name == "townships":
        yield texts("townships.id", drawn["id"])
        yield counts("townships.tint", tints(drawn))
    if name == "hotspots":
        yield counts("hotspots.units", drawn["units"])


def _rings(shape: BaseGeometry) -> Iterator[NDArray[np.float64]]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            yield from (shapely.get_coordinates(ring) for ring in shapely.get_rings(part))
        else:
            yield shapely.get_coordinates(part)


def _whole(ring: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return a ring, line or point as whole numbers, shape (n, 2), no corner twice in a row."""
    points = np.rint(ring * PER_DEGREE).astype(np.int64)
    moved = np.ones(len(points), dtype=bool)
    moved[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
    return points[moved]


def _anchors(name: str, shapes: gpd.GeoSeries) -> list[tuple[int, int]]:
    """Return where each name stands best: in small things anywhere, in wide ones well inside."""
    if name in _WIDE:
        return [_anchor(shape) for shape in shapes]
    points = np.rint(shapely.get_coordinates(shapes.representative_point()) * PER_DEGREE)
    return [(int(x), int(y)) for x, y in points]


def _anchor(shape: BaseGeometry) -> tuple[int, int]:
    """Return where a name stands best: the middle of the widest circle that fits inside."""
    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        largest = max(shapely.get_parts(shape), key=lambda part: float(part.area))
        width = max(largest.bounds[2] - largest.bounds[0], largest.bounds[3] - largest.bounds[1])
        circle = shapely.maximum_inscribed_circle(largest, tolerance=max(width / 100, 1e-7))
        x, y = shapely.get_coordinates(circle)[0]
    else:
        x, y = shapely.get_coordinates(shape.representative_point())[0]
    return round(x * PER_DEGREE), round(y * PER_DEGREE)
