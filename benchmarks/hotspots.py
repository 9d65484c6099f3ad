"""Whether hotspots find the demo's buildings and parks where nobody has drawn them, and how fast.

``python benchmarks/hotspots.py`` takes the demo's truth, forgets buildings and parks, and prints
how many of those with at least `LEAST` units at work lie in one hotspot with at least half of
their units, and the seconds for 100,000 units.
"""

from __future__ import annotations

import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from lxgeo.geo.hotspots import Density
from lxgeo.locate import parse_addresses
from lxgeo.locate.crowds import Crowded, with_hotspots
from lxgeo.locate.names import fold
from lxgeo.read import read_divisions
from lxgeo.tables import CRS, LOCATED

TRUTH = Path(__file__).resolve().parents[1] / "data" / "boundaries" / "demo" / "truth.csv"
LEAST = Density().least_units
MANY = 100_000


def located(truth: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the truth as located units that are in no area."""
    count = len(truth)
    lon, lat = truth["lon"].astype(float), truth["lat"].astype(float)
    table = truth[["name", "address", "full_members"]].assign(
        unit_id=[f"U{i}" for i in range(count)],
        row=[f"s!{i}" for i in range(count)],
        full_members=pd.to_numeric(truth["full_members"]).astype("Int64"),
        operating_status=truth["operating_status"],
        line="territorial",
        precision="given",
        lon=lon,
        lat=lat,
    )
    return LOCATED.shaped(gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs=CRS))


def main() -> None:
    """Print what is found."""
    truth = pd.read_csv(TRUTH, dtype=str)
    truth = truth[truth["operating_status"] == "operating"].reset_index(drop=True)
    addresses = sorted({fold(text) for text in truth["address"].fillna("")})
    parsed = parse_addresses(addresses, read_divisions())
    parts = {address: each.parts for address, each in zip(addresses, parsed, strict=True)}
    found = with_hotspots(located(truth), parts)
    print(f"{len(truth)} units at work, {len(found.hotspots)} hotspots")
    print(found.hotspots.drop(columns="geometry").head(12).to_string(index=False))
    for place in ("building_id", "park_id"):
        print(f"{place}: {recovered(truth[place], found)}")

    random = np.random.default_rng(7)
    many = truth.iloc[random.integers(0, len(truth), MANY)].reset_index(drop=True)
    for axis in ("lon", "lat"):
        many[axis] = many[axis].astype(float) + random.normal(0, 0.005, MANY)
    units = located(many)
    began = time.process_time()
    table = with_hotspots(units, parts).hotspots
    took = time.process_time() - began
    print(f"{MANY:,} units: {len(table)} hotspots, {took:.1f} processor seconds")


def recovered(place: pd.Series, found: Crowded) -> str:
    """Return how many places of enough units lie in one hotspot by half of their units."""
    whole = enough = 0
    for _, hotspots in found.located["hotspot_id"].groupby(place):
        if len(hotspots) >= LEAST:
            enough += 1
            most = hotspots.value_counts()
            whole += bool(len(most) and most.iloc[0] >= len(hotspots) / 2)
    return f"{whole} of {enough} with {LEAST} units or more"


if __name__ == "__main__":
    main()
