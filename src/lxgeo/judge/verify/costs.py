"""The plan's cost, added up again from the files in whole centimetres, by its own arithmetic.

A branch costs its opening, a surcharge where it has exactly three full members, and for each unit
but the host the metres to the host (none within a building, half within a park) and the distance
between their trades. A unit left out costs ten distance limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import floor, isfinite
from typing import NamedTuple

from lxgeo.judge.verify.barriers import cut_off
from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.facts import Branch, Facts, Unit, brings
from lxgeo.judge.verify.legality import lines_allowed
from lxgeo.judge.verify.measure import NOISE_M, Survey
from lxgeo.judge.verify.pins import may_host
from lxgeo.judge.verify.trades import times_the_limit, too_unlike, trade_gap
from lxgeo.model import Outcome
from lxgeo.policy import Policy

THIN = 3
"""Full members at which one transfer undoes a branch."""


class Seat(NamedTuple):
    """Where a host sits: what its cost to others depends on besides the metres."""

    building_id: str | None
    park_id: str | None
    industry_code: str | None


class Cents(NamedTuple):
    """A cost in centimetres, as a range where our measure can't decide the rounding."""

    low: int
    high: int

    @property
    def middle(self) -> int:
        """The likeliest of the range."""
        return (self.low + self.high) // 2

    def holds(self, told: int) -> bool:
        """Return whether a published cost lies in the range."""
        return self.low <= told <= self.high

    def plus(self, other: Cents) -> Cents:
        """Return the sum of two costs."""
        return Cents(self.low + other.low, self.high + other.high)


@dataclass(frozen=True)
class Books:
    """What everything costs by our own adding, centimetres.

    Parameters
    ----------
    branches
        Branch id → cost, for branches that the plan makes or adds to and whose units are measured.
    """

    facts: Facts
    places: Survey
    branches: dict[str, Cents]

    def settled(self, branch: Branch) -> int:
        """Return a branch's cost: as published where our adding agrees, else ours."""
        told = told_cm(branch.cost_m)
        own = self.branches.get(branch.named)
        if own is None:
            return told or 0
        return told if told is not None and own.holds(told) else own.middle


def told_cm(metres: object) -> int | None:
    """Return a published figure in metres as whole centimetres, None where there is none."""
    return round(100 * metres) if isinstance(metres, int | float) and isfinite(metres) else None


def books(facts: Facts, places: Survey) -> Books:
    """Return what each branch that the plan touches costs."""
    found = {}
    for branch in facts.branch.values():
        costs = list(_possible(branch, facts, places))
        told = told_cm(branch.cost_m)
        fitting = [each for each in costs if told is not None and each.holds(told)]
        if costs:
            found[branch.named] = (fitting or costs)[0]
    return Books(facts, places, found)


def _possible(branch: Branch, facts: Facts, places: Survey) -> Iterator[Cents]:
    """Yield what a branch may cost: one sum for a new one, else one for each seat it may have."""
    if branch.new_joint:
        host = facts.unit.get(branch.host_id or "")
        members = facts.members_of(branch)
        cost = None if host not in members else _own_cost(branch, host, members, facts, places)
        yield from () if cost is None else (cost,)
        return
    joining = facts.joining.get(branch.named, ())
    if not joining:
        yield Cents(0, 0)
        return
    metres = [places.way(unit, branch) for unit in joining]
    opening = _cm(facts.policy.attach_m if branch.outcome == Outcome.STANDALONE else 0.0)
    known = [each for each in metres if each is not None]
    if len(known) == len(metres):
        for seat in _seats(branch, joining, facts):
            pairs = zip(joining, known, strict=True)
            costs = (_pair(unit, seat, d, facts.policy) for unit, d in pairs)
            yield _sum(opening, costs)


def _own_cost(
    branch: Branch, host: Unit, members: tuple[Unit, ...], facts: Facts, places: Survey
) -> Cents | None:
    """Return what a new branch costs with the host that it has."""
    ways = {unit.named: places.way(unit, branch) for unit in members}
    return new_branch_cost(host, members, facts.policy, ways)


def new_branch_cost(
    host: Unit, members: tuple[Unit, ...], policy: Policy, ways: Mapping[str, float | None]
) -> Cents | None:
    """Return what a new branch costs with this host, or None where a distance is unknown.

    Parameters
    ----------
    host
        One of the members.
    members
        Its units.
    policy
        Weights.
    ways
        Unit id → metres to the host.
    """
    full = sum(brings(unit, policy) for unit in members)
    cost = _cm(policy.branch_m).plus(_cm(policy.thin_m if full == THIN else 0.0))
    seat = _seat(host)
    for unit in members:
        if unit is host:
            continue
        metres = ways[unit.named]
        if metres is None:
            return None
        cost = cost.plus(_pair(unit, seat, metres, policy))
    return cost


def _seat(unit: Unit) -> Seat:
    return Seat(unit.building_id, unit.park_id, unit.industry_code)


def _seats(branch: Branch, joining: tuple[Unit, ...], facts: Facts) -> Iterator[Seat]:
    """Yield where an approved branch may sit: the files tell its point, not its building."""
    host = facts.unit.get(branch.host_id or "")
    if host is not None:
        yield _seat(host)
    buildings = sorted({unit.building_id for unit in joining} | {None}, key=str)
    parks = sorted({unit.park_id for unit in joining} | {None}, key=str)
    codes = (None,) if host is None else (host.industry_code, None)
    for building, park, code in product(buildings, parks, codes):
        yield Seat(building, park, code)


