"""Patterns 01 to 11 of dirt in ledgers: where the table begins, and which rows are units."""

from __future__ import annotations

import pytest

from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.sheets.fields import nearest_field
from lxgeo.ledger.sheets.headers import find_header

ROW = (1, "宏达", "人民路1号", 2)
HEADER = ("序号", "单位名称", "地址", "正式党员")


def fields(*rows: tuple[object, ...], merges: tuple[tuple[int, int, int, int], ...] = ()) -> object:
    """Return field → header text of a sheet, and the rows of its header."""
    header = find_header(Sheet("台账", rows, merges), {})
    assert header is not None
    return (header.first, header.last), header.mapped


def dropped(*rows: tuple[object, ...]) -> list[tuple[str, str]]:
    """Return a sheet's dropped rows and why."""
    _, report = clean([Sheet("甲", rows)])
    return [(each.row, each.why.zh) for each in report.sheets[0].dropped]


def test_pattern_01_title_rows_above_the_header() -> None:
    """附件, the ledger's title and the line for the stamp are passed; row 4 is the header."""
    rows = (
        ("附件1", None, None, None),
        ("城关镇非公有制经济组织党建工作台账", None, None, None),
        ("填报单位(盖章):", None, "填报时间: 年 月 日", "单位:个、人"),
        HEADER,
        ROW,
    )

    assert fields(*rows, merges=((2, 1, 2, 4),))[0] == (4, 4)
    assert clean([Sheet("甲", rows)])[0]["row"].tolist() == ["甲!5"]


def test_pattern_02_three_header_levels_are_joined() -> None:
    """党员情况 over 其中 over 正式 / 预备, merged across: one header, levels joined by a colon."""
    rows = (
        ("单位名称", "党员情况", None, None, "党组织情况", None),
        (None, "总数", "其中", None, "是否建立", "名称"),
        (None, None, "正式", "预备", None, None),
        ("宏达", 3, 2, 1, "否", None),
    )
    merges = ((1, 1, 3, 1), (1, 2, 1, 4), (1, 5, 1, 6), (2, 2, 3, 2), (2, 3, 2, 4))

    where, mapped = fields(*rows, merges=(*merges, (2, 5, 3, 5), (2, 6, 3, 6)))

    assert where == (1, 3)
    assert mapped == {
        "name": "单位名称",
        "total_members": "党员情况:总数",
        "full_members": "党员情况:其中:正式",
        "probationary_members": "党员情况:其中:预备",
        "organised": "党组织情况:是否建立",
        "branch_named": "党组织情况:名称",
    }


def test_pattern_03_line_breaks_and_spaces_in_headers() -> None:
    """A break inside 党员人数 is none, 「单 位 名 称」 is 单位名称."""
    _, mapped = fields(("单 位 名 称", "党员\n人数", "经营\r\n 地址"), ("宏达", 3, "一号"))

    assert set(mapped) == {"name", "total_members", "address"}


def test_pattern_04_units_and_notes_in_brackets() -> None:
    """(人) and (是/否) go; (不含预备) makes a column of members one of full members."""
    _, mapped = fields(
        ("单位名称(全称)", "党员数（人）", "是否建立党组织(是/否)"), ("宏达", 3, "否")
    )
    _, full = fields(("单位名称", "党员人数（不含预备党员）"), ("宏达", 3))
    _, total = fields(("单位名称", "中共党员（包括预备党员）人数"), ("宏达", 3))
    _, still_total = fields(("单位名称", "党员数(含正式、预备)"), ("宏达", 3))
    _, not_full = fields(("单位名称", "正式党员(含预备)"), ("宏达", 3))

    assert set(mapped) == {"name", "total_members", "organised"}
    assert set(full) == {"name", "full_members"}
    assert set(total) == set(still_total) == set(not_full) == {"name", "total_members"}


