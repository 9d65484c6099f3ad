"""The plan before: what of it is approved now, and what new proposals keep to."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from lxgeo.decide.replan import SWITCH_M, Former
from lxgeo.errors import InputError, RunError, Words
from lxgeo.judge.same_units import rows_by_id, same_units
from lxgeo.model import Outcome
from lxgeo.pin import Pin
from lxgeo.read.run import read_complete_run
from lxgeo.rules.branch_names import branch_key
from lxgeo.tables import LOCATED, BranchStatus
from lxgeo.text.figures import quoted

_HEADINGS = frozenset({"branch_id", "党支部编号", "党支部", "党支部名称"})
_REVOKED = frozenset({"撤销", "revoked"})

Approvals = Mapping[str, tuple[str, ...]]
"""Name of an approved branch → its units."""


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
        Ids of its branches that were approved since: proposals, and approved branches whose
        newcomers are now in.
    approvals
        What lists of earlier quarters approved; it stands until a ledger says otherwise.
    pins
        What was settled by hand and it kept to.
    """

    folder: Path
    units: pd.DataFrame
    branches: pd.DataFrame
    approved: frozenset[str] = frozenset()
    approvals: Approvals = field(default_factory=dict)
    pins: tuple[Pin, ...] = ()

    @property
    def proposed(self) -> pd.DataFrame:
        """Its joint branches that were proposals."""
        joint = self.branches["outcome"] == Outcome.JOINT
        return self.branches[joint & (self.branches["status"] == BranchStatus.PROPOSED)]

    @property
    def joined(self) -> pd.DataFrame:
        """Its units that were to join, or to be attached to, a branch that stood already."""
        inside = self.units["outcome"].isin([Outcome.JOINT, Outcome.ATTACHED])
        return self.units[inside & ~self.units["branch_id"].isin(self.proposed["branch_id"])]

    @property
    def branch_names(self) -> dict[str, str]:
        """Branch id → its name."""
        return dict(zip(self.branches["branch_id"], self.branches["name"], strict=True))


class Standing(NamedTuple):
    """Located units with what is approved; what a person should know; what goes on as approved."""

    located: gpd.GeoDataFrame
    notes: tuple[Words, ...]
    approvals: Approvals


def read_previous(folder: Path, approved: Path | None = None) -> Previous:
    """Return the run before, and which of its proposals are approved.

    Parameters
    ----------
    folder
        The run's folder.
    approved
        Ids or names of branches, one a line, or a CSV whose first column holds them; a heading
        and empty lines are passed over. A branch that is named with 撤销 in the second column
        was approved in an earlier quarter and is so no more.

    Raises
    ------
    RunError
        The folder holds no finished run, or its files were changed.
    InputError
        The list can't be read, or names a branch that the run does not propose: all are told.
    """
    tables = read_complete_run(folder).tables
    earlier = _approvals(tables.summary.get("approved", {}), folder)
    plain = Previous(folder, tables.units, tables.branches, approvals=earlier, pins=tables.pins)
    if approved is None:
        return plain
    ids, revoked = _said(approved, plain)
    approvals = {name: units for name, units in earlier.items() if name not in revoked}
    return Previous(folder, tables.units, tables.branches, ids, approvals, tables.pins)


def with_approved(located: gpd.GeoDataFrame, previous: Previous) -> Standing:
    """Return located units of which those in branches approved since are said to be organised.

    What the new ledger says of a unit's organisation comes before any list of approvals.

    Parameters
    ----------
    located
        `lxgeo.tables.LOCATED`.
    previous
        The run before.

    Returns
    -------
    Standing
        ``located`` is `lxgeo.tables.LOCATED`: the rules find these units in an approved branch;
        ``notes`` tell branches of which no unit is in the ledger any more; ``approvals`` is for
        the next quarter, in the ids of this ledger.
    """
    same = same_as_now(previous, located)
    silent = ~located["organised"].fillna(value=False).astype(bool)
    open_ = set(located.loc[silent, "unit_id"])
    attached = set(previous.units.loc[previous.units["outcome"] == Outcome.ATTACHED, "unit_id"])
    named: dict[str, str] = {}
    kinds: dict[str, str] = {}
    notes = []
    for name, units in _all_approved(previous):
        there = [each for each in units if each in same]
        if not there:
            notes.append(
                Words(
                    f"已批准的 {name}：成员单位均已不在台账中",
                    f"{name} was approved, and none of its units is in the ledger any more",
                )
            )
        for each in there:
            if same[each] in open_:
                named[same[each]] = name
                kinds[same[each]] = Outcome.STANDALONE if each in attached else Outcome.JOINT
    told = located["unit_id"].isin(list(named))
    marked = located.assign(
        organised=located["organised"].where(~told, other=True),
        branch_named=located["branch_named"].where(~told, located["unit_id"].map(named)),
        branch_kind=located["branch_kind"].where(~told, located["unit_id"].map(kinds)),
    )
    standing: dict[str, tuple[str, ...]] = {}
    for unit, name in named.items():
        standing[name] = (*standing.get(name, ()), unit)
    return Standing(LOCATED.shaped(marked), tuple(notes), standing)


