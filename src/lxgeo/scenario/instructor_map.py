"""Instructors on the map: whom each looks after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import pandas as pd

from lxgeo.errors import Words
from lxgeo.publish.map import Overlay
from lxgeo.publish.speech import Speech
from lxgeo.scenario.serving import around
from lxgeo.tables import CRS

_SHADES = (0.15, 0.45, 0.75)
"""By turns, so that neighbours differ."""


def instructor_overlays(
    instructors: gpd.GeoDataFrame, posts: gpd.GeoDataFrame, speech: Speech
) -> tuple[Overlay, ...]:
    """Return what is laid over the map: the ground of each instructor, and where its middle is.

    Parameters
    ----------
    instructors, posts
        `lxgeo.publish.instructors.INSTRUCTORS` and `lxgeo.publish.instructors.POSTS`.
    speech
        Language of the labels.
    """
    seated = instructors[instructors.geometry.notna()]
    placed = posts[posts.geometry.notna()]
    labels = [
        "\n".join(speech.say(line) for line in _lines_of(each)) for each in seated.itertuples()
    ]
    ground = [
        around(placed.loc[placed["instructor_id"] == each, "geometry"])
        for each in seated["instructor_id"]
    ]
    shades = [_SHADES[k % len(_SHADES)] for k in range(len(seated))]
    return (
        Overlay(
            Words("联系范围", "Whom each looks after"),
            gpd.GeoDataFrame(
                {"label": [each.partition("\n")[0] for each in labels], "shade": shades},
                geometry=ground,
                crs=CRS,
            ),
        ),
        Overlay(
            Words("指导员、联络员岗位", "Instructors and liaisons"),
            gpd.GeoDataFrame(
                {"label": labels, "shade": [float("nan")] * len(seated)},
                geometry=list(seated.geometry),
                crs=CRS,
            ),
        ),
    )


def _lines_of(each: Any) -> Iterator[Words]:
    """Yield what the card of an instructor says, line by line."""
    yield Words(each.name, each.name)
    yield Words(
        f"联系 {each.posts} 个：无党员单位 {each.units} 家，联合党支部 {each.branches} 个",
        f"looks after {each.posts}: {each.units} units, {each.branches} branches",
    )
    if pd.notna(each.mean_m):
        yield Words(
            f"平均路程 {each.mean_m:,.0f} 米，最远 {each.longest_m:,.0f} 米，"
            f"走访一圈 {each.tour_m:,.0f} 米",
            f"mean way {each.mean_m:,.0f} m, longest {each.longest_m:,.0f} m,"
            f" a round {each.tour_m:,.0f} m",
        )
    if each.light:
        yield Words("任务偏少：不到限数的一半", "few posts: less than half the limit")
    if each.far:
        yield Words("路途偏远", "long ways")
