"""What the planner shows by measurement, and what others make of the same districts.

``python benchmarks/bench_plan.py`` prints Markdown tables; ``--json FILE`` writes the figures too.
Districts are made from seeds, planned through ``lxgeo.decide.propose``, their files written, read
back and checked by ``lxgeo.judge.verify``. Seconds are processor seconds of one core; compiling is
told apart. spopt is measured where it is installed in an environment of its own (`maxp.INSTALL`)
or its Python named by ``LXGEO_PLAN_PEERS``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

from planning import maxp
from planning.compact import HOSTS, Compact
from planning.district import district, one_building
from planning.grouping import agglomerative, mdav
from planning.growth import Grown, answer, grown
from planning.measured import WEIGHTS, Measured, measure, policy_of, warm_up
from planning.peers import Judged, Peer, judge, problems_of
from planning.tables import growth_table, peers_table, plans_table, summed_table

PARTS = ("plans", "building", "peers", "growth")
SIZES = (60, 150, 300, 1_000, 10_000)
EFFORTS = ("fast", "standard", "best")
GROWTH = (
    *((units, None, "fast") for units in (1_000, 10_000, 100_000, 1_000_000)),
    *((units, 1, "fast") for units in (1_000, 5_000, 20_000)),
    *((units, None, "standard") for units in (1_000, 10_000)),
    *((units, 1, "standard") for units in (1_000, 5_000, 20_000)),
)
"""Units, townships (None: 625 units each) and effort of each row of the growth table."""


def main() -> None:
    """Measure what is asked for and print it."""
    asked = _arguments()
    if asked.child:
        answer(asked.child)
        return
    compiling = warm_up(asked.efforts)
    print(f"Compiling or loading the kernels: {compiling:.1f} s.\n", flush=True)
    figures: dict[str, list[Measured] | list[Judged] | list[Grown]] = {}
    if "plans" in asked.parts:
        figures["plans"] = plans = list(_plans(asked))
        print(f"## Plans\n\n{plans_table(plans)}\n\n### All seeds\n\n{summed_table(plans)}\n")
    if "building" in asked.parts:
        figures["building"] = houses = list(_buildings(asked))
        print(f"## One building, all units at one point\n\n{plans_table(houses)}\n")
    if "peers" in asked.parts:
        ours, theirs = _peers(asked)
        figures["ours"], figures["peers"] = ours, theirs
        print(f"## Peers\n\n{peers_table(ours, theirs)}\n\n{_terms(asked)}\n")
    if "growth" in asked.parts:
        figures["growth"] = sizes = list(_growth(asked))
        print(f"## Growth\n\n{growth_table(sizes)}\n")
    if asked.json:
        told = {name: [asdict(each) for each in rows] for name, rows in figures.items()}
        asked.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _plans(asked: argparse.Namespace) -> Iterator[Measured]:
    for units, seed in product(asked.sizes, asked.seeds):
        here = district(units, seed)
        for weights, effort in product(WEIGHTS, asked.efforts):
            yield _told(measure(here, weights, effort)[1])


def _buildings(asked: argparse.Namespace) -> Iterator[Measured]:
    for units, effort in product((600, 2_000), asked.efforts):
        yield _told(measure(one_building(units, 1), WEIGHTS[-1], effort)[1])


def _told(measured: Measured) -> Measured:
    """Say on the way how far it has come; the tables follow."""
    line = f"{measured.district}, {measured.effort}: {measured.gap:.3%}, {measured.solver_s:.2f} s"
    print(line, file=sys.stderr, flush=True)
    return measured


def _peers(asked: argparse.Namespace) -> tuple[list[Measured], list[Judged]]:
    """Return our plans and the peers' groups of the same districts."""
    ours, theirs = [], []
    for units, seed, weights in product(asked.peer_sizes, asked.seeds[:1], WEIGHTS):
        here = district(units, seed)
        ours += [_told(measure(here, weights, effort)[1]) for effort in asked.efforts]
        compact = Compact(asked.compact_seconds)
        peers: dict[str, Peer] = {
            "agglomerative": agglomerative,
            "MDAV": mdav,
            f"HiGHS compact, {HOSTS} hosts": compact,
        }
        python = maxp.peers_python()
        spopt = maxp.MaxP(python) if python else None
        if spopt and units <= asked.maxp_units:
            peers["spopt MaxP"] = spopt
        for name, peer in peers.items():
            parts = [judge(peer, each) for each in problems_of(here.units, policy_of(*weights))]
            cost, dissolved, out, seconds = (sum(column) for column in zip(*parts, strict=True))
            theirs.append(
                Judged(
                    peer=name,
                    units=units,
                    seed=seed,
                    branch_m=weights[0],
                    thin_m=weights[1],
                    dissolved=int(dissolved),
                    left_out=int(out),
                    cost_m=cost / 100,
                    bound_m=compact.bound_cm / 100 if peer is compact else None,
                    seconds=seconds + (spopt.seconds if spopt and peer is spopt else 0.0),
                )
            )
            print(f"{name}: {theirs[-1].cost_m:,.0f} m", file=sys.stderr, flush=True)
    return ours, theirs


def _terms(asked: argparse.Namespace) -> str:
    there = maxp.peers_python()
    missing = "" if there else f" spopt is not installed: {maxp.INSTALL}."
    return (
        f"HiGHS may take {asked.compact_seconds:g} processor seconds for 1,000 units, 5 at least; "
        f"its bound holds for the {HOSTS} cheapest hosts of each unit. spopt's seconds are its "
        f"grouping alone; it is asked up to {asked.maxp_units:,} units.{missing}"
    )


def _growth(asked: argparse.Namespace) -> Iterator[Grown]:
    for units, townships, effort in GROWTH:
        if units <= asked.most_units and effort in asked.efforts:
            yield grown(units, townships, effort)
            print(f"{units:,} {effort} done", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the planner.")
    numbers: dict[str, Any] = {"type": int, "nargs": "+", "metavar": "N"}
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--sizes", **numbers, default=SIZES)
    parser.add_argument("--seeds", **numbers, default=range(1, 6))
    parser.add_argument("--efforts", nargs="+", choices=EFFORTS, default=EFFORTS)
    parser.add_argument("--peer-sizes", **numbers, default=(300, 1_000, 10_000))
    parser.add_argument("--compact-seconds", type=float, default=60.0, metavar="S")
    parser.add_argument("--maxp-units", type=int, default=1_000, metavar="N")
    parser.add_argument("--most-units", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
