"""A run's files as tables: CSV, GeoJSON, GeoPackage and JSON, in the kinds of their columns.

Text is taken as it stands: nothing is guessed to be a date, a number or a formula.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from math import isfinite
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.errors import ShapelyError

from lxgeo.errors import InputError, RunError, Words
from lxgeo.judge.verify import Breach, BreachCode, RunTables
from lxgeo.pin import Pin
from lxgeo.read.pins import read_pins
from lxgeo.read.uncollected import uncollected
from lxgeo.tables import BRANCHES, CRS, LINKS, UNITS, Column, Table

TABLE_FILES = (
    *("units.csv", "units.geojson", "branches.geojson", "links.geojson"),
    *("plan.gpkg", "summary.json"),
)
"""The files that a plan is read back from; map, hulls and workbook only repeat them."""
PINS_FILE = "pins.json"
"""What was settled by hand, where anything was."""

_QUOTED = 60
_BLOCK = 1 << 26
"""Bytes that a row takes at most."""
_EXACT = 2.0**53
"""Up to here a number holds every integer."""
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
    with uncollected():
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
    """Return a CSV file's rows; whatever stands in it is text, and an empty field is unknown."""
    data = _bytes(path)
    try:
        header = next(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")), [])
        if len(set(header)) < len(header):
            raise _unreadable(path, "row 1")
        table = pyarrow.csv.read_csv(
            io.BytesIO(data if data.endswith(b"\n") else data + b"\n"),
            pyarrow.csv.ReadOptions(use_threads=False, block_size=_BLOCK),
            pyarrow.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except (csv.Error, UnicodeDecodeError, pa.ArrowInvalid) as error:
        raise _unreadable(path, "CSV") from error
    return in_kinds(table.to_pandas(), UNITS, path.name, faults)


def _geojson(path: Path, table: Table, faults: list[Breach]) -> gpd.GeoDataFrame:
    features = read_json(path).get("features")
    if not isinstance(features, list):
        raise _unreadable(path, "features")
    try:
        rows = [_properties(feature) for feature in features]
        shapes = _shapes([feature["geometry"] for feature in features])
    except _NO_FEATURE as error:
        raise _unreadable(path, "features") from error
    there = set().union(*rows) if rows else set(table.names)
    columns = {name: [row.get(name) for row in rows] for name in table.names if name in there}
    frame = pd.DataFrame(columns, index=range(len(rows)), dtype=object)
    typed = in_kinds(frame, table, path.name, faults)
    return gpd.GeoDataFrame(typed, geometry=gpd.GeoSeries(shapes, index=typed.index, crs=CRS))


def _properties(feature: Any) -> dict[str, Any]:
    properties = feature["properties"]
    return properties if isinstance(properties, dict) else dict(properties)


_AT_ONCE: dict[Any, tuple[int, Callable[..., Any]]] = {
    "Point": (2, shapely.points),
    "LineString": (3, shapely.linestrings),
}
"""Type of geometry → dimensions of many of one length together, and what makes them."""


def _shapes(geometries: list[Any]) -> Any:
    """Return GeoJSON's geometries; plain points, or lines of as many corners each, all at once."""
    known = [each for each in geometries if each is not None]
    types = {each["type"] for each in known}
    if len(types) == 1 and (found := _AT_ONCE.get(*types)) is not None:
        dimensions, make = found
        corners = _regular([each["coordinates"] for each in known])
        if corners is not None and corners.ndim == dimensions and corners.shape[-1] == len("xy"):
            shapes = np.full(len(geometries), None, dtype=object)
            shapes[[each is not None for each in geometries]] = make(corners)
            return shapes
    return [None if each is None else shapely.geometry.shape(each) for each in geometries]


def _regular(coordinates: list[Any]) -> Any:
    """Return coordinates as an array of numbers; None where they are none."""
    try:
        corners = np.array(coordinates)
    except ValueError:  # not as many each
        return None
    return corners if corners.dtype.kind in "if" else None


def _layer(path: Path, layer: str, table: Table, faults: list[Breach]) -> gpd.GeoDataFrame:
    try:
        frame = pyogrio.read_dataframe(path, layer=layer, use_arrow=True)
    except (DataSourceError, DataLayerError) as error:
        raise _unreadable(path, layer) from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise _unreadable(path, f"{layer}: geometry")
    plain = pd.DataFrame(frame.drop(columns="geometry"))
    typed = in_kinds(plain, table, f"{path.name}/{layer}", faults)
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
    columns: dict[str, Any] = {}
    for column in table.columns:
        if column.name not in frame:
            faults.append(Breach(BreachCode.COLUMN_MISSING, column.name, {"file": file}))
            continue
        values = frame[column.name]
        if (sound := _SOUND[column.kind](values)) is None:
            known = values.astype(object).where(values.notna(), None).tolist()
            sound = list(_of_kind(known, column, file, faults))
        columns[column.name] = sound
    plain = pd.DataFrame(columns, index=range(len(frame)))
    # Any of the table's kinds; geometry follows separately.
    return Table(table.name, table.columns).shaped(plain)


def _of_kind(
    values: Iterable[Any], column: Column, file: str, faults: list[Breach]
) -> Iterator[Any]:
    """Yield a column's values, one by one: at least one of them does not fit."""
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


def _sound_texts(values: pd.Series) -> Any:
    """Return a column as it is where it holds texts alone; else None, as of the other kinds."""
    return values.array if _holds(values, "string") else None


def _sound_numbers(values: pd.Series) -> Any:
    if not _holds(values, "string", "integer", "floating", "mixed-integer-float"):
        return None
    column: Any = values  # its stubs know no missing value of objects
    try:
        numbers = column.to_numpy(dtype=object, na_value=None).astype(float)
    except (ValueError, OverflowError):
        return None
    # A text such as nan is no number that is missing.
    return numbers if (np.isfinite(numbers) == values.notna().to_numpy()).all() else None


def _sound_integers(values: pd.Series) -> Any:
    if (numbers := _sound_numbers(values)) is None:
        return None
    missing = np.isnan(numbers)
    whole = np.where(missing, 0.0, numbers)
    if (whole != np.floor(whole)).any() or (np.abs(whole) > _EXACT).any():
        return None
    return pd.arrays.IntegerArray(whole.astype(np.int64), missing)


def _sound_flags(values: pd.Series) -> Any:
    if not _holds(values, "boolean", "string"):
        return None
    try:
        told = {each: _as_flag(each) for each in values.dropna().unique()}
    except ValueError:
        return None
    return pd.array([told.get(each) for each in values], dtype="boolean")


def _holds(values: pd.Series, *kinds: str) -> bool:
    """Return whether all values that are known are of these kinds."""
    if isinstance(values.dtype, pd.StringDtype):
        return "string" in kinds
    return pd.api.types.infer_dtype(values, skipna=True) in {*kinds, "empty"}


_SOUND: dict[str, Callable[[pd.Series], Any]] = {
    "text": _sound_texts,
    "integer": _sound_integers,
    "number": _sound_numbers,
    "flag": _sound_flags,
}
"""Kind → a whole column of it at once; None where a value does not fit, or might not."""


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
        value = json.loads(_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _unreadable(path, "UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, "JSON") from error
    if not isinstance(value, dict):
        raise _unreadable(path, "JSON")
    return value


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from error


def _unreadable(path: Path, what: str) -> RunError:
    return RunError(
        Words(
            zh=f"方案文件 {path} 缺失或不能读取（{what}）；请重新运行 lxgeo plan",
            en=f"{path} is missing or can't be read ({what}); run lxgeo plan again",
        )
    )
