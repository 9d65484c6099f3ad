"""Addresses in, parts and divisions out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np

from lxgeo.locate.divisions import Divisions
from lxgeo.locate.lattice.characters import classes, codes_of, read_as
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
    known, waiting = lexicon(divisions), iter(texts)
    while batch := tuple(islice(waiting, _BATCH)):
        yield from _parse(batch, divisions, known)


def _parse(texts: Sequence[str], divisions: Divisions, known: Lexicon) -> Iterator[ParsedAddress]:
    read = [text[:LONGEST_TEXT] for text in texts]
    squeezed = [read_as(text) for text in read]
    codes = codes_of("".join(text for text, _ in squeezed))
    ends = np.cumsum([len(text) for text, _ in squeezed], dtype=np.int64)
    found, part_ends = read_lines(
        known.book, known.villages, desk(known.identities), classes(), codes, ends
    )
    rows, begin = found.tolist(), 0
    for text, (_, origin), end in zip(texts, squeezed, part_ends.tolist(), strict=True):
        parts = _parts(text, rows[begin:end], origin)
        begin = end
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
    words = text[start:end]
    return any(
        opening in words and closing not in words and text.startswith(closing, end)
        for opening, closing in ("()", "（）")
    )


def _plain(words: str) -> str:
    return words if words.isalpha() else "".join(words.split())
