"""What it would gain if units of one place, now under several bodies, were under one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from lxgeo.decide.branches.founding import Founding
from lxgeo.decide.pins.fitting import fit_pins
from lxgeo.decide.pins.settled import free_part, whole
from lxgeo.decide.plans.found import LEFT_OUT
from lxgeo.decide.regions.region import Region, regions_of
from lxgeo.decide.regions.ways import Ways
from lxgeo.decide.solve import Answer, Task, solve
from lxgeo.pin import Pin
from lxgeo.policy import CrossLine, Policy
from lxgeo.rules.cost import left_out_cm

_LAWS: dict[str, CrossLine] = {"building": "same_building", "park": "same_park"}
_CLOSELY, _AT_ALL = 60, 600
"""Units up to which a merged place is planned closely, and planned at all."""
_WORTH_SHARING = 1_000
"""Units of all merged places from which others' help takes less time than it saves."""


@dataclass(frozen=True)
class Means:
    """How hard merged places are planned, and who does it.

    Parameters
    ----------
    effort
        A name of `lxgeo.decide.solve.EFFORTS`; large places are planned ``fast`` whatever it is.
    stop
        Asked now and then; once it says yes, what isn't planned yet is told as an estimate.
    run
        Maps a function over tasks; the answers come in any order.
    """

    effort: str
    stop: Callable[[], bool]
    run: Callable[[Callable[[Task], Answer], Iterable[Task]], Iterable[Answer]]


class Place(NamedTuple):
    """A place whose units stand under several bodies.

    Parameters
    ----------
    kind, place_id
        ``building`` or ``park``, and which.
    inside
        Ids of its must-join units.
    by_line
        Whether units of different management lines would stay apart.
    """

    kind: str
    place_id: str
    inside: tuple[str, ...]
    by_line: bool

    @property
    def key(self) -> str:
        """What the place is called while it is planned for."""
        return f"{self.kind}:{self.place_id}"


class Gain(NamedTuple):
    """What merging would gain.

    Parameters
    ----------
    units
        How many units more would be covered.
    cm
        How much less the plan would cost, centimetres; None where that is only estimated.
    solved
        Whether the merged place was planned; else ``units`` is the most that could be.
    """

    units: int
    cm: int | None
    solved: bool


class _Merged(NamedTuple):
    """A merged place as it was planned: what it costs (at least), centimetres; how many are out."""

    cm: int = 0
    bound_cm: int = 0
    left_out: int = 0
    stopped: bool = False

    def may_gain(self, before_cm: int) -> bool:
        """Return whether nothing was gained, though a better plan might cost less than before."""
        return self.cm >= before_cm > self.bound_cm and not self.stopped

    def with_part(self, answer: Answer) -> _Merged:
        """Return it with the plan of one more of its parts."""
        out = int(np.count_nonzero(answer.labels == LEFT_OUT))
        stopped = self.stopped or answer.stopped
        cost, bound = self.cm + answer.cost_cm, self.bound_cm + answer.bound_cm
        return _Merged(cost, bound, self.left_out + out, stopped)


