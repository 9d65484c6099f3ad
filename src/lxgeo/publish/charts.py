"""What every chart shares: a sheet to draw on, colours, and a hand that writes Chinese.

Chinese is drawn with a font of the system; where there is none, charts are in English and names
that need it stand by number: nobody is shown boxes for characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxgeo.errors import Lang, Words
from lxgeo.publish.speech import Speech

FONTS = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC"),
    *("Microsoft YaHei", "SimHei", "PingFang SC", "Heiti SC", "WenQuanYi Micro Hei"),
    *("WenQuanYi Zen Hei", "Noto Sans CJK JP", "Noto Serif CJK SC", "SimSun", "Songti SC"),
)
"""Fonts that hold Chinese, the ones that read best first."""
_FILES = frozenset(
    {"notosanscjk-regular.ttc", "notosanssc-regular.otf", "sourcehansanssc-regular.otf"}
    | {
        "sourcehansanscn-regular.otf",
        "msyh.ttc",
        "simhei.ttf",
        "wqy-microhei.ttc",
        "wqy-zenhei.ttc",
    }
)
"""Where these are found, for a font that was installed after matplotlib made its list."""

NO_CHARTS = Words(
    '没有安装 matplotlib，未画图；可用 pip install "lxgeo[charts]" 安装',
    'no charts: matplotlib is not installed; pip install "lxgeo[charts]"',
)
NO_FONT = Words(
    "系统没有中文字体，图中文字用英文、情景用序号；可安装思源黑体（Noto Sans CJK SC）",
    "no Chinese font found: charts are in English, scenarios by number",
)
BLUE, GREY, RED, INK = "#2f6db3", "#9aa5b1", "#c0392b", "#1f2937"


def can_draw() -> bool:
    """Return whether there is anything to draw charts with."""
    return find_spec("matplotlib") is not None


def chinese_font() -> str | None:
    """Return the name of a font on this system that holds Chinese, None where there is none."""
    from matplotlib import font_manager

    if found := _first(font_manager.fontManager.ttflist):
        return found
    for path in font_manager.findSystemFonts():
        if Path(path).name.lower() in _FILES:
            font_manager.fontManager.addfont(path)
    return _first(font_manager.fontManager.ttflist)


def _first(fonts: Sequence[Any]) -> str | None:
    here = {font.name for font in fonts}
    return next((name for name in FONTS if name in here), None)


@dataclass(frozen=True)
class Hand:
    """Who writes on charts, in one language.

    Parameters
    ----------
    lang
        Chinese only where there is a font for it.
    font
        Its name; None where Latin letters will do.
    """

    lang: Lang
    font: str | None = None
    speech: Speech = field(default_factory=lambda: Speech(lang="en"))

    @classmethod
    def of(cls, lang: Lang) -> Hand:
        """Return a hand for a language; one that writes English where no font holds Chinese."""
        font = chinese_font()
        return cls(lang if font else "en", font)

    def say(self, words: Words) -> str:
        """Return a sentence."""
        return self.text(words.in_lang(self.lang))

    def label(self, speech: Speech, kind: str, code: str) -> str:
        """Return what people read for a code; the code itself where its label can't be written."""
        said = speech.label(kind, code)
        return said if self.font or said.isascii() else str(code).replace("_", " ")

    def text(self, said: str) -> str:
        """Return text as the drawing library takes it: never a formula of its own."""
        return said.replace("$", r"\$")

    def names(self, names: Sequence[str]) -> list[str]:
        """Return names that can be written: by number where there is no font for them."""
        return [
            self.text(name if self.font or name.isascii() else f"scenario {number}")
            for number, name in enumerate(names, start=1)
        ]

    @property
    def look(self) -> Any:
        """Settings of the drawing library."""
        shown: dict[str, Any] = {
            "font.size": 10,
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
        return shown | ({"font.family": [self.font, "DejaVu Sans"]} if self.font else {})


def figure(width: float, height: float) -> Any:
    """Return an empty sheet, inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    sheet = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(sheet)
    return sheet


def save(sheet: Any, path: Path, per_inch: int) -> None:
    """Write a sheet as a picture."""
    # Without the program's version the same figures give the same bytes.
    sheet.savefig(path, dpi=per_inch, metadata={"Software": None})
