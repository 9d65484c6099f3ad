"""Charts of several scenarios: where distance and trade are traded off, and the headline figures.

matplotlib is not needed to plan: without it there are no charts, which is told. Chinese is drawn
with a font of the system; where there is none, in English, scenarios by number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from lxgeo.errors import Words
from lxgeo.publish.charts import BLUE, GREY, INK, RED, Hand, figure, save
from lxgeo.publish.comparison.compared import SAID, Compared, figure_said, setting_said, value_said
from lxgeo.publish.comparison.labels import placed

BARS: Mapping[str, Words] = {
    "joint_branches": Words("联合党支部（个）", "Joint branches"),
    "covered": Words("编入联合党支部或挂靠（家）", "Units covered"),
    "left_out": Words("未纳入（家）", "Units left out"),
    "p95_distance_m": Words("95% 单位的路程（米）", "95th percentile of distance (m)"),
    "same_trade_share": Words("与牵头单位同行业", "Same trade as the host"),
    "thin_branches": Words("恰好三名党员的支部（个）", "Branches of exactly three"),
}
_MOVED = (
    *("joint_branches", "covered", "left_out", "mean_distance_m", "p95_distance_m"),
    *("mean_span_m", "same_trade_share", "thin_branches", "standalone_rate", "organisation_rate"),
)
"""Figures of the chart of sensitivity: costs under other weights are no longer the same thing."""
_BETTER_HIGH = frozenset({"covered", "same_trade_share", "standalone_rate", "organisation_rate"})
_NEITHER = frozenset({"joint_branches"})
_LONG_HEAD = 5  # characters on a line
_PER_INCH = 130
_GAP = 9.0  # px around a point


def draw_front(path: Path, compared: Compared, hand: Hand) -> None:
    """Draw distance against trade, the front in red, every scenario named."""
    sheet = figure(8, 5.6)
    axes = sheet.add_subplot()
    points = [
        (each["mean_distance_m"], 100 * each["same_trade_share"], best, name)
        for each, best, name in zip(
            compared.summaries, compared.on_front, hand.names(compared.names), strict=True
        )
        if each["mean_distance_m"] is not None and each["same_trade_share"] is not None
    ]
    best = sorted({point[:2] for point in points if point[2]})
    axes.plot([x for x, _ in best], [y for _, y in best], color=RED, lw=1.2, zorder=1)
    for x, y, is_best, _ in points:
        axes.scatter(x, y, color=RED if is_best else GREY, s=42, zorder=3)
    axes.margins(0.16)
    axes.set_xlabel(hand.say(Words("到牵头单位的平均路程（米）", "mean distance to the host (m)")))
    axes.set_ylabel(hand.say(Words("与牵头单位同行业（%）", "same trade as the host (%)")))
    axes.set_title(
        hand.say(
            Words("越近越好，越像越好：红线上的情景互不占优", "nearer or more alike: the front")
        )
    )
    axes.grid(color="#e5e9ee")
    axes.set_axisbelow(b=True)
    _name_points(sheet, axes, _at_one_point(points))
    save(sheet, path, _PER_INCH)


def _at_one_point(points: Sequence[tuple[Any, ...]]) -> list[tuple[float, float, str]]:
    """Return one name for scenarios that come to the same."""
    together: dict[tuple[float, float], list[str]] = {}
    for x, y, _, name in points:
        together.setdefault((round(x, 1), round(y, 2)), []).append(name)
    return [(x, y, "\n".join(names)) for (x, y), names in together.items()]


def _name_points(sheet: Any, axes: Any, points: Sequence[tuple[float, float, str]]) -> None:
    """Write each name where it covers no other, with a line to its point where it stands apart."""
    if not points:
        return
    sheet.set_dpi(_PER_INCH)
    said = [axes.text(x, y, name, ha="center", va="center", fontsize=9) for x, y, name in points]
    sheet.draw_without_rendering()
    boxes = [each.get_window_extent() for each in said]
    at = axes.transData.transform([(x, y) for x, y, _ in points])
    sizes = np.array([[each.width + 4, each.height + 2] for each in boxes])
    frame = axes.get_window_extent().extents
    middles = placed(at, sizes, frame, _GAP, _along(axes))
    sheet.set_layout_engine("none")
    for text, point, middle, size in zip(said, at, middles, sizes, strict=True):
        text.set_position(axes.transData.inverted().transform(middle))
        if (np.abs(middle - point) > size / 2 + 2 * _GAP).any():
            end = np.clip(point, middle - size / 2, middle + size / 2)
            line = axes.transData.inverted().transform([point, end])
            axes.plot(*line.T, color=GREY, lw=0.7, zorder=2, scalex=False, scaley=False)


def _along(axes: Any) -> Any:
    """Return points along the front, pixels: names keep off it where they can."""
    (line,) = axes.get_lines()
    corners = axes.transData.transform(line.get_xydata())
    steps = [np.linspace(one, other, 60) for one, other in pairwise(corners)]
    return np.concatenate(steps) if steps else np.empty((0, 2))


def draw_figures(path: Path, compared: Compared, hand: Hand) -> None:
    """Draw six headline figures as bars, a panel each."""
    names = hand.names(compared.names)
    sheet = figure(11, 1.6 + 0.34 * len(names) * 2)
    panels = sheet.subplots(2, 3, sharey=True).ravel()
    places = list(range(len(names)))[::-1]
    for axes, (key, words) in zip(panels, BARS.items(), strict=True):
        values = [each[key] for each in compared.summaries]
        bars = axes.barh(places, [each or 0 for each in values], color=BLUE, height=0.62)
        axes.bar_label(bars, [figure_said(key, each) for each in values], padding=3, fontsize=8)
        axes.set_title(hand.say(words), fontsize=10, loc="left")
        axes.set_yticks(places, names)
        axes.set_xlim(0, 1.2 * max(1e-9, *(each or 0 for each in values)))
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    save(sheet, path, _PER_INCH)


def draw_sensitivity(path: Path, compared: Compared, hand: Hand) -> bool:
    """Draw how far each figure moves with each setting alone; return whether there is anything.

    A row is a setting taken from one value to the next, a column a figure: its cell says how much
    that moves it, the darker the more of its value; blue is for the better, red for the worse.
    """
    steps = compared.sensitivity.steps
    if not steps:
        return False
    colour = np.ones((len(steps), len(_MOVED), 3))
    sheet = figure(13, 1.5 + 0.42 * len(steps))
    axes = sheet.add_subplot()
    for row, step in enumerate(steps):
        for column, name in enumerate(_MOVED):
            moved = step.moved[name]
            colour[row, column] = _tint(name, moved, compared.summaries[step.before][name])
            said = figure_said(name, moved, rise=True)
            axes.text(column, row, said, ha="center", va="center", fontsize=8.5, color=INK)
    axes.imshow(colour, aspect="auto")
    heads = [_broken(hand.say(_head(name))) for name in _MOVED]
    axes.set_xticks(range(len(_MOVED)), heads)
    axes.set_yticks(range(len(steps)), [_step_said(step, compared, hand) for step in steps])
    axes.tick_params(
        length=0, labelsize=8.5, top=True, labeltop=True, bottom=False, labelbottom=False
    )
    axes.set_xticks(np.arange(len(_MOVED) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(steps) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color="white", lw=2)
    axes.tick_params(which="minor", length=0)
    axes.spines[:].set_visible(False)
    axes.set_title(
        hand.say(
            Words(
                "只改一项参数，各指标变化多少（蓝：变好，红：变差，灰：无所谓好坏；越深变得越多）",
                "What one setting alone does (blue: better, red: worse, grey: neither)",
            )
        ),
        fontsize=11,
        pad=12,
    )
    save(sheet, path, _PER_INCH)
    return True


_DARKEST = 0.25
"""Of a figure's own value: moved by so much, its cell is as dark as it gets."""


