"""One cell read as a count: ３人, 三, 约50, 10-20, 5(其中预备1), 3+1, 3人(1名待转), 无.

A blank is unknown, never zero; what can't be read is unknown too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from lxgeo.ledger.sheets.traditional import simplified
from lxgeo.ledger.values.wording import blank, squeeze

MOST = 10_000_000
"""No organisation counts more of anything; a greater number is a phone or a slip."""


class Reading(Enum):
    """How a cell was read."""

    BLANK = "blank"
    PLAIN = "plain"
    REPAIRED = "repaired"
    APPROXIMATE = "approximate"
    SPLIT = "split"
    NOTED = "noted"
    RANGE = "range"
    NEGATIVE = "negative"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Count:
    """A count as read from one cell.

    Parameters
    ----------
    reading
        How it was read; `value` is known where it is plain, repaired or approximate, split into
        parts (3+1) or carries a note that says nothing of its parts.
    value
        Everything that the cell counts, probationary members among them.
    probationary, elsewhere, double
        How many of them the cell itself says are probationary, have their affiliation elsewhere
        (待转, 未转, 流动), or are registered here and there (双登记).
    low, high
        Ends of a range, both included; ``high`` is None where it is open (50人以上).
    """

    reading: Reading
    value: int | None = None
    probationary: int | None = None
    elsewhere: int | None = None
    double: int | None = None
    low: int | None = None
    high: int | None = None

    @property
    def whole(self) -> int | None:
        """The count where the cell doesn't split it; a split says nothing outside 党员 columns."""
        return self.value if self.probationary is None else None

    @property
    def faulty(self) -> bool:
        """Whether something stands there that is no single count."""
        return self.reading in {Reading.NEGATIVE, Reading.UNREADABLE, Reading.RANGE}


_NONE = frozenset(
    {"无", "没有", "没", "暂无", "/", "\\", "-", "--", "—", "——", "〇", "零", "×", "x", "○"}
)
_LONGEST = 40  # a longer cell is a sentence, not a count
_UNIT = r"(?:个人|名党员|名员工|名职工|人次|人|名|个|家|位)?"
_NUMBER = re.compile(rf"(\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.0+)?{_UNIT}")
_HAN = "零〇一二两俩三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_HAN_NUMBER = re.compile(rf"([{_HAN}]+){_UNIT}")
_HAN_RUN = re.compile(f"[{_HAN}]+")
_ABOUT = re.compile(
    rf"(?P<before>大约|约有|约|近|接近|大概|大致)?(?P<n>\d+)(?P<odd>余|多|来)?{_UNIT}(?P<after>左右|上下)?"
)
_BETWEEN = re.compile(rf"(\d+){_UNIT}(?:-|~|–|—|至|到|或)(\d+){_UNIT}(?:之间)?")
_AT_LEAST = re.compile(
    rf"(?:(?:>=?|≥|≧|至少|不少于|不低于|多于|超过|大于)(\d+){_UNIT}|(\d+){_UNIT}(?:及?以上|\+))"
)
_AT_MOST = re.compile(
    rf"(?:(?:<=?|≤|≦|至多|不超过|不足|不到|少于|小于)(\d+){_UNIT}|(\d+){_UNIT}(?:及?以下|以内))"
)
_TEENS = re.compile(rf"(\d*0)几{_UNIT}")
_FULL = r"正式(?:党员)?"
_ON_PROBATION = r"预备期?(?:党员)?"
_ELSEWHERE = (
    r"(?:组织关系)?(?:尚未|还未|未|待)转入?|组织关系(?:不在本单位|在外地?|在原籍)|流动(?:党员)?"
)
_DOUBLE = r"双重?登记(?:党员)?"
_AND = re.compile(
    rf"(?:{_FULL}[:：]?)?(\d+){_UNIT}(?:\(?{_FULL}\)?)?[+/](?:{_ON_PROBATION}[:：]?)?(\d+){_UNIT}"
    rf"(?:\(?{_ON_PROBATION}\)?)?"
)
_BOTH = re.compile(
    rf"(?:{_FULL}[:：]?(\d+){_UNIT}|(\d+){_UNIT}{_FULL})[,;、+/]?"
    rf"(?:{_ON_PROBATION}[:：]?(\d+){_UNIT}|(\d+){_UNIT}{_ON_PROBATION})"
)
_OF_WHICH = re.compile(rf"(?:共|共有)?(\d+){_UNIT}[(,;:、]?(.+?)\)?")
_PART = re.compile(
    rf"(?:其中|含|包括|包含|有)*[:：]?(?:(?P<what>{_ON_PROBATION}|{_ELSEWHERE}|{_DOUBLE})[:：]?(?P<n>\d+){_UNIT}"
    rf"|(?P<m>\d+){_UNIT}(?:是|为)?(?P<which>{_ON_PROBATION}|{_ELSEWHERE}|{_DOUBLE}))"
)
_WITH_NOTE = re.compile(rf"(\d+){_UNIT}\([^()]*\)")

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_PLAIN_HAN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千") | {
    ord("廿"): "二十",
    ord("卅"): "三十",
}


