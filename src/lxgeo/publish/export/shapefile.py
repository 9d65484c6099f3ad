"""Shapefiles in GB18030 that lose nothing: what does not fit is split or refused, never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from lxgeo.errors import InputError, Words
from lxgeo.publish.export.layer import Layer, arrow
from lxgeo.publish.export.reference import Reference
from lxgeo.publish.export.short_names import short_name

ENCODING = "GB18030"
"""Every character there is, two bytes for a usual Chinese one; stated in the ``.cpg``."""

_FIELD = 254  # bytes of a text field
_LONGEST = 8 * (_FIELD - 3)  # a character on the edge may leave three bytes of each unused
_GAP = " " * 100  # a text is never split at a space, so it may not be all spaces
_NAMED = 3
_DATED = "2000-01-01"  # a fixed day keeps the table's bytes the same


def write_shapefile(path: Path, layer: Layer, into: Reference) -> dict[str, str]:
    """Write a layer as ``.shp``, ``.shx``, ``.dbf``, ``.prj`` and ``.cpg``.

    Parameters
    ----------
    path
        Where the ``.shp`` goes.
    layer
        Its shapes already in that reference.
    into
        The reference, stated in the ``.prj``.

    Returns
    -------
    dict
        Field → the column it holds; a long text goes on in fields ending in ``_2``, ``_3`` …

    Raises
    ------
    InputError
        A text that the table would change: too long, or with a space at an end; two fields that
        would be named alike.
    """
    columns: dict[str, pd.Series] = {}
    held: dict[str, str] = {}
    told: dict[str, dict[str, str]] = {}
    faults: list[Words] = []
    for column in layer.table.columns:
        values = layer.frame[column.name]
        parts: Sequence[tuple[pd.Series, int]] = [(values, 0)]
        if column.kind == "text":
            faults += _faults(layer, values)
            parts = list(_parts(values))
        for number, (part, width) in enumerate(parts, start=1):
            field = short_name(column.name, number)
            faults += _alike(layer, field, held)
            columns[field], held[field] = part, column.name
            if width:
                told[field] = {"GDAL:OGR:width": str(width)}
    if faults:
        raise InputError(*faults)
    frame = gpd.GeoDataFrame(columns, geometry=layer.frame.geometry)
    pyogrio.write_arrow(
        arrow(frame, told),
        path,
        driver="ESRI Shapefile",
        geometry_name="geometry",
        geometry_type=layer.shape,
        crs=into.crs,
        encoding=ENCODING,
        layer_options={"DBF_DATE_LAST_UPDATE": _DATED},
    )
    return held


def _faults(layer: Layer, values: pd.Series) -> Iterator[Words]:
    """Yield what a text field can't hold as it stands, by the rows' keys."""
    # An empty text is blank there, as an unknown one is: neither says anything.
    known = values.dropna()
    edged = known[(known.str.strip(" ") != known) | known.str.contains(_GAP)]
    if len(edged):
        which = _rows(layer, edged)
        yield Words(
            f"图层 {layer.name} 的 {values.name} 有首尾空格，Shapefile 存不住：{which}；"
            "请导出 GeoPackage",
            f"layer {layer.name}: {values.name} has spaces at an end, which a Shapefile "
            f"loses: {which}; export a GeoPackage",
        )
    long = known[known.str.len() * 4 > _LONGEST]  # no character takes more than four bytes
    long = long[long.map(_bytes) > _LONGEST]
    if len(long):
        which = _rows(layer, long)
        yield Words(
            f"图层 {layer.name} 的 {values.name} 过长，Shapefile 放不下：{which}；"
            "请导出 GeoPackage",
            f"layer {layer.name}: {values.name} is too long for a Shapefile: {which}; "
            "export a GeoPackage",
        )


def _rows(layer: Layer, values: pd.Series) -> str:
    keys = layer.frame.loc[values.index[:_NAMED], layer.key].tolist()
    more = f" …（{len(values)}）" if len(values) > _NAMED else ""
    return "、".join(keys) + more


def _alike(layer: Layer, field: str, held: dict[str, str]) -> Iterator[Words]:
    if field.lower() in {each.lower() for each in held}:
        yield Words(
            f"图层 {layer.name} 有两个字段同名：{field}",
            f"layer {layer.name}: two fields are {field}",
        )


def _parts(values: pd.Series) -> Iterator[tuple[pd.Series, int]]:
    """Yield a text column as fields that hold it, each with its width in bytes."""
    # Texts repeat: each is measured once.
    codes, texts = pd.factorize(values)
    pieces = [_split(text) for text in texts]
    for number in range(max((len(each) for each in pieces), default=1)):
        column = [each[number] if number < len(each) else None for each in pieces]
        width = max((_bytes(each) for each in column if each is not None), default=1)
        known = pd.Series([*column, None], dtype="str")
        yield known.take(codes).set_axis(values.index), width


def _split(text: str) -> list[str]:
    """Return a text in pieces that each fit a field; none begins or ends with a space."""
    pieces, rest = [], text
    while _bytes(rest) > _FIELD:
        cut = len(rest.encode(ENCODING)[:_FIELD].decode(ENCODING, errors="ignore"))
        while cut > 1 and " " in rest[cut - 1 : cut + 1]:
            cut -= 1
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return [*pieces, rest]


def _bytes(text: str) -> int:
    return len(text.encode(ENCODING))
