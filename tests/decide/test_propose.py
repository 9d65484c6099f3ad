"""From triaged units to a plan: outcomes, reasons, branches; and what is no input."""

from __future__ import annotations

from hashlib import blake2b

import geopandas as gpd
import pandas as pd
import pytest
from tables_by_hand import STANDALONE, branch_of, existing, of, row_of, triaged

from lxgeo.decide import propose
from lxgeo.errors import PolicyError, TableError
from lxgeo.model import Plan, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.tables import PLANNED, PLANNED_BRANCHES

JIA, YI = "township:T1|territorial", "township:T2|territorial"


def town() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the nine-unit town as triaged (its plan is worked out in tests/town.py)."""
    two = {"township_id": "T2", "township": "乙镇", "jurisdiction": YI, "max_distance_m": 1500.0}
    house = {"building_id": "B1", "building": "创业大厦"}
    why = {"why": STANDALONE, "level": "branch"}
    units = triaged(
        {"unit_id": "U1", "at": (300, 500), "full_members": 5, "outcome": "standalone", **why},
        {"unit_id": "U2", "at": (1000, 1000), **house},
        {"unit_id": "U3", "at": (1000, 1000), "probationary_members": 1, **house},
        {"unit_id": "U4", "at": (1400, 1000), "industry_code": "I6510"},
        {
            "unit_id": "U5",
            "at": (1500, 500),
            "full_members": 0,
            "outcome": "no_members",
            "why": Reason(Rule.NO_FULL_MEMBER),
        },
        {
            "unit_id": "U6",
            "at": (3000, 1000),
            "full_members": 3,
            "outcome": "existing",
            "why": Reason(Rule.APPROVED_BRANCH),
            **two,
        },
        {
            "unit_id": "U7",
            "at": (3000, 1600),
            "full_members": 2,
            "industry_code": "I6490",
            **two,
        },
        {"unit_id": "U8", "at": (50, 1950)},
        {
            "unit_id": "U9",
            "at": None,
            "outcome": "not_located",
            "why": Reason(Rule.NO_POSITION),
        },
    )
    approved = existing(
        {
            "branch_id": "E1",
            "name": "乙镇软件党支部",
            "outcome": "standalone",
            "at": (3000, 1000),
            "host_id": "U6",
            "unit_ids": "U6",
            "jurisdiction": YI,
            "industry_code": "I6510",
            "max_distance_m": 1500.0,
        }
    )
    return units, approved


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the nine-unit town's plan."""
    return propose(*town(), Policy())


def test_tables_are_what_they_should_be(plan: Plan) -> None:
    """Nine rows in their order, every one with an outcome and a why."""
    PLANNED.check(plan.units)
    PLANNED_BRANCHES.check(plan.branches)

    assert plan.units["unit_id"].tolist() == [f"U{i}" for i in range(1, 10)]
    assert plan.units["outcome"].notna().all()
    assert all(isinstance(why, Reason) for why in plan.units["why"])


def test_outcomes_and_costs_are_the_hands(plan: Plan) -> None:
    """Joint 1,500 + attached 1,625 + left out 12,000, proved to be the best in both regions."""
    outcomes = dict(zip(plan.units["unit_id"], plan.units["outcome"], strict=True))
    jia, yi = plan.regions

    assert outcomes == {
        "U1": "standalone",
        "U2": "joint",
        "U3": "joint",
        "U4": "joint",
        "U5": "no_members",
        "U6": "existing",
        "U7": "attached",
        "U8": "left_out",
        "U9": "not_located",
    }
    assert (jia.region, jia.must_join, jia.status, jia.left_out_min) == (JIA, 4, "optimal", 1)
    assert (yi.region, yi.must_join, yi.status, yi.left_out_min) == (YI, 1, "optimal", 0)
    assert jia.crs == yi.crs == "EPSG:4544"
    assert jia.cost_m == jia.bound_m == pytest.approx(13_500, abs=0.05)
    assert jia.left_out_m == 12_000
    assert yi.cost_m == yi.bound_m == pytest.approx(1_625, abs=0.05)


