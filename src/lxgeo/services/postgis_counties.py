"""A table that holds the ledgers of many counties: ``postgresql://…?table=ledger&county=县代码``.

The second setting names the column that tells a unit's county. What there is, is listed in one
question; then each county's rows come by themselves, by COPY, into a file on this machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from lxgeo.errors import InputError, LedgerError, Words
from lxgeo.services.database import Place, place_of
from lxgeo.services.postgis import (
    OURS,
    Column,
    columns_in,
    notes_of,
    order_of,
    position,
    reading,
    renamed,
    table_in,
    told_apart,
)
from lxgeo.services.postgis_copy import asked_as

if TYPE_CHECKING:
    import psycopg

SETTING = "county"
_ROW_BYTES = 200
"""How large a unit's row is taken to be, to plan the largest counties first."""


@dataclass(frozen=True)
class TablePart:
    """One county's rows of a table.

    Parameters
    ----------
    county
        What the table's column says.
    place
        The table; it may hold a password, and is never shown.
    column
        The column that tells the county.
    rows
        How many rows it has.
    """

    county: str
    place: Place = field(repr=False)
    column: str
    rows: int

    @property
    def files(self) -> tuple[str, ...]:
        """What its rows are called among a county's inputs."""
        return (f"{self.place.table}.csv",)

    @property
    def bytes(self) -> int:
        """How large it is, roughly."""
        return self.rows * _ROW_BYTES

    def here(self, into: Path) -> tuple[Path, ...]:
        """Return its rows as a file on this machine: ``INTO/ledger.csv``.

        Parameters
        ----------
        into
            Made where it is missing.

        Raises
        ------
        LedgerError
            No such table any more, or no right to read it.
        InputError
            The file can't be written.
        ServiceError
            No connection, refused, lost, or too slow.
        """
        path = into / "ledger.csv"
        try:
            into.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file, reading(self.place) as connection:
                connection.execute("SET LOCAL datestyle = 'ISO'")
                with connection.cursor().copy(_county(connection, self)) as stream:
                    file.writelines(stream)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise InputError(
                Words(f"不能写入 {path}（{why}）", f"can't write {path} ({why})")
            ) from error
        return (path,)


@dataclass(frozen=True)
class TableCounties:
    """The counties of a table.

    Parameters
    ----------
    parts
        County → its rows, in order of name.
    notes
        What a person should know.
    """

    parts: dict[str, TablePart]
    notes: tuple[Words, ...] = ()


def counties_in_table(url: str) -> TableCounties:
    """Return which counties a table holds.

    Parameters
    ----------
    url
        ``postgresql://user@host:port/db?table=schema.name&county=COLUMN``.

    Raises
    ------
    LedgerError
        No table or no column in the URL, none of that name, rows without a county, no right to
        read it.
    ServiceError
        No connection, refused, lost, or too slow.
    """
    place, column = _asked(url)
    with reading(place) as connection:
        columns = columns_in(connection, place)
        if column not in {each.name for each in columns}:
            raise _no_column(place, column, columns)
        counted = _counted(connection, place, column, columns)
    unknown = sum(rows for county, rows, _, _ in counted if not county.strip())
    if unknown:
        raise LedgerError(
            Words(
                f"{place.told}：{unknown} 行的 {column} 列为空，不知属于哪个县；请先补全",
                f"{place.told}: {unknown} row(s) have no {column}: say which county they are of",
            )
        )
    parts = {county: TablePart(county, place, column, rows) for county, rows, _, _ in counted}
    strange = sum(count for _, _, count, _ in counted)
    nameless = sum(count for _, _, _, count in counted)
    return TableCounties(dict(sorted(parts.items())), tuple(notes_of(strange, nameless)))


