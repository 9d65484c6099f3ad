"""The files that a county's plan stands in, where a run is divided by county."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "units.parquet": "units/county={county}/part-0.parquet",
        "branches.parquet": "branches/county={county}/part-0.parquet",
        "links.parquet": "links/county={county}/part-0.parquet",
        "barriers.parquet": "barriers/county={county}/part-0.parquet",
        "townships.parquet": "townships/county={county}/part-0.parquet",
        "parks.parquet": "parks/county={county}/part-0.parquet",
        "buildings.parquet": "buildings/county={county}/part-0.parquet",
        "pins.json": "pins/{county}.json",
        "lists.xlsx": "lists/{county}.xlsx",
        "map.html": "maps/{county}.html",
        "county.json": "counties/{county}.json",
    }
)
"""What a county's file is called by itself → where it stands in the run."""

NEEDED = ("units.parquet", "branches.parquet", "links.parquet", "county.json")
"""The files that every planned county has, and that its plan is read back from."""

AREAS = ("townships", "parks", "buildings")
"""The areas that a county's plan keeps, for whoever works on with it: each a file of its own."""

INDEX = "index.parquet"
"""One line a county: what it comes to, and how it went."""

KEY = "county="
"""What a county's folder begins with."""


def part_place(file: str, county: str) -> str:
    """Return where a county's file stands in the run, relative to it."""
    return PARTS[file].replace("{county}", county)
