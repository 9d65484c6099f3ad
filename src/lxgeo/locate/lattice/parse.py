"""Addresses in, parts and divisions out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lxgeo.locate.divisions import Divisions
from lxgeo.locate.lattice.characters import Codes, classes, codes_of, read_as
from lxgeo.locate.lattice.community import with_township
from lxgeo.locate.lattice.labels import LABELS, TOLD_AS
from lxgeo.locate.lattice.lexicon import Lexicon, lexicon
from lxgeo.locate.lattice.memory import LONGEST_TEXT, desk
from lxgeo.locate.lattice.parsed import ParsedAddress, Part
from lxgeo.locate.lattice.paths import read_lines
from lxgeo.locate.lattice.resolve import Named, resolve

_BATCH: Final = 4096
_TOLD: Final = tuple(TOLD_AS.get(label, "") for label in LABELS)
_DIVISIONS: Final = frozenset({"prov", "city", "district", "town"})
_OPENED_BY: Final = {")": "(", "）": "（"}
_ZERO, _NINE, _BASEMENT = map(ord, "09B")
_MOST_KEPT: Final = 1 << 16

Spans = list[list[int]]
"""Start, end and label of each part of a text."""


def parse_address(text: str, divisions: Divisions) -> ParsedAddress:
    """Return the parts of an address and the divisions that it lies in.

    Parameters
    ----------
    text
        An address as given; anything else comes back as few parts or none. Of a text longer than
        `memory.LONGEST_TEXT` characters the beginning is read.
    divisions
        The table of divisions, from `lxgeo.read.read_divisions`.
    """
    return next(iter_addresses((text,), divisions))


def parse_addresses(texts: Iterable[str], divisions: Divisions) -> list[ParsedAddress]:
    """Return the parts and divisions of many addresses, in their order."""
    return list(iter_addresses(texts, divisions))


def iter_addresses(texts: Iterable[str], divisions: Divisions) -> Iterator[ParsedAddress]:
    """Yield the parts and divisions of many addresses, in their order; a few thousand at a time."""
    reader, waiting = _Reader(lexicon(divisions)), iter(texts)
    while batch := tuple(islice(waiting, _BATCH)):
        yield from _parse(batch, divisions, reader)


class _Reader:
    """Reads addresses, and those that differ only in their figures once: the rooms of a tower."""

    def __init__(self, known: Lexicon) -> None:
        self._known = known
        self._desk = desk(known.identities)
        self._kept: dict[bytes, Spans] = {}

    def read(self, texts: Sequence[str]) -> list[Spans]:
        """Return the spans of each text."""
        codes = codes_of("".join(texts))
        if not self._known.figures_tell:
            codes = _without_figures(codes)
        ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
        lines = np.split(codes, ends[:-1]) if len(texts) else []
        keys = [line.tobytes() for line in lines]
        new = {key: line for key, line in zip(keys, lines, strict=True) if key not in self._kept}
        found = dict(zip(new, self._spans(list(new.values())), strict=True))
        spans = [found[key] if key in found else self._kept[key] for key in keys]
        if len(self._kept) < _MOST_KEPT:
            self._kept |= found
        return spans

    def _spans(self, lines: Sequence[Codes]) -> Iterator[Spans]:
        if not lines:
            return
        ends: NDArray[np.int64] = np.cumsum([line.size for line in lines], dtype=np.int64)
        book, villages = self._known.book, self._known.villages
        codes = np.concatenate(lines)
        found, part_ends = read_lines(book, villages, self._desk, classes(), codes, ends)
        rows, begin = found.tolist(), 0
        for end in part_ends.tolist():
            yield rows[begin:end]
            begin = end


def _without_figures(codes: Codes) -> Codes:
    """Return characters with all digits alike, but one after a B: B1 is a floor, B7 a house."""
    digit = (codes >= _ZERO) & (codes <= _NINE)
    digit[1:] &= codes[:-1] != _BASEMENT
    return np.where(digit, np.uint16(_ZERO), codes)


def _parse(texts: Sequence[str], divisions: Divisions, reader: _Reader) -> Iterator[ParsedAddress]:
    squeezed = [read_as(text[:LONGEST_TEXT]) for text in texts]
    found = reader.read([text for text, _ in squeezed])
    for text, (_, origin), rows in zip(texts, squeezed, found, strict=True):
        parts = _parts(text, rows, origin)
        where = resolve(_named(parts), divisions)
        communities = [_plain(part.text) for part in parts if part.label == "community"]
        if communities:
            where = with_township(where, communities, divisions)
        yield ParsedAddress(
            text=text,
            parts=parts,
            province=where.province,
            city=where.city,
            district=where.district,
            township=where.township,
            province_code=where.province_code,
            city_code=where.city_code,
            district_code=where.district_code,
            township_code=where.township_code,
            township_by=where.township_by,
            code=where.code,
            confidence=where.confidence,
            candidates=where.candidates,
            renamed=where.renamed,
            contradicted=where.contradicted,
            cut=len(text) > LONGEST_TEXT,
        )


def _parts(
    text: str, rows: Sequence[Sequence[int]], origin: Sequence[int] | None
) -> tuple[Part, ...]:
    """Return the parts that are told, with offsets into the text as given."""
    parts = []
    for start, end, label in rows:
        told = _TOLD[label]
        if told:
            first, beyond = (start, end) if origin is None else (origin[start], origin[end - 1] + 1)
            beyond += _left_open(text, first, beyond)
            parts.append(Part(told, text[first:beyond], first, beyond))
    return tuple(parts)


def _named(parts: Iterable[Part]) -> tuple[Named, ...]:
    return tuple(Named(part.label, _plain(part.text)) for part in parts if part.label in _DIVISIONS)


def _left_open(text: str, start: int, end: int) -> bool:
    """Return whether the bracket that follows belongs to a name: 商业（北）."""
    closing = text[end : end + 1]
    opening = _OPENED_BY.get(closing)
    return opening is not None and opening in text[start:end] and closing not in text[start:end]


def _plain(words: str) -> str:
    return words if words.isalpha() else "".join(words.split())
