"""A joint branch is legal: members, units, cap, jurisdiction, positions, host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.facts import Branch, Facts, Unit, body_of, brings
from lxgeo.judge.verify.pins import most_units
from lxgeo.model import Level, Line, Mode, Outcome
from lxgeo.policy import Policy
from lxgeo.tables import BranchStatus

LEAST_UNITS = 2
"""A joint branch joins at least two units."""
_DIVISION = 3
"""Letters and digits of a trade's code down to its division."""
_OF_NEW_BRANCHES = frozenset(Mode) - {Mode.STANDALONE, Mode.HOST}

Bound: TypeAlias = tuple[BreachCode, int | None, int]
"""What is broken, what is found (None if unknown), and what it may be."""


def sizes(facts: Facts) -> Iterator[Breach]:
    """Every new joint branch has enough full members, and units and members within the caps."""
    policy = facts.policy
    for branch in facts.branches:
        if not branch.new_joint:
            continue
        members = facts.members_of(branch)
        units = len(branch.members)
        full = sum(brings(unit, policy) for unit in members)
        total = max(sum(unit.total for unit in members), branch.total_members or 0)
        yield from _below(
            branch.named,
            (BreachCode.TOO_FEW_UNITS, units, LEAST_UNITS),
            (BreachCode.TOO_FEW_MEMBERS, full, policy.joint_min_full),
        )
        yield from _above(
            branch.named,
            (BreachCode.TOO_MANY_UNITS, units, most_units(branch, facts)),
            (BreachCode.TOO_MANY_MEMBERS, total, policy.branch_max_members),
        )


def room(facts: Facts) -> Iterator[Breach]:
    """Every approved branch that units come to stays within the caps, and has enough members.

    What it counts is taken as published: it may hold units that no ledger shows.
    """
    policy = facts.policy
    for branch_id, joining in facts.joining.items():
        branch = facts.branch.get(branch_id)
        if branch is None or branch.status != BranchStatus.EXISTING:
            continue
        units = max(branch.units or 0, len(branch.members), len(joining))
        elsewhere = sum(unit.full - brings(unit, policy) for unit in joining)
        full = None if branch.full_members is None else branch.full_members - elsewhere
        yield from _below(branch_id, (BreachCode.TOO_FEW_MEMBERS, full, policy.joint_min_full))
        yield from _above(
            branch_id,
            (BreachCode.NO_ROOM, units, policy.joint_max_units),
            (BreachCode.TOO_MANY_MEMBERS, branch.total_members, policy.branch_max_members),
        )


def _below(where: str, *bounds: Bound) -> Iterator[Breach]:
    for code, found, least in bounds:
        if found is not None and found < least:
            yield Breach.at(code, where, found=found, limit=least)


def _above(where: str, *bounds: Bound) -> Iterator[Breach]:
    for code, found, most in bounds:
        if found is not None and found > most:
            yield Breach.at(code, where, found=found, limit=most)


def territory(facts: Facts) -> Iterator[Breach]:
    """All units of a branch that the plan makes or adds to lie under one body."""
    for branch in facts.branches:
        units = _planned(branch, facts)
        if not units:
            continue
        theirs = {str(unit.jurisdiction) for unit in units}
        bodies = sorted(theirs | {str(branch.jurisdiction)})
        if branch.jurisdiction is None or not _of_one_body(branch, units, facts):
            yield Breach.at(BreachCode.TWO_JURISDICTIONS, branch.named, found="、".join(bodies))
            continue
        townships = sorted({str(unit.township_id) for unit in units})
        one = _township(branch.jurisdiction)
        if one is not None and townships != [one]:
            yield Breach.at(
                BreachCode.TWO_TOWNSHIPS, branch.named, found="、".join(townships), should=one
            )


def _of_one_body(branch: Branch, units: tuple[Unit, ...], facts: Facts) -> bool:
    """Return whether all units are on the branch's line, or on lines that the policy lets join it.

    Where the host is no unit of the ledger, the files do not tell its building or park: then those
    on other lines have to share one among themselves.
    """
    others = [unit for unit in units if unit.jurisdiction != branch.jurisdiction]
    if not others:
        return True
    bodies = {
        body_of(str(told)) for told in (*(u.jurisdiction for u in others), branch.jurisdiction)
    }
    host = facts.unit.get(branch.host_id or "", others[0])
    return len(bodies) == 1 and all(lines_allowed(unit, host, facts.policy) for unit in others)


def lines_allowed(unit: Unit, host: Unit, policy: Policy) -> bool:
    """Return whether the policy lets two lines of one body share a branch in these places."""
    building = _shared(unit.building_id, host.building_id)
    allowed = {
        "none": False,
        "same_building": building,
        "same_park": building or _shared(unit.park_id, host.park_id),
        "all": True,
    }
    return allowed[policy.cross_line]


