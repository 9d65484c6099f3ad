"""A run's tables as plain facts: what the checks of this room look at.

Nothing here trusts the tables: a missing column reads as unknown, a repeated id keeps its first
row (the repeat is told by its own check), and no damage makes reading fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np
import pandas as pd
import shapely
from pandas.api.types import is_numeric_dtype

from lxgeo.errors import PolicyError
from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.model import Outcome, Precision
from lxgeo.pin import Pin
from lxgeo.policy import Policy
from lxgeo.tables import BranchStatus

if TYPE_CHECKING:
    import geopandas as gpd

_LED = tuple("=+-@\t\r\n＝＋－＠")
"""What a text may start with that a list leads by an apostrophe, lest it run as a formula."""
_GOOD_ENOUGH = frozenset(str(each) for each in Precision if each.joinable)
_LOOKED_AT = ("", "'")
"""What a text starts with that may be read otherwise than it stands."""


@dataclass(frozen=True)
class RunTables:
    """What a run folder holds, file by file, as it was found.

    Parameters
    ----------
    units
        ``units.csv``, all rows in their order (`lxgeo.tables.UNITS` without geometry).
    points
        ``units.geojson``: the rows that have a position.
    branches
        ``branches.geojson`` (`lxgeo.tables.BRANCHES`).
    gpkg_units, gpkg_branches
        The layers ``units`` and ``branches`` of ``plan.gpkg``.
    links
        ``links.geojson`` (`lxgeo.tables.LINKS`).
    summary
        ``summary.json``.
    barriers
        The layer ``barriers`` of ``plan.gpkg``; None where the run holds none.
    pins
        ``pins.json``: what was settled by hand and the plan keeps to; none where there is no file.
    """

    units: pd.DataFrame
    points: gpd.GeoDataFrame
    branches: gpd.GeoDataFrame
    gpkg_units: gpd.GeoDataFrame
    gpkg_branches: gpd.GeoDataFrame
    links: gpd.GeoDataFrame
    summary: Mapping[str, Any]
    barriers: gpd.GeoDataFrame | None = None
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of ``units.csv``: what its checks need, None where unknown."""

    unit_id: str | None
    row: str | None
    outcome: str | None
    rule: str | None
    reason: str | None
    full_members: int | None
    probationary_members: int | None
    affiliated_members: int | None
    operating_status: str | None
    township_id: str | None
    jurisdiction: str | None
    park_id: str | None
    building_id: str | None
    industry_code: str | None
    level: str | None
    precision: str | None
    lon: float | None
    lat: float | None
    branch_id: str | None
    is_host: bool | None
    distance_m: float | None

    @property
    def counted(self) -> int | None:
        """Full members that the rule of three counts: those affiliated here where known."""
        return self.full_members if self.affiliated_members is None else self.affiliated_members

    @property
    def full(self) -> int:
        """Full members that it brings to a branch; affiliated ones where only those are known."""
        known = self.full_members if self.full_members is not None else self.affiliated_members
        return known or 0

    @property
    def total(self) -> int:
        """Full and probationary members; what is unknown counts as none."""
        return self.full + (self.probationary_members or 0)

    @property
    def joins(self) -> bool:
        """Whether the plan brings this unit to a branch."""
        return self.outcome in {Outcome.JOINT, Outcome.ATTACHED}

    @property
    def must_join(self) -> bool:
        """Whether the planner had to find this unit a branch."""
        return self.joins or self.outcome in {Outcome.LEFT_OUT, Outcome.TRANSFER}

    @property
    def placed(self) -> bool:
        """Whether its position is good enough to join on."""
        known = self.lon is not None and self.lat is not None
        return known and self.precision in _GOOD_ENOUGH

    @property
    def named(self) -> str:
        """Its id, or the ledger row where the id is missing."""
        return self.unit_id or self.row or "?"


@dataclass(frozen=True, slots=True)
class Branch:
    """A feature of ``branches.geojson``: what its checks need, None where unknown."""

    branch_id: str | None
    outcome: str | None
    mode: str | None
    status: str | None
    host_id: str | None
    unit_ids: str | None
    units: int | None
    full_members: int | None
    total_members: int | None
    jurisdiction: str | None
    span_m: float | None
    max_distance_m: float | None
    cost_m: float | None
    runner_up_cost_m: float | None
    lon: float | None
    lat: float | None

    @property
    def members(self) -> tuple[str, ...]:
        """The ids that it lists."""
        return tuple(each for each in (self.unit_ids or "").split(";") if each)

    @property
    def new_joint(self) -> bool:
        """Whether it is a joint branch that this plan proposes."""
        return self.status == BranchStatus.PROPOSED and self.outcome == Outcome.JOINT

    @property
    def named(self) -> str:
        """Its id."""
        return self.branch_id or "?"


