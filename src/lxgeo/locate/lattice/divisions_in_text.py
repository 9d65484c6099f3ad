"""Names of divisions in an address, worth more where what they lie in is named, too."""

from __future__ import annotations

import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.locate.lattice.book import LONGEST_WORD, Book, find, has_length
from lxgeo.locate.lattice.characters import DIGIT
from lxgeo.locate.lattice.labels import LABELS
from lxgeo.locate.lattice.lexicon import PLACES
from lxgeo.locate.lattice.line import add, code_at, is_kind, one_of
from lxgeo.locate.lattice.memory import Records

_SEVERAL = -1
_ROAD_FOLLOWS, _ROAD_NEARBY, _SAME_END = 12.0, 5.0, 3.0
_STRANGER = 4.0
_BIG, _ROAD_OF_BIG, _PUBLIC, _MARKET_TOWN = map(ord, "大道公镇")
_ROAD = ord("路")
_STREETS = np.array([*map(ord, "路街")])
_SMALL_ROADS = np.array([*map(ord, "路街道巷弄")])
_DIRECTIONS = np.array([*map(ord, "东南西北中")])
_COUNTS = np.array([*map(ord, "一二三四五六七八九十")])
_ABOVE_TOWN = np.array([*map(ord, "省市区县旗州盟")])
_KINDS = np.array([*map(ord, "省市区县旗州盟镇乡道")])
_FULL_ENDS = np.array([*map(ord, "省市区县旗镇乡道")])
_HAN_FIRST, _HAN_LAST = 0x4E00, 0x9FFF


@register_jitable
def add_divisions(
    book: Book, line: Records, spans: Records, named: NDArray[np.int32], text: int
) -> None:
    """Add all divisions of a text to its spans, and note which start where.

    Parameters
    ----------
    named
        See `memory.Desk`.
    text
        The text's number among those on the desk.
    """
    room = 16 * line.size
    hits = np.empty((room, 3), np.int32)
    found = 0
    for start in range(line.size - 2):
        mask = book.lengths[line[start].code, PLACES]
        for length in range(2, min(LONGEST_WORD, line.size - 1 - start) + 1 if mask else 0):
            if has_length(mask, length) and found < room:
                slot = find(book.slots, PLACES, line, start, start + length)
                if slot >= 0:
                    hits[found, 0], hits[found, 1], hits[found, 2] = start, start + length, slot
                    found += 1
                    _name(book, slot, start, named, text)
    anchor = _anchor(line, hits[:found])
    for hit in hits[:found]:
        _add_senses(book, line, spans, hit, named, text, anchor)
    for i in range(line.size - 1):
        end = line[i].lead_end
        full = end > 0 and one_of(_FULL_ENDS, line[end - 1].code)
        line[i + 1].full = line[i].full + full


@register_jitable
def _anchor(line: Records, hits: NDArray[np.int32]) -> int:
    """Return where the first division with 省, 市, 区, 县 … ends; past all where there is none."""
    for hit in hits:
        if one_of(_ABOVE_TOWN, line[hit[1] - 1].code):
            return hit[1]
    return line.size


@register_jitable
def _name(book: Book, slot: int, start: int, named: NDArray[np.int32], text: int) -> None:
    """Note where what a name means is named: at one position, or at several."""
    for k in range(book.slots[slot].first, book.slots[slot].last):
        own = book.senses[k].own
        if own < 0:
            continue
        if named[own, 0] != text:
            named[own, 0], named[own, 1] = text, start
        elif named[own, 1] != start:
            named[own, 1] = _SEVERAL


@register_jitable
def _vouched(above: NDArray[np.int32], start: int, named: NDArray[np.int32], text: int) -> bool:
    """Return whether the text elsewhere names what a sense lies in."""
    for each in above:  # noqa: SIM110 -- machine code knows no generators
        if named[each, 0] == text and named[each, 1] != start:
            return True
    return False


@register_jitable
def _add_senses(  # noqa: PLR0913, PLR0917 -- a kernel's arguments
    book: Book,
    line: Records,
    spans: Records,
    hit: NDArray[np.int32],
    named: NDArray[np.int32],
    text: int,
    anchor: int,
) -> None:
    start, end, slot = hit[0], hit[1], hit[2]
    best = np.zeros(len(LABELS), np.float64)
    for k in range(book.slots[slot].first, book.slots[slot].last):
        sense = book.senses[k]
        sure = _vouched(book.above[sense.above : sense.above_end], start, named, text)
        gain = sense.vouched if sure else sense.gain
        if not sure and start >= anchor and not one_of(_FULL_ENDS, line[end - 1].code):
            gain -= _STRANGER
        best[sense.label] = max(best[sense.label], gain)
    doubt = _doubt(line, end)
    for label in range(best.size):
        if best[label] > 0:
            gain = best[label] - doubt
            add(line, spans, start, end, label, gain)
            _lead(line, start, end, gain)


@register_jitable
def _lead(line: Records, start: int, end: int, gain: float) -> None:
    spot = line[start]
    if gain > 0 and end >= spot.lead_end:
        spot.lead_gain = max(gain, spot.lead_gain) if spot.lead_end == end else gain
        spot.lead_end = end


@register_jitable
def _doubt(line: Records, end: int) -> float:
    """Return what a division loses by what follows: 北京|路 and 上海|东路 are roads."""
    last, doubt = line[end - 1].code, 0.0
    if not one_of(_ABOVE_TOWN, last) and _road_follows(line, end):
        doubt += _ROAD_FOLLOWS
    elif not one_of(_KINDS, last) and _street_nearby(line, end):
        doubt += _ROAD_NEARBY
    if last == _MARKET_TOWN and code_at(line, end) == _MARKET_TOWN:
        doubt += _SAME_END
    return doubt


@register_jitable
def _road_follows(line: Records, at: int) -> bool:
    first, second = code_at(line, at), code_at(line, at + 1)
    if (first == _BIG and second == _ROAD_OF_BIG) or (first == _PUBLIC and second == _ROAD):
        return True
    if one_of(_DIRECTIONS, first):
        at += 1
    if one_of(_COUNTS, code_at(line, at)):
        at += 1
    while is_kind(line, at, DIGIT):
        at += 1
    return one_of(_SMALL_ROADS, code_at(line, at))


@register_jitable
def _street_nearby(line: Records, at: int) -> bool:
    return _HAN_FIRST <= code_at(line, at) <= _HAN_LAST and one_of(_STREETS, code_at(line, at + 1))
