"""index.parquet: one line a county, what it comes to and how it went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import geopandas as gpd
import pandas as pd
import shapely

from lxgeo.model import Outcome
from lxgeo.tables import CRS

Went = Literal["done", "kept", "empty", "failed"]

_RATES = ("organisation", "standalone", "with_members", "should_build")
_COUNTED = ("joint_branches", "thin_branches", "must_join", "left_out", "left_out_min")
_HASHED = ("units.parquet", "branches.parquet", "links.parquet", "map.html")


@dataclass(frozen=True)
class CountyLine:
    """How a county went.

    Parameters
    ----------
    county
        What it is called in the layout.
    went
        ``done`` in this run, ``kept`` from before, ``empty`` (no row in its ledger) or ``failed``.
    told
        Its ``county.json``; None where it has no plan.
    why
        Why it failed, or what else a person should know, in words.
    """

    county: str
    went: Went
    told: Mapping[str, Any] | None = None
    why: str = ""


def index_of(lines: Sequence[CountyLine]) -> gpd.GeoDataFrame:
    """Return the index: counties in order of name, EPSG:4326, each with its outline.

    Parameters
    ----------
    lines
        How each county went.

    Returns
    -------
    GeoDataFrame
        ``county, name, status, why, units``, a column for each outcome, ``joint_branches …,
        branches, plan_cost_m, bound_m, left_out_m, gap, seconds``, for each rate and moment its
        numerator and denominator (``organisation_after, organisation_after_of``), and the SHA-256
        of its files.
    """
    rows = [dict(_row(line)) for line in sorted(lines, key=lambda line: line.county)]
    shapes = [
        shapely.from_wkt(line.told["outline"]) if line.told and line.told.get("outline") else None
        for line in sorted(lines, key=lambda line: line.county)
    ]
    frame = pd.DataFrame(rows)
    for name in frame.columns:
        if name in _TEXT or name.endswith("_sha256"):
            frame[name] = frame[name].astype("str")
        elif name in _NUMBERS:
            frame[name] = frame[name].astype("float64")
        else:
            frame[name] = frame[name].astype("Int64")
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=CRS), crs=CRS)


_TEXT = frozenset({"county", "name", "status", "why"})
_NUMBERS = frozenset({"plan_cost_m", "bound_m", "left_out_m", "gap", "seconds"})


def _row(line: CountyLine) -> Iterator[tuple[str, Any]]:
    told: Mapping[str, Any] = line.told or {}
    outcomes = told.get("outcomes", {})
    yield "county", line.county
    yield "name", told.get("name", line.county)
    yield "status", "planned" if line.told else line.went
    yield "why", line.why or None
    yield "units", told.get("units", 0 if line.went == "empty" else None)
    yield from ((str(each), outcomes.get(each)) for each in Outcome)
    yield from ((name, told.get(name)) for name in (*_COUNTED, "branches"))
    cost, bound = told.get("plan_cost_m"), told.get("bound_m")
    penalty = sum(float(each["left_out_m"]) for each in told.get("regions", ()))
    yield "plan_cost_m", cost
    yield "bound_m", bound
    yield "left_out_m", round(penalty, 2) if told else None
    yield "gap", told.get("gap")
    yield "seconds", round(sum(told["seconds"].values()), 3) if told else None
    for moment in ("before", "after"):
        rates = {rate["name"]: rate for rate in told.get("coverage", {}).get(moment, ())}
        for name in _RATES:
            rate = rates.get(name, {})
            yield f"{name}_{moment}", rate.get("numerator")
            yield f"{name}_{moment}_of", rate.get("denominator")
    files = told.get("files", {})
    yield from ((f"{file.partition('.')[0]}_sha256", files.get(file)) for file in _HASHED)
