"""The order of rows, where regions run and when they stop: nothing is lost, nothing differs."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
from tables_by_hand import existing, triaged

from lxgeo.decide import propose
from lxgeo.decide.solve import Answer, Task
from lxgeo.model import Plan
from lxgeo.policy import Policy

JIA, YI = "township:T1|territorial", "township:T2|territorial"


def larger(seed: int = 0) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return sixty units and two approved branches in two jurisdictions."""
    random = pd.Series(range(60)).sample(frac=1, random_state=seed).tolist()
    units = triaged(
        *(
            {
                "unit_id": f"U{i:02}",
                "at": (137 * i % 1900, 211 * i % 1700),
                "full_members": 1 + i % 2,
                "industry_code": ("C3912", "C3921", "I6510")[i % 3],
                "jurisdiction": (JIA, YI)[i % 2],
            }
            for i in random
        )
    )
    hosts = existing(
        {"branch_id": "E1", "outcome": "joint", "at": (500, 500), "room": 2},
        {"branch_id": "E2", "outcome": "standalone", "at": (900, 900), "jurisdiction": YI},
    )
    return units, hosts


def same(one: Plan, other: Plan) -> bool:
    """Return whether two plans decide the same, whatever the order of their units."""
    units = [plan.units.sort_values("unit_id", ignore_index=True) for plan in (one, other)]
    both = [frame.drop(columns="row") for frame in units]
    pd.testing.assert_frame_equal(*both)
    pd.testing.assert_frame_equal(one.branches, other.branches)
    return one.regions == other.regions


def test_order_of_rows_does_not_matter() -> None:
    """Shuffled units and branches: the same plan to the last column, in ledger order each."""
    units, hosts = larger()
    shuffled, _ = larger(seed=1)
    plan = propose(units, hosts, Policy())
    other = propose(shuffled, hosts.iloc[::-1], Policy())

    assert plan.units["unit_id"].tolist() == units["unit_id"].tolist()
    assert other.units["unit_id"].tolist() == shuffled["unit_id"].tolist()
    assert same(plan, other)


def elsewhere(function: Callable[[Task], Answer], tasks: Iterable[Task]) -> Iterable[Answer]:
    """Run tasks as another process would: through pickle, in another order, timed."""
    sent = [pickle.loads(pickle.dumps(task)) for task in tasks]  # noqa: S301 - our own
    answers = [pickle.loads(pickle.dumps(function(task))) for task in sent]  # noqa: S301
    return reversed([replace(answer, seconds=1.5) for answer in answers])


def test_where_it_runs_does_not_matter() -> None:
    """Another runner: the same plan; what it measured stands in the regions."""
    units, hosts = larger()
    here = propose(units, hosts, Policy())
    there = propose(units, hosts, Policy(), run=elsewhere)

    assert [region.seconds for region in there.regions] == [1.5, 1.5]
    timeless = tuple(replace(region, seconds=0.0) for region in there.regions)
    assert same(here, replace(there, regions=timeless))


def test_every_unit_is_in_one_place_and_costs_add_up() -> None:
    """Branches list exactly the units that name them; regions cost what their parts cost."""
    units, hosts = larger()
    plan = propose(units, hosts, Policy())
    named = plan.units.dropna(subset="branch_id")
    lists = {
        unit_id: branch.branch_id
        for branch in plan.branches.itertuples()
        for unit_id in (branch.unit_ids or "").split(";")
        if unit_id
    }

    assert lists == dict(zip(named["unit_id"], named["branch_id"], strict=True))
    for region in plan.regions:
        here = plan.branches[plan.branches["jurisdiction"] == region.region]
        assert region.cost_m - region.left_out_m == pytest.approx(here["cost_m"].sum(), abs=1e-6)
        assert 0 < region.bound_m <= region.cost_m
    assert plan.branches["branch_id"].is_unique
    assert plan.branches["name"].is_unique


def test_arguments_stay_as_they_are() -> None:
    """Nothing is written into the tables handed in."""
    units, hosts = larger()
    before = units.copy(), hosts.copy()
    propose(units, hosts, Policy())

    pd.testing.assert_frame_equal(units, before[0])
    pd.testing.assert_frame_equal(hosts, before[1])


def test_a_plan_that_was_stopped_says_so() -> None:
    """Stopped at once: every unit has an outcome, the bound is 0, the status is told."""
    plan = propose(*larger(), Policy(), stop=lambda: True)

    assert plan.units["outcome"].notna().all()
    assert {region.status for region in plan.regions} == {"stopped"}
    assert {region.bound_m for region in plan.regions} == {0}
