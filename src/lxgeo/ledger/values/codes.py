"""Codes of a ledger: unified social credit codes (GB 32100) and trades (GB/T 4754-2017)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxgeo.ledger.sheets.privacy import identity_number
from lxgeo.ledger.values.wording import as_text, blank, squeeze
from lxgeo.model import Rule

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LOOKALIKES = str.maketrans("OIZS", "0125")
_OLD_IDENTITY = re.compile(r"[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
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
    code never has are taken for the digits they look like (O for 0, I for 1, Z for 2, S for 5)
    only where the check character then fits. A registration number of 15 digits or an organisation
    code of 9 characters (GB 11714) is kept as text and told apart: it identifies nobody here. A
    resident identity number is nobody's credit code and is not kept.
    """
    if blank(cell) or squeeze(cell) in {"无", "/", "-", "暂无"}:
        return CreditCode(None)
    code = re.sub(r"[^0-9A-Za-z.+]", "", squeeze(cell)).upper()
    if _lost(cell, code):
        return CreditCode(None, fault=Rule.CREDIT_CODE_LOST)
    for candidate in (code, code.translate(_LOOKALIKES)):
        if check_fits(candidate):
            return CreditCode(candidate, valid=True)
    if identity_number(code) or _old_identity(code):
        return CreditCode(None, fault=Rule.CREDIT_CODE_WRONG)
    old = registration_number(code) or organisation_code(code)
    text = code if old else squeeze(cell).upper()
    return CreditCode(text, fault=Rule.CREDIT_CODE_OLD if old else Rule.CREDIT_CODE_WRONG)


def _lost(cell: object, code: str) -> bool:
    if isinstance(cell, int | float):
        return abs(cell) >= 10**_EXCEL_DIGITS
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", code):
        return True
    kept = code[:_EXCEL_DIGITS]
    return len(code) == _LENGTH and kept.isdigit() and code.endswith("000") and not check_fits(code)


def registration_number(code: str) -> bool:
    """Whether a text is a registration number: 15 digits, check by MOD 11,10 (ISO 7064)."""
    if not re.fullmatch(r"[1-9]\d{14}", code):
        return False
    product = 10
    for digit in code[:-1]:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return (product + int(code[-1])) % 10 == 1


def organisation_code(code: str) -> bool:
    """Whether a text is an organisation code: 8 characters and a check character (GB 11714)."""
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return False
    weighed = sum(w * int(c, 36) for w, c in zip(_ORGANISATION_WEIGHTS, code, strict=False))
    return "0123456789X0"[11 - weighed % 11] == code[-1]


def _old_identity(code: str) -> bool:
    """Whether a text may be an identity number of 15 digits, as they were issued before 1999."""
    return bool(_OLD_IDENTITY.fullmatch(code)) and not registration_number(code)


def check_fits(code: str) -> bool:
    """Whether a text is 18 characters of the code's alphabet with the right check (GB 32100)."""
    if len(code) != _LENGTH or any(c not in ALPHABET for c in code):
        return False
    values = [ALPHABET.index(c) for c in code]
    total = sum(weight * value for weight, value in zip(WEIGHTS, values, strict=False))
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
