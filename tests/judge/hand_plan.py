"""The nine-unit town's plan (see town.py) written down by hand, and tables made of it.

A `Script` holds the plan as plain dictionaries, so that a test can damage one figure in all files
at once; `RunTables` made of it can then be damaged file by file.

Costs, distances and gaps here are figured from the positions as published (7 decimals), so they
are the hand's figures within a few centimetres: joint branch 1,500, attachment 1,625, left out
12,000.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations
from math import floor, hypot
from typing import Any

import geopandas as gpd
import pandas as pd
from pyproj import Transformer
from shapely.geometry import LineString, Point

from lxgeo.judge import RunTables
from lxgeo.policy import Policy
from lxgeo.tables import BRANCHES, CRS, LINKS, UNITS, Table
from town import EPSG, lonlat

T1, T2 = "township:T1|territorial", "township:T2|territorial"
LIMIT_M = {"T1": 1200.0, "T2": 1500.0}
JOINT_ID = "B" + blake2b(b"U2;U3;U4", digest_size=5).hexdigest()

_PLACES = {
    "U1": (300, 500),
    "U2": (1000, 1000),
    "U3": (1000, 1000),
    "U4": (1400, 1000),
    "U5": (1500, 500),
    "U6": (3000, 1000),
    "U7": (3000, 1600),
    "U8": (50, 1950),
}
_COUNTS = {
    "U1": (5, 1, "C3912", "standalone", "three_full_members"),
    "U2": (1, 0, "C3912", "joint", "new_joint_branch"),
    "U3": (1, 1, "C3912", "joint", "new_joint_branch"),
    "U4": (1, 0, "I6510", "joint", "new_joint_branch"),
    "U5": (0, 0, "F5211", "no_members", "no_full_member"),
    "U6": (3, 0, "I6510", "existing", "approved_branch"),
    "U7": (2, 0, "I6490", "attached", "attached_to_branch"),
    "U8": (1, 0, "C3912", "left_out", "no_partner_in_reach"),
    "U9": (2, 0, None, "not_located", "position_too_coarse"),
}
_BRANCH_OF = {"U2": JOINT_ID, "U3": JOINT_ID, "U4": JOINT_ID, "U6": "E1", "U7": "E1"}

_TO_METRES = Transformer.from_crs(4326, EPSG, always_xy=True)
_LONLAT = {unit_id: lonlat(*place) for unit_id, place in _PLACES.items()}


def metres(one: str, other: str) -> float:
    """Return the metres between two units of the town."""
    (x1, y1), (x2, y2) = (_TO_METRES.transform(*_LONLAT[each]) for each in (one, other))
    return hypot(x1 - x2, y1 - y2)


def cents(value: float) -> float:
    """Return metres rounded to a centimetre, halves upwards."""
    return floor(100 * value + 0.5) / 100


@dataclass
class Script:
    """A plan as plain dictionaries, to be damaged at will."""

    units: dict[str, dict[str, Any]]
    branches: dict[str, dict[str, Any]]
    links: dict[str, dict[str, Any]]
    summary: dict[str, Any]

    def region(self, name: str) -> dict[str, Any]:
        """Return what the summary tells of a region."""
        return next(row for row in self.summary["regions"] if row["region"] == name)

    def settle(self) -> None:
        """Let the summary tell what units and branches now say."""
        units = self.units.values()
        outcomes = [unit["outcome"] for unit in units]
        new = [each for each in self.branches.values() if each["status"] == "proposed"]
        out = [unit for unit in units if unit["outcome"] == "left_out"]
        penalty = sum(10 * self.summary["max_distance_m"][unit["township_id"]] for unit in out)
        touched = [each for each in self.branches.values() if each["cost_m"] is not None]
        for row in self.summary["regions"]:
            here = [unit for unit in units if unit["jurisdiction"] == row["region"]]
            lost = [unit for unit in here if unit["outcome"] == "left_out"]
            cost = sum(10 * self.summary["max_distance_m"][unit["township_id"]] for unit in lost)
            cost += sum(each["cost_m"] for each in touched if each["jurisdiction"] == row["region"])
            joins = [unit for unit in here if unit["outcome"] in {"joint", "attached", "left_out"}]
            row.update(cost_m=round(cost, 2), bound_m=round(cost, 2), gap=0.0, must_join=len(joins))
        whole = round(sum(row["cost_m"] for row in self.summary["regions"]), 2)
        must_join = sum(row["must_join"] for row in self.summary["regions"])
        joined = must_join - len(out)
        self.summary |= {
            "units": len(outcomes),
            "outcomes": {each: outcomes.count(each) for each in sorted(set(outcomes))},
            "joint_branches": len(new),
            "thin_branches": sum(each["full_members"] == 3 for each in new),
            "must_join": must_join,
            "left_out": len(out),
            "left_out_min": len(out),
            "plan_cost_m": whole,
            "bound_m": whole,
            "gap": 0.0,
            "mean_cost_m": round((whole - penalty) / joined, 2),
        }

    def found(self, host: str, *members: str, cost_m: float) -> str:
        """Replace the joint branch by another of these units; the rest of it is left out."""
        del self.branches[JOINT_ID]
        old = [unit for unit in self.units.values() if unit["branch_id"] == JOINT_ID]
        for unit in old:
            unit.update(outcome="left_out", rule="no_place_left", branch_id=None, is_host=False)
            unit.update(distance_m=None, mode=None)
            self.links.pop(unit["unit_id"], None)
        ids = ";".join(sorted(members))
        branch_id = "B" + blake2b(ids.encode(), digest_size=5).hexdigest()
        for each in members:
            apart = cents(metres(each, host))
            self.units[each].update(outcome="joint", rule="new_joint_branch", branch_id=branch_id)
            self.units[each].update(is_host=each == host, distance_m=apart, mode="area")
            if each != host:
                self.links[each] = _link(each, branch_id, host, apart)
        first = self.units[host]
        self.branches[branch_id] = _branch(
            branch_id,
            unit_ids=ids,
            host_id=host,
            units=len(members),
            full_members=sum(self.units[each]["full_members"] for each in members),
            total_members=sum(_total(self.units[each]) for each in members),
            jurisdiction=first["jurisdiction"],
            max_distance_m=LIMIT_M[first["township_id"]],
            span_m=cents(max((metres(*pair) for pair in combinations(members, 2)), default=0.0)),
            cost_m=cents(cost_m),
            seat=host,
        )
        self.settle()
        return branch_id

    def tables(self) -> RunTables:
        """Return the run's tables as a reader finds them."""
        units, branches = list(self.units.values()), list(self.branches.values())
        located = [unit for unit in units if unit["lon"] is not None]
        lines = [
            (each, LineString([_point(self.units[each["unit_id"]]), each["to"]]))
            for each in self.links.values()
        ]
        return RunTables(
            units=Table("units", UNITS.columns).shaped(pd.DataFrame(units)),
            points=_layer(located, [_point(unit) for unit in located], UNITS),
            branches=_layer(branches, [each["point"] for each in branches], BRANCHES),
            gpkg_units=_layer(units, [_point(unit) for unit in units], UNITS),
            gpkg_branches=_layer(branches, [each["point"] for each in branches], BRANCHES),
            links=_layer([each for each, _ in lines], [line for _, line in lines], LINKS),
            summary=deepcopy(self.summary),
        )


