"""Rows: what is no unit is dropped and told, what is one stays, persons and merges aside."""

from __future__ import annotations

import pytest

from lxgeo.ledger import Sheet, clean
from lxgeo.model import Rule

HEADER = ("序号", "单位名称", "地址", "正式党员")


def dropped(sheet: Sheet) -> list[tuple[str, str]]:
    """Return a sheet's dropped rows and why, in Chinese."""
    _, report = clean([sheet])
    return [(each.row, each.why.zh) for each in report.sheets[0].dropped]


def test_rows_carry_the_number_that_people_see() -> None:
    """Titles and blank rows count: the first unit stands in row 5."""
    sheet = Sheet("甲", (("台账",), (), HEADER, (), (1, "宏达", "人民路1号", 2)))

    ledger, _ = clean([sheet])

    assert ledger["row"].tolist() == ["甲!5"]


def test_totals_are_dropped_and_held_against_the_sum() -> None:
    """小计 of 2 + 1 = 3 fits; 合计 says 9 where all rows sum to 7 and those since 小计 to 4."""
    sheet = Sheet(
        "甲",
        (
            HEADER,
            (1, "宏达", "人民路1号", 2),
            (2, "兴旺", "人民路2号", 1),
            (None, "小 计", None, 3),
            (3, "发达", "人民路3号", 4),
            ("合计", None, None, 9),
        ),
    )

    ledger, report = clean([sheet])

    assert ledger["name"].tolist() == ["宏达", "兴旺", "发达"]
    assert [each.row for each in report.sheets[0].dropped] == ["甲!4", "甲!6"]
    assert [note.zh for note in report.sheets[0].notes] == [
        "甲!6 的合计“正式党员”写 9，其上各行之和为 4（全表 7）"
    ]


@pytest.mark.parametrize("words", ["本页合计", "城关镇小计", "总计：", "合计（3家）"])
def test_totals_have_many_names(words: str) -> None:
    """By page, by township, with a colon or a count of units."""
    sheet = Sheet("甲", (HEADER, (1, "宏达", "人民路1号", 2), (None, words, None, 2)))

    assert dropped(sheet) == [("甲!3", "合计行")]


def test_a_unit_whose_name_ends_like_a_total_stays() -> None:
    """An address or a credit code makes it a unit."""
    sheet = Sheet("甲", (HEADER, (1, "宏达小计", "人民路1号", 2)))

    assert len(clean([sheet])[0]) == 1


def test_footers_are_dropped() -> None:
    """填表人, notes, and the numbered lines after them."""
    sheet = Sheet(
        "甲",
        (
            HEADER,
            (1, "宏达", "人民路1号", 2),
            ("填表人：张三", None, "审核人：李四", None),
            ("注：1.本表一式两份", None, None, None),
            ("2.党员人数截至年底", None, None, None),
        ),
    )

    assert [row for row, _ in dropped(sheet)] == ["甲!3", "甲!4", "甲!5"]


def test_a_header_repeated_on_every_printed_page_is_dropped() -> None:
    """The title and the header come again; units go on below."""
    sheet = Sheet(
        "甲",
        (
            ("甲镇两新组织台账", None, None, None),
            HEADER,
            (1, "宏达", "人民路1号", 2),
            ("甲镇两新组织台账", None, None, None),
            HEADER,
            (2, "兴旺", "人民路2号", 1),
        ),
    )

    assert dropped(sheet) == [("甲!4", "重复的标题"), ("甲!5", "重复的表头")]


def test_column_numbers_below_the_header_are_dropped() -> None:
    """甲 乙 1 2 numbers the columns."""
    sheet = Sheet("甲", (HEADER, ("甲", "乙", "1", "2"), (1, "宏达", "人民路1号", 2)))

    assert dropped(sheet) == [("甲!2", "栏次行")]


def test_dividers_are_the_kind_of_the_rows_below() -> None:
    """一、非公企业 … 二、社会组织; a unit's own kind goes before."""
    sheet = Sheet(
        "甲",
        (
            (*HEADER, "单位类别"),
            ("一、非公企业", None, None, None, None),
            (1, "宏达", "人民路1号", 2, None),
            ("二、社会组织（1家）", None, None, None, None),
            (2, "商会", "人民路2号", 1, "社会团体"),
            (3, "学校", "人民路3号", 1, None),
        ),
    )

    ledger, _ = clean([sheet])

    assert ledger["kind"].tolist() == ["非公企业", "社会团体", "社会组织"]