def _pair(unit: Unit, host: Seat, metres: float, policy: Policy) -> Cents:
    place = 1.0
    if unit.building_id is not None and unit.building_id == host.building_id:
        place = policy.same_building
    elif unit.park_id is not None and unit.park_id == host.park_id:
        place = policy.same_park
    gap = trade_gap(unit.industry_code, host.industry_code)
    return _cm(place * metres + policy.trade_m * gap)


def _cm(metres: float) -> Cents:
    return Cents(floor(100 * (metres - NOISE_M) + 0.5), floor(100 * (metres + NOISE_M) + 0.5))


def _sum(first: Cents, others: Iterator[Cents]) -> Cents:
    for other in others:
        first = first.plus(other)
    return first


def branch_costs(book: Books) -> Iterator[Breach]:
    """Every branch costs what the plan says it costs."""
    for branch in book.facts.branch.values():
        own = book.branches.get(branch.named)
        told = told_cm(branch.cost_m)
        untouched = not branch.new_joint and branch.named not in book.facts.joining
        if own is None or (untouched and told is None):
            continue
        if told is None or not own.holds(told):
            yield Breach.at(
                BreachCode.COST_WRONG, branch.named, told=branch.cost_m, cost_m=own.middle / 100
            )


def cheapest_hosts(book: Books) -> Iterator[Breach]:
    """No other unit of a new branch would be a cheaper host; ties go by members, then by id.

    On foot nobody can tell: the ways between the others are in no file.
    """
    facts = book.facts
    if facts.walked:
        return
    for branch in facts.branch.values():
        host = facts.unit.get(branch.host_id or "")
        own = book.branches.get(branch.named)
        members = facts.members_of(branch)
        if not branch.new_joint or own is None or host is None:
            continue
        for other in members:
            ways = {unit.named: book.places.between(unit, other) for unit in members}
            cost = new_branch_cost(other, members, facts.policy, ways)
            larger = brings(other, facts.policy) - brings(host, facts.policy)
            before = (-larger, other.named) < (0, host.named)
            if cost is None or other is host or not _better(cost, own, before=before):
                continue
            if _in_reach(other, members, book) and may_host(other, members, branch, facts):
                yield Breach.at(
                    BreachCode.HOST_NOT_CHEAPEST,
                    branch.named,
                    host=host.named,
                    cost_m=own.middle / 100,
                    cheaper=other.named,
                    cheaper_m=cost.middle / 100,
                )
                break


def runners_up(book: Books) -> Iterator[Breach]:
    """Every runner-up is what it is told to be: the least that any other host would cost.

    On foot, as for `cheapest_hosts`, only that it is no cheaper than the one chosen.
    """
    for branch in book.facts.branch.values():
        told, cost = told_cm(branch.runner_up_cost_m), told_cm(branch.cost_m)
        if not branch.new_joint or told is None or cost is None:
            continue
        if told < cost or not (book.facts.walked or _comes_second(told, branch, book)):
            yield Breach.at(
                BreachCode.RUNNER_UP_WRONG,
                branch.named,
                told=branch.runner_up_cost_m,
                cost_m=branch.cost_m,
            )


def _comes_second(told: int, branch: Branch, book: Books) -> bool:
    """Return whether so much is the least that a branch costs under any other host."""
    facts, members = book.facts, book.facts.members_of(branch)
    others = []
    for host in members:
        if host.unit_id == branch.host_id:
            continue
        ways = {unit.named: book.places.between(unit, host) for unit in members}
        cost = new_branch_cost(host, members, facts.policy, ways)
        dearer = cost is not None and cost.low > told  # whether it may host tells nothing
        if not dearer and _in_reach(host, members, book) and may_host(host, members, branch, facts):
            others.append(cost)
    known = [each for each in others if each is not None]
    # Without the barriers nobody knows which of the cheaper hosts a barrier rules out.
    cheaper = facts.barriers is not None and any(each.high < told for each in known)
    return len(known) < len(others) or (any(each.holds(told) for each in known) and not cheaper)


def _better(cost: Cents, own: Cents, *, before: bool) -> bool:
    """Return whether another host surely goes before the chosen one, by cost or else on ties."""
    if cost.high < own.low:
        return True
    return cost == own and cost.low == cost.high and before


def _in_reach(host: Unit, members: tuple[Unit, ...], book: Books) -> bool:
    """Return whether a branch might have this host: limits, trades, lines, barriers."""
    for unit in members:
        metres = book.places.between(unit, host)
        trades = unit.industry_code, host.industry_code
        limit = min(book.facts.limit_m(unit), book.facts.limit_m(host))
        limit *= times_the_limit(*trades, book.facts.policy)
        if unit is not host and too_unlike(*trades, book.facts.policy):
            return False
        one_line = unit.jurisdiction == host.jurisdiction
        if not one_line and not lines_allowed(unit, host, book.facts.policy):
            return False
        if metres is None or metres > limit or cut_off(unit, host, book.facts):
            return False
    return True


CHECKS = (branch_costs, cheapest_hosts, runners_up)
