"""What a gazetteer from outside adds: places, doors, roads."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from lxgeo.geo import project
from lxgeo.geo.metric import DIGITS
from lxgeo.locate.extent import held_by, in_metres
from lxgeo.locate.names import fold, split_tail
from lxgeo.locate.numbers import HouseNumber, read_number
from lxgeo.locate.places import Layer, Place
from lxgeo.locate.standing import Standing, parts_of_points

SAME_M = 150.0
"""Places of one name no farther apart are one place."""
_WIDE_M = 200.0
"""A shape of a greater radius is no building: a unit in it may be anywhere."""
_POINT, _LINE, _POLYGON = range(3)
_AT_M = 1.0

_STOP = re.compile(
    r"公交|地铁|轻轨|站台|道路|交叉|bus_?stop|highway|junction|platform|subway|railway"
)
_DIVISION = re.compile(
    r"省|地级|区县|乡镇|街道$|行政|town(ship)?$|subdistrict|suburb|borough|county|district|boundary"
)
_VILLAGE = re.compile(r"^(?:行政|自然)?村|社区|居委会|村委会|village|hamlet|neighbourhood|quarter")
_PARK = re.compile(r"园区|开发区|产业园|工业园|industrial|^park$")
_VILLAGE_NAME = re.compile(r".+(?:村|社区|村委会|居委会|村民委员会|居民委员会)$")
_DIVISION_NAME = re.compile(
    r".+(?:街道|街道办事处|镇|乡|[^小社园校厂景城街]区|县|[^超夜集门菜]市)$"
)
_ROAD_NAME = re.compile(
    r".+(?:路|街|大道|大街|公路|巷|弄|胡同|桥|隧道|[国省县乡]道)(?:[东西南北中]段)?$"
)
_WIDE_NAME = re.compile(
    r".+(?:园区|[业技创流件]园|开发区|高新区|保税区|集中区|工业区|产业区|产业基地|大学|学院|校区|小区"
    r"|新村|家园|花园|苑|商城|市场|产业城|数码城)"
)
_NUMBER_ONLY = re.compile(r"(?:.*[路街道巷弄])?[0-9A-Z#,.()-]*号?(?:[楼栋幢座院])?")


class Sited(NamedTuple):
    """A row with a house number: the place of it, where it has a name, and where it stands."""

    road: str
    number: HouseNumber
    place: Place | None
    x: float
    y: float
    lon: float
    lat: float


@dataclass(frozen=True)
class Listed:
    """What a gazetteer lists.

    Parameters
    ----------
    standing
        Buildings, parks and villages; their address is parsed where no column names the road.
    aliases
        Of each of them, folded and parted by commas.
    sited
        Rows whose columns name a road and a number.
    addresses
        Rows without a name whose address is still to be parsed: address, and where it stands.
    lines
        Folded name of a road → its lines, degrees.
    """

    standing: tuple[Standing, ...] = ()
    aliases: tuple[str, ...] = ()
    sited: tuple[Sited, ...] = ()
    addresses: tuple[tuple[str, Sited], ...] = ()
    lines: Mapping[str, Any] = field(default_factory=dict)


def list_places(table: gpd.GeoDataFrame, townships: gpd.GeoDataFrame, crs: str) -> Listed:
    """Return what a gazetteer lists.

    Parameters
    ----------
    table
        `lxgeo.tables.GAZETTEER`. Rows outside all townships and rows without a geometry go; so do
        divisions, whose point says nothing, and stops that are called like a road.
    townships
        The townships layer.
    crs
        The district's metric CRS.
    """
    table = table[table.geometry.notna() & ~table.geometry.is_empty]
    shapes = table.geometry.to_numpy()
    lines = _lines(table, shapes)
    table = table[shapely.get_dimensions(shapes) != _LINE]
    shapes = table.geometry.to_numpy()
    points = np.where(shapely.get_type_id(shapes) == 0, shapes, shapely.point_on_surface(shapes))
    lon, lat = np.round(shapely.get_x(points), DIGITS), np.round(shapely.get_y(points), DIGITS)
    inside = held_by(lon, lat, townships) >= 0
    table, shapes, lon, lat = table[inside], shapes[inside], lon[inside], lat[inside]
    return _listed(table, shapes, (lon, lat), townships, crs, lines)


def _lines(table: gpd.GeoDataFrame, shapes: NDArray[Any]) -> dict[str, Any]:
    """Return the roads: rows that are lines and have a name."""
    found: dict[str, list[Any]] = {}
    rows = np.flatnonzero(shapely.get_dimensions(shapes) == _LINE)
    names = table["name"].fillna(table["road"]).fillna("").to_numpy(dtype=object)
    for i in rows.tolist():
        if name := fold(names[i]):
            found.setdefault(name, []).append(shapes[i])
    return {name: shapely.union_all(each) for name, each in found.items()}


def _listed(
    table: gpd.GeoDataFrame,
    shapes: NDArray[Any],
    lonlat: tuple[NDArray[np.float64], NDArray[np.float64]],
    townships: gpd.GeoDataFrame,
    crs: str,
    lines: Mapping[str, Any],
) -> Listed:
    lon, lat = lonlat
    x, y = project(lon, lat, crs)
    inside = parts_of_points(lon, lat, townships)
    solid = shapely.get_dimensions(shapes) == _POLYGON
    wide = shapely.minimum_bounding_radius(in_metres(shapes, crs)) > _WIDE_M
    texts = {name: _folded(table, name) for name in _TEXTS}
    standing: list[Standing] = []
    aliases: list[str] = []
    sited: list[Sited] = []
    addresses: list[tuple[str, Sited]] = []
    again = _again(texts["name"], x, y)
    for i in range(len(table)):
        row = _Row(**{name: column[i] for name, column in texts.items()})
        number = read_number(row.house_number) if row.house_number else None
        layer = None if i in again else row.layer(wide=bool(wide[i]))
        place = None
        if layer is not None:
            place = Place(
                layer,
                f"~{i:07d}",
                row.name,
                parts=inside[i],
                point=(float(lon[i]), float(lat[i])),
                metres=(float(x[i]), float(y[i])),
                tail=split_tail(row.name)[1],
                road=row.road or None,
                ours=False,
                solid=bool(solid[i]),
            )
            standing.append(Standing(place, row.address))
            aliases.append(row.aliases)
        place = place if layer is Layer.BUILDINGS else None
        at = (float(x[i]), float(y[i]), float(lon[i]), float(lat[i]))
        if row.road and number:
            sited.append(Sited(row.road, number, place, *at))
        elif row.address and layer in {None, Layer.BUILDINGS}:
            addresses.append((row.address, Sited("", HouseNumber(0), place, *at)))
    return Listed(tuple(standing), tuple(aliases), tuple(sited), tuple(addresses), lines)


_TEXTS = ("name", "aliases", "kind", "road", "house_number", "address")


class _Row(NamedTuple):
    """A row's texts, folded."""

    name: str
    aliases: str
    kind: str
    road: str
    house_number: str
    address: str

    def layer(self, *, wide: bool) -> Layer | None:
        """Return what kind of place the row's name stands for; None where it is none to find.

        A campus or an estate is no building, whether its whole shape is known or one point of it.
        """
        kind, name = self.kind.lower(), self.name
        numbered = bool(self.house_number)
        if not name or _NUMBER_ONLY.fullmatch(name) or _STOP.search(kind):
            return None
        if _VILLAGE.search(kind) or (not numbered and _VILLAGE_NAME.fullmatch(name)):
            return Layer.VILLAGES
        if _DIVISION.search(kind) or _DIVISION_NAME.fullmatch(name) or _ROAD_NAME.fullmatch(name):
            return None
        wide = wide or bool(_PARK.search(kind)) or bool(_WIDE_NAME.fullmatch(name))
        return Layer.PARKS if wide else Layer.BUILDINGS


