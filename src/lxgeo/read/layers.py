"""One layer's file as a table in EPSG:4326, its geometry sound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyogrio
import pyogrio.errors
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import ProjError

from lxgeo.errors import AreasError, Words
from lxgeo.geo.datum import to_wgs84
from lxgeo.model import Datum
from lxgeo.tables import CRS, area_table

EXTENSIONS = (".geojson", ".parquet", ".gpkg", ".shp")
"""Of two files of one layer the first of these is read."""

_CONVERTED = frozenset({Datum.GCJ02, Datum.BD09})
_POINTS = frozenset({"Point"})


@dataclass(frozen=True)
class Layer:
    """A layer as read.

    Parameters
    ----------
    name, path
        Which layer, from which file.
    table
        The file's own columns; geometry valid, two-dimensional, in EPSG:4326, of allowed types.
    notes
        What was decided while reading.
    """

    name: str
    path: Path
    table: gpd.GeoDataFrame
    notes: tuple[str, ...]


def find_files(folder: Path, layer: str) -> list[Path]:
    """Return a layer's files in a folder, the one to read first."""
    paths = (folder / f"{layer}{extension}" for extension in EXTENSIONS)
    return [path for path in paths if path.is_file()]


def read_layer(name: str, path: Path, datum: Datum | None) -> Layer:
    """Return a layer from its file.

    Parameters
    ----------
    name, path
        Which layer, and its file.
    datum
        What its coordinates are really in, where a person declared it: GCJ-02 and BD-09 are undone.

    Raises
    ------
    AreasError
        Not readable, no geometry, or no CRS.
    """
    raw, notes = _opened(name, path)
    table = in_degrees(path, raw, datum)
    if datum in _CONVERTED:
        notes.append(f"{path.name}：坐标按 {datum} 转为 WGS 84")
    table, mended = _sound(name, path, table)
    return Layer(name, path, table, (*notes, *mended))


def in_degrees(path: Path, raw: gpd.GeoDataFrame, datum: Datum | None) -> gpd.GeoDataFrame:
    """Return a file's features in EPSG:4326, two-dimensional.

    Parameters
    ----------
    path
        The file, to be named in errors.
    raw
        Its features in the CRS that it states.
    datum
        What its coordinates are really in, where a person declared it: GCJ-02 and BD-09 are undone.

    Raises
    ------
    AreasError
        It states no CRS, or one that does not lead to longitude and latitude.
    """
    if raw.crs is None or raw.crs.name.lower().startswith("undefined"):
        raise AreasError(
            Words(
                f"{path.name}：没有坐标参考系（CRS）；请在 GIS 中设定（如 EPSG:4490）后重新导出",
                f"{path.name}: states no CRS; set it in a GIS (EPSG:4490, say) and export again",
            )
        )
    try:
        table = raw.to_crs(CRS)
    except ProjError as error:
        raise AreasError(
            Words(
                f"{path.name}：坐标参考系 {raw.crs.name} 无法转换为经纬度；请换用 EPSG:4490 等导出",
                f"{path.name}: its CRS {raw.crs.name} does not lead to longitude and latitude",
            )
        ) from error
    table = table.set_geometry(shapely.force_2d(table.geometry.array), crs=CRS)
    if datum in _CONVERTED:
        table = table.set_geometry(_undone(table.geometry, datum), crs=CRS)
    return table


def _opened(name: str, path: Path) -> tuple[gpd.GeoDataFrame, list[str]]:
    inside = layers_inside(path)
    if len(inside) <= 1:
        return open_layer(path), []
    chosen = name if name in inside else inside[0]
    notes = [f"{path.name}：含 {len(inside)} 个图层，读取“{chosen}”"]
    return open_layer(path, chosen), notes


def layers_inside(path: Path) -> list[str]:
    """Return a GeoPackage's layers that have shapes; none of a file that is one layer itself.

    Raises
    ------
    AreasError
        Not readable.
    """
    if path.suffix != ".gpkg":
        return []
    try:
        return [str(each) for each, kind in pyogrio.list_layers(path) if kind is not None]
    except (pyogrio.errors.DataSourceError, OSError) as error:
        raise AreasError(_unreadable(path)) from error


def open_layer(path: Path, layer: str | None = None) -> gpd.GeoDataFrame:
    """Return a file's features as they stand there.

    Parameters
    ----------
    path
        GeoParquet, GeoPackage, GeoJSON or shapefile.
    layer
        Which of a GeoPackage's layers.

    Raises
    ------
    AreasError
        Not readable, or without geometry.
    """
    try:
        if path.suffix == ".parquet":
            raw = gpd.read_parquet(path)
        else:
            raw = gpd.read_file(path, layer=layer) if layer else gpd.read_file(path)
    except (
        *(pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pa.ArrowInvalid),
        *(ValueError, IndexError, UnicodeDecodeError, OSError),
    ) as error:
        raise AreasError(_unreadable(path)) from error
    if not isinstance(raw, gpd.GeoDataFrame):
        raise AreasError(_unreadable(path))
    return raw


def _unreadable(path: Path) -> Words:
    return Words(
        f"{path.name}：读不出空间图层；请在 GIS 软件中打开核对，重新导出",
        f"{path.name}: holds no layer that can be read; open it in a GIS and export it again",
    )


def _undone(geometry: gpd.GeoSeries, datum: Datum) -> Any:
    """Return shapes with every vertex brought from the declared datum to WGS 84."""

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(to_wgs84(points[:, 0], points[:, 1], datum))

    return shapely.transform(geometry.array, move)


def _sound(name: str, path: Path, table: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return the features that the layer can hold, mended where they were invalid."""
    notes = []
    invalid = table.geometry.notna() & ~table.geometry.is_valid
    if invalid.any():
        notes.append(f"{path.name}：{invalid.sum()} 个要素的几何无效，已修复")
        table = table.set_geometry(table.geometry.where(~invalid, table.geometry.make_valid()))
    allowed = area_table(name).geometry
    fitted = table.set_geometry([_fit(each, allowed) for each in table.geometry], crs=CRS)
    kept = fitted[fitted.geometry.notna()].reset_index(drop=True)
    if len(kept) < len(table):
        left = len(table) - len(kept)
        notes.append(
            f"{path.name}：{left} 个要素没有可用的几何（应为 {'、'.join(sorted(allowed))}），未读"
        )
    return kept, notes


def _fit(shape: shapely.Geometry | None, allowed: frozenset[str]) -> shapely.Geometry | None:
    """Return a shape as one of the allowed types; None where it can't be one.

    Of a collection (what mending may leave) the parts of an allowed kind are kept; an area stands
    for a point by a point inside it where the layer holds points only.
    """
    if shape is None or shape.is_empty:
        return None
    if shape.geom_type in allowed:
        return shape
    if allowed == _POINTS:
        return shape.representative_point()
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in allowed]
    if not parts:
        return None
    together = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    return together if together.geom_type in allowed else None
