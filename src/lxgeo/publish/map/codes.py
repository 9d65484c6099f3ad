"""Unified social credit codes (GB 32100-2015) in few bytes.

A right code repeats its first eight characters (kind of body, division) from its neighbours and
ends in two characters that can be worked out; only eight are its own. Whatever else stands in the
column goes along as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo.ledger.values.codes import ALPHABET, WEIGHTS
from lxgeo.publish.map.pack import PackedColumn, counts, texts
from lxgeo.publish.map.wording import lettered

_LENGTH, _START, _BODY = 18, 8, 8
_BODY_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_WEIGHTS = np.array(WEIGHTS)
_BODY_CHECKS = np.array([ord(each) for each in "0123456789X"])
_BLANK = "0" * _LENGTH


def credit_codes(name: str, values: Sequence[str]) -> tuple[PackedColumn, ...]:
    """Return codes as their first eight characters, numbered, and eight planes of their own.

    Parameters
    ----------
    name
        Name in the page.
    values
        Codes as they stand; an empty text where there is none.

    Returns
    -------
    tuple of PackedColumn
        ``name`` itself; ``.start`` (0: not a code, see ``.odd``), ``.body``, and ``.odd``, the text
        of each row that is not a right code.
    """
    fitting = np.array([len(value) == _LENGTH and value.isascii() for value in values], dtype=bool)
    points = _points([v if fits else _BLANK for v, fits in zip(values, fitting, strict=True)])
    right = fitting & _right(points)
    starts = pd.Series(
        [value[:_START] if fits else None for value, fits in zip(values, right, strict=True)],
        dtype="object",
    )
    codes, different = pd.factorize(starts)
    body = points[right, _START : _START + _BODY].astype(np.uint8)
    return (
        PackedColumn(name, "credit", len(values), b""),
        counts(f"{name}.start", codes + 1),
        texts(f"{name}.start.values", different),
        PackedColumn(f"{name}.body", "u1", body.size, body.T.tobytes()),
        *lettered(f"{name}.odd", [v for v, fits in zip(values, right, strict=True) if not fits]),
    )


def _points(values: Sequence[str]) -> NDArray[np.int64]:
    """Return each code's characters as numbers, shape (n, 18)."""
    wide = np.array(values, dtype=f"<U{_LENGTH}")
    return wide.view(np.uint32).reshape(len(values), _LENGTH).astype(np.int64)


def _right(points: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which codes end in the two characters that follow from the others."""
    value = np.full(128, -1, dtype=np.int64)
    value[[ord(each) for each in ALPHABET]] = np.arange(len(ALPHABET))
    base36 = np.full(128, 0, dtype=np.int64)
    for at, each in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        base36[ord(each)] = at
    values = value[points]
    body = points[:, _START : _START + _BODY]
    inner = _BODY_CHECKS[-(base36[body] @ _BODY_WEIGHTS) % 11]
    letters = np.array([ord(each) for each in ALPHABET])
    outer = letters[-(values[:, :-1] @ _WEIGHTS) % 31]
    known = (values >= 0).all(axis=1)
    return known & (points[:, _START + _BODY] == inner) & (points[:, -1] == outer)
