"""Patterns 24 to 34 of dirt in ledgers: credit codes, names, who is the same unit, who is gone."""

from __future__ import annotations

from typing import Any

import pytest

from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.values.codes import CreditCode, check_fits, credit_code
from lxgeo.model import Rule

# The example of GB 32100-2015: weighed by 3^i mod 31 its characters sum to 1,640 = 52 × 31 + 28,
# and 31 - 28 = 3 is its last one.
GOOD = "91350100M000100Y43"
HEADER = ("单位名称", "统一社会信用代码", "地址", "正式党员")


def told(*sheets: Sheet) -> dict[str, list[tuple[Rule, dict[str, Any]]]]:
    """Return each row's findings as (code, figures)."""
    ledger, _ = clean(sheets)
    return {
        row: [(each.code, dict(each.figures)) for each in findings]
        for row, findings in zip(ledger["row"], ledger["findings"], strict=True)
    }


def sheet(
    *rows: tuple[object, ...], name: str = "城关镇", header: tuple[str, ...] = HEADER
) -> Sheet:
    """Return a township's sheet."""
    return Sheet(name, (header, *rows))


@pytest.mark.parametrize(
    "cell",
    ["9.1321E+17", "9.13501E17", 9.1350100123456e17, 913501001234567000, "913501001234567000"],
)
def test_pattern_24_a_code_turned_into_a_number_is_lost(cell: object) -> None:
    """Fifteen digits of eighteen are left: never matched on, and told as lost."""
    ledger, _ = clean([sheet(("宏达", cell, "一号", 1), ("兴旺", cell, "二号", 1))])

    assert credit_code(cell) == CreditCode(None, fault=Rule.CREDIT_CODE_LOST)
    assert ledger["credit_code"].isna().all()
    assert ledger["duplicate_of"].isna().all()
    assert [each.code for each in ledger["findings"].iloc[0]] == [Rule.CREDIT_CODE_LOST]


@pytest.mark.parametrize(
    "cell",
    [
        *("91350100m000100y43", " 9135 0100 M000 100Y 43", "９１３５０１００Ｍ０００１００Ｙ４３"),
        *("91350100-M000100Y4-3", "9135O1OOMOOO1OOY43", "9I350100M000I00Y43", "9135010OM0001OOY43"),
        "913S0100M000100Y43",
    ],
)
def test_pattern_25_codes_are_normalised_where_the_check_fits(cell: str) -> None:
    """Case, spaces, full width; O, I, S are never in a code: they are 0, 1, 5 if the check fits."""
    ledger, report = clean([sheet(("宏达", cell, "一号", 1))])

    assert ledger["credit_code"].tolist() == [GOOD]
    assert ledger["findings"].iloc[0] == ()
    assert [(each.field, each.read) for each in report.sheets[0].repairs] == [("credit_code", GOOD)]


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "91350100M000100Y44",
            "91350100M000100Y4",
            "91350100M000100Y433",
            "不清楚",
            "9135010OM00O1OOY44",
        ),
        "91350100MV00100Y43",  # V is never in a code and looks like no digit
    ],
)
def test_pattern_25_a_wrong_code_is_told_and_identifies_nobody(cell: str) -> None:
    """A wrong check character, 17 or 19 characters, words: kept as text, never matched on."""
    ledger, _ = clean([sheet(("宏达", cell, "一号", 1), ("兴旺", cell, "二号", 1))])

    assert ledger["credit_code"].tolist() == [cell, cell]
    assert ledger["duplicate_of"].isna().all()
    assert [each.code for each in ledger["findings"].iloc[0]] == [Rule.CREDIT_CODE_WRONG]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        # MOD 11,10 over the first 14 digits ends in 5, and 5 + 6 = 11 leaves 1 of 10.
        ("110108000000016", "110108000000016"),
        (110108000000016, "110108000000016"),
        ("D2143569-X", "D2143569X"),  # the example of GB 11714
    ],
)
def test_pattern_25_old_numbers_are_told_apart(cell: object, text: str) -> None:
    """15 digits of the old registration and 9 of the organisation code are no typing error."""
    assert credit_code(cell) == CreditCode(text, fault=Rule.CREDIT_CODE_OLD)


def test_pattern_25_an_identity_number_is_nobodys_code() -> None:
    """Of 18 digits or, before 1999, of 15: it isn't kept."""
    for number in ("11010519491231002X", "110105491231001"):
        assert credit_code(number) == CreditCode(None, fault=Rule.CREDIT_CODE_WRONG)


def test_pattern_25_the_alphabet_of_codes() -> None:
    """I, O, S, V, Z are never in a code, whatever the check says."""
    assert check_fits(GOOD)
    assert not any(check_fits(GOOD.replace("Y", letter)) for letter in "IOSVZ")


