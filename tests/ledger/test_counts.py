"""Counts: read in every way that people write them, and never guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from lxgeo.ledger.values.counts import Reading, han_number, members, read_count
from lxgeo.model import Rule

FULL_UNKNOWN = {
    *(Rule.MEMBERS_BLANK, Rule.MEMBERS_UNREADABLE, Rule.MEMBERS_NEGATIVE, Rule.ONLY_TOTAL_KNOWN),
}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (3, 3),
        (3.0, 3),
        ("3", 3),
        ("3.0", 3),
        ("３", 3),
        (" 3 人 ", 3),
        ("3名。", 3),
        ("1,200", 1200),
        ("三", 3),
        ("十二", 12),
        ("两名", 2),
        ("二十人", 20),
        ("一百零三", 103),
        ("无", 0),
        ("没有", 0),
        ("/", 0),
        ("—", 0),
        ("〇", 0),
        ("×", 0),
        ("0", 0),
    ],
)
def test_certain_counts_are_read(cell: object, value: int) -> None:
    """Full-width digits, units, Chinese numerals and words for none leave no doubt."""
    count = read_count(cell)

    assert count.value == value
    assert count.reading in {Reading.PLAIN, Reading.REPAIRED}


@pytest.mark.parametrize(
    ("cell", "value", "probationary"),
    [
        ("约50", 50, None),
        ("50余人", 50, None),
        ("50人左右", 50, None),
        ("5(其中预备1)", 5, 1),
        ("5人（含预备党员1人）", 5, 1),
        ("5人，其中1名预备党员", 5, 1),
        ("3+1", 4, 1),
        ("5/1", 6, 1),
        ("正式3人，预备1人", 4, 1),
        ("3人(1名待转)", 3, None),
    ],
)
def test_counts_with_a_doubt_are_read_and_flagged(
    cell: str, value: int, probationary: int | None
) -> None:
    """What counts about, or splits itself, is read as it says and told, each by its own name."""
    count = read_count(cell)
    split = probationary is not None or "转" in cell

    assert (count.reading, count.value) == (Reading.SPLIT if split else Reading.APPROXIMATE, value)
    assert count.probationary == probationary


def test_a_note_that_tells_no_part_leaves_the_number_and_is_told() -> None:
    """3(见附件) is 3 with a note, neither about 3 nor split."""
    read = members({"full_members": "3(见附件)"})

    assert read_count("3(见附件)").reading is Reading.NOTED
    assert read.full_members == 3
    assert [(each.code, dict(each.figures)) for each in read.findings] == [
        (Rule.VALUE_NOTED, {"field": "full_members", "written": "3(见附件)", "count": 3})
    ]


@pytest.mark.parametrize(
    "cell",
    [
        *("若干", "2.5", 2.5, "3+1+2", "1(其中预备3)", "一二", True, "13812345678", "20-10"),
        *(float("inf"), float("nan"), dt.date(2023, 3, 1), "9" * 50, 1e30, "三三十"),
    ],
)
def test_what_is_no_count_stays_unknown(cell: object) -> None:
    """Words, fractions, dates, phones and nonsense are not turned into numbers."""
    assert read_count(cell).reading is Reading.UNREADABLE
    assert read_count(cell).value is None


@pytest.mark.parametrize("cell", [-1, "-3", "－2", "负2人"])
def test_negative_counts_are_told_apart(cell: object) -> None:
    """A count below zero is a fault of its own."""
    assert read_count(cell).reading is Reading.NEGATIVE


@pytest.mark.parametrize("cell", [None, "", "  ", "\u200b"])
def test_a_blank_is_unknown_never_zero(cell: object) -> None:
    """Nothing written is nothing known."""
    assert read_count(cell).reading is Reading.BLANK
    assert read_count(cell).value is None


@pytest.mark.parametrize(("text", "value"), [("十百", None), ("一千零二十", 1020), ("百五", 105)])
def test_chinese_numerals(text: str, value: int | None) -> None:
    """Places fall from left to right, or it is no numeral."""
    assert han_number(text) == value


def test_full_members_as_given() -> None:
    """2 full and 1 probationary of 40 staff: three in all, nothing to look at."""
    read = members({"full_members": 2, "probationary_members": 1, "staff": 40})

    assert (read.full_members, read.probationary_members, read.total_members) == (2, 1, 3)
    assert read.findings == ()


def test_only_a_total_is_not_enough() -> None:
    """Three members may be two full ones and one on probation: full members stay unknown."""
    read = members({"total_members": 3})

    assert read.full_members is None
    assert [(each.code, dict(each.figures)) for each in read.findings] == [
        (Rule.ONLY_TOTAL_KNOWN, {"total": 3})
    ]


def test_full_is_total_less_probationary() -> None:
    """Total 3, probationary 1: full 2. Total 3, full 2: probationary 1. Total 0: full 0."""
    assert members({"total_members": 3, "probationary_members": 1}).full_members == 2
    assert members({"total_members": 3, "full_members": 2}).probationary_members == 1
    assert members({"total_members": 0}).full_members == 0


def test_a_split_cell_tells_full_from_probationary() -> None:
    """5(其中预备1) in the column of totals: 4 full, 1 probationary, to be looked at."""
    read = members({"total_members": "5(其中预备1)"})

    assert (read.full_members, read.probationary_members, read.total_members) == (4, 1, 5)
    assert [(each.code, dict(each.figures)) for each in read.findings] == [
        (
            Rule.VALUE_SPLIT,
            {"field": "total_members", "written": "5(其中预备1)", "count": 5, "probationary": 1},
        )
    ]


def test_counts_that_disagree_are_told_not_mended() -> None:
    """Total 5 is not 3 + 1: every count stays as written."""
    read = members({"total_members": 5, "full_members": 3, "probationary_members": 1})

    assert (read.full_members, read.probationary_members, read.total_members) == (3, 1, 5)
    assert [each.code for each in read.findings] == [Rule.COUNTS_DISAGREE]


def test_more_members_than_staff_is_told() -> None:
    """8 members of 5 staff."""
    read = members({"full_members": 8, "staff": 5})

    assert [(each.code, dict(each.figures)) for each in read.findings] == [
        (Rule.MEMBERS_OVER_STAFF, {"members": 8, "staff": 5})
    ]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({}, Rule.MEMBERS_BLANK),
        ({"full_members": "-1"}, Rule.MEMBERS_NEGATIVE),
        ({"full_members": "若干"}, Rule.MEMBERS_UNREADABLE),
        ({"full_members": "若干", "total_members": 3}, Rule.MEMBERS_UNREADABLE),
        ({"total_members": "若干"}, Rule.MEMBERS_UNREADABLE),
        ({"total_members": "-1"}, Rule.MEMBERS_NEGATIVE),
        ({"total_members": 2, "probationary_members": 3}, Rule.ONLY_TOTAL_KNOWN),
        ({"full_members": 1, "staff": "若干"}, None),
        ({"full_members": 1, "total_members": "若干"}, None),
        ({"full_members": 0}, None),
    ],
)
def test_unknown_full_members_have_exactly_one_reason(
    cells: dict[str, object], code: Rule | None
) -> None:
    """One reason where they are unknown, none where they are known."""
    read = members(cells)
    why = [each.code for each in read.findings if each.code in FULL_UNKNOWN]

    assert why == ([] if code is None else [code])
    assert (read.full_members is None) == (code is not None)


def test_an_unreadable_value_is_quoted_by_field() -> None:
    """What stood there travels with the finding, so that a person can mend it."""
    read = members({"full_members": 1, "staff": "很多"})

    assert [(each.code, dict(each.figures)) for each in read.findings] == [
        (Rule.VALUE_UNREADABLE, {"field": "staff", "written": "很多"})
    ]


@pytest.mark.parametrize(
    ("cells", "affiliated", "flagged"),
    [
        # The header says 正式: taken as it is.
        ({"full_members": 3, "affiliated_members": 1}, 1, False),
        # Nobody on probation: members affiliated here are full ones.
        ({"full_members": 3, "probationary_members": 0, "affiliated_total": 2}, 2, False),
        # All 4 of 3 + 1 are affiliated here, so all three full ones are.
        ({"full_members": 3, "probationary_members": 1, "affiliated_total": 4}, 3, False),
        # 3 of 3 + 1 are affiliated here: the one on probation may be among them, so 2 are sure.
        ({"full_members": 3, "probationary_members": 1, "affiliated_total": 3}, 2, True),
        # 1 of them is affiliated elsewhere: 2 are sure.
        ({"full_members": 3, "probationary_members": 1, "unaffiliated_total": 1}, 2, True),
        ({"full_members": 3, "unaffiliated_total": 0}, 3, False),
        ({"full_members": 3}, None, False),
    ],
)
def test_probationary_members_are_never_affiliated_full_ones(
    cells: dict[str, object], affiliated: int | None, *, flagged: bool
) -> None:
    """A column that counts all affiliated members gives the least number of full ones."""
    read = members(cells)

    assert read.affiliated_members == affiliated
    assert [each.code for each in read.findings] == ([Rule.AFFILIATED_AT_LEAST] if flagged else [])
