"""Why units are left out: what hinders each, and where else it could legally go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lxgeo.decide.branches.founding import Founding
from lxgeo.decide.branches.reasons import called, governed_by, two_decimals
from lxgeo.decide.leaving_out.wider import Around, Way
from lxgeo.decide.leaving_out.within_reach import Reach, reach_of
from lxgeo.decide.plans.found import LEFT_OUT
from lxgeo.decide.regions.instance import Reals, Shorts
from lxgeo.decide.regions.region import Region
from lxgeo.decide.regions.surroundings import Surroundings
from lxgeo.geo.metric import project
from lxgeo.model import Figure, Outcome, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.rules.between import STRAIGHT, nothing_between
from lxgeo.rules.cost import distances_m, may_share, straight_m

_NAMES_TOLD = 3


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
        for unit in np.flatnonzero(self.labels == LEFT_OUT).tolist():
            code, figures = self._hindrance(unit)
            yield unit, Reason(code, {**figures, **self._where_to(unit)})

    @cached_property
    def reach(self) -> Reach:
        """What lies around each unit left out, within its limit."""
        return reach_of(self.region.instance, self.labels == LEFT_OUT)

    def _hindrance(self, unit: int) -> tuple[Rule, dict[str, Figure]]:
        """Return what hinders a unit: the first of what would not have let it in.

        A way cut off, approved branches without room, units under another body; else nobody, or
        too few, within the limit.
        """
        figures: dict[str, Figure] = {"limit_m": self._limit_m(unit)}
        if not self.reach.hopeless[unit]:
            figures |= {"least": self.policy.joint_min_full}
            figures |= {"max_units": self.policy.joint_max_units, **self._nearest_branch(unit)}
            return Rule.NO_PLACE_LEFT, figures
        hindered = self._barred(unit) or self._closed(unit) or self._apart(unit)
        if hindered is not None:
            return hindered[0], {**figures, **hindered[1]}
        away = float(self.reach.nearest_m[unit])
        if not away <= self._limit_m(unit):
            told = two_decimals(away) if np.isfinite(away) else None
            return Rule.NO_PARTNER_IN_REACH, {**figures, "nearest_m": told}
        return Rule.TOO_FEW_IN_REACH, {**figures, **self._members(unit)}

    def _limit_m(self, unit: int) -> float:
        return float(self.region.sites.limit_m[unit])

    def _members(self, unit: int) -> dict[str, Figure]:
        members = int(self.reach.most_full[unit])
        return {"least": self.policy.joint_min_full, "members_in_reach": members}

    def _nearest_branch(self, unit: int) -> dict[str, Figure]:
        """Return the branch whose host is nearest to a unit, straight, and how far that is."""
        branches = self._branches
        if not branches:
            return {}
        hosts = np.array([host for host, _ in branches])
        away = straight_m(self._at(unit), self.region.sites.take(hosts))[0]
        best = int(away.argmin())
        return {"branch": branches[best][1], "nearest_m": two_decimals(float(away[best]))}

    @cached_property
    def _branches(self) -> list[tuple[int, str]]:
        """Host and name of every branch of the region that takes units in."""
        approved = enumerate(self.region.hosts, start=len(self.region.units))
        return [
            *((branch.host, self.names[branch.branch_id]) for branch in self.made if branch.new),
            *((host, branch.name) for host, branch in approved),
        ]

    def _barred(self, unit: int) -> tuple[Rule, dict[str, Figure]] | None:
        """Return that a barrier or a missing way lies between, where that alone hinders."""
        limit, sites = self._limit_m(unit), self.region.sites
        if sites.between.kind == STRAIGHT:
            return None
        straight = straight_m(self._at(unit), sites)[0]
        cut = (straight <= limit) & (distances_m(self._at(unit), sites)[0] > limit)
        barred = int(cut[: len(self.region.units)].sum())
        way = self._everybody_straight.least_way(unit)
        if not barred or way is None or way.limit_m > limit:
            return None
        return Rule.BARRIER_BETWEEN, {"barred_units": barred}

    def _closed(self, unit: int) -> tuple[Rule, dict[str, Figure]] | None:
        """Return that the approved branches within reach have no room."""
        jurisdiction = str(self.region.units[unit].jurisdiction)
        if jurisdiction not in self._closed_branches:
            closed = self.surroundings.closed_of(jurisdiction, self.region.crs)
            self._closed_branches[jurisdiction] = closed
        branches, at = self._closed_branches[jurisdiction]
        if not branches:
            return None
        away = np.hypot(*(at - self._everybody.at[unit]).T)
        best = int(away.argmin())
        if away[best] > self._limit_m(unit):
            return None
        told: dict[str, Figure] = {
            "full_branch": branches[best].name,
            "full_branch_units": int(branches[best].units),
            "full_branch_m": two_decimals(float(away[best])),
        }
        return Rule.BRANCHES_FULL, {**told, **self._members(unit)}

    @cached_property
    def _closed_branches(self) -> dict[str, tuple[list[Any], Reals]]:
        return {}

    def _apart(self, unit: int) -> tuple[Rule, dict[str, Figure]] | None:
        """Return that units under another body would make a branch possible."""
        row, limit, around = self.region.units[unit], self._limit_m(unit), self.surroundings
        near = around.near(row.lon, row.lat, 2 * limit)
        ours = np.array([around.jurisdictions[i] == row.jurisdiction for i in near], dtype=bool)
        if ours.all():
            return None
        at = np.column_stack(project(around.lon[near], around.lat[near], self.region.crs))
        away = np.hypot(*(at - self._everybody.at[unit]).T)
        others = ~ours & (away <= limit)
        me = next(i for i, n in enumerate(near) if around.units[n].unit_id == row.unit_id)
        mixed = Around(
            at,
            partner=np.ones(len(near), dtype=bool),
            room=np.full(len(near), self.policy.joint_max_units - 1),
            full=around.full[near],
            total=around.total[near],
            least_full=self.policy.joint_min_full,
            most_members=self.policy.branch_max_members,
        )
        way = mixed.least_way(me) if others.any() else None
        if way is None or way.limit_m > limit:
            return None
        first = around.units[near[np.flatnonzero(others)[away[others].argmin()]]]
        told: dict[str, Figure] = {
            "apart_units": int(others.sum()),
            "apart_full": int(around.full[near][others].sum()),
            "apart_body": governed_by(first),
            "apart_line": first.line,
            "own_body": governed_by(row),
            "line": row.line,
        }
        return Rule.BODIES_APART, {**told, **self._members(unit)}

    def _where_to(self, unit: int) -> dict[str, Figure]:
        """Return where else a unit could go, and the limit that this needs.

        First as the plan stands: into a branch with room, or with others that are left out. Then
        whether a smaller limit would do, were everything planned anew.
        """
        limit = self._limit_m(unit)
        now, anew = self._left.least_way(unit), self._everybody.least_way(unit)
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
        branch = dict(self._branches).get(way.host)
        if branch is not None:
            there = self.region.sites.take(np.array([way.host]))
            away = float(straight_m(self._at(unit), there)[0, 0])
            how = "attach_to" if self._stands_alone(way.host) else "alternative"
            return {how: branch, "alternative_m": two_decimals(away)}
        with_whom = [each for each in (way.host, *way.others) if each != unit]
        names = [called(self.region.units[each]) for each in with_whom]
        return {"partners": "、".join(names[:_NAMES_TOLD])}

    def _stands_alone(self, host: int) -> bool:
        number = host - len(self.region.units)
        return number >= 0 and self.region.hosts[number].outcome == Outcome.STANDALONE

    def _at(self, unit: int) -> Any:
        return self.region.sites.take(np.array([unit]))

    @cached_property
    def _everybody(self) -> Around:
        """All units and branches of the region, as if nothing were decided."""
        node, count = self.region.instance.node, len(self.region.units)
        partner: NDArray[np.bool_] = np.arange(len(node)) < count
        return Around(
            np.column_stack([node["x"], node["y"]]),
            partner=partner,
            room=node["room"].copy(),
            full=node["full"].copy(),
            total=node["total"].copy(),
            least_full=self.policy.joint_min_full,
            most_members=self.policy.branch_max_members,
            allowed=self._law,
        )

    @cached_property
    def _everybody_straight(self) -> Around:
        """The same, as if no barrier and no missing way lay between them."""
        return replace(self._everybody, allowed=self._on_one_line)

    @cached_property
    def _left(self) -> Around:
        """Only units that are left out, and branches with room as the plan fills them."""
        whole = self._everybody
        partner = np.zeros(len(whole.room), dtype=bool)
        partner[np.flatnonzero(self.labels == LEFT_OUT)] = True
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
        return replace(whole, partner=partner, room=room, full=full, total=total)

    @cached_property
    def _law(self) -> Callable[[int, int], bool] | None:
        """Return who may share a branch, distance aside; None where all may.

        Who is cut off within the limit stays cut off; what lies farther is taken straight.
        """
        sites = self.region.sites
        if sites.between.kind == STRAIGHT:
            return self._on_one_line

        def allowed(one: int, other: int) -> bool:
            here, there = sites.take(np.array([one])), sites.take(np.array([other]))
            limit = min(sites.limit_m[one], sites.limit_m[other])
            cut = distances_m(here, there)[0, 0] > limit >= straight_m(here, there)[0, 0]
            return not cut and (self._on_one_line is None or self._on_one_line(one, other))

        return allowed

    @cached_property
    def _on_one_line(self) -> Callable[[int, int], bool] | None:
        sites = self.region.sites
        if (sites.line == sites.line[0]).all():
            return None
        wide = replace(sites, limit_m=np.full(len(sites), np.inf), between=nothing_between())

        def allowed(one: int, other: int) -> bool:
            pair = wide.take(np.array([one])), wide.take(np.array([other]))
            return bool(may_share(*pair, self.policy)[0, 0])

        return allowed
