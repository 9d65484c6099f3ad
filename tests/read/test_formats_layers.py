"""Layers as ledgers: where their points are, and what is told of other shapes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shapely.geometry import LineString, MultiPoint, Point, Polygon

from lxgeo.errors import LedgerError
from lxgeo.ledger import clean
from lxgeo.model import Datum
from lxgeo.read import read_cells

SHAPES = [
    Point(113.5, 23.5),
    Point(113.5, 23.5, 8),
    MultiPoint([(113.5, 23.5)]),
    MultiPoint([(113.5, 23.5), (114, 24)]),
    Polygon([(113, 23), (114, 23), (114, 24)]),
    LineString([(113, 23), (114, 24)]),
    None,
    Point(),
]
HERE, NOWHERE = (113.5, 23.5), (None, None)


def layer(crs: str | None = "EPSG:4490") -> gpd.GeoDataFrame:
    """Return a unit for each kind of shape."""
    names = [f"单位{i}" for i in range(len(SHAPES))]
    return gpd.GeoDataFrame({"name": names}, geometry=SHAPES, crs=crs)


@pytest.mark.parametrize("name", ["a.gpkg", "a.parquet", "a.geojson"])
def test_only_points_give_a_place(tmp_path: Path, name: str) -> None:
    """A single point, in a bag or not; other shapes are counted and told, their units stay."""
    path = tmp_path / name
    layer().to_parquet(path) if path.suffix == ".parquet" else layer().to_file(path)

    (sheet,) = read_cells(path)

    assert sheet.rows[0] == ("name", "lon", "lat", "datum")
    assert [row[1:3] for row in sheet.rows[1:]] == [HERE] * 3 + [NOWHERE] * 5
    assert [row[3] for row in sheet.rows[1:]] == ["wgs84"] * 3 + [None] * 5
    assert [note.zh[:7] for note in sheet.notes] in (["3 个要素不是"], ["4 个要素不是"])
    assert len(clean([sheet])[0]) == len(SHAPES)


@pytest.mark.parametrize("name", ["a.gpkg", "a.parquet"])
def test_an_unknown_crs_is_told_and_flagged(tmp_path: Path, name: str) -> None:
    """Coordinates are kept as they stand; nobody takes them for WGS 84."""
    path = tmp_path / name
    table = layer(None)
    if path.suffix == ".parquet":
        table.to_parquet(path)
    else:
        with pytest.warns(UserWarning, match="crs"):
            table.to_file(path)

    (sheet,) = read_cells(path)
    ledger, report = clean([sheet])

    assert sheet.rows[1][1:] == (113.5, 23.5, "未知")
    assert "没有坐标参考系" in sheet.notes[-1].zh
    assert sheet.notes[-1] in report.sheets[0].notes
    assert ledger["datum_in"].iloc[0] == Datum.UNKNOWN


def test_own_columns_of_coordinates_give_way(tmp_path: Path) -> None:
    """The geometry is what a GIS moves; the old figures stay in sight under their old name."""
    table = layer().iloc[:1].assign(lon=1.0, LAT=2.0)
    table.to_parquet(tmp_path / "a.parquet")

    (sheet,) = read_cells(tmp_path / "a.parquet")

    assert sheet.rows == (
        ("name", "原lon", "原LAT", "lon", "lat", "datum"),
        ("单位0", 1, 2, 113.5, 23.5, "wgs84"),
    )
    assert clean([sheet])[0]["lon_in"].tolist() == [113.5]


def test_a_geojson_that_is_silent_declares_nothing(tmp_path: Path) -> None:
    """So that --datum still decides: web maps of China write GCJ-02 into GeoJSON."""
    feature = {
        "type": "Feature",
        "properties": {"单位名称": "宏达", "正式党员": 2, "标签": ["a", {"b": None}], "空": ""},
        "geometry": {"type": "Point", "coordinates": [113.5, 23.5]},
    }
    bare = {"type": "Feature", "properties": None, "geometry": None}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, bare]}))

    (sheet,) = read_cells(path)
    ledger, _ = clean([sheet], datum=Datum.GCJ02)

    assert sheet.rows == (
        ("单位名称", "正式党员", "标签", "空", "lon", "lat", "datum"),
        ("宏达", 2, '["a", {"b": null}]', None, 113.5, 23.5, None),
        (None, None, None, None, None, None, None),
    )
    assert ledger["datum_in"].tolist() == ["gcj02"]


def test_each_layer_of_a_package_is_a_sheet(tmp_path: Path) -> None:
    """Tables without shapes too; booleans are what they say, the row number is no column."""
    path = tmp_path / "a.gpkg"
    table = layer().iloc[:2].assign(organised=[True, False])
    table.to_file(path, layer="乙")
    table.to_file(path, layer="甲")
    with sqlite3.connect(path) as base:
        base.executescript(
            'CREATE TABLE "无""形" (fid INTEGER PRIMARY KEY, name TEXT);'
            'INSERT INTO "无""形" VALUES (1, \'丙\');'
            "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('无\"形', 'attributes');"
        )
    base.close()

    sheets = {sheet.name: sheet.rows for sheet in read_cells(path)}

    assert list(sheets) == ["乙", '无"形', "甲"]
    assert sheets["甲"][0] == ("name", "organised", "lon", "lat", "datum")
    assert [row[1] for row in sheets["甲"][1:]] == [True, False]
    assert sheets['无"形'] == (("name",), ("丙",))


def test_a_package_that_is_open_elsewhere_is_not_read_by_half(tmp_path: Path) -> None:
    """Changes that wait in a -wal file would be missed."""
    path = tmp_path / "a.gpkg"
    layer().to_file(path)
    (tmp_path / "a.gpkg-wal").write_bytes(b"x")

    with pytest.raises(LedgerError, match="正被其他软件打开"):
        read_cells(path)


def test_a_parquet_without_geometry_is_a_table(tmp_path: Path) -> None:
    """Numbers, dates, flags and lists as cells; not-a-number is blank."""
    import datetime as dt

    table = pa.table(
        {
            "name": ["宏达", None],
            "full_members": pa.array([2, None], pa.int8()),
            "staff": [3.0, float("nan")],
            "day": [dt.datetime(2020, 5, 1, 8), None],  # noqa: DTZ001
            "organised": [True, False],
            "list": [["a"], None],
            "bytes": [b"x", None],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")

    assert read_cells(tmp_path / "a.parquet")[0].rows == (
        tuple(table.column_names),
        ("宏达", 2, 3, dt.date(2020, 5, 1), True, '["a"]', None),
        (None, None, None, None, False, None, None),
    )


def test_parquet_with_points_of_its_own_kind(tmp_path: Path) -> None:
    """GeoParquet 1.1 may hold points as pairs of numbers."""
    layer("EPSG:4326").iloc[:1].to_parquet(
        tmp_path / "a.parquet", geometry_encoding="geoarrow", schema_version="1.1.0"
    )

    assert read_cells(tmp_path / "a.parquet")[0].rows[1] == ("单位0", 113.5, 23.5, "wgs84")
