"""The best reading of an address: the path through its spans that earns most."""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.locate.lattice.book import Book, find
from lxgeo.locate.lattice.characters import BREAK, Classes, Codes
from lxgeo.locate.lattice.divisions_in_text import add_divisions
from lxgeo.locate.lattice.labels import (
    BESIDE,
    CELLNO,
    FLOORNO,
    HOUSENO,
    LABELS,
    POI,
    PROV,
    ROOMNO,
    START,
    SUBPOI,
)
from lxgeo.locate.lattice.lexicon import FOLLOWS, JOINED
from lxgeo.locate.lattice.line import add, inside_run, is_kind, lay_out
from lxgeo.locate.lattice.memory import Desk, Records
from lxgeo.locate.lattice.names_in_text import add_names, prepare
from lxgeo.locate.lattice.numbers_in_text import add_small_things
from lxgeo.locate.lattice.villages import Villages
from lxgeo.locate.lattice.villages_in_text import add_villages

_NOWHERE = -1e9
_BEAM = 9.0
"""A label is followed up only while it earns at most this much less than the best one there."""
_INSIDE_WORD_COST = 1.2
_COUNTRY_GAIN = 12.0
_COUNTRY = LABELS.index("country")
_CHINA_1, _CHINA_2 = map(ord, "中国")

Found = tuple[NDArray[np.int32], NDArray[np.int64]]


@njit(cache=True)
def read_lines(
    book: Book,
    villages: Villages,
    desk: Desk,
    classes: Classes,
    codes: Codes,
    ends: NDArray[np.int64],
) -> Found:
    """Read many addresses.

    Parameters
    ----------
    book
        What the parser knows.
    villages
        Villages by what they lie in.
    desk
        Room to work on.
    classes
        Classes of characters.
    codes : ndarray of uint16
        The folded characters of all texts, one after another; none longer than the desk.
    ends : ndarray of int64
        Where each text ends.

    Returns
    -------
    parts : ndarray of int32, shape (parts, 3)
        Start, end and label of each part, offsets in its text.
    part_ends : ndarray of int64
        Where the parts of each text end.
    """
    parts, part_ends = np.empty((codes.size, 3), np.int32), np.empty(ends.size, np.int64)
    desk.named[:] = -1
    used, begin = 0, 0
    for text in range(ends.size):
        end = ends[text]
        if end > begin:
            line = desk.line[: end - begin + 1]
            lay_out(codes[begin:end], classes, line)
            _read(book, villages, desk, line, text)
            used += _parts(line, desk.ways, parts[used:])
        part_ends[text], begin = used, end
    return parts[:used].copy(), part_ends


@register_jitable
def _read(book: Book, villages: Villages, desk: Desk, line: Records, text: int) -> None:
    spans, ways = desk.spans, desk.ways
    spans[0].other = 0
    add_divisions(book, line, spans, desk.named, text)
    add_villages(book, villages, line, spans)
    add_small_things(book, line, spans)
    _add_country(line, spans)
    prepare(book, line, spans)
    _best_ways(book, line, spans, ways)


@register_jitable
def _add_country(line: Records, spans: Records) -> None:
    """Add 中国 where a province or a division in full follows, not in 中国平安大厦."""
    for at in range(line.size - 3):
        if line[at].code == _CHINA_1 and line[at + 1].code == _CHINA_2:
            sure = line[at + 2].full < line[at + 3].full
            k = line[at + 2].spans
            while k:
                sure = sure or (spans[k].label == PROV and spans[k].gain > 0)
                k = spans[k].before
            if sure:
                add(line, spans, at, at + 2, _COUNTRY, _COUNTRY_GAIN)


@register_jitable
def _best_ways(book: Book, line: Records, spans: Records, ways: Records) -> None:
    for at in range(line.size):
        line[at].top = _NOWHERE
        for label in range(len(LABELS)):
            ways[at, label].gain = _NOWHERE
    ways[0, START].gain, line[0].top = 0.0, 0.0
    came, gains = np.empty(len(LABELS), np.int64), np.empty(len(LABELS), np.float64)
    for at in range(line.size - 1):
        if line[at].top <= _NOWHERE:
            continue
        if is_kind(line, at, BREAK):
            _step_over(line, ways, at)
        elif not inside_run(line, at):
            add_names(book, line, spans, at)
        inside = at > 0 and find(book.slots, JOINED, line, at - 1, at + 1) >= 0
        cost = _INSIDE_WORD_COST if inside else 0.0
        _begin(book.figures, ways[at], line[at].top - _BEAM, cost, came, gains)
        _follow(line, spans, ways, at, came, gains)


@register_jitable
def _step_over(line: Records, ways: Records, at: int) -> None:
    for label in range(len(LABELS)):
        gain = ways[at, label].gain
        if gain > line[at].top - _BEAM and gain > ways[at + 1, label].gain:
            way = ways[at + 1, label]
            way.gain, way.start, way.before, way.skip = gain, at, label, 1
            line[at + 1].top = max(line[at + 1].top, gain)


@register_jitable
def _begin(
    figures: NDArray[np.float64],
    here: Records,
    least: float,
    cost: float,
    came: NDArray[np.int64],
    gains: NDArray[np.float64],
) -> None:
    """Work out for each label what it earns to begin here, and after which label."""
    gains[:] = _NOWHERE
    late = False
    for before in range(len(LABELS)):
        gain = here[before].gain
        if gain <= least:
            continue
        late = late or _is_late(before)
        for label in range(len(LABELS)):
            total = gain + figures[before, FOLLOWS + label] - cost
            if total > gains[label]:
                gains[label], came[label] = total, before
    if not late:
        gains[SUBPOI] = _NOWHERE


@register_jitable
def _is_late(label: int) -> bool:
    return label in (POI, SUBPOI, HOUSENO, CELLNO, FLOORNO, ROOMNO, BESIDE)


@register_jitable
def _follow(
    line: Records,
    spans: Records,
    ways: Records,
    at: int,
    came: NDArray[np.int64],
    gains: NDArray[np.float64],
) -> None:
    k = line[at].spans
    while k:
        span = spans[k]
        if gains[span.label] > _NOWHERE:
            gain = gains[span.label] + span.gain
            way = ways[span.other, span.label]
            if gain > way.gain:
                way.gain, way.start, way.before, way.skip = gain, at, came[span.label], 0
                line[span.other].top = max(line[span.other].top, gain)
        k = span.before


@register_jitable
def _parts(line: Records, ways: Records, parts: NDArray[np.int32]) -> int:
    """Write down the best reading's parts in order, and return how many there are."""
    at = line.size - 1
    label = 0
    for each in range(len(LABELS)):
        if ways[at, each].gain > ways[at, label].gain:
            label = each
    count = 0
    while at > 0:
        way = ways[at, label]
        if not way.skip:
            parts[count, 0], parts[count, 1], parts[count, 2] = way.start, at, label
            count += 1
        at, label = way.start, way.before
    for k in range(count // 2):  # they came last part first
        for column in range(3):
            first, last = parts[k, column], parts[count - 1 - k, column]
            parts[k, column], parts[count - 1 - k, column] = last, first
    _first_is_whole(parts[:count, 2])
    return count


@register_jitable
def _first_is_whole(labels: NDArray[np.int32]) -> None:
    """Call the part of a building that no building goes before a building."""
    for k in range(labels.size):
        if labels[k] == POI:
            return
        if labels[k] == SUBPOI:
            labels[k] = POI
            return