def _shared(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def levels(facts: Facts) -> Iterator[Breach]:
    """Every unit that stands alone sets up what so many members may, by the policy's boundary.

    Where the level goes by all members, the branch tells them: the unit's row tells only the least.
    """
    policy = facts.policy
    over = 0 if policy.level_boundary == "ge" else 1
    for unit in facts.unit.values():
        branch = facts.branch.get(unit.branch_id or "")
        if unit.outcome != Outcome.STANDALONE or branch is None:
            continue
        total = max(unit.total, branch.total_members or 0)
        if policy.level_basis != "total":
            counts = unit.full_members, unit.affiliated_members, unit.probationary_members
            total = policy.counted(policy.level_basis, *counts) or 0
        should = Level.BRANCH
        if total >= policy.committee_min + over:
            should = Level.COMMITTEE
        elif total >= policy.general_branch_min + over:
            should = Level.GENERAL_BRANCH
        if unit.level != should:
            yield Breach.at(
                BreachCode.LEVEL_WRONG, unit.named, told=unit.level, total=total, should=str(should)
            )


def modes(facts: Facts) -> Iterator[Breach]:
    """Every new branch's units share what its mode says, and nothing that goes before it.

    As far as the files tell. Of a building each unit has to be in one: which buildings are declared
    as one group, and who shares a market, a block or a corridor, no file tells.
    """
    for branch in facts.branches:
        units = facts.members_of(branch) if branch.new_joint else ()
        if units and not (_fits(branch.mode, units) and _comes_first(branch.mode, units)):
            yield Breach.at(BreachCode.MODE_WRONG, branch.named, mode=branch.mode)


def _fits(mode: str | None, units: tuple[Unit, ...]) -> bool:
    if mode == Mode.BUILDING:
        return all(unit.building_id is not None for unit in units)
    if mode == Mode.PARK:
        return all(_shared(unit.park_id, units[0].park_id) for unit in units)
    if mode == Mode.TRADE:
        divisions = {(unit.industry_code or "")[:_DIVISION] for unit in units}
        return len(divisions) == 1 and len(divisions.pop()) == _DIVISION
    return mode in _OF_NEW_BRANCHES


def _comes_first(mode: str | None, units: tuple[Unit, ...]) -> bool:
    """Return whether units share nothing that binds more: a building, a trade by line, a park."""
    first = units[0]
    if all(_shared(unit.building_id, first.building_id) for unit in units):
        return mode == Mode.BUILDING
    by_trade = all(_line(unit) != Line.TERRITORIAL for unit in units)
    if by_trade and _fits(Mode.TRADE, units):
        return mode in {Mode.BUILDING, Mode.TRADE}
    if all(_shared(unit.park_id, first.park_id) for unit in units):
        return mode in {Mode.BUILDING, Mode.TRADE, Mode.MARKET, Mode.BLOCK, Mode.PARK}
    return True


def _line(unit: Unit) -> str:
    """Return the management line in a jurisdiction such as ``township:T01|sectoral:民政局``."""
    return (unit.jurisdiction or "").rpartition("|")[2].partition(":")[0]


def transfers(facts: Facts) -> Iterator[Breach]:
    """Members transfer to a supervisor only on its line, and where the policy lets them."""
    for unit in facts.unit.values():
        on_a_line = _line(unit) in {Line.SECTORAL, Line.ATTACHED}
        if unit.outcome == Outcome.TRANSFER and not (facts.policy.transfer and on_a_line):
            yield Breach.at(BreachCode.TRANSFER_UNFOUNDED, unit.named, line=_line(unit) or None)


def _township(jurisdiction: str) -> str | None:
    """Return the township that a jurisdiction such as ``township:T01|territorial`` names."""
    body, _, _ = jurisdiction.rpartition("|")
    kind, _, township_id = body.partition(":")
    return township_id if kind == "township" else None


def positions(facts: Facts) -> Iterator[Breach]:
    """Only units whose position is known well enough take part in the planning."""
    for unit in facts.unit.values():
        if unit.must_join and not unit.placed:
            yield Breach.at(
                BreachCode.NOT_JOINABLE,
                unit.named,
                precision=unit.precision,
                lon=unit.lon,
                lat=unit.lat,
            )


def hosts(facts: Facts) -> Iterator[Breach]:
    """Every new joint branch has one of its units as host; hosts, and they alone, are marked so."""
    for branch in facts.branches:
        marked = [unit.named for unit in facts.members_of(branch) if unit.is_host]
        should = [branch.host_id] if branch.host_id in branch.members else []
        if marked != should or (branch.new_joint and not should):
            told = "、".join(marked)
            yield Breach.at(
                BreachCode.HOST_NOT_MEMBER, branch.named, host=branch.host_id, marked=told
            )


def _planned(branch: Branch, facts: Facts) -> tuple[Unit, ...]:
    """Return the units that the plan itself brings together in a branch."""
    if branch.new_joint:
        return facts.members_of(branch)
    return facts.joining.get(branch.named, ())


CHECKS = (sizes, room, territory, levels, modes, transfers, positions, hosts)
