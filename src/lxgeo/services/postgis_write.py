"""A plan's layers as tables of a PostGIS database: all of them, or none.

``postgresql://user@host/db?schema=name`` says where; the schema is made where it is missing, and is
``lxgeo`` where none is named. Tables that an earlier export wrote are replaced; others are kept.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import geopandas as gpd
import pyarrow as pa
import pyarrow.csv
import shapely

from lxgeo.errors import InputError, Words
from lxgeo.schema import Table
from lxgeo.services.database import Place, connected, failed, place_of

if TYPE_CHECKING:
    import psycopg

SCHEMA = "lxgeo"
GEOMETRY = "geom"
PART = "county"
"""The column that tells which part a row is of, where there are many."""
WAIT_S = 30
"""How long to wait for programs that are reading the tables to be replaced."""

_MARK = "lxgeo 导出："  # begins the comment on every table of ours
_TYPES = {"text": "text", "integer": "bigint", "number": "double precision", "flag": "boolean"}
_REFERENCES = (
    ("units", "branch_id", "branches"),
    ("links", "unit_id", "units"),
    ("links", "branch_id", "branches"),
    ("hulls", "branch_id", "branches"),
)
"""Table, its column, and the table whose key that column holds."""


class Layer(Protocol):
    """What is written as one table."""

    @property
    def name(self) -> str:
        """What the table is called."""
        ...

    @property
    def table(self) -> Table:
        """Its columns."""
        ...

    @property
    def frame(self) -> gpd.GeoDataFrame:
        """Its rows, in the CRS that is written."""
        ...

    @property
    def shape(self) -> str:
        """The kind of its shapes."""
        ...

    @property
    def key(self) -> str:
        """The column that names a row."""
        ...


@dataclass(frozen=True)
class Stored:
    """What stands in the database now.

    Parameters
    ----------
    place
        Where, without a password.
    counts
        Table → rows.
    """

    place: str
    counts: dict[str, int]


def write_tables(url: str, layers: Sequence[Layer], srid: int) -> Stored:
    """Write layers as tables with keys, references, a spatial index and comments in Chinese.

    Parameters
    ----------
    url
        ``postgresql://user@host:port/db?schema=name``.
    layers
        What to write; names of tables and columns are theirs.
    srid
        The EPSG code that their shapes are in.

    Returns
    -------
    Stored

    Raises
    ------
    InputError
        A table of that name stands there that is no export of ours, or others are built on it;
        the database does not know the CRS or has no PostGIS.
    ServiceError
        No connection, refused, lost, or busy: nothing was changed.
    """
    place = _place(url)
    with _writing(place) as connection:
        _check(connection, place, srid)
        _make_room(connection, place, [layer.name for layer in layers])
        for layer in layers:
            _create(connection, place, layer, srid)
            _fill(connection, place, layer, srid)
        _bind(connection, place, {layer.name: layer for layer in layers})
    return Stored(place.told, {layer.name: len(layer.frame) for layer in layers})


def write_parts(
    url: str, parts: Iterable[tuple[str, Sequence[Layer]]], srid: int, names: Sequence[str]
) -> Stored:
    """Write the layers of many parts (counties) into one set of tables, part by part.

    Each table has a column `PART` besides its own, and so have its keys and references. One part
    is held in memory at a time; all of them are written, or none.

    Parameters
    ----------
    url
        As `write_tables`.
    parts
        What each part is called, and its layers.
    srid
        The EPSG code that their shapes are in.
    names
        What all tables may be called: one of these that is no export of ours is kept, and told.

    Raises
    ------
    InputError, ServiceError
        As `write_tables`.
    """
    place = _place(url)
    counts: dict[str, int] = {}
    there: dict[str, Layer] = {}
    with _writing(place) as connection:
        _check(connection, place, srid)
        _make_room(connection, place, list(names))
        for part, layers in parts:
            for layer in layers:
                if layer.name not in there:
                    _create(connection, place, layer, srid, PART)
                    there[layer.name] = layer
                _fill(connection, place, layer, srid, part)
                counts[layer.name] = counts.get(layer.name, 0) + len(layer.frame)
        _bind(connection, place, there, PART)
    return Stored(place.told, counts)


def _place(url: str) -> Place:
    asked = url if "schema=" in url else f"{url}{'&' if '?' in url else '?'}schema={SCHEMA}"
    place = place_of(asked, "schema")
    if place is None:
        raise InputError(
            Words(
                "数据库地址应如 postgresql://user@host/db?schema=lxgeo",
                "a database URL is like postgresql://user@host/db?schema=lxgeo",
            )
        )
    return place


@contextmanager
def _writing(place: Place) -> Iterator[psycopg.Connection[Any]]:
    """Open a connection; all that is done in the block happens at once, or not at all."""
    with connected(place) as connection:
        import psycopg

        try:
            connection.execute(f"SET LOCAL lock_timeout = '{WAIT_S}s'")
            yield connection
            connection.commit()
        except psycopg.errors.InsufficientPrivilege:
            raise _refused(
                place,
                "没有建表的权限；请让数据库管理员授予 CREATE",
                "no right to make tables; ask its keeper to grant CREATE",
            ) from None
        except psycopg.errors.DependentObjectsStillExist:
            raise _refused(
                place,
                "有视图等建立在原有的表上；请先删除它们，或用 ?schema= 换一个模式",
                "views are built on the tables there: drop them, or name another ?schema=",
            ) from None
        except psycopg.IntegrityError as error:
            table = error.diag.table_name
            raise _refused(
                place,
                f"{table} 中有重复的编号，或指向不存在的行；请先运行 lxgeo verify",
                f"{table} holds a repeated id or points at no row; run lxgeo verify",
            ) from None
        except psycopg.errors.LockNotAvailable:
            raise failed(
                place, f"原有的表正被占用，等了 {WAIT_S} 秒", "its tables are in use"
            ) from None


def _refused(place: Place, zh: str, en: str) -> InputError:
    return InputError(Words(f"{place.told}：{zh}", f"{place.told}: {en}"))


def _check(connection: psycopg.Connection[Any], place: Place, srid: int) -> None:
    found = connection.execute("SELECT 1 FROM pg_extension WHERE extname = 'postgis'").fetchone()
    if found is None:
        raise _refused(
            place,
            "数据库没有启用 PostGIS；请让管理员执行 CREATE EXTENSION postgis",
            "PostGIS is not enabled there; ask its keeper for CREATE EXTENSION postgis",
        )
    known = connection.execute("SELECT 1 FROM spatial_ref_sys WHERE srid = %s", [srid]).fetchone()
    if known is None:
        raise _refused(place, f"数据库不认识坐标系 {srid}", f"the CRS {srid} is unknown there")


_STANDING = """
SELECT c.relname, coalesce(obj_description(c.oid, 'pg_class'), '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND c.relkind = ANY('{r,v,m,p,f}')
ORDER BY 1
"""


def _make_room(connection: psycopg.Connection[Any], place: Place, names: list[str]) -> None:
    """Make the schema, and drop all that an earlier export wrote there."""
    from psycopg import sql

    connection.execute(
        sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(place.schema))
    )
    standing = dict(connection.execute(_STANDING, [place.schema]).fetchall())
    ours = [name for name, comment in standing.items() if comment.startswith(_MARK)]
    if foreign := [name for name in names if name in standing and name not in ours]:
        raise _refused(
            place,
            f"已有同名的表 {'、'.join(foreign)}，不是本软件写的，不会覆盖；"
            "请用 ?schema= 换一个模式",
            f"the tables {', '.join(foreign)} are not ours and are kept; name another ?schema=",
        )
    if ours:
        tables = sql.SQL(", ").join(sql.Identifier(place.schema, name) for name in ours)
        connection.execute(sql.SQL("DROP TABLE {}").format(tables))


def _create(
    connection: psycopg.Connection[Any], place: Place, layer: Layer, srid: int, part: str = ""
) -> None:
    from psycopg import sql

    table = sql.Identifier(place.schema, layer.name)
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(each.name), sql.SQL(_TYPES[each.kind]))
        for each in layer.table.columns
    ]
    if part:
        columns.insert(0, sql.SQL("{} text").format(sql.Identifier(part)))
    shape = sql.SQL("{} geometry({}, {})").format(
        sql.Identifier(GEOMETRY), sql.SQL(_shape(layer)), sql.Literal(srid)
    )
    connection.execute(
        sql.SQL("CREATE TABLE {} ({})").format(table, sql.SQL(", ").join([*columns, shape]))
    )
    said = sql.SQL("COMMENT ON TABLE {} IS {}")
    about = f"{_MARK}{layer.name}；测算建议，以党委审批为准"
    connection.execute(said.format(table, sql.Literal(about)))
    if part:
        column = sql.Identifier(place.schema, layer.name, part)
        connection.execute(sql.SQL("COMMENT ON COLUMN {} IS '县'").format(column))
    for each in layer.table.columns:
        column = sql.Identifier(place.schema, layer.name, each.name)
        about = f"{each.zh}（{each.unit}）" if each.unit else each.zh
        connection.execute(sql.SQL("COMMENT ON COLUMN {} IS {}").format(column, sql.Literal(about)))


def _shape(layer: Layer) -> str:
    shapes = {"Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}
    return next(each for each in sorted(shapes) if each == layer.shape)


def _fill(
    connection: psycopg.Connection[Any], place: Place, layer: Layer, srid: int, part: str = ""
) -> None:
    from psycopg import sql

    held = [*([PART] if part else []), *layer.table.names, GEOMETRY]
    names = sql.SQL(", ").join(map(sql.Identifier, held))
    table = sql.Identifier(place.schema, layer.name)
    copy = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, ENCODING 'UTF8')").format(table, names)
    with connection.cursor().copy(copy) as stream:
        for piece in _pieces(layer, srid, part):
            stream.write(piece)


_ROWS = 20_000


def _pieces(layer: Layer, srid: int, part: str = "") -> Iterator[bytes]:
    """Yield the rows as CSV: unknown values are bare, every other one is in quotes."""
    shapes = shapely.set_srid(layer.frame.geometry.to_numpy(), srid)
    rows = pa.Table.from_pandas(layer.frame[layer.table.names], preserve_index=False)
    rows = rows.append_column(
        GEOMETRY, pa.array(shapely.to_wkb(shapes, hex=True, include_srid=True))
    )
    if part:
        rows = rows.add_column(0, PART, pa.repeat(part, len(rows)))
    options = pa.csv.WriteOptions(include_header=False, quoting_style="all_valid")
    for start in range(0, len(rows), _ROWS):
        sink = io.BytesIO()
        pa.csv.write_csv(rows.slice(start, _ROWS), sink, options)
        yield sink.getvalue()


def _bind(
    connection: psycopg.Connection[Any], place: Place, layers: dict[str, Layer], part: str = ""
) -> None:
    """Add keys, references and indexes, and tell the planner how the tables are filled."""
    from psycopg import sql

    def keyed(column: str) -> sql.Composed:
        return sql.SQL(", ").join(map(sql.Identifier, filter(None, (part, column))))

    for name, layer in layers.items():
        table = sql.Identifier(place.schema, name)
        shape, key = sql.Identifier(GEOMETRY), keyed(layer.key)
        connection.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(table, key))
        connection.execute(sql.SQL("CREATE INDEX ON {} USING gist ({})").format(table, shape))
    for name, column, other in _bound(layers):
        table, known = (sql.Identifier(place.schema, each) for each in (name, other))
        held = keyed(column)
        reference = sql.SQL("ALTER TABLE {} ADD FOREIGN KEY ({}) REFERENCES {}")
        connection.execute(reference.format(table, held, known))
        if column != layers[name].key:
            connection.execute(sql.SQL("CREATE INDEX ON {} ({})").format(table, held))
    for name in layers:
        connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(place.schema, name)))


def _bound(layers: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    there = set(layers)
    return (each for each in _REFERENCES if {each[0], each[2]} <= there)
