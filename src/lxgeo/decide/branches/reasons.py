"""Why each unit ends where it does, and why each branch is as it is: codes and figures."""

from __future__ import annotations

from typing import Any

import numpy as np

from lxgeo.decide.branches.founding import Founding
from lxgeo.decide.regions.places import Venue
from lxgeo.model import Figure, Reason, Rule
from lxgeo.pin import MOST_BY_PIN, Pin
from lxgeo.policy import Policy
from lxgeo.rules.cost import to_m
from lxgeo.rules.trade import known_alike, shared_trade


def two_decimals(metres: float) -> float:
    """Return metres as they are published."""
    return float(np.floor(100.0 * metres + 0.5)) / 100.0


def why_new(branch: Founding, name: str, venue: Venue | None, policy: Policy) -> Reason:
    """Return why a new branch is as it is.

    Parameters
    ----------
    branch
        The branch.
    name
        What it is suggested to be called.
    venue
        Where it may meet.
    policy
        Thresholds.
    """
    host = branch.host_unit
    runner_up = branch.runner_up
    over_cap = branch.lock is not None and len(branch.members) > policy.joint_max_units
    figures: dict[str, Figure] = {
        "members": "+".join(str(full) for full in branch.full),
        "full": sum(branch.full),
        "enough": _enough(branch, policy) or None,
        "least": policy.joint_min_full,
        "by_affiliation": policy.joint_basis == "affiliated",
        "total": branch.total,
        "units": len(branch.members),
        "max_units": max(policy.joint_max_units, MOST_BY_PIN if over_cap else 0),
        "township": host.township if isinstance(host.township, str) else None,
        "governed_by": governed_by(host),
        "line": host.line,
        "span_m": two_decimals(branch.span_m),
        "farthest_m": two_decimals(float(branch.distances_m.max())),
        **_limit(float(branch.distances_m.max()), branch.limit_m, policy),
        "mode": str(branch.mode),
        "place": str(branch.shared.mode),
        "shared": branch.shared.name,
        "trade": shared_trade(unit.industry_code for unit in branch.units) or None,
        "trades_to_check": _trades_to_check(branch, policy) or None,
        "host": called(host),
        "host_by": branch.host_by,
        "cost_m": to_m(branch.cost_cm),
        "runner_up": None if runner_up is None else called(branch.region.units[runner_up]),
        "runner_up_cost_m": None if branch.runner_up_cm is None else to_m(branch.runner_up_cm),
        "venue": None if venue is None else venue.name or venue.venue_id,
        "venue_m": None if venue is None else two_decimals(venue.metres),
        "approver": host.approver if isinstance(host.approver, str) else None,
        "name": name,
    }
    return Reason(Rule.NEW_JOINT_BRANCH, figures | _of_lock(branch))


def _limit(away_m: float, limit_m: float, policy: Policy) -> dict[str, Figure]:
    """Return the distance limit; where like trade alone lets a unit be so far, the wider one."""
    farther = away_m > limit_m
    return {"limit_m": limit_m * (policy.widening if farther else 1.0), "farther": farther}


def _enough(branch: Founding, policy: Policy) -> int:
    """Return how many of its units have the members of a branch of their own, but are barred."""
    return sum(full >= policy.standalone_min_full for full in branch.full)


def _trades_to_check(branch: Founding, policy: Policy) -> int:
    """Return of how many units nobody can tell whether their trade is like their host's."""
    if policy.joint_by != "near_and_like":
        return 0
    trades = branch.region.sites.trade
    alike = known_alike(trades[list(branch.members)], trades[branch.host], policy.like_trade)
    # The host of a new branch is alike to itself, whatever is known of it.
    known = int(alike.sum()) + int(branch.new and not alike[branch.members.index(branch.host)])
    return len(branch.members) - known


def by_hand(pin: Pin) -> dict[str, Figure]:
    """Return who settled something by hand, why and when, as figures."""
    said = {"pin_who": pin.who, "pin_why": pin.why, "pin_when": pin.when}
    return {"pinned": True, **{name: text or None for name, text in said.items()}}


def _of_lock(branch: Founding) -> dict[str, Figure]:
    return {} if branch.lock is None else by_hand(branch.lock.told)


def governed_by(unit: Any) -> str | None:
    """Return the area whose body is in charge of a unit: its park's, where that has one."""
    governing = unit.park if str(unit.jurisdiction).startswith("park:") else unit.township
    return governing if isinstance(governing, str) else None


def approved_by(unit: Any) -> str | None:
    """Return the body that approves for a unit, as its row names it; else the area it is under."""
    return unit.approver if isinstance(unit.approver, str) else governed_by(unit)


def called(unit: Any) -> str:
    """Return a unit's name, its id where it has none."""
    return unit.name if isinstance(unit.name, str) else str(unit.unit_id)


def why_joins(branch: Founding, place: int, policy: Policy) -> Reason:
    """Return why a unit joins an approved branch, or is attached to it.

    Parameters
    ----------
    branch
        The approved branch, with those that join it.
    place
        Which of its members.
    policy
        The cap on units.
    """
    approved, unit = branch.approved, branch.members[place]
    limits = branch.region.sites.limit_m
    figures: dict[str, Figure] = {
        "full": branch.full[place],
        "branch": approved.name,
        "distance_m": two_decimals(float(branch.distances_m[place])),
        **_limit(
            float(branch.distances_m[place]), float(min(limits[unit], limits[branch.host])), policy
        ),
        "units": int(approved.units) + len(branch.members),
        "max_units": policy.joint_max_units,
        "place": str(branch.shared.mode),
    }
    rule = Rule.ATTACHED_TO_BRANCH if branch.attached else Rule.JOINS_EXISTING_BRANCH
    return Reason(rule, figures | _of_lock(branch))
