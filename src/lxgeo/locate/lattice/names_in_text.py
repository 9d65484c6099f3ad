"""Names in an address: a stem and an ending that says of what; or just a name."""

from __future__ import annotations

import math

import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.locate.lattice.book import LONGEST_WORD, Book, find, has_length, longest
from lxgeo.locate.lattice.characters import BREAK, COUNT, DIGIT, LETTER
from lxgeo.locate.lattice.endings import (
    CENTRE,
    COLLEGE,
    HALFWAY,
    INSIDE_COST,
    LONGEST_NAME,
    NO_ENDING_COST,
    ROAD_STEM_GAIN,
    TRADE_GAIN,
)
from lxgeo.locate.lattice.labels import (
    COMMUNITY,
    DEVZONE,
    DISTRICT,
    LABELS,
    POI,
    ROAD,
    SUBPOI,
    TOWN,
)
from lxgeo.locate.lattice.lexicon import (
    ENDINGS,
    FORBIDDEN,
    HEADS,
    INSIDE,
    LONGEST_STEM,
    MIDDLES,
    ROAD_STEMS,
    STEM_COST,
    TRADES,
    WHOLE,
)
from lxgeo.locate.lattice.line import (
    add,
    add_ending,
    code_at,
    is_kind,
    one_of,
    parts_names,
)
from lxgeo.locate.lattice.memory import Records
from lxgeo.locate.lattice.villages_in_text import village_gain

_LEAST = -7.6
"""A name that earns less is never the best reading."""
_NO_NAME = -98.0
_BAD_START_COST, _DIVISION_INSIDE_COST = 5.0, 5.0
_BUILDING_OPEN_COST, _VILLAGE_OPEN_COST, _VILLAGE_OPEN_LONGEST = 1.6, 5.5, 3
_LONGEST_OPEN = 11
_OPEN_COST = np.array(NO_ENDING_COST, np.float64)
_NO_START = np.array([*map(ord, "号幢栋室层路街道镇乡村口与)旁内的")])
_KINDS = np.array([*map(ord, "省市县区")])
_KINDS_ALL_THE_SAME = np.array([*map(ord, "府政场立委医一二三四五中")])
_INNER_KINDS = np.array([*map(ord, "县镇乡村")])
_KIND_INSIDE_COST = 3.0
_COUNTED = np.array([*map(ord, "号楼室幢栋弄")])
_CELL, _CELL_END, _ATTACHED, _COMPANY = map(ord, "单元附司")
_TOWN_ENDS = np.array([*map(ord, "镇乡道")])
_FULL_ENDS = np.array([*map(ord, "镇乡道省市区县")])
_WIDEST_GAP = 5


def _by_label(**gains: float) -> NDArray[np.float64]:
    table = np.zeros(len(LABELS))
    for label, gain in gains.items():
        table[LABELS.index(label)] = gain
    return table


# A name that begins with a division: 湖州街, 杭州某公司; and with one in full: 永康市五金城.
_AFTER_SHORT = _by_label(
    poi=math.log(0.3), subpoi=math.log(0.03), road=math.log(0.08), community=math.log(0.05)
)
_AFTER_FULL = _by_label(
    poi=math.log(0.008),
    subpoi=math.log(0.01),
    road=math.log(0.01),
    community=math.log(0.005),
    devzone=math.log(0.5),
)
_AFTER_VILLAGE = _by_label(
    poi=math.log(0.03),
    subpoi=math.log(0.03),
    road=math.log(0.3),
    community=math.log(0.03),
    devzone=math.log(0.5),
)
_ZONE_AFTER_CITY = -5.0
_COMPANY_AFTER_SHORT = 0.7


