"""What a branch costs, in metres of walking; reckoned in whole centimetres.

::

    cost = open(h) + thin + Σ over its other units u of [ place(u,h) · distance_m(u,h)
                                                          + trade_m · gap(u,h) ]

The distance is the straight line, or the way on foot where the policy says so
(`lxgeo.rules.between`). Who may be under whom, distance and trade decide (地域相邻、行业相近): as a
rule the distance alone, or both, or either (`may_share`). Whole centimetres make sums exact: two
plans compare the same on every machine. Distances, weights and kinds are 测算参数，非政策规定.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace

import numpy as np
from numpy.typing import NDArray

from lxgeo.policy import Policy
from lxgeo.rules.between import Between, metres_by, nothing_between
from lxgeo.rules.trade import known_alike, known_apart, trade_gap

THIN_FULL_MEMBERS = 3
"""A new branch of exactly so many full members is thin: one transfer undoes it."""

NO_WAY_CM = 1 << 50
"""Cost of what is not allowed, centimetres: above any sum of real costs."""

NOWHERE = -1
"""Number of the building or park of a unit that is in none."""


def _alike() -> NDArray[np.int32]:
    """Return what stands for the same number everywhere."""
    return np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, eq=False)
class Sites:
    """Where units and hosts are, and what they do.

    Parameters
    ----------
    x, y : ndarray of float64, shape (n,)
        Position in one metric CRS, metres.
    building, park : ndarray of int32, shape (n,)
        Number of the building and park that hold it, `NOWHERE` if none.
    trade : ndarray of int32, shape (n, 4)
        Trade as `lxgeo.rules.trade.trade_levels` gives it.
    limit_m : ndarray of float64, shape (n,)
        How far a partner may be, metres.
    line : ndarray of int32, shape (n,)
        Number of the management line that it is on; one line for all if not given.
    spot : ndarray of int32, shape (n,)
        Its spot in ``between``; of no meaning where all go straight.
    between
        What lies between the spots of the region.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    building: NDArray[np.int32]
    park: NDArray[np.int32]
    trade: NDArray[np.int32]
    limit_m: NDArray[np.float64]
    line: NDArray[np.int32] = field(default_factory=_alike)
    spot: NDArray[np.int32] = field(default_factory=_alike)
    between: Between = field(default_factory=nothing_between)

    def __post_init__(self) -> None:
        for name in ("line", "spot"):
            if not len(getattr(self, name)):
                object.__setattr__(self, name, np.zeros(len(self.x), dtype=np.int32))

    def __len__(self) -> int:
        return len(self.x)

    def take(self, which: NDArray[np.intp]) -> Sites:
        """Return some of the sites, in the order asked for."""
        names = [each.name for each in fields(self) if each.name != "between"]
        return replace(self, **{name: getattr(self, name)[which] for name in names})


def to_cm(metres: float) -> int:
    """Return metres as whole centimetres, halves upwards."""
    return int(np.floor(100.0 * metres + 0.5))


def to_m(centimetres: int) -> float:
    """Return whole centimetres as metres with two decimals."""
    return centimetres / 100.0


def straight_m(units: Sites, hosts: Sites) -> NDArray[np.float64]:
    """Return straight-line distances, metres, shape (units, hosts)."""
    dx = units.x[:, None] - hosts.x[None, :]
    dy = units.y[:, None] - hosts.y[None, :]
    return np.sqrt(dx * dx + dy * dy)


def distances_m(units: Sites, hosts: Sites) -> NDArray[np.float64]:
    """Return how far each unit is from each host, metres, shape (units, hosts).

    Straight, or on foot; infinite where a barrier or a missing way cuts them off.
    """
    return metres_by(units.between, units.spot, hosts.spot, straight_m(units, hosts))


def within_reach(units: Sites, hosts: Sites, times: float = 1.0) -> NDArray[np.bool_]:
    """Return who lies within so many times the limits of both, shape (units, hosts).

    The limit uses the plain distance, whatever building or park they share.
    """
    limits = times * np.minimum(units.limit_m[:, None], hosts.limit_m[None, :])
    # Nobody is nearer on foot than straight: to look at both guards against rounding alone.
    return (straight_m(units, hosts) <= limits) & (distances_m(units, hosts) <= limits)


def lines_agree(units: Sites, hosts: Sites, policy: Policy) -> NDArray[np.bool_]:
    """Return whose management lines may share a branch, shape (units, hosts).

    One line may; two may where the policy says so: in one building, in one park (or building), or
    anywhere under one body.
    """
    agree = units.line[:, None] == hosts.line[None, :]
    if policy.cross_line in {"same_building", "same_park"}:
        agree |= _same(units.building, hosts.building)
    if policy.cross_line == "same_park":
        agree |= _same(units.park, hosts.park)
    if policy.cross_line == "all":
        agree[:] = True
    return agree


