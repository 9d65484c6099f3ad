"""Why each unit ends where it does, and why each branch is as it is: codes and figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lxgeo.decide.founding import Founding
from lxgeo.decide.left_out import Reach
from lxgeo.decide.region import Region
from lxgeo.model import Figure, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.rules.cost import to_m
from lxgeo.rules.trade import shared_trade


def two_decimals(metres: float) -> float:
    """Return metres as they are published."""
    return float(np.floor(100.0 * metres + 0.5)) / 100.0


def why_new(branch: Founding, policy: Policy) -> Reason:
    """Return why a new branch is as it is."""
    host = branch.host_unit
    figures: dict[str, Figure] = {
        "members": "+".join(str(full) for full in branch.full),
        "full": sum(branch.full),
        "least": policy.joint_min_full,
        "total": branch.total,
        "units": len(branch.members),
        "max_units": policy.joint_max_units,
        "township": host.township if isinstance(host.township, str) else None,
        "span_m": two_decimals(branch.span_m),
        "farthest_m": two_decimals(float(branch.distances_m.max())),
        "limit_m": branch.limit_m,
        "place": str(branch.place),
        "trade": shared_trade(unit.industry_code for unit in branch.units) or None,
        "host": host.name if isinstance(host.name, str) else host.unit_id,
        "cost_m": to_m(branch.cost_cm),
        "runner_up_cost_m": None if branch.runner_up_cm is None else to_m(branch.runner_up_cm),
    }
    return Reason(Rule.NEW_JOINT_BRANCH, figures)


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
        "limit_m": float(min(limits[unit], limits[branch.host])),
        "units": int(approved.units) + len(branch.members),
        "max_units": policy.joint_max_units,
        "place": str(branch.place),
    }
    rule = Rule.ATTACHED_TO_BRANCH if branch.attached else Rule.JOINS_EXISTING_BRANCH
    return Reason(rule, figures)


def why_left_out(
    region: Region, unit: int, reach: Reach, nearest: tuple[str, float] | None, policy: Policy
) -> Reason:
    """Return why a unit is left out: nobody near, too few near, or no place left.

    Parameters
    ----------
    region, unit
        The unit's number in its region.
    reach
        What lies around each unit.
    nearest
        Name of the branch whose host is nearest, and how far that is, metres; None if there is
        none.
    policy
        Thresholds.
    """
    limit = float(region.sites.limit_m[unit])
    away = float(reach.nearest_m[unit])
    if not away <= limit:
        told = two_decimals(away) if np.isfinite(away) else None
        return Reason(Rule.NO_PARTNER_IN_REACH, {"limit_m": limit, "nearest_m": told})
    figures: dict[str, Figure] = {"limit_m": limit, "least": policy.joint_min_full}
    if reach.hopeless[unit]:
        figures["members_in_reach"] = int(reach.most_full[unit])
        return Reason(Rule.TOO_FEW_IN_REACH, figures)
    figures["max_units"] = policy.joint_max_units
    if nearest is not None:
        figures["branch"], figures["nearest_m"] = nearest[0], two_decimals(nearest[1])
    return Reason(Rule.NO_PLACE_LEFT, figures)


def nearest_branch(
    region: Region, unit: int, branches: Sequence[tuple[int, str]]
) -> tuple[str, float] | None:
    """Return the name of the branch whose host is nearest to a unit, and how far that is, metres.

    Parameters
    ----------
    region, unit
        The unit's number in its region.
    branches
        Number of the host among the region's sites, and name, of each branch of the region.
    """
    if not branches:
        return None
    hosts = [host for host, _ in branches]
    dx = region.sites.x[hosts] - region.sites.x[unit]
    dy = region.sites.y[hosts] - region.sites.y[unit]
    away = np.sqrt(dx * dx + dy * dy)
    best = int(away.argmin())
    return branches[best][1], float(away[best])
