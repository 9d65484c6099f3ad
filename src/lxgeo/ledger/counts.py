"""Counts as people write them: ３人, 三, 约50, 5(其中预备1), 3+1, 无.

A blank is unknown, never zero; what can't be read is unknown, with a reason that quotes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from lxgeo.ledger.privacy import quoted
from lxgeo.ledger.wording import blank, squeeze
from lxgeo.model import Reason, Rule

MOST = 10_000_000
"""No organisation counts more of anything; a greater number is a phone or a slip."""


class Reading(Enum):
    """How a cell was read."""

    BLANK = "blank"
    PLAIN = "plain"
    REPAIRED = "repaired"
    APPROXIMATE = "approximate"
    NEGATIVE = "negative"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Count:
    """A count as read from one cell.

    Parameters
    ----------
    reading
        How it was read; `value` is known unless blank, negative or unreadable.
    value
        Everything that the cell counts, probationary members among them.
    probationary
        How many of them the cell itself says are probationary.
    """

    reading: Reading
    value: int | None = None
    probationary: int | None = None

    @property
    def whole(self) -> int | None:
        """The count where the cell doesn't split it; a split says nothing outside 党员 columns."""
        return self.value if self.probationary is None else None

    @property
    def faulty(self) -> bool:
        """Whether something stands there that is no count."""
        return self.reading in {Reading.NEGATIVE, Reading.UNREADABLE}


_NONE = frozenset(
    {"无", "没有", "没", "暂无", "/", "\\", "-", "--", "—", "——", "〇", "零", "×", "x"}
)
_LONGEST = 40  # a longer cell is a sentence, not a count
_UNIT = r"(?:个人|人|名|个|家|位)?"
_NUMBER = re.compile(rf"(\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.0+)?{_UNIT}")
_HAN_NUMBER = re.compile(rf"([零〇一二两俩三四五六七八九十百千]+){_UNIT}")
_ABOUT = re.compile(
    rf"(?:大?约|近|大概)(\d+){_UNIT}(?:左右|上下)?|(\d+)(?:余|多|来){_UNIT}|(\d+){_UNIT}(?:左右|上下)"
)
_OF_WHICH = re.compile(
    rf"(\d+){_UNIT}[(,;，；]?(?:其中|含|包括|有)?[:：]?(?:预备(?:党员)?[:：]?(\d+){_UNIT}|(\d+){_UNIT}预备(?:党员)?)\)?"
)
_AND = re.compile(rf"(?:正式(?:党员)?)?(\d+){_UNIT}[+/,;，；、]?(预备(?:党员)?)?(\d+){_UNIT}")
_WITH_NOTE = re.compile(rf"(\d+){_UNIT}\([^()]*\)")

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}


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
    return _within(_read_text(text))


def _read_number(cell: float) -> Count:
    if cell != cell or cell in {float("inf"), float("-inf")} or cell != int(cell):  # noqa: PLR0124
        return Count(Reading.UNREADABLE)
    if cell < 0:
        return Count(Reading.NEGATIVE)
    return _within(Count(Reading.PLAIN, int(cell)))


def _within(count: Count) -> Count:
    return count if (count.value or 0) <= MOST else Count(Reading.UNREADABLE)


def _read_text(text: str) -> Count:
    if len(text) > _LONGEST:
        return Count(Reading.UNREADABLE)
    if re.fullmatch(rf"[-－负]\d+(?:\.0+)?{_UNIT}", text):
        return Count(Reading.NEGATIVE)
    plain = _plain_number(text)
    if plain is not None:
        return Count(Reading.REPAIRED, plain)
    if match := _ABOUT.fullmatch(text):
        return Count(Reading.APPROXIMATE, int(match[1] or match[2] or match[3]))
    return _read_split(text)


def _plain_number(text: str) -> int | None:
    """Return a number that is certain however it is written: 无, 3人, 1,200, 十二名."""
    if text in _NONE:
        return 0
    if match := _NUMBER.fullmatch(text):
        return int(match[1].replace(",", ""))
    match = _HAN_NUMBER.fullmatch(text)
    return han_number(match[1]) if match else None


def _read_split(text: str) -> Count:
    """Return a count that says of itself how many are probationary."""
    if match := _OF_WHICH.fullmatch(text):
        value, probationary = int(match[1]), int(match[2] or match[3])
        if probationary > value:
            return Count(Reading.UNREADABLE)
        return Count(Reading.APPROXIMATE, value, probationary)
    match = _AND.fullmatch(text)
    if match and (match[2] or re.search("[+/]", text)):
        full, probationary = int(match[1]), int(match[3])
        return Count(Reading.APPROXIMATE, full + probationary, probationary)
    if match := _WITH_NOTE.fullmatch(text):
        return Count(Reading.APPROXIMATE, int(match[1]))
    return Count(Reading.UNREADABLE)


def han_number(text: str) -> int | None:
    """Return a Chinese numeral below ten thousand; None where it is none (一二, 十百)."""
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


MEMBER_FIELDS = (
    *("full_members", "probationary_members", "total_members"),
    *("affiliated_members", "affiliated_total", "unaffiliated_total"),
)
COUNT_FIELDS = ("staff", *MEMBER_FIELDS)


@dataclass(frozen=True, slots=True)
class Members:
    """A unit's counts, and what a person should look at.

    Unknown counts are None. ``findings`` holds exactly one of the codes ``MEMBERS_*`` or
    ``ONLY_TOTAL_KNOWN`` where ``full_members`` is unknown, and none of them where it is known.
    ``repaired`` names the fields that were not plain digits but can be read in one way only.
    """

    staff: int | None
    full_members: int | None
    probationary_members: int | None
    affiliated_members: int | None
    total_members: int | None
    findings: tuple[Reason, ...]
    repaired: tuple[str, ...]