def _all_approved(previous: Previous) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield name and units of all that lists have approved: earlier, and since the run before."""
    yield from previous.approvals.items()
    joined = previous.joined
    rows = previous.branches[previous.branches["branch_id"].isin(previous.approved)]
    for row in rows.itertuples(index=False):
        if row.status == BranchStatus.PROPOSED:
            yield str(row.name), tuple(str(row.unit_ids).split(";"))
        else:
            newcomers = joined.loc[joined["branch_id"] == row.branch_id, "unit_id"]
            yield str(row.name), tuple(newcomers)


def former_of(
    triaged: gpd.GeoDataFrame,
    existing: gpd.GeoDataFrame,
    previous: Previous,
    switch_m: float = SWITCH_M,
) -> Former:
    """Return the hosts before of the units that are still to be placed, for the planner.

    Parameters
    ----------
    triaged, existing
        `lxgeo.tables.TRIAGED` and `lxgeo.tables.EXISTING` of the new ledger.
    previous
        The run before; its approved branches are no longer proposals.
    switch_m
        What changing a unit's host takes, metres; it stands in no plan's cost.
    """
    now = same_as_now(previous, triaged)
    places = now | branches_now(previous, existing, now)
    hosts = {now[unit]: places.get(host, host) for unit, host in _hosts(previous) if unit in now}
    open_ = set(triaged.loc[triaged["outcome"].isna(), "unit_id"])
    return Former({unit: host for unit, host in hosts.items() if unit in open_}, switch_m)


def same_as_now(previous: Previous, units: pd.DataFrame) -> dict[str, str]:
    """Return the ids of a run's units → those of a new ledger, of organisations in both."""
    return same_units(rows_by_id(previous.units), rows_by_id(units))


def branches_now(
    previous: Previous, existing: pd.DataFrame, same: Mapping[str, str]
) -> dict[str, str]:
    """Return a run's branch ids → those of the branches that stand now: by name, else by units.

    Parameters
    ----------
    previous
        The run.
    existing
        `lxgeo.tables.EXISTING` of the new ledger: an id changes with a branch's units.
    same
        The run's unit ids → those of the new ledger.
    """
    by_name = {
        branch_key(str(row.name)): str(row.branch_id) for row in existing.itertuples(index=False)
    }
    home = {
        unit: row.branch_id
        for row in existing.itertuples(index=False)
        for unit in _ids(row.unit_ids)
    }
    found = {}
    for row in previous.branches.itertuples(index=False):
        inside = [home[same[each]] for each in _ids(row.unit_ids) if same.get(each) in home]
        now = by_name.get(branch_key(str(row.name))) or next(iter(inside), None)
        if now is not None and (row.status == BranchStatus.EXISTING or inside):
            found[str(row.branch_id)] = str(now)
    return found


def _ids(said: Any) -> list[str]:
    return [each for each in said.split(";") if each] if isinstance(said, str) else []


def _hosts(previous: Previous) -> Iterator[tuple[str, str]]:
    """Yield unit and host: a unit of a proposed branch, or the approved branch that it joined."""
    for row in previous.proposed.itertuples(index=False):
        if row.branch_id not in previous.approved:
            yield from ((unit, str(row.host_id)) for unit in _ids(row.unit_ids))
    joined = previous.joined
    for unit, branch in zip(joined["unit_id"], joined["branch_id"], strict=True):
        yield str(unit), str(branch)


def _approvals(said: Any, folder: Path) -> dict[str, tuple[str, ...]]:
    """Return what a run's summary says of approvals by list."""
    rows: dict[Any, Any] = said if isinstance(said, dict) else {None: None}
    if not all(isinstance(name, str) and isinstance(ids, list) for name, ids in rows.items()):
        raise RunError(
            Words(
                f"{folder}：summary.json 里的 approved 读不出；请重新运行 lxgeo plan",
                f"{folder}: 'approved' in summary.json can't be read; run lxgeo plan again",
            )
        )
    return {name: tuple(map(str, ids)) for name, ids in rows.items()}


def _said(path: Path, previous: Previous) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids that a list approves, and the names of the branches that it revokes."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            Words(
                f"读不出批准名单：{path}；应为 UTF-8 编码的文本或 CSV，每行一个党支部编号",
                f"can't read {path}: UTF-8 text or CSV, a branch id a line",
            )
        ) from error
    rows = [row for row in csv.reader(text.splitlines()) if row and row[0].strip()]
    if rows and rows[0][0].strip() in _HEADINGS:
        rows = rows[1:]
    gone = [row[0].strip() for row in rows if len(row) > 1 and row[1].strip() in _REVOKED]
    said = [each for row in rows if (each := row[0].strip()) not in gone]
    open_ = {*previous.proposed["branch_id"], *previous.joined["branch_id"]}
    names = {each: name for each, name in previous.branch_names.items() if each in open_}
    ids = {each: each for each in names} | {name: each for each, name in names.items()}
    faults = [*_unknown(said, ids, path, previous), *_not_approved(gone, path, previous)]
    if faults:
        raise InputError(*faults)
    return frozenset(ids[each] for each in said), frozenset(gone)


def _unknown(
    said: list[str], ids: Mapping[str, str], path: Path, previous: Previous
) -> Iterator[Words]:
    for each in said:
        if each not in ids:
            yield Words(
                f"{path}：{previous.folder} 没有建议过党支部“{quoted(each)}”",
                f"{path}: {previous.folder} proposes no branch '{quoted(each)}'",
            )


def _not_approved(gone: list[str], path: Path, previous: Previous) -> Iterator[Words]:
    for each in gone:
        if each not in previous.approvals:
            yield Words(
                f"{path}：“{quoted(each)}”不是凭批准名单成立的党支部，不能在这里撤销",
                f"{path}: '{quoted(each)}' was approved by no list, so it can't be revoked here",
            )
