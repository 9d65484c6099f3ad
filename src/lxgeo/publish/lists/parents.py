"""What stands above the branches: a general branch of each township or park (两新党总支)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.publish.listing import Listing, Row, heads_said, numbered
from lxgeo.publish.lists.papers import Papers
from lxgeo.rules.legality import full_members, total_members
from lxgeo.tables import BranchStatus


def parents_sheet(papers: Papers) -> Listing:
    """Return 隶属关系: under each approving body its branches, now and once approved.

    A township's or park's branches may stand under a general branch of its own; what level fits
    follows from the members, as it does for a unit.
    """
    release = papers.release
    bodies = sorted({*papers.units["approver"].dropna(), *papers.branches["approver"].dropna()})
    units, branches = (
        pd.DataFrame(frame[names])
        for frame, names in ((papers.units, _OF_UNITS), (papers.branches, _OF_BRANCHES))
    )
    rows = [
        _row(papers, body, units[units["approver"] == body], branches[branches["approver"] == body])
        for body in bodies
    ]
    return Listing(
        sheet=release.say(Words("隶属关系", "Parents")),
        title=release.say(
            Words("党组织隶属关系与两新党总支设置建议", "Branches and their parents")
        ),
        note=release.say(
            Words(
                "区（县）两新工委 → 乡镇（街道）、园区两新党总支 → 党支部；"
                "层级按党员总数建议，以审批为准",
                "District → general branch of township or park → branches; levels are advice",
            )
        ),
        heads=heads_said(
            release,
            (Words("序号", "No."), 6, "middle"),
            (Words("审批单位", "Approver"), 26, "text"),
            (Words("建议上级党组织", "Parent proposed"), 34, "text"),
            (Words("已有党支部", "Branches now"), 10, "count"),
            (Words("拟新建联合", "New, joint"), 10, "count"),
            (Words("拟新建单独", "New, standalone"), 10, "count"),
            (Words("批准后合计", "Together"), 10, "count"),
            (Words("正式党员", "Full members"), 10, "count"),
            (Words("党员总数", "Members"), 10, "count"),
            (Words("建议层级", "Level"), 14, "middle"),
        ),
        rows=tuple(numbered(rows)),
        nothing=release.say(Words("没有党支部。", "There is no branch.")),
        frozen=2,
    )


_OF_UNITS = [
    *("approver", "outcome", "branch_id", "full_members", "affiliated_members"),
    *("probationary_members", "total_members"),
]
_OF_BRANCHES = ["approver", "status", "outcome", "full_members", "total_members"]


def _row(papers: Papers, body: str, units: pd.DataFrame, branches: pd.DataFrame) -> Row:
    """Return a body's row; its units and branches alone are given."""
    release = papers.release
    standing = branches["status"] == BranchStatus.EXISTING
    new_joint = int((~standing & (branches["outcome"] == Outcome.JOINT)).sum())
    alone = units[units["outcome"].isin([Outcome.STANDALONE, Outcome.TEMPORARY])]
    unnamed = alone[alone["branch_id"].isna()]  # the others stand among the branches
    full = _sum(branches["full_members"]) + _sum(full_members(unnamed))
    total = _sum(branches["total_members"]) + _sum(total_members(unnamed))
    place = _place(body)
    name = Words("由主管部门党组织直接管理", "Managed by the department itself")
    if place is not None:
        name = Words(f"{place}两新组织党总支", f"General branch of {place}")
    return (
        body,
        release.say(name),
        int(standing.sum()),
        new_joint,
        len(alone),
        int(standing.sum()) + new_joint + len(alone),
        full,
        total,
        None if place is None else _level(papers, total),
    )


_ENDINGS = ("党工委", "工作委员会", "党委", "工委", "委员会", "党总支")


def _place(body: str) -> str | None:
    """Return the township or park that a committee is in charge of; None for a department's."""
    ending = next((each for each in _ENDINGS if body.endswith(each)), None)
    return None if ending is None else body.removeprefix("中共").removesuffix(ending) or None


def _sum(values: Any) -> int:
    return int(values.fillna(0).sum())


def _level(papers: Papers, total: int) -> str:
    policy, release = papers.release.plan.policy, papers.release
    over = 0 if policy.level_boundary == "ge" else 1
    if total >= policy.committee_min + over:
        return release.say(Words("可设党委", "committee"))
    if total >= policy.general_branch_min + over:
        return release.say(Words("可设党总支", "general branch"))
    return release.say(Words("暂由上级直管", "none of its own"))
