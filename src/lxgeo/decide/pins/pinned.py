"""What is told of pins, unit by unit: who settled it, when and why, and what needs an approver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import geopandas as gpd
import pandas as pd

from lxgeo.decide.branches.founding import Founding
from lxgeo.decide.branches.reasons import by_hand
from lxgeo.model import Matter, Reason, Rule
from lxgeo.pin import Pin, PinAction
from lxgeo.policy import Policy

_OF_BOTH = frozenset({PinAction.TOGETHER, PinAction.APART, PinAction.LOCK})
"""Actions that are as much about the other unit."""


def over_cap(
    made: Iterable[Founding], names: Mapping[str, str], policy: Policy
) -> tuple[Matter, ...]:
    """Return the branches that hold more units than the rule, because a person settled them so.

    Parameters
    ----------
    made
        New branches.
    names
        Branch id → name.
    policy
        How many units a branch holds as a rule.
    """
    return tuple(
        Matter(
            kind="branch",
            about=branch.branch_id,
            name=names[branch.branch_id],
            jurisdictions=tuple(sorted({unit.jurisdiction for unit in branch.units})),
            unit_ids=tuple(unit.unit_id for unit in branch.units),
            full_members=branch.known_full,
            left_out=None,
            why=_over_cap(branch, branch.lock.told, names[branch.branch_id], policy),
        )
        for branch in made
        if branch.lock is not None and len(branch.members) > policy.joint_max_units
    )


def _over_cap(branch: Founding, pin: Pin, name: str, policy: Policy) -> Reason:
    approver = branch.host_unit.approver
    return Reason(
        Rule.PINNED_OVER_CAP,
        {
            "branch": name,
            "units": len(branch.members),
            "max_units": policy.joint_max_units,
            "approver": approver if isinstance(approver, str) else None,
            **by_hand(pin),
        },
    )


def tell_pins(
    units: gpd.GeoDataFrame, kept: Iterable[Pin], over: Iterable[Matter]
) -> gpd.GeoDataFrame:
    """Return the units with what pins settle of each of them as findings.

    Parameters
    ----------
    units
        `lxgeo.tables.PLANNED`.
    kept
        The pins that the plan keeps to.
    over
        Its branches that only an approver can let stand (`over_cap`).
    """
    told: dict[str, list[Reason]] = defaultdict(list)
    called = dict(zip(units["unit_id"], units["name"], strict=True))
    for pin in sorted(kept, key=lambda each: each.key):
        its_own = pin.other_id == pin.unit_id  # a host is locked to itself
        told[pin.unit_id].append(_settled(pin, "" if its_own else pin.other_id, called))
        if pin.action in _OF_BOTH and pin.other_id in called and not its_own:
            of_many = pin.action is PinAction.LOCK  # told once, not for each that is locked to it
            told[pin.other_id].append(_settled(pin, "" if of_many else pin.unit_id, called))
    for matter in over:
        for unit_id in matter.unit_ids:
            told[unit_id].append(matter.why)
    if not told:
        return units
    findings = [
        (*was, *dict.fromkeys(told.get(unit_id, ())))
        for was, unit_id in zip(units["findings"], units["unit_id"], strict=True)
    ]
    return units.assign(findings=pd.Series(findings, index=units.index, dtype=object))


def _settled(pin: Pin, other: str, called: Mapping[str, object]) -> Reason:
    name = called.get(other)
    shown = name if isinstance(name, str) else other or None
    return Reason(Rule.PINNED, {"pin_action": pin.action, "pin_other": shown, **by_hand(pin)})
