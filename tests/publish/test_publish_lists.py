"""plan.xlsx: nine sheets that say what the plan says, in the order an office expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from town_plan import planned_branches, planned_units, release_of

from lxgeo.model import Figure, Matter, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.publish import Release
from lxgeo.publish.lists.decisions import decisions_sheet, locked_branches
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.plan import branches_sheet, plan_sheet
from lxgeo.publish.lists.problems import problems_sheet
from lxgeo.publish.lists.tasks import tasks
from lxgeo.publish.lists.work import duties_sheet, tasks_sheet
from lxgeo.publish.lists.workbook import write_lists
from lxgeo.publish.lists.yearly_form import FORM, yearly_form

SHEETS = [
    *("方案", "联合党支部", "未纳入", "需上级决定", "问题清单"),
    *("任务清单", "责任清单", "统计表(前后)", "参数", "目标与分母", "经费测算", "隶属关系"),
    *("应建与临近名单", "重点名单", "观察名单"),
]
Changed = Callable[[dict[str, dict[str, Any]]], Release]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, release: Release) -> Any:
    """Return the town's workbook, read back."""
    path = tmp_path_factory.mktemp("lists") / "plan.xlsx"
    write_lists(path, release)
    return openpyxl.load_workbook(path)


def column(sheet: Any, title: str) -> list[Any]:
    """Return a list's column by its heading (row 3), without the heading."""
    heads = [cell.value for cell in sheet[3]]
    return [row[heads.index(title)] for row in sheet.iter_rows(min_row=4, values_only=True)]


def test_sheets_stand_in_their_order(book: Any) -> None:
    """The nine sheets of the contract."""
    assert book.sheetnames == SHEETS


def test_every_sheet_says_what_it_is(book: Any) -> None:
    """Each is marked as internal and as a calculation that the committee decides on."""
    for sheet in book:
        note = sheet["A2"].value

        assert note.startswith("内部资料 · 不得录入涉密数据 · 测算建议，以党委审批为准")
        assert sheet.oddFooter.center.text == "不得录入涉密数据 · 测算建议，以党委审批为准"


def test_every_sheet_is_ready_for_the_printer(book: Any) -> None:
    """Landscape on A3 or A4, heads repeated on each page and kept in sight."""
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize in {"8", "9", 8, 9}
        assert sheet.print_title_rows
        assert sheet.freeze_panes


def test_the_plan_lists_every_row(book: Any) -> None:
    """All nine units in ledger order, each with its outcome in words and its branch."""
    sheet = book["方案"]

    assert column(sheet, "单位编号") == [f"U{i}" for i in range(1, 10)]
    assert column(sheet, "结果")[:4] == ["单独组建", "联合组建", "联合组建", "联合组建"]
    assert column(sheet, "党支部")[1:4] == ["创业大厦联合党支部"] * 3
    assert column(sheet, "正式党员") == [5, 1, 1, 1, 0, 3, 2, 1, 2]
    assert sheet.auto_filter.ref.startswith("A3:")


def test_a_branch_s_reason_stands_once(book: Any, release: Release) -> None:
    """U2-U4 and U7 point to the branch that says the same; U6, in a branch too, keeps its own."""
    told, reasons = release.units["reason"], column(book["方案"], "理由")
    first, second = column(book["联合党支部"], "理由")

    assert (told[1], told[6]) == (first, second)
    assert reasons[1:4] == ["见“联合党支部”表第 1 号"] * 3
    assert reasons[6] == "见“联合党支部”表第 2 号"
    assert [reasons[i] for i in (0, 4, 5, 7, 8)] == [told[i] for i in (0, 4, 5, 7, 8)]
    assert column(book["联合党支部"], "序号") == [1, 2]


def test_a_branch_s_number_is_its_row_s(release: Release) -> None:
    """Proposed branches come first: the second of the table, proposed alone, is number 1."""
    branches = release.branches.assign(status=["existing", "proposed"])
    said = release.units["reason"].where(release.units["unit_id"] != "U6", branches["reason"][1])
    units = release.units.assign(reason=said.astype("str"))
    papers = Papers(replace(release, units=units, branches=branches))
    heads = [head.title for head in plan_sheet(papers).heads]

    assert plan_sheet(papers).rows[5][heads.index("理由")] == "见“联合党支部”表第 1 号"
    assert branches_sheet(papers).rows[0][:2] == (1, branches["name"][1])


