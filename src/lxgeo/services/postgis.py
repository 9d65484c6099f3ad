"""A ledger that is a table of a PostGIS database: ``postgresql://user@host/db?table=schema.name``.

The password is best left to where PostgreSQL looks for it (``PGPASSWORD``, ``~/.pgpass``). Wherever
it stands, it is in no message and no output: places are told by `told_place`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.sheets.column import Cells, Rows
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.services.database import Place, connected, failed, place_of
from lxgeo.services.postgis_copy import asked_as, below, cells_of, copied, longest, numbers_of

if TYPE_CHECKING:
    import psycopg

MOST_CELLS = 40_000_000
"""More than a million units of thirty columns; a province is read county by county."""
MOST_CHARACTERS = 32_767
STATEMENT_S = 900
"""How long a whole table may take to come over."""

OURS = ("lon", "lat", "datum")
SHAPES = ("geometry", "geography")
_LISTED = 40
_ASKED = 4
"""How many columns ask for a place."""


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
    with reading(place) as connection:
        columns = columns_in(connection, place)
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
def reading(place: Place) -> Iterator[psycopg.Connection[Any]]:
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
class Column:
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


def columns_in(connection: psycopg.Connection[Any], place: Place) -> list[Column]:
    """Return a table's columns in their order.

    Raises
    ------
    LedgerError
        No such table: those that there are, are told.
    """
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
    return [Column(name, kind, key) for name, kind, key, _, _ in found]


def _sheet(connection: psycopg.Connection[Any], place: Place, columns: Sequence[Column]) -> Sheet:
    from psycopg import sql

    shape, plain = told_apart(columns)
    named = {each.name: sql.SQL("t.{}").format(sql.Identifier(each.name)) for each in columns}
    listed = [asked_as(sql, named[each.name], each.kind) for each in plain]
    query = sql.SQL("SELECT {} FROM {} AS t ORDER BY {}").format(
        sql.SQL(", ").join([*listed, *(position(sql, shape) if shape else ())]),
        table_in(sql, place),
        order_of(sql, columns),
    )
    head = [renamed(each.name) if shape else each.name for each in plain]
    width = len(plain) + (len(OURS) if shape else 0)

    def look(tables: Sequence[pa.Table]) -> None:
        rows = 1 + sum(map(len, tables))
        if rows * max(1, width) > MOST_CELLS or longest(tables[-1]) > MOST_CHARACTERS:
            raise _too_much(place)

    came = copied(connection, query, len(plain) + (_ASKED if shape else 0), look)
    cells = [cells_of(came.pop(0), each.kind) for each in plain]
    notes: Iterator[Words] = iter(())
    if shape:
        head += OURS
        cells += _placed(*came[:3])
        strange = pc.sum(pc.equal(came[3], "f")).as_py() or 0
        unknown = pc.sum(pc.and_(pc.equal(came[3], "t"), pc.not_equal(came[2], "t"))).as_py() or 0
        notes = notes_of(strange, unknown)
    name = ".".join(filter(None, (place.schema, place.table)))
    return Sheet(name, Rows(below(head, cells)), notes=tuple(notes))


def _placed(lon: pa.ChunkedArray, lat: pa.ChunkedArray, known: pa.ChunkedArray) -> list[Cells]:
    """Return the cells of ``lon``, ``lat`` and ``datum``."""
    east, north = numbers_of(lon), numbers_of(lat)
    there = (np.isfinite(east) & np.isfinite(north)).tolist()
    said = {"t": "wgs84"}
    datum = (
        said.get(each, "未知") if text else None
        for text, each in zip(lon.to_pylist(), known.to_pylist(), strict=True)
    )
    return [*(_degrees(each, there) for each in (east, north)), Cells.of(datum)]


def _degrees(numbers: npt.NDArray[np.float64], there: list[bool]) -> Cells:
    # A tenth of a millimetre: what lies beyond is the transformation's own noise.
    told = zip(numbers.tolist(), there, strict=True)
    return Cells(np.arange(len(there)), [round(each, 9) if known else None for each, known in told])


def told_apart(columns: Sequence[Column]) -> tuple[Column | None, list[Column]]:
    """Return the column of shapes, and those whose values can stand in a cell."""
    shape = next((each for each in columns if each.kind in SHAPES), None)
    return shape, [each for each in columns if each.kind not in (*SHAPES, "bytea", "raster")]


def table_in(sql: Any, place: Place) -> Any:
    """Return the table; a name is an identifier that the driver quotes, never pasted into SQL."""
    return sql.Identifier(*filter(None, (place.schema, place.table)))


def order_of(sql: Any, columns: Sequence[Column]) -> Any:
    """Return what rows are ordered by: the primary key, else everything that they hold."""
    keys = [sql.SQL("t.{}").format(sql.Identifier(each.name)) for each in columns if each.key]
    return sql.SQL(", ").join(keys or [sql.SQL('t::text COLLATE "C"')])


def renamed(name: str) -> str:
    """Return a column's name; an own column of coordinates gives way to the geometry's."""
    return f"原{name}" if name.lower() in OURS else name


def position(sql: Any, shape: Column) -> list[Any]:
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


def notes_of(strange: int, unknown: int) -> Iterator[Words]:
    """Yield what there is to say of shapes that are no points, and of points without SRID."""
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
