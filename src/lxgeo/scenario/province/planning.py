"""A province: a ledger laid out by county, planned county by county, published as one run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from lxgeo import text
from lxgeo.engine import Engine, Runner, largest_first, start
from lxgeo.engine.processes import in_processes
from lxgeo.errors import InputError, RunError, ServiceError, Words
from lxgeo.judge.adding import add_up
from lxgeo.judge.parts import KEY
from lxgeo.publish import Published, Record
from lxgeo.publish.folder.exchange import check_name, check_place, hold
from lxgeo.publish.province import CountyLine, ProvinceRelease, publish_province
from lxgeo.read.partitioned import distances_of, unit_ids
from lxgeo.read.run_tables import read_json
from lxgeo.scenario.province.asked import Province, refuse_what_has_no_county, tasks_of
from lxgeo.scenario.province.county import CountyAnswer, CountyTask, plan_county
from lxgeo.scenario.publishing import versions

_SHOWN = 20


@dataclass(frozen=True)
class FollowingCounties:
    """What a person is told while counties are planned.

    Parameters
    ----------
    county
        Called with how a county went, how many are done, and how many there are.
    note
        Called with a sentence.
    """

    county: Callable[[CountyAnswer, int, int], None] = lambda answer, done, of: None  # noqa: ARG005
    note: Callable[[Words], None] = lambda words: None  # noqa: ARG005


@dataclass(frozen=True)
class ProvincePlanned:
    """A province's plan as it was published.

    Parameters
    ----------
    published
        Where the run and its overview stand.
    answers
        How each county went, in order of name.
    figures
        All counties' figures added up.
    repeated
        ``unit_id, county``: units that stand in more than one county's ledger.
    notes
        What a person should know.
    """

    published: Published
    answers: tuple[CountyAnswer, ...]
    figures: Mapping[str, object]
    repeated: pd.DataFrame
    notes: tuple[Words, ...] = field(default=())

    @property
    def failed(self) -> tuple[CountyAnswer, ...]:
        """The counties that have no plan though they have units."""
        return tuple(each for each in self.answers if each.went == "failed")


def plan_province(
    province: Province,
    out: Path,
    name: str | None = None,
    *,
    following: FollowingCounties = FollowingCounties(),
) -> ProvincePlanned:
    """Plan every county of a province and publish them as one run.

    A county that was planned before of the same inputs, settings and version is not planned again,
    whether the run before was finished or killed. One that fails costs no other.

    Parameters
    ----------
    province
        What is asked for.
    out
        The folder of all runs.
    name
        The run's name; where the ledgers lie, if not given.
    following
        Told of each county.

    Raises
    ------
    InputError
        The layout of ledgers or areas is at fault, or something is asked for that does not go by
        county; every county failed.
    RunError
        Another process is making this run, or a folder that is no run of ours stands in its place.
    ServiceError
        A place or a cluster does not answer; counties that are done are kept.
    """
    began = perf_counter()
    name = province.name if name is None else name
    check_name(name)
    check_place(out / name)  # before hours are spent
    refuse_what_has_no_county(province)
    with _tree(out, name) as tree:
        tasks, notes = tasks_of(province, tree, out / name)
        answers = _answers(province, tasks, following)
        ready = perf_counter()
        lines = [_line(tree, each, province) for each in answers]
        if not any(line.told for line in lines):
            raise _none_planned(answers)
        figures, repeated = _together(tree, lines)
        record = Record(
            versions=versions(),
            inputs=_inputs(lines),
            seconds={"counties": ready - began, "publish": perf_counter() - ready},
            workers=province.scenario.engine.processes,
            geocoder=province.scenario.geocoder,
        )
        scenario = province.scenario
        release = ProvinceRelease(
            lines=lines,
            figures=figures,
            made={
                "policy": scenario.policy.as_mapping(),
                "seed": scenario.seed,
                "effort": scenario.effort,
            },
            repeated=repeated,
            record=record,
            texts=text.texts(scenario.lang),
            lang=scenario.lang,
        )
        published = publish_province(out, name, tree, release)
        if not any(each.went == "failed" for each in answers):
            shutil.rmtree(tree, ignore_errors=True)
    return ProvincePlanned(published, answers, figures, repeated, (*notes, *_told(repeated)))


@contextmanager
def _tree(out: Path, name: str) -> Iterator[Path]:
    """Give the folder where counties are kept until all are done; one process at a time."""
    tree = out / f".{name}.counties"
    try:
        tree.mkdir(parents=True, exist_ok=True)
        lock = (out / f".{name}.counties.lock").open("wb")
    except OSError as error:
        raise InputError(
            Words(
                f"不能写入 {out}（{error.strerror}）：请检查权限和磁盘空间后重试",
                f"can't write {out} ({error.strerror}): check permissions and disk space",
            )
        ) from error
    with ExitStack() as end:
        end.enter_context(lock)
        if not hold(lock):
            raise RunError(
                Words(
                    f"{out / name} 正由另一个进程测算；请等它结束，或用 --name 另取名称",
                    f"another process is planning {out / name}: wait for it, or use another --name",
                )
            )
        end.callback(_let_go, Path(lock.name))
        for left in tree.glob(".*-*"):  # what a killed run was writing
            shutil.rmtree(left, ignore_errors=True)
        yield tree


def _let_go(lock: Path) -> None:
    with suppress(OSError):  # Windows keeps a file that is open: it may stay
        lock.unlink()


def _answers(
    province: Province, tasks: Sequence[CountyTask], following: FollowingCounties
) -> tuple[CountyAnswer, ...]:
    """Return how each county went, in order of name; the largest are planned first."""
    found: dict[str, CountyAnswer] = {}
    try:
        with _runner(province, following) as run:
            for answer in largest_first(run, lambda task: task.size)(plan_county, tasks):
                found[answer.region] = answer
                following.county(answer, len(found), len(tasks))
    except ServiceError as fault:
        # Counties whose process was killed are told one by one; a lost cluster is told as such.
        missing = sorted({task.region for task in tasks} - set(found))
        if len(missing) != len(fault.faults):
            raise
        for county, words in zip(missing, fault.faults, strict=True):
            found[county] = CountyAnswer(county, "failed", (words,))
            following.county(found[county], len(found), len(tasks))
    return tuple(found[county] for county in sorted(found))


@contextmanager
def _runner(province: Province, following: FollowingCounties) -> Iterator[Runner]:
    """Give what maps counties: in a process each, lest one that is killed takes the others along.

    With one worker they run in this process.
    """
    engine = province.scenario.engine
    if engine.kind == "dask":
        cluster = Engine("dask", province.at_once or engine.workers, engine.scheduler)
        with start(cluster, following.note) as run:
            yield run
    elif engine.processes == 1 and province.counties_at_once == 1:
        with start(Engine("local", 1)) as run:
            yield run
    else:
        yield in_processes(province.counties_at_once)


def _line(tree: Path, answer: CountyAnswer, province: Province) -> CountyLine:
    told = None
    if answer.went in {"done", "kept"}:
        told = read_json(tree / f"{KEY}{answer.region}" / "county.json")
    lang = province.scenario.lang
    said = "；".join(each.in_lang(lang) for each in (*answer.faults, *answer.notes))
    return CountyLine(answer.region, answer.went, told, said)


def _none_planned(answers: Sequence[CountyAnswer]) -> InputError:
    faults = [
        Words(f"{each.region}：{words.zh}", f"{each.region}: {words.en}")
        for each in answers
        for words in each.faults
    ]
    none = Words("没有一个县有可测算的单位", "no county has a unit to plan")
    return InputError(*(faults or [none]))


def _together(tree: Path, lines: Sequence[CountyLine]) -> tuple[Mapping[str, object], pd.DataFrame]:
    """Return all counties' figures added up, and the units that stand in more than one county."""
    told = {line.county: line.told for line in lines if line.told is not None}
    places = {county: tree / f"{KEY}{county}" / "units.parquet" for county in told}
    figures = add_up(told, [distances_of(path) for path in places.values()])
    return figures, _repeated(places)


