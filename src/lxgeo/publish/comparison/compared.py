"""What is published of several scenarios, and what their figures and settings are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import pandas as pd

from lxgeo.errors import Words
from lxgeo.judge.sensitivity import PINS, Sensitivity
from lxgeo.pin import Pins
from lxgeo.policy import Policy
from lxgeo.publish.listing import Form
from lxgeo.publish.map import MapLayers
from lxgeo.publish.rows import plain
from lxgeo.publish.speech import Speech

SAID: Mapping[str, tuple[Words, Form]] = {
    "joint_branches": (Words("联合党支部", "Joint branches"), "count"),
    "covered": (Words("编入或挂靠单位", "Units covered"), "count"),
    "left_out": (Words("未纳入", "Left out"), "count"),
    "mean_distance_m": (Words("平均路程（米）", "Mean distance (m)"), "metres"),
    "p95_distance_m": (Words("95%单位路程（米）", "95th percentile (m)"), "metres"),
    "mean_span_m": (Words("平均跨度（米）", "Mean span (m)"), "metres"),
    "longest_span_m": (Words("最大跨度（米）", "Longest span (m)"), "metres"),
    "same_trade_share": (Words("与牵头单位同行业", "Same trade"), "share"),
    "thin_branches": (Words("恰好三名党员的支部", "Of exactly three"), "count"),
    "standalone_rate": (Words("单独组建率", "Standalone rate"), "share"),
    "organisation_rate": (Words("组织覆盖率", "Organisation rate"), "share"),
    "plan_cost_m": (Words("方案成本（米）", "Plan cost (m)"), "metres"),
    "gap": (Words("距最优不超过", "Gap"), "share"),
    "seconds": (Words("用时（秒）", "Seconds"), "decimal"),
}
"""What each figure is called, and how it is shown."""

_NUMBERS: Mapping[Form, str] = {"count": ",.0f", "metres": ",.0f", "share": ".1%", "decimal": ".1f"}
_PINS, _NONE = Words("人工调整", "settled by hand"), Words("无", "nothing")
_SETTINGS = {each.name: each.metadata for each in fields(Policy)}


@dataclass(frozen=True, eq=False)
class Compared:
    """Several scenarios planned on the same units, ready to be written.

    Parameters
    ----------
    summaries
        What is told of each scenario: everything in tables and charts stands there.
    on_front
        Which no other beats in both distance and trade.
    changed
        Of each, setting → its value in the first scenario and here.
    sensitivity
        What each setting that differs does to the headline figures.
    stable
        `lxgeo.judge.compare.STABILITY`.
    apart
        `lxgeo.judge.compare.apart`: of each two scenarios, how many units fare otherwise.
    layers
        What the map of each scenario shows.
    speech
        Language, and what codes are called.
    pins
        What was settled by hand in each scenario: kept and refused.
    called
        Id → name of units and approved branches, for telling of pins.
    """

    summaries: Sequence[Mapping[str, Any]]
    on_front: Sequence[bool]
    changed: Sequence[Mapping[str, tuple[Any, Any]]]
    sensitivity: Sensitivity
    stable: pd.DataFrame
    apart: Sequence[Sequence[int]]
    layers: Sequence[MapLayers]
    speech: Speech
    pins: Sequence[Pins] = ()
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """What the scenarios are called."""
        return [plain(str(each["scenario"])) for each in self.summaries]


def figure_said(name: str, value: Any, *, rise: bool = False) -> str:
    """Return a figure as people read it; a dash where there is none.

    Parameters
    ----------
    name
        Of `SAID`.
    value
        The figure, or how much it rises.
    rise
        Whether it is a rise: a sign stands before it, and shares rise by percentage points.
    """
    if not isinstance(value, (int, float)):
        return "—"
    kind = SAID[name][1]
    if rise and kind == "share":
        return format(100 * value, "+.1f" if value else ".0f")
    return format(value, f"+{_NUMBERS[kind]}" if rise and value else _NUMBERS[kind])


def entangled_said(compared: Compared) -> tuple[Words, ...]:
    """Return of each setting that never changes alone why its effect can't be told."""
    names, texts = compared.names, compared.speech.texts
    zh, en = Speech(texts=texts), Speech(texts=texts, lang="en")
    return tuple(
        Words(
            f"“{setting_said(each.setting, zh)}”没有单独改动过：“{names[each.before]}”与"
            f"“{names[each.after]}”同时还改了"
            f"“{'”“'.join(setting_said(one, zh) for one in each.others)}”，"
            "分不清是哪一项的影响；要看它，请加一个只改这一项的情景",
            f"'{setting_said(each.setting, en)}' never changes alone: '{names[each.before]}' and"
            f" '{names[each.after]}' also differ in"
            f" {', '.join(setting_said(one, en) for one in each.others)}; add a scenario that"
            " changes it alone",
        )
        for each in compared.sensitivity.entangled
    )


def setting_said(name: str, speech: Speech) -> str:
    """Return what a setting is called, by its field or ``field.key``."""
    if name == PINS:
        return speech.say(_PINS)
    setting, _, key = name.partition(".")
    about = _SETTINGS[setting]
    title = setting.replace("_", " ") if speech.lang == "en" else about["zh"].partition("：")[0]
    if not key:
        return str(title)
    brackets = " ({})" if speech.lang == "en" else "（{}）"
    return title + brackets.format(speech.label(about["keys"], key))


def value_said(name: str, value: Any, speech: Speech) -> str:
    """Return a setting's value as people read it, with its unit of measure."""
    if name == PINS:
        return plain(str(value)) or speech.say(_NONE)
    setting, _, _ = name.partition(".")
    about = _SETTINGS[setting]
    if isinstance(value, bool):
        return speech.say(Words("是", "yes") if value else Words("否", "no"))
    if isinstance(value, str):
        return speech.label("line", value) if about["keys"] else _choice(about["zh"], value, speech)
    unit = about["unit"]
    said = {"m": Words("米", " m"), "人": Words("人", ""), "家": Words("家", "")}.get(unit)
    return f"{value:g}{speech.say(said) if said else ''}"


def _choice(told: str, code: str, speech: Speech) -> str:
    """Return what a setting's own line of the options table says of one of its choices."""
    found = re.search(rf"[：，；]{re.escape(code)} ([^，；]+)", told)
    return code if speech.lang == "en" or found is None else found[1]
