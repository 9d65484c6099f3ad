"""Readings of the letters that a page's names hold, so that they are found by pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from lxgeo.publish.map.assets import asset
from lxgeo.publish.map.pack import PackedColumn, counts, texts


@cache
def readings() -> Mapping[str, str]:
    """Return each Chinese character's readings without tones, parted by blanks, usual one first."""
    found: dict[str, str] = {}
    for line in asset("vendor/pinyin.txt").splitlines():
        reading, letters = line.split(" ")
        for letter in letters:
            found[letter] = f"{found[letter]} {reading}" if letter in found else reading
    return found


def pinyin(names: Iterable[str]) -> tuple[PackedColumn, ...]:
    """Return the readings of all letters of some names.

    Returns
    -------
    tuple of PackedColumn
        ``pinyin.letters``: one text of all letters that have readings; ``pinyin.readings``: for
        each the place in ``pinyin.readings.values``.
    """
    known = readings()
    letters = sorted(set("".join(names)) & known.keys())
    different = sorted({known[each] for each in letters})
    place = {each: at for at, each in enumerate(different)}
    return (
        texts("pinyin.letters", ["".join(letters)]),
        counts("pinyin.readings", [place[known[each]] for each in letters]),
        texts("pinyin.readings.values", different),
    )
