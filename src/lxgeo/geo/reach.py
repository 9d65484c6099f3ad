"""Shortest ways along a network from each of many places to all the others within a limit.

Lengths are whole millimetres, so that a sum is the same in whatever order it is made: the same
distances on every machine. The search is Dijkstra's with a queue of buckets (Dial, CACM 12, 1969):
a node waits in the bucket of its length, once more for each shorter way that is found to it.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

from lxgeo.geo.chains import Ints

Shorts: TypeAlias = NDArray[np.int32]

NOWHERE = -1
"""The edge, node or spot of what stands on none."""
FAR = np.iinfo(np.int32).max
"""Not reached; no limit is as great: it is more than 2,000 km."""
_BUCKETS = 512
_NONE = -1


class Net(NamedTuple):
    """A network both ways: from node ``v`` lead ``begins[v]:begins[v + 1]``.

    Parameters
    ----------
    begins : ndarray of int64, shape (nodes + 1,)
        Compressed rows: each edge stands in the rows of both its ends.
    ways : ndarray of int32, shape (2 * edges, 2)
        The node that it leads to, and its length in millimetres.
    east : ndarray of int32, shape (nodes,)
        How far east each node is, millimetres.
    """

    begins: Ints
    ways: Shorts
    east: Shorts


class Doors(NamedTuple):
    """Where places meet the network; they stand in order from west to east.

    Parameters
    ----------
    east : ndarray of int32, shape (places,)
        How far east each is, in the measure of `Net.east`.
    one, other : ndarray of int64, shape (places,)
        The two nodes at the ends of a place's edge; -1 where it has none.
    to_one, to_other : ndarray of int64, shape (places,)
        How far the place is from them: straight to the edge, then along it.
    begins, place, mm : ndarray of int64
        The same by node: at node ``v`` end the ways to ``place[begins[v]:begins[v + 1]]``.
    near_begins, near, near_mm : ndarray of int64
        What else is known: ``near[near_begins[i]:near_begins[i + 1]]`` can be reached from place
        ``i`` without passing a node.
    """

    east: Shorts
    one: Ints
    other: Ints
    to_one: Ints
    to_other: Ints
    begins: Ints
    place: Ints
    mm: Ints
    near_begins: Ints
    near: Ints
    near_mm: Ints


@njit(cache=True)
def reached(  # noqa: C901, PLR0912, PLR0915 -- calls would cost more than the search itself
    net: Net, doors: Doors, first: int, limit: int, room: int, answers: tuple[Shorts, Shorts]
) -> tuple[int, Ints]:
    """Fill ``answers`` with what lies within the limit of each place, from ``first`` on.

    Only places that come after the one they are reached from are given: the way back is as long.

    Parameters
    ----------
    net, doors
        The network, and where the places meet it.
    first
        The place to go on from.
    limit
        Greatest distance, millimetres, itself included.
    room
        How many entries the queue may have at one search. (To let it grow here would cost as much
        time as the search: the arrays could then change under every line.)
    answers : two ndarray of int32
        Room for the places and their distances, millimetres: for at least as many as there are.

    Returns
    -------
    next
        The place to go on from; ``first`` itself where the queue was too short.
    counts : ndarray of int64
        How many answers each place from ``first`` to ``next`` has.
    """
    begins, ways, east = net
    place, mm = answers
    ends_begin, ends_place, ends_mm = doors.begins, doors.place, doors.mm
    places, nodes = len(doors.one), len(begins) - 1
    length = np.full(nodes, FAR, dtype=np.int32)
    seen = np.empty(nodes, dtype=np.int32)
    best = np.full(places, FAR, dtype=np.int32)
    # What waits: a node, the length it was found at, and what waits behind it in its bucket.
    node_of, far_of = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    behind = np.empty(room, dtype=np.int32)
    bucket = np.full(_BUCKETS + 1, _NONE, dtype=np.int32)
    width = limit // _BUCKETS + 1
    counts = np.zeros(places - first, dtype=np.int64)
    filled = 0
    here = first
    while here < places and filled + places - here <= len(place):
        start = filled
        for k in range(doors.near_begins[here], doors.near_begins[here + 1]):
            there, far = doors.near[k], doors.near_mm[k]
            if best[there] == FAR:
                place[filled] = there
                filled += 1
            best[there] = min(best[there], far)
        touched, waiting = 0, 0
        for end in range(2 if doors.one[here] >= 0 else 0):
            node = doors.other[here] if end else doors.one[here]
            far = doors.to_other[here] if end else doors.to_one[here]
            if far <= limit and far < length[node]:
                if length[node] == FAR:
                    seen[touched] = node
                    touched += 1
                length[node] = far
                level = far // width
                node_of[waiting], far_of[waiting], behind[waiting] = node, far, bucket[level]
                bucket[level] = waiting
                waiting += 1
        for level in range(_BUCKETS + 1):
            # What a node lets go may fall into its own bucket: that is emptied, too.
            while bucket[level] != _NONE:
                entry = bucket[level]
                bucket[level] = behind[entry]
                node, far = node_of[entry], far_of[entry]
                if far > length[node]:
                    continue
                for k in range(ends_begin[node], ends_begin[node + 1]):
                    there, beyond = ends_place[k], far + ends_mm[k]
                    if there > here and beyond <= limit:
                        if best[there] == FAR:
                            place[filled] = there
                            filled += 1
                        best[there] = min(best[there], beyond)
                if waiting + begins[node + 1] - begins[node] > room:
                    return here, counts[: here - first].copy()
                for k in range(begins[node], begins[node + 1]):
                    there, beyond = ways[k, 0], far + ways[k, 1]
                    if beyond <= limit and beyond < length[there]:
                        # Whom it leads to is as far east as here. A path is no shorter than the
                        # straight line; an eighth is left to the rounding of very short edges.
                        back = doors.east[here] - east[there]
                        if back > 0 and beyond + back - (back >> 3) > limit:
                            continue
                        if length[there] == FAR:
                            seen[touched] = there
                            touched += 1
                        length[there] = beyond
                        into = beyond // width
                        node_of[waiting], far_of[waiting] = there, beyond
                        behind[waiting] = bucket[into]
                        bucket[into] = waiting
                        waiting += 1
        for k in range(touched):
            length[seen[k]] = FAR
        for k in range(start, filled):
            mm[k] = best[place[k]]
            best[place[k]] = FAR
        counts[here - first] = filled - start
        here += 1
    return here, counts[: here - first].copy()
