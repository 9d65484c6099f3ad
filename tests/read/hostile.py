"""Files made to hurt: each a maker that writes one to a path."""

from __future__ import annotations

import zipfile
from itertools import pairwise
from pathlib import Path

from hostile_layers import (
    archive_of_archives,
    deep_features,
    endless_view,
    heavy_parquet,
    heavy_view,
    long_line,
    long_number,
    many_commas,
    no_features,
    odd_crs,
    odd_parquet,
    open_quote,
    packed_text,
    sparse_line,
    sparse_line_within,
    tall_parquet,
    torn_features,
    torn_package,
    torn_parquet,
)
from hostile_pages import (
    big_page,
    deep_tables,
    endless_cells,
    long_page_cell,
    million_tables,
    page_laughs,
    tall_spans,
    wide_spans,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
DATA = Path(__file__).resolve().parent.parent / "data"

A1 = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
MIB = 1 << 20


def parts(sheet: str, *, strings: str = "", doctype: str = "", sheets: int = 1) -> dict[str, str]:
    """Return the parts of the smallest workbook around a sheet's rows."""
    listed = "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="r1"/>' for i in range(1, sheets + 1))
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": f'{doctype}<sst xmlns="{MAIN}"><si><t>x</t></si>{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData>'
        "</worksheet>",
    }


