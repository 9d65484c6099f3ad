"""Centres on the demo: ours against HiGHS's own proof of the whole p-median model.

    python benchmarks/siting.py [RUN_DIR [AREAS]]

For each K from 1 to 10: the value found, the gap proved, and the optimum of the compact model (one
variable for each demand and place) by HiGHS; they have to agree to the centimetre.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import highspy
import numpy as np
from numpy.typing import NDArray

from lxgeo.decide.serving.access import access
from lxgeo.decide.serving.siting import median, quiet_solver
from lxgeo.read.roads import read_walk_graph
from lxgeo.read.run_layers import read_layers
from lxgeo.scenario.centres import demand_of, lonlat, members_of, places_of

MOST = 10


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


def main() -> None:
    """Print one line for each K."""
    run = Path(sys.argv[1] if len(sys.argv) > 1 else "outputs/demo")
    areas = Path(sys.argv[2] if len(sys.argv) > 2 else "data/boundaries/demo")  # noqa: PLR2004
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
            f" {theirs:14,.2f}  {'equal' if abs(ours.value - theirs) < 0.01 else 'DIFFERENT'}"  # noqa: PLR2004
            f"  {between - start:.2f} s against {end - between:.2f} s"
        )


if __name__ == "__main__":
    main()