def test_branches_name_their_units(book: Any) -> None:
    """The proposed joint branch first, then the branch that U7 attaches to."""
    sheet = book["联合党支部"]

    assert column(sheet, "状态") == ["建议", "已批准"]
    assert column(sheet, "牵头单位") == ["创业电子有限公司", "乙镇软件有限公司"]
    assert column(sheet, "成员单位（正式党员）")[0].split("\n") == [
        "创业电子有限公司（1）",
        "创业芯片有限公司（1）",
        "甲北软件有限公司（1）",
    ]


def test_left_out_and_problems_say_why(book: Any) -> None:
    """U8 is left out; U8 and U9 are the town's problems, each open."""
    assert column(book["未纳入"], "单位名称") == ["甲角电机有限公司"]
    assert column(book["问题清单"], "单位名称") == ["甲角电机有限公司", "甲某咨询中心"]
    assert column(book["问题清单"], "问题")[0] == "1200米内没有可联合的单位"
    assert column(book["问题清单"], "销账") == ["未销账", "未销账"]


def test_a_finding_alone_is_told_without_the_plan_s_reason(changed: Changed) -> None:
    """U2 is planned well and only to be checked: its problem is the finding, not its branch."""
    release = changed({"U2": {"findings": (Reason(Rule.POSITION_BY_ROAD),)}})
    row = problems_sheet(Papers(release)).rows[0]

    assert (row[2], row[6], row[7]) == (
        "创业电子有限公司",
        "position_by_road",
        "逐项核实，改台账后重新测算",
    )


def test_a_list_with_nothing_in_it_says_so(book: Any) -> None:
    """The town has nothing for a superior: the sheet has its heads and one line."""
    sheet = book["需上级决定"]

    assert sheet.max_row == 4
    assert sheet["A4"].value == "没有需上级决定的事项。"
    assert sheet["C3"].value == "名称"


def test_tasks_are_what_must_be_approved(release: Release) -> None:
    """One joint branch, one attachment, one standalone branch: in this order."""
    told = [(str(task.outcome), task.units, task.full_members) for task in tasks(Papers(release))]

    assert told == [
        ("joint", ("创业电子有限公司", "创业芯片有限公司", "甲北软件有限公司"), 3),
        ("attached", ("乙北网络有限公司",), 2),
        ("standalone", ("甲园机械有限公司",), 5),
    ]


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("ask", "暂不能转的，请上级确定设临时党组织还是功能型党组织"),
        ("temporary", "暂不能转的，报批成立临时党组织"),
        ("functional", "暂不能转的，报批成立功能型党组织"),
    ],
)
def test_what_to_set_up_for_members_affiliated_elsewhere_follows_the_policy(
    release: Release, choice: str, words: str
) -> None:
    """The task of a unit whose members are affiliated elsewhere says what the policy says."""
    units = release.units.copy()
    alone = units["outcome"] == "standalone"
    units.loc[alone, ["outcome", "branch_id"]] = ["temporary", None]
    policy = Policy.from_mapping({"unaffiliated": choice})
    asks = replace(release, units=units, plan=replace(release.plan, policy=policy))

    (task,) = (each for each in tasks(Papers(asks)) if each.outcome == "temporary")
    assert task.what.zh == f"先转接组织关系；{words}"


def test_duties_sum_up(release: Release) -> None:
    """By body: 乙镇党委 has 2 units, 甲街道党工委 7 and one branch to approve; 9 together."""
    rows = duties_sheet(Papers(release)).rows

    assert [row[:3] for row in rows] == [("乙镇党委", 2, 0), ("甲街道党工委", 7, 1), ("合计", 9, 1)]
    assert rows[-1][3:14] == (1, 0, 3, 1, 0, 1, 1, 0, 1, 1, 0)


def test_the_yearly_form_before_and_after(release: Release) -> None:
    """By hand: U6 has its own branch; then U1 too, three join, one attaches, three are without."""
    form = yearly_form(Papers(release))
    before, after = form.total(approved=False), form.total(approved=True)
    keys = ("units", "own", "branch", "joint", "joint_branches", "attached", "none", "few", "due")

    assert [before[key] for key in keys] == [9, 1, 1, 0, 0, 0, 8, 6, 1]
    assert [after[key] for key in keys] == [9, 2, 2, 3, 1, 1, 3, 2, 0]
    assert form.before["T2"] == Counter(
        units=2, own=1, branch=1, few=1, none=1, staff=65, members=5, not_affiliated=0
    )


