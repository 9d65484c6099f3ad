"""What the report says, before it is a file: sections of paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.publish.folder.release import Record
from lxgeo.publish.listing import Row
from lxgeo.publish.lists.goals import yearly_sentence
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.rows import plain
from lxgeo.tables import BranchStatus

_MATTERS_SHOWN = 5
_HASH_SHOWN = 16
_EFFORTS = {
    "fast": Words("“快速”", "fast"),
    "standard": Words("“标准”", "standard"),
    "best": Words("“最优”", "best"),
}


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table: headings and rows of text and numbers; the last row sums up where it does."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report.

    Parameters
    ----------
    title
        Its heading.
    paragraphs
        What it says.
    grid
        Its table, where it has one.
    picture
        Whether the map stands in it.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    grid: Grid | None = None
    picture: bool = False


def sections(
    papers: Papers, record: Record, rule_name: Callable[[str], str]
) -> tuple[Section, ...]:
    """Return the report's parts in their order.

    Parameters
    ----------
    papers
        What is published.
    record
        Its inputs and versions.
    rule_name
        What people call a rule, by its code.
    """
    return (
        _overall(papers),
        _townships(papers),
        _branches(papers),
        _left_out(papers, rule_name),
        _matters(papers),
        _made_of(papers, record),
    )


def _overall(papers: Papers) -> Section:
    say = papers.release.say
    counts = papers.units["outcome"].value_counts()
    found = [
        f"{papers.release.label('outcome', each)} {counts[each]}"
        for each in Outcome
        if each in counts
    ]
    between = say(Words("、", ", "))
    told = Words(
        f"台账共 {len(papers.units)} 家：{between.join(found)}。",
        f"{len(papers.units)} units in the ledger: {between.join(found)}.",
    )
    title = say(Words("一、总体情况", "1. Overall"))
    return Section(title, (yearly_sentence(papers), say(told)), picture=True)


def _townships(papers: Papers) -> Section:
    say = papers.release.say
    table: Any = papers.release.evaluation.by_township
    names = ("operating_units", "units_with_members", "organisation_before", "organisation_after")
    rows: list[Row] = []
    for row in table.to_dict("records"):
        name = row["township"] if isinstance(row["township"], str) else None
        figures = [int(row[each]) for each in names]
        rows.append((plain(name or say(Words("（乡镇不明）", "(unknown)"))), *_rated(figures)))
    total = [int(table[each].sum()) for each in names]
    rows.append((say(Words("合计", "Total")), *_rated(total)))
    heads = (
        Words("乡镇（街道）", "Township"),
        Words("单位", "Units"),
        Words("有党员单位", "With members"),
        Words("现状已建", "Now"),
        Words("批准后已建", "Approved"),
        Words("现状覆盖率", "Share now"),
        Words("批准后覆盖率", "Share, approved"),
    )
    return Section(
        say(Words("二、各乡镇（街道）前后对比", "2. By township, before and after")),
        (
            say(
                Words(
                    "覆盖率＝已建立党组织的单位÷正常运营单位。",
                    "Share: units with an organisation over those operating.",
                )
            ),
        ),
        Grid(tuple(say(each) for each in heads), tuple(rows), summed=True),
    )


def _rated(figures: list[int]) -> tuple[int | str, ...]:
    units, _, before, after = figures
    return (*figures, *(f"{each / units:.1%}" if units else "—" for each in (before, after)))


def _branches(papers: Papers) -> Section:
    release = papers.release
    say, branches = release.say, papers.branches
    new = branches[branches["status"] == BranchStatus.PROPOSED]
    new = new[new["outcome"] == Outcome.JOINT]
    rows: list[Row] = []
    for mode, group in new.groupby("mode", sort=False):
        rows.append((release.label("mode", str(mode)), *_summed(group)))
    rows.sort(key=lambda row: (-int(row[1] or 0), str(row[0])))
    rows.append((say(Words("合计", "Total")), *_summed(new)))
    heads = (
        Words("组建方式", "Mode"),
        Words("拟建联合党支部（个）", "Joint branches"),
        Words("覆盖单位（家）", "Units"),
        Words("正式党员（名）", "Full members"),
        Words("平均跨度（米）", "Mean span (m)"),
    )
    told = Words(
        f"拟新建联合党支部 {len(new)} 个；逐个名单、牵头单位和理由见工作簿“联合党支部”。",
        f"{len(new)} joint branches; each with its host and reason in the workbook.",
    )
    grid = Grid(tuple(say(each) for each in heads), tuple(rows), summed=True)
    return Section(say(Words("三、拟建联合党支部", "3. Branches proposed")), (say(told),), grid)


def _summed(branches: pd.DataFrame) -> tuple[int, ...]:
    units, full = (int(branches[each].fillna(0).sum()) for each in ("units", "full_members"))
    span = branches["span_m"].dropna()
    return (len(branches), units, full, round(float(span.mean())) if len(span) else 0)


def _left_out(papers: Papers, rule_name: Callable[[str], str]) -> Section:
    say, units = papers.release.say, papers.units
    out = units[units["outcome"] == Outcome.LEFT_OUT]
    rows = tuple(
        (rule_name(str(rule)), int(count))
        for rule, count in out["rule"].value_counts(sort=True).items()
    )
    told = Words(
        f"未能纳入联合党支部的 {len(out)} 家，由所在乡镇（街道）兜底管理；"
        "逐家理由见工作簿“未纳入”。",
        f"{len(out)} units could not be covered; the workbook gives each its reason.",
    )
    heads = (say(Words("原因", "Why")), say(Words("单位（家）", "Units")))
    title = say(Words("四、未能纳入的单位及原因", "4. What can't be covered, and why"))
    return Section(title, (say(told),), Grid(heads, rows) if rows else None)


def _matters(papers: Papers) -> Section:
    release = papers.release
    say, matters = release.say, release.plan.matters
    shown = list(zip(matters, release.matters, strict=False))[:_MATTERS_SHOWN]
    lines = [
        f"{number}. {plain(each.name)}：{said}" for number, (each, said) in enumerate(shown, 1)
    ]
    told = Words(
        f"共 {len(matters)} 项，收益最大的如下：", f"{len(matters)} matters; first of all:"
    )
    if not matters:
        told = Words("没有需上级决定的事项。", "Nothing needs a decision above.")
    title = say(Words("五、需上级决定的事项", "5. For decision above"))
    return Section(title, (say(told), *lines))


def _made_of(papers: Papers, record: Record) -> Section:
    release = papers.release
    plan, say = release.plan, release.say
    policy = plan.policy
    cost, bound = (
        sum(getattr(each, name) for each in plan.regions) for name in ("cost_m", "bound_m")
    )
    rules = Words(
        f"规则：{policy.title}。正式党员 {policy.standalone_min_full} 名以上单独组建；联合党支部"
        f"不超过 {policy.joint_max_units} 家，同一管辖；距离上限、权重为测算参数，非政策规定"
        "（全部参数见工作簿“参数”）。",
        f"Rules: {policy.name}. {policy.standalone_min_full} full members stand alone; a joint "
        f"branch holds up to {policy.joint_max_units} units of one jurisdiction; distances and "
        "weights are what is reckoned with, no document prescribes them.",
    )
    effort = _EFFORTS.get(plan.effort, Words(plan.effort, plan.effort))
    search = Words(
        f"求解：随机种子 {plan.seed}，力度{effort.zh}；方案成本 {cost:,.0f} 米，"
        f"可证明的下界 {bound:,.0f} 米。软件版本 {record.versions.get('lxgeo', '—')}。",
        f"Search: seed {plan.seed}, effort {effort.en}; cost {cost:,.0f} m, proven bound "
        f"{bound:,.0f} m. Version {record.versions.get('lxgeo', '—')}.",
    )
    title = say(Words("六、依据、参数与数据", "6. Rules, settings, data"))
    return Section(title, (say(rules), say(search), *_inputs(papers, record)))


def _inputs(papers: Papers, record: Record) -> Iterator[str]:
    head = papers.release.say(Words("输入文件（SHA-256 前16位）：", "Inputs (SHA-256, first 16): "))
    # Where a file lay tells about a machine, not about the plan.
    files = ((re.split(r"[/\\]", path)[-1], digest) for path, digest in record.inputs.items())
    named = [f"{plain(file)} {digest[:_HASH_SHOWN]}" for file, digest in sorted(files)]
    if named:
        yield head + papers.release.say(Words("；", "; ")).join(named)
