"""One small ledger, and how to write it in every format that a ledger comes in."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import openpyxl

DATA = Path(__file__).resolve().parent.parent / "data"
NAME = "台账"
HEAD = (
    *("单位名称", "统一社会信用代码", "地址", "从业人员数", "正式党员", "预备党员"),
    *("所属街道", "成立日期", "是否建立党组织", "备注"),
)
PLACE = ("经度", "纬度", "坐标系")
ROWS: tuple[tuple[object, ...], ...] = (
    (
        *("宏达机械（广东）有限公司", "91441900MA4UGXYL6A", "人民路12号3楼", 35, 2, 1, "南城街道"),
        *(dt.date(2020, 5, 1), "是", "<b>甲&乙</b>", 113.746262, 23.046237),
    ),
    (
        *("兴旺=1+1商行", None, "人民路14号", 8, "３人", 0, "南城街道"),
        *(None, "否", '引号"，逗号,', 113.751765, 23.020536),
    ),
    (
        *("金龙电子厂", None, "莞太路8号A座", "约50", "1", "无", "东城街道"),
        *(dt.date(2018, 12, 31), None, None, 113.79, 23.0),
    ),
)
"""Three units: a brackets name, a formula-like name, counts in three kinds of writing."""


def table() -> list[tuple[object, ...]]:
    """Return the ledger as a sheet's rows, with coordinates and the datum that they are in."""
    return [HEAD + PLACE, *((*row, "WGS84") for row in ROWS)]


def _texts() -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row] for row in table()]


def write_xlsx(path: Path) -> None:
    """Write it as a workbook of today."""
    book = openpyxl.Workbook()
    book.active.title = NAME
    for number, row in enumerate(table(), start=1):
        for column, value in enumerate(row, start=1):
            cell = book.active.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)


def write_stored(suffix: str) -> Callable[[Path], None]:
    """Return what copies the ledger as an office program saved it (tests/data/README.md)."""

    def copy(path: Path) -> None:
        shutil.copy(DATA / f"ledger{suffix}", path)

    return copy


def write_text(mark: str, encoding: str) -> Callable[[Path], None]:
    """Return what writes it as a text table."""

    def write(path: Path) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=mark, lineterminator="\r\n").writerows(_texts())
        path.write_bytes(text.getvalue().encode(encoding))

    return write


def write_page(encoding: str, charset: str) -> Callable[[Path], None]:
    """Return what writes it as systems do that hand out web pages as .xls."""

    def write(path: Path) -> None:
        rows = "".join(
            "<tr>" + "".join(f"<td style='x'>{html.escape(cell)}</td>" for cell in row) + "</tr>\n"
            for row in _texts()
        )
        page = (
            '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
            f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
            "<style>td{mso-number-format:'\\@'}</style></head>"
            f"<body><table border=1>{rows}</table></body></html>"
        )
        path.write_bytes(page.encode(encoding))

    return write


def layer(crs: str) -> gpd.GeoDataFrame:
    """Return it as a layer of points, in a CRS; its columns hold no coordinates."""
    names = [*HEAD]
    columns = {name: [row[i] for row in ROWS] for i, name in enumerate(names)}
    columns = {name: [_text(cell) for cell in cells] for name, cells in columns.items()}
    points = gpd.points_from_xy([row[-2] for row in ROWS], [row[-1] for row in ROWS])
    return gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326").to_crs(crs)


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)


def write_layer(crs: str, driver: str) -> Callable[[Path], None]:
    """Return what writes it as a layer."""

    def write(path: Path) -> None:
        if driver == "GeoParquet":
            layer(crs).to_parquet(path)
        else:
            layer(crs).to_file(path, driver=driver, layer=NAME)

    return write


FORMATS: dict[str, Callable[[Path], None]] = {
    "台账.xlsx": write_xlsx,
    "改名.xlsx 为 台账.xls": write_xlsx,
    "台账.xls": write_stored(".xls"),
    "台账.et": write_stored(".xls"),
    "新版 台账.et": write_xlsx,
    "台账.ods": write_stored(".ods"),
    "UTF-8 台账.csv": write_text(",", "utf-8"),
    "UTF-8 BOM 台账.csv": write_text(",", "utf-8-sig"),
    "GBK 台账.csv": write_text(",", "gbk"),
    "GB18030 台账.tsv": write_text("\t", "gb18030"),
    "UTF-16 台账.csv": write_text("\t", "utf-16"),
    "网页 UTF-8 台账.xls": write_page("utf-8", "utf-8"),
    "网页 GB2312 台账.xls": write_page("gb18030", "gb2312"),
    "EPSG:4326 台账.geojson": write_layer("EPSG:4326", "GeoJSON"),
    "EPSG:4547 台账.geojson": write_layer("EPSG:4547", "GeoJSON"),
    "EPSG:4490 台账.gpkg": write_layer("EPSG:4490", "GPKG"),
    "EPSG:3857 台账.gpkg": write_layer("EPSG:3857", "GPKG"),
    "EPSG:4326 台账.parquet": write_layer("EPSG:4326", "GeoParquet"),
    "EPSG:4547 台账.parquet": write_layer("EPSG:4547", "GeoParquet"),
}
"""What it is, and the name it goes by (after the last space) → what writes it."""


def write(form: str, folder: Path) -> Path:
    """Write the ledger in a format; return where."""
    path = folder / form.rsplit(" ", maxsplit=1)[-1]
    FORMATS[form](path)
    return path
