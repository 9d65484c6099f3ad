"""GeoParquet, GeoPackage and GeoJSON: layers whose points say where units are.

A layer becomes a sheet: its columns' names in row 1, then a row a feature, then ``lon``, ``lat``
in WGS 84 and the ``datum`` that they are declared in. Only points give a position.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import sqlite3
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Row = tuple[list[Any], Any]
"""A feature's values, and its shape as `_point` takes it: WKB, or what GeoJSON writes."""

_LONG = 10**18  # longer numbers are no numbers but codes
_BATCH = 4096
_OURS = ("lon", "lat", "datum")
_NOT_READ = (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, struct.error)
"""What comes of reading a layer that is none."""


@dataclass
class _Layer:
    """A layer: its name, its columns, its CRS (None: nobody knows) and its features in order."""

    name: str
    names: list[str]
    rows: Iterable[Row]
    crs: Any = None
    shaped: bool = True
    declared: bool = True
    count: int = 0
    strange: int = field(default=0, init=False)


def lines(path: str, most: dict[str, int]) -> Iterator[Any]:
    """Yield a file's layers."""
    with Path(path).open("rb") as file:
        head = file.read(16)
    read = _parquet if head[:4] == b"PAR1" else _package if head[:6] == b"SQLite" else _geojson
    cells = 0
    try:
        for layer in read(path):
            if len(layer.names) > most["columns"]:
                yield {"fault": "columns", "where": layer.name}
                return
            if layer.count * max(1, len(layer.names)) > most["cells"]:
                yield {"fault": "output", "where": ""}
                return
            for line in _sheet(layer):
                yield line
                cells += len(line)
                if cells > most["cells"]:
                    yield {"fault": "output", "where": ""}
                    return
    except (*_NOT_READ, sqlite3.Error):
        yield {"fault": "unreadable", "where": ""}


def _sheet(layer: _Layer) -> Iterator[Any]:
    """Yield a layer as a sheet; own columns of coordinates give way to the geometry's."""
    yield {"sheet": layer.name, "hidden": False, "merges": []}
    if not layer.shaped:
        yield layer.names
        for values, _ in layer.rows:
            yield [_plain(value) for value in values]
        return
    yield [f"原{name}" if name.lower() in _OURS else name for name in layer.names] + list(_OURS)
    move, datum = _to_wgs84(layer.crs)
    for batch in _batches(layer.rows):
        points = [_point(shape) for _, shape in batch]
        layer.strange += sum(
            shape is not None and point is None
            for (_, shape), point in zip(batch, points, strict=True)
        )
        for (values, _), point in zip(batch, move(points), strict=True):
            said = datum if point and layer.declared else None
            yield [*map(_plain, values), *(point or (None, None)), said]
    if layer.strange:
        yield {"note": ["no_points", str(layer.strange)]}
    if layer.crs is None:
        yield {"note": ["no_crs", ""]}


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _to_wgs84(crs: Any) -> tuple[Any, str]:
    """Return what brings points from a CRS to WGS 84, and the datum to declare them in."""
    if crs is None:
        return list, "未知"
    from pyproj import CRS, Transformer
    from pyproj.exceptions import ProjError

    try:
        known = CRS.from_user_input(crs)
        if known.to_authority() in {("EPSG", "4326"), ("OGC", "CRS84")}:
            return list, "wgs84"
        moves = Transformer.from_crs(known, "EPSG:4326", always_xy=True)
    except ProjError as error:
        raise ValueError(crs) from error

    def move(points: list[Point | None]) -> list[Point | None]:
        nowhere = (math.nan, math.nan)
        xs, ys = zip(*(point or nowhere for point in points), strict=True) if points else ((), ())
        moved = zip(*moves.transform(xs, ys), strict=True)
        return [
            # A tenth of a millimetre: what lies beyond is the transformation's own noise.
            (round(x, 9), round(y, 9)) if math.isfinite(x) and math.isfinite(y) else None
            for x, y in moved
        ]

    return move, "wgs84"


def _point(shape: Any) -> Point | None:
    """Return a point's place; None for what is no single point."""
    if shape is None:
        return None
    x, y = _json_point(shape) if isinstance(shape, dict) else _wkb_point(shape)
    return (x, y) if math.isfinite(x) and math.isfinite(y) else None


_NOWHERE = (math.nan, math.nan)


def _json_point(shape: dict[str, Any]) -> Point:
    if "x" in shape:  # GeoParquet's own encoding of points
        return float(shape["x"]), float(shape["y"])
    places = shape.get("coordinates")
    if shape.get("type") == "MultiPoint" and isinstance(places, list) and len(places) == 1:
        (places,) = places
    elif shape.get("type") != "Point":
        return _NOWHERE
    if not isinstance(places, list) or len(places) < len(_NOWHERE):
        return _NOWHERE
    return float(places[0]), float(places[1])


