"""Texts as Arrow holds them say the same as the same texts in a list."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lxgeo.ledger.identity import together
from lxgeo.ledger.sheets.column import Cells
from lxgeo.ledger.texts.arrow import Texts, chosen, joined, replaced
from lxgeo.ledger.texts.letters import Letters
from lxgeo.ledger.texts.once import told_once
from lxgeo.ledger.texts.plain import Looks, codes_that_fit, settled, with_round_brackets

WRITTEN = (
    *("宏达机械（深圳）有限公司", "宏达", "", "创业路3号、5号", "13800138000", "113.937184", "A"),
    *(
        "91440300MA5EXAMPL1",
        "91350100M000100Y43",
        "１２人",
        "𠮷野家",
        "é",
        "同上",
        " 宏达 ",
        "3E15",
    ),
    *("1E1000000000000000", "440303199001011237", "（", "甲-乙.丙", "Ａ栋", "\u200b"),
)
TEXTS = st.lists(st.one_of(st.sampled_from(WRITTEN), st.text("甲乙（)1aA.、É𠮷 ", max_size=20)))


def both(written: list[str]) -> tuple[Texts, list[str | None]]:
    """Return texts as Arrow holds them, and in a list."""
    return Texts(pa.array(written, pa.string())), [text or None for text in written]


@settings(deadline=None)  # what is compiled is so at the first call
@given(TEXTS)
def test_they_look_the_same(written: list[str]) -> None:
    """What a text looks like, whether it is a code that fits, and whether it is settled."""
    texts, listed = both(written)
    looks, expected = Looks.of(texts), Looks.of(listed)

    for each in fields(Looks):
        assert getattr(looks, each.name).tolist() == getattr(expected, each.name).tolist()
    fits, alone = codes_that_fit(texts, looks)
    assert [fits.tolist(), alone.tolist()] == [x.tolist() for x in codes_that_fit(listed, expected)]
    assert settled(texts, looks, alone).tolist() == settled(listed, expected, alone).tolist()


def test_a_credit_code_fits_by_its_check_character() -> None:
    """91350100M000100Y43 (GB 32100's own example) fits; another last character does not."""
    texts, _ = both(
        ["91350100M000100Y43", "91350100M000100Y44", "宏达机械有限公司宏达机械有限公司宏达"]
    )

    fits, alone = codes_that_fit(texts, Looks.of(texts))

    assert fits.tolist() == [True, False, False]
    assert alone.tolist() == [True, False, False]


@settings(deadline=None)  # what is compiled is so at the first call
@given(TEXTS)
def test_equal_ones_are_told_once(written: list[str]) -> None:
    """Equal texts have one number, in the order in which they come."""
    texts, listed = both(written)

    for told, expected in zip(told_once(texts), told_once(listed), strict=True):
        assert told.tolist() == expected.tolist()


@settings(deadline=None)  # what is compiled is so at the first call
@given(TEXTS, TEXTS)
def test_columns_are_put_together_alike(first: list[str], second: list[str]) -> None:
    """Texts of several columns become one in which each is told once, and 0 is what is missing."""
    columns = [both(first), both(second)]
    of_arrow, of_lists = (
        together([Cells(np.arange(len(each[at])), each[at]) for each in columns], missing=None)
        for at in (0, 1)
    )

    assert of_arrow.codes.tolist() == of_lists.codes.tolist()
    assert list(of_arrow.values) == list(of_lists.values)


@settings(deadline=None)  # what is compiled is so at the first call
@given(TEXTS)
def test_their_letters_are_the_same(written: list[str]) -> None:
    """Texts are compared by the same keys, whoever holds them."""
    told, expected = Letters(both(written)[0]), Letters(written)

    assert told.whole().tolist() == expected.whole().tolist()
    assert told.lengths.tolist() == list(map(len, written))


@settings(deadline=None)  # what is compiled is so at the first call
@given(TEXTS)
def test_brackets_become_round(written: list[str]) -> None:
    """Brackets of Chinese type become those of ASCII, in the texts asked for."""
    texts, _ = both(written)
    places = np.arange(0, len(written), 2)

    told = with_round_brackets(texts, places)

    assert [text or "" for text in told] == [
        text.replace("（", "(").replace("）", ")") for text in written[::2]
    ]


def test_one_is_taken_by_its_place() -> None:
    """What is empty is nothing; places count from either end."""
    texts, listed = both(["甲", "", "乙"])

    assert [texts[0], texts[1], texts[-1]] == ["甲", None, "乙"]
    assert texts[1:] == [None, "乙"]
    assert list(texts) == listed
    assert chosen(texts, np.array([2, 0])) == ["乙", "甲"]


def test_a_slice_of_an_array_is_read_from_where_it_begins() -> None:
    """The array may be part of a greater one."""
    part = Texts(pa.array(["甲甲", "乙", "丙丙丙", "丁"]).slice(1, 2))

    assert part.letters(0, 2) == "乙丙丙丙"
    assert part.lengths.tolist() == [1, 3]
    assert Looks.of(part).lengths.tolist() == [1, 3]
    assert told_once(part)[0].tolist() == [0, 1]


def test_some_are_replaced() -> None:
    """A text may give way to another or to nothing; a number makes it a list."""
    texts, _ = both(["甲", "乙", "丙"])

    assert list(replaced(texts, np.array([0, 2]), ["子", None])) == ["子", "乙", None]
    assert replaced(texts, np.array([1]), [5]) == ["甲", 5, "丙"]
    assert replaced(texts, np.array([], dtype=np.int64), []) is texts


def test_parts_stay_with_arrow_where_all_are_text() -> None:
    """With a number among them they become a list."""
    texts, _ = both(["甲", ""])

    assert isinstance(joined([None], texts, ["乙"]), Texts)
    assert list(joined([""], texts, nothing="")) == ["", "甲", ""]
    assert joined(texts, [5]) == ["甲", None, 5]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        (["113.5", "22", "甲", ""], [113.5, 22.0, None, None]),
        (["113.937184", "113-30"], [None, None]),  # no number: each has to be looked at
    ],
)
def test_numbers_are_read_at_once(written: list[str], numbers: list[float | None]) -> None:
    """Texts of digits and points are numbers, all or none."""
    of = np.array([text[:1].isdigit() for text in written])

    told = both(written)[0].numbers(of).tolist()

    assert [None if number != number else number for number in told] == numbers  # noqa: PLR0124
