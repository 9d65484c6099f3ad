"""Ledgers as files: real ones are read as they are, hostile ones end in words."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from lxgeo.errors import LedgerError
from lxgeo.ledger import Sheet, clean
from lxgeo.read import read_cells
from lxgeo.read.guard import LIMITS

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(path: Path, sheet: str, strings: str = "", rest: str = "") -> Path:
    """Write the smallest workbook around a sheet's rows as XML."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="甲" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>x</t></si>{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData>'
        f"{rest}</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0"?>' + text)
    return path


def cell(at: str) -> str:
    """Return a cell that holds the first shared string."""
    return (
        f'<row r="{at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{at}" t="s"><v>0</v></c></row>'
    )


def test_a_workbook_is_read_as_it_is(tmp_path: Path) -> None:
    """Values of every kind, true row and column numbers, merges, hidden sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "城关镇"
    sheet["B3"] = "标题"
    sheet.merge_cells("B3:D3")
    for at, value in (("B4", 3), ("C4", 3.5), ("D4", True), ("E4", dt.date(2020, 5, 1))):
        sheet[at] = value
    sheet["B6"] = " 行\n内 "
    book.create_sheet("字典").sheet_state = "hidden"
    book["字典"]["A1"] = 1
    book.create_sheet("空")
    book.save(tmp_path / "台账.xlsx")

    sheets = read_cells(tmp_path / "台账.xlsx")

    nothing = (None,) * 5
    assert sheets == (
        Sheet(
            "城关镇",
            (
                nothing,
                nothing,
                (None, "标题", None, None, None),
                (None, 3, 3.5, True, dt.date(2020, 5, 1)),
                nothing,
                (None, " 行\n内 ", None, None, None),
            ),
            merges=((3, 2, 3, 4),),
        ),
        Sheet("字典", ((1,),), hidden=True),
        Sheet("空", ()),
    )


def test_paint_far_away_is_no_content(tmp_path: Path) -> None:
    """Offices colour whole columns: empty styled cells in the last row are no used range."""
    book = openpyxl.Workbook()
    book.active["A1"] = "name"
    book.active["XFD1048576"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF0000")
    book.save(tmp_path / "painted.xlsx")

    assert read_cells(tmp_path / "painted.xlsx")[0].rows == (("name",),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(("suffix", "mark"), [(".csv", ","), (".tsv", "\t"), (".csv", ";")])
def test_text_tables_in_the_encodings_of_offices(
    tmp_path: Path, encoding: str, suffix: str, mark: str
) -> None:
    """Blank lines count as rows, blanks are None, a line break inside quotes starts no row."""
    path = tmp_path / f"城关镇{suffix}"
    text = f'单位名称{mark}地址\r\n\r\n"宏达\n公司"{mark}\r\n'
    path.write_bytes(text.encode(encoding))

    assert read_cells(path) == (Sheet("城关镇", (("单位名称", "地址"), (), ("宏达\n公司", None))),)


def test_a_workbook_called_csv_is_a_workbook(tmp_path: Path) -> None:
    """What a file is, its content tells."""
    workbook(tmp_path / "a.csv", cell("A1"))

    assert read_cells(tmp_path / "a.csv")[0].rows == (("x",),)


def test_a_merged_ledger_is_read_from_file_to_table(tmp_path: Path) -> None:
    """Two header levels of a real workbook reach the LEDGER."""
    book = openpyxl.Workbook()
    for row in (
        ("城关镇台账", None, None, None),
        ("单位名称", "党员情况", None, "街道"),
        (None, "正式", "预备", None),
        ("宏达", 2, 1, "东街道"),
        ("兴旺", 1, 0, None),
    ):
        book.active.append(row)
    for merge in ("A1:D1", "A2:A3", "B2:C2", "D2:D3", "D4:D5"):
        book.active.merge_cells(merge)
    book.save(tmp_path / "l.xlsx")

    ledger, _ = clean(read_cells(tmp_path / "l.xlsx"))

    assert ledger["row"].tolist() == ["Sheet!4", "Sheet!5"]
    assert ledger["full_members"].tolist() == [2, 1]
    assert ledger["township_named"].tolist() == ["东街道", "东街道"]


def _corner(path: Path) -> None:
    workbook(path, cell("A1") + cell("XFD1048576"))


def _hidden_corner(path: Path) -> None:
    """Spaces around = are fine for XML, and not what the guard looks for: the child aborts."""
    workbook(path, cell("A1") + '<row r="1048576"><c r = "XFD1048576" t = "s"><v>0</v></c></row>')


def _bomb(path: Path) -> None:
    workbook(path, '<row><c t="inlineStr"><is><t>A</t></is></c></row>' * 400_000)


def _long_string(path: Path) -> None:
    workbook(path, cell("A1"), strings=f"<si><t>{'B' * 6_000_000}</t></si>")


def _long_cell(path: Path) -> None:
    workbook(path, f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"B" * 40_000}</t></is></c></row>')


def _entity(path: Path) -> None:
    workbook(path, cell("A1"))
    strings = f'<!DOCTYPE l [<!ENTITY a "b">]><sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>'
    _replaced(path, "xl/sharedStrings.xml", strings)


def _replaced(path: Path, name: str, text: str) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for each, data in (parts | {name: text.encode()}).items():
            archive.writestr(each, data)


def _overlapping_merges(path: Path) -> None:
    merge = '<mergeCell ref="A1:B2"/>' * 9
    workbook(path, cell("A1") + cell("B2"), rest=f"<mergeCells>{merge}</mergeCells>")


def _truncated(path: Path) -> None:
    workbook(path, cell("A1"))
    path.write_bytes(path.read_bytes()[:-200])


def _damaged(path: Path) -> None:
    workbook(path, cell("A1"))
    data = bytearray(path.read_bytes())
    data[60:90] = b"\xff" * 30
    path.write_bytes(data)


def _cut_xml(path: Path) -> None:
    workbook(path, '<row r="1"><c r="A1" t="s"><v>0</v>')


def _docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")


def _locked(path: Path) -> None:
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )


def _old(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def _web_page(path: Path) -> None:
    path.write_text("<html><body><p>单位名称</p>", encoding="utf-8")


def _picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))


def _no_text(path: Path) -> None:
    path.write_bytes(b"name,\xff\xfe\xff\n")


def _open_quote(path: Path) -> None:
    path.write_text('name,address\n"' + "A" * 200_000, encoding="utf-8")


def _wide(path: Path) -> None:
    path.write_text("name," * 2_000, encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _folder(path: Path) -> None:
    path.mkdir()


def _nothing(path: Path) -> None:
    """Leave the path without a file."""


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_corner, "第 1048576 行、第 16384 列"),
        (_hidden_corner, "无法安全读取"),
        (_bomb, "压缩炸弹"),
        (_long_string, "压缩炸弹"),
        (_long_cell, "甲!1 行有单元格文字过长"),
        (_entity, "实体定义"),
        (_overlapping_merges, "合并单元格互相重叠"),
        (_truncated, "已损坏"),
        (_damaged, "已损坏"),
        (_cut_xml, "已损坏"),
        (_docx, "Word 文档"),
        (_zip, "没有工作簿"),
        (_locked, "密码"),
        (_old, "旧版格式"),
        (_web_page, "没有表格"),
        (_picture, "这是图片"),
        (_no_text, "不是文本表格"),
        (_open_quote, "引号没有闭合"),
        (_wide, "第 1 行内容过多"),
        (_empty, "文件是空的"),
        (_folder, "里没有文件"),
        (_nothing, "找不到台账文件"),
    ],
)
@pytest.mark.parametrize("name", ["台账.xlsx", "台账.csv"])
def test_what_is_no_ledger_ends_in_words(
    tmp_path: Path, name: str, make: Callable[[Path], None], words: str
) -> None:
    """One error, in both languages, whatever the file calls itself; the process lives on."""
    path = tmp_path / name
    make(path)

    with pytest.raises(LedgerError, match=words) as caught:
        read_cells(path)

    assert all(fault.zh and fault.en for fault in caught.value.faults)


def test_a_workbook_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    """The child may use what the limits say, not what the file says."""
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>1</v></c></row>' for i in range(1, 20_001))
    path = workbook(tmp_path / "m.xlsx", rows, strings=f"<si><t>{'B' * 30_000}</t></si>")

    with pytest.raises(LedgerError, match=r"无法安全读取|内存超过上限"):
        read_cells(path, replace(LIMITS, memory_bytes=200 << 20))


def test_a_workbook_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """No time at all is too long for any."""
    path = workbook(tmp_path / "t.xlsx", cell("A1"))

    with pytest.raises(LedgerError, match="限定时间"):
        read_cells(path, replace(LIMITS, seconds=0))


@pytest.mark.parametrize(
    "limits",
    [
        replace(LIMITS, file_bytes=100),
        replace(LIMITS, unpacked_bytes=100),
        replace(LIMITS, parts=2),
        replace(LIMITS, cells=1),
        replace(LIMITS, columns=0),
        replace(LIMITS, output_bytes=10),
    ],
)
def test_each_limit_holds(tmp_path: Path, limits: object) -> None:
    """Size of the file, of what it unpacks to, of its parts, its cells, its text."""
    path = workbook(tmp_path / "l.xlsx", cell("A1") + cell("A2"))

    with pytest.raises(LedgerError):
        read_cells(path, limits)  # type: ignore[arg-type]
