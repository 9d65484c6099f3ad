"""A run's layers as they stand in its GeoPackage, for exports: every row, exact values."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from lxgeo.errors import RunError, Words
from lxgeo.model import AREA_LAYERS
from lxgeo.read.run import check_complete
from lxgeo.tables import BRANCHES, HULLS, LINKS, UNITS, Table, area_table

_TABLES = {"units": UNITS, "branches": BRANCHES, "links": LINKS, "hulls": HULLS}
APART = ("_points", "_polygons")
"""What the names of layers end in that hold an areas layer's other shapes, one kind each."""


def read_layers(folder: Path) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of a finished run: name → rows in the kinds of its table, EPSG:4326.

    Parameters
    ----------
    folder
        The run's folder.

    Returns
    -------
    dict
        ``units``, ``branches``, ``links``, ``hulls``, and the areas that the plan was made on;
        shapes of another kind stand in layers of their own: points in ``buildings_points``, the
        lakes among what nobody walks across in ``barriers_polygons``.

    Raises
    ------
    RunError
        The folder holds no finished run, its files were changed, or they can't be read.
    """
    check_complete(folder)
    package = folder / "plan.gpkg"
    try:
        found = [str(name) for name, _ in pyogrio.list_layers(package)]
        tables = {name: table for name in found if (table := _table(name)) is not None}
        return {name: _rows(package, name, table) for name, table in tables.items()}
    except (DataSourceError, DataLayerError) as error:
        raise RunError(
            Words(
                f"方案文件 {package} 缺失或不能读取；请重新运行 lxgeo plan",
                f"{package} is missing or can't be read; run lxgeo plan again",
            )
        ) from error


def _table(name: str) -> Table | None:
    area = name
    for ending in APART:
        area = area.removesuffix(ending)
    return _TABLES.get(name) or (area_table(area) if area in AREA_LAYERS else None)


def _rows(package: Path, name: str, table: Table) -> gpd.GeoDataFrame:
    frame: gpd.GeoDataFrame = pyogrio.read_dataframe(package, layer=name, use_arrow=True)
    rows: gpd.GeoDataFrame = table.shaped(frame)
    return rows
