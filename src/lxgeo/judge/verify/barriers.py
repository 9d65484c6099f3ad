"""No straight way to a host leads across a river or a motorway, where the run tells of any."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import shapely

from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.facts import Branch, Facts, RunTables, Unit, gather

_INSIDE = "T********"


class Unchecked(StrEnum):
    """What no check can see, because the run's files do not hold it."""

    BARRIERS = "barriers"
    """Whether a barrier lies between a unit and its host."""
    WAYS = "ways"
    """Whether ways on foot are as long as told; they are no shorter than the straight line."""


def unchecked(tables: RunTables) -> tuple[Unchecked, ...]:
    """Return what `lxgeo.judge.verify` can't check in this run, for the certificate to say so."""
    facts, _ = gather(tables)
    if facts.walked:
        return (Unchecked.WAYS,)
    return (Unchecked.BARRIERS,) if tables.barriers is None else ()


def crossings(facts: Facts) -> Iterator[Breach]:
    """No unit is brought to a host across a barrier, unless both are in one building."""
    if facts.walked:
        return
    for branch in facts.branch.values():
        for unit in facts.joining.get(branch.named, ()):
            host = facts.unit.get(branch.host_id or "") if branch.new_joint else None
            # Of an approved branch the files tell the point, not the building.
            apart = branch if host is None and unit.building_id is None else host
            if apart is not None and apart is not unit and cut_off(unit, apart, facts):
                yield Breach.at(BreachCode.CROSSES_BARRIER, unit.named, branch=branch.named)


def cut_off(one: Unit, other: Unit | Branch, facts: Facts) -> bool:
    """Return whether a barrier lies between two places that are not in one building."""
    ends = (one.lon, one.lat, other.lon, other.lat)
    same_place = None in ends or ends[:2] == ends[2:]
    if same_place or _in_one_building(one, other):
        return False
    rivers, lakes = facts.rivers_and_lakes
    if not len(rivers) and not len(lakes):
        return False
    return _crosses(shapely.LineString([ends[:2], ends[2:]]), rivers, lakes)


def _in_one_building(one: Unit, other: Unit | Branch) -> bool:
    if isinstance(other, Branch) or one.building_id is None:
        return False
    return one.building_id == other.building_id


def _crosses(line: shapely.LineString, rivers: shapely.STRtree, lakes: shapely.STRtree) -> bool:
    """Return whether a line crosses a river, or enters and leaves a lake."""
    if len(rivers.query(line, predicate="crosses")):
        return True
    polygons = lakes.geometries[lakes.query(line, predicate="intersects")]
    through = shapely.relate_pattern(polygons, line, _INSIDE)
    for end in (0, -1):
        through &= ~shapely.contains_properly(polygons, shapely.get_point(line, end))
    return bool(through.any())
