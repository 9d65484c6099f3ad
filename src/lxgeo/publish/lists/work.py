"""What there is to do: tasks, and who answers for them."""

from __future__ import annotations

import pandas as pd

from lxgeo.errors import Words
from lxgeo.ledger.corrections.worklist import TITLES
from lxgeo.model import Outcome
from lxgeo.publish.listing import (
    NUMBER,
    Head,
    Listing,
    Row,
    heads_said,
    numbered,
)
from lxgeo.publish.lists.opinions_told import answers_heads, answers_told
from lxgeo.publish.lists.papers import UNKNOWN_PLACE, Papers
from lxgeo.publish.lists.states import IN_A_MONTH, IN_A_QUARTER, state_cells, state_heads
from lxgeo.publish.lists.tasks import tasks


def tasks_sheet(papers: Papers) -> Listing:
    """Return 任务清单: each branch to be approved, attached to or transferred to."""
    release = papers.release
    found = tasks(papers)
    rows = [
        (
            release.label("outcome", task.outcome),
            task.name,
            "\n".join(task.units),
            len(task.units),
            task.full_members,
            task.approver,
            release.say(task.what),
            *answers_told(papers, task.unit_ids),
            *state_cells(papers, task.key, IN_A_MONTH),
        )
        for task in found
    ]
    heads = heads_said(
        release,
        NUMBER,
        (Words("事项", "Task"), 11, "middle"),
        (Words("党组织（建议名称）", "Branch (suggested name)"), 36, "text"),
        (Words("涉及单位", "Units concerned"), 34, "text"),
        (Words("单位数", "Units"), 7, "count"),
        (Words("正式党员", "Full members"), 8, "count"),
        (Words("审批单位", "Approver"), 20, "text"),
        (Words("任务", "What to do"), 32, "text"),
    )
    return Listing(
        sheet=release.say(Words(zh="任务清单", en="Tasks")),
        title=release.say(Words(zh="任务清单", en="Tasks")),
        note=release.say(Words(zh=f"共 {len(rows)} 项", en=f"{len(rows)} tasks")),
        heads=(*heads, *answers_heads(papers), *state_heads(release)),
        rows=tuple(numbered(rows)),
        nothing=release.say(Words(zh="没有待办任务。", en="There is nothing to do.")),
        paper="A3",
        frozen=3,
        tints=tuple(task.outcome for task in found),
        tinted=1,
        unprinted=1,
    )


_NO_STATE: Row = (None,) * len(TITLES)

_DUTIES: tuple[tuple[Words, tuple[Outcome, ...]], ...] = (
    (Words("单独组建", "Standalone"), (Outcome.STANDALONE,)),
    (Words("临时组建", "Temporary"), (Outcome.TEMPORARY,)),
    (Words("纳入联合", "Joint"), (Outcome.JOINT,)),
    (Words("挂靠", "Attached"), (Outcome.ATTACHED,)),
    (Words("转入主管单位", "Transfer"), (Outcome.TRANSFER,)),
    (Words("未纳入兜底", "Left out"), (Outcome.LEFT_OUT,)),
    (Words("待补地址", "Not located"), (Outcome.NOT_LOCATED,)),
    (Words("待核党员数", "Members unknown"), (Outcome.UNKNOWN_MEMBERS,)),
    (Words("无党员派指导员", "No member: instructor"), (Outcome.NO_MEMBERS,)),
    (Words("已建党组织", "Existing"), (Outcome.EXISTING,)),
)


def duties_sheet(papers: Papers) -> Listing:
    """Return 责任清单: by approving body (never a person), how much of what it answers for."""
    release = papers.release
    units = pd.DataFrame(papers.units[["outcome", "approver"]]).assign(doubtful=papers.doubtful)
    units = units[units["outcome"] != Outcome.EXCLUDED]
    unknown = release.say(UNKNOWN_PLACE)
    bodies = units["approver"].fillna(unknown)
    new = papers.branches
    new = new[(new["status"] == "proposed") & (new["outcome"] == Outcome.JOINT)]
    to_approve = new["approver"].fillna(unknown).value_counts()
    order = sorted(set(bodies) | set(to_approve.index))
    rows: list[Row] = [
        (
            body,
            *_duties(units[bodies == body], int(to_approve.get(body, 0))),
            *state_cells(papers, f"duty:{body}", IN_A_QUARTER),
        )
        for body in order
    ]
    if rows:
        total = _duties(units, int(to_approve.sum()))
        rows.append((release.say(Words("合计", "Total")), *total, *_NO_STATE))
    heads = (
        Head(release.say(Words("责任单位（审批）", "Responsible (approver)")), 26),
        Head(release.say(Words("单位数", "Units")), 12, "count", bar=True),
        Head(release.say(Words("拟批联合党支部", "Branches to approve")), 10, "count"),
        *(Head(release.say(title), 11, "count") for title, _ in _DUTIES),
        Head(release.say(Words("有待核提示", "With findings")), 10, "count"),
        *state_heads(release),
    )
    return Listing(
        sheet=release.say(Words(zh="责任清单", en="Duties")),
        title=release.say(Words(zh="责任清单", en="Duties")),
        note=release.say(
            Words(zh="按审批单位汇总，责任到岗位，不涉及个人", en="By body; no person is named")
        ),
        heads=heads,
        rows=tuple(rows),
        nothing=release.say(Words(zh="没有单位。", en="There is no unit.")),
        paper="A3",
        frozen=1,
        unprinted=1,
        strong=frozenset({len(rows) - 1}) if rows else frozenset(),
    )


def _duties(units: pd.DataFrame, to_approve: int) -> Row:
    counts = (int(units["outcome"].isin(outcomes).sum()) for _, outcomes in _DUTIES)
    return (len(units), to_approve, *counts, int(units["doubtful"].sum()))
