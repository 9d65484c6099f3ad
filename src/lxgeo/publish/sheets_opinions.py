"""What the townships said of the plan, for the planner to answer."""

from __future__ import annotations

from collections.abc import Iterator

from lxgeo.errors import Words
from lxgeo.publish.listing import Listing, Row, heads_said, numbered
from lxgeo.publish.papers import Papers
from lxgeo.publish.rows import cells

_GONE = Words("台账中已没有这家单位", "the ledger holds this unit no more")


def opinions_sheet(papers: Papers) -> Listing:
    """Return 乡镇意见: every opinion beside what this plan says of its unit now."""
    release = papers.release
    return Listing(
        sheet=release.say(Words("乡镇意见", "Opinions")),
        title=release.say(Words("乡镇（街道）意见汇总", "Opinions of the townships")),
        note=release.say(
            Words(f"共 {len(release.opinions)} 条", f"{len(release.opinions)} opinions")
        ),
        heads=heads_said(
            release,
            (Words("序号", "No."), 6, "middle"),
            (Words("乡镇(街道)", "Township"), 12, "text"),
            (Words("单位名称", "Name"), 26, "text"),
            (Words("意见", "Opinion"), 40, "text"),
            (Words("本次结果", "Outcome now"), 11, "middle"),
            (Words("本次党支部", "Branch now"), 26, "text"),
            (Words("采纳情况与理由（填写）", "Taken up, or why not (to fill)"), 30, "text"),
            (Words("来源", "Where"), 24, "text"),
            (Words("单位编号", "Unit"), 21, "text"),
        ),
        rows=tuple(numbered(_rows(papers))),
        nothing=release.say(Words("没有意见。", "There is no opinion.")),
        paper="A3",
        frozen=3,
        unprinted=1,
    )


def _rows(papers: Papers) -> Iterator[Row]:
    release = papers.release
    names = ["unit_id", "township", "name", "outcome", "branch_id"]
    known = {row[0]: row for row in cells(papers.units, names)}
    for each in release.opinions:
        where = each.at
        if each.unit_id not in known:
            yield (None, None, each.said, None, release.say(_GONE), None, where, each.unit_id)
            continue
        _, township, name, outcome, branch_id = known[each.unit_id]
        branch = papers.branch_names.get(str(branch_id)) if branch_id is not None else None
        said = release.label("outcome", str(outcome))
        yield (township, name, each.said, said, branch, None, where, each.unit_id)
