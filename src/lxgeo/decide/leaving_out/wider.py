"""How far a unit would have to look: the smallest distance limit at which it could be placed."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.decide.regions.instance import Instance, Ints, Reals, Shorts, least_limit_m
from lxgeo.decide.regions.squares import Squares, least_m, most_squares, ring, rings, squares_of_all

_SQUARES_AT_FIRST, _TIMES = 2.0, 2.0
"""How far is looked at first, in squares, and how many times farther when that is not enough."""
_NOBODY = 1 << 40
"""Members of a set that there is not."""


class Way(NamedTuple):
    """A branch that a unit could be in.

    Parameters
    ----------
    limit_m
        The distance limit that it needs, metres.
    host
        Number of its host: the unit itself, another unit, or a branch that stands or is proposed.
    others
        Numbers of the units that it needs besides the unit and the host.
    """

    limit_m: float
    host: int
    others: tuple[int, ...]


class Around(NamedTuple):
    """Who could share a branch with whom, were the distance limit wider.

    Parameters
    ----------
    instance
        The region, its units and its approved branches. What pins say is left aside.
    squares
        Where all of them are.
    partner : ndarray of bool, shape (nodes,)
        Whether it may be under a host.
    room : ndarray of int64, shape (nodes,)
        How many units each may take in as host.
    full, total : ndarray of int64, shape (nodes,)
        Full members and all members: a unit's own, or those of the branch that it stands for.
    fullest
        Most full members of any partner.
    gathered
        No branch whatever has more full members.
    lightest
        Fewest members of anybody.
    """

    instance: Instance
    squares: Squares
    partner: NDArray[np.bool_]
    room: Ints
    full: Ints
    total: Ints
    fullest: int
    gathered: int
    lightest: int


class _Desk(NamedTuple):
    """Room to write down who is around a node: who, needing which limit, in which squares."""

    who: Ints
    limit_m: Reals
    squares: Ints


def around_of(instance: Instance, squares: Squares | None = None) -> Around:
    """Return all units and branches of a region, as if nothing were decided.

    Parameters
    ----------
    instance
        The region.
    squares
        Where all of them are, if that is known.
    """
    node = instance.node
    partner = np.arange(len(node)) < instance.units
    columns = node["room"].copy(), node["full"].copy(), node["total"].copy()
    return _counted(instance, squares or squares_of_all(instance), partner, columns)


def changed(
    around: Around, partner: NDArray[np.bool_], room: Ints, full: Ints, total: Ints
) -> Around:
    """Return the same places once some of it is decided."""
    return _counted(around.instance, around.squares, partner, (room, full, total))


def _counted(
    instance: Instance,
    squares: Squares,
    partner: NDArray[np.bool_],
    columns: tuple[Ints, Ints, Ints],
) -> Around:
    room, full, total = columns
    fullest = int(full[partner].max(initial=0))
    gathered = int((full + room * fullest)[room > 0].max(initial=0))
    lightest = int(total[partner | (room > 0)].min(initial=_NOBODY))
    return Around(instance, squares, partner, room, full, total, fullest, gathered, lightest)


def least_ways(around: Around, asked: Ints, ceiling_m: Reals | None = None) -> list[Way | None]:
    """Return, for each unit asked for, the way that needs the smallest limit.

    Parameters
    ----------
    around
        Who could share a branch with whom.
    asked : ndarray of int64
        Numbers of units.
    ceiling_m : ndarray of float64, optional
        Ways that need more than this are no answer; any is, if not given.

    Returns
    -------
    list of Way or None
        None where no limit would do. Hosts are tried from near to far, the unit itself first: it
        may host a branch of its own. Under a host units come in from near to far; of those that
        bring enough full members, the set of fewest members is taken.
    """
    if ceiling_m is None:
        ceiling_m = np.full(len(asked), inf)
    limits, hosts = np.full(len(asked), inf), np.full(len(asked), -1, dtype=np.int32)
    others = np.full((len(asked), int(around.room.max(initial=1))), -1, dtype=np.int32)
    _least_ways(around, asked, np.nextafter(ceiling_m, inf), (limits, hosts, others))
    return [
        Way(limit, host, tuple(each for each in company if each >= 0)) if host >= 0 else None
        for limit, host, company in zip(
            limits.tolist(), hosts.tolist(), others.tolist(), strict=True
        )
    ]


@njit(cache=True)
def _least_ways(
    around: Around, asked: Ints, ceiling_m: Reals, found: tuple[Reals, Shorts, Shorts]
) -> None:
    limits, hosts, others = found
    if around.gathered < around.instance.least_full:
        return
    outer, inner = _desk(around), _desk(around)
    company = np.empty(others.shape[1], dtype=np.int32)
    for i in range(len(asked)):
        if around.total[asked[i]] + around.lightest > around.instance.most_members:
            continue
        host, limit = _least_way(
            around, asked[i], ceiling_m[i], (outer, inner), (others[i], company)
        )
        hosts[i] = host
        limits[i] = limit


@register_jitable
def _desk(around: Around) -> _Desk:
    nodes = len(around.room)
    return _Desk(
        np.empty(nodes, dtype=np.int64),
        np.empty(nodes, dtype=np.float64),
        np.empty(most_squares(around.squares), dtype=np.int64),
    )


@register_jitable
def _least_way(
    around: Around,
    unit: int,
    ceiling_m: float,
    desks: tuple[_Desk, _Desk],
    companies: tuple[Shorts, Shorts],
) -> tuple[int, float]:
    """Return the host and the limit of a unit's best way, -1 if none needs less than the ceiling.

    ``companies`` are filled: the first with whom that takes, the second on the way.
    """
    (outer, inner), (others, company) = desks, companies
    best, best_m = -1, ceiling_m
    if around.room[unit] > 0:
        limit = _under(around, (unit, unit), (0.0, best_m), inner, company)
        if limit < best_m:
            best, best_m = unit, limit
            others[:] = company
    radius, last, last_m = _SQUARES_AT_FIRST * around.squares.side, -1, -1.0
    while True:
        count, whole = _gather(around, unit, radius, outer)
        for i in range(count):
            host, away = outer.who[i], outer.limit_m[i]
            if away >= best_m:
                return best, best_m
            if around.room[host] <= 0 or away < last_m or (away == last_m and host <= last):
                continue
            last, last_m = host, away
            limit = _under(around, (unit, host), (away, best_m), inner, company)
            if limit < best_m:
                best, best_m = host, limit
                others[:] = company
        if whole or radius >= best_m:
            return best, best_m
        radius *= _TIMES


@register_jitable
def _under(
    around: Around,
    pair: tuple[int, int],
    between: tuple[float, float],
    desk: _Desk,
    company: Shorts,
) -> float:
    """Return the limit that a unit needs under a host, infinite if not below the ceiling.

    ``company`` is filled with the others that this takes, -1 behind them. Of those that are so many
    and bring so many full members, the set of fewest members is kept: it leaves most room for
    others.
    """
    (unit, host), (away, ceiling_m) = pair, between
    company[:] = -1
    least, guest = around.instance.least_full, int(host != unit)
    full = around.full[host] + guest * around.full[unit]
    total = around.total[host] + guest * around.total[unit]
    room = around.room[host]
    if total > around.instance.most_members or full + (room - guest) * around.fullest < least:
        return np.inf
    if guest and full >= least:
        return away
    members = np.full((room + 1, least + 1), _NOBODY, dtype=np.int64)
    who = np.full((room + 1, least + 1, room + 1), -1, dtype=np.int32)
    members[guest, min(full, least)] = total
    radius, last, last_m = _SQUARES_AT_FIRST * around.squares.side, -1, -1.0
    while True:
        count, whole = _gather(around, host, radius, desk)
        for i in range(count):
            other, metres = desk.who[i], desk.limit_m[i]
            limit = max(away, metres)
            if limit >= ceiling_m:
                return np.inf
            seen = metres < last_m or (metres == last_m and other <= last)
            if seen or other == unit or not around.partner[other]:
                continue
            last, last_m = other, metres
            enough = _take_in(around, other, members, who, guest)
            if enough >= 0:
                _tell(who[enough, least], company)
                return limit
        if whole or radius >= ceiling_m:
            return np.inf
        radius *= _TIMES


@register_jitable
def _take_in(around: Around, other: int, members: Ints, who: Shorts, guest: int) -> int:
    """Let a unit into all sets so far; return how many units the best has that is enough, or -1."""
    room, least = members.shape[0] - 1, members.shape[1] - 1
    enough = -1
    for units in range(room - 1, guest - 1, -1):
        for had in range(least + 1):
            more = members[units, had] + around.total[other]
            gathered = min(had + around.full[other], least)
            if more > around.instance.most_members:
                continue
            ends = gathered == least
            if ends and enough >= 0 and more > members[enough, least]:
                continue
            if more < members[units + 1, gathered]:
                members[units + 1, gathered] = more
                who[units + 1, gathered] = who[units, had]
                who[units + 1, gathered, units - guest] = other
                if ends:
                    enough = units + 1
    return enough


@register_jitable
def _tell(who: Shorts, company: Shorts) -> None:
    count = 0
    for each in who:
        if each >= 0:
            company[count] = each
            count += 1


@register_jitable
def _gather(around: Around, here: int, radius_m: float, desk: _Desk) -> tuple[int, bool]:
    """Write down who could share a branch with a node at a limit of so much, by what it needs.

    Return how many they are, and whether nobody is farther.
    """
    squares, ground = around.squares, around.squares.ground
    count, distance, last, whole = 0, 0, rings(squares), True
    while distance < last and least_m(squares, distance) <= radius_m * around.instance.widening:
        for square in desk.squares[: ring(squares, here, distance, desk.squares)]:
            for place in range(ground.first[square], ground.first[square + 1]):
                other = ground.unit[place]
                limit = np.inf if other == here else least_limit_m(around.instance, here, other)
                if limit <= radius_m:
                    desk.who[count] = other
                    count += 1
                elif limit < np.inf:
                    whole = False
        distance += 1
    desk.who[:count].sort()
    for i in range(count):
        desk.limit_m[i] = least_limit_m(around.instance, here, desk.who[i])
    order = np.argsort(desk.limit_m[:count], kind="mergesort")
    desk.who[:count] = desk.who[:count][order]
    desk.limit_m[:count] = desk.limit_m[:count][order]
    return count, whole and distance >= last
