"""The ledgers that get damaged: one small one in every format, the same bytes every time."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import re
import sqlite3
import struct
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

_STORED = Path(__file__).resolve().parents[2] / "tests" / "data"
_THEN = dt.datetime(2025, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)

HEAD = (
    *("序号", "单位名称", "统一社会信用代码", "经营地址", "从业人员数（人）", "正式党员"),
    *("预备党员", "党员总数", "是否建立党组织", "成立日期", "联系人", "经度", "纬度"),
)
ROWS: tuple[tuple[object, ...], ...] = (
    (
        *(1, "宏达机械（集团）有限公司", "91350100M000100Y43", "人民路１２号", 50, "２", 1, 3),
        "否",
        *(dt.date(2020, 5, 1), "张三", 113.746, 23.046),
    ),
    (
        *(2, "兴旺商行", "9.13502E+17", "同上", "约6", "3(其中预备1)", None, 3, "√"),
        *(None, "13800138000", 113.75, 23.02),
    ),
    ("一、社会组织", *[None] * 12),
    (
        *(3, "商会=1+1", None, "莞太路8号A座1203室", "三", "3+1", "无", 4, "联合党支部"),
        *(dt.date(2018, 12, 31), None, 23.0, 113.79),
    ),
    (
        *(4, "金龙电子厂（已注销）", "93370200163562681G", None, "10-20", -1, None, None, "未建"),
        *(None, None, None, None),
    ),
    ("合计", None, None, None, 76, 6, 1, 10, None, None, None, None, None),
    ("填表人：李四", *[None] * 12),
)


def seeds() -> dict[str, bytes]:
    """Return file name → bytes, in a fixed order."""
    made = {
        "office.xlsx": _settled(_by_openpyxl()),
        "strings.xlsx": _settled(_by_xlsxwriter()),
        "plain.csv": _text(",").encode(),
        "marked.csv": _text(",").encode("utf-8-sig"),
        "national.csv": _text(",").encode("gb18030"),
        "wide.csv": _text("\t").encode("utf-16"),
        "tabs.tsv": _text("\t").encode(),
        "page.xls": _page("utf-8").encode(),
        "old_page.xls": _page("gb2312").encode("gb18030"),
        "points.geojson": json.dumps(_features(), ensure_ascii=False).encode(),
        "points.parquet": _parquet(),
        "points.gpkg": _package(),
    }
    stored = ("ledger.xls", "merged.xls", "ledger.ods", "merged.ods", "merged.xlsx")
    return made | {name: (_STORED / name).read_bytes() for name in stored}


def _by_openpyxl() -> bytes:
    """Return a township's workbook: titles, two levels, merges, paint, comments, formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "城关镇"
    sheet.append(["附件1：城关镇两新组织党建工作台账"])
    sheet.append([*HEAD[:5], "党员情况", None, None, *HEAD[8:]])
    sheet.append([None] * 5 + ["正式", "预备", "总数"])
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A1:M1")
    sheet.merge_cells("F2:H2")
    for column in "ABCDEIJKLM":
        sheet.merge_cells(f"{column}2:{column}3")
    sheet["H9"] = "=SUM(H4:H7)"
    sheet["B7"].fill = PatternFill("solid", fgColor="FF0000")
    sheet["C5"].comment = Comment("代码待核", "office")
    sheet.row_dimensions[7].hidden = True
    other = book.create_sheet("东街道")
    other.append(HEAD)
    other.append(ROWS[0])
    words = book.create_sheet("字典")
    words.append(["是", "否"])
    words.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _by_xlsxwriter() -> bytes:
    """Return the same as another program writes it, with errors and links."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"created": _THEN})
        sheet = book.add_worksheet("台账")
        for number, row in enumerate((HEAD, *ROWS)):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
        sheet.write_formula(2, 4, "=A1/0", None, "#DIV/0!")
        sheet.write_boolean(4, 8, True)
        sheet.write_url(1, 13, "https://example.org")
        sheet.autofilter(0, 0, len(ROWS), len(HEAD) - 1)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _settled(data: bytes) -> bytes:
    """Return an archive without the time at which it was made."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled,
    ):
        for part in archive.infolist():
            text = archive.read(part)
            if part.filename == "docProps/core.xml":
                text = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", b"2025-01-01T00:00:00Z", text)
            settled.writestr(zipfile.ZipInfo(part.filename), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _text(mark: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows((HEAD, *ROWS))
    return out.getvalue()


def _page(charset: str) -> str:
    rows = "".join(
        "<tr>" + "".join(f'<td colspan="1">{html.escape(_said(cell))}</td>' for cell in row)
        for row in (HEAD, *ROWS)
    )
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f'<style>td{{mso-number-format:"\\@"}}</style></head><body><table border="1">'
        f'<tr><th colspan="13" rowspan="1">台账</th></tr>{rows}</table></body></html>'
    )


def _said(cell: object) -> str:
    return "" if cell is None else str(cell)


def _points() -> list[tuple[dict[str, str], tuple[float, float]]]:
    units = [row for row in ROWS if isinstance(row[0], int)]
    heads = [(at, head) for at, head in enumerate(HEAD) if head not in {"经度", "纬度"}]
    return [
        ({head: _said(row[at]) for at, head in heads}, (113.7 + row[0] / 100, 23.0))
        for row in units
    ]


def _features() -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "name": "台账",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}},
        "features": [
            {
                "type": "Feature",
                "properties": said,
                "geometry": {"type": "Point", "coordinates": list(place)},
            }
            for said, place in _points()
        ],
    }


def _parquet() -> bytes:
    said = [properties for properties, _ in _points()]
    columns = {head: [each[head] for each in said] for head in said[0]}
    shapes = [struct.pack("<BIdd", 1, 1, *place) for _, place in _points()]
    geo = {
        "version": "1.0.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
    }
    table = pa.table({**columns, "geometry": pa.array(shapes, pa.binary())})
    out = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), out)
    return out.getvalue()


def _package() -> bytes:
    """Return a GeoPackage of one layer of points."""
    heads = list(_points()[0][0])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "points.gpkg")
        base = sqlite3.connect(path)
        base.executescript(
            "PRAGMA page_size = 1024; PRAGMA application_id = 1196444487;"
            "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, identifier TEXT,"
            " last_change TEXT, srs_id INT);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,"
            " geometry_type_name TEXT, srs_id INT, z INT, m INT);"
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INT, organization TEXT,"
            " organization_coordsys_id INT, definition TEXT);"
            "INSERT INTO gpkg_contents VALUES ('units', 'features', '台账', '2025', 4326);"
            "INSERT INTO gpkg_geometry_columns VALUES ('units', 'geom', 'POINT', 4326, 0, 0);"
            "INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'undefined');"
        )
        base.execute(f"CREATE TABLE units ({', '.join(heads)}, geom BLOB)")
        marks = ", ".join("?" * (len(heads) + 1))
        for said, (x, y) in _points():
            shape = b"GP\0\x01" + struct.pack("<iBIdd", 4326, 1, 1, x, y)
            base.execute(
                f"INSERT INTO units VALUES ({marks})",  # noqa: S608 -- question marks only
                (*said.values(), shape),
            )
        base.commit()
        base.close()
        return path.read_bytes()
