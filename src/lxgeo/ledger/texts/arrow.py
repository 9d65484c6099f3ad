"""Very many texts as Arrow holds them: hardly one of them ever becomes an object of its own.

A column of names, addresses or codes says something else in every row. As Python's own texts a
million of them cost more time and memory than all that is asked of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_BLOCK = 1 << 14

Places = npt.NDArray[np.integer[Any]]


class Texts(Sequence[object]):
    """Texts in one array; where nothing stands, the array holds an empty text.

    Parameters
    ----------
    array
        Texts of Arrow, none missing.
    nothing
        What is told where the array holds an empty text.
    """

    def __init__(self, array: pa.Array, nothing: str | None = None) -> None:
        self.array: pa.LargeStringArray = array.cast(pa.large_string())
        self.nothing = nothing

    @classmethod
    def of(cls, values: Sequence[object]) -> Texts:
        """Return texts, and Nones, as Arrow holds them."""
        if isinstance(values, Texts):
            return values
        return cls(pa.array([value or "" for value in values], pa.large_string()))

    def __len__(self) -> int:
        return len(self.array)

    @overload
    def __getitem__(self, at: int) -> object: ...
    @overload
    def __getitem__(self, at: slice) -> list[object]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return self._told(self.array[at])
        return self.array[at].as_py() or self.nothing

    def __iter__(self) -> Iterator[object]:
        blocks = range(0, len(self), _BLOCK)
        return chain.from_iterable(self._told(self.array.slice(at, _BLOCK)) for at in blocks)

    def _told(self, array: pa.Array) -> list[object]:
        nothing = self.nothing
        return [text or nothing for text in array.to_numpy(zero_copy_only=False).tolist()]

    def __repr__(self) -> str:
        return f"Texts({self.array!r}, {self.nothing!r})"

    @property
    def bytes(self) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
        """The texts in UTF-8, all in a row, and where each begins and ends, (texts + 1,)."""
        _, offsets, data = self.array.buffers()
        first = self.array.offset
        ends = np.frombuffer(offsets, dtype=np.int64)[first : first + len(self) + 1]
        return np.frombuffer(data or b"", dtype=np.uint8), ends

    @property
    def lengths(self) -> npt.NDArray[np.int64]:
        """How many letters each text has, (texts,)."""
        told: npt.NDArray[np.int64] = pc.utf8_length(self.array).to_numpy()
        return told.astype(np.int64, copy=False)

    def letters(self, begin: int, end: int) -> str:
        """Return the texts from one place to another, all in a row."""
        data, ends = self.bytes
        return data[ends[begin] : ends[end]].tobytes().decode()

    def chosen(self, places: Places) -> list[object]:
        """Return the texts at some places."""
        return self._told(self.array.take(pa.array(places))) if len(places) else []

    def taken(self, codes: Places) -> Texts:
        """Return the texts at some places, as Arrow holds them."""
        return Texts(self.array.take(pa.array(codes)), self.nothing)

    def with_letters(self, old: str, new: str) -> Texts:
        """Return the texts with each letter of one text replaced by that of another."""
        array = self.array
        for one, other in zip(old, new, strict=True):
            array = pc.replace_substring(array, one, other)
        return Texts(array, self.nothing)

    def holding(self, places: Places, letters: str) -> Places:
        """Return the places, among some, of the texts that hold one of some letters."""
        some = self.array.take(pa.array(places))
        told = [pc.match_substring(some, letter) for letter in letters]
        return places[np.any(told, axis=0)] if told else places[:0]

    def replaced(self, places: Places, new: Sequence[object]) -> Texts:
        """Return the texts with those at some places replaced by others, or by nothing.

        Parameters
        ----------
        places
            Places, each once and in order, (replaced,).
        new
            Texts and Nones, (replaced,).
        """
        mask = np.zeros(len(self), dtype=bool)
        mask[places] = True
        array = pc.replace_with_mask(self.array, pa.array(mask), Texts.of(new).array)
        return Texts(array, self.nothing)

    def numbers(self, of: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return the numbers that texts write, NaN for others and where any is no number.

        Parameters
        ----------
        of
            Which texts are digits and points only, (texts,).
        """
        asked = pc.if_else(pa.array(of), self.array, pa.scalar(None, pa.large_string()))
        try:
            told = asked.cast(pa.float64())
        except pa.ArrowInvalid:
            return np.full(len(self), np.nan)
        numbers: npt.NDArray[np.float64] = told.to_numpy(zero_copy_only=False)
        return numbers.copy()

    def missing(self) -> pa.LargeStringArray:
        """Return the array with nulls where nothing stands."""
        empty = pc.equal(pc.binary_length(self.array), 0)
        if not pc.any(empty).as_py():
            return self.array
        return pc.if_else(empty, pa.scalar(None, pa.large_string()), self.array)


def chosen(values: Sequence[object], places: Places) -> list[Any]:
    """Return the values at some places."""
    if isinstance(values, Texts):
        return values.chosen(places)
    return [values[at] for at in places.tolist()]


def replaced(values: Sequence[object], places: Places, new: Sequence[object]) -> Sequence[object]:
    """Return values with those at some places replaced."""
    if not len(places):
        return values
    if isinstance(values, Texts) and (isinstance(new, Texts) or _all_text(new)):
        return values.replaced(places, new)
    told = list(values)
    for at, value in zip(places.tolist(), new, strict=True):
        told[at] = value
    return told


def joined(*parts: Sequence[object], nothing: str | None = None) -> Sequence[object]:
    """Return the values of several parts in a row.

    Parameters
    ----------
    *parts
        The values; where any are Arrow's texts and none is anything but text, all become such.
    nothing
        What is told where nothing stands, if they do.
    """
    texts = any(isinstance(part, Texts) for part in parts)
    if texts and all(isinstance(part, Texts) or _all_text(part) for part in parts):
        return Texts(pa.concat_arrays([Texts.of(part).array for part in parts]), nothing)
    return list(chain.from_iterable(parts))


def _all_text(values: Sequence[object]) -> bool:
    return set(map(type, values)) <= {str, type(None)}
