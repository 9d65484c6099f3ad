"""A ledger planned and published, stage by stage, beside the library call inside each stage."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import geopandas as gpd
import pandas as pd
import pyogrio

import ledger
import workbook
from lxgeo.engine import Engine
from lxgeo.publish.lists.workbook import listings_of
from lxgeo.publish.rows import cells
from lxgeo.scenario import Scenario, plan_scenario, publish_scenario
from standing.city import City, make_city
from standing.rated import Rated, forget_peak, memory_mb, processor_s

_SCRIPT = Path(__file__).resolve().parents[1] / "bench.py"
_WARM = 1_000

WATCHED: dict[str, tuple[str, ...]] = {
    "read": ("lxgeo.scenario.planning.read_areas", "lxgeo.scenario.planning.take_in"),
    "locate": ("lxgeo.scenario.planning.find_positions",),
    "triage": ("lxgeo.scenario.planning.triage", "lxgeo.scenario.planning.existing_branches"),
    "propose": ("lxgeo.scenario.planning.propose",),
    "judge": (
        "lxgeo.scenario.planning.evaluate",
        "lxgeo.scenario.planning.text.units_in_words",
        "lxgeo.scenario.planning.text.branches_in_words",
    ),
    "publish: map": ("lxgeo.scenario.publishing.draw_map",),
    "publish: csv": ("lxgeo.publish.folder.run.write_csv",),
    "publish: geojson": ("lxgeo.publish.gis.layers.write_geojson",),
    "publish: gpkg": ("lxgeo.publish.gis.layers.write_geopackage",),
    "publish: xlsx": ("lxgeo.publish.folder.run.write_lists",),
    "publish: clerks' books": ("lxgeo.scenario.publishing.write_clerk_books",),
    "publish: report": ("lxgeo.scenario.publishing.write_report",),
    "publish: checked": ("lxgeo.scenario.publishing.let_none_out_that_is_refused",),
}
"""Stage → the functions that do it."""


class Watched:
    """Does what a function does; keeps processor seconds, peak memory and what it was given."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.seconds, self.peak_mb = 0.0, 0.0
        self.given: list[tuple[Any, ...]] = []
        self.answer: Any = None

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Return what the function returns."""
        forget_peak()
        began = processor_s()
        self.answer = self.function(*given, **named)
        self.seconds += processor_s() - began
        self.peak_mb = max(self.peak_mb, memory_mb("VmHWM"))
        self.given.append(given)
        return self.answer


def end_to_end(city: City, effort: str) -> list[Rated]:
    """Return each stage of planning and publishing a city's xlsx, from a process of its own."""
    asked = json.dumps({"folder": str(city.xlsx.parent), "units": city.units, "effort": effort})
    done = subprocess.run(  # noqa: S603 -- this Python and this script
        [sys.executable, _SCRIPT, "--child", asked], stdout=subprocess.PIPE, text=True, check=True
    )
    return [Rated(**each) for each in json.loads(done.stdout.splitlines()[-1])]


def answer(asked: str) -> None:
    """Plan and publish what a parent asked for, and print the figures."""
    told = json.loads(asked)
    folder, units, effort = Path(told["folder"]), told["units"], told["effort"]
    with TemporaryDirectory() as made:
        small = make_city(Path(made), _WARM)
        _planned(small.xlsx, effort, Path(made) / "out")  # all is compiled and loaded
        stages = {stage: [_watching(name) for name in names] for stage, names in WATCHED.items()}
        with ExitStack() as stack:
            for stage, names in WATCHED.items():
                for name, watched in zip(names, stages[stage], strict=True):
                    stack.enter_context(patch(name, watched))
            began, wall = processor_s(), time.perf_counter()
            run = _planned(folder / "ledger.xlsx", effort, Path(made) / "runs")
            seconds, wall = processor_s() - began, time.perf_counter() - wall
        rows = [*_rated(stages, units, run)]
    peak = max(each.mb or 0.0 for each in rows)
    note = f"{effort}, one process, {wall:.0f} s on the wall; the rest: files hashed and exchanged"
    rows.append(Rated("end to end", "all", units, seconds, peak, note=note))
    sys.stdout.write(json.dumps([asdict(each) for each in rows]) + "\n")


