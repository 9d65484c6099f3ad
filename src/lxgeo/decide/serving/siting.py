"""Where service centres should stand (党群服务中心): p-median and covering, proved by HiGHS.

*Sites* are places where a centre may stand, *demands* the places that it serves, each with a
weight (members, units). Distances are handed in; this room only decides.

The p-median is solved by Benders' cuts in closed form (Duran-Mateluna, Ales, Elloumi, "An
efficient Benders decomposition for the p-median problem", 2023): a demand costs at least the
distance at which the open sites make a whole one, less what each nearer site saves. Cuts come first
against fractional choices, then against whole ones, until a whole choice costs what they say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from lxgeo.errors import InputError, Words

Reals = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_CM = 100.0
_HALF = 0.5
_SLIGHT = 1e-6
_GROUPS = 8
"""Figures of the p-median's programme for each centre: groups of neighbouring demands."""
_NEVER = highspy.kHighsInf


@dataclass(frozen=True, eq=False)
class Siting:
    """Where centres stand, whom each serves, and how good that is at least.

    Parameters
    ----------
    sites : ndarray of int64
        Numbers of the chosen sites, ascending; those that were to be kept are among them.
    serves : ndarray of int64, shape (demands,)
        The nearest chosen site of each demand; -1 where none is within the limit.
    value
        What was optimised: weighted metres (`median`) or weight covered (`cover`).
    bound
        No other choice has a lower (`median`) or higher (`cover`) value.
    """

    sites: Ints
    serves: Ints
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How far from the best possible it can be, relative to its value."""
        return abs(self.value - self.bound) / self.value if self.value else 0.0


def go_on() -> bool:
    """Never stop."""
    return False


def median(
    metres: Reals,
    weight: Ints,
    centres: int,
    *,
    kept: Flags | None = None,
    stop: Callable[[], bool] = go_on,
) -> Siting:
    """Return the centres from which all demands have the shortest weighted way.

    Parameters
    ----------
    metres : ndarray of float64, shape (demands, sites)
        Way from each demand to each site, metres; all finite.
    weight : ndarray of int64, shape (demands,)
        How much each demand counts.
    centres
        How many centres there are to be, kept ones included.
    kept : ndarray of bool, shape (sites,)
        Sites where a centre stands already and stays.
    stop
        Asked now and then; once it says yes, the best so far is the answer.

    Raises
    ------
    InputError
        More centres are kept than there are to be, or more are to be than there are sites.
    """
    kept = np.zeros(metres.shape[1], dtype=bool) if kept is None else kept
    _check_count(centres, metres.shape[1], int(kept.sum()))
    # Places at one point are one demand, and whole centimetres make ties ties.
    rows, which = np.unique(np.round(metres * _CM), axis=0, return_inverse=True)
    weights = np.bincount(which.ravel(), weights=weight, minlength=len(rows)).astype(float)
    sites, proved = _Median(rows, weights, centres, kept).solved(stop)
    serves = sites[np.argmin(metres[:, sites], axis=1)]
    value = float(weights @ rows[:, sites].min(axis=1)) / _CM
    # Every choice costs whole centimetres.
    return Siting(sites, serves, value, min(value, float(np.floor(proved + _HALF)) / _CM))


def cover(
    within: Flags,
    weight: Ints,
    centres: int | None = None,
    *,
    kept: Flags | None = None,
    stop: Callable[[], bool] = go_on,
) -> Siting:
    """Return the centres that cover the most; the fewest that cover all where no number is given.

    Parameters
    ----------
    within : ndarray of bool, shape (demands, sites)
        Whether a demand is covered by a centre at a site.
    weight : ndarray of int64, shape (demands,)
        How much each demand counts.
    centres
        How many centres there are to be, kept ones included; as many as are needed if not given.
        A demand that no site covers is left alone.
    kept : ndarray of bool, shape (sites,)
        Sites where a centre stands already and stays.
    stop
        Asked now and then; once it says yes, the best so far is the answer.

    Returns
    -------
    Siting
        With a number: ``value`` and ``bound`` are weight covered. Without: numbers of centres.

    Raises
    ------
    InputError
        More centres are kept than there are to be, or more are to be than there are sites.
    """
    kept = np.zeros(within.shape[1], dtype=bool) if kept is None else kept
    if centres is not None:
        _check_count(centres, within.shape[1], int(kept.sum()))
    rows, which = np.unique(within[within.any(axis=1)], axis=0, return_inverse=True)
    held = weight[within.any(axis=1)]
    weights = np.bincount(which.ravel(), weights=held, minlength=len(rows)).astype(float)
    sites, proved = _covering(rows, weights, centres, kept, stop)
    covered = within[:, sites]
    serves = np.where(
        covered.any(axis=1), sites[np.argmax(covered, axis=1)] if len(sites) else -1, -1
    )
    if centres is None:
        return Siting(sites, serves, float(len(sites)), min(float(len(sites)), proved))
    value = float(weight[covered.any(axis=1)].sum())
    return Siting(sites, serves, value, max(value, proved))


def _check_count(centres: int, sites: int, kept: int) -> None:
    if centres > sites:
        raise InputError(
            Words(
                zh=f"要设 {centres} 个中心，可选地点只有 {sites} 个："
                "请减少个数，或补充场所、楼宇图层",
                en=f"{centres} centres asked for, {sites} places known: ask for fewer, or add"
                " venues or buildings",
            )
        )
    if centres < max(kept, 1):
        raise InputError(
            Words(
                zh=f"已有 {kept} 个中心保留，总数 {centres} 个不够",
                en=f"{kept} centres are kept: {centres} in all are too few",
            )
        )


def _covering(
    rows: Flags, weights: Reals, centres: int | None, kept: Flags, stop: Callable[[], bool]
) -> tuple[Ints, float]:
    """Return the chosen sites and a bound: weight covered, or how many centres it takes."""
    model = _Model(rows.shape[1], kept, cost=0.0 if centres is not None else 1.0)
    for demand, row in enumerate(rows):
        places = np.flatnonzero(row)
        missed = None if centres is None else model.add(weights[demand])
        model.at_least(None, missed, places)
    if centres is None:
        chosen, proved = model.solved(stop)
        return chosen, float(np.ceil(proved - _SLIGHT))
    model.limit(centres)
    chosen, proved = model.solved(stop)
    return chosen, float(weights.sum()) - proved


class _Median:
    """The p-median as a programme that grows by cuts; distances in centimetres."""

    def __init__(self, rows: Reals, weights: Reals, centres: int, kept: Flags) -> None:
        self.rows, self.weights, self.centres = rows, weights, centres
        self.order = np.argsort(rows, axis=1, kind="stable")
        self.ranked = np.take_along_axis(rows, self.order, axis=1)
        demands, self.sites = rows.shape
        # Neighbours share a figure: fewer, denser rows are solved much faster for few centres.
        self.groups = min(demands, _GROUPS * centres)
        place = np.argsort(np.lexsort(self.order[:, 2::-1].T))
        self.group = place * self.groups // demands
        self.solver = quiet_solver()
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.sites + self.groups, 1
        model.col_cost_ = np.repeat([0.0, 1.0], [self.sites, self.groups])
        model.col_lower_ = np.concatenate([kept.astype(float), self._summed(self.ranked[:, 0])])
        model.col_upper_ = np.concatenate(
            [np.ones(self.sites), self._summed(self.ranked[:, -1]) + _HALF]
        )
        model.row_lower_ = model.row_upper_ = np.array([float(centres)])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array([0, self.sites], dtype=np.int32)
        model.a_matrix_.index_ = np.arange(self.sites, dtype=np.int32)
        model.a_matrix_.value_ = np.ones(self.sites)
        self.solver.passModel(model)

    def solved(self, stop: Callable[[], bool]) -> tuple[Ints, float]:
        """Return the best sites and a bound on what any sites cost."""
        best, cost, bound = np.arange(0), np.inf, 0.0
        while True:
            self.solver.run()
            if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break
            bound = self.solver.getInfo().objective_function_value
            opened = np.array(self.solver.getSolution().col_value[: self.sites])
            sites = np.sort(np.argsort(-opened, kind="stable")[: self.centres])
            if (tried := self._cost(sites)) < cost:
                best, cost = sites, tried
            if stop() or not self._cut(opened):
                break
        if cost - bound <= _HALF or stop() or not len(best):
            return best, bound
        self._fix(cost - bound)
        return self._whole(best, bound, stop)

    def _whole(self, best: Ints, bound: float, stop: Callable[[], bool]) -> tuple[Ints, float]:
        cost = self._cost(best)
        kind = highspy.HighsVarType.kInteger
        for site in range(self.sites):
            self.solver.changeColIntegrality(site, kind)
        self.solver.cbMipInterrupt.subscribe(lambda event: event.interrupt() if stop() else None)
        while cost - bound > _HALF and not stop():
            self.solver.run()
            bound = max(bound, float(self.solver.getInfo().mip_dual_bound))
            opened = np.array(self.solver.getSolution().col_value[: self.sites])
            if len(opened) < self.sites:
                break
            sites = np.flatnonzero(opened > _HALF)
            if (tried := self._cost(sites)) < cost:
                best, cost = sites, tried
            if not self._cut(np.round(opened)):
                break
        return best, bound

    def _cost(self, sites: Ints) -> float:
        return float(self.weights @ self.rows[:, sites].min(axis=1))

    def _cut(self, opened: Reals) -> bool:
        """Add the cut of each demand that costs more than it is said to; return if there is one."""
        share = np.cumsum(opened[self.order], axis=1)
        # The first rank at which the sites so far make a whole one.
        rank = np.argmax(share >= 1 - _SLIGHT, axis=1)
        edge = np.take_along_axis(self.ranked, rank[:, None], axis=1)
        saved = np.maximum(edge - self.ranked, 0.0) * self.weights[:, None]
        by_site = np.zeros((self.groups, self.sites))
        np.add.at(by_site, (self.group[:, None], self.order), saved)
        edges = self._summed(edge[:, 0])
        least = edges - by_site @ opened
        said = np.array(self.solver.getSolution().col_value[self.sites :])
        short = np.flatnonzero(least > said + np.maximum(_SLIGHT * least, 1e-3))
        for group in short:
            saving = np.flatnonzero(by_site[group])
            columns = np.append(saving, self.sites + group).astype(np.int32)
            values = np.append(by_site[group, saving], 1.0)
            self.solver.addRow(edges[group], _NEVER, len(columns), columns, values)
        return bool(len(short))

    def _summed(self, each: Reals) -> Reals:
        """Return the weighted sum over the demands of each group."""
        weighted = self.weights * each
        return np.bincount(self.group, weighted, minlength=self.groups).astype(float)

    def _fix(self, slack: float) -> None:
        """Settle the sites that no choice better than the best known could turn."""
        reduced = np.array(self.solver.getSolution().col_dual[: self.sites])
        for site in np.flatnonzero(reduced > slack + 1):
            self.solver.changeColBounds(int(site), 0.0, 0.0)
        for site in np.flatnonzero(reduced < -slack - 1):
            self.solver.changeColBounds(int(site), 1.0, 1.0)


def quiet_solver() -> highspy.Highs:
    """Return a solver that says nothing, takes one thread and stops at the proved optimum."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", _HALF),
    ):
        solver.setOptionValue(option, value)
    return solver


