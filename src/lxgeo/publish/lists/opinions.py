"""What the townships said of the plan, for the planner to answer."""

from __future__ import annotations

from collections.abc import Iterator

from lxgeo.errors import Words
from lxgeo.ledger.corrections.worklist import Answer, Opinion
from lxgeo.publish.listing import Listing, Row, heads_said, numbered
from lxgeo.publish.lists.opinions_told import OPINIONS
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.rows import cells

_ASKED = {
    Answer.AGREED: Words("已同意，无需处理", "agreed: nothing to do"),
    Answer.REFUSED: Words(
        "向乡镇问明理由；采纳的，在地图上调整或列入人工调整表，再用 --pins 重新测算",
        "ask why; if taken up, settle it on the map or in a table of pins and plan with --pins",
    ),
    Answer.WISH: Words(
        "请人工研判（软件不按文字改动方案）；采纳的，在地图上调整或列入人工调整表，"
        "再用 --pins 重新测算",
        "for a person to read: no wording moves a unit; if taken up, settle it on the map or in a "
        "table of pins and plan with --pins",
    ),
}
"""What the planner does about an opinion."""

_TWO = Words("同一单位有不同意见，请乡镇确认一种", "opinions differ: ask the township for one")
_BEFORE = Words(
    "方案已变，不是对本次结果的意见，请重新征求", "said of another plan: ask again about this one"
)
_GONE_ASKED = Words("核对单位编号；已注销的不再处理", "check the id; nothing to do if it closed")
_GONE = Words("台账中已没有这家单位", "the ledger holds this unit no more")


def opinions_sheet(papers: Papers) -> Listing:
    """Return 乡镇意见: every opinion beside what this plan says of its unit now."""
    release = papers.release
    return Listing(
        sheet=release.say(OPINIONS),
        title=release.say(Words("乡镇（街道）意见汇总", "Opinions of the townships")),
        note=release.say(_note(papers)),
        heads=heads_said(
            release,
            (Words("序号", "No."), 6, "middle"),
            (Words("乡镇(街道)", "Township"), 12, "text"),
            (Words("单位名称", "Name"), 26, "text"),
            (Words("意见", "Opinion"), 40, "text"),
            (Words("本次结果", "Outcome now"), 11, "middle"),
            (Words("本次党支部", "Branch now"), 26, "text"),
            (Words("怎么办", "What to do"), 34, "text"),
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


def _note(papers: Papers) -> Words:
    """Return how many opinions there are, by what they come to."""
    answers = [each.answer for each in papers.release.opinions]
    agreed, refused = answers.count(Answer.AGREED), answers.count(Answer.REFUSED)
    wishes = len(answers) - agreed - refused
    return Words(
        f"共 {len(answers)} 条：同意 {agreed}，不同意 {refused}，另有意见 {wishes}；"
        "意见只供研判，不自动改动方案",
        f"{len(answers)} opinions: {agreed} agreed, {refused} not agreed, {wishes} to be read; "
        "none changes the plan by itself",
    )


def _rows(papers: Papers) -> Iterator[Row]:
    release, told, here = papers.release, papers.opinions, papers.places
    names = ["unit_id", "township", "name", "outcome", "branch_id"]
    known = {row[0]: row for row in cells(papers.units, names)}
    for each in release.opinions:
        ends = (None, each.at, each.unit_id)
        if each.unit_id not in known:
            gone, asked = release.say(_GONE), release.say(_GONE_ASKED)
            yield (None, None, each.said, None, gone, asked, *ends)
            continue
        _, township, name, outcome, branch_id = known[each.unit_id]
        branch = papers.branch_names.get(str(branch_id)) if branch_id is not None else None
        said = release.label("outcome", str(outcome))
        asked = release.say(_asked(each, told[each.unit_id], here[each.unit_id]))
        yield (township, name, each.said, said, branch, asked, *ends)


def _asked(opinion: Opinion, all_of_unit: list[Opinion], place: str) -> Words:
    """Return what there is to do about an opinion."""
    if len({each.answer for each in all_of_unit}) > 1:
        return _TWO
    if opinion.about != place and opinion.answer is not Answer.WISH:
        return _BEFORE
    return _ASKED[opinion.answer]