@register_jitable
def prepare(book: Book, line: Records, spans: Records) -> None:
    """Note what the names of a text are made of: endings, breaks, digits, divisions."""
    far = line.size - 1
    for i in range(line.size - 2, -1, -1):
        if parts_names(line, i):
            far = i
        line[i].reach = far
        if line[i].lead_gain > 0:
            line[i].cut = 1
    for i in range(line.size - 1):
        line[i + 1].signs = line[i].signs + is_kind(line, i, DIGIT | LETTER)
        over = i > 0 and find(book.slots, INSIDE, line, i - 1, i + 1) >= 0
        line[i + 1].over = line[i].over + over
    for end in range(2, line.size):
        _add_endings(book, line, spans, end)


@register_jitable
def _add_endings(book: Book, line: Records, spans: Records, end: int) -> None:
    mask = book.lengths[line[end - 1].code, ENDINGS]
    for length in range(1, min(LONGEST_WORD, end) + 1 if mask else 0):
        if has_length(mask, length):
            start = end - length
            number = find(book.slots, ENDINGS, line, start, end)
            if number >= 0:
                goes_on = _goes_on(book, line, start, end)
                for k in range(book.slots[number].first, book.slots[number].last):
                    sense = book.senses[k]
                    if not (goes_on and sense.label == POI):
                        add_ending(line, spans, start, end, sense.label, sense.gain)


@register_jitable
def _kind(book: Book, shelf: int, line: Records, start: int, end: int) -> int:
    """Return the bits of a word on a shelf, 0 if there is none."""
    number = find(book.slots, shelf, line, start, end)
    return book.senses[book.slots[number].first].label if number >= 0 else 0


@register_jitable
def _goes_on(book: Book, line: Records, start: int, end: int) -> bool:
    """Return whether an ending is only the middle of a name: 国际|中心, 学院|附属医院."""
    kind = _kind(book, MIDDLES, line, min(start, end - 2), end)
    if kind == 0:
        return False
    if kind == COLLEGE and code_at(line, end) == _ATTACHED:
        return True
    for at in range(end, min(end + _WIDEST_GAP, line.size - 2) + 1):
        heads = _kind(book, HEADS, line, at, at + 1) | _kind(book, HEADS, line, at, at + 2)
        if (at > end or kind & (HALFWAY | CENTRE)) and heads & kind:
            return True
        if is_kind(line, at, DIGIT | BREAK):
            return False
    return False


@register_jitable
def starts_badly(line: Records, at: int) -> bool:
    """Return whether a name that starts here would start with the end of another one."""
    code, after = line[at].code, code_at(line, at + 1)
    if one_of(_NO_START, code) or (one_of(_KINDS, code) and not one_of(_KINDS_ALL_THE_SAME, after)):
        return True
    end = at
    while is_kind(line, end, DIGIT | COUNT):
        end += 1
    if end == at:
        return False
    cell = code_at(line, end) == _CELL and code_at(line, end + 1) == _CELL_END
    return cell or one_of(_COUNTED, code_at(line, end))


@register_jitable
def add_names(book: Book, line: Records, spans: Records, at: int) -> None:
    """Add the names that start at a position: roads, villages, zones, buildings."""
    best = np.empty(len(LABELS), np.float64)
    bad = _BAD_START_COST if starts_badly(line, at) else 0.0
    for end in range(at + 2, min(line[at].reach, at + LONGEST_NAME) + 1):
        if line[end].endings == 0 and line[end].cut == 0:
            continue
        best[:] = FORBIDDEN
        _by_ending(book, line, spans, at, end, best)
        if line[end].cut and end - at <= _LONGEST_OPEN:
            _without_ending(end - at, best)
        for label in range(best.size):
            if best[label] > _NO_NAME:
                gain = best[label] - bad + _fit(book, line, at, end, label)
                gain += _place_gain(line, at, end, label)
                if gain > _LEAST:
                    add(line, spans, at, end, label, gain)


