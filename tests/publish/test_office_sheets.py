"""Targets, money, parents and lists to keep an eye on: figures of the nine-unit town by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from town_plan import planned_branches, planned_units, release_of

from lxgeo.model import Plan
from lxgeo.policy import Policy
from lxgeo.publish import Release
from lxgeo.publish.listing import Listing
from lxgeo.publish.lists.goals import budget_sheet, goals_sheet, yearly_sentence
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.parents import parents_sheet
from lxgeo.publish.lists.watch import watch_sheets


def under(release: Release, **settings: Any) -> Release:
    """Return the same release under another policy."""
    plan = release.plan
    policy = replace(Policy(), **settings)
    return replace(
        release,
        plan=Plan(plan.units, plan.branches, plan.regions, policy, plan.seed, plan.effort),
    )


def test_the_yearly_sentence_is_filled_in(release: Release) -> None:
    """Now one branch for one unit of nine; then U1's own and the joint one are new, six of nine."""
    assert yearly_sentence(Papers(release)) == (
        "现状：共建立两新组织党组织1个，覆盖单位1家，其中单独建立党组织1个，联建党组织0个，"
        "今年新建两新组织党组织0个，覆盖率达到11.1%（1/9）。"
        "批准后：共建立两新组织党组织3个，覆盖单位6家，其中单独建立党组织2个，联建党组织1个，"
        "今年新建两新组织党组织2个，覆盖率达到66.7%（6/9）。"
    )


def test_organisations_outside_the_ledger_are_told_beside_the_sentence() -> None:
    """Two villages' branches hold no unit of the ledger; U7 is to join one of them.

    One organisation for one unit now; then U1's own, the old one and the village's, one joint.
    """
    units, branches = planned_units(), planned_branches()
    village, other = (
        branches.loc[branches["status"] == "existing"].assign(
            branch_id=each, name=f"{each}村党支部", outcome="standalone", host_id=None, unit_ids=""
        )
        for each in ("V1", "V2")
    )
    units.loc[units["unit_id"] == "U7", "branch_id"] = "V1"
    every = pd.concat([branches, village, other], ignore_index=True)

    said = yearly_sentence(Papers(release_of(units, every)))

    assert said.startswith("现状：共建立两新组织党组织1个，覆盖单位1家，")
    assert (
        "批准后：共建立两新组织党组织4个，覆盖单位6家，其中单独建立党组织3个，联建党组织1个，"
        in said
    )
    assert said.endswith(
        "今年新建两新组织党组织2个，覆盖率达到66.7%（6/9）。"
        "另有已批准的党组织2个，没有台账中的单位（如村党支部），不计入现状；"
        "批准后有单位加入的1个计入“批准后”。"
    )
    english = yearly_sentence(Papers(replace(release_of(units, every), lang="en")))
    assert english.endswith(
        "coverage 66.7% (6/9). 2 approved organisations without a unit of the ledger, such as "
        "villages' branches, are not counted now; once approved, those that units are to join "
        "count (1)."
    )


def test_every_rate_stands_beside_its_denominator(release: Release) -> None:
    """Six of nine: 90 % is 8.1 units, so nine, three short; of units of three, none is short."""
    rows = {row[0]: row[2:] for row in goals_sheet(Papers(release)).rows}

    assert rows["党的组织覆盖率"][:3] == (9, 1, 1 / 9)
    assert rows["党的组织覆盖率"][3:5] == (6, 6 / 9)
    assert rows["党的组织覆盖率"][5:7] == (3, 3)
    # With a full member: all but U5, eight; U1-U4, U6, U7 have an organisation then.
    assert rows["with_members"] == (8, 1, 1 / 8, 6, 6 / 8, 2, 2, None, None)
    # Three or more: U1 and U6.
    assert rows["should_build"] == (2, 1, 1 / 2, 2, 1.0, 0, 0, None, None)
    assert {row[1] for row in goals_sheet(Papers(release)).rows} == {
        "正常运营单位", "units_with_members", "units_of_three",
    }  # fmt: skip


def test_a_policy_s_target_has_a_line(release: Release) -> None:
    """All nine units are enterprises by name: 80 % is eight, two short of it."""
    aimed = under(release, target_enterprise=0.8, target_social=0.0)

    last = goals_sheet(Papers(aimed)).rows[-1]
    assert (last[0], last[2], last[5], last[-2:]) == ("enterprises", 9, 6, (0.8, 2))


