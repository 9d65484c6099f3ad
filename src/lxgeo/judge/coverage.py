"""What a plan comes to: counts, cost and distances, and the rates before and after it.

Every rate names its denominator, since documents count over different ones. Units that are
excluded stand in none; all others do, a suspended unit too: leaving it out would flatter the rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

import numpy as np
import pandas as pd

from lxgeo.model import Evaluation, Figure, Outcome, Plan, Rate, Reason, Rule, gap
from lxgeo.policy import Policy
from lxgeo.rules.legality import joint_members
from lxgeo.tables import BranchStatus

Unknown = Literal["aside", "low", "high"]
"""Units whose full members are unknown: left aside, taken at zero, or at their total."""

THIN = 3
"""Full members at which one transfer undoes a branch."""

_ORGANISED = (
    Outcome.EXISTING,
    Outcome.STANDALONE,
    Outcome.TEMPORARY,
    Outcome.JOINT,
    Outcome.ATTACHED,
)
"""Outcomes that give a unit an organisation (单独、联合、挂靠 and 临时); members that are
transferred to another body leave their unit without one."""
_JOINED = (Outcome.JOINT, Outcome.ATTACHED)
_MUST_JOIN = (*_JOINED, Outcome.LEFT_OUT, Outcome.TRANSFER)
_MEMBERS = frozenset({"full_members", "total_members"})
_RANGED = frozenset({Rule.MEMBERS_UNREADABLE, Rule.VALUE_RANGE})
"""Findings that tell the ends of a range, where a cell gives one (2-4) instead of a count."""
_FAR_QUANTILE = 0.95


@dataclass(frozen=True)
class Standing:
    """One yes or no for each ledger row, at one moment: before the plan or after it.

    Parameters
    ----------
    operating
        Not excluded: 实体运营的单位, the denominator of 党的组织覆盖率 and 单独组建率.
    with_members
        Of those, with a full member (有正式党员).
    of_three
        Of those, with as many members as a branch of their own needs (应建单位): full ones, of
        them those affiliated where that is known, unless the policy counts others.
    organised, alone
        Has an organisation; has one of its own.
    """

    operating: pd.Series
    with_members: pd.Series
    of_three: pd.Series
    organised: pd.Series
    alone: pd.Series


def evaluate(plan: Plan) -> Evaluation:
    """Return a plan's figures.

    Parameters
    ----------
    plan
        Units as `lxgeo.tables.PLANNED`, branches as `lxgeo.tables.PLANNED_BRANCHES`.

    Returns
    -------
    Evaluation
        Figures of the summary, `rates` before and after, and one row a township: counts, and the
        numerator and denominator of each rate. Rows without a township stand last.
    """
    before, after = standing_before(plan, "aside"), standing_after(plan, "aside")
    return Evaluation(
        figures=dict(_figures(plan)),
        before=_all_rates(plan, standing_before),
        after=_all_rates(plan, standing_after),
        by_township=_by_township(plan, before, after),
    )


def rates(standing: Standing, suffix: str = "") -> tuple[Rate, ...]:
    """Return the rates of one moment: four, or with a suffix the two that depend on members.

    ``organisation``
        党的组织覆盖率: units with an organisation of their own or a joint one, over those
        operating (the usual definition for non-public enterprises).
    ``standalone``
        单独组建率: units with an organisation of their own, over those operating (same source).
    ``with_members``
        Units with an organisation over those with a full member (有党员的单位100%建立党组织).
    ``should_build``
        应建已建: units with an organisation over those of three or more full members
        (《党章》第三十条).

    Parameters
    ----------
    standing
        Who counts.
    suffix
        Put behind the names of rates and denominators, such as ``_unknown_low``.
    """
    counted = (
        ("organisation", "operating_units", standing.organised, standing.operating),
        ("standalone", "operating_units", standing.alone, standing.operating),
        ("with_members", "units_with_members", standing.organised, standing.with_members),
        ("should_build", "units_of_three", standing.organised, standing.of_three),
    )
    return tuple(
        Rate(name + suffix, int((has & of).sum()), int(of.sum()), over + suffix)
        for name, over, has, of in counted
        if not suffix or over != "operating_units"
    )


def coverage_rates(evaluation: Evaluation) -> dict[str, list[dict[str, Figure]]]:
    """Return the rates as plain values: for each moment, name, numerator, denominator, share."""
    moments = {"before": evaluation.before, "after": evaluation.after}
    return {moment: [rate_told(rate) for rate in told] for moment, told in moments.items()}


def rate_told(rate: Rate) -> dict[str, Figure]:
    """Return a rate as plain values."""
    return {
        "name": rate.name,
        "over": rate.over,
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "value": rate.value,
    }


def _all_rates(plan: Plan, moment: Any) -> tuple[Rate, ...]:
    """Return a moment's rates, then those by members with the unknown at zero and in full."""
    told = list(rates(moment(plan, "aside")))
    if (plan.units["outcome"] == Outcome.UNKNOWN_MEMBERS).any():
        for unknown in ("low", "high"):
            told += rates(moment(plan, unknown), f"_unknown_{unknown}")
    return tuple(told)


