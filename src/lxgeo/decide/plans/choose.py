"""Choose among given branches: set partitioning, by HiGHS.

Each unit is in exactly one chosen branch or left out, each fixed host in at most one. The solver is
given reduced costs, which differ from costs by the same sum for every choice and are small numbers;
what it chooses is added up again in whole centimetres.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from lxgeo.decide.plans.found import Columns, Found, found, joined
from lxgeo.decide.proof.duals import Duals, no_fines, ties
from lxgeo.decide.regions.candidates import NOBODY
from lxgeo.decide.regions.instance import Instance, Ints, Reals

EXACT_CM = 0.5
"""Two whole numbers of centimetres closer than that are the same."""
_WITHIN = ("rens", "rins", "root_reduced_cost")
"""The solver's searches within its search: a start is at hand, and nothing can interrupt them."""


@dataclass(frozen=True, eq=False)
class Choice:
    """The best choice found among given branches.

    Parameters
    ----------
    found
        The plan.
    bound_cm
        No choice among the branches costs less, centimetres.
    """

    found: Found
    bound_cm: int


@dataclass(frozen=True)
class Patience:
    """How long to go on.

    Parameters
    ----------
    nodes
        Most nodes of a search tree: unlike time, the same on every machine.
    within_cm
        How near to the best is near enough, centimetres.
    stop
        Asked now and then whether to stop.
    work
        Most work, counted as the times that the solver asks whether to go on, each as much as
        there are branches to choose from; 0 for any. Few nodes can take long: the first most.
    """

    nodes: int
    within_cm: float
    stop: Callable[[], bool]
    work: int = 0


class _Over:
    """Whether patience is at an end, asked by the solver at the same points of any run."""

    def __init__(self, patience: Patience, columns: int) -> None:
        self._patience, self._columns, self._done = patience, columns, 0

    def __call__(self) -> bool:
        self._done += self._columns
        return 0 < self._patience.work < self._done or self._patience.stop()


def choose(
    instance: Instance, columns: Columns, worth: Ints, start: Found, patience: Patience
) -> Choice:
    """Return the cheapest choice among branches: `choose_fined`, with nothing but a worth."""
    return choose_fined(instance, columns, no_fines(instance, worth), start, patience)


def choose_fined(
    instance: Instance, columns: Columns, duals: Duals, start: Found, patience: Patience
) -> Choice:
    """Return the cheapest choice among branches, or the best found in the steps allowed.

    Parameters
    ----------
    instance
        The region.
    columns
        Branches to choose from; those of ``start`` are added.
    duals
        Worth of each unit, at most what leaving it out costs; and knots of units that carry a
        fine, whose rows go into the model: no choice breaks them, but fractions of choices do.
    start
        A plan to begin with.
    patience
        When to stop.
    """
    columns = joined([columns, start.columns])
    worth = duals.worth
    solver = _solver(instance, columns, worth)
    _add_knots(solver, columns, duals)
    solver.setOptionValue("mip_max_nodes", patience.nodes)
    solver.setOptionValue("mip_abs_gap", patience.within_cm)
    if patience.stop():
        return Choice(start, 0)
    over = _Over(patience, len(columns.cm))
    solver.cbMipInterrupt.subscribe(lambda event: event.interrupt() if over() else None)
    solver.setSolution(_start(columns, start))
    solver.run()
    best = _better(instance, columns, np.array(solver.getSolution().col_value), start)
    optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if optimal and patience.within_cm <= EXACT_CM:
        return Choice(best, best.cm)
    proved = solver.getInfo().mip_dual_bound
    if not np.isfinite(proved):
        return Choice(best, 0)
    return Choice(best, min(best.cm, int(worth.sum()) + int(np.floor(proved - EXACT_CM))))


def _solver(instance: Instance, columns: Columns, worth: Ints) -> highspy.Highs:
    """Return the model: a column a branch, then a column for leaving out each unit."""
    nodes, units, count = instance.nodes, instance.units, len(columns.cm)
    inside = columns.nodes != NOBODY
    worths = np.append(worth, np.zeros(nodes - units + 1, dtype=np.int64))  # NOBODY is the last
    alone = instance.node["alone_cm"][:units] - worth
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count + units, nodes
    model.col_cost_ = np.concatenate([columns.cm - worths[columns.nodes].sum(axis=1), alone])
    model.col_lower_, model.col_upper_ = np.zeros(count + units), np.ones(count + units)
    model.row_lower_ = np.repeat([1.0, 0.0], [units, nodes - units])
    model.row_upper_ = np.ones(nodes)
    sizes = np.concatenate([inside.sum(axis=1), np.ones(units, dtype=np.int64)])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    model.a_matrix_.index_ = np.concatenate([columns.nodes[inside], np.arange(units)])
    model.a_matrix_.value_ = np.ones(sizes.sum())
    model.integrality_ = [highspy.HighsVarType.kInteger] * (count + units)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, value)
    for search in _WITHIN:
        solver.setOptionValue(f"mip_heuristic_run_{search}", False)
    solver.passModel(model)
    return solver


def _add_knots(solver: highspy.Highs, columns: Columns, duals: Duals) -> None:
    """Say how often each knot is tied at most (`lxgeo.decide.proof.duals`)."""
    if not len(duals.fine):
        return
    first, knot, often = ties(columns.nodes, duals)
    column = np.repeat(np.arange(len(columns.cm)), np.diff(first))
    order = np.argsort(knot, kind="stable")
    rows = len(duals.fine)
    solver.addRows(
        rows,
        np.full(rows, -highspy.kHighsInf),
        duals.times.astype(np.float64),
        len(order),
        np.searchsorted(knot[order], np.arange(rows)).astype(np.int32),
        column[order].astype(np.int32),
        often[order].astype(np.float64),
    )


def _start(columns: Columns, start: Found) -> highspy.HighsSolution:
    """Return a plan as the solver's variables."""
    chosen = {_key(row) for row in start.columns.nodes}
    branches = [float(_key(row) in chosen) for row in columns.nodes]
    solution = highspy.HighsSolution()
    solution.col_value = branches + (start.labels < 0).astype(float).tolist()
    return solution


def _key(row: NDArray[np.int32]) -> tuple[int, ...]:
    return tuple(row[row != NOBODY].tolist())


def _better(instance: Instance, columns: Columns, values: Reals, start: Found) -> Found:
    """Return the plan that the solver chose, if it is one and cheaper than the start."""
    if len(values) < len(columns.cm):
        return start
    chosen = values[: len(columns.cm)] > EXACT_CM
    plan = Columns(columns.nodes[chosen], columns.cm[chosen])
    times = np.bincount(plan.nodes[plan.nodes != NOBODY], minlength=instance.nodes)
    if times.max(initial=0) > 1:
        return start
    other = found(instance, plan)
    return other if other.cm < start.cm else start
