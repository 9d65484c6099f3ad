"""A plan as its files tell it, without writing them."""

from __future__ import annotations

from functools import cache

import geopandas as gpd
import pandas as pd

from lxgeo import text
from lxgeo.judge import RunTables, evaluate
from lxgeo.model import AREA_LAYERS, Areas, Plan
from lxgeo.publish import Record, Release
from lxgeo.publish.folder.summary import summary
from lxgeo.publish.gis.layers import links
from lxgeo.publish.rows import published
from lxgeo.tables import BRANCHES, CRS, LINKS, ROADS, UNITS, Table, area_table


def as_read(plan: Plan) -> RunTables:
    """Return the tables that a reader finds in the run folder of a plan."""
    units = published(text.units_in_words(plan.units, "zh"), UNITS)
    branches = published(text.branches_in_words(plan.branches, "zh"), BRANCHES)
    release = Release(plan, units, branches, evaluate(plan), _no_areas())
    return RunTables(
        units=Table("units", UNITS.columns).shaped(pd.DataFrame(units.drop(columns="geometry"))),
        points=units[units.geometry.notna()],
        branches=branches,
        gpkg_units=units,
        gpkg_branches=branches,
        links=published(links(units, branches), LINKS),
        summary=summary(release, Record({"lxgeo": "0"})),
        pins=plan.pins.kept,
    )


@cache
def _no_areas() -> Areas:
    def empty(table: Table) -> gpd.GeoDataFrame:
        frame = pd.DataFrame(columns=table.names)
        return table.shaped(gpd.GeoDataFrame(frame, geometry=[], crs=CRS))

    return Areas({name: empty(area_table(name)) for name in AREA_LAYERS}, empty(ROADS))