def test_pattern_26_one_code_under_two_names() -> None:
    """The second row repeats the first one's unit; the other name is told on both rows."""
    rows = (("宏达机械厂", GOOD, "一号", 1), ("宏达精密机械有限公司", GOOD, "一号", 1))
    ledger, _ = clean([sheet(*rows)])

    assert ledger["duplicate_of"].fillna("").tolist() == ["", GOOD]
    assert told(sheet(*rows)) == {
        "城关镇!2": [(Rule.NAMES_DIFFER, {"name": "宏达精密机械有限公司", "row": "城关镇!3"})],
        "城关镇!3": [(Rule.NAMES_DIFFER, {"name": "宏达机械厂", "row": "城关镇!2"})],
    }


def test_pattern_27_one_name_twice_without_a_code() -> None:
    """At one address it is one unit; at two it may be: told on both rows, merged by nobody."""
    one_place = sheet(("宏达商行", None, "一号", 1), ("宏达商行", None, "一号", 1))
    two_places = sheet(("宏达商行", None, "一号", 1), ("宏达商行", None, "二号", 1))

    assert clean([one_place])[0]["duplicate_of"].notna().tolist() == [False, True]
    assert clean([two_places])[0]["duplicate_of"].isna().all()
    assert told(two_places) == {
        "城关镇!2": [(Rule.SAME_UNIT_MAYBE, {"name": "宏达商行", "row": "城关镇!3"})],
        "城关镇!3": [(Rule.SAME_UNIT_MAYBE, {"name": "宏达商行", "row": "城关镇!2"})],
    }


def test_pattern_27_a_chain_is_no_duplicate() -> None:
    """Six shops of one name in one township are a chain."""
    rows = (("便民超市", None, f"{n}号", 1) for n in range(6))

    assert not any(told(sheet(*rows)).values())


def test_pattern_28_brackets_spaces_and_what_nobody_sees() -> None:
    """（）, 【】, 〔〕, trailing and zero-width characters: one name, so one unit."""
    names = (
        "宏达(集团)公司",
        "宏达（集团）公司 ",
        "宏达【集团】公司",
        "宏\u200b达〔集团〕公司\ufeff",
    )
    ledger, _ = clean([sheet(*((name, None, "一号", 1) for name in names))])

    assert ledger["name"].tolist() == ["宏达(集团)公司"] * 4
    assert ledger["duplicate_of"].notna().tolist() == [False, True, True, True]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("宏达机械", "临江市宏达机械有限公司"),
        ("宏达机械", "宏达机械制造有限责任公司"),
        ("宏达机械公司", "江南省临江市城东区宏达机械股份有限公司"),
        ("佳昌宾馆", "临江佳昌宾馆有限公司"),
    ],
)
def test_pattern_29_short_and_full_names(short: str, full: str) -> None:
    """In one township the short name may be the full one's unit: told, a person decides."""
    found = told(sheet((short, None, "一号", 1), (full, GOOD, "二号", 1)))

    assert found == {
        "城关镇!2": [(Rule.SAME_UNIT_MAYBE, {"name": full, "row": "城关镇!3"})],
        "城关镇!3": [(Rule.SAME_UNIT_MAYBE, {"name": short, "row": "城关镇!2"})],
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("丰拓园区运营有限公司", "鼎源园区运营有限公司"),
        ("宏达机械有限公司", "宏达商贸有限公司"),
        ("人民路小学", "人民路小学附属幼儿园"),
        ("佳昌宾馆", "新佳昌宾馆有限公司"),
    ],
)
def test_pattern_29_names_that_only_look_alike(one: str, other: str) -> None:
    """Other trades, other units."""
    assert not any(told(sheet((one, None, "一号", 1), (other, None, "二号", 1))).values())


def test_pattern_30_a_branch_office_is_a_unit_of_its_own() -> None:
    """第二分公司 is neither the head office nor 第一分公司, whatever the address."""
    rows = (
        ("宏达有限公司", GOOD, "一号", 3),
        ("宏达有限公司第一分公司", None, "一号", 1),
        ("宏达有限公司第二分公司", None, "一号", 1),
    )
    ledger, _ = clean([sheet(*rows)])

    assert ledger["duplicate_of"].isna().all()
    assert not any(told(sheet(*rows)).values())


def test_pattern_31_one_unit_on_two_township_sheets() -> None:
    """Registered in 城关镇, at work in 河西乡: counted once, told on both rows."""
    first = sheet(("宏达有限公司", GOOD, "一号", 1))
    second = sheet(("宏达有限公司", GOOD, "九号", 1), name="河西乡")

    ledger, _ = clean([first, second])

    assert ledger["duplicate_of"].fillna("").tolist() == ["", GOOD]
    assert told(first, second) == {
        "城关镇!2": [(Rule.ON_TWO_SHEETS, {"row": "河西乡!2"})],
        "河西乡!2": [(Rule.ON_TWO_SHEETS, {"row": "城关镇!2"})],
    }