def test_the_yearly_form_agrees_with_the_rates(release: Release) -> None:
    """Organised and standalone units are those of the evaluation, before and after."""
    form = yearly_form(Papers(release))
    for approved, rates in (
        (False, release.evaluation.before),
        (True, release.evaluation.after),
    ):
        counts, told = form.total(approved=approved), {rate.name: rate for rate in rates}

        assert counts["own"] + counts["joint"] + counts["other"] == told["organisation"].numerator
        assert counts["own"] == told["standalone"].numerator
        assert counts["units"] == told["organisation"].denominator


def test_each_unit_stands_in_one_main_line(changed: Changed) -> None:
    """Own, joint, otherwise and none sum to the units, whatever the outcomes."""
    release = changed(
        {
            "U1": {"outcome": "temporary"},
            "U2": {"outcome": "transfer"},
            "U3": {"outcome": "unknown_members", "full_members": None},
            "U5": {"outcome": "excluded"},
            "U6": {"proposed_outcome": "standalone"},
        }
    )
    form = yearly_form(Papers(release))
    for counts in (*form.before.values(), *form.after.values()):
        assert counts["units"] == sum(counts[key] for key in ("own", "joint", "other", "none"))
    assert form.total(approved=True)["units"] == 8


def test_a_large_unit_inside_a_joint_branch_is_shown_and_repaired(changed: Changed) -> None:
    """U6 with 3 full members in a joint branch: counted there now, on its own once approved."""
    release = changed({"U6": {"proposed_outcome": "standalone"}})
    branches = release.branches.assign(outcome="joint")
    form = yearly_form(Papers(replace(release, branches=branches)))

    assert form.before["T2"]["joint_large"] == 1
    assert form.before["T2"]["joint_branches"] == 1
    assert form.after["T2"]["own"] == 1


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("乙镇软件有限公司党支部", "branch"),
        ("中共乙镇软件有限公司支部委员会", "branch"),
        ("乙镇软件有限公司党总支", "general_branch"),
        ("中共乙镇软件有限公司总支部委员会", "general_branch"),
        ("乙镇软件有限公司党委", "committee"),
        ("中共乙镇软件有限公司委员会", "committee"),
        ("乙镇软件党建阵地", "level_unknown"),
    ],
)
def test_a_standing_organisation_has_the_level_that_its_name_says(
    changed: Changed, name: str, line: str
) -> None:
    """The ledger gives no level for what stands: the name does, or the line says it doesn't."""
    release = changed({"U6": {"level": None}})
    branches = release.branches.assign(name=["甲", name])
    form = yearly_form(Papers(replace(release, branches=branches)))
    lines = ("branch", "general_branch", "committee", "level_unknown")

    assert {each: form.before["T2"][each] for each in lines} == {
        each: int(each == line) for each in lines
    }


def test_statistics_stand_in_the_form_s_order(book: Any) -> None:
    """Rows as in the statistics form; columns in total, then by township, before and after."""
    sheet = book["统计表(前后)"]
    items = [row[0].strip("　") for row in sheet.iter_rows(min_row=5, max_col=1, values_only=True)]
    heads = [[cell.value for cell in row] for row in sheet["A3:H4"]]

    assert items[: len(FORM)] == [entry.name.zh for entry in FORM]
    assert items[len(FORM)] == "党的组织覆盖率（÷正常运营单位）"
    assert heads[0] == ["项目", "全区合计", None, None, "甲街道", None, "乙镇", None]
    assert heads[1][1:] == ["现状", "批准后", "增减", "现状", "批准后", "现状", "批准后"]
    assert [cell.value for cell in sheet[5]] == ["单位数", 9, 9, 0, 7, 7, 2, 2]
    rate = [cell.value for cell in sheet[5 + len(FORM)]]
    assert rate[1:5] == ["11.1%\n1/9", "66.7%\n6/9", "+55.6\n个百分点", "0.0%\n0/7"]


def test_settings_are_all_told(book: Any, release: Release) -> None:
    """Every policy field by its name, seed and effort, and each region's cost and bound."""
    told = dict(zip(column(book["参数"], "字段"), column(book["参数"], "值"), strict=True))

    for name in release.plan.policy.as_mapping():
        assert any(str(field).split(".")[0] == name for field in told)
    assert told["joint_max_units"] == "5"
    assert told["seed"] == "0"
    assert "13,500.00" in told["township:T1|territorial"]


