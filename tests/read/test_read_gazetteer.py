"""Gazetteers in every form that offices have them in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from lxgeo.errors import AreasError
from lxgeo.geo import from_wgs84
from lxgeo.model import Datum
from lxgeo.read import gazetteer_files, read_gazetteer
from lxgeo.tables import CRS, GAZETTEER

HERE = (104.0, 38.6)


def csv(folder: Path, text: str, name: str = "地名.csv") -> Path:
    """Return a file of comma-separated text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def only(path: Path, **said: Any) -> pd.Series:
    """Return the one row of a gazetteer, without what is missing."""
    table = read_gazetteer([path], **said)
    GAZETTEER.check(table)
    assert len(table) == 1
    return table.iloc[0].dropna()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("名称,经度,纬度\n创业大厦,104,38.6\n", {"name": "创业大厦"}),
        ("NAME,LON,LAT\n创业大厦,104,38.6\n", {"name": "创业大厦"}),
        (
            '道路名称,门牌号码,地址全称,坐标（WGS84）\n云栖路,36号,云栖路36号,"104.0,38.6"\n',
            {"road": "云栖路", "house_number": "36号", "address": "云栖路36号"},
        ),
        (
            "兴趣点,别名,类别,所属街道,所属区县,来源,x,y\n银行,老银行,金融,岚光街道,云溪区,普查,104,38.6\n",
            {
                "name": "银行",
                "aliases": "老银行",
                "kind": "金融",
                "township": "岚光街道",
                "district": "云溪区",
                "source": "普查",
            },
        ),
        ("普查成果表,,\n\n名称,经度,纬度\n创业大厦,104,38.6\n", {"name": "创业大厦"}),
        ("名称,WKT\n创业大厦,POINT (104 38.6)\n", {"name": "创业大厦"}),
    ],
)
def test_columns_are_found_in_both_languages(
    text: str, said: dict[str, str], tmp_path: Path
) -> None:
    """Headers below a title, in brackets, in capitals; a pair in one cell; WKT."""
    row = only(csv(tmp_path, text))

    assert row.geometry.equals(shapely.Point(HERE))
    assert row.drop("geometry").to_dict() == {"source": "地名.csv", **said}


def test_a_workbook_and_a_plain_parquet(tmp_path: Path) -> None:
    """Every sheet with coordinates is read; numbers stay as they are written."""
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    for title, number in (("一", 12), ("二", 14)):
        sheet = book.create_sheet(title)
        sheet.append(["道路", "门牌号", "经度", "纬度"])
        sheet.append(["云栖路", number, 104.0, 38.6])
    book.save(tmp_path / "门牌.xlsx")
    table = pd.DataFrame({"name": ["甲"], "lon": [104.0], "lat": [38.6]})
    table.to_parquet(tmp_path / "甲.parquet")

    read = read_gazetteer([tmp_path / "门牌.xlsx", tmp_path / "甲.parquet"])

    assert read["house_number"].dropna().tolist() == ["12", "14"]
    assert read["source"].tolist() == ["门牌.xlsx", "门牌.xlsx", "甲.parquet"]
    assert read["name"].dropna().tolist() == ["甲"]


@pytest.mark.parametrize("extension", ["geojson", "gpkg", "shp", "parquet"])
def test_layers_of_points_lines_and_polygons(extension: str, tmp_path: Path) -> None:
    """In a projected CRS or not; a shapefile holds one kind of shape at a time."""
    shapes = [shapely.Point(HERE), shapely.LineString([HERE, (104.1, 38.6)])]
    shapes = shapes[:1] if extension == "shp" else shapes
    layer = gpd.GeoDataFrame({"name": ["甲", "乙路"][: len(shapes)]}, geometry=shapes, crs=CRS)
    if extension != "geojson":
        layer = layer.to_crs("EPSG:4544")
    path = tmp_path / f"地名.{extension}"
    layer.to_parquet(path) if extension == "parquet" else layer.to_file(path)

    read = read_gazetteer([path])

    GAZETTEER.check(read)
    assert read["name"].tolist() == ["甲", "乙路"][: len(shapes)]
    assert read.geometry.iloc[0].distance(shapely.Point(HERE)) < 1e-7


def test_every_layer_of_a_package_is_read(tmp_path: Path) -> None:
    """Doors and buildings in one file."""
    for name in ("门牌", "楼宇"):
        layer = gpd.GeoDataFrame({"名称": [name]}, geometry=[shapely.Point(HERE)], crs=CRS)
        layer.to_file(tmp_path / "地名.gpkg", layer=name)

    assert sorted(read_gazetteer([tmp_path / "地名.gpkg"])["name"]) == ["楼宇", "门牌"]


def test_an_openstreetmap_extract(tmp_path: Path) -> None:
    """An address on a node."""
    node = (
        '<node id="1" version="1" lat="38.6" lon="104.0">'
        '<tag k="addr:street" v="云栖路"/><tag k="addr:housenumber" v="36"/></node>'
    )
    path = csv(tmp_path, f'<?xml version="1.0"?><osm version="0.6">{node}</osm>', "map.osm")

    row = only(path)

    assert (row["road"], row["house_number"]) == ("云栖路", "36")
    assert row.geometry.equals(shapely.Point(HERE))


