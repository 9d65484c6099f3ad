"""Figures and rates of a plan, worked out by hand.

Twelve units; "full" are full members, "aff." those affiliated, "total" all members::

    unit  town  full aff. total  outcome          branch
    a     T1    5    -    6      standalone       (new)
    b     T1    4    1    4      temporary        -
    c     T1    1    -    1      joint, host      B1, new, exactly three
    d     T1    2    -    2      joint 100 m      B1
    e     T1    1    -    1      left_out         -
    f     T1    0    -    0      no_members       -
    g     T2    3    -    3      existing         E1, standalone, host
    h     T2    2    -    2      attached 300 m   E1
    i     T2    4    -    4      existing         E2, joint; the rules propose standalone
    j     T2    -    -    4      unknown_members  -
    k     T2    9    -    9      excluded         -
    l     none  2    -    2      not_located      -

Operating: all but k = 11. With a full member: a b c d e g h i l = 9 (j unknown).
Of three or more, by affiliated ones where known: a g i = 3 (b has 1 affiliated).
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

from lxgeo.judge import coverage_rates, evaluate
from lxgeo.model import Evaluation, Plan, Rate, Reason, RegionResult, Rule
from lxgeo.policy import Policy
from lxgeo.tables import CRS, PLANNED, PLANNED_BRANCHES

_ROWS: tuple[tuple[Any, ...], ...] = (
    ("a", "T1", 5, None, 6, "standalone", "B9", True, 0.0, "C39"),
    ("b", "T1", 4, 1, 4, "temporary", None, False, None, None),
    ("c", "T1", 1, None, 1, "joint", "B1", True, 0.0, "C39"),
    ("d", "T1", 2, None, 2, "joint", "B1", False, 100.0, None),
    ("e", "T1", 1, None, 1, "left_out", None, False, None, "C39"),
    ("f", "T1", 0, None, 0, "no_members", None, False, None, None),
    ("g", "T2", 3, None, 3, "existing", "E1", True, None, None),
    ("h", "T2", 2, None, 2, "attached", "E1", False, 300.0, "C39"),
    ("i", "T2", 4, None, 4, "existing", "E2", True, None, None),
    ("j", "T2", None, None, 4, "unknown_members", None, False, None, None),
    ("k", "T2", 9, None, 9, "excluded", None, False, None, None),
    ("l", None, 2, None, 2, "not_located", None, False, None, None),
)
_COLUMNS = (
    *("unit_id", "township_id", "full_members", "affiliated_members", "total_members", "outcome"),
    *("branch_id", "is_host", "distance_m", "industry_code"),
)


@pytest.fixture
def plan() -> Plan:
    """Return the twelve-unit plan of this module's docstring."""
    units = pd.DataFrame(_ROWS, columns=_COLUMNS)
    units = units.assign(
        row=[f"S!{number}" for number in range(2, 14)],
        township=units["township_id"].map({"T1": "甲街道", "T2": "乙镇"}),
        operating_status=["operating"] * 5
        + ["suspended"]
        + ["operating"] * 4
        + ["closed"]
        + ["operating"],
        line="territorial",
        precision="given",
        max_distance_m=units["township_id"].map({"T1": 1200.0, "T2": 1500.0}),
        proposed_outcome=["standalone" if each == "i" else None for each in units["unit_id"]],
        why=[Reason(Rule.NO_NAME)] * 12,
    )
    shaped = PLANNED.shaped(gpd.GeoDataFrame(units, geometry=gpd.GeoSeries([None] * 12, crs=CRS)))
    rows = [
        ("B9", "a支部", "standalone", "proposed", "a", "a", 1, 5),
        ("B1", "cd联合支部", "joint", "proposed", "c", "c;d", 2, 3),
        ("E1", "g支部", "standalone", "existing", "g", "g;h", 2, 5),
        ("E2", "联合支部", "joint", "existing", "i", "i", 3, 5),
    ]
    names = ("branch_id", "name", "outcome", "status", "host_id", "unit_ids", "units")
    branches = pd.DataFrame(rows, columns=[*names, "full_members"])
    branches["why"] = [Reason(Rule.NEW_JOINT_BRANCH)] * 4
    points = gpd.GeoDataFrame(branches, geometry=gpd.GeoSeries([None] * 4, crs=CRS))
    regions = (
        RegionResult("T1", "EPSG:4547", 3, 13_000.0, 12_900.0, 12_000.0, 1, "bounded", 0.1),
        RegionResult("T2", "EPSG:4547", 1, 1_100.0, 1_100.0, 0.0, 0, "optimal", 0.1),
    )
    return Plan(shaped, PLANNED_BRANCHES.shaped(points), regions, Policy(), 0, "standard")


