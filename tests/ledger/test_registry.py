"""The ledger against the registration list: certain matches only, likenesses are suggestions."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from check_ledger import CODE, OTHER_CODE

from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.doubts.registry import REGISTRY, Difference, compare_registry, same_address

HEADS = ("单位名称", "统一社会信用代码", "地址", "经营状态")


def listed(sheet: str, *rows: tuple[object, ...]) -> pd.DataFrame:
    """Return a list of units as a ledger: name, code, address, state."""
    return clean([Sheet(sheet, (HEADS, *rows))])[0]


def differences(ledger: pd.DataFrame, registry: pd.DataFrame, **said: bool) -> list[dict[str, Any]]:
    """Return the differences, blanks left out."""
    table = compare_registry(ledger, registry, **said)
    REGISTRY.check(table)
    return [
        {name: value for name, value in row.items() if pd.notna(value)}
        for row in table.astype(object).to_dict("records")
    ]


def test_a_unit_of_both_lists_without_a_change_is_not_listed() -> None:
    """The same code, name, address and state: nothing to tell."""
    row = ("宏达机械有限公司", CODE, "人民路12号", "在营")

    assert differences(listed("台账", row), listed("名录", row)) == []


def test_what_stands_in_one_list_only_is_told_with_its_row() -> None:
    """Registered and not in the ledger first, then in the ledger and not registered."""
    ledger = listed("台账", ("东风商会", None, None, "在营"))
    registry = listed("名录", ("兴旺商行", OTHER_CODE, None, "在营"))

    assert differences(ledger, registry) == [
        {
            "difference": "not_in_ledger",
            "registry_row": "名录!2",
            "name": "兴旺商行",
            "credit_code": OTHER_CODE,
        },
        {"difference": "not_registered", "ledger_row": "台账!2", "name": "东风商会"},
    ]


def test_a_changed_name_address_and_state_are_told_each_with_both_rows() -> None:
    """One code in both: three differences, what each list says."""
    ledger = listed("台账", ("宏达机械有限公司", CODE, "人民路12号", "在营"))
    registry = listed("名录", ("宏达智能有限公司", CODE, "解放路3号", "注销"))

    found = differences(ledger, registry)

    assert [(each["difference"], each["in_ledger"], each["in_registry"]) for each in found] == [
        (Difference.NAME, "宏达机械有限公司", "宏达智能有限公司"),
        (Difference.ADDRESS, "人民路12号", "解放路3号"),
        (Difference.STATUS, "operating", "closed"),
    ]
    assert {(each["ledger_row"], each["registry_row"]) for each in found} == {("台账!2", "名录!2")}


def test_names_match_however_they_are_spelt() -> None:
    """Brackets, spaces, full-width letters: one name. Without a code on one side it is a match."""
    ledger = listed("台账", ("宏达（集团） 机械Ａ厂", None, None, "在营"))
    registry = listed("名录", ("宏达(集团)机械A厂", CODE, None, "在营"))

    assert differences(ledger, registry) == []


def test_two_codes_of_one_name_are_two_units() -> None:
    """Both codes are valid and differ: the same name does not make them one."""
    ledger = listed("台账", ("宏达机械厂", CODE, "1号", "在营"))
    registry = listed("名录", ("宏达机械厂", OTHER_CODE, "1号", "在营"))

    found = [each["difference"] for each in differences(ledger, registry)]

    assert found == ["not_in_ledger", "not_registered"]


def test_a_name_that_stands_twice_matches_nobody() -> None:
    """Two branches of one name in the registry: which one is meant, a person must say."""
    ledger = listed("台账", ("便民超市", None, "1号", "在营"))
    registry = listed("名录", ("便民超市", None, "2号", "在营"), ("便民超市", None, "3号", "在营"))

    found = differences(ledger, registry)

    assert [each["difference"] for each in found] == ["not_in_ledger"] * 2 + ["not_registered"]
    assert found[2]["suggested_row"] == "名录!2"


def test_a_likeness_is_a_suggestion_and_never_a_match() -> None:
    """A short name is like its full name: both rows stay, each names the other."""
    ledger = listed("台账", ("宏达机械", None, None, "在营"))
    registry = listed("名录", ("清河市宏达机械有限公司", CODE, None, "在营"))

    found = differences(ledger, registry)

    assert [each["difference"] for each in found] == ["not_in_ledger", "not_registered"]
    assert [each["suggested"] for each in found] == ["宏达机械", "清河市宏达机械有限公司"]
    assert [each["suggested_row"] for each in found] == ["台账!2", "名录!2"]
    assert all(80 <= each["likeness"] <= 90 for each in found)


def test_names_that_share_only_the_legal_form_are_not_alike() -> None:
    """有限公司 says nothing of who they are."""
    ledger = listed("台账", ("东方集团股份有限公司", None, None, "在营"))
    registry = listed("名录", ("蓝天集团股份有限公司", None, None, "在营"))

    assert not any("suggested" in each for each in differences(ledger, registry))


def test_a_registry_without_states_is_not_held_against_the_ledger() -> None:
    """It has no such column: all its units are taken for operating, and that proves nothing."""
    ledger = listed("台账", ("宏达机械厂", CODE, "1号", "注销"))
    registry = listed("名录", ("宏达机械厂", CODE, "1号", None))

    assert differences(ledger, registry, states=False) == []
    assert [each["difference"] for each in differences(ledger, registry)] == ["status"]


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        *(("停业", "存续", False), ("空壳", "存续", False), ("在营", "存续", False)),
        *(("注销", "存续", True), ("迁出", "存续", True), ("停业", "注销", True)),
    ],
)
def test_a_unit_that_has_stopped_still_stands_in_the_register(
    ours: str, theirs: str, *, told: bool
) -> None:
    """存续 in a register says that nobody struck it off, not that it is at work."""
    ledger = listed("台账", ("宏达机械厂", CODE, "1号", ours))
    registry = listed("名录", ("宏达机械厂", CODE, "1号", theirs))

    found = [each["difference"] for each in differences(ledger, registry)]
    assert found == (["status"] if told else [])


def test_repeated_rows_are_compared_once() -> None:
    """The ledger lists a unit on two rows: one difference of one row."""
    row = ("宏达机械厂", CODE, "1号", "在营")

    found = differences(listed("台账", row, row), listed("名录", ("蓝天商会", None, None, "在营")))

    assert [each.get("ledger_row") for each in found] == [None, "台账!2"]


def test_addresses_that_end_alike_are_one() -> None:
    """With or without the district in front; another number is another place."""
    assert same_address("清河市城关镇人民路12号", "人民路12号")
    assert same_address(None, "人民路12号")
    assert not same_address("人民路12号", "人民路112号院")
    assert not same_address("12号", "2号")


def test_the_lists_given_are_not_touched() -> None:
    """Both come out as they went in."""
    ledger = listed("台账", ("宏达机械厂", CODE, "1号", "注销"))
    before = ledger.copy(deep=True)

    compare_registry(ledger, ledger)

    pd.testing.assert_frame_equal(ledger, before)
