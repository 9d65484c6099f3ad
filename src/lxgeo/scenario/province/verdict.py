"""An independent check of a run divided by county: each county, and that they add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxgeo import text
from lxgeo.errors import InputError, Lang, RunError, Words
from lxgeo.judge import Certificate
from lxgeo.judge.adding import add_up
from lxgeo.judge.parts import INDEX, KEY, part_place
from lxgeo.judge.verify import Breach
from lxgeo.publish.folder.summary import write_json
from lxgeo.read.partitioned import counties_of, distances_of, read_outline
from lxgeo.read.run import changed_files, read_manifest
from lxgeo.read.run_tables import read_json
from lxgeo.scenario.verdict import verify_run

_FAR_M = 0.005
_INDEXED = ("units", "joint_branches", "must_join", "left_out", "plan_cost_m", "bound_m", "gap")


@dataclass(frozen=True)
class CountyVerdict:
    """Whether one county stands.

    Parameters
    ----------
    units
        How many rows were looked at.
    breaches
        What is broken.
    faults
        Why it can't be looked at.
    """

    units: int
    breaches: tuple[Breach, ...] = ()
    faults: tuple[Words, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether nothing is broken."""
        return not (self.breaches or self.faults)


@dataclass(frozen=True)
class ProvinceVerdict:
    """Whether a run divided by county stands.

    Parameters
    ----------
    run
        Its folder.
    counties
        County → whether it stands.
    changed
        Files changed, missing or added since the run was written.
    faults
        Counties that have no plan, and figures that do not add up.
    """

    run: Path
    counties: Mapping[str, CountyVerdict]
    changed: tuple[Breach, ...]
    faults: tuple[Words, ...]

    @property
    def units(self) -> int:
        """How many rows were looked at."""
        return sum(each.units for each in self.counties.values())

    @property
    def refused(self) -> list[str]:
        """The counties that do not stand."""
        return [name for name, each in self.counties.items() if not each.stands]

    @property
    def count(self) -> int:
        """How many things are broken."""
        inside = (len(each.breaches) + len(each.faults) for each in self.counties.values())
        return len(self.changed) + len(self.faults) + sum(inside)


Seen = Callable[[str, Certificate], None]


def verify_province(folder: Path, seen: Seen = lambda county, found: None) -> ProvinceVerdict:  # noqa: ARG005
    """Check every county of a run by itself, then that index and summary are their sums.

    One county is held in memory at a time.

    Parameters
    ----------
    folder
        The run's folder.
    seen
        Called with each county and its certificate.

    Raises
    ------
    RunError
        The folder holds no finished run.
    """
    manifest = read_manifest(folder)
    names = counties_of(manifest["files"])
    found = {name: _county(folder, name, seen) for name in names}
    own = {part_place("county.json", name) for name in names}
    changed = tuple(changed_files(folder, manifest["files"]))
    whole = all(each.stands for each in found.values()) and not any(
        breach.where in own for breach in changed
    )
    return ProvinceVerdict(folder, found, changed, tuple(_sums(folder, names, add=whole)))


def _county(folder: Path, name: str, seen: Seen) -> CountyVerdict:
    try:
        certificate = verify_run(folder / f"{KEY}{name}")
    except RunError as error:
        return CountyVerdict(0, faults=error.faults)
    seen(name, certificate)
    return CountyVerdict(certificate.units, certificate.breaches)


def _sums(folder: Path, names: list[str], *, add: bool) -> Iterator[Words]:
    """Yield counties without a plan, and figures that are not the counties' sums."""
    index = read_outline(folder / INDEX).set_index("county")
    summary = read_json(folder / "summary.json")
    failed = index.index[index["status"] == "failed"].tolist()
    for name in failed:
        why = index.loc[name, "why"]
        yield Words(f"{name} 没有算成：{why}", f"{name} has no plan: {why}")
    planned = sorted(index.index[index["status"] == "planned"])
    if planned != names:
        odd = "、".join(sorted(set(planned) ^ set(names)))
        yield Words(
            f"{INDEX} 与 counties/ 所列的县不一致：{odd}",
            f"{INDEX} and counties/ tell of different counties: {odd}",
        )
        return
    if not add:
        return  # what can't be trusted can't be summed
    told = {name: read_json(folder / part_place("county.json", name)) for name in names}
    for name, county in told.items():
        for figure in _INDEXED:
            if not _same(index.loc[name, figure], county.get(figure)):
                yield _differs(f"{INDEX} {name} {figure}", index.loc[name, figure], county[figure])
    far = [distances_of(folder / part_place("units.parquet", name)) for name in names]
    for figure, value in add_up(told, far).items():
        if not _same(summary.get(figure), value):
            shown = "" if isinstance(value, (list, dict)) else value
            yield _differs(
                f"summary.json {figure}", "" if shown == "" else summary.get(figure), shown
            )


def _same(told: Any, value: Any) -> bool:
    if isinstance(value, float) or isinstance(told, float):
        if value is None or told is None:
            return (value is None or value != value) and (told is None or told != told)  # noqa: PLR0124
        return abs(float(told) - float(value)) <= _FAR_M
    return bool(told == value)


def _differs(where: str, told: Any, value: Any) -> Words:
    return Words(
        f"{where} 不是各县之和：所述 {told}，应为 {value}",
        f"{where} is not what its counties say: {told} told, should be {value}",
    )


def write_verdict(path: Path, verdict: ProvinceVerdict, lang: Lang = "zh") -> None:
    """Write what was checked of each county, as data (``.json``).

    Raises
    ------
    InputError
        Another ending, or a place that can't be written.
    """
    if path.suffix != ".json":
        raise InputError(
            Words(
                f"{path}：按县方案的核验结果只能写成 .json",
                f"{path}: what was checked of a divided run is written as .json",
            )
        )
    told = {
        "run": verdict.run.name,
        "units": verdict.units,
        "breaches": verdict.count,
        "changed": [text.breach(each, lang) for each in verdict.changed],
        "faults": [each.in_lang(lang) for each in verdict.faults],
        "counties": {
            name: {
                "units": each.units,
                "breaches": [text.breach(breach, lang) for breach in each.breaches],
                "faults": [fault.in_lang(lang) for fault in each.faults],
            }
            for name, each in verdict.counties.items()
        },
    }
    try:
        write_json(path, told)
    except OSError as error:
        raise InputError(
            Words(f"不能写入 {path}：{error.strerror}", f"can't write {path}: {error.strerror}")
        ) from error
