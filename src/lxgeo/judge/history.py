"""How branches came to be what they are: read back from one run after another.

A branch is followed as `lxgeo.judge.changes` says it lives on: under another name, in several
where it was split, in one with others where they were merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from lxgeo.judge.changed import BranchChange, UnitChange
from lxgeo.judge.changes import changes_between
from lxgeo.judge.same_units import UnitFact
from lxgeo.model import Outcome
from lxgeo.policy import Policy
from lxgeo.tables import BranchStatus


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A run as it stood.

    Parameters
    ----------
    run
        What it is called.
    units, branches
        `lxgeo.tables.UNITS` and `lxgeo.tables.BRANCHES`.
    policy
        What it was planned by.
    """

    run: str
    units: pd.DataFrame
    branches: pd.DataFrame
    policy: Policy


class Place(NamedTuple):
    """A branch in a run: the run's number, from 0, and the branch's id in it."""

    run: int
    branch_id: str


@dataclass(frozen=True)
class Stand:
    """A joint branch as it stood in a run; units by name, in the order of their ids."""

    place: Place
    name: str
    status: BranchStatus
    host: str | None
    units: tuple[str, ...]
    unit_ids: tuple[str, ...]
    full_members: int | None
    approver: str | None


@dataclass(frozen=True)
class Move:
    """A unit that came to a branch or left it, and what became of it.

    ``other`` is the branch that it came from or went to; None where there is none.
    """

    unit: str
    came: bool
    change: UnitChange
    facts: tuple[UnitFact, ...]
    outcome: Outcome | None
    other: str | None


@dataclass(frozen=True)
class Step:
    """What became of a branch from the run before ``run`` to it; a new one had nothing before."""

    run: int
    old: Place | None
    into: tuple[Place, ...]
    change: BranchChange
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class UnitStand:
    """A unit as it stood in a run; ``outcome`` is None where the ledger did not hold it."""

    run: int
    unit_id: str
    name: str | None = None
    outcome: Outcome | None = None
    branch: str | None = None
    companions: str | None = None
    full_members: int | None = None
    change: UnitChange | None = None
    facts: tuple[UnitFact, ...] = ()


@dataclass(frozen=True)
class History:
    """What became of branches, run by run.

    Parameters
    ----------
    runs
        What the runs are called, the first one first.
    stands
        Every joint branch in every run.
    steps
        What became of each from run to run.
    units
        Of each run, unit id → how it stood.
    same
        Of each run but the last, unit id → its id in the next.
    """

    runs: tuple[str, ...]
    stands: Mapping[Place, Stand]
    steps: tuple[Step, ...]
    units: tuple[Mapping[str, UnitStand], ...]
    same: tuple[Mapping[str, str], ...]

    def of_branch(self, said: str) -> History:
        """Return the history of the branches of this id or name, in whichever run.

        All that led to it and all that came of it; nothing where no run knows it.
        """
        return self.of_places(
            place for place, each in self.stands.items() if said in (place.branch_id, each.name)
        )

    def of_places(self, places: Iterable[Place]) -> History:
        """Return the history of these branches: all that led to them, all that came of them."""
        named = set(places)
        wanted = self._reached(named, back=True) | self._reached(named, back=False)
        steps = (each for each in self.steps if wanted.issuperset(_ends(each)))
        stands = {place: each for place, each in self.stands.items() if place in wanted}
        return History(self.runs, stands, tuple(steps), self.units, self.same)

    def _reached(self, start: Iterable[Place], *, back: bool) -> set[Place]:
        ways = defaultdict(set)
        for step in self.steps:
            for place in step.into:
                if step.old is not None:
                    ways[place if back else step.old].add(step.old if back else place)
        found = set(start)
        open_ = list(found)
        while open_:
            new = ways[open_.pop()] - found
            found |= new
            open_ += new
        return found

    def of_unit(self, said: str) -> tuple[UnitStand, ...]:
        """Return how a unit stood, run by run; it is known by id or name in any of them."""
        for run, units in enumerate(self.units):
            known = [each for each, stand in units.items() if said in (each, stand.name)]
            if known:
                return tuple(self._followed(run, known[0]))
        return ()

    def _followed(self, run: int, unit_id: str) -> Iterator[UnitStand]:
        ids = {run: unit_id}
        back = [{now: was for was, now in each.items()} for each in self.same]
        for at in range(run, 0, -1):
            ids[at - 1] = back[at - 1].get(ids[at], ids[at])
        for at in range(run, len(self.runs) - 1):
            ids[at + 1] = self.same[at].get(ids[at], ids[at])
        for at in range(len(self.runs)):
            yield self.units[at].get(ids[at], UnitStand(at, ids[at]))

    @cached_property
    def lines(self) -> tuple[tuple[Place | None, ...], ...]:
        """Branches as lines: of each, its place in every run, None where it did not stand.

        A line goes on in the branch that took most of its units, where no other brought more.
        """
        first: dict[Place, Place] = {}
        for step in self.steps:
            if step.old is not None and step.into:
                heir = step.into[0]
                rival = first.get(heir)
                if rival is None or self._brought(step.old, heir) > self._brought(rival, heir):
                    first[heir] = step.old
        goes_on = {old: heir for heir, old in first.items()}
        starts = [place for place in sorted(self.stands) if place not in first]
        return tuple(self._line(place, goes_on) for place in starts)

    def _brought(self, old: Place, heir: Place) -> tuple[int, str]:
        same = self.same[old.run]
        ids = {same.get(each, each) for each in self.stands[old].unit_ids}
        return len(ids & set(self.stands[heir].unit_ids)), old.branch_id

    def _line(self, start: Place, goes_on: Mapping[Place, Place]) -> tuple[Place | None, ...]:
        line: list[Place | None] = [None] * len(self.runs)
        place: Place | None = start
        while place is not None:
            line[place.run] = place
            place = goes_on.get(place)
        return tuple(line)


