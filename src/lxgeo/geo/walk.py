"""Walking metres along roads: the network as arrays, and how far places on it are from each other.

The ways are taken as they are mapped: both directions, no stairs or lights counted, no entrances
known. What is measured is where one can walk, not how long it takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from lxgeo.geo.chains import Ints, chained, grouped
from lxgeo.geo.metric import DIGITS, metric_crs, project
from lxgeo.geo.noding import joined
from lxgeo.geo.pairs import both_ways
from lxgeo.geo.reach import NOWHERE, Net, Shorts, reached
from lxgeo.geo.snap import MM, Ends, Floats, doors, snapped, whole_mm

_ROOM: Final = 4_000_000
"""Answers that one chunk of a search holds: 32 MB."""
_FARTHEST_M: Final = 100_000.0
"""Nobody walks farther; a greater limit is taken for this one, so that no sum overflows."""


@dataclass(frozen=True, eq=False)
class WalkGraph:
    """A road network for people on foot: junctions, and undirected edges between them.

    Parameters
    ----------
    crs
        The metric system that lengths were measured in.
    lon, lat : ndarray of float64, shape (nodes,)
        Junctions and dead ends, degrees WGS 84.
    starts, ends : ndarray of int64, shape (edges,)
        The two nodes of each edge; the same one for a ring.
    metres : ndarray of float64, shape (edges,)
        Length of each edge along its shape, whole millimetres.
    shape_at : ndarray of int64, shape (edges + 1,)
        Edge ``e`` has the shape ``shape_lon[shape_at[e]:shape_at[e + 1]]``, its ends among them.
    shape_lon, shape_lat : ndarray of float64
        Vertices, degrees WGS 84.
    """

    crs: str
    lon: Floats
    lat: Floats
    starts: Ints
    ends: Ints
    metres: Floats
    shape_at: Ints
    shape_lon: Floats
    shape_lat: Floats

    @classmethod
    def of_paths(cls, lon: ArrayLike, lat: ArrayLike, at: ArrayLike, line: ArrayLike) -> WalkGraph:
        """Return the network of ways that share vertices where one can pass from way to way.

        Parameters
        ----------
        lon, lat
            Vertices, degrees WGS 84.
        at, line
            Way ``w`` leads along the vertices ``line[at[w]:at[w + 1]]``.

        Returns
        -------
        WalkGraph
            Ways are joined through vertices that merely bend, and cut where three or more meet.
            A stretch that is given twice, or both ways, is one.
        """
        lon, lat = (np.asarray(each, dtype=np.float64).round(DIGITS) for each in (lon, lat))
        at, line = np.asarray(at, dtype=np.int64), np.asarray(line, dtype=np.int64)
        inner = np.ones(max(len(line) - 1, 0), dtype=bool)
        inner[at[1:-1][(at[1:-1] > 0) & (at[1:-1] < len(line))] - 1] = False
        pairs = np.column_stack([line[:-1], line[1:]])[inner]
        pairs.sort(axis=1)
        pairs = pairs[pairs[:, 0] != pairs[:, 1]]
        first, second = np.divmod(np.unique(pairs[:, 0] * len(lon) + pairs[:, 1]), max(len(lon), 1))
        chains = chained(first, second, len(lon))
        return cls._of_chains(lon, lat, chains.at, chains.line)

    @classmethod
    def _of_chains(cls, lon: Floats, lat: Floats, at: Ints, line: Ints) -> WalkGraph:
        starts, ends = line[at[:-1]], line[at[1:] - 1]
        nodes = _neighbourly(np.unique(np.concatenate([starts, ends])), lon, lat)
        number = np.empty(len(lon), dtype=np.int64)
        number[nodes] = np.arange(len(nodes))
        crs = metric_crs(float(lon[line].mean())) if len(line) else metric_crs(0.0)
        x, y = project(lon[line], lat[line], crs)
        # Summed over all vertices: the steps from one edge to the next lie between its ends' sums.
        walked = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
        return cls(
            crs=crs,
            lon=lon[nodes],
            lat=lat[nodes],
            starts=number[starts],
            ends=number[ends],
            metres=whole_mm(walked[at[1:] - 1] - walked[at[:-1]]) / MM,
            shape_at=at,
            shape_lon=lon[line],
            shape_lat=lat[line],
        )

    @classmethod
    def of_lines(cls, lines: ArrayLike) -> WalkGraph:
        """Return the network of lines that have no topology of their own.

        Parameters
        ----------
        lines
            ``LineString`` and ``MultiLineString`` geometries in degrees WGS 84.

        Returns
        -------
        WalkGraph
            Lines meet at vertices that they share (7 decimals), and where one ends within half a
            metre of another. Where two merely cross, one passes above the other.
        """
        return cls.of_paths(*joined(np.asarray(lines, dtype=object)))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> WalkGraph:
        """Return the network that `to_arrays` took apart.

        Raises
        ------
        ValueError
            Arrays that are missing or do not fit together.
        """
        names = [field.name for field in fields(cls)]
        if missing := [name for name in names if name not in arrays]:
            raise ValueError(f"no arrays {', '.join(missing)}")
        parts: dict[str, Any] = {name: arrays[name] for name in names}
        graph = cls(**parts | {"crs": str(parts["crs"])})
        edges, vertices = len(graph.starts), len(graph.shape_lon)
        whole = (
            len(graph.lon) == len(graph.lat)
            and edges == len(graph.ends) == len(graph.metres) == len(graph.shape_at) - 1
            and vertices == len(graph.shape_lat) == graph.shape_at[-1]
            and bool((np.diff(graph.shape_at) >= 2).all())  # noqa: PLR2004 -- a line has two ends
            and all(
                not edges or (each.min() >= 0 and each.max() < len(graph.lon))
                for each in (graph.starts, graph.ends)
            )
        )
        if not whole:
            raise ValueError("the arrays do not fit together")
        return graph

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the network as arrays that a file can hold."""
        return {field.name: np.asarray(getattr(self, field.name)) for field in fields(self)}

    def __len__(self) -> int:
        """Return how many nodes there are."""
        return len(self.lon)

    @cached_property
    def component(self) -> Ints:
        """Which connected part each node lies in: 0 is the part with the most metres of way."""
        adjacency = sparse.coo_array(
            (np.ones(len(self.starts), dtype=np.int8), (self.starts, self.ends)),
            shape=(len(self), len(self)),
        )
        count, part = connected_components(adjacency, directed=False)
        length = np.bincount(part[self.starts], weights=self.metres, minlength=count)
        rank = np.empty(count, dtype=np.int64)
        rank[np.argsort(-length, kind="stable")] = np.arange(count)
        return rank[part]

    @property
    def component_metres(self) -> Floats:
        """Metres of way of each connected part, the most first."""
        return np.bincount(self.component[self.starts], weights=self.metres).astype(np.float64)

    def without_scraps(self, least_m: float) -> WalkGraph:
        """Return the network without parts that hang together with nothing else.

        Parameters
        ----------
        least_m
            Parts with fewer metres of way are left out; the greatest one always stays.
        """
        if not len(self):
            return self
        kept = self.component_metres >= least_m
        kept[0] = True
        edges = np.flatnonzero(kept[self.component[self.starts]])
        nodes = np.flatnonzero(kept[self.component])
        sizes = np.diff(self.shape_at)[edges]
        at = np.concatenate([[0], np.cumsum(sizes)])
        vertices = np.arange(at[-1]) + np.repeat(self.shape_at[edges] - at[:-1], sizes)
        return WalkGraph(
            crs=self.crs,
            lon=self.lon[nodes],
            lat=self.lat[nodes],
            starts=np.searchsorted(nodes, self.starts[edges]),
            ends=np.searchsorted(nodes, self.ends[edges]),
            metres=self.metres[edges],
            shape_at=at,
            shape_lon=self.shape_lon[vertices],
            shape_lat=self.shape_lat[vertices],
        )

    def distances(self, lon: ArrayLike, lat: ArrayLike, limit_m: float) -> sparse.csr_array:
        """Return the walking metres between all pairs of places within a limit of each other.

        A place walks straight to the nearest point of the nearest edge, along the network to the
        other's nearest point, and straight from there; the straight metres at both ends count. Two
        places that are nearer to each other than to the network (the straight line is no longer
        than both ways to it together) walk straight: there is no road between them.

        Parameters
        ----------
        lon, lat : array_like, shape (places,)
            Degrees WGS 84. NaN is nowhere: its row and column are empty.
        limit_m
            Greatest distance, itself included; 100 km at most.

        Returns
        -------
        scipy.sparse.csr_array, shape (places, places)
            Metres, whole millimetres, symmetric, sorted by column. What is not stored is out of
            reach; zeros (a place from itself, and from what stands on the same spot) are stored.
        """
        spots = np.column_stack([np.asarray(lon, np.float64), np.asarray(lat, np.float64)])
        known = np.flatnonzero(np.isfinite(spots).all(axis=1))
        distinct, which = np.unique(spots[known].round(DIGITS), axis=0, return_inverse=True)
        # Where there is no network, the places say where on earth they are.
        crs = self.crs if len(self) or not len(known) else metric_crs(float(distinct[:, 0].mean()))
        x, y = project(distinct[:, 0], distinct[:, 1], crs)
        eastward = np.argsort(x, kind="stable")
        spot = np.full(len(spots), NOWHERE, dtype=np.int64)
        spot[known] = np.argsort(eastward)[which.ravel()]
        found = self._reached(x[eastward], y[eastward], _limit_mm(limit_m))
        begins, column, metres = both_ways(*found, spot)
        return sparse.csr_array((metres, column, begins), shape=(len(spots), len(spots)))

    def metres_away(self, lon: ArrayLike, lat: ArrayLike) -> Floats:
        """Return how far places are from the nearest way, straight, metres.

        Parameters
        ----------
        lon, lat : array_like, shape (places,)
            Degrees WGS 84. NaN is infinitely far, and so is everybody where there is no way.
        """
        x, y = project(lon, lat, self.crs)
        away = np.full(len(x), np.inf)
        known = np.flatnonzero(np.isfinite(x))
        if len(self.starts) and len(known):
            tree, points = shapely.STRtree(self.lines), shapely.points(x[known], y[known])
            (place, _), metres = tree.query_nearest(points, return_distance=True, all_matches=False)
            away[known[place]] = metres
        return away

    def _reached(self, x: Floats, y: Floats, limit_mm: int) -> tuple[Ints, Shorts, Shorts]:
        """Return what later spots each spot has within the limit, in chunks that memory holds."""
        mm = whole_mm(self.metres)
        places = snapped(x, y, self.lines, mm)
        ends = Ends(self.starts, self.ends, mm, len(self), self._west_m)
        doorways = doors(places, ends, limit_mm)
        place, length = (np.empty(max(_ROOM, len(x)), dtype=np.int32) for _ in range(2))
        counts = [np.empty(0, dtype=np.int64)]
        found, lengths = [place[:0]], [length[:0]]
        first, queue = 0, 4 * len(self._net.ways) + 4
        while first < len(x):
            start = first
            first, each = reached(self._net, doorways, start, limit_mm, queue, (place, length))
            queue *= 2 if first == start else 1
            counts.append(each)
            found.append(place[: each.sum()].copy())
            lengths.append(length[: each.sum()].copy())
        return np.concatenate(counts), np.concatenate(found), np.concatenate(lengths)

    @cached_property
    def _net(self) -> Net:
        """The edges both ways, by the node that they lead from."""
        begins, order = grouped(np.concatenate([self.starts, self.ends]), len(self))
        there = np.concatenate([self.ends, self.starts])
        ways = np.column_stack([there, np.tile(whole_mm(self.metres), 2)])[order]
        x, _ = project(self.lon, self.lat, self.crs)
        east = whole_mm(x - self._west_m).astype(np.int32)
        return Net(begins, np.ascontiguousarray(ways, dtype=np.int32), east)

    @property
    def _west_m(self) -> float:
        """What easts are measured from: any node will do."""
        return float(project(self.lon[:1], self.lat[:1], self.crs)[0][0]) if len(self) else 0.0

    @cached_property
    def lines(self) -> NDArray[np.object_]:
        """The edges' shapes as lines, metres in ``crs``."""
        x, y = project(self.shape_lon, self.shape_lat, self.crs)
        owner = np.repeat(np.arange(len(self.starts)), np.diff(self.shape_at))
        lines: NDArray[np.object_] = shapely.linestrings(x, y, indices=owner)
        return lines


def _neighbourly(nodes: Ints, lon: Floats, lat: Floats) -> Ints:
    """Return nodes along a curve that fills the plane: what is near there is near in memory."""
    spots = gpd.GeoSeries(gpd.points_from_xy(lon[nodes], lat[nodes]))
    along = spots.hilbert_distance().to_numpy() if len(nodes) else nodes
    return nodes[np.argsort(along, kind="stable")]


def _limit_mm(limit_m: float) -> int:
    """Return a limit in whole millimetres."""
    return int(min(limit_m, _FARTHEST_M) * MM + 0.5)
