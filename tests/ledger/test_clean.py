"""From sheets to the LEDGER: the whole way, and every way in which a ledger is none."""

from __future__ import annotations

import pandas as pd
import pytest

from lxgeo.errors import LedgerError
from lxgeo.ledger import Sheet, clean
from lxgeo.model import Datum, Rule
from lxgeo.tables import LEDGER

TOWN = Sheet(
    "城关镇",
    (
        ("附件1", *[None] * 12),
        ("城关镇两新组织党建工作台账", *[None] * 12),
        (
            *("序号", "单位名称", "统一社会信用代码", "所属行业", "经营\n地址", "从业人员数（人）"),
            *("党员情况", None, None, "党组织情况", None, None, "经营状态"),
        ),
        (*[None] * 6, "总数", "正式", "预备", "是否建立", "名称", "形式", None),
        (
            *(
                1,
                "宏达机械（集团）有限公司",
                "91350100M000100Y43",
                "C3911",
                "人民路１２号",
                "５０人",
            ),
            *("3", "２", "1", "否", "/", None, "在营"),
        ),
        (
            2,
            "商会",
            None,
            "社会团体",
            "人民路8号",
            6,
            3,
            None,
            None,
            "是",
            "商会联合党支部",
            None,
            "正常",
        ),
        (3, "兴旺商行", None, None, None, None, None, -1, None, "未建", None, None, "已注销"),
        ("合计", None, None, None, None, 56, 6, 1, 1, None, None, None, None),
        ("填表人：张三", *[None] * 12),
    ),
    merges=(
        *((1, 1, 1, 13), (2, 1, 2, 13), (3, 7, 3, 9), (3, 10, 3, 12)),
        *((3, column, 4, column) for column in (1, 2, 3, 4, 5, 6, 13)),
    ),
)


def test_a_township_sheet_is_read_as_a_person_reads_it() -> None:
    """Titles, two levels, full-width digits, units, a total, a footer: three units remain."""
    ledger, report = clean([TOWN])
    rows = ledger.astype(object).where(ledger.notna(), None).to_dict("records")

    assert [row["row"] for row in rows] == ["城关镇!5", "城关镇!6", "城关镇!7"]
    assert {k: rows[0][k] for k in ("name", "address", "industry_code", "township_named")} == {
        "name": "宏达机械(集团)有限公司",
        "address": "人民路12号",
        "industry_code": "C3911",
        "township_named": "城关镇",
    }
    assert [row["full_members"] for row in rows] == [2, None, None]
    assert [row["probationary_members"] for row in rows] == [1, None, None]
    assert [row["total_members"] for row in rows] == [3, 3, None]
    assert [row["staff"] for row in rows] == [50, 6, None]
    assert [row["organised"] for row in rows] == [False, True, False]
    assert [row["branch_named"] for row in rows] == [None, "商会联合党支部", None]
    assert [row["branch_kind"] for row in rows] == [None, "joint", None]
    assert [row["operating_status"] for row in rows] == ["operating", "operating", "closed"]
    assert [[each.code for each in row["findings"]] for row in rows] == [
        [],
        [Rule.ONLY_TOTAL_KNOWN],
        [Rule.MEMBERS_NEGATIVE],
    ]
    assert report.sheets[0].header_rows == (3, 4)
    # 合计 says 1 full member, the rows sum to 2.
    assert [note.zh for note in report.sheets[0].notes] == [
        "城关镇!8 的合计“正式党员”写 1，其上各行之和为 2（全表 2）"
    ]
    assert [(each.field, each.written, each.read) for each in report.sheets[0].repairs] == [
        ("staff", "５０人", "50"),
        ("full_members", "２", "2"),
    ]


def test_the_result_is_a_ledger_whatever_comes_in() -> None:
    """Every column of its kind, also where all is empty; arguments are left alone."""
    sheet = Sheet("s", (("name",), ("宏达",)))
    before = sheet.rows

    ledger, _ = clean([sheet])

    LEDGER.check(ledger)
    assert list(ledger.columns) == LEDGER.names
    assert sheet.rows == before


