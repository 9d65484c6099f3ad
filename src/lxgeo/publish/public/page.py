"""The public page: tables, bars and, with an approval number, a sketch of the townships.

It has no script and asks nobody for anything; every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import cos, radians

import shapely

from lxgeo.errors import Lang
from lxgeo.publish.page_policy import HTML_LANG, security_policy
from lxgeo.publish.public.guarded import Guarded, Shown
from lxgeo.publish.public.said import (
    HEADS,
    KEY,
    LEAST_SHARE,
    LEVEL,
    MAP_NUMBER,
    MAP_SOURCE,
    PROVISO,
    WITHHELD,
    WITHIN,
    how,
    range_said,
    share,
    whole,
)

_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:960px;
margin:1.5em auto;padding:0 1em;color:#1f2933;background:#fff}
h1{font-size:23px;margin:.2em 0}h2{font-size:17px;margin:1.4em 0 .4em}
p{margin:.3em 0}.note{color:#56606b;font-size:13px}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{border-bottom:1px solid #e1e5e9;padding:4px 8px;text-align:right}
th{background:#f3f5f7;font-weight:600}th:first-child,th:last-child,td.text{text-align:left}
tr.all td{font-weight:600}td.none{color:#616b76}
svg{display:block}td svg{display:inline;vertical-align:middle;margin-right:8px}
td:last-child{text-align:left;white-space:nowrap}.name{font-size:12px;text-anchor:middle}
.dark{fill:#fff}.area{stroke:#56606b;stroke-width:1}
.s0{fill:#eef3f7}.s1{fill:#c6dbeb}.s2{fill:#8fbbd9}.s3{fill:#4f8fbf}.s4{fill:#12486b}.sx{fill:#d8d8d8}
.track{fill:#e7ebee}.after{fill:#7db7dc}.before{fill:#12486b}
.key span{display:inline-block;margin-right:14px}.key svg{display:inline;vertical-align:middle}
@media print{@page{size:A4;margin:15mm}h2{break-after:avoid}tr{break-inside:avoid}}
"""
_WIDE = 720
_BANDS = 5


def page(
    title: str,
    shown: Guarded,
    lang: Lang,
    shapes: Mapping[str, shapely.Geometry],
    marks: Sequence[str],
) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    title
        Its heading.
    shown
        What may be shown.
    lang
        Language.
    shapes
        Boundary by place id; none without an approval number.
    marks
        Approval number and source of the boundaries.
    """
    return "".join(_page(title, shown, lang, shapes, marks))


def _page(
    title: str,
    shown: Guarded,
    lang: Lang,
    shapes: Mapping[str, shapely.Geometry],
    marks: Sequence[str],
) -> Iterator[str]:
    policy = security_policy(styles=(_STYLE,))
    yield f'<!DOCTYPE html>\n<html lang="{HTML_LANG[lang]}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield f"<h1>{escape(title)}</h1>\n<p>{escape(PROVISO.in_lang(lang))}</p>\n"
    yield f'<p class="note">{escape(how(shown.top).in_lang(lang))}</p>\n'
    if shapes:
        yield from _sketch(shown, shapes, lang)
        yield f'<p class="note">{escape("　".join(marks))}</p>\n'
    names = {place.place_id: place.name for place in shown.places}
    for level, heading in LEVEL.items():
        rows = [place for place in shown.places if place.level == level]
        if rows:
            yield f"<h2>{escape(heading.in_lang(lang))}</h2>\n"
            yield from _table(rows, shown if level == shown.top else None, names, lang)
    yield "</body>\n</html>\n"


def _table(
    rows: Sequence[Shown], all_of: Guarded | None, names: Mapping[str, str], lang: Lang
) -> Iterator[str]:
    """Write a level's table; the whole, its last row, stands below the coarsest places alone."""
    heads = [head for head in HEADS if head is not WITHIN or all_of is None]
    said = "".join(f'<th scope="col">{escape(head.in_lang(lang))}</th>' for head in heads)
    yield f"<table>\n<thead><tr>{said}</tr></thead>\n<tbody>\n"
    for row in rows:
        lead = [row.name] if all_of is not None else [row.name, names.get(row.within, "")]
        yield _row(lead, row, lang, "")
    if all_of is not None:
        yield _row([whole(all_of.top).in_lang(lang)], all_of.district, lang, ' class="all"')
    yield "</tbody>\n</table>\n"


