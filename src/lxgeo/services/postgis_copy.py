"""A query's answer as the cells of a sheet, by COPY: columns, and each value looked at once."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from lxgeo.ledger.sheets.column import Cells
from lxgeo.ledger.texts.arrow import Texts, joined

if TYPE_CHECKING:
    import psycopg

_PIECE = 1 << 22
"""Bytes that are parsed at a time."""
_FEW = 2
"""How often every value of a column stands in it, on an average, that is read value by value."""
_EXACT = 10**15
_DATES = ("date", "timestamp", "timestamptz")

Told = Callable[[list[pa.Table]], None]
"""Looks at what has come so far, and raises to end it."""


def asked_as(sql: Any, name: Any, kind: str) -> Any:
    """Return what asks for a column of a type, in a form that `cells_of` reads.

    Parameters
    ----------
    sql
        ``psycopg.sql``.
    name
        The column, composed and quoted.
    kind
        Its type's name in PostgreSQL.
    """
    if kind in _DATES:
        return sql.SQL("{}::date").format(name)
    if kind.startswith("_"):  # an array
        return sql.SQL("to_json({})").format(name)
    return name


def copied(
    connection: psycopg.Connection[Any], query: Any, width: int, look: Told
) -> list[pa.ChunkedArray]:
    """Return the columns of a query's answer as text; what is unknown is empty.

    Parameters
    ----------
    connection
        Open, in a transaction.
    query
        What to ask.
    width
        How many columns its answer has.
    look
        Called as pieces come.
    """
    from psycopg import sql

    connection.execute("SET LOCAL datestyle = 'ISO'")
    copy = sql.SQL("COPY ({}) TO STDOUT (FORMAT csv, ENCODING 'UTF8')").format(query)
    names = [str(number) for number in range(width)]
    tables = [pa.table({name: pa.array([], pa.string()) for name in names})]
    with connection.cursor().copy(copy) as stream:
        for piece in _pieces(stream):
            tables.append(_parsed(piece, names))
            look(tables)
    return list(pa.concat_tables(tables).columns)


def _pieces(stream: psycopg.Copy) -> Iterator[bytes]:
    """Yield whole rows, many at a time: a value with a line's end in it is never cut in two."""
    rows: list[bytes] = []
    size = 0
    for row in stream:
        rows.append(bytes(row))
        size += len(row)
        if size >= _PIECE:
            yield b"".join(rows)
            rows, size = [], 0
    if rows:
        yield b"".join(rows)


def _parsed(piece: bytes, names: list[str]) -> pa.Table:
    return pa.csv.read_csv(
        pa.BufferReader(piece),
        read_options=pa.csv.ReadOptions(
            use_threads=False, column_names=names, block_size=len(piece) + 1
        ),
        parse_options=pa.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )


def longest(table: pa.Table) -> int:
    """Return how many characters the longest value of some rows has."""
    return max((pc.max(pc.utf8_length(column)).as_py() or 0 for column in table.columns), default=0)


def cells_of(column: pa.ChunkedArray, kind: str) -> Cells:
    """Return a column as cells: numbers, dates, truth and text as what they are.

    Parameters
    ----------
    column
        Its values as text, as `copied` has them.
    kind
        Its type's name in PostgreSQL.
    """
    read = _READERS.get("json" if kind.startswith("_") else kind)
    if not _few(column):
        if read is None:
            return Cells(np.arange(len(column)), Texts(column.combine_chunks()))
        return Cells(np.arange(len(column)), [read(text) for text in column.to_pylist()])
    told = column.dictionary_encode().combine_chunks()
    texts = told.dictionary.to_pylist()
    values = [text or None for text in texts] if read is None else [read(text) for text in texts]
    return Cells(told.indices.to_numpy().astype(np.int64), values)


def numbers_of(column: pa.ChunkedArray) -> npt.NDArray[np.float64]:
    """Return a column of numbers, NaN where none is known, (rows,)."""
    told = (float(text) if text else math.nan for text in column.to_pylist())
    return np.fromiter(told, np.float64, len(column))


def _few(column: pa.ChunkedArray) -> bool:
    """Whether a column says the same few values again and again, as it begins."""
    first: pa.Array = next((each for each in column.chunks if len(each)), pa.array([], pa.string()))
    return len(pc.unique(first)) * _FEW <= len(first)


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _number(text: str) -> float | int | None:
    if not text:
        return None
    value = float(text)
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def _decimal(text: str) -> float | int | None:
    """Return a number that may have more digits than a float: whole ones keep all of them."""
    if not text:
        return None
    value = Decimal(text)
    if not value.is_finite():
        return None
    return _number(text) if value % 1 else int(value)


def _truth(text: str) -> bool | None:
    return {"t": True, "f": False}.get(text)


def _date(text: str) -> object:
    """Return a date; one that no calendar here has (infinity, before Christ) as it is written."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return text


def _json(text: str) -> object:
    if not text:
        return None
    value = json.loads(text)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float):
        return _number(str(value))
    return value or None if isinstance(value, str) else value


_READERS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("int2", "int4", "int8", "oid"), _whole),
    **dict.fromkeys(("float4", "float8"), _number),
    "numeric": _decimal,
    "bool": _truth,
    **dict.fromkeys(_DATES, _date),
    **dict.fromkeys(("json", "jsonb"), _json),
}
"""Type's name → what reads its text; all others are text."""


def below(names: Sequence[str], columns: Sequence[Cells]) -> list[Cells]:
    """Return columns below their headings."""
    return [
        Cells(np.append(0, cells.codes + 1), joined([name], cells.values))
        for name, cells in zip(names, columns, strict=True)
    ]