@pytest.fixture
def evaluation(plan: Plan) -> Evaluation:
    """Return its figures."""
    return evaluate(plan)


def test_the_tables_are_what_the_planner_gives(plan: Plan) -> None:
    """The plan made by hand obeys the schemas, so these figures are of a plan as it comes."""
    PLANNED.check(plan.units)
    PLANNED_BRANCHES.check(plan.branches)


def test_rates_before(evaluation: Evaluation) -> None:
    """Before: g and i are organised, g alone on its own; both have three or more members."""
    assert evaluation.before[:4] == (
        Rate("organisation", 2, 11, "operating_units"),
        Rate("standalone", 1, 11, "operating_units"),
        Rate("with_members", 2, 9, "units_with_members"),
        Rate("should_build", 2, 3, "units_of_three"),
    )


def test_rates_after(evaluation: Evaluation) -> None:
    """After: a b c d g h i are organised; a, g and (as proposed) i each on their own.

    Of those with members e and l are left; of those of three or more, none.
    """
    assert evaluation.after[:4] == (
        Rate("organisation", 7, 11, "operating_units"),
        Rate("standalone", 3, 11, "operating_units"),
        Rate("with_members", 7, 9, "units_with_members"),
        Rate("should_build", 3, 3, "units_of_three"),
    )


def test_unknown_members_are_told_at_zero_and_at_their_total(evaluation: Evaluation) -> None:
    """J counts in no denominator at zero; at its total of four it stands in both, unorganised."""
    assert evaluation.after[4:] == (
        Rate("with_members_unknown_low", 7, 9, "units_with_members_unknown_low"),
        Rate("should_build_unknown_low", 3, 3, "units_of_three_unknown_low"),
        Rate("with_members_unknown_high", 7, 10, "units_with_members_unknown_high"),
        Rate("should_build_unknown_high", 3, 4, "units_of_three_unknown_high"),
    )


@pytest.mark.parametrize(
    ("ends", "most"), [({"low": 3, "high": 6}, 30), ({"high": 2}, 26), ({"low": 5}, 29)]
)
@pytest.mark.parametrize("rule", [Rule.VALUE_RANGE, Rule.MEMBERS_UNREADABLE])
def test_a_range_of_members_counts_up_to_its_end(
    plan: Plan, rule: Rule, ends: dict[str, int], most: int
) -> None:
    """J writes 3-6, at most 2, 5 or more for its total: 24 others and 6, 2, at least 5.

    What stands beside it and says nothing of an end changes nothing.
    """
    told = Reason(rule, {"field": "total_members", "written": "…", **ends})
    nothing = Reason(Rule.MEMBERS_UNREADABLE, {"field": "full_members", "written": "若干"})
    units = plan.units.copy()
    (at,) = units.index[units["unit_id"] == "j"]
    units.loc[at, "total_members"] = pd.NA
    units.at[at, "findings"] = (nothing, told)  # noqa: PD008 - a tuple is one cell

    figures = evaluate(Plan(units, plan.branches, plan.regions, Policy(), 0, "fast")).figures

    assert (figures["full_members_unknown_low"], figures["full_members_unknown_high"]) == (24, most)


