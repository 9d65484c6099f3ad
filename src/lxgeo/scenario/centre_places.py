"""Whom centres may serve, and where they may stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo.errors import AreasError, InputError, RunError, Words
from lxgeo.geo.hotspots import hotspots
from lxgeo.model import Outcome
from lxgeo.read.features import shaped
from lxgeo.read.layers import find_files, read_layer
from lxgeo.tables import CRS, LOCATED
from lxgeo.text.figures import quoted

SOURCES = ("venues", "buildings", "parks", "hotspots")
"""Where centres may stand; of two places at one point the first kind counts."""
_STANDING = ("党群服务中心", "党群中心", "服务中心", "中心", "centre", "center")
"""A venue whose kind says one of these is a centre already."""
_DIGITS = 6  # of a degree: a tenth of a metre


def demand_of(units: gpd.GeoDataFrame, run: Path) -> gpd.GeoDataFrame:
    """Return a run's operating units that have a position.

    Raises
    ------
    RunError
        There is none.
    """
    operating = units["outcome"] != Outcome.EXCLUDED
    found = units[operating & units.geometry.notna()].reset_index(drop=True)
    if found.empty:
        raise RunError(
            Words(f"{run} 里没有已定位的单位", f"no unit of {run} has a position: nobody to serve")
        )
    return found


def places_of(
    layers: Mapping[str, gpd.GeoDataFrame], areas: Path | None, units: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return the places to choose from: ``id, name, place, kind`` and a point each.

    Parameters
    ----------
    layers
        A run's layers (`lxgeo.read.run_layers.read_layers`).
    areas
        A folder whose layers come before those of the run; None for the run's own.
    units
        Where they crowd and no building or park is known is a place too.

    Raises
    ------
    AreasError
        A layer that can't be read, or no place at all.
    """
    parts = [
        _points(rows, source) for source in SOURCES[:-1] for rows in _layers(source, layers, areas)
    ]
    dense, _ = hotspots(LOCATED.shaped(units), lambda rows: [("", "", "", "")] * len(rows))
    parts.append(_points(dense, "hotspots"))
    places = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=CRS)
    at = pd.DataFrame({"lon": places.geometry.x, "lat": places.geometry.y}).round(_DIGITS)
    places = places[~at.duplicated()].reset_index(drop=True)
    if places.empty:
        raise AreasError(
            Words(
                "没有可选的地点：请用 --areas 指明有 venues、buildings 或 parks 图层的文件夹",
                "no place to choose from: name a folder with venues, buildings or parks by --areas",
            )
        )
    return places


def kept_of(
    places: gpd.GeoDataFrame, keep: Sequence[str]
) -> tuple[NDArray[np.bool_], tuple[Words, ...]]:
    """Return which places have a centre that stays, and what to tell of others that may.

    Raises
    ------
    InputError
        A place to keep that is not known.
    """
    asked = places["id"].isin(keep) | places["name"].isin(keep)
    if lost := [each for each in keep if each not in {*places["id"], *places["name"]}]:
        raise InputError(
            *(
                Words(
                    f"--keep：没有名为“{quoted(each)}”的地点；可写场所、楼宇或园区的名称或编号",
                    f"--keep: no place is called '{quoted(each)}'; give the name or id of a venue,"
                    " building or park",
                )
                for each in lost
            )
        )
    venue = places["place"] == "venues"
    stands = venue & places["kind"].str.casefold().isin(_STANDING)
    kept = (asked | stands).to_numpy(dtype=bool)
    maybe = int((venue & places["name"].str.contains("党群服务中心") & ~kept).sum())
    if not maybe:
        return kept, ()
    return kept, (
        Words(
            f"场所图层有 {maybe} 处名称含“党群服务中心”而未注明类型，没有当作现有中心；"
            "要保留的请在 kind 列写“中心”，或用 --keep 指明",
            f"{maybe} venues are named as service centres without a kind that says so: not taken"
            " as standing; write 'centre' into their column kind, or name them by --keep",
        ),
    )


def lonlat(rows: gpd.GeoDataFrame) -> tuple[Any, Any]:
    """Return longitudes and latitudes of points, degrees."""
    return rows.geometry.x.to_numpy(), rows.geometry.y.to_numpy()


def members_of(units: pd.DataFrame) -> NDArray[np.int64]:
    """Return each unit's members, on probation ones included; unknown ones count as none."""
    full = units["full_members"].fillna(units["affiliated_members"]).fillna(0)
    counted: NDArray[np.int64] = (full + units["probationary_members"].fillna(0)).to_numpy("int64")
    return counted


def _layers(
    source: str, layers: Mapping[str, gpd.GeoDataFrame], areas: Path | None
) -> Iterator[gpd.GeoDataFrame]:
    files = [] if areas is None else find_files(areas, source)
    if files:
        yield shaped(read_layer(source, files[0], None))[0]
        return
    yield from (layers[each] for each in (source, f"{source}_points") if each in layers)


def _points(rows: gpd.GeoDataFrame, source: str) -> gpd.GeoDataFrame:
    rows = rows[rows.geometry.notna() & ~rows.geometry.is_empty].sort_values("id", kind="stable")
    kind = rows["kind"] if "kind" in rows else pd.Series(None, index=rows.index, dtype="str")
    return gpd.GeoDataFrame(
        {"id": rows["id"], "name": rows["name"], "place": source, "kind": kind.astype("str")},
        geometry=rows.geometry.representative_point(),
        crs=CRS,
    )
