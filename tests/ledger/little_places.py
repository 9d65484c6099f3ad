"""One township of two kilometres, enough for a ledger's rows to be placed and judged."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely

from lxgeo.model import AREA_LAYERS, Areas
from lxgeo.tables import CRS, ROADS, area_table

WEST, SOUTH, SIDE = 106.60, 26.50, 0.02
CENTRE = (106.61, 26.51)


def one_township() -> Areas:
    """Return 甲街道 (once 老甲镇 and 城关镇) with two buildings and a park in it."""
    lon, lat = CENTRE
    building = shapely.box(lon - 0.0002, lat - 0.0002, lon + 0.0002, lat + 0.0002)
    park = shapely.box(WEST + 0.001, SOUTH + 0.001, WEST + 0.005, SOUTH + 0.005)
    town = shapely.box(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE)
    rows: dict[str, list[dict[str, Any]]] = {
        "townships": [
            {"id": "T1", "name": "甲街道", "aliases": "老甲镇、城关镇", "geometry": town},
        ],
        "buildings": [
            {"id": "B1", "name": "创业大厦A座", "geometry": building},
            {"id": "B2", "name": "时代广场甲座", "geometry": shapely.Point(lon, lat + 0.002)},
        ],
        "parks": [{"id": "P1", "name": "高新科技园", "geometry": park}],
    }
    layers = {name: _table(name, rows.get(name, [])) for name in AREA_LAYERS}
    return Areas(layers, roads=ROADS.shaped(_frame([], ["name", "geometry"])))


def _table(layer: str, rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    table = area_table(layer)
    return table.shaped(_frame(rows, [*table.names, "geometry"]))


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> gpd.GeoDataFrame:
    full = [{name: row.get(name) for name in columns} for row in rows]
    return gpd.GeoDataFrame(full, columns=columns, geometry="geometry", crs=CRS)
