"""Words in flat arrays, characters folded one to one."""

from __future__ import annotations

import numpy as np

from lxgeo.locate.lattice.book import Sense, book_of, find, longest
from lxgeo.locate.lattice.characters import classes, codes_of, read_as
from lxgeo.locate.lattice.line import lay_out
from lxgeo.locate.lattice.memory import SPOT, Records


def laid_out(text: str) -> Records:
    """Return a text as records."""
    line = np.zeros(len(text) + 1, SPOT)
    lay_out(codes_of(text), classes(), line)
    return line


def test_a_word_is_found_on_its_shelf_only() -> None:
    """小区 stands on shelf 0, 小区东 on shelf 1; senses are those given, in order."""
    book = book_of(
        [{"小区": [Sense(3, 1.5), Sense(4, 2.5)]}, {"小区东": [Sense(5, 0.5)]}], np.zeros((1, 1))
    )
    line = laid_out("某小区东门")

    slot = book.slots[find(book.slots, 0, line, 1, 3)]

    assert book.senses[slot["first"] : slot["last"]]["label"].tolist() == [3, 4]
    assert find(book.slots, 1, line, 1, 3) == -1
    assert find(book.slots, 0, line, 0, 2) == -1
    east = book.slots[find(book.slots, 1, line, 1, 4)]
    assert book.senses[east["first"] : east["last"]]["label"].tolist() == [5]
    assert find(book.slots, 0, line, 5, 7) == -1


def test_the_longest_word_wins() -> None:
    """At 号楼 the unit is 号楼, not 号; at 楼 there is none."""
    book = book_of([{"号": [Sense(1, 0.0)], "号楼": [Sense(2, 0.0)]}], np.zeros((1, 1)))
    line = laid_out("3号楼")

    assert [longest(book, 0, line, at) for at in range(3)] == [0, 2, 0]


def test_characters_are_folded_one_to_one() -> None:
    """Full width, radicals, dashes and brackets become plain; length and offsets stay."""
    text = "３号（⻓）—【Ａ】㎡𠮷"

    folded = "".join(map(chr, codes_of(text)))

    assert len(folded) == len(text)
    assert folded[:-2] == "3号(长)-(A)"


def test_what_is_not_seen_goes_and_offsets_lead_back() -> None:
    """Zero-width characters and the blanks of a spaced-out text go; single blanks stay."""
    assert read_as("浙江省 杭州市") == ("浙江省 杭州市", None)
    assert read_as("浙\u200b江") == ("浙江", [0, 2])
    assert read_as("浙 江 省 杭 州") == ("浙江省杭州", [0, 2, 4, 6, 8])
