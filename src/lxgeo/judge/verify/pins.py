"""The plan keeps to what it says was settled by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.facts import Branch, Facts, Unit
from lxgeo.model import Outcome
from lxgeo.pin import MOST_BY_PIN, Pin, PinAction


def kept(facts: Facts) -> Iterator[Breach]:
    """Every pin that the run tells as kept holds in its units and branches."""
    for pin in facts.pins:
        unit = facts.unit.get(pin.unit_id)
        if unit is None or not _HOLDS[pin.action](pin, unit, facts):
            yield Breach.at(
                BreachCode.PIN_BROKEN, pin.unit_id, pin_action=pin.action, other=pin.other_id
            )


def most_units(branch: Branch, facts: Facts) -> int:
    """Return how many units a new branch may hold: more where a person locked it and says why."""
    said = any(pin.accounted_for for pin in locking(branch, facts))
    usual = facts.policy.joint_max_units
    return max(usual, MOST_BY_PIN) if said else usual


def locking(branch: Branch, facts: Facts) -> list[Pin]:
    """Return the pins that lock units of the ledger to a branch."""
    ids = _named(branch, facts)
    members = set(branch.members)
    return [
        pin
        for pin in facts.pins
        if pin.action is PinAction.LOCK and pin.other_id in ids and pin.unit_id in members
    ]


def may_host(host: Unit, members: tuple[Unit, ...], branch: Branch, facts: Facts) -> bool:
    """Return whether pins let a unit host a new branch of these units."""
    if locking(branch, facts):
        return host.unit_id == branch.host_id
    others = {unit.unit_id for unit in members} - {host.unit_id}
    for pin in facts.pins:
        if pin.unit_id not in others:
            continue
        forbidden = pin.action is PinAction.FORBID and pin.other_id == host.unit_id
        if forbidden or pin.action is PinAction.HOST:
            return False
    return True


def _named(branch: Branch, facts: Facts) -> frozenset[str | None]:
    """Return what names a branch in a pin: its id, its host, or a unit that was in it before."""
    joining = {unit.unit_id for unit in facts.joining.get(branch.named, ())}
    before = () if branch.new_joint else set(branch.members) - joining
    return frozenset({branch.branch_id, branch.host_id, *before})


def _branch(unit: Unit | None, facts: Facts) -> Branch | None:
    """Return the branch that a unit shares: one that the plan brings it to, or where it is."""
    if unit is None or unit.branch_id is None:
        return None
    return facts.branch.get(unit.branch_id)


def _together(pin: Pin, unit: Unit, facts: Facts) -> bool:
    other = facts.unit.get(pin.other_id)
    if other is None:
        return False
    return unit.branch_id == other.branch_id and unit.joins == other.joins


def _apart(pin: Pin, unit: Unit, facts: Facts) -> bool:
    other = facts.unit.get(pin.other_id)
    return other is not None and (unit.branch_id is None or unit.branch_id != other.branch_id)


def _hosts(pin: Pin, unit: Unit, facts: Facts) -> bool:  # noqa: ARG001 - one of several
    branch = _branch(unit, facts)
    return not unit.joins or (branch is not None and branch.new_joint and unit.is_host is True)


def _is_locked(pin: Pin, unit: Unit, facts: Facts) -> bool:
    """Return whether a unit is in the branch that it is locked to, with nobody who is not."""
    branch = _branch(unit, facts)
    if branch is None or pin.other_id not in _named(branch, facts):
        return False
    allowed = {each.unit_id for each in locking(branch, facts)} | {branch.host_id}
    return all(each.unit_id in allowed for each in facts.joining.get(branch.named, ()))


def _is_kept_out(pin: Pin, unit: Unit, facts: Facts) -> bool:
    branch = _branch(unit, facts)
    if branch is None or unit.unit_id == branch.host_id:
        return True
    return pin.other_id not in _named(branch, facts)


def _is_out(pin: Pin, unit: Unit, facts: Facts) -> bool:  # noqa: ARG001 - one of several
    return unit.outcome == Outcome.LEFT_OUT


_HOLDS: dict[PinAction, Callable[[Pin, Unit, Facts], bool]] = {
    PinAction.TOGETHER: _together,
    PinAction.APART: _apart,
    PinAction.HOST: _hosts,
    PinAction.LOCK: _is_locked,
    PinAction.FORBID: _is_kept_out,
    PinAction.LEAVE_OUT: _is_out,
}