@pytest.mark.parametrize(
    ("field", "headers"),
    [
        (
            "name",
            "单位名称 企业名称 组织名称 社会组织名称 法人单位名称 名称 单位全称 单位名称(全称)",
        ),
        (
            "credit_code",
            "统一社会信用代码 信用代码 社会信用代码 组织机构代码 登记证号 注册号 单位代码",
        ),
        ("kind", "单位类别 组织类型 单位性质 单位类型 企业类型 社会组织种类"),
        ("industry_code", "所属行业 行业 行业类别 行业门类 行业代码 主营业务"),
        (
            "staff",
            "从业人员数 从业人员 从业人数 职工人数 职工总数 员工数 组织总人数 在岗职工数",
        ),
        (
            "total_members",
            "党员总数 党员数 党员人数 中共党员(包括预备党员)人数 党员人数(含预备党员)",
        ),
        ("full_members", "其中:正式党员 正式党员数"),
        ("probationary_members", "其中：预备党员 预备党员人数"),
        (
            "affiliated_total",
            "组织关系在本单位党员数 已转入组织关系 隶属本单位党员 在社会组织的党员数",
        ),
        (
            "unaffiliated_total",
            "未转入组织关系党员数 流动党员数 组织关系不在本单位 专职未转关系 兼职党员",
        ),
        ("double_registered", "双登记党员数 双登记党员"),
        ("organised", "是否建立党组织 是否组建党组织 党组织建立情况 覆盖情况"),
        ("branch_kind", "党组织建制 党组织类型 党组织设置形式 组建方式 党组织组建方式"),
        ("branch_named", "党组织名称 所在党组织 联合支部名称 所属党支部"),
        ("line", "隶属关系 管理方式"),
        ("registered_address", "注册地址 住所 登记地址"),
        ("address", "经营地址 详细地址 实际经营地址 办公地址 地址"),
        ("township_named", "所属乡镇(街道) 镇街 街道 乡镇 属地 辖区"),
        ("village_named", "所属村(社区) 社区 村居"),
        ("park_named", "所属园区 工业园 开发区 产业园"),
        ("building_named", "所属楼宇/商圈/市场 楼宇名称"),
        ("operating_status", "经营状态 存续状态"),
        ("kin_majority", "亲属党员过半 是否家族企业"),
        ("lon", "经度 lng X"),
        ("lat", "纬度 lat Y"),
    ],
)
def test_pattern_05_header_synonyms(field: str, headers: str) -> None:
    """Every spelling that offices use for a field is known."""
    for header in headers.split(" "):
        _, mapped = fields((header, "单位名称" if field != "name" else "地址"), ("一", "二"))
        assert mapped[field] == header.replace("：", ":").replace("（", "(")


def test_pattern_05_an_unknown_header_is_told_with_the_nearest_field() -> None:
    """在册正式党员人头 is read as nothing; 正式党员 is suggested, --column decides."""
    sheet = Sheet("甲", (("单位名称", "在册正式党员人头"), ("宏达", 2)))

    ledger, report = clean([sheet])
    decided, _ = clean([sheet], columns={"full_members": "在册正式党员人头"})

    assert report.sheets[0].unread == ("在册正式党员人头",)
    assert ledger["full_members"].isna().all()
    assert nearest_field("在册正式党员人头") == "full_members"
    assert decided["full_members"].tolist() == [2]


def test_pattern_06_two_columns_for_one_field() -> None:
    """经营地址 goes before 注册地址 whatever the order; both are told, and --column decides."""
    sheet = Sheet(
        "甲",
        (
            ("单位名称", "注册地址", "经营地址", "详细地址"),
            ("宏达", "一号", "二号", "三号"),
            ("兴旺", "四号", None, "五号"),
        ),
    )

    ledger, report = clean([sheet])
    decided, _ = clean([sheet], columns={"address": "详细地址"})

    assert ledger["address"].tolist() == ["二号", "四号"]
    assert decided["address"].tolist() == ["三号", "五号"]
    assert [note.zh for note in report.sheets[0].notes] == [
        "“经营地址”与“详细地址”是同一项，只读“经营地址”；改用请加 --column address=列名",
        "地址取“经营地址”，为空时取“注册地址”",
    ]


def test_pattern_07_header_repeated_on_every_page() -> None:
    """Both levels of the header come again in rows 4 and 5 and are no units."""
    head = (("单位名称", "党员情况", None), (None, "总数", "正式"))
    rows = (*head, ("宏达", 2, 2), *head, ("兴旺", 1, 1))

    assert dropped(*rows) == [("甲!4", "重复的表头"), ("甲!5", "重复的表头")]
    assert clean([Sheet("甲", rows)])[0]["name"].tolist() == ["宏达", "兴旺"]


def test_pattern_08_totals_are_dropped_and_compared_per_column() -> None:
    """合计 says 3 and 2; the rows sum to 3 and 1: the second column is told with both numbers."""
    rows = (
        ("单位名称", "正式党员", "预备党员"),
        ("宏达", 2, 1),
        ("本页小计", 2, 1),
        ("兴旺", 1, 0),
        ("合 计", 3, 2),
    )

    ledger, report = clean([Sheet("甲", rows)])

    assert ledger["full_members"].sum() == 3
    assert dropped(*rows) == [("甲!3", "合计行"), ("甲!5", "合计行")]
    (note,) = report.sheets[0].notes
    assert note.zh == "甲!5 的合计“预备党员”写 2，其上各行之和为 0（全表 1）"


WIDE = ("序号", "街道", "单位名称", "地址", "正式党员", "预备党员")
UNITS = ((1, "东街道", "宏达", "人民路1号", 2, 1), (2, "东街道", "兴旺", "人民路2号", 1, 0))


