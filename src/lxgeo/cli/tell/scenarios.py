"""What several scenarios come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxgeo.cli.tell.planned import pins
from lxgeo.cli.tell.voice import OUT, grid, say
from lxgeo.errors import Lang

if TYPE_CHECKING:
    from lxgeo.scenario import Comparison


def compared(found: Comparison, lang: Lang) -> None:
    """Print a line of headline figures for each scenario."""
    table = grid(
        *("情景", "scenario", "支部", "branches", "编入", "covered"),
        *("未纳入", "left out", "平均路程", "mean distance", "同行业", "same trade"),
        *("差距", "gap", "秒", "seconds"),
        lang=lang,
    )
    for each, best in zip(found.tried, found.on_front, strict=True):
        said = each.figures
        table.add_row(
            f"{each.name}{' *' if best else ''}",
            *(str(said[name]) for name in ("joint_branches", "covered", "left_out")),
            _metres(said["mean_distance_m"]),
            _share(said["same_trade_share"]),
            _share(said["gap"]),
            f"{each.seconds:.1f}",
        )
    OUT.print(table)
    for each in found.tried:
        if each.plan.pins.kept or each.plan.pins.refused:
            say(each.name, each.name, lang)
            pins(each.plan.pins, lang, found.names)
    say("* 在路程和行业上互不占优", "* no other is both nearer and more alike", lang)
    firm = int((found.stability["stability"] == 1).sum())
    say(
        f"{len(found.stability)} 家待编入单位中，{firm} 家在各情景中同伴不变",
        f"of {len(found.stability)} units, {firm} have the same companions in every scenario",
        lang,
    )


def _metres(value: float | None) -> str:
    return "—" if value is None else f"{value:,.0f} m"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.2%}"
