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
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from lxgeo.errors import LedgerError, ServiceError, Words
from lxgeo.ledger.sheet import Sheet

if TYPE_CHECKING:
    import psycopg

MOST_CELLS = 6_000_000
MOST_CHARACTERS = 32_767
CONNECT_S = 10
STATEMENT_S = 120

_SCHEMES = ("postgresql", "postgres")
_EXACT = 10**15
_OURS = ("lon", "lat", "datum")
_SHAPES = ("geometry", "geography")
_BATCH = 5_000
_LISTED = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table is.

    Parameters
    ----------
    conninfo
        What to connect with: a URL, perhaps with a password. Never shown.
    schema, table
        The table; ``schema`` is empty where the search path decides.
    told
        The place as it may be shown: without a password.
    """

    conninfo: str
    schema: str
    table: str
    told: str

    def __repr__(self) -> str:
        return f"Place({self.told})"


def is_database(source: object) -> bool:
    """Return whether a ledger's source is a database URL and not a file."""
    return isinstance(source, str) and source.split("://", 1)[0].lower() in _SCHEMES


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
    with _connected(place) as connection:
        columns = _columns(connection, place)
        return (_sheet(connection, place, columns),)


def _place(url: str) -> Place:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _no_place() from None
    settings = parse_qsl(parts.query, keep_blank_values=True)
    named = [value for key, value in settings if key == "table"]
    host = parts.netloc.rpartition("@")[2]
    base = unquote(parts.path.lstrip("/"))
    if len(named) != 1 or not named[0] or not is_database(url):
        raise _no_place()
    schema, _, table = named[0].rpartition(".")
    rest = urlencode([pair for pair in settings if pair[0] != "table"], quote_via=quote)
    conninfo = urlunsplit(("postgresql", parts.netloc, parts.path, rest, ""))
    who = f"{parts.username}@" if parts.username else ""
    return Place(conninfo, schema, table, f"postgresql://{who}{host}/{base}?table={named[0]}")


def _no_place() -> LedgerError:
    return LedgerError(
        Words(
            "数据库地址须写明一张表，如 postgresql://user@host/db?table=public.ledger",
            "a database URL names one table: postgresql://user@host/db?table=public.ledger",
        )
    )


@contextmanager
def _connected(place: Place) -> Iterator[psycopg.Connection[Any]]:
    """Open a connection that only reads; turn the database's faults into ours."""
    try:
        import psycopg
    except ImportError as error:
        raise ServiceError(
            Words(
                "读取 PostGIS 需要先安装：pip install 'lxgeo[postgis]'",
                "reading PostGIS needs: pip install 'lxgeo[postgis]'",
            )
        ) from error
    try:
        # Nothing of the database's own message goes on: it may quote what it was given.
        # A server that falls silent is given up after half a minute.
        with psycopg.connect(
            place.conninfo,
            connect_timeout=CONNECT_S,
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=4,
        ) as connection:
            connection.read_only = True
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.execute(f"SET LOCAL statement_timeout = '{STATEMENT_S}s'")
            yield connection
            connection.rollback()
    except psycopg.errors.InsufficientPrivilege:
        raise LedgerError(
            Words(
                f"{place.told}：没有读取这张表的权限；请让数据库管理员授予 SELECT",
                f"{place.told}: no right to read the table; ask its keeper to grant SELECT",
            )
        ) from None
    except psycopg.errors.QueryCanceled:
        raise _failed(place, f"{STATEMENT_S} 秒内没有读完", "it was not read in time") from None
    except psycopg.ProgrammingError:
        raise _failed(place, "地址写法有误或不能执行查询", "its URL or query is refused") from None
    except psycopg.Error as error:
        raise _failed(place, *_reason(error)) from None


def _failed(place: Place, zh: str, en: str) -> ServiceError:
    return ServiceError(
        Words(
            f"{place.told}：{zh}；请核对地址、用户、密码（PGPASSWORD 或 ~/.pgpass）和网络后重试",
            f"{place.told}: {en}; check the address, user, password (PGPASSWORD or ~/.pgpass) "
            "and network, and run again",
        )
    )


def _reason(error: psycopg.Error) -> tuple[str, str]:
    """Return why there is no connection, as far as the database says so by a code or a word."""
    said = str(error).lower()
    for words, zh, en in (
        (("password", "no pg_hba.conf", "authentication"), "登录被拒绝", "login was refused"),
        (("role",), "没有这个用户", "no such user"),
        (("database",), "没有这个数据库", "no such database"),
        (("timeout", "timed out"), "连接超时", "no answer in time"),
        (
            ("refused", "could not translate", "resolve", "no such file"),
            "连接不上",
            "no connection",
        ),
    ):
        if any(word in said for word in words):
            return zh, en
    return "连接中断", "the connection failed"


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
