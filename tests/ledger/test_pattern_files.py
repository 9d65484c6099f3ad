"""Patterns 45 and 46 of dirt in ledgers: kinds of files, and what a workbook hides or paints."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from lxgeo.errors import LedgerError
from lxgeo.ledger import LedgerReport, Sheet, clean
from lxgeo.model import Rule
from lxgeo.read import read_cells

TEXT = "单位名称,地址,正式党员\r\n宏达公司,人民路1号,３人\r\n"
PAGE = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
    "<body><table><tr><td>单位名称</td><td>地址</td><td>正式党员</td></tr>"
    "<tr><td>宏达公司</td><td>人民路1号</td><td>３人</td></tr></table></body></html>"
)
STORED = Path(__file__).resolve().parent.parent / "data"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63000100"
    "000500010d0a2db40000000049454e44ae426082"
)
"""A picture of one transparent pixel."""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gbk.csv", TEXT.encode("gbk")),
        ("gb18030.csv", TEXT.encode("gb18030")),
        ("bom.csv", b"\xef\xbb\xbf" + TEXT.encode()),
        ("utf8.csv", TEXT.encode()),
        ("tabs.tsv", TEXT.replace(",", "\t").encode()),
        ("page.xls", PAGE.encode()),
    ],
)
def test_pattern_45_what_a_file_calls_itself(tmp_path: Path, name: str, content: bytes) -> None:
    """GBK, UTF-8 with and without a mark, a web page saved as .xls: the same unit."""
    path = tmp_path / name
    path.write_bytes(content)

    ledger, _ = clean(read_cells(path))

    assert ledger[["name", "address"]].iloc[0].tolist() == ["宏达公司", "人民路1号"]
    assert ledger["full_members"].tolist() == [3]


@pytest.mark.parametrize("name", ["附件2：台账(最新)(改2).xls", "台账.et"])
def test_pattern_45_old_workbooks(tmp_path: Path, name: str) -> None:
    """A binary workbook is read, also where an office program calls it .et."""
    path = tmp_path / name
    shutil.copy(STORED / "ledger.xls", path)

    ledger, _ = clean(read_cells(path))

    assert ledger["name"].iloc[0] == "宏达机械(广东)有限公司"


def document() -> bytes:
    """Return a text document, as a word processor saves it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<w:document/>")
    return held.getvalue()


def locked() -> bytes:
    """Return the beginning of a workbook under a password: a compound file with its name in it."""
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    return head + "EncryptedPackage".encode("utf-16-le").ljust(1024, b"\0")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("表.docx", document(), "Word|文字文档|docx"), ("锁.xlsx", locked(), "密码")],
)
def test_pattern_45_what_can_not_be_read_is_told_in_words(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    """A text document, a password: one sentence, and what to do."""
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(LedgerError, match=words):
        read_cells(path)


HEADER = ("单位名称", "从业人员数", "正式党员", "经营状态")


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, LedgerReport]:
    """Return a workbook read that hides a row, a sheet and a dictionary, paints and comments."""
    path = tmp_path_factory.mktemp("marks") / "marks.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.title = "城关镇"
    for row in (
        HEADER,
        ("宏达", 9, 2, "在营"),
        ("兴旺", 8, 1, "在营"),
        ("发达", "#REF!", 1, "在营"),
        ("永昌", "=1+2", 1, "在营"),
    ):
        page.append(row)
    page["B4"].data_type = "e"
    page.row_dimensions[3].hidden = True
    page.auto_filter.ref = "A1:D5"
    page["A2"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF0000")
    page["C2"].comment = Comment("其中一名拟转出", "经办人")
    more = book.create_sheet("待补录")
    more.sheet_state = "hidden"
    for cells in (HEADER, ("顺丰", 3, 1, "在营")):
        more.append(cells)
    words = book.create_sheet("字典")
    words.sheet_state = "hidden"
    for pair in (("名称", "代码"), ("非公企业", "1")):
        words.append(pair)
    book.save(path)
    return clean(read_cells(path))


def notes(report: LedgerReport, sheet: int = 0) -> str:
    """Return what is told of a sheet, in one text."""
    return "\n".join(note.zh for note in report.sheets[sheet].notes)


def test_pattern_46_hidden_rows_and_sheets_are_read_and_told(
    hidden: tuple[pd.DataFrame, LedgerReport],
) -> None:
    """The filtered row and the hidden sheet's unit are there; a hidden 字典 is not, and told."""
    ledger, report = hidden

    assert ledger["name"].tolist() == ["宏达", "兴旺", "发达", "永昌", "顺丰"]
    assert "1 行被隐藏" in notes(report)
    assert "隐藏" in notes(report, 1)
    assert [words.zh for words in report.skipped] == ["工作表“字典”是隐藏的，未读"]


def test_pattern_46_formula_errors_are_findings(hidden: tuple[pd.DataFrame, LedgerReport]) -> None:
    """#REF!, and a formula that nobody has calculated, are no numbers and no blanks."""
    ledger, report = hidden

    assert ledger["staff"].isna().tolist() == [False, False, True, True, False]
    assert [
        [(each.code, each.figures.get("written")) for each in findings]
        for findings in ledger["findings"].iloc[2:4]
    ] == [[(Rule.VALUE_UNREADABLE, "#REF!")], [(Rule.VALUE_UNREADABLE, "公式未计算")]]
    assert "1 个公式没有保存计算结果" in notes(report)


def test_pattern_46_colours_and_comments_are_told_not_interpreted(
    hidden: tuple[pd.DataFrame, LedgerReport],
) -> None:
    """Red may mean 已注销 to its painter: the row is named, its state stays as written."""
    ledger, report = hidden

    assert "红色底色" in notes(report)
    assert "第 2 行" in notes(report)
    assert "1 个单元格带批注" in notes(report)
    assert ledger["operating_status"].tolist() == ["operating"] * 5


def test_pattern_46_a_row_of_formulas_only_is_an_empty_row() -> None:
    """Formulas filled down below the last unit, never calculated, are nobody's."""
    rows = (HEADER, ("宏达", 9, 2, None), (None, None, None, None))
    sheet = Sheet("甲", rows, formulas_without_value=frozenset({(2, 4), (3, 2), (3, 3)}))

    ledger, _ = clean([sheet])

    assert ledger["row"].tolist() == ["甲!2"]
    assert [dict(each.figures) for each in ledger["findings"].iloc[0]] == [
        {"field": "operating_status", "written": "公式未计算"}
    ]


def test_pattern_below_pictures_of_stamps_over_cells(tmp_path: Path) -> None:
    """A stamp lies over the cells and changes none of them."""
    path = tmp_path / "stamp.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("城关镇")
    page.write_row(0, 0, HEADER)
    page.write_row(1, 0, ("宏达", 9, 2, "在营"))
    page.insert_image(1, 1, "stamp.png", {"image_data": io.BytesIO(DOT)})
    book.close()

    ledger, _ = clean(read_cells(path))

    assert ledger[["name", "staff", "full_members"]].iloc[0].tolist() == ["宏达", 9, 2]
