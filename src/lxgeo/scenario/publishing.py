"""Publishing a planned scenario: the map, the run folder, and the papers beside its lists."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from lxgeo import text
from lxgeo.errors import RunError
from lxgeo.ledger.corrections.worklist import NO_STATES, State
from lxgeo.model import Rule
from lxgeo.publish import MapLayers, Published, Record, Release, draw_map, publish_run, sha256
from lxgeo.publish.lists.carrying import Before, carried, newest
from lxgeo.publish.lists.clerk_books import write_clerk_books
from lxgeo.publish.report import write_report
from lxgeo.read.opinions import read_opinions
from lxgeo.read.workbook_states import read_states
from lxgeo.scenario.intake import input_hashes
from lxgeo.scenario.planning import Planned, Progress, Stopwatch
from lxgeo.scenario.previous import Previous, read_previous, same_as_now
from lxgeo.scenario.regions import kept_regions
from lxgeo.scenario.spoken import said_again
from lxgeo.scenario.verdict import let_none_out_that_is_refused

WORKBOOK = "plan.xlsx"


def publish_scenario(
    planned: Planned, out: Path, name: str | None = None, *, progress: Progress | None = None
) -> Published:
    """Publish a planned scenario: the map, and the run folder with every list and layer.

    What an office wrote into the lists of the run before (``previous``, else the run that stands
    in its place, where somebody has written into its workbook) is carried on.

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
        A name or a place that can't be written; an earlier workbook that can't be read.
    RunError
        The plan breaks a rule, or a folder that is no run of ours stands in its place.
    """
    scenario = planned.scenario
    name = scenario.name if name is None else name
    watch = Stopwatch(progress)
    with watch.stage("publish"):
        release = with_states(release_of(planned), planned, out / name)
        layers = replace(
            MapLayers.of(planned, release.texts, release.matters),
            map_number=scenario.map_number,
            again=said_again(planned.plan, scenario.lang),
        )
        page = draw_map(layers, title=name, lang=scenario.lang, tiles=scenario.tiles)
    record = Record(
        versions=versions(),
        inputs=input_hashes(scenario, planned.intake),
        seconds={**planned.seconds, **watch.seconds},
        workers=scenario.engine.processes,
        geocoder=scenario.geocoder,
        approved=planned.approvals,
    )
    published = publish_run(
        out,
        name,
        release,
        record,
        page.html,
        also=partial(_write_papers, name=name, release=release, record=record),
        inspect=let_none_out_that_is_refused,
    )
    if scenario.checkpoints is not None:
        kept_regions(scenario.checkpoints).clear()
    return published


def release_of(planned: Planned, states: Mapping[str, State] = NO_STATES) -> Release:
    """Return what is published of a plan, with what an office wrote into the lists before it."""
    scenario = planned.scenario
    opinions = () if scenario.opinions is None else read_opinions(scenario.opinions)
    return Release(
        plan=planned.plan,
        units=planned.units,
        branches=planned.branches,
        evaluation=planned.evaluation,
        areas=planned.areas,
        texts=text.texts(scenario.lang),
        lang=scenario.lang,
        corrected=planned.intake.corrected,
        comparison=planned.intake.comparison,
        matters=tuple(text.reason(each.why, scenario.lang) for each in planned.plan.matters),
        states=states,
        names=planned.names,
        opinions=opinions,
        hotspots=planned.hotspots,
    )


def with_states(release: Release, planned: Planned, place: Path) -> Release:
    """Return a release with what an office wrote into the lists of the run before, followed.

    Parameters
    ----------
    release
        What `release_of` returned.
    planned
        The plan: of a run that it is to be followed from, if one is named.
    place
        The folder that it is written to, for whoever wrote into the lists that stand there.
    """
    states: dict[str, State] = {}
    if (previous := planned.previous) is not None:
        states = followed(previous.folder / WORKBOOK, previous, planned, release)
    if _written_into(place):
        here = followed(place / WORKBOOK, as_it_stands(place), planned, release)
        states = newest(states, here)
    return replace(release, states=states) if states else release


def followed(
    workbook: Path, run: Previous | None, planned: Planned, release: Release
) -> dict[str, State]:
    """Return what stands in a run's lists, by the items of this plan.

    Parameters
    ----------
    workbook
        The lists.
    run
        The run that they are of; None where that can't be read: the items keep their names.
    planned, release
        This plan.
    """
    states = read_states(workbook)
    if run is None:
        return states
    same = same_as_now(run, planned.units)
    return carried(states, Before(run.units, run.branches, same), release)


def as_it_stands(place: Path) -> Previous | None:
    """Return the run that is to be replaced; None where more than its papers was changed."""
    try:
        return read_previous(place)
    except RunError:
        return None


def _written_into(run: Path) -> bool:
    """Return whether somebody has changed a run's workbook since it was written."""
    workbook, manifest = run / WORKBOOK, run / "manifest.json"
    if not (workbook.is_file() and manifest.is_file()):
        return False
    try:
        listed = json.loads(manifest.read_text(encoding="utf-8"))["files"][WORKBOOK]
    except (ValueError, KeyError, TypeError):
        return True
    return bool(listed != sha256(workbook))


def _write_papers(folder: Path, *, name: str, release: Release, record: Record) -> None:
    """Write what goes to a superior, and a workbook for the clerk of each township."""
    write_clerk_books(folder / "townships", release)
    write_report(
        folder, name, release, record, lambda code: text.rule_name(Rule(code), release.lang)
    )


def versions() -> dict[str, str]:
    """Return the versions of what a plan is made with."""
    libraries = ("lxgeo", "geopandas", "numba", "numpy", "pandas", "pyproj", "scipy", "shapely")
    return {"python": platform.python_version()} | {name: version(name) for name in libraries}