@register_jitable
def _by_ending(
    book: Book, line: Records, spans: Records, at: int, end: int, best: NDArray[np.float64]
) -> None:
    k = line[end].endings
    while k:
        ending = spans[k]
        stem, label = ending.other - at, ending.label
        after_kind = label == DISTRICT and one_of(_FULL_ENDS, line[ending.other - 1].code)
        if 0 <= stem <= LONGEST_STEM and not (stem and after_kind):
            gain = ending.gain + book.figures[label, STEM_COST + stem]
            if stem:
                gain += _stem_gain(book, line, at, ending.other, label)
            else:
                gain += _whole_gain(book, line, at, end, label)
            best[label] = max(best[label], gain)
        k = ending.before


@register_jitable
def _stem_gain(book: Book, line: Records, at: int, end: int, label: int) -> float:
    """Return what a stem earns that is a village's name, or what roads are called everywhere."""
    gain = max(0.0, village_gain(line, at, end - at) + _AFTER_VILLAGE[label])
    if label == ROAD and find(book.slots, ROAD_STEMS, line, at, end) >= 0:
        gain += ROAD_STEM_GAIN
    return gain


@register_jitable
def _whole_gain(book: Book, line: Records, at: int, end: int, label: int) -> float:
    number = find(book.slots, WHOLE, line, at, end)
    if number >= 0:
        for k in range(book.slots[number].first, book.slots[number].last):
            if book.senses[k].label == label:
                return book.senses[k].gain
    return 0.0


@register_jitable
def _without_ending(length: int, best: NDArray[np.float64]) -> None:
    gain = _OPEN_COST[length] - _BUILDING_OPEN_COST
    best[POI], best[SUBPOI] = max(best[POI], gain), max(best[SUBPOI], gain)
    if length <= _VILLAGE_OPEN_LONGEST:
        best[COMMUNITY] = max(best[COMMUNITY], _OPEN_COST[length] - _VILLAGE_OPEN_COST)


@register_jitable
def _fit(book: Book, line: Records, at: int, end: int, label: int) -> float:
    """Return how well a stretch fits a name, by what it holds."""
    fit = -_DIVISION_INSIDE_COST if line[end].full > line[at + 1].full else 0.0
    signs = line[end].signs - line[at].signs
    if signs:
        fit -= 2.5 + 1.5 * signs if label in (POI, SUBPOI) else 5.0 + signs
    if label in (ROAD, POI) and _holds_kind(line, at, end):
        fit -= _KIND_INSIDE_COST
    if label in (POI, SUBPOI):
        fit -= INSIDE_COST * _inside(line, at, end)
    if label == POI and line[end - 1].code == _COMPANY:
        fit += TRADE_GAIN * _trades(book, line, at + 1, end - 2)
    return fit


@register_jitable
def _holds_kind(line: Records, at: int, end: int) -> bool:
    """Return whether another name ends inside a name: 仙门村|北路, 庄桥镇|宁慈东路."""
    for i in range(at + 2, end - 2):  # noqa: SIM110 -- machine code knows no generators
        if one_of(_INNER_KINDS, line[i].code):
            return True
    return False


@register_jitable
def _inside(line: Records, at: int, end: int) -> int:
    """Return how many names end inside a name: 万达广场|步行街."""
    first, last = at + 3, end - 3
    return line[last].over - line[first - 1].over if last >= first else 0


@register_jitable
def _trades(book: Book, line: Records, at: int, end: int) -> int:
    found = 0
    while at < end:
        length = longest(book, TRADES, line, at)
        within = length > 0 and at + length <= end
        found += within
        at += length if within else 1
    return found


@register_jitable
def _place_gain(line: Records, at: int, end: int, label: int) -> float:
    """Return what a name earns by beginning with a division."""
    stop = line[at].lead_end
    if label == TOWN or stop == 0 or stop >= end:
        return 0.0
    last = line[stop - 1].code
    if not one_of(_FULL_ENDS, last):
        more = _AFTER_SHORT[label]
        if label == POI and line[end - 1].code == _COMPANY:
            more = _COMPANY_AFTER_SHORT
    elif label == DEVZONE and not one_of(_TOWN_ENDS, last):
        more = _ZONE_AFTER_CITY
    else:
        more = _AFTER_FULL[label]
    return max(0.0, line[at].lead_gain + more)
