"""Regions: the must-join units and the approved branches with room that one body decides on.

That is a jurisdiction; or all management lines of a township or of a park's committee, where the
policy lets lines share branches.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from lxgeo.decide.pins.settled import Settled
from lxgeo.decide.plans.partition import WIDEST
from lxgeo.decide.regions.instance import FixedHosts, Instance, Ints, build_instance
from lxgeo.decide.regions.ways import Spots, Ways, lies_between, spots_of
from lxgeo.geo.metric import metric_crs, project
from lxgeo.model import Outcome
from lxgeo.policy import Policy
from lxgeo.rules.cost import NOWHERE, Sites
from lxgeo.rules.legality import body_of, full_members, joint_members, total_members
from lxgeo.rules.trade import trade_levels

_DECIMALS = 7  # of a degree, as positions are published
_MOST_ROOM = WIDEST - 1  # most units that a plan brings to one approved branch


@dataclass(frozen=True, eq=False)
class Region:
    """What one solver call plans.

    Parameters
    ----------
    name
        The jurisdiction, or the body (`lxgeo.rules.legality.body_of`).
    crs
        The metric CRS that its distances are measured in.
    units
        Its must-join units in order of ``unit_id``: rows of `lxgeo.tables.TRIAGED`.
    hosts
        Its approved branches with room in order of ``branch_id``: rows of `lxgeo.tables.EXISTING`.
    sites
        Where all of them are, units first.
    full, total
        Full members of each unit that count towards a branch's three, and all its members.
    known_full
        All its full members, those whose affiliation is elsewhere too.
    instance
        The same as arrays for the kernels.
    settled
        What pins settle in it.
    """

    name: str
    crs: str
    units: tuple[Any, ...]
    hosts: tuple[Any, ...]
    sites: Sites
    full: Ints
    total: Ints
    known_full: Ints
    instance: Instance
    settled: Settled = field(default_factory=Settled)


def regions_of(
    triaged: gpd.GeoDataFrame,
    existing: gpd.GeoDataFrame,
    policy: Policy,
    ways: Ways | None = None,
) -> list[Region]:
    """Return the regions that have units to place, sorted by name.

    Parameters
    ----------
    triaged
        `lxgeo.tables.TRIAGED`; units whose ``outcome`` is empty are placed.
    existing
        `lxgeo.tables.EXISTING`; joint and standalone branches with room and a position take part.
    policy
        Thresholds and weights.
    ways
        What lies between them besides the straight line; nothing if not given.
    """
    units = _plain(triaged[triaged["outcome"].isna()].sort_values("unit_id", kind="stable"))
    may_host = existing["outcome"].isin([Outcome.JOINT, Outcome.STANDALONE])
    hosts = existing[may_host & (existing["room"] > 0) & existing.geometry.notna()]
    hosts = hosts.sort_values("branch_id", kind="stable")
    theirs = dict(list(hosts.groupby(_region_names(hosts, policy))))
    return [
        _region(str(name), members, theirs.get(name, hosts.iloc[:0]), policy, ways or Ways())
        for name, members in units.groupby(_region_names(units, policy))
    ]


def _plain(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return rows whose texts are Python's own: what is read row by row is read faster so."""
    return rows.astype(dict.fromkeys(rows.columns[rows.dtypes == "str"], object))


def _region_names(rows: gpd.GeoDataFrame, policy: Policy) -> pd.Series:
    if policy.cross_line == "none":
        return rows["jurisdiction"]
    return rows["jurisdiction"].map(body_of, na_action="ignore").astype("str")


def _region(
    name: str, units: gpd.GeoDataFrame, hosts: gpd.GeoDataFrame, policy: Policy, ways: Ways
) -> Region:
    crs = metric_crs(float(units["lon"].mean()))
    host_lon = np.round(hosts.geometry.x.to_numpy(), _DECIMALS)
    host_lat = np.round(hosts.geometry.y.to_numpy(), _DECIMALS)
    lon = np.concatenate([units["lon"].to_numpy(), host_lon])
    lat = np.concatenate([units["lat"].to_numpy(), host_lat])
    both = pd.concat([pd.DataFrame(part)[_SHARED] for part in (units, hosts)], ignore_index=True)
    limit_m = both["max_distance_m"].fillna(policy.max_distance_m).to_numpy()
    places = Spots(lon, lat, *project(lon, lat, crs), _numbers(both["building_id"]))
    spots, spot = spots_of(places)
    sites = Sites(
        *(places.x, places.y, places.building, _numbers(both["park_id"])),
        trade=trade_levels(both["industry_code"]),
        limit_m=limit_m,
        line=_numbers(both["jurisdiction"]),
        spot=spot,
        between=lies_between(spots, policy.widening * float(limit_m.max()), ways, crs),
    )
    count = len(units)
    full, total = joint_members(units, policy).to_numpy(), total_members(units).to_numpy()
    ours, fixed = np.arange(count), np.arange(count, len(sites))
    instance = build_instance(
        sites.take(ours), full, total, _fixed_hosts(hosts, sites.take(fixed), policy), policy
    )
    rows = tuple(units.itertuples(index=False)), tuple(hosts.itertuples(index=False))
    return Region(name, crs, *rows, sites, full, total, full_members(units).to_numpy(), instance)


def bare_instance(units: gpd.GeoDataFrame, crs: str, policy: Policy) -> Instance:
    """Return must-join units as an instance in a metric CRS, as if nothing lay between them.

    Each jurisdiction is a line of its own; nobody is there but they.
    """
    x, y = project(units["lon"].to_numpy(), units["lat"].to_numpy(), crs)
    building, park, line = (
        _numbers(units[each]) for each in ("building_id", "park_id", "jurisdiction")
    )
    trade, limit_m = trade_levels(units["industry_code"]), units["max_distance_m"].to_numpy()
    sites = Sites(x, y, building, park, trade, limit_m, line=line)
    full, total = joint_members(units, policy).to_numpy(), total_members(units).to_numpy()
    none = np.zeros(0, dtype=np.int64)
    nobody = FixedHosts(sites.take(none), none.astype(bool), none, none, none)
    return build_instance(sites, full, total, nobody, policy)


_SHARED = ["building_id", "park_id", "industry_code", "max_distance_m", "jurisdiction"]


def _fixed_hosts(hosts: gpd.GeoDataFrame, sites: Sites, policy: Policy) -> FixedHosts:
    full = hosts["full_members"].fillna(policy.joint_min_full)
    total = hosts["total_members"].fillna(hosts["full_members"]).fillna(0)
    return FixedHosts(
        sites,
        standalone=(hosts["outcome"] == Outcome.STANDALONE).to_numpy(dtype=bool),
        full=full.to_numpy(dtype=np.int64),
        total=total.to_numpy(dtype=np.int64),
        room=hosts["room"].clip(upper=_MOST_ROOM).to_numpy(dtype=np.int64),
    )


def _numbers(ids: pd.Series) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Return one number an id, `NOWHERE` where there is none."""
    number, _ = pd.factorize(ids.to_numpy(dtype=object), sort=True)
    return np.where(number < 0, NOWHERE, number).astype(np.int32)
