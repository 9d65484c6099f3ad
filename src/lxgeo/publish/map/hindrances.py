"""What the page checks changes by, besides figures: barriers, and the room of approved branches.

Barriers travel in ten-millionths of a degree, as positions are published.
"""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.model import Areas
from lxgeo.policy import Policy
from lxgeo.publish.map.pack import PackedColumn, coded, counts, known, steps
from lxgeo.tables import BranchStatus

_PER_DEGREE = 10_000_000
_CLOSED = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def barrier_columns(areas: Areas, policy: Policy) -> Iterator[PackedColumn]:
    """Yield what nobody walks across; nothing where ways are measured on foot.

    ``barrier.rings`` counts the outlines of each part, 0 of a line; ``barrier.ends`` the points of
    each outline or line; ``barrier.x`` and ``barrier.y`` are where they are.
    """
    shapes = areas.layers["barriers"].geometry
    if policy.distance == "walk" or not len(shapes):
        return
    parts = shapely.get_parts(shapes.to_numpy())
    closed = np.isin(shapely.get_type_id(parts), _CLOSED)
    outlines = [
        outline
        for part, ring in zip(parts, closed, strict=True)
        for outline in (shapely.get_rings(part) if ring else [part])
    ]
    points = np.rint(shapely.get_coordinates(outlines) * _PER_DEGREE)
    rings = np.where(closed, 1 + shapely.get_num_interior_rings(parts), 0)
    yield counts("barrier.rings", rings)
    yield counts("barrier.ends", shapely.get_num_coordinates(outlines))
    yield steps("barrier.x", points[:, 0])
    yield steps("barrier.y", points[:, 1])


def room_columns(branches: gpd.GeoDataFrame, areas: Areas) -> Iterator[PackedColumn]:
    """Yield what approved branches hold at most, where it is known, and which places hold them."""
    existing = (branches["status"] == BranchStatus.EXISTING).to_numpy(dtype=bool)
    listed = areas.layers["branches"]
    capacity = listed["capacity"].to_numpy(dtype=object, na_value=None)
    by_id, by_name = (dict(zip(listed[key], capacity, strict=True)) for key in ("id", "name"))
    told = [
        by_id.get(branch, by_name.get(name)) if approved else None
        for branch, name, approved in zip(
            branches["branch_id"], branches["name"], existing, strict=True
        )
    ]
    yield known("branch.capacity", pd.Series(told, dtype="Int64"))
    for place in ("building", "park"):
        within = _within(branches, existing, areas.layers[f"{place}s"])
        yield from coded(f"branch.{place}_id", pd.Series(within, dtype="object"))


def _within(
    branches: gpd.GeoDataFrame, asked: NDArray[np.bool_], areas: gpd.GeoDataFrame
) -> list[str | None]:
    """Return the area that holds each branch's place, the first where several do."""
    found: list[str | None] = [None] * len(branches)
    points = branches.geometry.to_numpy()
    at = np.flatnonzero(asked & ~shapely.is_missing(points))
    tree = shapely.STRtree(areas.geometry.to_numpy())
    inner, outer = tree.query(points[at], predicate="intersects")
    for branch, area in sorted(zip(at[inner], outer, strict=True), reverse=True):
        found[branch] = str(areas["id"].iloc[area])
    return found
