"""How the planner does where regions are not what it likes best.

``python benchmarks/degenerate.py [EFFORT …]`` prints one line a case: hundreds of units in one
building, a tower within a township, a region of 20,000, two units far from everybody.
``python benchmarks/degenerate.py scale UNITS`` plans so many units over townships of about 650 at
fast effort, and tells apart what the plans and what their bounds took. Times are processor seconds
of one core, without compiling.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from lxgeo.decide import solve as solving
from lxgeo.decide.regions.instance import FixedHosts, Instance, build_instance
from lxgeo.decide.solve import Task, solve
from lxgeo.policy import Policy
from lxgeo.rules.cost import NOWHERE, Sites
from lxgeo.rules.trade import trade_levels
from plan import REACH_M, _code, never, township

TOWNSHIP = 650


def tower(units: int, random: Generator, *, ones: bool = False) -> Instance:
    """Return units at one point in one building; three in ten have two full members, or none."""
    members = np.ones(units, dtype=np.int64)
    if not ones:
        members += random.random(units) < 0.3  # noqa: PLR2004
    return _instance(np.zeros((units, 2)), np.zeros(units, dtype=np.int32), members, random)


def tower_in_township(units: int, random: Generator) -> Instance:
    """Return a township of which three in ten units are in one building."""
    inside = int(0.3 * units)
    at = random.uniform(-4000, 4000, (units, 2))
    at[units // 2 :] /= 4
    at[:inside] = 0.0
    building = np.where(np.arange(units) < inside, 0, NOWHERE).astype(np.int32)
    members = 1 + (random.random(units) < 0.3).astype(np.int64)  # noqa: PLR2004
    return _instance(at, building, members, random)


def far_apart(units: int, random: Generator) -> Instance:
    """Return units ten kilometres from each other, of two full members each."""
    at = np.stack([10_000.0 * np.arange(units), np.zeros(units)], axis=1)
    alone = np.full(units, NOWHERE, dtype=np.int32)
    return _instance(at, alone, np.full(units, 2, dtype=np.int64), random)


def _instance(at: Any, building: Any, members: Any, random: Generator) -> Instance:
    units = len(at)
    nowhere = np.full(units, NOWHERE, dtype=np.int32)
    trade = trade_levels([_code(random) for _ in range(units)])
    sites = Sites(at[:, 0], at[:, 1], building, nowhere, trade, np.full(units, REACH_M))
    none = np.zeros(0, dtype=np.int64)
    nobody = FixedHosts(sites.take(np.arange(0)), np.zeros(0, dtype=bool), none, none, none)
    return build_instance(sites, members, members, nobody, Policy(max_distance_m=REACH_M))


CASES: dict[str, Callable[[Generator], Instance]] = {
    "one point, 60": lambda random: tower(60, random),
    "one point, 600": lambda random: tower(600, random),
    "one point, 600 of one member": lambda random: tower(600, random, ones=True),
    "one point, 2,000": lambda random: tower(2_000, random),
    "tower in a township, 1,000": lambda random: tower_in_township(1_000, random),
    "one unit": lambda random: far_apart(1, random),
    "two units far apart": lambda random: far_apart(2, random),
    "one region, 20,000": lambda random: township(20_000, random),
}


def case(name: str, effort: str) -> str:
    """Return one line of figures."""
    instance = CASES[name](np.random.default_rng(0))
    start = time.process_time()
    answer = solve(Task(name, instance, effort, 0, never))
    seconds = time.process_time() - start
    left_out = answer.labels < 0
    alone = int(instance.node["alone_cm"][: instance.units][left_out].sum())
    gap = (answer.cost_cm - answer.bound_cm) / max(1, answer.cost_cm - alone)
    return (
        f"{effort:8} {name:29} cost {answer.cost_cm / 100:13,.2f} m, gap {gap:7.3%}, left out "
        f"{left_out.sum():3} (at least {answer.left_out_min}), {seconds:6.2f} s, "
        f"{instance.units / max(seconds, 1e-9):7,.0f} units/s"
    )


def scale(units: int) -> str:
    """Return one line of figures of so many units at fast effort."""
    random = np.random.default_rng(1)
    spent = {"plan": 0.0, "bound": 0.0}
    prove = solving.prove

    def timed(*asked: Any) -> Any:
        start = time.process_time()
        bound = prove(*asked)
        spent["bound"] += time.process_time() - start
        return bound

    solving.prove = timed
    cost = bound = 0
    for number in range(units // TOWNSHIP):
        instance = township(TOWNSHIP, random)
        start = time.process_time()
        answer = solve(Task(str(number), instance, "fast", 0, never))
        spent["plan"] += time.process_time() - start
        cost, bound = cost + answer.cost_cm, bound + answer.bound_cm
    solving.prove = prove
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    units = units // TOWNSHIP * TOWNSHIP
    return (
        f"fast     {units:,} units: plans {spent['plan'] - spent['bound']:.1f} s, "
        f"their bounds {spent['bound']:.1f} s, cost above bound {(cost - bound) / cost:.2%}, "
        f"{memory:,.0f} MB"
    )


def main() -> None:
    """Print all cases for the efforts named, or one scale."""
    for effort in solving.EFFORTS:
        solve(Task("first", township(40, np.random.default_rng(0)), effort, 0, never))
    if sys.argv[1:2] == ["scale"]:
        print(scale(int(sys.argv[2])))
        return
    for effort in sys.argv[1:] or ["fast", "standard"]:
        for name in CASES:
            print(case(name, effort), flush=True)


if __name__ == "__main__":
    main()
