"""What a branch costs, in metres of walking; reckoned in whole centimetres.

::

    cost = open(h) + thin + Σ over its other units u of [ place(u,h) · distance_m(u,h)
                                                          + trade_m · gap(u,h) ]

Whole centimetres make sums exact: two plans compare the same on every machine. Distances, weights
and kinds are 测算参数，非政策规定.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lxgeo.policy import Policy
from lxgeo.rules.trade import trade_gap

THIN_FULL_MEMBERS = 3
"""A new branch of exactly so many full members is thin: one transfer undoes it."""

NOWHERE = -1
"""Number of the building or park of a unit that is in none."""


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
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    building: NDArray[np.int32]
    park: NDArray[np.int32]
    trade: NDArray[np.int32]
    limit_m: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.x)

    def take(self, which: NDArray[np.intp]) -> Sites:
        """Return some of the sites, in the order asked for."""
        return Sites(
            *(self.x[which], self.y[which], self.building[which], self.park[which]),
            *(self.trade[which], self.limit_m[which]),
        )


def to_cm(metres: float) -> int:
    """Return metres as whole centimetres, halves upwards."""
    return int(np.floor(100.0 * metres + 0.5))


def to_m(centimetres: int) -> float:
    """Return whole centimetres as metres with two decimals."""
    return centimetres / 100.0


def distances_m(units: Sites, hosts: Sites) -> NDArray[np.float64]:
    """Return straight-line distances, metres, shape (units, hosts)."""
    dx = units.x[:, None] - hosts.x[None, :]
    dy = units.y[:, None] - hosts.y[None, :]
    return np.sqrt(dx * dx + dy * dy)


def within_reach(units: Sites, hosts: Sites) -> NDArray[np.bool_]:
    """Return who lies within the limits of both, shape (units, hosts).

    The limit uses the plain distance, whatever building or park they share.
    """
    limits = np.minimum(units.limit_m[:, None], hosts.limit_m[None, :])
    return distances_m(units, hosts) <= limits


def places(units: Sites, hosts: Sites, policy: Policy) -> NDArray[np.float64]:
    """Return what a metre counts: least in the same building, less in the same park, else 1."""
    same_building = _same(units.building, hosts.building)
    same_park = _same(units.park, hosts.park)
    return np.where(same_building, policy.same_building, np.where(same_park, policy.same_park, 1.0))


def pairs_cm(units: Sites, hosts: Sites, policy: Policy) -> NDArray[np.int64]:
    """Return what each unit costs under each host, whole centimetres, shape (units, hosts)."""
    gap = trade_gap(units.trade[:, None, :], hosts.trade[None, :, :])
    metres = places(units, hosts, policy) * distances_m(units, hosts) + policy.trade_m * gap
    return np.floor(100.0 * metres + 0.5).astype(np.int64)


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
