"""What lies between two places: the straight line, a barrier on it, or the way on foot.

Pairs are told by *spots*: places that share a position and a building are one spot, and nothing
lies between them. The table holds each pair twice, once from either side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

STRAIGHT, CUT, WALKED = range(3)
"""All pairs go straight; all but those listed do; none but those listed are in reach, on foot."""


class Between(NamedTuple):
    """What lies between spots, as compressed rows.

    Parameters
    ----------
    kind
        `STRAIGHT`, `CUT` or `WALKED`.
    first : ndarray of int64, shape (spots + 1,)
        The pairs of spot ``s`` stand at ``first[s]:first[s + 1]``; empty where all go straight.
    other : ndarray of int32
        The other spot of each pair, ascending in a row.
    metres : ndarray of float64
        Of pairs that are `WALKED`: whole centimetres, never less than the straight line. Else
        empty.
    """

    kind: int
    first: NDArray[np.int64]
    other: NDArray[np.int32]
    metres: NDArray[np.float64]


def nothing_between() -> Between:
    """Return that all pairs go straight."""
    none = np.zeros(0)
    return Between(STRAIGHT, none.astype(np.int64), none.astype(np.int32), none)


def cut_between(spots: int, one: NDArray[np.intp], other: NDArray[np.intp]) -> Between:
    """Return that some pairs are cut off from each other, whatever the straight line between them.

    Parameters
    ----------
    spots
        How many spots there are.
    one, other
        The pairs, each told once.
    """
    if not len(one):
        return nothing_between()
    rows = np.concatenate([one, other])
    columns = np.concatenate([other, one])
    order = np.lexsort((columns, rows))
    counts = np.bincount(rows, minlength=spots)
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Between(CUT, first, columns[order].astype(np.int32), np.zeros(0))


def metres_by(
    between: Between,
    one: NDArray[np.int32],
    other: NDArray[np.int32],
    straight_m: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return how far it is from spots to spots, metres, shape (one, other).

    Parameters
    ----------
    between
        What lies between.
    one, other : ndarray of int32
        Spots.
    straight_m : ndarray of float64, shape (one, other)
        Straight lines between them.

    Returns
    -------
    ndarray of float64
        Infinite where no way leads from one to the other within anybody's limit.
    """
    if between.kind == STRAIGHT:
        return straight_m
    metres = straight_m.copy()
    for row, spot in enumerate(one):
        low, high = between.first[spot], between.first[spot + 1]
        known = between.other[low:high]
        at = np.searchsorted(known, other)
        listed = np.append(known, -1)[at] == other
        apart = other != spot
        if between.kind == CUT:
            metres[row, listed & apart] = np.inf
        else:
            walked = np.append(between.metres[low:high], np.inf)[at]
            metres[row, apart] = np.where(listed, walked, np.inf)[apart]
    return metres
