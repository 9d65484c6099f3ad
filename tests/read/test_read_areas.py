"""Areas as files: every form, every fault at once, nothing moved that was not declared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import LineString, MultiPoint, Point, Polygon, box

from lxgeo.errors import AreasError
from lxgeo.geo.datum import from_wgs84
from lxgeo.model import AREA_LAYERS, Datum
from lxgeo.read import read_areas
from lxgeo.tables import CRS, ROADS, area_table

SQUARE = box(114.0, 22.5, 114.1, 22.6)
NEXT = box(114.1, 22.5, 114.2, 22.6)


def frame(*shapes: Any, crs: str | None = CRS, **columns: list[Any]) -> gpd.GeoDataFrame:
    """Return a layer as a person's GIS holds it."""
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


def townships(folder: Path, **columns: list[Any]) -> None:
    """Write two townships as GeoJSON."""
    columns = columns or {"name": ["甲街道", "乙镇"]}
    frame(SQUARE, NEXT, **columns).to_file(folder / "townships.geojson")


def test_every_layer_is_there_in_its_schema(tmp_path: Path) -> None:
    """What the folder lacks is an empty table; all are EPSG:4326."""
    townships(tmp_path, name=["甲街道", "乙镇"], id=["T1", "T2"], kind=["城区", "town"])

    areas = read_areas(tmp_path)

    assert tuple(areas.layers) == AREA_LAYERS
    for name, table in areas.layers.items():
        area_table(name).check(table)
    ROADS.check(areas.roads)
    assert areas.townships["id"].tolist() == ["T1", "T2"]
    assert areas.townships["kind"].tolist() == ["urban", "town"]
    assert areas.parks.empty


@pytest.mark.parametrize("suffix", [".geojson", ".parquet", ".gpkg", ".shp"])
def test_every_form_is_read(tmp_path: Path, suffix: str) -> None:
    """GeoJSON, GeoParquet, GeoPackage and Shapefile give one table."""
    layer = frame(SQUARE, NEXT, name=["甲街道", "乙镇"], code=["440303001", "440303002"])
    path = tmp_path / f"townships{suffix}"
    if suffix == ".parquet":
        layer.to_parquet(path)
    else:
        layer.to_file(path, **({"encoding": "utf-8"} if suffix == ".shp" else {}))

    table = read_areas(tmp_path).townships

    assert table["id"].tolist() == ["440303001", "440303002"]
    assert table["name"].tolist() == ["甲街道", "乙镇"]
    assert table.geometry.iloc[0].equals(SQUARE)


def test_the_first_form_wins_and_that_is_told(tmp_path: Path) -> None:
    """GeoJSON before Parquet; other files are left alone."""
    townships(tmp_path)
    frame(SQUARE, name=["旧"]).to_parquet(tmp_path / "townships.parquet")
    (tmp_path / "README.md").write_text("x")

    areas = read_areas(tmp_path)

    assert areas.townships["name"].tolist() == ["甲街道", "乙镇"]
    assert "townships：读取 townships.geojson，未读 townships.parquet" in areas.notes


def test_other_systems_are_brought_to_degrees(tmp_path: Path) -> None:
    """CGCS2000 / 3-degree Gauss-Kruger CM 114E: 500,000 m east is 114 degrees."""
    metres = Polygon([(500000, 2500000), (501000, 2500000), (501000, 2501000), (500000, 2501000)])
    frame(metres, name=["甲"], crs="EPSG:4547").to_parquet(tmp_path / "townships.parquet")

    bounds = read_areas(tmp_path).townships.total_bounds

    assert bounds[0] == pytest.approx(114.0, abs=1e-9)
    assert 22.5 < bounds[1] < 22.7


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_areas_drawn_on_a_web_map_are_moved_back(tmp_path: Path, datum: Datum) -> None:
    """A township traced in GCJ-02 or BD-09 comes to lie where it is, to a centimetre."""
    xy = np.array(SQUARE.exterior.coords)
    moved = Polygon(np.column_stack(from_wgs84(xy[:, 0], xy[:, 1], datum)))
    frame(moved, name=["甲"]).to_file(tmp_path / "townships.geojson")

    declared = read_areas(tmp_path, datum=datum).townships.geometry.iloc[0]
    as_it_is = read_areas(tmp_path).townships.geometry.iloc[0]

    assert declared.hausdorff_distance(SQUARE) < 1e-6  # GeoJSON keeps seven decimals
    assert as_it_is.hausdorff_distance(SQUARE) > 1e-3