def test_money_by_township(release: Release) -> None:
    """100 yuan a member: U1's six and the joint branch's four are new; 乙镇: three, then five."""
    rows = budget_sheet(Papers(release)).rows

    assert rows == (
        ("甲街道", 0, 0, 10, 1000, 1000, 0),
        ("乙镇", 3, 300, 5, 500, 200, 0),
        ("合计", 3, 300, 15, 1500, 1200, 0),
    )


def test_members_that_are_unknown_cost_nothing_and_are_told() -> None:
    """U1's members unknown: its six are not in the sum, and one unit is said to be missing."""
    units = planned_units()
    units.loc[0, ["full_members", "probationary_members", "total_members"]] = None
    rows = budget_sheet(Papers(release_of(units, planned_branches()))).rows

    assert rows[0] == ("甲街道", 0, 0, 4, 400, 400, 1)


@pytest.mark.parametrize(
    ("boundary", "level"),
    [((50, 100), "暂由上级直管"), ((10, 100), "可设党总支"), ((5, 10), "可设党委")],
)
def test_branches_have_a_parent(release: Release, boundary: tuple[int, int], level: str) -> None:
    """甲街道: a joint one and U1's are new, 3 + 5 full members, 4 + 6 in all; level by ten."""
    asked = under(release, general_branch_min=boundary[0], committee_min=boundary[1])
    rows = parents_sheet(Papers(asked)).rows

    assert rows[0][1:9] == ("乙镇党委", "乙镇两新组织党总支", 1, 0, 0, 1, 5, 5)
    assert rows[1][1:] == ("甲街道党工委", "甲街道两新组织党总支", 0, 1, 1, 2, 8, 10, level)


def test_a_branch_of_its_own_is_summed_once() -> None:
    """U1's branch stands among the branches too: still 3 + 5 full members and 4 + 6 in all."""
    units, branches = planned_units(), planned_branches()
    units.loc[0, "branch_id"] = "Bown"
    own = branches.loc[[0]].assign(
        branch_id="Bown", outcome="standalone", status="proposed", approver="甲街道党工委",
        unit_ids="U1", units=1, full_members=5, total_members=6,
    )  # fmt: skip
    asked = release_of(units, pd.concat([branches, own], ignore_index=True))

    assert parents_sheet(Papers(asked)).rows[1][3:9] == (0, 1, 1, 2, 8, 10)


def test_a_level_that_starts_above_its_boundary(release: Release) -> None:
    """Where the number itself is not counted in, ten members are too few for ten."""
    asked = under(release, general_branch_min=10, committee_min=100, level_boundary="gt")

    assert parents_sheet(Papers(asked)).rows[1][-1] == "暂由上级直管"


def _on(listing: Listing) -> list[tuple[Any, ...]]:
    return [(row[0], row[2]) for row in listing.rows]


def test_lists_name_their_units() -> None:
    """U1 is due; U7 with one on probation would be near; U5 wants an instructor."""
    units = planned_units()
    units.loc[6, "probationary_members"] = 1
    near, key, watch = watch_sheets(Papers(release_of(units, planned_branches())))

    assert _on(near) == [
        ("应建未建名单", "甲园机械有限公司"), ("临近单独组建名单", "乙北网络有限公司"),
    ]  # fmt: skip
    assert _on(key) == []
    assert _on(watch) == [("待派党建指导员、联络员名单", "甲东商店")]
    assert near.rows[1][5:9] == (25, 2, 1, "挂靠组建")
    assert near.rows[1][-1] == "U7"


def test_details_say_what_only_one_list_knows() -> None:
    """U7 has one of its two full members elsewhere: the watch list says so in words."""
    units = planned_units()
    units.loc[6, "affiliated_members"] = 1
    *_, watch = watch_sheets(Papers(release_of(units, planned_branches())))

    assert _on(watch)[0] == ("组织关系未转入名单", "乙北网络有限公司")
    assert watch.rows[0][9] == "组织关系已转入正式党员 1\n组织关系在外正式党员 1"


def test_a_department_s_own_branches_have_no_township_above() -> None:
    """A supervising department manages its branches itself; 中共…委员会 is called by its place."""
    units, branches = planned_units(), planned_branches()
    units.loc[0, "approver"] = "业务主管单位党组织"
    units["approver"] = units["approver"].replace("乙镇党委", "中共乙镇委员会")
    branches["approver"] = branches["approver"].replace("乙镇党委", "中共乙镇委员会")
    rows = parents_sheet(Papers(release_of(units, branches))).rows

    assert [row[1:3] for row in rows] == [
        ("业务主管单位党组织", "由主管部门党组织直接管理"),
        ("中共乙镇委员会", "乙镇两新组织党总支"),
        ("甲街道党工委", "甲街道两新组织党总支"),
    ]
    assert rows[0][-1] is None
