"""Gazetteers: tables and layers of names and addresses whose places are known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from pyarrow import parquet

from lxgeo.errors import AreasError, LedgerError, Words
from lxgeo.geo import to_wgs84
from lxgeo.geo.metric import DIGITS
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.values.coordinates import datum as datum_of
from lxgeo.ledger.values.coordinates import datums_in
from lxgeo.ledger.values.wording import stated
from lxgeo.model import Datum
from lxgeo.read.layers import find_files, in_degrees, layers_inside, open_layer
from lxgeo.read.ledger import read_cells
from lxgeo.tables import CRS, GAZETTEER

_LAYERS = (".gpkg", ".geojson", ".json", ".shp", ".parquet")
_HEADER_ROWS = 10
_PAIR = 2

HEADS: Mapping[str, tuple[str, ...]] = {
    "name": (
        *("name", "名称", "地名", "标准名称", "poi名称", "楼宇名称", "建筑名称", "建筑物名称"),
        *("小区名称", "单位名称", "兴趣点", "mc"),
    ),
    "aliases": ("aliases", "alias", "别名", "简称", "曾用名", "alt_name"),
    "kind": ("kind", "类别", "类型", "分类", "poi类型", "大类", "category", "type", "fclass"),
    "township": (
        "township",
        "乡镇",
        "街道",
        "乡镇街道",
        "所属街道",
        "所属乡镇",
        "街道名称",
        "乡镇名称",
    ),
    "district": ("district", "区县", "county", "所属区县", "区"),
    "road": ("road", "道路", "路名", "道路名称", "街路巷", "街路巷名称", "street", "addr:street"),
    "house_number": (
        *("house_number", "housenumber", "门牌", "门牌号", "门牌号码", "addr:housenumber"),
        "addr_housenumber",
    ),
    "address": ("address", "地址", "详细地址", "标准地址", "地址全称", "addr:full"),
    "source": ("source", "来源", "数据来源"),
    "lon": ("lon", "lng", "longitude", "经度", "x", "point_x"),
    "lat": ("lat", "latitude", "纬度", "y", "point_y"),
    "pair": ("coordinates", "location", "坐标", "经纬度", "lonlat"),
    "wkt": ("wkt", "geometry", "geom", "几何"),
    "datum": ("datum", "crs", "coord_crs", "坐标系", "坐标基准", "坐标类型"),
}
"""Column → headers that mean it, squeezed and in small letters."""

_BRACKETS = re.compile(r"\(.*?\)|（.*?）")


def read_gazetteer(paths: Sequence[Path], *, datum: Datum | None = None) -> gpd.GeoDataFrame:
    """Return names and addresses whose places are known.

    Parameters
    ----------
    paths
        Tables (.csv, .xlsx, .parquet) with longitude and latitude, or WKT; layers (.gpkg, .geojson,
        .shp, GeoParquet) of points, lines or polygons; OpenStreetMap extracts (.osm). Columns are
        found by Chinese and English headers (`HEADS`).
    datum
        What coordinates are in where neither their row nor their header says: WGS 84 if not given.
        A layer's CRS is as it states; GCJ-02 and BD-09 declared here are undone in it, too.
        OpenStreetMap is WGS 84.

    Returns
    -------
    GeoDataFrame
        `lxgeo.tables.GAZETTEER`, file by file; ``source`` is the file where no column says it. Rows
        without a place that can be read, and rows of an unknown datum, are left out; ``attrs``
        counts them under ``"left_out"``, file by file.

    Raises
    ------
    AreasError
        A file that is not there, can't be read, states no coordinates or neither names nor
        addresses. All at once.
    """
    tables, faults, left_out = [GAZETTEER.shaped(_nothing())], list[Words](), dict[str, int]()
    for path in map(Path, paths):
        try:
            table = _read(path, datum)
        except (AreasError, LedgerError) as error:
            faults += error.faults
            continue
        placed = table.geometry.notna() & ~table.geometry.is_empty & table.geometry.is_valid
        left_out[path.name] = int((~placed).sum())
        tables.append(GAZETTEER.shaped(table[placed.to_numpy()]))
    if faults:
        raise AreasError(*faults)
    together = GAZETTEER.shaped(pd.concat(tables, ignore_index=True))
    GAZETTEER.check(together)
    together.attrs["left_out"] = {name: count for name, count in left_out.items() if count}
    return together


def gazetteer_files(folder: Path) -> tuple[Path, ...]:
    """Return the gazetteers of an areas folder: its layer ``gazetteer``, else its OSM extracts."""
    layers = find_files(folder, "gazetteer")
    return tuple(layers[:1] or sorted(folder.glob("*.osm")))


def _nothing() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[], crs=CRS)


def _read(path: Path, datum: Datum | None) -> gpd.GeoDataFrame:
    kind = path.suffix.lower()
    if not path.is_file():
        raise AreasError(
            Words(
                f"找不到地名库文件：{path}；请核对 --gazetteer 的路径",
                f"no such gazetteer: {path}; check the path given with --gazetteer",
            )
        )
    if kind in {".osm", ".pbf"}:
        from lxgeo.read.osm import osm_gazetteer

        return _sourced(osm_gazetteer(path), path)
    if kind in _LAYERS and not _is_plain(path):
        return _of_layers(path, datum)
    frames = [frame for frame in _plain_tables(path) if len(frame.columns)]
    read = [_of_table(path, frame, datum) for frame in frames if _places(_columns(frame))]
    if not read:
        raise AreasError(_no_coordinates(path, frames))
    return pd.concat(read, ignore_index=True)


def _sourced(table: gpd.GeoDataFrame, path: Path) -> gpd.GeoDataFrame:
    said = table["source"] if "source" in table else pd.Series(None, index=table.index, dtype="str")
    return table.assign(source=said.fillna(path.name))


# --- layers


def _of_layers(path: Path, datum: Datum | None) -> gpd.GeoDataFrame:
    found = []
    for layer in (*layers_inside(path),) or (None,):
        table = in_degrees(path, open_layer(path, layer), datum)
        texts = _texts(path, table.drop(columns=table.geometry.name))
        shapes = gpd.GeoSeries(table.geometry.array, index=texts.index, crs=CRS).make_valid()
        known = shapes.where(shapes.geom_type.isin(GAZETTEER.geometry))
        found.append(_sourced(gpd.GeoDataFrame(texts, geometry=known, crs=CRS), path))
    return pd.concat(found, ignore_index=True)


# --- tables


def _is_plain(path: Path) -> bool:
    """Return whether a Parquet file is a table without shapes."""
    if path.suffix.lower() != ".parquet":
        return False
    try:
        return b"geo" not in (parquet.read_schema(path).metadata or {})
    except (pa.ArrowInvalid, OSError):
        return False


def _plain_tables(path: Path) -> Iterator[pd.DataFrame]:
    if path.suffix.lower() == ".parquet":
        yield pd.read_parquet(path).astype(object)
        return
    for sheet in read_cells(path):
        yield _below_header(sheet)


def _below_header(sheet: Sheet) -> pd.DataFrame:
    """Return a sheet's rows below the first that heads a place; nothing where none does."""
    for number, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        heads = [str(stated(cell) or "") for cell in row]
        if _places(_found(heads)):
            rows = [
                (*each, *[None] * len(heads))[: len(heads)] for each in sheet.rows[number + 1 :]
            ]
            return pd.DataFrame(rows, columns=heads, dtype=object)
    first = [str(stated(cell) or "") for cell in (sheet.rows[0] if sheet.rows else ())]
    return pd.DataFrame(columns=first, dtype=object)


