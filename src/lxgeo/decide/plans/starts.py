"""Many starts: plans built from stars of low reduced cost, each improved by local search."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numba import njit
from numpy.random import Generator

from lxgeo.decide.plans.found import LEFT_OUT, Found
from lxgeo.decide.plans.greedy import complete
from lxgeo.decide.plans.search import Neighbourhood, improve
from lxgeo.decide.plans.stars import Pool, best_sets, stars_within
from lxgeo.decide.plans.towers import cut_towers, towers_of
from lxgeo.decide.proof.bound import Bound
from lxgeo.decide.proof.duals import no_fines
from lxgeo.decide.regions.candidates import NOBODY
from lxgeo.decide.regions.instance import Instance, Ints, Shorts

_NOISE_M = (0.0, 5.0, 10.0, 20.0, 30.0, 40.0, 60.0, 80.0)
"""How much chance is mixed into the order of stars, start by start, metres."""

_STARS_A_UNIT = 100
_WIDEST_SLACK_CM = 20_000
_TIES_A_HOST = 20


def more_plans(
    instance: Instance,
    around: Neighbourhood,
    bound: Bound,
    random: Generator,
    stop: Callable[[], bool],
) -> Iterator[Found]:
    """Yield plans from other starts, without end.

    Parameters
    ----------
    instance
        The region.
    around
        Neighbourhood of the local search.
    bound
        Worth of the units, by which stars are ordered.
    random
        Source of chance.
    stop
        Asked by the local search.
    """
    stars = _low_stars(instance, around, bound.worth)
    towers = towers_of(instance)
    start = 0
    while True:
        noise = 100.0 * _NOISE_M[start % len(_NOISE_M)] * random.exponential(size=len(stars.cm))
        order = np.argsort(stars.reduced + noise, kind="stable").astype(np.int32)
        labels = _take(instance.units, stars.nodes, order, cut_towers(instance, towers, random))
        rest = np.arange(instance.units, dtype=np.int32)
        yield improve(instance, around, complete(instance, around.units, rest, labels), stop)
        start += 1


def _low_stars(instance: Instance, around: Neighbourhood, worth: Ints) -> Pool:
    """Return the stars of lowest reduced cost, about a hundred a unit.

    Where trade costs nothing, a building has more stars of the very same cost than can be held: of
    these a few of each host are as good as all.
    """
    slack = _WIDEST_SLACK_CM
    most = _STARS_A_UNIT * instance.units + 1000
    while slack:
        stars = stars_within(instance, around.units, worth, np.full(instance.nodes, slack), most)
        if stars is not None:
            return stars
        slack = slack * 3 // 5
    stars, _ = best_sets(instance, around.units, no_fines(instance, worth), _TIES_A_HOST, below=1)
    return stars


@njit(cache=True)
def _take(units: int, stars: Shorts, order: Shorts, labels: Shorts) -> Shorts:
    """Add stars to a plan in order, each that shares no node with those before; return labels."""
    used = np.zeros(max(units, stars.max() + 1 if stars.size else 1), dtype=np.bool_)
    used[:units] = labels != LEFT_OUT
    for star in order:
        free, first, last = True, units, NOBODY
        for node in stars[star]:
            if node != NOBODY:
                free = free and not used[node]
                first, last = min(first, node), max(last, node)
        for node in stars[star]:
            if free and node != NOBODY:
                used[node] = True
                if node < units:
                    labels[node] = first if last < units else last
    return labels
