"""Villages and residents' committees, found by name and by what they lie in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.locate.divisions import Divisions, Level, short_name
from lxgeo.locate.lattice.book import hashes_of
from lxgeo.locate.lattice.characters import codes_of
from lxgeo.locate.lattice.places import township_identity

RARE, SOME, COMMON, COMMITTEE = range(4)
"""Kinds: a village of a rare name, of one that some have, of a common one; a residents' committee
(or what bears the name of a road or a city), whose bare name is no village."""
LONGEST_VILLAGE: Final = 6
_COMMON_FROM, _SOME_FROM = 31, 4
_STREETS: Final = "路街道巷弄区"
_KIND_BITS = np.uint64(3)
_PAIR_BITS = np.uint64(0xFFFFFFFFFFFFFFFC)
_MIX = np.uint64(0xC2B2AE3D27D4EB4F)
_ONE = np.uint64(1)
_SEEN_BITS: Final = 25
_TO_SEEN_BITS = np.uint64(64 - _SEEN_BITS)
_WORD_BITS, _IN_WORD = np.uint64(6), np.uint64(63)
_FOLD = np.uint64(31)


class Villages(NamedTuple):
    """Names of villages, and pairs of a name and what it lies in.

    Parameters
    ----------
    seen : ndarray of uint64
        A bit for each name and each pair, by its hash: most stretches of a text are none.
    pairs : ndarray of uint64
        Hashes of pairs, sorted; the two lowest bits are the kind. A pair may stand twice.
    """

    seen: NDArray[np.uint64]
    pairs: NDArray[np.uint64]


def villages(divisions: Divisions, identities: dict[str, int]) -> Villages:
    """Return a table's villages, in what they lie in by the numbers that divisions have."""
    told: list[str] = []
    inside = np.empty((len(divisions.villages), 3), np.int64)
    for row, (code, names) in enumerate(divisions.villages):
        found = names.split(" ")
        told += found
        division = divisions.by_code[code]
        town = division.level is Level.TOWNSHIP
        above = identities[division.above if town else code]
        also = identities[township_identity(division.name)] if town else above
        inside[row] = above, also, len(found)
    names_alone = [name.rstrip(".") for name in told]
    kinds = np.array(list(_kinds(told, names_alone, divisions)), np.uint64)
    sizes = np.array([len(name) for name in names_alone], np.int64)
    codes = codes_of("".join(names_alone)).astype(np.uint64)
    hashes = hashes_of(codes, np.cumsum(sizes) - sizes, sizes, 0)
    pairs = np.sort(
        np.concatenate(
            [_pairs(hashes, np.repeat(inside[:, column], inside[:, 2]), kinds) for column in (0, 1)]
        )
    )
    seen = np.zeros(1 << (_SEEN_BITS - 6), np.uint64)
    _note(seen, hashes)
    _note(seen, pairs & _PAIR_BITS)
    return Villages(seen, pairs)


def _kinds(told: Iterable[str], names: list[str], divisions: Divisions) -> Iterable[int]:
    count, ordinary = Counter(names), {word for word, _ in divisions.words}
    greater = {
        name
        for each in divisions.divisions
        if each.level <= Level.CITY
        for name in (each.name, short_name(each.name))
    }
    for name, said in zip(names, told, strict=True):
        if name != said or name[-1:] in _STREETS or name in greater:
            yield COMMITTEE
        elif count[name] >= _COMMON_FROM or name in ordinary:
            yield COMMON
        else:
            yield SOME if count[name] >= _SOME_FROM else RARE


@register_jitable
def _bit(value: np.uint64) -> np.uint64:
    return ((value ^ (value >> _FOLD)) * _MIX) >> _TO_SEEN_BITS


@njit(cache=True)
def _note(seen: NDArray[np.uint64], values: NDArray[np.uint64]) -> None:
    for value in values:
        bit = _bit(value)
        seen[bit >> _WORD_BITS] |= _ONE << (bit & _IN_WORD)


@register_jitable
def _is_seen(villages: Villages, value: np.uint64) -> bool:
    bit = _bit(value)
    return ((villages.seen[bit >> _WORD_BITS] >> (bit & _IN_WORD)) & _ONE) != 0


@register_jitable
def _pair(name: np.uint64, place: int) -> np.uint64:
    return (name ^ (np.uint64(place) * _MIX)) & _PAIR_BITS


@njit(cache=True)
def _pairs(
    names: NDArray[np.uint64], places: NDArray[np.int64], kinds: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    found = np.empty(names.size, np.uint64)
    for k in range(names.size):
        found[k] = _pair(names[k], places[k]) | kinds[k]
    return found


@register_jitable
def is_name(villages: Villages, name: np.uint64) -> bool:
    """Return whether some village may have the name of this hash."""
    return _is_seen(villages, name)


@register_jitable
def kind_in(villages: Villages, name: np.uint64, place: int) -> int:
    """Return of what kind the village of this name is that lies in a place; -1 if none does."""
    pair = _pair(name, place)
    if not _is_seen(villages, pair):
        return -1
    at = np.searchsorted(villages.pairs, pair)
    if at < villages.pairs.size and (villages.pairs[at] & _PAIR_BITS) == pair:
        return np.int64(villages.pairs[at] & _KIND_BITS)  # type: ignore[return-value] # -1 is signed
    return -1
