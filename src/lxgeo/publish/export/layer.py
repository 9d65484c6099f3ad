"""A layer on its way out: what a run holds, and what it is called in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from lxgeo.schema import Table
from lxgeo.tables import BRANCHES, HULLS, LINKS, UNITS, area_table

Shape: TypeAlias = Literal["Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]


@dataclass(frozen=True)
class Layer:
    """One layer: rows with one kind of shape.

    Parameters
    ----------
    name
        What it is called, such as ``units``.
    table
        Its schema: columns, their kinds and headings.
    frame
        Its rows: the columns of ``table``, and shapes of one kind or None.
    shape
        The kind of its shapes.
    """

    name: str
    table: Table
    frame: gpd.GeoDataFrame
    shape: Shape

    @property
    def key(self) -> str:
        """The column that names a row, the same from run to run."""
        names = self.table.names
        return next(each for each in ("unit_id", "branch_id", "id") if each in names)

    @property
    def unplaced(self) -> int:
        """How many rows have no shape."""
        return int(self.frame.geometry.isna().sum())


_SHAPES: Mapping[str, tuple[Table, Shape]] = MappingProxyType(
    {
        "units": (UNITS, "Point"),
        "branches": (BRANCHES, "Point"),
        "links": (LINKS, "LineString"),
        "hulls": (HULLS, "Polygon"),
    }
)
_LINES = "barriers"
_POINTS, _POLYGONS = "_points", "_polygons"


def layers_of(frames: Mapping[str, gpd.GeoDataFrame]) -> list[Layer]:
    """Return a run's tables as layers.

    Parameters
    ----------
    frames
        Layer → rows: ``units``, ``branches``, ``links``, ``hulls``, and layers of areas, whose
        other shapes stand in layers of their own (``buildings_points``, ``barriers_polygons``).
    """
    return [_layer(name, frame) for name, frame in frames.items()]


def _layer(name: str, frame: gpd.GeoDataFrame) -> Layer:
    if name in _SHAPES:
        return Layer(name, _SHAPES[name][0], frame, _SHAPES[name][1])
    area = area_table(name.removesuffix(_POINTS).removesuffix(_POLYGONS))
    if name.endswith(_POINTS):
        return Layer(name, area, frame, "Point")
    return Layer(name, area, frame, "MultiLineString" if name == _LINES else "MultiPolygon")


def arrow(frame: pd.DataFrame, fields: dict[str, dict[str, str]]) -> pa.Table:
    """Return a layer's rows as an Arrow table, shapes as WKB in ``geometry``.

    Parameters
    ----------
    frame
        The rows.
    fields
        Column → what its file's driver is told about it, such as ``GDAL:OGR:width``.
    """
    if isinstance(frame, gpd.GeoDataFrame):
        table = pa.table(frame.to_arrow(index=False, geometry_encoding="WKB"))
    else:
        table = pa.Table.from_pandas(frame, preserve_index=False)
    told = [
        each.with_metadata(fields[each.name]) if each.name in fields else each
        for each in table.schema
    ]
    return table.cast(pa.schema(told))
