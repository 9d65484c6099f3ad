"""Lists to keep an eye on: who is on which, by the policy's figures."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pytest
from rows_by_hand import NATIONAL, areas, located
from shapely.geometry import Point

from lxgeo.policy import Policy
from lxgeo.rules import triage
from lxgeo.rules.lists import key_units, watch_lists
from lxgeo.tables import CRS, PLANNED, PLANNED_BRANCHES

CODES = [
    *("due", "near_three", "elsewhere", "members_wanted", "key_associations", "key_services"),
    *("instructors", "households", "out_of_area"),
]


def branches(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    """Return PLANNED_BRANCHES rows."""
    frame = gpd.GeoDataFrame(list(rows) or {"geometry": []}, geometry="geometry", crs=CRS)
    return PLANNED_BRANCHES.shaped(frame)


def listed(*units: dict[str, Any], policy: Policy = NATIONAL) -> dict[str, list[str]]:
    """Return list → ids of the units on it, empty lists left out."""
    triaged = triage(located(*units), areas(), policy)
    lists = watch_lists(triaged, branches(), policy)
    assert [each.code for each in lists] == CODES
    return {
        each.code: each.rows["unit_id"].tolist()
        for each in lists
        if len(each.rows) and "unit_id" in each.rows
    }


@pytest.mark.parametrize(
    ("unit", "lists"),
    [
        ({"full_members": 3}, {"due"}),
        ({"full_members": 2, "probationary_members": 1}, {"near_three"}),
        ({"full_members": 2, "probationary_members": 0}, set()),
        ({"full_members": 1, "probationary_members": 2}, set()),
        ({"full_members": 4, "affiliated_members": 3}, {"due", "elsewhere"}),
        ({"full_members": 0, "staff": 50}, {"members_wanted", "instructors"}),
        ({"full_members": 0, "staff": 49}, {"instructors"}),
        ({"full_members": 0, "staff": 50, "probationary_members": 1}, {"instructors"}),
        ({"full_members": 0, "staff": 9, "instructor": True}, set()),
        ({"staff": 500}, set()),
        (
            {"full_members": 1, "kind": "社会团体", "association_members": 80, "staff": 1},
            {"key_associations"},
        ),
        (
            {"full_members": 1, "kind": "社会团体", "association_members": 79, "staff": 1},
            set(),
        ),
        (
            {"full_members": 1, "kind": "社会团体", "association_members": 80, "staff": 0},
            set(),
        ),
        ({"full_members": 1, "kind": "非公企业", "association_members": 80, "staff": 9}, set()),
        ({"full_members": 1, "kind": "民办非企业单位", "staff": 30}, {"key_services"}),
        ({"full_members": 1, "kind": "民办非企业单位", "staff": 29}, set()),
        ({"full_members": 1, "kind": "个体工商户"}, {"households"}),
        ({"full_members": 0, "kind": "个体工商户"}, {"instructors"}),
        ({"full_members": 3, "operating_status": "closed", "staff": 90}, set()),
    ],
)
def test_a_unit_is_on_the_lists_that_it_belongs_on(unit: dict[str, Any], lists: set[str]) -> None:
    """And on no other; what is unknown puts no unit on a list."""
    assert set(listed(unit)) == lists


@pytest.mark.parametrize(
    ("setting", "unit", "code"),
    [
        ("key_staff", {"full_members": 0, "staff": 20}, "members_wanted"),
        (
            "key_association_members",
            {"full_members": 1, "kind": "社会团体", "association_members": 20, "staff": 1},
            "key_associations",
        ),
        (
            "key_service_staff",
            {"full_members": 1, "kind": "民办非企业单位", "staff": 20},
            "key_services",
        ),
    ],
)
def test_the_figures_of_lists_are_settings(setting: str, unit: dict[str, Any], code: str) -> None:
    """Twenty is below the usual figure, and enough where the policy says twenty."""
    assert code not in listed(unit)
    assert code in listed(unit, policy=Policy.from_mapping({setting: 20}))


def test_key_units_are_those_of_both_lists() -> None:
    """A large association and a large school, but no enterprise."""
    triaged = triage(
        located(
            {"kind": "社会团体", "association_members": 80, "staff": 1},
            {"kind": "民办非企业单位", "staff": 30},
            {"kind": "非公企业", "staff": 300},
        ),
        areas(),
        NATIONAL,
    )

    assert key_units(triaged, NATIONAL).tolist() == [True, True, False]


def test_branches_out_of_the_area_are_listed() -> None:
    """An approved branch outside every township, but none here and none that is proposed."""
    here = {"status": "existing", "jurisdiction": "township:T1|territorial"}
    table = branches(
        {"branch_id": "E1", "name": "驻沪党支部", "status": "existing", "full_members": 4}
        | {"geometry": Point(121, 31)},
        {"branch_id": "E2", "name": "商会党支部", "geometry": Point(105, 38)} | here,
        {"branch_id": "E3", "name": "无位置党支部", "status": "existing", "geometry": None},
    )
    *_, away = watch_lists(triage(located({}), areas(), NATIONAL), table, NATIONAL)

    assert away.rows["name"].tolist() == ["驻沪党支部"]


def test_every_column_of_a_list_has_a_heading_and_every_list_a_source() -> None:
    """Columns are the tables' own, so that whoever prints a list knows what heads them."""
    triaged = triage(located({"full_members": 1}), areas(), NATIONAL)
    known = {*PLANNED.names, *PLANNED_BRANCHES.names, "elsewhere"}

    for each in watch_lists(triaged, branches(), NATIONAL):
        assert set(each.rows.columns) <= known
        assert all((*each.title, *each.why, *each.source))
