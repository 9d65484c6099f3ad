"""Every ledger row ends in exactly one outcome, with a reason; nothing vanishes, nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.facts import Facts, Unit, is_number
from lxgeo.model import OperatingStatus, Outcome, Rule

_OUTCOMES = frozenset(map(str, Outcome))
_RULES = frozenset(map(str, Rule))
_GONE = frozenset(str(each) for each in OperatingStatus if each.gone)
_NEED_NO_STATUS = frozenset({Rule.DUPLICATE, Rule.NO_NAME})


def ids(facts: Facts) -> Iterator[Breach]:
    """Every row has an id and a ledger row of its own."""
    for unit in facts.units:
        if unit.unit_id is None:
            yield Breach(BreachCode.NO_UNIT_ID, unit.named)
    for code, values in (
        (BreachCode.UNIT_REPEATED, [unit.unit_id for unit in facts.units]),
        (BreachCode.ROW_REPEATED, [unit.row for unit in facts.units]),
    ):
        for value, times in Counter(values).items():
            if value is not None and times > 1:
                yield Breach.at(code, value, times=times)


def order(facts: Facts) -> Iterator[Breach]:
    """Rows stand in ledger order: sheet after sheet, and downwards in each."""
    last: dict[str, int] = {}
    sheet_before = None
    for unit in facts.units:
        sheet, _, number = (unit.row or "").rpartition("!")
        if not number.isdecimal():
            yield Breach.at(BreachCode.ROW_OUT_OF_ORDER, unit.named, row=unit.row)
            continue
        came_back = sheet in last and sheet != sheet_before
        if came_back or int(number) < last.get(sheet, 0):
            yield Breach.at(BreachCode.ROW_OUT_OF_ORDER, unit.named, row=unit.row)
        last[sheet], sheet_before = int(number), sheet


def counts(facts: Facts) -> Iterator[Breach]:
    """As many rows, and as many of each outcome, as the summary tells."""
    told, found = facts.summary.get("units"), len(facts.units)
    if told != found:
        missing = not is_number(told) or found < told
        code = BreachCode.ROWS_MISSING if missing else BreachCode.ROWS_ADDED
        yield Breach.at(code, "units.csv", told=told, found=found)
    outcomes = facts.summary.get("outcomes")
    outcomes = outcomes if isinstance(outcomes, Mapping) else {}
    summed = sum(count for count in outcomes.values() if is_number(count))
    if summed != told:
        yield Breach.at(BreachCode.OUTCOMES_MISCOUNTED, "summary.json", told=told, found=summed)
    if told == found:
        yield from _each_outcome(facts, outcomes)


def _each_outcome(facts: Facts, told: Mapping[str, int]) -> Iterator[Breach]:
    found = Counter(unit.outcome for unit in facts.units)
    for outcome in sorted(_OUTCOMES | set(told)):
        if told.get(outcome, 0) != found.get(outcome, 0):
            yield Breach.at(
                BreachCode.OUTCOMES_MISCOUNTED,
                outcome,
                told=told.get(outcome, 0),
                found=found.get(outcome, 0),
            )


def outcomes(facts: Facts) -> Iterator[Breach]:
    """Every row has one of the outcomes, and a rule and a sentence that say why."""
    for unit in facts.units:
        if unit.outcome not in _OUTCOMES:
            yield Breach.at(BreachCode.NO_OUTCOME, unit.named, outcome=unit.outcome)
        if unit.rule not in _RULES or not (unit.reason or "").strip():
            yield Breach.at(BreachCode.NO_REASON, unit.named, rule=unit.rule)


def triage(facts: Facts) -> Iterator[Breach]:
    """Every outcome is one that the unit's own counts, status and position allow."""
    for unit in facts.units:
        if unit.outcome in _OUTCOMES and not _allowed(unit, facts):
            yield Breach(
                BreachCode.OUTCOME_UNFOUNDED,
                unit.named,
                {
                    "outcome": unit.outcome,
                    "full": unit.full_members,
                    "affiliated": unit.affiliated_members,
                    "precision": unit.precision,
                    "status": unit.operating_status,
                },
            )


def _allowed(unit: Unit, facts: Facts) -> bool:
    gone = unit.operating_status in _GONE
    if unit.outcome == Outcome.EXCLUDED:
        return gone or unit.rule in _NEED_NO_STATUS
    if gone:
        return False
    if unit.outcome == Outcome.EXISTING:
        return True
    if unit.outcome == Outcome.UNKNOWN_MEMBERS:
        return unit.counted is None
    return unit.counted is not None and _fits_counts(unit, facts)


def _fits_counts(unit: Unit, facts: Facts) -> bool:
    """Return whether a unit whose members are known has an outcome for so many."""
    policy = facts.policy
    least = policy.standalone_min_full
    counts = unit.full_members, unit.affiliated_members, unit.probationary_members
    counted = policy.counted(policy.standalone_basis, *counts) or 0
    full = unit.full
    if unit.outcome == Outcome.STANDALONE:
        return counted >= least
    if unit.outcome == Outcome.TEMPORARY:
        # How many part-time members there are, no list tells.
        return counted < least and (full >= least or policy.count_part_time)
    if unit.outcome == Outcome.NO_MEMBERS:
        return full == 0
    # Nor does any tell who are relatives.
    unstable = policy.stable_only and unit.operating_status == OperatingStatus.SUSPENDED
    barred = counted >= least and (policy.family_rule == "bar" or unstable)
    return full >= 1 and (barred or (counted < least and full < least))


CHECKS = (ids, order, counts, outcomes, triage)
