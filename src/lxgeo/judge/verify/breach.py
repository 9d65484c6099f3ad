"""What can be broken in a run, each by its own name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from lxgeo.model import Figure


class BreachCode(StrEnum):
    """What is broken; put into words by `lxgeo.text`."""

    # the run as files
    FILE_EDITED = "file_edited"
    FILE_MISSING = "file_missing"
    FILE_UNLISTED = "file_unlisted"
    COLUMN_MISSING = "column_missing"
    VALUE_UNREADABLE = "value_unreadable"
    FILES_DISAGREE = "files_disagree"
    LINK_WRONG = "link_wrong"
    # the rules' figures
    POLICY_INCOMPLETE = "policy_incomplete"
    LIMIT_WRONG = "limit_wrong"
    # every row exactly one outcome, with a reason
    NO_UNIT_ID = "no_unit_id"
    UNIT_REPEATED = "unit_repeated"
    ROW_REPEATED = "row_repeated"
    ROW_OUT_OF_ORDER = "row_out_of_order"
    ROWS_MISSING = "rows_missing"
    ROWS_ADDED = "rows_added"
    NO_OUTCOME = "no_outcome"
    NO_REASON = "no_reason"
    OUTCOMES_MISCOUNTED = "outcomes_miscounted"
    OUTCOME_UNFOUNDED = "outcome_unfounded"
    # units and branches name each other
    BRANCH_REPEATED = "branch_repeated"
    BRANCH_UNKNOWN = "branch_unknown"
    BRANCH_UNFOUNDED = "branch_unfounded"
    BRANCH_ID_WRONG = "branch_id_wrong"
    BRANCH_MISCOUNTED = "branch_miscounted"
    UNIT_IN_TWO_BRANCHES = "unit_in_two_branches"
    MEMBERS_DISAGREE = "members_disagree"
    # a joint branch is legal
    TOO_FEW_UNITS = "too_few_units"
    TOO_MANY_UNITS = "too_many_units"
    TOO_FEW_MEMBERS = "too_few_members"
    TOO_MANY_MEMBERS = "too_many_members"
    NO_ROOM = "no_room"
    TWO_JURISDICTIONS = "two_jurisdictions"
    TWO_TOWNSHIPS = "two_townships"
    NOT_JOINABLE = "not_joinable"
    HOST_NOT_MEMBER = "host_not_member"
    HOST_NOT_CHEAPEST = "host_not_cheapest"
    PIN_BROKEN = "pin_broken"
    LEVEL_WRONG = "level_wrong"
    MODE_WRONG = "mode_wrong"
    TRANSFER_UNFOUNDED = "transfer_unfounded"
    # distances
    CRS_WRONG = "crs_wrong"
    TOO_FAR = "too_far"
    UNLIKE_TRADE = "unlike_trade"
    CROSSES_BARRIER = "crosses_barrier"
    DISTANCE_WRONG = "distance_wrong"
    SPAN_WRONG = "span_wrong"
    # cost
    COST_WRONG = "cost_wrong"
    RUNNER_UP_WRONG = "runner_up_wrong"
    REGION_UNKNOWN = "region_unknown"
    REGION_COST_WRONG = "region_cost_wrong"
    PLAN_COST_WRONG = "plan_cost_wrong"
    BOUND_WRONG = "bound_wrong"
    GAP_WRONG = "gap_wrong"
    FIGURE_WRONG = "figure_wrong"


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing broken: what, where, and the figures that show it.

    Parameters
    ----------
    code
        What is broken.
    where
        The unit, branch, region, file or figure it was seen at. May be ledger text: hostile
        until encoded.
    figures
        What stands there and what should.
    """

    code: BreachCode
    where: str
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @classmethod
    def at(cls, code: BreachCode, where: str, **figures: Figure) -> Breach:
        """Return a breach with its figures by name."""
        return cls(code, where, figures)

    def __post_init__(self) -> None:
        object.__setattr__(self, "figures", MappingProxyType(dict(self.figures)))

    def __hash__(self) -> int:
        return hash((self.code, self.where, tuple(sorted(self.figures.items(), key=repr))))

    def __reduce__(self) -> tuple[type[Breach], tuple[BreachCode, str, dict[str, Figure]]]:
        return Breach, (self.code, self.where, dict(self.figures))
