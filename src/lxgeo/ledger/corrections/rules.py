"""When a correction counts: signed by a post, dated, free of persons, readable for its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lxgeo.errors import Words
from lxgeo.ledger.sheets.fields import field_words
from lxgeo.ledger.sheets.privacy import identity_number, quoted, without_persons
from lxgeo.ledger.sheets.vocabulary import FIELDS
from lxgeo.ledger.values import choices, codes, coordinates, counts, dates
from lxgeo.ledger.values.wording import stated, tidy
from lxgeo.model import Datum


def unsigned(value: str, post: str, day: str, why: str) -> Words | None:
    """Return what is missing or too much in a correction's signature; None where it is in order.

    Parameters
    ----------
    value, post, day, why
        As filled in; ``day`` as year-month-day, or as written where it is no date.
    """
    for said in (value, post, why):
        if holds_person(said):
            return Words(
                "填有电话或证件号码，未采用；更正人只填岗位",
                "it holds a phone or identity number and is not taken; sign by post only",
            )
    if not value:
        return Words("没有填更正值，未作改动", "no value is given: nothing was changed")
    missing = [words for said, words in ((post, _POST), (day, _DAY)) if not said]
    if missing:
        return Words(
            f"未签署：缺{'、'.join(words.zh for words in missing)}",
            f"not signed: {' and '.join(words.en for words in missing)} missing",
        )
    if not _is_day(day):
        return Words(
            f"日期“{quoted(day)}”不能识别；请写成 2026-01-31",
            f"the date '{quoted(day)}' can't be read; write 2026-01-31",
        )
    return None


_POST = Words("更正人（岗位）", "the post")
_DAY = Words("日期", "the date")
_PARTS = 3
_EDGES = " ,;:，；：、"
_SPAN = ((1900, 2200), (1, 12), (1, 31))


def _is_day(day: str) -> bool:
    parts = day.split("-")
    return len(parts) == _PARTS and all(
        part.isascii() and part.isdigit() and low <= int(part) <= high
        for part, (low, high) in zip(parts, _SPAN, strict=True)
    )


def holds_person(text: str) -> bool:
    """Whether a text holds a phone or an identity number; a valid credit code is none."""
    bare = tidy(text)
    if codes.check_fits(bare.upper()) and not identity_number(bare):
        return False
    return without_persons(bare).strip(_EDGES) != bare.strip(_EDGES)


def hide_person(text: str) -> str:
    """Return a text to be shown: struck out where it holds a phone or an identity number."""
    return "***" if holds_person(text) else text


def unreadable(field: str, value: str) -> Words | None:
    """Return why a value can't stand in a field; None where the field's own rule reads it.

    Parameters
    ----------
    field
        A field of a ledger.
    value
        What a person wants to stand there.
    """
    reader = _READERS.get(field, _text)
    if field not in FIELDS:
        return Words(f"不认识字段“{quoted(field)}”", f"no field '{quoted(field)}'")
    if reader(value):
        return None
    called = field_words(field)
    return Words(
        f"更正值“{quoted(value)}”不能读作{called.zh}；{_HOW.get(field, _WRITE).zh}",
        f"'{quoted(value)}' can't be read as {called.en}; {_HOW.get(field, _WRITE).en}",
    )


def _count(value: str) -> bool:
    read = counts.read_count(value)
    return read.reading in {counts.Reading.PLAIN, counts.Reading.REPAIRED}


def _degrees(most: float) -> Callable[[str], bool]:
    def readable(value: str) -> bool:
        angle = coordinates.degrees(value)
        return angle is not None and 0 < abs(angle) <= most

    return readable


def _pair(value: str) -> bool:
    return coordinates.position(None, None, value).lon is not None


def _known(reader: Callable[[object], object]) -> Callable[[str], bool]:
    return lambda value: reader(value) is not None


def _datum(value: str) -> bool:
    return coordinates.datum(value) not in {None, Datum.UNKNOWN}


def _form(value: str) -> bool:
    return choices.branch_form(value) is not None or choices.yes_or_no(value) is False


def _organised(value: str) -> bool:
    return choices.yes_or_no(value) is not None or choices.branch_form(value) is not None


def _text(value: str) -> bool:
    return bool(without_persons(stated(value) or ""))


# What is not listed is a text.
_READERS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    dict.fromkeys(counts.COUNT_FIELDS, _count)
    | {
        "credit_code": lambda value: codes.credit_code(value).valid,
        "industry_code": _known(codes.industry_code),
        "operating_status": _known(choices.operating_status),
        "line": _known(choices.line),
        "kin_majority": _known(choices.yes_or_no),
        "instructor": _known(choices.yes_or_no),
        "association_members": _count,
        "part_time_members": _count,
        "organised": _organised,
        "founded": _known(dates.read_date),
        "branch_kind": _form,
        "datum": _datum,
        "lon": _degrees(180),
        "lat": _degrees(90),
        "coordinates": _pair,
    }
)

_WRITE = Words("请写明", "please state it")
_NUMBER = Words("请填确切人数，没有填 0", "give the exact number, 0 for none")
_ANGLE = Words("请填十进制度数，如 113.5312", "give decimal degrees, such as 113.5312")
_YES_NO = Words("请填“是”或“否”", "say yes or no")
_HOW = MappingProxyType(
    dict.fromkeys(counts.COUNT_FIELDS, _NUMBER)
    | {
        "credit_code": Words(
            "请按登记证照填 18 位代码，并设为文本",
            "give the 18 characters of its certificate, as text",
        ),
        "industry_code": Words("请填行业代码，如 C3911", "give a trade code such as C3911"),
        "operating_status": Words(
            "请填在营、停业、注销、空壳或迁出",
            "say operating, suspended, closed, shell or moved",
        ),
        "line": Words("请填属地、归口或挂靠", "say territorial, sectoral or attached"),
        "kin_majority": _YES_NO,
        "instructor": _YES_NO,
        "association_members": _NUMBER,
        "part_time_members": _NUMBER,
        "organised": _YES_NO,
        "founded": Words("请填日期，如 2020-06-01", "give a date, such as 2020-06-01"),
        "datum": Words(
            "请填 WGS84、CGCS2000、GCJ-02 或 BD-09", "say WGS84, CGCS2000, GCJ-02 or BD-09"
        ),
        "lon": _ANGLE,
        "lat": _ANGLE,
        "coordinates": Words("请填“经度,纬度”", "give lon,lat"),
    }
)
"""Field → how to write it."""
