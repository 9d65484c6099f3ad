"""What a plan says, whether it stands, and where its files are."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxgeo.cli.tell.voice import OUT, fault, grid, say
from lxgeo.errors import Lang, Words

if TYPE_CHECKING:
    from lxgeo.judge import Certificate
    from lxgeo.model import Evaluation, Plan, Rate
    from lxgeo.pin import Pins
    from lxgeo.policy import Policy
    from lxgeo.publish import Published
    from lxgeo.scenario.difference import Difference

MOST_SHOWN = 20


def plan(evaluation: Evaluation, lang: Lang) -> None:
    """Print a plan's main figures."""
    from lxgeo import text

    figures: Mapping[str, Any] = evaluation.figures
    outcomes(figures["outcomes"], lang)
    say(
        f"联合党支部 {figures['joint_branches']} 个，未纳入 {figures['left_out']} 家"
        f"（至少 {figures['left_out_min']} 家无法纳入）",
        f"{figures['joint_branches']} joint branches, {figures['left_out']} units left out"
        f" (no plan could leave out fewer than {figures['left_out_min']})",
        lang,
    )
    say(
        f"成本 {figures['plan_cost_m']:,.0f} 米，下界 {figures['bound_m']:,.0f} 米，"
        f"距最优不超过 {figures['gap']:.2%}（未纳入的代价不计入分母）",
        f"cost {figures['plan_cost_m']:,.0f} m, bound {figures['bound_m']:,.0f} m, "
        f"at most {figures['gap']:.2%} above the best possible (of the cost without what leaving "
        "units out counts)",
        lang,
    )
    for before, after in zip(evaluation.before, evaluation.after, strict=True):
        name = text.rate_name(before.name, lang)
        say(
            f"{name}：{_rate(before)} → {_rate(after)}",
            f"{name}: {_rate(before)} → {_rate(after)}",
            lang,
        )


def outcomes(counts: Mapping[str, int], lang: Lang) -> None:
    """Print how many units end how."""
    from lxgeo import text
    from lxgeo.model import Outcome

    table = grid("结果", "outcome", "单位数", "units", lang=lang)
    for outcome in Outcome:
        if count := counts.get(outcome, 0):
            table.add_row(text.label(outcome, lang), str(count))
    OUT.print(table)


def cut_short(found: Plan, lang: Lang) -> None:
    """Say whether a time limit cut a plan short, and what holds all the same."""
    stopped = sum(region.status == "stopped" for region in found.regions)
    if stopped:
        say(
            f"到了限时：{len(found.regions)} 个片区中 {stopped} 个没有算完。方案仍然合规，"
            "下界仍然有效；同样的输入再算一次，方案可能不同",
            f"time limit reached: {stopped} of {len(found.regions)} regions were cut short. The "
            "plan is legal and the bound holds; the same input may give another plan next time",
            lang,
            "yellow",
        )


def pins(found: Pins, lang: Lang, names: Mapping[str, str]) -> None:
    """Print how much of what was settled by hand the plan keeps to, and what it can't, and why.

    Parameters
    ----------
    found
        Kept and refused.
    lang
        Language.
    names
        Id → name of units and branches.
    """
    if not (found.kept or found.refused):
        return
    say(
        f"人工调整：采纳 {len(found.kept)} 项，未采纳 {len(found.refused)} 项",
        f"settled by hand: {len(found.kept)} kept, {len(found.refused)} not kept",
        lang,
    )
    for each in found.refused[:MOST_SHOWN]:
        pin, action, why = each.pin, each.pin.action.said, each.why
        where = f"{pin.place} " if pin.place else ""
        both = (names.get(each, each) for each in (pin.unit_id, pin.other_id) if each)
        said = "、".join(dict.fromkeys(both))
        say(
            f"  {where}{action.zh} {said}：{why.zh}",
            f"  {where}{action.en} {said}: {why.en}",
            lang,
            "yellow",
        )
    if (more := len(found.refused) - MOST_SHOWN) > 0:
        say(f"  另有 {more} 项，见“人工调整”表", f"  and {more} more, in the workbook", lang)


def _rate(rate: Rate) -> str:
    share = "—" if rate.value is None else f"{rate.value:.1%}"
    return f"{share} ({rate.numerator}/{rate.denominator})"


