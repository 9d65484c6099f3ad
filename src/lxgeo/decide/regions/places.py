"""What the areas tell the planner besides who lies in them: names, groups of buildings, venues."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lxgeo.geo.metric import metric_crs, project
from lxgeo.model import AREA_LAYERS, Areas

_NAMELESS = "未命名"
"""What a place without a name is called when it is read."""
_NUMBER = re.compile(r"（\d+）$")
"""What tells hotspots of one name apart; branches have numbers of their own."""


class Venue(NamedTuple):
    """Where a branch may meet (活动场所).

    Parameters
    ----------
    venue_id, name
        Which one; no name where it has none.
    metres
        How far it is from the host, straight.
    """

    venue_id: str
    name: str | None
    metres: float


@dataclass(frozen=True, eq=False)
class Places:
    """A district's places.

    Parameters
    ----------
    names
        ``building``, ``park``, …, ``hotspot`` → id → name, of places that have one.
    groups
        Building id → the group of buildings that it was declared to belong to.
    districts
        Names of its districts or counties.
    venue_ids, venue_names
        Of each venue.
    venue_at : ndarray of float64, shape (venues, 2)
        Longitude and latitude of each venue, WGS 84.
    """

    names: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, str]
    districts: tuple[str, ...]
    venue_ids: tuple[str, ...]
    venue_names: tuple[str | None, ...]
    venue_at: NDArray[np.float64]

    def name_of(self, kind: str, place_id: Any) -> str | None:
        """Return the name of a place, None where it is unknown."""
        return self.names.get(kind, {}).get(place_id) if isinstance(place_id, str) else None

    def nearest_venues(self, hosts: Sequence[Any]) -> list[Venue | None]:
        """Return the venue that is nearest to each host, the smaller id on ties.

        Parameters
        ----------
        hosts
            Points (lon, lat), or None.
        """
        found: list[Venue | None] = [None] * len(hosts)
        known = [i for i, point in enumerate(hosts) if point is not None]
        if not self.venue_ids or not known:
            return found
        zones: dict[str, list[int]] = {}
        for i in known:
            zones.setdefault(metric_crs(hosts[i].x), []).append(i)
        for crs, members in zones.items():
            venue_lon, venue_lat = self.venue_at.T
            tree = cKDTree(np.column_stack(project(venue_lon, venue_lat, crs)))
            lon, lat = ([getattr(hosts[i], axis) for i in members] for axis in ("x", "y"))
            apart, nearest = tree.query(np.column_stack(project(lon, lat, crs)))
            for i, metres, venue in zip(members, apart.tolist(), nearest.tolist(), strict=True):
                found[i] = Venue(self.venue_ids[venue], self.venue_names[venue], metres)
        return found


def places_of(areas: Areas | None, hotspots: gpd.GeoDataFrame | None = None) -> Places:
    """Return what a district's areas and hotspots tell, nothing where there are none."""
    layers = {} if areas is None else {name: areas.layers[name] for name in AREA_LAYERS}
    names = {layer.removesuffix("s"): _names(table) for layer, table in layers.items()}
    buildings = layers.get("buildings")
    if hotspots is not None:
        names["hotspot"] = {each: _NUMBER.sub("", name) for each, name in _names(hotspots).items()}
    groups: dict[str, str] = {}
    if buildings is not None and "group" in buildings:
        told = buildings.dropna(subset="group")
        groups = dict(zip(told["id"], told["group"], strict=True))
    townships = layers.get("townships")
    districts = () if townships is None else tuple(sorted(set(townships["district"].dropna())))
    venues = layers.get("venues")
    if venues is None or venues.empty:
        return Places(MappingProxyType(names), groups, districts, (), (), np.empty((0, 2)))
    venues = venues[venues.geometry.notna() & ~venues.geometry.is_empty].sort_values("id")
    inside = venues.geometry.representative_point()
    return Places(
        names=MappingProxyType(names),
        groups=groups,
        districts=districts,
        venue_ids=tuple(venues["id"]),
        venue_names=tuple(names["venue"].get(each) for each in venues["id"]),
        venue_at=np.column_stack([inside.x, inside.y]),
    )


def _names(table: gpd.GeoDataFrame) -> dict[str, str]:
    return {
        each: name
        for each, name in zip(table["id"], table["name"], strict=True)
        if not name.startswith(_NAMELESS)
    }
