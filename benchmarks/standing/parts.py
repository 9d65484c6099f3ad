"""The stages one by one, by the single benchmarks' own functions."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np

import address_peers
import assign
import exports
import ledger
import workbook
from lxgeo.locate.assign import held_ids
from lxgeo.locate.lattice import parse_addresses
from lxgeo.publish.export import Format, layers_of
from lxgeo.publish.lists.workbook import listings_of
from lxgeo.read import read_cells, read_divisions
from lxgeo.tables import CRS
from mapping.tiled import demo_layers, tiled
from mapping.writing import write_apart
from planning.compact import HOSTS, Compact
from planning.district import district
from planning.measured import WEIGHTS, measure, policy_of, warm_up
from planning.peers import judge, problems_of
from standing.city import City
from standing.rated import Rated, apart

FORMATS = (*Format,)


def readers(city: City) -> Iterator[Rated]:
    """Yield how long a ledger takes to become a clean table, beside its cells alone."""
    for kind, path in (("xlsx", city.xlsx), ("csv", city.csv)):
        bare_s, bare_mb = ledger.apart("bare", kind, path)
        ours_s, ours_mb = ledger.apart("ours", kind, path)
        bare = "python-calamine, cells" if kind == "xlsx" else "pyarrow, one thread"
        yield Rated(
            *("readers", f"{kind} to a clean ledger", city.units, ours_s, ours_mb),
            *(bare, bare_s, bare_mb),
        )


def addresses(city: City, runs: int) -> Iterator[Rated]:
    """Yield how long addresses take to be parsed, beside each package that is installed."""
    (sheet,) = read_cells(city.csv)
    column = sheet.rows[0].index("经营地址")
    texts = [str(row[column]) for row in sheet.rows[1:]]
    divisions = read_divisions()
    parse_addresses(texts[:100], divisions)
    seconds, mb = apart(lambda: parse_addresses(texts, divisions), runs)
    what = ("address parser", "addresses to parts")
    python = address_peers.peers_python()
    few = texts[:2_000]
    answers = address_peers.ask_peers(python, few) if python else {}
    if not answers:
        note = f"others are not installed: {address_peers.INSTALL}"
        yield Rated(*what, len(texts), seconds, mb, note=note)
    for name, answer in answers.items():
        theirs = answer["seconds"] * len(texts) / len(few)
        told = f"{name} {answer['version']}"
        yield Rated(*what, len(texts), seconds, mb, told, theirs, note="theirs from 2,000")


def joins(points: int, runs: int) -> Iterator[Rated]:
    """Yield how long points take to be put into areas, beside ``geopandas.sjoin``."""
    random = np.random.default_rng(5)
    areas = assign.polygons()
    lon = random.uniform(assign.WEST, assign.WEST + assign.ACROSS * assign.STEP, points)
    lat = random.uniform(assign.SOUTH, assign.SOUTH + assign.UP * assign.STEP, points)
    held_ids(lon[:100], lat[:100], areas)
    there = gpd.points_from_xy(lon, lat, crs=CRS)

    def joined() -> None:
        frame = gpd.GeoDataFrame(areas[["id"]], geometry=areas.geometry.to_numpy(), crs=CRS)
        gpd.GeoDataFrame(geometry=there.copy()).sjoin(frame, how="left", predicate="intersects")

    ours = apart(lambda: held_ids(lon, lat, areas), runs)
    theirs = apart(joined, runs)
    yield Rated(
        *("spatial join", f"points onto {len(areas):,} areas", points, *ours),
        *("geopandas.sjoin", *theirs),
    )


def planners(sizes: dict[str, int], small: int) -> Iterator[Rated]:
    """Yield how fast plans are made and what they prove, and HiGHS alone on a small one."""
    warm_up(sizes)
    for effort, units in sizes.items():
        _, found = measure(district(units, 1), WEIGHTS[-1], effort, verified=False)
        yield Rated(
            *("planner", f"{effort}, units that must join", units, found.solver_s),
            note=f"certified gap {found.gap:.2%}",
        )
    here = district(small, 1)
    _, ours = measure(here, WEIGHTS[-1], "standard", verified=False)
    peer = Compact(20.0)
    judged = [judge(peer, each) for each in problems_of(here.units, policy_of(*WEIGHTS[-1]))]
    cost = sum(each[0] for each in judged) / 100
    yield Rated(
        *("planner", "standard, a small township", small, ours.solver_s, None),
        *(f"HiGHS, compact model, {HOSTS} hosts", sum(each[3] for each in judged)),
        note=f"certified gap {ours.gap:.2%}; HiGHS's plan costs {cost / ours.cost_m:.2%} of it",
    )


def maps(units: int, folder: Path) -> Iterator[Rated]:
    """Yield how long the offline map takes to be written, beside folium's markers."""
    layers = folder / "layers.pickle"
    with layers.open("wb") as file:
        pickle.dump(tiled(demo_layers(), units), file)
    ours = write_apart("ours", layers, folder / "ours.html")
    theirs = write_apart("cluster", layers, folder / "cluster.html")
    yield Rated(
        *("map", "offline map, all its cards", units, ours.cpu_s, ours.extra_mb),
        *("folium FastMarkerCluster", theirs.cpu_s, theirs.extra_mb),
        note=f"{ours.mb:.1f} MB, theirs {theirs.mb:.1f} MB",
    )


def written(rows: int, folder: Path) -> Iterator[Rated]:
    """Yield how long each export takes, beside the format's driver writing the same table."""
    (layer,) = layers_of({"units": exports.units(rows)})
    export = folder / "export"
    export.mkdir()
    works: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        str(fmt): (
            lambda fmt=fmt: exports.ours(fmt, export, layer),
            lambda fmt=fmt: exports.bare(fmt, folder / f"bare.{fmt}", layer.frame),
        )
        for fmt in FORMATS
    }
    for fmt, (ours, bare) in works.items():
        bare()  # what a library loads once is loaded
        told = "geopandas.to_parquet" if fmt == "parquet" else "pyogrio"
        yield Rated("exports", fmt, rows, *apart(ours), told, *apart(bare))


def workbooks(units: int, folder: Path) -> Iterator[Rated]:
    """Yield how long the workbook takes once it is laid out, beside xlsxwriter without any look."""
    release = workbook.district(units)
    listings = listings_of(release)
    ours = apart(lambda: workbook.ours(folder / "ours.xlsx", release, listings))
    bare = apart(lambda: workbook.bare(folder / "bare.xlsx", release, listings))
    yield Rated(
        *("exports", "plan.xlsx, sheets laid out", len(release.units), *ours),
        *("xlsxwriter, values alone", *bare),
    )
