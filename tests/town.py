"""A nine-unit town, small enough to plan on paper; most tests stand on it.

Two townships side by side, 2 km square each, on the central meridian 105° E, so that metres east
and north of the corner below are metres of the planner::

    north 2000 ┌──────────────────┬──────────────────┐
               │ U8               │                  │
               │                  │        U7        │   U7 (3000, 1600)
          1000 │    U2 U3   U4    │        U6        │   U2 and U3 in 创业大厦 (1000, 1000)
               │ U1 in the park   │                  │
             0 └──────────────────┴──────────────────┘
               0    甲街道 (urban) 2000  乙镇 (town) 4000  east

The plan, by hand (limits 1,200 m and 1,500 m; left out costs ten times as much):

=====  =====  =======  =========================================================================
unit   full   trade    outcome
=====  =====  =======  =========================================================================
U1     5      C3912    standalone: 5 ≥ 3
U2     1      C3912    joint with U3 and U4; host (ties with U3 at 1,500, smaller id)
U3     1      C3912    joint: same building and same class as U2, costs 0
U4     1      I6510    joint: 400 m, no shared section: 400 + 300 = 700
U5     0      F5211    no_members
U6     3      I6510    existing: 乙镇软件党支部, standalone, room for four more
U7     2      I6490    attached to U6: 800 + 600 m + 0.75 × 300 (same section) = 1,625
U8     1      C3912    left_out: everybody is farther than 1,200 m: 12,000
U9     2      (none)   not_located: its address names 甲街道 only
=====  =====  =======  =========================================================================

Joint branch {U2, U3, U4}: 500 (opening) + 300 (exactly three) + 0 + 700 = 1,500.
Plan: 1,500 + 1,625 + 12,000 = 15,125 m, 12,000 of it left out. It is the best plan: 甲街道 has no
other legal branch, and leaving U7 out would cost 15,000. So bound = cost and gap = 0.

Rates over the nine operating units: organised before 1 (U6), after 6 (U1 U2 U3 U4 U6 U7);
standalone before 1 (U6), after 2 (U1 U6). With members: U1 U2 U3 U4 U6 U7 U8 U9 = 8.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyproj import Transformer

EPSG = 4544  # CGCS2000, 3-degree Gauss-Kruger, central meridian 105° E
EAST, NORTH = 500_000.0, 4_200_000.0

PLAN_COST_M = 15_125.0
LEFT_OUT_M = 12_000.0
JOINT_COST_M = 1_500.0
ATTACHED_COST_M = 1_625.0
TOLERANCE_M = 0.05  # positions are rounded to 7 decimals, about a centimetre each

OUTCOMES = {
    "U1": "standalone",
    "U2": "joint",
    "U3": "joint",
    "U4": "joint",
    "U5": "no_members",
    "U6": "existing",
    "U7": "attached",
    "U8": "left_out",
    "U9": "not_located",
}

_HEADER = (
    *("unit_id", "name", "address", "industry", "full_members", "probationary_members"),
    *("staff", "lon", "lat", "是否建立党组织", "党组织名称", "党组织形式"),
)
_NONE = ("否", "", "")
_OWN = ("是", "乙镇软件有限公司党支部", "党支部")
_UNITS: tuple[tuple[Any, ...], ...] = (
    ("U1", "甲园机械有限公司", "甲街道", "C3912", 5, 1, 120, (300, 500), _NONE),
    ("U2", "创业电子有限公司", "甲街道", "C3912", 1, 0, 30, (1000, 1000), _NONE),
    ("U3", "创业芯片有限公司", "甲街道", "C3912", 1, 1, 20, (1000, 1000), _NONE),
    ("U4", "甲北软件有限公司", "甲街道", "I6510", 1, 0, 15, (1400, 1000), _NONE),
    ("U5", "甲东商店", "甲街道", "F5211", 0, 0, 3, (1500, 500), _NONE),
    ("U6", "乙镇软件有限公司", "乙镇", "I6510", 3, 0, 40, (3000, 1000), _OWN),
    ("U7", "乙北网络有限公司", "乙镇", "I6490", 2, 0, 25, (3000, 1600), _NONE),
    ("U8", "甲角电机有限公司", "甲街道", "C3912", 1, 0, 12, (50, 1950), _NONE),
    ("U9", "甲某咨询中心", "甲街道", "", 2, 0, 8, None, _NONE),
)


@dataclass(frozen=True)
class Town:
    """The town's files."""

    ledger: Path
    areas: Path


def lonlat(east: float, north: float) -> tuple[float, float]:
    """Return longitude and latitude of a point in the town's metres."""
    to_degrees = Transformer.from_crs(EPSG, 4326, always_xy=True)
    lon, lat = to_degrees.transform(EAST + east, NORTH + north)
    return round(lon, 7), round(lat, 7)


def build_town(folder: Path) -> Town:
    """Write the town's ledger and areas into a folder."""
    areas = folder / "areas"
    areas.mkdir()
    _write(
        areas / "townships.geojson",
        [
            (
                {"id": "T1", "name": "甲街道", "kind": "urban", "district": "九家区"},
                _box(0, 0, 2000, 2000),
            ),
            (
                {"id": "T2", "name": "乙镇", "kind": "town", "district": "九家区"},
                _box(2000, 0, 4000, 2000),
            ),
        ],
    )
    _write(
        areas / "parks.geojson", [({"id": "P1", "name": "甲园工业园"}, _box(200, 400, 400, 600))]
    )
    _write(
        areas / "buildings.geojson",
        [({"id": "B1", "name": "创业大厦", "address": "中山路1号"}, _box(980, 980, 1020, 1020))],
    )
    ledger = folder / "九家.csv"
    with ledger.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file)
        write.writerow(_HEADER)
        for *left, place, organisation in _UNITS:
            position = lonlat(*place) if place else ("", "")
            write.writerow([*left, *position, *organisation])
    return Town(ledger, areas)


def _box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return {"type": "Polygon", "coordinates": [[lonlat(*corner) for corner in corners]]}


def _write(path: Path, features: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ],
    }
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
