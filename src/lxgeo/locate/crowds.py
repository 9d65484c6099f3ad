"""Where units crowd and no area is known: hotspots, named by what addresses there say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from lxgeo.geo.hotspots import Density, hotspots
from lxgeo.locate.lattice import Part
from lxgeo.locate.names import fold, says_only_a_type, split_tail

_DIVISIONS = frozenset({"prov", "city", "district", "town"})
_NO_NAMES = frozenset({"底商", "门面", "门面房", "门市", "商铺", "铺面", "店铺", "沿街", "临街"})
"""What is called a building and names none."""


class Crowded(NamedTuple):
    """Located units with their hotspots, and these.

    Parameters
    ----------
    located
        `lxgeo.tables.LOCATED`, ``hotspot_id`` filled in.
    hotspots
        `lxgeo.tables.HOTSPOTS`.
    """

    located: gpd.GeoDataFrame
    hotspots: gpd.GeoDataFrame


def with_hotspots(
    located: gpd.GeoDataFrame,
    parts: Mapping[str, tuple[Part, ...]],
    density: Density | None = None,
) -> Crowded:
    """Return located units with the hotspots that they stand in.

    Parameters
    ----------
    located
        `lxgeo.tables.LOCATED`.
    parts
        Each different address, folded → its parts.
    density
        What counts as dense.
    """

    def names(rows: NDArray[np.intp]) -> list[tuple[str, ...]]:
        texts = located["address"].iloc[rows].fillna("")
        return [_names(parts[fold(text)]) for text in texts]

    table, ids = hotspots(located, names, density)
    return Crowded(located.assign(hotspot_id=ids), table)


def _names(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Return building, park, road and village of an address, towers and phases left out.

    What stands before a township or district is no building, whatever it looks like.
    """
    above = max((part.end for part in parts if part.label in _DIVISIONS), default=0)
    first = {"poi": "", "devzone": "", "road": "", "community": ""}
    for part in reversed(parts):
        if part.label in first and (part.start >= above or part.label == "community"):
            first[part.label] = part.text
    building = split_tail(first["poi"])[0]
    if building in _NO_NAMES or says_only_a_type(building):
        building = ""
    return building, first["devzone"], first["road"], first["community"]
