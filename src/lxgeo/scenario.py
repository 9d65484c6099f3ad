"""From a ledger to a published plan: what the command line and notebooks call.

Each stage is one call to one room; this file only hands the tables on and takes the time.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import geopandas as gpd
import pandas as pd

from lxgeo import text
from lxgeo.decide import propose
from lxgeo.engine import runner, timed
from lxgeo.errors import Lang, RunError, Words
from lxgeo.judge import Breach, evaluate, verify
from lxgeo.ledger import LedgerReport, clean
from lxgeo.locate import locate
from lxgeo.model import Areas, Datum, Evaluation, Plan
from lxgeo.policy import Policy
from lxgeo.publish import MapLayers, Published, Record, Release, draw_map, publish_run, sha256
from lxgeo.read import area_files, read_areas, read_cells, read_run, read_tables
from lxgeo.rules import existing_branches, triage

STAGES = ("read", "locate", "triage", "propose", "judge", "publish")

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Scenario:
    """What a plan is asked for.

    Parameters
    ----------
    ledger
        A workbook or CSV of organisations.
    areas
        A folder of layers; ``townships`` is needed.
    policy
        Thresholds and weights.
    columns
        Field → header, where the vocabulary does not know a header.
    datum, areas_datum
        Declared coordinate base of the ledger's and the areas' coordinates.
    effort
        ``fast``, ``standard`` or ``best``.
    seed
        Of the search; same seed, same plan.
    workers
        Processes to plan on.
    time_limit_s
        Seconds after which the search stops where it is; a plan so cut says so.
    lang
        Language of lists and map.
    """

    ledger: Path
    areas: Path
    policy: Policy = field(default_factory=Policy)
    columns: Mapping[str, str] = field(default_factory=dict)
    datum: Datum | None = None
    areas_datum: Datum | None = None
    effort: str = "standard"
    seed: int = 0
    workers: int = 1
    time_limit_s: float | None = None
    lang: Lang = "zh"


@dataclass(frozen=True)
class Planned:
    """A planned scenario, ready to look at or to publish.

    Parameters
    ----------
    scenario
        What was asked for.
    report
        What was found while reading the ledger.
    areas
        The district's areas.
    plan, evaluation
        The proposal and its figures.
    units, branches
        The plan's tables in words (`lxgeo.tables.UNITS`, `lxgeo.tables.BRANCHES`).
    seconds
        Stage → wall time.
    """

    scenario: Scenario
    report: LedgerReport
    areas: Areas
    plan: Plan
    evaluation: Evaluation
    units: gpd.GeoDataFrame
    branches: gpd.GeoDataFrame
    seconds: Mapping[str, float]


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


def read_ledger(scenario: Scenario) -> tuple[pd.DataFrame, LedgerReport]:
    """Return the scenario's ledger as a table, and what was found while reading it.

    Raises
    ------
    LedgerError
        No such file, not readable, no name column, nothing in it.
    """
    sheets = read_cells(scenario.ledger)
    return clean(sheets, columns=scenario.columns, datum=scenario.datum)


def locate_scenario(scenario: Scenario) -> tuple[gpd.GeoDataFrame, Areas, LedgerReport]:
    """Return the scenario's units with their positions, its areas, and the ledger's report."""
    areas = read_areas(scenario.areas, datum=scenario.areas_datum)
    ledger, report = read_ledger(scenario)
    return locate(ledger, areas), areas, report


def plan_scenario(scenario: Scenario, *, progress: Progress | None = None) -> Planned:
    """Plan a scenario from its files; nothing is written.

    Parameters
    ----------
    scenario
        What is asked for.
    progress
        Called with the name of each stage as it begins.

    Returns
    -------
    Planned
        The plan, its figures and its tables in words.

    Raises
    ------
    InputError
        The ledger, the areas or the policy are at fault as a whole.
    """
    watch = Stopwatch(progress)
    with watch.stage("read"):
        areas = read_areas(scenario.areas, datum=scenario.areas_datum)
        ledger, report = read_ledger(scenario)
    with watch.stage("locate"):
        located = locate(ledger, areas)
    with watch.stage("triage"):
        triaged = triage(located, areas, scenario.policy)
        existing = existing_branches(triaged, areas, scenario.policy)
    with watch.stage("propose"), runner(scenario.workers) as run:
        plan = propose(
            triaged,
            existing,
            scenario.policy,
            seed=scenario.seed,
            effort=scenario.effort,
            stop=_deadline(scenario.time_limit_s),
            run=timed(run),
        )
    with watch.stage("judge"):
        evaluation = evaluate(plan)
        units = text.units_in_words(plan.units, scenario.lang)
        branches = text.branches_in_words(plan.branches, scenario.lang)
    return Planned(
        scenario=scenario,
        report=report,
        areas=areas,
        plan=plan,
        evaluation=evaluation,
        units=units,
        branches=branches,
        seconds=watch.seconds,
    )


def publish_scenario(
    planned: Planned, out: Path, name: str | None = None, *, progress: Progress | None = None
) -> Published:
    """Publish a planned scenario: the map, and the run folder with every list and layer.

    Parameters
    ----------
    planned
        What `plan_scenario` returned.
    out
        The folder of all runs.
    name
        The run's name; the ledger's stem if not given.
    progress
        Called as publishing begins.

    Returns
    -------
    Published
        Where the run and its map stand.

    Raises
    ------
    InputError
        A name or a place that can't be written.
    RunError
        The plan breaks a rule, or a folder that is no run of ours stands in its place.
    """
    scenario = planned.scenario
    name = scenario.ledger.stem if name is None else name
    texts = text.texts(scenario.lang)
    watch = Stopwatch(progress)
    with watch.stage("publish"):
        layers = MapLayers(
            planned.units, planned.branches, planned.areas, planned.evaluation, texts
        )
        page = draw_map(layers, title=name, lang=scenario.lang)
        release = Release(
            plan=planned.plan,
            units=planned.units,
            branches=planned.branches,
            evaluation=planned.evaluation,
            areas=planned.areas,
            texts=texts,
            lang=scenario.lang,
        )
    record = Record(
        versions=versions(),
        inputs=_input_hashes(scenario),
        seconds={**planned.seconds, **watch.seconds},
        workers=scenario.workers,
    )
    return publish_run(out, name, release, record, page.html, inspect=_inspect)


@dataclass(frozen=True)
class Verdict:
    """What an independent check of a run found.

    Parameters
    ----------
    breaches
        Everything that is broken; empty for a plan that stands.
    units, branches, files
        How many were checked.
    plan_cost_m
        The cost that the run tells, metres.
    """

    breaches: tuple[Breach, ...]
    units: int
    branches: int
    files: int
    plan_cost_m: float


def verify_run(folder: Path) -> Verdict:
    """Check a run folder: its files against the manifest, its plan against the rules.

    Parameters
    ----------
    folder
        The folder that holds ``manifest.json``.

    Raises
    ------
    RunError
        The folder holds no plan of ours.
    """
    run = read_run(folder)
    return Verdict(
        breaches=(*run.faults, *verify(run.tables)),
        units=len(run.tables.units),
        branches=len(run.tables.branches),
        files=run.files,
        plan_cost_m=float(run.tables.summary.get("plan_cost_m", float("nan"))),
    )


def _inspect(folder: Path) -> None:
    """Let no plan out of the house that an independent check refuses."""
    tables, unread = read_tables(folder)
    breaches = (*unread, *verify(tables))
    if breaches:
        raise RunError(
            *(Words(text.breach(each, "zh"), text.breach(each, "en")) for each in breaches)
        )


def _input_hashes(scenario: Scenario) -> dict[str, str]:
    """Return path as given → SHA-256 of each file that the scenario is read from."""
    files = (scenario.ledger, *area_files(scenario.areas))
    return {path.as_posix(): sha256(path) for path in files}


def versions() -> dict[str, str]:
    """Return the versions of what a plan is made with."""
    libraries = ("lxgeo", "geopandas", "numba", "numpy", "pandas", "pyproj", "scipy", "shapely")
    return {"python": platform.python_version()} | {name: version(name) for name in libraries}


@dataclass(frozen=True)
class Deadline:
    """A stop rule that can travel to worker processes: stop once a moment has passed.

    Parameters
    ----------
    at
        Seconds on the machine's steady clock, which processes of one machine share.
    """

    at: float

    def __call__(self) -> bool:
        """Return whether the moment has passed."""
        return time.monotonic() >= self.at


def _deadline(limit_s: float | None) -> Deadline | None:
    return None if limit_s is None else Deadline(time.monotonic() + limit_s)