def pack(path: Path, named: dict[str, str]) -> None:
    """Write parts as a zip archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in named.items():
            archive.writestr(name, '<?xml version="1.0"?>' + text)


def bomb(path: Path) -> None:
    """Write a sheet that unpacks to 400 times its size."""
    pack(path, parts('<row><c t="inlineStr"><is><t>A</t></is></c></row>' * 1_000_000))


def quiet_bomb(path: Path) -> None:
    """Write 120 MiB in parts that no sheet names."""
    named = parts(A1)
    named |= {f"docProps/{i}.xml": "B" * (3 * MIB) for i in range(40)}
    pack(path, named)


def corner(path: Path) -> None:
    """Write the last column of the last row, from one kilobyte."""
    pack(path, parts(A1 + '<row r="1048576"><c r="XFD1048576" t="s"><v>0</v></c></row>'))


def wide_corner(path: Path) -> None:
    """Write a million rows by 702 columns: within the columns, far beyond the cells."""
    pack(path, parts(A1 + '<row r="1048576"><c r="ZZ1048576" t="s"><v>0</v></c></row>'))


def big_corner(path: Path) -> None:
    """Write the same in a workbook too big to be looked through beforehand."""
    rows = "".join(
        f'<row r="{i}"><c r="A{i}" t="inlineStr"><is><t>宏达{i * 7919}</t></is></c></row>'
        for i in range(1, 500_001)
    )
    last = '<row r="1048576"><c r="XFD1048576" t="s"><v>0</v></c></row>'
    pack(path, parts(rows + last))


def long_cell(path: Path) -> None:
    """Write a text of 50 MB in 49 KB."""
    pack(path, parts(A1, strings=f"<si><t>{'B' * 50_000_000}</t></si>"))


def many_long_cells(path: Path) -> None:
    """Write a text of 32,000 characters, named 100,000 times: three gigabytes, from 400 KB."""
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>1</v></c></row>' for i in range(1, 100_001))
    pack(path, parts(rows, strings=f"<si><t>{'汉' * 32_000}</t></si>"))


def billion_laughs(path: Path) -> None:
    """Write entities of entities: 64 x 10^8 characters."""
    letters = "abcdefghi"
    steps = "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in pairwise(letters)
    )
    doctype = f'<!DOCTYPE l [<!ENTITY a "{"A" * 64}">{steps}]>'
    pack(path, parts(A1, doctype=doctype, strings="<si><t>&i;</t></si>"))


def outside_entity(path: Path) -> None:
    """Write an entity that names a file of this machine."""
    doctype = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    pack(path, parts(A1, doctype=doctype, strings="<si><t>&a;</t></si>"))


def million_sheets(path: Path) -> None:
    """Write a million sheets, all the same part."""
    pack(path, parts(A1, sheets=1_000_000))


def outside_part(path: Path) -> None:
    """Write a part that would unpack beside the archive."""
    pack(path, parts(A1) | {"../../../../tmp/lxgeo-was-here.xml": "<a/>"})


def outside_target(path: Path) -> None:
    """Write a sheet that is a file of this machine."""
    named = parts(A1)
    rels = "xl/_rels/workbook.xml.rels"
    named[rels] = named[rels].replace("worksheets/sheet1.xml", "file:///etc/passwd")
    pack(path, named)


def endless_rows(path: Path) -> None:
    """Write seven million rows of one cell, none with a number."""
    pack(path, parts("".join(f"<row><c><v>{i % 9973}</v></c></row>" for i in range(7_000_000))))


def deep_workbook(path: Path) -> None:
    """Write 400,000 elements inside one another."""
    pack(path, parts("".join(f"<a{i}>" for i in range(400_000))))


def short_workbook(path: Path) -> None:
    """Write a workbook that lacks 40 bytes at its beginning: its parts lie before the file."""
    pack(path, parts(A1))
    data = path.read_bytes()
    path.write_bytes(data[:40] + data[80:])


def many_parts(path: Path) -> None:
    """Write twenty thousand parts."""
    pack(path, parts(A1) | {f"xl/{i}.xml": "<a/>" for i in range(20_000)})


def _open(path: Path, body: str, doctype: str = "") -> None:
    text = (
        f'{doctype}<office:document-content xmlns:office="{OPEN}:office:1.0" '
        f'xmlns:table="{OPEN}:table:1.0" xmlns:text="{OPEN}:text:1.0"><office:body>'
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", '<?xml version="1.0"?>' + text)


def open_repeats(path: Path) -> None:
    """Write an OpenDocument cell that says it stands 1,048,576 x 16,384 times."""
    _open(
        path,
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell office:value-type="float" office:value="1" '
        'table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell>'
        "</table:table-row></table:table>",
    )


def open_laughs(path: Path) -> None:
    """Write entities in an OpenDocument workbook."""
    _open(path, '<table:table table:name="a"/>', '<!DOCTYPE l [<!ENTITY a "b">]>')


def torn_old(path: Path) -> None:
    """Write an .xls cut in the middle."""
    data = (DATA / "ledger.xls").read_bytes()
    path.write_bytes(data[: len(data) // 2])


def scrambled_old(path: Path) -> None:
    """Write an .xls whose lengths and chains are all ones."""
    data = bytearray((DATA / "ledger.xls").read_bytes())
    data[0x2C:0x200] = b"\xff" * (0x200 - 0x2C)
    path.write_bytes(data)


def looped_old(path: Path) -> None:
    """Write an .xls whose table of sectors points every sector at itself."""
    data = bytearray((DATA / "ledger.xls").read_bytes())
    sector = int.from_bytes(data[0x4C:0x50], "little")
    at = 512 * (sector + 1)
    for i in range(128):
        data[at + 4 * i : at + 4 * i + 4] = i.to_bytes(4, "little")
    path.write_bytes(data)


HOSTILE = {
    bomb: ("xlsx", "压缩炸弹|解压后"),
    quiet_bomb: ("xlsx", "压缩炸弹|解压后"),
    corner: ("xlsx", "第 1048576 行、第 16384 列"),
    wide_corner: ("xlsx", "第 1048576 行、第 702 列"),
    big_corner: ("xlsx", "第 1048576 行、第 16384 列"),
    long_cell: ("xlsx", "压缩炸弹|解压后"),
    many_long_cells: ("xlsx", "内容过多|内存|无法安全读取"),
    billion_laughs: ("xlsx", "实体定义"),
    outside_entity: ("xlsx", "实体定义"),
    million_sheets: ("xlsx", "1000 个以上的工作表"),
    outside_part: ("xlsx", "指向文件之外"),
    outside_target: ("xlsx", "已损坏"),
    endless_rows: ("xlsx", "1048576 行以上"),
    deep_workbook: ("xlsx", "已损坏|无法安全读取|是空的"),
    short_workbook: ("xlsx", "已损坏"),
    many_parts: ("xlsx", "部件，过多"),
    open_repeats: ("ods", "已损坏|内容过多|内存|无法安全读取"),
    open_laughs: ("ods", "实体定义"),
    torn_old: ("xls", "已损坏|没有工作簿"),
    scrambled_old: ("xls", "已损坏|无法安全读取|内存|限定时间"),
    looped_old: ("xls", "已损坏|无法安全读取|内存|限定时间"),
    deep_tables: ("xls", "没有表格|已损坏|无法安全读取"),
    wide_spans: ("xls", "列数过多|内容过多|互相重叠"),
    tall_spans: ("xls", "列数过多|内容过多|互相重叠"),
    endless_cells: ("xls", "内容过多|限定时间"),
    long_page_cell: ("xls", "文字过长"),
    million_tables: ("xls", "个工作表，过多"),
    big_page: ("xls", "文件过大"),
    page_laughs: ("xls", "没有表格"),
    sparse_line: ("csv", "文件过大"),
    sparse_line_within: ("csv", "有一行过长"),
    long_line: ("csv", "有一行过长"),
    open_quote: ("csv", "内容过多"),
    many_commas: ("csv", "内容过多"),
    packed_text: ("csv", "压缩包"),
    archive_of_archives: ("xlsx", "压缩包"),
    deep_features: ("geojson", "已损坏"),
    long_number: ("geojson", "已损坏"),
    torn_features: ("geojson", "已损坏"),
    no_features: ("geojson", "已损坏"),
    odd_crs: ("geojson", "已损坏"),
    tall_parquet: ("parquet", "内容过多"),
    heavy_parquet: ("parquet", "内容过多|内存|无法安全读取"),
    torn_parquet: ("parquet", "已损坏"),
    odd_parquet: ("parquet", "已损坏"),
    endless_view: ("gpkg", "限定时间|无法安全读取|内存"),
    heavy_view: ("gpkg", "文字过长|内存|已损坏|内容过多"),
    torn_package: ("gpkg", "已损坏"),
}
"""Maker → what the file calls itself, and what the error says of it."""
