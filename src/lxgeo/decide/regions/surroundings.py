"""What lies around a region: units under other bodies, and approved branches without room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from lxgeo.decide.regions.instance import Instance, Reals
from lxgeo.decide.regions.region import bare_instance
from lxgeo.decide.regions.squares import Squares, squares_of_all
from lxgeo.geo.metric import project
from lxgeo.model import Outcome
from lxgeo.policy import Policy

_TOLD = ("jurisdiction", "park", "township", "approver", "line")


@dataclass(frozen=True, eq=False)
class Neighbour:
    """Whom a unit is under: what names the body in charge."""

    jurisdiction: str
    park: Any
    township: Any
    approver: Any
    line: str


@dataclass(frozen=True, eq=False)
class Surroundings:
    """All must-join units of a district, and its approved branches that take nobody in.

    Parameters
    ----------
    units
        Rows of `lxgeo.tables.TRIAGED`, in order of their ids.
    number
        Unit id → its place among them.
    closed
        Jurisdiction → rows of `lxgeo.tables.EXISTING`: its approved branches with a position and
        without room.
    policy
        Thresholds.
    """

    units: gpd.GeoDataFrame
    number: Mapping[str, int]
    closed: Mapping[str, list[Any]]
    policy: Policy
    _undivided: dict[str, tuple[Instance, Squares]] = field(default_factory=dict)

    def undivided(self, crs: str) -> tuple[Instance, Squares]:
        """Return the district as if one body decided on all of it, and nothing lay between.

        Each jurisdiction is a line of its own; any two may share a branch.
        """
        if crs not in self._undivided:
            law = replace(self.policy, cross_line="all")
            district = bare_instance(self.units, crs, law)
            self._undivided[crs] = district, squares_of_all(district)
        return self._undivided[crs]

    def neighbour(self, number: int) -> Neighbour:
        """Return whom a unit is under."""
        return Neighbour(*(self._told[name][number] for name in _TOLD))

    @property
    def _told(self) -> Mapping[str, Any]:
        return {name: self.units[name].array for name in _TOLD}

    def closed_of(self, jurisdiction: str, crs: str) -> tuple[list[Any], Reals]:
        """Return the branches of a jurisdiction that take nobody in, and where they are, metres."""
        branches = self.closed.get(jurisdiction, [])
        points = np.array([(each.geometry.x, each.geometry.y) for each in branches]).reshape(-1, 2)
        return branches, np.column_stack(project(points[:, 0], points[:, 1], crs))


def surroundings_of(
    triaged: gpd.GeoDataFrame, existing: gpd.GeoDataFrame, policy: Policy
) -> Surroundings:
    """Return what lies around the regions of a district.

    Parameters
    ----------
    triaged
        `lxgeo.tables.TRIAGED`; units whose ``outcome`` is empty must join.
    existing
        `lxgeo.tables.EXISTING`.
    policy
        Thresholds.
    """
    units = triaged[triaged["outcome"].isna()].sort_values("unit_id", kind="stable")
    standing = existing["outcome"].isin([Outcome.JOINT, Outcome.STANDALONE])
    full = existing[standing & (existing["room"] == 0) & existing.geometry.notna()]
    closed = defaultdict(list)
    for branch in full.sort_values("branch_id", kind="stable").itertuples(index=False):
        if pd.notna(branch.jurisdiction):
            closed[str(branch.jurisdiction)].append(branch)
    number = {unit_id: i for i, unit_id in enumerate(units["unit_id"])}
    return Surroundings(units, number, dict(closed), policy)
