"""Planning on foot beside planning by straight lines, in one run.

``python benchmarks/walking_plan.py [UNITS [EFFORT]]`` draws a district of 16 townships with 10,000
units, and roads of 50,000 crossings under it, one stretch in ten missing. It prints processor
seconds and memory of ``propose`` with straight lines and with walking distances, what of that goes
into the ways between units, and how many units each plan joins. What a plan on foot may cost is
not promised anywhere; ways that grew with the square of the units would show here.
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace

import numpy as np
import shapely
from numpy.random import default_rng

from lxgeo.decide import propose
from lxgeo.decide.regions.region import regions_of
from lxgeo.decide.regions.ways import ways_of
from lxgeo.geo.metric import unproject
from lxgeo.geo.walk import WalkGraph
from lxgeo.model import Outcome
from lxgeo.policy import Policy
from planning.district import REACH_M, district

UNITS, TOWNSHIPS, SEED = 10_000, 16, 3
ACROSS, ALONG, KEPT = 250, 200, 0.9
WEST, EAST, MARGIN_M = -32_000.0, 19_000.0, 500.0
CRS, FALSE_EAST, FALSE_NORTH = "EPSG:4544", 500_000.0, 4_000_000.0


def roads() -> WalkGraph:
    """Return a network under all townships: a grid, every crossing a little out of line."""
    random = default_rng(7)
    x = np.linspace(WEST - MARGIN_M, EAST + MARGIN_M, ACROSS)
    y = np.linspace(WEST - MARGIN_M, EAST + MARGIN_M, ALONG)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    grid += random.uniform(-60, 60, grid.shape)
    lon, lat = unproject(grid[:, 0] + FALSE_EAST, grid[:, 1] + FALSE_NORTH, CRS)
    number = np.arange(ACROSS * ALONG).reshape(ALONG, ACROSS)
    ends = np.concatenate(
        [
            np.column_stack([number[:, :-1].ravel(), number[:, 1:].ravel()]),
            np.column_stack([number[:-1].ravel(), number[1:].ravel()]),
        ]
    )
    ends = ends[random.random(len(ends)) < KEPT]
    return WalkGraph.of_lines(shapely.linestrings(np.column_stack([lon, lat]).round(7)[ends]))


def peak_mb() -> int:
    """Return the most memory that this process has held so far, megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(units: int, effort: str) -> None:
    """Print one line for each way of measuring."""
    graph = roads()
    straight = Policy(max_distance_m=REACH_M)
    walk = replace(straight, distance="walk")
    small = district(200, 0)
    for policy in (straight, walk):  # compiles the kernels; the little town has no roads near it
        propose(small.units, small.existing, policy, roads=graph, effort=effort)
    here = district(units, SEED, townships=TOWNSHIPS)
    print(f"{units:,} units, {TOWNSHIPS} townships, {len(graph):,} crossings, effort {effort}")
    for policy in (straight, walk):
        before, began = peak_mb(), time.process_time()
        regions_of(here.units, here.existing, policy, ways_of(None, graph, policy))
        laid_out_s, between = time.process_time() - began, time.process_time()
        plan = propose(here.units, here.existing, policy, roads=graph, effort=effort)
        took = time.process_time() - between
        joined = int((plan.units["outcome"] == Outcome.JOINT).sum())
        print(
            f"  {policy.distance:8} propose {took:7.1f} s, of it regions laid out {laid_out_s:6.1f}"
            f" s; peak {before:,} → {peak_mb():,} MB; {joined:,} units joined"
        )


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else UNITS,
        sys.argv[2] if len(sys.argv) > 2 else "fast",  # noqa: PLR2004
    )
