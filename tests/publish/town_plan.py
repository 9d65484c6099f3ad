"""The nine-unit town (tests/town.py), planned and put into words by hand."""

from __future__ import annotations

from functools import cache
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from lxgeo.judge import evaluate
from lxgeo.model import AREA_LAYERS, Areas, Plan, Reason, RegionResult, Rule
from lxgeo.policy import Policy
from lxgeo.publish import Release
from lxgeo.tables import BRANCHES, CRS, PLANNED, PLANNED_BRANCHES, ROADS, UNITS, area_table
from town import lonlat as town_lonlat

lonlat = cache(town_lonlat)

HOSTILE = (
    "=cmd|'/C calc'!A0",
    "{{7*7}}{% raw %}",
    '<img src=x onerror="alert(1)">',
    "</script><script>alert(1)</script>",
    "`${alert(1)}`",
    "first\nsecond\ttab \"quoted\" 'single'; , end",
    "NUL\x00BEL\x07\ufffe stays",
    "𠮷㐂䶮有限公司",
    "+1-2@3 _x0041_",
)
"""One for each unit: what a name in a ledger may look like."""

TEXTS = {
    "outcome.standalone": "单独组建",
    "outcome.joint": "联合组建",
    "outcome.attached": "挂靠组建",
    "outcome.existing": "已建党组织",
    "outcome.left_out": "未纳入",
    "outcome.no_members": "无正式党员",
    "outcome.not_located": "无法定位",
    "mode.building": "楼宇联建",
    "mode.area": "划片联建",
    "mode.host": "挂靠联建",
    "mode.standalone": "单独组建",
    "level.branch": "党支部",
    "line.territorial": "属地",
    "status.existing": "已批准",
    "status.proposed": "建议",
    "precision.given": "台账坐标",
    "precision.township": "仅到乡镇（街道）",
    "operating_status.operating": "在营",
    "rate.organisation": "党的组织覆盖率",
    "over.operating_units": "正常运营单位",
}

T1, T2 = "township:T1|territorial", "township:T2|territorial"
_JIA, _YI = ("T1", "甲街道", T1, "甲街道党工委"), ("T2", "乙镇", T2, "乙镇党委")
_JOINT = "B0a1b2c3d4e"
_OLD = "Eaaaaaaaaaa"

# Each: id, name, trade, staff, full and probationary members, place, metres, outcome.
_UNITS: tuple[tuple[Any, ...], ...] = (
    ("U1", "甲园机械有限公司", "C3912", 120, 5, 1, _JIA, (300, 500), "standalone"),
    ("U2", "创业电子有限公司", "C3912", 30, 1, 0, _JIA, (1000, 1000), "joint"),
    ("U3", "创业芯片有限公司", "C3912", 20, 1, 1, _JIA, (1000, 1000), "joint"),
    ("U4", "甲北软件有限公司", "I6510", 15, 1, 0, _JIA, (1000, 1400), "joint"),
    ("U5", "甲东商店", "F5211", 3, 0, 0, _JIA, (1500, 500), "no_members"),
    ("U6", "乙镇软件有限公司", "I6510", 40, 3, 0, _YI, (3000, 1000), "existing"),
    ("U7", "乙北网络有限公司", "I6490", 25, 2, 0, _YI, (3000, 1600), "attached"),
    ("U8", "甲角电机有限公司", "C3912", 12, 1, 0, _JIA, (50, 1950), "left_out"),
    ("U9", "甲某咨询中心", None, 8, 2, 0, _JIA, None, "not_located"),
)
_DECIDED: dict[str, dict[str, Any]] = {
    "U1": {"level": "branch", "mode": "standalone", "park_id": "P1", "park": "甲园工业园"},
    "U2": {"mode": "building", "branch_id": _JOINT, "is_host": True, "distance_m": 0.0},
    "U3": {"mode": "building", "branch_id": _JOINT, "distance_m": 0.0},
    "U4": {"mode": "building", "branch_id": _JOINT, "distance_m": 400.0},
    "U6": {"level": "branch", "branch_id": _OLD, "is_host": True, "distance_m": 0.0},
    "U7": {"mode": "host", "branch_id": _OLD, "distance_m": 600.0},
    "U9": {"precision": "township"},
}
_BUILDING = {"building_id": "B1", "building": "创业大厦"}
_WHY = {
    "standalone": (Rule.THREE_FULL_MEMBERS, "正式党员3名以上，应单独组建"),
    "joint": (Rule.NEW_JOINT_BRANCH, "与邻近单位联合：1+1+1=3名正式党员，3家≤5家，同一街道"),
    "no_members": (Rule.NO_FULL_MEMBER, "没有正式党员，先建群团组织，选派指导员"),
    "existing": (Rule.APPROVED_BRANCH, "已在批准的党组织内"),
    "attached": (Rule.ATTACHED_TO_BRANCH, "就近挂靠已建党支部，600米"),
    "left_out": (Rule.NO_PARTNER_IN_REACH, "1200米内没有可联合的单位"),
    "not_located": (Rule.POSITION_TOO_COARSE, "地址只到街道，不能确定邻近单位"),
}


