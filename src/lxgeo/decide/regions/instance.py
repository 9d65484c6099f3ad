"""A region as arrays: what the kernels of the planner read.

*Nodes* are the region's must-join units, in order of their ids, and after them its *fixed hosts*:
approved branches that still have room. A *star* is a host with the units under it. A unit may host
a new branch; a fixed host takes units into the branch that it stands for. Both are stars under one
law: at least one other unit, at most ``room`` of them, enough full members, not too many members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias, get_args

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.decide.regions.law import Law, bars, may_be_one, no_law
from lxgeo.policy import CrossLine, LikeTrade, Policy
from lxgeo.rules.between import CUT, STRAIGHT, Between
from lxgeo.rules.cost import NO_WAY_CM, NOWHERE, THIN_FULL_MEMBERS, Sites, left_out_cm, to_cm
from lxgeo.rules.trade import GAP_UNKNOWN

Ints: TypeAlias = NDArray[np.int64]
Shorts: TypeAlias = NDArray[np.int32]
Reals: TypeAlias = NDArray[np.float64]

FAR = NO_WAY_CM
"""Cost of what is not allowed, centimetres: above any sum of real costs."""

_CROSS_LINE = get_args(CrossLine)
_LIKE_TRADE = get_args(LikeTrade)
_IN_BUILDING, _IN_PARK, _ANYWHERE = 1, 2, 3  # places in it: where two lines may share a branch
_TRADE = ("section", "division", "group", "class_")
_NEVER_MIND, _NOT_APART, _ALIKE = range(3)
"""What is asked of two trades: nothing; that they are not known to differ; to be the same."""

NODE = np.dtype(
    [
        *[(name, np.float64) for name in ("x", "y", "limit_m", "near_m")],
        *[(name, np.int32) for name in ("building", "park", "line", "spot", *_TRADE)],
        *[(name, np.int64) for name in ("full", "total", "room")],
        *[(name, np.int64) for name in ("open_cm", "thin_cm", "alone_cm")],
    ],
    align=True,
)
"""What is known of a node.

