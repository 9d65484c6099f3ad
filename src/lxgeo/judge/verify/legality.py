"""A joint branch is legal: members, units, cap, jurisdiction, positions, host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.facts import Branch, Facts, Unit
from lxgeo.tables import BranchStatus

LEAST_UNITS = 2
"""A joint branch joins at least two units."""


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
        full = sum(unit.full for unit in members)
        total = max(sum(unit.total for unit in members), branch.total_members or 0)
        yield from _below(
            branch.named,
            (BreachCode.TOO_FEW_UNITS, units, LEAST_UNITS),
            (BreachCode.TOO_FEW_MEMBERS, full, policy.joint_min_full),
        )
        yield from _above(
            branch.named,
            (BreachCode.TOO_MANY_UNITS, units, policy.joint_max_units),
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
        yield from _below(
            branch_id, (BreachCode.TOO_FEW_MEMBERS, branch.full_members, policy.joint_min_full)
        )
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
        if len(bodies) > 1 or branch.jurisdiction is None:
            yield Breach.at(BreachCode.TWO_JURISDICTIONS, branch.named, found="、".join(bodies))
            continue
        townships = sorted({str(unit.township_id) for unit in units})
        one = _township(branch.jurisdiction)
        if one is not None and townships != [one]:
            yield Breach.at(
                BreachCode.TWO_TOWNSHIPS, branch.named, found="、".join(townships), should=one
            )


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


CHECKS = (sizes, room, territory, positions, hosts)
