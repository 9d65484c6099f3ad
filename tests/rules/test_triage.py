"""Triage: which rule decides for which unit."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from rows_by_hand import NATIONAL, areas, in_branch, judged, located
from shapely.geometry import Point, box

from lxgeo.model import Reason, Rule
from lxgeo.policy import Policy
from lxgeo.rules import existing_branches, triage
from lxgeo.tables import EXISTING

TOWNS = [
    {"id": "T1", "name": "甲街道", "geometry": box(105, 38, 105.1, 38.1)},
    {"id": "T2", "name": "乙镇", "geometry": box(105.1, 38, 105.2, 38.1)},
]


@pytest.mark.parametrize(
    ("unit", "outcome", "rule"),
    [
        ({"operating_status": "closed", "full_members": 9}, "excluded", Rule.CLOSED),
        ({"operating_status": "shell", "full_members": 1}, "excluded", Rule.SHELL),
        ({"operating_status": "moved_out", "full_members": 1}, "excluded", Rule.MOVED_OUT),
        ({"duplicate_of": "u9", "full_members": 4}, "excluded", Rule.DUPLICATE),
        ({"name": None, "full_members": 4}, "excluded", Rule.NO_NAME),
        ({"organised": True, "full_members": 1}, "existing", Rule.APPROVED_BRANCH),
        ({"organised": False}, "unknown_members", Rule.MEMBERS_BLANK),
        ({"full_members": 3}, "standalone", Rule.THREE_FULL_MEMBERS),
        ({"full_members": 3, "precision": "none"}, "standalone", Rule.THREE_FULL_MEMBERS),
        ({"full_members": 2, "affiliated_members": 3}, "standalone", Rule.THREE_FULL_MEMBERS),
        ({"full_members": 4, "affiliated_members": 2}, "temporary", Rule.AFFILIATION_ELSEWHERE),
        ({"full_members": 0, "probationary_members": 4}, "no_members", Rule.NO_FULL_MEMBER),
        ({"full_members": 2, "precision": "township"}, "not_located", Rule.POSITION_TOO_COARSE),
        ({"full_members": 2, "precision": "none"}, "not_located", Rule.NO_POSITION),
        ({"full_members": 1, "township_id": None}, "not_located", Rule.OUTSIDE_AREAS),
    ],
)
def test_the_first_rule_that_fits_decides(unit: dict[str, Any], outcome: str, rule: Rule) -> None:
    """Gone, approved, unknown, three or more, none, one or two unplaced; its why names the rule."""
    row = judged(**unit)

    assert (row["outcome"], row["why"].code) == (outcome, rule)


def test_where_no_township_is_known_none_can_join() -> None:
    """With or without coordinates; what needs no place is told as ever."""
    units = located({"full_members": 2}, {"full_members": 1, "precision": "none"}, {})
    triaged = triage(units, areas(townships=[]), NATIONAL)

    assert [(row.outcome, row.why.code) for row in triaged.itertuples()] == [
        ("not_located", Rule.NO_TOWNSHIPS),
        ("not_located", Rule.NO_TOWNSHIPS),
        ("unknown_members", Rule.MEMBERS_BLANK),
    ]


@pytest.mark.parametrize("full", [1, 2])
def test_one_or_two_members_must_join(full: int) -> None:
    """A well-placed unit with one or two full members is left to the planner."""
    row = judged(full_members=full)

    assert pd.isna(row["outcome"])
    assert row["jurisdiction"] == "township:T1|territorial"
    assert row["approver"] == "甲街道党工委"
    assert row["max_distance_m"] == 1200


def test_probationary_members_never_count_as_full() -> None:
    """Two full and five probationary members are still fewer than three."""
    assert pd.isna(judged(full_members=2, probationary_members=5)["outcome"])


def test_why_members_are_unknown_comes_from_the_cell() -> None:
    """The ledger's own finding becomes the reason, the gravest first."""
    findings = (Reason(Rule.MEMBERS_BLANK), Reason(Rule.MEMBERS_NEGATIVE, {"text": "-2"}))

    assert judged(findings=findings)["why"] == Reason(Rule.MEMBERS_NEGATIVE, {"text": "-2"})


