"""How much faster two processes plan than one, and that all ways plan the same.

``python benchmarks/speedup.py [UNITS] [--effort E] [--pairs N]`` plans a district in line, in two
processes, and on two workers of Dask, in turn; prints wall and processor seconds of each, the load
of the machine before each, and the best pair's speed-up. What others do on the machine lengthens
the wall time of two processes more than that of one: beside it stands the speed-up that the shares
of work allow, from processor seconds alone. Exits 1 where two ways differ by a byte.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from hashlib import sha256
from pathlib import Path

from lxgeo.decide import propose
from lxgeo.engine import Engine
from lxgeo.model import Plan
from lxgeo.scenario import Scenario
from lxgeo.scenario.regions import Following, regions_runner
from planning.district import District, district
from planning.measured import WEIGHTS, measure, policy_of, warm_up
from standing.rated import processor_s

WAYS = {
    "in line": Engine(workers=1),
    "2 processes": Engine(workers=2),
    "2 workers of Dask": Engine("dask", workers=2),
}


def main() -> int:
    """Plan in every way and print; return the exit code."""
    parser = argparse.ArgumentParser(description="Measure the engine's speed-up.")
    parser.add_argument("units", type=int, nargs="?", default=100_000)
    parser.add_argument("--effort", default="standard", choices=("fast", "standard", "best"))
    parser.add_argument("--pairs", type=int, default=3)
    asked = parser.parse_args()
    warm_up([asked.effort])
    here = district(asked.units, 1)
    _, alone = measure(here, WEIGHTS[-1], asked.effort, verified=False)
    rest = alone.whole_s - alone.solver_s
    allowed = alone.whole_s / (rest + alone.solver_s / 2)
    print(f"{asked.units:,} units, {here.townships} regions, {asked.effort}")
    print(f"regions and merged places {alone.solver_s:.1f} s, the rest {rest:.1f} s of a processor")
    print(f"two allow {allowed:.2f} times the speed of one")
    told: set[str] = set()
    walls: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(asked.pairs):
        for way, engine in WAYS.items():
            load, began, wall = os.getloadavg()[0], processor_s(), time.perf_counter()
            told.add(_digest(_planned(here, engine, asked.effort)))
            wall, spent = time.perf_counter() - wall, processor_s() - began
            walls[way].append(wall)
            print(f"{way:18} wall {wall:7.1f} s  processors {spent:7.1f} s  load before {load:.1f}")
    for way in list(WAYS)[1:]:
        best = max(a / b for a, b in zip(walls["in line"], walls[way], strict=True))
        print(f"{way}: {best:.2f} times as fast as in line, the best of {asked.pairs} pairs")
    print("the same plans" if len(told) == 1 else "PLANS DIFFER")
    return 0 if len(told) == 1 else 1


def _planned(here: District, engine: Engine, effort: str) -> Plan:
    asked = Scenario(Path(), Path(), effort=effort, engine=engine)
    with regions_runner(asked, Following()) as run:
        return propose(here.units, here.existing, policy_of(*WEIGHTS[-1]), effort=effort, run=run)


def _digest(plan: Plan) -> str:
    """Return what tells two plans apart, but the seconds that they took."""
    tables = (plan.units, plan.branches)
    return sha256("\n".join(each.to_csv(index=False) for each in tables).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
