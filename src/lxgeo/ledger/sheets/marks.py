"""What a sheet shows besides its values, in words: hidden rows, paint, comments, errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from colorsys import rgb_to_hls

from lxgeo.errors import Words
from lxgeo.ledger.places import cell_name, split_row
from lxgeo.ledger.report import Dropped
from lxgeo.ledger.sheets.dropping import SECOND_LINE
from lxgeo.ledger.sheets.headers import Header
from lxgeo.ledger.sheets.sheet import Sheet

_LISTED = 10
_GREY = 0.15  # less colourful than this is grey
_BLACK, _WHITE = 0.12, 0.97
_HUES = (
    (20, Words("红色", "red")),
    (48, Words("橙色", "orange")),
    (70, Words("黄色", "yellow")),
    (165, Words("绿色", "green")),
    (260, Words("蓝色", "blue")),
    (330, Words("紫色", "purple")),
    (360, Words("红色", "red")),
)


def told_marks(sheet: Sheet, header: Header, dropped: Iterable[Dropped]) -> tuple[Words, ...]:
    """Return what a person should know of a sheet besides its values, below its header.

    Rows that were dropped (repeated headers, totals, dividers) are painted to be seen: that says
    nothing of any unit.
    """
    layout = {split_row(each.row)[1] for each in dropped if each.why is not SECOND_LINE}
    return tuple(_notes(sheet, header.last, layout))


def _notes(sheet: Sheet, last: int, layout: set[int]) -> Iterator[Words]:
    if sheet.hidden:
        yield Words(
            "本工作表是隐藏的，列有单位，已照常读入",
            "the sheet is hidden; it lists units and was read all the same",
        )
    hidden = [row for row in sorted(sheet.hidden_rows) if row > last]
    if hidden:
        zh, en = _list(map(str, hidden), len(hidden))
        yield Words(
            f"有 {len(hidden)} 行被隐藏，已照常读入：第 {zh} 行",
            f"{len(hidden)} row(s) are hidden and were read all the same: {en}",
        )
    empty = [place for place in sorted(sheet.formulas_without_value) if place[0] > last]
    if empty:
        zh, en = _list((cell_name(*place) for place in empty), len(empty))
        yield Words(
            f"有 {len(empty)} 个公式没有保存计算结果，按空白处理：{zh}；"
            "请在表格软件中打开并保存一次",
            f"{len(empty)} formula(s) have no saved result and count as blank: {en}; "
            "open the workbook, save it, and try again",
        )
    comments = [place for place in sorted(sheet.comments) if place[0] > last]
    if comments:
        zh, en = _list((cell_name(*place) for place in comments), len(comments))
        yield Words(
            f"有 {len(comments)} 个单元格带批注，批注未读：{zh}",
            f"{len(comments)} comment(s) were not read: {en}",
        )
    yield from _paint(sheet, last, layout)


def _paint(sheet: Sheet, last: int, layout: set[int]) -> Iterator[Words]:
    """Yield each colour with its cells and rows; what it means, only its painter knows."""
    cells: Counter[Words] = Counter()
    rows: dict[Words, set[int]] = {}
    for (row, _), colour in sorted(sheet.colours.items()):
        if row > last and row not in layout:
            name = colour_name(colour)
            cells[name] += 1
            rows.setdefault(name, set()).add(row)
    for name, count in cells.most_common():
        zh, en = _list(map(str, sorted(rows[name])), len(rows[name]))
        yield Words(
            f"{name.zh}底色：{len(rows[name])} 行、{count} 个单元格（第 {zh} 行）；"
            "颜色的含义未采用",
            f"{name.en} fill: {len(rows[name])} row(s), {count} cell(s) ({en}); "
            "colours were not interpreted",
        )


def colour_name(colour: str) -> Words:
    """Return what people call a colour, ``RRGGBB``."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, _ = rgb_to_hls(red, green, blue)
    if light < _BLACK:
        return Words("黑色", "black")
    if light > _WHITE:
        return Words("近白色", "off-white")
    if max(red, green, blue) - min(red, green, blue) < _GREY:
        return Words("灰色", "grey")
    return next(name for most, name in _HUES if hue * 360 <= most)


def _list(places: Iterable[str], count: int) -> tuple[str, str]:
    shown = [place for _, place in zip(range(_LISTED), places, strict=False)]
    more = count - len(shown)
    return (
        "、".join(shown) + (f" 等 {count} 处" if more else ""),
        ", ".join(shown) + (f" and {more} more" if more else ""),
    )
