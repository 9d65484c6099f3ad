"""Approved branches (已建党组织): what stands already, from the ledger and from the areas.

An approved branch is locked: the planner may bring units to it, never take one away. Where the
rules would now say otherwise, its units carry a finding and the smallest repair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd
from shapely import Point

from lxgeo.model import Areas, Figure, Line, Outcome, Precision, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.rules.branch_names import branch_key, branch_likeness
from lxgeo.rules.counting import known
from lxgeo.rules.jurisdiction import add_jurisdiction, township_of
from lxgeo.rules.legality import joint_members, total_members
from lxgeo.rules.repairs import Core, Newcomers, Seat
from lxgeo.tables import CRS, EXISTING


class Member(NamedTuple):
    """A unit in an approved branch, as far as the branch goes by it; NaN where a text is missing.

    Parameters
    ----------
    unit_id, name, township_id, township, branch_named, branch_kind
        As in `lxgeo.tables.TRIAGED`.
    jurisdiction, approver, industry_code
        Likewise.
    max_distance_m
        Its distance limit, metres.
    point
        Where it is (WGS 84); None where that is not known well enough.
    full, probationary
        Members, 0 where nobody knows.
    full_known
        Whether somebody knows how many full members it has.
    joint, total
        Full members that count towards a joint branch's three, and all members.
    """

    unit_id: str
    name: Any
    township_id: Any
    township: Any
    branch_named: Any
    branch_kind: Any
    jurisdiction: Any
    approver: Any
    industry_code: Any
    max_distance_m: float
    point: Point | None
    full: int
    probationary: int
    full_known: bool
    joint: int
    total: int

    @property
    def body(self) -> str:
        """Who is in charge where it lies: its jurisdiction whatever its line."""
        return str(self.jurisdiction).partition("|")[0]


@dataclass(frozen=True)
class ApprovedGroup:
    """The ledger's units that say they are in one approved branch.

    Parameters
    ----------
    name
        The branch as its first unit spells it, empty where none does.
    joint
        Whether it is a joint branch.
    units
        Its units in the ledger, in its order.
    listed
        Its row in the areas' branches, where it is known there by name.
    like
        A branch of the areas that it may be, spelt otherwise.
    asked
        Whether a person is asked if it is one with another, spelt otherwise. Until that is settled
        nobody knows its units: it has no room, and nothing is said of their number.
    """

    name: str
    joint: bool
    units: tuple[Member, ...]
    listed: Mapping[str, Any] | None
    like: str | None = None
    asked: bool = False

    @property
    def size(self) -> int:
        """Units in it: as listed, or as many as the ledger shows if that is more."""
        listed = 0
        if self.listed is not None and pd.notna(self.listed["units"]):
            listed = int(self.listed["units"])
        return max(listed, len(self.units))

    def faults(
        self, policy: Policy, due: Mapping[str, int], newcomers: Newcomers
    ) -> Iterator[tuple[str, Reason, Outcome | None]]:
        """Yield (unit_id, finding, what the rules would say) for what is wrong with the branch.

        Parameters
        ----------
        policy
            Thresholds.
        due
            Units that should stand alone → their full members.
        newcomers
            The units that could fill it up, were it short of members.
        """
        unit_ids = [each.unit_id for each in self.units]
        if self.like is not None:
            asks = Reason(Rule.SAME_BRANCH_MAYBE, {"branch": self.name, "name": self.like})
            yield from ((unit_id, asks, None) for unit_id in unit_ids)
        if not self.joint:
            return
        yield from ((unit_id, reason, None) for unit_id, reason in self._strays())
        large = [unit_id for unit_id in unit_ids if unit_id in due]
        for unit_id in large:
            figures: dict[str, Figure] = {"full": due[unit_id], "branch": self.name}
            figures["partners_left"] = self.size - len(large)
            yield unit_id, Reason(Rule.THREE_INSIDE_JOINT, figures), Outcome.STANDALONE
        if len(large) == len(unit_ids):
            return
        others = [each for each in self.units if each.unit_id not in due]
        wrong = tuple(self._group_faults(others, policy, newcomers))
        for unit_id in unit_ids:
            if unit_id not in due:
                yield from ((unit_id, reason, Outcome.JOINT) for reason in wrong)

    def _strays(self) -> Iterator[tuple[str, Reason]]:
        """Yield who lies in another township than most of the branch, under another body."""
        placed = [each for each in self.units if known(each.township_id)]
        homes = Counter(each.township_id for each in placed)
        if len(homes) <= 1 or self.asked:
            return
        # Of as many here as there, the branch is where its host is.
        host = _host(placed) or placed[0]
        home = max(homes, key=lambda each: (homes[each], each == host.township_id))
        here = [each for each in placed if each.township_id == home]
        bodies = {each.body for each in here}
        for each in placed:
            if each.township_id != home and each.body not in bodies:
                figures: dict[str, Figure] = {"branch": self.name, "home": str(here[0].township)}
                yield (
                    each.unit_id,
                    Reason(Rule.JOINT_ACROSS, figures | {"township": str(each.township)}),
                )

    def _group_faults(
        self, staying: Sequence[Member], policy: Policy, newcomers: Newcomers
    ) -> Iterator[Reason]:
        """Yield what is wrong with the branch for the units that no rule takes out of it."""
        if self.asked:
            return
        cap = policy.joint_max_units
        if self.size == 1:
            yield Reason(Rule.JOINT_OF_ONE, {"branch": self.name})
        if self.size > cap:
            over = {"units": self.size, "max_units": cap, "branches": -(-self.size // cap)}
            yield Reason(Rule.JOINT_OVER_CAP, {"branch": self.name, **over})
        complete = self.size == len(self.units) and all(each.full_known for each in staying)
        members = sum(each.joint for each in staying)
        if complete and members < policy.joint_min_full:
            figures: dict[str, Figure] = {"branch": self.name, "full": members}
            figures["least"] = policy.joint_min_full
            seat = self._seat(staying)
            total = sum(each.total for each in staying)
            core = Core(len(staying), members, total)
            repair = {} if seat is None else newcomers.fewest(seat, core)
            yield Reason(Rule.JOINT_UNDER_THREE, figures | repair)

    def _seat(self, staying: Sequence[Member]) -> Seat | None:
        """Return where the branch stands without those who leave; None where nobody knows."""
        host, body = _host(staying), _sole(each.jurisdiction for each in staying)
        point = None if host is None else host.point
        if self.listed is not None:
            point = self.listed["geometry"]
        if point is None or body is None:
            return None
        limit_m = min(each.max_distance_m for each in staying)
        first = host or min(staying, key=attrgetter("unit_id"))
        return Seat(point.x, point.y, limit_m, body, first.industry_code)


def approved_groups(units: gpd.GeoDataFrame, areas: Areas, policy: Policy) -> list[ApprovedGroup]:
    """Return the approved branches that the ledger's ``existing`` units name, in ledger order.

    A unit that names no branch is a branch of its own.
    """
    inside = units[units["outcome"] == Outcome.EXISTING]
    members: dict[str, list[Member]] = {}
    for unit in _members(inside, policy):
        key = branch_key(unit.branch_named) if known(unit.branch_named) else f"={unit.unit_id}"
        members.setdefault(key, []).append(unit)
    listed = {branch_key(row["name"]): row for row in areas.branches.to_dict("records")}
    rest = {key: row["name"] for key, row in listed.items() if key not in members}
    near = {branch_likeness(key): name for key, name in rest.items()}
    asked = frozenset(_asked_about(inside["findings"]))
    groups = []
    for key, theirs in members.items():
        row = listed.get(key)
        name = str(next((each.branch_named for each in theirs if known(each.branch_named)), ""))
        like = near.get(branch_likeness(name)) if name and row is None else None
        joint = _is_joint(name, theirs, row)
        doubtful = like is not None or key in asked
        groups.append(ApprovedGroup(name, joint, tuple(theirs), row, like, doubtful))
    return groups


def _members(units: gpd.GeoDataFrame, policy: Policy) -> Iterator[Member]:
    """Yield units as members of approved branches, in order."""
    texts = Member._fields[: Member._fields.index("max_distance_m")]
    good = units["precision"].isin([str(each) for each in Precision if each.joinable])
    columns = (
        *(units[name].astype(object) for name in texts),
        units["max_distance_m"],
        units.geometry.where(good, None),
        units["full_members"].fillna(0).astype("int64"),
        units["probationary_members"].fillna(0).astype("int64"),
        units["full_members"].notna(),
        joint_members(units, policy),
        total_members(units),
    )
    return map(Member._make, zip(*(each.tolist() for each in columns), strict=True))


def _asked_about(findings: Iterable[tuple[Reason, ...]]) -> Iterator[str]:
    """Yield the branches of which the ledger's findings ask whether they are another's."""
    for reasons in findings:
        for reason in reasons:
            if reason.code is Rule.SAME_BRANCH_MAYBE:
                yield from (
                    branch_key(str(reason.figures.get(each))) for each in ("branch", "name")
                )


def existing_branches(triaged: gpd.GeoDataFrame, areas: Areas, policy: Policy) -> gpd.GeoDataFrame:
    """Return the approved branches, with the room that each still has.

    Parameters
    ----------
    triaged
        The units (`lxgeo.tables.TRIAGED`).
    areas
        Its ``branches`` layer: name, ``kind``, ``full_members``, ``units``, ``capacity``, a point.
    policy
        The cap on units of a joint branch, where a branch states none.

    Returns
    -------
    GeoDataFrame
        `lxgeo.tables.EXISTING`, sorted by ``branch_id``. A branch without a known position, or
        outside every jurisdiction, has no room; nor has one that may be another, spelt otherwise.
    """
    groups = approved_groups(triaged, areas, policy)
    matched = {group.listed["id"] for group in groups if group.listed is not None}
    asked = {group.like for group in groups}
    rows = [_of_group(group, policy) for group in groups]
    rows += [
        _of_listed(row, policy) | ({"room": 0} if row["name"] in asked else {})
        for row in areas.branches.to_dict("records")
        if row["id"] not in matched
    ]
    frame = pd.DataFrame(rows, columns=[*EXISTING.names, "geometry"])
    points = gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)
    table = EXISTING.shaped(_place(points, areas, policy))
    return table.sort_values("branch_id", kind="stable", ignore_index=True)


def _is_joint(name: str, members: Sequence[Member], listed: Mapping[str, Any] | None) -> bool:
    said = [each.branch_kind for each in members if known(each.branch_kind)]
    if said:
        return Outcome.JOINT in said
    if listed is not None and pd.notna(listed["kind"]):
        return _kind(listed["kind"]) is Outcome.JOINT
    return "联合" in name or len(members) > 1


def _kind(text: str) -> Outcome:
    return (
        Outcome.JOINT if "联合" in text or text.strip().lower() == "joint" else Outcome.STANDALONE
    )


def _of_group(group: ApprovedGroup, policy: Policy) -> dict[str, object]:
    members = sorted(group.units, key=attrgetter("unit_id"))
    ids = [each.unit_id for each in members]
    host = _host(members)
    digest = blake2b(";".join(ids).encode(), digest_size=5).hexdigest()
    name = group.name or f"{members[0].name}党支部"
    full = sum(each.full for each in members)
    total = full + sum(each.probationary for each in members)
    row: dict[str, object] = {
        "branch_id": f"E{digest}" if group.listed is None else group.listed["id"],
        "name": name,
        "outcome": str(Outcome.JOINT if group.joint else Outcome.STANDALONE),
        "jurisdiction": _sole(each.jurisdiction for each in members),
        "approver": _sole(each.approver for each in members),
        "host_id": ids[0] if host is None else host.unit_id,
        "unit_ids": ";".join(ids),
        "units": group.size,
        "full_members": full,
        "total_members": total,
        "industry_code": (members[0] if host is None else host).industry_code,
        "geometry": None if host is None else host.point,
    }
    capacity = None
    if group.listed is not None:
        capacity = group.listed["capacity"]
        row["geometry"] = group.listed["geometry"]
        said = group.listed["full_members"]
        if pd.notna(said):
            row["full_members"] = max(int(said), full)
            row["total_members"] = max(int(said), total)
    row["room"] = 0 if group.asked else _room(group.size, capacity, policy)
    return row


def _of_listed(row: Mapping[str, Any], policy: Policy) -> dict[str, object]:
    units = int(row["units"]) if pd.notna(row["units"]) else 1
    full = row["full_members"]
    kind = Outcome.JOINT if "联合" in row["name"] else Outcome.STANDALONE
    return {
        "branch_id": row["id"],
        "name": row["name"],
        "outcome": str(_kind(row["kind"]) if pd.notna(row["kind"]) else kind),
        "unit_ids": "",
        "units": units,
        "full_members": full,
        "total_members": full,
        "room": _room(units, row["capacity"], policy),
        "geometry": row["geometry"],
    }


def _host(members: Sequence[Member]) -> Member | None:
    """Return the unit that stands for the branch: most full members among those well located."""
    located = [each for each in members if each.point is not None]
    return min(located, key=lambda each: (-each.full, each.unit_id), default=None)


def _room(units: int, capacity: Any, policy: Policy) -> int:
    limit = int(capacity) if pd.notna(capacity) else policy.joint_max_units
    return max(0, min(limit, policy.joint_max_units) - units)


def _sole(values: Iterable[Any]) -> str | None:
    told = {str(each) for each in values if known(each)}
    return told.pop() if len(told) == 1 else None


def _place(branches: gpd.GeoDataFrame, areas: Areas, policy: Policy) -> gpd.GeoDataFrame:
    """Return the branches with the areas that hold them, and no room where that is unknown."""
    placed = branches.join(township_of(branches, areas))
    placed = placed.assign(
        park_id=_within(branches, areas.parks),
        building_id=_within(branches, areas.buildings),
        line=str(Line.TERRITORIAL),
    )
    told = add_jurisdiction(placed.drop(columns=["jurisdiction", "approver"]), areas)
    kinds = dict(zip(areas.townships["id"], areas.townships["kind"], strict=True))
    reach = placed["township_id"].map(
        lambda each: policy.reach_m(kinds.get(each) if pd.notna(kinds.get(each)) else None)
    )
    jurisdiction = branches["jurisdiction"].where(
        branches["jurisdiction"].notna(), told["jurisdiction"]
    )
    approver = branches["approver"].where(branches["approver"].notna(), told["approver"])
    lost = branches.geometry.isna() | jurisdiction.isna()
    return placed.assign(
        jurisdiction=jurisdiction,
        approver=approver,
        max_distance_m=reach.astype("float64"),
        room=placed["room"].where(~lost, 0),
    )


def _within(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.Series:
    """Return the id of the area that holds each point, the smallest id where several do."""
    polygons = areas.loc[areas.geom_type.isin(["Polygon", "MultiPolygon"]), ["id", "geometry"]]
    joined = points[["geometry"]].sjoin(polygons, how="left", predicate="intersects")
    first = joined.sort_values("id", kind="stable").groupby(level=0)["id"].first()
    return first.reindex(points.index).astype("str")
