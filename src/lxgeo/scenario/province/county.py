"""One county of a province: its files fetched, its plan made as any other's, its parts written."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from lxgeo import text
from lxgeo.engine.kept import code_stamp
from lxgeo.errors import InputError, LxgeoError, RunError, Words
from lxgeo.judge.parts import KEY, part_place
from lxgeo.judge.verify import verify
from lxgeo.ledger.corrections.worklist import State
from lxgeo.publish import MapLayers, Record, Release, draw_map, sha256
from lxgeo.publish.lists.carrying import newest
from lxgeo.publish.province import CountyFiles, kept_in, write_county
from lxgeo.publish.province.county import county_name
from lxgeo.publish.province.index import Went
from lxgeo.read import area_files
from lxgeo.read.gazetteer import gazetteer_files
from lxgeo.read.partitioned import read_county_tables
from lxgeo.read.partitions import Partition
from lxgeo.read.run_tables import read_json
from lxgeo.scenario.asked import Scenario
from lxgeo.scenario.planning import Planned, Stopwatch, plan_scenario
from lxgeo.scenario.publishing import as_it_stands, followed, release_of, versions
from lxgeo.scenario.regions import kept_regions
from lxgeo.services import TablePart

_PARQUET = (".parquet", ".geoparquet")


@dataclass(frozen=True)
class CountyTask:
    """A county to plan.

    Parameters
    ----------
    region
        What it is called; the engine tells tasks by this.
    scenario
        What is asked for, the same for all counties.
    ledger
        Its part of the ledger.
    areas
        Its folder of areas, or its part of a place of areas; None where there is none: nothing in
        the county can be placed then, and each unit says so.
    given
        What else is laid out by county: field of `Scenario` → its part.
    tree
        Where counties' files are written.
    run
        The run's place: a county that stands there, made of the same, is not planned again.
    lists
        Whether to write the workbook that an office works from.
    """

    region: str
    scenario: Scenario
    ledger: Partition | TablePart
    areas: Path | Partition | None
    given: Mapping[str, Partition]
    tree: Path
    run: Path
    lists: bool = False

    @property
    def size(self) -> int:
        """How large its ledger is, bytes."""
        return self.ledger.bytes


@dataclass(frozen=True)
class CountyAnswer:
    """How a county went.

    Parameters
    ----------
    region
        What it is called.
    went
        ``done``, ``kept``, ``empty`` or ``failed``.
    faults
        Why it failed.
    notes
        What a person should know of it.
    """

    region: str
    went: Went
    faults: tuple[Words, ...] = ()
    notes: tuple[Words, ...] = ()


def plan_county(task: CountyTask) -> CountyAnswer:
    """Plan a county and write its files; what is at fault in it is told, and costs no other county.

    Parameters
    ----------
    task
        Which county, and what of it lies where.
    """
    here = Path(tempfile.mkdtemp(prefix=f".{task.region}-here-", dir=task.tree))
    try:
        return _planned(task, here)
    except LxgeoError as fault:
        return CountyAnswer(task.region, "failed", fault.faults)
    finally:
        shutil.rmtree(here, ignore_errors=True)


def _planned(task: CountyTask, here: Path) -> CountyAnswer:
    ledger = task.ledger.here(here / "ledger")
    if _no_rows(ledger):
        return CountyAnswer(task.region, "empty")
    scenario = _scenario(task, ledger, here)
    inputs = dict(_inputs(task, scenario, ledger))
    fingerprint = _fingerprint(task, scenario, inputs)
    kept = kept_in(task.tree, task.run, task.region, fingerprint)
    if kept is not None:
        return CountyAnswer(task.region, "kept")
    planned = plan_scenario(scenario)
    cut = any(region.status == "stopped" for region in planned.plan.regions)
    # A plan that a time limit cut short is not kept for another run.
    _write(task, planned, inputs, "" if cut else fingerprint)
    if scenario.checkpoints is not None:
        kept_regions(scenario.checkpoints).clear()
    return CountyAnswer(task.region, "done", notes=planned.notes)


def _no_rows(files: tuple[Path, ...]) -> bool:
    """Return whether a county's ledger holds no row: no file, or tables of none."""
    if not all(path.suffix.lower() in _PARQUET for path in files):
        return False
    try:
        return all(pq.read_metadata(path).num_rows == 0 for path in files)
    except (pa.ArrowException, OSError):
        return False  # the reader tells what is wrong with it


def _scenario(task: CountyTask, ledger: tuple[Path, ...], here: Path) -> Scenario:
    """Return what is asked of this county alone."""
    folder = _areas(task, here)
    previous = task.scenario.previous
    if previous is not None:
        before = previous / f"{KEY}{task.region}"
        previous = before if _stood(previous, task.region) else None
    return replace(
        task.scenario,
        ledger=ledger[0] if len(ledger) == 1 else ledger,
        areas=folder,
        without_townships=True,
        previous=previous,
        checkpoints=task.tree / ".regions" / task.region,
        **_given(task, here),
    )


def _areas(task: CountyTask, here: Path) -> Path:
    match task.areas:
        case Path() as folder:
            return folder
        case Partition() as part if part.files:
            return part.here(here / "areas")[0].parent
        case _:
            none = here / "areas"
            none.mkdir()
            return none


def _given(task: CountyTask, here: Path) -> dict[str, Any]:
    """Return what else is laid out for the county: field of `Scenario` → file or folder."""
    found = {}
    for field, part in task.given.items():
        files = part.here(here / field)
        folder = field == "opinions"
        if len(files) > 1 and not folder:
            raise InputError(
                Words(
                    f"{task.region}：{field} 有 {len(files)} 个文件，应为一个",
                    f"{task.region}: {len(files)} files of {field}, there should be one",
                )
            )
        if files:
            found[field] = files[0].parent if folder and len(files) > 1 else files[0]
    return found