def test_english_columns_are_understood() -> None:
    """The contract's own column names need no vocabulary of offices."""
    header = ("unit_id", "name", "address", "industry", "lon", "lat", "coord_crs", "full_members")
    row = ("U1", "宏达", "人民路1号", "C3912", "105.1", "38.2", "GCJ-02", "1")

    ledger, _ = clean([Sheet("s", (header, row))])
    unit = ledger.iloc[0]

    assert (unit["unit_id"], unit["industry_code"], unit["full_members"]) == ("U1", "C3912", 1)
    assert (unit["lon_in"], unit["lat_in"], unit["datum_in"]) == (105.1, 38.2, "gcj02")


def test_party_members_are_a_total_until_a_person_says_otherwise() -> None:
    """They may include probationary ones; --column full_members=party_members decides."""
    sheet = Sheet("s", (("name", "party_members"), ("宏达", "2")))

    assert clean([sheet])[0]["full_members"].isna().all()
    assert clean([sheet], columns={"full_members": "party_members"})[0]["full_members"].iloc[0] == 2


COORDINATES = (
    ("name", "lon", "lat", "坐标系"),
    ("甲", 114.1, 22.5, None),
    ("乙", 114.1, 22.5, "百度"),
)


@pytest.mark.parametrize(
    ("rows", "declared", "datums"),
    [
        (COORDINATES, None, ["wgs84", "bd09"]),
        (COORDINATES, Datum.GCJ02, ["gcj02", "bd09"]),
        ((("name", "经度(GCJ-02)", "纬度(GCJ-02)"), ("甲", 114.1, 22.5)), None, ["gcj02"]),
        ((("name", "坐标"), ("甲", "114.1,22.5")), Datum.UNKNOWN, ["unknown"]),
        ((("name", "lon", "lat", "坐标系"), ("甲", 114.1, 22.5, "不明")), None, ["unknown"]),
    ],
)
def test_datums_row_before_header_before_option_before_wgs84(
    rows: tuple[tuple[object, ...], ...], declared: Datum | None, datums: list[str]
) -> None:
    """The nearest word counts; unknown stays unknown."""
    ledger, _ = clean([Sheet("s", rows)], datum=declared)

    assert ledger["datum_in"].tolist() == datums


def test_assuming_wgs84_is_told() -> None:
    """One row of two says nothing: it is counted in the report."""
    _, report = clean([Sheet("s", COORDINATES)])

    assert "1 行坐标未注明坐标系，按 WGS 84 处理" in report.assumptions[0].zh


def test_unreadable_coordinates_are_a_finding() -> None:
    """Swapped ones are quoted, not put right."""
    ledger, _ = clean([Sheet("s", (("name", "lon", "lat"), ("甲", 22.5, 114.1)))])
    findings = ledger["findings"].iloc[0]

    assert ledger["lon_in"].isna().all()
    assert (Rule.COORDINATES_UNREADABLE, "22.5, 114.1") in [
        (each.code, each.figures.get("written")) for each in findings
    ]


def test_operating_address_goes_before_the_registered_one() -> None:
    """And the registered one stands in where the other is blank."""
    rows = (("name", "注册地址", "经营地址"), ("甲", "一号", "二号"), ("乙", "三号", None))

    assert clean([Sheet("s", rows)])[0]["address"].tolist() == ["二号", "三号"]


@pytest.mark.parametrize(
    ("name", "title", "township"),
    [
        ("城关镇", None, "城关镇"),
        ("东街道(2)", None, "东街道"),
        ("Sheet1", "填报单位：河西乡", "河西乡"),
        ("Sheet1", "城关镇两新组织台账", None),
        ("各乡镇", None, None),
    ],
)
def test_a_sheet_is_of_the_township_it_is_named_after(
    name: str, title: str | None, township: str | None
) -> None:
    """By its name or a title that ends in 街道, 镇 or 乡; nothing looser."""
    ledger, _ = clean([Sheet(name, ((title,), ("name", "address"), ("甲", "一号")))])

    assert ledger["township_named"].fillna("").tolist() == [township or ""]


