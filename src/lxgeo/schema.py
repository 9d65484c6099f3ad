"""What a column and a table are: one declaration shapes a frame, checks it and heads it.

The tables themselves stand in `lxgeo.tables`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

import geopandas as gpd
import pandas as pd

from lxgeo.errors import TableError, Words
from lxgeo.model import Reason

CRS = "EPSG:4326"
"""CRS of every table at every boundary; metric only inside a function."""

_ROWS_SHOWN = 5

Kind = Literal["text", "integer", "number", "flag", "reason", "reasons"]

DTYPE: dict[str, Any] = {
    "text": "str",
    "integer": "Int64",
    "number": "float64",
    "flag": "boolean",
    "reason": "object",
    "reasons": "object",
}
"""Kind of column → dtype in a frame."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name, zh
        Name in code and files, and its heading for people.
    kind
        What it holds.
    needed
        Whether a missing value is a fault.
    unit
        Unit of measure, where it has one.
    values
        The only values allowed, where they are a closed list.
    low, high
        Least and greatest value allowed.
    unique
        Whether a repeated value is a fault.
    """

    name: str
    zh: str
    kind: Kind = "text"
    needed: bool = False
    unit: str = ""
    values: type[StrEnum] | None = None
    low: float | None = None
    high: float | None = None
    unique: bool = False

    def faults(self, values: pd.Series) -> Iterable[str]:
        """Yield what is wrong with a column's values, by row number from 1."""
        known = values.notna()
        if self.needed and not known.all():
            yield f"is empty in row(s) {_rows(~known)}"
        if self.kind in {"reason", "reasons"}:
            # Rows share what they hold: each is looked at once.
            held = {id(value): value for value in values.tolist()}
            odd_ones = {key for key, value in held.items() if not self._holds_reasons(value)}
            if odd_ones and (wrong := known & values.map(id).isin(odd_ones)).any():
                yield f"holds no {self.kind} in row(s) {_rows(wrong)}"
            return
        if self.unique and not values.is_unique and (again := known & values.duplicated()).any():
            yield f"repeats a value in row(s) {_rows(again)}"
        if self.values is not None:
            allowed = {str(value) for value in self.values}
            if (odd := known & ~values.isin(allowed)).any():
                yield f"is none of {', '.join(sorted(allowed))} in row(s) {_rows(odd)}"
        if self.low is not None and (below := known & (values < self.low).fillna(False)).any():
            yield f"is below {self.low:g} in row(s) {_rows(below)}"
        if self.high is not None and (above := known & (values > self.high).fillna(False)).any():
            yield f"is above {self.high:g} in row(s) {_rows(above)}"

    def _holds_reasons(self, value: object) -> bool:
        if self.kind == "reason":
            return isinstance(value, Reason)
        return isinstance(value, tuple) and all(isinstance(each, Reason) for each in value)


def _rows(faulty: pd.Series) -> str:
    numbers = [str(i + 1) for i, bad in enumerate(faulty) if bad]
    shown, more = numbers[:_ROWS_SHOWN], len(numbers) - _ROWS_SHOWN
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True)
class Table:
    """A table's schema.

    Parameters
    ----------
    name
        Its name in error messages.
    columns
        Its columns, in order; a table in memory may hold more.
    geometry
        Allowed geometry types; empty for a table without geometry.
    """

    name: str
    columns: tuple[Column, ...]
    geometry: frozenset[str] = frozenset()

    @property
    def names(self) -> list[str]:
        """Column names in order, geometry not among them."""
        return [column.name for column in self.columns]

    def shaped(self, frame: pd.DataFrame) -> Any:
        """Return the frame with this table's columns, in order and of their kinds.

        Columns that are missing come empty; columns that the table does not know are dropped.
        """
        shaped = {}
        for column in self.columns:
            if column.name in frame:
                values = frame[column.name]
            elif column.kind == "reasons":
                values = pd.Series([()] * len(frame), index=frame.index, dtype=object)
            else:
                values = pd.Series(None, index=frame.index, dtype=DTYPE[column.kind])
            shaped[column.name] = values.astype(DTYPE[column.kind])
        result = pd.DataFrame(shaped, index=frame.index)
        if not self.geometry:
            return result
        return gpd.GeoDataFrame(result, geometry=gpd.GeoSeries(frame["geometry"], crs=CRS))

    def check(self, frame: pd.DataFrame) -> None:
        """Raise one error that tells everything wrong with a table.

        Raises
        ------
        TableError
            Missing columns, wrong kinds, values out of range, repeats, or another CRS.
        """
        faults = [f"column '{name}' is missing" for name in self.names if name not in frame]
        for column in self.columns:
            if column.name not in frame:
                continue
            values = frame[column.name]
            if str(values.dtype) != str(pd.Series(dtype=DTYPE[column.kind]).dtype):
                faults.append(f"column '{column.name}' is {values.dtype}, not {column.kind}")
                continue
            faults += [f"column '{column.name}' {fault}" for fault in column.faults(values)]
        faults += self._geometry_faults(frame)
        if faults:
            told = [f"table '{self.name}': {len(faults)} problem(s)", *faults]
            text = "\n  - ".join(told)
            raise TableError(Words(zh=text, en=text))

    def _geometry_faults(self, frame: pd.DataFrame) -> Iterable[str]:
        if not self.geometry:
            return
        if not isinstance(frame, gpd.GeoDataFrame):
            yield "has no geometry"
            return
        if frame.crs is None or frame.crs != CRS:
            yield f"CRS should be {CRS}, is {frame.crs}; use .to_crs('{CRS}')"
        odd = set(frame.geometry.dropna().geom_type) - self.geometry
        if odd:
            wanted = "/".join(sorted(self.geometry))
            yield f"geometry should be {wanted}, has {', '.join(sorted(odd))}"
