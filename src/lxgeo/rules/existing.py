"""Approved branches (已建党组织): what stands already, from the ledger and from the areas.

An approved branch is locked: the planner may bring units to it, never take one away. Where the
rules would now say otherwise, its units carry a finding and the smallest repair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import geopandas as gpd
import pandas as pd

from lxgeo.model import Areas, Figure, Line, Outcome, Precision, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.rules.branch_names import branch_key, branch_likeness
from lxgeo.rules.jurisdiction import add_jurisdiction, township_of
from lxgeo.rules.legality import joint_members
from lxgeo.rules.repairs import Newcomers, Seat
from lxgeo.tables import CRS, EXISTING


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
        Its units in the ledger (rows of TRIAGED).
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
    units: gpd.GeoDataFrame
    listed: pd.Series | None
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
        unit_ids = self.units["unit_id"].tolist()
        if self.like is not None:
            asks = Reason(Rule.SAME_BRANCH_MAYBE, {"branch": self.name, "name": self.like})
            yield from ((unit_id, asks, None) for unit_id in unit_ids)
        if not self.joint:
            return
        large = [unit_id for unit_id in unit_ids if unit_id in due]
        for unit_id in large:
            figures: dict[str, Figure] = {"full": due[unit_id], "branch": self.name}
            figures["partners_left"] = self.size - len(large)
            yield unit_id, Reason(Rule.THREE_INSIDE_JOINT, figures), Outcome.STANDALONE
        if len(large) == len(unit_ids):
            return
        others = self.units[~self.units["unit_id"].isin(large)] if large else self.units
        wrong = tuple(self._group_faults(others, policy, newcomers))
        for unit_id in unit_ids:
            if unit_id not in due:
                yield from ((unit_id, reason, Outcome.JOINT) for reason in wrong)

    def _group_faults(
        self, staying: gpd.GeoDataFrame, policy: Policy, newcomers: Newcomers
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
        known = self.size == len(self.units) and not staying["full_members"].isna().any()
        members = int(joint_members(staying, policy).sum())
        if known and members < policy.joint_min_full:
            figures: dict[str, Figure] = {"branch": self.name, "full": members}
            figures["least"] = policy.joint_min_full
            seat = self._seat(staying)
            repair = {} if seat is None else newcomers.fewest(seat, staying, policy)
            yield Reason(Rule.JOINT_UNDER_THREE, figures | repair)

    def _seat(self, staying: gpd.GeoDataFrame) -> Seat | None:
        """Return where the branch stands without those who leave; None where nobody knows."""
        host, body = _host(staying), _sole(staying["jurisdiction"])
        point = None if host is None else host["geometry"]
        if self.listed is not None:
            point = self.listed["geometry"]
        if point is None or body is None:
            return None
        return Seat(point.x, point.y, float(staying["max_distance_m"].min()), body)


def approved_groups(units: gpd.GeoDataFrame, areas: Areas) -> list[ApprovedGroup]:
    """Return the approved branches that the ledger's ``existing`` units name, in ledger order.

    A unit that names no branch is a branch of its own.
    """
    inside = units[units["outcome"] == Outcome.EXISTING]
    keys = inside["branch_named"].map(branch_key, na_action="ignore")
    keys = keys.where(keys.notna(), "=" + inside["unit_id"])
    listed = {branch_key(row["name"]): row for _, row in areas.branches.iterrows()}
    rest = {key: row["name"] for key, row in listed.items() if key not in set(keys)}
    near = {branch_likeness(key): name for key, name in rest.items()}
    asked = frozenset(_asked_about(inside["findings"]))
    groups = []
    for key, members in inside.groupby(keys, sort=False):
        row = listed.get(str(key))
        named = members["branch_named"].dropna()
        name = str(named.iloc[0]) if len(named) else ""
        like = near.get(branch_likeness(name)) if name and row is None else None
        joint = _is_joint(name, members, row)
        doubtful = like is not None or key in asked
        groups.append(ApprovedGroup(name, joint, members, row, like, doubtful))
    return groups


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
    groups = approved_groups(triaged, areas)
    matched = {group.listed["id"] for group in groups if group.listed is not None}
    asked = {group.like for group in groups}
    rows = [_of_group(group, policy) for group in groups]
    rows += [
        _of_listed(row, policy) | ({"room": 0} if row["name"] in asked else {})
        for _, row in areas.branches.iterrows()
        if row["id"] not in matched
    ]
    frame = pd.DataFrame(rows, columns=[*EXISTING.names, "geometry"])
    points = gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)
    table = EXISTING.shaped(_place(points, areas, policy))
    return table.sort_values("branch_id", kind="stable", ignore_index=True)


def _is_joint(name: str, members: pd.DataFrame, listed: pd.Series | None) -> bool:
    said = members["branch_kind"].dropna()
    if len(said):
        return bool((said == Outcome.JOINT).any())
    if listed is not None and pd.notna(listed["kind"]):
        return _kind(listed["kind"]) is Outcome.JOINT
    return "联合" in name or len(members) > 1


def _kind(text: str) -> Outcome:
    return (
        Outcome.JOINT if "联合" in text or text.strip().lower() == "joint" else Outcome.STANDALONE
    )


def _of_group(group: ApprovedGroup, policy: Policy) -> dict[str, object]:
    members = group.units.sort_values("unit_id", kind="stable")
    ids = members["unit_id"].tolist()
    host = _host(members)
    digest = blake2b(";".join(ids).encode(), digest_size=5).hexdigest()
    name = group.name or f"{members['name'].iloc[0]}党支部"
    probationary = members["probationary_members"].fillna(0).sum()
    full = members["full_members"].fillna(0).sum()
    row: dict[str, object] = {
        "branch_id": f"E{digest}" if group.listed is None else group.listed["id"],
        "name": name,
        "outcome": str(Outcome.JOINT if group.joint else Outcome.STANDALONE),
        "jurisdiction": _sole(members["jurisdiction"]),
        "approver": _sole(members["approver"]),
        "host_id": ids[0] if host is None else host["unit_id"],
        "unit_ids": ";".join(ids),
        "units": group.size,
        "full_members": int(full),
        "total_members": int(full + probationary),
        "industry_code": (members.iloc[0] if host is None else host)["industry_code"],
        "geometry": None if host is None else host["geometry"],
    }
    capacity = None
    if group.listed is not None:
        capacity = group.listed["capacity"]
        row["geometry"] = group.listed["geometry"]
        known = group.listed["full_members"]
        if pd.notna(known):
            row["full_members"] = max(int(known), int(full))
            row["total_members"] = max(int(known), int(full + probationary))
    row["room"] = 0 if group.asked else _room(group.size, capacity, policy)
    return row


def _of_listed(row: pd.Series, policy: Policy) -> dict[str, object]:
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


def _host(members: gpd.GeoDataFrame) -> pd.Series | None:
    """Return the unit that stands for the branch: most full members among those well located."""
    good = [str(precision) for precision in Precision if precision.joinable]
    located = members[members["precision"].isin(good) & members.geometry.notna()]
    if located.empty:
        return None
    order = located.assign(_full=located["full_members"].fillna(0)).sort_values(
        ["_full", "unit_id"], ascending=[False, True], kind="stable"
    )
    return order.iloc[0]


def _room(units: int, capacity: Any, policy: Policy) -> int:
    limit = int(capacity) if pd.notna(capacity) else policy.joint_max_units
    return max(0, min(limit, policy.joint_max_units) - units)


def _sole(values: pd.Series) -> str | None:
    known = values.dropna().unique()
    return str(known[0]) if len(known) == 1 else None


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
