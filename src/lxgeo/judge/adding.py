"""Several districts' figures added up: rates from summed counts, the gap from summed costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from lxgeo.judge.coverage import rate_told
from lxgeo.model import Outcome, Rate, gap

_SUMMED = ("joint_branches", "thin_branches", "must_join", "left_out", "left_out_min")
_IN_METRES = ("plan_cost_m", "bound_m")
_KNOWN_MEMBERS = ("full_members_unknown_low", "full_members_unknown_high")
_BY_UNKNOWN = ("_unknown_low", "_unknown_high")
_FAR_QUANTILE = 0.95


def add_up(
    summaries: Mapping[str, Mapping[str, Any]], distances_m: Sequence[npt.NDArray[np.float64]]
) -> dict[str, Any]:
    """Return the figures and rates of several districts together.

    Parameters
    ----------
    summaries
        District → its ``summary.json``.
    distances_m
        Of each district, how far each of its units is from the host that it joins.

    Returns
    -------
    dict
        The figures of a ``summary.json``, its ``regions`` (each with its ``county``) and its
        ``coverage``: numerators and denominators are summed, and shares taken of the sums.
    """
    told = list(summaries.values())
    cost, bound = (_metres(told, name) for name in _IN_METRES)
    regions = [
        {"county": county, **region}
        for county, summary in summaries.items()
        for region in summary["regions"]
    ]
    penalty = round(sum(float(region["left_out_m"]) for region in regions), 2)
    outcomes = {
        str(each): sum(int(summary["outcomes"][each]) for summary in told) for each in Outcome
    }
    joined = outcomes[Outcome.JOINT] + outcomes[Outcome.ATTACHED]
    counts = {name: sum(int(summary[name]) for summary in told) for name in _SUMMED}
    from_bound = gap(cost, bound, penalty)
    away = np.concatenate([np.zeros(0), *distances_m])
    return {
        "units": sum(int(summary["units"]) for summary in told),
        "outcomes": outcomes,
        **counts,
        "plan_cost_m": cost,
        "bound_m": bound,
        "gap": from_bound if isfinite(from_bound) else None,
        "mean_cost_m": round((cost - penalty) / joined, 2) if joined else None,
        "p95_distance_m": round(float(np.quantile(away, _FAR_QUANTILE)), 2) if len(away) else None,
        "unknown_trade_share": _unknown_trade(told, counts["must_join"]),
        **{name: sum(int(summary[name]) for summary in told) for name in _KNOWN_MEMBERS},
        "max_distance_m": dict(
            sorted((town, m) for summary in told for town, m in summary["max_distance_m"].items())
        ),
        "regions": regions,
        "coverage": add_rates([summary["coverage"] for summary in told]),
    }


def add_rates(coverages: Sequence[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return rates before and after of several districts: summed counts, and their shares.

    A district whose members are all known tells no rate for the unknown at zero or in full: its
    own rate is both.
    """
    return {
        moment: [rate_told(rate) for rate in _summed([each[moment] for each in coverages])]
        for moment in ("before", "after")
    }


def _summed(told: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[Rate]:
    districts = [{str(rate["name"]): rate for rate in rates} for rates in told]
    overs = {str(rate["name"]): str(rate["over"]) for rates in told for rate in rates}
    # The rates that all tell stand first, in their own order.
    for name in sorted(overs, key=lambda each: each.endswith(_BY_UNKNOWN)):
        of = [district.get(name) or district[_plain(name)] for district in districts]
        yield Rate(name, _sum(of, "numerator"), _sum(of, "denominator"), overs[name])


def _plain(name: str) -> str:
    for ending in _BY_UNKNOWN:
        name = name.removesuffix(ending)
    return name


def _sum(rates: Iterable[Mapping[str, Any]], field: str) -> int:
    return sum(int(rate[field]) for rate in rates)


def _metres(told: Iterable[Mapping[str, Any]], name: str) -> float:
    return round(sum(float(summary[name]) for summary in told), 2)


def _unknown_trade(told: Iterable[Mapping[str, Any]], must_join: int) -> float | None:
    unknown = sum(
        round(float(summary["unknown_trade_share"] or 0) * int(summary["must_join"]))
        for summary in told
    )
    return round(unknown / must_join, 6) if must_join else None
