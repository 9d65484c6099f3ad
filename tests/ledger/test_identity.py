"""Ids that stay, and rows that are one unit."""

from __future__ import annotations

import hashlib

from lxgeo.ledger import Sheet, clean

CODE = "91350100M000100Y43"
OTHER = "911100001000000009"  # not valid: never identifies
HEADER = ("单位名称", "地址", "统一社会信用代码", "正式党员")


def ids(*rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> list[str]:
    """Return the ids of a ledger of these rows."""
    return clean([Sheet("s", (header, *rows))])[0]["unit_id"].tolist()


def test_the_ledgers_own_ids_are_kept() -> None:
    """Complete and unique: they are the ids, numbers without .0."""
    header = ("unit_id", "单位名称", "地址")

    assert ids(("B7", "甲", "一号"), (12.0, "乙", "二号"), header=header) == ["B7", "12"]


def test_own_ids_that_repeat_or_lack_are_told_and_not_used() -> None:
    """One blank spoils the column."""
    rows = (("unit_id", "单位名称", "地址"), ("B7", "甲", "一号"), (None, "乙", "二号"))

    ledger, report = clean([Sheet("s", rows)])

    assert ledger["unit_id"].str.startswith("U").all()
    assert any("单位编号列有 1 行为空" in each.zh for each in report.assumptions)


def test_valid_credit_codes_come_next_then_a_hash_of_name_and_address() -> None:
    """U and 12 hexadecimal digits of BLAKE2b over name and address; a wrong code is no id."""
    said = "乙公司\x1f二号".encode()

    assert ids(("甲公司", "一号", CODE, 1), ("乙公司", "二号", OTHER, 1)) == [
        CODE,
        "U" + hashlib.blake2b(said, digest_size=6).hexdigest(),
    ]


def test_an_id_does_not_depend_on_order_or_dress() -> None:
    """Full-width letters, spaces and another place in the sheet change nothing."""
    first = ids(("ＡＢ科技（深圳）公司", "1号", None, 1), ("乙", "二号", None, 1))
    second = ids(("乙", "二号", None, 5), ("AB 科技(深圳)公司 ", "１号", None, 2))

    assert first == list(reversed(second))


def test_repeats_are_numbered() -> None:
    """Every row has an id of its own."""
    row = ("甲公司", "一号", CODE, 1)

    assert ids(row, row, row) == [CODE, f"{CODE}~2", f"{CODE}~3"]


def duplicates(*rows: tuple[object, ...], second: tuple[tuple[object, ...], ...] = ()) -> list[str]:
    """Return which unit each row repeats, on two sheets."""
    sheets = [Sheet("甲镇", (HEADER, *rows))]
    if second:
        sheets.append(Sheet("乙镇", (HEADER, *second)))
    return clean(sheets)[0]["duplicate_of"].fillna("").tolist()


def test_one_credit_code_is_one_unit() -> None:
    """Renamed, and entered on two sheets: the first row stands."""
    assert duplicates(("甲公司", "一号", CODE, 1), second=(("新甲公司", "二号", CODE, 1),)) == [
        "",
        CODE,
    ]


def test_one_name_at_one_address_is_one_unit() -> None:
    """Twice the same; all but the first point at the first."""
    row = ("甲公司", "一号", None, 1)
    found = duplicates(row, row, row)

    assert found[0] == ""
    assert found[1] == found[2] != ""


def test_two_valid_codes_at_one_address_are_two_units() -> None:
    """Branches of one chain may share name and door, never the code."""
    other = "91350100MA31FN2C0L"

    assert duplicates(("甲公司", "一号", CODE, 1), ("甲公司", "一号", other, 1)) == ["", ""]


def test_wrong_codes_do_not_match() -> None:
    """A code that is broken the same way twice identifies nobody."""
    assert duplicates(("甲公司", "一号", OTHER, 1), ("乙公司", "二号", OTHER, 1)) == ["", ""]


def test_one_name_without_addresses_is_one_unit_within_a_township_only() -> None:
    """便利店 in 甲镇 and 便利店 in 乙镇 are two."""
    row = ("便利店", None, None, 1)

    assert duplicates(row, second=(row,)) == ["", ""]
    assert duplicates(row, row)[1] != ""
