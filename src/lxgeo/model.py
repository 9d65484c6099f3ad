"""The nouns of the field: what can become of a unit, why, and what a plan holds.

Only words live here, no work: every other room speaks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from lxgeo.pin import Pins
from lxgeo.rule import Rule
from lxgeo.shown import ShownEvaluation, ShownPlan

if TYPE_CHECKING:
    import geopandas as gpd

    from lxgeo.policy import Policy

__all__ = [
    "AREA_LAYERS",
    "Areas",
    "Datum",
    "Evaluation",
    "Figure",
    "Level",
    "Line",
    "Matter",
    "Mode",
    "OperatingStatus",
    "Outcome",
    "Plan",
    "Precision",
    "Rate",
    "Reason",
    "RegionResult",
    "Rule",
    "UnitKind",
    "gap",
]

Figure: TypeAlias = str | int | float | bool | None


class Outcome(StrEnum):
    """What becomes of a unit: every ledger row ends in exactly one of these."""

    STANDALONE = "standalone"
    TEMPORARY = "temporary"
    JOINT = "joint"
    ATTACHED = "attached"
    TRANSFER = "transfer"
    EXISTING = "existing"
    LEFT_OUT = "left_out"
    NO_MEMBERS = "no_members"
    UNKNOWN_MEMBERS = "unknown_members"
    NOT_LOCATED = "not_located"
    EXCLUDED = "excluded"


class Mode(StrEnum):
    """How a branch is put together (六建 and its kin)."""

    STANDALONE = "standalone"
    BUILDING = "building"
    PARK = "park"
    MARKET = "market"
    BLOCK = "block"
    CORRIDOR = "corridor"
    AREA = "area"
    TRADE = "trade"
    HOST = "host"
    VILLAGE = "village"


class Level(StrEnum):
    """What a unit that stands alone sets up, by its total members."""

    BRANCH = "branch"
    GENERAL_BRANCH = "general_branch"
    COMMITTEE = "committee"


class Line(StrEnum):
    """Who is in charge: territorial (属地), sectoral (归口) or attached (挂靠) management."""

    TERRITORIAL = "territorial"
    SECTORAL = "sectoral"
    ATTACHED = "attached"


class UnitKind(StrEnum):
    """What kind of organisation a unit is; it says who is usually in charge of it."""

    ENTERPRISE = "enterprise"
    HOUSEHOLD = "household"
    COOPERATIVE = "cooperative"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"
    SERVICE = "service"
    PROFESSIONAL = "professional"
    OTHER = "other"

    @property
    def social(self) -> bool:
        """Whether it is a social organisation (新社会组织), not an economic one."""
        return self in {
            UnitKind.ASSOCIATION,
            UnitKind.FOUNDATION,
            UnitKind.SERVICE,
            UnitKind.PROFESSIONAL,
        }


class OperatingStatus(StrEnum):
    """Whether a unit is really at work; what is closed, empty or gone is in no denominator."""

    OPERATING = "operating"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    SHELL = "shell"
    MOVED_OUT = "moved_out"

    @property
    def gone(self) -> bool:
        """Whether nobody is at work there any more, or never was."""
        return self in {OperatingStatus.CLOSED, OperatingStatus.SHELL, OperatingStatus.MOVED_OUT}


class Precision(StrEnum):
    """How exactly a unit's position is known, best first."""

    GIVEN = "given"
    BUILDING = "building"
    HOUSE_NUMBER = "house_number"
    ROAD = "road"
    PARK = "park"
    VILLAGE = "village"
    TOWNSHIP = "township"
    DISTRICT = "district"
    NONE = "none"

    @property
    def joinable(self) -> bool:
        """Whether a position of this precision is good enough to join units on."""
        return self not in {Precision.TOWNSHIP, Precision.DISTRICT, Precision.NONE}


class Datum(StrEnum):
    """The coordinate base of given coordinates; ``unknown`` is kept and flagged, never guessed."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a rule's code and the figures that it was decided on.

    Parameters
    ----------
    code
        Which rule decided.
    figures
        What it looked at: counts, metres, names. Text among them may come from a ledger:
        it is hostile until encoded.
    """

    code: Rule
    figures: Mapping[str, Figure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "figures", MappingProxyType(dict(self.figures)))

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted(self.figures.items(), key=repr))))

    def __reduce__(self) -> tuple[type[Reason], tuple[Rule, dict[str, Figure]]]:
        return Reason, (self.code, dict(self.figures))


AREA_LAYERS = (
    *("townships", "parks", "buildings", "villages", "corridors", "markets", "blocks", "grids"),
    *("venues", "branches", "barriers"),
)
"""The layers of an areas folder, by file stem; only ``townships`` is needed."""


