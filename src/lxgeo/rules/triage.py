"""Triage (研判): what the rules say about each unit, before any branch is proposed.

The first rule that fits decides, in the order below, and the unit's ``why`` names it:

1. closed, shell, moved out, duplicate, nameless → ``excluded``
2. in an approved organisation → ``existing``
3. full members unknown → ``unknown_members``
4. three or more full members → ``standalone``; ``temporary`` where affiliation is elsewhere
5. one or two → must join (the outcome stays empty), or ``not_located``
6. none → ``no_members``
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from lxgeo.model import Areas, Figure, Level, OperatingStatus, Outcome, Precision, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.rules.existing import approved_groups
from lxgeo.rules.jurisdiction import add_jurisdiction
from lxgeo.tables import LOCATED, TRIAGED


class Verdict(NamedTuple):
    """What a rule says of a unit; an empty outcome means that the unit must join."""

    outcome: Outcome | None
    why: Reason | None
    level: Level | None = None


_AWAY = {
    OperatingStatus.CLOSED: Rule.CLOSED,
    OperatingStatus.SHELL: Rule.SHELL,
    OperatingStatus.MOVED_OUT: Rule.MOVED_OUT,
}
_WHY_UNKNOWN = (
    Rule.MEMBERS_NEGATIVE,
    Rule.MEMBERS_UNREADABLE,
    Rule.ONLY_TOTAL_KNOWN,
    Rule.MEMBERS_BLANK,
)


def triage(located: gpd.GeoDataFrame, areas: Areas, policy: Policy) -> gpd.GeoDataFrame:
    """Return what the rules say about each unit.

    Parameters
    ----------
    located
        The units with their positions (`lxgeo.tables.LOCATED`).
    areas
        Townships (their ``kind`` sets the distance limit), parks (their committees), branches.
    policy
        Thresholds.

    Returns
    -------
    GeoDataFrame
        `lxgeo.tables.TRIAGED`, in the order of ``located``; ``outcome`` is empty where a unit has
        one or two full members and a position to join on.

    Raises
    ------
    TableError
        ``located`` is not a `LOCATED` table.
    """
    LOCATED.check(located)
    units = add_jurisdiction(located, areas)
    verdicts = [_verdict(unit, policy) for unit in units.itertuples(index=False)]
    units = units.assign(
        outcome=_text([verdict.outcome for verdict in verdicts], units),
        level=_text([verdict.level for verdict in verdicts], units),
        why=pd.Series([verdict.why for verdict in verdicts], index=units.index, dtype=object),
        proposed_outcome=_text([None] * len(units), units),
        max_distance_m=_reach(units, areas, policy),
    )
    notices = [tuple(_notices(unit, policy)) for unit in units.itertuples(index=False)]
    units = _add_findings(units, notices)
    return TRIAGED.shaped(_add_group_findings(units, areas, policy))


def _verdict(unit: Any, policy: Policy) -> Verdict:
    return next(verdict for rule in _ORDER if (verdict := rule(unit, policy)) is not None)


def _excluded(unit: Any, _: Policy) -> Verdict | None:
    status = OperatingStatus(unit.operating_status)
    if status in _AWAY:
        return Verdict(Outcome.EXCLUDED, Reason(_AWAY[status]))
    if _known(unit.duplicate_of):
        return Verdict(Outcome.EXCLUDED, Reason(Rule.DUPLICATE, {"of": unit.duplicate_of}))
    if not _known(unit.name):
        return Verdict(Outcome.EXCLUDED, Reason(Rule.NO_NAME))
    return None


def _existing(unit: Any, _: Policy) -> Verdict | None:
    if not (_known(unit.organised) and unit.organised):
        return None
    branch = unit.branch_named if _known(unit.branch_named) else None
    return Verdict(Outcome.EXISTING, Reason(Rule.APPROVED_BRANCH, {"branch": branch}))


def _unknown(unit: Any, _: Policy) -> Verdict | None:
    if _known(unit.full_members) or _known(unit.affiliated_members):
        return None
    told = {reason.code: reason for reason in reversed(unit.findings)}
    why = next((told[code] for code in _WHY_UNKNOWN if code in told), Reason(Rule.MEMBERS_BLANK))
    return Verdict(Outcome.UNKNOWN_MEMBERS, why)


def _stands_alone(unit: Any, policy: Policy) -> Verdict | None:
    full, affiliated = full_members(unit), _count(unit.affiliated_members)
    counted = full if affiliated is None else affiliated
    least = policy.standalone_min_full
    if counted >= least:
        if policy.family_rule == "bar" and _kin(unit):
            return None
        level = _level(total_members(unit), policy)
        committee = counted >= policy.branch_committee_min
        why = Reason(
            Rule.THREE_FULL_MEMBERS,
            {"full": counted, "least": least, "level": str(level), "committee": committee},
        )
        return Verdict(Outcome.STANDALONE, why, level)
    if full >= least:
        figures: dict[str, Figure] = {"full": full, "affiliated": counted, "least": least}
        return Verdict(Outcome.TEMPORARY, Reason(Rule.AFFILIATION_ELSEWHERE, figures))
    return None


def _no_members(unit: Any, _: Policy) -> Verdict | None:
    if full_members(unit) > 0:
        return None
    probationary = _count(unit.probationary_members)
    return Verdict(Outcome.NO_MEMBERS, Reason(Rule.NO_FULL_MEMBER, {"probationary": probationary}))


def _must_join(unit: Any, _: Policy) -> Verdict:
    precision = Precision(unit.precision)
    if precision is Precision.NONE:
        return Verdict(Outcome.NOT_LOCATED, Reason(Rule.NO_POSITION))
    if not precision.joinable:
        why = Reason(Rule.POSITION_TOO_COARSE, {"precision": str(precision)})
        return Verdict(Outcome.NOT_LOCATED, why)
    if not _known(unit.jurisdiction):
        return Verdict(Outcome.NOT_LOCATED, Reason(Rule.OUTSIDE_AREAS))
    return Verdict(None, None)


_ORDER: tuple[Callable[[Any, Policy], Verdict | None], ...] = (
    _excluded,
    _existing,
    _unknown,
    _stands_alone,
    _no_members,
    _must_join,
)


def full_members(unit: Any) -> int:
    """Return the full members that a unit counts; affiliated ones where only those are known."""
    full = _count(unit.full_members)
    return full if full is not None else (_count(unit.affiliated_members) or 0)


def total_members(unit: Any) -> int:
    """Return full and probationary members together; unknown probationary members count as none."""
    total = _count(unit.total_members)
    summed = full_members(unit) + (_count(unit.probationary_members) or 0)
    return summed if total is None else max(total, summed)


def _level(total: int, policy: Policy) -> Level:
    """Return what a unit of so many members sets up; ``ge`` counts the threshold itself in."""
    over = 0 if policy.level_boundary == "ge" else 1
    if total >= policy.committee_min + over:
        return Level.COMMITTEE
    if total >= policy.general_branch_min + over:
        return Level.GENERAL_BRANCH
    return Level.BRANCH


def _notices(unit: Any, policy: Policy) -> Iterator[Reason]:
    """Yield what a person should look at, whatever the outcome."""
    if unit.outcome == Outcome.EXCLUDED:
        return
    if _kin(unit) and full_members(unit) >= policy.standalone_min_full:
        yield Reason(Rule.KIN_MAJORITY, {"bar": policy.family_rule == "bar"})
    boundaries = {policy.general_branch_min, policy.committee_min}
    if unit.outcome == Outcome.STANDALONE and total_members(unit) in boundaries:
        yield Reason(Rule.LEVEL_AT_BOUNDARY, {"total": total_members(unit)})
    if not _known(unit.outcome) and unit.precision == Precision.ROAD:
        yield Reason(Rule.POSITION_BY_ROAD)


def _add_group_findings(units: gpd.GeoDataFrame, areas: Areas, policy: Policy) -> gpd.GeoDataFrame:
    """Return the units with what is wrong with the approved branches that they are in."""
    position = {unit_id: i for i, unit_id in enumerate(units["unit_id"])}
    found: list[list[Reason]] = [[] for _ in position]
    proposed = units["proposed_outcome"].astype(object).tolist()
    for group in approved_groups(units, areas):
        for unit_id, reason, outcome in group.faults(policy):
            found[position[unit_id]].append(reason)
            proposed[position[unit_id]] = outcome or proposed[position[unit_id]]
    units = units.assign(proposed_outcome=_text(proposed, units))
    return _add_findings(units, [tuple(reasons) for reasons in found])


def _add_findings(units: gpd.GeoDataFrame, more: list[tuple[Reason, ...]]) -> gpd.GeoDataFrame:
    both = [was + new for was, new in zip(units["findings"], more, strict=True)]
    return units.assign(findings=pd.Series(both, index=units.index, dtype=object))


def _reach(units: gpd.GeoDataFrame, areas: Areas, policy: Policy) -> pd.Series:
    """Return each unit's distance limit, by its township's kind, metres."""
    kinds = dict(zip(areas.townships["id"], areas.townships["kind"], strict=True))
    of_township = {
        each: policy.reach_m(kind if _known(kind) else None) for each, kind in kinds.items()
    }
    return units["township_id"].map(of_township).fillna(policy.max_distance_m).astype("float64")


def _kin(unit: Any) -> bool:
    return _known(unit.kin_majority) and bool(unit.kin_majority)


def _count(value: Any) -> int | None:
    return int(value) if _known(value) else None


def _known(value: object) -> bool:
    return value is not None and value is not pd.NA and not _is_nan(value)


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and bool(np.isnan(value))


def _text(values: list[Any], like: pd.DataFrame) -> pd.Series:
    plain = [str(value) if _known(value) else None for value in values]
    return pd.Series(plain, index=like.index, dtype="str")
