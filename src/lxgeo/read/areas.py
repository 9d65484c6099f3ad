"""A folder of areas: townships, parks, buildings and the rest, and the roads between them."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd

from lxgeo.errors import AreasError, Words
from lxgeo.model import AREA_LAYERS, Areas, Datum
from lxgeo.read.features import shaped
from lxgeo.read.layers import EXTENSIONS, find_files, read_layer
from lxgeo.read.roads import find_roads, read_roads
from lxgeo.tables import CRS, area_table

_LISTED_FILES = 20


def read_areas(
    folder: Path, *, datum: Datum | None = None, without_townships: bool = False
) -> Areas:
    """Return a district's areas.

    Each layer is ``LAYER.geojson``, ``.parquet``, ``.gpkg`` or ``.shp`` (the first of these is
    read, told); roads are ``roads*.graphml`` and ``roads*.osm``. Other files are left alone.

    Parameters
    ----------
    folder
        Where the files are.
    datum
        What the layers' coordinates are really in, where a person declared it. Roads come from
        OpenStreetMap and are WGS 84.
    without_townships
        Whether a folder without any township will do.

    Returns
    -------
    Areas
        Every layer of `lxgeo.model.AREA_LAYERS` in its schema and EPSG:4326; those that the folder
        lacks are empty.

    Raises
    ------
    AreasError
        No such folder, no townships, a layer without a CRS, one that can't be read. All at once.
    """
    folder = Path(folder)
    faults: list[Words] = _folder_faults(folder)
    if faults:
        raise AreasError(*faults)
    layers: dict[str, gpd.GeoDataFrame] = {}
    notes: list[str] = []
    for name in AREA_LAYERS:
        try:
            layers[name], told = _layer(folder, name, datum)
        except AreasError as error:
            faults += error.faults
        else:
            notes += told
    try:
        roads, told = read_roads(folder)
    except AreasError as error:
        faults += error.faults
    else:
        notes += told
    if "townships" in layers and layers["townships"].empty and not without_townships:
        faults.append(_no_townships(folder))
    if faults:
        raise AreasError(*faults)
    return Areas(layers, roads, tuple(notes))


def area_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder that `read_areas` reads, sorted by name."""
    firsts = (files[0] for name in AREA_LAYERS if (files := find_files(folder, name)))
    return tuple(sorted([*firsts, *find_roads(folder)]))


def _folder_faults(folder: Path) -> list[Words]:
    if folder.is_dir():
        return []
    return [
        Words(
            f"找不到区域数据文件夹：{folder}；请用 --areas 指明放有 townships 图层的文件夹",
            f"no such folder of areas: {folder}; name the one that holds townships with --areas",
        )
    ]


def _layer(
    folder: Path, name: str, datum: Datum | None
) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    files = find_files(folder, name)
    if not files:
        return area_table(name).shaped(gpd.GeoDataFrame(geometry=[], crs=CRS)), ()
    first, *others = files
    layer = read_layer(name, first, datum)
    table, notes = shaped(layer)
    told = [f"{name}：读取 {first.name}，未读 {other.name}" for other in others]
    return table, (*told, *layer.notes, *notes)


def _no_townships(folder: Path) -> Words:
    files = sorted(path.name for path in folder.iterdir() if path.is_file())
    more = f" …（共 {len(files)} 个）" if len(files) > _LISTED_FILES else ""
    listed = "、".join(files[:_LISTED_FILES]) + more or "（空）"
    forms = "、".join(f"townships{extension}" for extension in EXTENSIONS)
    return Words(
        f"{folder} 中没有可用的乡镇（街道）面图层；现有文件：{listed}；请放入其中之一：{forms}",
        f"{folder} has no usable layer of townships; it holds: {listed}; put in one of: {forms}",
    )