class _Model:
    """Sites to choose (whole), and flags that follow from the choice."""

    def __init__(self, sites: int, kept: Flags, cost: float = 0.0) -> None:
        self.sites = sites
        self.cost: list[float] = [cost] * sites
        self.lower: list[float] = kept.astype(float).tolist()
        self.rows: list[NDArray[np.int64]] = []
        self.values: list[Reals] = []
        self.bounds: list[tuple[float, float]] = []

    def add(self, cost: float) -> int:
        """Add a flag; return its column."""
        self.cost.append(cost)
        self.lower.append(0.0)
        return len(self.cost) - 1

    def at_least(self, before: int | None, flag: int | None, sites: Ints) -> None:
        """Ask that one of the sites or the flag is on where the flag before is (or always)."""
        flags = [each for each in (flag, before) if each is not None]
        self.rows.append(np.concatenate([sites, np.array(flags, dtype=np.int64)]))
        values = np.ones(len(sites) + len(flags))
        if before is not None:
            values[-1] = -1.0
        self.values.append(values)
        self.bounds.append((1.0 if before is None else 0.0, highspy.kHighsInf))

    def limit(self, centres: int) -> None:
        """Ask for exactly so many sites."""
        self.rows.append(np.arange(self.sites))
        self.values.append(np.ones(self.sites))
        self.bounds.append((float(centres), float(centres)))

    def solved(self, stop: Callable[[], bool]) -> tuple[Ints, float]:
        """Return the sites chosen and the proved least cost."""
        solver = quiet_solver()
        solver.passModel(self._highs())
        solver.cbMipInterrupt.subscribe(lambda event: event.interrupt() if stop() else None)
        solver.run()
        values = np.array(solver.getSolution().col_value)[: self.sites]
        return np.flatnonzero(values > _HALF), float(solver.getInfo().mip_dual_bound)

    def _highs(self) -> Any:
        model = highspy.HighsLp()
        count = len(self.cost)
        model.num_col_, model.num_row_ = count, len(self.rows)
        model.col_cost_ = np.array(self.cost)
        model.col_lower_, model.col_upper_ = np.array(self.lower), np.ones(count)
        model.row_lower_ = np.array([low for low, _ in self.bounds])
        model.row_upper_ = np.array([high for _, high in self.bounds])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        sizes = [len(row) for row in self.rows]
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
        model.a_matrix_.index_ = np.concatenate(self.rows).astype(np.int32)
        model.a_matrix_.value_ = np.concatenate(self.values)
        whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        model.integrality_ = [whole] * self.sites + [part] * (count - self.sites)
        return model