def _repeated(places: Mapping[str, Path]) -> pd.DataFrame:
    """Return ``unit_id, county`` of units in more than one county, in order of both.

    Ids are compared by 64-bit hashes first: of a million, these take eight megabytes.
    """
    hashes = {county: _hashes(unit_ids(path)) for county, path in places.items()}
    every = np.concatenate([np.zeros(0, dtype="uint64"), *map(np.unique, hashes.values())])
    values, counts = np.unique(every, return_counts=True)
    again = values[counts > 1]
    found = []
    for county, path in places.items() if len(again) else ():
        ids = unit_ids(path)[np.isin(hashes[county], again)]
        found.append(pd.DataFrame({"unit_id": ids, "county": county}))
    frame = pd.concat(found) if found else pd.DataFrame({"unit_id": [], "county": []})
    frame = frame.astype("str").drop_duplicates()
    twice = frame[frame["unit_id"].duplicated(keep=False)]
    return twice.sort_values(["unit_id", "county"]).reset_index(drop=True)


def _hashes(ids: Any) -> Any:
    return pd.util.hash_array(ids, categorize=False)


def _inputs(lines: Sequence[CountyLine]) -> dict[str, str]:
    """Return county and name in the layout → SHA-256 of every file that was read."""
    return {
        f"{line.county}: {name}": digest
        for line in lines
        if line.told is not None
        for name, digest in line.told["inputs"].items()
    }


def _told(repeated: pd.DataFrame) -> Iterator[Words]:
    if repeated.empty:
        return
    units = repeated.groupby("unit_id", sort=True)["county"].agg("、".join)
    listed = "；".join(f"{unit}（{counties}）" for unit, counties in units.head(_SHOWN).items())
    yield Words(
        f"{len(units)} 家单位出现在不止一个县的台账中，各县都计了数，请核实归属（全部见 "
        f"repeated.parquet）：{listed}",
        f"{len(units)} units stand in more than one county's ledger and count in each: settle "
        f"where they belong (all in repeated.parquet): {listed}",
    )
