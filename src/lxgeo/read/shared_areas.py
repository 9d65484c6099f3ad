"""One folder of areas for many counties, taken apart: each county gets its own townships.

A township is a county's where the layer's column ``county`` says so, else where its id begins with
the county's code. What else there is (parks, buildings …) goes where its own column ``county``
says, else to every county whose townships it touches: what lies on a border is on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from lxgeo.errors import AreasError, Words
from lxgeo.ledger.values.wording import stated
from lxgeo.model import AREA_LAYERS, Datum
from lxgeo.read.features import shaped
from lxgeo.read.layers import EXTENSIONS, find_files, read_layer
from lxgeo.read.roads import find_roads

COLUMN = "county"
_YES_NO = {True: "是", False: "否"}


@dataclass(frozen=True)
class AreasByCounty:
    """What became of a folder of areas.

    Parameters
    ----------
    folders
        County → its own folder of layers; those without a township have none.
    notes
        What a person should know.
    """

    folders: Mapping[str, Path]
    notes: tuple[Words, ...]


def is_shared(names: Iterable[str]) -> bool:
    """Return whether these files, directly in a folder, are areas for all counties."""
    layers = {f"townships{ending}" for ending in EXTENSIONS}
    return bool(layers.intersection(names))


def take_apart(
    folder: Path, counties: Iterable[str], into: Path, datum: Datum | None = None
) -> AreasByCounty:
    """Write each county's part of a folder of areas into a folder of its own, as GeoParquet.

    Parameters
    ----------
    folder
        Where all layers are.
    counties
        Who there is.
    into
        Gets a folder for each county; EPSG:4326 and WGS 84, whatever the layers were in.
    datum
        What the layers' coordinates are really in, where a person declared it.

    Raises
    ------
    AreasError
        A layer that can't be read, or townships of which none is any county's.
    """
    names = sorted(counties)
    layers: dict[str, gpd.GeoDataFrame] = {}
    notes: list[Words] = []
    faults: list[Words] = []
    for layer in AREA_LAYERS:
        try:
            if files := find_files(folder, layer):
                layers[layer], told = _read(layer, files[0], datum)
                notes += told
        except AreasError as error:
            faults += error.faults
    if faults:
        raise AreasError(*faults)
    owners = _owners(layers["townships"], names)
    if not owners:
        raise _nobodys(folder, names)
    towns = layers["townships"].geometry
    tree, town_of = _tree(towns, owners)
    for layer, table in layers.items():
        own = owners if layer == "townships" else _within(table, names, tree, town_of)
        for county in own:
            (into / county).mkdir(parents=True, exist_ok=True)
            _write(table.iloc[own[county]], into / county / f"{layer}.parquet")
    left = len(towns) - len(np.unique(np.concatenate(list(owners.values()))))
    return AreasByCounty(
        {county: into / county for county in owners}, (*notes, *_told(folder, left))
    )


def _read(name: str, path: Path, datum: Datum | None) -> tuple[gpd.GeoDataFrame, list[Words]]:
    """Return a layer in its schema, with the column that names each feature's county."""
    layer = read_layer(name, path, datum)
    table, notes = shaped(layer)
    heads = {str(column).casefold(): column for column in layer.table.columns}
    said: Any = [None] * len(table)
    if COLUMN in heads:
        said = [None if pd.isna(each) else stated(each) for each in layer.table[heads[COLUMN]]]
    table[COLUMN] = pd.Series(said, index=table.index, dtype="str")
    return table, [Words(each, each) for each in (*layer.notes, *notes)]


def _owners(towns: gpd.GeoDataFrame, counties: list[str]) -> dict[str, Any]:
    """Return county → the rows of its townships, for those that have any."""
    ids, said = towns["id"].astype("str"), towns[COLUMN]
    # The longest code first: a city's code begins those of its counties.
    found = {}
    left = said.isna().to_numpy(copy=True)
    for county in sorted(counties, key=lambda each: (-len(each), each)):
        by_code = left & ids.str.startswith(county).to_numpy(dtype=bool)
        left &= ~by_code
        rows = np.flatnonzero((said == county).fillna(value=False).to_numpy(dtype=bool) | by_code)
        if len(rows):
            found[county] = rows
    return dict(sorted(found.items()))


def _tree(towns: gpd.GeoSeries, owners: Mapping[str, Any]) -> tuple[shapely.STRtree, Any]:
    names = list(owners)
    rows = np.concatenate([owners[name] for name in names])
    whose = np.repeat(np.arange(len(names)), [len(owners[name]) for name in names])
    return shapely.STRtree(towns.array[rows]), np.array(names, dtype=object)[whose]


def _within(
    table: gpd.GeoDataFrame, counties: list[str], tree: shapely.STRtree, town_of: Any
) -> dict[str, Any]:
    """Return county → the rows of a layer that are its own, or touch its townships."""
    touching, towns = tree.query(table.geometry.array, predicate="intersects")
    pairs = pd.DataFrame({"row": touching, COLUMN: town_of[towns]})
    said = table[COLUMN].reset_index(drop=True)
    silent = pairs[pairs["row"].map(said.isna())]
    told = pd.DataFrame({"row": said.index, COLUMN: said.astype(object)})
    told = told[told[COLUMN].isin(counties)]
    pairs = pd.concat([told, silent]).drop_duplicates()
    return {
        str(county): np.sort(rows.to_numpy())
        for county, rows in pairs.groupby(COLUMN, sort=True)["row"]
    }


def _write(part: gpd.GeoDataFrame, path: Path) -> None:
    plain = part.drop(columns=COLUMN).reset_index(drop=True)
    for name in plain.columns.drop("geometry"):
        if plain[name].dtype == "boolean":
            plain[name] = plain[name].map(_YES_NO).astype("str")
    plain.to_parquet(path, index=False)


def _nobodys(folder: Path, counties: list[str]) -> AreasError:
    shown = "、".join(counties[:5])
    return AreasError(
        Words(
            f"{folder}：没有一个乡镇属于这些县（{shown}…）；请给 townships 加一列 county 写明县名，"
            "或让其编号以县代码开头，也可每县一个文件夹",
            f"{folder}: no township is in any of these counties ({shown} …); give townships a "
            "column county, or ids that begin with the county's code, or a folder a county",
        )
    )


def _told(folder: Path, left: int) -> list[Words]:
    told = []
    if left:
        told.append(
            Words(
                f"{folder}：{left} 个乡镇不属于台账中的任何一个县，未用",
                f"{folder}: {left} township(s) are in no county of the ledger, not used",
            )
        )
    if find_roads(folder):
        told.append(
            Words(
                f"{folder}：道路不按县拆分，未读；需要道路时请每县一个文件夹",
                f"{folder}: roads can't be taken apart by county and were not read; where they are "
                "needed, give each county a folder of areas",
            )
        )
    return told
