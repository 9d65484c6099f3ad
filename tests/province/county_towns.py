"""A little province: the nine-unit town several times over, side by side, each a county.

County ``330106`` is the town of `town` as it stands; the others lie 20 km further east each, on the
same meridian zone, their units called after them (``330108-U1``). So every county's plan is the
one worked out by hand there, and the province's figures are so many times the town's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from lxgeo.scenario.province.planning import ProvincePlanned
from town import Town

Plan = Callable[..., ProvincePlanned]

COUNTIES = ("330106", "330108", "330110")
_DEGREES = 0.25
"""How far apart counties lie: about 20 km."""


@dataclass(frozen=True)
class Province:
    """A province's files, by county."""

    ledgers: Path
    areas: Path


def build_province(
    folder: Path, town: Town, counties: Sequence[str] = COUNTIES, ending: str = "parquet"
) -> Province:
    """Write ledgers as ``county=…/part-0`` and areas as ``…/townships.geojson``."""
    province = Province(folder / "ledgers", folder / "areas")
    for number, county in enumerate(counties):
        ledger = ledger_of(town, county, number)
        place = province.ledgers / f"county={county}"
        place.mkdir(parents=True)
        if ending == "parquet":
            ledger.to_parquet(place / "part-0.parquet", index=False)
        else:
            ledger.to_csv(place / f"part-0.{ending}", index=False, encoding="utf-8-sig")
        write_areas(town, county, number, province.areas / county)
    return province


def ledger_of(town: Town, county: str, number: int) -> pd.DataFrame:
    """Return the town's ledger as a county's: moved east, its units called after the county."""
    ledger = pd.read_csv(town.ledger, encoding="utf-8-sig", dtype={"industry": "str"})
    ledger["lon"] = (ledger["lon"] + number * _DEGREES).round(7)
    if number:
        ledger["unit_id"] = county + "-" + ledger["unit_id"]
    return ledger


def write_areas(town: Town, county: str, number: int, folder: Path) -> None:
    """Write the town's areas as a county's: moved east, ids begin with the county's code."""
    folder.mkdir(parents=True)
    for path in sorted(town.areas.glob("*.geojson")):
        layer = gpd.read_file(path)
        layer["id"] = county + layer["id"]
        if "district" in layer:
            layer["district"] = f"第{number + 1}县"
        layer.geometry = layer.geometry.translate(number * _DEGREES, 0)
        layer.to_file(folder / path.name, driver="GeoJSON")


def share_areas(province: Province, folder: Path) -> Path:
    """Write all counties' areas as one folder of layers; return it."""
    folder.mkdir(parents=True)
    names = {path.name for path in province.areas.glob("*/*.geojson")}
    for name in sorted(names):
        parts = [gpd.read_file(path) for path in sorted(province.areas.glob(f"*/{name}"))]
        gpd.GeoDataFrame(pd.concat(parts, ignore_index=True)).to_file(
            folder / name, driver="GeoJSON"
        )
    return folder


def figures_of(run: Path) -> dict[str, object]:
    """Return a run's ``summary.json``."""
    told: dict[str, object] = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    return told
