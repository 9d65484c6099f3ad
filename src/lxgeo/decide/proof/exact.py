"""Exact solution of small regions, and closing the gap of the others.

A set of units whose reduced cost exceeds what a plan costs above the bound is in no cheaper plan.
Where the sets that remain are few, the best choice among them is the best plan, and its cost the
bound; where they are too many, those of lowest reduced cost are the ones to choose from.
"""

from __future__ import annotations

import numpy as np

from lxgeo.decide.plans.choose import Choice, Patience, choose_fined
from lxgeo.decide.plans.found import Columns, Found, found
from lxgeo.decide.plans.partition import WIDEST, best_partition, branch_costs
from lxgeo.decide.plans.stars import sets_within
from lxgeo.decide.proof.duals import ties
from lxgeo.decide.proof.tighten import Tight
from lxgeo.decide.regions.candidates import NOBODY, nearest_units
from lxgeo.decide.regions.instance import Instance, Ints

_MOST_UNITS = 1_500
"""Beyond so many units the sets are too many anyway."""
_FEW_UNITS = 400
_SHARES = (1.0, 0.75, 0.6, 0.45, 0.3)
"""How much of the gap is looked into, of up to so many units, until the sets are few enough."""
_SETS_A_UNIT, _FEWEST_SETS = 3, 2_000


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


def choose_met(instance: Instance, best: Found, tight: Tight, patience: Patience) -> Found:
    """Return the best plan of the branches that were met while the bound was proved."""
    reduced = _reduced(tight.columns, tight)
    worst = max(_FEWEST_SETS, _SETS_A_UNIT * instance.units)
    low = np.flatnonzero(reduced <= best.cm - tight.cm)
    low = low[np.argsort(reduced[low], kind="stable")][:worst]
    columns = Columns(tight.columns.nodes[low], tight.columns.cm[low])
    return choose_fined(instance, columns, tight.duals, best, patience).found


def close(
    instance: Instance, best: Found, tight: Tight, most_sets: int, patience: Patience
) -> Choice:
    """Return the best plan and its proof, where the sets that matter are few enough.

    Parameters
    ----------
    instance
        The region.
    best, tight
        A plan and a bound to close the gap between.
    most_sets
        How many sets are few enough.
    patience
        When to stop.
    """
    unchanged = Choice(best, tight.cm)
    if best.cm <= tight.cm or instance.units > _MOST_UNITS or most_sets == 0:
        return unchanged
    if patience.stop():
        return unchanged
    near = nearest_units(instance, instance.units)
    for share in _SHARES[: len(_SHARES) if instance.units <= _FEW_UNITS else 1]:
        within = int(share * (best.cm - 1 - tight.cm))
        slack = within + np.minimum(tight.least, 0)
        sets = sets_within(instance, near, tight.duals, slack, most_sets)
        if sets is not None:
            break
    else:
        return unchanged
    columns = Columns(np.sort(sets.nodes, axis=1), sets.cm)
    choice = choose_fined(instance, columns, tight.duals, best, patience)
    # A plan with any other set costs more than the bound and what was looked within.
    return Choice(choice.found, max(tight.cm, min(choice.bound_cm, tight.cm + within + 1)))


def _reduced(columns: Columns, tight: Tight) -> Ints:
    """Return the reduced cost of branches, fines included."""
    first, knot, often = ties(columns.nodes, tight.duals)
    fines = np.concatenate([[0], np.cumsum(often * tight.duals.fine[knot])])
    units = len(tight.duals.worth)
    worth = np.append(tight.duals.worth, 0)
    whose = np.where((columns.nodes == NOBODY) | (columns.nodes >= units), units, columns.nodes)
    reduced: Ints = columns.cm - worth[whose].sum(axis=1) + fines[first[1:]] - fines[first[:-1]]
    return reduced
