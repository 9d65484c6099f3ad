"""How branches come together: what binds units, in which order, and what it costs."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from areas_by_hand import areas, point
from tables_by_hand import existing, triaged

from lxgeo.decide import propose
from lxgeo.decide.branches.modes import of_a_village, shared_by
from lxgeo.decide.regions.places import places_of
from lxgeo.model import Mode, Plan
from lxgeo.policy import Policy
from lxgeo.tables import CRS, HOTSPOTS

DISTRICT = areas(
    buildings=[
        {"id": "B1", "name": "双子塔一号楼", "group": "双子塔"},
        {"id": "B2", "name": "双子塔二号楼", "group": "双子塔"},
        {"id": "B3", "name": "创业大厦"},
        {"id": "B4", "name": "未命名 B4"},
    ],
    parks=[{"id": "P1", "name": "甲园"}],
    markets=[{"id": "M1", "name": "建材市场"}],
    blocks=[{"id": "K1", "name": "步行街"}],
    corridors=[{"id": "C1", "name": "滨江走廊"}],
    villages=[{"id": "V1", "name": "红星村"}, {"id": "V2", "name": "幸福社区"}],
    grids=[{"id": "G1", "name": "第三网格"}],
)
CROWDED = HOTSPOTS.shaped(
    gpd.GeoDataFrame(
        {
            "id": ["H1", "H2"],
            "name": ["新桥街", "新桥街（2）"],
            "units": [9, 8],
            "full_members": [9, 8],
            "span_m": [300.0, 200.0],
        },
        geometry=[shapely.box(105, 38, 105.01, 38.01), shapely.box(105.1, 38, 105.11, 38.01)],
        crs=CRS,
    )
)
EVERYWHERE = {
    "market_id": "M1",
    "block_id": "K1",
    "park_id": "P1",
    "corridor_id": "C1",
    "village_id": "V1",
    "grid_id": "G1",
}


def bound(*units: dict[str, Any]) -> tuple[Mode, str | None]:
    """Return what some units share."""
    rows = triaged(*({"unit_id": f"U{i}", "at": (0, 0), **each} for i, each in enumerate(units)))
    return shared_by(list(rows.itertuples(index=False)), places_of(DISTRICT, CROWDED))


@pytest.mark.parametrize(
    ("both", "mode", "name"),
    [
        ({"building_id": "B3", **EVERYWHERE}, "building", "创业大厦"),
        ({"building_id": "B4"}, "building", None),
        (EVERYWHERE, "market", "建材市场"),
        ({**EVERYWHERE, "market_id": None}, "block", "步行街"),
        ({"park_id": "P1", "park": "甲园", "corridor_id": "C1"}, "park", "甲园"),
        ({"corridor_id": "C1", "village_id": "V1"}, "corridor", "滨江走廊"),
        ({"village_id": "V1", "grid_id": "G1"}, "village", "红星村"),
        ({"village_id": "V2", "grid_id": "G1"}, "area", "幸福社区"),
        ({"village_id": "V2", "hotspot_id": "H1"}, "area", "幸福社区"),
        ({"hotspot_id": "H1", "grid_id": "G1"}, "area", "新桥街"),
        ({"hotspot_id": "H2"}, "area", "新桥街"),
        ({"hotspot_id": "gone", "grid_id": "G1"}, "area", "第三网格"),
        ({"village_id": "unheard of", "grid_id": "G1"}, "area", "第三网格"),
        ({}, "area", None),
        ({"line": "sectoral", "building_id": "B3"}, "building", "创业大厦"),
        ({"line": "sectoral", **EVERYWHERE}, "trade", "计算机、通信和其他电子设备制造业"),
        ({"line": "sectoral", "industry_code": "C", **EVERYWHERE}, "market", "建材市场"),
        ({"industry_code": "C3912"}, "area", None),
    ],
)
def test_what_binds_most_comes_first(both: dict[str, Any], mode: str, name: str | None) -> None:
    """A building, a trade on a line of its own, market, block, park, corridor, village, area."""
    assert bound(both, both) == (mode, name)


def test_a_declared_group_of_buildings_is_one() -> None:
    """Two towers of one group bind as one building; a third building does not belong."""
    assert bound({"building_id": "B1"}, {"building_id": "B2"}) == ("building", "双子塔")
    assert bound({"building_id": "B1"}, {"building_id": "B3"}) == ("area", None)
    assert bound({"building_id": "B1"}, {}) == ("area", None)


def test_what_one_unit_lacks_is_not_shared() -> None:
    """Two markets are no market, and an unknown one is none either."""
    assert bound({"market_id": "M1"}, {"market_id": "M2"})[0] == "area"
    assert bound({"market_id": "M1"}, {})[0] == "area"


@pytest.mark.parametrize(
    ("name", "village"),
    [
        ("红星村党支部", True),
        ("红星村党总支部", True),
        ("红星村支部委员会", True),
        ("红星村村民委员会党支部", True),
        ("红星村种植专业合作社党支部", False),
        ("新村大酒店党支部", False),
        ("幸福社区党支部", False),
    ],
)
def test_a_village_branch_is_known_by_its_name(name: str, *, village: bool) -> None:
    """A village's own branch, not one of a firm that is called after it."""
    assert of_a_village(name) is village


def one_place(*full: int, **same: Any) -> Any:
    """Return units of so many full members at one point, in one trade."""
    return triaged(
        *(
            {"unit_id": f"U{i}", "at": (0, 0), "full_members": each, **same}
            for i, each in enumerate(full)
        )
    )


