"""An export opened by readers that are not ours, and held against the run it was made from."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from lxgeo.tables import UNITS, Table


def opened(path: Path) -> Any:
    """Return what GDAL (for GeoParquet, pyarrow) reads in a file."""
    if path.suffix == ".parquet":
        return gpd.read_parquet(path)
    return pyogrio.read_dataframe(path, layer=path.stem if path.suffix == ".gpkg" else None)


def units_of(folder: Path, fmt: str, ending: str = "") -> pd.DataFrame:
    """Return the exported units under the names of their columns, in ledger order.

    Columns that were split are put together again, with nothing between, as the dictionary says.
    """
    frame = opened(folder / "export" / f"units{ending}.{fmt}")
    rest = folder / "export" / f"units{ending}_unplaced.{fmt}"
    if rest.exists():
        frame = pd.concat([frame, opened(rest)], ignore_index=True)
    frame = frame.rename(columns={"Name": "name"})
    if fmt == "shp":
        frame = _joined(frame, folder / "export" / f"fields_shp{ending}.csv")
    order = frame["row"].str.extract(r"!(\d+)$")[0].astype(int).argsort()
    return frame.iloc[order].reset_index(drop=True)


def _joined(frame: Any, dictionary: Path) -> Any:
    with dictionary.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file) if line[0] == "units"]
    fields: dict[str, list[str]] = {}
    for _, field, column, *_ in lines:
        fields.setdefault(column, []).append(field)
    columns = {
        column: frame[held[0]] if len(held) == 1 else frame[held].fillna("").agg("".join, axis=1)
        for column, held in fields.items()
    }
    return gpd.GeoDataFrame(columns, geometry=frame.geometry)


def differences(expected: gpd.GeoDataFrame, found: pd.DataFrame, table: Table = UNITS) -> list[str]:
    """Return the columns whose values are not exactly those expected."""
    if len(expected) != len(found):
        return [f"{len(found)} rows, not {len(expected)}"]
    plain = table.shaped(expected)[table.names]
    said = pd.DataFrame({name: found[name] for name in table.names})
    told = []
    for column in table.columns:
        want, got = plain[column.name], said[column.name]
        if column.kind == "text":
            same = want.fillna("").tolist() == ["" if pd.isna(each) else each for each in got]
        else:
            same = _numbers(want) == _numbers(got)
        told += [] if same else [column.name]
    return told


def _numbers(values: pd.Series) -> list[float | None]:
    return [None if pd.isna(each) else float(each) for each in values]


def metres_apart(found: gpd.GeoSeries, x: Any, y: Any) -> float:
    """Return how far found points lie from where they should, at most, in the CRS's own unit."""
    known = found.notna().to_numpy()
    dx = found[known].x.to_numpy() - np.asarray(x, dtype=float)[known]
    dy = found[known].y.to_numpy() - np.asarray(y, dtype=float)[known]
    return float(np.hypot(dx, dy).max())
