"""What is found of the real case: townships by address, and what converting GCJ-02 is worth.

``python benchmarks/case_shenzhen.py [FOLDER]`` reads ``units.csv``, ``address_truth.csv`` and the
township polygons of the case (by default ``../shared/cases/shenzhen``).
"""

from __future__ import annotations

import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd

from lxgeo.geo import to_wgs84
from lxgeo.model import Datum
from lxgeo.scenario import Scenario, locate_scenario


def main(folder: Path) -> None:
    """Print the case's figures."""
    columns = {"full_members": "party_members"}
    found = locate_scenario(Scenario(folder / "units.csv", folder, columns=columns))
    located, areas = found.located, found.areas
    print(named_townships(located, pd.read_csv(folder / "address_truth.csv")))
    points = located[located["datum_in"] == Datum.GCJ02]
    lon, lat = points["lon_in"].to_numpy(), points["lat_in"].to_numpy()
    for title, (x, y) in {
        "as they are": (lon, lat),
        "GCJ-02 converted": to_wgs84(lon, lat, Datum.GCJ02),
    }.items():
        told = gpd.GeoSeries(gpd.points_from_xy(x, y), index=points.index, crs=4326)
        for kind in ("name", "district"):
            print(f"points {title}: {inside(told, points, areas.townships, kind)}")


def named_townships(located: pd.DataFrame, truth: pd.DataFrame) -> str:
    """Return how many units have the township that their address names."""
    truth = truth[truth["township_has_polygon"]].set_index("unit_id")["township_in_address"]
    found = located.set_index("unit_id")["township"].reindex(truth.index)
    right = int((found == truth).sum())
    return f"township as the address names it: {right} of {len(truth)} ({right / len(truth):.1%})"


def inside(
    points: gpd.GeoSeries, units: pd.DataFrame, townships: gpd.GeoDataFrame, kind: str
) -> str:
    """Return how many points lie in the township (or district) that their address names in full."""
    named = right = 0
    for name, part in townships.groupby(kind):
        says = units["address"].fillna("").str.contains(str(name), regex=False)
        named += int(says.sum())
        right += int(points[says].intersects(part.union_all()).sum())
    what = "township" if kind == "name" else kind
    return f"in the {what} that the address names: {right} of {named}"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/cases/shenzhen"))
