"""Mapping files: what a ledger was read from, saved once and read every quarter."""

from __future__ import annotations

from pathlib import Path

import pytest

from lxgeo.errors import LedgerError
from lxgeo.ledger import LedgerReport, Sheet, clean
from lxgeo.ledger.report import SheetReport
from lxgeo.model import Datum
from lxgeo.read.mapping import Mapped, read_mapping, save_mapping

ROWS = (("单位\n名称（全称）", "党员情况", None), (None, "正式", "预备"), ("甲", 2, 1))
SHEET = Sheet("A", ROWS, merges=((1, 1, 2, 1), (1, 2, 1, 3)))


def report(*mapped: dict[str, str]) -> LedgerReport:
    """Return a report of sheets with these columns."""
    return LedgerReport(tuple(SheetReport(f"表{i}", (1, 1), each) for i, each in enumerate(mapped)))


def test_a_saved_mapping_reads_the_ledger_as_before(tmp_path: Path) -> None:
    """Saved from a report, read back, given to clean: the same LEDGER and the same columns."""
    ledger, found = clean([SHEET])
    path = tmp_path / "列对应.toml"

    save_mapping(path, found)
    again, found_again = clean([SHEET], columns=read_mapping(path).columns)

    assert again.equals(ledger)
    assert found_again.sheets[0].columns == found.sheets[0].columns


def test_datum_and_blanks_are_kept(tmp_path: Path) -> None:
    """What was declared for the whole ledger stands in the file too."""
    path = tmp_path / "m.toml"
    save_mapping(path, report({"name": "名称"}), datum=Datum.GCJ02, blank_is_zero=True)

    assert read_mapping(path) == Mapped({"name": "名称"}, Datum.GCJ02, blank_is_zero=True)


def test_what_is_not_said_is_left_open(tmp_path: Path) -> None:
    """No datum declared: none is read."""
    path = tmp_path / "m.toml"
    save_mapping(path, report({"name": "名称"}))

    assert read_mapping(path) == Mapped({"name": "名称"}, None, blank_is_zero=False)


def test_the_header_of_most_sheets_is_kept(tmp_path: Path) -> None:
    """Two sheets say 企业名称, one 单位名称; at a tie the first sheet's."""
    path = tmp_path / "m.toml"
    first = {"name": "单位名称", "staff": "职工数"}
    others = [{"name": "企业名称", "staff": "员工数"}, {"name": "企业名称"}]
    save_mapping(path, report(first, *others))

    assert read_mapping(path).columns == {"name": "企业名称", "staff": "职工数"}


@pytest.mark.parametrize(
    "header", ['他说"好"', "a\\b", "行\n列", "制表\t符", "x\x7fy", "= 1 # 2", "]"]
)
def test_any_header_survives_the_file(tmp_path: Path, header: str) -> None:
    """Quotes, backslashes, line breaks and signs of TOML itself."""
    path = tmp_path / "m.toml"
    save_mapping(path, report({"name": header}))

    assert read_mapping(path).columns == {"name": header}


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the order in which the columns were found."""
    one, two = tmp_path / "1.toml", tmp_path / "2.toml"
    save_mapping(one, report({"name": "甲", "staff": "乙"}))
    save_mapping(two, report({"staff": "乙", "name": "甲"}))

    assert one.read_bytes() == two.read_bytes()


def test_fields_may_be_called_as_people_call_them(tmp_path: Path) -> None:
    """正式党员 is full_members; a byte order mark of an editor does no harm."""
    path = tmp_path / "m.toml"
    path.write_text('[columns]\n"正式党员" = "正式人数"\n', encoding="utf-8-sig")

    assert read_mapping(path).columns == {"full_members": "正式人数"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "名称"', "不认识“name”"),
        ('datum = "北京54"', "datum 应为 wgs84, cgcs2000, gcj02, bd09 之一"),
        ('datum = "unknown"', "datum 应为"),
        ('blank_is_zero = "是"', "blank_is_zero 应为 true 或 false"),
        ("columns = 3", "[columns] 应为一节"),
        ('[columns]\nnmae = "名称"', "没有字段“nmae”"),
        ("[columns]\nname = 3", "name 的列名应为文字"),
        ('[columns]\nname = " "', "name 的列名应为文字"),
        ("[columns", "不是有效的 TOML"),
    ],
)
def test_a_fault_is_told_with_what_to_do(tmp_path: Path, text: str, told: str) -> None:
    """Unknown keys, fields and values, and what is no TOML."""
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(LedgerError) as caught:
        read_mapping(path)

    assert told in caught.value.in_words("zh")
    assert "m.toml" in caught.value.in_words("en")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Three mistakes, three sentences."""
    path = tmp_path / "m.toml"
    path.write_text('datum = "x"\nfoo = 1\n[columns]\nbar = "y"\n', encoding="utf-8")

    with pytest.raises(LedgerError) as caught:
        read_mapping(path)

    assert len(caught.value.faults) == 3


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"#" * (1 << 21)])
def test_a_file_that_is_none_is_told(tmp_path: Path, content: bytes | None) -> None:
    """Not there, not UTF-8, or megabytes of it."""
    path = tmp_path / "m.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(LedgerError, match=r"m\.toml"):
        read_mapping(path)
