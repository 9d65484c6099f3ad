"""Cells as text: one spelling for what people write in many, nothing lost that has a meaning."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_EXACT = 1e15  # beyond this a spreadsheet no longer keeps every digit

WRITTEN_MOST = 120
"""Most characters of a cell that a finding quotes."""

_BRACKETS = str.maketrans("【】〔〕〖〗〈〉", "()()()()")
# Control characters, soft hyphen, zero-width and direction marks, tags, halves of a pair.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_LONGEST_DITTO = 12
_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff"
_SPACE_AT_HAN = re.compile(rf"(?<=[{_HAN}()]) (?=\S)|(?<=\S) (?=[{_HAN}()])")
_DITTO = frozenset({"同上", "同前", "仝上", "ditto"})
_DITTO_MARKS = frozenset("〃′'\"”“")
_NOTHING = frozenset(
    {"", "/", "\\", "-", "--", "—", "——", "－", "无", "暂无", "没有", "不详", "空"}
)


def as_text(cell: object) -> str:
    """Return a cell as a person sees it: whole numbers without ``.0``, dates as year-month-day."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()
    return str(cell)


def tidy(cell: object) -> str:
    """Return a cell's text in one spelling.

    Full-width letters and digits become half-width (NFKC), Chinese brackets round; characters that
    nobody sees (zero-width, direction marks, control characters) go, and so does white space
    beside Chinese characters.
    """
    if cell is None or cell == "":
        return ""
    text = as_text(cell)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", " ".join(text.split())))
    text = " ".join(text.translate(_BRACKETS).split())
    return _SPACE_AT_HAN.sub("", text) if " " in text else text


def squeeze(cell: object) -> str:
    """Return a cell's text for comparing: tidy, in lower case, without any white space."""
    return "".join(tidy(cell).split()).casefold()


def stated(cell: object) -> str | None:
    """Return a cell's tidy text, or None where it is blank or says that there is nothing.

    A full stop after it (宏达公司。) is nobody's name.
    """
    text = tidy(cell).rstrip("。；;，、")
    return None if text in _NOTHING else text


def ditto(cell: object) -> bool:
    """Whether a cell says that what stands above it stands here too: 同上, 〃."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_DITTO:
        return False
    bare = squeeze(cell).strip("()。.")
    return bare in _DITTO or (bool(bare) and set(bare) <= _DITTO_MARKS)


def shortened(text: str) -> str:
    """Return a text no longer than a finding may quote."""
    return text if len(text) <= WRITTEN_MOST else text[: WRITTEN_MOST - 1] + "…"


def blank(cell: object) -> bool:
    """Whether nothing stands in a cell; zero is something."""
    if cell is None or cell == "":
        return True
    return isinstance(cell, str) and not cell.isalnum() and not tidy(cell)
