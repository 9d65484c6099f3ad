"""A made-up city's files of any size: a ledger (xlsx and csv), areas and a gazetteer.

Who is where and does what is a district of the planner's benchmark; the shares of members are those
of the demo (three in five without any, one in five with one, one in ten with two). A quarter of the
rows give coordinates, the others a building, a park, or a road and a number, three in five of which
the gazetteer knows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import xlsxwriter
from numpy.random import Generator
from numpy.typing import NDArray

import ledger
from lxgeo.geo.datum import from_wgs84
from lxgeo.geo.metric import project
from lxgeo.model import Datum
from lxgeo.tables import CRS
from planning.district import district

_METRIC = "EPSG:4544"
_A_TOWNSHIP = 2_000
"""Ledger rows of a township on average: some 600 of them must join a branch."""
_ROAD_M = 1_000.0
"""A named road serves a square of this side."""
_GIVEN, _IN_GCJ, _KNOWN_DOORS = 0.24, 0.5, 0.6
_SHARES = {0: 0.60, 1: 0.20, 2: 0.10}
"""Full members → share of the units; the rest have three or more."""
_KINDS = {"企业": 0.72, "个体工商户": 0.20, "民办非企业单位": 0.06, "社会团体": 0.02}
_STATES = {"在营": 0.60, "存续": 0.30, "正常": 0.07, "注销": 0.03}
_SYLLABLES = "宏达兴旺金信瑞丰恒泰永昌盛隆华美东方新天海川山河云龙凤祥福安康宁和顺利通"

HEAD = (
    *("序号", "单位名称", "统一社会信用代码", "单位类别", "经营地址", "行业代码", "从业人员"),
    *("正式党员", "预备党员", "经营状态", "所属街道", "所属园区", "所在楼宇"),
    *("经度", "纬度", "坐标系", "是否建立党组织"),
)
Row = tuple[Any, ...]


@dataclass(frozen=True)
class City:
    """Where a made-up city's files are.

    Parameters
    ----------
    units
        Rows of its ledger.
    xlsx, csv
        The ledger, twice.
    areas
        Townships, parks and buildings.
    gazetteer
        Doors whose places are known.
    """

    units: int
    xlsx: Path
    csv: Path
    areas: Path
    gazetteer: Path


def make_city(folder: Path, units: int, *, seed: int = 1, townships: int | None = None) -> City:
    """Write a city's files; the same size and seed give the same bytes.

    Parameters
    ----------
    folder
        Where to; made if need be.
    units
        Rows of the ledger.
    seed
        Where chance starts from.
    townships
        How many, where that is wanted; else one for 2,000 rows.
    """
    random = np.random.default_rng([seed, units])
    here = district(units, seed, townships=townships or max(1, round(units / _A_TOWNSHIP))).units
    city = City(
        *(units, folder / "ledger.xlsx", folder / "ledger.csv", folder / "areas"),
        folder / "gazetteer.csv",
    )
    city.areas.mkdir(parents=True, exist_ok=True)
    told = here.assign(**_names(here, random))
    _write_areas(city.areas, told)
    _write_gazetteer(city.gazetteer, told, random)
    rows = [HEAD, *_rows(told, random)]
    with city.csv.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    with xlsxwriter.Workbook(city.xlsx, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return city


def _coined(count: int, length: int, random: Generator) -> NDArray[Any]:
    """Return so many different words of so many syllables."""
    letters = np.array(list(_SYLLABLES))
    words: dict[str, None] = {}
    while len(words) < count:
        thrown = letters[random.integers(0, len(letters), (count, length))]
        words |= dict.fromkeys("".join(row) for row in thrown)
    return np.array(list(words)[:count], dtype=object)


def _named(ids: pd.Series, words: NDArray[Any], ending: str) -> NDArray[Any]:
    """Return each id's name, None where there is no id."""
    numbers, _ = pd.factorize(ids)
    return np.where(numbers < 0, None, (words + ending)[numbers]) if len(words) else None


