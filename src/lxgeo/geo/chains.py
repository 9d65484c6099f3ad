"""Segments between vertices as edges between junctions: what lies in between is an edge's shape.

A street of fifty vertices between two crossings is one edge, so that a search takes one step where
the map has fifty.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

_THROUGH = 2  # segments that meet where a street only bends


class Chains(NamedTuple):
    """Edges as chains of vertices.

    Parameters
    ----------
    at : ndarray of int64, shape (edges + 1,)
        Edge ``e`` runs along ``line[at[e]:at[e + 1]]``, its two ends among them.
    line : ndarray of int64
        Vertices.
    """

    at: Ints
    line: Ints


def grouped(keys: Ints, count: int) -> tuple[Ints, Ints]:
    """Return where each key's group begins (shape ``(count + 1,)``), and the order of the groups.

    Parameters
    ----------
    keys : ndarray of int64
        Numbers from 0 to ``count - 1``; within a group the order stays.
    """
    begins = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(keys, minlength=count), out=begins[1:])
    return begins, np.argsort(keys, kind="stable")


def chained(first: Ints, second: Ints, count: int) -> Chains:
    """Return the edges that segments form.

    Parameters
    ----------
    first, second : ndarray of int64, shape (segments,)
        The two vertices of each segment: different ones, and no segment twice.
    count
        How many vertices there are.

    Returns
    -------
    Chains
        Edges end where one, three or more segments meet; a ring that meets nothing begins and ends
        at its smallest vertex. Every segment is in exactly one edge.
    """
    segments = len(first)
    begins, order = grouped(np.concatenate([first, second]), count)
    neighbour = np.concatenate([second, first])[order]
    degree = np.diff(begins)
    chains = _follow(begins, neighbour, order % max(segments, 1), degree != _THROUGH)
    return Chains(*chains)


@njit(cache=True)
def _follow(begins: Ints, neighbour: Ints, segment: Ints, junction: Flags) -> tuple[Ints, Ints]:
    segments = len(neighbour) // 2
    walked = np.zeros(segments, dtype=np.bool_)
    at = np.zeros(segments + 1, dtype=np.int64)
    line = np.empty(2 * segments, dtype=np.int64)
    edges = filled = 0
    for rings in (False, True):
        for vertex in range(len(begins) - 1):
            if junction[vertex] == rings:
                continue
            for half in range(begins[vertex], begins[vertex + 1]):
                if walked[segment[half]]:
                    continue
                line[filled] = vertex
                here = half
                while True:
                    walked[segment[here]] = True
                    filled += 1
                    there = neighbour[here]
                    line[filled] = there
                    if junction[there] or there == vertex:
                        break
                    here = begins[there]
                    if walked[segment[here]]:
                        here += 1
                filled += 1
                edges += 1
                at[edges] = filled
    return at[: edges + 1].copy(), line[:filled].copy()
