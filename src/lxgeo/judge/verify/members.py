"""Units and branches name each other, each unit once, and a branch counts what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.facts import Facts, Unit
from lxgeo.model import Outcome
from lxgeo.tables import BranchStatus

_IN_BRANCH = {
    Outcome.JOINT: Outcome.JOINT,
    Outcome.ATTACHED: Outcome.STANDALONE,
}
"""A unit's outcome → the outcome of the branch that it is brought to."""
_MAY_HAVE_BRANCH = frozenset({*_IN_BRANCH, Outcome.EXISTING, Outcome.STANDALONE, Outcome.TEMPORARY})


def repeated_branches(facts: Facts) -> Iterator[Breach]:
    """No branch stands twice."""
    for branch_id, times in Counter(each.branch_id for each in facts.branches).items():
        if branch_id is None or times > 1:
            yield Breach.at(BreachCode.BRANCH_REPEATED, branch_id or "?", times=times)


def units_in_two(facts: Facts) -> Iterator[Breach]:
    """No unit is a member of two branches, nor of one twice."""
    for unit_id, listing in _listed(facts).items():
        if len(listing) > 1:
            yield Breach.at(
                BreachCode.UNIT_IN_TWO_BRANCHES,
                unit_id,
                branches="、".join(listing),
                times=len(listing),
            )


def both_ways(facts: Facts) -> Iterator[Breach]:
    """Every unit names the branch that lists it, and branches list the units that name them."""
    listed = _listed(facts)
    for unit in facts.unit.values():
        yield from _units_side(unit, facts, listed.get(unit.unit_id or "", []))
    for unit_id, listing in listed.items():
        if unit_id not in facts.unit:
            for branch_id in listing:
                yield Breach.at(BreachCode.MEMBERS_DISAGREE, unit_id, branch=branch_id)


def _units_side(unit: Unit, facts: Facts, listing: list[str]) -> Iterator[Breach]:
    named = unit.branch_id
    if unit.joins and named is None:
        yield Breach.at(BreachCode.BRANCH_UNKNOWN, unit.named, branch=None)
        return
    if named is not None and named not in facts.branch:
        yield Breach.at(BreachCode.BRANCH_UNKNOWN, unit.named, branch=named)
        return
    if named is not None and not _may_have_branch(unit, facts):
        yield Breach.at(BreachCode.BRANCH_UNFOUNDED, unit.named, branch=named, outcome=unit.outcome)
        return
    if named is not None and unit.outcome in _IN_BRANCH:
        kind = facts.branch[named].outcome
        if kind != _IN_BRANCH[Outcome(unit.outcome)]:
            yield Breach.at(
                BreachCode.BRANCH_UNFOUNDED, unit.named, branch=named, outcome=unit.outcome
            )
    # A unit that only keeps in touch with a branch (no members, work coverage) is not listed.
    expected = [named] if named is not None and unit.outcome in _MAY_HAVE_BRANCH else []
    if len(listing) <= 1 and listing != expected:
        yield Breach.at(
            BreachCode.MEMBERS_DISAGREE, unit.named, branch=named, listed="、".join(listing) or None
        )


def _may_have_branch(unit: Unit, facts: Facts) -> bool:
    absorbed = unit.outcome == Outcome.NO_MEMBERS and facts.policy.absorb_zero
    return unit.outcome in _MAY_HAVE_BRANCH or absorbed


def branch_ids(facts: Facts) -> Iterator[Breach]:
    """Every new branch's id comes from its units' ids, so that it stays from run to run."""
    for branch in facts.branches:
        told = ";".join(sorted(branch.members))
        should = "B" + blake2b(told.encode(), digest_size=5).hexdigest()
        if branch.status == BranchStatus.PROPOSED and branch.branch_id != should:
            yield Breach.at(BreachCode.BRANCH_ID_WRONG, branch.named, should=should)


def branch_counts(facts: Facts) -> Iterator[Breach]:
    """Every branch counts its units and their members; an approved one may hold unseen ones."""
    for branch in facts.branches:
        members = facts.members_of(branch)
        full = sum(unit.full for unit in members)
        # A unit's own total may be known to be above the two counts that are published.
        total = sum(unit.total for unit in members)
        least = {"units": len(branch.members)}
        if branch.new_joint:
            least |= {"full_members": full, "total_members": total}
        exact = {"units", "full_members"} if branch.new_joint else set()
        for name, count in least.items():
            told = getattr(branch, name)
            if told is None or told < count or (name in exact and told > count):
                yield Breach.at(
                    BreachCode.BRANCH_MISCOUNTED, branch.named, figure=name, told=told, found=count
                )


def _listed(facts: Facts) -> dict[str, list[str]]:
    """Return unit id → the branches that list it."""
    listed: dict[str, list[str]] = {}
    for branch in facts.branch.values():
        for unit_id in branch.members:
            listed.setdefault(unit_id, []).append(branch.named)
    return listed


CHECKS = (repeated_branches, units_in_two, both_ways, branch_ids, branch_counts)
