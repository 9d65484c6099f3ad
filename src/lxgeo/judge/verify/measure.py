"""Distances, measured anew from the positions in the files.

Each region names its metric CRS. It is trusted only after it has been seen to be projected, in
metres, and true to the ellipsoid within a thousandth where the region's units lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot
from typing import TypeAlias, TypeVar

import numpy as np
import pyproj
from pyproj.exceptions import CRSError

from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.facts import Branch, Facts, Unit, is_number
from lxgeo.judge.verify.trades import code_of_host, times_the_limit

TRUE_WITHIN = 0.001
"""Greatest share by which a region's CRS may differ from the ellipsoid."""
_PROBE_M = 1000.0
ROUNDING_M = 0.0051
"""How far a published figure may be off: half a centimetre, and a little noise."""
NOISE_M = 1e-6
"""What two ways of measuring the same may differ by."""

Place: TypeAlias = tuple[float, float]
Thing = TypeVar("Thing", Unit, Branch)
Ruler: TypeAlias = pyproj.Transformer | str
"""What measures a region, or why nothing does."""


@dataclass(frozen=True)
class Survey:
    """Where everything lies, in metres of each region's CRS.

    Parameters
    ----------
    units, branches
        Unit or branch id → (x, y); ids without a trusted position are absent.
    walked
        Whether distances are ways on foot: then the figures told are taken, once they have been
        seen to be no shorter than the straight line.
    """

    units: Mapping[str, Place]
    branches: Mapping[str, Place]
    walked: bool = False

    def between(self, one: Unit, other: Unit) -> float | None:
        """Return the straight metres between two units, or None where a position is unknown."""
        return _apart(self.units.get(one.named), self.units.get(other.named))

    def to_branch(self, unit: Unit, branch: Branch) -> float | None:
        """Return the straight metres from a unit to the branch that it joins: to host or point."""
        where = self.branches if not branch.new_joint else self.units
        key = branch.named if not branch.new_joint else (branch.host_id or "")
        return _apart(self.units.get(unit.named), where.get(key))

    def way(self, unit: Unit, branch: Branch) -> float | None:
        """Return the metres that count from a unit to the branch that it joins."""
        straight = self.to_branch(unit, branch)
        if not self.walked or straight is None:
            return straight
        return 0.0 if unit.unit_id == branch.host_id else unit.distance_m


def survey(facts: Facts) -> tuple[Survey, tuple[Breach, ...]]:
    """Return where everything lies, and the regions whose CRS can't be trusted."""
    units: dict[str, Place] = {}
    branches: dict[str, Place] = {}
    breaches = []
    rulers: dict[str, Ruler] = {}
    units_in = _by_region((each for each in facts.unit.values() if each.placed), facts)
    branches_in = _by_region(facts.branch.values(), facts)
    for region, row in facts.regions.items():
        here, theirs = units_in.get(region, []), branches_in.get(region, [])
        name = str(row.get("crs"))
        if name not in rulers:
            rulers[name] = _ruler(name)
        ruler = rulers[name]
        stretch = _stretch([*_lonlat(here), *_lonlat(theirs)], ruler)
        # A stretch that is no number is no trust either.
        if isinstance(ruler, str) or not stretch <= TRUE_WITHIN:
            fault = ruler if isinstance(ruler, str) else "distorted"
            breaches.append(Breach.at(BreachCode.CRS_WRONG, region, crs=name, fault=fault))
            continue
        units |= zip((each.named for each in here), _project(here, ruler), strict=True)
        branches |= zip((each.named for each in theirs), _project(theirs, ruler), strict=True)
    known = {name: place for name, place in branches.items() if np.isfinite(place).all()}
    return Survey(units, known, facts.walked), tuple(breaches)


def limits(facts: Facts) -> Iterator[Breach]:
    """Every distance limit is one that the policy gives to a kind of township."""
    policy = facts.policy
    allowed = {policy.max_distance_m, *policy.max_distance_m_by_kind.values()}
    told = facts.summary.get("max_distance_m")
    if not isinstance(told, Mapping):
        yield Breach.at(BreachCode.LIMIT_WRONG, "max_distance_m", found=None)
        return
    for township_id, limit in told.items():
        if not is_number(limit) or limit not in allowed:
            yield Breach.at(BreachCode.LIMIT_WRONG, township_id, found=limit)
    for branch in facts.branches:
        own = {facts.limit_m(unit) for unit in facts.members_of(branch)}
        if branch.new_joint and own and branch.max_distance_m not in own:
            yield Breach.at(
                BreachCode.LIMIT_WRONG, branch.named, found=branch.max_distance_m, limit=min(own)
            )


