"""Where the coordinates of an export are counted from: WGS 84, another CRS, or shifted GCJ-02."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from lxgeo.errors import InputError, Words
from lxgeo.geo.datum import from_wgs84
from lxgeo.geo.metric import metric_crs
from lxgeo.model import Datum
from lxgeo.publish.export.layer import Layer
from lxgeo.tables import CRS as WGS84

AUTO = "auto"
"""Asks for the CGCS2000 three-degree zone in which the units lie."""

_CODE = re.compile(r"(?:EPSG:)?(\d{4,6})", re.IGNORECASE)
_GCJ02 = "GCJ-02"
_GCJ02_WKT = """
GEOGCRS["GCJ-02 (shifted, not WGS 84)",
  DATUM["GCJ-02 (shifted)", ELLIPSOID["WGS 84", 6378137, 298.257223563]],
  CS[ellipsoidal, 2], AXIS["longitude", east], AXIS["latitude", north],
  ANGLEUNIT["degree", 0.0174532925199433]]
"""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where coordinates are counted from.

    Parameters
    ----------
    name
        As it is told: ``EPSG:4547``, or ``GCJ-02``.
    crs
        As a file states it.
    """

    name: str
    crs: str

    @property
    def shifted(self) -> bool:
        """Whether this is GCJ-02, which no GIS can undo."""
        return self.name == _GCJ02

    @property
    def epsg(self) -> int:
        """Its EPSG code."""
        return int(self.crs.removeprefix("EPSG:"))

    @property
    def told(self) -> Words:
        """The reference for people."""
        if self.shifted:
            return Words(f"{_GCJ02}（已偏移，不是 WGS 84）", f"{_GCJ02} (shifted, not WGS 84)")
        said = f"{self.name} {CRS.from_user_input(self.crs).name}"
        return Words(said, said)


GCJ02 = Reference(_GCJ02, _GCJ02_WKT)
PLAIN = Reference(WGS84, WGS84)


def reference(asked: str | None, layers: Sequence[Layer]) -> Reference:
    """Return the reference that was asked for.

    Parameters
    ----------
    asked
        ``EPSG:4490``, ``4490``, `AUTO`, or None for WGS 84.
    layers
        What is exported: its units' longitudes choose the zone.

    Raises
    ------
    InputError
        No code, an unknown one, or one that is no flat or geographic CRS.
    """
    if asked is None:
        return PLAIN
    if asked.strip().lower() == AUTO:
        code = metric_crs(_middle(layers))
    elif (found := _CODE.fullmatch(asked.strip())) is None:
        raise _unknown(asked)
    else:
        code = f"EPSG:{found[1]}"
    try:
        crs = CRS.from_user_input(code)
    except CRSError as error:
        raise _unknown(asked) from error
    if len(crs.axis_info) != 2 or not (crs.is_geographic or crs.is_projected):  # noqa: PLR2004
        raise _unknown(asked)
    return Reference(code, code)


def _unknown(asked: str) -> InputError:
    return InputError(
        Words(
            zh=f"坐标系 {asked!a} 不能用；请写 EPSG 代码（如 EPSG:4490、EPSG:4547、EPSG:3857），"
            "或写 auto 按经度选取国家 2000 三度带",
            en=f"can't use the CRS {asked!a}; give an EPSG code (EPSG:4490, EPSG:4547, "
            "EPSG:3857), or auto for the CGCS2000 three-degree zone by longitude",
        )
    )


def _middle(layers: Sequence[Layer]) -> float:
    """Return the middle longitude of the first layer that has any shape."""
    for layer in layers:
        placed = layer.frame.geometry.dropna()
        if len(placed):
            bounds = placed.bounds
            return float(((bounds["minx"] + bounds["maxx"]) / 2).median())
    raise InputError(
        Words(
            "没有一个单位有坐标，不能按经度选取坐标系；请写明 --crs",
            "no unit has a position, so no zone can be chosen; name one with --crs",
        )
    )


def moved(layer: Layer, into: Reference) -> Layer:
    """Return a layer with its shapes in another reference.

    Raises
    ------
    InputError
        A shape lies where that CRS can't show it.
    """
    if into == PLAIN:
        return layer
    shapes = (
        _shifted(layer.frame.geometry) if into.shifted else layer.frame.geometry.to_crs(into.crs)
    )
    lost = ~np.isfinite(shapes.bounds.to_numpy()).all(axis=1) & shapes.notna().to_numpy()
    if lost.any():
        which = "、".join(layer.frame.loc[lost, layer.key].head(5))
        raise InputError(
            Words(
                f"图层 {layer.name} 有 {int(lost.sum())} 个要素不在 {into.name} 的范围内：{which}",
                f"layer {layer.name}: {int(lost.sum())} shape(s) lie beyond {into.name}: {which}",
            )
        )
    return replace(layer, frame=layer.frame.set_geometry(shapes, crs=shapes.crs))


def _shifted(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    def shift(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = from_wgs84(points[:, 0], points[:, 1], Datum.GCJ02)
        return np.column_stack([lon, lat])

    there = shapely.transform(shapes.to_numpy(), shift)
    return gpd.GeoSeries(there, index=shapes.index, crs=_GCJ02_WKT)


def outside(layers: Sequence[Layer], into: Reference) -> Words | None:
    """Return a warning where shapes lie beyond the area that a CRS is meant for.

    Parameters
    ----------
    layers
        In WGS 84.
    into
        The CRS asked for.
    """
    area = None if into.shifted else CRS.from_user_input(into.crs).area_of_use
    bounds = [layer.frame.total_bounds for layer in layers if layer.frame.geometry.notna().any()]
    if area is None or not bounds:
        return None
    west, south, _, _ = np.min(bounds, axis=0)
    _, _, east, north = np.max(bounds, axis=0)
    if area.west <= west and east <= area.east and area.south <= south and north <= area.north:
        return None
    return Words(
        f"部分要素在 {into.name} 的适用范围（经度 {area.west:g}–{area.east:g}，"
        f"纬度 {area.south:g}–{area.north:g}）之外，变形较大；可用 --crs auto 按经度选带",
        f"some shapes lie outside the area {into.name} is meant for (longitude {area.west:g} to "
        f"{area.east:g}, latitude {area.south:g} to {area.north:g}); --crs auto picks the zone",
    )
