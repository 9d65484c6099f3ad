"""A little district to locate in, in hundredths of a degree (about a kilometre) from 106.6, 26.5.

::

    4 ┌───────────────┬───────────────┐
      │ T3 青山镇      │ T4 云溪保税区   │    district 乌山区: T1 T2 T3; 云溪区: T4
      │   沙头路 (3.0) │               │
    2 ├───────────────┼───────────────┤
      │ T1 沙头街道    │ T2 沙头角街道   │
      │  人民路 (1.0) ─┼───────────────│    环城路: the diagonal, through T1 and T4
    0 └───────────────┴───────────────┘
      0               2               4

Buildings are 0.04 wide (some 40 m), named by their centres.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from lxgeo.locate import locate
from lxgeo.model import AREA_LAYERS, Areas, Rule
from lxgeo.read import read_divisions
from lxgeo.tables import CRS, LEDGER, LOCATED, ROADS, area_table

WEST, SOUTH, STEP = 106.6, 26.5, 0.01


def at(east: float, north: float) -> tuple[float, float]:
    """Return longitude and latitude of a place in the little district, rounded as published."""
    return round(WEST + STEP * east, 7), round(SOUTH + STEP * north, 7)


def box(west: float, south: float, east: float, north: float) -> Any:
    """Return a rectangle of the little district."""
    return shapely.box(*at(west, south), *at(east, north))


def footprint(east: float, north: float) -> Any:
    """Return a building's footprint around its centre."""
    return box(east - 0.02, north - 0.02, east + 0.02, north + 0.02)


def line(*corners: tuple[float, float]) -> Any:
    """Return a road of the little district."""
    return shapely.LineString([at(*corner) for corner in corners])


LAYERS: dict[str, list[dict[str, Any]]] = {
    "townships": [
        {"id": "T1", "name": "沙头街道", "district": "乌山区", "geometry": box(0, 0, 2, 2)},
        {"id": "T2", "name": "沙头角街道", "district": "乌山区", "geometry": box(2, 0, 4, 2)},
        {
            "id": "T3",
            "name": "青山镇",
            "district": "乌山区",
            "aliases": "城关镇、老青山",
            "geometry": box(0, 2, 2, 4),
        },
        {"id": "T4", "name": "云溪保税区", "district": "云溪区", "geometry": box(2, 2, 4, 4)},
    ],
    "buildings": [
        {
            "id": "B1",
            "name": "创业大厦",
            "aliases": "HALO广场",
            "address": "乌山区沙头街道人民路12号",
            "geometry": footprint(0.5, 0.5),
        },
        {"id": "B2", "name": "时代广场A座", "geometry": footprint(3.0, 0.5)},
        {"id": "B3", "name": "时代广场(B栋)", "geometry": footprint(3.1, 0.5)},
        {"id": "B4", "name": "金融中心", "address": "人民路88号", "geometry": footprint(1.5, 1.5)},
        {"id": "B5", "name": "金融中心", "address": "沙头路5号", "geometry": footprint(1.5, 3.5)},
        {"id": "B6", "name": "商务中心", "geometry": footprint(0.5, 3.5)},
        {
            "id": "B7",
            "name": "金山大厦",
            "address": "云溪大道1号",
            "geometry": shapely.Point(at(3.5, 3.5)),
        },
        {"id": "B8", "name": "云溪大厦1栋", "geometry": footprint(2.3, 2.3)},
        {"id": "B9", "name": "云溪大厦2栋", "geometry": footprint(3.7, 3.7)},
    ],
    "parks": [
        {
            "id": "P1",
            "name": "青山工业园",
            "address": "青山大道1号",
            "geometry": box(0.2, 2.2, 0.6, 2.6),
        },
        {"id": "P2", "name": "沙河科技园", "geometry": box(1.6, 0.6, 2.6, 0.9)},
        {"id": "P3", "name": "创业大厦园区", "geometry": box(0.4, 0.4, 0.6, 0.6)},
    ],
    "villages": [
        {"id": "V1", "name": "河湾社区", "geometry": box(0, 1.5, 0.5, 2)},
        {"id": "V2", "name": "新民村", "geometry": box(0.5, 1.5, 1, 2)},
        {"id": "V3", "name": "新民村", "geometry": box(0, 2, 0.2, 2.2)},
    ],
}
STREETS = {
    "人民路": line((0.2, 1), (3.8, 1)),
    "沙头路": line((0.5, 3), (1.5, 3)),
    "环城路": line((0.1, 0.1), (3.9, 3.9)),
}


def areas(**layers: list[dict[str, Any]]) -> Areas:
    """Return the little district, some of its layers replaced."""
    given = LAYERS | layers
    return Areas(
        {layer: _table(layer, given.get(layer, [])) for layer in AREA_LAYERS},
        ROADS.shaped(
            gpd.GeoDataFrame({"name": list(STREETS)}, geometry=list(STREETS.values()), crs=CRS)
        ),
    )


def _table(layer: str, places: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    columns = {name: [place.get(name) for place in places] for name in area_table(layer).names}
    geometry = [place["geometry"] for place in places]
    return area_table(layer).shaped(gpd.GeoDataFrame(columns, geometry=geometry, crs=CRS))


def ledger(*units: dict[str, Any]) -> pd.DataFrame:
    """Return a ledger of units that say no more than given."""
    rows = [
        {
            "unit_id": f"U{i}",
            "row": f"台账!{i + 2}",
            "operating_status": "operating",
            "line": "territorial",
            "lon_in": np.nan,
            "lat_in": np.nan,
            **unit,
        }
        for i, unit in enumerate(units)
    ]
    columns = ["unit_id", "row", "operating_status", "line", "lon_in", "lat_in"]
    return LEDGER.shaped(pd.DataFrame(rows, columns=None if rows else columns))


LITTLE = areas()


def one(**unit: Any) -> Any:
    """Return the one unit of a ledger, located."""
    located = locate(ledger(unit), LITTLE, divisions=read_divisions())
    LOCATED.check(located)
    return located.iloc[0]


def place(unit: Any) -> tuple[float, float] | None:
    """Return a unit's coordinates, or None where it has none."""
    return None if np.isnan(unit.lon) else (unit.lon, unit.lat)


def codes(unit: Any) -> list[Rule]:
    """Return the codes of a unit's findings."""
    return [finding.code for finding in unit.findings]


def known(value: object) -> object:
    """Return a value, None where it is missing."""
    return None if pd.isna(value) else value
