"""The textbook model of the same problem, solved by HiGHS: who is under whom, who is a host.

::

    min  Σ cm(u,h)·x(u,h) + Σ open·y(h) + Σ thin·t(h) + Σ alone·o(u)
    y(u) + Σ x(u,h) + o(u) = 1          every unit hosts, is under a host, or is left out
    x(u,h) ≤ y(h)                       hosts only
    Σ x(u,h) ≤ 4·y(h)                   five units at most
    Σ full(u)·x(u,h) + (full(h) − 4)·y(h) + t(h) ≥ 0    three full members; exactly three is thin
    t(h) ≤ y(h)

Each unit may be under its cheapest hosts only, or the model grows too large to read in. The cap on
a branch's members is left away: five units of two members never meet it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from lxgeo.rules.cost import left_out_cm, thin_cm, to_cm
from planning.peers import FAR_CM, FREE, Groups, Problem

HOSTS = 15
"""Hosts that each unit may be under."""
_LEAST_S = 5.0
_HALF = 0.5
_THIN = 3

Rows = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], float, float]
"""Row numbers within a block, columns, values, and bounds of a block of rows."""


@dataclass
class Compact:
    """HiGHS on the compact model.

    Parameters
    ----------
    seconds
        Processor seconds that a township of a thousand units may take; others in proportion, five
        at least.
    bound_cm
        What it proved in all townships so far, centimetres; among the hosts allowed only.
    """

    seconds: float
    bound_cm: float = 0.0

    def __call__(self, problem: Problem) -> Groups:
        """Return the best groups found within the limit."""
        unit, host = _pairs(problem)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1)):
            solver.setOptionValue(option, value)
        solver.passModel(_model(problem, unit, host))
        end = time.process_time() + max(_LEAST_S, self.seconds * len(problem) / 1000)
        solver.cbMipInterrupt.subscribe(
            lambda event: event.interrupt() if time.process_time() > end else None
        )
        solver.run()
        bound = solver.getInfo().mip_dual_bound
        self.bound_cm += float(bound) if np.isfinite(bound) else 0.0
        values = np.array(solver.getSolution().col_value)
        groups = np.full(len(problem), FREE, dtype=np.int64)
        if len(values):
            under = values[: len(unit)] > _HALF
            hosting = values[len(unit) : len(unit) + len(problem)] > _HALF
            groups[hosting] = np.flatnonzero(hosting)
            groups[unit[under]] = host[under]
        return groups


def _pairs(problem: Problem) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return units and hosts of the cheapest pairs."""
    cm = problem.cm.copy()
    np.fill_diagonal(cm, FAR_CM)
    hosts = np.argsort(cm, axis=1, kind="stable")[:, :HOSTS]
    units = np.repeat(np.arange(len(problem)), hosts.shape[1])
    near = cm[units, hosts.ravel()] < FAR_CM
    return units[near], hosts.ravel()[near]


def _model(problem: Problem, unit: NDArray[np.int64], host: NDArray[np.int64]) -> highspy.HighsLp:
    policy, n, p = problem.policy, len(problem), len(unit)
    each, pair = np.arange(n), np.arange(p)
    x, y, t, o = pair, p + each, p + n + each, p + 2 * n + each
    ones, many = np.ones(n), np.ones(p)
    room, least = policy.joint_max_units - 1.0, policy.joint_min_full
    full = problem.full.astype(float)
    block = np.concatenate
    thin = thin_cm(_THIN, policy)
    blocks: list[tuple[int, Rows]] = [
        (n, (block([unit, each, each]), block([x, y, o]), block([many, ones, ones]), 1.0, 1.0)),
        (p, (block([pair, pair]), block([x, y[host]]), block([many, -many]), -np.inf, 0.0)),
        (n, (block([host, each]), block([x, y]), block([many, -room * ones]), -np.inf, 0.0)),
        (
            n,
            (
                *(block([host, each, each]), block([x, y, t])),
                *(block([full[unit], full - least - 1, ones]), 0.0, np.inf),
            ),
        ),
        (n, (block([each, each]), block([t, y]), block([ones, -ones]), -np.inf, 0.0)),
    ]
    starts = np.cumsum([0, *(size for size, _ in blocks)])
    pieces = list(zip(starts, blocks, strict=False))
    matrix = csc_array(
        (
            block([values for _, (_, (_, _, values, _, _)) in pieces]),
            (
                block([at + rows for at, (_, (rows, _, _, _, _)) in pieces]),
                block([columns for _, (_, (_, columns, _, _, _)) in pieces]),
            ),
        ),
        shape=(int(starts[-1]), p + 3 * n),
    )
    alone = [float(left_out_cm(float(limit), policy)) for limit in problem.sites.limit_m]
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = block(
        [problem.cm[unit, host].astype(float), to_cm(policy.branch_m) * ones, thin * ones, alone]
    )
    model.col_lower_, model.col_upper_ = np.zeros(p + 3 * n), np.ones(p + 3 * n)
    model.row_lower_ = block([np.full(size, rows[3]) for size, rows in blocks])
    model.row_upper_ = block([np.full(size, rows[4]) for size, rows in blocks])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data
    model.integrality_ = [highspy.HighsVarType.kInteger] * (p + 3 * n)
    return model