def _asked(url: str) -> tuple[Place, str]:
    """Return the table that a URL names, and the column that tells counties."""
    parts = urlsplit(url)
    settings = parse_qsl(parts.query, keep_blank_values=True)
    columns = [value for key, value in settings if key == SETTING and value]
    rest = urlencode([pair for pair in settings if pair[0] != SETTING], quote_via=quote)
    place = place_of(urlunsplit(parts._replace(query=rest)), "table")
    if place is None or len(columns) != 1:
        raise LedgerError(
            Words(
                "数据库按县测算须写明一张表和说明县的一列，如 "
                "postgresql://user@host/db?table=public.ledger&county=县代码",
                "a database is planned by county from one table and the column that tells it: "
                "postgresql://user@host/db?table=public.ledger&county=COLUMN",
            )
        )
    return place, columns[0]


def table_name(url: str) -> str:
    """Return the name of the table that a URL with a column of counties means."""
    return _asked(url)[0].table


def _no_column(place: Place, column: str, columns: Sequence[Column]) -> LedgerError:
    listed = "、".join(each.name for each in columns)
    return LedgerError(
        Words(
            f"{place.told}：没有 {column} 这一列；现有：{listed}",
            f"{place.told}: no column {column}; there are: {listed}",
        )
    )


def _counted(
    connection: psycopg.Connection[Any], place: Place, column: str, columns: Sequence[Column]
) -> list[tuple[str, int, int, int]]:
    """Return of each county its rows, its shapes that are no points, its points without SRID."""
    from psycopg import sql

    shape, _ = told_apart(columns)
    strange: sql.Composable = sql.SQL("false")
    nameless: sql.Composable = sql.SQL("false")
    if shape is not None:
        _, _, known, point = position(sql, shape)
        strange = sql.SQL("({}) = false").format(point)
        nameless = sql.SQL("({}) = true AND NOT ({})").format(point, known)
    query = sql.SQL(
        "SELECT coalesce(t.{}::text, ''), count(*), count(*) FILTER (WHERE {}), "
        "count(*) FILTER (WHERE {}) FROM {} AS t GROUP BY 1"
    ).format(sql.Identifier(column), strange, nameless, table_in(sql, place))
    return connection.execute(query).fetchall()


def _county(connection: psycopg.Connection[Any], part: TablePart) -> Any:
    """Return what copies a county's rows out, below the columns' names."""
    from psycopg import sql

    columns = columns_in(connection, part.place)
    listed = sql.SQL(", ").join(_listed(sql, columns))
    query = sql.SQL("SELECT {} FROM {} AS t WHERE t.{} = {} ORDER BY {}").format(
        listed,
        table_in(sql, part.place),
        sql.Identifier(part.column),
        sql.Literal(part.county),
        order_of(sql, columns),
    )
    return sql.SQL("COPY ({}) TO STDOUT (FORMAT csv, HEADER, ENCODING 'UTF8')").format(query)


def _listed(sql: Any, columns: Sequence[Column]) -> Iterator[Any]:
    """Yield the columns as a ledger's file has them: yes and no in words, points as degrees."""
    shape, plain = told_apart(columns)
    for each in plain:
        name = sql.SQL("t.{}").format(sql.Identifier(each.name))
        value = asked_as(sql, name, each.kind)
        if each.kind == "bool":
            value = sql.SQL("CASE WHEN {0} THEN '是' WHEN NOT {0} THEN '否' END").format(name)
        head = renamed(each.name) if shape else each.name
        yield sql.SQL("{} AS {}").format(value, sql.Identifier(head))
    if shape is not None:
        lon, lat, known, _ = position(sql, shape)
        datum = sql.SQL(
            "CASE WHEN ({}) IS NOT NULL THEN CASE WHEN {} THEN 'wgs84' ELSE '未知' END END"
        ).format(lon, known)
        degrees = (sql.SQL("round(({})::numeric, 9)").format(each) for each in (lon, lat))
        for head, value in zip(OURS, (*degrees, datum), strict=True):
            yield sql.SQL("{} AS {}").format(value, sql.Identifier(head))
