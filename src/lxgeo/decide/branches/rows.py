"""Rows of the plan's branches: new ones, units that stand alone, and approved ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from lxgeo.decide.branches.decisions import listed
from lxgeo.decide.branches.founding import Founding, branch_id_of
from lxgeo.decide.branches.reasons import two_decimals
from lxgeo.decide.regions.places import Venue
from lxgeo.geo.metric import metric_crs, project
from lxgeo.model import Mode, Outcome, Reason, Rule
from lxgeo.rules.cost import to_m
from lxgeo.rules.legality import full_members, total_members
from lxgeo.tables import CRS, PLANNED_BRANCHES, BranchStatus

Row = dict[str, Any]


def new_row(branch: Founding, why: Reason, venue: Venue | None) -> Row:
    """Return the row of a new joint branch, named as its reason suggests."""
    host = branch.host_unit
    runner_up = branch.runner_up_cm
    return {
        "branch_id": branch.branch_id,
        "name": why.figures["name"],
        "outcome": Outcome.JOINT,
        "mode": branch.mode,
        "status": BranchStatus.PROPOSED,
        "host_id": host.unit_id,
        "venue_id": None if venue is None else venue.venue_id,
        "unit_ids": ";".join(unit.unit_id for unit in branch.units),
        "units": len(branch.members),
        "full_members": branch.known_full,
        "total_members": branch.total,
        "jurisdiction": host.jurisdiction,
        "approver": host.approver,
        "span_m": two_decimals(branch.span_m),
        "max_distance_m": branch.limit_m,
        "cost_m": to_m(branch.cost_cm),
        "runner_up_cost_m": np.nan if runner_up is None else to_m(runner_up),
        "why": why,
        "geometry": host.geometry,
    }


def standalone_rows(
    units: gpd.GeoDataFrame, names: list[str], venues: list[Venue | None]
) -> list[Row]:
    """Return a row for each unit that stands alone: it is its own host, and costs nothing."""
    full, total = full_members(units), total_members(units)
    return [
        {
            "branch_id": branch_id_of([unit.unit_id]),
            "name": name,
            "outcome": Outcome.STANDALONE,
            "mode": Mode.STANDALONE,
            "status": BranchStatus.PROPOSED,
            "host_id": unit.unit_id,
            "venue_id": None if venue is None else venue.venue_id,
            "unit_ids": unit.unit_id,
            "units": 1,
            "full_members": members,
            "total_members": everybody,
            "jurisdiction": unit.jurisdiction,
            "approver": unit.approver,
            "span_m": 0.0,
            "max_distance_m": unit.max_distance_m,
            "cost_m": 0.0,
            "runner_up_cost_m": np.nan,
            "why": unit.why,
            "geometry": unit.geometry,
        }
        for unit, name, venue, members, everybody in zip(
            units.itertuples(index=False), names, venues, full, total, strict=True
        )
    ]


def approved_rows(
    existing: gpd.GeoDataFrame, joined: Mapping[str, Founding], units: gpd.GeoDataFrame
) -> list[Row]:
    """Return a row for each approved branch, with the units that join it.

    Parameters
    ----------
    existing
        `lxgeo.tables.EXISTING`.
    joined
        Branch id → the units that join it.
    units
        All units (`lxgeo.tables.TRIAGED`), for the positions of those already in it.
    """
    points = dict(zip(units["unit_id"], zip(units["lon"], units["lat"], strict=True), strict=True))
    rows = []
    for branch in existing.itertuples(index=False):
        joining = joined.get(branch.branch_id)
        new = [] if joining is None else [unit.unit_id for unit in joining.units]
        ids = [*listed(branch), *new]
        places = [points[each] for each in ids if each in points]
        if branch.geometry is not None:
            places.append((branch.geometry.x, branch.geometry.y))
        rows.append(
            {
                **{name: getattr(branch, name) for name in _KEPT},
                "status": BranchStatus.EXISTING,
                "unit_ids": ";".join(ids),
                "units": branch.units + len(new),
                "full_members": _plus(branch.full_members, joining.known_full if joining else 0),
                "total_members": _plus(branch.total_members, joining.total if joining else 0),
                "span_m": _span_m(places),
                "cost_m": 0.0 if joining is None else to_m(joining.cost_cm),
                "runner_up_cost_m": np.nan,
                "why": Reason(Rule.APPROVED_BRANCH, {"branch": branch.name, "joining": len(new)}),
            }
        )
    return rows


_KEPT = (
    *("branch_id", "name", "outcome", "host_id", "jurisdiction", "approver", "max_distance_m"),
    "geometry",
)


def branch_table(rows: Iterable[Row]) -> gpd.GeoDataFrame:
    """Return rows as `lxgeo.tables.PLANNED_BRANCHES`, sorted by who approves them, then by id."""
    frame = pd.DataFrame(list(rows), columns=[*PLANNED_BRANCHES.names, "geometry"])
    frame = frame.sort_values(["jurisdiction", "branch_id"], kind="stable", ignore_index=True)
    for name in ("outcome", "mode", "status"):
        frame[name] = frame[name].map(str, na_action="ignore")
    points = gpd.GeoSeries(frame["geometry"].tolist(), crs=CRS)
    table = PLANNED_BRANCHES.shaped(gpd.GeoDataFrame(frame, geometry=points))
    PLANNED_BRANCHES.check(table)
    return table


def _plus(count: Any, more: int) -> Any:
    return pd.NA if pd.isna(count) else int(count) + more


def _span_m(places: list[tuple[float, float]]) -> float:
    """Return the greatest distance between two positions, metres; NaN where fewer are known."""
    known = np.array([place for place in places if np.isfinite(place).all()]).reshape(-1, 2)
    if len(known) < 2:  # noqa: PLR2004 - between two
        return np.nan
    x, y = project(known[:, 0], known[:, 1], metric_crs(float(known[0, 0])))
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    return two_decimals(float(apart.max()))