@pytest.mark.parametrize(
    ("total", "boundary", "level"),
    [
        (49, "ge", "branch"),
        (50, "ge", "general_branch"),
        (50, "gt", "branch"),
        (51, "gt", "general_branch"),
        (99, "ge", "general_branch"),
        (100, "ge", "committee"),
        (100, "gt", "general_branch"),
    ],
)
def test_level_is_by_total_members(total: int, boundary: str, level: str) -> None:
    """Full and probationary members together set the level; the boundary is a setting."""
    policy = Policy.from_mapping({"level_boundary": boundary})
    row = judged(policy, full_members=10, probationary_members=total - 10)

    assert row["level"] == level
    at_boundary = [reason for reason in row["findings"] if reason.code is Rule.LEVEL_AT_BOUNDARY]
    assert bool(at_boundary) is (total in {50, 100})


def test_kin_majority_is_a_notice_or_a_bar() -> None:
    """National: it stands alone with a notice. Wudang: it must join."""
    notice = judged(full_members=4, kin_majority=True)
    bar = judged(Policy.from_mapping({"family_rule": "bar"}), full_members=4, kin_majority=True)

    assert notice["outcome"] == "standalone"
    assert pd.isna(bar["outcome"])
    assert all(Rule.KIN_MAJORITY in {r.code for r in row["findings"]} for row in (notice, bar))


def test_a_park_with_its_own_committee_is_a_jurisdiction() -> None:
    """Its units leave the township's; a park without one changes nothing."""
    shape = box(105, 38, 105.1, 38.1)
    parks = [
        {"id": "P1", "name": "高新园", "has_committee": True, "geometry": shape},
        {"id": "P2", "name": "老园", "has_committee": False, "geometry": shape},
    ]
    units = located(
        {"full_members": 1, "park_id": "P1", "park": "高新园"},
        {"full_members": 1, "park_id": "P2", "park": "老园"},
        {"full_members": 1, "park_id": "P1", "park": "高新园", "line": "sectoral"},
    )
    triaged = triage(units, areas(parks=parks), NATIONAL)

    assert triaged["jurisdiction"].tolist() == [
        "park:P1|territorial",
        "township:T1|territorial",
        "park:P1|sectoral",
    ]
    assert triaged["approver"].tolist() == ["高新园党工委", "甲街道党工委", "业务主管单位党组织"]


def test_what_is_wrong_with_approved_branches_is_found() -> None:
    """Six units, one with three members: over the cap, and the large one should stand alone."""
    units = located(*[in_branch(1, "商会 联合党支部")] * 3, *[in_branch(1)] * 2, in_branch(3))
    triaged = triage(units, areas(), NATIONAL)
    codes = [[reason.code for reason in row] for row in triaged["findings"]]

    assert set(triaged["outcome"]) == {"existing"}
    assert codes == [[Rule.JOINT_OVER_CAP]] * 5 + [[Rule.THREE_INSIDE_JOINT]]
    assert triaged["proposed_outcome"].tolist() == ["joint"] * 5 + ["standalone"]
    assert triaged["findings"].iloc[0][0].figures["branches"] == 2


def test_a_joint_branch_of_two_members_is_found() -> None:
    """1 + 1 is fewer than three."""
    triaged = triage(located(in_branch(1), in_branch(1)), areas(), NATIONAL)

    assert [r.code for r in triaged["findings"].iloc[1]] == [Rule.JOINT_UNDER_THREE]


def test_who_left_the_township_of_its_branch_is_found() -> None:
    """Two stay in 甲街道, one is in 乙镇: only that one is told, the branch stays as it is."""
    away = in_branch(1, township_id="T2", township="乙镇")
    triaged = triage(located(in_branch(1), away, in_branch(1)), areas(townships=TOWNS), NATIONAL)

    assert [list(row) for row in triaged["findings"]] == [
        [],
        [
            Reason(
                Rule.JOINT_ACROSS,
                {"branch": "商会联合党支部", "home": "甲街道", "township": "乙镇"},
            )
        ],
        [],
    ]
    assert set(triaged["outcome"]) == {"existing"}
    assert triaged["proposed_outcome"].isna().all()


def test_where_a_branch_is_halved_its_host_is_at_home() -> None:
    """Two units, two townships: the one with more members is where the branch is."""
    away = in_branch(2, township_id="T2", township="乙镇")
    triaged = triage(located(in_branch(1), away), areas(townships=TOWNS), NATIONAL)

    codes = [[reason.code for reason in row] for row in triaged["findings"]]
    assert codes == [[Rule.JOINT_ACROSS], []]


