"""Which datum the townships that rows name speak for: evidence, weighed soundly.

A wrong datum moves every point the same few hundred metres. That carries points near a border over
it: some out of the township that their row names, others into it. Only these tell. Addresses are
sometimes wrong and borders roughly drawn, so each point's word is limited (`_NOISE`, `ROUGH_M`),
and so is that of each square kilometre (`_WITNESS`): a hundred firms in one tower, or one border
drawn too far west, are one witness.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from lxgeo.geo import metric_crs, project, to_wgs84
from lxgeo.locate.extent import in_metres
from lxgeo.model import Datum

Numbers: TypeAlias = NDArray[np.float64]

DATUMS = (Datum.WGS84, Datum.GCJ02, Datum.BD09)
"""What coordinates may be in; CGCS2000 can't be told from WGS 84 and needn't."""

ROUGH_M = 60.0
"""How far borders are drawn and points are set beside the truth (standard deviation)."""
_NOISE = 0.02
"""Share of points that lie anywhere, whatever the datum: the most that one can say is ln 49."""
_CELL_M = 1_000.0
_WITNESS = 4.0
"""Most that a square kilometre can say, nats: about what one clear point says."""
_CLEAR = 3.0
"""A point that says as much for one datum against another (nats) is clear: a hundred metres and
more on the wrong side under the one, and inside under the other."""
ENOUGH = math.log(1_000)
"""Nats that decide: a thousand to one."""
_VOTES = 4
"""Most that a square kilometre counts for where clear points are counted."""
_LEAST_CELLS = 4
"""Square kilometres with a clear point for it that a datum needs, alone or in a mixture."""
_STRAY_SHARE = 0.1
"""Witnesses that are clear the other way all the same, for a wrong address or border."""
_MOST_STRAY = 0.2
"""With more of them nothing is decided: it may be a mixture."""
_BY_CHANCE = 1e-4
"""Clear witnesses against the best datum show a mixture where so many strays were that rare."""


class Named:
    """The ground that rows name: which townships each says that it lies in.

    Parameters
    ----------
    townships
        The townships layer.
    named
        Per row, ids of the townships that its texts name; empty where they name none.
    """

    def __init__(self, townships: gpd.GeoDataFrame, named: Sequence[frozenset[str]]) -> None:
        shapes = dict(zip(townships["id"], townships.geometry, strict=True))
        everywhere = frozenset(shapes)
        known = [each & everywhere for each in named]
        codes = {each: i for i, each in enumerate(sorted(set(known), key=sorted))}
        self.ground = np.array([codes[each] for each in known], dtype=int)
        self.tells = np.array([bool(each) and each != everywhere for each in known], dtype=bool)
        self.crs = metric_crs(float(np.mean(townships.total_bounds[[0, 2]])))
        whole = shapely.union_all(shapely.make_valid(townships.geometry.to_numpy()))
        self._shapes = [
            shapely.union_all(shapely.make_valid([shapes[i] for i in sorted(ids)]))
            if ids
            else whole
            for ids in codes
        ]
        shapely.prepare(self._shapes)
        self._borders: dict[int, Any] = {}

    def holds(self, rows: NDArray[np.intp], lon: Numbers, lat: Numbers) -> NDArray[np.bool_]:
        """Return whether points lie in the townships their rows name; in any, where none named."""
        held = np.zeros(len(rows), dtype=bool)
        for ground, mine in _by(self.ground[rows]):
            held[mine] = shapely.intersects_xy(self._shapes[ground], lon[mine], lat[mine])
        return held

    def inside_m(self, rows: NDArray[np.intp], lon: Numbers, lat: Numbers) -> Numbers:
        """Return how deep points lie inside the townships their rows name; below 0 outside."""
        depth = np.zeros(len(rows))
        x, y = project(lon, lat, self.crs)
        inside = self.holds(rows, lon, lat)
        for ground, mine in _by(self.ground[rows]):
            border = self._border(ground)
            depth[mine] = shapely.distance(border, shapely.points(x[mine], y[mine]))
        return np.where(inside, depth, -depth)

    def _border(self, ground: int) -> Any:
        if ground not in self._borders:
            border = shapely.boundary(in_metres(self._shapes[ground], self.crs))
            shapely.prepare(border)
            self._borders[ground] = border
        return self._borders[ground]

    def cells(self, lon: Numbers, lat: Numbers) -> NDArray[np.int64]:
        """Return the square kilometre that each point lies in, as one number."""
        x, y = project(lon, lat, self.crs)
        east, north = (np.floor(each / _CELL_M).astype(np.int64) for each in (x, y))
        return east * 1_000_000 + north


def _by(keys: NDArray[np.int_]) -> list[tuple[int, NDArray[np.intp]]]:
    """Return each key and where it stands."""
    order = np.argsort(keys, kind="stable")
    values, starts = np.unique(keys[order], return_index=True)
    parts = np.split(order, starts[1:]) if len(values) else []
    return list(zip(values.tolist(), parts, strict=True))


class Witnesses(NamedTuple):
    """What clear points for one datum against another are worth.

    Parameters
    ----------
    votes
        A square kilometre has as many votes as it has clear points, `_VOTES` at most, and parts
        them as its points do.
    cells
        Square kilometres that have a clear point for it.
    """

    votes: float
    cells: int


@dataclass(frozen=True)
class Evidence:
    """What rows of one source say about its datum.

    Parameters
    ----------
    rows
        Rows that name a township and have coordinates.
    inside
        Datum → how many of these it puts into the township they name.
    deciding
        Distinct places among them that some datum puts inside and another outside.
    for_each
        Place → nats for each of `DATUMS`, (deciding, 3).
    cells
        Square kilometre of each deciding place.
    units
        The rows at each deciding place.
    """

    rows: int
    inside: Mapping[Datum, int]
    deciding: int
    for_each: Numbers
    cells: NDArray[np.int64]
    units: tuple[NDArray[np.intp], ...]

    def best(self) -> Datum:
        """Return the datum that has the most against its strongest rival; the first on a tie."""
        return DATUMS[int(np.argmax([self.margin(datum) for datum in DATUMS]))]

    def margin(self, datum: Datum) -> float:
        """Return nats for a datum against its strongest rival."""
        return min(self._against(datum, other) for other in DATUMS if other is not datum)

    def decides(self) -> bool:
        """Return whether the best datum is beyond reasonable doubt, and good for all the rows."""
        best = self.best()
        for other in DATUMS:
            against, mine = self._witnesses(other, best), self._witnesses(best, other)
            if against.votes > max(1, _MOST_STRAY * (against.votes + mine.votes)):
                return False
            if other is not best and mine.cells < _LEAST_CELLS:
                return False
        return self.margin(best) >= ENOUGH

    def mixed_with(self) -> Datum | None:
        """Return the datum that part of the rows is in, where the best one is not all of it."""
        from scipy.special import bdtrc  # slow to import, and not needed to parse an address

        best, found = self.best(), {}
        for other in DATUMS:
            against, mine = self._witnesses(other, best), self._witnesses(best, other)
            clear = round(against.votes + mine.votes)
            by_chance = bdtrc(round(against.votes) - 1, clear, _STRAY_SHARE)
            if against.cells >= _LEAST_CELLS and by_chance < _BY_CHANCE:
                found[other] = against.votes
        return max(found, key=lambda each: (found[each], str(each)), default=None)

    def _witnesses(self, datum: Datum, other: Datum) -> Witnesses:
        """Return what the clear points for one datum against another are worth."""
        cells, at = np.unique(self.cells, return_inverse=True)
        mine, others = (
            np.bincount(at[self._nats(a, b) >= _CLEAR], minlength=len(cells))
            for a, b in ((datum, other), (other, datum))
        )
        both = mine + others
        votes = np.minimum(both, _VOTES) * mine / np.maximum(both, 1)
        return Witnesses(float(votes.sum()), int((mine > 0).sum()))

    def clear_rows(self, datum: Datum, against: Datum) -> frozenset[int]:
        """Return the rows that clearly lie where they should under one datum, not the other."""
        clear = self._nats(datum, against) >= _CLEAR
        return frozenset(i for at in np.flatnonzero(clear) for i in self.units[at].tolist())

    def _against(self, datum: Datum, other: Datum) -> float:
        told: dict[int, float] = {}
        for cell, nats in zip(self.cells.tolist(), self._nats(datum, other).tolist(), strict=True):
            told[cell] = told.get(cell, 0.0) + nats
        return float(np.clip(list(told.values()), -_WITNESS, _WITNESS).sum())

    def _nats(self, datum: Datum, other: Datum) -> Numbers:
        nats: Any = self.for_each[:, DATUMS.index(datum)] - self.for_each[:, DATUMS.index(other)]
        return nats


def weigh(rows: NDArray[np.intp], lon: Numbers, lat: Numbers, named: Named) -> Evidence:
    """Return what rows say about the datum of their coordinates.

    Parameters
    ----------
    rows
        Rows of one source, numbered as in ``named``.
    lon, lat
        Their coordinates as given, degrees.
    named
        What they name.
    """
    from scipy.special import ndtr  # slow to import, and not needed to parse an address

    tells = named.tells[rows]
    rows, lon, lat = rows[tells], lon[tells], lat[tells]
    points = [to_wgs84(lon, lat, datum) for datum in DATUMS]
    held = [named.holds(rows, *point) for point in points]
    apart = np.flatnonzero(np.any([each != held[0] for each in held], axis=0))
    # One place speaks once, however many units are there: to 4 decimals, some ten metres.
    keys = np.column_stack([named.ground[rows], np.round(lon, 4) * 1e4, np.round(lat, 4) * 1e4])
    _, first, which = np.unique(keys[apart], axis=0, return_index=True, return_inverse=True)
    at = apart[first]
    nats = [
        np.log(_NOISE + (1 - 2 * _NOISE) * ndtr(named.inside_m(rows[at], x[at], y[at]) / ROUGH_M))
        for x, y in points
    ]
    units = [rows[apart[mine]] for _, mine in _by(which.ravel())]
    return Evidence(
        rows=len(rows),
        inside={datum: int(each.sum()) for datum, each in zip(DATUMS, held, strict=True)},
        deciding=len(at),
        for_each=np.column_stack(nats),
        cells=named.cells(lon[at], lat[at]),
        units=tuple(units),
    )
