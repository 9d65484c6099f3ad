"""What lies between the units of a region: roads to walk on, or barriers across the straight line.

With straight distances a pair is cut off where a barrier lies between the two, unless they are in
one building. On foot the roads decide, and a barrier is what no road crosses. A place farther than
`OFF_ROAD_M` from every road that is mapped has roads that are not: its ways are `DETOUR` times the
straight line, cut by barriers. Both are 测算参数，非政策规定.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from lxgeo.errors import PolicyError, Words
from lxgeo.geo.barriers import crosses
from lxgeo.geo.metric import project
from lxgeo.policy import Policy
from lxgeo.rules.between import WALKED, Between, cut_between
from lxgeo.rules.cost import NOWHERE

if TYPE_CHECKING:
    import geopandas as gpd

    from lxgeo.geo.walk import WalkGraph
    from lxgeo.model import Areas

OFF_ROAD_M = 500.0
"""A place farther than this from every mapped road has roads of its own, which nobody mapped."""
DETOUR = 1.3
"""How much longer than the straight line a way is whose roads are not known."""

_AT_ONCE = 1_000
_CM = 100.0

Numbers = NDArray[np.intp]
Metres = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ways:
    """What there is between places, besides the straight line.

    Parameters
    ----------
    roads
        The network that one walks on; None where none is known, or none is asked for.
    barriers
        Layer ``barriers`` of the areas, EPSG:4326; None where none is known.
    """

    roads: WalkGraph | None = None
    barriers: gpd.GeoDataFrame | None = None


class Spots(NamedTuple):
    """Places that differ by position or building.

    Parameters
    ----------
    lon, lat
        Degrees WGS 84.
    x, y
        The same in the region's metric CRS.
    building
        Number of the building, `lxgeo.rules.cost.NOWHERE` if none.
    """

    lon: Metres
    lat: Metres
    x: Metres
    y: Metres
    building: NDArray[np.int32]

    def straight_m(self, one: Numbers, other: Numbers) -> Metres:
        """Return the straight lines between pairs, metres."""
        dx, dy = self.x[one] - self.x[other], self.y[one] - self.y[other]
        away: Metres = np.sqrt(dx * dx + dy * dy)
        return away


def ways_of(areas: Areas | None, roads: WalkGraph | None, policy: Policy) -> Ways:
    """Return what a policy lets lie between places.

    Raises
    ------
    PolicyError
        The policy measures on foot, and there are no roads.
    """
    barriers = None if areas is None else areas.layers["barriers"]
    if policy.distance != "walk":
        return Ways(None, barriers)
    if roads is None or not len(roads):
        raise PolicyError(
            Words(
                zh="规则要求按步行距离计算（distance = walk），但没有路网：请把 roads*.graphml 或 "
                "roads*.osm 放入区划文件夹（可用 lxgeo fetch-osm 下载），"
                "或改为 distance = straight",
                en="the policy measures on foot (distance = walk) and there is no road network: "
                "put roads*.graphml or roads*.osm into the areas folder (lxgeo fetch-osm gets "
                "one), or set distance = straight",
            )
        )
    return Ways(roads, barriers)


def spots_of(places: Spots) -> tuple[Spots, NDArray[np.int32]]:
    """Return the distinct ones of some places, and which of them each place is."""
    keys = np.column_stack([places.lon, places.lat, places.building])
    _, first, which = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    places = Spots(
        *(places.lon[first], places.lat[first], places.x[first], places.y[first]),
        building=places.building[first],
    )
    return places, which.ravel().astype(np.int32)


def lies_between(spots: Spots, limit_m: float, ways: Ways, crs: str) -> Between:
    """Return what lies between spots that are within a limit of each other.

    Parameters
    ----------
    spots
        The spots of a region.
    limit_m
        The greatest distance limit of any of them, metres.
    ways
        Roads and barriers.
    crs
        The region's metric CRS.
    """
    if ways.roads is not None:
        return _on_foot(spots, limit_m, ways, ways.roads)
    one, other = _near_pairs(spots, limit_m, _to_barriers(spots, ways.barriers, crs))
    cut = _cut(spots, one, other, ways.barriers)
    return cut_between(len(spots.x), one[cut], other[cut])


def _to_barriers(spots: Spots, barriers: gpd.GeoDataFrame | None, crs: str) -> Metres:
    """Return how far each spot is from the nearest barrier, metres."""
    if barriers is None or not len(barriers):
        return np.full(len(spots.x), np.inf)
    shapes = shapely.transform(
        barriers.geometry.to_numpy(), lambda at: np.column_stack(project(at[:, 0], at[:, 1], crs))
    )
    tree = shapely.STRtree(shapely.get_parts(shapes))
    found = tree.query_nearest(
        shapely.points(spots.x, spots.y), return_distance=True, all_matches=False
    )
    away = np.full(len(spots.x), np.inf)
    away[found[0][0]] = found[1]
    return away


def _near_pairs(spots: Spots, limit_m: float, away: Metres) -> tuple[Numbers, Numbers]:
    """Return the pairs within a limit between which a barrier may lie, each once.

    Whatever crosses the straight line is, from both ends together, no farther than its length.
    """
    which = np.flatnonzero(away <= limit_m)
    pairs = [
        (one, other)
        for one, other, metres in _within(spots, which, which, limit_m)
        for near in [(one < other) & (away[one] + away[other] <= metres + 1.0)]
        for one, other in [(one[near], other[near])]
    ]
    if not pairs:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return one, other


def _within(
    spots: Spots, some: Numbers, others: Numbers, limit_m: float
) -> Iterator[tuple[Numbers, Numbers, Metres]]:
    """Yield pairs of spots within a limit, and their straight lines, so many at a time."""
    if not len(some) or not len(others):
        return
    tree = cKDTree(np.column_stack([spots.x[others], spots.y[others]]))
    for start in range(0, len(some), _AT_ONCE):
        part = some[start : start + _AT_ONCE]
        own = cKDTree(np.column_stack([spots.x[part], spots.y[part]]))
        found = own.sparse_distance_matrix(tree, limit_m, output_type="ndarray")
        one, other = part[found["i"]], others[found["j"]]
        yield one, other, spots.straight_m(one, other)


def _cut(
    spots: Spots, one: Numbers, other: Numbers, barriers: gpd.GeoDataFrame | None
) -> NDArray[np.bool_]:
    """Return which pairs a barrier cuts off from each other."""
    if barriers is None or not len(one):
        return np.zeros(len(one), dtype=np.bool_)
    lines = (spots.lon[one], spots.lat[one], spots.lon[other], spots.lat[other])
    return crosses(*lines, barriers) & ~_same_building(spots, one, other)


def _same_building(spots: Spots, one: Numbers, other: Numbers) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = spots.building[one] == spots.building[other]
    return same & (spots.building[one] != NOWHERE)


def _on_foot(spots: Spots, limit_m: float, ways: Ways, roads: WalkGraph) -> Between:
    """Return the ways on foot between spots, never shorter than the straight line."""
    count = len(spots.x)
    off_road = roads.metres_away(spots.lon, spots.lat) > OFF_ROAD_M
    net = roads.distances(spots.lon, spots.lat, limit_m)
    one = np.repeat(np.arange(count), np.diff(net.indptr))
    other = net.indices.astype(np.intp)
    kept = (one != other) & ~off_road[one] & ~off_road[other] & ~_same_building(spots, one, other)
    parts = [(one[kept], other[kept], net.data[kept])]
    parts += _within_buildings(spots)
    parts += _off_road(spots, limit_m, off_road, ways.barriers)
    one, other, metres = (np.concatenate(column) for column in zip(*parts, strict=True))
    # Whole centimetres, as they are published, and rounding makes no way shorter than the line.
    straight = np.ceil(_CM * spots.straight_m(one, other)) / _CM
    metres = np.maximum(np.floor(_CM * metres + 0.5) / _CM, straight)
    table = sparse.csr_array((metres, (one, other)), shape=(count, count))
    table.sort_indices()
    first, columns = table.indptr.astype(np.int64), table.indices.astype(np.int32)
    return Between(WALKED, first, columns, table.data)


def _within_buildings(spots: Spots) -> Iterator[tuple[Numbers, Numbers, Metres]]:
    """Yield the pairs of each building, both ways: inside it one walks straight."""
    order = np.argsort(spots.building, kind="stable")
    order = order[spots.building[order] != NOWHERE]
    cuts = np.flatnonzero(np.diff(spots.building[order])) + 1
    for inside in np.split(order, cuts):
        one, other = (side.ravel() for side in np.meshgrid(inside, inside, indexing="ij"))
        apart = one != other
        one, other = one[apart], other[apart]
        yield one, other, spots.straight_m(one, other)


def _off_road(
    spots: Spots, limit_m: float, off_road: NDArray[np.bool_], barriers: gpd.GeoDataFrame | None
) -> Iterator[tuple[Numbers, Numbers, Metres]]:
    """Yield the pairs, both ways, of which one at least has roads that nobody mapped."""
    everybody = np.arange(len(spots.x))
    for one, other, metres in _within(spots, np.flatnonzero(off_road), everybody, limit_m / DETOUR):
        # A pair that is off the roads at both ends is found from both.
        once = (one != other) & ~(off_road[other] & (other < one))
        once &= ~_same_building(spots, one, other)
        once[once] = ~_cut(spots, one[once], other[once], barriers)
        way = DETOUR * metres[once]
        yield one[once], other[once], way
        yield other[once], one[once], way
