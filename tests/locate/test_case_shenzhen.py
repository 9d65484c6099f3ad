"""Futian, Luohu and Yantian: 693 real organisations, 26 real townships."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from little_district import areas

from lxgeo.locate import locate
from lxgeo.model import Areas
from lxgeo.read import read_divisions
from lxgeo.tables import LEDGER, LOCATED, area_table

FOLDER = "shenzhen"


@pytest.fixture(scope="module")
def districts(cases: Path) -> Areas:
    """Return the townships of the case; its other layers are empty."""
    table = gpd.read_file(cases / FOLDER / "townships.geojson")
    table = table.assign(id=table["nbs_code"].fillna(table["file_key"]))
    empty = areas(townships=[], parks=[], buildings=[], villages=[])
    townships = area_table("townships").shaped(table)
    return Areas({**empty.layers, "townships": townships}, empty.roads.iloc[:0])


@pytest.fixture(scope="module")
def units(cases: Path) -> pd.DataFrame:
    """Return the case's units as a ledger."""
    table = pd.read_csv(cases / FOLDER / "units.csv")
    datum = table["coord_crs"].map(lambda crs: "gcj02" if crs == "GCJ-02" else "unknown")
    return LEDGER.shaped(
        table.assign(
            row=[f"units!{i + 2}" for i in range(len(table))],
            operating_status="operating",
            line="territorial",
            lon_in=table["lon"],
            lat_in=table["lat"],
            datum_in=datum.where(table["lon"].notna()),
        )
    )


def test_companies_lie_in_the_township_that_their_address_names(
    cases: Path, units: pd.DataFrame, districts: Areas
) -> None:
    """Of 347 companies whose address names a township with a polygon, at least 95 % have it.

    Measured: 346. The one left says 黄贝岭街道, which there is not; it is taken to mean 黄贝街道.
    """
    located = locate(units, districts, divisions=read_divisions())
    LOCATED.check(located)
    truth = pd.read_csv(cases / FOLDER / "address_truth.csv")
    truth = truth[truth["township_has_polygon"]]

    township = located.set_index("unit_id")["township"].reindex(truth["unit_id"])
    right = township.to_numpy() == truth["township_in_address"].to_numpy()

    assert len(located) == 693
    assert len(truth) == 347
    assert right.sum() >= 346


def test_converted_points_lie_where_their_addresses_say(
    units: pd.DataFrame, districts: Areas
) -> None:
    """GCJ-02 taken for WGS 84 puts points into the wrong township and even the wrong district.

    Measured on the AMap points: of the 6 whose address names a township in full, 3 lie in it raw
    and 5 converted; of the 40 whose address begins with 罗湖区, 38 lie in 罗湖区 raw, 40 converted.
    """
    points = units[units["datum_in"] == "gcj02"]
    raw = locate(points.assign(datum_in="wgs84").pipe(LEDGER.shaped), districts)
    converted = locate(points, districts)
    named = locate(points.assign(lon_in=np.nan, lat_in=np.nan), districts)
    district = dict(zip(districts.townships["id"], districts.townships["district"], strict=True))
    in_full = named["precision"].eq("township") & points["address"].str.contains("街道")
    in_luohu = points["address"].str.startswith("罗湖区")

    def right(located: gpd.GeoDataFrame) -> tuple[int, int]:
        """Return how many lie in their township, and in 罗湖区."""
        inside = located["township_id"].where(~_outside(located))
        same = inside[in_full] == named["township_id"][in_full]
        return int(same.sum()), int(inside[in_luohu].map(district).eq("罗湖区").sum())

    assert (int(in_full.sum()), int(in_luohu.sum())) == (6, 40)
    assert right(raw) == (3, 38)
    assert right(converted) == (5, 40)


def _outside(located: gpd.GeoDataFrame) -> pd.Series:
    """Return the rows whose point no township holds: their township is only what they say."""
    return located["findings"].map(
        lambda findings: any(finding.code == "coordinates_outside" for finding in findings)
    )
