"""Triage (研判): what the rules say about each unit, before any branch is proposed.

The first rule that fits decides, in the order below, and the unit's ``why`` names it:

1. closed, shell, moved out, duplicate, nameless → ``excluded``
2. in an approved organisation → ``existing``
3. full members unknown → ``unknown_members``
4. three or more full members → ``standalone``; ``temporary`` where affiliation is elsewhere. Whose
   members count, and what bars a unit from standing alone, are settings
5. one or two → must join (the outcome stays empty), or ``not_located``: all of them, where no
   township is known
6. none → ``no_members``
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from lxgeo.model import Areas, Figure, Level, OperatingStatus, Outcome, Precision, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.rules.counting import (
    bars,
    count,
    counted,
    full_members,
    kin,
    known,
    large_enough,
    level_members,
)
from lxgeo.rules.existing import approved_groups
from lxgeo.rules.jurisdiction import add_jurisdiction, add_lines
from lxgeo.rules.repairs import Newcomers
from lxgeo.tables import LOCATED, TRIAGED


class Verdict(NamedTuple):
    """What a rule says of a unit; an empty outcome means that the unit must join."""

    outcome: Outcome | None
    why: Reason | None
    level: Level | None = None


_WHY_GONE = {
    OperatingStatus.CLOSED: Rule.CLOSED,
    OperatingStatus.SHELL: Rule.SHELL,
    OperatingStatus.MOVED_OUT: Rule.MOVED_OUT,
}
_COMMITTEE_BY_REGULATION = 7
"""Full members from which 《支部工作条例（试行）》 asks for a branch committee."""

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
    units = add_jurisdiction(add_lines(located, policy), areas)
    rows = [*_plain(units).itertuples(index=False)]
    verdicts = [_verdict(unit, policy) for unit in rows]
    if areas.townships.empty:
        verdicts = [_nowhere(verdict) for verdict in verdicts]
    units = units.assign(
        outcome=_text([verdict.outcome for verdict in verdicts], units),
        level=_text([verdict.level for verdict in verdicts], units),
        why=pd.Series([verdict.why for verdict in verdicts], index=units.index, dtype=object),
        proposed_outcome=_text([None] * len(units), units),
        max_distance_m=_reach(units, areas, policy),
    )
    notices = [
        tuple(_notices(unit, verdict.outcome, policy))
        for unit, verdict in zip(rows, verdicts, strict=True)
    ]
    units = _add_findings(units, notices)
    return TRIAGED.shaped(_add_group_findings(units, areas, policy))


def _plain(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return units, but where they are, with texts as Python's own: rows are read faster so."""
    bare = pd.DataFrame(units.drop(columns="geometry"))
    return bare.astype(dict.fromkeys(bare.columns[bare.dtypes == "str"], object))


def _verdict(unit: Any, policy: Policy) -> Verdict:
    return next(verdict for rule in _ORDER if (verdict := rule(unit, policy)) is not None)


def _nowhere(verdict: Verdict) -> Verdict:
    """Return a verdict as it is where no township is known: what must join can't be placed."""
    if verdict.outcome in {None, Outcome.NOT_LOCATED}:
        return Verdict(Outcome.NOT_LOCATED, Reason(Rule.NO_TOWNSHIPS))
    return verdict


def _excluded(unit: Any, _: Policy) -> Verdict | None:
    status = OperatingStatus(unit.operating_status)
    if status.gone:
        return Verdict(Outcome.EXCLUDED, Reason(_WHY_GONE[status]))
    if known(unit.duplicate_of):
        return Verdict(Outcome.EXCLUDED, Reason(Rule.DUPLICATE, {"of": unit.duplicate_of}))
    if not known(unit.name):
        return Verdict(Outcome.EXCLUDED, Reason(Rule.NO_NAME))
    return None


def _existing(unit: Any, _: Policy) -> Verdict | None:
    if not (known(unit.organised) and unit.organised):
        return None
    branch = unit.branch_named if known(unit.branch_named) else None
    return Verdict(Outcome.EXISTING, Reason(Rule.APPROVED_BRANCH, {"branch": branch}))


def _unknown(unit: Any, _: Policy) -> Verdict | None:
    if known(unit.full_members) or known(unit.affiliated_members):
        return None
    told = {reason.code: reason for reason in reversed(unit.findings)}
    why = next((told[code] for code in _WHY_UNKNOWN if code in told), Reason(Rule.MEMBERS_BLANK))
    return Verdict(Outcome.UNKNOWN_MEMBERS, why)


def _stands_alone(unit: Any, policy: Policy) -> Verdict | None:
    if large_enough(unit, policy):
        if any(bars(unit, policy)):
            return None
        level = _level(level_members(unit, policy), policy)
        return Verdict(Outcome.STANDALONE, _why_alone(unit, level, policy), level)
    full, least = full_members(unit), policy.standalone_min_full
    part_time = (count(unit.part_time_members) or 0) if policy.count_part_time else 0
    if full + part_time < least:
        return None
    figures: dict[str, Figure] = {
        "full": full,
        "part_time": part_time or None,
        "affiliated": counted(unit, "affiliated", policy),
        "least": least,
        # What to set up where affiliations can't be transferred: policies differ.
        **{name: policy.unaffiliated == name for name in ("ask", "temporary", "functional")},
        "rules": policy.title,
    }
    return Verdict(Outcome.TEMPORARY, Reason(Rule.AFFILIATION_ELSEWHERE, figures))


