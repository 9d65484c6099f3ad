"""Several plans of the same units held against each other: figures, the front, what holds.

A plan's *alternative figures* are what planners weigh: how many branches, whom they cover, how far
and how alike. A plan is on the *front* where no other joins units both nearer and more alike. A
unit's company is *stable* where it shares its branch with the same units whatever the scenario.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from lxgeo.model import Evaluation, Figure, Outcome, Plan
from lxgeo.rules.trade import trade_gap, trade_levels
from lxgeo.schema import Column, Table
from lxgeo.tables import BranchStatus

HEADLINES = (
    *("joint_branches", "covered", "left_out", "mean_distance_m", "p95_distance_m"),
    *("mean_span_m", "longest_span_m", "same_trade_share", "thin_branches"),
    *("standalone_rate", "organisation_rate", "plan_cost_m", "gap"),
)
"""What one plan is weighed by, in the order in which it is shown."""

_JOINED = (Outcome.JOINT, Outcome.ATTACHED)
_SAME_DIVISION = 0.5
_SHARE_DIGITS = 6

STABILITY = Table(
    "STABILITY",
    (
        Column("unit_id", "单位编号", needed=True, unique=True),
        Column("name", "单位名称"),
        Column("township", "乡镇(街道)"),
        Column("joined", "编入次数", kind="integer", low=0, needed=True),
        Column("stability", "同伴稳定度", kind="number", low=0, high=1, needed=True),
        Column("always_with", "始终同支部的单位"),
    ),
)
"""One row a unit that is joined in one scenario at least: how far its company holds."""


def alternative_figures(plan: Plan, evaluation: Evaluation) -> dict[str, Figure]:
    """Return what a plan is weighed by against others.

    Parameters
    ----------
    plan
        Units as `lxgeo.tables.PLANNED`, branches as `lxgeo.tables.PLANNED_BRANCHES`.
    evaluation
        Its figures.

    Returns
    -------
    dict
        `HEADLINES`: ``covered`` counts units joined or attached; distances are those of units to
        their host; spans are of proposed joint branches; ``same_trade_share`` is the share of
        units, of those whose trade and whose host's are known, that share its division.
    """
    joined = plan.units[plan.units["outcome"].isin(_JOINED)]
    away = joined.loc[~joined["is_host"].fillna(value=False), "distance_m"].dropna()
    branches = plan.branches
    proposed = branches["status"] == BranchStatus.PROPOSED
    spans = branches.loc[proposed & (branches["outcome"] == Outcome.JOINT), "span_m"].dropna()
    rates = {rate.name: rate.value for rate in evaluation.after}
    figures: Mapping[str, Any] = evaluation.figures
    told: dict[str, Figure] = {
        "joint_branches": figures["joint_branches"],
        "covered": len(joined),
        "left_out": figures["left_out"],
        "mean_distance_m": _metres(away.mean()),
        "p95_distance_m": figures["p95_distance_m"],
        "mean_span_m": _metres(spans.mean()),
        "longest_span_m": _metres(spans.max()),
        "same_trade_share": _same_trade(plan, joined),
        "thin_branches": figures["thin_branches"],
        "standalone_rate": _share(rates.get("standalone")),
        "organisation_rate": _share(rates.get("organisation")),
        "plan_cost_m": figures["plan_cost_m"],
        "gap": figures["gap"],
    }
    return {name: told[name] for name in HEADLINES}


def township_rates(evaluation: Evaluation) -> list[dict[str, Figure]]:
    """Return each township's rates once the plan is approved, over its operating units."""
    table: Any = evaluation.by_township
    return [
        {
            "township": row.township if isinstance(row.township, str) else None,
            "operating_units": int(row.operating_units),
            "organisation": int(row.organisation_after),
            "standalone": int(row.standalone_after),
            "joined": int(row.joint + row.attached),
            "left_out": int(row.left_out),
        }
        for row in table.itertuples(index=False)
    ]


def front(figures: Sequence[Mapping[str, Figure]]) -> list[bool]:
    """Return which plans no other beats in both distance and trade.

    Parameters
    ----------
    figures
        `alternative_figures` of each. A plan without distances or trades is on no front.
    """
    points = [_point(each) for each in figures]
    return [
        each is not None and not any(_beats(other, each) for other in points if other is not None)
        for each in points
    ]


