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

_REASONS_ZH = {"reason": "一条理由", "reasons": "一组理由"}

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

    def faults(self, values: pd.Series | None) -> Iterable[Words]:
        """Yield what is wrong with a column's values, by row number from 1.

        ``None`` stands for the values of a column that the table lacks.
        """
        if values is None:
            yield self._fault("缺失", "is missing")
            return
        wanted = pd.Series(dtype=DTYPE[self.kind]).dtype
        if str(values.dtype) != str(wanted):
            yield self._fault(
                f"的类型是 {values.dtype}，应为 {wanted}", f"is {values.dtype}, not {wanted}"
            )
            return
        known = values.notna()
        if self.needed and not known.all():
            yield self._fault("为空", "is empty", ~known)
        if self.kind in _REASONS_ZH:
            odd = self._odd_reasons(values)
            if odd and (wrong := known & values.map(id).isin(odd)).any():
                yield self._fault(f"不是{_REASONS_ZH[self.kind]}", f"holds no {self.kind}", wrong)
            return
        yield from self._value_faults(values, known)

    def _value_faults(self, values: pd.Series, known: pd.Series) -> Iterable[Words]:
        if self.unique and not values.is_unique and (again := known & values.duplicated()).any():
            yield self._fault("与前面的行重复", "repeats a value", again)
        if self.values is not None:
            allowed = sorted(str(value) for value in self.values)
            if (odd := known & ~values.isin(allowed)).any():
                zh, en = "、".join(allowed), ", ".join(allowed)
                yield self._fault(f"不是 {zh} 之一", f"is none of {en}", odd)
        if self.low is not None and (below := known & (values < self.low).fillna(False)).any():
            yield self._fault(f"小于 {self.low:g}", f"is below {self.low:g}", below)
        if self.high is not None and (above := known & (values > self.high).fillna(False)).any():
            yield self._fault(f"大于 {self.high:g}", f"is above {self.high:g}", above)

    def _fault(self, zh: str, en: str, rows: pd.Series | None = None) -> Words:
        """Return what is wrong, with the column's name and the rows where it is so."""
        zh_rows, en_rows = ("", "") if rows is None else _numbered(rows)
        return Words(
            zh=f"“{self.name}”列（{self.zh}）{zh_rows}{zh}",
            en=f"column '{self.name}' {en}{en_rows}",
        )

    def _odd_reasons(self, values: pd.Series) -> set[int]:
        # Rows share what they hold: each is looked at once, known by its id.
        held = {id(value): value for value in values.tolist()}
        return {key for key, value in held.items() if not self._is_reasons(value)}

    def _is_reasons(self, value: object) -> bool:
        if self.kind == "reason":
            return isinstance(value, Reason)
        return isinstance(value, tuple) and all(isinstance(each, Reason) for each in value)


def _numbered(rows: pd.Series) -> tuple[str, str]:
    """Return the marked rows by number, the first few of them, in both languages."""
    numbers = [str(i + 1) for i, marked in enumerate(rows) if marked]
    shown, more = numbers[:_ROWS_SHOWN], len(numbers) - _ROWS_SHOWN
    return (
        f"第 {'、'.join(shown)} 行" + (f"等 {len(numbers)} 行" if more > 0 else ""),
        f" in row(s) {', '.join(shown)}" + (f" and {more} more" if more > 0 else ""),
    )


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
        """Raise one error that tells everything wrong with a table, a fault each.

        Raises
        ------
        TableError
            Missing columns, wrong kinds, values out of range, repeats, or another CRS.
        """
        faults = [
            fault for column in self.columns for fault in column.faults(frame.get(column.name))
        ]
        faults += self._geometry_faults(frame)
        if faults:
            raise TableError(
                *(
                    Words(zh=f"表 {self.name}：{fault.zh}", en=f"table {self.name}: {fault.en}")
                    for fault in faults
                )
            )

    def _geometry_faults(self, frame: pd.DataFrame) -> Iterable[Words]:
        if not self.geometry:
            return
        if not isinstance(frame, gpd.GeoDataFrame) or frame.active_geometry_name is None:
            yield Words(zh="缺少图形（geometry）", en="it has no geometry")
            return
        if frame.crs is None or frame.crs != CRS:
            cure = f".set_crs('{CRS}')" if frame.crs is None else f".to_crs('{CRS}')"
            yield Words(
                zh=f"坐标系应为 {CRS}，现为 {frame.crs or '未注明'}，请用 {cure}",
                en=f"CRS should be {CRS}, is {frame.crs or 'unknown'}; use {cure}",
            )
        odd = set(frame.geometry.dropna().geom_type) - self.geometry
        if odd:
            wanted, has = sorted(self.geometry), sorted(odd)
            yield Words(
                zh=f"图形应为 {'、'.join(wanted)}，却有 {'、'.join(has)}",
                en=f"geometry should be {'/'.join(wanted)}, has {', '.join(has)}",
            )
