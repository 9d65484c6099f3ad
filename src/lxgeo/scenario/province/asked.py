"""What a province's plan is asked for, and the counties that this makes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lxgeo.engine import Engine
from lxgeo.errors import InputError, Words
from lxgeo.read.gazetteer import gazetteer_files
from lxgeo.read.partitioned import is_partitioned
from lxgeo.read.partitions import MOST_COUNTIES, Partition, check_county, find_partitions
from lxgeo.read.remote import fetch, is_remote, local_path, sizes, told_address
from lxgeo.read.shared_areas import is_shared, take_apart
from lxgeo.scenario.asked import Scenario
from lxgeo.scenario.province.county import CountyTask
from lxgeo.services import TablePart, counties_in_table, is_database, table_name

_BY_COUNTY = ("corrections", "registry", "pins", "opinions", "approved")
"""What else a scenario may be given, laid out by county."""


@dataclass(frozen=True)
class Province:
    """What a province's plan is asked for.

    Parameters
    ----------
    ledgers, areas
        Where ledgers and areas lie by county (`lxgeo.read.partitions`): a folder, or an address
        that fsspec opens. Ledgers may be a table, too (`lxgeo.services.postgis_counties`), and one
        folder of areas for all counties will do.
    scenario
        All else, the same for every county; ``pins``, ``opinions``, ``approved``, ``corrections``
        and ``registry`` are folders laid out by county, ``previous`` is a run divided by county.
    at_once
        Counties planned at the same time, each in a process of its own; memory grows with it.
        None leaves it to the engine: one on this machine, all workers of a cluster.
    lists
        Whether to write each county's workbook.
    """

    ledgers: str = field(repr=False)  # an address may hold a password
    areas: str
    scenario: Scenario
    at_once: int | None = None
    lists: bool = False

    @property
    def counties_at_once(self) -> int:
        """How many counties are planned at the same time on this machine."""
        return self.at_once or 1

    @property
    def name(self) -> str:
        """The name of the run where none is given: the last part of where the ledgers lie."""
        if is_database(self.ledgers):
            return table_name(self.ledgers)
        return told_address(self.ledgers).rstrip("/").rpartition("/")[2]


def refuse_what_has_no_county(province: Province) -> None:
    """Raise where something is asked for that does not go county by county."""
    scenario, faults = province.scenario, []
    if scenario.previous is not None and not is_partitioned(scenario.previous):
        faults.append(
            Words(
                f"--previous {scenario.previous} 不是按县分开的方案；请给 --by-county 写成的目录",
                f"--previous {scenario.previous} is not divided by county; name a run of "
                "--by-county",
            )
        )
    for each in _BY_COUNTY:
        given = getattr(scenario, each)
        if given is not None and Path(given).is_file():
            faults.append(
                Words(
                    f"--{each} {given}：按县测算时应为按县存放的文件夹（如 330106.xlsx）",
                    f"--{each} {given}: with --by-county this is a folder laid out by county "
                    "(330106.xlsx)",
                )
            )
    if faults:
        raise InputError(*faults)


def tasks_of(
    province: Province, tree: Path, run: Path
) -> tuple[list[CountyTask], tuple[Words, ...]]:
    """Return the counties to plan, and what a person should know of how they are laid out.

    Parameters
    ----------
    province
        What is asked for.
    tree
        Where counties' files are written.
    run
        The run's place.

    Raises
    ------
    InputError
        The layout of ledgers, areas or anything else is at fault.
    ServiceError
        A place does not answer.
    """
    ledgers, said = _ledgers(province.ledgers)
    areas, common, notes = _areas(province, sorted(ledgers), tree)
    given = {
        field: find_partitions(str(place), None)
        for field in _BY_COUNTY
        if (place := getattr(province.scenario, field)) is not None
    }
    told = [*said, *notes, *_strangers({"areas": areas, **given}, ledgers)]
    own: dict[str, Any] = dict.fromkeys(_BY_COUNTY)
    plain = replace(common, engine=_inner(province), **own)
    tasks = [
        CountyTask(
            region=county,
            scenario=plain,
            ledger=part,
            areas=areas.get(county),
            given={field: parts[county] for field, parts in given.items() if county in parts},
            tree=tree.resolve(),
            run=run.resolve(),
            lists=province.lists,
        )
        for county, part in ledgers.items()
    ]
    return tasks, tuple(told)


def _ledgers(place: str) -> tuple[Mapping[str, Partition | TablePart], tuple[Words, ...]]:
    """Return each county's part of the ledger, and what there is to say of it."""
    if not is_database(place):
        return find_partitions(place), ()
    found = counties_in_table(place)
    wrong = [name for name in found.parts if not check_county(name)]
    if wrong or len(found.parts) > MOST_COUNTIES:
        shown = "、".join(ascii(each) for each in (wrong or list(found.parts))[:10])
        raise InputError(
            Words(
                f"说明县的一列有 {len(found.parts)} 个值，其中有的不能作县名：{shown}；"
                "县名只用文字、数字和 - _，用六位代码最好",
                f"the column of counties holds {len(found.parts)} values, some of which can't be "
                f"a county's name: {shown}; use letters, digits, - and _, best the six-digit code",
            )
        )
    return found.parts, found.notes


def _inner(province: Province) -> Engine:
    """Return where a county's own regions are planned: the cores that its neighbours leave."""
    said = province.scenario.engine
    if said.kind == "dask":
        return Engine("local", 1)  # the cluster's workers have a county each
    if province.counties_at_once == 1:
        return said
    return Engine("local", max(1, said.processes // province.counties_at_once))


def _areas(
    province: Province, counties: list[str], tree: Path
) -> tuple[Mapping[str, Path | Partition], Scenario, tuple[Words, ...]]:
    """Return each county's areas, the scenario to plan it by, and what was decided."""
    place, scenario = province.areas, province.scenario
    names = _names(place)
    if not is_shared(names):
        return find_partitions(place, None), scenario, ()
    if scenario.policy.distance == "walk":
        raise InputError(
            Words(
                f"{told_address(place)}：规则按步行距离测算，道路不能按县拆分；请每县一个区域文件夹",
                f"{told_address(place)}: the policy measures on foot, and roads can't be taken "
                "apart by county; give each county a folder of areas",
            )
        )
    # Beside the counties, so that it goes when they do.
    into = Path(tempfile.mkdtemp(prefix=".areas-", dir=tree))
    if is_remote(place):
        fetch(place, [each for each in names if "/" not in each], into / ".all")
        folder = into / ".all"
    else:
        folder = local_path(place)
    known = gazetteer_files(folder)
    found = take_apart(folder, counties, into, scenario.areas_datum)
    common = replace(scenario, areas_datum=None, gazetteer=(*scenario.gazetteer, *known))
    return found.folders, common, found.notes


def _names(place: str) -> list[str]:
    """Return the names of files directly in a place."""
    if is_remote(place):
        return [each for each in sizes(place) if "/" not in each]
    folder = local_path(place)
    return [path.name for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _strangers(
    places: Mapping[str, Mapping[str, object]], ledgers: Mapping[str, object]
) -> Iterator[Words]:
    """Yield what is laid out for counties that no ledger has, and counties without areas."""
    for what, found in places.items():
        if strangers := sorted(set(found) - set(ledgers)):
            listed = "、".join(strangers[:10])
            yield Words(
                f"{what}：{len(strangers)} 个县没有台账，未用：{listed}",
                f"{what}: {len(strangers)} counties without a ledger, not used: {listed}",
            )
