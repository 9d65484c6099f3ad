"""Runs divided by county: one county of it, read back as tables like those of any run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from lxgeo.errors import RunError, TableError, Words
from lxgeo.judge.parts import AREAS, INDEX, KEY, NEEDED, part_place
from lxgeo.judge.verify import Breach, RunTables
from lxgeo.read.partitions import check_county
from lxgeo.read.run_tables import in_kinds, pins_of, read_json
from lxgeo.tables import BRANCHES, LINKS, UNITS, Table, area_table

_NO_PARQUET = (pa.ArrowException, OSError, ValueError, KeyError, TypeError)
"""What comes of reading GeoParquet that is none."""

_LINES = ("LineString", "MultiLineString")

Where = Callable[[str], Path]
"""A county's file by its own name → where it stands."""


def is_partitioned(folder: Path) -> bool:
    """Return whether a run folder is divided by county."""
    return (folder / INDEX).is_file() or (folder / "counties").is_dir()


def county_in(folder: Path) -> tuple[Path, str | None]:
    """Return the run's folder, and the county that ``RUN/county=330106`` names in it."""
    if folder.name.startswith(KEY) and is_partitioned(folder.parent):
        name = folder.name.removeprefix(KEY)
        if check_county(name):
            return folder.parent, name
    return folder, None


def counties_of(manifest_files: Mapping[str, str]) -> list[str]:
    """Return the counties whose plans a manifest vouches for, in order."""
    named = (file.split("/") for file in manifest_files)
    return sorted(
        parts[1].removesuffix(".json")
        for parts in named
        if len(parts) == 2 and parts[0] == "counties"  # noqa: PLR2004 - folder and file
    )


def in_run(folder: Path, county: str) -> Where:
    """Return where a county's files stand in a run."""
    return lambda file: folder / part_place(file, county)


def read_county_tables(where: Where) -> tuple[RunTables, tuple[Breach, ...]]:
    """Return a county's plan, and the columns and values in it that can't be read.

    Parameters
    ----------
    where
        Where its files stand.

    Raises
    ------
    RunError
        A file is missing or is no GeoParquet at all.
    """
    if missing := [where(file) for file in NEEDED if not where(file).is_file()]:
        raise RunError(*(_unreadable(path) for path in missing))
    faults: list[Breach] = []
    units = _layer(where("units.parquet"), UNITS, faults)
    branches = _layer(where("branches.parquet"), BRANCHES, faults)
    tables = RunTables(
        units=pd.DataFrame(units.drop(columns="geometry")),
        points=units[units.geometry.notna()],
        branches=branches,
        gpkg_units=units,
        gpkg_branches=branches,
        links=_layer(where("links.parquet"), LINKS, faults),
        summary=read_json(where("county.json")),
        barriers=_barriers(where("barriers.parquet")),
        pins=pins_of(where("pins.json")),
    )
    return tables, tuple(faults)


def read_county_areas(where: Where) -> dict[str, gpd.GeoDataFrame]:
    """Return the areas that a county's plan was made on, in layers as those of any run.

    Parameters
    ----------
    where
        Where its files stand.

    Returns
    -------
    dict
        ``townships``, ``parks``, ``buildings`` as multipolygons; points among them stand in layers
        of their own, such as ``buildings_points``. ``barriers`` are lines; the lakes among them
        stand in ``barriers_polygons``. EPSG:4326.

    Raises
    ------
    RunError
        A file is missing (an earlier version kept no areas) or can't be read.
    """
    found: dict[str, gpd.GeoDataFrame] = {}
    for name in AREAS:
        layer = area_table(name).shaped(_parquet(where(f"{name}.parquet")))
        points = layer.geometry.geom_type == "Point"
        if not points.all() or layer.empty:
            rest = layer[~points].reset_index(drop=True)
            found[name] = rest.set_geometry(rest.geometry.map(_as_many))
        if points.any():
            found[f"{name}_points"] = layer[points].reset_index(drop=True)
    barriers = area_table("barriers").shaped(_barriers(where("barriers.parquet")))
    lines = barriers.geometry.geom_type.isin(_LINES)
    found["barriers"] = barriers[lines].reset_index(drop=True)
    if not lines.all():
        lakes = barriers[~lines].reset_index(drop=True)
        found["barriers_polygons"] = lakes.set_geometry(lakes.geometry.map(_as_many))
    return found


def _as_many(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.MultiPolygon([shape]) if shape.geom_type == "Polygon" else shape


def read_outline(path: Path) -> gpd.GeoDataFrame:
    """Return a run's index: one line a county.

    Raises
    ------
    RunError
        It is missing or can't be read.
    """
    return _parquet(path)


def distances_of(path: Path) -> Any:
    """Return how far each unit of a county is from the host that it joins, metres.

    Parameters
    ----------
    path
        The county's units.
    """
    wanted = ["outcome", "is_host", "distance_m"]
    units = _columns(path, wanted)
    joined = units["outcome"].isin(["joint", "attached"]) & ~units["is_host"].fillna(value=False)
    return units.loc[joined, "distance_m"].dropna().to_numpy(dtype="float64")


def unit_ids(path: Path) -> Any:
    """Return the ids of a county's units."""
    return _columns(path, ["unit_id"])["unit_id"].to_numpy(dtype=object)


def _columns(path: Path, names: list[str]) -> pd.DataFrame:
    try:
        with path.open("rb") as file:
            return pd.read_parquet(file, columns=names)
    except _NO_PARQUET as error:
        raise RunError(_unreadable(path)) from error


def _barriers(path: Path) -> gpd.GeoDataFrame:
    """Return what nobody walks across; a county without such a file has nothing of the kind."""
    if path.is_file():
        return _parquet(path)
    return gpd.GeoDataFrame(geometry=[], crs="EPSG:4326")


def _layer(path: Path, table: Table, faults: list[Breach]) -> gpd.GeoDataFrame:
    frame = _parquet(path)
    if set(table.names) <= set(frame.columns):
        shaped: gpd.GeoDataFrame = frame[[*table.names, "geometry"]].reset_index(drop=True)
        try:
            table.check(shaped)
        except TableError:
            pass  # told value by value below
        else:
            return shaped
    plain = pd.DataFrame(frame.drop(columns="geometry")).astype(object)
    rows = in_kinds(plain.where(plain.notna(), None), table, path.parent.as_posix(), faults)
    return gpd.GeoDataFrame(rows, geometry=frame.geometry.set_axis(rows.index))


def _parquet(path: Path) -> gpd.GeoDataFrame:
    try:
        with path.open("rb") as file:  # a file by itself: its folder's name is no column
            frame = gpd.read_parquet(file)
    except _NO_PARQUET as error:
        raise RunError(_unreadable(path)) from error
    if frame.geometry.name != "geometry":
        raise RunError(_unreadable(path))
    return frame


def _unreadable(path: Path) -> Words:
    return Words(
        f"方案文件 {path} 缺失或不能读取；请重新运行 lxgeo plan --by-county",
        f"{path} is missing or can't be read; run lxgeo plan --by-county again",
    )


def no_county_named(folder: Path, counties: list[str]) -> Iterator[Words]:
    """Yield that a run is divided by county, where a command takes one plan."""
    first = counties[0] if counties else "330106"
    yield Words(
        f"{folder} 是按县分开的方案；请指明一个县，如 {folder}/{KEY}{first}",
        f"{folder} is divided by county; name one of them, such as {folder}/{KEY}{first}",
    )
