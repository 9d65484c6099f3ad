"""How a province's counties went, what they come to together, and whether they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lxgeo.cli.tell.planned import outcomes
from lxgeo.cli.tell.voice import fault, say, words
from lxgeo.errors import Lang, Words

if TYPE_CHECKING:
    from lxgeo.judge import Certificate
    from lxgeo.scenario.province.county import CountyAnswer
    from lxgeo.scenario.province.planning import ProvincePlanned
    from lxgeo.scenario.province.verdict import ProvinceVerdict

_WENT = {
    "done": Words("已测算", "planned"),
    "kept": Words("沿用上次结果", "kept from before"),
    "empty": Words("台账没有单位", "no unit in its ledger"),
    "failed": Words("失败", "failed"),
}
_SHOWN = 20


def county(answer: CountyAnswer, done: int, of: int, lang: Lang) -> None:
    """Print how one county went."""
    went = _WENT[answer.went]
    say(
        f"[{done}/{of}] {answer.region}：{went.zh}",
        f"[{done}/{of}] {answer.region}: {went.en}",
        lang,
    )
    for each in answer.faults[:_SHOWN]:
        fault(Words(f"  {answer.region}：{each.zh}", f"  {answer.region}: {each.en}"), lang)
    for each in answer.notes:
        say(f"  · {each.zh}", f"  · {each.en}", lang, "yellow")


def province(planned: ProvincePlanned, lang: Lang) -> None:
    """Print what all counties come to, and where the run stands."""
    figures: Mapping[str, Any] = planned.figures
    outcomes(figures["outcomes"], lang)
    gap = "—" if figures["gap"] is None else f"{figures['gap']:.2%}"
    say(
        f"联合党支部 {figures['joint_branches']} 个，未纳入 {figures['left_out']} 家；"
        f"成本 {figures['plan_cost_m']:,.0f} 米，距最优不超过 {gap}",
        f"{figures['joint_branches']} joint branches, {figures['left_out']} units left out; cost "
        f"{figures['plan_cost_m']:,.0f} m, at most {gap} above the best possible",
        lang,
    )
    for note in planned.notes:
        words(note, lang)
    say(
        f"总览：{planned.published.map_page}",
        f"overview: {planned.published.map_page}",
        lang,
        "green",
    )
    say(f"方案：{planned.published.folder}", f"run: {planned.published.folder}", lang, "green")
    if planned.failed:
        names = "、".join(each.region for each in planned.failed)
        fault(
            Words(
                f"{len(planned.failed)} 个县没有算成：{names}；排除原因后重新运行同一命令，"
                "只补算这些县",
                f"{len(planned.failed)} counties failed: {names}; mend the cause and run the same "
                "command again, only these are redone",
            ),
            lang,
        )
    say("测算建议，以党委审批为准。", "A calculation for a committee to decide on.", lang)


def verified(name: str, found: Certificate, lang: Lang) -> None:
    """Print whether one county stands."""
    from lxgeo import text

    broken = found.breaches
    if not broken:
        say(
            f"{name}：核验通过（{found.units} 家单位，{found.branches} 个党支部）",
            f"{name}: verified ({found.units} units, {found.branches} branches)",
            lang,
        )
    for each in broken[: _SHOWN * 10]:
        fault(
            Words(f"{name}：{text.breach(each, 'zh')}", f"{name}: {text.breach(each, 'en')}"), lang
        )


def verdict(found: ProvinceVerdict, lang: Lang) -> int:
    """Print what is broken in a divided run as a whole; return how many breaches there are."""
    from lxgeo import text

    for each in found.changed:
        fault(Words(text.breach(each, "zh"), text.breach(each, "en")), lang)
    unread = (sentence for each in found.counties.values() for sentence in each.faults)
    for sentence in (*unread, *found.faults):
        fault(sentence, lang)
    if broken := found.count:
        listed = "、".join(found.refused) or "—"
        fault(
            Words(
                f"{found.run}：{broken} 处不符，方案不予认可；有问题的县：{listed}",
                f"{found.run}: {broken} breach(es), refused; counties at fault: {listed}",
            ),
            lang,
        )
    else:
        say(
            f"{found.run}：{len(found.counties)} 个县全部核验通过（{found.units} 家单位）",
            f"{found.run}: all {len(found.counties)} counties verified ({found.units} units)",
            lang,
            "green",
        )
    return found.count
