"""What lies around a region: units under other bodies, and approved branches without room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from lxgeo.decide.regions.instance import Ints, Reals
from lxgeo.geo.metric import project
from lxgeo.model import Outcome
from lxgeo.rules.legality import full_members, total_members

_METRES_A_DEGREE = 111_000.0
_NARROWEST = 0.1  # cosine beyond which no county lies


@dataclass(frozen=True, eq=False)
class Surroundings:
    """All must-join units of a district, and its approved branches that take nobody in.

    Parameters
    ----------
    units
        Rows of `lxgeo.tables.TRIAGED`, in order of their ids.
    lon, lat : ndarray of float64
        Where they are, degrees WGS 84.
    full, total : ndarray of int64
        Their full members and all their members.
    jurisdictions : ndarray of str
        Who is in charge of each.
    closed
        Rows of `lxgeo.tables.EXISTING`: approved branches with a position and without room.
    """

    units: tuple[Any, ...]
    lon: Reals
    lat: Reals
    full: Ints
    total: Ints
    jurisdictions: NDArray[np.object_]
    closed: tuple[Any, ...]

    def near(self, lon: float, lat: float, metres: float) -> NDArray[np.intp]:
        """Return the units in a box of twice so many metres around a point."""
        high = metres / _METRES_A_DEGREE
        wide = high / max(_NARROWEST, float(np.cos(np.radians(lat))))
        inside = (np.abs(self.lon - lon) <= wide) & (np.abs(self.lat - lat) <= high)
        return np.flatnonzero(inside)

    def closed_of(self, jurisdiction: str, crs: str) -> tuple[list[Any], Reals]:
        """Return the branches of a jurisdiction that take nobody in, and where they are, metres."""
        branches = [each for each in self.closed if each.jurisdiction == jurisdiction]
        points = np.array([(each.geometry.x, each.geometry.y) for each in branches]).reshape(-1, 2)
        return branches, np.column_stack(project(points[:, 0], points[:, 1], crs))


def surroundings_of(triaged: gpd.GeoDataFrame, existing: gpd.GeoDataFrame) -> Surroundings:
    """Return what lies around the regions of a district.

    Parameters
    ----------
    triaged
        `lxgeo.tables.TRIAGED`; units whose ``outcome`` is empty must join.
    existing
        `lxgeo.tables.EXISTING`.
    """
    units = triaged[triaged["outcome"].isna()].sort_values("unit_id", kind="stable")
    standing = existing["outcome"].isin([Outcome.JOINT, Outcome.STANDALONE])
    closed = existing[standing & (existing["room"] == 0) & existing.geometry.notna()]
    return Surroundings(
        units=tuple(units.itertuples(index=False)),
        lon=units["lon"].to_numpy(dtype=np.float64),
        lat=units["lat"].to_numpy(dtype=np.float64),
        full=full_members(units).to_numpy(dtype=np.int64),
        total=total_members(units).to_numpy(dtype=np.int64),
        jurisdictions=units["jurisdiction"].to_numpy(dtype=object),
        closed=tuple(closed.sort_values("branch_id", kind="stable").itertuples(index=False)),
    )
