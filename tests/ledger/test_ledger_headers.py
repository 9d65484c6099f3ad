"""Headers: found by what they say, wherever they stand and however many levels they have."""

from __future__ import annotations

import pytest

from lxgeo.ledger.sheets.headers import field_of, find_header, squeeze_header
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.sheets.vocabulary import FIELDS


def test_header_below_titles_is_found() -> None:
    """Titles and the line for the stamp come first; the header is the row that says most."""
    sheet = Sheet(
        "城关镇",
        (
            ("城关镇非公有制经济组织党建工作台账", None, None),
            ("填报单位(盖章):城关镇", "填报时间:  年 月", "单位:个、人"),
            ("序号", "单位名称", "正式党员"),
            (1, "宏达公司", 2),
        ),
    )

    header = find_header(sheet, {})

    assert header is not None
    assert (header.first, header.last) == (3, 3)
    assert header.fields == {"name": 2, "full_members": 3}
    assert header.serial == {1}


MERGED = Sheet(
    "台账",
    (
        ("××镇两新组织党员情况统计表", *[None] * 7),
        ("序号", "单位名称", "党员情况", None, None, "党组织情况", None, "备注"),
        (None, None, "总数", "正式", "预备", "是否建立", "名称", None),
        (1, "宏达公司", 3, 2, 1, "否", None, None),
    ),
    merges=(
        *((1, 1, 1, 8), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 5)),
        *((2, 6, 2, 7), (2, 8, 3, 8)),
    ),
)
TWO_LEVELS = {
    "name": "单位名称",
    "total_members": "党员情况:总数",
    "full_members": "党员情况:正式",
    "probationary_members": "党员情况:预备",
    "organised": "党组织情况:是否建立",
    "branch_named": "党组织情况:名称",
    "remarks": "备注",
}


def test_two_merged_levels_are_one_header() -> None:
    """党员情况 over 总数/正式/预备: each column knows what it is the total of."""
    header = find_header(MERGED, {})

    assert header is not None
    assert (header.first, header.last) == (2, 3)
    assert header.mapped == TWO_LEVELS
    assert header.unread == ()


def test_two_levels_without_merges_are_understood() -> None:
    """A text table has no merges: an upper text reaches over the blanks to its right."""
    header = find_header(Sheet("台账", MERGED.rows), {})

    assert header is not None
    assert header.mapped == TWO_LEVELS


def test_mass_organisations_are_not_party_organisations() -> None:
    """群团情况 → 是否建立 says nothing about a Party organisation."""
    assert field_of(("群团情况", "是否建立")) is None
    assert field_of(("党组织情况", "是否建立")) == "organised"


@pytest.mark.parametrize(
    ("levels", "field"),
    [
        (("党员情况", "总数"), "total_members"),
        (("职工情况", "总数"), "staff"),
        (("总数",), None),
        (("地址", "注册"), "registered_address"),
        (("会员人数",), "association_members"),
        (("党员人数",), "total_members"),
    ],
)
def test_a_level_means_what_stands_above_it(levels: tuple[str, ...], field: str | None) -> None:
    """总数 alone is nothing; below 党员 it counts members, below 职工 staff."""
    assert field_of(levels) == field


@pytest.mark.parametrize(
    ("written", "squeezed"),
    [
        ("党员\n人数", "党员人数"),
        ("单 位 名 称", "单位名称"),
        ("党员数（人）", "党员数"),
        ("其中：正式党员", "正式党员"),
        ("*统一社会信用代码", "统一社会信用代码"),
        ("所属乡镇（街道）", "所属乡镇"),
        ("3.经营地址", "经营地址"),
        ("Full_Members", "fullmembers"),
        ("（全称）", "全称"),
    ],
)
def test_headers_are_compared_without_their_dress(written: str, squeezed: str) -> None:
    """Line breaks, spaces, units and notes in brackets, numbering and stars don't count."""
    assert squeeze_header(written) == squeezed


def test_no_spelling_means_two_fields() -> None:
    """The vocabulary is a function: a header alone means one field at most."""
    spellings = [spelling for row in FIELDS.values() for spelling in row]

    assert len(spellings) == len(set(spellings))
    assert all(squeeze_header(spelling) == spelling for spelling in spellings)


def test_a_person_decides_before_the_vocabulary() -> None:
    """--column full_members=党员数: that column it is, and the vocabulary's own is left unread."""
    sheet = Sheet("s", (("单位名称", "党员数", "正式党员"), ("宏达", 2, 1)))

    header = find_header(sheet, {"full_members": "党员数"})

    assert header is not None
    assert header.fields == {"name": 1, "full_members": 2}
    assert header.unread == ("正式党员",)


def test_of_two_columns_for_a_field_the_better_word_is_read() -> None:
    """行业代码 goes before 所属行业 whichever stands first; the other is told as unread."""
    sheet = Sheet("s", (("单位名称", "所属行业", "行业代码"), ("宏达", "制造", "C3911")))

    header = find_header(sheet, {})

    assert header is not None
    assert header.fields["industry_code"] == 3
    assert header.unread == ("所属行业",)


def test_a_running_number_is_never_an_id() -> None:
    """序号 and 编号 restart on every sheet."""
    sheet = Sheet("s", (("编号", "单位名称", "地址"), (1, "宏达", "人民路1号")))

    header = find_header(sheet, {})

    assert header is not None
    assert "unit_id" not in header.fields


def test_data_rows_are_no_second_level() -> None:
    """The first unit below a one-level header stays a unit."""
    sheet = Sheet("s", (("name", "address", "party_members"), ("宏达", "人民路1号", "正式")))

    header = find_header(sheet, {})

    assert header is not None
    assert (header.first, header.last) == (1, 1)


def test_a_sheet_that_says_nothing_has_no_header() -> None:
    """Prose is no ledger."""
    assert find_header(Sheet("说明", (("请于月底前报送",), ("谢谢",))), {}) is None
