"""All stars whose reduced cost is low enough: what an exact or a guided search chooses from."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from lxgeo.decide.candidates import NOBODY, Nearest
from lxgeo.decide.instance import FAR, Instance, Ints, Shorts
from lxgeo.rules.cost import THIN_FULL_MEMBERS


class Pool(NamedTuple):
    """Stars found: sets of nodes, host first, with cost and reduced cost; one row a star."""

    nodes: Shorts
    cm: Ints
    reduced: Ints


class Partners(NamedTuple):
    """Partners of every node in order of reduced cost, the first ``known`` of each row."""

    who: Shorts
    cm: Ints
    reduced: Ints
    known: Ints


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
    width = instance.width
    nodes = np.full((most, width), NOBODY, dtype=np.int32)
    cm, reduced = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    partners = _by_reduced_cost(near, worth)
    count = _enumerate(instance, partners, worth, slack, Pool(nodes, cm, reduced))
    return None if count < 0 else Pool(nodes[:count], cm[:count], reduced[:count])


def _by_reduced_cost(near: Nearest, worth: Ints) -> Partners:
    reduced = np.where(near.who == NOBODY, FAR, near.cm - worth[near.who])
    order = np.argsort(reduced, axis=1, kind="stable")
    who, cm, reduced = (
        np.take_along_axis(each, order, axis=1) for each in (near.who, near.cm, reduced)
    )
    return Partners(who, cm, reduced, (who != NOBODY).sum(axis=1))


@njit(cache=True)
def _enumerate(instance: Instance, partners: Partners, worth: Ints, slack: Ints, pool: Pool) -> int:
    """Fill the pool, host by host; return how many stars there are, or -1 if it overflows."""
    count = 0
    for host in range(len(instance.node)):
        own = worth[host] if host < instance.units else 0
        limits = (instance.node[host].open_cm - own, slack[host])
        count = _grow(instance, host, limits, partners, pool, count)
        if count < 0:
            break
    return count


@njit(cache=True)
def _grow(
    instance: Instance,
    host: int,
    limits: tuple[int, int],
    partners: Partners,
    pool: Pool,
    count: int,
) -> int:
    """Add the stars under one host, depth first over partners in order of reduced cost.

    ``limits`` are the reduced cost that the host starts with, and the highest that is wanted.
    """
    who, cm, reduced = partners.who[host], partners.cm[host], partners.reduced[host]
    known = partners.known[host]
    room = min(instance.node[host].room, known)
    at = np.zeros(room + 1, dtype=np.int64)
    sofar = np.zeros(room + 1, dtype=np.int64)
    cost = np.zeros(room + 1, dtype=np.int64)
    full = np.zeros(room + 1, dtype=np.int64)
    total = np.zeros(room + 1, dtype=np.int64)
    sofar[0], cost[0] = limits[0], instance.node[host].open_cm
    full[0], total[0] = instance.node[host].full, instance.node[host].total
    depth, place = 0, 0
    while True:  # one partner more, or back to the one before
        last = min(known, place + room - depth)
        if place < last and _least(reduced, place, last) <= limits[1] - sofar[depth]:
            unit = instance.node[who[place]]
            depth += 1
            at[depth] = place
            sofar[depth] = sofar[depth - 1] + reduced[place]
            cost[depth] = cost[depth - 1] + cm[place]
            full[depth] = full[depth - 1] + unit.full
            total[depth] = total[depth - 1] + unit.total
            place += 1
            thin = instance.node[host].thin_cm if full[depth] == THIN_FULL_MEMBERS else 0
            legal = full[depth] >= instance.least_full and total[depth] <= instance.most_members
            if legal and sofar[depth] + thin <= limits[1]:
                if count == len(pool.cm):
                    return -1
                pool.nodes[count, 0] = host
                for i in range(1, depth + 1):
                    pool.nodes[count, i] = who[at[i]]
                pool.cm[count] = cost[depth] + thin
                pool.reduced[count] = sofar[depth] + thin
                count += 1
        elif depth == 0:
            return count
        else:
            place = at[depth] + 1
            depth -= 1


@njit(cache=True)
def _least(reduced: Ints, place: int, last: int) -> int:
    """Return the least that this partner can add, with those after it that gain."""
    least = reduced[place]
    for i in range(place + 1, last):
        if reduced[i] >= 0:
            break
        least += reduced[i]
    return least
