"""Names of villages in an address that names what they lie in."""

from __future__ import annotations

import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.locate.lattice.book import LONGEST_WORD, Book, find, has_length, stretch_hash
from lxgeo.locate.lattice.labels import CITY, COMMUNITY, DISTRICT, NAT_A_CHARACTER, TOWN
from lxgeo.locate.lattice.lexicon import PLACES, VILLAGE_KINDS
from lxgeo.locate.lattice.line import add, one_of
from lxgeo.locate.lattice.memory import Records
from lxgeo.locate.lattice.villages import (
    COMMITTEE,
    LONGEST_VILLAGE,
    Villages,
    is_name,
    kind_in,
)

# By kind. A district has a few hundred villages; 新华 and 东方 are more often something else.
_COST = np.array([7.0, 10.0, 16.0, 9.0])
_WITH_KIND_COST = 1.0
_LONGEST_KIND = 6
_MOST_PLACES = 16
_FULL_TOWN_ENDS = np.array([*map(ord, "镇乡道处")])


@register_jitable
def add_villages(book: Book, villages: Villages, line: Records, spans: Records) -> None:
    """Add the villages of the divisions that a text names, and note where they start."""
    room = np.empty(_MOST_PLACES, np.int64)
    places = room[: _places(book, line, room)]
    if places.size == 0:
        return
    for start in range(line.size - 2):
        for end in range(start + 2, min(start + LONGEST_VILLAGE, line.size - 1) + 1):
            name = stretch_hash(line, start, end)
            kind = _kind(villages, name, places) if is_name(villages, name) else -1
            if kind >= 0:
                _add(book, line, spans, start, end, kind)


@register_jitable
def _places(book: Book, line: Records, places: NDArray[np.int64]) -> int:
    """Write down the cities, districts and townships that a text names; return how many."""
    count = 0
    for start in range(line.size - 2):
        mask = book.lengths[line[start].code, PLACES]
        for length in range(2, min(LONGEST_WORD, line.size - 1 - start) + 1 if mask else 0):
            end = start + length
            slot = find(book.slots, PLACES, line, start, end) if has_length(mask, length) else -1
            if slot < 0:
                continue
            full_town = one_of(_FULL_TOWN_ENDS, line[end - 1].code)
            for k in range(book.slots[slot].first, book.slots[slot].last):
                sense = book.senses[k]
                place = sense.label in (CITY, DISTRICT) or (sense.label == TOWN and full_town)
                if place and sense.own >= 0 and count < places.size:
                    places[count] = sense.own
                    count += 1
    return count


@register_jitable
def _kind(villages: Villages, name: np.uint64, places: NDArray[np.int64]) -> int:
    """Return the least kind of the villages of this name in some places; -1 if there is none."""
    kind = -1
    for place in places:
        found = kind_in(villages, name, place)
        if found >= 0 and (kind < 0 or found < kind):
            kind = found
    return kind


@register_jitable
def _add(book: Book, line: Records, spans: Records, start: int, end: int, kind: int) -> None:
    line[start].villages |= np.uint32((kind + 1) << (4 * (end - start)))
    gain = village_gain(line, start, end - start)
    for length in range(1, _LONGEST_KIND + 1):
        if find(book.slots, VILLAGE_KINDS, line, end, end + length) >= 0:
            more = NAT_A_CHARACTER * length - _WITH_KIND_COST
            add(line, spans, start, end + length, COMMUNITY, gain + more)
    if kind != COMMITTEE:
        add(line, spans, start, end, COMMUNITY, gain)


@register_jitable
def village_gain(line: Records, start: int, length: int) -> float:
    """Return what the name of so many characters earns that starts here; 0 if it is no village."""
    kind = (int(line[start].villages) >> (4 * length)) & 15 if length <= LONGEST_VILLAGE else 0
    return NAT_A_CHARACTER * length - _COST[kind - 1] if kind else 0.0