@dataclass(frozen=True)
class Areas:
    """A district's areas as tables (schemas in `lxgeo.tables`), all in EPSG:4326.

    Parameters
    ----------
    layers
        Layer name (of `AREA_LAYERS`) → table. Layers that the folder lacks are empty tables.
    roads
        Named roads as lines: columns ``name``, ``geometry``; empty without a road file.
    notes
        What was decided while reading, as (rule-free) sentences for the report.
    """

    layers: Mapping[str, gpd.GeoDataFrame]
    roads: gpd.GeoDataFrame
    notes: tuple[str, ...] = ()

    @property
    def townships(self) -> gpd.GeoDataFrame:
        """Township polygons."""
        return self.layers["townships"]

    @property
    def parks(self) -> gpd.GeoDataFrame:
        """Industrial park polygons."""
        return self.layers["parks"]

    @property
    def buildings(self) -> gpd.GeoDataFrame:
        """Commercial building footprints or points."""
        return self.layers["buildings"]

    @property
    def branches(self) -> gpd.GeoDataFrame:
        """Existing branches as points."""
        return self.layers["branches"]


@dataclass(frozen=True)
class RegionResult:
    """What the planner did in one region, and how far from the best it can be.

    Parameters
    ----------
    region
        The jurisdiction that was planned.
    crs
        The metric CRS that its distances were measured in, as ``EPSG:n``.
    must_join
        Units with one or two full members and a good enough position.
    cost_m, bound_m
        Cost of the plan and its proved lower bound over all legal branches, metres.
    left_out_m
        The part of ``cost_m`` that is the penalty for units left out, metres.
    left_out_min
        Units that no legal plan could place.
    status
        ``optimal`` (cost equals bound), ``bounded`` or ``stopped`` (cut by a time limit).
    seconds
        Wall time; never part of what is compared between runs.
    """

    region: str
    crs: str
    must_join: int
    cost_m: float
    bound_m: float
    left_out_m: float
    left_out_min: int
    status: str
    seconds: float

    @property
    def gap(self) -> float:
        """Distance from the bound, relative to the cost without the left-out penalty."""
        return gap(self.cost_m, self.bound_m, self.left_out_m)


def gap(cost_m: float, bound_m: float, left_out_m: float) -> float:
    """Return ``(cost − bound) / (cost − left-out part)``; 0 where both sides are 0.

    Parameters
    ----------
    cost_m, bound_m, left_out_m
        Cost, proved lower bound and the penalty inside the cost, metres.

    Returns
    -------
    float
        0 for a proved optimum; infinite where all cost is penalty and a gap remains.
    """
    above = round(cost_m - bound_m, 6)
    base = round(cost_m - left_out_m, 6)
    if above <= 0:
        return 0.0
    return above / base if base > 0 else float("inf")


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that only a superior can decide (需上级决定), and what would come of it.

    Parameters
    ----------
    kind
        ``building``, ``park``, ``branch`` or ``unit``: what it is about.
    about, name
        Its id, and what it is called.
    jurisdictions
        Who is in charge of its units, as codes, sorted.
    unit_ids
        Its units, in the order of their ids.
    full_members
        Their full members together; None where unknown.
    left_out
        How many of them no branch takes; None where that is not the question.
    why
        What is to be decided, and what would come of it, in figures.
    """

    kind: str
    about: str
    name: str
    jurisdictions: tuple[str, ...]
    unit_ids: tuple[str, ...]
    full_members: int | None
    left_out: int | None
    why: Reason


@dataclass(frozen=True)
class Plan(ShownPlan):
    """A proposal for a committee to decide on.

    Parameters
    ----------
    units
        Every ledger row with its outcome (`lxgeo.tables.UNITS`), in ledger order.
    branches
        Every branch, existing ones included (`lxgeo.tables.BRANCHES`).
    regions
        Cost, bound and status per region, sorted by region.
    policy
        The rules and figures it was made under.
    seed, effort
        What the search was told.
    matters
        What only a superior can decide, those that would gain most first.
    pins
        What was settled by hand: what the plan keeps to, and what it can't.
    """

    units: gpd.GeoDataFrame
    branches: gpd.GeoDataFrame
    regions: tuple[RegionResult, ...]
    policy: Policy
    seed: int
    effort: str
    matters: tuple[Matter, ...] = ()
    pins: Pins = field(default_factory=Pins)


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate that names its denominator.

    Parameters
    ----------
    name
        Code of the rate, put into words by `lxgeo.text`.
    numerator, denominator
        Counts of units.
    over
        Code of what the denominator counts.
    """

    name: str
    numerator: int
    denominator: int
    over: str

    @property
    def value(self) -> float | None:
        """The share, or None where the denominator is 0."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True)
class Evaluation(ShownEvaluation):
    """A plan's figures: what `summary.json` says, without times and versions.

    Parameters
    ----------
    figures
        Key of ``summary.json`` → figure.
    before, after
        Rates as things stand and as they would be once the plan is approved.
    by_township
        One row a township: counts and rates before and after.
    """

    figures: Mapping[str, Figure | Mapping[str, int]]
    before: tuple[Rate, ...]
    after: tuple[Rate, ...]
    by_township: object