def _wkb_point(shape: bytes) -> Point:
    order = "<" if shape[0] == 1 else ">"
    (kind,) = struct.unpack_from(f"{order}I", shape, 1)
    at = 9 if kind & 0x20000000 else 5  # EWKB carries its SRID
    kind = (kind & 0x0FFFFFFF) % 1000
    if kind == 4 and struct.unpack_from(f"{order}I", shape, at)[0] == 1:  # noqa: PLR2004 -- MultiPoint
        return _wkb_point(shape[at + 4 :])
    return struct.unpack_from(f"{order}dd", shape, at) if kind == 1 else _NOWHERE


def _parquet(path: str) -> Iterator[_Layer]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_cpu_count(1)
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
            told = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
            shapes = told.get("columns", {})
            main = told.get("primary_column") if shapes else None
            names = [
                name
                for name in schema.names
                if name not in shapes and not name.startswith("__index_level_")
            ]
            # A missing CRS means longitude and latitude in WGS 84; null, that nobody knows.
            crs = shapes[main].get("crs", "OGC:CRS84") if main else None
            rows = _parquet_rows(file, names, main)
            count = file.metadata.num_rows
            yield _Layer("", names, rows, crs, shaped=main is not None, count=count)
    except pa.ArrowException as error:
        raise ValueError(path) from error


def _parquet_rows(file: Any, names: list[str], main: str | None) -> Iterator[Row]:
    wanted = names if main is None else [*names, main]
    for batch in file.iter_batches(batch_size=_BATCH, columns=wanted, use_threads=False):
        columns = [batch.column(name).to_pylist() for name in wanted]
        for values in zip(*columns, strict=True):
            yield list(values[: len(names)]), None if main is None else values[-1]


def _package(path: str) -> Iterator[_Layer]:
    base = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    base.text_factory = lambda data: data.decode("utf-8", "replace")
    base.execute("PRAGMA trusted_schema = OFF")
    shapes = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    tables = base.execute(
        "SELECT c.table_name, s.organization, s.organization_coordsys_id, s.definition "
        "FROM gpkg_contents c LEFT JOIN gpkg_spatial_ref_sys s USING (srs_id) "
        "WHERE c.data_type IN ('features', 'attributes') ORDER BY c.table_name"
    ).fetchall()
    for table, organisation, number, definition in tables:
        quoted = _quoted(table)
        columns = base.execute(f"PRAGMA table_info({quoted})").fetchall()
        shape = shapes.get(table)
        names = [
            (name, kind.upper() == "BOOLEAN")
            for _, name, kind, _, _, key in columns
            if name != shape and not (key and name.lower() in {"fid", "ogc_fid"})
        ]
        listed = ", ".join(_quoted(name) for name in [*(name for name, _ in names), shape] if name)
        # SQL takes no parameters in place of names: they are quoted, as SQLite asks.
        found = base.execute(f"SELECT {listed} FROM {quoted} ORDER BY rowid")  # noqa: S608
        yield _Layer(
            table,
            [name for name, _ in names],
            _package_rows(found, [flag for _, flag in names]),
            _package_crs(organisation, number, definition),
            shaped=shape is not None,
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _package_crs(organisation: str | None, number: int | None, definition: str | None) -> Any:
    if number is not None and number > 0 and (organisation or "").upper() == "EPSG":
        return f"EPSG:{number}"
    return None if "undefined" in (definition or "undefined").lower() else definition


def _package_rows(found: Iterable[Any], flags: list[bool]) -> Iterator[Row]:
    for row in found:
        values = [
            bool(value) if flag and value in (0, 1) else value
            for value, flag in zip(row, flags, strict=False)
        ]
        blob = row[-1] if len(row) > len(flags) else None
        yield values, _package_shape(blob)


def _package_shape(blob: bytes | None) -> bytes | None:
    """Return the WKB in a GeoPackage's geometry, which stands behind a header of its own."""
    if not blob or blob[:2] != b"GP":
        return None
    flags = blob[3]
    if flags & 0x10:  # empty
        return None
    return blob[8 + (0, 32, 48, 48, 64)[(flags >> 1) & 7] :]


def _geojson(path: str) -> Iterator[_Layer]:
    told = json.loads(Path(path).read_bytes().decode("utf-8-sig"))
    features = told["features"]
    names = list(dict.fromkeys(name for each in features for name in each["properties"] or {}))
    rows = (
        ([(each["properties"] or {}).get(name) for name in names], each.get("geometry"))
        for each in features
    )
    # Only a file that says so declares its CRS; the standard's silence is an assumption.
    crs = told.get("crs")
    said = crs["properties"]["name"] if crs else None
    yield _Layer("", names, rows, said or "OGC:CRS84", declared=crs is not None)


def _plain(cell: Any) -> Any:
    """Return a value as a cell."""
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else None
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False, default=str)
    if isinstance(cell, bytes) or cell == "":
        return None
    short = type(cell) is int and abs(cell) < _LONG
    return cell if short or cell is None or isinstance(cell, bool | str | dt.date) else str(cell)