def _point(figures: Mapping[str, Figure]) -> tuple[float, float] | None:
    metres, alike = figures["mean_distance_m"], figures["same_trade_share"]
    if not isinstance(metres, (int, float)) or not isinstance(alike, (int, float)):
        return None
    return float(metres), -float(alike)


def _beats(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one != other and one[0] <= other[0] and one[1] <= other[1]


def stability(plans: Sequence[Plan]) -> pd.DataFrame:
    """Return how stable each unit's company is over several plans of the same units.

    Parameters
    ----------
    plans
        Two or more; units are told apart by ``unit_id``.

    Returns
    -------
    DataFrame
        `STABILITY`, the least stable first: ``stability`` is the mean over all pairs of plans of
        the units that are company in both, over those that are in either; 1 where the unit is
        joined in neither, 0 where in one alone.
    """
    companies = [_companies(plan) for plan in plans]
    units = plans[0].units
    names = dict(zip(units["unit_id"], units["name"], strict=True))
    rows = []
    told = units[["unit_id", "name", "township"]].itertuples(index=False, name=None)
    for unit_id, name, township in told:
        company = [each.get(unit_id) for each in companies]
        there = [each for each in company if each is not None]
        if not there:
            continue
        always = frozenset.intersection(*there) if len(there) == len(plans) else frozenset()
        said = "、".join(str(names.get(each, each)) for each in sorted(always))
        rows.append((unit_id, name, township, len(there), _alike(company), said or None))
    rows.sort(key=lambda row: (row[4], row[0]))
    return STABILITY.shaped(pd.DataFrame(rows, columns=STABILITY.names, dtype=object))


def apart(plans: Sequence[Plan]) -> list[list[int]]:
    """Return of each two plans how many units have another outcome or other companions."""
    fates = []
    for plan in plans:
        companies = _companies(plan)
        told = zip(plan.units["unit_id"], plan.units["outcome"], strict=True)
        fates.append([(outcome, companies.get(unit)) for unit, outcome in told])
    return [
        [sum(was != now for was, now in zip(one, other, strict=True)) for other in fates]
        for one in fates
    ]


def _companies(plan: Plan) -> dict[str, frozenset[str]]:
    """Return, of each unit that is joined, the others in its branch."""
    units = plan.units
    inside = units[units["branch_id"].notna() & (units["outcome"] != Outcome.NO_MEMBERS)]
    members = inside.groupby("branch_id")["unit_id"].agg(frozenset)
    joined = inside[inside["outcome"].isin(_JOINED)]
    pairs = zip(joined["unit_id"], joined["branch_id"], strict=True)
    return {unit: members[branch] - {unit} for unit, branch in pairs}


def _alike(company: Sequence[frozenset[str] | None]) -> float:
    pairs = [_overlap(one, other) for one, other in combinations(company, 2)]
    return round(float(np.mean(pairs)), _SHARE_DIGITS) if pairs else 1.0


def _overlap(one: frozenset[str] | None, other: frozenset[str] | None) -> float:
    if one is None or other is None:
        return float(one is other)
    return len(one & other) / len(one | other) if one | other else 1.0


def _same_trade(plan: Plan, joined: pd.DataFrame) -> float | None:
    """Return the share of units in their host's division, of those with both trades known."""
    trades = dict(zip(plan.units["unit_id"], plan.units["industry_code"], strict=True))
    hosts = dict(zip(plan.branches["branch_id"], plan.branches["host_id"], strict=True))
    under = joined[~joined["is_host"].fillna(value=False)]
    theirs = trade_levels([trades.get(hosts.get(each)) for each in under["branch_id"]])
    own = trade_levels(under["industry_code"])
    known = (theirs[:, 0] >= 0) & (own[:, 0] >= 0)
    if not known.any():
        return None
    return _share(float((trade_gap(own[known], theirs[known]) <= _SAME_DIVISION).mean()))


def _metres(value: float) -> float | None:
    return round(float(value), 2) if np.isfinite(value) else None


def _share(value: float | None) -> float | None:
    return None if value is None else round(float(value), _SHARE_DIGITS)
