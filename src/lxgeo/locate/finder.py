"""Known names in a text: longest first, and only where a name can begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lxgeo.locate.places import Layer, Place

_BOUNDARY = frozenset("省市区县旗州盟镇乡道路街巷弄号村屯社园城场厦座栋幢楼层室院内侧旁口处期段")
"""After these a new name may begin; after any character that is not Han, too."""

_LONGER_PLACE = re.compile(
    r"[东西南北中内外前后]?[一二三四五六七八九十0-9]{0,2}(?:路|街|大道|巷|弄|桥|村|社区|站)"
    r"|大厦|大楼|广场|酒店|宾馆|花园|公寓|小区|学校|医院|市场|商场"
)
_LONGER_ROAD = re.compile(r"街道|社区|小区|居委会|新?村")
_LONGER_VILLAGE = re.compile(r"[东西南北中]?(?:路|街|大道|巷|弄)")
_LONGER_TOWNSHIP = re.compile(r"路")
_GOES_ON = {
    Layer.VILLAGES: _LONGER_VILLAGE,
    Layer.TOWNSHIPS: _LONGER_TOWNSHIP,
    Layer.DISTRICTS: _LONGER_TOWNSHIP,
    Layer.ROADS: _LONGER_ROAD,
}
_STANDS_LOOSE = frozenset({Layer.TOWNSHIPS, Layer.DISTRICTS, Layer.ROADS})
_LEAST_BEFORE = 2
"""So many characters before a loose name may be a name of their own (深圳|沙头街道); a single one
makes another name of it (上沙头街道, 北人民路)."""


class Found(NamedTuple):
    """A known name in a folded text, and the places that bear it."""

    start: int
    end: int
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Finder:
    """An index of names.

    Parameters
    ----------
    places
        Folded name → the places that bear it.
    lengths
        First two characters of a name → the lengths of all names that begin so, longest first.
    """

    places: Mapping[str, tuple[Place, ...]]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, places: Mapping[str, tuple[Place, ...]]) -> Finder:
        """Return the index of some names; names of one character are never looked for."""
        lengths: dict[str, set[int]] = {}
        for name in places:
            lengths.setdefault(name[:2], set()).add(len(name))
        return cls(
            places, {key: tuple(sorted(all_, reverse=True)) for key, all_ in lengths.items()}
        )

    def may_stand_in(self, text: str) -> bool:
        """Return whether a name stands anywhere in a text, whether it is meant or not."""
        return any(
            text[at : at + length] in self.places
            for at in range(len(text) - 1 if self.places else 0)
            for length in self.lengths.get(text[at : at + 2], ())
        )

    def find(self, text: str, cuts: Iterable[int]) -> Iterator[Found]:
        """Yield the known names in a folded text, from left to right, none overlapping.

        Parameters
        ----------
        text
            A folded text.
        cuts
            Where its labelled stretches begin and end: there a name may begin.
        """
        may_begin = {0, *cuts}
        at, last = 0, len(text) - 1
        while at < last:
            lengths = self.lengths.get(text[at : at + 2])
            found = self._longest(text, at, lengths, may_begin) if lengths else None
            if found is None:
                at += 1
            else:
                yield found
                at = found.end
                may_begin.add(at)

    def _longest(
        self, text: str, at: int, lengths: tuple[int, ...], may_begin: set[int]
    ) -> Found | None:
        """Return the longest name that begins at a place."""
        before = None
        for length in lengths:
            places = self.places.get(text[at : at + length])
            if places is None:
                continue
            if before is None:
                before = _since_boundary(text, at, may_begin)
            meant = tuple(each for each in places if _meant(each.layer, text, at + length, before))
            if meant:
                return Found(at, at + length, meant)
        return None


def _since_boundary(text: str, at: int, may_begin: set[int]) -> int:
    """Return how many characters ago a name could last begin."""
    boundary = at
    while boundary not in may_begin and not _boundary(text, boundary):
        boundary -= 1
    return at - boundary


def _boundary(text: str, at: int) -> bool:
    before = text[at - 1]
    if before.isascii():
        return not (before.isalnum() and text[at].isascii() and text[at].isalnum())
    return before in _BOUNDARY


def _meant(layer: Layer, text: str, end: int, before: int) -> bool:
    """Return whether a name is meant, and no longer one that holds it."""
    loose = layer in _STANDS_LOOSE and before >= _LEAST_BEFORE
    return (before == 0 or loose) and not _GOES_ON.get(layer, _LONGER_PLACE).match(text, end)
