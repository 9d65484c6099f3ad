"""Targets, worked out by hand over seven units.

unit  kind         full  outcome     instructor  before  after
a     enterprise   3     existing    -           yes     yes     (own branch)
b     enterprise   1     joint       -           no      yes
c     enterprise   1     left_out    yes         no      no
d     enterprise   0     no_members  -           no      no      looked after by a branch
e     association  3     standalone  -           no      yes     80 members, 2 staff: a key unit
f     school       0     no_members  -           no      no      30 staff: a key unit
g     enterprise   9     excluded    -           -       -
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

from lxgeo.judge import targets
from lxgeo.model import Plan, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.tables import CRS, PLANNED, PLANNED_BRANCHES

_COLUMNS = ("unit_id", "kind", "full_members", "outcome", "staff", "instructor")
_ROWS: tuple[tuple[Any, ...], ...] = (
    ("a", "非公企业", 3, "existing", None, None),
    ("b", "非公企业", 1, "joint", None, None),
    ("c", "非公企业", 1, "left_out", None, True),
    ("d", "非公企业", 0, "no_members", None, None),
    ("e", "社会团体", 3, "standalone", 2, None),
    ("f", "民办非企业单位", 0, "no_members", 30, None),
    ("g", "非公企业", 9, "excluded", None, None),
)


def counted(**settings: object) -> dict[str, tuple[int, int, int, int]]:
    """Return target → before, after, denominator, and how many units are missing."""
    units = pd.DataFrame(_ROWS, columns=_COLUMNS).astype({"instructor": "boolean"})
    looked_after = (Reason(Rule.WORK_COVERAGE),)
    more: dict[str, list[Any]] = {
        "row": [f"台账!{i}" for i in range(2, 9)],
        "association_members": [None, None, None, None, 80, None, None],
        "findings": [looked_after if each == "d" else () for each in units["unit_id"]],
    }
    units = units.assign(**more)
    points = gpd.GeoSeries([None] * len(units), crs=CRS)
    branch = {"branch_id": "E1", "name": "甲", "status": "existing", "outcome": "standalone"}
    branches = pd.DataFrame([branch | {"host_id": "a", "unit_ids": "a"}])
    plan = Plan(
        PLANNED.shaped(gpd.GeoDataFrame(units, geometry=points)),
        PLANNED_BRANCHES.shaped(
            gpd.GeoDataFrame(branches, geometry=gpd.GeoSeries([None], crs=CRS))
        ),
        (),
        Policy.from_mapping(settings),
        0,
        "fast",
    )
    return {
        each.name: (
            each.before.numerator,
            each.after.numerator,
            each.after.denominator,
            each.missing,
        )
        for each in targets(plan)
    }


def test_no_target_is_no_row() -> None:
    """A target of nought is none set."""
    assert counted(target_enterprise=0.0, target_social=0.0) == {}


def test_the_usual_targets_stand_without_a_word() -> None:
    """90 % of enterprises (3.6 of four) and 95 % of social organisations (1.9 of two)."""
    assert counted() == {"enterprises": (1, 2, 4, 2), "social": (0, 1, 2, 1)}


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        # a b c d, and e f: 0.9 × 4 = 3.6, so two more than a and b; 0.5 × 2 = 1.
        ({}, {"enterprises": (1, 2, 4, 2), "social": (0, 1, 2, 0)}),
        # 0.9 × 6 = 5.4: three more than a b e; reached too c and d: 5, and 0.5 × 6 = 3.
        (
            {"target_reading": "coverages"},
            {"organisation": (1, 3, 6, 3), "work": (3, 5, 6, 0)},
        ),
        # With a full member: a b c, and e.
        (
            {"target_over": "units_with_members"},
            {"enterprises": (1, 2, 3, 1), "social": (0, 1, 1, 0)},
        ),
        (
            {"target_over": "units_of_three"},
            {"enterprises": (1, 1, 1, 0), "social": (0, 1, 1, 0)},
        ),
        (
            {"target_over": "key_units"},
            {"enterprises": (0, 0, 0, 0), "social": (0, 1, 2, 0)},
        ),
    ],
)
def test_targets_count_what_the_policy_says(
    settings: dict[str, object], found: dict[str, tuple[int, int, int, int]]
) -> None:
    """90 % and 50 %, read and counted in each of the ways."""
    assert counted(target_enterprise=0.9, target_social=0.5, **settings) == found


def test_one_target_is_one_row() -> None:
    """临汾 sets one for enterprises only; 0.5 × 4 = 2 is reached exactly."""
    assert counted(target_enterprise=0.5, target_social=0.0) == {"enterprises": (1, 2, 4, 0)}
