"""Ways on foot, barriers, and management lines that share branches: what is planted is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import geopandas as gpd
import pytest
from hand_plan import JOINT_ID, T1, T2, Script, hand_plan, joins_existing
from shapely import LineString, Polygon

from lxgeo.judge import BreachCode, RunTables, Unchecked, unchecked, verify
from lxgeo.tables import CRS
from town import lonlat

SECTORAL = "township:T1|sectoral"


def codes(script: Script) -> set[str]:
    """Return which breaches a script's run shows."""
    return {str(breach.code) for breach in verify(script.tables())}


def walked(way_m: float) -> Script:
    """Return the town's plan on foot: U4 walks so far to U2, U7 goes straight along a road.

    U3 is in the building of U2, and U4 on another trade: 500 + 300 + 0 + way + 300.
    """
    script = hand_plan()
    script.summary["policy"]["distance"] = "walk"
    for each in (script.units["U4"], script.links["U4"]):
        each["distance_m"] = way_m
    script.branches[JOINT_ID]["cost_m"] = round(1100 + way_m, 2)
    # Straight metres are no whole centimetres: the way of U7 is the next one, and so is its cost.
    metres = script.units["U7"]["distance_m"] + 0.01
    for each in (script.units["U7"], script.links["U7"]):
        each["distance_m"] = metres
    script.branches["E1"]["cost_m"] = round(800 + metres + 225, 2)
    script.settle()
    return script


def test_ways_on_foot_are_taken_as_told() -> None:
    """900.25 m to a host 400 m away: no breach, and the certificate says what nobody checked."""
    script = walked(900.25)

    assert codes(script) == set()
    assert unchecked(script.tables()) == (Unchecked.WAYS,)


@pytest.mark.parametrize(("way_m", "expected"), [(399.0, "distance_wrong"), (1200.5, "too_far")])
def test_ways_shorter_than_the_line_or_beyond_the_limit(way_m: float, expected: str) -> None:
    """Nobody walks 399 m to a place 400 m away; 1,200 m is the limit on foot as well."""
    assert expected in codes(walked(way_m))


def test_the_cost_on_foot_is_added_from_the_ways_told() -> None:
    """A centimetre more than 1,100 m and the way is told, and found."""
    script = walked(900.25)
    script.branches[JOINT_ID]["cost_m"] += 0.01
    script.settle()

    assert "cost_wrong" in codes(script)


def on_two_lines(allowed: str, *, shared: bool) -> Script:
    """Return the town's plan where U3 (in the building of its host U2) or U4 is sectoral."""
    script = hand_plan()
    script.summary["policy"]["cross_line"] = allowed
    for region in script.summary["regions"]:
        region["region"] = region["region"].rpartition("|")[0]
    script.units["U3" if shared else "U4"]["jurisdiction"] = SECTORAL
    return script


@pytest.mark.parametrize(
    ("allowed", "shared", "legal"),
    [
        ("same_building", True, True),
        ("same_building", False, False),
        ("same_park", True, True),
        ("same_park", False, False),
        ("all", True, True),
        ("all", False, True),
    ],
)
def test_lines_share_a_branch_only_as_the_policy_says(
    allowed: str, *, shared: bool, legal: bool
) -> None:
    """In the host's building two lines may; 400 m away only where they may anywhere."""
    script = on_two_lines(allowed, shared=shared)

    assert codes(script) == (set() if legal else {"two_jurisdictions"})


def test_a_park_is_shared_with_the_host() -> None:
    """U4 is in the park of its host: legal where a park is enough, not where a building is."""
    park = on_two_lines("same_park", shared=False)
    building = on_two_lines("same_building", shared=False)
    for script in (park, building):
        for unit_id in ("U2", "U3", "U4"):
            script.units[unit_id]["park_id"] = "P1"
        # Half of 400 m.
        cost = 1100 + script.units["U4"]["distance_m"] / 2
        script.branches[JOINT_ID]["cost_m"] = round(cost, 2)
        row = script.summary["regions"][0]
        row.update(cost_m=round(cost + 12_000, 2), bound_m=round(cost + 12_000, 2))
        whole = round(sum(each["cost_m"] for each in script.summary["regions"]), 2)
        script.summary |= {"plan_cost_m": whole, "bound_m": whole}
        script.summary["mean_cost_m"] = round((whole - 12_000) / 4, 2)

    assert "two_jurisdictions" not in codes(park)
    assert "two_jurisdictions" in codes(building)