def _tint(name: str, moved: float | None, was: Any) -> tuple[float, float, float]:
    if not moved or not isinstance(was, (int, float)):
        return (0.96, 0.97, 0.98)
    share = min(1.0, abs(moved) / (_DARKEST * max(abs(was), 1e-9)))
    if name in _NEITHER:
        full = np.array([0.72, 0.76, 0.8])
    else:
        better = (moved > 0) == (name in _BETTER_HIGH)
        full = np.array([0.45, 0.67, 0.87] if better else [0.93, 0.55, 0.48])
    red, green, blue = 1 - (0.15 + 0.85 * share) * (1 - full)
    return float(red), float(green), float(blue)


def _step_said(step: Any, compared: Compared, hand: Hand) -> str:
    speech = compared.speech if hand.lang == "zh" else hand.speech
    was, now = (value_said(step.setting, each, speech) for each in (step.was, step.now))
    return hand.text(f"{setting_said(step.setting, speech)}  {was} → {now}")


def _head(name: str) -> Words:
    """Return a column's head; shares rise by percentage points."""
    words, form = SAID[name]
    return Words(f"{words.zh}（百分点）", f"{words.en} (points)") if form == "share" else words


def _broken(said: str) -> str:
    """Return a head on two lines where it is long."""
    if said.isascii():
        return said.replace(" ", "\n", 1)
    name, bracket, unit = said.partition("（")
    if bracket:
        return f"{name}\n{bracket}{unit}"
    half = (len(said) + 1) // 2
    return f"{said[:half]}\n{said[half:]}" if len(said) > _LONG_HEAD else said
