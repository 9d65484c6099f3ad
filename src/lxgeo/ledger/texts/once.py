"""Equal values told once, for very many of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lxgeo.ledger.sheets.scan import hashed
from lxgeo.ledger.texts.arrow import Texts

Numbers = npt.NDArray[np.int64]


def told_once(values: Sequence[object]) -> tuple[Numbers, Numbers]:
    """Return for each value a number, the same for equal ones, and where each number stands first.

    Values are told apart by their hashes, which takes a fifth of the time of a dictionary; those
    of one hash are compared themselves.
    """
    if isinstance(values, Texts):
        return _told_once(values)
    rows = np.arange(len(values))
    numbers, first = numbered(np.fromiter(map(hash, values), np.int64, len(values)))
    again = np.flatnonzero(first[numbers] != rows)
    of = first[numbers[again]].tolist()
    if any(values[row] != values[i] for row, i in zip(again.tolist(), of, strict=True)):
        index: dict[object, int] = {}
        exact = [index.setdefault(value, len(index)) for value in values]
        return numbered(np.array(exact, dtype=np.int64))
    return numbers, first


def _told_once(texts: Texts) -> tuple[Numbers, Numbers]:
    numbers, first = numbered(hashed(*texts.bytes))
    again = np.flatnonzero(first[numbers] != np.arange(len(numbers)))
    if not texts.taken(again).array.equals(texts.taken(first[numbers[again]]).array):
        return _numbered_from(texts.array.dictionary_encode().indices.to_numpy())
    return numbers, first


def numbered(keys: npt.NDArray[np.int64] | npt.NDArray[np.uint64]) -> tuple[Numbers, Numbers]:
    """Return keys as numbers in the order in which they come, and the first row of each."""
    return _numbered_from(pd.factorize(keys)[0])


def _numbered_from(numbers: npt.NDArray[np.integer[Any]]) -> tuple[Numbers, Numbers]:
    """Return numbers that come one after the other, and the first row of each."""
    first = np.empty(int(numbers.max(initial=-1)) + 1, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return numbers.astype(np.int64), first
