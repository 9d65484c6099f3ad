"""The letters of very many texts, all in one row: what each text is asked is asked at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from lxgeo.ledger.texts.arrow import Texts

Points: TypeAlias = npt.NDArray[np.uint16]
Flags: TypeAlias = npt.NDArray[np.bool_]
Keys: TypeAlias = npt.NDArray[np.uint64]

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_LETTER = np.uint64(16)
_KEY = 4
"""Letters of sixteen bits that a key holds."""


def points_of(texts: Sequence[str]) -> Points:
    """Return the letters of all texts as numbers; those beyond U+FFFF as U+FFFF."""
    return points_in("".join(texts))


def points_in(together: str) -> Points:
    """Return the letters of a text as numbers; those beyond U+FFFF as U+FFFF."""
    points = np.frombuffer(together.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if len(points) == len(together):
        return points
    wide = np.frombuffer(together.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.minimum(wide, 0xFFFF).astype(np.uint16)


class Letters:
    """Texts from which beginnings and endings are taken, and that are compared by what is left.

    Parameters
    ----------
    texts
        Texts, empty ones too.
    """

    def __init__(self, texts: Sequence[object]) -> None:
        if isinstance(texts, Texts):
            together, lengths = texts.letters(0, len(texts)), texts.lengths
        else:
            said = list(map(str, texts))
            together = "".join(said)
            lengths = np.fromiter(map(len, said), np.int64, len(said))
        self.points = np.append(points_in(together), np.uint16(0))
        ends = np.cumsum(lengths)
        self.ends = ends
        self.begins = np.concatenate([[0], ends[:-1]]) if len(ends) else ends

    @property
    def lengths(self) -> npt.NDArray[np.int64]:
        """How many letters are left of each text."""
        return self.ends - self.begins

    def at(self, place: int) -> Points:
        """Return each text's letter at a place, from the end where that is negative; 0 beyond."""
        where = self.begins + place if place >= 0 else self.ends + place
        inside = (where >= self.begins) & (where < self.ends)
        return self.points[np.where(inside, where, len(self.points) - 1)]

    def end_in(self, ending: str) -> Flags:
        """Return which texts end in a word."""
        told = np.ones(len(self.ends), dtype=bool)
        for back, letter in enumerate(reversed(ending), start=1):
            told &= self.at(-back) == ord(letter)
            if not told.any():
                break
        return told

    def hold(self, letters: str) -> Flags:
        """Return which texts hold one of some letters."""
        wanted = np.zeros(1 << 16, dtype=bool)
        wanted[[ord(letter) for letter in letters]] = True
        told = np.zeros(len(self.ends), dtype=bool)
        found = np.flatnonzero(wanted[self.points])
        text = np.searchsorted(self.ends, found, side="right")
        inside = text < len(told)
        text, found = text[inside], found[inside]
        told[text[found >= self.begins[text]]] = True
        return told

    def take_off_end(self, endings: Sequence[str], of: Flags | None = None) -> Flags:
        """Take off the first of some endings that each text has; return which texts had one.

        Parameters
        ----------
        endings
            The endings, a longer one before one that it ends in.
        of
            Which texts it is taken off, (texts,); all if None.
        """
        told = np.zeros(len(self.ends), dtype=bool)
        for ending in endings:
            has = self.end_in(ending) & ~told & (True if of is None else of)
            self.ends = self.ends - has * len(ending)
            told |= has
        return told

    def first(self) -> Keys:
        """Return a key of each text's first four letters: equal where they are, and only there."""
        return self._key(range(_KEY))

    def last(self) -> Keys:
        """Return a key of each text's last four letters: equal where they are, and only there."""
        return self._key(range(-1, -_KEY - 1, -1))

    def whole(self) -> Keys:
        """Return a key that is equal for equal texts, and rarely for others."""
        return mixed(self.first(), self.last(), self.lengths)

    def _key(self, places: range) -> Keys:
        key = np.zeros(len(self.ends), dtype=np.uint64)
        for place in places:
            key = (key << _LETTER) | self.at(place).astype(np.uint64)
        return key


def mixed(first: npt.NDArray[np.generic], *more: npt.NDArray[np.generic]) -> Keys:
    """Return a key that is equal where all of some keys are, and rarely elsewhere."""
    key = first.view(np.uint64)
    for other in more:
        key = (key ^ (key >> np.uint64(29))) * _SPREAD + other.view(np.uint64)
    return key
