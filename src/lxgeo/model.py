"""The nouns of the field: what can become of a unit, why, and what a plan holds.

Only words live here, no work: every other room speaks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import geopandas as gpd

    from lxgeo.policy import Policy

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


class OperatingStatus(StrEnum):
    """Whether a unit is really at work; what is closed, empty or gone is in no denominator."""

    OPERATING = "operating"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    SHELL = "shell"
    MOVED_OUT = "moved_out"


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


class Rule(StrEnum):
    """Why something is so: the code of a `Reason`. Put into words by `lxgeo.text`."""

    # excluded
    CLOSED = "closed"
    SHELL = "shell"
    MOVED_OUT = "moved_out"
    DUPLICATE = "duplicate"
    NO_NAME = "no_name"
    # existing
    APPROVED_BRANCH = "approved_branch"
    # unknown members
    MEMBERS_BLANK = "members_blank"
    MEMBERS_UNREADABLE = "members_unreadable"
    MEMBERS_NEGATIVE = "members_negative"
    ONLY_TOTAL_KNOWN = "only_total_known"
    # three or more
    THREE_FULL_MEMBERS = "three_full_members"
    AFFILIATION_ELSEWHERE = "affiliation_elsewhere"
    # one or two
    NEW_JOINT_BRANCH = "new_joint_branch"
    JOINS_EXISTING_BRANCH = "joins_existing_branch"
    ATTACHED_TO_BRANCH = "attached_to_branch"
    NO_PARTNER_IN_REACH = "no_partner_in_reach"
    TOO_FEW_IN_REACH = "too_few_in_reach"
    NO_PLACE_LEFT = "no_place_left"
    POSITION_TOO_COARSE = "position_too_coarse"
    NO_POSITION = "no_position"
    OUTSIDE_AREAS = "outside_areas"
    # none
    NO_FULL_MEMBER = "no_full_member"
    # findings: the row keeps its outcome, a person should look
    KIN_MAJORITY = "kin_majority"
    THREE_INSIDE_JOINT = "three_inside_joint"
    JOINT_OVER_CAP = "joint_over_cap"
    JOINT_UNDER_THREE = "joint_under_three"
    JOINT_OF_ONE = "joint_of_one"
    LEVEL_AT_BOUNDARY = "level_at_boundary"
    COUNTS_DISAGREE = "counts_disagree"
    VALUE_UNREADABLE = "value_unreadable"
    VALUE_APPROXIMATE = "value_approximate"
    VALUE_RANGE = "value_range"
    VALUE_SPLIT = "value_split"
    VALUE_NOTED = "value_noted"
    AFFILIATED_AT_LEAST = "affiliated_at_least"
    CREDIT_CODE_LOST = "credit_code_lost"
    CREDIT_CODE_WRONG = "credit_code_wrong"
    CREDIT_CODE_OLD = "credit_code_old"
    DOUBLE_REGISTERED = "double_registered"
    JOINT_WITH = "joint_with"
    STATUS_IN_WORDS = "status_in_words"
    NAMES_DIFFER = "names_differ"
    SAME_UNIT_MAYBE = "same_unit_maybe"
    SAME_BRANCH_MAYBE = "same_branch_maybe"
    ON_TWO_SHEETS = "on_two_sheets"
    PLACE_SHARED = "place_shared"
    MEMBERS_OVER_STAFF = "members_over_staff"
    DATUM_UNKNOWN = "datum_unknown"
    COORDINATES_UNREADABLE = "coordinates_unreadable"
    COORDINATES_OUTSIDE = "coordinates_outside"
    DATUM_SUSPECTED = "datum_suspected"
    DATUMS_MIXED = "datums_mixed"
    ADDRESS_DISAGREES = "address_disagrees"
    PLACE_DISAGREES = "place_disagrees"
    POSITION_BY_ROAD = "position_by_road"
    PLACE_AMBIGUOUS = "place_ambiguous"
    PLACE_ALIKE = "place_alike"
    POSITION_PILED = "position_piled"
    GEOCODED_ELSEWHERE = "geocoded_elsewhere"
    SPLIT_BY_JURISDICTION = "split_by_jurisdiction"
    WORK_COVERAGE = "work_coverage"
    # told and settled: a person has signed that what stands there is right
    CONFIRMED = "confirmed"


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
    "townships",
    "parks",
    "buildings",
    "villages",
    "corridors",
    "markets",
    "blocks",
    "grids",
    "venues",
    "branches",
    "barriers",
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


@dataclass(frozen=True)
class Plan:
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
    """

    units: gpd.GeoDataFrame
    branches: gpd.GeoDataFrame
    regions: tuple[RegionResult, ...]
    policy: Policy
    seed: int
    effort: str


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
class Evaluation:
    """A plan's figures: what `summary.json` says, without times and versions.

    Parameters
    ----------
    figures
        Key → figure, as in DESIGN's list of summary keys.
    before, after
        Rates as things stand and as they would be once the plan is approved.
    by_township
        One row a township: counts and rates before and after.
    """

    figures: Mapping[str, Figure | Mapping[str, int]]
    before: tuple[Rate, ...]
    after: tuple[Rate, ...]
    by_township: object