def modes(plan: Plan) -> set[tuple[str, str]]:
    """Return the outcomes and modes of a plan's units."""
    return set(zip(plan.units["outcome"], plan.units["mode"], strict=True))


JOINT = {"branch_id": "E1", "outcome": "joint", "at": (0, 0), "units": 3, "room": 2}
ALONE = {"branch_id": "E2", "outcome": "standalone", "at": (0, 0), "room": 4}


def test_an_approved_joint_branch_with_room_before_a_new_one() -> None:
    """Joining opens nothing (0 m); a new branch of four would cost 500, attachment 800."""
    plan = propose(one_place(2, 2), existing(JOINT, ALONE), Policy())

    assert modes(plan) == {("joint", "host")}
    assert plan.regions[0].cost_m == 0


def test_a_new_branch_of_four_before_attachment() -> None:
    """500 m against 800."""
    plan = propose(one_place(2, 2), existing(ALONE), Policy())

    assert modes(plan) == {("joint", "area")}
    assert plan.regions[0].cost_m == 500


def test_a_new_branch_of_three_before_attachment_at_the_same_cost() -> None:
    """500 + 300 = 800 either way: a branch of one's own needs nobody's consent."""
    plan = propose(one_place(2, 1), existing(ALONE), Policy())

    assert modes(plan) == {("joint", "area")}
    assert plan.regions[0].cost_m == plan.regions[0].bound_m == 800


def test_attachment_before_being_left_out() -> None:
    """800 m against 12,000."""
    plan = propose(one_place(1), existing(ALONE), Policy())

    assert modes(plan) == {("attached", "host")}


def test_a_village_branch_takes_enterprises_in_by_village() -> None:
    """村企联建: the approved branch is the village's own."""
    village = {**ALONE, "name": "红星村党支部"}
    plan = propose(one_place(1), existing(village), Policy())

    assert modes(plan) == {("attached", "village")}


def test_left_out_last_and_transfer_only_where_the_policy_says() -> None:
    """On a sectoral line, nobody near: transfer, at what being left out costs; else left out."""
    units = one_place(1, line="sectoral", approver="市司法局党组织")
    out = propose(units, existing(), Policy())
    moved = propose(units, existing(), Policy(transfer=True))
    here = propose(one_place(1), existing(), Policy(transfer=True))

    assert out.units["outcome"].tolist() == ["left_out"]
    assert moved.units["outcome"].tolist() == ["transfer"]
    assert moved.units["why"][0].figures["approver"] == "市司法局党组织"
    assert here.units["outcome"].tolist() == ["left_out"]
    assert out.regions == moved.regions
    assert moved.regions[0].left_out_m == moved.regions[0].cost_m == 12_000


def test_branches_are_named_after_what_they_share() -> None:
    """A group of buildings, a village with its firms, a community; the district goes unsaid."""
    house = [{"building_id": "B1"}, {"building_id": "B2"}, {"building_id": "B1"}]
    plans = [
        propose(
            triaged(*({"unit_id": f"U{i}", "at": (0, 0), **each} for i, each in enumerate(row))),
            existing(),
            Policy(),
            areas=DISTRICT,
        )
        for row in (house, [{"village_id": "V1"}] * 3, [{"village_id": "V2"}] * 3)
    ]

    assert [plan.branches["name"][0] for plan in plans] == [
        "双子塔联合党支部",
        "红星村村企联合党支部",
        "幸福社区两新组织联合党支部",
    ]
    assert [plan.branches["mode"][0] for plan in plans] == ["building", "village", "area"]
    assert plans[0].units["why"][0].figures["shared"] == "双子塔"


def test_the_district_is_not_told_again_in_a_name() -> None:
    """丙市云溪区物流协会 hosts a branch of 甲街道: 甲街道物流协会联合党支部."""
    district = areas(townships=[{"id": "T1", "name": "甲街道", "district": "云溪区"}])
    units = triaged(
        {"unit_id": "A", "at": (0, 0), "full_members": 2, "name": "丙市云溪区物流协会"},
        {"unit_id": "B", "at": (0, 0), "full_members": 1},
    )
    plan = propose(units, existing(), Policy(), areas=district)

    assert plan.branches["name"].tolist() == ["甲街道物流协会联合党支部"]


def test_the_nearest_venue_is_named() -> None:
    """300 m before 400 m; of two at one place the smaller id; a branch of one's own has one too."""
    district = areas(
        venues=[
            {"id": "F2", "name": "党群中心", "geometry": point(300, 0)},
            {"id": "F1", "name": "议事厅", "geometry": point(300, 0)},
            {"id": "F3", "name": "远处", "geometry": point(0, 400)},
        ]
    )
    plan = propose(one_place(1, 1, 1), existing(), Policy(), areas=district)
    (branch,) = plan.branches.itertuples()

    assert branch.venue_id == "F1"
    assert branch.why.figures["venue"] == "议事厅"
    assert branch.why.figures["venue_m"] == pytest.approx(300, abs=0.05)
    assert pd.isna(propose(one_place(2, 2), existing(), Policy()).branches["venue_id"][0])


def test_the_host_and_the_next_best_are_told() -> None:
    """At one point in one trade all cost the same: most members host, then the smaller id."""
    plan = propose(one_place(1, 2, 2), existing(), Policy())
    figures = plan.units["why"][0].figures

    assert figures["host"] == "U1电子有限公司"
    assert figures["host_by"] == "order"
    assert figures["runner_up"] == "U2电子有限公司"
    assert propose(one_place(1, 2, 1), existing(), Policy()).units["why"][0].figures["host_by"] == (
        "members"
    )
