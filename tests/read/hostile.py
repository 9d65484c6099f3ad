"""Files made to hurt: each a maker that writes one to a path."""

from __future__ import annotations

import sqlite3
import zipfile
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

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


def deep_tables(path: Path) -> None:
    """Write tables in tables in tables, 200,000 deep."""
    path.write_text("<html><table><tr><td>" * 200_000, encoding="utf-8")


def wide_spans(path: Path) -> None:
    """Write cells that claim a million columns, each."""
    path.write_text(
        "<html><table>" + "<tr><td colspan=1000000 rowspan=1000000>x</td>" * 100_000,
        encoding="utf-8",
    )


def tall_spans(path: Path) -> None:
    """Write cells that claim every row below, in every row."""
    path.write_text(
        "<html><table>" + ("<tr>" + "<td rowspan=65534>x" * 900) * 1_000, encoding="utf-8"
    )


def endless_cells(path: Path) -> None:
    """Write 3.6 million cells in one page."""
    path.write_text("<html><table>" + ("<tr>" + "<td>" * 90) * 40_000, encoding="utf-8")


def long_page_cell(path: Path) -> None:
    """Write a cell of 25 MB."""
    path.write_text("<html><table><tr><td>" + "B" * 25_000_000, encoding="utf-8")


def million_tables(path: Path) -> None:
    """Write a million tables."""
    path.write_text("<html>" + "<table><tr><td>1</table>" * 1_000_000, encoding="utf-8")


def big_page(path: Path) -> None:
    """Write a page of 90 MB, honest or not."""
    path.write_text("<html><table>" + "<tr><td>1</td></tr>" * 5_000_000, encoding="utf-8")


def page_laughs(path: Path) -> None:
    """Write entities in a page: they stay what they are, and nothing is in its table."""
    doctype = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    path.write_text(f"{doctype}<html><p>&a;</p>", encoding="utf-8")


def sparse_line(path: Path) -> None:
    """Write a line of 500 MB that takes no room on the disk."""
    with path.open("wb") as file:
        file.write("单位名称,".encode())
        file.truncate(500_000_000)


def sparse_line_within(path: Path) -> None:
    """Write the same, just under what a file may have."""
    with path.open("wb") as file:
        file.write("单位名称,".encode())
        file.truncate(200 * MIB)


def long_line(path: Path) -> None:
    """Write a line of 150 MB of honest letters."""
    with path.open("wb") as file:
        for _ in range(150):
            file.write(b"B" * MIB)


def open_quote(path: Path) -> None:
    """Write a quote that never closes, over 60 MB of lines."""
    path.write_bytes(b'name,address\n"' + b"BBBBBBBBBBBBBBB\n" * 4_000_000)


def many_commas(path: Path) -> None:
    """Write commas and nothing else: 40 million empty cells."""
    path.write_bytes((b"," * 399 + b"\n") * 100_000)


def packed_text(path: Path) -> None:
    """Write a gzip of gigabytes."""
    path.write_bytes(b"\x1f\x8b\x08\0" + b"\0" * 4096)


def archive_of_archives(path: Path) -> None:
    """Write a zip with a workbook inside a zip."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner/台账.xlsx", b"PK\x03\x04")


def deep_features(path: Path) -> None:
    """Write a GeoJSON of half a million brackets."""
    path.write_text('{"type":"FeatureCollection","features":' + "[" * 500_000, encoding="utf-8")


def long_number(path: Path) -> None:
    """Write a GeoJSON with a number of ten million digits."""
    text = '{"type":"FeatureCollection","features":[{"properties":{"a":%s}}]}'
    path.write_text(text % ("9" * 10_000_000), encoding="utf-8")


def torn_features(path: Path) -> None:
    """Write a GeoJSON cut in the middle."""
    path.write_text('{"type":"FeatureCollection","features":[{"prop', encoding="utf-8")


def no_features(path: Path) -> None:
    """Write a GeoJSON whose features are none."""
    path.write_text('{"type":"FeatureCollection","features":[1,[],"x"]}', encoding="utf-8")


def odd_crs(path: Path) -> None:
    """Write a GeoJSON in a CRS that nobody knows."""
    path.write_text(
        '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"'
        + "PROJCS[" * 5_000
        + '"}},"features":[]}',
        encoding="utf-8",
    )


def tall_parquet(path: Path) -> None:
    """Write a Parquet of a hundred million rows, from a few KB."""
    table = pa.table({"name": pa.nulls(10_000_000, pa.string())})
    with pq.ParquetWriter(path, table.schema) as writer:
        for _ in range(10):
            writer.write_table(table)


def heavy_parquet(path: Path) -> None:
    """Write a Parquet of 300,000 cells of 30,000 characters, all the same."""
    index = pa.array([0] * 300_000, pa.int32())
    names = pa.DictionaryArray.from_arrays(index, pa.array(["汉" * 30_000]))
    pq.write_table(pa.table({"name": names}), path)


def torn_parquet(path: Path) -> None:
    """Write a Parquet without its end."""
    pq.write_table(pa.table({"name": ["a"] * 1000}), path)
    path.write_bytes(path.read_bytes()[:-30])


def odd_parquet(path: Path) -> None:
    """Write a Parquet whose word on geometry is nonsense."""
    table = pa.table({"name": ["a"]}).replace_schema_metadata({"geo": '{"columns": 7}'})
    pq.write_table(table, path)


def _package(path: Path, *statements: str) -> None:
    base = sqlite3.connect(path)
    base.executescript(
        "PRAGMA application_id = 1196444487;"
        "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INT);"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT);"
        "CREATE TABLE gpkg_spatial_ref_sys (srs_id INT, organization TEXT,"
        " organization_coordsys_id INT, definition TEXT);"
        "INSERT INTO gpkg_contents VALUES ('v', 'attributes', 0);"
    )
    for statement in statements:
        base.execute(statement)
    base.commit()
    base.close()


def endless_view(path: Path) -> None:
    """Write a GeoPackage of a view that never ends."""
    _package(
        path,
        "CREATE VIEW v AS WITH RECURSIVE c(name) AS "
        "(SELECT 1 UNION ALL SELECT name + 1 FROM c) SELECT name FROM c;",
    )


def heavy_view(path: Path) -> None:
    """Write a GeoPackage of a view of one cell of 900 MB."""
    _package(path, "CREATE VIEW v AS SELECT hex(zeroblob(450000000)) AS name;")


def torn_package(path: Path) -> None:
    """Write a GeoPackage cut in the middle."""
    _package(path, "CREATE TABLE v (name TEXT);")
    path.write_bytes(path.read_bytes()[:6000])


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