def _row(lead: Sequence[str], row: Shown, lang: Lang, mark: str) -> str:
    counts = [range_said(each, lang) for each in (row.units, row.before, row.after)]
    cells = [f'<td class="text">{escape(each)}</td>' for each in lead]
    cells += [f"<td>{escape(each)}</td>" for each in counts]
    return f"<tr{mark}>{''.join(cells)}<td>{_bar(row)}</td></tr>\n"


def _bar(row: Shown) -> str:
    before, after = share(row.before, row.units), share(row.after, row.units)
    if before is None or after is None:
        return "—"
    said = " → ".join("<5%" if each < LEAST_SHARE else f"{each:.0%}" for each in (before, after))
    said = escape(said)
    widths = {"track": 120, "after": round(120 * after), "before": round(120 * before)}
    bars = "".join(
        f'<rect class="{css}" width="{wide}" height="12"/>' for css, wide in widths.items()
    )
    return f'<svg width="120" height="12" role="img" aria-label="{said}">{bars}</svg>{said}'


def _sketch(shown: Guarded, shapes: Mapping[str, shapely.Geometry], lang: Lang) -> Iterator[str]:
    """Draw the townships: longitudes shortened by the cosine of the middle, whole pixels."""
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    shrink = cos(radians((south + north) / 2))
    scale = _WIDE / max((east - west) * shrink, 1e-9)
    high = round((north - south) * scale)
    yield f'<svg viewBox="0 0 {_WIDE} {high}" width="{_WIDE}" height="{high}" role="img">\n'
    for place in shown.places:
        shape = shapes.get(place.place_id)
        if shape is not None:
            placed = shapely.transform(
                shape, lambda at: (at - (west, north)) * (shrink * scale, -scale)
            )
            path = _path(placed)
            said = escape(f"{place.name} {range_said(place.units, lang)}")
            yield f'<path class="area {_band(place)}" d="{path}"><title>{said}</title></path>\n'
            at = shapely.point_on_surface(placed)
            ink = "name dark" if _band(place) in {"s3", "s4"} else "name"
            where = f'x="{round(at.x)}" y="{round(at.y)}"'
            yield f'<text class="{ink}" {where}>{escape(place.name)}</text>\n'
    yield "</svg>\n"
    keys = [*((f"s{k}", f"{k * 20}–{k * 20 + 20}%") for k in range(_BANDS))]
    keys.append(("sx", WITHHELD.in_lang(lang)))
    squares = "".join(
        f'<span><svg width="14" height="14"><rect class="{css}" width="14" height="14"/></svg> '
        f"{escape(text)}</span>"
        for css, text in keys
    )
    yield f'<p class="note key">{escape(KEY.in_lang(lang))} {squares}</p>\n'


def _band(place: Shown) -> str:
    covered = share(place.after, place.units)
    return "sx" if covered is None else f"s{min(_BANDS - 1, int(covered * _BANDS))}"


def _path(shape: shapely.Geometry) -> str:
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return "".join(
        "M" + "L".join(f"{round(x)} {round(y)}" for x, y in ring.coords[:-1]) + "Z"
        for ring in rings
    )


def marks_of(number: str, source: str, lang: Lang) -> list[str]:
    """Return what is told of boundaries."""
    return [
        f"{MAP_NUMBER.in_lang(lang)}：{number}",
        f"{MAP_SOURCE.in_lang(lang)}：{source}",
    ]