def test_new_branch_by_hand(plan: Plan) -> None:
    """U2 hosts: U3, the runner-up, costs the same and has a larger id."""
    branch = branch_of(plan, "U4")

    assert branch["host_id"] == "U2"
    assert branch["unit_ids"] == "U2;U3;U4"
    assert branch["name"] == "甲街道U2电子联合党支部"
    assert (branch["outcome"], branch["status"], branch["mode"]) == ("joint", "proposed", "area")
    assert (branch["units"], branch["full_members"], branch["total_members"]) == (3, 3, 4)
    assert branch["cost_m"] == pytest.approx(1_500, abs=0.05)
    assert branch["runner_up_cost_m"] == branch["cost_m"]
    assert branch["span_m"] == pytest.approx(400, abs=0.05)
    assert branch["max_distance_m"] == 1200
    assert branch["approver"] == "甲街道党工委"
    # blake2b of "U2;U3;U4", five bytes
    assert branch.name == "B" + blake2b(b"U2;U3;U4", digest_size=5).hexdigest()
    assert branch["geometry"] == of(plan, "U2")["geometry"]


def test_units_of_a_new_branch(plan: Plan) -> None:
    """One host at distance 0; U3 in the same house; U4 at 400 m; all with the branch's reason."""
    rows = plan.units.set_index("unit_id").loc[["U2", "U3", "U4"]]

    assert rows["is_host"].tolist() == [True, False, False]
    assert rows["distance_m"].tolist() == pytest.approx([0, 0, 400], abs=0.05)
    assert set(rows["mode"]) == {"area"}
    assert {why.code for why in rows["why"]} == {Rule.NEW_JOINT_BRANCH}
    figures = rows["why"]["U3"].figures
    assert figures["members"] == "1+1+1"
    assert (figures["full"], figures["units"], figures["max_units"]) == (3, 3, 5)
    assert (figures["host"], figures["limit_m"]) == ("U2电子有限公司", 1200)
    assert figures["farthest_m"] == pytest.approx(400, abs=0.05)
    assert figures["trade"] is None


def test_attached_to_an_approved_branch(plan: Plan) -> None:
    """U7 is attached to U6's branch, whose row counts it and bears its cost."""
    unit, branch = of(plan, "U7"), branch_of(plan, "U7")

    assert (unit["branch_id"], unit["mode"], unit["is_host"]) == ("E1", "host", False)
    assert unit["distance_m"] == pytest.approx(600, abs=0.05)
    assert unit["why"].code is Rule.ATTACHED_TO_BRANCH
    assert unit["why"].figures["branch"] == "乙镇软件党支部"
    assert (branch["status"], branch["outcome"], branch["host_id"]) == (
        "existing",
        "standalone",
        "U6",
    )
    assert branch["unit_ids"] == "U6;U7"
    assert (branch["units"], branch["full_members"], branch["total_members"]) == (2, 5, 5)
    assert branch["cost_m"] == pytest.approx(1_625, abs=0.05)
    assert branch["span_m"] == pytest.approx(600, abs=0.05)


def test_units_already_decided_keep_their_branch(plan: Plan) -> None:
    """U6 keeps outcome and branch and is its host; U1 founds a branch of its own, for nothing."""
    six, one, own = of(plan, "U6"), of(plan, "U1"), branch_of(plan, "U1")

    assert (six["outcome"], six["branch_id"], six["is_host"]) == ("existing", "E1", True)
    assert six["why"].code is Rule.APPROVED_BRANCH
    assert (one["outcome"], one["mode"], one["is_host"]) == ("standalone", "standalone", True)
    assert one["why"] == STANDALONE
    assert (own["outcome"], own["mode"], own["status"]) == ("standalone", "standalone", "proposed")
    assert (own["name"], own["unit_ids"], own["cost_m"]) == ("U1电子有限公司党支部", "U1", 0)
    assert (own["units"], own["full_members"]) == (1, 5)


