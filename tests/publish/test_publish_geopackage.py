"""plan.gpkg: all layers, all rows, styled, and the same bytes at every run."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from town_plan import planned_branches, planned_units, release_of, town_areas

from lxgeo.model import Areas, Outcome
from lxgeo.publish import Release
from lxgeo.publish.gis.layers import write_gis
from lxgeo.publish.palette import LOOKS
from lxgeo.tables import CRS, HOTSPOTS, UNITS, area_table

LAYERS = ["barriers", "branches", "buildings", "hulls", "links", "parks", "townships", "units"]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, release: Release) -> Path:
    """Return the town's GeoPackage."""
    folder = tmp_path_factory.mktemp("gis")
    write_gis(folder, release)
    return folder / "plan.gpkg"


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a GeoPackage as the SQLite file that it is."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def layer_names(path: Path) -> list[str]:
    """Return the names of a GeoPackage's spatial layers."""
    return sorted(str(name) for name, shape in pyogrio.list_layers(path) if shape is not None)


def test_it_holds_every_layer_in_wgs_84(package: Path) -> None:
    """Plan layers and areas, each in EPSG:4326 with one kind of shape."""
    assert layer_names(package) == LAYERS
    for name in LAYERS:
        layer = gpd.read_file(package, layer=name)
        assert layer.crs == CRS
        assert len(set(layer.geometry.geom_type.dropna())) <= 1


def test_units_are_all_there(package: Path) -> None:
    """All nine rows in ledger order, U9 without geometry; kinds of columns as in the contract."""
    units = gpd.read_file(package, layer="units")

    assert units["unit_id"].tolist() == [f"U{i}" for i in range(1, 10)]
    assert units.geometry.isna().tolist() == [False] * 8 + [True]
    assert [name for name in units.columns if name != "geometry"] == UNITS.names
    assert units["full_members"].tolist() == [5, 1, 1, 1, 0, 3, 2, 1, 2]
    assert units["is_host"].tolist() == [each in {"U2", "U6"} for each in units["unit_id"]]
    assert units["credit_code"].isna().all()


def test_no_date_of_writing_stands_in_it(package: Path) -> None:
    """Every time stamp is the fixed one: the day of writing would change the bytes."""
    with opened(package) as connection:
        changed = connection.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
        updated = connection.execute("SELECT DISTINCT update_time FROM layer_styles").fetchall()

    assert changed == updated == [("2000-01-01T00:00:00.000Z",)]


def test_writing_puts_gdal_s_own_setting_back(tmp_path: Path, release: Release) -> None:
    """The date that GDAL is told for our file does not stay for others."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2011-11-11T00:00:00Z"})
    try:
        write_gis(tmp_path, release)
        kept = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})

    assert kept == "2011-11-11T00:00:00Z"


def test_every_layer_has_its_default_style(package: Path) -> None:
    """QGIS finds one default style for each layer in layer_styles, which is listed as a table."""
    with opened(package) as connection:
        rows = connection.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault FROM layer_styles ORDER BY 1"
        ).fetchall()
        geometry = dict(
            connection.execute("SELECT table_name, column_name FROM gpkg_geometry_columns")
        )
        listed = connection.execute(
            "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"
        ).fetchall()

    assert [name for name, _, _ in rows] == LAYERS
    assert all(geometry[name] == column and default == 1 for name, column, default in rows)
    assert listed == [("attributes",)]


def test_units_are_coloured_by_outcome_with_chinese_labels(package: Path) -> None:
    """Every outcome has a class of its own colour; labels and column headings are for people."""
    with opened(package) as connection:
        (text,) = connection.execute(
            "SELECT styleQML FROM layer_styles WHERE f_table_name = 'units'"
        ).fetchone()
    root = ET.fromstring(text)  # noqa: S314 - written by ourselves
    classes = {each.get("value"): each.get("label") for each in root.iter("category")}
    colours = [each.get("v") for each in root.iter("prop") if each.get("k") == "color"]
    headings = {each.get("field"): each.get("name") for each in root.iter("alias")}

    assert set(classes) == {str(each) for each in Outcome} | {""}
    assert classes["left_out"] == "未纳入"
    assert len(set(colours)) == len(Outcome)
    assert headings["full_members"] == "正式党员"


def test_every_outcome_has_a_look_of_its_own() -> None:
    """No two outcomes share a colour; none is missing."""
    assert set(LOOKS) == set(Outcome)
    assert len({look.colour for look in LOOKS.values()}) == len(LOOKS)


def test_points_and_polygons_of_one_layer_are_kept_apart(tmp_path: Path) -> None:
    """Buildings known as footprints and as points come as two layers: a GIS wants one shape."""
    release = release_of(planned_units(), planned_branches(), _mixed_buildings())
    write_gis(tmp_path, release)

    assert layer_names(tmp_path / "plan.gpkg") == sorted([*LAYERS, "buildings_points"])
    points = gpd.read_file(tmp_path / "plan.gpkg", layer="buildings_points")
    assert points["name"].tolist() == ["乙楼"]


def _mixed_buildings() -> Areas:
    areas = town_areas()
    point: Any = gpd.GeoDataFrame(
        {"id": ["B2"], "name": ["乙楼"]}, geometry=[shapely.Point(105.03, 37.94)], crs=CRS
    )
    both = pd.concat([areas.buildings, area_table("buildings").shaped(point)], ignore_index=True)
    return Areas({**areas.layers, "buildings": both}, areas.roads)


def test_a_folder_without_parks_gives_an_empty_layer(tmp_path: Path, release: Release) -> None:
    """Layers that the areas lack are there, empty."""
    none = release.areas.parks.iloc[:0]
    areas = Areas({**release.areas.layers, "parks": none}, release.areas.roads)
    write_gis(tmp_path, release_of(planned_units(), planned_branches(), areas))

    assert gpd.read_file(tmp_path / "plan.gpkg", layer="parks").empty


def test_hotspots_are_a_layer_where_there_are_any(tmp_path: Path, release: Release) -> None:
    """One dense place, styled and named on the map; a plan without any has no such layer."""
    hotspots = HOTSPOTS.shaped(
        gpd.GeoDataFrame(
            {
                "id": ["H1"],
                "name": ["新桥街"],
                "units": [9],
                "full_members": [7],
                "span_m": [300.0],
            },
            geometry=[shapely.box(105, 38, 105.01, 38.01)],
            crs=CRS,
        )
    )
    write_gis(tmp_path, dataclasses.replace(release, hotspots=hotspots))
    layer = gpd.read_file(tmp_path / "plan.gpkg", layer="hotspots")
    with opened(tmp_path / "plan.gpkg") as connection:
        rows = connection.execute(
            "SELECT styleQML FROM layer_styles WHERE f_table_name = 'hotspots'"
        ).fetchall()
    (qml,) = (ET.fromstring(text) for (text,) in rows)  # noqa: S314 - written by ourselves
    aliases = {each.get("field"): each.get("name") for each in qml.iter("alias")}

    assert layer_names(tmp_path / "plan.gpkg") == sorted([*LAYERS, "hotspots"])
    assert layer[["id", "name", "units", "full_members"]].to_numpy().tolist() == [
        ["H1", "新桥街", 9, 7]
    ]
    assert qml.get("labelsEnabled") == "1"
    assert aliases["full_members"] == "正式党员"
