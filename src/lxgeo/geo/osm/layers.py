"""Features of OpenStreetMap as the layers of an areas folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.geo.metric import metric_crs
from lxgeo.geo.osm.elements import Feature, Tags
from lxgeo.geo.osm.gazetteer import address, named, other_names, tidy
from lxgeo.geo.osm.ways import walkable
from lxgeo.tables import CRS, area_table

_POLYGON: Final = frozenset({"Polygon", "MultiPolygon"})
_LINE: Final = frozenset({"LineString", "MultiLineString"})
_DISTRICT, _TOWNSHIPS, _VILLAGES = "6", ("8", "9", "10"), "10"
"""Levels of administrative boundaries in China: county, township (8; 9 here and there), village."""
_VILLAGE_PLACES: Final = frozenset({"village", "hamlet", "neighbourhood"})
_PARKS: Final = frozenset({"industrial", "commercial"})
_RIVERS: Final = frozenset({"river", "canal"})
_FAST: Final = frozenset({"motorway", "trunk"})
_RAILS: Final = frozenset({"rail", "light_rail", "narrow_gauge"})
_BRIDGE_M: Final = 50.0
"""How far to either side of a bridge a barrier lets pass: so far one goes to take it."""


def layers(features: Iterable[Feature]) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers that features give: name of the layer → table (`lxgeo.tables.area_table`).

    Parameters
    ----------
    features
        Of any kind.

    Returns
    -------
    dict
        ``townships`` (boundaries of level 8, of 9 or 10 where there are none), ``villages``
        (boundaries of level 10 that are no townships, else named village points), ``parks`` (named
        industrial and commercial land), ``buildings`` (with a name) and ``barriers`` (rivers,
        canals, lakes, motorways, trunk roads, railways; open where a walkable way leads across).
    """
    listed = list(features)
    borders = [
        each
        for each in listed
        if each.tags.get("boundary") == "administrative" and named(each.tags) and _is_area(each)
    ]
    by_level = {
        level: [each for each in borders if each.tags.get("admin_level") == level]
        for level in _TOWNSHIPS
    }
    found = next((level for level in _TOWNSHIPS if by_level[level]), None)
    townships = by_level[found] if found else []
    villages = by_level[_VILLAGES] if found != _VILLAGES else []
    return {
        "townships": _townships(townships, borders),
        "villages": _table("villages", villages or _village_points(listed)),
        "parks": _table("parks", [each for each in listed if _is_park(each)]),
        "buildings": _table("buildings", [each for each in listed if _is_building(each)]),
        "barriers": _barriers(listed),
    }


def _is_area(feature: Feature) -> bool:
    return feature.shape.geom_type in _POLYGON


def _is_park(feature: Feature) -> bool:
    tags = feature.tags
    return tags.get("landuse") in _PARKS and named(tags) is not None and _is_area(feature)


def _is_building(feature: Feature) -> bool:
    tags = feature.tags
    return (
        tags.get("building", "no") != "no"
        and named(tags) is not None
        and (_is_area(feature) or feature.shape.geom_type == "Point")
    )


def _village_points(features: Sequence[Feature]) -> list[Feature]:
    return [
        each
        for each in features
        if each.tags.get("place") in _VILLAGE_PLACES
        and named(each.tags)
        and (_is_area(each) or each.shape.geom_type == "Point")
    ]


def _table(layer: str, features: Sequence[Feature], **more: Sequence[Any]) -> gpd.GeoDataFrame:
    """Return features as a layer, in the order of their ids."""
    schema = area_table(layer)
    frame = pd.DataFrame(
        {
            "id": [each.osm for each in features],
            "name": [named(each.tags) or each.osm for each in features],
            "aliases": [other_names(each.tags) for each in features],
            "address": [address(each.tags) for each in features],
            **more,
        },
        dtype=object,
    )
    shapes = np.array([each.shape for each in features], dtype=object)
    table = schema.shaped(gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS))
    # Where two boxes of a query meet, an element comes twice.
    table = table.drop_duplicates("id").sort_values("id", ignore_index=True)
    schema.check(table)
    return table


def _townships(townships: Sequence[Feature], borders: Sequence[Feature]) -> gpd.GeoDataFrame:
    """Return townships with the district that holds the middle of each."""
    districts = [each for each in borders if each.tags.get("admin_level") == _DISTRICT]
    middles = shapely.point_on_surface([each.shape for each in townships])
    homes = [
        next((named(each.tags) for each in districts if each.shape.contains(middle)), None)
        or tidy(township.tags.get("is_in:district"))
        for township, middle in zip(townships, middles, strict=True)
    ]
    return _table("townships", townships, district=homes)


def _barriers(features: Sequence[Feature]) -> gpd.GeoDataFrame:
    """Return what bars the way, with a gap wherever a walkable way leads across."""
    barring = [each for each in features if _bars(each)]
    table = _table("barriers", barring)
    if table.empty:
        return table
    shapes = _opened(table.geometry.to_numpy(), [each for each in features if _leads_across(each)])
    kept = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    return table.set_geometry(shapes, crs=CRS)[kept].reset_index(drop=True)


def _bars(feature: Feature) -> bool:
    tags = feature.tags
    if _above_or_below(tags):
        return False  # One walks under a viaduct and over a culvert.
    if feature.shape.geom_type in _LINE:
        return (
            tags.get("waterway") in _RIVERS
            or tags.get("highway") in _FAST
            or tags.get("railway") in _RAILS
        )
    water = tags.get("natural") == "water" or tags.get("waterway") == "riverbank"
    return water and _is_area(feature)


def _above_or_below(tags: Tags) -> bool:
    return tags.get("tunnel", "no") != "no" or tags.get("bridge", "no") != "no"


def _leads_across(feature: Feature) -> bool:
    tags = feature.tags
    return feature.shape.geom_type in _LINE and walkable(tags) and tags.get("highway") not in _FAST


def _opened(barriers: NDArray[np.object_], across: Sequence[Feature]) -> NDArray[np.object_]:
    """Return barriers (degrees) without what lies near a way across."""
    crs = metric_crs(float(np.mean(shapely.get_coordinates(barriers)[:, 0])))
    bars = gpd.GeoSeries(barriers, crs=CRS).to_crs(crs).to_numpy()
    ways = np.array([each.shape for each in across], dtype=object)
    ways = gpd.GeoSeries(ways, crs=CRS).to_crs(crs).to_numpy()
    way, bar = shapely.STRtree(bars).query(ways, predicate="intersects")
    gaps = shapely.buffer(shapely.intersection(ways[way], bars[bar]), _BRIDGE_M)
    for each in np.unique(bar):
        bars[each] = shapely.difference(bars[each], shapely.union_all(gaps[bar == each]))
    opened = gpd.GeoSeries(bars, crs=crs).to_crs(CRS).to_numpy()
    touched = np.isin(np.arange(len(bars)), bar)
    return np.where(touched, opened, barriers)
