"""A run's files as tables: CSV, GeoJSON, GeoPackage and JSON, in the kinds of their columns.

Text is taken as it stands: nothing is guessed to be a date, a number or a formula.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from math import isfinite
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.errors import ShapelyError

from lxgeo.errors import InputError, RunError, Words
from lxgeo.judge.verify import Breach, BreachCode, RunTables
from lxgeo.pin import Pin
from lxgeo.read.pins import read_pins
from lxgeo.tables import BRANCHES, CRS, LINKS, UNITS, Column, Table

TABLE_FILES = (
    *("units.csv", "units.geojson", "branches.geojson", "links.geojson"),
    *("plan.gpkg", "summary.json"),
)
"""The files that a plan is read back from; map, hulls and workbook only repeat them."""
PINS_FILE = "pins.json"
"""What was settled by hand, where anything was."""

_QUOTED = 60
_NO_FEATURE = (AttributeError, KeyError, TypeError, ValueError, ShapelyError)
"""What comes of reading a feature that is none."""


def read_tables(folder: Path) -> tuple[RunTables, tuple[Breach, ...]]:
    """Return what a run's files say, and the columns and values in them that can't be read.

    Such values are unknown in the tables.

    Raises
    ------
    RunError
        A file is missing or is not of its kind at all.
    """
    faults: list[Breach] = []
    package = folder / "plan.gpkg"
    tables = RunTables(
        units=_units(folder / "units.csv", faults),
        points=_geojson(folder / "units.geojson", UNITS, faults),
        branches=_geojson(folder / "branches.geojson", BRANCHES, faults),
        gpkg_units=_layer(package, "units", UNITS, faults),
        gpkg_branches=_layer(package, "branches", BRANCHES, faults),
        links=_geojson(folder / "links.geojson", LINKS, faults),
        summary=read_json(folder / "summary.json"),
        barriers=_barriers(package),
        pins=pins_of(folder / PINS_FILE),
    )
    return tables, tuple(faults)


def pins_of(path: Path) -> tuple[Pin, ...]:
    """Return what was settled by hand and the plan keeps to; none where there is no such file."""
    if not path.exists():
        return ()
    try:
        return read_pins(path)
    except InputError as error:
        raise _unreadable(path, "pins") from error


def _units(path: Path, faults: list[Breach]) -> pd.DataFrame:
    try:
        header, *rows = list(csv.reader(io.StringIO(_text(path), newline=""), strict=True)) or [[]]
    except csv.Error as error:
        raise _unreadable(path, "CSV") from error
    odd = [number for number, row in enumerate(rows, start=2) if len(row) != len(header)]
    if odd or len(set(header)) < len(header):
        raise _unreadable(path, f"row {odd[0] if odd else 1}")
    frame = pd.DataFrame(rows, columns=header, dtype=object)
    return in_kinds(frame.where(frame != "", None), UNITS, path.name, faults)


def _geojson(path: Path, table: Table, faults: list[Breach]) -> gpd.GeoDataFrame:
    features = read_json(path).get("features")
    if not isinstance(features, list):
        raise _unreadable(path, "features")
    try:
        rows = [dict(feature["properties"]) for feature in features]
        shapes = [_shape(feature["geometry"]) for feature in features]
    except _NO_FEATURE as error:
        raise _unreadable(path, "features") from error
    frame = pd.DataFrame(rows, columns=None if rows else table.names, dtype=object)
    typed = in_kinds(frame.where(frame.notna(), None), table, path.name, faults)
    return gpd.GeoDataFrame(typed, geometry=gpd.GeoSeries(shapes, index=typed.index, crs=CRS))


def _shape(geometry: Any) -> Any:
    return None if geometry is None else shapely.geometry.shape(geometry)


def _layer(path: Path, layer: str, table: Table, faults: list[Breach]) -> gpd.GeoDataFrame:
    try:
        frame = pyogrio.read_dataframe(path, layer=layer)
    except (DataSourceError, DataLayerError) as error:
        raise _unreadable(path, layer) from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise _unreadable(path, f"{layer}: geometry")
    plain = pd.DataFrame(frame.drop(columns="geometry")).astype(object)
    typed = in_kinds(plain.where(plain.notna(), None), table, f"{path.name}/{layer}", faults)
    return gpd.GeoDataFrame(typed, geometry=frame.geometry.set_axis(typed.index))


def _barriers(package: Path) -> gpd.GeoDataFrame | None:
    """Return what nobody walks across, lines and polygons; None where the run tells of none."""
    layers = [
        each for each, _ in pyogrio.list_layers(package) if each.partition("_")[0] == "barriers"
    ]
    parts = [pyogrio.read_dataframe(package, layer=each, columns=[]) for each in layers]
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True)) if parts else None


def in_kinds(frame: pd.DataFrame, table: Table, file: str, faults: list[Breach]) -> pd.DataFrame:
    """Return a table in its kinds; what does not fit is told and becomes unknown."""
    columns: dict[str, list[Any]] = {}
    for column in table.columns:
        if column.name not in frame:
            faults.append(Breach(BreachCode.COLUMN_MISSING, column.name, {"file": file}))
            columns[column.name] = [None] * len(frame)
            continue
        values = frame[column.name].tolist()
        columns[column.name] = list(_of_kind(values, column, file, faults))
    plain = pd.DataFrame(columns, index=range(len(frame)), dtype=object)
    # Any of the table's kinds; geometry follows separately.
    return Table(table.name, table.columns).shaped(plain)


def _of_kind(
    values: Iterable[Any], column: Column, file: str, faults: list[Breach]
) -> Iterator[Any]:
    read = _READERS[column.kind]
    for number, value in enumerate(values, start=1):
        if value is None:
            yield None
            continue
        try:
            yield read(value)
        except (TypeError, ValueError, OverflowError):
            figures = {"file": file, "column": column.name, "written": str(value)[:_QUOTED]}
            faults.append(Breach(BreachCode.VALUE_UNREADABLE, f"#{number}", figures))
            yield None


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _as_integer(value: Any) -> int:
    number = _as_number(value)
    if number != int(number):
        raise ValueError(value)
    return int(number)


def _as_number(value: Any) -> float:
    if isinstance(value, bool):
        raise TypeError(value)
    number = float(value)
    if not isfinite(number):
        raise ValueError(value)
    return number


def _as_flag(value: Any) -> bool:
    flags = {"true": True, "false": False}
    told = str(value).lower()
    if told not in flags:
        raise ValueError(value)
    return flags[told]


_READERS = {"text": _as_text, "integer": _as_integer, "number": _as_number, "flag": _as_flag}


def read_json(path: Path) -> dict[str, Any]:
    """Return a JSON object.

    Raises
    ------
    RunError
        The file is missing or holds no JSON object.
    """
    try:
        value = json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, "JSON") from error
    if not isinstance(value, dict):
        raise _unreadable(path, "JSON")
    return value


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, "UTF-8") from error


def _unreadable(path: Path, what: str) -> RunError:
    return RunError(
        Words(
            zh=f"方案文件 {path} 缺失或不能读取（{what}）；请重新运行 lxgeo plan",
            en=f"{path} is missing or can't be read ({what}); run lxgeo plan again",
        )
    )
