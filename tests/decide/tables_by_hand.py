"""Tables of units and approved branches from a few figures, in metres around 105° E."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from pyproj import Transformer
from shapely import Point

from lxgeo.model import Line, OperatingStatus, Plan, Precision, Reason, Rule
from lxgeo.tables import CRS, EXISTING, TRIAGED

_TO_DEGREES = Transformer.from_crs(4544, 4326, always_xy=True)

STANDALONE = Reason(Rule.THREE_FULL_MEMBERS, {"full": 3})


def lonlat(east: float, north: float) -> tuple[float, float]:
    """Return longitude and latitude, to 7 decimals, of a point in metres from a corner."""
    lon, lat = _TO_DEGREES.transform(500_000 + east, 4_200_000 + north)
    return round(lon, 7), round(lat, 7)


def triaged(*units: dict[str, Any]) -> gpd.GeoDataFrame:
    """Return TRIAGED; each unit needs ``unit_id`` and ``at`` (metres east and north, or None)."""
    rows = [_unit(number, unit) for number, unit in enumerate(units, start=1)]
    frame = pd.DataFrame(rows)
    table = TRIAGED.shaped(gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS))
    TRIAGED.check(table)
    return table


def _unit(number: int, unit: dict[str, Any]) -> dict[str, Any]:
    at = unit.get("at")
    lon, lat = lonlat(*at) if at else (None, None)
    return {
        "row": f"一!{number}",
        "name": f"{unit['unit_id']}电子有限公司",
        "operating_status": str(OperatingStatus.OPERATING),
        "line": str(Line.TERRITORIAL),
        "full_members": 1,
        "industry_code": "C3912",
        "precision": str(Precision.GIVEN if at else Precision.NONE),
        "township_id": "T1",
        "township": "甲街道",
        "jurisdiction": "township:T1|territorial",
        "approver": "甲街道党工委",
        "max_distance_m": 1200.0,
        "findings": (),
        "lon": lon,
        "lat": lat,
        "geometry": Point(lon, lat) if at else None,
        **{key: value for key, value in unit.items() if key != "at"},
    }


def existing(*branches: dict[str, Any]) -> gpd.GeoDataFrame:
    """Return EXISTING; each branch needs ``branch_id``, ``outcome`` and ``at``."""
    rows = []
    for branch in branches:
        at = branch["at"]
        rows.append(
            {
                "name": f"{branch['branch_id']}党支部",
                "jurisdiction": "township:T1|territorial",
                "approver": "甲街道党工委",
                "unit_ids": "",
                "units": 1,
                "full_members": 3,
                "total_members": 3,
                "room": 4,
                "industry_code": "C3912",
                "max_distance_m": 1200.0,
                "geometry": Point(*lonlat(*at)) if at else None,
                **{key: value for key, value in branch.items() if key != "at"},
            }
        )
    frame = pd.DataFrame(rows, columns=[*EXISTING.names, "geometry"])
    table = EXISTING.shaped(gpd.GeoDataFrame(frame, geometry=frame["geometry"].tolist(), crs=CRS))
    EXISTING.check(table)
    return table


def of(plan: Plan, unit_id: str) -> pd.Series:
    """Return a unit of a plan."""
    return plan.units.set_index("unit_id").loc[unit_id]


def branch_of(plan: Plan, unit_id: str) -> pd.Series:
    """Return the branch that a unit is in."""
    return plan.branches.set_index("branch_id").loc[of(plan, unit_id)["branch_id"]]


def row_of(*places: float, **same: object) -> gpd.GeoDataFrame:
    """Return units at some metres east of the corner, named A, B, C and on."""
    names = "ABCDEFGHIJ"
    return triaged(
        *({"unit_id": names[i], "at": (east, 0), **same} for i, east in enumerate(places))
    )
