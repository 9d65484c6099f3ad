"""党群服务中心选址: where centres stand, whom each serves, what is near on foot."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from lxgeo.errors import Words
from lxgeo.publish.addition import COUNT, METRES, Addition
from lxgeo.publish.listing import NUMBER, Listing, heads_said, numbered
from lxgeo.publish.map import MapPage
from lxgeo.publish.rows import cells, published
from lxgeo.publish.speech import Speech
from lxgeo.schema import Column, Table

PLACES_SAID = {
    "venues": Words("活动场所", "venue"),
    "buildings": Words("楼宇", "building"),
    "parks": Words("园区", "park"),
    "hotspots": Words("聚集区", "hotspot"),
}
"""What each source of places is called."""

CENTRES = Table(
    "centres",
    (
        Column("centre_id", "中心编号", needed=True, unique=True),
        Column("name", "名称", needed=True),
        Column("place", "地点来源", needed=True),
        Column("kept", "是否现有", kind="flag", needed=True),
        Column("units", "服务单位", **COUNT),
        Column("members", "服务党员", **COUNT),
        Column("mean_m", "平均路程", **METRES),
        Column("longest_m", "最远路程", **METRES),
    ),
    frozenset({"Point"}),
)
"""One row a centre: where it stands, whom it serves, how far that is."""

SERVED = Table(
    "served",
    (
        Column("unit_id", "单位编号", needed=True, unique=True),
        Column("name", "单位名称"),
        Column("township", "乡镇(街道)"),
        Column("members", "党员", **COUNT),
        Column("centre_id", "中心编号"),
        Column("centre", "中心"),
        Column("way_m", "路程", **METRES),
        Column("minutes", "步行分钟", kind="number", low=0),
    ),
)
"""One row an operating unit with a position; no centre where none is within the limit."""


WALKS = Table(
    "centre_walks",
    (
        Column("centre_id", "中心编号", needed=True),
        Column("name", "名称", needed=True),
        Column("minutes", "步行分钟", kind="number", low=0, needed=True),
        Column("by_road", "沿路网", kind="flag", needed=True),
    ),
    frozenset({"Polygon", "MultiPolygon"}),
)
"""One row a centre and a number of minutes: the ground that is so near on foot."""


def centres_addition(
    centres: gpd.GeoDataFrame,
    served: pd.DataFrame,
    walks: gpd.GeoDataFrame,
    note: Words,
    page: MapPage,
    speech: Speech,
) -> Addition:
    """Return what is written of centres.

    Parameters
    ----------
    centres, served, walks
        `CENTRES`, `SERVED` and `WALKS`; EPSG:4326.
    note
        How the centres were found, and how good that is.
    page
        The map.
    speech
        Language.
    """
    return Addition(
        "centres",
        {"centres": (centres, CENTRES), "centre_walks": (walks, WALKS)},
        (_centres(centres, note, speech), _served(served, speech)),
        page,
    )


def _centres(centres: gpd.GeoDataFrame, note: Words, speech: Speech) -> Listing:
    yes = speech.say(Words("现有", "stands already"))
    rows = [
        (*left, speech.say(PLACES_SAID[str(place)]), yes if kept else None, *right)
        for *left, place, kept, units, members, mean, longest in cells(
            published(centres, CENTRES), CENTRES.names[1:]
        )
        for right in [(units, members, mean, longest)]
    ]
    return Listing(
        sheet=speech.say(Words("服务中心", "Centres")),
        title=speech.say(Words("党群服务中心选址", "Service centres")),
        note=speech.say(note),
        heads=heads_said(
            speech,
            NUMBER,
            (Words("地点", "Place"), 34, "text"),
            (Words("地点来源", "Known as"), 12, "middle"),
            (Words("现有", "Standing"), 10, "middle"),
            (Words("服务单位", "Units"), 10, "count"),
            (Words("服务党员", "Members"), 10, "count"),
            (Words("平均路程（米）", "Mean way (m)"), 12, "metres"),
            (Words("最远路程（米）", "Longest way (m)"), 12, "metres"),
        ),
        rows=tuple(numbered(rows)),
        nothing=speech.say(Words("没有可服务的单位。", "Nobody to serve.")),
        frozen=2,
    )


def _served(served: pd.DataFrame, speech: Speech) -> Listing:
    nobody = speech.say(Words("限程内没有中心", "no centre within the limit"))
    rows = [
        (name or unit_id, township, members, centre or nobody, way, minutes)
        for unit_id, name, township, members, _, centre, way, minutes in cells(
            published(served, SERVED), SERVED.names
        )
    ]
    return Listing(
        sheet=speech.say(Words("服务单位", "Units")),
        title=speech.say(Words("各单位由哪个中心服务", "Which centre serves whom")),
        note="",
        heads=heads_said(
            speech,
            NUMBER,
            (Words("单位名称", "Unit"), 34, "text"),
            (Words("乡镇（街道）", "Township"), 16, "text"),
            (Words("党员", "Members"), 8, "count"),
            (Words("服务中心", "Centre"), 34, "text"),
            (Words("路程（米）", "Way (m)"), 10, "metres"),
            (Words("步行（分钟）", "On foot (min)"), 10, "count"),
        ),
        rows=tuple(numbered(rows)),
        nothing=speech.say(Words("没有可服务的单位。", "Nobody to serve.")),
        paper="A4",
        frozen=2,
    )