def _why_alone(unit: Any, level: Level, policy: Policy) -> Reason:
    own = counted(unit, "affiliated" if policy.standalone_basis == "affiliated" else "full", policy)
    least = policy.standalone_min_full
    figures: dict[str, Figure] = {"full": own, "least": least, "level": str(level)}
    figures["committee"] = own >= policy.branch_committee_min
    if policy.branch_committee_min != _COMMITTEE_BY_REGULATION:
        figures |= {"committee_least": policy.branch_committee_min, "rules": policy.title}
    if own >= least:
        return Reason(Rule.THREE_FULL_MEMBERS, figures)
    total = counted(unit, policy.standalone_basis, policy)
    return Reason(Rule.THREE_MEMBERS_IN_ALL, {**figures, "total": total, "rules": policy.title})


def _no_members(unit: Any, _: Policy) -> Verdict | None:
    if full_members(unit) > 0:
        return None
    figures: dict[str, Figure] = {"probationary": count(unit.probationary_members)}
    if known(unit.instructor) and unit.instructor:
        figures["instructed"] = True
    return Verdict(Outcome.NO_MEMBERS, Reason(Rule.NO_FULL_MEMBER, figures))


def _must_join(unit: Any, _: Policy) -> Verdict:
    precision = Precision(unit.precision)
    if precision is Precision.NONE:
        return Verdict(Outcome.NOT_LOCATED, Reason(Rule.NO_POSITION))
    if not precision.joinable:
        why = Reason(Rule.POSITION_TOO_COARSE, {"precision": str(precision)})
        return Verdict(Outcome.NOT_LOCATED, why)
    if not known(unit.jurisdiction):
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


def _level(total: int, policy: Policy) -> Level:
    """Return what a unit of so many members sets up; ``ge`` counts the threshold itself in."""
    over = 0 if policy.level_boundary == "ge" else 1
    if total >= policy.committee_min + over:
        return Level.COMMITTEE
    if total >= policy.general_branch_min + over:
        return Level.GENERAL_BRANCH
    return Level.BRANCH


def _notices(unit: Any, outcome: Outcome | None, policy: Policy) -> Iterator[Reason]:
    """Yield what a person should look at, whatever the outcome."""
    if outcome is Outcome.EXCLUDED:
        return
    large = large_enough(unit, policy)
    barred = set(bars(unit, policy)) if large else set()
    if large and kin(unit):
        yield Reason(Rule.KIN_MAJORITY, {"bar": Rule.KIN_MAJORITY in barred})
    if Rule.NOT_STABLE in barred and outcome is not Outcome.EXISTING:
        yield Reason(Rule.NOT_STABLE, {"rules": policy.title})
    boundaries = {policy.general_branch_min, policy.committee_min}
    members = level_members(unit, policy)
    if outcome is Outcome.STANDALONE and members in boundaries:
        yield Reason(Rule.LEVEL_AT_BOUNDARY, {"total": members})
    if outcome is None and unit.precision == Precision.ROAD:
        yield Reason(Rule.POSITION_BY_ROAD)


def _add_group_findings(units: gpd.GeoDataFrame, areas: Areas, policy: Policy) -> gpd.GeoDataFrame:
    """Return the units with what is wrong with the approved branches that they are in."""
    position = {unit_id: i for i, unit_id in enumerate(units["unit_id"])}
    found: list[list[Reason]] = [[] for _ in position]
    proposed = units["proposed_outcome"].astype(object).tolist()
    due, newcomers = dict(_due(units, policy)), Newcomers.among(units, policy)
    for group in approved_groups(units, areas, policy):
        for unit_id, reason, outcome in group.faults(policy, due, newcomers):
            found[position[unit_id]].append(reason)
            proposed[position[unit_id]] = outcome or proposed[position[unit_id]]
    units = units.assign(proposed_outcome=_text(proposed, units))
    return _add_findings(units, [tuple(reasons) for reasons in found])


def _due(units: gpd.GeoDataFrame, policy: Policy) -> Iterator[tuple[str, int]]:
    """Yield the units in approved branches that should stand alone, with their full members."""
    inside = units[units["outcome"] == Outcome.EXISTING]
    for unit in inside.itertuples(index=False):
        if large_enough(unit, policy) and not any(bars(unit, policy)):
            yield unit.unit_id, full_members(unit)


def _add_findings(units: gpd.GeoDataFrame, more: list[tuple[Reason, ...]]) -> gpd.GeoDataFrame:
    both = [was + new for was, new in zip(units["findings"], more, strict=True)]
    return units.assign(findings=pd.Series(both, index=units.index, dtype=object))


def _reach(units: gpd.GeoDataFrame, areas: Areas, policy: Policy) -> pd.Series:
    """Return each unit's distance limit, by its township's kind, metres."""
    kinds = dict(zip(areas.townships["id"], areas.townships["kind"], strict=True))
    of_township = {
        each: policy.reach_m(kind if known(kind) else None) for each, kind in kinds.items()
    }
    return units["township_id"].map(of_township).fillna(policy.max_distance_m).astype("float64")


def _text(values: list[Any], like: pd.DataFrame) -> pd.Series:
    plain = [str(value) if known(value) else None for value in values]
    return pd.Series(plain, index=like.index, dtype="str")
