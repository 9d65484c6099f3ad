"""Charts of several scenarios: where distance and trade are traded off, and the headline figures.

matplotlib is not needed to plan: without it there are no charts, which is told. Chinese is drawn
with a font of the system; where there is none, in English, scenarios by number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxgeo.errors import Lang, Words

FONTS = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC"),
    *("Microsoft YaHei", "SimHei", "PingFang SC", "Heiti SC", "WenQuanYi Micro Hei"),
    *("WenQuanYi Zen Hei", "Noto Sans CJK JP", "Noto Serif CJK SC", "SimSun", "Songti SC"),
)
"""Fonts that hold Chinese, the ones that read best first."""

NO_CHARTS = Words(
    '没有安装 matplotlib，未画图；可用 pip install "lxgeo[charts]" 安装',
    'no charts: matplotlib is not installed; pip install "lxgeo[charts]"',
)
NO_FONT = Words(
    "系统没有中文字体，图中文字用英文、情景用序号；可安装思源黑体（Noto Sans CJK SC）",
    "no Chinese font found: charts are in English, scenarios by number",
)
BARS: Mapping[str, Words] = {
    "joint_branches": Words("联合党支部（个）", "Joint branches"),
    "covered": Words("编入联合党支部或挂靠（家）", "Units covered"),
    "left_out": Words("未纳入（家）", "Units left out"),
    "p95_distance_m": Words("95% 单位的路程（米）", "95th percentile of distance (m)"),
    "same_trade_share": Words("与牵头单位同行业", "Same trade as the host"),
    "thin_branches": Words("恰好三名党员的支部（个）", "Branches of exactly three"),
}
_BLUE, _GREY, _RED = "#2f6db3", "#9aa5b1", "#c0392b"
_FRONT, _FIGURES = "front.png", "figures.png"


def chinese_font() -> str | None:
    """Return the name of a font on this system that holds Chinese, None where there is none."""
    from matplotlib import font_manager

    here = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in FONTS if name in here), None)


def draw_charts(
    folder: Path, summaries: Sequence[Mapping[str, Any]], on_front: Sequence[bool], lang: Lang
) -> tuple[Words, ...]:
    """Draw ``front.png`` and ``figures.png`` into a folder; return what to tell of them.

    Parameters
    ----------
    folder
        Where to.
    summaries
        What each scenario's ``summary.json`` says: everything drawn stands there.
    on_front
        Which no other beats in both distance and trade.
    lang
        Language.
    """
    if find_spec("matplotlib") is None:
        return (NO_CHARTS,)
    from matplotlib import rc_context

    font = chinese_font() if lang == "zh" else None
    spoken: Lang = "zh" if font else "en"
    names = [_name(i, str(each["scenario"]), font) for i, each in enumerate(summaries, start=1)]
    look: Any = {"font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
    if font:
        look["font.family"] = [font, "DejaVu Sans"]
    with rc_context(look):
        _draw_front(folder / _FRONT, summaries, on_front, names, spoken)
        _draw_figures(folder / _FIGURES, summaries, names, spoken)
    return (NO_FONT,) if lang == "zh" and font is None else ()


def _name(number: int, name: str, font: str | None) -> str:
    # A scenario's name is text, never a formula of the drawing library.
    said = name if font or name.isascii() else f"scenario {number}"
    return said.replace("$", r"\$")


def _figure(width: float, height: float) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _draw_front(
    path: Path,
    summaries: Sequence[Mapping[str, Any]],
    on_front: Sequence[bool],
    names: Sequence[str],
    lang: Lang,
) -> None:
    figure = _figure(8, 5.2)
    axes = figure.add_subplot()
    points = [
        (each["mean_distance_m"], 100 * each["same_trade_share"], best, name)
        for each, best, name in zip(summaries, on_front, names, strict=True)
        if each["mean_distance_m"] is not None and each["same_trade_share"] is not None
    ]
    best = sorted(point[:2] for point in points if point[2])
    axes.plot([x for x, _ in best], [y for _, y in best], color=_RED, lw=1.2, zorder=1)
    for x, y, is_best, name in points:
        axes.scatter(x, y, color=_RED if is_best else _GREY, s=42, zorder=2)
        axes.annotate(name, (x, y), xytext=(6, 5), textcoords="offset points")
    axes.margins(0.18)
    axes.set_xlabel(_said("到牵头单位的平均路程（米）", "mean distance to the host (m)", lang))
    axes.set_ylabel(_said("与牵头单位同行业（%）", "same trade as the host (%)", lang))
    axes.set_title(
        _said("越近越好，越像越好：红线上的情景互不占优", "nearer or more alike: the front", lang)
    )
    axes.grid(color="#e5e9ee")
    axes.set_axisbelow(b=True)
    _save(figure, path)


def _draw_figures(
    path: Path, summaries: Sequence[Mapping[str, Any]], names: Sequence[str], lang: Lang
) -> None:
    figure = _figure(11, 1.6 + 0.34 * len(names) * 2)
    panels = figure.subplots(2, 3, sharey=True).ravel()
    places = list(range(len(names)))[::-1]
    for axes, (key, words) in zip(panels, BARS.items(), strict=True):
        values = [each[key] for each in summaries]
        bars = axes.barh(places, [each or 0 for each in values], color=_BLUE, height=0.62)
        axes.bar_label(bars, [_short(key, each) for each in values], padding=3, fontsize=8)
        axes.set_title(_said(words.zh, words.en, lang), fontsize=10, loc="left")
        axes.set_yticks(places, names)
        axes.set_xlim(0, 1.2 * max(1e-9, *(each or 0 for each in values)))
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    _save(figure, path)


def _short(key: str, value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:.1%}" if key.endswith("_share") else f"{value:,.0f}"


def _said(zh: str, en: str, lang: Lang) -> str:
    return zh if lang == "zh" else en


def _save(figure: Any, path: Path) -> None:
    # Without the program's version the same figures give the same bytes.
    figure.savefig(path, dpi=130, metadata={"Software": None})
