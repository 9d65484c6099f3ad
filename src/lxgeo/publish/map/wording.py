"""Texts of many rows in few bytes, so that a page of a whole city fits into an e-mail.

Three ways, each undone exactly by `assets/js/texts.js`:

- `lettered`: each letter is one byte or two by how common it is, and gzip does the rest.
- `affixed`: names share their beginnings and ends (``云溪区…商贸有限公司``); both are numbered,
  only the middles are written out.
- `formed`: addresses and reasons differ in their figures; the sentence without them is numbered,
  the runs of digits are written out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from lxgeo.publish.map.pack import PackedColumn, counts, texts

_SINGLE = 224  # letters of one byte; 0 ends a text
_MOST_LETTERS = (_SINGLE - 1) + (256 - _SINGLE) * 256
_SAMPLE = 20_000  # texts that affixes are learnt from
_LONGEST = 12  # letters of an affix
_LEAST = 0.0004  # share of texts that an end must serve to be numbered
_DIGITS = re.compile(r"[0-9]+")
_BLANK = "0"  # where a run of digits stood: all digits are taken out, so this can't be one


def said(values: pd.Series) -> list[str]:
    """Return a column as texts; what is missing is an empty text."""
    held = values.to_numpy(dtype=object, na_value="")
    return [value if type(value) is str else str(value) for value in held]


def repeated(values: pd.Series) -> list[str]:
    """Return a column as `said` does, each different text held once: a city's reasons are long."""
    codes, different = pd.factorize(values)
    held = [*map(str, different), ""]
    return [held[code] for code in codes]


def lettered(name: str, values: Sequence[str]) -> tuple[PackedColumn, ...]:
    """Return texts as bytes of an alphabet of their own; with too many letters, as they are."""
    ranked = [each for each, _ in Counter("".join(values)).most_common()]
    if len(ranked) > _MOST_LETTERS:
        return (texts(name, values),)
    symbols = {ord(each): _symbol(at + 1) for at, each in enumerate(ranked)}
    end = next(chr(point) for point in range(0xE000, 0x10FFFF) if point not in symbols)
    body = end.join(values).translate(symbols | {ord(end): "\x00"}).encode("latin-1")
    return (
        PackedColumn(name, "letters", len(values), body),
        texts(f"{name}.letters", ranked),
    )


def affixed(name: str, values: Sequence[str]) -> tuple[PackedColumn, ...]:
    """Return texts as numbered beginnings and ends, with the middles as letters."""
    sample = values[:: max(1, len(values) // _SAMPLE)]
    least = max(4, round(len(sample) * _LEAST))
    ends = _affixes(sample, least, [slice(-n, None) for n in range(2, _LONGEST + 1)])
    rest = [value[: len(value) - len(_end_of(value, ends))] for value in sample]
    starts = _affixes(rest, 4 * least, [slice(n) for n in range(2, _LONGEST + 1)])
    start = np.zeros(len(values), dtype=np.int64)
    end = np.zeros(len(values), dtype=np.int64)
    middle: list[str] = []
    for row, value in enumerate(values):
        last = _end_of(value, ends)
        first = _start_of(value, len(value) - len(last), starts)
        start[row], end[row] = starts[first], ends[last]
        middle.append(value[len(first) : len(value) - len(last)])
    return (
        PackedColumn(name, "affixed", len(values), b""),
        counts(f"{name}.start", start),
        texts(f"{name}.start.values", starts),
        *lettered(f"{name}.middle", middle),
        counts(f"{name}.end", end),
        texts(f"{name}.end.values", ends),
    )


def formed(name: str, values: Sequence[str]) -> tuple[PackedColumn, ...]:
    """Return texts as numbered sentences without digits, and the runs of digits in order."""
    forms: dict[str, int] = {}
    codes = [forms.setdefault(_DIGITS.sub(_BLANK, value), len(forms)) for value in values]
    runs = [run for value in values for run in _DIGITS.findall(value)]
    return (
        PackedColumn(name, "formed", len(values), b""),
        counts(f"{name}.form", codes),
        texts(f"{name}.form.values", forms),
        *lettered(f"{name}.runs", runs),
    )


def _symbol(at: int) -> str:
    """Return a letter's code, as characters of Latin-1: 1 to 223, then two bytes."""
    if at < _SINGLE:
        return chr(at)
    high, low = divmod(at - _SINGLE, 256)
    return chr(_SINGLE + high) + chr(low)


def _affixes(sample: Sequence[str], least: int, cuts: Sequence[slice]) -> dict[str, int]:
    """Return what many texts begin or end with, numbered; the empty text is 0."""
    found = Counter(value[cut] for cut in cuts for value in sample)
    kept = sorted(each for each, times in found.items() if times >= least and len(each) > 1)
    return {each: place for place, each in enumerate(["", *kept])}


def _end_of(value: str, known: dict[str, int]) -> str:
    for length in range(min(_LONGEST, len(value)), 1, -1):
        if value[-length:] in known:
            return value[-length:]
    return ""


def _start_of(value: str, room: int, known: dict[str, int]) -> str:
    for length in range(min(_LONGEST, room), 1, -1):
        if value[:length] in known:
            return value[:length]
    return ""
