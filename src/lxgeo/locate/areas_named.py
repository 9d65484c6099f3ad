"""Where a row's names and its point meet, and where they don't: the point decides, it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.geo import metric_crs, project
from lxgeo.locate.extent import in_metres
from lxgeo.locate.finder import Finder
from lxgeo.locate.names import aliases, fold, says_only_a_type
from lxgeo.locate.places import Layer, Place
from lxgeo.model import Reason, Rule

FAR_M = 200.0
"""A point farther than this from the place that its row names is not there, however roughly either
is drawn; nearer, it may stand by its gate."""


class Named(NamedTuple):
    """A row, the id of an area that a name of its may mean, and whether the name is a real one."""

    row: int
    area: str
    real: bool = True


@dataclass(frozen=True)
class Points:
    """The points of rows, and what they are good for.

    Parameters
    ----------
    lon, lat
        Degrees WGS 84, NaN where unknown.
    own
        Rows whose point is their own: areas hold it, or are near to it.
    given
        Rows whose point is the ledger's: they are told where it is not at the place they name.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    own: NDArray[np.bool_]
    given: NDArray[np.bool_]


def settle(
    held: NDArray[Any],
    named: Iterable[Named],
    points: Points,
    areas: gpd.GeoDataFrame,
    near_m: float,
) -> tuple[NDArray[Any], list[tuple[int, Reason]]]:
    """Return each row's area, by what holds its point and what it names, and what disagrees.

    Parameters
    ----------
    held
        Id of the area that holds each row's point; None where none does.
    named
        What rows name. A row that no area holds lies in the nearest that it names, if that is no
        farther than ``near_m``.
    points
        The rows' points; only rows with a point of their own are settled.
    areas
        The layer.
    near_m
        How near is in, metres.

    Returns
    -------
    tuple
        The areas, and (row, ``place_disagrees``) where given coordinates lie in another area than
        the one named and farther than ``near_m`` from it, or in none and farther than `FAR_M`.
    """
    settled, told = held.copy(), []
    names = dict(zip(areas["id"], areas["name"], strict=True))
    for each, apart_m in _nearest(named, points, areas):
        lies = held[each.row]
        if lies == each.area:
            continue
        if lies is None and apart_m <= near_m:
            settled[each.row] = each.area
        elif each.real and points.given[each.row] and apart_m > (near_m if lies else FAR_M):
            figures = {
                "named": names[each.area],
                "lies": names.get(lies),
                "distance_m": float(np.round(apart_m, 1)),
            }
            told.append((each.row, Reason(Rule.PLACE_DISAGREES, figures)))
    return settled, told


def _nearest(
    named: Iterable[Named], points: Points, areas: gpd.GeoDataFrame
) -> list[tuple[Named, float]]:
    """Return for each row the nearest of the areas it names, and how far it is, metres.

    Of several meanings none is told to be the wrong one: the nearest is, or its name is not real.
    """
    of = {area: i for i, area in enumerate(areas["id"])}
    drawn = ~(areas.geometry.isna() | areas.geometry.is_empty).to_numpy()
    pairs = sorted({each for each in named if points.own[each.row] and drawn[of[each.area]]})
    if not pairs:
        return []
    rows = np.array([each.row for each in pairs])
    crs = metric_crs(float(np.mean(points.lon[rows])))
    at = shapely.points(*project(points.lon[rows], points.lat[rows], crs))
    shapes = in_metres(areas.geometry.to_numpy(), crs)
    apart = shapely.distance(at, shapes[[of[each.area] for each in pairs]])
    order = np.lexsort((np.arange(len(pairs)), apart, rows))
    first = order[np.unique(rows[order], return_index=True)[1]]
    return [(pairs[i], float(apart[i])) for i in first.tolist()]


def areas_named(texts: Sequence[str], areas: gpd.GeoDataFrame, layer: Layer) -> list[Named]:
    """Return which texts name which areas, by their names and aliases.

    Parameters
    ----------
    texts
        Folded texts.
    areas
        The layer's table.
    layer
        What its areas are.
    """
    places: dict[str, tuple[Place, ...]] = {}
    for area, name, also in zip(areas["id"], areas["name"], areas["aliases"], strict=True):
        for each in (fold(name), *(() if pd.isna(also) else aliases(fold(also)))):
            if len(each) > 1:
                places[each] = (*places.get(each, ()), Place(layer, area, name))
    finder = Finder.of(places)
    found = {
        text: [
            (place.id, not says_only_a_type(text[each.start : each.end]))
            for each in finder.find(text, ())
            for place in each.places
        ]
        for text in (dict.fromkeys(texts) if places else ())
    }
    return [Named(i, *each) for i, text in enumerate(texts) for each in found.get(text, ())]


def only_named(named: Iterable[Named], rows: NDArray[np.bool_]) -> dict[int, str]:
    """Return row → the one area that it names, for some rows; what means several is left out."""
    meant: dict[int, set[str]] = {}
    for each in named:
        if rows[each.row] and each.real:
            meant.setdefault(each.row, set()).add(each.area)
    return {row: min(areas) for row, areas in meant.items() if len(areas) == 1}
