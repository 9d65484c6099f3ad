"""Cells that are plain as they stand, and codes that fit: told for very many at once.

What is plain here is left as it is by everything that tidies, strikes out or compares text
(`lxgeo.ledger.values.wording`, `lxgeo.ledger.sheets.privacy`), and needs none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from lxgeo.ledger.sheets.scan import codes_fit, looked_at
from lxgeo.ledger.texts.arrow import Texts
from lxgeo.ledger.texts.letters import Flags, points_of
from lxgeo.ledger.values.codes import ALPHABET, WEIGHTS

Classes = npt.NDArray[np.uint8]
"""What letters are, each class a bit."""

DIGIT, LOWER, UPPER, HAN, POINT, BRACKET, HARMLESS, OTHER = (1 << bit for bit in range(8))
"""What a letter is. Harmless: a mark that may be written otherwise, but hides no digit."""

SOLID = DIGIT | LOWER | UPPER | HAN
_PLAIN = SOLID | POINT | BRACKET
_HARMLESS = "（）、,:;#·&/+_"

_SHORTEST = 6
"""A shorter text may be a word that means nothing (无, 暂无, 同上, ditto)."""

_MOST_DIGITS = 10
"""More may be somebody's number."""

_BLOCK = 1 << 14
_CODE = 18
_CHECKED = 31
_PHONE = 11
_PHONES_FROM = 10**10


def _classes() -> Classes:
    """Return the class of every letter, by its number; beyond U+FFFF all are like the last."""
    classes = np.full(1 << 16, OTHER, dtype=np.uint8)
    for letters, of in (("-.", POINT), ("()", BRACKET), (_HARMLESS, HARMLESS)):
        classes[[ord(letter) for letter in letters]] = of
    for first, last, of in (("0", "9", DIGIT), ("a", "z", LOWER), ("A", "Z", UPPER)):
        classes[ord(first) : ord(last) + 1] = of
    classes[0x4E00:0xA000] = HAN
    return classes


_CLASSES = _classes()


@dataclass(frozen=True, eq=False)
class Looks:
    """What values look like, each text's letters looked at once.

    Parameters
    ----------
    lengths
        How many letters each text has; 0 for what is no text, (values,).
    has
        The classes of a text's letters together, (values,).
    first, last
        The classes of a text's first and last letter, (values,).
    few_digits
        Whether a text has ten digits at most, (values,).
    """

    lengths: npt.NDArray[np.int64]
    has: Classes
    first: Classes
    last: Classes
    few_digits: Flags

    @classmethod
    def of(cls, values: Sequence[object]) -> Looks:
        """Look at values of any kind, some ten thousand at a time."""
        kinds = (np.int64, np.uint8, np.uint8, np.uint8, bool)
        looks = cls(*(np.zeros(len(values), dtype=kind) for kind in kinds))
        if isinstance(values, Texts):
            return cls(*looked_at(*values.bytes, _CLASSES, DIGIT, _MOST_DIGITS))
        for begin in range(0, len(values), _BLOCK):
            looks._look_at(values[begin : begin + _BLOCK], begin)
        return looks

    def _look_at(self, values: Sequence[object], begin: int) -> None:
        which, texts = _texts(values)
        if not texts:
            return
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        ends = np.cumsum(lengths)
        starts = ends - lengths
        classes = _CLASSES[points_of(texts)]
        self.lengths[begin:][which] = lengths
        self.has[begin:][which] = np.bitwise_or.reduceat(classes, starts)
        self.first[begin:][which] = classes[starts]
        self.last[begin:][which] = classes[ends - 1]
        self.few_digits[begin:][which] = True
        if lengths.max() > _MOST_DIGITS:
            digits = np.add.reduceat(classes == DIGIT, starts, dtype=np.int64)
            self.few_digits[begin:][which] = digits <= _MOST_DIGITS

    def replaced(self, places: npt.NDArray[np.intp], new: Sequence[object]) -> Looks:
        """Return what values look like of which those at some places were replaced."""
        mine = Looks.of(new)
        told = {each.name: getattr(self, each.name).copy() for each in fields(self)}
        for name, part in told.items():
            part[places] = getattr(mine, name)
        return Looks(**told)

    def only(self, letters: int) -> Flags:
        """Return which are texts of letters of some classes and no other."""
        return (self.lengths > 0) & (self.has & ~np.uint8(letters) == 0)

    @property
    def plain(self) -> Flags:
        """Which are texts of Chinese characters, ASCII letters and digits.

        Hyphens, points and round brackets may stand inside. Told only of texts without white
        space, of six characters or more, with ten digits at most.
        """
        return self._solid & self.only(_PLAIN)

    @property
    def harmless(self) -> Flags:
        """Which are plain but for marks inside that hide nothing: （深圳）, 3号、5号.

        Tidied they are `with_round_brackets`, and else as they stand.
        """
        return self._solid & self.only(_PLAIN | HARMLESS)

    @property
    def _solid(self) -> Flags:
        ends = (self.first & SOLID != 0) & (self.last & SOLID != 0)
        return ends & (self.lengths >= _SHORTEST) & self.few_digits