def test_without_unknown_members_the_rates_are_told_once(plan: Plan) -> None:
    """Low and high stand only where something is unknown."""
    known = plan.units[plan.units["unit_id"] != "j"]
    told = evaluate(Plan(known, plan.branches, plan.regions, Policy(), 0, "fast"))

    assert [rate.name for rate in told.before] == [
        "organisation",
        "standalone",
        "with_members",
        "should_build",
    ]


def test_figures(evaluation: Evaluation) -> None:
    """Counts, cost and distances by hand.

    Cost 13,000 + 1,100 = 14,100 of which 12,000 for e; three units joined: 2,100 / 3 = 700.
    Gap (14,100 − 14,000) / (14,100 − 12,000) = 1/21. Distances of d and h, hosts not among them:
    100 + 0.95 × 200 = 290. Of the four that must join, d's trade alone is unknown.
    Full members but k's: 5 + 4 + 1 + 2 + 1 + 0 + 3 + 2 + 4 + 2 = 24, with j's total 28.
    """
    figures = dict(evaluation.figures)
    gap = figures.pop("gap")

    assert gap == pytest.approx(1 / 21)
    assert figures.pop("outcomes") == {
        "standalone": 1,
        "temporary": 1,
        "joint": 2,
        "attached": 1,
        "transfer": 0,
        "existing": 2,
        "left_out": 1,
        "no_members": 1,
        "unknown_members": 1,
        "not_located": 1,
        "excluded": 1,
    }
    assert figures == {
        "units": 12,
        "joint_branches": 1,
        "thin_branches": 1,
        "must_join": 4,
        "left_out": 1,
        "left_out_min": 1,
        "plan_cost_m": 14_100.0,
        "bound_m": 14_000.0,
        "mean_cost_m": 700.0,
        "p95_distance_m": 290.0,
        "unknown_trade_share": 0.25,
        "full_members_unknown_low": 24,
        "full_members_unknown_high": 28,
        "max_distance_m": {"T1": 1200.0, "T2": 1500.0},
    }


def test_a_plan_without_joined_units_has_no_means(plan: Plan) -> None:
    """Nothing joined: what can't be averaged is unknown, never zero and never an error."""
    alone = plan.units[plan.units["unit_id"].isin(["a", "f"])]
    figures = evaluate(Plan(alone, plan.branches.iloc[:0], (), Policy(), 0, "fast")).figures

    assert figures["plan_cost_m"] == 0
    assert figures["gap"] == 0
    assert figures["mean_cost_m"] is None
    assert figures["p95_distance_m"] is None
    assert figures["unknown_trade_share"] is None


def test_townships_sum_to_the_whole(evaluation: Evaluation) -> None:
    """Each rate is told for each township, and the townships (with the unknown) sum to it."""
    table = evaluation.by_township
    assert isinstance(table, pd.DataFrame)
    t1, t2, unknown = table.to_dict("records")

    assert (t1["township"], t1["units"], t1["joint"]) == ("甲街道", 6, 2)
    assert (t1["organisation_before"], t1["organisation_after"], t1["operating_units"]) == (0, 4, 6)
    assert (t2["organisation_before"], t2["organisation_after"], t2["operating_units"]) == (2, 3, 4)
    assert (t2["standalone_before"], t2["standalone_after"]) == (1, 2)
    assert (t1["full_members"], t2["full_members"], unknown["full_members"]) == (13, 9, 2)
    assert pd.isna(unknown["township_id"])
    for rates, moment in ((evaluation.before, "before"), (evaluation.after, "after")):
        for rate in rates[:4]:
            assert table[f"{rate.name}_{moment}"].sum() == rate.numerator
            assert table[rate.over].sum() == rate.denominator


def test_rates_as_plain_values_name_their_denominators(evaluation: Evaluation) -> None:
    """What the summary tells of a rate: its name, both counts, what it is over, and the share."""
    told = coverage_rates(evaluation)

    assert list(told) == ["before", "after"]
    assert told["after"][1] == {
        "name": "standalone",
        "over": "operating_units",
        "numerator": 3,
        "denominator": 11,
        "value": 3 / 11,
    }
