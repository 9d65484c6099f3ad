"""Persons are refused at the door: by what a column is called, and by what stands in it.

lxgeo works on counts per organisation. Names of persons, phones, identity numbers, birthdays and
the like never enter the LEDGER; reports name the headers only, never what stood below them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxgeo.ledger.values.wording import as_text, shortened, tidy

_WHO = (
    "法定代表人|法人代表|^法人$|法人姓名|负责人|出资人|投资人|股东|实际控制人|经营者|业主|董事长|总经理"
    "|书记|联系人|经办人|填表人|填报人|指导员(?!单位|人数|数)|联络员(?!单位|人数|数)"
    "|legalrepresentative|legalperson|contact|secretary"
)
_WHAT = (
    "姓名|党员名单|电话|手机|联系方式|传真|邮箱|电子邮件|微信|qq|身份证|证件号|出生|生日"
    "|^年龄|^性别$|^民族$|^学历|^籍贯|政治面貌|家庭住址|家庭地址|照片"
    "|phone|mobile|^tel$|e?mail|idcard|idnumber|birth|^gender$|^sex$|personname"
)
_OF_PERSONS = re.compile(f"{_WHO}|{_WHAT}")
_ABOUT_SOMEBODY = re.compile(_WHO)
_QUESTION = re.compile("是否|^有无|^有没有")

_IDENTITY = (
    r"[1-9]\d{5}[- ]?(?:18|19|20)\d{2}[- ]?(?:0[1-9]|1[0-2])[- ]?(?:0[1-9]|[12]\d|3[01])"
    r"[- ]?\d{3}[\dXx]"
)
_MOBILE = r"(?:\+?86[- ]?)?1[3-9](?:\d[- ]?\d{4}[- ]?\d{4}|\d{2}[- ]\d{3}[- ]\d{4}|\d{3}[- ]\d{6})"
_WHOLE = re.compile(rf"(?:{_IDENTITY}|{_MOBILE})")
_INSIDE = re.compile(
    rf"(?<![0-9A-Za-z])(?:{_IDENTITY}|{_MOBILE})(?![0-9A-Za-z])|(?<=[A-Za-z]){_MOBILE}(?![0-9A-Za-z])"
)
_LONG_NUMBER = re.compile(r"\d[\d\W_]{9,}[\dXxＸｘ]")
_HYPHENS = re.compile("[‐-―－−]")
_OF_NUMBERS = "0123456789Xx+- "
_IDENTITY_LENGTH = 18
_SHORTEST = 11
_LONGEST = 40  # a longer cell is a sentence, not a number
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def person_header(levels: Sequence[str]) -> bool:
    """Whether a column's header, level by level (squeezed), says that it holds persons.

    A question about them (是否派驻党建指导员) is answered by yes or no and holds none. An upper
    level counts where it is about somebody (负责人 → 学历), not where it is about a means of
    contact, below which an address may stand.
    """
    if not levels or _QUESTION.search(levels[-1]):
        return False
    above = any(_ABOUT_SOMEBODY.search(level) for level in levels[:-1])
    return above or bool(_OF_PERSONS.search(levels[-1]))


def person_values(cells: Sequence[object], *, remarks: bool = False) -> bool:
    """Whether a column holds persons, by the identity numbers and mobile phones in it.

    Parameters
    ----------
    cells
        The column.
    remarks
        Whether it may say anything (备注, and columns that nobody knows): one such number inside
        one cell is enough. Else at least half of its filled cells are nothing but such numbers.
    """
    filled = [cell for cell in cells if cell is not None and cell != ""]
    if remarks:
        return any(_holds_person_number(cell) for cell in filled)
    persons = sum(is_person_number(cell) for cell in filled)
    return persons > 0 and persons * 2 >= len(filled)


def without_persons(text: str) -> str:
    """Return a text with identity numbers and mobile phones struck out of it."""
    if not any(c.isdigit() for c in text):
        return text
    return _INSIDE.sub("", _one_hyphen(text)).strip(" ,;:，；：、")


def quoted(cell: object) -> str:
    """Return what stood in a cell as a finding may quote it: short, and without persons."""
    text = tidy(cell)
    bare = without_persons(text)
    return shortened(as_text(cell).strip() if bare == text else bare)


def is_person_number(cell: object) -> bool:
    """Whether a cell is nothing but somebody's identity number or mobile phone."""
    text = as_text(cell)
    if not _SHORTEST <= len(text) <= _LONGEST or "\u4e00" <= text[0] <= "\u9fff":
        return False
    if text.isascii() and text.strip(_OF_NUMBERS):
        return False
    text = _one_hyphen(tidy(text))
    return bool(_WHOLE.fullmatch(text)) and _belongs_to_a_person(text)


def _holds_person_number(cell: object) -> bool:
    text = as_text(cell)
    if len(text) < _SHORTEST or not _LONG_NUMBER.search(text):
        return False
    found = _INSIDE.finditer(_one_hyphen(tidy(text)))
    return any(_belongs_to_a_person(match[0]) for match in found)


def _one_hyphen(text: str) -> str:
    return text if text.isascii() else _HYPHENS.sub("-", text)


def _belongs_to_a_person(number: str) -> bool:
    """Whether a number that looks like a person's is one: an identity number's check fits."""
    bare = re.sub("[- ]", "", number)
    return len(bare) != _IDENTITY_LENGTH or identity_number(bare)


def identity_number(text: str) -> bool:
    """Whether a text is a resident identity number: its check digit (GB 11643) fits."""
    if not re.fullmatch(_IDENTITY, text):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False))
    return _CHECK[total % 11] == text[17].upper()