@functools.lru_cache(maxsize=4096, typed=True)  # a ledger says the same few counts again and again
def read_count(cell: object) -> Count:
    """Return a cell read as a count of persons."""
    if blank(cell):
        return Count(Reading.BLANK)
    if isinstance(cell, bool):
        return Count(Reading.UNREADABLE)
    if isinstance(cell, int | float):
        return _read_number(cell)
    text = squeeze(cell).rstrip("。.")
    if text.isascii() and text.isdigit():
        return _within(Count(Reading.PLAIN if text == cell else Reading.REPAIRED, int(text[:12])))
    return _within(_read_text(simplified(text)))


def _read_number(cell: float) -> Count:
    if cell != cell or cell in {float("inf"), float("-inf")} or cell != int(cell):  # noqa: PLR0124
        return Count(Reading.UNREADABLE)
    if cell < 0:
        return Count(Reading.NEGATIVE)
    return _within(Count(Reading.PLAIN, int(cell)))


def _within(count: Count) -> Count:
    greatest = max(count.value or 0, count.low or 0, count.high or 0)
    return count if greatest <= MOST else Count(Reading.UNREADABLE)


def _read_text(text: str) -> Count:
    if len(text) > _LONGEST:
        return Count(Reading.UNREADABLE)
    if re.fullmatch(rf"[-－负]\d+(?:\.0+)?{_UNIT}", text):
        return Count(Reading.NEGATIVE)
    plain = _plain_number(text)
    if plain is not None:
        return Count(Reading.REPAIRED, plain)
    text = arabic(text)
    match = _ABOUT.fullmatch(text)
    if match and (match["before"] or match["odd"] or match["after"]):
        return Count(Reading.APPROXIMATE, int(match["n"]))
    return _read_range(text) or _read_split(text) or Count(Reading.UNREADABLE)


def _plain_number(text: str) -> int | None:
    """Return a number that is certain however it is written: 无, 3人, 1,200, 十二名."""
    if text in _NONE:
        return 0
    if match := _NUMBER.fullmatch(text):
        return int(match[1].replace(",", ""))
    match = _HAN_NUMBER.fullmatch(text)
    return han_number(match[1]) if match else None


def _read_range(text: str) -> Count | None:
    """Return 10-20, 50人以上, 不足10人, 10几人 as a range; None where a text is none."""
    low: int
    high: int | None
    if match := _BETWEEN.fullmatch(text):
        low, high = int(match[1]), int(match[2])
        return Count(Reading.RANGE, low=low, high=high) if low < high else None
    if match := _AT_LEAST.fullmatch(text):
        return Count(Reading.RANGE, low=int(match[1] or match[2]))
    if match := _AT_MOST.fullmatch(text):
        return Count(Reading.RANGE, low=0, high=int(match[1] or match[2]))
    if match := _TEENS.fullmatch(text):
        low = int(match[1])
        return Count(Reading.RANGE, low=low + 1, high=low + 9)
    return None


def _read_split(text: str) -> Count | None:
    """Return a count that says of itself how many are probationary, elsewhere, or twice."""
    if match := _AND.fullmatch(text) or _BOTH.fullmatch(text):
        full, probationary = (int(part) for part in match.groups() if part is not None)
        return Count(Reading.SPLIT, full + probationary, probationary)
    if match := _OF_WHICH.fullmatch(text):
        parts = dict(_parts(match[2]))
        value = int(match[1])
        if parts and None not in parts.values():
            if sum(parts.values()) > value:
                return None
            return Count(Reading.SPLIT, value, **parts)
    if match := _WITH_NOTE.fullmatch(text):
        return Count(Reading.NOTED, int(match[1]))
    return None


def _parts(text: str) -> Iterator[tuple[str, int]]:
    """Yield what a note in a count says: field of `Count` and number; nothing if it says more."""
    found = [_PART.fullmatch(part) for part in re.split("[,;、+]", text)]
    if not all(found):
        return
    for match in found:
        if match is not None:
            what = match["what"] or match["which"]
            kind = "probationary" if what.startswith("预备") else "elsewhere"
            yield "double" if what.startswith("双") else kind, int(match["n"] or match["m"])


def arabic(text: str, *, digit_by_digit: bool = False) -> str:
    """Return a text with its Chinese numerals in digits (五十余人 → 50余人).

    Parameters
    ----------
    text
        A text.
    digit_by_digit
        Whether a row of digits is a number too (二〇二〇年 → 2020年), as it is in years only.
    """

    def digits(match: re.Match[str]) -> str:
        number = han_number(match[0])
        if number is None and digit_by_digit and set(match[0]) <= _DIGITS.keys():
            return "".join(str(_DIGITS[c]) for c in match[0])
        return match[0] if number is None else str(number)

    return _HAN_RUN.sub(digits, text)


def han_number(text: str) -> int | None:
    """Return a Chinese numeral below ten thousand; None where it is none (一二, 十百)."""
    text = text.translate(_PLAIN_HAN)
    if len(text) == 1 and text in _DIGITS:
        return _DIGITS[text]
    value, digit, last_place = 0, None, 10_000
    for c in text:
        if c in _DIGITS:
            if digit not in {None, 0}:
                return None
            digit = _DIGITS[c]
            continue
        place = _PLACES[c]
        if place >= last_place:
            return None
        value += (1 if digit is None else digit) * place
        digit, last_place = None, place
    return value + (digit or 0)
