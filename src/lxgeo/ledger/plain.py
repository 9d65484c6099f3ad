"""Cells that are plain as they stand, and codes that fit: told for very many at once.

What is plain here is left as it is by everything that tidies, strikes out or compares text
(`lxgeo.ledger.wording`, `lxgeo.ledger.privacy`), and needs none of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from lxgeo.ledger.codes import ALPHABET, WEIGHTS

Flags = npt.NDArray[np.bool_]

_SHORTEST = 5
"""A shorter text may be a word that means nothing (无, 暂无, 同上)."""

_MOST_DIGITS = 10
"""More may be somebody's number."""

_CODE = 18
_CHECKED = 31
_PHONE = 11
_PHONES_FROM = 10**10


def plain(values: Sequence[object]) -> Flags:
    """Return for each value whether it is a text of Chinese characters, ASCII letters and digits.

    Hyphens, points and round brackets may stand inside. Told only of texts without white space, of
    five characters or more, with ten digits at most.
    """
    told = np.zeros(len(values), dtype=bool)
    which = [i for i, value in enumerate(values) if isinstance(value, str) and value]
    if not which:
        return told
    texts = [str(values[i]) for i in which]
    points = _points("".join(texts))
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    ends = np.cumsum(lengths)
    starts = ends - lengths
    digit = (points >= ord("0")) & (points <= ord("9"))
    letter = ((points | 32) >= ord("a")) & ((points | 32) <= ord("z"))
    solid = digit | letter | ((points >= 0x4E00) & (points <= 0x9FFF))  # noqa: PLR2004 -- Han
    inside = np.isin(points, [ord(mark) for mark in "-.()"])
    told[which] = (
        (lengths >= _SHORTEST)
        & np.logical_and.reduceat(solid | inside, starts)
        & (np.add.reduceat(digit, starts, dtype=np.int64) <= _MOST_DIGITS)
        & solid[starts]
        & solid[ends - 1]
    )
    return told


def codes_that_fit(values: Sequence[object]) -> Flags:
    """Return for each value whether it is a credit code as GB 32100 writes it, check and all.

    Told only of texts of 18 characters without anything to mend; a number in scientific notation
    is none.
    """
    told = np.zeros(len(values), dtype=bool)
    which = [
        i
        for i, value in enumerate(values)
        if isinstance(value, str) and len(value) == _CODE and value.isascii() and value[1] != "E"
    ]
    if not which:
        return told
    points = _points("".join(str(values[i]) for i in which)).reshape(-1, _CODE)
    place = np.full(128, -1, dtype=np.int64)
    place[[ord(letter) for letter in ALPHABET]] = np.arange(len(ALPHABET))
    digits = place[points]
    total = digits[:, :-1] @ np.array(WEIGHTS)
    fits = digits[:, -1] == (_CHECKED - total % _CHECKED) % _CHECKED
    told[which] = fits & (digits >= 0).all(axis=1)
    return told


def settled(values: Sequence[object], is_plain: Flags) -> Flags:
    """Return for each value whether it says nothing but itself.

    Neither blank, nor 同上, nor an error, nor anybody's number: plain texts, credit codes that no
    phone and no identity number can hide in, and numbers below those of phones.

    Parameters
    ----------
    values, is_plain
        The values, and what `plain` says of them.
    """
    told = is_plain.copy()
    rest = np.flatnonzero(~is_plain).tolist()
    left = [values[i] for i in rest]
    told[rest] = [_small_number(value) for value in left]
    for i in np.flatnonzero(codes_that_fit(left)).tolist():
        code = str(left[i])
        told[rest[i]] = not code[:-1].isdigit() and not code[-_PHONE:].isdigit()
    return told


def _small_number(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _MOST_DIGITS and value.isascii() and value.isdigit()
    return isinstance(value, int | float) and -_PHONES_FROM < value < _PHONES_FROM


def containing(values: Sequence[object], letters: Collection[str]) -> Flags:
    """Return for each value whether it is a text that holds one of some letters."""
    told = np.zeros(len(values), dtype=bool)
    which = [i for i, value in enumerate(values) if isinstance(value, str) and value]
    if which:
        texts = [str(values[i]) for i in which]
        points = _points("".join(texts))
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        holds = np.isin(points, [ord(letter) for letter in letters])
        told[which] = np.logical_or.reduceat(holds, np.cumsum(lengths) - lengths)
    return told


def _points(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
