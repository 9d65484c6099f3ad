"""How fast points are put into areas, beside a bare ``geopandas.sjoin`` of the same.

``python benchmarks/assign.py [POINTS]`` strews 1,000,000 points over 1,000 polygons of 400 vertices
and prints processor seconds of ``points.sjoin(polygons, predicate=…)`` and of what locating does
for one layer (the id of the area that holds each row's point, ties to the smallest), and whether
both say the same.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.locate.assign import held_ids
from lxgeo.tables import CRS

WEST, SOUTH, STEP = 113.0, 22.0, 0.02
ACROSS, UP, VERTICES = 40, 25, 400
REPEATS = 3


def polygons() -> gpd.GeoDataFrame:
    """Return a thousand wavy polygons side by side."""
    turn = np.linspace(0, 2 * np.pi, VERTICES, endpoint=False)
    rings = []
    for i in range(ACROSS):
        for j in range(UP):
            r = 0.55 * STEP * (0.9 + 0.1 * np.sin(7 * turn + i) + 0.05 * np.cos(13 * turn + j))
            east, north = WEST + (i + 0.5) * STEP, SOUTH + (j + 0.5) * STEP
            rings.append(np.column_stack([east + r * np.cos(turn), north + r * np.sin(turn)]))
    ids = [f"A{n:04}" for n in range(len(rings))]
    return gpd.GeoDataFrame({"id": ids}, geometry=shapely.polygons(rings), crs=CRS)


def seconds(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return the least processor seconds of a few runs, and what the last one returned."""
    took = []
    for _ in range(REPEATS):
        began = time.process_time()
        result = run()
        took.append(time.process_time() - began)
    return min(took), result


def main(count: int) -> None:
    """Print both."""
    random = np.random.default_rng(5)
    areas = polygons()
    lon = random.uniform(WEST, WEST + ACROSS * STEP, count)
    lat = random.uniform(SOUTH, SOUTH + UP * STEP, count)

    def joined(predicate: str) -> Callable[[], gpd.GeoDataFrame]:
        # A new frame each time: a spatial index is part of the work.
        points = gpd.points_from_xy(lon, lat, crs=CRS)
        return lambda: gpd.GeoDataFrame(geometry=points.copy()).sjoin(
            gpd.GeoDataFrame(areas[["id"]], geometry=areas.geometry.to_numpy(), crs=CRS),
            how="left",
            predicate=predicate,
        )

    ours_s, ours = seconds(lambda: held_ids(lon, lat, areas))
    print(f"{count:,} points onto {len(areas):,} polygons of {VERTICES} vertices")
    for predicate in ("intersects", "within"):
        bare_s, frame = seconds(joined(predicate))
        print(f"  bare sjoin({predicate}): {bare_s:.2f} s")
        print(f"  assign: {ours_s:.2f} s, {ours_s / bare_s:.2f} times (expected: at most 1.3)")
    print(f"  rows that differ from sjoin's smallest id: {_differ(ours, frame)} (expected: 0)")


def _differ(ours: NDArray[Any], frame: gpd.GeoDataFrame) -> int:
    least = frame["id"].groupby(level=0).min().to_numpy(dtype=object)
    same = (ours == least) | (pd.isna(ours) & pd.isna(least))
    return int((~same).sum())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
