"""The roads that a scenario's distances are walked on, where its policy measures on foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from lxgeo.decide.regions.ways import DETOUR, OFF_ROAD_M
from lxgeo.errors import Words
from lxgeo.read.roads import read_walk_graph
from lxgeo.scenario.asked import Scenario

if TYPE_CHECKING:
    from lxgeo.geo.walk import WalkGraph


def roads_of(scenario: Scenario) -> tuple[WalkGraph | None, tuple[Words, ...]]:
    """Return the network of the scenario's areas, and what a person should know of it.

    There is none where the policy measures straight.

    Raises
    ------
    AreasError
        A road file that can't be read.
    """
    if scenario.policy.distance != "walk":
        return None, ()
    return read_walk_graph(scenario.areas, cache=scenario.network)


def off_roads(triaged: gpd.GeoDataFrame, roads: WalkGraph | None) -> tuple[Words, ...]:
    """Return what a person should know of units that no mapped road leads to.

    Parameters
    ----------
    triaged
        `lxgeo.tables.TRIAGED`; units without an outcome are the ones to be placed.
    roads
        The network that `roads_of` returned.
    """
    if roads is None or not len(roads):
        return ()
    units = triaged[triaged["outcome"].isna()]
    count = int((roads.metres_away(units["lon"], units["lat"]) > OFF_ROAD_M).sum())
    if not count:
        return ()
    return (
        Words(
            f"步行距离：{count} 家单位离路网所载道路超过 {OFF_ROAD_M:.0f} 米，"
            f"其距离按直线的 {DETOUR} 倍计（测算参数）",
            f"walking distances: {count} units are more than {OFF_ROAD_M:.0f} m from any mapped "
            f"road; theirs are taken as {DETOUR} times the straight line",
        ),
    )
