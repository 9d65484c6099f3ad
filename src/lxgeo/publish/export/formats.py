"""The formats that a GIS takes, and how each is written."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pyogrio

from lxgeo.publish.export.kml import write_kml
from lxgeo.publish.export.layer import Layer, arrow
from lxgeo.publish.export.reference import Reference
from lxgeo.publish.export.shapefile import write_shapefile
from lxgeo.publish.gis.geojson import write_geojson
from lxgeo.publish.gis.geopackage import VERSION, fixed_date, write_styles
from lxgeo.publish.gis.qgis import style
from lxgeo.publish.speech import Speech
from lxgeo.schema import Column

Fields = Mapping[str, str]
"""Field in a file → the column that it holds."""

UNPLACED = "unplaced"
"""Ends the name of a table of rows without a shape, where a format holds none."""


class Format(StrEnum):
    """A file format, by the ending of its files."""

    GEOJSON = "geojson"
    GEOPACKAGE = "gpkg"
    GEOPARQUET = "parquet"
    FLATGEOBUF = "fgb"
    SHAPEFILE = "shp"
    KML = "kml"


OTHER_NAMES: Mapping[str, Format] = MappingProxyType(
    {
        "geopackage": Format.GEOPACKAGE,
        "geoparquet": Format.GEOPARQUET,
        "flatgeobuf": Format.FLATGEOBUF,
        "shapefile": Format.SHAPEFILE,
    }
)
"""What else people call them."""


def write_layer(fmt: Format, path: Path, layer: Layer, into: Reference, speech: Speech) -> Fields:
    """Write one layer as one file (a Shapefile as its five).

    Parameters
    ----------
    fmt
        The format.
    path
        Where to; must not exist yet.
    layer
        Its shapes already in that reference.
    into
        The reference, stated in the file where the format can.
    speech
        Names fields and classes for people.

    Returns
    -------
    mapping
        Field in the file → the column it holds.

    Raises
    ------
    InputError
        The format would lose or change a value.
    """
    written = _WRITERS[fmt](path, layer, into, speech)
    return written or {name: name for name in layer.table.names}


def _geojson(path: Path, layer: Layer, _into: Reference, _speech: Speech) -> None:
    write_geojson(path, layer.frame, layer.table)


def _geopackage(path: Path, layer: Layer, into: Reference, speech: Speech) -> None:
    # The heading goes in as QGIS and GDAL read it: the name stays for joins.
    said = {
        column.name: {"GDAL:OGR:alternative_name": speech.heading(column)}
        for column in layer.table.columns
    }
    with fixed_date():
        pyogrio.write_arrow(
            arrow(_plain(layer), said),
            path,
            layer=path.stem,
            driver="GPKG",
            geometry_name="geometry",
            geometry_type=layer.shape,
            crs=into.crs,
            dataset_options={"VERSION": VERSION},
            layer_options={"GEOMETRY_NAME": "geom"},
        )
    write_styles(path, {path.stem: style(layer.name, speech)})


def _geoparquet(path: Path, layer: Layer, _into: Reference, _speech: Speech) -> None:
    _plain(layer).to_parquet(path, index=False, compression="zstd")


def _flatgeobuf(path: Path, layer: Layer, into: Reference, _speech: Speech) -> None:
    """Write a layer with a spatial index; rows without a shape can't be in it and stand apart."""
    bare = layer.frame.geometry.isna()
    placed = replace(layer, frame=layer.frame[~bare])
    pyogrio.write_arrow(
        arrow(_plain(placed), {}),
        path,
        layer=path.stem,
        driver="FlatGeobuf",
        geometry_name="geometry",
        geometry_type=layer.shape,
        crs=into.crs,
    )
    if bare.any():
        rest = pd.DataFrame(layer.frame.loc[bare, layer.table.names])
        beside = path.with_stem(f"{path.stem}_{UNPLACED}")
        pyogrio.write_dataframe(
            rest, beside, driver="FlatGeobuf", layer_options={"SPATIAL_INDEX": "NO"}
        )


def _shapefile(path: Path, layer: Layer, into: Reference, _speech: Speech) -> Fields:
    return write_shapefile(path, layer, into)


def _kml(path: Path, layer: Layer, _into: Reference, speech: Speech) -> None:
    write_kml(path, layer, speech)


_WRITERS: Mapping[Format, Callable[[Path, Layer, Reference, Speech], Fields | None]] = (
    MappingProxyType(
        {
            Format.GEOJSON: _geojson,
            Format.GEOPACKAGE: _geopackage,
            Format.GEOPARQUET: _geoparquet,
            Format.FLATGEOBUF: _flatgeobuf,
            Format.SHAPEFILE: _shapefile,
            Format.KML: _kml,
        }
    )
)


def _plain(layer: Layer) -> pd.DataFrame:
    return layer.frame[[*layer.table.names, layer.frame.geometry.name]]


_KINDS = {
    "text": "文本 text",
    "integer": "整数 integer",
    "number": "小数 number",
    "flag": "是否 flag",
}


def write_dictionary(
    path: Path, written: Iterable[tuple[Layer, Fields]], into: Reference, speech: Speech
) -> None:
    """Write what each field of an export is, as CSV (UTF-8 with BOM).

    Parameters
    ----------
    path
        Where to.
    written
        Each layer, and which column each of its fields holds.
    into
        The reference of the export's coordinates: stands in every line.
    speech
        Heads the columns.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file)
        write.writerow(_HEADS)
        for layer, fields in written:
            columns = {column.name: column for column in layer.table.columns}
            for field, name in fields.items():
                write.writerow(_line(layer, field, columns[name], into, speech))


_HEADS = (
    *("图层 layer", "字段 field", "列 column", "含义 meaning", "类型 kind", "单位 unit"),
    *("取值 values", "坐标系 CRS"),
)


def _line(
    layer: Layer, field: str, column: Column, into: Reference, speech: Speech
) -> Iterator[str]:
    yield from (layer.name, field, column.name, speech.heading(column), _KINDS[column.kind])
    yield column.unit
    yield "" if column.values is None else ";".join(column.values)  # noqa: PD011 - a closed list
    yield speech.say(into.told)