def members(cells: Mapping[str, object]) -> Members:
    """Return a unit's counts from its cells, by field; 预备 is never counted as 正式.

    Where only a total is given the full members are unknown, unless the total is zero or the
    probationary members are known too (full = total − probationary).
    """
    read = {field: read_count(cells.get(field)) for field in COUNT_FIELDS}
    full, full_findings = _full_members(read, cells)
    probationary = _probationary(read, full)
    total = read["total_members"].value
    if total is None and full is not None and probationary is not None:
        total = full + probationary
    affiliated, affiliated_findings = _affiliated(read, cells, full, probationary)
    staff = read["staff"].whole
    findings = [
        *full_findings,
        *_value_findings(read, cells),
        *affiliated_findings,
        *_disagreements(staff, full, probationary, total),
    ]
    repaired = (field for field, count in read.items() if count.reading is Reading.REPAIRED)
    return Members(staff, full, probationary, affiliated, total, tuple(findings), tuple(repaired))


def _disagreements(
    staff: int | None, full: int | None, probationary: int | None, total: int | None
) -> Iterator[Reason]:
    """Yield counts that can't all be right; none is mended, a person has to."""
    if total is not None and full is not None:
        rest = probationary if probationary is not None else max(0, total - full)
        if total != full + rest:
            figures = {"total": total, "full": full, "probationary": probationary}
            yield Reason(Rule.COUNTS_DISAGREE, figures)
    most = max((count for count in (total, full) if count is not None), default=0)
    if staff is not None and most > staff:
        yield Reason(Rule.MEMBERS_OVER_STAFF, {"members": most, "staff": staff})


def _quote(rule: Rule, field: str, cells: Mapping[str, object]) -> Reason:
    return Reason(rule, {"field": field, "written": quoted(cells.get(field))})


def _full_members(
    read: Mapping[str, Count], cells: Mapping[str, object]
) -> tuple[int | None, list[Reason]]:
    """Return the full members, or None and the reason why nobody knows them."""
    full, total = read["full_members"], read["total_members"]
    if full.value is not None:
        return full.value - (full.probationary or 0), []
    for field in ("full_members", "total_members"):
        if read[field].faulty:
            negative = read[field].reading is Reading.NEGATIVE
            rule = Rule.MEMBERS_NEGATIVE if negative else Rule.MEMBERS_UNREADABLE
            return None, [_quote(rule, field, cells)]
    if total.value is None:
        return None, [Reason(Rule.MEMBERS_BLANK, {"field": "full_members"})]
    if total.value == 0:
        return 0, []
    probationary = _first(total.probationary, read["probationary_members"].whole)
    if probationary is not None and probationary <= total.value:
        return total.value - probationary, []
    findings = [Reason(Rule.ONLY_TOTAL_KNOWN, {"total": total.value})]
    if probationary is not None:
        figures = {"total": total.value, "probationary": probationary}
        findings.append(Reason(Rule.COUNTS_DISAGREE, figures))
    return None, findings


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)


def _probationary(read: Mapping[str, Count], full: int | None) -> int | None:
    cell = read["probationary_members"]
    if cell.reading is not Reading.BLANK:
        return cell.whole
    said = _first(read["full_members"].probationary, read["total_members"].probationary)
    if said is not None:
        return said
    total = read["total_members"].value
    if total is None or full is None or total < full:
        return None
    return total - full


def _affiliated(
    read: Mapping[str, Count],
    cells: Mapping[str, object],
    full: int | None,
    probationary: int | None,
) -> tuple[int | None, list[Reason]]:
    """Return the full members whose affiliation is here, at least.

    A column that counts all members whose affiliation is here may count probationary ones: of
    those it says nothing about, as many as there are probationary members are taken off.
    """
    told = read["affiliated_members"].whole
    if told is not None:
        over = full is not None and told > full
        disagree = Reason(Rule.COUNTS_DISAGREE, {"affiliated": told, "full": full})
        return told, [disagree] if over else []
    here, elsewhere = read["affiliated_total"].whole, read["unaffiliated_total"].whole
    if full is None or (here is None and elsewhere is None):
        return None, []
    if here is not None:
        most = min(here, full)
        if probationary is not None and here >= full + probationary:
            return full, []
        least = max(0, here - (probationary or 0))
        sure = probationary == 0 or here == 0
        field = "affiliated_total"
    else:
        most, field = full, "unaffiliated_total"
        least = max(0, full - (elsewhere or 0))
        sure = probationary == 0 or elsewhere == 0
    value = min(most, least)
    return value, [] if sure else [_quote(Rule.VALUE_APPROXIMATE, field, cells)]


def _value_findings(read: Mapping[str, Count], cells: Mapping[str, object]) -> Iterator[Reason]:
    for field, count in read.items():
        if count.reading is Reading.APPROXIMATE:
            split_elsewhere = count.probationary is not None and field not in {
                "full_members",
                "total_members",
            }
            rule = Rule.VALUE_UNREADABLE if split_elsewhere else Rule.VALUE_APPROXIMATE
            yield _quote(rule, field, cells)
        elif count.faulty and not _decides_full(field, read):
            yield _quote(Rule.VALUE_UNREADABLE, field, cells)


def _decides_full(field: str, read: Mapping[str, Count]) -> bool:
    """Whether a faulty cell is already told as the reason why the full members are unknown."""
    if field == "full_members":
        return True
    return field == "total_members" and read["full_members"].reading is Reading.BLANK
