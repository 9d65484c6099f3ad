"""Fictional districts as the planner's own tables: what the plans of the benchmark are made of.

Three in ten units are in buildings of up to sixty, a quarter in parks of ten to 120, the most of
the others along streets of a town and its villages; three in ten have two full members, the others
one. Everybody's distance limit is 2,000 m.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.random import Generator
from numpy.typing import NDArray

from lxgeo.geo.metric import unproject
from lxgeo.model import Line, OperatingStatus, Precision
from lxgeo.tables import CRS, EXISTING, TRIAGED
from planning.trades import common_section, draw_trades, draw_trades_of

REACH_M = 2000.0
"""Everybody's distance limit."""
_CRS, _EAST, _NORTH = "EPSG:4544", 500_000.0, 4_000_000.0
_APART_M = 13_000.0
_TWO_MEMBERS = 0.3
_A_TOWNSHIP = 625
"""Units of a township on average, where a district has several."""
_ONE_TOWNSHIP = 1_000
"""Most units of a district of one township."""

Reals = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class District:
    """A district to plan.

    Parameters
    ----------
    name
        What it is called in the tables.
    seed
        What it was drawn from.
    units, existing
        `lxgeo.tables.TRIAGED` and `lxgeo.tables.EXISTING`.
    """

    name: str
    seed: int
    units: gpd.GeoDataFrame
    existing: gpd.GeoDataFrame

    @property
    def townships(self) -> int:
        """How many regions it has."""
        return int(self.units["jurisdiction"].nunique())


@dataclass(frozen=True, eq=False)
class _Spread:
    """Where the units of a township are and what they do; building and park -1 if none."""

    x: Reals
    y: Reals
    building: Ints
    park: Ints
    trade: NDArray[np.str_]


