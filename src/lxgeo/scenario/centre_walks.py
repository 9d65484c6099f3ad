"""Walking areas around centres, whom each serves, and both on the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from lxgeo.decide.regions.ways import DETOUR, OFF_ROAD_M
from lxgeo.decide.serving.access import WALK_M_PER_MIN
from lxgeo.errors import Words
from lxgeo.geo.isochrones import circle, walking_areas
from lxgeo.geo.metric import metric_crs
from lxgeo.publish.centres import PLACES_SAID, WALKS
from lxgeo.publish.map import Overlay
from lxgeo.publish.speech import Speech
from lxgeo.tables import CRS

if TYPE_CHECKING:
    from lxgeo.geo.walk import WalkGraph

MINUTES = (5, 10, 15)
"""How long one walks, for the areas around each centre."""
_MARGIN_M = 3_000.0
_TOLERANCE_M = 15.0
_PALE = 0.0


def walks_of(
    centres: gpd.GeoDataFrame, roads: WalkGraph | None, minutes: Sequence[float] = MINUTES
) -> gpd.GeoDataFrame:
    """Return the walking areas around centres.

    Parameters
    ----------
    centres
        `lxgeo.publish.centres.CENTRES`, EPSG:4326.
    roads
        The network that one walks on. Without one, and for a centre that lies off its roads, an
        area is a circle of as many straight metres as are guessed to take so long.
    minutes
        How long one walks.

    Returns
    -------
    GeoDataFrame
        `lxgeo.publish.centres.WALKS`: of each centre the widest first.
    """
    longest_first = sorted(minutes, reverse=True)
    limits = [WALK_M_PER_MIN * each for each in longest_first]
    rows = []
    for centre in centres.itertuples():
        lon, lat = centre.geometry.x, centre.geometry.y
        by_road = roads is not None and roads.metres_away([lon], [lat])[0] <= OFF_ROAD_M
        if roads is not None and by_road:
            areas = walking_areas(roads, lon, lat, limits)
        else:
            areas = [circle(lon, lat, each / DETOUR) for each in limits]
        rows += [
            (centre.centre_id, centre.name, each, by_road, area)
            for each, area in zip(longest_first, areas, strict=True)
        ]
    columns = ["centre_id", "name", "minutes", "by_road", "geometry"]
    frame = pd.DataFrame(rows, columns=columns)
    return WALKS.shaped(gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS))


def centre_overlays(
    centres: gpd.GeoDataFrame,
    units: gpd.GeoDataFrame,
    walks: gpd.GeoDataFrame,
    land: gpd.GeoDataFrame,
    speech: Speech,
) -> tuple[Overlay, ...]:
    """Return what is laid over the map: whom each serves, walking areas, and the centres.

    Parameters
    ----------
    centres, walks
        `lxgeo.publish.centres.CENTRES` and `lxgeo.publish.centres.WALKS`.
    units
        Those with a position: ``centre_id`` (missing where no centre is near) and a point.
    land
        The townships: what a centre serves ends where they end.
    speech
        Language of the labels.
    """
    return (
        Overlay(Words("服务范围", "Whom each serves"), _catchments(centres, units, land, speech)),
        _walking(walks, speech),
        Overlay(Words("党群服务中心", "Service centres"), _seats(centres, speech)),
    )


def _walking(walks: gpd.GeoDataFrame, speech: Speech) -> Overlay:
    """Return one area for each number of minutes: all that is so near to some centre."""
    straight = not walks["by_road"].any()
    minutes = sorted(walks["minutes"].unique(), reverse=True)
    how = Words("（按直线估算）", " (straight line)") if straight else Words("", "")
    return Overlay(
        Words(
            "步行范围（没有路网，按直线估算）" if straight else "步行范围（沿路网）",
            "Walking areas (no roads: straight)" if straight else "Walking areas (along roads)",
        ),
        gpd.GeoDataFrame(
            {
                "label": [
                    speech.say(
                        Words(f"步行 {each:g} 分钟内{how.zh}", f"{each:g} min on foot{how.en}")
                    )
                    for each in minutes
                ],
                "shade": [1 - k / max(1, len(minutes) - 1) for k in range(len(minutes))][::-1],
            },
            geometry=[
                shapely.union_all(walks.loc[walks["minutes"] == each, "geometry"].to_numpy())
                for each in minutes
            ],
            crs=CRS,
        ),
        ends=(
            Words(f"{minutes[0]:g} 分钟", f"{minutes[0]:g} min"),
            Words(f"{minutes[-1]:g} 分钟", f"{minutes[-1]:g} min"),
        ),
    )


def _catchments(
    centres: gpd.GeoDataFrame, units: gpd.GeoDataFrame, land: gpd.GeoDataFrame, speech: Speech
) -> gpd.GeoDataFrame:
    """Return the ground nearest to the units that each centre serves, within the townships."""
    cells = _cells(units)
    if len(land):
        cells = cells.intersection(land.to_crs(cells.crs).union_all())
    mine = cells.groupby(units["centre_id"].to_numpy()).agg(_together)
    rows = []
    for centre in centres.itertuples():
        if centre.centre_id in mine.index and not mine[centre.centre_id].is_empty:
            said = Words(
                f"{centre.name}：服务 {centre.units} 家单位、{centre.members} 名党员",
                f"{centre.name}: {centre.units} units, {centre.members} members",
            )
            shape = gpd.GeoSeries([mine[centre.centre_id]], crs=cells.crs).to_crs(CRS).iloc[0]
            rows.append((speech.say(said), _PALE, shape))
    return _frame(rows)


def _cells(units: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Return of each unit the ground that is nearer to it than to any other, metres."""
    points = units.to_crs(metric_crs(float(units.geometry.x.mean()))).geometry
    far = shapely.box(*points.total_bounds).buffer(_MARGIN_M)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(list(points)), extend_to=far)
    )
    unit, cell = shapely.STRtree(cells).query(points.to_numpy(), predicate="intersects")
    first = dict(zip(unit[::-1].tolist(), cell[::-1].tolist(), strict=True))
    return gpd.GeoSeries(cells[[first[k] for k in range(len(points))]], crs=points.crs)


