"""A ledger that is a table of a PostGIS database: ``postgresql://user@host/db?table=schema.name``.

The password is best left to where PostgreSQL looks for it (``PGPASSWORD``, ``~/.pgpass``). Wherever
it stands, it is in no message and no output: places are told by `told_place`.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.sheet import Sheet
from lxgeo.services.database import Place, connected, failed, place_of

if TYPE_CHECKING:
    import psycopg

MOST_CELLS = 6_000_000
MOST_CHARACTERS = 32_767
STATEMENT_S = 120

_EXACT = 10**15
_OURS = ("lon", "lat", "datum")
_SHAPES = ("geometry", "geography")
_BATCH = 5_000
_LISTED = 40


def told_place(url: str) -> str:
    """Return a database URL as it may be shown and kept: without password and other settings."""
    return _place(url).told


def read_table(url: str) -> tuple[Sheet, ...]:
    """Return a table or view as a sheet: row 1 holds the columns' names, then a row a record.

    Records come in the order of the primary key, else of everything that they hold, so that the
    same table gives the same ledger. A column of points becomes ``lon`` and ``lat`` in WGS 84, with
    ``datum`` to declare it; other shapes are told and left without coordinates.

    Parameters
    ----------
    url
        ``postgresql://user@host:port/db?table=schema.name``, with whatever else PostgreSQL's own
        URLs may say.

    Raises
    ------
    LedgerError
        No table in the URL, no such table, no right to read it, or too much in it.
    ServiceError
        No connection, refused, lost, or too slow.
    """
    place = _place(url)
    with _reading(place) as connection:
        columns = _columns(connection, place)
        return (_sheet(connection, place, columns),)


def _place(url: str) -> Place:
    place = place_of(url, "table")
    if place is None:
        raise _no_place()
    return place


def _no_place() -> LedgerError:
    return LedgerError(
        Words(
            "数据库地址须写明一张表，如 postgresql://user@host/db?table=public.ledger",
            "a database URL names one table: postgresql://user@host/db?table=public.ledger",
        )
    )


@contextmanager
def _reading(place: Place) -> Iterator[psycopg.Connection[Any]]:
    """Open a connection that only reads, one moment of the table."""
    with connected(place) as connection:
        import psycopg

        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.execute(f"SET LOCAL statement_timeout = '{STATEMENT_S}s'")
        try:
            yield connection
        except psycopg.errors.InsufficientPrivilege:
            raise LedgerError(
                Words(
                    f"{place.told}：没有读取这张表的权限；请让数据库管理员授予 SELECT",
                    f"{place.told}: no right to read the table; ask its keeper to grant SELECT",
                )
            ) from None
        except psycopg.errors.QueryCanceled:
            raise failed(place, f"{STATEMENT_S} 秒内没有读完", "it was not read in time") from None
        connection.rollback()


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its name, its type, and whether the primary key holds it."""

    name: str
    kind: str
    key: bool


_FIND = """
SELECT a.attname, t.typname, coalesce(a.attnum = ANY(i.indkey), false), n.nspname, c.relname
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relkind = ANY('{r,v,m,p,f}') AND c.relname = %(table)s
  AND CASE WHEN %(schema)s = '' THEN pg_table_is_visible(c.oid) ELSE n.nspname = %(schema)s END
ORDER BY a.attnum
"""
_LIST = """
SELECT n.nspname || '.' || c.relname
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = ANY('{r,v,m,p,f}') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname NOT LIKE 'pg\\_%%' AND has_table_privilege(c.oid, 'SELECT')
ORDER BY 1
"""


def _columns(connection: psycopg.Connection[Any], place: Place) -> list[_Column]:
    wanted = {"table": place.table, "schema": place.schema}
    found = connection.execute(_FIND, wanted).fetchall()
    if not found:
        names = [name for (name,) in connection.execute(_LIST).fetchall()]
        more = f" …（共 {len(names)} 张）" if len(names) > _LISTED else ""
        listed = "、".join(names[:_LISTED]) + more or "（没有）"
        raise LedgerError(
            Words(
                f"{place.told}：没有这张表；现有：{listed}",
                f"{place.told}: no such table; there are: {listed}",
            )
        )
    return [_Column(name, kind, key) for name, kind, key, _, _ in found]


