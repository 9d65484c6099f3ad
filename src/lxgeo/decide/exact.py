"""Exact solution of small regions.

A star whose reduced cost exceeds what a plan costs above the bound is in no cheaper plan. Where the
stars that remain are few, the best choice among them is the best plan, and its cost the bound.
"""

from __future__ import annotations

import numpy as np

from lxgeo.decide.bound import Bound
from lxgeo.decide.candidates import NOBODY, nearest_units
from lxgeo.decide.choose import Choice, Patience, choose
from lxgeo.decide.found import Columns, Found, found, joined
from lxgeo.decide.instance import Instance
from lxgeo.decide.partition import WIDEST, best_partition, branch_costs
from lxgeo.decide.stars import stars_within

_MOST_UNITS = 600
"""Beyond so many units the stars are too many anyway."""


def small_enough(instance: Instance) -> bool:
    """Return whether a region can be partitioned in one go."""
    return instance.nodes <= WIDEST and instance.nodes - instance.units <= 1


def partition_all(instance: Instance) -> Found:
    """Return the best plan of a region that is `small_enough`."""
    nodes = np.arange(instance.nodes, dtype=np.int32)
    nodes = np.roll(nodes, instance.nodes - instance.units)  # the fixed host first
    costs = branch_costs(instance, nodes)
    _, chosen = best_partition(instance, nodes, costs)
    rows, cm = [], []
    left = len(chosen) - 1
    while left:
        branch = int(chosen[left])
        members = [int(node) for i, node in enumerate(nodes) if branch >> i & 1]
        if len(members) > 1:
            rows.append(sorted([*members, *[NOBODY] * (instance.nodes - len(members))]))
            cm.append(int(costs[branch]))
        left ^= branch
    branches = np.array(rows, dtype=np.int32).reshape(-1, instance.nodes)
    return found(instance, Columns(branches, np.array(cm, dtype=np.int64)))


def close(
    instance: Instance, best: Found, bound: Bound, most_stars: int, patience: Patience
) -> Choice:
    """Return a better plan and a better bound, where the stars that matter are few enough.

    Parameters
    ----------
    instance
        The region.
    best, bound
        A plan and a bound to close the gap between.
    most_stars
        How many stars are few enough.
    patience
        When to stop.
    """
    unchanged = Choice(best, bound.cm)
    if best.cm <= bound.cm or instance.units > _MOST_UNITS or most_stars == 0:
        return unchanged
    near = nearest_units(instance, instance.units)
    slack = best.cm - 1 - bound.cm + np.minimum(bound.least, 0)
    stars = stars_within(instance, near, bound.worth, slack, most_stars)
    if stars is None:
        return unchanged
    columns = joined([Columns(stars.nodes, stars.cm)])
    choice = choose(instance, columns, bound.worth, best, patience)
    return Choice(choice.found, max(bound.cm, choice.bound_cm))
