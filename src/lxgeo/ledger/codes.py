"""Codes of a ledger: unified social credit codes (GB 32100) and trades (GB/T 4754-2017)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxgeo.ledger.privacy import identity_number
from lxgeo.ledger.wording import as_text, blank, squeeze
from lxgeo.model import Rule

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_EXCEL_DIGITS = 15
_LENGTH = 18


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A credit code as read.

    Parameters
    ----------
    text
        The code, normalised; None where nothing, or nothing that can be trusted, stands there.
    valid
        Whether it has 18 characters and its check character fits: only then it identifies a unit.
    fault
        What is wrong with it, if anything.
    """

    text: str | None
    valid: bool = False
    fault: Rule | None = None


def credit_code(cell: object) -> CreditCode:
    """Return a cell read as a unified social credit code.

    A number of more than 15 digits has lost its end in the spreadsheet, for good. Letters that the
    code never has are taken for the digits they look like (O for 0, I for 1) only where the check
    character then fits. A resident identity number is nobody's credit code and is not kept.
    """
    if blank(cell) or squeeze(cell) in {"无", "/", "-", "暂无"}:
        return CreditCode(None)
    code = re.sub(r"[^0-9A-Za-z.+]", "", squeeze(cell)).upper()
    if _lost(cell, code):
        return CreditCode(None, fault=Rule.CREDIT_CODE_LOST)
    for candidate in (code, code.replace("O", "0").replace("I", "1")):
        if check_fits(candidate):
            return CreditCode(candidate, valid=True)
    if identity_number(code):
        return CreditCode(None, fault=Rule.CREDIT_CODE_WRONG)
    return CreditCode(squeeze(cell).upper(), fault=Rule.CREDIT_CODE_WRONG)


def _lost(cell: object, code: str) -> bool:
    if isinstance(cell, int | float):
        return abs(cell) >= 10**_EXCEL_DIGITS
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", code):
        return True
    kept = code[:_EXCEL_DIGITS]
    return len(code) == _LENGTH and kept.isdigit() and code.endswith("000") and not check_fits(code)


def check_fits(code: str) -> bool:
    """Whether a text is 18 characters of the code's alphabet with the right check (GB 32100)."""
    if len(code) != _LENGTH or any(c not in _ALPHABET for c in code):
        return False
    values = [_ALPHABET.index(c) for c in code]
    total = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=False))
    return values[-1] == (31 - total % 31) % 31


# First division of each section, GB/T 4754-2017; a section reaches up to the next one's first.
_SECTIONS: tuple[tuple[int, str], ...] = (
    *((1, "A"), (6, "B"), (13, "C"), (44, "D"), (47, "E"), (51, "F"), (53, "G"), (61, "H")),
    *((63, "I"), (66, "J"), (70, "K"), (71, "L"), (73, "M"), (76, "N"), (80, "O"), (83, "P")),
    *((84, "Q"), (86, "R"), (91, "S"), (97, "T")),
)
_LAST_DIVISION = 97

# 3911计算机整机制造 is a code, 2023年成立 and 12人 are not.
_AT_START = re.compile(r"([A-T])?-?(\d{2,4})(?![\d.年月日个万亿元人名家多余%])")
_ANYWHERE = re.compile(r"(?<![0-9A-Z])([A-T])(\d{2,4})(?!\d)")


def section_of(division: int) -> str | None:
    """Return the section letter of a two-digit division; None where there is none."""
    if not 1 <= division <= _LAST_DIVISION:
        return None
    return next(letter for first, letter in reversed(_SECTIONS) if division >= first)


def industry_code(cell: object) -> str | None:
    """Return a trade as a section letter and two to four digits, or None.

    Digits alone get the section that their division lies in; a letter that says another section
    than its digits is not believed. Trades in words are left to people.
    """
    text = as_text(cell) if isinstance(cell, int | float) else squeeze(cell).upper()
    match = _AT_START.match(text) or _ANYWHERE.search(text)
    if match is None:
        return None
    section = section_of(int(match[2][:2]))
    if section is None or (match[1] is not None and match[1] != section):
        return None
    return section + match[2]
