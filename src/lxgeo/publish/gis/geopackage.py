"""plan.gpkg: all layers in one file, styled for QGIS, the same bytes at every run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio

from lxgeo.publish.folder.release import Release
from lxgeo.publish.gis.qgis import style
from lxgeo.publish.rows import published
from lxgeo.tables import HOTSPOTS, area_table

DATED = "2000-01-01T00:00:00.000Z"
"""A GeoPackage says when it was changed; a fixed day keeps its bytes the same."""

VERSION = "1.3"  # later ones make older programs warn

_GEOMETRY = {"units": "Point", "branches": "Point", "links": "LineString", "hulls": "Polygon"}
_AREAS = ("townships", "parks", "buildings")

_STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
"""
_STYLES_LISTED = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?, 0)
"""
_ONE_STYLE = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
  styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)
VALUES ('', '', ?, 'geom', ?, ?, '', 1, '', '', ?)
"""


def write_geopackage(path: Path, layers: Mapping[str, gpd.GeoDataFrame], release: Release) -> None:
    """Write the plan's layers and the areas it was made on, each with its QGIS style.

    Parameters
    ----------
    path
        Where to; must not exist yet.
    layers
        ``units`` (every row, without geometry where it has no position), ``branches``, ``links``
        and ``hulls``, EPSG:4326, as `lxgeo.publish.rows.published` gives them.
    release
        Its areas become ``townships``, ``parks`` and ``buildings``; points among them stand in a
        layer of their own (``buildings_points``): a GIS wants one kind of shape a layer.
        ``barriers`` are its lines, ``barriers_polygons`` its lakes; ``hotspots`` stand where
        there are any.
    """
    with fixed_date():
        for name, layer in layers.items():
            _write_layer(path, name, layer, _GEOMETRY[name])
        written = list(layers)
        for name, layer, shape in _area_layers(release):
            _write_layer(path, name, layer, shape)
            written.append(name)
    write_styles(path, {name: style(name, release) for name in written})


def _write_layer(path: Path, name: str, layer: gpd.GeoDataFrame, shape: str) -> None:
    pyogrio.write_dataframe(
        layer,
        path,
        layer=name,
        driver="GPKG",
        geometry_type=shape,
        promote_to_multi=shape.startswith("Multi"),
        dataset_options={"VERSION": VERSION},
        layer_options={"GEOMETRY_NAME": "geom"},
    )


def _area_layers(release: Release) -> Iterator[tuple[str, gpd.GeoDataFrame, str]]:
    for name in _AREAS:
        table = area_table(name)
        layer = published(release.areas.layers[name], table)
        points = layer.geometry.geom_type == "Point"
        if not points.all() or layer.empty:
            yield name, layer[~points], "MultiPolygon"
        if points.any():
            yield f"{name}_points", layer[points], "Point"
    barriers = published(release.areas.layers["barriers"], area_table("barriers"))
    lines = barriers.geometry.geom_type.isin(["LineString", "MultiLineString"])
    # Even an empty one: that nothing lies between units can then be checked.
    yield "barriers", barriers[lines], "MultiLineString"
    if not lines.all():
        yield "barriers_polygons", barriers[~lines], "MultiPolygon"
    if release.hotspots is not None and not release.hotspots.empty:
        yield "hotspots", published(release.hotspots, HOTSPOTS), "Polygon"


@contextmanager
def fixed_date() -> Iterator[None]:
    """Let GDAL take a fixed day for today, and put its own setting back."""
    before: Any = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": DATED})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def write_styles(path: Path, styles: Mapping[str, str]) -> None:
    """Write layer → QGIS style into a GeoPackage, as QGIS itself keeps them there."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("BEGIN")
        connection.execute(_STYLES)
        connection.execute(_STYLES_LISTED, (DATED,))
        rows = [(name, name, qml, DATED) for name, qml in styles.items()]
        connection.executemany(_ONE_STYLE, rows)
