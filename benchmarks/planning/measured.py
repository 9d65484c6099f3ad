"""One plan of a district: its cost and proof, the time it took, and what its files are judged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import pandas as pd

from lxgeo import text
from lxgeo.decide import propose
from lxgeo.judge import evaluate, verify
from lxgeo.model import AREA_LAYERS, Areas, Plan, gap
from lxgeo.policy import Policy
from lxgeo.publish import Record, Release
from lxgeo.publish.folder.summary import summary, write_json
from lxgeo.publish.gis.layers import write_gis
from lxgeo.publish.rows import published
from lxgeo.publish.table import write_csv
from lxgeo.read import read_tables
from lxgeo.tables import CRS, ROADS, UNITS, area_table
from planning.district import REACH_M, District, district, one_building

WEIGHTS = ((0.0, 0.0), (500.0, 300.0))
"""``branch_m`` and ``thin_m`` of each table; the second are the defaults."""
_WARM = 150
"""Units of the first township, big enough that every kernel is compiled on it."""


@dataclass(frozen=True)
class Measured:
    """A plan in figures.

    Parameters
    ----------
    district, seed, effort, branch_m, thin_m
        What was planned, and how.
    units, townships
        Its size.
    cost_m, bound_m
        Cost and proved bound, metres.
    gap, worst_gap
        Certified gap of the district and of its worst township.
    proved
        Townships whose plan is proved to be the best.
    left_out, left_out_min
        Units left out, and those that no plan could place.
    breaches
        What the independent check finds in the run's files; None where it was not asked.
    solver_s, whole_s
        Processor seconds of the planner's own work, and of ``propose`` from tables to tables.
    """

    district: str
    seed: int
    effort: str
    branch_m: float
    thin_m: float
    units: int
    townships: int
    cost_m: float
    bound_m: float
    gap: float
    worst_gap: float
    proved: int
    left_out: int
    left_out_min: int
    breaches: int | None
    solver_s: float
    whole_s: float

    @property
    def penalty_m(self) -> float:
        """The part of the cost that is for units left out, metres."""
        return self.left_out * 10 * REACH_M


def policy_of(branch_m: float, thin_m: float) -> Policy:
    """Return the national policy with these weights and the districts' distance limit."""
    return Policy(branch_m=branch_m, thin_m=thin_m, max_distance_m=REACH_M)


def warm_up(efforts: Iterable[str]) -> float:
    """Plan small townships, so that all is compiled; return the processor seconds it took."""
    began = time.process_time()
    for effort in efforts:
        for small in (district(_WARM, 0), district(8, 0), one_building(60, 0)):
            propose(small.units, small.existing, policy_of(*WEIGHTS[-1]), effort=effort)
    return time.process_time() - began


class Timekeeper:
    """Runs one function over regions in line, and adds up the processor seconds it takes."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, function: Callable[[Any], Any], tasks: Iterable[Any], /) -> Iterator[Any]:
        """Yield the answers in order."""
        for task in tasks:
            began = time.process_time()
            answer = function(task)
            self.seconds += time.process_time() - began
            yield answer


def planned(here: District, policy: Policy, effort: str) -> tuple[Plan, float, float]:
    """Return a district's plan, and the processor seconds of the solver and of all of it."""
    solver = Timekeeper()
    began = time.process_time()
    plan = propose(here.units, here.existing, policy, effort=effort, run=solver)
    return plan, solver.seconds, time.process_time() - began


def measure(
    here: District, weights: tuple[float, float], effort: str, *, verified: bool = True
) -> tuple[Plan, Measured]:
    """Plan a district and return the plan and its figures.

    Parameters
    ----------
    here
        The district.
    weights
        ``branch_m`` and ``thin_m``.
    effort
        How hard to try.
    verified
        Whether the run's files are written, read back and checked.
    """
    plan, solver_s, whole_s = planned(here, policy_of(*weights), effort)
    cost, bound, out = (
        sum(getattr(each, name) for each in plan.regions)
        for name in ("cost_m", "bound_m", "left_out_m")
    )
    return plan, Measured(
        district=here.name,
        seed=here.seed,
        effort=effort,
        branch_m=weights[0],
        thin_m=weights[1],
        units=len(here.units),
        townships=len(plan.regions),
        cost_m=round(cost, 2),
        bound_m=round(bound, 2),
        gap=gap(cost, bound, out),
        worst_gap=max(each.gap for each in plan.regions),
        proved=sum(each.status == "optimal" for each in plan.regions),
        left_out=int((plan.units["outcome"] == "left_out").sum()),
        left_out_min=sum(each.left_out_min for each in plan.regions),
        breaches=breaches_of(plan) if verified else None,
        solver_s=solver_s,
        whole_s=whole_s,
    )


def breaches_of(plan: Plan) -> int:
    """Return how many breaches the independent check finds in a plan's files."""
    release = Release(
        plan=plan,
        units=text.units_in_words(plan.units, "zh"),
        branches=text.branches_in_words(plan.branches, "zh"),
        evaluation=evaluate(plan),
        areas=_no_areas(),
    )
    with TemporaryDirectory() as place:
        folder = Path(place)
        write_csv(folder / "units.csv", published(release.units, UNITS))
        write_gis(folder, release)
        write_json(folder / "summary.json", summary(release, Record({"lxgeo": "0"})))
        tables, unread = read_tables(folder)
    return len(unread) + len(verify(tables))


def _no_areas() -> Areas:
    def empty(names: list[str]) -> gpd.GeoDataFrame:
        return gpd.GeoDataFrame(pd.DataFrame(columns=names), geometry=[], crs=CRS)

    layers = {name: area_table(name).shaped(empty(area_table(name).names)) for name in AREA_LAYERS}
    return Areas(layers, ROADS.shaped(empty(ROADS.names)))