def hand_plan() -> Script:
    """Return the town's best plan."""
    to_host = metres("U4", "U2")
    to_u6 = metres("U7", "U6")
    script = Script(
        units={unit_id: _unit(unit_id, number) for number, unit_id in enumerate(_COUNTS, start=2)},
        branches={
            JOINT_ID: _branch(
                JOINT_ID,
                unit_ids="U2;U3;U4",
                host_id="U2",
                units=3,
                full_members=3,
                total_members=4,
                jurisdiction=T1,
                max_distance_m=1200.0,
                span_m=cents(to_host),
                # opening + exactly three + U3 (same building, same class) + U4
                cost_m=cents(500 + 300 + 0 + to_host + 300),
                seat="U2",
            ),
            "E1": _branch(
                "E1",
                outcome="standalone",
                status="existing",
                unit_ids="U6;U7",
                host_id="U6",
                units=2,
                full_members=5,
                total_members=5,
                jurisdiction=T2,
                max_distance_m=1500.0,
                # consent + metres + three quarters of the trade (same section)
                cost_m=cents(800 + to_u6 + 225),
                seat="U6",
            ),
        },
        links={
            "U3": _link("U3", JOINT_ID, "U2", 0.0),
            "U4": _link("U4", JOINT_ID, "U2", cents(to_host)),
            "U7": _link("U7", "E1", "U6", cents(to_u6)),
        },
        summary={
            "regions": [{"region": each, "crs": f"EPSG:{EPSG}"} for each in (T1, T2)],
            "policy": Policy().as_mapping(),
            "max_distance_m": dict(LIMIT_M),
        },
    )
    for unit_id, distance in {"U3": 0.0, "U4": to_host, "U7": to_u6}.items():
        script.units[unit_id]["distance_m"] = cents(distance)
    script.units["U2"].update(is_host=True, distance_m=0.0)
    script.units["U6"]["is_host"] = True
    script.settle()
    return script


