"""What was found one way, between spots, as a matrix both ways, between all who stand on them."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from lxgeo.geo.chains import Ints, grouped
from lxgeo.geo.reach import NOWHERE, Shorts

Rows = tuple[Ints, Shorts, NDArray[np.float64]]


def both_ways(counts: Ints, other: Shorts, mm: Shorts, spot: Ints) -> Rows:
    """Return the compressed rows of a symmetric matrix, sorted by column.

    Parameters
    ----------
    counts : ndarray of int64, shape (spots,)
        How many later spots each spot has within reach.
    other, mm : ndarray of int32
        Those spots, and how far they are, millimetres: spot by spot.
    spot : ndarray of int64, shape (places,)
        Where each place stands; -1 for nowhere: its row stays empty.

    Returns
    -------
    begins, column, metres
        As `scipy.sparse.csr_array` holds them. Places on one spot are 0 m from each other and from
        themselves.
    """
    spots = len(counts)
    one = np.repeat(np.arange(spots), counts)
    earlier, order = grouped(other.astype(np.int64), spots)
    later = np.concatenate([[0], np.cumsum(counts)])
    standing = np.bincount(spot[spot >= 0], minlength=spots)
    members, member = grouped(spot[spot >= 0], spots)
    reach = standing + np.bincount(one, weights=standing[other], minlength=spots).astype(np.int64)
    reach += np.bincount(other, weights=standing[one], minlength=spots).astype(np.int64)
    sizes = np.where(spot >= 0, reach[spot] if spots else 0, 0)
    begins = np.concatenate([[0], np.cumsum(sizes)])
    column, metres = np.empty(begins[-1], dtype=np.int32), np.empty(begins[-1])
    _fill(
        begins[:-1].copy(),
        (column, metres),
        spot,
        (members, np.flatnonzero(spot >= 0)[member]),
        (later, other, mm),
        (earlier, one[order].astype(np.int32), mm[order]),
    )
    return begins, column, metres


@njit(cache=True)
def _fill(
    free: Ints,
    rows: tuple[Shorts, NDArray[np.float64]],
    spot: Ints,
    standing: tuple[Ints, Ints],
    later: tuple[Ints, Shorts, Shorts],
    earlier: tuple[Ints, Shorts, Shorts],
) -> None:
    """Write each place into the rows of all that reach it: place by place, so rows are sorted."""
    column, metres = rows
    members, member = standing
    for place in range(len(spot)):
        here = spot[place]
        if here == NOWHERE:
            continue
        for k in range(members[here], members[here + 1]):
            row = member[k]
            column[free[row]], metres[free[row]] = place, 0.0
            free[row] += 1
        for begins, others, mm in (later, earlier):
            for k in range(begins[here], begins[here + 1]):
                far = mm[k] / 1000
                there = others[k]
                for m in range(members[there], members[there + 1]):
                    row = member[m]
                    column[free[row]], metres[free[row]] = place, far
                    free[row] += 1