def history_of(snapshots: Sequence[Snapshot]) -> History:
    """Return what became of every joint branch and unit, from the first run to the last.

    Parameters
    ----------
    snapshots
        The runs, the earliest first.
    """
    stands = {
        stand.place: stand for at, each in enumerate(snapshots) for stand in _stands(at, each)
    }
    steps: list[Step] = []
    units = [dict(_units(0, snapshots[0], stands, {}))] if snapshots else []
    same: list[dict[str, str]] = []
    for at in range(1, len(snapshots)):
        old, new = snapshots[at - 1], snapshots[at]
        pair = (old.units, old.branches), (new.units, new.branches)
        changes = changes_between(*pair, new.policy)
        rows = _rows(changes.units)
        same.append({row["old_id"]: row["unit_id"] for row in rows if _in_both(row)})
        steps += _steps(at, _rows(changes.branches), rows, stands)
        units.append(dict(_units(at, new, stands, {row["unit_id"]: row for row in rows})))
    runs = tuple(each.run for each in snapshots)
    return History(runs, stands, tuple(steps), tuple(units), tuple(same))


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    table = pd.DataFrame(frame).astype(object)
    rows: list[Any] = table.where(table.notna(), None).to_dict("records")
    return rows


def _in_both(row: Mapping[str, Any]) -> bool:
    return row["old_id"] is not None and row["change"] != UnitChange.GONE


def _ends(step: Step) -> set[Place]:
    return {*step.into, *([step.old] if step.old is not None else [])}


def _stands(at: int, snapshot: Snapshot) -> Iterator[Stand]:
    names = dict(zip(snapshot.units["unit_id"], snapshot.units["name"], strict=True))
    for row in _rows(snapshot.branches):
        ids = tuple(sorted(each for each in (row["unit_ids"] or "").split(";") if each in names))
        if row["outcome"] == Outcome.JOINT or len(ids) > 1:
            yield Stand(
                place=Place(at, row["branch_id"]),
                name=row["name"],
                status=BranchStatus(row["status"]),
                host=names.get(row["host_id"]),
                units=tuple(str(names[each]) for each in ids),
                unit_ids=ids,
                full_members=row["full_members"],
                approver=row["approver"],
            )


def _steps(
    at: int,
    branches: Iterable[Mapping[str, Any]],
    units: Sequence[Mapping[str, Any]],
    stands: Mapping[Place, Stand],
) -> Iterator[Step]:
    by_new = {row["unit_id"]: row for row in units}
    by_old = {row["old_id"]: row for row in units if row["old_id"] is not None}
    for row in branches:
        into = tuple(Place(at, each) for each in (row["became_ids"] or "").split(";") if each)
        old = Place(at - 1, row["branch_id"]) if row["old"] else None
        inside = [by_old[each] for each in stands[old].unit_ids] if old is not None else []
        there = [by_new[each] for each in stands[into[0]].unit_ids] if into else []
        went = [each for each in inside if each not in there]
        came = [each for each in there if each not in inside]
        moves = (*(_move(each, came=True) for each in came), *(_move(each) for each in went))
        yield Step(at, old, into, BranchChange(row["change"]), moves)


def _move(row: Mapping[str, Any], *, came: bool = False) -> Move:
    return Move(
        unit=str(row["name"]),
        came=came,
        change=UnitChange(row["change"]),
        facts=_facts(row),
        outcome=None if row["new_outcome"] is None else Outcome(row["new_outcome"]),
        other=row["old_branch"] if came else row["new_branch"],
    )


def _facts(row: Mapping[str, Any]) -> tuple[UnitFact, ...]:
    return tuple(UnitFact(each) for each in (row["facts"] or "").split(";") if each)


def _units(
    at: int,
    snapshot: Snapshot,
    stands: Mapping[Place, Stand],
    changed: Mapping[str, Mapping[str, Any]],
) -> Iterator[tuple[str, UnitStand]]:
    here = [each for place, each in stands.items() if place.run == at]
    home = {unit: stand for stand in here for unit in stand.unit_ids}
    names = dict(zip(snapshot.branches["branch_id"], snapshot.branches["name"], strict=True))
    for row in _rows(snapshot.units):
        unit_id = row["unit_id"]
        told, stand = changed.get(unit_id), home.get(unit_id)
        others = () if stand is None else zip(stand.unit_ids, stand.units, strict=True)
        yield (
            unit_id,
            UnitStand(
                run=at,
                unit_id=unit_id,
                name=row["name"],
                outcome=Outcome(row["outcome"]),
                branch=names.get(row["branch_id"]),
                companions="、".join(name for each, name in others if each != unit_id) or None,
                full_members=row["full_members"],
                change=None if told is None else UnitChange(told["change"]),
                facts=() if told is None else _facts(told),
            ),
        )