def test_a_rows_own_township_goes_before_the_sheets() -> None:
    """Only blanks are filled from the sheet's name."""
    rows = (("name", "街道"), ("甲", "东街道"), ("乙", None))

    assert clean([Sheet("城关镇", rows)])[0]["township_named"].tolist() == ["东街道", "城关镇"]


def test_hostile_names_stay_text() -> None:
    """Formulas, templates and tags are text like any other; unseen characters go."""
    names = ("{{7*7}}", "=1+1", "<img src=x onerror=alert(1)>", "宏\u200b达\u202e公司\x07")
    rows = (("name",), *((name,) for name in names))

    read = clean([Sheet("s", rows)])[0]["name"].tolist()

    assert read == ["{{7*7}}", "=1+1", "<img src=x onerror=alert(1)>", "宏达公司"]


def test_hidden_and_empty_sheets_are_skipped_and_told() -> None:
    """字典 is nobody's list of units."""
    hidden = Sheet("字典", (("名称", "代码"), ("非公企业", "1"), ("社会组织", "2")), hidden=True)

    ledger, report = clean([hidden, TOWN, Sheet("空", ()), Sheet("说明", (("请按时报送",),))])

    assert len(ledger) == 3
    assert [each.zh for each in report.skipped] == [
        "工作表“字典”是隐藏的，未读",
        "工作表“空”是空的",
        "工作表“说明”没有可识别的表头，未读",
    ]


def test_a_sheet_of_statistics_is_skipped_and_told() -> None:
    """Totals by township are no units."""
    statistics = Sheet("统计", (("乡镇", "党员总数", "正式党员"), ("城关镇", 6, 3)))

    ledger, report = clean([TOWN, statistics])

    assert len(ledger) == 3
    assert report.skipped[0].zh == "工作表“统计”没有单位名称列，未读"


def test_a_sheet_of_units_without_names_is_not_passed_over() -> None:
    """It has addresses: its rows are units, and none may vanish."""
    lost = Sheet("乙镇", (("字号", "地址", "正式党员"), ("宏达", "人民路1号", 1)))

    with pytest.raises(LedgerError, match=r"乙镇.*没有单位名称列.*字号、地址、正式党员"):
        clean([TOWN, lost])


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ([], "没有找到表头"),
        ([Sheet("s", ())], "是空的"),
        ([Sheet("s", ((None, " "), ()))], "是空的"),
        ([Sheet("s", (("今天天气很好",),))], "没有找到表头"),
        ([Sheet("s", (("name", "address"),))], "没有一行单位"),
        ([Sheet("s", (("字号", "地址"), ("宏达", "一号")))], "--column name=列名"),
        ([Sheet("s", (("name",), ("甲",)), hidden=True)], "是隐藏的"),
    ],
)
def test_a_ledger_that_is_none_is_refused_in_words(sheets: list[Sheet], words: str) -> None:
    """What is missing, where, and what to do."""
    with pytest.raises(LedgerError, match=words):
        clean(sheets)


def test_every_wrong_column_option_is_told_at_once() -> None:
    """An unknown field with the nearest known one; a header with those that there are."""
    sheet = Sheet("s", (("name", "address"), ("甲", "一号")))

    with pytest.raises(LedgerError) as unknown:
        clean([sheet], columns={"full_member": "x", "rubbish": "y"})
    with pytest.raises(LedgerError) as missing:
        clean([sheet], columns={"full_members": "党员", "staff": "职工"})

    assert len(unknown.value.faults) == 2
    assert "full_members" in unknown.value.faults[0].zh
    assert [each.zh for each in missing.value.faults] == [
        "--column full_members=党员：台账没有这个列名；现有：name、address",
        "--column staff=职工：台账没有这个列名；现有：name、address",
    ]


def test_the_same_sheets_give_the_same_ledger() -> None:
    """Twice the same input, twice the same table and report."""
    first, second = clean([TOWN]), clean([TOWN])

    pd.testing.assert_frame_equal(first[0], second[0])
    assert first[1] == second[1]
