"""A text laid out on the desk, and the lists of spans on it."""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

from lxgeo.locate.lattice.book import character_hash
from lxgeo.locate.lattice.characters import BRACKET, BREAK, DIGIT, LETTER, Classes, Codes
from lxgeo.locate.lattice.memory import Records


@njit(cache=True)
def lay_out(codes: Codes, classes: Classes, line: Records) -> None:
    """Write a text's characters into the records; one more than it has characters."""
    hashed = np.uint64(0)
    for i in range(line.size):
        spot = line[i]
        spot.hash = hashed
        spot.lead_gain, spot.lead_end, spot.spans, spot.endings = 0.0, 0, 0, 0
        spot.villages = 0
        spot.code, spot.kind, spot.cut, spot.full, spot.signs, spot.over = 0, 0, 0, 0, 0, 0
        if i < codes.size:
            spot.code, spot.kind = codes[i], classes[codes[i]]
            hashed = character_hash(hashed, codes[i])
    line[0].cut = line[codes.size].cut = 1


@register_jitable
def take(spans: Records) -> int:
    """Return the number of a free span, 0 where all room is used."""
    used = spans[0].other + 1
    if used >= spans.size:
        return 0
    spans[0].other = used
    return used


@register_jitable
def add(line: Records, spans: Records, start: int, end: int, label: int, gain: float) -> None:
    """Add a span to those that start at a position."""
    number = take(spans)
    if number:
        span = spans[number]
        span.gain, span.other, span.label, span.before = gain, end, label, line[start].spans
        line[start].spans = number


@register_jitable
def add_ending(
    line: Records, spans: Records, start: int, end: int, label: int, gain: float
) -> None:
    """Add an ending to those that end at a position."""
    number = take(spans)
    if number:
        span = spans[number]
        span.gain, span.other, span.label, span.before = gain, start, label, line[end].endings
        line[end].endings = number


@register_jitable
def code_at(line: Records, at: int) -> int:
    """Return the character at a position, 0 after the last one."""
    return line[at].code if at < line.size else 0


@register_jitable
def is_kind(line: Records, at: int, kind: int) -> bool:
    """Return whether there is a character here, of one of some classes."""
    return 0 <= at < line.size and (line[at].kind & kind) != 0


@register_jitable
def one_of(characters: NDArray[np.int64], code: int) -> bool:
    """Return whether a character is among some."""
    for each in characters:  # noqa: SIM110 -- machine code knows no generators
        if each == code:
            return True
    return False


@register_jitable
def inside_run(line: Records, at: int) -> bool:
    """Return whether a number or a Latin word goes on here."""
    return (is_kind(line, at, DIGIT) and is_kind(line, at - 1, DIGIT)) or (
        is_kind(line, at, LETTER) and is_kind(line, at - 1, LETTER)
    )


@register_jitable
def parts_names(line: Records, at: int) -> bool:
    """Return whether no name goes on over the character here: a comma, a blank, no bracket."""
    return is_kind(line, at, BREAK) and not is_kind(line, at, BRACKET)