# --- datums


@pytest.mark.parametrize(
    ("header", "cell", "declared", "datum"),
    [
        ("经度,纬度", "", None, Datum.WGS84),
        ("经度,纬度", "", Datum.GCJ02, Datum.GCJ02),
        ("经度,纬度", "BD-09", Datum.GCJ02, Datum.BD09),
        ("经度（GCJ-02）,纬度（GCJ-02）", "", None, Datum.GCJ02),
        ("经度（GCJ-02）,纬度（GCJ-02）", "WGS84", None, Datum.WGS84),
        ("经度,纬度", "国家2000", Datum.GCJ02, Datum.CGCS2000),
    ],
)
def test_the_row_goes_before_the_header_before_what_is_declared(
    header: str, cell: str, declared: Datum | None, datum: Datum, tmp_path: Path
) -> None:
    """Whatever it is, it comes out as WGS 84, within a centimetre of HERE."""
    lon, lat = (round(float(each), 8) for each in from_wgs84(*HERE, datum))
    path = csv(tmp_path, f"名称,{header},坐标系\n甲,{lon},{lat},{cell}\n")

    assert only(path, datum=declared).geometry.distance(shapely.Point(HERE)) < 2e-7


def test_a_layer_s_datum_is_undone_where_a_person_declared_it(tmp_path: Path) -> None:
    """Files call GCJ-02 EPSG:4326, too."""
    moved = shapely.Point(*(float(each) for each in from_wgs84(*HERE, Datum.GCJ02)))
    layer = gpd.GeoDataFrame({"name": ["甲"]}, geometry=[moved], crs=CRS)
    layer.to_file(tmp_path / "甲.geojson")

    row = only(tmp_path / "甲.geojson", datum=Datum.GCJ02)

    assert row.geometry.distance(shapely.Point(HERE)) < 2e-7


@pytest.mark.parametrize(
    "cells", ["0,0,", "38.6,104,", ",,", "一百,三十,", "104,38.6,不详", "190,38.6,"]
)
def test_rows_without_a_place_are_left_out_and_counted(cells: str, tmp_path: Path) -> None:
    """Zeros, swapped, empty, words, an unknown datum: never guessed."""
    read = read_gazetteer([csv(tmp_path, f"名称,经度,纬度,坐标系\n甲,104,38.6,\n乙,{cells}\n")])

    assert read["name"].tolist() == ["甲"]
    assert read.attrs["left_out"] == {"地名.csv": 1}


# --- faults


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """A missing file, no coordinates, no names, no CRS: four sentences, each with what to do."""
    shapes = gpd.GeoDataFrame({"name": ["甲"]}, geometry=[shapely.Point(HERE)], crs=CRS)
    shapes.to_file(tmp_path / "无.shp")
    (tmp_path / "无.prj").unlink()
    paths = [
        tmp_path / "没有.csv",
        csv(tmp_path, "名称,备注\n甲,乙\n", "无坐标.csv"),
        csv(tmp_path, "编号,经度,纬度\n1,104,38.6\n", "无名称.csv"),
        tmp_path / "无.shp",
    ]

    with pytest.raises(AreasError) as raised:
        read_gazetteer(paths)

    told = raised.value.in_words("zh").splitlines()
    assert len(told) == len(paths)
    for words, said in zip(told, ("找不到", "没有坐标列", "没有名称", "CRS"), strict=True):
        assert said in words
    assert "备注" in told[1]
    assert "编号" in told[2]
    assert "no coordinates" in raised.value.in_words("en")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04junk", b"\x00" * 99, b"PAR1junkPAR1"])
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.gpkg", "a.geojson", "a.parquet", "a.osm"])
def test_damaged_files_are_faults(content: bytes, name: str, tmp_path: Path) -> None:
    """Whatever a file calls itself, junk is told as such."""
    (tmp_path / name).write_bytes(content)

    with pytest.raises(AreasError):
        read_gazetteer([tmp_path / name])


def test_no_files_are_no_places() -> None:
    """An empty gazetteer is one."""
    GAZETTEER.check(read_gazetteer([]))
    assert read_gazetteer([]).empty


def test_a_folder_of_areas_brings_its_own(tmp_path: Path) -> None:
    """The layer ``gazetteer`` goes before extracts of OpenStreetMap; other files are none."""
    for name in ("b.osm", "a.osm", "gazetteer.csv", "townships.geojson"):
        (tmp_path / name).touch()
    assert gazetteer_files(tmp_path) == (tmp_path / "a.osm", tmp_path / "b.osm")

    (tmp_path / "gazetteer.gpkg").touch()
    assert gazetteer_files(tmp_path) == (tmp_path / "gazetteer.gpkg",)