def _texts(values: Sequence[Any]) -> tuple[npt.NDArray[np.intp] | slice, Sequence[str]]:
    """Return the texts that are not empty, and their places."""
    if set(map(type, values)) == {str} and all(values):
        return slice(len(values)), values
    places = [i for i, value in enumerate(values) if isinstance(value, str) and value]
    return np.array(places, dtype=np.intp), [values[i] for i in places]


def with_round_brackets(values: Sequence[Any], places: npt.NDArray[np.intp]) -> Sequence[object]:
    """Return the texts at some places with brackets of ASCII, as tidied."""
    if isinstance(values, Texts):
        return values.taken(places).with_letters("（）", "()")
    return [values[at].replace("（", "(").replace("）", ")") for at in places.tolist()]


def codes_that_fit(values: Sequence[object], looks: Looks) -> tuple[Flags, Flags]:
    """Return which values are credit codes as GB 32100 writes them, check and all.

    Told only of texts of 18 characters without anything to mend; a number in scientific notation
    is none.

    Returns
    -------
    fits
        Whether a value is one.
    hides_nobody
        Whether it is one that no phone and no identity number can hide in.
    """
    fits, hides_nobody = np.zeros(len(values), dtype=bool), np.zeros(len(values), dtype=bool)
    asked = (looks.lengths == _CODE) & looks.only(DIGIT | UPPER)
    if isinstance(values, Texts):
        told: tuple[Flags, Flags] = codes_fit(*values.bytes, asked, _PLACES, _WEIGHTS)
        return told
    which = np.flatnonzero(asked)
    if len(which):
        points = points_of([str(values[i]) for i in which.tolist()]).reshape(-1, _CODE)
        digits = _PLACES[points]
        check = (_CHECKED - digits[:, :-1] @ _WEIGHTS % _CHECKED) % _CHECKED
        letters = points > ord("9")
        number = (points[:, 1] == ord("E")) & ~letters[:, 2:].any(axis=1)
        fits[which] = (digits >= 0).all(axis=1) & (digits[:, -1] == check) & ~number
        hides_nobody[which] = (
            fits[which] & letters[:, :-1].any(axis=1) & letters[:, -_PHONE:].any(axis=1)
        )
    return fits, hides_nobody


_PLACES = np.full(128, -1, dtype=np.int16)
_PLACES[[ord(letter) for letter in ALPHABET]] = np.arange(len(ALPHABET))
_WEIGHTS = np.array(WEIGHTS, dtype=np.int16)


def settled(values: Sequence[object], looks: Looks, hides_nobody: Flags) -> Flags:
    """Return for each value whether it says nothing but itself.

    Neither blank, nor 同上, nor an error, nor anybody's number: harmless texts, credit codes that
    no phone and no identity number can hide in, and numbers below those of phones.

    Parameters
    ----------
    values, looks
        The values, and what they look like.
    hides_nobody
        What `codes_that_fit` says of them.
    """
    told = looks.harmless | (looks.only(DIGIT) & (looks.lengths <= _MOST_DIGITS)) | hides_nobody
    if isinstance(values, Texts):
        return told
    rest = np.flatnonzero(~told).tolist()
    left = (values[i] for i in rest)
    told[rest] = [isinstance(v, int | float) and -_PHONES_FROM < v < _PHONES_FROM for v in left]
    return told
