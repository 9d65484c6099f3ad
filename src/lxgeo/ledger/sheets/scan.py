"""What is asked of every letter of very many texts, letter by letter, as UTF-8 holds them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]

_TWO, _THREE, _FOUR = 0x80, 0xE0, 0xF0
"""First bytes from which a letter has so many."""

_BEYOND = 0xFFFF
_NINE, _E = ord("9"), ord("E")
_CODE = 18
_CHECKED = 31
_PHONE = 11


@njit(cache=True)
def looked_at(
    data: Bytes, offsets: Offsets, classes: Bytes, digit: int, most: int
) -> tuple[Any, Any, Any, Any, Any]:
    """Return what `lxgeo.ledger.texts.plain.Looks` tells of texts.

    Parameters
    ----------
    data, offsets
        The texts' bytes in a row, and where each begins and ends, (texts + 1,).
    classes
        The class of every letter by its number; beyond U+FFFF all are like the last, (65536,).
    digit
        The class of digits.
    most
        How many digits are few.
    """
    texts = len(offsets) - 1
    lengths = np.zeros(texts, np.int64)
    has, first, last = (
        np.zeros(texts, np.uint8),
        np.zeros(texts, np.uint8),
        np.zeros(texts, np.uint8),
    )
    few = np.zeros(texts, np.bool_)
    for text in range(texts):
        at, end = offsets[text], offsets[text + 1]
        if at == end:
            continue
        length, digits = 0, 0
        together, of = np.uint8(0), np.uint8(0)
        while at < end:
            byte = np.int64(data[at])
            if byte < _TWO:
                letter = byte
                at += 1
            elif byte < _THREE:
                letter = (byte & 0x1F) << 6 | (data[at + 1] & 0x3F)
                at += 2
            elif byte < _FOUR:
                letter = (byte & 0xF) << 12 | (data[at + 1] & 0x3F) << 6 | (data[at + 2] & 0x3F)
                at += 3
            else:
                letter = np.int64(_BEYOND)
                at += 4
            of = classes[letter]
            if length == 0:
                first[text] = of
            together |= of
            digits += of == digit
            length += 1
        lengths[text], has[text], last[text] = length, together, of
        few[text] = digits <= most
    return lengths, has, first, last, few


@njit(cache=True)
def hashed(data: Bytes, offsets: Offsets) -> npt.NDArray[np.int64]:
    """Return a number for every text, the same for equal ones and rarely for others."""
    texts = len(offsets) - 1
    told = np.zeros(texts, np.int64)
    number = np.uint64(0)
    for text in range(texts):
        number = np.uint64(0xCBF29CE484222325)
        for at in range(offsets[text], offsets[text + 1]):
            number = (number ^ np.uint64(data[at])) * np.uint64(0x100000001B3)
        told[text] = np.int64(number ^ (number >> np.uint64(32)))
    return told


@njit(cache=True)
def codes_fit(
    data: Bytes, offsets: Offsets, asked: npt.NDArray[np.bool_], values: Any, weights: Any
) -> tuple[Any, Any]:
    """Return which texts are credit codes, and in which nobody's number hides.

    Parameters
    ----------
    data, offsets
        The texts' bytes, and where each begins and ends.
    asked
        Which are 18 digits and letters in upper case, (texts,).
    values, weights
        What each letter counts (-1: it is none of a code's), and how much in each place.

    Returns
    -------
    fits, hides_nobody
        As `lxgeo.ledger.texts.plain.codes_that_fit` tells them.
    """
    fits, alone = np.zeros(len(asked), np.bool_), np.zeros(len(asked), np.bool_)
    for text in range(len(asked)):
        if not asked[text]:
            continue
        begin = offsets[text]
        total, known, letters, late, after = 0, True, 0, 0, 0
        for place in range(_CODE):
            letter = data[begin + place]
            value = values[letter]
            known &= value >= 0
            if letter > _NINE and place < _CODE - 1:
                letters += 1
            if letter > _NINE and place >= _CODE - _PHONE:
                late += 1
            if letter > _NINE and place > 1:
                after += 1
            if place < _CODE - 1:
                total += weights[place] * value
        check = (_CHECKED - total % _CHECKED) % _CHECKED
        number = data[begin + 1] == _E and after == 0
        fits[text] = known and values[data[begin + _CODE - 1]] == check and not number
        alone[text] = fits[text] and letters > 0 and late > 0
    return fits, alone
