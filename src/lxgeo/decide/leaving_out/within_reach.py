"""Units that no branch takes in: who is within reach, and what any branch could gather at most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from lxgeo.decide.regions.instance import FAR, Instance, Ints, Reals, distance_m, pair_cm


@dataclass(frozen=True, eq=False)
class Reach:
    """What lies around units of a region.

    Parameters
    ----------
    nearest_m : ndarray of float64, shape (units,)
        Distance to the nearest other unit or approved branch with room, metres; infinite if there
        is none.
    partners : ndarray of int64, shape (units,)
        How many of those it may share a branch with.
    most_full : ndarray of int64, shape (units,)
        The most full members of any star that it can be in, were nobody else in need of them.
    least_full
        How many full members a branch needs.
    """

    nearest_m: Reals
    partners: Ints
    most_full: Ints
    least_full: int

    @property
    def hopeless(self) -> NDArray[np.bool_]:
        """Units that no legal plan can place, shape (units,)."""
        return (self.partners == 0) | (self.most_full < self.least_full)


def reach_of(instance: Instance, of: NDArray[np.bool_] | None = None) -> Reach:
    """Return what lies around units.

    Parameters
    ----------
    instance
        The region.
    of : ndarray of bool, shape (units,), optional
        Units to look around; all if not given. Of the others nothing is told.
    """
    units = instance.units
    asked = np.arange(units) if of is None else np.flatnonzero(of)
    nearest = np.full(units, np.inf)
    partners = np.zeros(units, dtype=np.int64)
    most_full = instance.node["full"][:units].copy()
    _look_around(instance, asked, nearest, partners, most_full)
    return Reach(nearest, partners, most_full, instance.least_full)


@njit(cache=True)
def _look_around(
    instance: Instance, asked: Ints, nearest: Reals, partners: Ints, most_full: Ints
) -> None:
    near = np.empty(len(asked), dtype=np.int64)
    for host in range(len(instance.node)):
        count, own = 0, False
        for unit in asked:
            if unit == host:
                own = True
                continue
            nearest[unit] = min(nearest[unit], distance_m(instance, unit, host))
            if pair_cm(instance, unit, host) < FAR:
                near[count] = unit
                count += 1
        if count == 0 and not own:
            continue
        top, others = _fullest(instance, host)
        gathered = instance.node[host].full + top.sum()
        for unit in near[:count]:
            partners[unit] += 1
            # A unit that is not among the top takes the place of the least of them.
            short = max(0, top[-1] - instance.node[unit].full)
            most_full[unit] = max(most_full[unit], gathered - short)
        if own and others:
            most_full[host] = max(most_full[host], gathered)


@njit(cache=True)
def _fullest(instance: Instance, host: int) -> tuple[Ints, int]:
    """Return the most full members of units that may be under a host, and how many may."""
    top = np.zeros(instance.node[host].room, dtype=np.int64)  # descending
    count = 0
    for unit in range(instance.units):
        if unit != host and pair_cm(instance, unit, host) < FAR:
            _rank(top, instance.node[unit].full)
            count += 1
    return top, count


@njit(cache=True)
def _rank(top: Ints, full: int) -> None:
    for place in range(len(top)):
        if full > top[place]:
            top[place], full = full, top[place]
