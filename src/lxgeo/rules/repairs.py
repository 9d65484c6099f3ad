"""The smallest repair (变动最少的办法) of an approved joint branch that is short of members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import Geod

from lxgeo.model import Figure
from lxgeo.policy import Policy
from lxgeo.rules.legality import LEAST_UNITS, joint_members, total_members

_EARTH = Geod(ellps="GRS80")


class Seat(NamedTuple):
    """Where a branch stands: longitude and latitude, its distance limit (metres), its body."""

    lon: float
    lat: float
    limit_m: float
    jurisdiction: str


@dataclass(frozen=True)
class Newcomers:
    """Units that must join a branch, by jurisdiction: they may fill up one that is short.

    Parameters
    ----------
    by_body
        Jurisdiction → its units (`lxgeo.tables.TRIAGED`), in order of their ids.
    """

    by_body: Mapping[str, gpd.GeoDataFrame]

    @classmethod
    def among(cls, triaged: gpd.GeoDataFrame) -> Newcomers:
        """Return the units whose outcome is empty."""
        units = triaged[triaged["outcome"].isna()].sort_values("unit_id", kind="stable")
        return cls({str(body): members for body, members in units.groupby("jurisdiction")})

    def fewest(self, seat: Seat, staying: pd.DataFrame, policy: Policy) -> dict[str, Figure]:
        """Return who would fill a branch up: as few units as possible, the nearest of those.

        Parameters
        ----------
        seat
            Where the branch stands.
        staying
            Its units.
        policy
            Thresholds.

        Returns
        -------
        dict
            ``partners`` (their names) and ``partner_m`` (to the farthest); ``dissolve`` where
            nobody in reach would do.
        """
        missing = max(policy.joint_min_full - int(joint_members(staying, policy).sum()), 0)
        places = policy.joint_max_units - len(staying)
        spare = policy.branch_max_members - int(total_members(staying).sum())
        around = self.by_body.get(seat.jurisdiction)
        if around is None:
            return {"dissolve": True}
        units, metres = _in_reach(around, seat)
        full, total = joint_members(units, policy).to_numpy(), total_members(units).to_numpy()
        for many in range(max(1, LEAST_UNITS - len(staying)), min(places, len(units)) + 1):
            fitting = [
                (float(metres[list(group)].sum()), group)
                for group in combinations(_nearest_of_each(full, metres, many, missing), many)
                if full[list(group)].sum() >= missing and total[list(group)].sum() <= spare
            ]
            if fitting:
                _, best = min(fitting)
                names = [str(units["name"].iloc[each]) for each in best]
                return {"partners": "、".join(names), "partner_m": float(metres[list(best)].max())}
        return {"dissolve": True}


def _in_reach(units: gpd.GeoDataFrame, seat: Seat) -> tuple[gpd.GeoDataFrame, NDArray[np.float64]]:
    """Return the units in reach of a branch, nearest first, and how far they are, metres."""
    lon, lat = units["lon"].to_numpy(), units["lat"].to_numpy()
    here = np.full(len(units), seat.lon), np.full(len(units), seat.lat)
    _, _, metres = _EARTH.inv(*here, lon, lat)
    near = metres <= np.minimum(units["max_distance_m"].to_numpy(), seat.limit_m)
    order = np.flatnonzero(near)[np.argsort(metres[near], kind="stable")]
    return units.iloc[order], metres[order]


def _nearest_of_each(
    full: NDArray[np.int64], metres: NDArray[np.float64], many: int, missing: int
) -> list[int]:
    """Return the units among which the best group is: of each count of members the nearest few."""
    kept: list[int] = []
    seen: dict[int, int] = {}
    for place in range(len(metres)):
        count = min(int(full[place]), missing)
        seen[count] = seen.get(count, 0) + 1
        if seen[count] <= many:
            kept.append(place)
    return kept
