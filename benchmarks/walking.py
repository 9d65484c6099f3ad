"""Walking distances between all units of a city, beside networkx.

``python benchmarks/walking.py [--whole]`` makes a city of 50,000 crossings (blocks of about 100 m,
one street in ten missing, every crossing a little out of line) and places 10,000 units in it, then
asks for all walking distances of at most 2 km: from lxgeo, and from networkx by one
``single_source_dijkstra_path_length`` with a cutoff from each distinct crossing that has units.
Without ``--whole`` networkx answers for 500 of those crossings, drawn evenly, and its time is
scaled up; the distances of these are compared one by one. A second pair of lines has the units at
doors along the streets, where networkx needs a node for each door.

Both are on one core, in one process, one after the other; times are processor
seconds. What lxgeo's time holds is told: noding the lines is done once for a network and can be
kept in a file; compiling happens once a machine.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise

import networkx as nx
import numpy as np
import shapely
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from lxgeo.geo.metric import metric_crs, project
from lxgeo.geo.walk import WalkGraph

ACROSS, ALONG = 250, 200
UNITS = 10_000
LIMIT_M = 2_000.0
KEPT = 0.9
DOUBT_M = 0.05
SAMPLE = 500
MIDDLE = (114.0, 22.6)
BLOCK = (0.00097, 0.0009)
"""A block's sides in degrees: about 100 m."""

Floats = NDArray[np.float64]


def city(random: Generator) -> tuple[Floats, NDArray[np.int64]]:
    """Return the crossings (lon, lat) and the streets between them, as pairs of crossings."""
    column, row = np.meshgrid(np.arange(ACROSS), np.arange(ALONG))
    grid = np.column_stack([column.ravel(), row.ravel()])
    spots = np.array(MIDDLE) + (grid + random.uniform(-0.3, 0.3, grid.shape)) * BLOCK
    number = np.arange(ACROSS * ALONG).reshape(ALONG, ACROSS)
    streets = np.concatenate(
        [
            np.column_stack([number[:, :-1].ravel(), number[:, 1:].ravel()]),
            np.column_stack([number[:-1].ravel(), number[1:].ravel()]),
        ]
    )
    return spots.round(7), streets[random.random(len(streets)) < KEPT]


def networkx_graph(spots: Floats, streets: NDArray[np.int64]) -> nx.Graph:
    """Return the same network for networkx, lengths in metres computed on their own."""
    x, y = project(*spots.T, metric_crs(float(spots[:, 0].mean())))
    one, other = streets.T
    metres = np.hypot(x[one] - x[other], y[one] - y[other])
    graph = nx.Graph()
    graph.add_nodes_from(range(len(spots)))
    graph.add_weighted_edges_from(zip(one.tolist(), other.tolist(), metres.tolist(), strict=True))
    return graph


def by_networkx(graph: nx.Graph, sources: list[int], wanted: set[int]) -> list[dict[int, float]]:
    """Return the distances from each source to the wanted nodes within the limit."""
    found = []
    for source in sources:
        far = nx.single_source_dijkstra_path_length(graph, source, cutoff=LIMIT_M, weight="weight")
        found.append({node: metres for node, metres in far.items() if node in wanted})
    return found


def compared(
    answer: list[dict[int, float]], distances: dict[int, dict[int, float]], sources: list[int]
) -> str:
    """Return how far the two answers differ, in words."""
    worst, only_one, pairs = 0.0, 0, 0
    for source, theirs in zip(sources, answer, strict=True):
        ours = distances[source]
        pairs += len(theirs)
        # A distance within a millimetre or two of the limit may fall on either side of it.
        for node in theirs.keys() ^ ours.keys():
            only_one += abs((theirs.get(node) or ours[node]) - LIMIT_M) > DOUBT_M
        for node in theirs.keys() & ours.keys():
            worst = max(worst, abs(theirs[node] - ours[node]))
    return f"{pairs:,} distances, greatest difference {worst * 1000:.1f} mm, {only_one} in one only"


def rows_of(matrix: object, labels: list[int], sources: list[int]) -> dict[int, dict[int, float]]:
    """Return rows of the matrix as networkx would give them, by label."""
    at = {label: k for k, label in enumerate(labels)}
    rows = {}
    for source in sources:
        row = matrix[[at[source]]]  # type: ignore[index]
        rows[source] = {labels[k]: float(m) for k, m in zip(row.indices, row.data, strict=True)}
    return rows