``x``, ``y``: position in the region's metric CRS, metres. ``limit_m``: how far a partner may be at
most, metres; ``near_m``: how far one of another trade may be.
``building``, ``park``: number of what holds it, `lxgeo.rules.cost.NOWHERE` if none. ``line``: its
management line's. ``spot``: what `Instance.between` knows it by. ``section`` to ``class_``: its
trade, as `lxgeo.rules.trade.trade_levels`. ``full``, ``total``: full members and all members; of a
fixed host, its branch's. ``room``: most units that may be under it as host. ``open_cm``,
``thin_cm``: what a star under it costs at once, and more if it has exactly three
full members. ``alone_cm``: what it costs alone: a unit is then left out, a fixed host as it was.
"""


class Instance(NamedTuple):
    """A region, costs in whole centimetres.

    Parameters
    ----------
    units
        How many nodes are units: nodes ``0 … units - 1``.
    width
        Most nodes of any star, its host included.
    node : structured ndarray of `NODE`, shape (nodes,)
        The nodes.
    least_full, most_members
        Bounds on a branch's full members and members.
    same_building, same_park, trade_m
        Weights of `lxgeo.policy.Policy`.
    cross_line
        Where two management lines may share a branch: place in `lxgeo.policy.CrossLine`.
    widening
        How many times the limit units of like trade may be apart.
    like_level, asked_near
        Down to which level trades are alike, a place in `lxgeo.policy.LikeTrade`, and what is asked
        of two that are near. Of those that are farther, to be alike is asked.
    plain
        Whether nothing lies between any two nodes, and no trade is asked for.
    all_straight
        Whether nothing lies between any two nodes.
    between
        What else lies between the nodes' spots.
    law
        What pins say of who may share a branch.
    """

    units: int
    width: int
    node: Any
    least_full: int
    most_members: int
    same_building: float
    same_park: float
    trade_m: float
    cross_line: int
    widening: float
    like_level: int
    asked_near: int
    plain: bool
    all_straight: bool
    between: Between
    law: Law

    @property
    def nodes(self) -> int:
        """How many nodes there are, fixed hosts included."""
        return len(self.node)


@dataclass(frozen=True, eq=False)
class FixedHosts:
    """Approved branches that have room, as a region's instance needs them.

    Parameters
    ----------
    sites
        Where they are.
    standalone
        Whether each is a standalone branch, which opens to others at a price.
    full, total
        Members of each branch; one whose full members are unknown counts as having enough.
    room
        Most units that each may still take.
    """

    sites: Sites
    standalone: NDArray[np.bool_]
    full: Ints
    total: Ints
    room: Ints


def build_instance(
    units: Sites, full: Ints, total: Ints, hosts: FixedHosts, policy: Policy
) -> Instance:
    """Return a region's arrays.

    Parameters
    ----------
    units
        Where the must-join units are.
    full, total
        Full members and all members of each unit.
    hosts
        The region's fixed hosts.
    policy
        Thresholds and weights.
    """
    node = np.zeros(len(units) + len(hosts.sites), dtype=NODE)
    new, fixed = node[: len(units)], node[len(units) :]
    for part, sites in ((new, units), (fixed, hosts.sites)):
        for name in ("x", "y", "building", "park", "line", "spot"):
            part[name] = getattr(sites, name)
        part["near_m"], part["limit_m"] = sites.limit_m, policy.widening * sites.limit_m
        for level, name in enumerate(_TRADE):
            part[name] = sites.trade[:, level]
    new["full"], new["total"], new["room"] = full, total, policy.joint_max_units - 1
    new["open_cm"], new["thin_cm"] = to_cm(policy.branch_m), to_cm(policy.thin_m)
    limits, which = np.unique(units.limit_m, return_inverse=True)
    alone = [left_out_cm(limit, policy) for limit in limits]
    new["alone_cm"] = np.array(alone, dtype=np.int64)[which]
    fixed["full"], fixed["total"], fixed["room"] = hosts.full, hosts.total, hosts.room
    fixed["open_cm"] = np.where(hosts.standalone, to_cm(policy.attach_m), 0)
    return Instance(
        units=len(units),
        width=1 + int(node["room"].max(initial=1)),
        node=node,
        least_full=policy.joint_min_full,
        most_members=policy.branch_max_members,
        same_building=policy.same_building,
        same_park=policy.same_park,
        trade_m=policy.trade_m,
        cross_line=_CROSS_LINE.index(policy.cross_line),
        widening=policy.widening,
        like_level=_LIKE_TRADE.index(policy.like_trade),
        asked_near=_asked_near(policy),
        plain=units.between.kind == STRAIGHT and policy.joint_by == "near",
        all_straight=units.between.kind == STRAIGHT,
        between=units.between,
        law=no_law(),
    )


def of_any_trade(instance: Instance) -> Instance:
    """Return the same region as if no likeness of trade were asked."""
    return instance._replace(asked_near=_NEVER_MIND)


def _asked_near(policy: Policy) -> int:
    if policy.joint_by != "near_and_like":
        return _NEVER_MIND
    return _NOT_APART if policy.unknown_trade == "check" else _ALIKE


@register_jitable
def distance_m(instance: Instance, one: int, other: int) -> float:
    """Return how far two nodes are from each other, metres; infinite where no way leads.

    The same figures as `lxgeo.rules.cost.distances_m`, one pair at a time.
    """
    a, b = instance.node[one], instance.node[other]
    straight = _straight_m(a, b)
    if instance.all_straight or a.spot == b.spot:
        return straight
    return _looked_up(instance.between, a.spot, b.spot, straight)


@register_jitable
def least_limit_m(instance: Instance, one: int, other: int) -> float:
    """Return the smallest distance limit at which two nodes may share a branch, infinite if none.

    Members and pins aside. Who is cut off within the limit stays cut off; what lies farther is
    taken straight.
    """
    a, b = instance.node[one], instance.node[other]
    straight, widest = _straight_m(a, b), min(a.limit_m, b.limit_m)
    shared = 0
    if a.building != NOWHERE and a.building == b.building:
        shared = _IN_BUILDING
    elif a.park != NOWHERE and a.park == b.park:
        shared = _IN_PARK
    if a.line != b.line and not _may_cross(instance.cross_line, shared):
        return np.inf
    if not instance.all_straight and straight <= widest < distance_m(instance, one, other):
        return np.inf
    likeness = _likeness(instance.like_level, a, b)
    if likeness < instance.asked_near:
        return np.inf
    return straight / instance.widening if likeness == _ALIKE else straight


@njit(cache=True, forceinline=True)
def pair_cm(instance: Instance, unit: int, host: int) -> int:
    """Return what a unit costs under a host, or `FAR` where the two can't share a branch.

    The same figures as `lxgeo.rules.cost.pairs_cm` where `lxgeo.rules.cost.may_share` holds, one
    pair at a time; and the other way round, but for what pins say.
    """
    if not instance.law.free and bars(instance.law, unit, host):
        return FAR
    a, b = instance.node[unit], instance.node[host]
    cost = _at_distance_cm(instance, a, b, _straight_m(a, b))
    # No way is shorter than the straight line: most pairs are settled before any is looked up.
    if instance.plain or cost >= FAR:
        return cost
    return _looked_into_cm(instance, unit, host)


@register_jitable
def _looked_into_cm(instance: Instance, unit: int, host: int) -> int:
    """Return what a pair costs by way and trade of the two: apart, so that `pair_cm` is small."""
    distance = distance_m(instance, unit, host)
    if not _trades_allow(instance, instance.node[unit], instance.node[host], distance):
        return FAR
    return _at_distance_cm(instance, instance.node[unit], instance.node[host], distance)


@register_jitable(forceinline=True)
def _trades_allow(instance: Instance, a: Any, b: Any, distance: float) -> bool:
    """Return whether the trades of a pair let it share a branch at this distance.

    Inlined, as is all that `pair_cm` calls: one call that is none costs it half its speed.
    """
    asked = instance.asked_near if distance <= min(a.near_m, b.near_m) else _ALIKE
    return asked == _NEVER_MIND or _likeness(instance.like_level, a, b) >= asked


@register_jitable(forceinline=True)
def _at_distance_cm(instance: Instance, a: Any, b: Any, distance: float) -> int:
    """Return what one node costs under another at a distance, or `FAR`."""
    if distance > min(a.limit_m, b.limit_m) or a.total + b.total > instance.most_members:
        return FAR
    place, shared = 1.0, 0
    if a.building != NOWHERE and a.building == b.building:
        place, shared = instance.same_building, _IN_BUILDING
    elif a.park != NOWHERE and a.park == b.park:
        place, shared = instance.same_park, _IN_PARK
    if a.line != b.line and not _may_cross(instance.cross_line, shared):
        return FAR
    return int(np.floor(100.0 * (place * distance + instance.trade_m * _gap(a, b)) + 0.5))


@register_jitable(forceinline=True)
def _straight_m(a: Any, b: Any) -> float:
    dx, dy = a.x - b.x, a.y - b.y
    return float(np.sqrt(dx * dx + dy * dy))


@register_jitable
def _may_cross(cross_line: int, shared: int) -> bool:
    """Return whether two lines may share a branch whose host and unit share so much."""
    return cross_line == _ANYWHERE or 0 < shared <= cross_line


@register_jitable
def _looked_up(between: Between, one: int, other: int, straight: float) -> float:
    """Return the metres from spot to spot, infinite where no way leads."""
    low, last = between.first[one], between.first[one + 1]
    high = last
    while low < high:
        middle = (low + high) // 2
        if between.other[middle] < other:
            low = middle + 1
        else:
            high = middle
    listed = low < last and between.other[low] == other
    if between.kind == CUT:
        return np.inf if listed else straight
    return between.metres[low] if listed else np.inf


@register_jitable
def _gap(a: Any, b: Any) -> float:
    gap = 0.0
    if a.section < 0 or b.section < 0:
        gap = GAP_UNKNOWN
    elif a.section != b.section:
        gap = 1.0
    elif a.division < 0 or a.division != b.division:
        gap = 0.75
    elif a.group < 0 or a.group != b.group:
        gap = 0.5
    elif a.class_ < 0 or a.class_ != b.class_:
        gap = 0.25
    return gap


@register_jitable(forceinline=True)
def _likeness(level: int, a: Any, b: Any) -> int:
    """Return `_ALIKE` or `_NOT_APART` of two trades down to a level, less if they differ."""
    likeness = _ALIKE
    if a.section < 0 or b.section < 0:
        likeness = _NOT_APART
    elif a.section != b.section:
        likeness = _NEVER_MIND
    elif level > 0 and (a.division < 0 or b.division < 0):
        likeness = _NOT_APART
    elif level > 0 and a.division != b.division:
        likeness = _NEVER_MIND
    elif level > 1 and (a.group < 0 or b.group < 0):
        likeness = _NOT_APART
    elif level > 1 and a.group != b.group:
        likeness = _NEVER_MIND
    elif level > 2 and (a.class_ < 0 or b.class_ < 0):  # noqa: PLR2004 - places of the levels
        likeness = _NOT_APART
    elif level > 2 and a.class_ != b.class_:  # noqa: PLR2004
        likeness = _NEVER_MIND
    return likeness


@njit(cache=True)
def star_cm(instance: Instance, host: int, under: Shorts) -> int:
    """Return what a star costs, or `FAR` where it is not legal.

    Parameters
    ----------
    instance
        The region.
    host
        A unit or a fixed host.
    under : ndarray of int32
        The units under it, the host not among them.
    """
    if len(under) < 1 or len(under) > instance.node[host].room:
        return FAR
    if not instance.law.free and not may_be_one(instance.law, host, under):
        return FAR
    full, total = instance.node[host].full, instance.node[host].total
    cost = instance.node[host].open_cm
    for unit in under:
        cost += min(FAR, pair_cm(instance, unit, host))
        full += instance.node[unit].full
        total += instance.node[unit].total
    if cost >= FAR or full < instance.least_full or total > instance.most_members:
        return FAR
    return cost + (instance.node[host].thin_cm if full == THIN_FULL_MEMBERS else 0)