@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.CGCS2000, Datum.UNKNOWN, None])
def test_other_datums_move_nothing(tmp_path: Path, datum: Datum | None) -> None:
    """WGS 84 and CGCS2000 are one to a metre; unknown is not guessed."""
    townships(tmp_path)

    assert read_areas(tmp_path, datum=datum).townships.geometry.iloc[0].equals(SQUARE)


def test_broken_polygons_are_mended_and_told(tmp_path: Path) -> None:
    """A bow tie becomes its two triangles."""
    bow = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    frame(bow, name=["甲"]).to_parquet(tmp_path / "townships.parquet")

    areas = read_areas(tmp_path)

    assert areas.townships.geometry.is_valid.all()
    assert areas.townships.geometry.iloc[0].area == pytest.approx(2.0)
    assert "townships.parquet：1 个要素的几何无效，已修复" in areas.notes


def test_ids_are_own_then_a_code_then_a_hash_of_the_name(tmp_path: Path) -> None:
    """An id with a gap and a code that repeats are passed over, and that is told."""
    townships(tmp_path, name=["甲", "乙"], id=["1", None], code=["7", "7"], 编码=["x", "y"])
    frame(SQUARE, NEXT, name=["园", "园"]).to_file(tmp_path / "parks.geojson")

    areas = read_areas(tmp_path)

    assert areas.townships["id"].tolist() == ["x", "y"]
    assert "townships.geojson：id 列有空缺或重复，未采用" in areas.notes
    first, second = areas.parks["id"]
    assert second == f"{first}~2"
    assert len(first) == 12


def test_what_layers_add_is_read(tmp_path: Path) -> None:
    """Committees as yes or no, counts of branches, aliases; a footprint stands for its point."""
    townships(tmp_path)
    frame(SQUARE, NEXT, name=["园一", "园二"], has_committee=["是", "否"]).to_file(
        tmp_path / "parks.geojson"
    )
    frame(
        *(Point(114.05, 22.55), SQUARE, MultiPoint([(114.0, 22.5)])),
        name=["一支部", "二支部", "三支部"],
        kind=["联合党支部", "standalone", "其他"],
        full_members=[4, 3, None],
        capacity=["5", "3人", None],
    ).to_file(tmp_path / "branches.geojson")
    (tmp_path / "buildings.geojson").write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"name": "大厦", "aliases": ["老大厦", "A座"]},
                        "geometry": {"type": "Point", "coordinates": [114.05, 22.55]},
                    },
                    {"type": "Feature", "properties": {"name": None}, "geometry": None},
                ],
            }
        ),
        encoding="utf-8",
    )

    areas = read_areas(tmp_path)

    assert areas.parks["has_committee"].tolist() == [True, False]
    assert areas.branches["kind"].tolist() == ["joint", "standalone", "其他"]
    assert areas.branches["full_members"].fillna(-1).tolist() == [4, 3, -1]
    assert areas.branches["capacity"].fillna(-1).tolist() == [5, 3, -1]
    assert set(areas.branches.geom_type) == {"Point"}
    assert areas.buildings["aliases"].tolist() == ["老大厦;A座"]
    assert any("buildings.geojson：1 个要素没有可用的几何" in note for note in areas.notes)


