"""Branches as sets of nodes, and the plan of a region that they make."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lxgeo.decide.regions.candidates import NOBODY
from lxgeo.decide.regions.instance import Instance, Ints, Shorts

LEFT_OUT = -1
"""Label of a unit that is in no branch."""


class Columns(NamedTuple):
    """Branches on their own: sets of nodes and what each costs.

    Parameters
    ----------
    nodes : ndarray of int32, shape (branches, width)
        Sorted node numbers, `NOBODY` first in a short row.
    cm : ndarray of int64, shape (branches,)
        Cost under the cheapest host.
    """

    nodes: Shorts
    cm: Ints


class Found(NamedTuple):
    """A plan of a region.

    Parameters
    ----------
    labels : ndarray of int32, shape (units,)
        Of each unit: the number of its fixed host, or of the first unit of its new branch, or
        `LEFT_OUT`.
    cm
        What it costs, units left out included, centimetres.
    columns
        Its branches.
    """

    labels: Shorts
    cm: int
    columns: Columns


def joined(pools: list[Columns]) -> Columns:
    """Return the branches of some pools, each set of nodes once, at its least cost."""
    width = max(pool.nodes.shape[1] for pool in pools)
    wide = [
        np.pad(pool.nodes, ((0, 0), (width - pool.nodes.shape[1], 0)), constant_values=NOBODY)
        for pool in pools
    ]
    nodes = np.sort(np.concatenate(wide), axis=1)
    cm = np.concatenate([pool.cm for pool in pools])
    order = np.lexsort((cm, *nodes.T[::-1]))
    nodes, cm = nodes[order], cm[order]
    new: NDArray[np.bool_] = np.ones(len(nodes), dtype=bool)
    new[1:] = (nodes[1:] != nodes[:-1]).any(axis=1)
    return Columns(nodes[new], cm[new])


def labels_of(instance: Instance, branches: Shorts) -> Shorts:
    """Return labels of the units, given the node numbers of each branch, `NOBODY` filling rows."""
    labels = np.full(instance.units, LEFT_OUT, dtype=np.int32)
    last = branches.max(axis=1, initial=NOBODY)
    first = np.where(branches == NOBODY, instance.nodes, branches).min(
        axis=1, initial=instance.nodes
    )
    name = np.where(last >= instance.units, last, first)
    inside = (branches != NOBODY) & (branches < instance.units)
    labels[branches[inside]] = np.repeat(name, inside.sum(axis=1))
    return labels


def found(instance: Instance, branches: Columns) -> Found:
    """Return the plan that these branches make; every other unit is left out."""
    labels = labels_of(instance, branches.nodes)
    alone = instance.node["alone_cm"][: instance.units][labels == LEFT_OUT]
    return Found(labels, int(branches.cm.sum()) + int(alone.sum()), branches)