def published(result: Published, lang: Lang) -> None:
    """Print where the results stand."""
    for zh, en, path in (
        ("地图", "map", result.map_page),
        ("清单", "workbook", result.folder / "plan.xlsx"),
        ("GeoJSON", "GeoJSON", result.folder / "branches.geojson"),
        ("GeoPackage", "GeoPackage", result.folder / "plan.gpkg"),
    ):
        say(f"{zh}：{path}", f"{en}: {path}", lang, "green")
    say("测算建议，以党委审批为准。", "A calculation for a committee to decide on.", lang)


def certificate(found: Certificate, run: Path, lang: Lang) -> int:
    """Print what was checked of a run and what is broken; return how many breaches."""
    from lxgeo import text

    for line in text.certificate(found, lang):
        say(line, line, lang)
    for breach in found.breaches[: MOST_SHOWN * 10]:
        fault(Words(text.breach(breach, "zh"), text.breach(breach, "en")), lang)
    count = len(found.breaches)
    if count:
        fault(
            Words(f"{run}：{count} 处不符，方案不予认可", f"{run}: {count} breach(es), refused"),
            lang,
        )
    else:
        say(
            f"{run}：核验通过（{found.units} 家单位，{found.branches} 个党支部，"
            f"{found.files} 个文件）",
            f"{run}: verified ({found.units} units, {found.branches} branches, "
            f"{found.files} files)",
            lang,
            "green",
        )
    return count


def difference(found: Difference, lang: Lang) -> None:
    """Print how many branches and units changed, and how."""
    from lxgeo.publish.changes.words import (
        BRANCH_CHANGES_SAID,
        UNIT_CHANGES_SAID,
        changes_counted,
        facts_counted,
    )

    changes = found.changes
    branches = changes_counted(changes.branches["change"], BRANCH_CHANGES_SAID)
    units = changes_counted(changes.units["change"], UNIT_CHANGES_SAID)
    say(f"联合党支部：{branches.zh}", f"joint branches: {branches.en}", lang)
    say(f"单位：{units.zh}", f"units: {units.en}", lang)
    facts = facts_counted(changes.units["facts"])
    say(f"单位自身：{facts.zh}", f"of themselves: {facts.en}", lang)
    share, chosen = changes.changed_companions, changes.regrouped
    if share is not None:
        say(
            f"两次都在联合党支部的单位中，{share:.1%} 同支部的单位有变；"
            f"不算新来和离开的，{chosen:.1%} 重新组合",
            f"of the units joined in both plans, {share:.1%} have other companions; "
            f"{chosen:.1%} but for who came or went",
            lang,
        )
    say(
        f"成本 {found.cost_before_m:,.0f} 米 → {found.cost_after_m:,.0f} 米",
        f"cost {found.cost_before_m:,.0f} m → {found.cost_after_m:,.0f} m",
        lang,
    )


def withheld(places: int, level: str, lang: Lang) -> None:
    """Print how many places of a level are withheld from a public page."""
    zh, en = ("县", "counties") if level == "county" else ("乡镇", "townships")
    say(
        f"对外汇总页只含区间；为防推算个别单位，{places} 个{zh}不公布",
        f"the public page holds ranges only; {places} {en} are withheld",
        lang,
    )


def policies(known: Sequence[Policy], lang: Lang) -> None:
    """Print the packaged policies."""
    table = grid("名称", "name", "标题", "title", lang=lang)
    for policy in known:
        table.add_row(policy.name, policy.title)
    OUT.print(table)


def policy(shown: Policy, lang: Lang) -> None:
    """Print every setting of a policy; of a table of settings, each line."""
    from lxgeo import text

    said = text.texts(lang)
    table = grid("参数", "setting", "值", "value", "含义", "meaning", lang=lang)
    for field in dataclasses.fields(shown):
        unit, value = field.metadata["unit"], getattr(shown, field.name)
        if not isinstance(value, Mapping):
            table.add_row(field.name, f"{_plain(value, lang)} {unit}".strip(), field.metadata["zh"])
            continue
        table.add_row(field.name, "", field.metadata["zh"])
        for key, each in value.items():
            called = said.get(f"{field.metadata['keys']}.{key}", key)
            figure = said.get(f"line.{each}", _plain(each, lang))
            table.add_row(f"  .{key}", f"{figure} {unit}".strip(), called)
    OUT.print(table)
    say("距离、权重为测算参数，非政策规定。", "Distances and weights are settings, no rules.", lang)


def _plain(figure: object, lang: Lang) -> str:
    if isinstance(figure, bool):
        return (Words("是", "yes") if figure else Words("否", "no")).in_lang(lang)
    return f"{figure:g}" if isinstance(figure, float) else str(figure) or "—"
