"""Who approves a unit's branch: township or park, line, department; and what kind a unit is."""

from __future__ import annotations

from typing import Any

import pytest
from rows_by_hand import NATIONAL, areas, located

from lxgeo.model import UnitKind
from lxgeo.policy import Policy
from lxgeo.read import read_policy
from lxgeo.rules import triage
from lxgeo.rules.kinds import kind_of


def bodies(*units: dict[str, Any], policy: Policy = NATIONAL) -> list[tuple[str, str]]:
    """Return jurisdiction and approver of units with one member."""
    table = triage(located(*({"full_members": 1} | unit for unit in units)), areas(), policy)
    return list(zip(table["jurisdiction"], table["approver"], strict=True))


@pytest.mark.parametrize(
    ("said", "name", "kind"),
    [
        ("非公企业", "甲商会大厦有限公司", UnitKind.ENTERPRISE),
        ("非公企业", "某某律师事务所", UnitKind.PROFESSIONAL),
        ("会计师事务所", "中天所", UnitKind.PROFESSIONAL),
        ("社会团体", "区志愿者总队", UnitKind.ASSOCIATION),
        ("民办非企业单位", "阳光幼儿园", UnitKind.SERVICE),
        ("社会服务机构", "某某中心", UnitKind.SERVICE),
        ("个体工商户", "老王面馆", UnitKind.HOUSEHOLD),
        ("农民专业合作社", "青山果业", UnitKind.COOPERATIVE),
        ("基 金 会", "某某", UnitKind.FOUNDATION),
        ("社会组织", "甲区餐饮行业协会", UnitKind.ASSOCIATION),
        (None, "甲区五金商会（筹）", UnitKind.ASSOCIATION),
        (None, "甲区商会科技公司", UnitKind.ENTERPRISE),
        (None, "星星幼儿园", UnitKind.SERVICE),
        (float("nan"), "某某", UnitKind.OTHER),
        (None, None, UnitKind.OTHER),
    ],
)
def test_a_units_kind_is_read_from_what_it_is_called(
    said: object, name: object, kind: UnitKind
) -> None:
    """The ledger's word first, then the ending of the name; unknown stays other."""
    assert kind_of(said, name) is kind


def test_units_of_one_department_form_one_jurisdiction_a_township() -> None:
    """Two schools of the same bureau together, one of another apart, one of nobody knows which."""
    sectoral = {"line": "sectoral"}
    found = bodies(
        {**sectoral, "supervisor": "区教育局"},
        {**sectoral, "supervisor": "区 教育局"},
        {**sectoral, "supervisor": "区卫健局党委"},
        sectoral,
    )

    assert found == [
        ("township:T1|sectoral:区教育局", "区教育局党组织"),
        ("township:T1|sectoral:区教育局", "区 教育局党组织"),
        ("township:T1|sectoral:区卫健局党委", "区卫健局党委"),
        ("township:T1|sectoral", "业务主管单位党组织"),
    ]


def test_a_department_says_nothing_on_the_territorial_line() -> None:
    """A private school is its township's, whoever supervises its teaching."""
    (found,) = bodies({"kind": "民办非企业单位", "line": None, "supervisor": "区教育局"})

    assert found == ("township:T1|territorial", "甲街道党工委")


def test_law_firms_are_led_through_their_association() -> None:
    """By their department's organisation, the association helping."""
    (found,) = bodies({"kind": "律师事务所", "line": None, "supervisor": "区司法局"})

    assert found == (
        "township:T1|sectoral:区司法局",
        "区司法局党组织（依托行业协会党组织）",
    )


def test_a_policy_may_know_a_kinds_department() -> None:
    """经开区 puts associations under 民政; a row that names another keeps it."""
    association = {"kind": "社会团体", "line": None}
    found = bodies(
        association,
        association | {"supervisor": "区科协"},
        {"kind": "律师事务所", "line": None},
        policy=read_policy("jingkai"),
    )

    assert found == [
        ("township:T1|sectoral:民政部门", "民政部门党组织"),
        ("township:T1|sectoral:区科协", "区科协党组织"),
        ("township:T1|territorial", "甲街道党工委"),
    ]


def test_a_row_may_name_who_approves() -> None:
    """Another body than usual is another jurisdiction; the usual one by name changes nothing."""
    found = bodies({"approver_named": "甲街道 党工委"}, {"approver_named": "区直机关工委"}, {})

    assert found == [
        ("township:T1|territorial", "甲街道党工委"),
        ("township:T1|territorial:区直机关工委", "区直机关工委"),
        ("township:T1|territorial", "甲街道党工委"),
    ]


def test_a_department_can_not_write_a_jurisdiction() -> None:
    """What separates the parts of a jurisdiction never comes from a ledger."""
    (found,) = bodies({"line": "sectoral", "supervisor": "甲|township:T9|局;:"})

    assert found[0] == "township:T1|sectoral:甲townshipT9局"
