"""What centres and instructors share: the finished run that they serve, and a map of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from lxgeo import text
from lxgeo.errors import Lang
from lxgeo.geo.metric import metric_crs
from lxgeo.model import AREA_LAYERS, Areas
from lxgeo.publish.map import MapLayers, MapPage, Overlay, draw_map
from lxgeo.read.roads import read_roads
from lxgeo.read.run_layers import APART
from lxgeo.scenario.province.layers import layers_of_run
from lxgeo.tables import CRS, ROADS, area_table

_BESIDE_M = 60.0
_TOLERANCE_M = 5.0


@dataclass(frozen=True, eq=False)
class Ground:
    """A finished run and the areas that it lies on.

    Parameters
    ----------
    run
        Its folder; of a run divided by county, one county of it, as ``RUN/county=330106``.
    layers
        Its layers (`lxgeo.scenario.province.layers.layers_of_run`).
    areas
        A folder whose venues and roads come before those of the run; None for the run's own.
    """

    run: Path
    layers: Mapping[str, gpd.GeoDataFrame]
    areas: Path | None = None

    def map(self, title: str, overlays: Sequence[Overlay], lang: Lang) -> MapPage:
        """Return the run's map with something laid over it."""
        roads = None if self.areas is None else read_roads(self.areas)[0]
        layers = MapLayers(
            units=self.layers["units"],
            branches=self.layers["branches"],
            areas=Areas(
                {name: self._area(name) for name in AREA_LAYERS},
                ROADS.shaped(gpd.GeoDataFrame(geometry=[], crs=CRS)) if roads is None else roads,
            ),
            texts=text.texts(lang),
        )
        return draw_map(layers, title=title, lang=lang, overlays=overlays)

    def _area(self, name: str) -> gpd.GeoDataFrame:
        """Return an area layer, all of its shapes."""
        names = (f"{name}{ending}" for ending in ("", *APART))
        parts = [self.layers[each] for each in names if each in self.layers]
        whole = pd.concat(parts, ignore_index=True) if parts else {}
        return area_table(name).shaped(
            gpd.GeoDataFrame(whole, crs=CRS) if parts else gpd.GeoDataFrame(geometry=[], crs=CRS)
        )


def ground_of(run: Path, areas: Path | None = None) -> Ground:
    """Return a finished run, read.

    Raises
    ------
    RunError
        The folder holds no finished run, or its files were changed.
    """
    return Ground(run, layers_of_run(run), areas)


def around(points: gpd.GeoSeries) -> Any:
    """Return the ground around some points, EPSG:4326: their hull and a little beside it."""
    cloud = shapely.MultiPoint([(each.x, each.y) for each in points])
    zone = metric_crs(float(cloud.centroid.x))
    hull = gpd.GeoSeries([cloud], crs=CRS).to_crs(zone).convex_hull.buffer(_BESIDE_M)
    return hull.simplify(_TOLERANCE_M).to_crs(CRS).iloc[0]
