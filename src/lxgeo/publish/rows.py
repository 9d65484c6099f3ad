"""Tables as they leave the house: text that every format can hold, figures rounded once.

CSV, GeoJSON, GeoPackage and the workbook are all written from what stands here, so that they
never disagree with each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from lxgeo.geo.metric import DIGITS
from lxgeo.tables import Table

Cell: TypeAlias = str | int | float | bool | None
"""A plain value; None where it is unknown."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 or UTF-8 can't carry; tab, line feed and carriage return can stay."""


def plain(text: str) -> str:
    """Return a text without the characters that no file format carries, such as NUL."""
    return _UNWRITABLE.sub("", text)


def plain_cell(value: Cell) -> Cell:
    """Return a cell's value; of a text, what `plain` leaves of it."""
    return plain(value) if isinstance(value, str) else value


def published(frame: pd.DataFrame, table: Table) -> Any:
    """Return a table in its contract columns, ready for any file.

    Parameters
    ----------
    frame
        A table that holds at least the columns of ``table``; EPSG:4326 where it has geometry.
    table
        Its schema.

    Returns
    -------
    DataFrame or GeoDataFrame
        Metres to 2 decimals (halves up), ``lon`` and ``lat`` to 7, text without characters that
        can't be written; geometry as it is.
    """
    shaped = table.shaped(frame)
    for column in table.columns:
        values = shaped[column.name]
        if column.kind == "text":
            shaped[column.name] = _plain_texts(values)
        elif column.unit == "m":
            shaped[column.name] = np.floor(values * 100 + 0.5) / 100
        elif column.name in {"lon", "lat"}:
            shaped[column.name] = values.round(DIGITS)
    return shaped


def cells(frame: pd.DataFrame, names: Iterable[str]) -> Iterator[tuple[Cell, ...]]:
    """Yield a table's rows as plain values, in the order of the names given."""
    columns = [values_of(frame[name]) for name in names]
    return zip(*columns, strict=True)


def _plain_texts(values: pd.Series) -> pd.Series:
    """Return texts without what can't be written; a column is looked through as a whole first."""
    texts = values_of(values)
    if not _UNWRITABLE.search("".join(each for each in texts if isinstance(each, str))):
        return values
    said = [plain(each) if isinstance(each, str) else None for each in texts]
    return pd.Series(said, index=values.index, dtype="str")


def values_of(values: pd.Series) -> list[Cell]:
    """Return a column as plain values; None where they are unknown."""
    column: Any = values  # its stubs know no missing value of objects
    found: list[Cell] = column.to_numpy(dtype=object, na_value=None).tolist()
    return found
