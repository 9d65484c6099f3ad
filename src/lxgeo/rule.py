"""Why something is so: one code a rule; `lxgeo.model.Rule` is this one.

Only words live here. `lxgeo.text` puts each into a sentence with its source.
"""

from __future__ import annotations

from enum import StrEnum


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
    THREE_MEMBERS_IN_ALL = "three_members_in_all"
    AFFILIATION_ELSEWHERE = "affiliation_elsewhere"
    # one or two
    NEW_JOINT_BRANCH = "new_joint_branch"
    JOINS_EXISTING_BRANCH = "joins_existing_branch"
    ATTACHED_TO_BRANCH = "attached_to_branch"
    NO_PARTNER_IN_REACH = "no_partner_in_reach"
    TOO_FEW_IN_REACH = "too_few_in_reach"
    NO_PLACE_LEFT = "no_place_left"
    BRANCHES_FULL = "branches_full"
    BODIES_APART = "bodies_apart"
    BARRIER_BETWEEN = "barrier_between"
    NO_LIKE_TRADE = "no_like_trade"
    LEFT_OUT_BY_PIN = "left_out_by_pin"
    TRANSFER_TO_SUPERVISOR = "transfer_to_supervisor"
    POSITION_TOO_COARSE = "position_too_coarse"
    NO_POSITION = "no_position"
    OUTSIDE_AREAS = "outside_areas"
    NO_TOWNSHIPS = "no_townships"
    # none
    NO_FULL_MEMBER = "no_full_member"
    # findings: the row keeps its outcome, a person should look
    KIN_MAJORITY = "kin_majority"
    NOT_STABLE = "not_stable"
    THREE_INSIDE_JOINT = "three_inside_joint"
    JOINT_OVER_CAP = "joint_over_cap"
    JOINT_UNDER_THREE = "joint_under_three"
    JOINT_OF_ONE = "joint_of_one"
    JOINT_ACROSS = "joint_across"
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
    # matters that only a superior can decide
    MERGING_WOULD_GAIN = "merging_would_gain"
    PARK_COMMITTEE_UNKNOWN = "park_committee_unknown"
    SPLIT_OVER_CAP = "split_over_cap"
    CONDITIONS_TO_CHECK = "conditions_to_check"
    PINNED_OVER_CAP = "pinned_over_cap"
    # told and settled: a person has signed that what stands there is right, or settled it
    CONFIRMED = "confirmed"
    PINNED = "pinned"