def test_the_buildings_of_a_street_map_may_be_nameless(tmp_path: Path) -> None:
    """They are called by their id; a township without a column of names is a fault."""
    townships(tmp_path)
    frame(SQUARE, id=["b1"]).to_file(tmp_path / "buildings.geojson")

    assert read_areas(tmp_path).buildings["name"].tolist() == ["未命名 b1"]


def _write_roads(path: Path) -> None:
    nodes = [(1, 22.50, 114.00), (2, 22.51, 114.00), (3, 22.52, 114.00)]
    ways = [(10, (1, 2), "人民路"), (11, (2, 3), None)]
    text = "".join(f'<node id="{i}" lat="{y}" lon="{x}"/>' for i, y, x in nodes)
    for way, ends, name in ways:
        tags = f'<tag k="name" v="{name}"/>' if name else ""
        refs = "".join(f'<nd ref="{end}"/>' for end in ends)
        text += f'<way id="{way}">{refs}<tag k="highway" v="residential"/>{tags}</way>'
    path.write_text(f'<osm version="0.6" generator="test">{text}</osm>', encoding="utf-8")


def test_named_roads_are_lines_by_name(tmp_path: Path) -> None:
    """人民路 once, though it runs both ways; the nameless street is left out and counted."""
    townships(tmp_path)
    _write_roads(tmp_path / "roads_a.osm")

    areas = read_areas(tmp_path)

    assert areas.roads["name"].tolist() == ["人民路"]
    assert areas.roads.geometry.iloc[0].equals(LineString([(114, 22.50), (114, 22.51)]))
    assert "roads_a.osm：2 段道路，1 段没有名称" in areas.notes


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """With what to do about it."""
    with pytest.raises(AreasError, match=r"找不到区域数据文件夹.*--areas"):
        read_areas(tmp_path / "nowhere")


def test_missing_townships_are_told_with_what_is_there(tmp_path: Path) -> None:
    """The folder's files are listed, and the names that would do."""
    (tmp_path / "乡镇.geojson").write_text("{}")

    with pytest.raises(AreasError, match=r"现有文件：乡镇.geojson；.*townships.geojson"):
        read_areas(tmp_path)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """No CRS, no names, no layer at all, broken roads: one look, one list."""
    frame(SQUARE, name=["甲"], crs=None).to_parquet(tmp_path / "townships.parquet")
    frame(SQUARE, title=["园"]).to_file(tmp_path / "parks.geojson")
    (tmp_path / "villages.geojson").write_text("no json")
    (tmp_path / "markets.parquet").write_bytes(b"PAR1 not really")
    (tmp_path / "blocks.gpkg").write_bytes(b"SQLite format 3\0 no")
    (tmp_path / "roads.graphml").write_text("<graphml", encoding="utf-8")

    with pytest.raises(AreasError) as caught:
        read_areas(tmp_path)

    said = [fault.zh.split("：")[0] for fault in caught.value.faults]
    assert said == [
        *("townships.parquet", "parks.geojson", "villages.geojson", "markets.parquet"),
        *("blocks.gpkg", "roads.graphml"),
    ]
    assert "没有坐标参考系" in caught.value.faults[0].zh
    assert "现有：title" in caught.value.faults[1].zh


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_townships_without_a_crs_are_refused(tmp_path: Path, suffix: str) -> None:
    """Degrees of what? GeoJSON alone is WGS 84 by its standard."""
    with pytest.warns(UserWarning, match="crs"):
        frame(SQUARE, name=["甲"], crs=None).to_file(tmp_path / f"townships{suffix}")

    with pytest.raises(AreasError, match="没有坐标参考系"):
        read_areas(tmp_path)


def test_townships_that_are_points_are_none(tmp_path: Path) -> None:
    """Centres are no areas: the layer is unusable and said to be."""
    frame(Point(114, 22.5), name=["甲"]).to_file(tmp_path / "townships.geojson")

    with pytest.raises(AreasError, match="没有可用的乡镇"):
        read_areas(tmp_path)
