"""What stands below the table of patterns: 待转, 同上, rows on two lines, traditional script."""

from __future__ import annotations

import pytest

from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.values.wording import ditto
from lxgeo.model import Rule

HEADER = ("序号", "单位名称", "街道", "地址", "正式党员", "经营状态")


@pytest.mark.parametrize("cell", ["3人(1名待转)", "3（1人未转）", "3名，其中1名组织关系待转入"])
def test_pattern_below_members_waiting_for_transfer(cell: str) -> None:
    """3人(1名待转): 3 full members, 2 of them affiliated here; to be looked at."""
    ledger, _ = clean([Sheet("甲", (("单位名称", "正式党员"), ("宏达", cell)))])

    assert ledger[["full_members", "affiliated_members"]].iloc[0].tolist() == [3, 2]
    assert [each.code for each in ledger["findings"].iloc[0]] == [Rule.VALUE_SPLIT]


def test_pattern_below_a_full_stop_is_part_of_nothing() -> None:
    """宏达公司。 is 宏达公司, 3人。 is 3."""
    ledger, _ = clean([Sheet("甲", (HEADER, (1, "宏达公司。", None, "一号。", "3人。", "在营。")))])

    row = ledger.iloc[0]
    assert (row["name"], row["address"], row["full_members"]) == ("宏达公司", "一号", 3)
    assert row["operating_status"] == "operating"


def test_pattern_below_traditional_script() -> None:
    """黨員, 單位, 註銷, 合計 are read; a name keeps the script that it is written in."""
    sheet = Sheet(
        "甲",
        (
            (
                "序號",
                "單位名稱",
                "統一社會信用代碼",
                "正式黨員",
                "經營狀態",
                "聯繫電話",
                "是否建立黨組織",
            ),
            (1, "宏達機械廠", None, 2, "註銷", "13800138000", "無"),
            ("合計", None, None, 2, None, None, None),
            ("填報人：王五", None, None, None, None, None, None),
        ),
    )

    ledger, report = clean([sheet])

    row = ledger.iloc[0]
    assert (len(ledger), row["name"], row["full_members"]) == (1, "宏達機械廠", 2)
    assert (row["operating_status"], row["organised"]) == ("closed", False)
    assert report.refused == ("聯繫電話",)


@pytest.mark.parametrize(
    "mark", ["同上", "〃", "″", '"', "”", "〃〃", " 同 上 ", "(同上)", "同上。"]
)
def test_pattern_below_ditto_takes_the_text_above(mark: str) -> None:
    """Through several rows and across a repeated header, each with a trace."""
    rows = (
        (1, "宏达", "东街道", "一号", 1, "停业"),
        (2, "兴旺", mark, "二号", 2, mark),
        HEADER,
        (3, "发达", mark, "三号", 3, "在营"),
    )

    ledger, report = clean([Sheet("甲", (HEADER, *rows))])

    assert ledger["township_named"].tolist() == ["东街道"] * 3
    assert ledger["operating_status"].tolist() == ["suspended", "suspended", "operating"]
    assert [(each.row, each.field, each.read) for each in report.sheets[0].repairs] == [
        ("甲!3", "township_named", "东街道"),
        ("甲!3", "operating_status", "停业"),
        ("甲!5", "township_named", "东街道"),
    ]
    assert ditto(mark)


def test_pattern_below_ditto_of_a_count_or_of_nothing_is_unknown() -> None:
    """Nobody has 同上 members; and above the first row nothing stands."""
    rows = ((1, "宏达", "同上", "一号", 1, "在营"), (2, "兴旺", "东街道", "二号", "同上", "在营"))

    ledger, _ = clean([Sheet("甲", (HEADER, *rows))])

    assert ledger["township_named"].fillna("").tolist() == ["", "东街道"]
    assert ledger["full_members"].isna().tolist() == [False, True]
    assert [[(f.code, dict(f.figures)) for f in each] for each in ledger["findings"]] == [
        [(Rule.VALUE_UNREADABLE, {"field": "township_named", "written": "同上"})],
        [(Rule.MEMBERS_UNREADABLE, {"field": "full_members", "written": "同上"})],
    ]


def test_pattern_below_a_running_number_that_restarts() -> None:
    """1, 2, 1 on one sheet and 1 on the next: four units, ids of their own."""
    rows = ((1, "甲", None, "一号"), (2, "乙", None, "二号"), (1, "丙", None, "三号"))
    ledger, _ = clean(
        [Sheet("东", (HEADER, *rows)), Sheet("西", (HEADER, (1, "丁", None, "四号")))]
    )

    assert ledger["name"].tolist() == ["甲", "乙", "丙", "丁"]
    assert ledger["unit_id"].is_unique


def test_pattern_below_a_unit_split_over_two_lines() -> None:
    """The second line's texts are put on the first, its row is told as dropped, nothing is lost."""
    rows = (
        (1, "宏达精密机械", "东街道", "人民路12号创业大厦", 2, "在营"),
        (None, "有限公司", None, "3楼305室", None, None),
        (2, "兴旺(东街道", "东街道", "人民路13号", 1, "在营"),
        (None, "分号)", None, None, None, None),
    )

    ledger, report = clean([Sheet("甲", (HEADER, *rows))])

    assert ledger["name"].tolist() == ["宏达精密机械有限公司", "兴旺(东街道分号)"]
    assert ledger["address"].tolist() == ["人民路12号创业大厦3楼305室", "人民路13号"]
    assert ledger["full_members"].tolist() == [2, 1]
    assert [(each.row, each.why.zh) for each in report.sheets[0].dropped] == [
        ("甲!3", "上一行单位的续行，文字已接到上一行"),
        ("甲!5", "上一行单位的续行，文字已接到上一行"),
    ]
    assert [(each.row, each.field, each.read) for each in report.sheets[0].repairs] == [
        ("甲!2", "name", "宏达精密机械有限公司"),
        ("甲!2", "address", "人民路12号创业大厦3楼305室"),
        ("甲!4", "name", "兴旺(东街道分号)"),
    ]


@pytest.mark.parametrize(
    "second",
    [
        (2, None, None, "人民路13号", None, None),  # a number of its own
        (None, None, None, "人民路13号", None, None),  # a whole address
        (None, None, None, "3楼", 1, None),  # a count
        (None, "兴旺商行", None, None, None, None),  # a name
        (None, None, None, None, None, "停业"),  # a state
    ],
)
def test_pattern_below_a_unit_split_over_lines_and_nothing_more(second: tuple[object, ...]) -> None:
    """No row vanishes into the one above it."""
    first = (1, "宏达", None, "人民路12号", 2, "在营")

    ledger, _ = clean([Sheet("甲", (HEADER, first, second))])

    assert ledger["row"].tolist() == ["甲!2", "甲!3"]
    assert ledger["address"].iloc[0] == "人民路12号"
