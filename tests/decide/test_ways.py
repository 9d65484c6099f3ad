"""What lies between units: a river, a detour, roads that nobody mapped, another management line."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pytest
import shapely
from tables_by_hand import existing, lonlat, triaged

from lxgeo.decide import propose
from lxgeo.decide.regions.region import regions_of
from lxgeo.decide.regions.ways import DETOUR, Ways
from lxgeo.errors import PolicyError
from lxgeo.geo.walk import WalkGraph
from lxgeo.model import AREA_LAYERS, Areas, Outcome, Plan
from lxgeo.policy import Policy
from lxgeo.rules.cost import distances_m
from lxgeo.tables import CRS, ROADS, area_table

WALK = Policy(distance="walk")
CM = 0.011


def line(*corners: tuple[float, float]) -> shapely.LineString:
    """Return a line along corners in metres."""
    return shapely.LineString([lonlat(*corner) for corner in corners])


def areas(*barriers: shapely.Geometry) -> Areas:
    """Return areas that hold barriers alone."""
    layers = {
        name: area_table(name).shaped(gpd.GeoDataFrame({"id": []}, geometry=[], crs=CRS))
        for name in AREA_LAYERS
    }
    ids = [f"R{number}" for number in range(len(barriers))]
    layers["barriers"] = area_table("barriers").shaped(
        gpd.GeoDataFrame({"id": ids, "name": ids}, geometry=list(barriers), crs=CRS)
    )
    return Areas(layers, ROADS.shaped(gpd.GeoDataFrame({"name": []}, geometry=[], crs=CRS)))


def together(plan: Plan) -> list[set[str]]:
    """Return the units of each new joint branch."""
    joint = plan.branches[plan.branches["outcome"] == Outcome.JOINT]
    return sorted((set(ids.split(";")) for ids in joint["unit_ids"]), key=sorted)


def test_a_river_cuts_neighbours_apart() -> None:
    """Two on the west bank, two on the east, 60 m apart, two full members each: no branch spans it.

    Without the river all four would be within reach of each other; each bank founds its own.
    """
    units = triaged(
        {"unit_id": "w1", "at": (0, 0), "full_members": 2},
        {"unit_id": "w2", "at": (0, 400), "full_members": 2},
        {"unit_id": "e1", "at": (60, 0), "full_members": 2},
        {"unit_id": "e2", "at": (60, 400), "full_members": 2},
    )
    river = areas(line((30, -2000), (30, 2000)))
    cut = propose(units, existing(), Policy(), areas=river)
    free = propose(units, existing(), Policy(), areas=areas())

    assert together(cut) == [{"e1", "e2"}, {"w1", "w2"}]
    assert together(free) == [{"e1", "w1"}, {"e2", "w2"}]
    assert cut.regions[0].status == "optimal"
    # 500 to open and 400 m to walk, twice; without the river, 60 m each.
    assert cut.regions[0].cost_m == pytest.approx(1800, abs=0.1)
    assert free.regions[0].cost_m == pytest.approx(1120, abs=0.1)


def test_a_bridge_lets_pass() -> None:
    """The river has a gap where the straight line leads through."""
    units = triaged(
        {"unit_id": "w1", "at": (0, 0), "full_members": 2},
        {"unit_id": "e1", "at": (60, 0), "full_members": 2},
    )
    river = areas(line((30, -2000), (30, -10)), line((30, 10), (30, 2000)))

    assert together(propose(units, existing(), Policy(), areas=river)) == [{"e1", "w1"}]


def test_one_building_stands_on_both_sides() -> None:
    """Who is in one building is not cut off: the line is drawn wrong, or the house spans it."""
    units = triaged(
        {"unit_id": "w1", "at": (0, 0), "full_members": 2, "building_id": "B1"},
        {"unit_id": "e1", "at": (60, 0), "full_members": 2, "building_id": "B1"},
        {"unit_id": "e2", "at": (60, 0), "full_members": 2},
    )
    river = areas(line((30, -2000), (30, 2000)))
    (region,) = regions_of(units, existing(), Policy(), Ways(barriers=river.layers["barriers"]))
    metres = distances_m(region.sites, region.sites)

    assert [unit.unit_id for unit in region.units] == ["e1", "e2", "w1"]
    assert metres[0] == pytest.approx([0, 0, 60], abs=CM)
    assert metres[1].tolist()[2] == np.inf


def test_units_join_no_branch_across_a_river() -> None:
    """An approved branch with room on the other bank is out of reach."""
    units = triaged({"unit_id": "w1", "at": (0, 0), "full_members": 2})
    hosts = existing({"branch_id": "B1", "outcome": "joint", "at": (60, 0)})
    river = areas(line((30, -2000), (30, 2000)))
    cut = propose(units, hosts, Policy(), areas=river)
    free = propose(units, hosts, Policy())

    assert cut.units["outcome"].tolist() == ["left_out"]
    assert free.units["outcome"].tolist() == ["joint"]


def detour() -> WalkGraph:
    """Return a road from (0, 0) to (300, 0) that leads 800 m south: 1,900 m along."""
    return WalkGraph.of_lines(np.array([line((0, 0), (0, -800), (300, -800), (300, 0))]))


def test_a_detour_is_walked() -> None:
    """300 m straight, 1,900 m along the only road: in reach of 2,000 m, at 1,900 m; not of 1,200 m.

    A branch of the two with two full members each costs 500 + 1,900.
    """
    units = triaged(
        {"unit_id": "u1", "at": (0, 0), "full_members": 2, "max_distance_m": 2000.0},
        {"unit_id": "u2", "at": (300, 0), "full_members": 2, "max_distance_m": 2000.0},
    )
    walked = propose(units, existing(), WALK, roads=detour())
    straight = propose(units, existing(), Policy(), roads=detour())
    short = propose(units.assign(max_distance_m=1200.0), existing(), WALK, roads=detour())

    assert walked.regions[0].cost_m == pytest.approx(2400, abs=0.1)
    assert walked.units["distance_m"].tolist() == pytest.approx([0, 1900], abs=0.1)
    assert walked.branches["span_m"].tolist() == pytest.approx([300], abs=0.1)
    assert straight.regions[0].cost_m == pytest.approx(800, abs=0.1)
    assert short.units["outcome"].tolist() == ["left_out", "left_out"]


def test_costs_on_foot_are_those_of_the_published_distances() -> None:
    """Whole centimetres: 500 m and the distance told are the cost, exactly."""
    units = triaged(
        {"unit_id": "u1", "at": (3.123, 0), "full_members": 2, "max_distance_m": 2000.0},
        {"unit_id": "u2", "at": (300, -1.077), "full_members": 2, "max_distance_m": 2000.0},
    )
    plan = propose(units, existing(), WALK, roads=detour())

    (branch,) = plan.branches.itertuples()
    told = plan.units.loc[~plan.units["is_host"], "distance_m"].item()
    assert round(100 * branch.cost_m) == 50_000 + round(100 * told)
    assert told > 1800


def test_where_no_road_is_mapped_the_way_is_a_little_longer() -> None:
    """600 m from the road at both ends: 1.3 times 200 m straight, and a river there still cuts."""
    units = triaged(
        {"unit_id": "u1", "at": (-700, 0), "full_members": 2},
        {"unit_id": "u2", "at": (-700, 200), "full_members": 2},
    )
    road = WalkGraph.of_lines(np.array([line((0, -2000), (0, 2000))]))
    plan = propose(units, existing(), WALK, roads=road)
    river = areas(line((-2000, 100), (-10, 100)))
    cut = propose(units, existing(), WALK, roads=road, areas=river)

    assert plan.units["distance_m"].max() == pytest.approx(200 * DETOUR, abs=CM)
    assert cut.units["outcome"].tolist() == ["left_out", "left_out"]


def test_inside_a_building_one_walks_straight() -> None:
    """Two doors of one building on two roads: no way around the block."""
    units = triaged(
        {"unit_id": "u1", "at": (0, 0), "full_members": 2, "building_id": "B1"},
        {"unit_id": "u2", "at": (300, 0), "full_members": 2, "building_id": "B1"},
    )
    plan = propose(units, existing(), WALK, roads=detour())

    assert plan.units["distance_m"].max() == pytest.approx(300, abs=CM)


@pytest.mark.parametrize("roads", [lambda: None, lambda: WalkGraph.of_lines(np.array([]))])
def test_walking_needs_roads(roads: Callable[[], WalkGraph | None]) -> None:
    """Without a network the policy can't be followed; what to do is told."""
    with pytest.raises(PolicyError, match="fetch-osm"):
        propose(triaged({"unit_id": "u1", "at": (0, 0)}), existing(), WALK, roads=roads())


