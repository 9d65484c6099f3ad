"""An approved joint branch over its cap, split with the fewest changes (划小组建单元)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np

from lxgeo.decide.regions.instance import FAR, pair_cm, star_cm
from lxgeo.decide.regions.region import Region, regions_of
from lxgeo.decide.regions.ways import Ways
from lxgeo.model import Outcome, Precision
from lxgeo.policy import Policy
from lxgeo.rules.legality import LEAST_UNITS, joint_members

_MOST_UNITS = 14
"""Units of a branch whose splits are all looked at."""
_JOINABLE = [str(each) for each in Precision if each.joinable]


class Split(NamedTuple):
    """How a branch could be split.

    Parameters
    ----------
    leaving
        Ids of the units that found branches of their own.
    moving
        Unit id → id of the approved branch that it moves into.
    cost_cm
        What that costs, centimetres.
    """

    leaving: tuple[str, ...]
    moving: tuple[tuple[str, str], ...]
    cost_cm: int


@dataclass(frozen=True, eq=False)
class Leavers:
    """Units that may leave their branch, and where they may go.

    Parameters
    ----------
    region
        They as its units; as its hosts other approved joint branches with room.
    """

    region: Region

    def housed(self, units: tuple[int, ...]) -> Split | None:
        """Return the cheapest way to house all these units, None if there is none."""
        return self._housed(units, tuple(int(each) for each in self.region.instance.node["room"]))

    def _housed(self, units: tuple[int, ...], room: tuple[int, ...]) -> Split | None:
        if not units:
            return Split((), (), 0)
        ways = [*self._moved(units, room), *self._together(units, room)]
        return min(ways, key=lambda way: (way.cost_cm, way.leaving, way.moving), default=None)

    def _moved(self, units: tuple[int, ...], room: tuple[int, ...]) -> Iterator[Split]:
        """Yield the ways in which the first unit moves into an approved branch."""
        first, rest, region = units[0], units[1:], self.region
        for number, branch in enumerate(region.hosts, start=len(region.units)):
            cost = pair_cm(region.instance, first, number)
            if cost >= FAR or room[number] < 1:
                continue
            less = tuple(each - (i == number) for i, each in enumerate(room))
            others = self._housed(rest, less)
            if others is not None:
                here = (region.units[first].unit_id, branch.branch_id)
                yield Split(others.leaving, (here, *others.moving), cost + others.cost_cm)

    def _together(self, units: tuple[int, ...], room: tuple[int, ...]) -> Iterator[Split]:
        """Yield the ways in which the first unit founds a branch with some of the others."""
        first, rest, instance = units[0], units[1:], self.region.instance
        for size in range(1, min(len(rest), room[first]) + 1):
            for partners in combinations(rest, size):
                group = np.array([first, *partners], dtype=np.int32)
                cost = min(star_cm(instance, each, group[group != each]) for each in group)
                if cost >= FAR:
                    continue
                others = self._housed(tuple(each for each in rest if each not in partners), room)
                if others is not None:
                    ids = tuple(self.region.units[each].unit_id for each in group)
                    yield Split((*ids, *others.leaving), others.moving, cost + others.cost_cm)


def smallest_split(
    branch: Any, units: gpd.GeoDataFrame, hosts: gpd.GeoDataFrame, policy: Policy, ways: Ways
) -> Split | None:
    """Return the split of a branch that moves the fewest units, the cheapest among those.

    The host stays, and what stays is a legal branch. Whoever leaves founds a legal branch with
    others who leave, or moves into another approved joint branch with room.

    Parameters
    ----------
    branch
        A row of `lxgeo.tables.EXISTING`.
    units
        Its units that no rule takes out of it (`lxgeo.tables.TRIAGED`): all of them, in order of
        their ids.
    hosts
        Approved branches with the room that is left (`lxgeo.tables.EXISTING`).
    policy
        Thresholds and weights.
    ways
        What lies between units.

    Returns
    -------
    Split or None
        None where there is none, where members are unknown, or where there are too many units to
        look at all splits.
    """
    full = units["full_members"].fillna(units["affiliated_members"])
    over = len(units) - policy.joint_max_units
    if over <= 0 or len(units) > _MOST_UNITS or full.isna().any():
        return None
    free = units[units["precision"].isin(_JOINABLE) & (units["unit_id"] != branch.host_id)]
    region = _leaving(branch, free, hosts, policy, ways)
    if region is None:
        return None
    leavers, total = Leavers(region), int(joint_members(units, policy).sum())
    for many in range(over, min(len(free), len(units) - LEAST_UNITS) + 1):
        found = []
        for group in combinations(range(len(region.units)), many):
            stay = total - sum(int(region.full[each]) for each in group)
            way = leavers.housed(group) if stay >= policy.joint_min_full else None
            found += [] if way is None else [way]
        if found:
            return min(found, key=lambda way: (way.cost_cm, way.leaving, way.moving))
    return None


def _leaving(
    branch: Any, free: gpd.GeoDataFrame, hosts: gpd.GeoDataFrame, policy: Policy, ways: Ways
) -> Region | None:
    """Return those who may leave as a region, with the branches that they may move into."""
    others = (hosts["branch_id"] != branch.branch_id) & (hosts["outcome"] == Outcome.JOINT)
    theirs = free.assign(jurisdiction=branch.jurisdiction, outcome=np.nan)
    theirs = theirs.astype({"jurisdiction": "str", "outcome": "str"})
    regions: Sequence[Region] = regions_of(theirs, hosts[others], policy, ways)
    return regions[0] if regions else None