def joins_existing() -> Script:
    """Return the town's plan where U6's branch is an approved joint one that U7 joins for free."""
    script = hand_plan()
    script.units["U7"].update(outcome="joint", rule="joins_existing_branch")
    cost = cents(metres("U7", "U6") + 225)
    script.branches["E1"].update(outcome="joint", cost_m=cost)
    script.settle()
    return script


def _unit(unit_id: str, number: int) -> dict[str, Any]:
    full, probationary, trade, outcome, rule = _COUNTS[unit_id]
    township = "T2" if unit_id in {"U6", "U7"} else "T1"
    lon, lat = _LONLAT.get(unit_id, (None, None))
    return {
        "unit_id": unit_id,
        "row": f"九家!{number}",
        "name": f"{unit_id} 有限公司",
        "industry_code": trade,
        "full_members": full,
        "probationary_members": probationary,
        "affiliated_members": None,
        "operating_status": "operating",
        "township_id": township,
        "jurisdiction": f"township:{township}|territorial",
        "line": "territorial",
        "park_id": None,
        "building_id": "B1" if unit_id in {"U2", "U3"} else None,
        "precision": "given" if unit_id in _PLACES else "township",
        "lon": lon,
        "lat": lat,
        "outcome": outcome,
        "branch_id": _BRANCH_OF.get(unit_id),
        "is_host": False,
        "distance_m": None,
        "mode": None,
        "rule": rule,
        "reason": f"{rule}：{full}",
    }


def _branch(branch_id: str, *, seat: str, **told: Any) -> dict[str, Any]:
    plain = {"outcome": "joint", "status": "proposed", "mode": "area", "name": f"{branch_id}支部"}
    words = {"branch_id": branch_id, "rule": "new_joint_branch", "reason": "理由", "span_m": None}
    return {**plain, **words, "point": Point(_LONLAT[seat]), **told}


def _link(unit_id: str, branch_id: str, host: str, distance: float) -> dict[str, Any]:
    told = {"unit_id": unit_id, "branch_id": branch_id, "host_id": host, "distance_m": distance}
    return {**told, "to": Point(_LONLAT[host])}


def _point(unit: dict[str, Any]) -> Point | None:
    return None if unit["lon"] is None else Point(unit["lon"], unit["lat"])


def _layer(rows: list[dict[str, Any]], shapes: list[Any], table: Table) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(rows, columns=None if rows else table.names)
    return table.shaped(gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=CRS)))


def _total(unit: dict[str, Any]) -> int:
    return int(unit["full_members"]) + int(unit["probationary_members"] or 0)