@dataclass(frozen=True)
class Facts:
    """A run as its checks see it.

    Parameters
    ----------
    units
        Every row of ``units.csv``, in order.
    branches
        Every feature of ``branches.geojson``, in order.
    summary
        ``summary.json``.
    policy
        The rules and figures that the plan says it was made under.
    barriers
        What nobody walks across; None where the run does not tell.
    pins
        What was settled by hand and the plan keeps to.
    """

    units: tuple[Unit, ...]
    branches: tuple[Branch, ...]
    summary: Mapping[str, Any]
    policy: Policy
    barriers: gpd.GeoDataFrame | None = None
    pins: tuple[Pin, ...] = ()

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        """Unit by id, in ledger order; the first where an id repeats."""
        found: dict[str, Unit] = {}
        for each in self.units:
            if each.unit_id is not None:
                found.setdefault(each.unit_id, each)
        return found

    @cached_property
    def branch(self) -> Mapping[str, Branch]:
        """Branch by id; the first where an id repeats."""
        found: dict[str, Branch] = {}
        for each in self.branches:
            if each.branch_id is not None:
                found.setdefault(each.branch_id, each)
        return found

    @cached_property
    def regions(self) -> Mapping[str, Mapping[str, Any]]:
        """What the summary tells of each region."""
        told = self.summary.get("regions")
        rows = [row for row in told if isinstance(row, Mapping)] if isinstance(told, list) else []
        return {str(row.get("region")): row for row in rows}

    @cached_property
    def joining(self) -> Mapping[str, tuple[Unit, ...]]:
        """Branch id → the units that the plan brings to it, in ledger order."""
        found: dict[str, list[Unit]] = {}
        for unit in self.unit.values():
            if unit.joins and unit.branch_id is not None:
                found.setdefault(unit.branch_id, []).append(unit)
        return {branch_id: tuple(units) for branch_id, units in found.items()}

    @cached_property
    def rivers_and_lakes(self) -> tuple[shapely.STRtree, shapely.STRtree]:
        """Barriers that are lines and that are polygons; what goes on in one another is one."""
        if self.barriers is None or not len(self.barriers):
            return shapely.STRtree([]), shapely.STRtree([])
        parts = shapely.get_parts(np.asarray(self.barriers.geometry, dtype=object))
        are_lines = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
        rivers = shapely.get_parts(shapely.line_merge(shapely.union_all(parts[are_lines])))
        return shapely.STRtree(rivers), shapely.STRtree(parts[~are_lines])

    @property
    def walked(self) -> bool:
        """Whether distances are ways on foot, which no file of the run holds but as figures."""
        return self.policy.distance == "walk"

    def region_of(self, thing: Unit | Branch) -> str | None:
        """Return the region that plans a unit or branch: its jurisdiction, or the body of it."""
        told = thing.jurisdiction
        if told is None or self.policy.cross_line == "none":
            return told
        return body_of(told)

    def members_of(self, branch: Branch) -> tuple[Unit, ...]:
        """Return the units that a branch lists, without ids that no row has."""
        return tuple(self.unit[each] for each in branch.members if each in self.unit)

    def limit_m(self, unit: Unit) -> float:
        """Return a unit's distance limit: its township's, as the summary tells it."""
        told = self.summary.get("max_distance_m")
        limit = told.get(unit.township_id) if isinstance(told, Mapping) else None
        return float(limit) if is_number(limit) else self.policy.max_distance_m


def gather(tables: RunTables) -> tuple[Facts, tuple[Breach, ...]]:
    """Return a run's facts, and what is wrong with the policy that it was made under."""
    policy, breaches = _policy(tables.summary)
    units = tuple(Unit(*row) for row in _records(tables.units, Unit.__slots__))
    branches = tuple(
        Branch(*row) for row in _records(with_position(tables.branches), Branch.__slots__)
    )
    facts = Facts(units, branches, tables.summary, policy, tables.barriers, tables.pins)
    return facts, breaches


def body_of(jurisdiction: str) -> str:
    """Return the body of a jurisdiction such as ``township:T01|territorial``: ``township:T01``."""
    return jurisdiction.rpartition("|")[0]


def unled(text: str) -> str:
    """Return a text without the apostrophe that keeps it from running as a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_LED) else text


def brings(unit: Unit, policy: Policy) -> int:
    """Return the full members of a unit that count towards the three of a joint branch."""
    only_here = policy.joint_basis == "affiliated" and unit.affiliated_members is not None
    return unit.affiliated_members or 0 if only_here else unit.full


def is_number(value: object) -> TypeGuard[float]:
    """Return whether a JSON value is a number (a truth value is none)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def with_position(layer: pd.DataFrame) -> pd.DataFrame:
    """Return a layer of points with its positions as columns ``lon`` and ``lat``."""
    points = np.asarray(layer["geometry"] if "geometry" in layer else [None] * len(layer), object)
    plain = pd.DataFrame(layer.drop(columns="geometry", errors="ignore"))
    return plain.assign(lon=shapely.get_x(points), lat=shapely.get_y(points))


def _records(frame: pd.DataFrame, names: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(values_of(frame, name) for name in names), strict=True)


def values_of(frame: pd.DataFrame, name: str) -> list[Any]:
    """Return a column as plain values: None where empty, no apostrophe before a formula."""
    if name not in frame:
        return [None] * len(frame)
    column = frame[name]
    plain = column.astype(object).where(column.notna(), None).tolist()
    if is_numeric_dtype(column.dtype):
        return plain
    return [
        value if not isinstance(value, str) or value[:1] not in _LOOKED_AT else unled(value) or None
        for value in plain
    ]


def _policy(summary: Mapping[str, Any]) -> tuple[Policy, tuple[Breach, ...]]:
    told = summary.get("policy")
    told = told if isinstance(told, Mapping) else {}
    names = set(Policy().as_mapping())
    breaches = tuple(
        Breach(BreachCode.POLICY_INCOMPLETE, name) for name in sorted(names - set(told))
    )
    try:
        return Policy.from_mapping(told), breaches
    except PolicyError as error:
        told_zh = error.in_words("zh").replace("\n", "；")
        return Policy(), (
            *breaches,
            Breach.at(BreachCode.POLICY_INCOMPLETE, "policy", text=told_zh),
        )
