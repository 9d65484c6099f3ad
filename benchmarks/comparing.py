"""Twelve scenarios on the demo: located once, and hardly slower than the twelve solves alone.

    python benchmarks/comparing.py [fast|standard|best]

What is compared is 3,000 units under twelve policies. Alone, each scenario's triage and solve is
run and timed by itself on units that are already located; together, `lxgeo.scenario.compare` does
all of it, reading and locating included. Processor seconds stand beside wall seconds: the first
tell the work, whatever else the machine does. Calls of the geocoding survey are counted.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from lxgeo.decide import propose
from lxgeo.policy import Policy
from lxgeo.read.scenarios import Alternative
from lxgeo.rules import existing_branches, triage
from lxgeo.scenario import Scenario, compare, locate_scenario, positions

DEMO = Path("data/boundaries/demo")
LIMIT = 1.2

CHANGES: dict[str, dict[str, Any]] = {
    "national": {},
    "four units": {"joint_max_units": 4},
    "six units": {"joint_max_units": 6},
    "trade 100 m": {"trade_m": 100.0},
    "trade 600 m": {"trade_m": 600.0},
    "trade 900 m": {"trade_m": 900.0},
    "three are fine": {"thin_m": 0.0},
    "three are bad": {"thin_m": 600.0},
    "branches cheap": {"branch_m": 250.0},
    "branches dear": {"branch_m": 1000.0},
    "near": {"max_distance_m_by_kind": {"urban": 800.0, "town": 1000.0}},
    "far": {"max_distance_m_by_kind": {"urban": 2000.0, "town": 3000.0}},
}


@dataclass(frozen=True)
class Spent:
    """Seconds of wall clock and of the processor."""

    wall: float
    processor: float

    def __add__(self, other: Spent) -> Spent:
        """Return both together."""
        return Spent(self.wall + other.wall, self.processor + other.processor)


def spent(work: Callable[[], Any]) -> tuple[Any, Spent]:
    """Return what some work gives, and what it takes."""
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, Spent(time.perf_counter() - wall, time.process_time() - processor)


def main() -> None:
    """Print what each solve takes alone, and what all take together."""
    effort = sys.argv[1] if len(sys.argv) > 1 else "standard"
    scenario = Scenario(DEMO / "ledger.xlsx", DEMO, effort=effort)
    alternatives = [
        Alternative(name, Policy.from_mapping({"name": name, **changes}))
        for name, changes in CHANGES.items()
    ]
    found = locate_scenario(scenario)
    print(f"{len(found.located)} units, {len(alternatives)} scenarios, effort {effort}")

    def alone(policy: Policy) -> Any:
        triaged = triage(found.located, found.areas, policy)
        standing = existing_branches(triaged, found.areas, policy)
        places = {"areas": found.areas, "hotspots": found.hotspots}
        return propose(triaged, standing, policy, effort=effort, **places)

    alone(Policy())  # compiled code is loaded once, in neither sum
    together = Spent(0.0, 0.0)
    plans = []
    for each in alternatives:
        plan, took = spent(lambda policy=each.policy: alone(policy))
        together += took
        plans.append(plan)
        print(f"  {each.name:15s} wall {took.wall:7.2f} s  processor {took.processor:7.2f} s")
    calls: list[int] = []
    survey = positions.survey

    def counted(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        return survey(*args, **kwargs)

    with patch.object(positions, "survey", counted):
        result, took = spent(lambda: compare(scenario, alternatives))
    same = all(
        tried.plan.units.drop(columns="geometry").equals(plan.units.drop(columns="geometry"))
        for tried, plan in zip(result.tried, plans, strict=True)
    )
    print(f"alone     wall {together.wall:7.2f} s  processor {together.processor:7.2f} s")
    print(f"compare   wall {took.wall:7.2f} s  processor {took.processor:7.2f} s")
    ratio = Spent(took.wall / together.wall, took.processor / together.processor)
    print(
        f"ratio     wall {ratio.wall:7.2f}    processor {ratio.processor:7.2f}    (at most {LIMIT})"
    )
    print(f"positions looked for {len(calls)} time(s); plans {'equal' if same else 'DIFFERENT'}")


if __name__ == "__main__":
    main()
