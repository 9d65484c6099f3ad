"""The figures as lists: the yearly form before and after, and what the plan was reckoned with."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxgeo.errors import Words
from lxgeo.model import Rate
from lxgeo.publish.listing import Head, Listing, Row, heads_said
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.yearly_form import FORM, YearlyForm, yearly_form
from lxgeo.publish.rows import Cell

_BEFORE, _AFTER = Words(zh="现状", en="Now"), Words(zh="批准后", en="Once approved")
_CHANGE = Words(zh="增减", en="Change")
_ALL = Words(zh="全区合计", en="Total")
_INDENT = "　　"
_OPEN = "—"
_TOWNSHIPS_A_PAGE = 8


def statistics_sheet(papers: Papers) -> Listing:
    """Return 统计表(前后): the yearly form before and after, in total and by township."""
    release, form = papers.release, yearly_form(papers)
    before, after, change = (release.say(each) for each in (_BEFORE, _AFTER, _CHANGE))
    total = release.say(_ALL)
    heads = [Head(release.say(Words(zh="项目", en="Item")), 44)]
    heads += [Head(title, 11, "count", group=total) for title in (before, after, change)]
    for name in form.townships.values():
        heads += [Head(title, 8.5, "count", group=name) for title in (before, after)]
    rows = [*_form_rows(papers, form), *_rate_rows(papers, form)]
    note = Words(
        zh="单位数不含注销、空壳、重复的；“—”为台账未采集",
        en="Closed, shell and repeated units are not counted; — is not in the ledger",
    )
    return Listing(
        sheet=release.say(Words(zh="统计表(前后)", en="Statistics (before, after)")),
        title=release.say(
            Words(
                zh="两新组织建立党组织情况统计表（现状与批准后）", en="Party organisations set up"
            )
        ),
        note=release.say(note),
        heads=tuple(heads),
        rows=tuple(rows),
        paper="A3",
        frozen=4,
        strong=frozenset(i for i, entry in enumerate(FORM) if not entry.depth),
        page=2 * _TOWNSHIPS_A_PAGE,
    )


def _form_rows(papers: Papers, form: YearlyForm) -> Iterator[Row]:
    totals = form.total(approved=False), form.total(approved=True)
    for entry in FORM:
        name = _INDENT * entry.depth + papers.release.say(entry.name)
        if not entry.known:
            yield (name, *([_OPEN] * (3 + 2 * len(form.townships))))
            continue
        was, will = (counts[entry.key] for counts in totals)
        pairs: list[Cell] = []
        for township in form.townships:
            pairs += [form.before[township][entry.key], form.after[township][entry.key]]
        yield (name, was, will, will - was, *pairs)


def _rate_rows(papers: Papers, form: YearlyForm) -> Iterator[Row]:
    """Yield each rate, headed by what it is a share of: share and counts in one cell."""
    release, evaluation = papers.release, papers.release.evaluation
    later = {rate.name: rate for rate in evaluation.after}
    for rate in evaluation.before:
        name, over = release.label("rate", rate.name), release.label("over", rate.over)
        said = release.say(Words(zh=f"{name}（÷{over}）", en=f"{name} (of {over})"))
        approved = later[rate.name]
        pairs = [each for key in form.townships for each in _township_rates(papers, rate, key)]
        yield (said, _share(rate), _share(approved), _points(papers, rate, approved), *pairs)


def _township_rates(papers: Papers, rate: Rate, township_id: str) -> tuple[str, str]:
    """Return a rate in one township, before and after; a dash where it isn't told by township."""
    counts = papers.by_township.get(township_id, {})
    before, after = counts.get(f"{rate.name}_before"), counts.get(f"{rate.name}_after")
    over = counts.get(rate.over)
    if before is None or after is None or over is None:
        return (_OPEN, _OPEN)
    was = replace(rate, numerator=int(before), denominator=int(over))
    return _share(was), _share(replace(was, numerator=int(after)))


def _share(rate: Rate) -> str:
    share = _OPEN if rate.value is None else f"{100 * rate.value:.1f}%"
    return f"{share}\n{rate.numerator}/{rate.denominator}"


def _points(papers: Papers, before: Rate, after: Rate) -> str:
    if before.value is None or after.value is None:
        return _OPEN
    points = papers.release.say(Words(zh="个百分点", en="points"))
    return f"{100 * (after.value - before.value):+.1f}\n{points}"


def settings_sheet(papers: Papers) -> Listing:
    """Return 参数: the policy's figures, how the planner was told to search, and how it did."""
    release = papers.release
    heads = heads_said(
        release,
        (Words(zh="类别", en="Kind"), 14, "middle"),
        (Words(zh="项目", en="Item"), 44, "text"),
        (Words(zh="值", en="Value"), 40, "text"),
        (Words(zh="单位", en="Unit"), 8, "middle"),
        (Words(zh="字段", en="Field"), 30, "text"),
    )
    note = Words(
        zh="距离、权重、乡镇类别均为测算参数，非政策规定",
        en="Distances, weights and kinds are what is reckoned with, no document prescribes them",
    )
    return Listing(
        sheet=release.say(Words(zh="参数", en="Settings")),
        title=release.say(Words(zh="测算参数与求解情况", en="Settings and results")),
        note=release.say(note),
        heads=heads,
        rows=(*_policy_rows(papers), *_search_rows(papers), *_region_rows(papers)),
    )


def _policy_rows(papers: Papers) -> Iterator[Row]:
    policy, kind = papers.release.plan.policy, papers.release.say(Words("规则参数", "Policy"))
    for field in dataclasses.fields(policy):
        value = getattr(policy, field.name)
        title = field.name if papers.release.lang == "en" else field.metadata["zh"]
        unit = field.metadata["unit"] or None
        if not isinstance(value, Mapping):
            yield (kind, title, _said(value), unit, field.name)
            continue
        for key, each in value.items():
            named = papers.release.label(field.metadata["keys"], key)
            said = papers.release.label("line", each) if isinstance(each, str) else _said(each)
            yield (kind, f"{title}：{named}", said, unit, f"{field.name}.{key}")


def _search_rows(papers: Papers) -> Iterator[Row]:
    release, plan = papers.release, papers.release.plan
    kind = release.say(Words("求解设置", "Search"))
    yield (kind, release.say(Words("随机种子", "Seed")), _said(plan.seed), None, "seed")
    yield (kind, release.say(Words("求解力度", "Effort")), plan.effort, None, "effort")


def _region_rows(papers: Papers) -> Iterator[Row]:
    """Yield what the planner reached in each region; times are no part of a list."""
    release = papers.release
    kind = release.say(Words("片区结果", "Region"))
    for region in release.plan.regions:
        status = release.label("region_status", region.status)
        said = Words(
            zh=f"应建 {region.must_join} 家；成本 {region.cost_m:,.2f} 米，"
            f"下界 {region.bound_m:,.2f} 米；{status}；坐标系 {region.crs}",
            en=f"{region.must_join} must join; cost {region.cost_m:,.2f} m, "
            f"bound {region.bound_m:,.2f} m; {status}; {region.crs}",
        )
        name = papers.jurisdiction(region.region)
        yield (kind, name, release.say(said), None, region.region)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