def race(
    name: str, graph: WalkGraph, units: Floats, theirs: nx.Graph, labels: list[int], *, whole: bool
) -> None:
    """Run both and print one line each; ``labels`` are the units' nodes in ``theirs``."""
    nodes = list(dict.fromkeys(labels))
    sources = nodes if whole else nodes[:: max(len(nodes) // SAMPLE, 1)]
    start = time.process_time()
    matrix = graph.distances(units[:, 0], units[:, 1], LIMIT_M)
    ours_s = time.process_time() - start
    start = time.process_time()
    answer = by_networkx(theirs, sources, set(nodes))
    took = time.process_time() - start
    theirs_s = took * len(nodes) / len(sources)
    how = "all" if len(sources) == len(nodes) else f"{len(sources)} of them, scaled"
    print(f"{name}: {len(units):,} units, {matrix.nnz:,} pairs of units within {LIMIT_M:,.0f} m")
    print(f"  lxgeo    {ours_s:8.2f} s   all units, snapping and the matrix included")
    print(f"  networkx {theirs_s:8.2f} s   from {len(nodes):,} nodes ({how}; ran {took:.1f} s)")
    print(f"  ratio    {theirs_s / ours_s:8.1f}")
    first = dict(zip(reversed(labels), reversed(range(len(units))), strict=True))
    kept = matrix[[first[node] for node in nodes]][:, [first[node] for node in nodes]]
    print(f"  {compared(answer, rows_of(kept, nodes, sources), sources)}")


def with_doors(
    graph: nx.Graph, spots: Floats, streets: NDArray[np.int64], random: Generator
) -> tuple[nx.Graph, Floats]:
    """Return the network with a node a door, and the doors: anywhere along the streets."""
    x, y = project(*spots.T, metric_crs(float(spots[:, 0].mean())))
    chosen = random.integers(0, len(streets), UNITS)
    share = random.uniform(0.15, 0.85, UNITS)[:, None]
    one, other = streets[chosen].T
    foot = spots[one] + share * (spots[other] - spots[one])
    units = foot.round(7)
    ux, uy = project(*units.T, metric_crs(float(spots[:, 0].mean())))
    graph = graph.copy()
    lines = shapely.linestrings(
        np.stack([np.column_stack([x[one], x[other]]), np.column_stack([y[one], y[other]])], -1)
    )
    points = shapely.points(ux, uy)
    along, off = shapely.line_locate_point(lines, points), shapely.distance(lines, points)
    for street in np.unique(chosen):
        here = np.flatnonzero(chosen == street)
        here = here[np.argsort(along[here], kind="stable")]
        a, b = (int(node) for node in streets[street])
        whole = graph.edges[a, b]["weight"]
        graph.remove_edge(a, b)
        stops = [(a, 0.0), *((len(spots) + UNITS + int(u), float(along[u])) for u in here)]
        for (left, at), (right, then) in pairwise([*stops, (b, whole)]):
            graph.add_edge(left, right, weight=then - at)
        for u in here:
            graph.add_edge(len(spots) + int(u), len(spots) + UNITS + int(u), weight=float(off[u]))
    return graph, units


def main() -> None:
    """Print everything."""
    whole = "--whole" in sys.argv[1:]
    random = default_rng(7)
    spots, streets = city(random)
    lines = shapely.linestrings(spots[streets])
    WalkGraph.of_lines(lines[:100]).distances(*spots[:5].T, LIMIT_M)  # compiles the kernels
    start = time.process_time()
    graph = WalkGraph.of_lines(lines)
    noding_s = time.process_time() - start
    print(
        f"city: {len(spots):,} crossings, {len(streets):,} streets; as a network: {noding_s:.2f} s"
    )
    theirs = networkx_graph(spots, streets)
    at = random.choice(np.unique(streets), UNITS)
    race("at crossings", graph, spots[at], theirs, at.tolist(), whole=whole)
    doors, units = with_doors(theirs, spots, streets, random)
    labels = [len(spots) + k for k in range(UNITS)]
    race("at doors", WalkGraph.of_lines(lines), units, doors, labels, whole=whole)


if __name__ == "__main__":
    main()
