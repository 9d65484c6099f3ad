"""Recombine plans: where two plans differ in separate places, take the cheaper way in each.

Units that two plans bring together, in one or the other, hang together; what does not hang together
can be chosen freely (partition crossover: Tinós, Whitley and Ochoa 2014). So two plans that differ
in k places are the ends of 2^k plans, and the best of all these is found by adding up.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from lxgeo.decide.plans.found import Columns, Found, found, joined
from lxgeo.decide.regions.candidates import NOBODY
from lxgeo.decide.regions.instance import Instance, Ints


def recombined(instance: Instance, plans: list[Found]) -> Found:
    """Return the best plan that taking over places, one plan after the other, leads to.

    Parameters
    ----------
    instance
        The region.
    plans
        Legal plans; the cheapest is the start.
    """
    order = sorted(plans, key=lambda plan: plan.cm)
    best, before = order[0], None
    while before is not best:
        before = best
        for other in order[1:]:
            best = _cross(instance, best, other)
    return best


def _cross(instance: Instance, one: Found, other: Found) -> Found:
    """Return the best plan between two, the first one if none is cheaper."""
    place = _places(instance, joined([one.columns, other.columns]))
    mine, theirs = (_costs(instance, plan, place) for plan in (one, other))
    theirs_cheaper = theirs < mine
    if not theirs_cheaper.any():
        return one
    kept = _of(one.columns, ~theirs_cheaper[place[_any_node(one.columns)]])
    taken = _of(other.columns, theirs_cheaper[place[_any_node(other.columns)]])
    return found(instance, joined([kept, taken]))


def _places(instance: Instance, columns: Columns) -> NDArray[np.int32]:
    """Return, for every node, the number of the place that it hangs together with."""
    count = (columns.nodes != NOBODY).sum(axis=1)
    first = np.repeat(_any_node(columns), count)
    nodes = columns.nodes[columns.nodes != NOBODY]
    ones = np.ones(len(nodes), dtype=np.int8)
    graph = coo_matrix((ones, (first, nodes)), shape=(instance.nodes, instance.nodes))
    _, place = connected_components(graph, directed=False)
    return np.asarray(place, dtype=np.int32)


def _costs(instance: Instance, plan: Found, place: NDArray[np.int32]) -> Ints:
    """Return what a plan costs in each place, centimetres."""
    costs = np.zeros(int(place.max()) + 1, dtype=np.int64)
    np.add.at(costs, place[_any_node(plan.columns)], plan.columns.cm)
    alone = np.flatnonzero(plan.labels == NOBODY)
    np.add.at(costs, place[alone], instance.node["alone_cm"][alone])
    return costs


def _any_node(columns: Columns) -> NDArray[np.int32]:
    return columns.nodes.max(axis=1, initial=NOBODY)


def _of(columns: Columns, which: NDArray[np.bool_]) -> Columns:
    return Columns(columns.nodes[which], columns.cm[which])
