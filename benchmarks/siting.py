"""Centres and instructors: ours against HiGHS's own proof of the whole models.

    python benchmarks/siting.py demo [RUN_DIR [AREAS]]
    python benchmarks/siting.py made

``demo``: for each K from 1 to 10 the value found, the gap proved, and the optimum of the compact
model (one variable for each demand and place) by HiGHS; they have to agree to the centimetre.
``made``: p-medians made from seeds, in the plane and with weights, solved to proof both ways; and
capacitated ones, as townships' instructors are: what is found against the proved optimum.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import highspy
import numpy as np
from numpy.typing import NDArray

from lxgeo.decide.serving.access import access
from lxgeo.decide.serving.instructors import assign_posts
from lxgeo.decide.serving.siting import median, quiet_solver
from lxgeo.read.roads import read_walk_graph
from lxgeo.read.run_layers import read_layers
from lxgeo.scenario.centre_places import demand_of, lonlat, members_of, places_of

MOST = 10
CENTIMETRE = 0.01
DEMO = (Path("outputs/demo"), Path("data/boundaries/demo"))

Reals = NDArray[np.float64]


def compact(metres: NDArray[np.float64], weight: NDArray[np.int64], centres: int) -> float:
    """Return the optimum of the p-median as textbooks write it, metres."""
    demands, sites = metres.shape
    pairs = demands * sites
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = sites + pairs, 1 + demands + pairs
    model.col_cost_ = np.concatenate([np.zeros(sites), (metres * weight[:, None]).ravel()])
    model.col_lower_, model.col_upper_ = np.zeros(sites + pairs), np.ones(sites + pairs)
    one, all_ = np.ones(1 + demands), np.zeros(pairs)
    one[0] = centres
    model.row_lower_ = np.concatenate([one, np.full(pairs, -highspy.kHighsInf)])
    model.row_upper_ = np.concatenate([one, all_])
    pair = np.arange(pairs)
    rows = [
        np.arange(sites),
        *(sites + pair.reshape(demands, sites)),
        *np.column_stack([sites + pair, pair % sites]),
    ]
    values = [np.ones(sites + pairs), np.tile([1.0, -1.0], pairs)]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *map(len, rows)]).astype(np.int32)
    model.a_matrix_.index_ = np.concatenate(rows).astype(np.int32)
    model.a_matrix_.value_ = np.concatenate(values)
    model.integrality_ = [highspy.HighsVarType.kInteger] * sites + [
        highspy.HighsVarType.kContinuous
    ] * pairs
    solver = quiet_solver()
    solver.passModel(model)
    solver.run()
    return float(solver.getInfo().objective_function_value)


def capacitated(metres: Reals, seats: int, capacity: int) -> float:
    """Return the optimum of the capacitated p-median: seats at posts, so many posts to each."""
    posts = len(metres)
    pair = np.arange(posts * posts)
    of, at = pair // posts, pair % posts
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = posts + len(pair), 1 + posts + posts + len(pair)
    model.col_cost_ = np.concatenate([np.zeros(posts), metres.ravel()])
    model.col_lower_, model.col_upper_ = np.zeros(model.num_col_), np.ones(model.num_col_)
    never = -highspy.kHighsInf
    model.row_lower_ = np.concatenate([[seats], np.ones(posts), np.full(posts + len(pair), never)])
    model.row_upper_ = np.concatenate([[seats], np.ones(posts), np.zeros(posts + len(pair))])
    rows = [
        (np.arange(posts), np.ones(posts)),
        *((posts + pair[of == k], np.ones(posts)) for k in range(posts)),
        *(
            (np.append(posts + pair[at == k], k), np.append(np.ones(posts), -capacity))
            for k in range(posts)
        ),
        *((np.array([posts + k, at[k]]), np.array([1.0, -1.0])) for k in pair),
    ]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(each) for each, _ in rows)]).astype(np.int32)
    model.a_matrix_.index_ = np.concatenate([each for each, _ in rows]).astype(np.int32)
    model.a_matrix_.value_ = np.concatenate([each for _, each in rows])
    model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
    solver = quiet_solver()
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError("not solved to proof")
    return float(solver.getInfo().objective_function_value)


PLAIN = tuple((seed, 120, 40, centres) for seed, centres in enumerate((2, 4, 6, 8, 12, 20)))
CAPACITATED = tuple((seed, 30, capacity) for seed, capacity in enumerate((4, 6, 8, 10, 15) * 2))


def made() -> None:
    """Print one line for each made instance."""
    for seed, demands, sites, centres in PLAIN:
        random = np.random.default_rng(seed)
        away = random.uniform(0, 9000, (demands, 1, 2)) - random.uniform(0, 9000, (1, sites, 2))
        metres, weight = (
            np.round(np.hypot(away[..., 0], away[..., 1]), 2),
            random.integers(1, 9, demands),
        )
        ours, start = median(metres, weight, centres), time.process_time()
        theirs = compact(metres, weight, centres)
        equal = abs(ours.value - theirs) < CENTIMETRE
        print(
            f"plain  {demands} × {sites}, K={centres:2d}  value {ours.value:14,.2f}"
            f"  gap {ours.gap:.2%}  proved {theirs:14,.2f}  {'equal' if equal else 'DIFFERENT'}"
            f"  ({time.process_time() - start:.1f} processor s for the proof)"
        )
    above = []
    for seed, posts, capacity in CAPACITATED:
        x, y = np.random.default_rng(seed).uniform(0, 5000, (2, posts)).round(2)
        duty, start = assign_posts(x, y, capacity), time.process_time()
        found = float(duty.metres.sum())
        metres = np.hypot(x[:, None] - x[None], y[:, None] - y[None])
        best = capacitated(metres, len(duty.seats), capacity)
        above.append(found / best - 1)
        print(
            f"limit  {posts} posts, {len(duty.seats)} of {capacity:2d}  ways {found:10,.2f}"
            f"  proved {best:10,.2f}  {above[-1]:+.2%}  bound told {duty.bound_m:10,.2f}"
            f"  ({time.process_time() - start:.1f} processor s for the proof)"
        )
    print(f"limit  mean {np.mean(above):+.2%}, worst {max(above):+.2%}")


def demo(run: Path, areas: Path) -> None:
    """Print one line for each K."""
    layers = read_layers(run)
    units = demand_of(layers["units"], run)
    places = places_of(layers, areas, units)
    roads, _ = read_walk_graph(areas)
    metres = access(lonlat(units), lonlat(places), roads).metres
    # Places at one point are one demand: the compact model would not end otherwise.
    rows, which = np.unique(metres, axis=0, return_inverse=True)
    weight = np.bincount(which.ravel(), weights=members_of(units)).astype(np.int64)
    rows, weight = rows[weight > 0], weight[weight > 0]
    print(f"{len(rows)} demands, {len(places)} places")
    for centres in range(1, MOST + 1):
        start = time.perf_counter()
        ours = median(rows, weight, centres)
        between = time.perf_counter()
        theirs = compact(rows, weight, centres)
        end = time.perf_counter()
        print(
            f"K={centres:2d}  value {ours.value:14,.2f}  gap {ours.gap:.2%}  compact"
            f" {theirs:14,.2f}  {'equal' if abs(ours.value - theirs) < CENTIMETRE else 'DIFFERENT'}"
            f"  {between - start:.2f} s against {end - between:.2f} s"
        )


def main() -> None:
    """Run what is asked for."""
    what, *places = sys.argv[1:] or ["demo"]
    if what == "made":
        made()
        return
    run, areas, *_ = [*map(Path, places), *DEMO[len(places) :]]
    demo(run, areas)


if __name__ == "__main__":
    main()
