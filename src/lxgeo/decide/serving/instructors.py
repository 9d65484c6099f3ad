"""Instructors and liaisons (指导员、联络员): as few as a limit allows, each with posts near by.

Within a township *posts* (units without members, joint branches) go to *seats*, no more than
``capacity`` to each. Seats are the p-median's (`lxgeo.decide.serving.siting`), posts go to them by
the transport problem (a linear programme, solved by HiGHS), and each seat moves to the middle of
its posts as long as that makes the ways shorter. The p-median without the limit proves how short
they could be at best.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from lxgeo.decide.serving.limited import seated
from lxgeo.decide.serving.siting import median
from lxgeo.errors import InputError, Words

Reals = NDArray[np.float64]
Ints = NDArray[np.int64]

NO_SEAT = -1
_ROUNDS = 20
_MOST_PROVED = 45
"""Spots of a township whose seats are proved best for the limit."""
_MOST_SEATS = 600
"""Places for a seat that are looked at: more hardly bring anybody nearer."""


@dataclass(frozen=True, eq=False)
class Duty:
    """Who looks after whom in one township.

    Parameters
    ----------
    of : ndarray of int64, shape (posts,)
        Number of each post's instructor, from 0.
    seats : ndarray of int64, shape (instructors,)
        The post in the middle of each one's posts; `NO_SEAT` where none of them has a position.
    metres : ndarray of float64, shape (posts,)
        Straight line from each post to the seat; NaN where it has no position.
    tour_m : ndarray of float64, shape (instructors,)
        A round through all of one's posts, straight from post to post, metres.
    bound_m
        No seats and no assignment have ways that sum to less.
    """

    of: Ints
    seats: Ints
    metres: Reals
    tour_m: Reals
    bound_m: float


def fewest(posts: int, capacity: int) -> int:
    """Return how few instructors can look after so many posts."""
    return -(-posts // capacity)


def assign_posts(x: Reals, y: Reals, capacity: int) -> Duty:
    """Return who looks after which post: as few as can be, with short ways.

    Parameters
    ----------
    x, y : ndarray of float64, shape (posts,)
        Where each post is, metres; NaN where that is not known: it goes to whoever has room.
    capacity
        Most posts of one instructor.

    Raises
    ------
    InputError
        A capacity below one.
    """
    if capacity < 1:
        raise InputError(Words("每名指导员至少联系 1 家", "an instructor looks after one at least"))
    count = fewest(len(x), capacity)
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if not len(known):
        nowhere = np.full(len(x), np.nan)
        no_seat = np.full(count, NO_SEAT, dtype=np.int64)
        return Duty(np.arange(len(x)) // capacity, no_seat, nowhere, np.zeros(count), 0.0)
    seats, bound = _first_seats(x[known], y[known], min(count, len(known)))
    seats = np.append(known[seats], np.full(count - len(seats), NO_SEAT))
    of = _sent(_ways(x, y, seats), capacity)
    for _ in range(_ROUNDS):
        moved = _middles(x, y, of, seats)
        again = _sent(_ways(x, y, moved), capacity)
        if _sum(x, y, again, moved) >= _sum(x, y, of, seats):
            break
        of, seats = again, moved
    if NO_SEAT not in seats and (better := _proved(x, y, capacity, seats)) is not None:
        placed, proved = better
        bound = max(bound, proved)
        sent = _sent(_ways(x, y, placed), capacity)
        if _sum(x, y, sent, placed) < _sum(x, y, of, seats):
            of, seats = sent, placed
    ways = _ways(x, y, seats)[np.arange(len(x)), of]
    metres = np.where(np.isfinite(x) & (seats[of] != NO_SEAT), ways, np.nan)
    tours = [_round(x[mine], y[mine]) for k in range(count) for mine in [_placed(x, of, k)]]
    return Duty(of, seats, metres, np.array(tours), bound)


def _proved(x: Reals, y: Reals, capacity: int, seats: Ints) -> tuple[Ints, float] | None:
    """Return the best seats for the limit and what none has less than; None where too many."""
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    at = np.column_stack([x[known], y[known]])
    spots, first, which = np.unique(at, axis=0, return_index=True, return_inverse=True)
    if len(spots) > _MOST_PROVED:
        return None
    weight = np.bincount(which.ravel(), minlength=len(spots)).astype(np.int64)
    metres = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    if len(known) < len(x):
        # Who is nowhere takes up room and goes no way.
        weight = np.append(weight, len(x) - len(known))
        metres = np.vstack([metres, np.zeros(len(spots))])
    spot_of = dict(zip(known.tolist(), which.ravel().tolist(), strict=True))
    start = np.array([spot_of[seat] for seat in seats.tolist()], dtype=np.int64)
    places, bound = seated(metres, weight, capacity, start)
    return known[first[places]], bound


def _first_seats(x: Reals, y: Reals, count: int) -> tuple[Ints, float]:
    """Return posts to sit at, and what the ways sum to at least."""
    spots, first, which = np.unique(
        np.column_stack([x, y]), axis=0, return_index=True, return_inverse=True
    )
    count = min(count, len(spots))
    # Evenly spread over the list, which is sorted by position; all of them in most townships.
    some = np.unique(np.linspace(0, len(spots) - 1, min(len(spots), _MOST_SEATS)).astype(int))
    metres = np.hypot(
        spots[:, None, 0] - spots[None, some, 0], spots[:, None, 1] - spots[None, some, 1]
    )
    weight = np.bincount(which.ravel(), minlength=len(spots)).astype(np.int64)
    found = median(metres, weight, count)
    return first[some[found.sites]], found.bound if len(some) == len(spots) else 0.0


def _ways(x: Reals, y: Reals, seats: Ints) -> Reals:
    """Return metres from each post to each seat; 0 where either is nowhere."""
    metres = np.hypot(x[:, None] - x[None, seats], y[:, None] - y[None, seats])
    metres[:, seats == NO_SEAT] = 0.0
    return np.nan_to_num(metres, nan=0.0)


def _sent(metres: Reals, capacity: int) -> Ints:
    """Return the seat of each post: the transport problem, whose corners are whole."""
    posts, seats = metres.shape
    pair = np.arange(posts * seats)
    one = sparse.csr_array((np.ones(len(pair)), (pair // seats, pair)))
    room = sparse.csr_array((np.ones(len(pair)), (pair % seats, pair)))
    solved = linprog(
        metres.ravel(),
        A_ub=room,
        b_ub=np.full(seats, float(capacity)),
        A_eq=one,
        b_eq=np.ones(posts),
        bounds=(0, 1),
        method="highs-ds",
    )
    sent: Ints = np.argmax(solved.x.reshape(posts, seats), axis=1)
    return sent


def _placed(x: Reals, of: Ints, seat: int) -> Ints:
    return np.flatnonzero((of == seat) & np.isfinite(x))


def _middles(x: Reals, y: Reals, of: Ints, seats: Ints) -> Ints:
    """Return each seat moved to the post from which its posts are nearest together."""
    moved = seats.copy()
    for seat in range(len(seats)):
        mine = _placed(x, of, seat)
        if len(mine):
            apart = np.hypot(x[mine, None] - x[None, mine], y[mine, None] - y[None, mine])
            moved[seat] = mine[int(np.argmin(apart.sum(axis=0)))]
    return moved


def _sum(x: Reals, y: Reals, of: Ints, seats: Ints) -> float:
    return round(float(_ways(x, y, seats)[np.arange(len(x)), of].sum()), 3)


def _round(x: Reals, y: Reals) -> float:
    """Return the length of a round: to the nearest next, then uncrossed by pairs (2-opt)."""
    count = len(x)
    if count < 2:  # noqa: PLR2004 - nowhere to go
        return 0.0
    apart = np.hypot(x[:, None] - x[None], y[:, None] - y[None])
    order, left = [0], set(range(1, count))
    while left:
        here = order[-1]
        nearest = min(left, key=lambda each: (apart[here, each], each))
        order.append(nearest)
        left.remove(nearest)
    while _uncrossed(order, apart):
        pass
    return float(sum(apart[order[i - 1], order[i]] for i in range(count)))


def _uncrossed(order: list[int], apart: Reals) -> bool:
    """Turn stretches of a round that make it shorter; return whether there was one."""
    better = False
    for i in range(len(order) - 1):
        for j in range(i + 2, len(order) - (i == 0)):
            a, b, c, d = order[i], order[i + 1], order[j], order[(j + 1) % len(order)]
            if apart[a, c] + apart[b, d] < apart[a, b] + apart[c, d] - 1e-9:
                order[i + 1 : j + 1] = order[i + 1 : j + 1][::-1]
                better = True
    return better