def standing_before(plan: Plan, unknown: Unknown) -> Standing:
    """Return how things stand: approved organisations only."""
    existing = plan.units["outcome"] == Outcome.EXISTING
    return _standing(plan, unknown, existing, existing & _alone_today(plan))


def standing_after(plan: Plan, unknown: Unknown) -> Standing:
    """Return how things stand once the plan is approved, repairs of approved branches included."""
    outcome = plan.units["outcome"]
    existing = outcome == Outcome.EXISTING
    # An approved branch that the rules would shape otherwise carries what they propose for it.
    proposed = plan.units["proposed_outcome"].where(existing)
    organised = outcome.isin(_ORGANISED)
    repaired = proposed == Outcome.STANDALONE
    kept = existing & _alone_today(plan) & proposed.isna()
    return _standing(plan, unknown, organised, (outcome == Outcome.STANDALONE) | repaired | kept)


def _standing(plan: Plan, unknown: Unknown, organised: pd.Series, alone: pd.Series) -> Standing:
    units = plan.units
    operating = units["outcome"] != Outcome.EXCLUDED
    full = units["full_members"].fillna(units["affiliated_members"])
    counted = _counted(units, plan.policy)
    if unknown == "high":
        full, counted = (each.fillna(_most(units)) for each in (full, counted))
    return Standing(
        operating=operating,
        with_members=operating & (full.fillna(0) > 0),
        of_three=operating & (counted.fillna(0) >= plan.policy.standalone_min_full),
        organised=operating & organised,
        alone=operating & alone,
    )


def _counted(units: pd.DataFrame, policy: Policy) -> pd.Series:
    """Return the members that a branch of their own asks for (`Policy.counted`), column-wise."""
    full, affiliated = units["full_members"], units["affiliated_members"]
    if policy.standalone_basis == "affiliated":
        return affiliated.fillna(full)
    known = full.fillna(affiliated)
    more = units["probationary_members"].fillna(0) if policy.standalone_basis == "total" else 0
    return known + more


def _alone_today(plan: Plan) -> pd.Series:
    """Return which units have an organisation of their own now.

    A unit attached to another's standalone branch has none of its own: only the host does.
    """
    branches = plan.branches
    existing = branches["status"] == BranchStatus.EXISTING
    own = branches[existing & (branches["outcome"] == Outcome.STANDALONE)]
    return plan.units["unit_id"].isin(own["host_id"].dropna().tolist())


def _towards_three(new: pd.DataFrame, plan: Plan) -> pd.Series:
    """Return the full members that count towards the three of each new branch."""
    if plan.policy.joint_basis == "full":
        return new["full_members"]
    units = plan.units[plan.units["branch_id"].isin(new["branch_id"])]
    summed = joint_members(units, plan.policy).groupby(units["branch_id"]).sum()
    return new["branch_id"].map(summed)


