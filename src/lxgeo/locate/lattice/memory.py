"""The records that the parser works on, laid out for machine code."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lxgeo.locate.lattice.labels import LABELS

Records = NDArray[Any]
"""An array of records: ``line[3].code``."""

LONGEST_TEXT: Final = 512
"""Characters of an address that are read; what follows is none."""
_SPANS_A_POSITION: Final = 48

SLOT: Final = np.dtype([("key", np.uint64), ("first", np.int32), ("last", np.int32)], align=True)
"""A word: its hash, 0 if free, and where its senses begin and end."""

SENSE: Final = np.dtype(
    [
        ("gain", np.float64),
        ("vouched", np.float64),
        ("own", np.int32),
        ("above", np.int32),
        ("above_end", np.int32),
        ("label", np.int32),
    ],
    align=True,
)
"""A sense of a word (see `book.Sense`)."""

SPOT: Final = np.dtype(
    [
        ("hash", np.uint64),  # of all that is before this character
        ("lead_gain", np.float64),  # what the longest division that starts here earns
        (
            "villages",
            np.uint32,
        ),  # four bits for each length of a village that starts here: its kind + 1
        ("top", np.float64),  # the most that any reading earns up to here
        ("lead_end", np.int32),  # where that division ends, 0 if there is none
        ("spans", np.int32),  # the last of the spans that start here, 0 if there is none
        ("endings", np.int32),  # the last of the endings that end here, 0 if there is none
        ("reach", np.int32),  # up to where a name that starts here may go
        ("signs", np.int32),  # digits and letters before
        ("over", np.int32),  # names that are over here or before: 大厦, 小区, 公司 …
        ("full", np.int32),  # divisions with 省, 市, 区, 镇 … that start before
        ("code", np.uint16),
        ("kind", np.uint8),
        ("cut", np.uint8),  # whether a name without an ending may end here
    ],
    align=True,
)
"""A position of the text: the character that follows, and what is known there."""

SPAN: Final = np.dtype(
    [
        ("gain", np.float64),
        ("other", np.int32),  # its other end
        ("before", np.int32),  # the span before it in the list of its position
        ("label", np.int32),
    ],
    align=True,
)
"""A stretch that may be something. The first record's ``other`` counts how many there are."""

WAY: Final = np.dtype(
    [
        ("gain", np.float64),  # what it earns
        ("start", np.int32),  # where its last step starts
        ("before", np.int16),  # the label before
        ("skip", np.int16),  # 1 where that step goes over a character that belongs to nothing
    ],
    align=True,
)
"""The best reading up to a position that ends in a label."""


class Desk(NamedTuple):
    """Room to work on one text after another.

    Parameters
    ----------
    line : records of SPOT
        The text.
    spans : records of SPAN
        Spans by start, endings by end.
    ways : records of WAY, shape (positions, labels)
        Readings.
    named : ndarray of int32, shape (identities, 2)
        For each division: the text that named it last, and where; -1 if in several places.
    """

    line: Records
    spans: Records
    ways: Records
    named: NDArray[np.int32]


def desk(identities: int) -> Desk:
    """Return room for texts of up to `LONGEST_TEXT` characters."""
    return Desk(
        np.zeros(LONGEST_TEXT + 1, SPOT),
        np.zeros(_SPANS_A_POSITION * (LONGEST_TEXT + 1), SPAN),
        np.zeros((LONGEST_TEXT + 1, len(LABELS)), WAY),
        np.full((identities, 2), -1, np.int32),
    )
