"""Trades (行业): how far apart two GB/T 4754 codes are on the tree of trades.

A code is a section letter and two to four digits: ``C`` (section), ``C39`` (division), ``C391``
(group), ``C3912`` (class). A short code says nothing of the levels below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

LEVELS = ("section", "division", "group", "class")
"""Levels of the tree, broadest first."""

GAP_UNKNOWN = 0.5
"""Gap where either trade is unknown."""

_CODE = re.compile(r"([A-T])(\d{2,4})?")
_PREFIX = {"section": 1, "division": 3, "group": 4, "class": 5}
_STEP = 1.0 / len(LEVELS)


def trade_levels(codes: Iterable[object]) -> NDArray[np.int32]:
    """Return each code as one number a level, comparable between any two calls.

    Parameters
    ----------
    codes
        GB/T 4754 codes; what is no such code (empty, NaN, other text) is unknown.

    Returns
    -------
    ndarray of int32, shape (n, 4)
        A number for section, division, group and class; -1 at a level that is not known.
    """
    each = list(codes)
    levels = {code: _levels_of(code) for code in set(each)}
    return np.array([levels[code] for code in each], dtype=np.int32).reshape(-1, len(LEVELS))


def _levels_of(code: object) -> tuple[int, ...]:
    match = _CODE.fullmatch(code) if isinstance(code, str) else None
    if match is None:
        return (-1,) * len(LEVELS)
    letter, digits = ord(match[1]) - ord("A"), match[2] or ""
    known = [letter] + [
        letter * 10**length + int(digits[:length]) for length in range(2, len(digits) + 1)
    ]
    return (*known, *(-1,) * (len(LEVELS) - len(known)))


def trade_gap(one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return how far apart trades are, by the deepest level that both are known to share.

    Parameters
    ----------
    one, other : ndarray of int32, shape (..., 4)
        Trades as `trade_levels` gives them; shapes broadcast.

    Returns
    -------
    ndarray of float64, shape (...)
        0 class, 0.25 group, 0.5 division, 0.75 section, 1 none; 0.5 where either is unknown.
    """
    shared = ((one == other) & (one >= 0)).sum(axis=-1)
    unknown = (one[..., 0] < 0) | (other[..., 0] < 0)
    return np.where(unknown, GAP_UNKNOWN, 1.0 - _STEP * shared)


def known_alike(one: NDArray[np.int32], other: NDArray[np.int32], level: str) -> NDArray[np.bool_]:
    """Return whether trades are known to be the same down to a level of `LEVELS`.

    Parameters
    ----------
    one, other : ndarray of int32, shape (..., 4)
        Trades as `trade_levels` gives them; shapes broadcast.
    level
        A name of `LEVELS`.
    """
    at = LEVELS.index(level)
    alike: NDArray[np.bool_] = (one[..., at] == other[..., at]) & (one[..., at] >= 0)
    return alike


def known_apart(one: NDArray[np.int32], other: NDArray[np.int32], level: str) -> NDArray[np.bool_]:
    """Return whether trades are known to differ down to a level, as for `known_alike`.

    Neither holds where a code is missing, or is too short to tell.
    """
    down = slice(LEVELS.index(level) + 1)
    both = (one[..., down] >= 0) & (other[..., down] >= 0)
    apart: NDArray[np.bool_] = (both & (one[..., down] != other[..., down])).any(axis=-1)
    return apart


def shared_trade(codes: Iterable[object]) -> str:
    """Return the longest code that all trades are known to lie under, empty if none.

    Parameters
    ----------
    codes
        GB/T 4754 codes; one unknown among them and nothing is known to be shared.
    """
    known = [code if isinstance(code, str) and _CODE.fullmatch(code) else "" for code in codes]
    for level in reversed(LEVELS):
        length = _PREFIX[level]
        heads = {code[:length] if len(code) >= length else "" for code in known}
        if len(heads) == 1 and (head := heads.pop()):
            return head
    return ""