def _figures(plan: Plan) -> Iterator[tuple[str, Figure | Mapping[str, Any]]]:
    """Yield the summary's figures, in its order."""
    units = plan.units
    outcomes = units["outcome"].value_counts()
    new = _new_joint(plan)
    must_join = units[units["outcome"].isin(_MUST_JOIN)]
    joined = units[units["outcome"].isin(_JOINED)]
    cost = round(sum(region.cost_m for region in plan.regions), 2)
    penalty = round(sum(region.left_out_m for region in plan.regions), 2)
    bound = round(sum(region.bound_m for region in plan.regions), 2)
    away = joined.loc[~joined["is_host"].fillna(value=False), "distance_m"].dropna()
    yield "units", len(units)
    yield "outcomes", {str(each): int(outcomes.get(each, 0)) for each in Outcome}
    yield "joint_branches", len(new)
    yield "thin_branches", int((_towards_three(new, plan) == THIN).sum())
    yield "must_join", len(must_join)
    yield "left_out", int((units["outcome"] == Outcome.LEFT_OUT).sum())
    yield "left_out_min", sum(region.left_out_min for region in plan.regions)
    yield "plan_cost_m", cost
    yield "bound_m", bound
    from_bound = gap(cost, bound, penalty)
    yield "gap", from_bound if isfinite(from_bound) else None
    yield "mean_cost_m", round((cost - penalty) / len(joined), 2) if len(joined) else None
    yield "p95_distance_m", _rounded(away.quantile(_FAR_QUANTILE)) if len(away) else None
    unknown = must_join["industry_code"].isna()
    yield "unknown_trade_share", round(float(unknown.mean()), 6) if len(must_join) else None
    yield from _members(units)
    yield "max_distance_m", _limits(units)


def _new_joint(plan: Plan) -> pd.DataFrame:
    """Return the joint branches that the plan proposes."""
    branches = plan.branches
    proposed = branches["status"] == BranchStatus.PROPOSED
    return branches[proposed & (branches["outcome"] == Outcome.JOINT)]


def _members(units: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Yield the full members of all units that count, the unknown at zero and at their total."""
    operating = units[units["outcome"] != Outcome.EXCLUDED]
    full = operating["full_members"].fillna(operating["affiliated_members"])
    yield "full_members_unknown_low", int(full.fillna(0).sum())
    yield "full_members_unknown_high", int(full.fillna(_most(operating)).fillna(0).sum())


def _most(units: pd.DataFrame) -> pd.Series:
    """Return the most full members that units may have: their total, else their range's upper end.

    Of a range that is open above (三人以上) only its lower end is known.
    """
    ends = pd.array([_upper_end(each) for each in units["findings"]], dtype="Int64")
    return units["total_members"].fillna(pd.Series(ends, index=units.index))


def _upper_end(findings: Iterable[Reason]) -> int | None:
    for each in findings:
        if each.code in _RANGED and each.figures.get("field") in _MEMBERS:
            end = each.figures.get("high") or each.figures.get("low")
            if end is not None:
                return int(end)
    return None


def _limits(units: pd.DataFrame) -> dict[str, float]:
    """Return township → distance limit, metres: what any branch in it was held to."""
    known = units.dropna(subset=["township_id", "max_distance_m"]).drop_duplicates("township_id")
    pairs = zip(known["township_id"], known["max_distance_m"], strict=True)
    return dict(sorted((str(each), float(limit)) for each, limit in pairs))


def _rounded(metres: float) -> float:
    return float(np.round(metres, 2))


def _by_township(plan: Plan, before: Standing, after: Standing) -> pd.DataFrame:
    units = plan.units
    table = pd.DataFrame({"township_id": units["township_id"], "township": units["township"]})
    table["units"] = 1
    for outcome in Outcome:
        table[str(outcome)] = (units["outcome"] == outcome).astype("int64")
    table["operating_units"] = before.operating.astype("int64")
    table["units_with_members"] = before.with_members.astype("int64")
    table["units_of_three"] = before.of_three.astype("int64")
    for moment, standing in (("before", before), ("after", after)):
        table[f"organisation_{moment}"] = standing.organised.astype("int64")
        table[f"standalone_{moment}"] = standing.alone.astype("int64")
        with_members = standing.organised & standing.with_members
        table[f"with_members_{moment}"] = with_members.astype("int64")
        of_three = standing.organised & standing.of_three
        table[f"should_build_{moment}"] = of_three.astype("int64")
    table["full_members"] = units["full_members"].where(before.operating).fillna(0).astype("int64")
    counts = table.columns.drop(["township_id", "township"]).tolist()
    grouped = table.groupby("township_id", dropna=False, sort=True)
    summed = grouped[counts].sum().assign(township=grouped["township"].first()).reset_index()
    return summed[["township_id", "township", *counts]]