def _sheet(connection: psycopg.Connection[Any], place: Place, columns: Sequence[_Column]) -> Sheet:
    from psycopg import sql

    shape = next((each for each in columns if each.kind in _SHAPES), None)
    plain = [each for each in columns if each.kind not in (*_SHAPES, "bytea", "raster")]
    # Names are identifiers, composed and quoted by the driver; none is ever pasted into SQL.
    table = sql.Identifier(*filter(None, (place.schema, place.table)))
    listed = [sql.SQL("t.{}").format(sql.Identifier(each.name)) for each in plain]
    keys = [sql.SQL("t.{}").format(sql.Identifier(each.name)) for each in columns if each.key]
    query = sql.SQL("SELECT {} FROM {} AS t ORDER BY {}").format(
        sql.SQL(", ").join([*listed, *(_position(sql, shape) if shape else ())]),
        table,
        sql.SQL(", ").join(keys or [sql.Composed([sql.SQL('t::text COLLATE "C"')])]),
    )
    head = [_renamed(each.name) if shape else each.name for each in plain]
    rows: list[tuple[object, ...]] = [(*head, *(_OURS if shape else ()))]
    strange = unknown = 0
    with connection.cursor(name="lxgeo_ledger") as cursor:
        cursor.itersize = _BATCH
        cursor.execute(query)
        for record in cursor:
            values = tuple(_plain(value) for value in record[: len(plain)])
            if any(isinstance(value, str) and len(value) > MOST_CHARACTERS for value in values):
                raise _too_much(place)
            if shape:
                lon, lat, known, point = record[len(plain) :]
                strange += point is False
                unknown += point is True and not known
                datum = "wgs84" if known else "未知"
                values += (*_place_of(lon, lat), None if lon is None else datum)
            rows.append(values)
            if len(rows) * max(1, len(rows[0])) > MOST_CELLS:
                raise _too_much(place)
    name = ".".join(filter(None, (place.schema, place.table)))
    return Sheet(name, tuple(rows), notes=tuple(_notes(strange, unknown)))


def _renamed(name: str) -> str:
    """Return a column's name; an own column of coordinates gives way to the geometry's."""
    return f"原{name}" if name.lower() in _OURS else name


def _position(sql: Any, shape: _Column) -> list[Any]:
    """Return what asks for a point: lon and lat, whether its SRID is known, whether it is one."""
    column = sql.SQL("t.{}::geometry").format(sql.Identifier(shape.name))
    # One point in a bag is a point; SRID 0 is nobody's, and is handed on as it stands.
    point = sql.SQL("CASE WHEN ST_NumGeometries({0}) = 1 THEN ST_GeometryN({0}, 1) END").format(
        column
    )
    is_point = sql.SQL("ST_GeometryType({}) = 'ST_Point'").format(point)
    known = sql.SQL("ST_SRID({}) <> 0").format(column)
    moved = sql.SQL(
        "CASE WHEN {is_point} AND NOT ST_IsEmpty({column}) THEN "
        "CASE WHEN {known} THEN ST_Transform({point}, 4326) ELSE {point} END END"
    ).format(is_point=is_point, column=column, known=known, point=point)
    return [
        sql.SQL("ST_X({})").format(moved),
        sql.SQL("ST_Y({})").format(moved),
        known,
        sql.SQL("CASE WHEN {} IS NOT NULL THEN coalesce({}, false) END").format(column, is_point),
    ]


def _place_of(lon: float | None, lat: float | None) -> tuple[float | None, float | None]:
    if lon is None or lat is None or not (math.isfinite(lon) and math.isfinite(lat)):
        return None, None
    # A tenth of a millimetre: what lies beyond is the transformation's own noise.
    return round(lon, 9), round(lat, 9)


def _notes(strange: int, unknown: int) -> Iterator[Words]:
    if strange:
        yield Words(
            f"{strange} 个要素不是点，没有取坐标（面和线不能说明单位在哪里）",
            f"{strange} feature(s) are no points: their units are left without coordinates",
        )
    if unknown:
        yield Words(
            f"{unknown} 个点没有坐标参考系（SRID 0），坐标照录并标为未知；请在数据库中设定",
            f"{unknown} point(s) state no SRID: their coordinates are kept and flagged",
        )


def _too_much(place: Place) -> LedgerError:
    return LedgerError(
        Words(
            f"{place.told}：内容过多；请建一个只含台账各列的视图再读",
            f"{place.told}: it holds too much; make a view of the ledger's columns alone",
        )
    )


def _plain(value: object) -> object:
    """Return a value as a cell."""
    if isinstance(value, Decimal):
        value = float(value) if value % 1 else int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if value is None or isinstance(value, bool | int | dt.date):
        return value
    return str(value) or None
