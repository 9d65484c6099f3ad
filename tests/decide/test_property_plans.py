"""What holds for every plan: legal, honest, and for small regions the best there is."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pandas as pd
from counties import County, counties
from every_plan import best_cm
from hypothesis import given
from hypothesis import strategies as st
from run_in_memory import as_read

from lxgeo.decide import propose
from lxgeo.judge import verify
from lxgeo.model import Plan
from lxgeo.tables import PLANNED, PLANNED_BRANCHES
from strategies import examples


def plan_of(county: County, effort: str) -> Plan:
    """Return a county's plan."""
    return propose(county.units, county.branches, county.policy, effort=effort)


def cm(metres: float) -> int:
    """Return metres with two decimals as whole centimetres."""
    return round(100 * metres)


def told(plan: Plan) -> tuple[str, str]:
    """Return what a plan says, unit by unit, wherever they stand in the ledger."""
    units = PLANNED.shaped(plan.units.sort_values("unit_id", ignore_index=True)).drop(columns="row")
    branches = PLANNED_BRANCHES.shaped(plan.branches)
    return pd.DataFrame(units).to_csv(), pd.DataFrame(branches).to_csv()


@given(counties(), st.integers(0, 2**32 - 1))
@examples(34)
def test_a_small_county_is_planned_as_well_as_can_be(county: County, seed: int) -> None:
    """Fifteen bodies of up to ten units, 34 times: 510 regions; no plan is cheaper than ours.

    The best effort costs what the best of all partitions costs. No effort proves more than that,
    and none breaks a rule, in whatever order the rows come.
    """
    best, fast = plan_of(county, "best"), plan_of(county.shuffled(seed), "fast")

    assert [each.region for each in best.regions] == county.bodies
    for ours, quick in zip(best.regions, fast.regions, strict=True):
        least = best_cm(county, ours.region, ours.crs)
        assert cm(ours.cost_m) == least
        assert cm(ours.bound_m) <= least
        assert cm(quick.bound_m) <= least <= cm(quick.cost_m)
    assert verify(as_read(best)) == ()
    assert verify(as_read(fast)) == ()


@given(counties(bodies=2, least=30, most=80), st.integers(0, 2**32 - 1))
@examples(8)
def test_a_larger_region_is_legal_and_honestly_bounded(county: County, seed: int) -> None:
    """Thirty to eighty units a body: no rule broken, no bound above the cost, rows in any order."""
    plan = plan_of(county, "standard")

    assert all(0 <= each.bound_m <= each.cost_m for each in plan.regions)
    assert verify(as_read(plan)) == ()
    assert told(plan_of(county.shuffled(seed), "standard")) == told(plan)


@given(counties(bodies=4, least=5, most=40))
@examples(1)
def test_two_workers_make_the_same_plan_as_one(county: County) -> None:
    """Who solves which region, and when, is nothing to the plan."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        spread = propose(county.units, county.branches, county.policy, effort="best", run=pool.map)

    assert told(spread) == told(plan_of(county, "best"))
