"""A district's areas from a few figures, in metres around 105° E."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from tables_by_hand import lonlat

from lxgeo.model import AREA_LAYERS, Areas
from lxgeo.tables import CRS, ROADS, area_table


def point(east: float, north: float) -> shapely.Point:
    """Return a point in metres from the corner."""
    return shapely.Point(*lonlat(east, north))


def line(*corners: tuple[float, float]) -> shapely.LineString:
    """Return a line through points in metres from the corner."""
    return shapely.LineString([lonlat(*corner) for corner in corners])


def areas(**layers: list[dict[str, Any]]) -> Areas:
    """Return areas; each row needs ``id`` and ``name``, and lies at the corner if not told."""
    tables = {}
    for layer in AREA_LAYERS:
        rows = [{"geometry": point(0, 0), **row} for row in layers.get(layer, [])]
        shapes = [row.pop("geometry") for row in rows]
        frame = pd.DataFrame(rows, columns=area_table(layer).names, dtype=object)
        tables[layer] = area_table(layer).shaped(gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS))
    empty = gpd.GeoDataFrame({"name": []}, geometry=[], crs=CRS)
    return Areas(layers=tables, roads=ROADS.shaped(empty))