def near_or_like(units: Sites, hosts: Sites, policy: Policy) -> NDArray[np.bool_]:
    """Return whom distance and trade let share a branch, shape (units, hosts).

    ``joint_by`` of the policy: whoever is near; only those of like trade among them; or also those
    of like trade who are somewhat farther. A trade that nobody knows widens no limit.
    """
    trades = units.trade[:, None, :], hosts.trade[None, :, :]
    return let_by_trade(lambda times: within_reach(units, hosts, times), trades, policy)


def let_by_trade(
    reached: Callable[[float], NDArray[np.bool_]],
    trades: tuple[NDArray[np.int32], NDArray[np.int32]],
    policy: Policy,
) -> NDArray[np.bool_]:
    """Return whom distance and trade let share a branch, however far is measured.

    Parameters
    ----------
    reached
        Tells who lies within so many times the limits.
    trades : pair of ndarray of int32, shape (..., 4)
        Of the one and of the other side, as `lxgeo.rules.trade.trade_levels` gives them; their
        shapes broadcast to that of ``reached``.
    policy
        ``joint_by``, as for `near_or_like`.
    """
    near = reached(1.0)
    if policy.joint_by == "near":
        return near
    alike = known_alike(*trades, policy.like_trade)
    if policy.joint_by == "near_or_like":
        return near | (alike & reached(policy.widening))
    checked = policy.unknown_trade == "check"
    return near & (~known_apart(*trades, policy.like_trade) if checked else alike)


def may_share(units: Sites, hosts: Sites, policy: Policy) -> NDArray[np.bool_]:
    """Return who may be in one branch as far as the two alone decide, shape (units, hosts)."""
    return near_or_like(units, hosts, policy) & lines_agree(units, hosts, policy)


def places(units: Sites, hosts: Sites, policy: Policy) -> NDArray[np.float64]:
    """Return what a metre counts: least in the same building, less in the same park, else 1."""
    same_building = _same(units.building, hosts.building)
    same_park = _same(units.park, hosts.park)
    return np.where(same_building, policy.same_building, np.where(same_park, policy.same_park, 1.0))


def pairs_cm(units: Sites, hosts: Sites, policy: Policy) -> NDArray[np.int64]:
    """Return what each unit costs under each host, whole centimetres, shape (units, hosts).

    `NO_WAY_CM` where no way leads from one to the other.
    """
    gap = trade_gap(units.trade[:, None, :], hosts.trade[None, :, :])
    distances = distances_m(units, hosts)
    reached = np.isfinite(distances)
    metres = places(units, hosts, policy) * np.where(reached, distances, 0.0)
    costs = np.floor(100.0 * (metres + policy.trade_m * gap) + 0.5).astype(np.int64)
    return np.where(reached, costs, NO_WAY_CM)


def thin_cm(full_members: int, policy: Policy) -> int:
    """Return the surcharge of a new branch with so many full members, centimetres."""
    return to_cm(policy.thin_m) if full_members == THIN_FULL_MEMBERS else 0


def new_branch_cm(full_members: int, pairs: NDArray[np.int64], policy: Policy) -> int:
    """Return what a new branch costs, centimetres.

    Parameters
    ----------
    full_members
        Full members of all its units, the host's among them.
    pairs : ndarray of int64
        What its other units cost under the host (`pairs_cm`).
    policy
        Weights.
    """
    return to_cm(policy.branch_m) + thin_cm(full_members, policy) + int(pairs.sum())


def joining_cm(pairs: NDArray[np.int64], policy: Policy, *, standalone: bool) -> int:
    """Return what it costs that units join an existing branch, centimetres.

    Parameters
    ----------
    pairs : ndarray of int64
        What the units that join cost under the branch (`pairs_cm`).
    policy
        Weights.
    standalone
        Whether the branch is a standalone one: it is asked to take others in, once.
    """
    if not len(pairs):
        return 0
    return (to_cm(policy.attach_m) if standalone else 0) + int(pairs.sum())


def left_out_cm(limit_m: float, policy: Policy) -> int:
    """Return what it costs to leave a unit out, centimetres.

    Parameters
    ----------
    limit_m
        The unit's distance limit, metres.
    policy
        How many times the limit leaving out costs.
    """
    return to_cm(policy.left_out_m(limit_m))


def _same(one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.bool_]:
    return (one[:, None] == other[None, :]) & (one[:, None] != NOWHERE)