def _of_table(path: Path, frame: pd.DataFrame, datum: Datum | None) -> gpd.GeoDataFrame:
    columns = _columns(frame)
    texts = _texts(path, frame)
    datums = _datums(frame, columns, datum)
    if "wkt" in columns and not {"lon", "lat"} <= columns.keys():
        shapes = _of_wkt(frame.iloc[:, columns["wkt"]], datums)
    else:
        lon, lat = _degrees(frame, columns)
        for each in sorted(set(datums.tolist())):
            rows = np.flatnonzero(datums == each)
            if each == str(Datum.UNKNOWN):
                lon[rows] = np.nan
            else:
                lon[rows], lat[rows] = to_wgs84(lon[rows], lat[rows], Datum(each))
        known = np.isfinite(lon) & np.isfinite(lat)
        shapes = np.full(len(frame), None, dtype=object)
        shapes[known] = shapely.points(np.round(lon[known], DIGITS), np.round(lat[known], DIGITS))
    filled = texts.notna().any(axis=1).to_numpy()  # blank lines at the end are nothing left out
    table = gpd.GeoDataFrame(texts, geometry=gpd.GeoSeries(shapes, crs=CRS), crs=CRS)
    return _sourced(table[filled], path)


def _datums(
    frame: pd.DataFrame, columns: Mapping[str, int], datum: Datum | None
) -> NDArray[np.object_]:
    """Return each row's datum: as its row says, its header, the caller; else WGS 84."""
    headed = {
        each
        for column in ("lon", "lat", "pair")
        if column in columns
        for each in datums_in(str(frame.columns[columns[column]]))
    }
    usual = headed.pop() if len(headed) == 1 else datum or Datum.WGS84
    if "datum" not in columns:
        return np.full(len(frame), str(usual), dtype=object)
    cells = frame.iloc[:, columns["datum"]].tolist()
    # 不详 counts as nothing said elsewhere; of a datum it says that nobody knows it.
    written = ["" if pd.isna(cell) else str(cell) for cell in cells]
    said = {text: datum_of(text) or usual for text in dict.fromkeys(written)}
    return np.array([str(said[text]) for text in written], dtype=object)


