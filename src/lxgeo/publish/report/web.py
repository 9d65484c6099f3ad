"""The report as one page for the browser: no script, nothing loaded from anywhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape

from lxgeo.publish.report.content import Grid, Section
from lxgeo.publish.report.picture import Picture
from lxgeo.publish.rows import Cell

_STYLE = """
@page{size:A4;margin:18mm 16mm}
body{font:10.5pt/1.6 "FangSong","STFangsong","Noto Serif CJK SC",serif;max-width:180mm;
margin:1em auto;color:#1f2937}
h1{font:bold 18pt "SimHei","Noto Sans CJK SC",sans-serif;text-align:center;margin:.2em 0}
h2{font:bold 12pt "SimHei","Noto Sans CJK SC",sans-serif;margin:.9em 0 .3em}
p{margin:.25em 0}.mark{color:#b42318;text-align:center;font-size:9pt}
table{border-collapse:collapse;width:100%;font-size:9pt;margin:.3em 0}
th,td{border:1px solid #b8c0cc;padding:1px 5px;text-align:center}th{background:#e3eaf3}
td:first-child{text-align:left}tr.sum td{font-weight:bold;background:#f3f5f9}
tr{break-inside:avoid}figure{margin:.4em 0;text-align:center}img{max-width:100%}
figcaption{font-size:8.5pt;color:#555}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(
    title: str, marks: str, parts: Sequence[Section], image: Picture | None, caption: str
) -> str:
    """Return the report as HTML.

    Parameters
    ----------
    title, marks
        The line at its top, and what it is marked with.
    parts
        What it says: every text is escaped.
    image, caption
        The map and the line below it.
    """
    return "".join(_page(title, marks, parts, image, caption))


def _page(
    title: str, marks: str, parts: Sequence[Section], image: Picture | None, caption: str
) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="zh">\n<head><meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style></head>\n<body>\n"
    yield f'<h1>{escape(title)}</h1>\n<p class="mark">{escape(marks)}</p>\n'
    for part in parts:
        yield f"<h2>{escape(part.title)}</h2>\n"
        yield from (f"<p>{escape(text)}</p>\n" for text in part.paragraphs)
        if part.picture and image is not None:
            data = b64encode(image.png).decode("ascii")
            yield f'<figure><img alt="{escape(caption)}" src="data:image/png;base64,{data}">\n'
            yield f"<figcaption>{escape(caption)}</figcaption></figure>\n"
        if part.grid is not None:
            yield from _table(part.grid)
    yield f'<p class="mark">{escape(marks)}</p>\n</body>\n</html>\n'


def _table(grid: Grid) -> Iterator[str]:
    heads = "".join(f"<th>{escape(head)}</th>" for head in grid.heads)
    yield f"<table>\n<tr>{heads}</tr>\n"
    for number, row in enumerate(grid.rows, start=1):
        mark = ' class="sum"' if grid.summed and number == len(grid.rows) else ""
        cells = "".join(f"<td>{escape(said(each))}</td>" for each in row)
        yield f"<tr{mark}>{cells}</tr>\n"
    yield "</table>\n"


def said(value: Cell) -> str:
    """Return a cell as text: counts with their thousands apart."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int | float) else value
