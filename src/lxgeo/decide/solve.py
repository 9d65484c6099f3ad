"""One region from start to end: a plan, and a bound that proves how good it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import islice
from types import MappingProxyType

import numpy as np
from numpy.random import Generator

from lxgeo.decide.plans.choose import EXACT_CM, Choice, Patience, choose
from lxgeo.decide.plans.found import LEFT_OUT, Columns, Found, joined
from lxgeo.decide.plans.greedy import greedy
from lxgeo.decide.plans.recombine import recombined
from lxgeo.decide.plans.search import Neighbourhood, improve
from lxgeo.decide.plans.starts import more_plans
from lxgeo.decide.plans.towers import cut_towers, towers_of
from lxgeo.decide.proof.bound import Bound, prove
from lxgeo.decide.proof.counting import count_hosts
from lxgeo.decide.proof.exact import choose_met, close, partition_all, small_enough
from lxgeo.decide.proof.tighten import tighten
from lxgeo.decide.proof.unplaced import least_left_out
from lxgeo.decide.regions.candidates import nearest_hosts, nearest_units
from lxgeo.decide.regions.instance import Instance, Shorts

_NEAR_HOSTS = 8
_FEW = 200
"""Up to so many units, cuts prove what counting doesn't."""
_MOST_CHOSEN_FROM = 5_000
"""Beyond so many units a choice among all branches met takes longer than all else."""
_TO_THE_END = 100
"""Up to so many units, a plan is proved to be the best; beyond, the last share takes too long."""
_TREE_TO_THE_END, _TREE_BEYOND = 5_000, 150
_NEVER_THE_LAST_WORD = 0.05
"""A gap above that is mostly a unit left out in need: then a region is tried as hard as can be."""
_NEARLY_TO_THE_END = 160
"""Most units of a region that is searched nearly to the end."""
_WORK, _MUCH_WORK = 1_500_000, 6_000_000
"""Most work of a choice in a region of up to so many units, by standard and best effort."""
_NEARER = 1e-4
_NEAR_ENOUGH = 5e-4
"""Share of the cost within which a choice among branches is good enough."""


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Parameters
    ----------
    near
        Nearest units that the local search looks at.
    groups
        How many neighbours of a branch it looks at.
    widest
        Most nodes that it re-partitions at once: one more takes twice the time, and many starts
        gain more.
    steps
        Most steps towards the highest bound.
    starts
        Starts of the local search besides the first.
    tree
        Most nodes of the solver's search tree.
    tight
        Most units of a region whose bound is tightened.
    rounds
        Most rounds of cuts that tighten it.
    sets
        Most sets of units among which a region is solved exactly.
    """

    near: int
    groups: int
    widest: int
    steps: int
    starts: int
    tree: int
    tight: int
    rounds: int
    sets: int


EFFORTS = MappingProxyType(
    {
        "fast": Effort(40, 5, 10, 150, starts=0, tree=0, tight=0, rounds=0, sets=0),
        "standard": Effort(80, 8, 11, 800, starts=6, tree=100, tight=200, rounds=10, sets=5_000),
        "best": Effort(80, 8, 11, 800, starts=12, tree=500, tight=2_500, rounds=30, sets=30_000),
    }
)
"""How hard each effort tries; the answer to it depends on nothing else but input and seed."""


@dataclass(frozen=True, eq=False)
class Task:
    """A region to solve.

    Parameters
    ----------
    region
        Its name.
    instance
        Its arrays.
    effort
        A name of `EFFORTS`.
    seed
        Where chance starts from; each region draws its own.
    stop
        Asked now and then; once it says yes, the best so far is the answer.
    """

    region: str
    instance: Instance
    effort: str
    seed: int
    stop: Callable[[], bool]


@dataclass(frozen=True, eq=False)
class Answer:
    """A region's plan.

    Parameters
    ----------
    region
        Its name.
    labels : ndarray of int32, shape (units,)
        Of each unit: its fixed host, or the first unit of its new branch, or -1 if left out.
    cost_cm, bound_cm
        Cost of the plan and a lower bound over all legal plans, centimetres.
    stopped
        Whether it was cut short.
    seconds
        Left at 0: who maps `solve` over regions may tell how long it took.
    left_out_min
        Every legal plan leaves out so many units at least.
    """

    region: str
    labels: Shorts
    cost_cm: int
    bound_cm: int
    stopped: bool
    seconds: float = 0.0
    left_out_min: int = 0


class _Stop:
    """Remember that somebody said stop."""

    def __init__(self, asked: Callable[[], bool]) -> None:
        self.asked = asked
        self.said = False

    def __call__(self) -> bool:
        self.said = self.said or self.asked()
        return self.said


def solve(task: Task) -> Answer:
    """Return the best plan found for a region, and its bound.

    The same task gives the same answer on any machine, unless it is stopped.
    """
    stop = _Stop(task.stop)
    if small_enough(task.instance):
        best = partition_all(task.instance)
        bound_cm = best.cm
    else:
        best, bound_cm = _search(task, stop)
    stopped = stop.said and best.cm > bound_cm
    asked = task.effort != "fast" and not stop()
    left_out_min = least_left_out(task.instance, best, stop) if asked else 0
    answer = Answer(task.region, best.labels, best.cm, min(best.cm, bound_cm), stopped)
    return replace(answer, left_out_min=left_out_min)


def _search(task: Task, stop: Callable[[], bool]) -> tuple[Found, int]:
    instance = task.instance
    effort = EFFORTS[task.effort]
    around = Neighbourhood(
        nearest_units(instance, effort.near),
        nearest_hosts(instance, _NEAR_HOSTS),
        *(effort.widest, effort.groups),
    )
    random = _chance(task)
    towers = cut_towers(instance, towers_of(instance), random)
    best = improve(instance, around, greedy(instance, around.units, towers), stop)
    if stop():
        return best, 0
    bound, counted = prove(instance, best, stop, effort.steps), count_hosts(instance)
    hopeless = counted > bound.cm and instance.units > _FEW  # cuts don't get there
    bound = replace(bound, cm=max(bound.cm, counted))
    best, met = _vary(task, around, best, bound, random, stop)
    if effort.starts and _gap(instance, best, bound.cm) > _NEVER_THE_LAST_WORD:
        effort, hopeless = replace(EFFORTS["best"], rounds=effort.rounds), False
    if hopeless or instance.units > effort.tight or best.cm <= bound.cm or stop():
        return best, bound.cm
    choice = _closed(task, around, (best, met), effort, stop)
    return choice.found, max(bound.cm, choice.bound_cm)


def _work(task: Task) -> int:
    """Return how much work a choice may take: of a large region, nodes alone tell."""
    if task.instance.units > _NEARLY_TO_THE_END:
        return 0
    return _MUCH_WORK if task.effort == "best" else _WORK


def _closed(
    task: Task,
    around: Neighbourhood,
    start: tuple[Found, Columns],
    effort: Effort,
    stop: Callable[[], bool],
) -> Choice:
    """Return the best plan and bound that cuts and branches of low reduced cost lead to."""
    instance, (best, met) = task.instance, start
    tight = tighten(instance, best, met, effort.rounds, stop)
    if tight is None:
        return Choice(best, 0)
    patience = Patience(effort.tree, EXACT_CM, stop, _work(task))
    best = choose_met(instance, best, tight, patience)
    best = improve(instance, around, best.labels, stop)
    if instance.units > _TO_THE_END:
        small = instance.units <= _NEARLY_TO_THE_END
        nodes = effort.tree if small else min(effort.tree, _TREE_BEYOND)
        patience = replace(patience, nodes=nodes, within_cm=_NEARER * best.cm)
    else:
        patience = replace(patience, nodes=_TREE_TO_THE_END)
    return close(instance, best, tight, effort.sets, patience)


def _gap(instance: Instance, plan: Found, bound_cm: int) -> float:
    """Return how far a plan may be from the best, as a share of its cost without units left out."""
    alone = instance.node["alone_cm"][: instance.units][plan.labels == LEFT_OUT]
    return (plan.cm - bound_cm) / max(1, plan.cm - int(alone.sum()))


def _chance(task: Task) -> Generator:
    digest = blake2b(f"{task.seed} {task.region}".encode(), digest_size=16).digest()
    return np.random.default_rng(int.from_bytes(digest))


def _vary(
    task: Task,
    around: Neighbourhood,
    best: Found,
    bound: Bound,
    random: Generator,
    stop: Callable[[], bool],
) -> tuple[Found, Columns]:
    """Return the best of several starts and of what their branches make, and those branches."""
    instance, effort = task.instance, EFFORTS[task.effort]
    if not effort.starts or best.cm <= bound.cm or stop():
        return best, best.columns
    plans = [best]
    for plan in islice(more_plans(instance, around, bound, random, stop), effort.starts):
        plans.append(plan)
        if stop():
            break
    best = improve(instance, around, recombined(instance, plans).labels, stop)
    pool = joined([plan.columns for plan in plans])
    if instance.units > _MOST_CHOSEN_FROM:
        return best, pool
    patience = Patience(effort.tree, _NEAR_ENOUGH * best.cm, stop, _work(task))
    choice = choose(instance, pool, bound.worth, best, patience)
    return improve(instance, around, choice.found.labels, stop), pool
