"""A river and a motorway: nobody walks across them but where a road leads over or under."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from shapely import Geometry, LineString, MultiLineString, Point, STRtree, get_parts, union_all
from shapely.ops import substring

from lxgeo.demo.county import County
from lxgeo.demo.nouns import Feature
from lxgeo.demo.plane import XY, on_earth

_STEP_M = 250.0
_REACH_M = 14_000.0
_BRIDGE_M = 50.0
"""How far to either side of a road the way is open."""


@dataclass(frozen=True)
class _Course:
    """How a barrier runs: along one axis, swinging about a line that may be moved aside.

    Parameters
    ----------
    id, name, tags
        What it is called, and what OpenStreetMap says of it.
    northward
        Whether it runs from south to north; from west to east otherwise.
    offsets
        Where its line may lie, metres from the middle: the one that disturbs least is taken.
    swings
        Wave lengths and heights, metres.
    """

    id: str
    name: str
    tags: tuple[tuple[str, str], ...]
    northward: bool
    offsets: tuple[float, ...]
    swings: tuple[tuple[float, float], ...]

    def line(self, offset: float) -> LineString:
        """Return its line, moved aside by so much."""
        corners: list[XY] = []
        for k in range(round(-_REACH_M / _STEP_M), round(_REACH_M / _STEP_M) + 1):
            along = k * _STEP_M
            aside = offset + sum(
                height * math.sin(2 * math.pi * along / length + length)
                for length, height in self.swings
            )
            corners.append((aside, along) if self.northward else (along, aside))
        return LineString(corners)


_COURSES = (
    _Course(
        *("W01", "云岚河", (("waterway", "river"),), True),
        tuple(3_400.0 + 100 * k for k in range(30)),
        ((9_000.0, 420.0), (3_100.0, 160.0), (1_300.0, 45.0)),
    ),
    _Course(
        *("W02", "岚川南绕城高速", (("highway", "motorway"),), False),
        tuple(-3_300.0 - 100 * k for k in range(25)),
        ((17_000.0, 380.0), (6_000.0, 90.0)),
    ),
)


@dataclass(frozen=True)
class Barrier:
    """A barrier as it runs, and the parts of it that bar the way; metres in the plane."""

    id: str
    name: str
    tags: tuple[tuple[str, str], ...]
    whole: LineString
    barring: MultiLineString


def barriers(county: County) -> tuple[Barrier, ...]:
    """Return the district's barriers, each where it cuts through the fewest things."""
    district = union_all([town.shape for town in county.townships])
    solid = union_all(
        [
            *(park.shape for park in county.parks),
            *(building.shape for building in county.buildings),
            *(village.shape for village in county.villages),
        ]
    )
    streets = [street.line for street in county.streets]
    made = []
    for course in _COURSES:
        lines = (course.line(offset) for offset in course.offsets)
        whole = min(lines, key=lambda line: (line.intersection(solid).length, _met(line, streets)))
        parts = [part for part in get_parts(whole.intersection(district)) if part.length > 0]
        longest = max(parts, key=lambda part: part.length)
        made.append(
            Barrier(course.id, course.name, course.tags, longest, _opened(longest, streets))
        )
    return tuple(made)


def features(found: Sequence[Barrier]) -> tuple[Feature, ...]:
    """Return barriers as features in longitude and latitude, open at their bridges."""
    return tuple(
        Feature(on_earth(each.barring), {"id": each.id, "name": each.name}) for each in found
    )


def _met(line: LineString, streets: Sequence[LineString]) -> int:
    return sum(line.intersects(street) for street in streets)


def _opened(line: LineString, streets: Sequence[LineString]) -> MultiLineString:
    """Return what is left of a line with a gap at every street."""
    crossing: list[Geometry] = [
        point
        for k in STRtree(streets).query(line, predicate="intersects")
        for point in get_parts(line.intersection(streets[int(k)]))
    ]
    spots = sorted(line.project(Point(each.centroid)) for each in crossing)
    stops = [
        0.0,
        *itertools.chain(*((at - _BRIDGE_M, at + _BRIDGE_M) for at in spots)),
        line.length,
    ]
    kept = [
        substring(line, start, stop)
        for start, stop in zip(stops[::2], stops[1::2], strict=True)
        if stop - start > 1.0
    ]
    return MultiLineString(kept)
