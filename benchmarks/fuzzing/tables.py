"""What may befall a text table: encodings, quotes, separators, rows, cells."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_CELLS = (
    *("", " ", "0", "-1", "1e308", "NaN", "inf", "-inf", "1" * 5000, "9" * 30),
    "=cmd|' /C calc'!A0",
    *("合计", "小计：", "同上", "〃", "填表人：张三", "注：1.", "一、企业", "单位名称"),
    *("党员总数", "1、", "三"),
    *("５人", "约50余人", "10-20", "5(其中预备1)", "3+1", "二〇二〇年六月", "43983", "2020.6"),
    "13800138000",
    *("110101199003070038", "９1350100M000100Y43", "9.1E+17", "\u202eevil\u202c", "\u200b", "😀"),
    "\ufffd",
    *("113.7，23.0", "113°45'30\"", "{{7*7}}", "<img src=x>", "\x07", "a\u0301" * 50, "汉" * 40000),
)
_MARKS = (",", "\t", ";", "|", "，", " ", "\x1f")
_LINES = ("\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b", "\x85")
_ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk", "gb18030", "big5"),
    *("shift_jis", "latin-1", "utf-7", "cp1252"),
)


def _decoded(data: bytes) -> str:
    """Return a table's text, read as far as it goes."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _in_text(change: Callable[[str, Random], str]) -> Callable[[bytes, Random], bytes]:
    """Return the blow that changes a table's text; it is UTF-8 thereafter."""

    def blow(data: bytes, chance: Random) -> bytes:
        return change(_decoded(data), chance).encode(errors="replace")

    return blow


def recode(data: bytes, chance: Random) -> bytes:
    """Write it in another encoding, with what that can't hold as question marks."""
    return _decoded(data).encode(chance.choice(_ENCODINGS), errors="replace")


def mix(data: bytes, chance: Random) -> bytes:
    """Write the second half in another encoding than the first, as pasted tables are."""
    at = chance.randrange(len(data) + 1)
    more = _decoded(data[at:]).encode(chance.choice(_ENCODINGS), errors="replace")
    return data[:at] + more


def zeros(data: bytes, chance: Random) -> bytes:
    """Put zero bytes in."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes(chance.choice((1, 2, 1000))) + data[at:]


def _cell(text: str, chance: Random) -> str:
    rows = text.split("\n")
    at = chance.randrange(len(rows))
    cells = rows[at].split(",")
    cells[chance.randrange(len(cells))] = chance.choice(_CELLS)
    rows[at] = ",".join(cells)
    return "\n".join(rows)


def _cells(text: str, chance: Random) -> str:
    for _ in range(20):
        text = _cell(text, chance)
    return text


def _quote(text: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(('"', '""', "'", '"\n"', "“")) + text[at:]


def _mark(text: str, chance: Random) -> str:
    return text.replace(",", chance.choice(_MARKS), chance.choice((1, 20, -1)))


def _line(text: str, chance: Random) -> str:
    return text.replace("\n", chance.choice(_LINES), chance.choice((1, 3, -1)))


def _row(text: str, chance: Random) -> str:
    rows = text.split("\n")
    at = chance.randrange(len(rows))
    return "\n".join([*rows[:at], *[rows[at]] * chance.choice((0, 2, 2, 60)), *rows[at + 1 :]])


def _shuffle(text: str, chance: Random) -> str:
    rows = text.split("\n")
    return "\n".join(chance.sample(rows, len(rows)))


def _widen(text: str, chance: Random) -> str:
    rows = text.split("\n")
    at = chance.randrange(len(rows))
    rows[at] += "," * chance.choice((1, 50, 1500)) + chance.choice(_CELLS)
    return "\n".join(rows)


def _insert(text: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_CELLS) + text[at:]


def _upside_down(text: str, chance: Random) -> str:
    rows = [row.split(",") for row in text.split("\n")]
    width = chance.choice((1, max(map(len, rows))))
    across = ([row[at] if at < len(row) else "" for row in rows] for at in range(width))
    return "\n".join(map(",".join, across))


ENCODINGS = (recode, mix, zeros)
BLOWS = (
    *map(_in_text, (_cell, _cells, _quote, _mark, _line, _row, _shuffle, _widen, _insert)),
    _in_text(_upside_down),
    *ENCODINGS,
)
