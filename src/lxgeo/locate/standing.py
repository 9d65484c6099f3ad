"""The areas' own places: townships, districts, villages, parks, buildings, roads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.geo import project
from lxgeo.geo.metric import DIGITS
from lxgeo.locate.extent import Part, held_by, parts
from lxgeo.locate.names import fold, split_tail
from lxgeo.locate.places import SLIVER, Layer, Place
from lxgeo.model import Areas

_WELL_DEGREES = 0.0005  # some 50 m
_POLYGON = 2


class Standing(NamedTuple):
    """A place as it stands: with its folded address, which may give it a road and number."""

    place: Place
    address: str = ""


def divisions_here(table: gpd.GeoDataFrame) -> tuple[list[Place], list[Place]]:
    """Return the townships, and the districts that they name themselves part of."""
    whole = {each: Part(each, 1.0, np.nan, np.nan) for each in table["id"]}
    townships = [
        Place(Layer.TOWNSHIPS, each, name, (whole[each],))
        for each, name in zip(table["id"], table["name"], strict=True)
    ]
    members: dict[str, list[Part]] = {}
    for each, name in sorted(zip(table["id"], table["district"], strict=True)):
        if not pd.isna(name):
            members.setdefault(name, []).append(whole[each])
    districts = [
        Place(Layer.DISTRICTS, name, name, tuple(inside)) for name, inside in members.items()
    ]
    return townships, districts


def places_of(layer: Layer, areas: Areas, crs: str) -> list[Standing]:
    """Return a layer's places; those without a geometry go."""
    table = areas.layers[layer]
    table = table[table.geometry.notna() & ~table.geometry.is_empty]
    shapes = table.geometry.to_numpy()
    points = shapely.point_on_surface(shapes)
    lon, lat = np.round(shapely.get_x(points), DIGITS), np.round(shapely.get_y(points), DIGITS)
    x, y = project(lon, lat, crs)
    if layer is Layer.BUILDINGS:
        inside = parts_of_points(lon, lat, areas.townships)
    else:
        inside = parts(shapes, areas.townships)
    solid = shapely.get_dimensions(shapes) == _POLYGON
    addresses = table["address"].fillna("")
    return [
        Standing(
            Place(
                layer,
                each,
                name,
                parts=inside[i],
                point=(float(lon[i]), float(lat[i])),
                metres=(float(x[i]), float(y[i])),
                tail=split_tail(fold(name))[1],
                solid=bool(solid[i]),
            ),
            fold(address),
        )
        for i, (each, name, address) in enumerate(
            zip(table["id"], table["name"], addresses, strict=True)
        )
    ]


def parts_of_points(
    lon: NDArray[np.float64], lat: NDArray[np.float64], townships: gpd.GeoDataFrame
) -> list[tuple[Part, ...]]:
    """Return the one township of each point, as its only part; none outside all townships."""
    ids = townships["id"].to_numpy(dtype=object)
    return [
        (Part(ids[at], 1.0, float(lon[i]), float(lat[i])),) if at >= 0 else ()
        for i, at in enumerate(held_by(lon, lat, townships))
    ]


def roads_of(lines: Mapping[str, Any], areas: Areas, parks: Mapping[str, Place]) -> list[Place]:
    """Return the roads of some lines, each as one place.

    Parameters
    ----------
    lines
        Folded name → line, degrees.
    areas
        Townships and parks that they run through.
    parks
        Id → park.
    """
    names = sorted(lines)
    merged = np.empty(len(names), dtype=object)
    merged[:] = [lines[name] for name in names]
    by_township = parts(merged, areas.townships)
    by_park = parts(merged, areas.parks)
    ends = _ends_inside(merged, by_township, areas)
    return [
        Place(
            Layer.ROADS,
            name,
            name,
            parts=by_township[i],
            park=next((parks[part.area] for part in by_park[i] if part.share > 1 - SLIVER), None),
            ends_inside=bool(ends[i]),
        )
        for i, name in enumerate(names)
    ]


def _ends_inside(
    roads: NDArray[Any], by_township: list[tuple[Part, ...]], areas: Areas
) -> NDArray[np.bool_]:
    """Return which roads end well inside one township and well inside the mapped ground."""
    if not len(roads):
        return np.zeros(0, dtype=bool)
    border = dict(
        zip(areas.townships["id"], shapely.boundary(areas.townships.geometry), strict=True)
    )
    only = np.array(
        [border[each[0].area] if len(each) == 1 else None for each in by_township], dtype=object
    )
    edge = shapely.boundary(shapely.box(*shapely.total_bounds(roads)))
    crosses = shapely.dwithin(roads, only, _WELL_DEGREES) | shapely.dwithin(
        roads, edge, _WELL_DEGREES
    )
    return ~shapely.is_missing(only) & ~crosses