def _stood(run: Path, county: str) -> bool:
    return (run / part_place("county.json", county)).is_file()


def _inputs(
    task: CountyTask, scenario: Scenario, ledger: tuple[Path, ...]
) -> Iterator[tuple[str, str]]:
    """Yield name in the layout → SHA-256 of each file that the county's plan is read from."""
    yield from zip(task.ledger.files, map(sha256, ledger), strict=True)
    for path in (*area_files(scenario.areas), *gazetteer_files(scenario.areas)):
        yield f"areas/{path.name}", sha256(path)
    for path in scenario.gazetteer:
        yield path.as_posix(), sha256(path)
    for field in task.given:
        for path in _files(getattr(scenario, field)):
            yield f"{field}/{path.name}", sha256(path)
    if scenario.previous is not None:
        whole = scenario.previous.parent
        yield "previous", sha256(whole / part_place("county.json", task.region))
    if digest := _lists_before(task).digest:
        yield "lists before", digest


def _files(path: Path | None) -> list[Path]:
    if path is None:
        return []
    return sorted(path.iterdir()) if path.is_dir() else [path]


@dataclass(frozen=True)
class _Asked:
    """All that a county's plan depends on, as text."""

    county: str
    settings: str
    inputs: str


def _fingerprint(task: CountyTask, scenario: Scenario, inputs: Mapping[str, str]) -> str:
    settings = {
        "policy": scenario.policy.as_mapping(),
        "columns": dict(scenario.columns),
        "lists": task.lists,
        **{
            name: str(getattr(scenario, name))
            for name in (
                *("datum", "areas_datum", "geocoder", "blank_is_zero", "effort", "seed"),
                *("time_limit_s", "map_number", "lang"),
            )
        },
        "tiles": hashlib.sha256(repr(scenario.tiles).encode()).hexdigest(),
        "versions": versions(),
    }
    told = (json.dumps(each, sort_keys=True, default=str) for each in (settings, dict(inputs)))
    return _stamp()(_Asked(task.region, *told))


@cache
def _stamp() -> Callable[[object], str]:
    """Return what makes fingerprints, read once: a process goes on with the code it began with."""
    return code_stamp(plan_county)


def _write(task: CountyTask, planned: Planned, inputs: Mapping[str, str], fingerprint: str) -> None:
    scenario = planned.scenario
    watch = Stopwatch(None)
    with watch.stage("publish"):
        release = _with_states(release_of(planned), task, planned)
        layers = replace(
            MapLayers.of(planned, release.texts, release.matters), map_number=scenario.map_number
        )
        title = f"{county_name(planned.areas) or ''} {task.region}".strip()
        page = draw_map(layers, title=title, lang=scenario.lang, tiles=scenario.tiles)
    record = Record(
        versions=versions(),
        inputs=inputs,
        seconds={**planned.seconds, **watch.seconds},
        workers=scenario.engine.processes,
        geocoder=scenario.geocoder,
        approved=planned.approvals,
    )
    states = _lists_before(task).digest
    files = CountyFiles(task.region, fingerprint, release, record, page.html, task.lists, states)
    write_county(task.tree, files, partial(_let_none_out_that_is_refused))


def _let_none_out_that_is_refused(folder: Path) -> None:
    """Raise where the independent check refuses a county that is about to be written."""
    tables, unread = read_county_tables(lambda file: folder / file)
    if breaches := (*unread, *verify(tables)):
        raise RunError(
            *(Words(text.breach(each, "zh"), text.breach(each, "en")) for each in breaches)
        )


def _with_states(release: Release, task: CountyTask, planned: Planned) -> Release:
    """Return a release with what an office wrote into the county's lists before, followed."""
    lists, previous = _lists_before(task), planned.previous
    states: Mapping[str, State] = {}
    if lists.before is not None:
        states = followed(lists.before, previous, planned, release)
    if lists.here is not None:
        standing = as_it_stands(task.run / f"{KEY}{task.region}")
        states = newest(states, followed(lists.here, standing, planned, release))
    return replace(release, states=states) if states else release


class _Lists(NamedTuple):
    """A county's workbooks that an office may have written into, and what names all of that.

    ``before`` is of the run before; ``here`` the one in place, where it holds more.
    """

    before: Path | None = None
    here: Path | None = None
    digest: str = ""


def _lists_before(task: CountyTask) -> _Lists:
    """Return the workbooks whose notes are carried on.

    The one in place names what it was itself made with as long as nobody writes into it again, so
    that a county with notes is kept like any other.
    """
    if not task.lists:
        return _Lists()
    before, previous = None, task.scenario.previous
    if previous is not None:
        book = previous / part_place("lists.xlsx", task.region)
        before = book if book.is_file() else None
    first = "" if before is None else sha256(before)
    here, written = _written_here(task)
    if here is None or written == first:
        return _Lists(before, None, first)
    return _Lists(before, here, written if written.startswith(first) else f"{first} {written}")


def _written_here(task: CountyTask) -> tuple[Path | None, str]:
    """Return the workbook in place, if anything was ever written into it, and what names that."""
    book = task.run / part_place("lists.xlsx", task.region)
    told = task.run / part_place("county.json", task.region)
    if not (book.is_file() and told.is_file()):
        return None, ""
    county, digest = read_json(told), sha256(book)
    if county["files"].get("lists.xlsx") != digest:
        return book, digest
    return (book, str(county["states"])) if county["states"] else (None, "")