def test_a_divided_building_goes_to_the_superior(release: Release) -> None:
    """What the planner reckoned stands beside who is concerned, in the words handed in."""
    gained: dict[str, Figure] = {"gained_units": 1, "gained_m": 11_200.0}
    matter = Matter(
        kind="building",
        about="B1",
        name="创业大厦",
        jurisdictions=("township:T1|sectoral", "township:T1|territorial"),
        unit_ids=("U2", "U8"),
        full_members=2,
        left_out=1,
        why=Reason(Rule.MERGING_WOULD_GAIN, gained),
    )
    plan = replace(release.plan, matters=(matter,))
    (row,) = decisions_sheet(Papers(replace(release, plan=plan, matters=("是否合并？",)))).rows

    assert row == (
        *(1, "楼宇", "创业大厦", "甲街道 · sectoral\n甲街道 · 属地"),
        *("创业电子有限公司\n甲角电机有限公司", 2, 2, 1, 1, 11_200.0, "是否合并？", None),
    )


def test_the_split_of_a_branch_stands_in_its_row(changed: Changed) -> None:
    """A branch over its cap is one row: what is wrong, then how it could be split."""
    over = (Reason(Rule.JOINT_OVER_CAP, {"units": 6, "max_units": 5}),)
    release = changed({"U6": {"findings": over}, "U7": {"findings": over}})
    branch_id = release.plan.branches["branch_id"][1]
    split = Reason(Rule.SPLIT_OVER_CAP, {"units": 6, "max_units": 5})
    matter = Matter(
        "branch", branch_id, "乙镇", ("township:T2|territorial",), ("U6",), 5, None, split
    )
    plan = replace(release.plan, matters=(matter,))
    (row,) = decisions_sheet(Papers(replace(release, plan=plan, matters=("划小：甲、乙",)))).rows

    assert row[10].split("\n")[-1] == "划小：甲、乙"


def test_a_reason_that_is_also_a_finding_is_said_once(release: Release) -> None:
    """U9's problem reads the same whether or not the ledger's reader found it too."""
    reason = release.units["reason"][8]
    units = release.units.assign(finding=[None] * 8 + [f"其他；{reason}"])
    units["finding"] = units["finding"].astype("str")
    rows = problems_sheet(Papers(replace(release, units=units))).rows

    assert [row[6] for row in rows][-1] == f"其他；{reason}"


def test_a_branch_over_its_cap_goes_to_the_superior(changed: Changed) -> None:
    """An approved branch is never split by the planner: what is wrong is listed once a branch."""
    over = (Reason(Rule.JOINT_OVER_CAP, {"units": 6, "max_units": 5}),)
    release = changed(
        {
            "U6": {"findings": over, "proposed_outcome": "joint"},
            "U7": {"findings": over, "proposed_outcome": "joint"},
        }
    )
    (found,) = locked_branches(Papers(release))

    assert found.name == "乙镇软件有限公司党支部"
    assert found.members == ("乙镇软件有限公司", "乙北网络有限公司")
    assert (found.units, found.full_members, found.proposed) == (2, 5, ("joint",))
    measures = [row[7] for row in problems_sheet(Papers(release)).rows]
    assert [each.startswith("报上级") for each in measures] == [True, True, False, False]


def test_english_lists(tmp_path: Path, release: Release) -> None:
    """With lang="en" sheets, titles and headings are in English."""
    write_lists(tmp_path / "plan.xlsx", replace(release, lang="en"))
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")

    assert book.sheetnames[:3] == ["Plan", "Joint branches", "Left out"]
    assert [cell.value for cell in book["Plan"][3]][:3] == ["No.", "Township", "Name"]
    assert "Internal" in book["Plan"]["A2"].value


def test_a_plan_of_nothing_is_nine_headed_sheets(tmp_path: Path) -> None:
    """An empty ledger still gives lists that say so."""
    nothing = release_of(planned_units().iloc[:0], planned_branches().iloc[:0])
    write_lists(tmp_path / "plan.xlsx", nothing)
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")

    assert book.sheetnames == SHEETS
    assert book["方案"]["A4"].value == "台账中没有单位。"
    assert not tasks_sheet(Papers(nothing)).rows