def test_left_out_with_a_reason(plan: Plan) -> None:
    """U8's nearest is U2 or U3, √(950² + 950²) = 1,343.5 m off, beyond 1,200 m."""
    unit = of(plan, "U8")

    assert pd.isna(unit["branch_id"])
    assert pd.isna(unit["distance_m"])
    assert not unit["is_host"]
    assert unit["why"].code is Rule.NO_PARTNER_IN_REACH
    assert unit["why"].figures["limit_m"] == 1200
    assert unit["why"].figures["nearest_m"] == pytest.approx(1343.5, abs=0.05)


def test_full_members_count_wherever_their_affiliation_is() -> None:
    """Three units of two full members, one of each affiliated: 2 + 2 + 2 = 6, not thin."""
    plan = propose(row_of(0, 0, 0, full_members=2, affiliated_members=1), existing(), Policy())
    branch = branch_of(plan, "A")

    assert (branch["full_members"], branch["total_members"]) == (6, 6)


def test_a_unit_of_five_members_still_needs_a_partner() -> None:
    """A unit barred from standing alone founds a joint branch with a neighbour of no weight."""
    units = triaged(
        {"unit_id": "A", "at": (0, 0), "full_members": 5},
        {"unit_id": "B", "at": (100, 0), "full_members": 1, "affiliated_members": 0},
    )
    plan = propose(units, existing(), Policy())

    assert set(plan.units["outcome"]) == {"joint"}
    assert branch_of(plan, "B")["host_id"] == "A"
    assert branch_of(plan, "B")["cost_m"] == pytest.approx(600, abs=0.05)


@pytest.mark.parametrize(
    ("columns", "mode", "name"),
    [
        ({"building_id": "B1", "building": "创业大厦", "park_id": "P1"}, "building", "创业大厦"),
        ({"park_id": "P1", "park": "甲园"}, "park", "甲园"),
        ({"industry_code": "C39"}, "area", "甲街道A电子"),
        ({"industry_code": "C39", "line": "sectoral"}, "trade", "甲街道A电子"),
        ({"industry_code": "K70", "line": "sectoral"}, "trade", "甲街道房地产行业"),
        ({"industry_code": "K", "line": "sectoral"}, "area", "甲街道A电子"),
        ({"industry_code": "C"}, "area", "甲街道A电子"),
        ({"building_id": "B1"}, "building", "甲街道A电子"),
    ],
)
def test_modes_and_names(columns: dict[str, str], mode: str, name: str) -> None:
    """Building before park before neighbourhood; a trade binds only on a line of its own."""
    branch = branch_of(propose(row_of(0, 0, 0, **columns), existing(), Policy()), "A")

    assert branch["mode"] == mode
    assert branch["name"] == f"{name}联合党支部"


def test_nothing_to_place() -> None:
    """No units at all, and none that must join: no regions, the tables pass through."""
    units, hosts = town()
    decided = propose(units.iloc[[0, 4, 5, 8]], hosts, Policy())
    empty = propose(triaged({"unit_id": "A", "at": (0, 0)}).iloc[:0], existing(), Policy())

    assert decided.regions == empty.regions == ()
    assert decided.units["outcome"].tolist() == [
        "standalone",
        "no_members",
        "existing",
        "not_located",
    ]
    assert len(decided.branches) == 2
    assert len(empty.units) == len(empty.branches) == 0


def test_an_unknown_effort_is_refused() -> None:
    """The efforts that there are stand in the message."""
    with pytest.raises(PolicyError, match=r"fast \| standard \| best"):
        propose(*town(), Policy(), effort="heroic")


@pytest.mark.parametrize("column", ["jurisdiction", "lon", "max_distance_m"])
def test_a_unit_that_cant_be_placed_is_no_input(column: str) -> None:
    """A unit to be placed that has no jurisdiction or position would vanish: refused by id."""
    units = row_of(0, 100, 200)
    units.loc[1, column] = None

    with pytest.raises(TableError, match="B"):
        propose(units, existing(), Policy())