def district(units: int, seed: int, *, townships: int | None = None) -> District:
    """Return a district of so many units: one township up to a thousand, else of 625 on average.

    Parameters
    ----------
    units
        How many, all of them to be placed.
    seed
        Where chance starts from.
    townships
        How many townships, where that is wanted.
    """
    random = np.random.default_rng([seed, units])
    if townships is None:
        townships = 1 if units <= _ONE_TOWNSHIP else round(units / _A_TOWNSHIP)
    sizes = _sizes(units, townships, random)
    side = int(np.ceil(np.sqrt(len(sizes))))
    parts = [_township(int(size), random) for size in sizes]
    where = np.repeat(np.arange(len(sizes)), sizes)
    x = np.concatenate([each.x for each in parts]) + (where % side - side / 2) * _APART_M
    y = np.concatenate([each.y for each in parts]) + (where // side - side / 2) * _APART_M
    whole = _Spread(
        *(x, y, _numbered([each.building for each in parts])),
        _numbered([each.park for each in parts]),
        np.concatenate([each.trade for each in parts]),
    )
    full = 1 + (random.random(units) < _TWO_MEMBERS)
    return District(f"{units:,}", seed, _triaged(whole, where, full), _no_branches())


def one_building(units: int, seed: int) -> District:
    """Return a district whose units all are at one point, in one building."""
    random = np.random.default_rng([seed, units])
    zeros = np.zeros(units)
    house = np.zeros(units, dtype=np.int64)
    spread = _Spread(zeros, zeros, house, house - 1, draw_trades(units, random))
    full = 1 + (random.random(units) < _TWO_MEMBERS)
    table = _triaged(spread, np.zeros(units, dtype=np.int64), full)
    return District(f"{units:,} in one building", seed, table, _no_branches())


def _sizes(units: int, townships: int, random: Generator) -> Ints:
    """Return the sizes of townships, as uneven as they are, summing to the units."""
    share = np.clip(random.lognormal(0.0, 0.8, townships), 0.1, 3.0)
    edges = np.floor(np.cumsum(share / share.sum())[:-1] * units + 0.5).astype(np.int64)
    sizes: Ints = np.diff(np.concatenate([[0], edges, [units]]))
    return sizes


def _township(units: int, random: Generator) -> _Spread:
    half = random.uniform(2500, 6000)
    streets = _streets(half, random)
    x, y = random.uniform(-half, half, (2, units))
    building, park = np.full((2, units), -1, dtype=np.int64)
    trade = draw_trades(units, random)
    in_buildings, in_parks = int(0.3 * units), int(0.55 * units)
    at = 0
    while at < in_buildings:
        size = min(int(np.clip(random.lognormal(2.0, 1.0), 2, 60)), in_buildings - at)
        x[at : at + size], y[at : at + size] = _along(streets, 1, random)
        building[at : at + size] = at
        at += size
    while at < in_parks:
        here = slice(at, at + min(int(random.integers(10, 120)), in_parks - at))
        size = here.stop - at
        middle = random.uniform(-0.8, 0.8, 2) * half
        x[here] = middle[0] + random.normal(0, 250, size)
        y[here] = middle[1] + random.normal(0, 250, size)
        park[here] = at
        known = draw_trades_of(common_section(random), size, random)
        trade[here] = np.where(random.random(size) < 0.6, known, trade[here])  # noqa: PLR2004
        at = here.stop
    streetside = at + int(0.7 * (units - at))
    x[at:streetside], y[at:streetside] = _along(streets, streetside - at, random)
    return _Spread(x, y, building, park, trade)


def _streets(half: float, random: Generator) -> Reals:
    """Return streets as rows of middle and half length: six in the town, two in each village."""
    rows = []
    for village in range(int(random.integers(2, 5))):
        middle = random.uniform(-0.7, 0.7, 2) * half * (village > 0)
        for _ in range(2 if village else 6):
            angle = random.uniform(0, np.pi)
            length = random.uniform(100, 600) * (0.5 if village else 1.0)
            at = middle + random.normal(0, 500, 2)
            rows.append([*at, np.cos(angle) * length, np.sin(angle) * length])
    return np.array(rows)


def _along(streets: Reals, count: int, random: Generator) -> tuple[Reals, Reals]:
    street = streets[random.integers(0, len(streets), count)]
    share = random.uniform(-1, 1, count)
    x = street[:, 0] + share * street[:, 2] + random.normal(0, 15, count)
    y = street[:, 1] + share * street[:, 3] + random.normal(0, 15, count)
    return x, y


def _numbered(parts: list[Ints]) -> Ints:
    """Return the buildings or parks of townships under numbers of their own."""
    offsets = np.cumsum([0, *map(len, parts[:-1])])
    told = [
        np.where(part < 0, -1, part + first) for part, first in zip(parts, offsets, strict=True)
    ]
    return np.concatenate(told)


def _triaged(spread: _Spread, township: Ints, full: Ints) -> gpd.GeoDataFrame:
    lon, lat = unproject(spread.x + _EAST, spread.y + _NORTH, _CRS)
    lon, lat = lon.round(7), lat.round(7)
    count = len(lon)
    ids = [f"U{number:07d}" for number in range(count)]
    towns = [f"T{number:04d}" for number in range(int(township.max(initial=0)) + 1)]
    told = pd.Series(towns).take(township).reset_index(drop=True)
    frame = pd.DataFrame(
        {
            "unit_id": ids,
            "row": [f"一!{number}" for number in range(2, count + 2)],
            "name": ids,
            "industry_code": spread.trade,
            "full_members": full,
            "probationary_members": 0,
            "operating_status": str(OperatingStatus.OPERATING),
            "line": str(Line.TERRITORIAL),
            "lon": lon,
            "lat": lat,
            "precision": str(Precision.GIVEN),
            "township_id": told,
            "township": told + "镇",
            "park_id": _named("P", spread.park),
            "park": _named("园区", spread.park),
            "building_id": _named("B", spread.building),
            "building": _named("大厦", spread.building),
            "jurisdiction": "township:" + told + "|territorial",
            "approver": told + "镇党委",
            "max_distance_m": REACH_M,
        }
    )
    points = gpd.GeoSeries(shapely.points(lon, lat), crs=CRS)
    table: gpd.GeoDataFrame = TRIAGED.shaped(gpd.GeoDataFrame(frame, geometry=points))
    return table


def _named(head: str, numbers: Ints) -> pd.Series:
    names: list[Any] = [f"{head}{number:07d}" if number >= 0 else None for number in numbers]
    return pd.Series(names, dtype="str")


def _no_branches() -> gpd.GeoDataFrame:
    frame = pd.DataFrame(columns=[*EXISTING.names, "geometry"])
    table: gpd.GeoDataFrame = EXISTING.shaped(gpd.GeoDataFrame(frame, geometry=[], crs=CRS))
    return table