def _names(here: gpd.GeoDataFrame, random: Generator) -> dict[str, Any]:
    """Return names of townships, parks, buildings and roads, and numbers of houses."""
    x, y = project(here["lon"].to_numpy(), here["lat"].to_numpy(), _METRIC)
    square = pd.Series(list(zip(x // _ROAD_M, y // _ROAD_M, here["township_id"], strict=True)))
    # A building has one door, else each unit its own; numbers grow eastwards.
    door = here["building_id"].where(here["building_id"].notna(), here["unit_id"])
    place = pd.DataFrame({"square": pd.factorize(square)[0], "x": x, "door": door})
    doors = place.drop_duplicates("door").sort_values(["square", "x"])
    doors["number"] = 2 * doors.groupby("square").cumcount() + 1
    number = place["door"].map(doors.set_index("door")["number"])
    road = place["door"].map(doors.set_index("door")["square"])
    found = {
        name: _named(here[f"{name}_id"], _coined(here[f"{name}_id"].nunique(), length, random), end)
        for name, length, end in (
            ("township", 2, "镇"),
            ("park", 3, "产业园"),
            ("building", 4, "大厦"),
        )
    }
    roads = _coined(int(place["square"].max()) + 1, 3, random) + "路"
    return found | {"road": roads[road.to_numpy()], "number": number.to_numpy(), "x": x, "y": y}


def _write_areas(folder: Path, told: gpd.GeoDataFrame) -> None:
    """Write townships as boxes with a corner every 100 m, parks and buildings as shapes."""
    points = gpd.GeoSeries(shapely.points(told["x"], told["y"]), crs=_METRIC, index=told.index)
    for name, layer in (("township", "townships"), ("park", "parks"), ("building", "buildings")):
        some = told[told[f"{name}_id"].notna()]
        by = points[some.index].groupby(some[f"{name}_id"].to_numpy())
        if name == "township":
            shapes = by.agg(lambda each: shapely.box(*each.total_bounds).buffer(150, join_style=2))
            shapes = gpd.GeoSeries(shapely.segmentize(shapes.to_numpy(), 100), shapes.index)
        else:
            around = 30.0 if name == "building" else 60.0
            shapes = by.agg(
                lambda each, m=around: shapely.MultiPoint(list(each)).convex_hull.buffer(m, 3)
            )
        first = some.drop_duplicates(f"{name}_id").set_index(f"{name}_id").loc[shapes.index]
        columns = {"id": shapes.index, "name": first[name].to_numpy()}
        if name == "township":
            columns["kind"] = "town"
        if name == "park":
            columns["has_committee"] = np.arange(len(first)) % 10 == 0
        if name == "building":
            columns["address"] = (first["road"] + first["number"].astype(str) + "号").to_numpy()
        frame = gpd.GeoDataFrame(columns, geometry=list(shapes), crs=_METRIC).to_crs(CRS)
        frame.to_parquet(folder / f"{layer}.parquet")


def _write_gazetteer(path: Path, told: gpd.GeoDataFrame, random: Generator) -> None:
    doors = told[told["building_id"].isna()]
    known = doors[random.random(len(doors)) < _KNOWN_DOORS]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file)
        write.writerow(("乡镇", "道路", "门牌号", "经度", "纬度", "坐标系"))
        for row in known[["township", "road", "number", "lon", "lat"]].itertuples(index=False):
            write.writerow((row.township, row.road, f"{row.number}号", row.lon, row.lat, "WGS84"))


def _rows(told: gpd.GeoDataFrame, random: Generator) -> Iterator[Row]:
    count = len(told)
    named = dict(zip(ledger.HEAD, zip(*ledger.rows(count), strict=True), strict=True))
    full = random.choice(
        [*_SHARES, 3], size=count, p=[*_SHARES.values(), 1 - sum(_SHARES.values())]
    )
    full = np.where(full > 2, 3 + random.geometric(0.3, count), full)  # noqa: PLR2004 - three
    staff = full + random.integers(1, 80, count)
    given = random.random(count) < _GIVEN
    gcj = given & (random.random(count) < _IN_GCJ)
    lon, lat = told["lon"].to_numpy(), told["lat"].to_numpy()
    shifted = from_wgs84(lon, lat, Datum.GCJ02)
    lon, lat = (np.where(gcj, there, here) for there, here in zip(shifted, (lon, lat), strict=True))
    yield from zip(
        *(range(1, count + 1), named["单位名称"], named["统一社会信用代码"]),
        random.choice(list(_KINDS), size=count, p=list(_KINDS.values())).tolist(),
        _addresses(told, random),
        *(told["industry_code"], staff.tolist(), full.tolist()),
        (random.random(count) < 0.05).astype(int).tolist(),  # noqa: PLR2004 - one in twenty
        random.choice(list(_STATES), size=count, p=list(_STATES.values())).tolist(),
        *(_texts(told[name]) for name in ("township", "park", "building")),
        [round(float(v), 6) if has else None for v, has in zip(lon, given, strict=True)],
        [round(float(v), 6) if has else None for v, has in zip(lat, given, strict=True)],
        np.select([gcj, given], ["GCJ-02", "WGS84"], None).tolist(),
        np.where(full > 2, random.choice(["是", "否"], size=count), "否").tolist(),  # noqa: PLR2004
        strict=True,
    )


def _texts(values: pd.Series) -> list[str | None]:
    return [None if pd.isna(each) else str(each) for each in values]


def _addresses(told: gpd.GeoDataFrame, random: Generator) -> Sequence[str]:
    """Return addresses as offices write them: shorter and longer, with floor and room or not."""
    leads = ("岚川市云溪区{}", "云溪区{}", "{}", "")
    chosen = random.integers(0, len(leads), len(told)).tolist()
    floors = random.integers(1, 25, len(told)).tolist()
    columns = ("township", "road", "number", "building", "park")
    written = []
    for row, lead, floor in zip(
        told[list(columns)].itertuples(index=False), chosen, floors, strict=True
    ):
        head = leads[lead].format(row.township)
        if isinstance(row.building, str):
            tail = f"{row.building}{floor}楼{floor}{floor % 9 + 1:02d}室"
        elif isinstance(row.park, str):
            tail = f"{row.park}{row.road}{row.number}号"
        else:
            tail = f"{row.road}{row.number}号"
        written.append(head + tail)
    return written
