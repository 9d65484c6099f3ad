"""The overview page: every county, shaded by a rate that one chooses, and in a table to sort.

One file that needs no network. Names are data in an encoded block, set as text; the page's policy
lets it run its own script only, and ask nobody for anything.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from math import cos, radians
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from lxgeo.errors import Lang, Words
from lxgeo.publish.page_policy import HTML_LANG, security_policy
from lxgeo.publish.province.words import FIGURES, PAGE, RATES

_WIDE, _MOST_HIGH = 1_000, 900
_COUNTS = ("units", "joint_branches", "must_join", "left_out")


def overview_page(
    title: str,
    index: gpd.GeoDataFrame,
    figures: Mapping[str, Any],
    texts: Mapping[str, str],
    lang: Lang,
) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    title
        The run's name.
    index
        One line a county, with its outline (`lxgeo.publish.province.index.index_of`).
    figures
        All counties' figures added up.
    texts
        Labels by ``kind.code``.
    lang
        Language of the page's own words.
    """
    style, script = _asset("overview.css"), _asset("overview.js")
    policy = security_policy(scripts=(script,), styles=(style,))
    data = json.dumps(_data(title, index, figures, texts, lang), ensure_ascii=True)
    encoded = base64.b64encode(data.encode("ascii")).decode("ascii")
    said = title.encode("utf-8", errors="replace").decode("utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{HTML_LANG[lang]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(said)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<main id="page"></main>\n<script type="text/plain" id="data">{encoded}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _data(
    title: str,
    index: gpd.GeoDataFrame,
    figures: Mapping[str, Any],
    texts: Mapping[str, str],
    lang: Lang,
) -> dict[str, Any]:
    shapes, high = _drawn(index)
    return {
        "title": title,
        "lang": lang,
        "words": {name: words.in_lang(lang) for name, words in PAGE.items()},
        "rates": [[name, _said(name, words, texts, lang)] for name, words in RATES.items()],
        "figures": [[name, words.in_lang(lang)] for name, words in FIGURES.items()],
        "all": _whole(figures),
        "wide": _WIDE,
        "high": high,
        "counties": [
            {**row, "shape": shape[0], "at": shape[1]}
            for row, shape in zip(_rows(index), shapes, strict=True)
        ],
    }


def _said(name: str, words: Words, texts: Mapping[str, str], lang: Lang) -> str:
    return texts.get(f"rate.{name}", words.in_lang(lang))


def _rows(index: gpd.GeoDataFrame) -> Iterator[dict[str, Any]]:
    for row in index.drop(columns="geometry").astype(object).to_dict("records"):
        told = {name: None if _unknown(value) else value for name, value in row.items()}
        yield {
            "county": told["county"],
            "name": told["name"],
            "status": told["status"],
            "why": told["why"],
            **{name: _number(told[name]) for name in (*_COUNTS, "plan_cost_m", "gap")},
            "rates": {
                f"{name}_{moment}": [
                    _number(told[f"{name}_{moment}"]),
                    _number(told[f"{name}_{moment}_of"]),
                ]
                for name in RATES
                for moment in ("before", "after")
            },
        }


def _unknown(value: Any) -> bool:
    return value is None or value != value or str(value) == "<NA>"  # noqa: PLR0124 - NaN


def _number(value: Any) -> float | int | None:
    if value is None:
        return None
    return float(value) if isinstance(value, float) else int(value)


def _whole(figures: Mapping[str, Any]) -> dict[str, Any]:
    rates = {
        f"{rate['name']}_{moment}": [rate["numerator"], rate["denominator"]]
        for moment, told in figures["coverage"].items()
        for rate in told
        if rate["name"] in RATES
    }
    return {**{name: figures[name] for name in (*_COUNTS, "plan_cost_m", "gap")}, "rates": rates}


def _drawn(index: gpd.GeoDataFrame) -> tuple[list[tuple[str, list[int] | None]], int]:
    """Return each county's path and the place of its name, in pixels, and how high the map is."""
    shapes = index.geometry.array
    known = [shape for shape in shapes if shape is not None and not shape.is_empty]
    if not known:
        return [("", None)] * len(index), 0
    west, south, east, north = shapely.total_bounds(known)
    shrink = cos(radians((south + north) / 2))
    scale = min(_WIDE / max((east - west) * shrink, 1e-9), _MOST_HIGH / max(north - south, 1e-9))
    aside = (_WIDE - (east - west) * shrink * scale) / 2

    def place(at: Any) -> Any:
        return np.column_stack(
            [aside + (at[:, 0] - west) * shrink * scale, (north - at[:, 1]) * scale]
        )

    drawn: list[tuple[str, list[int] | None]] = []
    for shape in shapes:
        if shape is None or shape.is_empty:
            drawn.append(("", None))
            continue
        placed = shapely.simplify(shapely.transform(shape, place), 0.6)
        at = shapely.point_on_surface(placed)
        drawn.append((_path(placed), [round(at.x), round(at.y)]))
    return drawn, round(float(north - south) * scale)


def _path(shape: shapely.Geometry) -> str:
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring.coords[:-1]) + "Z" for ring in rings
    )


@cache
def _asset(name: str) -> str:
    return (files("lxgeo.publish.province") / "assets" / name).read_text(encoding="utf-8")
