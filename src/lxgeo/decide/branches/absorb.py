"""Work coverage (党的工作覆盖): who looks after the units that have no full member."""

from __future__ import annotations

import dataclasses

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from lxgeo.decide.branches.reasons import two_decimals
from lxgeo.geo.metric import metric_crs, project
from lxgeo.model import Outcome, Plan, Precision, Reason, Rule

_JOINABLE = frozenset(str(each) for each in Precision if each.joinable)


def absorb_zero(plan: Plan) -> Plan:
    """Return the plan with each zero-member unit looked after by the nearest branch.

    It is told as a finding (``work_coverage``: ``branch``, ``distance_m``) and changes nothing
    else: the unit is no member of the branch and counts towards no cap. A unit without a position,
    or in a jurisdiction without a branch, is looked after by nobody.

    Parameters
    ----------
    plan
        A plan whose policy says ``absorb_zero``; any other comes back as it is.
    """
    if not plan.policy.absorb_zero:
        return plan
    units = plan.units
    zero = units[(units["outcome"] == Outcome.NO_MEMBERS) & units["precision"].isin(_JOINABLE)]
    findings = units["findings"].copy()
    for jurisdiction, members in zero.groupby("jurisdiction"):
        branches = plan.branches[plan.branches["jurisdiction"] == jurisdiction]
        branches = branches[branches.geometry.notna()].reset_index(drop=True)
        if not branches.empty:
            findings.update(_looked_after(members, branches))
    return dataclasses.replace(plan, units=units.assign(findings=findings))


def _looked_after(units: gpd.GeoDataFrame, branches: gpd.GeoDataFrame) -> pd.Series:
    """Return the units' findings with the nearest branch added; the first branch on ties."""
    crs = metric_crs(float(units["lon"].mean()))
    seats = np.column_stack(project(branches.geometry.x, branches.geometry.y, crs))
    doors = np.column_stack(project(units["lon"], units["lat"], crs))
    apart, nearest = cKDTree(seats).query(doors)
    added = [
        (*was, Reason(Rule.WORK_COVERAGE, {"branch": name, "distance_m": two_decimals(metres)}))
        for was, name, metres in zip(
            units["findings"], branches["name"].iloc[nearest], apart.tolist(), strict=True
        )
    ]
    return pd.Series(added, index=units.index, dtype=object)
