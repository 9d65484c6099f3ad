"""The plan itself as lists: every unit, the joint branches, and who is left out."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.publish.listing import (
    NUMBER,
    Head,
    Listing,
    Row,
    heads_of,
    heads_said,
    numbered,
    rows_of,
)
from lxgeo.publish.lists.opinions_told import opinions_heads, opinions_told
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.rows import Cell, cells
from lxgeo.tables import BRANCHES, UNITS, BranchStatus

_BEFORE_BRANCH = (
    *(("township", 11), ("name", 24), ("kind", 10), ("address", 28), ("industry_code", 7)),
    *(("staff", 7), ("full_members", 7), ("probationary_members", 7)),
    *(("affiliated_members", 9), ("outcome", 11), ("level", 8), ("mode", 10)),
)
_AFTER_BRANCH = (
    *(("is_host", 6), ("distance_m", 9), ("reason", 58), ("finding", 26), ("approver", 16)),
    *(("operating_status", 9), ("precision", 10), ("credit_code", 21), ("unit_id", 21)),
    ("row", 12),
)
_LEFT_OUT = (
    *(("township", 12), ("name", 26), ("address", 26), ("industry_code", 8)),
    *(("full_members", 8), ("probationary_members", 8), ("reason", 60), ("approver", 18)),
)
_BRANCH_FIGURES = (
    *(("units", 7), ("full_members", 7), ("total_members", 7)),
    *(("approver", 18), ("span_m", 9), ("max_distance_m", 9), ("cost_m", 9)),
    *(("runner_up_cost_m", 9), ("reason", 80)),
)

_BRANCHES = Words(zh="联合党支部", en="Joint branches")


def plan_sheet(papers: Papers) -> Listing:
    """Return 方案: every ledger row with its outcome, in ledger order.

    What the list of branches says of a whole branch is not said again of each of its units: the
    list's number stands in its place.
    """
    release, units = papers.release, papers.units
    head = Head(release.say(Words(zh="党支部", en="Branch")), 24)
    before = heads_of(UNITS, _BEFORE_BRANCH, release)
    after = heads_of(UNITS, _AFTER_BRANCH, release)
    heads = (_number(papers), *before, head, *opinions_heads(papers), *after)
    parts = zip(
        rows_of(units, UNITS, _BEFORE_BRANCH, release),
        _branches_of(papers),
        opinions_told(papers),
        rows_of(units.assign(reason=_reasons(papers)), UNITS, _AFTER_BRANCH, release),
        strict=True,
    )
    return Listing(
        sheet=release.say(Words(zh="方案", en="Plan")),
        title=release.say(Words(zh="两新组织党组织组建方案", en="Plan of Party branches")),
        note=_counts(papers),
        heads=heads,
        rows=tuple(numbered((*left, branch, *said, *right) for left, branch, said, right in parts)),
        nothing=release.say(Words(zh="台账中没有单位。", en="The ledger holds no unit.")),
        paper="A3",
        frozen=3,
        tints=tuple(Outcome(each) for each in units["outcome"]),
        tinted=1 + [name for name, _ in _BEFORE_BRANCH].index("outcome"),
        unprinted=5,
    )


def branches_sheet(papers: Papers) -> Listing:
    """Return 联合党支部: joint branches and branches that units attach to; proposed ones first."""
    release, chosen = papers.release, _listed(papers)
    new = int((chosen["status"] == BranchStatus.PROPOSED).sum())
    lead = (("name", 32), ("status", 8), ("outcome", 10), ("mode", 10))
    host = Head(release.say(Words(zh="牵头单位", en="Host")), 22)
    members = Head(release.say(Words(zh="成员单位（正式党员）", en="Units (full members)")), 40)
    heads = (*heads_of(BRANCHES, lead, release), host, members)
    figures = heads_of(BRANCHES, _BRANCH_FIGURES, release)
    barred = tuple(replace(each, bar=name == "span_m") for each, (name, _) in _with_names(figures))
    parts = zip(
        rows_of(chosen, BRANCHES, lead, release),
        _hosts_and_members(papers, chosen),
        rows_of(chosen, BRANCHES, _BRANCH_FIGURES, release),
        strict=True,
    )
    note = Words(
        zh=f"拟新建 {new} 个，已批准 {len(chosen) - new} 个",
        en=f"{new} proposed, {len(chosen) - new} approved",
    )
    return Listing(
        sheet=release.say(_BRANCHES),
        title=release.say(Words(zh="联合党支部一览表", en="Joint branches")),
        note=release.say(note),
        heads=(_number(papers), *heads, *barred),
        rows=tuple(numbered((*left, *middle, *right) for left, middle, right in parts)),
        nothing=release.say(Words(zh="没有联合党支部。", en="There is no joint branch.")),
        paper="A3",
        frozen=2,
        tints=tuple(Outcome(each) for each in chosen["outcome"]),
        tinted=3,
    )


def left_out_sheet(papers: Papers) -> Listing:
    """Return 未纳入: units with one or two full members that no legal branch could take."""
    release = papers.release
    chosen = papers.units[papers.units["outcome"] == Outcome.LEFT_OUT]
    fill = Head(release.say(Words(zh="兜底措施（填写）", en="Catch-all measure (to fill)")), 20)
    rows = rows_of(chosen, UNITS, _LEFT_OUT, release)
    note = Words(
        zh=f"共 {len(chosen)} 家，由所在乡镇（街道）兜底管理",
        en=f"{len(chosen)} units, in the care of their township",
    )
    return Listing(
        sheet=release.say(Words(zh="未纳入", en="Left out")),
        title=release.say(Words(zh="未纳入联合党支部单位清单", en="Units left out")),
        note=release.say(note),
        heads=(_number(papers), *heads_of(UNITS, _LEFT_OUT, release), fill),
        rows=tuple(numbered((*row, None) for row in rows)),
        nothing=release.say(
            Words(zh="没有未纳入的单位：应建单位均有去处。", en="No unit is left out.")
        ),
        frozen=3,
    )


def _number(papers: Papers) -> Head:
    return heads_said(papers.release, NUMBER)[0]


def _with_names(heads: tuple[Head, ...]) -> zip[tuple[Head, tuple[str, float]]]:
    return zip(heads, _BRANCH_FIGURES, strict=True)


def _counts(papers: Papers) -> str:
    """Return how many units came to which outcome, in one line."""
    release, found = papers.release, papers.units["outcome"].value_counts()
    said = [f"{release.label('outcome', each)} {found[each]}" for each in Outcome if each in found]
    total = Words(zh=f"共 {len(papers.units)} 家", en=f"{len(papers.units)} units")
    return f"{release.say(total)}：{'、'.join(said)}" if said else release.say(total)


def _branches_of(papers: Papers) -> list[str | None]:
    names = papers.units["branch_id"].map(papers.branch_names)
    return [row[0] for row in cells(names.to_frame("name"), ["name"])]  # type: ignore[misc]


def _reasons(papers: Papers) -> list[Cell]:
    """Return why each unit is where it is; where its branch says the same, where that stands."""
    release, numbered_branches = papers.release, {}
    for number, row in enumerate(cells(_listed(papers), ["branch_id", "reason"]), start=1):
        words = Words(f"见“{_BRANCHES.zh}”表第 {number} 号", f"See {_BRANCHES.en}, no. {number}")
        numbered_branches[row] = release.say(words)
    units = cells(papers.units, ["branch_id", "reason"])
    return [numbered_branches.get(unit, unit[1]) for unit in units]


def _listed(papers: Papers) -> pd.DataFrame:
    """Return the branches that units share, in the order of their list."""
    branches = papers.branches
    shared = branches["outcome"].isin([Outcome.JOINT, Outcome.ATTACHED]) | (branches["units"] > 1)
    chosen = branches[shared.fillna(False).astype(bool)]
    proposed = chosen["status"] == BranchStatus.PROPOSED
    return pd.concat([chosen[proposed], chosen[~proposed]])


def _hosts_and_members(papers: Papers, chosen: pd.DataFrame) -> list[Row]:
    rows: list[Row] = []
    for branch_id, host_id in zip(chosen["branch_id"], chosen["host_id"], strict=True):
        listed = [
            f"{each.name}（{'?' if each.full_members is None else each.full_members}）"
            for each in papers.members(branch_id)
        ]
        host = None if pd.isna(host_id) else papers.unit_names.get(host_id, host_id)
        rows.append((host, "\n".join(listed) or None))
    return rows