def _degrees(
    frame: pd.DataFrame, columns: Mapping[str, int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if {"lon", "lat"} <= columns.keys():
        lon, lat = (_numbers(frame.iloc[:, columns[each]]) for each in ("lon", "lat"))
    else:
        pairs = [_pair(cell) for cell in frame.iloc[:, columns["pair"]]]
        lon, lat = np.array(pairs, dtype=np.float64).reshape(-1, _PAIR).T
    readable = (np.abs(lon) <= 180) & (np.abs(lat) <= 90) & (lon != 0) & (lat != 0)  # noqa: PLR2004
    return np.where(readable, lon, np.nan), np.where(readable, lat, np.nan)


def _numbers(cells: pd.Series) -> NDArray[np.float64]:
    return pd.to_numeric(cells.map(stated), errors="coerce").to_numpy(dtype=np.float64).copy()


def _pair(cell: object) -> tuple[float, float]:
    parts = re.split(r"[,，;；\s]+", stated(cell) or "")
    if len(parts) != _PAIR:
        return np.nan, np.nan
    lon, lat = pd.to_numeric(pd.Series(parts), errors="coerce")
    return float(lon), float(lat)


def _of_wkt(cells: pd.Series, datums: NDArray[np.object_]) -> NDArray[Any]:
    shapes = shapely.force_2d(shapely.from_wkt(cells.map(stated).to_numpy(), on_invalid="ignore"))
    for each in sorted(set(datums.tolist())):
        rows = np.flatnonzero(datums == each)
        if each == str(Datum.UNKNOWN):
            shapes[rows] = None
        else:
            shapes[rows] = shapely.transform(
                shapes[rows],
                lambda xy, each=each: np.column_stack(to_wgs84(xy[:, 0], xy[:, 1], Datum(each))),
            )
    return np.asarray(shapes)


# --- columns


def _columns(frame: pd.DataFrame) -> dict[str, int]:
    return _found(map(str, frame.columns))


def _found(heads: Iterable[str]) -> dict[str, int]:
    """Return column → its place among the headers; of several the first spelling of `HEADS`."""
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        places.setdefault(_squeezed(head), place)
    return {
        column: places[spelling]
        for column, spellings in HEADS.items()
        if (spelling := next((each for each in spellings if each in places), None))
    }


def _squeezed(head: str) -> str:
    folded = unicodedata.normalize("NFKC", head).casefold()
    return "".join(_BRACKETS.sub("", folded).split()).strip("*")


def _places(columns: Mapping[str, int]) -> bool:
    return {"lon", "lat"} <= columns.keys() or bool({"pair", "wkt"} & columns.keys())


def _texts(path: Path, frame: pd.DataFrame) -> pd.DataFrame:
    columns = _columns(frame)
    if not ({"name", "address"} & columns.keys() or {"road", "house_number"} <= columns.keys()):
        listed = "、".join(map(str, frame.columns)) or "—"
        raise AreasError(
            Words(
                f"{path.name}：没有名称、地址，也没有道路加门牌号；现有列：{listed}；"
                "请把列名改为“名称”“地址”或“道路”“门牌号”",
                f"{path.name}: neither names nor addresses nor roads with house numbers; it has: "
                f"{listed}; call a column 'name', 'address', or two 'road' and 'house_number'",
            )
        )
    return pd.DataFrame(
        {
            name: pd.Series([stated(cell) for cell in frame.iloc[:, columns[name]]], dtype=object)
            for name in GAZETTEER.names
            if name in columns
        },
        index=range(len(frame)),
    )


def _no_coordinates(path: Path, frames: Sequence[pd.DataFrame]) -> Words:
    listed = "、".join(head for frame in frames for head in map(str, frame.columns) if head) or "—"
    return Words(
        f"{path.name}：没有坐标列；现有列：{listed}；请给出“经度”“纬度”两列（或 WKT 一列），"
        "或改用 .gpkg、.geojson 图层",
        f"{path.name}: no coordinates; it has: {listed}; give columns 'lon' and 'lat' (or one of "
        "WKT), or a layer (.gpkg, .geojson)",
    )
