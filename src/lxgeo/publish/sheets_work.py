"""What there is to do: decisions to ask for, tasks, and who answers for them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.publish.decisions import SplitPlace, locked_branches, split_places
from lxgeo.publish.listing import (
    DUE,
    NUMBER,
    OPEN,
    Head,
    Listing,
    Row,
    heads_said,
    numbered,
    status_head,
)
from lxgeo.publish.papers import UNKNOWN_PLACE, Papers
from lxgeo.publish.tasks import tasks

_NAMES_SHOWN = 8


def decisions_sheet(papers: Papers) -> Listing:
    """Return 需上级决定: divided buildings and parks, and approved branches to be reshaped."""
    release = papers.release
    rows = numbered([*_split_rows(papers), *_locked_rows(papers)])
    heads = heads_said(
        release,
        NUMBER,
        (Words("类别", "Kind"), 8, "middle"),
        (Words("名称", "Name"), 24, "text"),
        (Words("涉及管辖", "Jurisdictions"), 26, "text"),
        (Words("涉及单位", "Units concerned"), 34, "text"),
        (Words("单位数", "Units"), 8, "count"),
        (Words("正式党员", "Full members"), 8, "count"),
        (Words("其中未纳入", "Left out"), 8, "count"),
        (Words("最多可再纳入", "Could gain at most"), 9, "count"),
        (Words("需决定事项", "To be decided"), 40, "text"),
        (Words("上级意见（填写）", "Decision (to fill)"), 18, "text"),
    )
    return Listing(
        sheet=release.say(Words(zh="需上级决定", en="For decision")),
        title=release.say(Words(zh="需上级决定事项清单", en="Matters for a superior's decision")),
        note=release.say(
            Words(
                zh="跨管辖的楼宇、园区不自动合并；已批准的党支部不自动拆并",
                en="Nothing is merged across jurisdictions or split without a decision",
            )
        ),
        heads=heads,
        rows=tuple(rows),
        nothing=release.say(Words(zh="没有需上级决定的事项。", en="Nothing needs a decision.")),
        paper="A3",
        frozen=3,
    )


def _split_rows(papers: Papers) -> Iterator[Row]:
    release = papers.release
    kinds = {"building": Words(zh="楼宇", en="building"), "park": Words(zh="园区", en="park")}
    for place in split_places(papers):
        count, full = len(place.units), place.full_members
        bodies = "\n".join(papers.jurisdiction(each) for each in place.jurisdictions)
        named = "\n".join(_first_of(papers, place.units))
        figures = (count, full, place.left_out, place.gains)
        kind = release.say(kinds[place.kind])
        matter = release.say(_merging(place))
        yield (kind, place.name, bodies, named, *figures, matter, None)


def _merging(place: SplitPlace) -> Words:
    """Return the question that a divided place puts, and what merging would gain."""
    bodies, full = len(place.jurisdictions), place.full_members
    gain = Words(
        zh=f"未纳入的 {place.left_out} 家中最多可再纳入 {place.gains} 家",
        en=f"of {place.left_out} left out at most {place.gains} could join",
    )
    if not place.left_out:
        gain = Words(zh="目前各单位均已有去处", en="none of them is left out now")
    return Words(
        zh=f"应建单位分属 {bodies} 个管辖，是否由一方牵头合并组建？"
        f"合并后共有正式党员 {full} 名；{gain.zh}",
        en=f"Its units stand under {bodies} jurisdictions: may one of them lead? "
        f"Together they have {full} full members; {gain.en}",
    )


def _first_of(papers: Papers, names: tuple[str, ...]) -> list[str]:
    """Return as many names as a cell shows well, and how many there are."""
    if len(names) <= _NAMES_SHOWN:
        return list(names)
    more = Words(zh=f"……等 {len(names)} 家", en=f"… {len(names)} in all")
    return [*names[: _NAMES_SHOWN - 1], papers.release.say(more)]


def _locked_rows(papers: Papers) -> Iterator[Row]:
    release = papers.release
    kind = release.say(Words(zh="党支部", en="branch"))
    for branch in locked_branches(papers):
        proposed = [release.label("outcome", each) for each in branch.proposed]
        repair = Words(zh=f"建议：{'、'.join(proposed)}", en=f"Proposed: {', '.join(proposed)}")
        said = [*branch.findings, *([release.say(repair)] if proposed else [])]
        body = papers.jurisdiction(branch.jurisdiction)
        named, matter = "\n".join(_first_of(papers, branch.members)), "\n".join(said)
        figures = (branch.units, branch.full_members, None, None)
        yield (kind, branch.name, body, named, *figures, matter, None)


def tasks_sheet(papers: Papers) -> Listing:
    """Return 任务清单: each branch to be approved, attached to or transferred to."""
    release = papers.release
    still_open = release.say(OPEN)
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
            None,
            still_open,
        )
        for task in found
    ]
    heads = heads_said(
        release,
        NUMBER,
        (Words("事项", "Task"), 11, "middle"),
        (Words("党组织（建议名称）", "Branch (suggested name)"), 28, "text"),
        (Words("涉及单位", "Units concerned"), 34, "text"),
        (Words("单位数", "Units"), 7, "count"),
        (Words("正式党员", "Full members"), 8, "count"),
        (Words("审批单位", "Approver"), 20, "text"),
        (Words("任务", "What to do"), 38, "text"),
        DUE,
    )
    return Listing(
        sheet=release.say(Words(zh="任务清单", en="Tasks")),
        title=release.say(Words(zh="任务清单", en="Tasks")),
        note=release.say(Words(zh=f"共 {len(rows)} 项", en=f"{len(rows)} tasks")),
        heads=(*heads, status_head(release)),
        rows=tuple(numbered(rows)),
        nothing=release.say(Words(zh="没有待办任务。", en="There is nothing to do.")),
        paper="A3",
        frozen=3,
        tints=tuple(task.outcome for task in found),
        tinted=1,
    )


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
    release, units = papers.release, papers.units.assign(doubtful=papers.doubtful)
    units = units[units["outcome"] != Outcome.EXCLUDED]
    unknown = release.say(UNKNOWN_PLACE)
    bodies = units["approver"].fillna(unknown)
    new = papers.branches
    new = new[(new["status"] == "proposed") & (new["outcome"] == Outcome.JOINT)]
    to_approve = new["approver"].fillna(unknown).value_counts()
    order = sorted(set(bodies) | set(to_approve.index))
    rows: list[Row] = [
        (body, *_duties(units[bodies == body], int(to_approve.get(body, 0)))) for body in order
    ]
    if rows:
        rows.append((release.say(Words("合计", "Total")), *_duties(units, int(to_approve.sum()))))
    heads = (
        Head(release.say(Words("责任单位（审批）", "Responsible (approver)")), 26),
        Head(release.say(Words("单位数", "Units")), 12, "count", bar=True),
        Head(release.say(Words("拟批联合党支部", "Branches to approve")), 10, "count"),
        *(Head(release.say(title), 11, "count") for title, _ in _DUTIES),
        Head(release.say(Words("有待核提示", "With findings")), 10, "count"),
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
        frozen=1,
        strong=frozenset({len(rows) - 1}) if rows else frozenset(),
    )


def _duties(units: pd.DataFrame, to_approve: int) -> Row:
    counts = (int(units["outcome"].isin(outcomes).sum()) for _, outcomes in _DUTIES)
    return (len(units), to_approve, *counts, int(units["doubtful"].sum()))