def test_a_township_across_the_sheet_is_the_township_of_the_rows_below() -> None:
    """城关镇 merged over four columns heads its units."""
    sheet = Sheet(
        "全县",
        (
            HEADER,
            ("城关镇", None, None, None),
            (1, "宏达", "人民路1号", 2),
            ("河西乡", None, None, None),
            (2, "兴旺", "人民路2号", 1),
        ),
        merges=((2, 1, 2, 4), (4, 1, 4, 4)),
    )

    ledger, _ = clean([sheet])

    assert ledger["township_named"].tolist() == ["城关镇", "河西乡"]


def test_a_name_alone_is_a_unit() -> None:
    """Nobody knows more of it: it stays, its members unknown."""
    ledger, _ = clean([Sheet("甲", (HEADER, (None, "宏达", None, None)))])

    assert ledger["name"].tolist() == ["宏达"]
    assert [each.code for each in ledger["findings"].iloc[0]] == [Rule.MEMBERS_BLANK]


def test_a_row_without_a_name_stays() -> None:
    """It has an address and members: a person must say whose."""
    ledger, _ = clean([Sheet("甲", (HEADER, (1, None, "人民路1号", 2), (2, "兴旺", None, 0)))])

    assert ledger["name"].isna().tolist() == [True, False]
    assert ledger["full_members"].tolist() == [2, 0]


def test_equal_counts_alone_are_no_heading() -> None:
    """A row of zeros without a name is a row, not a note across three columns."""
    sheet = Sheet(
        "甲",
        (("单位名称", "正式党员", "预备党员", "从业人员"), ("宏达", 1, 0, 9), (None, 0, 0, 0)),
    )

    assert len(clean([sheet])[0]) == 2


def test_prepared_empty_rows_are_no_units() -> None:
    """A running number and nothing else."""
    sheet = Sheet("甲", (HEADER, (1, "宏达", "人民路1号", 2), (2, None, None, None), (), (" ",)))

    assert dropped(sheet) == [("甲!3", "只有序号的空行")]


def test_merges_are_filled_down_and_blanks_are_not() -> None:
    """One 街道 over two rows is the township of both; a plain blank stays blank."""
    sheet = Sheet(
        "甲",
        (
            ("街道", "单位名称", "地址", "正式党员"),
            ("东街道", "宏达", "人民路1号", 2),
            (None, "兴旺", "人民路2号", 1),
            (None, "发达", "人民路3号", 1),
        ),
        merges=((2, 1, 3, 1),),
    )

    ledger, _ = clean([sheet])

    assert ledger["township_named"].fillna("").tolist() == ["东街道", "东街道", ""]


def test_a_count_merged_over_several_units_is_nobodys() -> None:
    """Three members of two units together: neither gets them, both are told."""
    sheet = Sheet(
        "甲",
        (HEADER, (1, "宏达", "人民路1号", 3), (2, "兴旺", "人民路2号", None)),
        merges=((2, 4, 3, 4),),
    )

    ledger, _ = clean([sheet])

    assert ledger["full_members"].isna().all()
    assert [[each.code for each in row] for row in ledger["findings"]] == [
        [Rule.MEMBERS_UNREADABLE],
        [Rule.MEMBERS_UNREADABLE],
    ]
    assert ledger["findings"].iloc[0][0].figures["written"] == "合并单元格:3"


def test_a_name_merged_over_two_rows_is_one_unit() -> None:
    """The second row goes on with the first: it is listed, and counted once."""
    sheet = Sheet(
        "甲",
        (HEADER, (1, "宏达", "人民路1号", 3), (None, None, "人民路2号", None)),
        merges=((2, 2, 3, 2), (2, 4, 3, 4)),
    )

    ledger, _ = clean([sheet])

    assert ledger["full_members"].iloc[0] == 3
    assert ledger["duplicate_of"].iloc[1] == ledger["unit_id"].iloc[0]
