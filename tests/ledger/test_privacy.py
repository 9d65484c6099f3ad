"""No person enters: not by a header, not by a pattern, not inside a text, not in a report."""

from __future__ import annotations

import pytest

from lxgeo.errors import LedgerError
from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.sheets.privacy import (
    identity_number,
    person_header,
    person_values,
    quoted,
    without_persons,
)

IDENTITY = "11010519491231002X"  # the example of GB 11643
PHONE = "13800138000"


@pytest.mark.parametrize(
    "header",
    [
        *(
            "法定代表人",
            "企业负责人",
            "出资人",
            "书记姓名",
            "党员姓名",
            "联系电话",
            "手机号",
            "身份证号",
        ),
        *(
            "出生日期",
            "学历",
            "民族",
            "政治面貌",
            "联系人",
            "党建指导员",
            "电子邮箱",
            "phone",
            "birthday",
        ),
    ],
)
def test_headers_of_persons_are_refused(header: str) -> None:
    """All of these occur in real forms."""
    assert person_header((header,))


@pytest.mark.parametrize(
    "levels",
    [
        *(
            ("单位名称",),
            ("法人单位名称",),
            ("是否派驻党建指导员",),
            ("指导员单位",),
            ("党组织名称",),
        ),
        *(("联系方式", "地址"), ("正式党员",), ("从业人员",)),
    ],
)
def test_headers_of_units_are_not(levels: tuple[str, ...]) -> None:
    """Names of units, counts, questions about persons answered by yes or no."""
    assert not person_header(levels)


def test_whatever_stands_below_a_person_is_refused() -> None:
    """负责人 → 学历, 负责人 → 备注."""
    assert person_header(("负责人", "备注"))


def test_identity_numbers_are_known_by_their_check_digit() -> None:
    """A number that only looks like one may be a credit code."""
    assert identity_number(IDENTITY)
    assert not identity_number("110105194912310021")


def test_columns_are_known_by_what_stands_in_them() -> None:
    """Half of the filled cells decide."""
    assert person_values([PHONE, None, "138-0013-8001", "无"])
    assert person_values([13800138000.0, 13900139000])
    assert not person_values(["人民路1号", PHONE, "人民路2号"])
    assert not person_values([None, ""])


def test_numbers_inside_a_text_are_struck_out() -> None:
    """The address stays, the phone goes; house numbers and codes are left alone."""
    assert without_persons(f"人民路12号，{PHONE}") == "人民路12号"
    assert without_persons(f"宏达公司{IDENTITY}") == "宏达公司"
    assert without_persons("人民路138号91350100M000100Y43") == "人民路138号91350100M000100Y43"


def test_a_quote_is_struck_before_it_is_cut() -> None:
    """Neither full-width digits nor the end of a long text let half a number through."""
    assert quoted("２人 １３８００１３８０００") == "2人"
    assert quoted("人" * 112 + PHONE) == "人" * 112
    assert quoted("人" * 500) == "人" * 119 + "…"
    assert quoted(" ３人 ") == "３人"


def test_nothing_of_a_person_is_in_the_ledger_or_its_report() -> None:
    """By header, by pattern below a harmless header, inside an address, in a finding's quote."""
    sheet = Sheet(
        "甲镇",
        (
            ("单位名称", "法定代表人", "备用", "地址", "正式党员", "统一社会信用代码"),
            ("宏达公司", "张三丰", PHONE, f"人民路1号 电话{PHONE}", f"2人 {PHONE}", IDENTITY),
            ("兴旺公司", "李四光", "13900139000", "人民路2号", 1, "91350100M000100Y43"),
            ("发达公司", None, None, "人民路3号", 1, "社证字第3号"),
            ("填表人：王五六", None, None, None, None, None),
        ),
    )

    ledger, report = clean([sheet])
    text = f"{ledger.to_dict()} {report}"

    assert report.refused == ("法定代表人", "备用")
    for person in ("张三丰", "李四光", "王五六", PHONE, "13900139000", IDENTITY):
        assert person not in text
    assert ledger["name"].tolist() == ["宏达公司", "兴旺公司", "发达公司"]


def test_a_person_column_can_not_be_asked_for() -> None:
    """--column name=联系人 is refused: it would let persons in."""
    sheet = Sheet("s", (("单位名称", "联系人", "地址"), ("宏达", "张三", "人民路1号")))

    with pytest.raises(LedgerError) as caught:
        clean([sheet], columns={"name": "联系人"})

    assert "联系人" in caught.value.in_words("zh")
    assert "refused" in caught.value.in_words("en")