def test_two_townships_are_never_one_body() -> None:
    """Whatever lines may do, a unit of the other township is under another body."""
    script = on_two_lines("all", shared=False)
    script.units["U4"]["jurisdiction"] = T2

    assert "two_jurisdictions" in codes(script)


def with_barriers(*shapes: LineString | Polygon) -> Callable[[Script], RunTables]:
    """Return what makes tables of a script whose run tells of barriers."""
    ids = [f"R{number}" for number in range(len(shapes))]
    layer = gpd.GeoDataFrame({"id": ids}, geometry=list(shapes), crs=CRS)
    return lambda script: replace(script.tables(), barriers=layer)


def line(*corners: tuple[float, float]) -> LineString:
    """Return a line along corners in metres of the town."""
    return LineString([lonlat(*corner) for corner in corners])


def block(west: float, south: float, east: float, north: float) -> Polygon:
    """Return a rectangle in metres of the town."""
    return Polygon(
        [lonlat(*each) for each in ((west, south), (east, south), (east, north), (west, north))]
    )


@pytest.mark.parametrize(
    ("shapes", "crossed"),
    [
        ((line((1200, 0), (1200, 2000)),), {"U4"}),
        ((line((1200, 0), (1200, 1000)), line((1200, 1000), (1200, 2000))), {"U4"}),
        ((line((1200, 0), (1200, 990)), line((1200, 1010), (1200, 2000))), set()),
        ((line((2500, 1300), (3500, 1300)),), {"U7"}),
        ((block(1150, 0, 1250, 2000),), {"U4"}),
        ((block(1150, 0, 1900, 2000),), set()),
        ((), set()),
    ],
)
def test_a_barrier_between_unit_and_host_is_found(
    shapes: tuple[LineString | Polygon, ...], crossed: set[str]
) -> None:
    """U4 is 400 m east of its host at (1000, 1000), U7 600 m north of the branch it joins.

    A river, the same in two pieces that meet on the line, one with a bridge there, one farther
    east, a lake between, a lake around U4, and none. U3 is where its host is.
    """
    found = verify(with_barriers(*shapes)(hand_plan()))

    assert {breach.where for breach in found} == crossed
    assert {breach.code for breach in found} <= {BreachCode.CROSSES_BARRIER}


def test_one_building_spans_a_barrier() -> None:
    """U4 is moved into the building of its host: nothing crosses, whatever the map draws."""
    script = hand_plan()
    script.units["U4"]["building_id"] = "B1"
    found = verify(with_barriers(line((1200, 0), (1200, 2000)))(script))

    assert BreachCode.CROSSES_BARRIER not in {breach.code for breach in found}


def test_a_run_without_barriers_says_that_nobody_looked() -> None:
    """The certificate tells what the files do not; with the layer there is nothing to tell."""
    tables = hand_plan().tables()

    assert unchecked(tables) == (Unchecked.BARRIERS,)
    assert unchecked(with_barriers()(hand_plan())) == ()


def test_a_runner_up_is_no_cheaper() -> None:
    """The next best host costs at least what the chosen one does."""
    script = hand_plan()
    script.branches[JOINT_ID]["runner_up_cost_m"] = script.branches[JOINT_ID]["cost_m"]
    assert codes(script) == set()

    for wrong in (-0.01, 100.0):  # under U3 it costs as much, under U4 2,200 and no other sum
        script.branches[JOINT_ID]["runner_up_cost_m"] = script.branches[JOINT_ID]["cost_m"] + wrong
        assert codes(script) == {"runner_up_wrong"}


