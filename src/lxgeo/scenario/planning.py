"""Planning and publishing a scenario, stage by stage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import geopandas as gpd
import pandas as pd

from lxgeo import text
from lxgeo.decide import propose
from lxgeo.errors import InputError, Words
from lxgeo.judge import evaluate
from lxgeo.locate.guard import CoordinateReport
from lxgeo.model import Areas, Evaluation, Plan
from lxgeo.pin import Pins
from lxgeo.read import read_areas, read_pins
from lxgeo.rules import existing_branches, triage
from lxgeo.scenario.asked import Scenario
from lxgeo.scenario.carried_pins import CarriedPins, carried_pins
from lxgeo.scenario.intake import Intake, take_in
from lxgeo.scenario.positions import Asking, asks_of, find_positions, geocoder_of
from lxgeo.scenario.previous import (
    Approvals,
    Previous,
    former_of,
    read_previous,
    with_approved,
)
from lxgeo.scenario.regions import Deadline, Following, regions_runner
from lxgeo.scenario.walking import off_roads, roads_of

STAGES = ("read", "locate", "triage", "propose", "judge", "publish")

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Planned:
    """A planned scenario, ready to look at or to publish.

    Parameters
    ----------
    scenario
        What was asked for.
    intake
        The ledger as it was taken in, and what was found while reading it.
    areas
        The district's areas.
    coordinates, hotspots, notes
        What else there is to tell about positions (`lxgeo.scenario.Positioned`).
    plan, evaluation
        The proposal and its figures.
    units, branches
        The plan's tables in words (`lxgeo.tables.UNITS`, `lxgeo.tables.BRANCHES`).
    seconds
        Stage → wall time.
    previous
        The run before, where one was given.
    approvals
        What lists have approved, by the names of branches; carried on to the next quarter.
    """

    scenario: Scenario
    intake: Intake
    areas: Areas
    coordinates: CoordinateReport
    hotspots: gpd.GeoDataFrame
    notes: tuple[Words, ...]
    plan: Plan
    evaluation: Evaluation
    units: gpd.GeoDataFrame
    branches: gpd.GeoDataFrame
    seconds: Mapping[str, float]
    previous: Previous | None = None
    approvals: Approvals = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """Id → name of every unit and branch, of the run before as well: for telling of pins."""
        was = {} if self.previous is None else names_of(self.previous.units, self.previous.branches)
        return was | names_of(self.units, self.branches)


def names_of(units: pd.DataFrame, branches: pd.DataFrame) -> dict[str, str]:
    """Return id → name of the units and branches that have one."""
    names: dict[str, str] = {}
    for table, key in ((units, "unit_id"), (branches, "branch_id")):
        known = table[table["name"].notna()]
        names |= dict(zip(known[key], known["name"], strict=True))
    return names


class Stopwatch:
    """Takes the time of each stage and tells which one begins."""

    def __init__(self, progress: Progress | None) -> None:
        self.seconds: dict[str, float] = {}
        self._tell = progress or (lambda _: None)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Take the time of one stage."""
        self._tell(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def plan_scenario(
    scenario: Scenario,
    *,
    progress: Progress | None = None,
    asking: Asking | None = None,
    following: Following = Following(),  # noqa: B008 - a frozen value
) -> Planned:
    """Plan a scenario from its files; nothing is written but what a geocoder answers.

    Parameters
    ----------
    scenario
        What is asked for.
    progress
        Called with the name of each stage as it begins.
    asking
        Called while a geocoder answers.
    following
        Told while regions are planned.

    Returns
    -------
    Planned
        The plan, its figures and its tables in words.

    Raises
    ------
    InputError
        The ledger, the areas, the policy or the pins are at fault as a whole; upload is not
        allowed.
    ServiceError
        The database or the geocoder failed; what was answered is kept.
    """
    watch, limit = Stopwatch(progress), scenario.time_limit_s
    with watch.stage("read"):
        # Whether addresses may leave is settled before anything is read.
        geocoder = geocoder_of(scenario, asking)
        areas = read_areas(
            scenario.areas,
            datum=scenario.areas_datum,
            without_townships=scenario.without_townships,
        )
        roads, network = roads_of(scenario)
        pins = () if scenario.pins is None else read_pins(scenario.pins)
        before = _before(scenario)
        intake = take_in(scenario, asks_of(scenario, areas))
    with watch.stage("locate"):
        found, notes = find_positions(scenario, intake, areas, geocoder)
        standing = None if before is None else with_approved(found.located, before)
        if standing is not None:
            found = found._replace(located=standing.located)
            notes = (*notes, *standing.notes)
    with watch.stage("triage"):
        triaged = triage(found.located, areas, scenario.policy)
        existing = existing_branches(triaged, areas, scenario.policy)
        carried = CarriedPins()
        if before is not None and scenario.carry_pins:
            carried = carried_pins(before, triaged, existing, pins)
    with watch.stage("propose"), regions_runner(scenario, following) as run:
        plan = propose(
            triaged,
            existing,
            scenario.policy,
            areas=areas,
            hotspots=found.hotspots,
            roads=roads,
            pins=(*pins, *carried.pins),
            former=None if before is None else former_of(triaged, existing, before),
            seed=scenario.seed,
            effort=scenario.effort,
            stop=None if limit is None else Deadline.after(limit),
            run=run,
        )
    plan = replace(plan, pins=Pins(plan.pins.kept, (*plan.pins.refused, *carried.ended)))
    with watch.stage("judge"):
        evaluation = evaluate(plan)
        units = text.units_in_words(plan.units, scenario.lang)
        branches = text.branches_in_words(plan.branches, scenario.lang)
    return Planned(
        scenario=scenario,
        intake=intake,
        areas=areas,
        coordinates=found.coordinates,
        hotspots=found.hotspots,
        notes=(*notes, *network, *off_roads(triaged, roads)),
        plan=plan,
        evaluation=evaluation,
        units=units,
        branches=branches,
        seconds=watch.seconds,
        previous=before,
        approvals={} if standing is None else standing.approvals,
    )


def _before(scenario: Scenario) -> Previous | None:
    """Return the run before, where one is named."""
    if scenario.previous is None:
        if scenario.approved is not None:
            raise InputError(
                Words(
                    "--approved 要和 --previous 一起用：请写明是哪一次方案里的党支部",
                    "--approved goes with --previous: say which run proposed these branches",
                )
            )
        return None
    return read_previous(scenario.previous, scenario.approved)
