"""Seats with a limit each (the capacitated p-median), proved by HiGHS where it is small enough.

Once seats are chosen, who goes where is a transport problem, whose corners are whole: only the
seats are whole numbers in the programme, the ways to them are not.
"""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

from lxgeo.decide.serving.siting import quiet_solver

Reals = NDArray[np.float64]
Ints = NDArray[np.int64]

_MOST_NODES = 300
"""Branches of the search tree: a count, and no clock, so that every machine finds the same."""
_SLACK_M = 0.005


def seated(metres: Reals, weight: Ints, capacity: int, start: Ints) -> tuple[Ints, float]:
    """Return the best seats for a limit, and what no seats have less than.

    Parameters
    ----------
    metres : ndarray of float64, shape (spots, seats)
        Way from each spot to each place for a seat; the last spot may be nowhere, with no ways.
    weight : ndarray of int64, shape (spots,)
        Posts at each spot.
    capacity
        Most posts of one seat; several seats may stand at one place.
    start : ndarray of int64, shape (seats to choose,)
        Places to begin with, and as many as there are to be.

    Returns
    -------
    places : ndarray of int64
        Ascending, a place as often as seats stand there; ``start`` where nothing better is found.
    bound
        Metres.
    """
    places = metres.shape[1]
    solver = quiet_solver()
    for option, value in (("mip_max_nodes", _MOST_NODES), ("mip_abs_gap", _SLACK_M)):
        solver.setOptionValue(option, value)
    solver.passModel(_model(metres, weight, capacity, len(start)))
    first = np.bincount(start, minlength=places).astype(float)
    solver.setSolution(places, np.arange(places, dtype=np.int32), first)
    solver.run()
    found = np.array(solver.getSolution().col_value[:places])
    bound = max(0.0, float(solver.getInfo().mip_dual_bound))
    seats = np.repeat(np.arange(places), np.rint(found).astype(np.int64))
    return (seats if len(seats) == len(start) else np.sort(start)), bound


def _model(metres: Reals, weight: Ints, capacity: int, seats: int) -> highspy.HighsLp:
    """Return the programme: seats at places, then posts of each spot that go to each place."""
    spots, places = metres.shape
    pairs = spots * places
    pair = np.arange(pairs)
    of, at = pair // places, pair % places
    model = highspy.HighsLp()
    rows = 1 + spots + places + pairs
    model.num_col_, model.num_row_ = places + pairs, rows
    model.col_cost_ = np.concatenate([np.zeros(places), metres.ravel()])
    model.col_lower_ = np.zeros(places + pairs)
    model.col_upper_ = np.concatenate([np.full(places, float(seats)), weight[of].astype(float)])
    never = np.full(places + pairs, -highspy.kHighsInf)
    model.row_lower_ = np.concatenate([[float(seats)], weight.astype(float), never])
    model.row_upper_ = np.concatenate(
        [[float(seats)], weight.astype(float), np.zeros(places + pairs)]
    )
    column = places + pair.reshape(spots, places)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lengths = [places, *[places] * spots, *[spots + 1] * places, *[2] * pairs]
    model.a_matrix_.start_ = np.cumsum([0, *lengths]).astype(np.int32)
    limits = np.column_stack([column.T, np.arange(places)])
    links = np.column_stack([places + pair, at])
    model.a_matrix_.index_ = np.concatenate(
        [np.arange(places), column.ravel(), limits.ravel(), links.ravel()]
    ).astype(np.int32)
    model.a_matrix_.value_ = np.concatenate(
        [
            np.ones(places + pairs),
            np.tile(np.append(np.ones(spots), -float(capacity)), places),
            np.column_stack([np.ones(pairs), -np.minimum(weight[of], capacity)]).ravel(),
        ]
    )
    whole, share = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [whole] * places + [share] * pairs
    return model
