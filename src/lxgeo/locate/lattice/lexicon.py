"""All that the parser knows, in one book."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from lxgeo.locate.divisions import Divisions
from lxgeo.locate.lattice import endings as names
from lxgeo.locate.lattice import numerals
from lxgeo.locate.lattice.book import Book, Sense, Shelf, book_of
from lxgeo.locate.lattice.labels import LABEL, LABELS, transitions
from lxgeo.locate.lattice.places import places
from lxgeo.locate.lattice.villages import Villages, villages

FORBIDDEN: Final = -99.0
_DIGIT = re.compile("[0-9]")

# Shelves. The labels of MIDDLES, HEADS and TRADES are bits. Of numpy's type: what reads a shelf is
# then compiled once, not for the number of each.
(
    PLACES,
    ENDINGS,
    MIDDLES,
    HEADS,
    TRADES,
    WHOLE,
    UNITS,
    LETTER_UNITS,
    ASIDES,
    JOINED,
    VILLAGE_KINDS,
    ROAD_STEMS,
    INSIDE,
) = cast("Sequence[int]", np.arange(13))


# Columns of the book's figures; rows are labels. Log shares of labels that follow this one; what
# stems and numbers of each length cost; what a number without a unit earns.
FOLLOWS: Final = 0
STEM_COST: Final = FOLLOWS + len(LABELS)
LONGEST_STEM: Final = 11
DIGITS_COST: Final = STEM_COST + LONGEST_STEM + 1
MOST_DIGITS: Final = 6
BARE: Final = DIGITS_COST + MOST_DIGITS + 1
_COLUMNS: Final = BARE + 1


class Lexicon(NamedTuple):
    """All that the parser knows.

    Parameters
    ----------
    book
        Names of divisions, endings, units, words.
    villages
        Villages by what they lie in.
    identities
        How many divisions there are to tell apart.
    figures_tell
        Whether a digit stands in some word, so that it matters which.
    """

    book: Book
    villages: Villages
    identities: int
    figures_tell: bool


@functools.lru_cache(maxsize=4)
def lexicon(divisions: Divisions) -> Lexicon:
    """Return the parser's lexicon for a table of divisions; made once for each."""
    heads: dict[str, int] = {}
    for kind, words in names.HEADS.items():
        for word in words:
            heads[word] = heads.get(word, 0) | kind
    named, identities = places(divisions)
    shelves: dict[int, Shelf] = {
        PLACES: named,
        ENDINGS: _numbered(names.endings()),
        MIDDLES: _kinds(names.MIDDLES),
        HEADS: _kinds(heads),
        TRADES: _kinds(dict.fromkeys(names.TRADES, 1)),
        WHOLE: _numbered(names.whole()),
        UNITS: _numbered(numerals.units()),
        LETTER_UNITS: _numbered({unit: [sense] for unit, sense in numerals.LETTER_UNITS.items()}),
        ASIDES: _numbered(numerals.asides()),
        JOINED: _kinds({word: 1 for word, use in divisions.words if use & 2}),
        VILLAGE_KINDS: _kinds(dict.fromkeys(names.VILLAGE_KINDS, 1)),
        ROAD_STEMS: _kinds(dict.fromkeys(names.ROAD_STEMS, 1)),
        INSIDE: _kinds(dict.fromkeys(names.INSIDE, 1)),
    }
    book = book_of([shelves[k] for k in range(len(shelves))], _figures(), [ENDINGS])
    known = (*(word for shelf in shelves.values() for word in shelf), *_village_names(divisions))
    figures_tell = any(map(_DIGIT.search, known))
    return Lexicon(book, villages(divisions, identities), len(identities), figures_tell)


def _village_names(divisions: Divisions) -> Iterable[str]:
    return (names for _, names in divisions.villages)


def _numbered(senses: Mapping[str, Iterable[tuple[str, float]]]) -> dict[str, list[Sense]]:
    return {
        word: [Sense(LABEL[label], gain) for label, gain in told] for word, told in senses.items()
    }


def _kinds(kinds: Mapping[str, int]) -> dict[str, list[Sense]]:
    return {word: [Sense(kind, 0.0)] for word, kind in kinds.items()}


def _figures() -> NDArray[np.float64]:
    table = np.full((len(LABELS), _COLUMNS), FORBIDDEN)
    table[:, FOLLOWS : FOLLOWS + len(LABELS)] = transitions()
    for column, costs in (
        (STEM_COST, names.STEM_COST),
        (DIGITS_COST, numerals.DIGITS_COST),
        (BARE, {label: (share,) for label, share in numerals.BARE.items()}),
    ):
        for label, row in costs.items():
            table[LABEL[label], column : column + len(row)] = row
    return table