def _folded(table: gpd.GeoDataFrame, column: str) -> list[str]:
    return [fold(text) for text in table[column].fillna("").tolist()]


def _again(names: list[str], x: NDArray[np.float64], y: NDArray[np.float64]) -> frozenset[int]:
    """Return the rows whose name stands close by already."""
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    again = []
    for i, name in enumerate(names):
        if not name:
            continue
        here = float(x[i]), float(y[i])
        east, north = int(here[0] // SAME_M), int(here[1] // SAME_M)
        around = [(name, east + k // 3 - 1, north + k % 3 - 1) for k in range(9)]
        if any(near(here, seen.get(cell, ())) for cell in around):
            again.append(i)
        else:
            seen.setdefault((name, east, north), []).append(here)
    return frozenset(again)


def near(here: tuple[float, float], others: Iterable[tuple[float, float]]) -> bool:
    """Return whether one of some places, in metres, is the same place as here."""
    return any(math.dist(here, other) <= SAME_M for other in others)


def homes_of(points: NDArray[Any], buildings: gpd.GeoDataFrame, crs: str) -> NDArray[np.int64]:
    """Return for each point, in metres, the row of the building whose footprint holds it; -1."""
    home = np.full(len(points), -1)
    solid = np.flatnonzero(shapely.get_dimensions(buildings.geometry.to_numpy()) == _POLYGON)
    if len(solid) and len(points):
        tree = shapely.STRtree(in_metres(buildings.geometry.to_numpy()[solid], crs))
        which, where = tree.query(points, predicate="dwithin", distance=_AT_M)
        home[which[::-1]] = solid[where[::-1]]
    return home
