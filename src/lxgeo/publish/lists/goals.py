"""How far the plan goes: rates over their denominators, targets, the yearly sentence, money."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import pandas as pd

from lxgeo.errors import Words
from lxgeo.judge import targets
from lxgeo.judge.coverage import standing_after, standing_before
from lxgeo.model import Outcome, Rate
from lxgeo.publish.listing import Head, Listing, Row, heads_said
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.yearly_form import NO_TOWNSHIP
from lxgeo.publish.rows import Cell
from lxgeo.tables import BranchStatus

YUAN_PER_MEMBER = 100
"""Yuan a member and year: a local rule of 2010 (温州市), widely copied."""

_MARKS = (0.90, 0.95)
"""Shares that documents ask for: 90 % and 95 % (a local one of 2017)."""

_TOTAL = Words("合计", "Total")


def goals_sheet(papers: Papers) -> Listing:
    """Return 目标与分母: every rate beside its denominator, and how many units it is short."""
    release = papers.release
    marks = [
        (Words(f"距{share:.0%}差（家）", f"Short of {share:.0%} (units)"), 12.0, "count")
        for share in _MARKS
    ]
    heads = heads_said(
        release,
        (Words("指标", "Rate"), 34, "text"),
        (Words("分母", "Over"), 24, "text"),
        (Words("分母数（家）", "Units"), 10, "count"),
        (Words("现状（家）", "Now"), 10, "count"),
        (Words("现状", "Now, share"), 10, "share"),
        (Words("批准后（家）", "Approved"), 10, "count"),
        (Words("批准后", "Approved, share"), 10, "share"),
        *marks,  # type: ignore[arg-type]
        (Words("目标", "Target"), 9, "share"),
        (Words("距目标差（家）", "Short of target"), 10, "count"),
    )
    return Listing(
        sheet=release.say(Words("目标与分母", "Targets")),
        title=release.say(Words("覆盖率、分母与目标差距", "Rates, denominators and targets")),
        note=release.say(
            Words("同一指标按不同分母并列，不混用", "Each rate names what it is a share of")
        ),
        heads=heads,
        rows=(*_rate_rows(papers), *_target_rows(papers)),
        below=(yearly_sentence(papers),),
    )


def _rate_rows(papers: Papers) -> Iterator[Row]:
    evaluation = papers.release.evaluation
    later = {rate.name: rate for rate in evaluation.after}
    for rate in evaluation.before:
        after = later[rate.name]
        short = [_short(after, share) for share in _MARKS]
        yield (*_said(papers, "rate", rate, after), *short, None, None)


def _target_rows(papers: Papers) -> Iterator[Row]:
    for target in targets(papers.release.plan):
        said = _said(papers, "target", target.before, target.after)
        short = [_short(target.after, share) for share in _MARKS]
        yield (*said, *short, target.goal, target.missing)


def _said(papers: Papers, kind: str, before: Rate, after: Rate) -> Row:
    release = papers.release
    return (
        release.label(kind, before.name),
        release.label("over", before.over),
        after.denominator,
        before.numerator,
        before.value,
        after.numerator,
        after.value,
    )


def _short(rate: Rate, share: float) -> int:
    return max(0, ceil(round(share * rate.denominator, 6)) - rate.numerator)


def yearly_sentence(papers: Papers) -> str:
    """Return the line of the yearly report, filled in as things stand and once approved.

    It counts the organisations of the ledger's units, as its rates do. An approved one without
    any of them, such as a village's branch, is told beside it.
    """
    release, branches, units = papers.release, papers.branches, papers.units
    standing = branches["status"] == BranchStatus.EXISTING
    shared = branches["outcome"] == Outcome.JOINT
    inside = units.loc[units["outcome"] == Outcome.EXISTING, "branch_id"]
    now = standing & branches["branch_id"].isin(inside.dropna())
    later = standing & branches["branch_id"].isin(units["branch_id"].dropna())
    repaired = (units["outcome"] == Outcome.EXISTING) & (
        units["proposed_outcome"] == Outcome.STANDALONE
    )
    alone = units["outcome"].isin([Outcome.STANDALONE, Outcome.TEMPORARY]) | repaired
    new_own, new_joint = int(alone.sum()), int((~standing & shared).sum())
    before = next(each for each in release.evaluation.before if each.name == "organisation")
    after = next(each for each in release.evaluation.after if each.name == "organisation")
    new = new_own + new_joint
    first = (int((now & ~shared).sum()), int((now & shared).sum()), 0, before)
    own, joint = int((later & ~shared).sum()), int((later & shared).sum())
    then = (own + new_own, joint + new_joint, new, after)
    outside = _outside(int((standing & ~now).sum()), int((later & ~now).sum()))
    return release.say(
        Words(
            f"现状：{_line_zh(*first)}。批准后：{_line_zh(*then)}。{outside.zh}",
            f"Now: {_line_en(*first)}. Once approved: {_line_en(*then)}.{outside.en}",
        )
    )


def _outside(without: int, joined: int) -> Words:
    """Return what there is to say of approved organisations that hold no unit of the ledger."""
    if not without:
        return Words("", "")
    zh = f"；批准后有单位加入的{joined}个计入“批准后”" if joined else ""
    en = f"; once approved, those that units are to join count ({joined})" if joined else ""
    return Words(
        f"另有已批准的党组织{without}个，没有台账中的单位（如村党支部），不计入现状{zh}。",
        f" {without} approved organisations without a unit of the ledger, such as villages'"
        f" branches, are not counted now{en}.",
    )


def _line_zh(own: int, joint: int, new: int, rate: Rate) -> str:
    share = "—" if rate.value is None else f"{rate.value:.1%}"
    return (
        f"共建立两新组织党组织{own + joint}个，覆盖单位{rate.numerator}家，"
        f"其中单独建立党组织{own}个，"
        f"联建党组织{joint}个，今年新建两新组织党组织{new}个，覆盖率达到{share}"
        f"（{rate.numerator}/{rate.denominator}）"
    )


def _line_en(own: int, joint: int, new: int, rate: Rate) -> str:
    share = "—" if rate.value is None else f"{rate.value:.1%}"
    return (
        f"{own + joint} organisations for {rate.numerator} units, {own} of them standalone, "
        f"{joint} joint, {new} new, coverage {share} ({rate.numerator}/{rate.denominator})"
    )


def budget_sheet(papers: Papers) -> Listing:
    """Return 经费测算: members in organisations by township, now and once approved, in yuan."""
    release, plan = papers.release, papers.release.plan
    units = papers.units
    members = units["total_members"].fillna(
        units["full_members"] + units["probationary_members"].fillna(0)
    )
    has = [
        pd.Series(moment(plan, "aside").organised.to_numpy(), index=units.index)
        for moment in (standing_before, standing_after)
    ]
    where = units["township"].fillna(release.say(NO_TOWNSHIP))
    rows = [(name, *_money(members, has, where == name)) for name in dict.fromkeys(where)]
    if rows:
        everywhere = pd.Series(data=True, index=units.index)
        rows.append((release.say(_TOTAL), *_money(members, has, everywhere)))
    heads = (
        Head(release.say(Words("乡镇(街道)", "Township")), 20),
        *heads_said(
            release,
            (Words("现状党员（人）", "Members now"), 12, "count"),
            (Words("现状经费（元）", "Yuan now"), 14, "count"),
            (Words("批准后党员（人）", "Members, approved"), 12, "count"),
            (Words("批准后经费（元）", "Yuan, approved"), 14, "count"),
            (Words("增加（元）", "More (yuan)"), 14, "count"),
            (Words("党员数不明（家）", "Members unknown (units)"), 12, "count"),
        ),
    )
    note = Words(
        f"按每名党员每年{YUAN_PER_MEMBER}元测算（地方做法，非全国规定）；只计已建、拟建党组织的单位",
        f"{YUAN_PER_MEMBER} yuan a member and year (a local rule); units with an organisation only",
    )
    return Listing(
        sheet=release.say(Words("经费测算", "Budget")),
        title=release.say(Words("党组织活动经费测算表", "Budget of the organisations")),
        note=release.say(note),
        heads=heads,
        rows=tuple(rows),
        nothing=release.say(Words("没有单位。", "There is no unit.")),
        frozen=1,
        strong=frozenset({len(rows) - 1}) if rows else frozenset(),
    )


def _money(members: pd.Series, has: list[pd.Series], here: pd.Series) -> tuple[Cell, ...]:
    now, later = (int(members[each & here].fillna(0).sum()) for each in has)
    yuan_now, yuan_later = YUAN_PER_MEMBER * now, YUAN_PER_MEMBER * later
    unknown = int(members[has[1] & here].isna().sum())
    return (now, yuan_now, later, yuan_later, yuan_later - yuan_now, unknown)
