"""Dense places that no area is known for (聚集区): found by density, named by what units say.

DBSCAN (Ester et al. 1996, scikit-learn) in metres, over ten-metre cells that weigh as much as units
stand in them: three hundred firms at one door cost no more than one. Along a busy street it chains
from block to block; what comes out too wide to be one place is looked at again with a shorter
reach, so that its denser parts come out instead. Neither the order of rows nor a seed matters.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.geo.metric import DIGITS, metric_crs, project, unproject
from lxgeo.model import OperatingStatus
from lxgeo.tables import CRS, HOTSPOTS

Metres: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]
Names: TypeAlias = Callable[[Rows], Sequence[Sequence[str]]]

_CELL_M = 10.0
"""Width of the cells that units are counted in: about a house."""
_MARGIN_M = 15.0
"""Ground around the outermost units that still belongs to a hotspot."""
_GONE = [str(each) for each in OperatingStatus if each.gone]
_KNOWN_AREAS = ("park_id", "building_id", "corridor_id", "market_id", "block_id")
_OWN_POINT = ("given", "building", "house_number")
_NAMED_SHARE = 0.25
"""Share of a hotspot's units that must say a name for it to be the hotspot's."""


@dataclass(frozen=True)
class Density:
    """What counts as dense.

    Parameters
    ----------
    least_units
        Fewest units of a hotspot, and fewest within ``reach_m`` of a unit in its midst.
    reach_m
        How near counts as together, metres: a block's length.
    widest_m
        A hotspot wider than this (the diagonal of its box) is looked at again with a shorter reach.
    shrink
        How much shorter each time.
    finest_m
        Below this reach it stays as it is, however wide: a downtown is dense all over.
    """

    least_units: int = 8
    reach_m: float = 120.0
    widest_m: float = 800.0
    shrink: float = 0.7
    finest_m: float = 40.0

    def __post_init__(self) -> None:
        least = self.least_units >= 2 and min(self.reach_m, self.widest_m, self.finest_m) > 0  # noqa: PLR2004
        if not least or not 0 < self.shrink < 1:
            raise ValueError(f"no density: {self}")


def hotspots(
    located: gpd.GeoDataFrame, names: Names, density: Density | None = None
) -> tuple[gpd.GeoDataFrame, pd.Series]:
    """Return the dense places of units that lie in no known area, and each row's.

    Parameters
    ----------
    located
        `lxgeo.tables.LOCATED`. Only units at work count, with a point of their own, in no park,
        building, corridor, market or block; each once.
    names
        Asked once, with the numbers of all rows in hotspots, for the names that each row's address
        says, the best to name a place by first (building, park, road, village); empty texts where
        it says none.
    density
        What counts as dense.

    Returns
    -------
    tuple
        `lxgeo.tables.HOTSPOTS`, most units first, and the id of each row's (missing where none). An
        id comes from the units and is the same as long as they are. A hotspot has the name of the
        first kind that a quarter of its units share, else of the commonest; else of its township;
        a name that stands already gets a number.
    """
    rows = np.flatnonzero(_counts(located))
    found: list[dict[str, Any]] = []
    of_row = np.full(len(located), None, dtype=object)
    if rows.size:
        lon, lat = (located[name].to_numpy(dtype=np.float64)[rows] for name in ("lon", "lat"))
        crs = metric_crs(float(np.mean(lon)))
        x, y = project(lon, lat, crs)
        parts = dense_places(x, y, density or Density())
        crowded = rows[np.sort(np.concatenate(parts))] if parts else rows[:0]
        said = dict(zip(crowded.tolist(), names(crowded), strict=True)) if parts else {}
        units = _Units.of(located)
        for part in parts:
            mine = rows[part]
            name = _name([said[i] for i in mine.tolist()], units.township[mine].tolist())
            found.append(_hotspot(units, mine, name, (x[part], y[part]), crs))
            of_row[mine] = found[-1]["id"]
    found.sort(key=lambda each: (-each["units"], each["id"]))
    return _table(found), pd.Series(of_row, index=located.index, dtype="str")


def dense_places(x: Metres, y: Metres, density: Density) -> list[Rows]:
    """Return the points of each dense place, in the order of their smallest cell.

    Parameters
    ----------
    x, y
        Metres.
    density
        What counts as dense.
    """
    return list(_dense(np.arange(len(x)), (x, y), density.reach_m, density))


def _dense(
    rows: Rows, metres: tuple[Metres, Metres], reach_m: float, by: Density
) -> Iterator[Rows]:
    """Yield the dense places among some points, those too wide by their denser parts."""
    from sklearn.cluster import DBSCAN  # slow to import, and seldom needed

    x, y = metres
    keys = np.floor(np.column_stack([x[rows], y[rows]]) / _CELL_M)
    cells, which, weight = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    clusters = DBSCAN(eps=reach_m, min_samples=by.least_units, algorithm="kd_tree")
    label = clusters.fit_predict((cells + 0.5) * _CELL_M, sample_weight=weight)[which.ravel()]
    for each in range(int(label.max(initial=-1)) + 1):
        part = rows[label == each]
        wide = float(np.hypot(np.ptp(x[part]), np.ptp(y[part])))
        shorter = reach_m * by.shrink
        if wide > by.widest_m and shorter >= by.finest_m:
            yield from _dense(part, metres, shorter, by)
        elif len(part) >= by.least_units:
            yield part


def _counts(located: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return the rows that can be part of a hotspot."""
    free = located[list(_KNOWN_AREAS)].isna().all(axis=1)
    at_work = ~located["operating_status"].isin(_GONE)
    own = located["precision"].isin(_OWN_POINT) & located["lon"].notna()
    once = located["duplicate_of"].isna()
    return (free & at_work & own & once).to_numpy(dtype=bool)


