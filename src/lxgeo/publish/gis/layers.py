"""What a GIS loads: units, branches, the links between them, and a hull around each branch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from lxgeo.geo.metric import metric_crs
from lxgeo.model import Outcome
from lxgeo.publish.folder.release import Release
from lxgeo.publish.gis.geojson import write_geojson
from lxgeo.publish.gis.geopackage import write_geopackage
from lxgeo.tables import BRANCHES, CRS, HULLS, LINKS, UNITS

HULL_MARGIN_M = 30.0
"""How far a hull reaches beyond its units: a branch in one building is an area too."""


def write_gis(folder: Path, release: Release) -> None:
    """Write units, branches, links and hulls as GeoJSON, and all layers as one GeoPackage.

    Parameters
    ----------
    folder
        An existing folder: gets ``units.geojson``, ``branches.geojson``, ``links.geojson``,
        ``hulls.geojson`` and ``plan.gpkg``.
    release
        What is published.
    """
    units, branches = release.published_units, release.published_branches
    drawn = {"links": links(units, branches), "hulls": hulls(units, branches)}
    located = units[units.geometry.notna()]
    write_geojson(folder / "units.geojson", located, UNITS)
    write_geojson(folder / "branches.geojson", branches, BRANCHES)
    write_geojson(folder / "links.geojson", drawn["links"], LINKS)
    write_geojson(folder / "hulls.geojson", drawn["hulls"], HULLS)
    layers = {"units": units, "branches": branches, **drawn}
    write_geopackage(folder / "plan.gpkg", layers, release)


def links(units: gpd.GeoDataFrame, branches: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a line from each unit of a branch to the branch's host, the host itself left out.

    Parameters
    ----------
    units, branches
        `lxgeo.tables.UNITS` and `lxgeo.tables.BRANCHES`, EPSG:4326.

    Returns
    -------
    GeoDataFrame
        `lxgeo.tables.LINKS`, in ledger order. Units in one place with their host get a line of
        length 0: no relation is lost. Without a known position at both ends there is no line.
    """
    joined = _members(units, branches)
    away = joined[(joined["unit_id"] != joined["host_id"]) & joined["host_point"].notna()]
    pairs = zip(away.geometry, away["host_point"], strict=True)
    lines = [shapely.LineString([unit, host]) for unit, host in pairs]
    return _layer(away.drop(columns="geometry"), lines, LINKS)


def hulls(units: gpd.GeoDataFrame, branches: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a polygon around the units of each branch that has a unit with a position.

    Parameters
    ----------
    units, branches
        `lxgeo.tables.UNITS` and `lxgeo.tables.BRANCHES`, EPSG:4326.

    Returns
    -------
    GeoDataFrame
        `lxgeo.tables.HULLS`, in the order of the branches: the convex hull with a margin of
        `HULL_MARGIN_M`, so that it is a polygon even for one point.
    """
    points = _members(units, branches).groupby("branch_id", sort=False)["geometry"].agg(list)
    around = branches[branches["branch_id"].isin(points.index)]
    clouds = [shapely.MultiPoint(points[branch_id]) for branch_id in around["branch_id"]]
    return _layer(pd.DataFrame(around.drop(columns="geometry")), _hulls(clouds), HULLS)


def _members(units: gpd.GeoDataFrame, branches: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the units with a position that belong to a branch, with its host and host's point."""
    # Units without members may be looked after by a branch; they are no part of it.
    member = units["branch_id"].notna() & (units["outcome"] != Outcome.NO_MEMBERS)
    kept = units[member & units.geometry.notna()]
    hosts = branches[["branch_id", "host_id"]].assign(host_point=list(branches.geometry))
    return kept.merge(pd.DataFrame(hosts), on="branch_id", how="left", validate="many_to_one")


def _hulls(clouds: list[shapely.MultiPoint]) -> list[Any]:
    """Return the hull of each cloud of points, measured in the metric CRS of its middle."""
    series = gpd.GeoSeries(clouds, crs=CRS)
    found: list[Any] = [None] * len(clouds)
    zones = pd.Series([metric_crs(float(cloud.centroid.x)) for cloud in clouds], dtype="str")
    for zone, cloud in series.groupby(zones, sort=True):
        grown = cloud.to_crs(zone).convex_hull.buffer(HULL_MARGIN_M).to_crs(CRS)
        for i, shape in grown.items():
            found[i] = shape
    return found


def _layer(rows: pd.DataFrame, shapes: list[Any], table: Any) -> gpd.GeoDataFrame:
    geometry = gpd.GeoSeries(shapes, index=rows.index, crs=CRS)
    layer = gpd.GeoDataFrame(rows, geometry=geometry, crs=CRS).reset_index(drop=True)
    return table.shaped(layer)
