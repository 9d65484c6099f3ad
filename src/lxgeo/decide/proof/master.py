"""The linear programme over branches, solved by HiGHS, that grows by columns and by rows.

Each unit is covered once or left out, each fixed host takes at most one branch, and each knot of
units is tied no more often than a plan can (`lxgeo.decide.proof.duals`). Costs stand in metres;
whoever proves something with the answer rounds it to whole centimetres first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import highspy
import numpy as np
from numpy.typing import NDArray

from lxgeo.decide.plans.found import Columns
from lxgeo.decide.proof.duals import Duals, Knots, all_knots, no_knots, ties, with_fines
from lxgeo.decide.regions.candidates import NOBODY
from lxgeo.decide.regions.instance import Instance, Ints, Reals, Shorts

_CM = 100.0
_NEVER = highspy.kHighsInf
_DUAL, _PRIMAL = 1, 4
_FEW = 20
"""So few slack rows are not worth taking out."""


class Relaxed(NamedTuple):
    """The best fractional plan.

    Parameters
    ----------
    cm
        What it costs, centimetres.
    share : ndarray of float64, shape (branches,)
        How much of each branch it takes.
    left_out : ndarray of float64, shape (units,)
        How much of each unit it leaves out.
    duals
        Worth of units and fines on knots, rounded.
    """

    cm: float
    share: Reals
    left_out: Reals
    duals: Duals


class Master:
    """A linear programme that keeps its basis while it grows.

    Parameters
    ----------
    instance
        The region.
    columns
        Branches to begin with.
    stop
        Asked at every step of the solver: of many branches, one programme takes seconds.
    """

    def __init__(self, instance: Instance, columns: Columns, stop: Callable[[], bool]) -> None:
        self._instance = instance
        self._keys: set[bytes] = set()
        self._slack = np.zeros(0, dtype=np.int64)
        self.knots = no_knots()
        self.columns = Columns(
            np.empty((0, instance.width), dtype=np.int32), np.empty(0, dtype=np.int64)
        )
        self._solver = _empty(instance)
        self._solver.cbSimplexInterrupt.subscribe(
            lambda event: event.interrupt() if stop() else None
        )
        self._has_new_rows = False
        self.add(columns)

    def add(self, columns: Columns) -> int:
        """Add those branches that are new; return how many are."""
        nodes = np.full((len(columns.cm), self._instance.width), NOBODY, dtype=np.int32)
        nodes[:, nodes.shape[1] - columns.nodes.shape[1] :] = np.sort(columns.nodes, axis=1)
        new = [i for i, row in enumerate(nodes) if self._is_new(row.tobytes())]
        if not new:
            return 0
        fresh = Columns(nodes[new], columns.cm[new])
        inside = fresh.nodes != NOBODY
        first, knot, often = ties(fresh.nodes, self._indexed(self.knots))
        of_node = np.nonzero(inside)[0]
        of_knot = np.repeat(np.arange(len(new)), np.diff(first))
        rows = np.concatenate([fresh.nodes[inside], knot + self._instance.nodes])
        values = np.concatenate([np.ones(len(of_node)), often])
        self._add_columns(fresh.cm / _CM, np.concatenate([of_node, of_knot]), rows, values)
        self.columns = Columns(
            np.concatenate([self.columns.nodes, fresh.nodes]),
            np.concatenate([self.columns.cm, fresh.cm]),
        )
        return len(new)

    def cut(self, knots: Knots) -> int:
        """Add rows for knots that have none yet; return how many."""
        self._has_new_rows = True
        have = set(self.knots.keys())
        new = np.array([i for i, key in enumerate(knots.keys()) if key not in have], dtype=np.int64)
        if not len(new):
            return 0
        fresh = knots.taken(new)
        first, knot, often = ties(self.columns.nodes, self._indexed(fresh))
        column = np.repeat(np.arange(len(self.columns.cm)), np.diff(first))
        order = np.argsort(knot, kind="stable")
        starts = np.searchsorted(knot[order], np.arange(len(new)))
        self._solver.addRows(
            len(new),
            np.full(len(new), -_NEVER),
            fresh.times.astype(np.float64),
            len(order),
            starts.astype(np.int32),
            (column[order] + self._instance.units).astype(np.int32),
            often[order].astype(np.float64),
        )
        self.knots = all_knots([self.knots, fresh])
        self._slack = np.append(self._slack, np.zeros(len(new), dtype=np.int64))
        return len(new)

    def forget(self, rounds: int) -> None:
        """End a round: take out the rows that were slack for so many rounds, if they are many."""
        self._slack += 1
        old = np.flatnonzero(self._slack > rounds)
        if len(old) < _FEW:
            return
        rows = (old + self._instance.nodes).astype(np.int32)
        self._solver.deleteRows(len(rows), rows)
        keep = self._slack <= rounds
        self.knots, self._slack = self.knots.taken(np.flatnonzero(keep)), self._slack[keep]

    def relax(self) -> Relaxed | None:
        """Return the best fractional plan, None if it was stopped on the way."""
        self._solver.setOptionValue("simplex_strategy", _DUAL if self._has_new_rows else _PRIMAL)
        self._has_new_rows = False
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kInterrupt:
            return None
        solution = self._solver.getSolution()
        dual, value = np.array(solution.row_dual), np.array(solution.col_value)
        units, nodes = self._instance.units, self._instance.nodes
        alone = self._instance.node["alone_cm"][:units]
        worth = np.minimum(_centimetres(dual[:units]), alone)
        fine = np.maximum(0, _centimetres(-dual[nodes:]))
        fined = fine > 0
        self._slack = np.where(fined, 0, self._slack)
        knots = self.knots.taken(np.flatnonzero(fined))
        duals = with_fines(self._instance, worth, knots, fine[fined])
        cost = _CM * self._solver.getInfo().objective_function_value
        return Relaxed(cost, value[units:], value[:units], duals)

    def _indexed(self, knots: Knots) -> Duals:
        none = np.zeros_like(knots.grip)
        return with_fines(self._instance, none[:0], knots, none)

    def _is_new(self, key: bytes) -> bool:
        known = key in self._keys
        self._keys.add(key)
        return not known

    def _add_columns(
        self, cost: Reals, column: NDArray[np.intp], row: Shorts, value: Reals
    ) -> None:
        order = np.argsort(column, kind="stable")
        starts = np.searchsorted(column[order], np.arange(len(cost)))
        self._solver.addCols(
            len(cost),
            cost,
            np.zeros(len(cost)),
            np.full(len(cost), _NEVER),
            len(order),
            starts.astype(np.int32),
            row[order].astype(np.int32),
            value[order],
        )


def _centimetres(metres: Reals) -> Ints:
    return np.floor(_CM * metres + 0.5).astype(np.int64)


def _empty(instance: Instance) -> highspy.Highs:
    """Return the programme without branches: every unit may be left out."""
    units, nodes = instance.units, instance.nodes
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = units, nodes
    model.col_cost_ = instance.node["alone_cm"][:units] / _CM
    model.col_lower_, model.col_upper_ = np.zeros(units), np.full(units, _NEVER)
    model.row_lower_ = np.repeat([1.0, -_NEVER], [units, nodes - units])
    model.row_upper_ = np.ones(nodes)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.arange(units + 1, dtype=np.int32)
    model.a_matrix_.index_ = np.arange(units, dtype=np.int32)
    model.a_matrix_.value_ = np.ones(units)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1)):
        solver.setOptionValue(option, value)
    solver.passModel(model)
    return solver
