"""两幅地图并排: one page that shows the maps of two scenarios next to each other.

The maps stand beside it as files and are shown in frames; the page and the maps ask nobody else
for anything. Scenario names travel as encoded data and are set as text, so none of them is run.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from lxgeo.errors import Words
from lxgeo.publish.book import MARKING, PROVISO
from lxgeo.publish.comparison.compared import SAID, Compared, setting_said, value_said
from lxgeo.publish.page_policy import HTML_LANG, security_policy

MAPS = "maps"
"""The folder of the maps, beside the page."""

_ASSETS = files("lxgeo.publish.comparison") / "assets"
_TITLE = Words("情景比较：两幅地图并排", "Scenarios: two maps side by side")
_LINKED = Words("两图一起移动和缩放", "move and zoom both maps together")
_LEFT, _RIGHT = Words("左图", "Left"), Words("右图", "Right")
_ALONE = Words("单独打开", "open alone")
_TOLD = Words("两个情景的指标和参数", "Figures and settings of both")
_FIGURES, _SETTINGS = Words("指标", "Figures"), Words("不同的参数", "Settings that differ")
_POINTS = Words("个百分点", "points")
_ALIKE = Words("参数完全相同。", "All settings are the same.")
_DIFFERENCE = Words("右减左", "right less left")
_APART = Words("结果或同伴不同的单位：{} 家", "Units with another outcome or other companions: {}")
_SCRIPT = Words("本页要用脚本才能并排显示", "This page needs its script to show two maps")
_SIDE = (
    '<section class="side"><div class="pick"><label for="pick{number}">{side}</label>'
    '<select id="pick{number}"></select><a target="_blank" rel="noopener">{alone}</a></div>'
    '<iframe sandbox="allow-scripts allow-downloads allow-modals"></iframe></section>\n'
)


def comparison_page(compared: Compared) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    compared
        The scenarios; their maps are expected as ``maps/NAME.html`` beside the page.
    """
    speech = compared.speech

    def say(words: Words) -> str:
        return escape(speech.say(words))

    style, script = (_asset(f"compare.{kind}") for kind in ("css", "js"))
    policy = security_policy(
        scripts=(script,), styles=(style,), frames=("'self'", "file:"), trusted="'none'"
    )
    data = json.dumps(_data(compared), ensure_ascii=False, allow_nan=False)
    block = base64.b64encode(data.encode("utf-8", errors="replace")).decode("ascii")
    sides = "".join(
        _SIDE.format(number=number, side=say(side), alone=say(_ALONE))
        for number, side in enumerate((_LEFT, _RIGHT))
    )
    tables = "".join(
        f'<table id="{name}"><caption>{say(said)}</caption><thead></thead><tbody></tbody></table>'
        + more
        for name, said, more in (
            ("figures", _FIGURES, "</div><div>"),
            ("settings", _SETTINGS, f'<p class="note" id="alike" hidden>{say(_ALIKE)}</p>'),
        )
    )
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{HTML_LANG[speech.lang]}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{say(_TITLE)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{say(_TITLE)}</h1><p><strong>{say(MARKING)}</strong> {say(PROVISO)}</p>"
        f'<label><input type="checkbox" id="linked" checked> {say(_LINKED)}</label></header>\n'
        f"<noscript><p>{say(_SCRIPT)}</p></noscript>\n"
        f"<main>\n{sides}</main>\n"
        f'<footer><details open><summary>{say(_TOLD)} <span class="note" id="apart"></span>'
        f'</summary><div class="told"><div>{tables}'
        "</div></div></details></footer>\n"
        f'<script type="text/plain" id="data">{block}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _data(compared: Compared) -> dict[str, Any]:
    speech = compared.speech
    differing = dict.fromkeys(name for each in compared.changed for name in each)
    return {
        "lang": HTML_LANG[speech.lang],
        "words": {
            "difference": speech.say(_DIFFERENCE),
            "apart": speech.say(_APART),
            "points": speech.say(_POINTS),
        },
        "apart": compared.apart,
        "figures": [
            {"key": name, "name": speech.say(words), "form": form}
            for name, (words, form) in SAID.items()
        ],
        "settings": [
            {
                "name": setting_said(name, speech),
                "values": [_value(name, compared, each) for each in compared.changed],
            }
            for name in differing
        ],
        "scenarios": [
            {
                "name": name,
                "file": f"{MAPS}/{quote(str(each['scenario']), safe='')}.html",
                "figures": {figure: _finite(each[figure]) for figure in SAID},
            }
            for name, each in zip(compared.names, compared.summaries, strict=True)
        ],
    }


def _value(name: str, compared: Compared, changed: Mapping[str, tuple[Any, Any]]) -> str:
    """Return a setting's value in a scenario: where it is not changed, that of the first."""
    was = next(each[name][0] for each in compared.changed if name in each)
    return value_said(name, changed[name][1] if name in changed else was, compared.speech)


def _finite(value: Any) -> float | None:
    number = isinstance(value, (int, float)) and value == value and abs(value) != float("inf")  # noqa: PLR0124 - NaN
    return value if number else None


def _asset(name: str) -> str:
    code = _ASSETS.joinpath(name).read_text(encoding="utf-8")
    if "</script" in code.lower() or "</style" in code.lower() or "<!--" in code:
        raise ValueError(f"{name} would end its own element")
    return code