@pytest.mark.parametrize(
    "cells",
    [
        ("合计", None, None, None),
        (None, "合计", None, None),
        (None, None, "合 计", None),
        (None, None, None, "总计："),
        (3, "合计", None, None),  # it carries a running number
        (3, None, "共计2家", None),
        (None, "东街道", "小计", None),
        (None, "东街道小计", None, None),
    ],
)
def test_pattern_08_a_total_in_any_column_is_dropped_and_compared(
    cells: tuple[object, ...],
) -> None:
    """Full members 3 are right, probationary 2 are not 1: told by row and field, no row a unit."""
    ledger, report = clean([Sheet("甲", (WIDE, *UNITS, (*cells, 3, 2)))])

    assert ledger["name"].tolist() == ["宏达", "兴旺"]
    assert [(each.row, each.why.zh) for each in report.sheets[0].dropped] == [("甲!4", "合计行")]
    assert [note.zh for note in report.sheets[0].notes] == [
        "甲!4 的合计“预备党员”写 2，其上各行之和为 1（全表 1）"
    ]


def test_pattern_08_a_subtotal_is_compared_with_the_rows_since_the_last_one() -> None:
    """小计 2 of one row, 小计 5 of one row of 1, 合计 3 of the sheet: the second one is told."""
    one, two = UNITS
    rows = (WIDE, one, (None, "小计", None, None, 2, 1), two, (3, "小计", None, None, 5, 0))

    _, report = clean([Sheet("甲", (*rows, (None, None, "合计", None, 3, 1)))])

    assert [each.row for each in report.sheets[0].dropped] == ["甲!3", "甲!5", "甲!6"]
    assert [note.zh for note in report.sheets[0].notes] == [
        "甲!5 的合计“正式党员”写 5，其上各行之和为 1（全表 3）"
    ]


def test_pattern_08_a_unit_whose_name_holds_the_word_stays() -> None:
    """总计数据公司 is a firm; so is a unit with a credit code, whatever its name."""
    firm = (3, "东街道", "总计数据公司", "人民路3号", 1, 0)
    coded = ("91350100M000100Y43", "合计", 1)

    assert len(clean([Sheet("甲", (WIDE, *UNITS, firm))])[0]) == 3
    assert len(clean([Sheet("乙", (("信用代码", "单位名称", "正式党员"), coded))])[0]) == 1


@pytest.mark.parametrize(
    "cells",
    [
        ("填表人：", None, None, "审核人："),
        (None, "填表人：", None, "审核人："),
        (None, None, None, "单位负责人（签字）："),
        (None, None, "注：1.本表一式两份", None),
        ("注：", None, "党员数含预备党员", None),
        (3, "填报人：李四", None, None),
    ],
)
def test_pattern_09_a_footer_in_any_column(cells: tuple[object, ...]) -> None:
    """Wherever its first words stand, it is no unit; nor are numbered notes below it."""
    below = (None, "2.党员数以组织关系为准", None, None, None, None)

    assert dropped(WIDE, *UNITS, (*cells, None, None), below) == [
        ("甲!4", "表尾（填表人、注等）"),
        ("甲!5", "表尾（填表人、注等）"),
    ]


def test_pattern_09_a_row_with_counts_is_no_footer() -> None:
    """审核咨询中心 with a member is a unit, and so is what stands below it."""
    unit = (3, "东街道", "审核咨询中心", "人民路3号", 1, 0)

    assert dropped(WIDE, *UNITS, unit) == []


@pytest.mark.parametrize(
    "words",
    ["填表人：", "审核人：李四", "填报日期：2025年12月1日", "注：1.本表一式两份", "联系电话："],
)
def test_pattern_09_footers(words: str) -> None:
    """Whoever filled it in, whoever checked it, and notes are no units."""
    assert dropped(HEADER, ROW, (words, None, None, None)) == [("甲!3", "表尾（填表人、注等）")]


def test_pattern_10_category_dividers() -> None:
    """「一、非公企业」 is the category of the rows below it, until the next one."""
    rows = (
        HEADER,
        ("一、非公企业", None, None, None),
        ROW,
        ("（二）社会组织", None, None, None),
        (1, "商会", "人民路2号", 1),
    )

    assert clean([Sheet("甲", rows)])[0]["kind"].tolist() == ["非公企业", "社会组织"]


def test_pattern_11_merged_cells_are_filled_down_plain_blanks_are_not() -> None:
    """One 街道 and one 楼宇 over two rows; the third row's blanks stay blank."""
    rows = (
        ("街道", "楼宇名称", "单位名称", "正式党员"),
        ("东街道", "创业大厦", "宏达", 2),
        (None, None, "兴旺", 1),
        (None, None, "发达", 1),
    )

    ledger, _ = clean([Sheet("表", rows, merges=((2, 1, 3, 1), (2, 2, 3, 2)))])

    assert ledger["township_named"].fillna("").tolist() == ["东街道", "东街道", ""]
    assert ledger["building_named"].fillna("").tolist() == ["创业大厦", "创业大厦", ""]