def _together(cells: gpd.GeoSeries) -> Any:
    return shapely.simplify(shapely.union_all(cells.to_numpy()), _TOLERANCE_M)


def _seats(centres: gpd.GeoDataFrame, speech: Speech) -> gpd.GeoDataFrame:
    return _frame(
        [
            ("\n".join(speech.say(line) for line in _lines_of(centre)), None, centre.geometry)
            for centre in centres.itertuples()
        ]
    )


def _lines_of(centre: Any) -> Iterator[Words]:
    """Yield what the card of a centre says, line by line."""
    place = PLACES_SAID[str(centre.place)]
    name, kept = str(centre.name), bool(centre.kept)
    yield Words(name, name)
    yield Words(
        f"{place.zh}，{'现有中心，保留' if kept else '新选'}",
        f"{place.en}, {'stands already' if kept else 'newly chosen'}",
    )
    yield Words(
        f"服务 {centre.units} 家单位、{centre.members} 名党员",
        f"{centre.units} units, {centre.members} members",
    )
    mean, longest = centre.mean_m, centre.longest_m
    if pd.notna(mean):
        yield Words(
            f"平均路程 {mean:,.0f} 米，最远 {longest:,.0f} 米",
            f"mean way {mean:,.0f} m, longest {longest:,.0f} m",
        )


def _frame(rows: Sequence[tuple[str, float | None, Any]]) -> gpd.GeoDataFrame:
    """Return rows as an overlay takes them: label, shade, shape."""
    frame = pd.DataFrame(list(rows), columns=["label", "shade", "geometry"])
    frame["shade"] = frame["shade"].astype("float64")
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)