@dataclass(frozen=True, eq=False)
class Merger:
    """Plans places as if one body were in charge of each.

    A place's units that are left out, and all units of new branches that it has a part in, are
    planned again, with the approved branches in it. In it all may share a branch; beyond it bodies
    stay apart as they are. The rest of the plan stays: so much is gained at least.

    Parameters
    ----------
    units
        The must-join units (`lxgeo.tables.TRIAGED`), in order of their ids.
    hosts
        Approved branches with the room and members that the plan leaves them.
    made
        The branches of the plan.
    ways
        What lies between units.
    policy
        Thresholds and weights.
    seed
        Where chance starts from.
    pins
        What the plan keeps to; so do these plans, as far as it is about their units.
    means
        How hard these plans are looked for, and who does it.
    """

    units: gpd.GeoDataFrame
    hosts: gpd.GeoDataFrame
    made: tuple[Founding, ...]
    ways: Ways
    policy: Policy
    seed: int
    pins: Sequence[Pin]
    means: Means

    def left_out(self, place: Place) -> list[str]:
        """Return the ids of a place's units that no branch takes in."""
        return [each for each in place.inside if each not in self._branch_of]

    def gains(self, places: Sequence[Place]) -> list[Gain]:
        """Return what one body for each of these places would gain."""
        again = [self._again(place) for place in places]
        small = [i for i, (units, _) in enumerate(again) if len(units) <= _AT_ALL]
        planned = self._planned([(places[i], again[i][0]) for i in small], self.means.effort)
        if self.means.effort == "fast":
            # Nobody is told that merging gains nothing because little was tried.
            doubtful = [i for i in small if planned[places[i].key].may_gain(again[i][1])]
            planned |= self._planned([(places[i], again[i][0]) for i in doubtful], "standard")
        found = []
        for place, (_, before) in zip(places, again, strict=True):
            lost = len(self.left_out(place))
            merged = planned.get(place.key)
            if merged is None or merged.stopped:
                found.append(Gain(lost, None, solved=False))
            else:
                units_more, cm = lost - merged.left_out, before - merged.cm
                found.append(Gain(max(0, units_more), max(0, cm), solved=True))
        return found

    @cached_property
    def _branch_of(self) -> dict[str, Founding]:
        return {unit.unit_id: each for each in self.made for unit in each.units}

    @cached_property
    def _position(self) -> dict[str, int]:
        return {unit_id: i for i, unit_id in enumerate(self.units["unit_id"])}

    def _again(self, place: Place) -> tuple[list[int], int]:
        """Return the units of a place that are planned again, and what they cost in the plan."""
        lost = self.left_out(place)
        branches = {
            branch.branch_id: branch
            for each in place.inside
            if (branch := self._branch_of.get(each)) is not None and branch.new
        }
        again = [*lost, *(unit.unit_id for each in branches.values() for unit in each.units)]
        rows = sorted(self._position[each] for each in again)
        limits = self.units["max_distance_m"].to_numpy()
        cost = sum(each.cost_cm for each in branches.values())
        cost += sum(left_out_cm(limits[self._position[each]], self.policy) for each in lost)
        return rows, cost

    def _planned(self, asked: list[tuple[Place, list[int]]], effort: str) -> dict[str, _Merged]:
        """Return what became of each place, by its key."""
        regions = [each for kind in _LAWS for each in self._regions(kind, asked)]
        parts = [(each, free_part(each)) for each in regions]
        tasks = [
            Task(
                *(each.name, part, effort if len(each.units) <= _CLOSELY else "fast"),
                *(self.seed, self.means.stop),
            )
            for each, part in parts
            if part.units
        ]
        shared = sum(each.instance.units for each in tasks) >= _WORTH_SHARING
        answers = (self.means.run if shared else map)(solve, tasks)
        solved = {answer.region: answer for answer in answers}
        found = {place.key: _Merged() for place, _ in asked}
        for region in regions:
            key = region.name.partition("|")[0]
            answer = whole(region, solved.get(region.name))
            found[key] = found[key].with_part(answer)
        return found

    def _regions(self, kind: str, asked: list[tuple[Place, list[int]]]) -> Sequence[Region]:
        """Return the places of a kind as regions of one body each, with what pins settle."""
        here = [(place, rows) for place, rows in asked if place.kind == kind]
        if not here:
            return []
        units = self.units.iloc[[row for _, rows in here for row in rows]]
        units = self._under(units, [place for place, rows in here for _ in rows])
        hosts = self._hosts(kind, (place for place, _ in here))
        policy = replace(self.policy, cross_line=_LAWS[kind])
        regions = regions_of(units, hosts, policy, self.ways)
        return fit_pins(self.pins, regions, units, hosts, policy).regions

    def _hosts(self, kind: str, places: Iterable[Place]) -> gpd.GeoDataFrame:
        """Return the approved branches in places of a kind, each under its place's one body."""
        named = {place.place_id: place for place in places}
        inside = self.hosts[self.hosts[f"{kind}_id"].isin(list(named))]
        return self._under(inside, [named[each] for each in inside[f"{kind}_id"]])

    def _under(self, rows: gpd.GeoDataFrame, places: list[Place]) -> gpd.GeoDataFrame:
        """Return rows as parts of these places: bodies become lines there, as they are now."""
        told = [
            self._part(jurisdiction, place)
            for jurisdiction, place in zip(rows["jurisdiction"], places, strict=True)
        ]
        return rows.assign(jurisdiction=pd.Series(told, index=rows.index, dtype="str"))

    def _part(self, jurisdiction: Any, place: Place) -> str | None:
        if not isinstance(jurisdiction, str):
            return None
        body, _, line = jurisdiction.rpartition("|")
        if self.policy.cross_line == "all" and not place.by_line:
            line = ""  # the lines of one body share branches anyhow
        return f"{place.key}|{line if place.by_line else ''}|{body}/{line}"


def as_planned(existing: gpd.GeoDataFrame, made: tuple[Founding, ...]) -> gpd.GeoDataFrame:
    """Return approved branches with the room and the members that a plan leaves them."""
    joined = {each.branch_id: each for each in made if not each.new}
    there = [joined.get(branch_id) for branch_id in existing["branch_id"]]
    more = {
        "room": [0 if each is None else -_taken(each) for each in there],
        "units": [0 if each is None else len(each.members) for each in there],
        "full_members": [0 if each is None else sum(each.full) for each in there],
        "total_members": [0 if each is None else each.total for each in there],
    }
    return existing.assign(**{name: existing[name] + added for name, added in more.items()})


def _taken(joined: Founding) -> int:
    """Return how much room of an approved branch is taken: all of it where a pin closes it."""
    return len(joined.members) if joined.lock is None else int(joined.approved.room)
