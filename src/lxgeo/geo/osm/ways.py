"""Roads of OpenStreetMap: which are in use, and which one may walk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from lxgeo.geo.osm.elements import Elements, Tags

if TYPE_CHECKING:
    from lxgeo.geo.walk import WalkGraph

# As in OSMnx's filter of network type "walk": unanchored patterns, in the order of its query.
_NO_WALK: Final = {
    "area": re.compile("yes"),
    "access": re.compile("private"),
    "highway": re.compile(
        "abandoned|bus_guideway|construction|cycleway|motor|no|planned|platform|proposed|raceway|"
        "razed|rest_area|services"
    ),
    "foot": re.compile("no"),
    "service": re.compile("private"),
    **dict.fromkeys(
        ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right"), re.compile("separate")
    ),
}
_NOT_IN_USE: Final = re.compile(
    "abandoned|construction|no|planned|platform|proposed|raceway|razed|rest_area|services"
)


def in_use(tags: Tags) -> bool:
    """Return whether tags are those of a road that stands: an address may name it."""
    highway = tags.get("highway")
    return highway is not None and not _NOT_IN_USE.search(highway) and tags.get("area") != "yes"


def walkable(tags: Tags) -> bool:
    """Return whether tags are those of a way that people on foot may take.

    The filter is OSMnx's own for walking networks: no motorways, nothing private or unbuilt, and
    no road whose sidewalks are mapped on their own.
    """
    return "highway" in tags and not any(
        key in tags and pattern.search(tags[key]) for key, pattern in _NO_WALK.items()
    )


@dataclass(frozen=True)
class Ways:
    """Roads as vertices and the stretches along them.

    Parameters
    ----------
    lon, lat : ndarray of float64, shape (vertices,)
        Degrees WGS 84.
    at, line : ndarray of int64
        Stretch ``w`` leads along the vertices ``line[at[w]:at[w + 1]]``.
    names
        What each stretch is called: nothing, one name, or several.
    walk : ndarray of bool
        Whether one may walk it.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    at: NDArray[np.int64]
    line: NDArray[np.int64]
    names: tuple[tuple[str, ...], ...]
    walk: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        stretches: Iterable[tuple[tuple[int, ...], tuple[str, ...], bool]],
    ) -> Ways:
        """Return stretches, given as vertices, names and whether one may walk them."""
        listed = list(stretches)
        sizes = [len(nodes) for nodes, _, _ in listed]
        return cls(
            lon,
            lat,
            np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            np.array([node for nodes, _, _ in listed for node in nodes], dtype=np.int64),
            tuple(names for _, names, _ in listed),
            np.array([walk for _, _, walk in listed], dtype=np.bool_),
        )

    @property
    def lines(self) -> NDArray[np.object_]:
        """The stretches as lines in degrees WGS 84."""
        owner = np.repeat(np.arange(len(self.names)), np.diff(self.at))
        lines: NDArray[np.object_] = shapely.linestrings(
            self.lon[self.line], self.lat[self.line], indices=owner
        )
        return lines

    def walk_graph(self) -> WalkGraph:
        """Return the network of the stretches that one may walk: they meet at shared vertices."""
        from lxgeo.geo.walk import WalkGraph  # brings numba, which a look at names needs not

        sizes = np.diff(self.at)
        at = np.concatenate([[0], np.cumsum(sizes[self.walk])])
        line = self.line[np.repeat(self.walk, sizes)]
        return WalkGraph.of_paths(self.lon, self.lat, at, line)


def ways(elements: Elements) -> Ways:
    """Return the roads in use among a file's elements."""
    return Ways.of(
        elements.lon,
        elements.lat,
        (
            (run, tuple(filter(None, [way.tags.get("name")])), walkable(way.tags))
            for way in elements.ways
            if in_use(way.tags)
            for run in way.runs
        ),
    )
