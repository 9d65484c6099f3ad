"""Unified social credit codes (GB 32100-2015) with right check characters, of no real unit."""

from __future__ import annotations

from lxgeo.demo.dice import Dice
from lxgeo.demo.trades import (
    ACCOUNTANTS,
    ASSOCIATION,
    COMPANY,
    COOPERATIVE,
    LAW_FIRM,
    SERVICE,
    SHOP,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Characters of a credit code: no I, O, S, V, Z."""

_PREFIX = {
    COMPANY: "91",
    SHOP: "92",
    COOPERATIVE: "93",
    ASSOCIATION: "51",
    SERVICE: "52",
    LAW_FIRM: "31",
    ACCOUNTANTS: "91",
}
_DIVISION = "980203"
"""No county has this code: every code made here is seen at once to be none of a real unit."""
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code(kind: str, dice: Dice) -> str:
    """Return a credit code for a unit of a kind.

    Parameters
    ----------
    kind
        One of the kinds of `lxgeo.demo.trades`.
    dice
        The organisation's own part of the code.
    """
    body = "MA" + "".join(dice.one_of(ALPHABET) for _ in range(6))
    code = _PREFIX[kind] + _DIVISION + body + _body_check(body)
    return code + check_character(code)


def _body_check(body: str) -> str:
    """Return the check character of an organisation code (GB 11714): X stands for ten."""
    values = (int(each, 36) for each in body)
    total = sum(weight * value for weight, value in zip(_BODY_WEIGHTS, values, strict=True))
    return "0123456789X"[-total % 11]


def check_character(code: str) -> str:
    """Return the check character of the 17 characters before it (GB 32100)."""
    total = sum(pow(3, place, 31) * ALPHABET.index(each) for place, each in enumerate(code))
    return ALPHABET[-total % 31]
