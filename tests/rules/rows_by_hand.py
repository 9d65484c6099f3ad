"""Units and areas by hand, for the tests of the rules."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import Point, box

from lxgeo.model import AREA_LAYERS, Areas
from lxgeo.policy import Policy
from lxgeo.rules import triage
from lxgeo.tables import CRS, LOCATED, ROADS, area_table

NATIONAL = Policy()


def areas(**layers: list[dict[str, Any]]) -> Areas:
    """Return areas with one township, 甲街道 (urban), and the layers given."""
    township = {
        "id": "T1",
        "name": "甲街道",
        "kind": "urban",
        "geometry": box(105, 38, 105.1, 38.1),
    }
    given = {"townships": [township], **layers}
    tables = {}
    for layer in AREA_LAYERS:
        rows = given.get(layer, [])
        frame = pd.DataFrame(rows or [], columns=None if rows else ["geometry"])
        tables[layer] = area_table(layer).shaped(
            gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)
        )
    roads = ROADS.shaped(gpd.GeoDataFrame({"geometry": []}, geometry="geometry", crs=CRS))
    return Areas(layers=tables, roads=roads)


def located(*units: dict[str, Any]) -> gpd.GeoDataFrame:
    """Return LOCATED rows: well-placed operating units of 甲街道 but for what is given."""
    rows = []
    for i, unit in enumerate(units):
        row = {
            "unit_id": f"u{i}",
            "row": f"甲!{i + 2}",
            "name": f"单位{i}",
            "operating_status": "operating",
            "line": "territorial",
            "findings": (),
            "lon": 105.05,
            "lat": 38.05,
            "precision": "given",
            "township_id": "T1",
            "township": "甲街道",
            **unit,
        }
        known = row["precision"] not in {"township", "district", "none"}
        rows.append({**row, "geometry": Point(row["lon"], row["lat"]) if known else None})
    return LOCATED.shaped(gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS))


def judged(policy: Policy = NATIONAL, **unit: Any) -> pd.Series:
    """Return the one unit given, triaged."""
    return triage(located(unit), areas(), policy).iloc[0]


def in_branch(full: int, branch: str = "商会联合党支部", **more: Any) -> dict[str, Any]:
    """Return a unit in an approved joint branch."""
    inside = {"organised": True, "branch_named": branch, "branch_kind": "joint"}
    return {"full_members": full, **inside, **more}
