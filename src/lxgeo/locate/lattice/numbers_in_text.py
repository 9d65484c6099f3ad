"""Numbers in an address and what they count; letters and directions with a unit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba.extending import register_jitable

from lxgeo.locate.lattice.book import Book, find, has_length, longest
from lxgeo.locate.lattice.characters import BREAK, COUNT, DIGIT, LETTER, STEM
from lxgeo.locate.lattice.labels import (
    HOUSENO,
    LABELS,
    NAT_A_CHARACTER,
    NOISE,
    ROAD,
    ROADNO,
    ROOMNO,
)
from lxgeo.locate.lattice.lexicon import (
    ASIDES,
    BARE,
    DIGITS_COST,
    FORBIDDEN,
    LETTER_UNITS,
    MOST_DIGITS,
    UNITS,
)
from lxgeo.locate.lattice.line import add, code_at, inside_run, is_kind, one_of
from lxgeo.locate.lattice.memory import Records

NOISE_COST = -4.5
"""What a character costs that belongs to nothing."""
_LONGEST_COUNT = 6
_TWO = 2
_LONGEST_ASIDE = 6
_JOINTS = np.array([*map(ord, "-/、,~")])
_DASH, _BASEMENT, _OF, _ORDINAL, _NEGATIVE, _EXTRA = map(ord, "-B之第负附")
_EARTH, _BELOW, _UNIT_OF_LIFTS = map(ord, "地下F")
_STEMS = np.array([*map(ord, "甲乙丙丁")])
_DIRECTIONS = np.array([*map(ord, "东南西北中主副前后")])
_POINTS = np.array([*map(ord, "东南西北中")])
_BASEMENT_FLOORS = np.array([*map(ord, "12")])
_FLOOR_UNITS = np.array([*map(ord, "F层楼")])
_FLOORS_BY_LETTER = np.array([*map(ord, "Ff")])
_NUMBER, _ROOM, _AREA, _CHAMBER = map(ord, "号房区室")
_NO_ROOM_AFTER = np.array([*map(ord, "管产")])

_PREFIX_GAIN, _AREA_GAIN, _FIRST_PIECE_GAIN = 6.0, 1.0, 0.5
_HAN_ROAD_COST, _LETTERS_COST, _PART_COST, _LONG_HOUSE_COST = 2.0, 3.0, 3.0, 2.0
_WITH_UNIT = 0.3
_SHORT_HOUSE = 2


class Number(NamedTuple):
    """A number as it stands: where it starts and ends without its unit, and of what it is made.

    Parameters
    ----------
    digits, counts
        How many characters are digits and letters (all pieces), or Chinese counts.
    pieces, dashes
        How many numbers are joined, and by how many dashes.
    first_end
        Where the first piece ends.
    prefixed, part
        1 where it is led by 第, 负, 附 …; where 之二 follows.
    end
        Where it ends; 0 if there is no number.
    """

    digits: int
    counts: int
    pieces: int
    dashes: int
    first_end: int
    prefixed: int
    part: int
    end: int


@register_jitable
def add_numbers(book: Book, line: Records, spans: Records, at: int) -> bool:
    """Add what a number or letter here may be, and return whether there is one."""
    lettered = _add_lettered(book, line, spans, at)
    number = _number_at(line, at)
    if number.end == 0:
        return lettered
    unit_length = _unit_length(book, line, number.end)
    if unit_length:
        _add_counted(book, line, spans, at, number, unit_length)
        return True
    if number.digits == 0:
        return lettered
    common = _common_gain(line, at, number, 0)
    for label in range(len(LABELS)):
        bare = book.figures[label, BARE]
        if bare > FORBIDDEN:
            gain = bare + common + _fit(book, line, number, label, 0, 0)
            add(line, spans, at, number.end, label, gain)
    _add_first_piece(book, line, spans, at, number)
    return True


@register_jitable
def _add_first_piece(book: Book, line: Records, spans: Records, at: int, number: Number) -> None:
    """Add the first of several numbers alone: 12 of 12-3-401."""
    length = min(number.first_end - at, MOST_DIGITS)
    for label in range(len(LABELS) if number.pieces > 1 else 0):
        bare, cost = book.figures[label, BARE], book.figures[label, DIGITS_COST + length]
        if bare > FORBIDDEN and cost > FORBIDDEN:
            add(line, spans, at, number.first_end, label, bare + cost + _FIRST_PIECE_GAIN)


@register_jitable
def _add_counted(
    book: Book, line: Records, spans: Records, at: int, number: Number, unit_length: int
) -> None:
    end = number.end + unit_length
    common = _common_gain(line, at, number, unit_length)
    if line[number.end].code == _CHAMBER and not _is_range(at, number):
        _add_first_piece(book, line, spans, at, number)
    slot = book.slots[find(book.slots, UNITS, line, number.end, end)]
    for k in range(slot.first, slot.last):
        sense = book.senses[k]
        fit = _fit(book, line, number, sense.label, unit_length, line[number.end].code)
        if sense.label == ROOMNO and number.pieces == _TWO and _is_range(at, number):
            fit = -1.5
        add(line, spans, at, end, sense.label, sense.gain + common + fit)


@register_jitable
def _is_range(at: int, number: Number) -> bool:
    """Return whether two numbers of one length are from … to …: 219-220室, not 3-12室."""
    length = number.first_end - at
    return length > _SHORT_HOUSE and number.pieces == _TWO and number.digits == 2 * length + 1


@register_jitable
def _number_at(line: Records, at: int) -> Number:
    start = at + _prefix_length(line, at)
    prefixed = int(start > at)
    first_end = _piece_end(line, start)
    if first_end > start:
        return _digits(line, start, first_end, prefixed)
    end = start
    while end - start < _LONGEST_COUNT and is_kind(line, end, COUNT):
        end += 1
    if end == start and is_kind(line, start, STEM) and one_of(_STEMS, code_at(line, start)):
        end = start + 1
    counts = end - start
    if counts == 0:
        return Number(0, 0, 0, 0, 0, 0, 0, 0)
    part_end = _part_end(line, end)
    return Number(0, counts, 1, 0, end, prefixed, int(part_end > end), part_end)


@register_jitable
def _digits(line: Records, start: int, first_end: int, prefixed: int) -> Number:
    end, pieces, dashes = first_end, 1, 0
    while one_of(_JOINTS, code_at(line, end)):
        next_end = _alphanumeric_end(line, end + 1)
        if next_end == end + 1:
            break
        dashes += code_at(line, end) == _DASH
        pieces += 1
        end = next_end
    part_end = _part_end(line, end)
    return Number(
        end - start, 0, pieces, dashes, first_end, prefixed, int(part_end > end), part_end
    )


@register_jitable
def _prefix_length(line: Records, at: int) -> int:
    code = code_at(line, at)
    after = code_at(line, at + 1)
    if code in (_ORDINAL, _NEGATIVE, _EXTRA):
        return 1 if _starts_number(line, at + 1) else 0
    if code == _EARTH and after == _BELOW:
        return 2 if _starts_number(line, at + 2) else 0
    if code == _BASEMENT and one_of(_BASEMENT_FLOORS, after):
        return 1 if one_of(_FLOOR_UNITS, code_at(line, at + 2)) else 0
    if one_of(_STEMS, code) and is_kind(line, at + 1, DIGIT):
        return 1
    if one_of(_POINTS, code) and is_kind(line, at + 1, DIGIT | COUNT):  # 北五区
        return 1 if code_at(line, at + 2) == _AREA else 0
    return 0


@register_jitable
def _starts_number(line: Records, at: int) -> bool:
    return is_kind(line, at, DIGIT | LETTER | COUNT) or (
        is_kind(line, at, STEM) and one_of(_STEMS, code_at(line, at))
    )


@register_jitable
def _piece_end(line: Records, start: int) -> int:
    """Return where digits and letters end; 12F ends before its F."""
    end = start
    while end - start < MOST_DIGITS // 2 and is_kind(line, end, DIGIT):
        end += 1
    lift = end > start and one_of(_FLOORS_BY_LETTER, code_at(line, end))
    if lift and not is_kind(line, end + 1, LETTER):
        return end
    return _alphanumeric_end(line, start)


@register_jitable
def _alphanumeric_end(line: Records, start: int) -> int:
    end = start
    while end - start < MOST_DIGITS and is_kind(line, end, DIGIT | LETTER):
        end += 1
    return end


@register_jitable
def _part_end(line: Records, end: int) -> int:
    """Return where 之二 or 之2 ends that follows a number."""
    if code_at(line, end) != _OF:
        return end
    last = end + 1
    while is_kind(line, last, DIGIT | COUNT):
        last += 1
    return last if last > end + 1 else end


@register_jitable
def _unit_length(book: Book, line: Records, at: int) -> int:
    length = longest(book, UNITS, line, at) if at < line.size else 0
    room = length == _TWO and line[at].code == _NUMBER and line[at + 1].code == _ROOM
    return 1 if room and one_of(_NO_ROOM_AFTER, code_at(line, at + 2)) else length


@register_jitable
def _common_gain(line: Records, at: int, number: Number, unit_length: int) -> float:
    """Return what a number earns whatever it counts."""
    gain = 0.0
    if number.prefixed:
        gain += _PREFIX_GAIN
    elif number.counts == 1:
        gain += NAT_A_CHARACTER - 4
    elif number.counts > 1:
        gain += NAT_A_CHARACTER * number.counts - 7
    letters_only = number.digits > 0 and number.pieces == 1 and unit_length == 0
    for i in range(at, number.end):
        letters_only = letters_only and is_kind(line, i, LETTER)
    return gain - _LETTERS_COST if letters_only else gain


@register_jitable
def _fit(
    book: Book, line: Records, number: Number, label: int, unit_length: int, unit_starts: int
) -> float:
    """Return how well a number fits a label: by its length, its pieces, its script."""
    fit = 0.0
    if number.counts and label in (ROADNO, ROAD):
        fit -= _HAN_ROAD_COST
    if number.counts and unit_length == 1 and unit_starts == _AREA:
        fit += _AREA_GAIN
    if number.part and label != ROADNO:
        fit -= _PART_COST
    if number.pieces > 1:
        return fit + _joined_fit(number, label, unit_length, unit_starts)
    cost = book.figures[label, DIGITS_COST + min(number.digits, MOST_DIGITS)]
    if number.digits and cost > FORBIDDEN:
        fit += cost * (_WITH_UNIT if unit_length else 1.0)
        ends_open = unit_length == 0 and not is_kind(line, number.end, BREAK)
        if label == HOUSENO and number.digits > _SHORT_HOUSE and ends_open:
            fit -= _LONG_HOUSE_COST
    return fit


@register_jitable
def _joined_fit(number: Number, label: int, unit_length: int, unit_starts: int) -> float:
    """Return how well several numbers in one fit a label: 12-3 is a door or a room."""
    if label == ROADNO:
        one_dash = number.dashes == 1
        return -1.5 if unit_length else (-2.5 if one_dash else -7.0)
    if label == ROOMNO:
        joined = -4.0 * (number.dashes + 1)
        return joined if unit_length == 0 or unit_starts == _CHAMBER else -1.5
    if label == HOUSENO:
        return -1.5 if unit_length == 1 and unit_starts == _NUMBER else -8.0
    return -9.0


@register_jitable
def _add_lettered(book: Book, line: Records, spans: Records, at: int) -> bool:
    """Add A座, AB栋, 东楼, 北区."""
    end = at
    while end - at < _TWO and is_kind(line, end, LETTER):
        end += 1
    if end == at and one_of(_DIRECTIONS, line[at].code):
        end = at + 1
    length = longest(book, LETTER_UNITS, line, end) if end > at else 0
    if length == 0:
        return False
    slot = book.slots[find(book.slots, LETTER_UNITS, line, end, end + length)]
    sense = book.senses[slot.first]
    add(line, spans, at, end + length, sense.label, sense.gain)
    return True


@register_jitable
def add_asides(book: Book, line: Records, spans: Records, at: int) -> bool:
    """Add words between names that begin here, and return whether there are any."""
    mask = book.lengths[line[at].code, ASIDES]
    found = False
    for length in range(1, _LONGEST_ASIDE + 1 if mask else 0):
        number = find(book.slots, ASIDES, line, at, at + length) if has_length(mask, length) else -1
        if number >= 0:
            found = True
            for k in range(book.slots[number].first, book.slots[number].last):
                sense = book.senses[k]
                add(line, spans, at, at + length, sense.label, sense.gain)
    return found


@register_jitable
def add_small_things(book: Book, line: Records, spans: Records) -> None:
    """Add numbers, asides and noise; mark where a name without an ending may end."""
    for at in range(line.size - 1):
        add(line, spans, at, at + 1, NOISE, NOISE_COST)
        if is_kind(line, at, BREAK):
            line[at].cut = 1
        if inside_run(line, at):
            continue
        if is_kind(line, at, DIGIT | LETTER | COUNT | STEM) and add_numbers(book, line, spans, at):
            line[at].cut = 1
        if add_asides(book, line, spans, at):
            line[at].cut = 1