def distances(facts: Facts, places: Survey) -> Iterator[Breach]:
    """Every unit lies in reach of its host, at the distance that the plan tells."""
    for branch in facts.branch.values():
        for unit in facts.joining.get(branch.named, ()):
            straight = places.to_branch(unit, branch)
            if straight is not None:
                yield from _distance(unit, branch, straight, facts)


def _distance(unit: Unit, branch: Branch, straight: float, facts: Facts) -> Iterator[Breach]:
    measured, told = round(straight, 2), unit.distance_m
    longer = facts.walked and told is not None and told > straight
    metres = told if longer and told is not None else straight
    limit = min(facts.limit_m(unit), _limit_at(branch, facts))
    limit *= times_the_limit(unit.industry_code, code_of_host(branch, facts), facts.policy)
    if metres > limit + NOISE_M:
        yield Breach.at(
            BreachCode.TOO_FAR,
            unit.named,
            distance_m=measured,
            limit_m=limit,
            branch=branch.named,
        )
    told = 0.0 if told is None and unit.unit_id == branch.host_id else told
    if told is None or abs(told - metres) > ROUNDING_M + NOISE_M:
        yield Breach.at(BreachCode.DISTANCE_WRONG, unit.named, told=told, distance_m=measured)


def spans(facts: Facts, places: Survey) -> Iterator[Breach]:
    """Every new branch's span is the greatest distance between two of its units."""
    for branch in facts.branches:
        pairs = combinations(facts.members_of(branch), 2) if branch.new_joint else ()
        apart = [places.between(one, other) for one, other in pairs]
        known = [metres for metres in apart if metres is not None]
        if not known or len(known) < len(apart):
            continue
        if branch.span_m is None or abs(branch.span_m - max(known)) > ROUNDING_M + NOISE_M:
            yield Breach.at(
                BreachCode.SPAN_WRONG, branch.named, told=branch.span_m, span_m=round(max(known), 2)
            )


def _limit_at(branch: Branch, facts: Facts) -> float:
    """Return the limit that a branch itself sets: its host's, or its own if it is approved."""
    if branch.new_joint:
        host = facts.unit.get(branch.host_id or "")
        return float("inf") if host is None else facts.limit_m(host)
    limit = branch.max_distance_m
    return facts.policy.max_distance_m if limit is None else limit


def _by_region(things: Iterable[Thing], facts: Facts) -> dict[str | None, list[Thing]]:
    found: dict[str | None, list[Thing]] = {}
    for each in things:
        found.setdefault(facts.region_of(each), []).append(each)
    return found


def _lonlat(things: Sequence[Thing]) -> list[Place]:
    return [
        (each.lon, each.lat) for each in things if each.lon is not None and each.lat is not None
    ]


def _project(things: Sequence[Thing], transform: pyproj.Transformer) -> list[Place]:
    lon = np.array([np.nan if each.lon is None else each.lon for each in things], dtype=float)
    lat = np.array([np.nan if each.lat is None else each.lat for each in things], dtype=float)
    x, y = transform.transform(lon, lat)
    return list(zip(np.asarray(x).tolist(), np.asarray(y).tolist(), strict=True))


def _ruler(name: str) -> Ruler:
    """Return a transformer to a CRS that measures metres, or why there is none."""
    try:
        crs = pyproj.CRS.from_user_input(name)
    except CRSError:
        return "unknown"
    if not crs.is_projected or any(axis.unit_conversion_factor != 1 for axis in crs.axis_info):
        return "not_metric"
    return pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)


def _stretch(points: list[Place], ruler: Ruler) -> float:
    """Return the greatest share by which a kilometre north or east of each point is off."""
    if not points or isinstance(ruler, str):
        return 0.0
    lon, lat = (np.array(values, dtype=float) for values in zip(*points, strict=True))
    x, y = ruler.transform(lon, lat)
    off = []
    for azimuth in (0.0, 90.0):
        east, north, _ = pyproj.Geod(ellps="WGS84").fwd(
            lon, lat, np.full(len(lon), azimuth), np.full(len(lon), _PROBE_M)
        )
        x1, y1 = ruler.transform(east, north)
        off.append(np.abs(np.hypot(x1 - x, y1 - y) / _PROBE_M - 1))
    return float(np.concatenate(off).max())


def _apart(one: Place | None, other: Place | None) -> float | None:
    if one is None or other is None:
        return None
    return hypot(one[0] - other[0], one[1] - other[1])


CHECKS = (distances, spans)