ON_LINES = (
    {"unit_id": "a", "at": (0, 0), "full_members": 2, "building_id": "B1", "park_id": "P1"},
    {"unit_id": "b", "at": (0, 0), "full_members": 2, "building_id": "B1", "park_id": "P1"},
    {"unit_id": "c", "at": (50, 0), "full_members": 2, "park_id": "P1"},
    {"unit_id": "d", "at": (90, 0), "full_members": 2},
)
LINES = ("territorial", "sectoral", "attached", "sectoral:文化局")


@pytest.mark.parametrize(
    ("cross_line", "expected"),
    [
        ("none", []),
        ("same_building", [{"a", "b"}]),
        ("same_park", [{"a", "b", "c"}]),
        ("all", [{"a", "b", "c", "d"}]),
    ],
)
def test_lines_share_branches_as_far_as_the_policy_lets_them(
    cross_line: str, expected: list[set[str]]
) -> None:
    """Four units, each on a line of its own; one building, one park around it, one neighbour.

    In the park, c costs 25 m more in the branch of a and b; alone it would be left out. Where all
    may, one branch under c costs 500 + 25 + 25 + 40 m, less than two of 500 each.
    """
    units = triaged(
        *(
            unit | {"jurisdiction": f"township:T1|{on}"}
            for unit, on in zip(ON_LINES, LINES, strict=True)
        )
    )
    plan = propose(units, existing(), Policy(cross_line=cross_line))

    assert together(plan) == expected
    if cross_line != "none":
        assert [each.region for each in plan.regions] == ["township:T1"]
        assert plan.regions[0].must_join == 4


def test_no_policy_crosses_from_body_to_body() -> None:
    """Two townships, one building: never one branch, whatever the policy lets lines do."""
    units = triaged(
        ON_LINES[0],
        ON_LINES[1] | {"jurisdiction": "township:T2|territorial", "township_id": "T2"},
    )
    plan = propose(units, existing(), Policy(cross_line="all"))

    assert together(plan) == []
    assert [each.region for each in plan.regions] == ["township:T1", "township:T2"]
