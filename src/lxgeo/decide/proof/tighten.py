"""A tight bound: column generation with cuts by knots (see `lxgeo.decide.proof.duals`).

The linear programme over all branches is solved by pricing: duals say which branches would pay,
the exact search under every host finds them. Then rows for violated knots cut off what no whole
plan could be, and so on until the bound stands still. Every bound on the way is proved over *all*
legal branches, by the least reduced cost under every host.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lxgeo.decide.plans.found import Columns, Found, joined
from lxgeo.decide.plans.stars import Pool, best_sets
from lxgeo.decide.proof.duals import Duals
from lxgeo.decide.proof.knots import fraction_of, violated
from lxgeo.decide.proof.master import Master, Relaxed
from lxgeo.decide.regions.candidates import Nearest, nearest_units
from lxgeo.decide.regions.instance import Instance, Ints

_EACH = 5
_PARTNERS = 320
_SHORT = 80
_FAR_OFF = 1e-3
_ALL = 1_500
"""Up to so many units, lists hold all partners; beyond, the last bound is priced over the rest."""
_CLOSE = 1e-5
_STALE = 2e-5
_STALE_ROUNDS, _SLACK_ROUNDS = 2, 4
_CUTS_A_UNIT = 0.5
_FEWEST_CUTS = 60


@dataclass(frozen=True, eq=False)
class Tight:
    """What was proved, and the branches that were met on the way.

    Parameters
    ----------
    cm
        No legal plan costs less, centimetres.
    duals
        With what it was proved.
    least : ndarray of int64, shape (nodes,)
        Least reduced cost of any set under each node as its cheapest host, at most 0.
    columns
        Branches of the linear programme.
    """

    cm: int
    duals: Duals
    least: Ints
    columns: Columns


def tighten(
    instance: Instance,
    best: Found,
    columns: Columns,
    rounds: int,
    stop: Callable[[], bool],
) -> Tight | None:
    """Return a better bound.

    Parameters
    ----------
    instance
        The region.
    best
        The best plan so far: once the bound reaches its cost, nothing is left to prove.
    columns
        Branches to begin with; the plan's are added.
    rounds
        Most rounds of cuts.
    stop
        Asked before every linear programme, and while it is solved.

    Returns
    -------
    Tight or None
        None where it was stopped before anything was proved.
    """
    whole = instance.units <= _ALL
    near = nearest_units(instance, instance.units if whole else _PARTNERS)
    master = Master(instance, joined([columns, best.columns]), stop)
    state = _State(instance, near, master, best.cm)
    last: list[int] = []
    for _ in range(rounds + 1):
        relaxed = state.solve(stop)
        if relaxed is None or state.done():
            break
        last.append(state.bound_cm)
        if len(last) > _STALE_ROUNDS and last[-1] - last[-1 - _STALE_ROUNDS] <= _STALE * last[-1]:
            break
        master.forget(_SLACK_ROUNDS)
        plan = fraction_of(instance.units, master.columns, relaxed.share)
        if not master.cut(violated(plan, instance.width, _most_cuts(instance))):
            break
    return state.proved(whole=whole)


class _State:
    """Column generation between two rounds of cuts, and the best that it proved."""

    def __init__(self, instance: Instance, near: Nearest, master: Master, upper: int) -> None:
        self._instance, self._near, self._master = instance, near, master
        self._short = Nearest(
            np.ascontiguousarray(near.who[:, :_SHORT]), np.ascontiguousarray(near.cm[:, :_SHORT])
        )
        self._upper = upper
        self._best: tuple[int, Duals, Ints] | None = None

    @property
    def bound_cm(self) -> int:
        """The best bound over the lists."""
        return 0 if self._best is None else self._best[0]

    def done(self) -> bool:
        """Return whether no plan can be cheaper than the best."""
        return self.bound_cm >= self._upper

    def solve(self, stop: Callable[[], bool]) -> Relaxed | None:
        """Return the fractional plan once no branch would make it much cheaper."""
        while not stop():
            relaxed = self._master.relax()
            if relaxed is None:
                break
            pool, least = best_sets(self._instance, self._short, relaxed.duals, _EACH)
            hoped = _value(relaxed.duals, least)  # no bound yet: the lists are too short
            far = relaxed.cm - hoped > _FAR_OFF * abs(relaxed.cm)
            if far and self._master.add(_columns(pool)):
                continue
            pool, least = best_sets(self._instance, self._near, relaxed.duals, _EACH)
            proved = _value(relaxed.duals, least)
            if self._best is None or proved > self._best[0]:
                self._best = proved, relaxed.duals, least
            near_enough = relaxed.cm - self.bound_cm <= _CLOSE * abs(relaxed.cm)
            if self.done() or not self._master.add(_columns(pool)) or near_enough:
                return relaxed
        return None

    def proved(self, *, whole: bool) -> Tight | None:
        """Return the best bound, priced over all units where the lists don't hold them."""
        if self._best is None:
            return None
        value, duals, least = self._best
        if not whole:
            nobody = np.empty((self._instance.nodes, 0), dtype=np.int32)
            everybody = Nearest(nobody, nobody.astype(np.int64))
            _, least = best_sets(self._instance, everybody, duals, 1)
            value = _value(duals, least)
        return Tight(value, duals, least, self._master.columns)


def _value(duals: Duals, least: Ints) -> int:
    return (
        int(duals.worth.sum())
        - int((duals.times * duals.fine).sum())
        + int(np.minimum(least, 0).sum())
    )


def _columns(pool: Pool) -> Columns:
    return Columns(np.sort(pool.nodes, axis=1), pool.cm)


def _most_cuts(instance: Instance) -> int:
    return max(_FEWEST_CUTS, int(_CUTS_A_UNIT * instance.units))
