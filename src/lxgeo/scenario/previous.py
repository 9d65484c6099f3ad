"""The plan before: what of it is approved now, and what new proposals keep to."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from lxgeo.decide.replan import SWITCH_M, Former
from lxgeo.errors import InputError, Words
from lxgeo.judge.changes import same_units
from lxgeo.model import Outcome
from lxgeo.read.run import read_complete_run
from lxgeo.tables import LOCATED, BranchStatus
from lxgeo.text.figures import quoted

_IDENTITY = ["unit_id", "name", "credit_code", "township"]


@dataclass(frozen=True, eq=False)
class Previous:
    """A run before this one.

    Parameters
    ----------
    folder
        Where it lies.
    units, branches
        `lxgeo.tables.UNITS` and `lxgeo.tables.BRANCHES` as it published them.
    approved
        Ids of its proposed branches that have been approved since.
    """

    folder: Path
    units: pd.DataFrame
    branches: pd.DataFrame
    approved: frozenset[str] = frozenset()

    @property
    def proposed(self) -> pd.DataFrame:
        """Its joint branches that were proposals."""
        joint = self.branches["outcome"] == Outcome.JOINT
        return self.branches[joint & (self.branches["status"] == BranchStatus.PROPOSED)]


def read_previous(folder: Path, approved: Path | None = None) -> Previous:
    """Return the run before, and which of its proposals are approved.

    Parameters
    ----------
    folder
        The run's folder.
    approved
        Ids or names of branches, one a line, or a CSV whose first column holds them; a heading
        and empty lines are passed over.

    Raises
    ------
    RunError
        The folder holds no finished run, or its files were changed.
    InputError
        The list can't be read, or names a branch that the run does not propose: all are told.
    """
    tables = read_complete_run(folder).tables
    plain = Previous(folder, tables.units, tables.branches)
    if approved is None:
        return plain
    ids = frozenset(_approved(approved, plain))
    return Previous(folder, tables.units, tables.branches, ids)


def with_approved(
    located: gpd.GeoDataFrame, previous: Previous
) -> tuple[gpd.GeoDataFrame, tuple[Words, ...]]:
    """Return located units of which those in branches approved since are said to be organised.

    What the new ledger says of a unit's organisation comes before the list of approvals.

    Parameters
    ----------
    located
        `lxgeo.tables.LOCATED`.
    previous
        The run before.

    Returns
    -------
    GeoDataFrame
        `lxgeo.tables.LOCATED`: the rules find these units in an approved joint branch.
    tuple of Words
        What a person should know: branches of which no unit is in the ledger any more.
    """
    if not previous.approved:
        return located, ()
    same = _same(previous, located)
    branch_of: dict[str, str] = {}
    notes = []
    rows = previous.branches[previous.branches["branch_id"].isin(previous.approved)]
    for name, ids in zip(rows["name"], rows["unit_ids"].str.split(";"), strict=True):
        there = [same[each] for each in ids if each in same]
        branch_of |= dict.fromkeys(there, str(name))
        if not there:
            notes.append(
                Words(
                    f"已批准的 {name}：成员单位均已不在台账中",
                    f"{name} was approved, and none of its units is in the ledger any more",
                )
            )
    named = located["unit_id"].map(branch_of)
    silent = ~located["organised"].fillna(value=False).astype(bool)
    told = named.notna() & silent
    marked = located.assign(
        organised=located["organised"].where(~told, other=True),
        branch_named=located["branch_named"].where(~told, named),
        branch_kind=located["branch_kind"].where(~told, str(Outcome.JOINT)),
    )
    return LOCATED.shaped(marked), tuple(notes)


def former_of(triaged: gpd.GeoDataFrame, previous: Previous, switch_m: float = SWITCH_M) -> Former:
    """Return the hosts before of the units that are still to be placed, for the planner.

    Parameters
    ----------
    triaged
        `lxgeo.tables.TRIAGED` of the new ledger.
    previous
        The run before; its approved branches are no longer proposals.
    switch_m
        What changing a unit's host takes, metres; it stands in no plan's cost.
    """
    same = _same(previous, triaged)
    hosts: dict[str, str] = {}
    for unit, host in _hosts(previous):
        if unit in same:
            hosts[same[unit]] = same.get(host, host)
    open_ = set(triaged.loc[triaged["outcome"].isna(), "unit_id"])
    return Former({unit: host for unit, host in hosts.items() if unit in open_}, switch_m)


def _hosts(previous: Previous) -> Iterator[tuple[str, str]]:
    """Yield unit and host: a unit of a proposed branch, or the approved branch that it joined."""
    for row in previous.proposed.itertuples(index=False):
        if row.branch_id not in previous.approved:
            yield from ((unit, str(row.host_id)) for unit in str(row.unit_ids).split(";"))
    units = previous.units
    proposed = set(previous.proposed["branch_id"])
    joined = units[units["outcome"].isin([Outcome.JOINT, Outcome.ATTACHED])]
    for unit, branch in zip(joined["unit_id"], joined["branch_id"], strict=True):
        if branch not in proposed:
            yield str(unit), str(branch)


def _same(previous: Previous, units: pd.DataFrame) -> dict[str, str]:
    return same_units(_by_id(previous.units), _by_id(units))


def _by_id(units: pd.DataFrame) -> Mapping[str, Mapping[str, Any]]:
    table = pd.DataFrame(units)[_IDENTITY].astype(object)
    rows: list[Any] = table.where(table.notna(), None).to_dict("records")
    return {row["unit_id"]: row for row in rows}


def _approved(path: Path, previous: Previous) -> Iterator[str]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            Words(
                f"读不出批准名单：{path}；应为 UTF-8 编码的文本或 CSV，每行一个党支部编号",
                f"can't read {path}: UTF-8 text or CSV, a branch id a line",
            )
        ) from error
    said = [row[0].strip() for row in csv.reader(text.splitlines()) if row and row[0].strip()]
    proposed = previous.proposed
    ids = {each: each for each in proposed["branch_id"]}
    ids |= dict(zip(proposed["name"], proposed["branch_id"], strict=True))
    if said and said[0] in {"branch_id", "党支部编号", "党支部", "党支部名称"}:
        said = said[1:]
    if unknown := [each for each in said if each not in ids]:
        raise InputError(
            *(
                Words(
                    f"{path}：{previous.folder} 没有建议过党支部“{quoted(each)}”",
                    f"{path}: {previous.folder} proposes no branch '{quoted(each)}'",
                )
                for each in unknown
            )
        )
    yield from (ids[each] for each in said)