def test_a_park_of_its_own_body_is_one_home() -> None:
    """Two townships, one park whose committee approves: nobody has left."""
    parks = [
        {"id": "P1", "name": "高新园", "has_committee": True, "approver": "高新园党工委"}
        | {"geometry": box(105, 38, 105.2, 38.1)}
    ]
    inside = in_branch(2, park_id="P1", park="高新园")
    away = inside | {"township_id": "T2", "township": "乙镇"}
    triaged = triage(located(inside, away), areas(townships=TOWNS, parks=parks), NATIONAL)

    assert [list(row) for row in triaged["findings"]] == [[], []]


def test_partners_left_behind_are_found() -> None:
    """4 + 1 + 1: the large unit should stand alone, and its partners are then two members."""
    triaged = triage(located(in_branch(4), in_branch(1), in_branch(1)), areas(), NATIONAL)
    codes = [[reason.code for reason in row] for row in triaged["findings"]]

    assert codes == [[Rule.THREE_INSIDE_JOINT], *[[Rule.JOINT_UNDER_THREE]] * 2]
    assert triaged["findings"].iloc[1][0].figures["full"] == 2


def test_approved_branches_keep_their_room() -> None:
    """Listed and told branches become one table; a joint branch of two has room for three more."""
    listed = [
        {"id": "E1", "name": "商会联合党支部", "kind": "joint", "units": 2, "full_members": 4}
        | {"geometry": Point(105.02, 38.02)},
        {"id": "E2", "name": "远处党支部", "kind": "standalone", "geometry": Point(106, 38)},
        {"id": "E3", "name": "甲厂党支部", "kind": "standalone", "full_members": 5, "capacity": 3}
        | {"geometry": Point(105.03, 38.03)},
    ]
    district = areas(branches=listed)
    triaged = triage(
        located(in_branch(2), {"full_members": 4, "organised": True}), district, NATIONAL
    )
    table = existing_branches(triaged, district, NATIONAL)
    EXISTING.check(table)
    rows = table.set_index("branch_id")

    assert rows.loc["E1", ["outcome", "units", "room", "unit_ids"]].tolist() == [
        "joint",
        2,
        3,
        "u0",
    ]
    assert rows.loc["E2", "room"] == 0, "outside every township: nobody can approve"
    assert rows.loc["E3", ["outcome", "room"]].tolist() == ["standalone", 2]
    own = rows.drop(index=["E1", "E2", "E3"]).iloc[0]
    assert own[["name", "outcome", "host_id", "room"]].tolist() == [
        "单位1党支部",
        "standalone",
        "u1",
        4,
    ]


def test_a_branch_that_may_be_another_takes_nobody_in_and_is_not_counted() -> None:
    """商会联合支部 is listed as 商会联合党支部: not joined, asked about; neither has room.

    One unit of one member would else be told as a branch of one and as one under three.
    """
    listed = [
        {"id": "E1", "name": "商会联合党支部", "kind": "joint", "units": 2, "full_members": 4}
        | {"geometry": Point(105.02, 38.02)}
    ]
    district = areas(branches=listed)
    triaged = triage(located(in_branch(1, "商会联合支部")), district, NATIONAL)
    (asks,) = triaged["findings"].iloc[0]
    table = existing_branches(triaged, district, NATIONAL)

    assert (asks.code, dict(asks.figures)) == (
        Rule.SAME_BRANCH_MAYBE,
        {"branch": "商会联合支部", "name": "商会联合党支部"},
    )
    assert triaged["proposed_outcome"].isna().all()
    assert table.set_index("name")["room"].to_dict() == {"商会联合党支部": 0, "商会联合支部": 0}


def test_a_ledgers_own_question_holds_both_branches_back() -> None:
    """Two units and one, spelt in two ways: both spellings are in doubt, no number is judged."""
    asks = Reason(
        Rule.SAME_BRANCH_MAYBE, {"branch": "商会联合支部", "name": "商会联合党支部", "row": "甲!2"}
    )
    units = located(*[in_branch(1)] * 2, {**in_branch(1, "商会联合支部"), "findings": (asks,)})
    triaged = triage(units, areas(), NATIONAL)
    table = existing_branches(triaged, areas(), NATIONAL)

    assert triaged["findings"].tolist() == [(), (), (asks,)]
    assert sorted(table["units"]) == [1, 2]
    assert table["room"].tolist() == [0, 0]


def test_triage_changes_no_row_and_loses_none() -> None:
    """Out comes every row, in order, and the table that went in is untouched."""
    units = located({"full_members": 1}, {"operating_status": "closed"}, {"full_members": 7})
    before = units.copy(deep=True)
    triaged = triage(units, areas(), NATIONAL)

    assert triaged["unit_id"].tolist() == ["u0", "u1", "u2"]
    pd.testing.assert_frame_equal(units, before)
