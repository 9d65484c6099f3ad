"""What only a superior can decide (需上级决定): divided places, branches over their cap, and more.

What would come of it stands in `lxgeo.model.Plan.matters`; here it is laid out as a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pandas as pd

from lxgeo.errors import Words
from lxgeo.model import Matter, Rule
from lxgeo.publish.listing import NUMBER, Listing, Row, heads_said, numbered
from lxgeo.publish.lists.papers import Papers

OVER_CAP = (
    *(Rule.JOINT_OVER_CAP, Rule.THREE_INSIDE_JOINT),
    *(Rule.JOINT_UNDER_THREE, Rule.JOINT_OF_ONE, Rule.JOINT_ACROSS),
)
"""Findings on approved branches: they are locked, so a superior must say what becomes of them."""

_KINDS = {
    "building": Words(zh="楼宇", en="building"),
    "park": Words(zh="园区", en="park"),
    "branch": Words(zh="党支部", en="branch"),
    "unit": Words(zh="单位", en="unit"),
}
_NAMES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class LockedBranch:
    """An approved branch that the rules would now shape otherwise.

    Parameters
    ----------
    branch_id, name, jurisdiction
        Which branch, and the code of who is in charge.
    members
        Names of its units in the ledger.
    findings
        What is wrong with it, in words; each once.
    units, full_members
        How large it is.
    proposed
        Outcomes that the rules would propose for its units, each once.
    """

    branch_id: str
    name: str
    jurisdiction: Any
    members: tuple[str, ...]
    findings: tuple[str, ...]
    units: int
    full_members: int | None
    proposed: tuple[str, ...]


def locked_branches(papers: Papers) -> list[LockedBranch]:
    """Return approved branches with a finding, in the order of the branches."""
    return list(_locked(papers))


def _locked(papers: Papers) -> Iterator[LockedBranch]:
    faulty = papers.units[papers.found(*OVER_CAP)].groupby("branch_id")
    for branch in papers.branches.itertuples():
        if branch.branch_id not in faulty.groups:
            continue
        inside = faulty.get_group(branch.branch_id)
        yield LockedBranch(
            branch_id=str(branch.branch_id),
            name=str(branch.name),
            jurisdiction=branch.jurisdiction,
            members=tuple(each.name for each in papers.members(str(branch.branch_id))),
            findings=tuple(dict.fromkeys(inside["finding"].dropna())),
            units=len(inside) if pd.isna(branch.units) else int(str(branch.units)),
            full_members=None if pd.isna(branch.full_members) else int(str(branch.full_members)),
            proposed=tuple(dict.fromkeys(inside["proposed_outcome"].dropna())),
        )


def decisions_sheet(papers: Papers) -> Listing:
    """Return 需上级决定: divided places, approved branches to be reshaped, conditions to check."""
    release = papers.release
    asked = list(_asked(papers))
    places = [_row(papers, each, said) for each, said in asked if each.kind in {"building", "park"}]
    units = [_row(papers, each, said) for each, said in asked if each.kind == "unit"]
    splits = {each.about: (each, said) for each, said in asked if each.kind == "branch"}
    rows = [*places, *_branches(papers, splits), *units]
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
        (Words("合并可多纳入", "Merging would place"), 9, "count"),
        (Words("合并少用成本（米）", "Cost saved (m)"), 10, "metres"),
        (Words("需决定事项", "To be decided"), 46, "text"),
        (Words("上级意见（填写）", "Decision (to fill)"), 18, "text"),
    )
    return Listing(
        sheet=release.say(Words(zh="需上级决定", en="For decision")),
        title=release.say(Words(zh="需上级决定事项清单", en="Matters for a superior's decision")),
        note=release.say(
            Words(
                zh="跨管辖的楼宇、园区不自动合并；已批准的党支部不自动拆并；增益为测算值，供决策参考",
                en="Nothing is merged across jurisdictions or split without a decision; "
                "gains are reckoned",
            )
        ),
        heads=heads,
        rows=tuple(numbered(rows)),
        nothing=release.say(Words(zh="没有需上级决定的事项。", en="Nothing needs a decision.")),
        paper="A3",
        frozen=3,
    )


def _asked(papers: Papers) -> Iterator[tuple[Matter, str]]:
    """Yield each matter and what it asks, in words."""
    release = papers.release
    question = release.say(Words(zh="请上级研究决定", en="For the superior to decide"))
    for matter, said in zip_longest(release.plan.matters, release.matters):
        yield matter, said or question


def _row(papers: Papers, matter: Matter, said: str) -> Row:
    figures = matter.why.figures
    bodies = "\n".join(papers.jurisdiction(each) for each in matter.jurisdictions)
    names = tuple(papers.unit_names.get(each, each) for each in matter.unit_ids)
    return (
        papers.release.say(_KINDS[matter.kind]),
        matter.name,
        bodies,
        "\n".join(_first_of(papers, names)),
        len(matter.unit_ids),
        matter.full_members,
        matter.left_out,
        None if matter.left_out is None else figures.get("gained_units", 0),
        figures.get("gained_m"),
        said,
        None,
    )


def _first_of(papers: Papers, names: tuple[str, ...]) -> list[str]:
    """Return as many names as a cell shows well, and how many there are."""
    if len(names) <= _NAMES_SHOWN:
        return list(names)
    more = Words(zh=f"……等 {len(names)} 家", en=f"… {len(names)} in all")
    return [*names[: _NAMES_SHOWN - 1], papers.release.say(more)]


def _branches(papers: Papers, splits: dict[str, tuple[Matter, str]]) -> Iterator[Row]:
    """Yield approved branches with findings, and how those over the cap could be split."""
    release = papers.release
    kind = release.say(_KINDS["branch"])
    for branch in locked_branches(papers):
        proposed = [release.label("outcome", each) for each in branch.proposed]
        repair = Words(zh=f"建议：{'、'.join(proposed)}", en=f"Proposed: {', '.join(proposed)}")
        split = splits.pop(branch.branch_id, None)
        told = [
            *branch.findings,
            *([split[1]] if split else []),
            *([release.say(repair)] if proposed and not split else []),
        ]
        body = papers.jurisdiction(branch.jurisdiction)
        figures = (branch.units, branch.full_members, None, None, None)
        named, asked = "\n".join(_first_of(papers, branch.members)), "\n".join(told)
        yield (kind, branch.name, body, named, *figures, asked, None)
    for matter, said in splits.values():
        yield _row(papers, matter, said)