class _Units(NamedTuple):
    """What hotspots are made of, as arrays: taking rows of a frame costs a hundred times more."""

    unit_id: NDArray[Any]
    township: NDArray[Any]
    full_members: NDArray[np.int64]

    @classmethod
    def of(cls, located: gpd.GeoDataFrame) -> _Units:
        return cls(
            located["unit_id"].to_numpy(dtype=object),
            located["township"].fillna("").to_numpy(dtype=object),
            located["full_members"].fillna(0).to_numpy(dtype=np.int64),
        )


def _hotspot(
    units: _Units, rows: Rows, name: str, metres: tuple[Metres, Metres], crs: str
) -> dict[str, Any]:
    points = shapely.multipoints(np.column_stack(metres))
    unit_ids = ";".join(sorted(units.unit_id[rows].tolist()))
    return {
        "id": "H" + hashlib.blake2b(unit_ids.encode()).hexdigest()[:10],
        "name": name,
        "units": len(rows),
        "full_members": int(units.full_members[rows].sum()),
        "span_m": float(np.round(2 * shapely.minimum_bounding_radius(points), 1)),
        "geometry": _hull(points, crs),
    }


def _name(said: Sequence[Sequence[str]], townships: Sequence[str]) -> str:
    kinds = [Counter(filter(None, names)) for names in zip(*said, strict=True)]
    best = [_commonest(each) for each in kinds if each]
    enough = max(2.0, _NAMED_SHARE * len(said))
    for name, count in best:
        if count >= enough:
            return name
    rest = [each for each in best if each[1] > 1]
    if rest:
        return max(rest, key=lambda each: each[1])[0]
    return f"{_commonest(Counter(townships))[0]}聚集区"


def _commonest(names: Counter[str]) -> tuple[str, int]:
    return min(names.items(), key=lambda each: (-each[1], each[0]))


def _hull(points: Any, crs: str) -> Any:
    """Return a polygon around points, degrees, with a margin: a single door has one, too."""
    hull = shapely.buffer(shapely.convex_hull(points), _MARGIN_M, quad_segs=4)
    x, y = shapely.get_coordinates(hull).T
    ring = np.column_stack(unproject(x, y, crs))
    return shapely.orient_polygons(shapely.polygons(np.round(ring, DIGITS)))


def _table(found: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return hotspots as a table, names that repeat with a number."""
    used: Counter[str] = Counter()
    for each in found:
        used[each["name"]] += 1
        if used[each["name"]] > 1:
            each["name"] = f"{each['name']}（{used[each['name']]}）"
    columns = ("id", "name", "units", "full_members", "span_m")
    frame = {name: [each[name] for each in found] for name in columns}
    geometry = [each["geometry"] for each in found]
    return HOTSPOTS.shaped(gpd.GeoDataFrame(frame, geometry=geometry, crs=CRS))
