"""How fast the planner is, and how near its plans are to the proved bound.

``python benchmarks/plan.py [fast|standard|best …]`` prints one line a case: fictional townships of
300 and 1,000 must-join units, and a district of 10,000 over 16 townships. Times are processor
seconds of one core; the first line is what compiling the kernels takes once on a machine.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from lxgeo.decide.regions.instance import FixedHosts, Instance, build_instance
from lxgeo.decide.solve import EFFORTS, Answer, Task, solve
from lxgeo.policy import Policy
from lxgeo.rules.cost import NOWHERE, Sites
from lxgeo.rules.trade import trade_levels

REACH_M = 2000.0
SECTIONS = "ABCDEFGHIJKLMNOPQRST"


@dataclass(frozen=True)
class Case:
    """A district: the size of each township, and its seed."""

    name: str
    sizes: tuple[int, ...]
    seed: int


CASES = (
    Case("township", (300,), 1),
    Case("township", (300,), 2),
    Case("township", (1000,), 1),
    Case("township", (1000,), 2),
    Case(
        "district",
        (180, 240, 300, 360, 420, 480, 540, 600, 640, 700, 760, 820, 880, 940, 1020, 1120),
        1,
    ),
)


def township(units: int, random: Generator) -> Instance:
    """Return a township: buildings, parks, streets around its centre and villages, and the rest.

    Three in ten units are in buildings of up to sixty, a quarter in parks of ten to 120, the most
    of the others along streets; three in ten have two full members, the others one.
    """
    half = random.uniform(2500, 6000)
    streets = _streets(half, random)
    x, y = np.empty(units), np.empty(units)
    building, park = (np.full(units, NOWHERE, dtype=np.int32) for _ in range(2))
    codes = np.array([_code(random) for _ in range(units)], dtype=object)
    in_buildings, in_parks = int(0.3 * units), int(0.55 * units)
    at = 0
    while at < in_buildings:
        size = min(int(np.clip(random.lognormal(2.0, 1.0), 2, 60)), in_buildings - at)
        x[at : at + size], y[at : at + size] = _along(streets, 1, random)
        building[at : at + size] = at
        at += size
    while at < in_parks:
        size = min(int(random.integers(10, 120)), in_parks - at)
        middle = random.uniform(-0.8, 0.8, 2) * half
        x[at : at + size] = middle[0] + random.normal(0, 250, size)
        y[at : at + size] = middle[1] + random.normal(0, 250, size)
        park[at : at + size] = at
        section = _code(random)[0]
        for i in range(at, at + size):
            codes[i] = _code(random, section if random.random() < 0.6 else None)  # noqa: PLR2004
        at += size
    size = int(0.7 * (units - at))
    x[at : at + size], y[at : at + size] = _along(streets, size, random)
    at += size
    x[at:], y[at:] = random.uniform(-half, half, (2, units - at))
    members = 1 + (random.random(units) < 0.3).astype(np.int64)  # noqa: PLR2004
    sites = Sites(x, y, building, park, trade_levels(codes), np.full(units, REACH_M))
    nobody = sites.take(np.arange(0))
    none = np.zeros(0, dtype=np.int64)
    hosts = FixedHosts(nobody, np.zeros(0, dtype=bool), none, none, none)
    return build_instance(sites, members, members, hosts, Policy(max_distance_m=REACH_M))


def _streets(half: float, random: Generator) -> np.ndarray:
    """Return streets as rows of middle and half length: six in the town, two in each village."""
    rows = []
    for village in range(int(random.integers(2, 5))):
        middle = random.uniform(-0.7, 0.7, 2) * half * (village > 0)
        for _ in range(2 if village else 6):
            angle = random.uniform(0, np.pi)
            length = random.uniform(100, 600) * (0.5 if village else 1.0)
            at = middle + random.normal(0, 500, 2)
            rows.append([*at, np.cos(angle) * length, np.sin(angle) * length])
    return np.array(rows)


def _along(streets: np.ndarray, count: int, random: Generator) -> tuple[np.ndarray, np.ndarray]:
    street = streets[random.integers(0, len(streets), count)]
    share = random.uniform(-1, 1, count)
    x = street[:, 0] + share * street[:, 2] + random.normal(0, 15, count)
    y = street[:, 1] + share * street[:, 3] + random.normal(0, 15, count)
    return x, y


def _code(random: Generator, section: str | None = None) -> str:
    """Return a trade: few sections, divisions and groups hold most units."""
    letter = section or SECTIONS[_often(len(SECTIONS), random)]
    return f"{letter}{10 + _often(5, random)}{1 + _often(5, random)}{1 + _often(4, random)}"


def _often(kinds: int, random: Generator) -> int:
    weight = 1.0 / np.arange(1, kinds + 1)
    return int(random.choice(kinds, p=weight / weight.sum()))


def never() -> bool:
    """Never stop."""
    return False


def run(case: Case, effort: str) -> str:
    """Return one line of figures."""
    random = np.random.default_rng(case.seed)
    towns = [township(size, random) for size in case.sizes]
    start = time.process_time()
    answers = [solve(Task(str(i), each, effort, 0, never)) for i, each in enumerate(towns)]
    seconds = time.process_time() - start
    units = sum(case.sizes)
    cost, bound, left = (sum(column) for column in zip(*map(_sums, answers), strict=True))
    penalty = left * 10 * REACH_M
    gap = (cost - bound) / (cost - penalty)
    return (
        f"{effort:8} {case.name:8} {units:6,} units in {len(towns):2}, seed {case.seed}: "
        f"cost {cost:12,.2f} m, bound {bound:12,.2f} m, gap {gap:7.3%}, "
        f"left out {left:2}, {seconds:6.2f} s, {units / seconds:7,.0f} units/s"
    )


def _sums(answer: Answer) -> tuple[float, float, int]:
    return answer.cost_cm / 100, answer.bound_cm / 100, int((answer.labels < 0).sum())


def main() -> None:
    """Print all cases for the efforts named, standard if none is."""
    start = time.process_time()
    for effort in EFFORTS:
        solve(Task("first", township(40, np.random.default_rng(0)), effort, 0, never))
    print(f"compiling or loading the kernels: {time.process_time() - start:.1f} s")
    for effort in sys.argv[1:] or ["fast", "standard"]:
        for case in CASES:
            print(run(case, effort), flush=True)


if __name__ == "__main__":
    main()
