"""Why units are left out: what hinders each, and where else it could legally go.

What lies around them is looked up for all of a region's units at once: a district where most can't
join is told in little more time than one where most can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lxgeo.decide.branches.founding import Founding
from lxgeo.decide.branches.reasons import approved_by, called, two_decimals
from lxgeo.decide.leaving_out.wider import Around, Way, around_of, changed, least_ways
from lxgeo.decide.leaving_out.within_reach import Reach, barred_near, others_near, reach_of
from lxgeo.decide.plans.found import LEFT_OUT
from lxgeo.decide.regions.instance import Instance, Ints, Reals, Shorts, of_any_trade
from lxgeo.decide.regions.region import Region
from lxgeo.decide.regions.surroundings import Surroundings
from lxgeo.model import Figure, Outcome, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.rules.between import STRAIGHT

_NAMES_TOLD = 3

Hindered = dict[int, tuple[Rule, dict[str, Figure]]]
"""Number of a unit → what hinders it, and in figures."""


@dataclass(frozen=True, eq=False)
class Hindrances:
    """A planned region, asked why its units are left out.

    Parameters
    ----------
    region
        The region.
    labels : ndarray of int32, shape (units,)
        As `lxgeo.decide.solve.Answer` carries them.
    made
        The branches that these make.
    names
        Branch id → name, of each proposed branch.
    surroundings
        What lies around.
    policy
        Thresholds.
    """

    region: Region
    labels: Shorts
    made: Sequence[Founding]
    names: Mapping[str, str]
    surroundings: Surroundings
    policy: Policy

    def reasons(self) -> Iterator[tuple[int, Reason]]:
        """Yield the number of each unit that is left out, and why it is."""
        if not len(self._out):
            return
        hindered = self._hindered()
        now, anew = least_ways(self._left, self._out), least_ways(self._everybody, self._out)
        for unit, left, free in zip(self._out.tolist(), now, anew, strict=True):
            code, figures = hindered.get(unit) or self._plainly(unit)
            told = {"limit_m": self._limit_m(unit), **figures, **self._where_to(unit, left, free)}
            yield unit, Reason(code, told)

    @cached_property
    def reach(self) -> Reach:
        """What lies around each unit left out, within its limit."""
        return reach_of(self.region.instance, self.labels == LEFT_OUT)

    @cached_property
    def _out(self) -> Ints:
        return np.flatnonzero(self.labels == LEFT_OUT)

    def _limit_m(self, unit: int) -> float:
        return float(self.region.sites.limit_m[unit])

    def _hindered(self) -> Hindered:
        """Return what hinders units that could be placed were it not for that alone.

        A way cut off, trades that are not alike, approved branches without room, units under
        another body: the first of these that is to blame.
        """
        found: Hindered = {}
        for blame in (self._barred, self._unlike, self._closed, self._apart):
            rest = self._out[self.reach.hopeless[self._out]]
            rest = rest[[unit not in found for unit in rest.tolist()]] if found else rest
            if len(rest):
                found |= dict(blame(rest))
        return found

    def _plainly(self, unit: int) -> tuple[Rule, dict[str, Figure]]:
        """Return that the others serve better elsewhere; or that nobody, or too few, are near."""
        if not self.reach.hopeless[unit]:
            cap = {"least": self.policy.joint_min_full, "max_units": self.policy.joint_max_units}
            return Rule.NO_PLACE_LEFT, cap | self._nearest_branch(unit)
        away = float(self.reach.nearest_m[unit])
        if away <= self._limit_m(unit):
            return Rule.TOO_FEW_IN_REACH, self._members(unit)
        told: dict[str, Figure] = {"nearest_m": two_decimals(away) if np.isfinite(away) else None}
        if self.policy.widening > 1:
            told["like_limit_m"] = self.policy.widening * self._limit_m(unit)
        return Rule.NO_PARTNER_IN_REACH, told

    def _members(self, unit: int) -> dict[str, Figure]:
        members = int(self.reach.most_full[unit])
        return {"least": self.policy.joint_min_full, "members_in_reach": members}

    def _nearest_branch(self, unit: int) -> dict[str, Figure]:
        """Return the branch whose host is nearest to a unit, straight, and how far that is."""
        if not self._branches:
            return {}
        away, nearest = self._hosts.query(self._at(unit))
        return {"branch": self._branches[nearest][1], "nearest_m": two_decimals(float(away))}

    @cached_property
    def _branches(self) -> list[tuple[int, str]]:
        """Host and name of every branch of the region that takes units in."""
        approved = enumerate(self.region.hosts, start=len(self.region.units))
        return [
            *((branch.host, self.names[branch.branch_id]) for branch in self.made if branch.new),
            *((host, branch.name) for host, branch in approved),
        ]

    @cached_property
    def _name_of(self) -> dict[int, str]:
        return dict(self._branches)

    @cached_property
    def _hosts(self) -> cKDTree:
        return cKDTree([self._at(host) for host, _ in self._branches])

    def _barred(self, units: Ints) -> Iterator[tuple[int, tuple[Rule, dict[str, Figure]]]]:
        """Yield that a barrier or a missing way lies between, where that alone hinders."""
        instance = self.region.instance
        if self.region.sites.between.kind == STRAIGHT:
            return
        barred = barred_near(instance, units, self.region.sites.limit_m[units])
        helped = self._helped(instance._replace(all_straight=True), units)
        for unit, count, way in zip(units.tolist(), barred.tolist(), helped, strict=True):
            if count and way is not None:
                yield unit, (Rule.BARRIER_BETWEEN, {"barred_units": count})

    def _unlike(self, units: Ints) -> Iterator[tuple[int, tuple[Rule, dict[str, Figure]]]]:
        """Yield that those near are of other trades, where that alone hinders."""
        if self.policy.joint_by != "near_and_like":
            return
        for unit, way in zip(
            units.tolist(), self._helped(of_any_trade(self.region.instance), units), strict=True
        ):
            if way is not None:
                level: dict[str, Figure] = {"like_trade": self.policy.like_trade}
                yield unit, (Rule.NO_LIKE_TRADE, level | self._members(unit))

    def _helped(self, instance: Instance, units: Ints) -> list[Way | None]:
        """Return the ways that units would have within their limits, were the region so."""
        around = self._everybody._replace(instance=instance)
        return least_ways(around, units, self.region.sites.limit_m[units])

    def _closed(self, units: Ints) -> Iterator[tuple[int, tuple[Rule, dict[str, Figure]]]]:
        """Yield that the approved branches within reach have no room."""
        bodies = np.array([str(self.region.units[unit].jurisdiction) for unit in units.tolist()])
        for body in np.unique(bodies):
            branches, at = self.surroundings.closed_of(str(body), self.region.crs)
            if not branches:
                continue
            here = units[bodies == body]
            away, nearest = cKDTree(at).query(np.array([self._at(unit) for unit in here.tolist()]))
            for unit, metres, best in zip(here.tolist(), away.tolist(), nearest, strict=True):
                if metres > self._limit_m(unit):
                    continue
                told: dict[str, Figure] = {
                    "full_branch": branches[best].name,
                    "full_branch_units": int(branches[best].units),
                    "full_branch_m": two_decimals(metres),
                }
                yield unit, (Rule.BRANCHES_FULL, told | self._members(unit))

    def _apart(self, units: Ints) -> Iterator[tuple[int, tuple[Rule, dict[str, Figure]]]]:
        """Yield that units under another body would make a branch possible."""
        around, rows = self.surroundings, self.region.units
        district, squares = around.undivided(self.region.crs)
        numbers = np.array([around.number[rows[unit].unit_id] for unit in units.tolist()])
        limits = self.region.sites.limit_m[units]
        count, full, nearest = others_near((district, squares), numbers, limits)
        some = np.flatnonzero(count)
        if not len(some):
            return
        ways = least_ways(around_of(district, squares), numbers[some], limits[some])
        for place, way in zip(some.tolist(), ways, strict=True):
            if way is None:
                continue
            unit, first = int(units[place]), around.neighbour(int(nearest[place]))
            told: dict[str, Figure] = {
                "apart_units": int(count[place]),
                "apart_full": int(full[place]),
                "apart_body": approved_by(first),
                "apart_line": first.line,
                "own_body": approved_by(rows[unit]),
                "line": rows[unit].line,
            }
            yield unit, (Rule.BODIES_APART, told | self._members(unit))

    def _where_to(self, unit: int, now: Way | None, anew: Way | None) -> dict[str, Figure]:
        """Return where else a unit could go, and the limit that this needs.

        First as the plan stands: into a branch with room, or with others that are left out. Then
        whether a smaller limit would do, were everything planned anew.
        """
        limit = self._limit_m(unit)
        if now is None and anew is None:
            return {"nowhere": True}
        figures: dict[str, Figure] = {}
        wider = np.inf
        if now is not None:
            wider = float(ceil(now.limit_m))
            figures |= self._told(unit, now)
            figures |= {"wider_m": wider if now.limit_m > limit else None}
        if anew is not None and anew.limit_m > limit and ceil(anew.limit_m) < wider:
            figures["least_m"] = float(ceil(anew.limit_m))
        return figures

    def _told(self, unit: int, way: Way) -> dict[str, Figure]:
        branch = self._name_of.get(way.host)
        if branch is not None:
            away = float(np.hypot(*(self._at(way.host) - self._at(unit))))
            how = "attach_to" if self._stands_alone(way.host) else "alternative"
            return {how: branch, "alternative_m": two_decimals(away)}
        with_whom = [each for each in (way.host, *way.others) if each != unit]
        names = [called(self.region.units[each]) for each in with_whom]
        return {"partners": "、".join(names[:_NAMES_TOLD])}

    def _stands_alone(self, host: int) -> bool:
        number = host - len(self.region.units)
        return number >= 0 and self.region.hosts[number].outcome == Outcome.STANDALONE

    def _at(self, node: int) -> Reals:
        """Return where a unit or branch is, metres."""
        at: Reals = self._places[node]
        return at

    @cached_property
    def _places(self) -> Reals:
        return np.column_stack([self.region.sites.x, self.region.sites.y])

    @cached_property
    def _everybody(self) -> Around:
        """All units and branches of the region, as if nothing were decided."""
        return around_of(self.region.instance)

    @cached_property
    def _left(self) -> Around:
        """Only units that are left out, and branches with room as the plan fills them."""
        whole = self._everybody
        partner: NDArray[np.bool_] = np.zeros(len(whole.room), dtype=bool)
        partner[self._out] = True
        room, full, total = (each.copy() for each in (whole.room, whole.full, whole.total))
        room[: len(self.labels)][~partner[: len(self.labels)]] = 0
        for branch in self.made:
            if branch.new:
                room[branch.host] = self.policy.joint_max_units - len(branch.members)
                full[branch.host], total[branch.host] = sum(branch.full), branch.total
            else:
                room[branch.host] -= len(branch.members)
                full[branch.host] += sum(branch.full)
                total[branch.host] += branch.total
            if branch.lock is not None:  # closed to others
                room[branch.host] = 0
        return changed(whole, partner, room, full, total)
