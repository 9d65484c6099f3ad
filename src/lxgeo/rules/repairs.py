"""The smallest repair (变动最少的办法) of an approved joint branch that is short of members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from lxgeo.model import Figure
from lxgeo.policy import Policy
from lxgeo.rules.cost import let_by_trade
from lxgeo.rules.legality import LEAST_UNITS, joint_members, total_members
from lxgeo.rules.trade import trade_levels

_EARTH = Geod(ellps="GRS80")


class Seat(NamedTuple):
    """Where a branch stands: longitude and latitude, its limit (metres), its body, its trade."""

    lon: float
    lat: float
    limit_m: float
    jurisdiction: str
    industry_code: Any


class Core(NamedTuple):
    """Who is in a branch: how many units, their full members that count, all their members."""

    units: int
    full: int
    total: int


class Around(NamedTuple):
    """The units of one body, in order of their ids: names, positions, limits (metres), members.

    ``trade`` is as `lxgeo.rules.trade.trade_levels` gives it.
    """

    name: NDArray[np.object_]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    limit_m: NDArray[np.float64]
    full: NDArray[np.int64]
    total: NDArray[np.int64]
    trade: NDArray[np.int32]

    def taken(self, rows: NDArray[np.intp]) -> Around:
        """Return some of them."""
        where = self.lon[rows], self.lat[rows], self.limit_m[rows]
        return Around(self.name[rows], *where, self.full[rows], self.total[rows], self.trade[rows])


@dataclass(frozen=True)
class Newcomers:
    """Units that must join a branch, by jurisdiction: they may fill up one that is short.

    Parameters
    ----------
    by_body
        Jurisdiction → its units.
    policy
        Thresholds.
    """

    by_body: Mapping[str, Around]
    policy: Policy

    @classmethod
    def among(cls, triaged: gpd.GeoDataFrame, policy: Policy) -> Newcomers:
        """Return the units whose outcome is empty."""
        units = triaged[triaged["outcome"].isna()].sort_values("unit_id", kind="stable")
        every = Around(
            units["name"].to_numpy(dtype=object),
            units["lon"].to_numpy(),
            units["lat"].to_numpy(),
            units["max_distance_m"].to_numpy(),
            joint_members(units, policy).to_numpy(),
            total_members(units).to_numpy(),
            trade_levels(units["industry_code"]),
        )
        bodies = units.groupby("jurisdiction").indices.items()
        return cls({str(body): every.taken(rows) for body, rows in bodies}, policy)

    def fewest(self, seat: Seat, staying: Core) -> dict[str, Figure]:
        """Return who would fill a branch up: as few units as possible, the nearest of those.

        Parameters
        ----------
        seat
            Where the branch stands.
        staying
            Who is in it.

        Returns
        -------
        dict
            ``partners`` (their names) and ``partner_m`` (to the farthest); ``dissolve`` where
            nobody in reach would do.
        """
        policy = self.policy
        missing = max(policy.joint_min_full - staying.full, 0)
        places = policy.joint_max_units - staying.units
        spare = policy.branch_max_members - staying.total
        around = self.by_body.get(seat.jurisdiction)
        if around is None:
            return {"dissolve": True}
        near, metres = _in_reach(around, seat, policy)
        full, total = near.full, near.total
        for many in range(max(1, LEAST_UNITS - staying.units), min(places, len(metres)) + 1):
            fitting = [
                (float(metres[list(group)].sum()), group)
                for group in combinations(_nearest_of_each(full, metres, many, missing), many)
                if full[list(group)].sum() >= missing and total[list(group)].sum() <= spare
            ]
            if fitting:
                _, best = min(fitting)
                names = [str(near.name[each]) for each in best]
                return {"partners": "、".join(names), "partner_m": float(metres[list(best)].max())}
        return {"dissolve": True}


def _in_reach(units: Around, seat: Seat, policy: Policy) -> tuple[Around, NDArray[np.float64]]:
    """Return the units that may join a branch, nearest first, and how far they are, metres.

    Distance and trade let them, as they let units share a new branch with its host.
    """
    here = np.full(len(units.lon), seat.lon), np.full(len(units.lon), seat.lat)
    _, _, metres = _EARTH.inv(*here, units.lon, units.lat)
    limits, trades = np.minimum(units.limit_m, seat.limit_m), trade_levels([seat.industry_code])
    near = let_by_trade(lambda times: metres <= times * limits, (units.trade, trades), policy)
    order = np.flatnonzero(near)[np.argsort(metres[near], kind="stable")]
    return units.taken(order), metres[order]


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
