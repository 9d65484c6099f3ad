"""Patterns 12 to 23 of dirt in ledgers: counts of people, and dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lxgeo import text
from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.report import LedgerReport
from lxgeo.ledger.values.counts import members
from lxgeo.ledger.values.dates import Dated, read_date
from lxgeo.ledger.values.numerals import Reading, read_count
from lxgeo.model import Rule

COLUMNS = ("单位名称", "从业人员数", "党员总数", "正式党员", "预备党员")


def read(*cells: object, columns: tuple[str, ...] = COLUMNS) -> tuple[dict[str, Any], LedgerReport]:
    """Return one unit read from a sheet, its blanks as None, and the report."""
    ledger, report = clean([Sheet("甲", (columns, ("宏达", *cells)))])
    row = ledger.astype(object).where(ledger.notna(), None).iloc[0]
    return row.to_dict(), report


def counts(row: dict[str, Any]) -> tuple[int | None, ...]:
    """Return staff, total, full and probationary members."""
    names = ("staff", "total_members", "full_members", "probationary_members")
    return tuple(row[name] for name in names)


def codes(row: dict[str, Any]) -> list[Rule]:
    """Return the codes of a unit's findings."""
    return [each.code for each in row["findings"]]


def test_pattern_12_a_blank_is_unknown_not_zero() -> None:
    """Nothing in the members' cells: nothing is known, and the row says so."""
    row, _ = read(9, None, "", " ")

    assert counts(row) == (9, None, None, None)
    assert codes(row) == [Rule.MEMBERS_BLANK]


@pytest.mark.parametrize(
    ("cells", "full", "probationary"),
    [
        ({}, 0, 0),
        ({"full_members": 2}, 2, 0),
        ({"total_members": 0}, 0, 0),
        # 3 in all, and blanks that would make 0 + 0 of them: not believed.
        ({"total_members": 3}, None, None),
        ({"total_members": 1, "probationary_members": 1}, 0, 1),
    ],
)
def test_pattern_12_blanks_are_zero_where_the_office_says_so(
    cells: dict[str, object], full: int | None, probationary: int | None
) -> None:
    """A blank is taken for zero on request only, and only where nothing contradicts it."""
    said = members(cells, zeros={"full_members", "probationary_members", "total_members"})

    assert (said.full_members, said.probationary_members) == (full, probationary)


def test_pattern_12_blank_is_zero_is_a_setting_of_clean() -> None:
    """With it the blank counts of both members' columns are zeros; staff stays unknown."""
    sheet = Sheet("甲", (COLUMNS, ("宏达", None, None, None, None), ("兴旺", 5, None, 1, None)))

    ledger, _ = clean([sheet], blank_is_zero=True)

    assert ledger["full_members"].tolist() == [0, 1]
    assert ledger["probationary_members"].tolist() == [0, 0]
    assert ledger["staff"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    "cell", ["无", "没有", "/", "-", "—", "——", "〇", "零", "×", "無", "没有。"]
)
def test_pattern_13_words_for_none_are_zero_with_a_trace(cell: str) -> None:
    """Each is 0, and the report says what stood there."""
    row, report = read(9, None, cell, 0)

    assert counts(row) == (9, 0, 0, 0)
    assert row["findings"] == ()
    assert [(r.row, r.field, r.written, r.read) for r in report.sheets[0].repairs] == [
        ("甲!2", "full_members", cell, "0")
    ]


@pytest.mark.parametrize(("cell", "value"), [("３", 3), ("１２", 12), ("１，２００", 1200)])
def test_pattern_14_full_width_digits(cell: str, value: int) -> None:
    """They are digits."""
    row, report = read(cell, None, None, None)

    assert row["staff"] == value
    assert [(r.field, r.written, r.read) for r in report.sheets[0].repairs] == [
        ("staff", cell, str(value))
    ]


@pytest.mark.parametrize(
    ("cell", "value", "about"),
    [
        *(("3人", 3, False), ("3名", 3, False), ("3 个人", 3, False), ("15家", 15, False)),
        *(("约50", 50, True), ("50余人", 50, True), ("50人左右", 50, True), ("近50", 50, True)),
        *(("大约五十人", 50, True), ("50多名", 50, True), ("五十余人", 50, True)),
    ],
)
def test_pattern_15_numbers_with_units_and_about(cell: str, value: int, *, about: bool) -> None:
    """A unit is nothing; 约, 余, 左右 make the number approximate, which is flagged."""
    row, _ = read(cell, None, 1, 0)

    assert row["staff"] == value
    assert codes(row) == ([Rule.VALUE_APPROXIMATE] if about else [])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *(("三", 3), ("十二", 12), ("两名", 2), ("二十人", 20), ("廿三", 23), ("叁", 3)),
        *(("一百零五", 105), ("壹佰", 100), ("兩名", 2)),
    ],
)
def test_pattern_16_chinese_numerals(cell: str, value: int) -> None:
    """Plain, in banker's characters, with a unit, in traditional script."""
    row, _ = read(cell, None, None, None)

    assert row["staff"] == value


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        *(("10-20", 10, 20), ("10～20人", 10, 20), ("10至20", 10, 20), ("2到3名", 2, 3)),
        *(
            ("50人以上", 50, None),
            ("≥50", 50, None),
            ("不足10人", None, 10),
            ("10人以下", None, 10),
        ),
        ("十几人", 11, 19),
    ],
)
def test_pattern_17_ranges_stay_ranges(cell: str, low: int | None, high: int | None) -> None:
    """Staff are unknown, the finding keeps the ends that are told and what stood there."""
    row, _ = read(cell, None, 1, 0)

    assert row["staff"] is None
    assert [(each.code, dict(each.figures)) for each in row["findings"]] == [
        (Rule.VALUE_RANGE, {"field": "staff", "written": cell, "low": low, "high": high})
    ]


