"""Layers and place of a finished run, or of one county of a divided run, to work on with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd

from lxgeo.publish.gis.layers import hulls
from lxgeo.read.partitioned import county_in, in_run, read_county_areas
from lxgeo.read.run import read_complete_run
from lxgeo.read.run_layers import read_layers


class Named(NamedTuple):
    """A run, or one county of a divided one.

    ``folder`` is the run's own, ``part`` the folder that the county's files stand in below that of
    others (``county=330106``; None for a plain run), ``name`` what it is called in headings.
    """

    folder: Path
    part: str | None
    name: str


def named(run: Path) -> Named:
    """Return which run a folder names: its own, or ``RUN/county=330106``."""
    folder, county = county_in(run)
    if county is None:
        return Named(run, None, run.name)
    return Named(folder, run.name, f"{folder.name} {county}")


def townships_of(layers: Mapping[str, gpd.GeoDataFrame]) -> list[tuple[str, str]]:
    """Return id and name of the townships that a run was made on."""
    towns = layers.get("townships")
    return [] if towns is None else list(zip(towns["id"], towns["name"], strict=True))


def layers_of_run(run: Path) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of a finished run, or of one county of a divided run.

    Parameters
    ----------
    run
        Its folder, or ``RUN/county=330106``.

    Returns
    -------
    dict
        Name → rows in the kinds of its table, EPSG:4326: ``units``, ``branches``, ``links``,
        ``hulls``, and the areas that the plan was made on.

    Raises
    ------
    RunError
        No finished run, files that were changed, or a divided run without a county.
    """
    folder, county = county_in(run)
    if county is None:
        return read_layers(run)
    tables = read_complete_run(run).tables
    return {
        "units": tables.gpkg_units,
        "branches": tables.gpkg_branches,
        "links": tables.links,
        "hulls": hulls(tables.gpkg_units, tables.gpkg_branches),
        **read_county_areas(in_run(folder, county)),
    }