def test_pattern_31_without_a_code_a_companys_full_name_is_asked_about() -> None:
    """A shop's name is not: every township has a 便民超市."""
    here = (("宏达有限公司", None, "一号", 1), ("便民超市", None, "二号", 1))
    there = (("宏达有限公司", None, "三号", 1), ("便民超市", None, "四号", 1))
    found = told(sheet(*here), sheet(*there, name="河西乡"))

    assert [len(findings) for findings in found.values()] == [1, 0, 1, 0]
    assert found["河西乡!2"] == [
        (Rule.SAME_UNIT_MAYBE, {"name": "宏达有限公司", "row": "城关镇!2"})
    ]


def test_pattern_32_enterprise_and_social_organisation() -> None:
    """A private school on both lists is one unit."""
    header = (*HEADER[:3], "正式党员", "单位类别", "街道")
    lists = [
        sheet(("育才学校", GOOD, "一号", 1, kind, "东街道"), name=kind, header=header)
        for kind in ("非公企业", "社会组织")
    ]
    ledger, _ = clean(lists)

    assert ledger["duplicate_of"].fillna("").tolist() == ["", GOOD]
    assert told(*lists)["社会组织!2"] == [(Rule.ON_TWO_SHEETS, {"row": "非公企业!2"})]


@pytest.mark.parametrize(
    ("header", "cells"),
    [(("正式党员", "双登记党员数"), (3, 1)), (("正式党员",), ("3(含双登记1人)",))],
)
def test_pattern_33_double_registration_is_told_and_added_to_nothing(
    header: tuple[str, ...], cells: tuple[object, ...]
) -> None:
    """3 full members, one of them registered elsewhere too: 3, and a finding."""
    ledger, _ = clean([Sheet("甲", (("单位名称", *header), ("宏达", *cells)))])

    assert ledger["full_members"].tolist() == [3]
    assert (Rule.DOUBLE_REGISTERED, {"members": 1}) in [
        (each.code, dict(each.figures)) for each in ledger["findings"].iloc[0]
    ]


def test_pattern_33_floating_members_are_no_more_full_members() -> None:
    """3 full, 1 on probation, 2 floating: 3 full stay 3, at least 1 of them is affiliated here."""
    columns = ("单位名称", "正式党员", "预备党员", "流动党员数")
    ledger, _ = clean([Sheet("甲", (columns, ("宏达", 3, 1, 2)))])

    assert ledger[["full_members", "affiliated_members"]].iloc[0].tolist() == [3, 1]
    (told,) = ledger["findings"].iloc[0]
    assert (told.code, dict(told.figures)) == (
        Rule.AFFILIATED_AT_LEAST,
        {"field": "unaffiliated_total", "written": "2", "least": 1},
    )


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        *(("注销", "closed"), ("已吊销", "closed"), ("吊销未注销", "closed"), ("註銷", "closed")),
        *(("查无", "shell"), ("空壳企业", "shell"), ("僵尸企业", "shell"), ("失联", "shell")),
        *(
            ("迁出", "moved_out"),
            ("遷出", "moved_out"),
            ("停业", "suspended"),
            ("歇业。", "suspended"),
        ),
        *(("在营", "operating"), ("存续(在营、开业、在册)", "operating"), (None, "operating")),
    ],
)
def test_pattern_34_states_of_units(cell: object, status: str) -> None:
    """Closed, shell, zombie and moved units are told apart; the list keeps them all."""
    ledger, _ = clean([Sheet("甲", (("单位名称", "经营状态"), ("宏达", cell)))])

    assert ledger["operating_status"].tolist() == [status]


@pytest.mark.parametrize(
    ("name", "remark", "said"),
    [
        ("宏达公司(已注销)", None, {"field": "name", "written": "注销"}),
        ("宏达公司", "2023年3月已搬迁至外地", {"field": "remarks", "written": "搬迁"}),
        ("宏达公司", "尚未注销", None),
        ("停业服务咨询公司", None, None),
    ],
)
def test_pattern_34_a_state_in_a_name_or_a_remark_is_told_not_taken(
    name: str, remark: str | None, said: dict[str, str] | None
) -> None:
    """The unit stays in the count until a person says otherwise; only the word is quoted."""
    ledger, _ = clean([Sheet("甲", (("单位名称", "备注"), (name, remark)))])
    found = [
        dict(each.figures)
        for each in ledger["findings"].iloc[0]
        if each.code == Rule.STATUS_IN_WORDS
    ]

    assert ledger["operating_status"].tolist() == ["operating"]
    assert found == ([] if said is None else [said])