@pytest.mark.parametrize(
    ("cell", "zh", "en"),
    [
        ("3-5人", "不少于3，不超过5，按不明处理", "3 at least, 5 at most; taken as unknown"),
        ("50人以上", "不少于50，按不明处理", "50 at least; taken as unknown"),
        ("不足10人", "范围，不超过10，按不明处理", "10 at most; taken as unknown"),
    ],
)
def test_pattern_17_the_ends_are_told_in_words(cell: str, zh: str, en: str) -> None:
    """At least, at most, and that it counts as unknown."""
    (told,) = read(cell, None, 1, 0)[0]["findings"]

    assert zh in text.reason(told, "zh")
    assert en in text.reason(told, "en")


def test_pattern_17_a_range_of_members_leaves_full_members_unknown() -> None:
    """2-3 full members are neither two nor three."""
    row, _ = read(9, None, "2-3", None)

    assert row["full_members"] is None
    assert codes(row) == [Rule.MEMBERS_UNREADABLE]


def test_pattern_17_one_cell_is_told_once_with_both_ends() -> None:
    """2-4 full members: one finding, and it says what the cell says."""
    (told,) = read(9, None, "2-4", None)[0]["findings"]

    assert dict(told.figures) == {"field": "full_members", "written": "2-4", "low": 2, "high": 4}
    assert "“2-4”不能读成人数，不少于2，不超过4，按不明处理" in text.reason(told)
    assert "is no number: 2-4, 2 at least, 4 at most; unknown" in text.reason(told, "en")


@pytest.mark.parametrize("cell", ["3", "3.0", " 3", 3.0, "'3".strip("'")])
def test_pattern_18_numbers_as_text_and_text_as_numbers(cell: object) -> None:
    """3 is 3 in whatever dress."""
    row, _ = read(9, None, cell, 0)

    assert (row["full_members"], row["findings"]) == (3, ())


@pytest.mark.parametrize(
    ("cell", "total", "full", "probationary"),
    [
        *(
            ("5(其中预备1)", 5, 4, 1),
            ("5人（含预备党员1人）", 5, 4, 1),
            ("五名，其中一名预备", 5, 4, 1),
        ),
        *(
            ("3+1", 4, 3, 1),
            ("5/1", 6, 5, 1),
            ("正式3人、预备1人", 4, 3, 1),
            ("3名正式1名预备", 4, 3, 1),
        ),
    ],
)
def test_pattern_19_combined_counts_are_split_and_flagged(
    cell: str, total: int, full: int, probationary: int
) -> None:
    """5(其中预备1) is 4 full and 1 on probation; 3+1 and 5/1 are full + probationary."""
    row, _ = read(30, cell, None, None)

    assert counts(row) == (30, total, full, probationary)
    assert codes(row) == [Rule.VALUE_SPLIT]


def test_pattern_19_a_split_count_is_not_called_approximate() -> None:
    """The words say what it was read as, in both languages."""
    (told,) = read(30, "5(其中预备1)", None, None)[0]["findings"]

    assert text.reason(told, "zh") == (
        "党员总数填写的“5(其中预备1)”是几项写在一格：读作共5名，其中预备1名，请核对"
    )
    assert text.reason(told, "en") == (
        "total members tells several counts in one cell: 5(其中预备1), read as 5 in all, "
        "1 on probation; please check"
    )


def test_pattern_20_total_is_not_full_and_probationary() -> None:
    """5 ≠ 3 + 1: told, and all three stay as written."""
    row, _ = read(9, 5, 3, 1)

    assert counts(row) == (9, 5, 3, 1)
    assert [(each.code, dict(each.figures)) for each in row["findings"]] == [
        (Rule.COUNTS_DISAGREE, {"total": 5, "full": 3, "probationary": 1})
    ]