def test_a_runner_up_is_the_second() -> None:
    """Under U4 the branch costs 2,200, under U3 as much as under U2: the second is no third."""
    tables = with_barriers()
    script = hand_plan()
    dear = 500 + 300 + 2 * (script.units["U4"]["distance_m"] + 300)
    script.branches[JOINT_ID]["runner_up_cost_m"] = round(dear, 2)

    assert {breach.code for breach in verify(tables(script))} == {BreachCode.RUNNER_UP_WRONG}


@pytest.mark.parametrize(
    ("total", "boundary", "level", "legal"),
    [
        (49, "ge", "branch", True),
        (50, "ge", "general_branch", True),
        (50, "ge", "branch", False),
        (50, "gt", "branch", True),
        (100, "ge", "committee", True),
        (100, "gt", "committee", False),
        (6, "ge", None, False),
    ],
)
def test_levels_go_by_all_members(
    total: int, boundary: str, level: str | None, *, legal: bool
) -> None:
    """Less than 50 a branch, from 50 a general branch, from 100 a committee; or above those."""
    script = hand_plan()
    script.summary["policy"]["level_boundary"] = boundary
    # U7 of the town founds nothing here: U6's branch is taken as the one that U1 sets up.
    script.units["U1"].update(level=level, branch_id="A1", is_host=True)
    script.branches["A1"] = script.branches["E1"] | {
        "branch_id": "A1",
        "unit_ids": "U1",
        "units": 1,
        "host_id": "U1",
        "jurisdiction": T1,
        "total_members": total,
        "cost_m": 0.0,
        "point": script.links["U3"]["to"],
    }

    assert ("level_wrong" in codes(script)) is not legal


@pytest.mark.parametrize(
    ("mode", "legal"),
    [
        ("area", True),
        ("village", True),
        ("building", False),
        ("park", False),
        ("trade", False),
        ("host", False),
        (None, False),
    ],
)
def test_modes_say_what_units_share(mode: str | None, *, legal: bool) -> None:
    """U4 is in no building and no park, and in another trade than U2 and U3."""
    script = hand_plan()
    script.branches[JOINT_ID]["mode"] = mode

    assert codes(script) == (set() if legal else {"mode_wrong"})


@pytest.mark.parametrize(
    ("shared", "mode"), [({"building_id": "B1"}, "building"), ({"park_id": "P1"}, "park")]
)
def test_a_mode_tells_what_binds_most(shared: dict[str, str], mode: str) -> None:
    """All in one building, or in one park: to call that a neighbourhood is wrong."""
    script = hand_plan()
    for each in ("U2", "U3", "U4"):
        script.units[each] |= {"building_id": None, "park_id": None, **shared}
    script.branches[JOINT_ID]["mode"] = "area"
    assert "mode_wrong" in codes(script)

    script.branches[JOINT_ID]["mode"] = mode
    assert "mode_wrong" not in codes(script)


def test_an_approved_branch_is_joined_across_lines_within_one_building() -> None:
    """U7 is on another line than U6's branch: legal in one building with its host, or anywhere."""
    for allowed, building, legal in (
        ("same_building", "B7", True),
        ("same_building", None, False),
        ("all", None, True),
    ):
        script = joins_existing()
        script.summary["policy"]["cross_line"] = allowed
        script.units["U7"]["jurisdiction"] = "township:T2|sectoral"
        for unit_id in ("U6", "U7"):
            script.units[unit_id]["building_id"] = building
        assert ("two_jurisdictions" not in codes(script)) is legal


def test_a_cheaper_host_across_a_river_is_none() -> None:
    """Under U4 both others walk 400 m and change their trade: U2 would be the cheaper host.

    Not where a river with a bridge elsewhere lies between U2 and U4 both; the branch itself is then
    refused for the river, but nobody asks for a host beyond it.
    """
    script = hand_plan()
    apart = script.units["U4"]["distance_m"]
    script.found("U4", "U2", "U3", "U4", cost_m=500 + 300 + 2 * (apart + 300))
    river = line((1200, 0), (1200, 2000))

    assert codes(script) == {"host_not_cheapest"}
    assert {str(each.code) for each in verify(with_barriers(river)(script))} == {"crosses_barrier"}
