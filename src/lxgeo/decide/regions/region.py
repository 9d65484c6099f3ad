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
from numpy.typing import NDArray

from lxgeo.decide.pins.settled import Settled
from lxgeo.decide.plans.partition import WIDEST
from lxgeo.decide.regions.instance import (
    FixedHosts,
    Instance,
    Ints,
    Reals,
    Shorts,
    build_instance,
)
from lxgeo.decide.regions.ways import Numbers, Spots, Ways, lies_between, spots_of
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
    hosts = _plain(hosts.sort_values("branch_id", kind="stable"))
    if units.empty:
        return []
    everybody = _everybody(units, hosts, policy)
    theirs = hosts.groupby(_region_names(hosts, policy)).indices
    none = np.zeros(0, dtype=np.intp)
    return [
        _region(str(name), everybody, members, theirs.get(name, none), ways or Ways())
        for name, members in sorted(units.groupby(_region_names(units, policy)).indices.items())
    ]


def _plain(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return rows whose texts are Python's own: what is read row by row is read faster so."""
    return rows.astype(dict.fromkeys(rows.columns[rows.dtypes == "str"], object))


def _region_names(rows: gpd.GeoDataFrame, policy: Policy) -> pd.Series:
    if policy.cross_line == "none":
        return rows["jurisdiction"]
    return rows["jurisdiction"].map(body_of, na_action="ignore").astype("str")


@dataclass(frozen=True, eq=False)
class _Everybody:
    """The units and approved branches of all regions, as columns that each region takes from.

    Parameters
    ----------
    units, hosts
        Rows of `lxgeo.tables.TRIAGED` and `lxgeo.tables.EXISTING`.
    lon, lat, building, park, line, trade, limit_m
        Of the units, and of the hosts after them; ids as numbers in their order.
    full, total, known_full
        Of the units, as of `Region`.
    fixed
        Of the hosts: standalone or not, full members, members, room.
    policy
        Thresholds and weights.
    """

    units: tuple[Any, ...]
    hosts: tuple[Any, ...]
    lon: Reals
    lat: Reals
    building: Shorts
    park: Shorts
    line: Shorts
    trade: Shorts
    limit_m: Reals
    full: Ints
    total: Ints
    known_full: Ints
    fixed: tuple[NDArray[np.bool_], Ints, Ints, Ints]
    policy: Policy


def _everybody(units: gpd.GeoDataFrame, hosts: gpd.GeoDataFrame, policy: Policy) -> _Everybody:
    host_lon = np.round(hosts.geometry.x.to_numpy(), _DECIMALS)
    host_lat = np.round(hosts.geometry.y.to_numpy(), _DECIMALS)
    both = pd.concat([pd.DataFrame(part)[_SHARED] for part in (units, hosts)], ignore_index=True)
    full = hosts["full_members"].fillna(policy.joint_min_full)
    total = hosts["total_members"].fillna(hosts["full_members"]).fillna(0)
    fixed = (
        (hosts["outcome"] == Outcome.STANDALONE).to_numpy(dtype=bool),
        full.to_numpy(dtype=np.int64),
        total.to_numpy(dtype=np.int64),
        hosts["room"].clip(upper=_MOST_ROOM).to_numpy(dtype=np.int64),
    )
    return _Everybody(
        units=tuple(units.itertuples(index=False)),
        hosts=tuple(hosts.itertuples(index=False)),
        lon=np.concatenate([units["lon"].to_numpy(), host_lon]),
        lat=np.concatenate([units["lat"].to_numpy(), host_lat]),
        building=_numbers(both["building_id"]),
        park=_numbers(both["park_id"]),
        line=_numbers(both["jurisdiction"]),
        trade=trade_levels(both["industry_code"]),
        limit_m=both["max_distance_m"].fillna(policy.max_distance_m).to_numpy(),
        full=joint_members(units, policy).to_numpy(),
        total=total_members(units).to_numpy(),
        known_full=full_members(units).to_numpy(),
        fixed=fixed,
        policy=policy,
    )


def _region(name: str, every: _Everybody, members: Numbers, theirs: Numbers, ways: Ways) -> Region:
    """Return the region of these members, and of these approved branches among the hosts."""
    which = np.concatenate([members, len(every.units) + theirs])
    lon, lat, limit_m, policy = (
        every.lon[which],
        every.lat[which],
        every.limit_m[which],
        every.policy,
    )
    crs = metric_crs(float(every.lon[members].mean()))
    places = Spots(lon, lat, *project(lon, lat, crs), _from_0(every.building[which]))
    spots, spot = spots_of(places)
    sites = Sites(
        *(places.x, places.y, places.building, _from_0(every.park[which])),
        trade=every.trade[which],
        limit_m=limit_m,
        line=_from_0(every.line[which]),
        spot=spot,
        between=lies_between(spots, policy.widening * float(limit_m.max()), ways, crs),
    )
    ours, fixed = np.arange(len(members)), np.arange(len(members), len(which))
    full, total = every.full[members], every.total[members]
    standalone, host_full, host_total, room = every.fixed
    hosts = FixedHosts(
        sites.take(fixed),
        standalone=standalone[theirs],
        full=host_full[theirs],
        total=host_total[theirs],
        room=room[theirs],
    )
    return Region(
        *(name, crs),
        units=tuple(every.units[each] for each in members),
        hosts=tuple(every.hosts[each] for each in theirs),
        sites=sites,
        full=full,
        total=total,
        known_full=every.known_full[members],
        instance=build_instance(sites.take(ours), full, total, hosts, policy),
    )


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


def _numbers(ids: pd.Series) -> Shorts:
    """Return one number an id, in order of the ids, `NOWHERE` where there is none."""
    number, _ = pd.factorize(ids.to_numpy(dtype=object), sort=True)
    return np.where(number < 0, NOWHERE, number).astype(np.int32)


def _from_0(numbers: Shorts) -> Shorts:
    """Return numbers as 0, 1, 2, … in their order: of what only some of all ids are left in."""
    known, number = np.unique(numbers, return_inverse=True)
    nowhere = int(len(known) > 0 and known[0] == NOWHERE)
    return (number.ravel() - nowhere).astype(np.int32)