def planned_units(names: tuple[str, ...] = ()) -> gpd.GeoDataFrame:
    """Return the town's PLANNED, under other names where they are given."""
    rows = []
    for number, (unit_id, name, trade, staff, full, more, place, at, outcome) in enumerate(_UNITS):
        township_id, township, jurisdiction, approver = place
        lon, lat = lonlat(*at) if at else (None, None)
        rows.append(
            {
                "unit_id": unit_id,
                "row": f"九家!{number + 2}",
                "name": names[number] if names else name,
                "address": names[number] if names else township,
                "industry_code": trade,
                "staff": staff,
                "full_members": full,
                "probationary_members": more,
                "total_members": full + more,
                "operating_status": "operating",
                "line": "territorial",
                "findings": (),
                "lon": lon,
                "lat": lat,
                "precision": "given",
                "township_id": township_id,
                "township": township,
                "jurisdiction": jurisdiction,
                "approver": approver,
                "outcome": outcome,
                "why": Reason(_WHY[outcome][0]),
                "is_host": False,
                "max_distance_m": 1200.0 if township_id == "T1" else 1500.0,
                "geometry": shapely.Point(lon, lat) if at else None,
            }
            | (_BUILDING if unit_id in {"U2", "U3"} else {})
            | _DECIDED.get(unit_id, {})
        )
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs=CRS)
    return PLANNED.shaped(frame)


def planned_branches(names: tuple[str, ...] = ()) -> gpd.GeoDataFrame:
    """Return the town's PLANNED_BRANCHES: the proposed joint branch and the existing one."""
    joint = {
        "branch_id": _JOINT,
        "name": names[0] if names else "创业大厦联合党支部",
        "outcome": "joint",
        "mode": "building",
        "status": "proposed",
        "host_id": "U2",
        "unit_ids": "U2;U3;U4",
        "units": 3,
        "full_members": 3,
        "total_members": 4,
        "jurisdiction": T1,
        "approver": "甲街道党工委",
        "span_m": 400.0,
        "max_distance_m": 1200.0,
        "cost_m": 1500.0,
        "runner_up_cost_m": 1900.0,
        "why": Reason(Rule.NEW_JOINT_BRANCH),
        "geometry": shapely.Point(lonlat(1000, 1000)),
    }
    old = {
        "branch_id": _OLD,
        "name": names[1] if names else "乙镇软件有限公司党支部",
        "outcome": "standalone",
        "status": "existing",
        "host_id": "U6",
        "unit_ids": "U6;U7",
        "units": 2,
        "full_members": 5,
        "total_members": 5,
        "jurisdiction": T2,
        "approver": "乙镇党委",
        "span_m": 600.0,
        "max_distance_m": 1500.0,
        "cost_m": 1625.0,
        "why": Reason(Rule.ATTACHED_TO_BRANCH),
        "geometry": shapely.Point(lonlat(3000, 1000)),
    }
    frame = gpd.GeoDataFrame(pd.DataFrame([joint, old]), geometry="geometry", crs=CRS)
    return PLANNED_BRANCHES.shaped(frame)


def in_words(planned: gpd.GeoDataFrame, table: Any) -> gpd.GeoDataFrame:
    """Return units or branches with their reasons as sentences."""
    said = {str(code): text for code, text in _WHY.values()}
    codes = planned["why"].map(lambda why: str(why.code))
    finding = None
    if "findings" in planned:
        finding = planned["findings"].map(lambda each: "；".join(str(r.code) for r in each) or None)
    words = planned.assign(rule=codes, reason=codes.map(said), finding=finding)
    return table.shaped(words)


def town_areas() -> Areas:
    """Return the town's townships, park and building."""
    shapes = {
        "townships": [("T1", "甲街道", (0, 2000)), ("T2", "乙镇", (2000, 4000))],
        "parks": [("P1", "甲园工业园", (200, 400))],
        "buildings": [("B1", "创业大厦", (980, 1020))],
    }
    layers = {}
    for name in AREA_LAYERS:
        rows = shapes.get(name, [])
        boxes = [_box(west, east) for _, _, (west, east) in rows]
        frame = pd.DataFrame([each[:2] for each in rows], columns=["id", "name"], dtype="str")
        layers[name] = area_table(name).shaped(gpd.GeoDataFrame(frame, geometry=boxes, crs=CRS))
    empty = gpd.GeoDataFrame({"name": []}, geometry=[], crs=CRS)
    return Areas(layers=layers, roads=ROADS.shaped(empty))


def _box(west: float, east: float) -> shapely.Polygon:
    corners = [(west, 0), (east, 0), (east, 2000), (west, 2000)]
    return shapely.Polygon([lonlat(*corner) for corner in corners])


def release_of(
    units: gpd.GeoDataFrame, branches: gpd.GeoDataFrame, areas: Areas | None = None
) -> Release:
    """Return what is published of a plan made by hand."""
    regions = (
        RegionResult(T1, "EPSG:4544", 4, 13_500.0, 13_500.0, 12_000.0, 1, "optimal", 0.25),
        RegionResult(T2, "EPSG:4544", 1, 1_625.0, 1_625.0, 0.0, 0, "optimal", 0.125),
    )
    plan = Plan(units, branches, regions, Policy(), seed=0, effort="standard")
    return Release(
        plan=plan,
        units=in_words(units, UNITS),
        branches=in_words(branches, BRANCHES),
        evaluation=evaluate(plan),
        areas=areas or town_areas(),
        texts=TEXTS,
    )