def _watching(name: str) -> Watched:
    room, _, function = name.rpartition(".")
    held: Any = sys.modules.get(room)
    if held is None:  # a function of a module that another module holds
        outer, _, inner = room.rpartition(".")
        held = getattr(sys.modules[outer], inner)
    return Watched(getattr(held, function))


def _planned(xlsx: Path, effort: str, out: Path) -> Path:
    """Plan and publish a city; return its run's folder."""
    folder = xlsx.parent
    asked = Scenario(
        *(xlsx, folder / "areas"),
        gazetteer=(folder / "gazetteer.csv",),
        effort=effort,
        engine=Engine(workers=1),
    )
    return publish_scenario(plan_scenario(asked), out).folder


def _rated(stages: dict[str, list[Watched]], units: int, run: Path) -> Iterator[Rated]:
    bare = _bare(stages, run)
    for stage, parts in stages.items():
        seconds, peak = sum(each.seconds for each in parts), max(each.peak_mb for each in parts)
        if stage not in bare:
            yield Rated("end to end", stage, units, seconds, peak)
            continue
        beside, work = bare[stage]
        began = processor_s()
        work()
        yield Rated("end to end", stage, units, seconds, peak, beside, processor_s() - began)


def _bare(
    stages: dict[str, list[Watched]], run: Path
) -> dict[str, tuple[str, Callable[[], object]]]:
    """Return what a bare library does of each stage, on the very same tables."""
    there = run.parent
    given = {stage: parts[0].given for stage, parts in stages.items()}
    located, areas = stages["triage"][0].given[0][:2]
    release = given["publish: xlsx"][0][1]
    xlsx = str(given["read"] and stages["read"][1].given[0][0].ledger)

    def joined() -> None:
        points = gpd.GeoDataFrame(geometry=located.geometry[located.geometry.notna()])
        for layer in (areas.townships, areas.parks, areas.buildings):
            points.sjoin(layer[["id", "geometry"]], how="left", predicate="intersects")

    def geojson() -> None:
        for path, layer, table in given["publish: geojson"]:
            frame = layer[[*table.names, "geometry"]]
            pyogrio.write_dataframe(
                frame,
                there / f"bare_{path.name}",
                driver="GeoJSON",
                RFC7946="YES",
                WRITE_BBOX="YES",
            )

    def gpkg() -> None:
        (_, layers, _), *_ = given["publish: gpkg"]
        for name, layer in layers.items():
            pyogrio.write_dataframe(layer, there / "bare.gpkg", layer=name, driver="GPKG")

    def read_back() -> None:
        pd.read_csv(run / "units.csv")
        for name in ("units", "branches", "links"):
            pyogrio.read_dataframe(run / f"{name}.geojson")
        for name in ("units", "branches"):
            pyogrio.read_dataframe(run / "plan.gpkg", layer=name)

    csv_frame = given["publish: csv"][0][1]
    listings = listings_of(release)
    return {
        "read": ("python-calamine, cells", lambda: ledger.bare_xlsx(xlsx)),
        "locate": ("geopandas.sjoin, three layers", joined),
        "publish: map": (
            "json.dumps of the units",
            lambda: json.dumps(list(cells(release.units, release.units.columns.drop("geometry")))),
        ),
        "publish: csv": (
            "pandas to_csv",
            lambda: csv_frame.drop(columns="geometry").to_csv(there / "bare.csv", index=False),
        ),
        "publish: geojson": ("pyogrio", geojson),
        "publish: gpkg": ("pyogrio", gpkg),
        "publish: xlsx": (
            "xlsxwriter, values alone",
            lambda: workbook.bare(there / "bare.xlsx", release, listings),
        ),
        "publish: checked": ("pandas and pyogrio reading the files", read_back),
    }
