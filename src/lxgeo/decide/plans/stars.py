"""Stars of low reduced cost: all of them, or the best under every host.

Under each host, partners are taken depth first in order of reduced cost; a branch of the search is
left as soon as nothing in it can be low enough. Fines on knots only ever add to a star, so they
don't disturb that.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable

from lxgeo.decide.proof.duals import SURE, Duals, no_fines
from lxgeo.decide.regions.candidates import NOBODY, Nearest
from lxgeo.decide.regions.instance import FAR, Instance, Ints, Shorts, pair_cm
from lxgeo.decide.regions.law import may_be_one
from lxgeo.rules.cost import THIN_FULL_MEMBERS


class Pool(NamedTuple):
    """Stars found: sets of nodes, host first, with cost and reduced cost; one row a star."""

    nodes: Shorts
    cm: Ints
    reduced: Ints


class Partners(NamedTuple):
    """The partners of one host that may matter, in order of reduced cost."""

    who: Shorts
    cm: Ints
    reduced: Ints


class Hunt(NamedTuple):
    """What is looked for.

    Parameters
    ----------
    duals
        What stars are charged and credited.
    own_host
        Whether only stars under the cheapest host of their units count: the others cover the same
        at a higher price.
    replace
        Whether a full pool keeps the best (else it overflows).
    met : ndarray of int32, shape (knots,)
        How many units of each knot are in the star at hand: all 0 between stars. `SURE` where the
        host's being one of them makes each further unit pay; then partners are priced with that.
    """

    duals: Duals
    own_host: bool
    replace: bool
    met: Shorts


def stars_within(
    instance: Instance, near: Nearest, worth: Ints, slack: Ints, most: int
) -> Pool | None:
    """Return every star over the lists of partners whose reduced cost is within its host's slack.

    Parameters
    ----------
    instance
        The region.
    near
        Partners of every node; all of them, if every star is wanted.
    worth : ndarray of int64, shape (units,)
        Worth of each unit.
    slack : ndarray of int64, shape (nodes,)
        Highest reduced cost wanted under each host.
    most
        Stop beyond so many stars.

    Returns
    -------
    Pool or None
        None where there are more than ``most``.
    """
    hunt = _hunt(no_fines(instance, worth), own_host=False, replace=False)
    return _all_stars(instance, near, hunt, slack, most)


def sets_within(
    instance: Instance, near: Nearest, duals: Duals, slack: Ints, most: int
) -> Pool | None:
    """Return every set of nodes, under its cheapest host, within that host's slack.

    As `stars_within`, with fines, and each set of nodes once.
    """
    hunt = _hunt(duals, own_host=True, replace=False)
    return _all_stars(instance, near, hunt, slack, most)


def best_sets(
    instance: Instance, near: Nearest, duals: Duals, each: int, below: int = 0
) -> tuple[Pool, Ints]:
    """Return the best sets under every host whose reduced cost is below a limit.

    Parameters
    ----------
    instance
        The region.
    near
        Partners of every node. Lists of no length stand for all units.
    duals
        Worth and fines.
    each
        Keep so many of a host.
    below
        Reduced costs below this are wanted, centimetres.

    Returns
    -------
    Pool
        Those found.
    ndarray of int64, shape (nodes,)
        Least reduced cost under each host, ``below`` where none is below it.
    """
    hunt = _hunt(duals, own_host=True, replace=True)
    pool = _pool(instance, each * instance.nodes)
    least = np.full(instance.nodes, below, dtype=np.int64)
    found = np.zeros(instance.nodes, dtype=np.int64)
    _best(instance, near, hunt, pool, (least, found, each))
    rows = np.arange(each * instance.nodes).reshape(instance.nodes, each)
    rows = rows[np.arange(each) < found[:, None]]
    return _taken(pool, rows), least


def _hunt(duals: Duals, *, own_host: bool, replace: bool) -> Hunt:
    return Hunt(duals, own_host, replace, np.zeros(len(duals.fine), dtype=np.int32))


def _taken(pool: Pool, rows: Ints | slice) -> Pool:
    return Pool(pool.nodes[rows], pool.cm[rows], pool.reduced[rows])


def _pool(instance: Instance, most: int) -> Pool:
    nodes = np.full((most, instance.width), NOBODY, dtype=np.int32)
    return Pool(nodes, np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64))


def _all_stars(
    instance: Instance, near: Nearest, hunt: Hunt, slack: Ints, most: int
) -> Pool | None:
    pool = _pool(instance, most)
    count = _enumerate(instance, near, hunt, slack, pool)
    return None if count < 0 else _taken(pool, slice(count))


@njit(cache=True)
def _enumerate(instance: Instance, near: Nearest, hunt: Hunt, slack: Ints, pool: Pool) -> int:
    """Fill the pool, host by host; return how many stars there are, or -1 if it overflows."""
    count = 0
    for host in range(len(instance.node)):
        partners = _partners(instance, host, near, hunt, slack[host])
        room = (count, len(pool.cm))
        count, _ = _grow(instance, (host, slack[host]), partners, hunt, pool, room)
        if count < 0:
            break
    return count


@njit(cache=True)
def _best(
    instance: Instance, near: Nearest, hunt: Hunt, pool: Pool, kept: tuple[Ints, Ints, int]
) -> None:
    """Keep the best of every host in its own rows of the pool; say how many, and the least."""
    least, found, each = kept
    for host in range(len(instance.node)):
        limit = least[host] - 1
        partners = _partners(instance, host, near, hunt, limit)
        room = (host * each, (host + 1) * each)
        last, low = _grow(instance, (host, limit), partners, hunt, pool, room)
        found[host] = last - host * each
        least[host] = min(least[host], low)


@register_jitable
def _start_cm(instance: Instance, host: int, duals: Duals) -> int:
    own = duals.worth[host] if host < instance.units else 0
    return int(instance.node[host].open_cm - own)


@register_jitable
def _partners(instance: Instance, host: int, near: Nearest, hunt: Hunt, limit: int) -> Partners:
    """Return the partners that a star within a limit may have, cheapest first: company counts."""
    duals, met = hunt.duals, hunt.met
    _host_meets(duals, host, met)
    listed = near.who.shape[1]
    most = listed or instance.units
    who = np.empty(most, dtype=np.int32)
    cm = np.empty(most, dtype=np.int64)
    reduced = np.empty(most, dtype=np.int64)
    company = np.zeros(max(1, instance.node[host].room - 1), dtype=np.int64)
    known = 0
    for place in range(most):
        unit = near.who[host, place] if listed else place
        if unit == NOBODY:
            break
        if unit == host:
            continue
        cost = near.cm[host, place] if listed else pair_cm(instance, unit, host)
        if cost >= FAR:
            continue
        who[known], cm[known] = unit, cost
        reduced[known] = cost - duals.worth[unit] + _sure(duals, unit, met)
        _note(company, reduced[known])
        known += 1
    spare = limit - _start_cm(instance, host, duals)
    if instance.node[host].room > 1:
        spare -= company.sum()
    kept = 0
    for place in range(known):
        if reduced[place] <= spare:
            who[kept], cm[kept], reduced[kept] = who[place], cm[place], reduced[place]
            kept += 1
    order = np.argsort(reduced[:kept], kind="mergesort")
    return Partners(who[order], cm[order], reduced[order])


@register_jitable
def _note(company: Ints, reduced: int) -> None:
    """Keep the lowest values seen, all at most 0, lowest last."""
    if reduced >= company[0]:
        return
    company[0] = reduced
    at = 0
    while at + 1 < len(company) and company[at] < company[at + 1]:
        company[at], company[at + 1] = company[at + 1], company[at]
        at += 1


@register_jitable
def _grow(
    instance: Instance,
    under_whom: tuple[int, int],
    partners: Partners,
    hunt: Hunt,
    pool: Pool,
    rows: tuple[int, int],
) -> tuple[int, int]:
    """Write the stars under one host, up to a limit, to rows of the pool.

    Returns where the rows filled end (-1 if they don't suffice), and the least reduced cost.
    """
    host, limit = under_whom
    known, duals, met = len(partners.who), hunt.duals, hunt.met
    room = min(instance.node[host].room, known)
    at = np.zeros(room + 1, dtype=np.int64)
    sofar = np.zeros(room + 1, dtype=np.int64)
    cost = np.zeros(room + 1, dtype=np.int64)
    full = np.zeros(room + 1, dtype=np.int64)
    total = np.zeros(room + 1, dtype=np.int64)
    sofar[0], cost[0] = _start_cm(instance, host, duals), instance.node[host].open_cm
    full[0], total[0] = instance.node[host].full, instance.node[host].total
    count, least, depth, place = rows[0], FAR, 0, 0
    while True:  # one partner more, or back to the one before
        last = min(known, place + room - depth)
        if place < last and _least(partners.reduced, place, last) <= limit - sofar[depth]:
            unit = partners.who[place]
            depth += 1
            at[depth] = place
            sofar[depth] = sofar[depth - 1] + partners.reduced[place] + _meet(duals, unit, met)
            cost[depth] = cost[depth - 1] + partners.cm[place]
            full[depth] = full[depth - 1] + instance.node[unit].full
            total[depth] = total[depth - 1] + instance.node[unit].total
            place += 1
            thin = instance.node[host].thin_cm if full[depth] == THIN_FULL_MEMBERS else 0
            reduced = sofar[depth] + thin
            legal = full[depth] >= instance.least_full and total[depth] <= instance.most_members
            if not legal or reduced > limit:
                continue
            under = at[1 : depth + 1]
            if not _counts(instance, hunt, host, partners, under):
                continue
            least = min(least, reduced)
            row = count
            if count < rows[1]:
                count += 1
            elif hunt.replace:
                row = rows[0] + int(np.argmax(pool.reduced[rows[0] : rows[1]]))
            else:
                _part_all(duals, host, partners, under, met)
                return -1, least
            _write(pool, row, host, partners, under)
            pool.cm[row], pool.reduced[row] = cost[depth] + thin, reduced
            if hunt.replace and count == rows[1]:
                limit = min(limit, int(np.max(pool.reduced[rows[0] : rows[1]])) - 1)
        elif depth == 0:
            _forget(duals, host, met)
            return count, least
        else:
            _part(duals, partners.who[at[depth]], met)
            place = at[depth] + 1
            depth -= 1


@register_jitable
def _write(pool: Pool, row: int, host: int, partners: Partners, under: Ints) -> None:
    pool.nodes[row, :] = NOBODY
    pool.nodes[row, 0] = host
    for i in range(len(under)):
        pool.nodes[row, i + 1] = partners.who[under[i]]


@register_jitable
def _least(reduced: Ints, place: int, last: int) -> int:
    """Return the least that this partner can add, with those after it that gain."""
    least = reduced[place]
    for i in range(place + 1, last):
        if reduced[i] >= 0:
            break
        least += reduced[i]
    return least


@register_jitable
def _counts(instance: Instance, hunt: Hunt, host: int, partners: Partners, under: Ints) -> bool:
    """Return whether a star is one that is looked for, its cost and its members aside."""
    if not instance.law.free and not may_be_one(instance.law, host, partners.who[under]):
        return False
    return not hunt.own_host or _own_host(instance, host, partners, under)


@register_jitable
def _own_host(instance: Instance, host: int, partners: Partners, under: Ints) -> bool:
    """Return whether no other unit of a star would be a cheaper host; ties go to the first."""
    if host >= instance.units:
        return True
    mine = 0
    for i in under:
        mine += partners.cm[i]
    for i in under:
        other = partners.who[i]
        theirs = partners.cm[i]
        if not instance.law.free:
            theirs = min(FAR, pair_cm(instance, host, other))
        for k in under:
            if k != i:
                theirs += min(FAR, pair_cm(instance, partners.who[k], other))
        if theirs < mine or (theirs == mine and other < host):
            return False
    return True


@register_jitable
def _meet(duals: Duals, node: int, met: Shorts) -> int:
    """Add a node to the star at hand; return the fines that it brings."""
    fines = 0
    for place in range(duals.first[node], duals.first[node + 1]):
        knot = duals.knot[place]
        met[knot] += 1
        paying = met[knot] - duals.free[knot]
        if paying > 0 and paying % duals.grip[knot] == 0:
            fines += duals.fine[knot]
    return fines


@register_jitable
def _host_meets(duals: Duals, host: int, met: Shorts) -> None:
    """Begin a star with its host."""
    for place in range(duals.first[host], duals.first[host + 1]):
        knot = duals.knot[place]
        met[knot] = SURE if duals.free[knot] else 1


@register_jitable
def _forget(duals: Duals, node: int, met: Shorts) -> None:
    for place in range(duals.first[node], duals.first[node + 1]):
        met[duals.knot[place]] = 0


@register_jitable
def _sure(duals: Duals, unit: int, met: Shorts) -> int:
    """Return the fines that a unit brings under this host, whoever else is there."""
    fines = 0
    for place in range(duals.first[unit], duals.first[unit + 1]):
        if met[duals.knot[place]] == SURE:
            fines += duals.fine[duals.knot[place]]
    return fines


@register_jitable
def _part(duals: Duals, node: int, met: Shorts) -> None:
    for place in range(duals.first[node], duals.first[node + 1]):
        met[duals.knot[place]] -= 1


@register_jitable
def _part_all(duals: Duals, host: int, partners: Partners, under: Ints, met: Shorts) -> None:
    _forget(duals, host, met)
    for i in under:
        _forget(duals, partners.who[i], met)