def test_pattern_21_more_members_than_staff() -> None:
    """8 members of 5 staff: told, neither is changed."""
    row, _ = read(5, 8, 8, 0)

    assert counts(row) == (5, 8, 8, 0)
    assert codes(row) == [Rule.MEMBERS_OVER_STAFF]


def test_pattern_22_only_a_total() -> None:
    """3 members may be two full ones and one on probation: nobody knows, and the row says so."""
    row, _ = read(9, 3, columns=("单位名称", "从业人员数", "党员数"))

    assert (row["total_members"], row["full_members"]) == (3, None)
    assert codes(row) == [Rule.ONLY_TOTAL_KNOWN]


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        (43983, Dated(2020, 6, 1)),  # 43831 is the first of January, 152 days on
        ("43983", Dated(2020, 6, 1)),
        (2020.6, Dated(2020, 6)),
        ("2020.6", Dated(2020, 6)),
        ("2020.10", Dated(2020, 10)),
        (2020.1, Dated(2020)),  # 2020.10 has lost its zero, or is January
        ("2020年6月", Dated(2020, 6)),
        ("2020年6月1日", Dated(2020, 6, 1)),
        ("二〇二〇年六月", Dated(2020, 6)),
        ("20200601", Dated(2020, 6, 1)),
        (20200601, Dated(2020, 6, 1)),
        (202006, Dated(2020, 6)),
        ("2020/6/1", Dated(2020, 6, 1)),
        ("２０２０－０６－０１", Dated(2020, 6, 1)),
        (dt.datetime(2020, 6, 1, 8, 30), Dated(2020, 6, 1)),  # noqa: DTZ001
        ("2020-06-01 00:00:00", Dated(2020, 6, 1)),
        ("2020", Dated(2020)),
        *((cell, None) for cell in (None, "", "待定", "2020年13月", "20201301", 3, True, 999999)),
    ],
)
def test_pattern_23_dates_in_many_forms(cell: object, date: Dated | None) -> None:
    """A date is read as far as it is written, and not at all where it is none."""
    assert read_date(cell) == date


def test_pattern_23_a_date_says_how_far_it_is_known() -> None:
    """2020-06 has no day."""
    assert [str(Dated(2020)), str(Dated(2020, 6)), str(Dated(2020, 6, 1))] == [
        *("2020", "2020-06", "2020-06-01")
    ]


FOUNDED = ("单位名称", "正式党员", "党组织成立时间")


@pytest.mark.parametrize(
    "cell",
    [
        *(43983, 2020.6, "2020年6月", "20200601", "2020/6/1", dt.date(2020, 6, 1)),
        *(None, "无", "/", "未建"),
    ],
)
def test_pattern_23_dates_that_can_be_read_are_no_finding(cell: object) -> None:
    """Five forms, a blank, and words that say that there is no branch."""
    ledger, report = clean([Sheet("甲", (FOUNDED, ("宏达", 1, cell)))])

    assert ledger["findings"].tolist() == [()]
    assert report.sheets[0].mapped["founded"] == "党组织成立时间"
    assert report.sheets[0].unread == ()


@pytest.mark.parametrize("cell", ["待定", "2020年13月", "#REF!", "#VALUE!", 3, "999999"])
def test_pattern_23_a_date_that_is_none_is_told(cell: object) -> None:
    """Errors of formulas too: the unit stays, the cell is quoted."""
    ledger, _ = clean([Sheet("甲", (FOUNDED, ("宏达", 1, cell)))])

    assert [(each.code, dict(each.figures)) for each in ledger["findings"].iloc[0]] == [
        (Rule.VALUE_UNREADABLE, {"field": "founded", "written": str(cell)})
    ]


@pytest.mark.parametrize(
    ("head", "known"),
    [
        *((head, True) for head in ("成立时间", "组建时间", "组建日期", "成立日期")),
        ("计划组建时间", False),
    ],
)
def test_pattern_23_columns_of_dates_are_known(head: str, *, known: bool) -> None:
    """A plan's date is no date of a branch that stands."""
    _, report = clean([Sheet("甲", (("单位名称", head), ("宏达", "待定")))])

    assert ("founded" in report.sheets[0].mapped) is known


def test_pattern_23_a_formula_without_a_result_is_told() -> None:
    """Nobody has calculated it."""
    sheet = Sheet("甲", (FOUNDED, ("宏达", 1, None)), formulas_without_value=frozenset({(2, 3)}))

    (told,) = clean([sheet])[0]["findings"].iloc[0]

    assert dict(told.figures) == {"field": "founded", "written": "公式未计算"}


def test_pattern_23_a_date_is_no_count() -> None:
    """A day number among the members is a slip, not forty thousand members."""
    assert read_count(dt.date(2020, 6, 1)).reading is Reading.UNREADABLE
    assert codes(read(9, None, 43983, None)[0]) == [Rule.MEMBERS_OVER_STAFF]
