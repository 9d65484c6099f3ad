"""Fictional counties as files: a ledger as GeoParquet, townships, parks and buildings, by county.

Townships are those of `planning.district`, on squares of 13 km, with their trades (real classes of
GB/T 4754) and their buildings and parks. Of the units a share has one or two full members and must
join; of the rest three in four have none, the others three to 60.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.random import Generator

from planning.district import district

_SIDE_M = 13_000.0
_ACROSS = 8
"""Counties in a row of the province."""
_DEGREE_M = 111_320.0
_ROADS = ("人民路", "解放路", "建设路", "中山路", "新华路", "和平路", "文化路", "工业大道")


def write_province(folder: Path, counties: int, units: int, *, joining: float, seed: int) -> None:
    """Write ``folder/ledgers/county=…/part-0.parquet`` and ``folder/areas/…/LAYER.parquet``.

    Parameters
    ----------
    folder
        Where to.
    counties, units
        How many counties, of how many units each.
    joining
        Which share of them must join.
    seed
        Where chance starts from.
    """
    for number in range(counties):
        code = f"{330100 + number + 1:06d}"
        write_county(folder, code, number, units, joining=joining, seed=seed)


def write_county(
    folder: Path, code: str, number: int, units: int, *, joining: float, seed: int
) -> None:
    """Write one county: its square of the province is told by its number."""
    random = np.random.default_rng([seed, number])
    drawn = district(units, seed * 1_000 + number).units
    side = int(np.ceil(np.sqrt(drawn["township_id"].nunique())))
    wide = (side + 1) * _SIDE_M / _DEGREE_M
    east, north = (number % _ACROSS) * wide / 0.8, -(number // _ACROSS) * wide
    drawn = drawn.assign(lon=(drawn["lon"] + east).round(7), lat=(drawn["lat"] + north).round(7))
    _write_areas(folder / "areas" / code, code, drawn, number)
    place = folder / "ledgers" / f"county={code}"
    place.mkdir(parents=True, exist_ok=True)
    _ledger(code, drawn, joining, random).to_parquet(place / "part-0.parquet", index=False)


def _ledger(
    code: str, drawn: gpd.GeoDataFrame, joining: float, random: Generator
) -> gpd.GeoDataFrame:
    count = len(drawn)
    joins = random.random(count) < joining
    many = np.where(random.random(count) < 0.75, 0, random.integers(3, 61, count))  # noqa: PLR2004
    road = np.array(_ROADS)[random.integers(0, len(_ROADS), count)]
    house = random.integers(1, 400, count).astype(str)
    town = drawn["township"].astype(object)
    table = pd.DataFrame(
        {
            "unit_id": code + drawn["unit_id"],
            "name": town + "第" + drawn["unit_id"].str[1:] + "号有限公司",
            "address": (town + road + house + "号").astype("str"),
            "industry": drawn["industry_code"],
            "staff": random.integers(2, 300, count),
            "full_members": np.where(joins, drawn["full_members"], many),
            "probationary_members": (random.random(count) < 0.05).astype(int),  # noqa: PLR2004
        }
    )
    points = gpd.points_from_xy(drawn["lon"], drawn["lat"], crs="EPSG:4326")
    return gpd.GeoDataFrame(table, geometry=points)


def _write_areas(folder: Path, code: str, drawn: gpd.GeoDataFrame, number: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    middles = drawn.groupby("township_id")[["lon", "lat"]].agg(lambda x: (x.min() + x.max()) / 2)
    towns = drawn.groupby("township_id")["township"].first()
    half_y = _SIDE_M / 2 / _DEGREE_M
    half_x = half_y / np.cos(np.radians(middles["lat"].mean()))
    squares = shapely.box(
        *(middles["lon"] - half_x, middles["lat"] - half_y),
        *(middles["lon"] + half_x, middles["lat"] + half_y),
    )
    _write(
        folder / "townships.parquet",
        {
            "id": [code + each[1:] for each in towns.index],
            "name": towns.tolist(),
            "kind": "town",
            "district": f"第{number + 1}县",
        },
        squares,
    )
    _write_around(folder / "buildings.parquet", drawn, "building", 15.0)
    _write_around(folder / "parks.parquet", drawn, "park", 60.0)


def _write_around(path: Path, drawn: gpd.GeoDataFrame, what: str, margin_m: float) -> None:
    """Write the rectangle around each building's or park's units."""
    held = drawn.dropna(subset=[f"{what}_id"]).groupby(f"{what}_id")
    low, high = held[["lon", "lat"]].min(), held[["lon", "lat"]].max()
    names = held[what].first()
    margin = margin_m / _DEGREE_M
    boxes = shapely.box(
        *(low["lon"] - margin, low["lat"] - margin),
        *(high["lon"] + margin, high["lat"] + margin),
    )
    said = [f"{name}{key[1:]}" for key, name in zip(names.index, names, strict=True)]
    _write(path, {"id": names.index.tolist(), "name": said}, boxes)


def _write(path: Path, columns: dict[str, object], shapes: object) -> None:
    frame = pd.DataFrame(columns)
    gpd.GeoDataFrame(frame, geometry=np.asarray(shapes), crs="EPSG:4326").to_parquet(
        path, index=False
    )
