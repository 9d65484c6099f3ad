"""Words in flat arrays, found by a hash of any stretch of a text in a step or two.

A text's prefix hashes give the hash of each of its stretches by one multiplication, so that no
stretch is ever copied. 64 bits keep strangers apart: among a million words and a million stretches
two meet by chance once in ten million runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.locate.lattice.characters import codes_of
from lxgeo.locate.lattice.memory import LONGEST_TEXT, SENSE, SLOT, Records

_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHELF = np.uint64(0xA24BAED4963EE407)
_FOLD = np.uint64(32)
_ONE = np.uint64(1)
LONGEST_WORD: Final = 31

with np.errstate(over="ignore"):
    _POWERS = np.array([_BASE] * (LONGEST_TEXT + 1), np.uint64)
    _POWERS[0] = _ONE
    _POWERS = np.multiply.accumulate(_POWERS)


class Sense(NamedTuple):
    """What a word can mean.

    Parameters
    ----------
    label
        A label, or a set of bits that the shelf gives a meaning of its own.
    gain
        What it earns, nats.
    vouched
        What it earns where the text names what it lies in.
    own
        Its identity, -1 if nothing lies in it.
    above
        The identities that it may lie in.
    """

    label: int
    gain: float
    vouched: float = 0.0
    own: int = -1
    above: tuple[int, ...] = ()


class Book(NamedTuple):
    """Words on shelves, and under each its senses.

    Parameters
    ----------
    slots : records of SLOT
        A hash table of words; a power of two of them.
    senses : records of SENSE
        The senses of all words, those of a word together.
    above : ndarray of int32
        The identities that senses may lie in.
    lengths : ndarray of uint32, shape (65536, shelves)
        For a character and a shelf, a bit for each length that some word has of which it is the
        first character, or the last on a shelf that is searched backwards.
    figures : ndarray of float64
        Figures by label, as the book's maker lays them out.
    """

    slots: Records
    senses: Records
    above: NDArray[np.int32]
    lengths: NDArray[np.uint32]
    figures: NDArray[np.float64]


Shelf = Mapping[str, Sequence[Sense]]


def book_of(
    shelves: Sequence[Shelf], figures: NDArray[np.float64], backwards: Iterable[int] = ()
) -> Book:
    """Return a book of shelves of words; at most 31 characters a word."""
    lengths = np.zeros((1 << 16, len(shelves)), np.uint32)
    slots = _free_slots(sum(map(len, shelves)))
    senses: list[Sense] = []
    searched_backwards = frozenset(backwards)
    for number, shelf in enumerate(shelves):
        words = list(shelf)
        sizes = np.array([len(word) for word in words], np.int64)
        codes = codes_of("".join(words)).astype(np.uint64)
        starts = np.cumsum(sizes) - sizes
        at = starts + sizes - 1 if number in searched_backwards else starts
        bits = np.uint32(1) << sizes.astype(np.uint32)
        np.bitwise_or.at(lengths[:, number], codes[at].astype(np.int64), bits)
        counts = np.array([len(shelf[word]) for word in words], np.int64)
        last = len(senses) + np.cumsum(counts)
        _put(slots, hashes_of(codes, starts, sizes, number), last - counts, last)
        for word in words:
            senses.extend(shelf[word])
    return Book(slots, *_table(senses), lengths, figures)


def _free_slots(words: int) -> Records:
    size = 16
    while size < 3 * words:
        size *= 2
    return np.zeros(size, SLOT)


def _table(senses: list[Sense]) -> tuple[Records, NDArray[np.int32]]:
    table = np.zeros(len(senses), SENSE)
    for field in ("label", "gain", "vouched", "own"):
        table[field] = [getattr(sense, field) for sense in senses]
    counts = np.array([len(sense.above) for sense in senses], np.int64)
    table["above_end"] = np.cumsum(counts)
    table["above"] = table["above_end"] - counts
    return table, np.array([each for sense in senses for each in sense.above], np.int32)


@register_jitable
def character_hash(before: np.uint64, code: int) -> np.uint64:
    """Return the hash of a text and one more character."""
    return before * _BASE + (np.uint64(code) + _ONE) * _MIX


@njit(cache=True)
def hashes_of(
    codes: NDArray[np.uint64], starts: NDArray[np.int64], sizes: NDArray[np.int64], shelf: int
) -> NDArray[np.uint64]:
    """Return the hashes of words on a shelf, from their characters one after another."""
    found = np.zeros(starts.size, np.uint64)
    for k in range(starts.size):
        for i in range(starts[k], starts[k] + sizes[k]):
            found[k] = found[k] * _BASE + (codes[i] + _ONE) * _MIX
        found[k] ^= np.uint64(shelf) * _SHELF
    return found


@njit(cache=True)
def _put(
    slots: Records, hashes: NDArray[np.uint64], first: NDArray[np.int64], last: NDArray[np.int64]
) -> None:
    mask = np.uint64(slots.size - 1)
    for k in range(hashes.size):
        at = (hashes[k] ^ (hashes[k] >> _FOLD)) & mask
        while slots[at].key != 0 and slots[at].key != hashes[k]:
            at = (at + _ONE) & mask
        slots[at].key, slots[at].first, slots[at].last = hashes[k], first[k], last[k]


@register_jitable
def stretch_hash(line: Records, start: int, end: int) -> np.uint64:
    """Return the hash of a stretch of a text."""
    return line[end].hash - line[start].hash * _POWERS[end - start]


@njit(cache=True)
def find(slots: Records, shelf: int, line: Records, start: int, end: int) -> int:
    """Return the slot of the word on a shelf that a stretch of a text is, -1 if it is none."""
    if end >= line.size:
        return -1
    key = stretch_hash(line, start, end)
    key ^= np.uint64(shelf) * _SHELF
    mask = np.uint64(slots.size - 1)
    at = (key ^ (key >> _FOLD)) & mask
    while slots[at].key != 0:
        if slots[at].key == key:
            return np.int64(at)  # type: ignore[return-value] # -1 is signed
        at = (at + _ONE) & mask
    return -1


@register_jitable
def has_length(mask: np.uint32, length: int) -> bool:
    """Return whether a mask of lengths holds one."""
    return ((mask >> np.uint32(length)) & np.uint32(1)) != 0


@njit(cache=True)
def longest(book: Book, shelf: int, line: Records, start: int) -> int:
    """Return the length of the longest word on a shelf that begins here, 0 if none does."""
    mask = book.lengths[line[start].code, shelf]
    length = LONGEST_WORD if mask else 0
    while length > 0:
        if has_length(mask, length) and find(book.slots, shelf, line, start, start + length) >= 0:
            return length
        length -= 1
    return 0
