"""What an office wrote into the lists of the run before, brought to the items of this one.

An item is followed by its units, not by its number: a task belongs to the branch that took over
most of its units. None is dropped: what stands in no list any more is told as ended, and why.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from lxgeo.errors import Words
from lxgeo.ledger.corrections.worklist import Since, State, task_key
from lxgeo.model import Outcome
from lxgeo.publish.folder.release import Release
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.problems import problems_sheet
from lxgeo.publish.lists.tasks import tasks
from lxgeo.publish.lists.work import duties_sheet
from lxgeo.publish.rows import cells
from lxgeo.tables import BranchStatus

_CLOSED_UP = Words("单位已不在台账", "the unit is no longer in the ledger")
_SETTLED = Words("问题已消除", "the problem is settled")
_NO_BODY = Words("已没有这个责任单位", "no such body any more")
_NOW = Words("现为：", "now: ")
_TAKEN = Words("成员单位已并入：", "its units went to: ")


@dataclass(frozen=True, eq=False)
class Before:
    """The run before, as far as its lists are followed.

    Parameters
    ----------
    units, branches
        `lxgeo.tables.UNITS` and `lxgeo.tables.BRANCHES` as it published them.
    same
        Its unit ids → those of this run, of the organisations that are in both.
    """

    units: pd.DataFrame
    branches: pd.DataFrame
    same: Mapping[str, str]

    @cached_property
    def tasks(self) -> dict[str, frozenset[str]]:
        """Task → its units; by the names that tasks once had, too."""
        existing = self.branches["status"] == BranchStatus.EXISTING
        standing = set(self.branches.loc[existing, "branch_id"])
        together: dict[tuple[str, str], list[str]] = defaultdict(list)
        for unit_id, outcome, branch_id in cells(self.units, ["unit_id", "outcome", "branch_id"]):
            together[str(outcome), str(branch_id or unit_id)].append(str(unit_id))
        found = {}
        for (outcome, about), units in together.items():
            found[task_key(outcome, about)] = frozenset(units)
            if about in standing:
                found[task_key(outcome, about, units)] = frozenset(units)
        return found

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Approver → the jurisdiction that most of its units are in."""
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for approver, jurisdiction in cells(self.units, ["approver", "jurisdiction"]):
            if approver is not None and jurisdiction is not None:
                counted[str(approver)][str(jurisdiction)] += 1
        return {body: max(sorted(found), key=found.__getitem__) for body, found in counted.items()}


def carried(states: Mapping[str, State], before: Before, release: Release) -> dict[str, State]:
    """Return the states by the items of this run; those that are in no list are ended.

    Parameters
    ----------
    states
        What stands in the workbook of the run before, by its items.
    before
        The run before.
    release
        This run.

    Returns
    -------
    dict
        No state is lost and none is made up: as many as were given. Where several tasks became
        one, it goes on with the state of the one that brought most units.
    """
    here = _Here(Papers(release), before)
    claims: dict[str, list[tuple[bool, int, str, Since]]] = defaultdict(list)
    for key, state in states.items():
        if (found := here.heir(state)) is not None:
            now, shared, since = found
            claims[now].append((since is Since.BACK, -shared, key, since))
    found_again: dict[str, State] = {}
    heirs: dict[str, str] = {}
    for now, claimed in claims.items():
        _, _, key, since = min(claimed)
        found_again[now] = replace(states[key], key=now, ended=None, since=since)
        heirs |= {other: now for _, _, other, _ in claimed if other != key}
    kept = {min(claimed)[2] for claimed in claims.values()}
    ended = {
        key: replace(state, ended=state.ended or here.why_ended(state, heirs.get(key)))
        for key, state in states.items()
        if key not in kept
    }
    # What has ended keeps its number, unless another item bears it now.
    for key, state in ended.items():
        found_again[_free(key, found_again)] = state
    return found_again


def newest(before: Mapping[str, State], here: Mapping[str, State]) -> dict[str, State]:
    """Return the states of two workbooks: those of the later one, where somebody wrote in it.

    Parameters
    ----------
    before
        Of the run before.
    here
        Of the run that is made anew, which the office has written in since.
    """
    found = dict(before)
    for key, state in here.items():
        if key not in found or _written(state) or not _written(found[key]):
            found[key] = state
    return found


def _written(state: State) -> bool:
    return bool(state.leader or state.note or state.closed or state.ended)


def _free(key: str, taken: Collection[str]) -> str:
    while key in taken:
        key += "~"
    return key


class _Here:
    """The items of this run, and those of the run before as they would be called now."""

    def __init__(self, papers: Papers, before: Before) -> None:
        self._papers = papers
        self._before = before
        self._tasks = {task.key: task for task in tasks(papers)}
        sheets = (problems_sheet(papers), duties_sheet(papers))
        self._items = {str(row[-1]) for sheet in sheets for row in sheet.rows if row[-1]}
        self._at = {unit: key for key, task in self._tasks.items() for unit in task.unit_ids}
        self._outcomes = {each.unit_id: each.outcome for each in papers.roll}
        rows = cells(papers.units, ["approver", "jurisdiction"])
        self._bodies = {str(place): str(body) for body, place in rows if body and place}

    def heir(self, state: State) -> tuple[str, int, Since] | None:
        """Return the item that a state belongs to now, the units that it shares, what happened."""
        list_, _, about = state.key.partition(":")
        since = Since.SAME if state.ended is None else Since.BACK
        if list_ == "task":
            return self._task(state, since)
        if list_ == "problem":
            about = self._before.same.get(about, about)
        if list_ == "duty" and state.key not in self._items:
            about = self._bodies.get(self._before.bodies.get(about, ""), about)
        now = f"{list_}:{about}"
        return (now, 1, since) if now in self._items else None

    def _task(self, state: State, since: Since) -> tuple[str, int, Since] | None:
        was = self._before.tasks.get(state.key)
        if was is None or state.ended is not None:
            return (state.key, 1, since) if state.key in self._tasks else None
        still = self._still(was)
        outcome = state.key.split(":")[1]
        shared = Counter(
            self._at[unit] for unit in still if unit in self._at and self._outcomes[unit] == outcome
        )
        if not shared:
            return None
        now = min(shared, key=lambda key: (-shared[key], key))
        same = len(still) == len(was) and set(self._tasks[now].unit_ids) == still
        return now, shared[now], since if same else Since.CHANGED

    def _still(self, units: Iterable[str]) -> set[str]:
        same = self._before.same
        return {same[each] for each in units if each in same}

    def why_ended(self, state: State, heir: str | None) -> str | None:
        """Return why an item stands in the lists no more; None of the office's own rows."""
        say = self._papers.release.say
        list_, _, about = state.key.partition(":")
        if list_ == "own":
            return None
        if list_ == "duty":
            return say(_NO_BODY)
        if heir in self._tasks:
            return say(_TAKEN) + self._tasks[heir].name
        was = self._before.tasks.get(state.key, ()) if list_ == "task" else {about}
        units = self._still(was)
        outcomes = {self._outcomes[each] for each in units if each in self._outcomes}
        if not outcomes:
            return say(_CLOSED_UP)
        if list_ == "problem" and outcomes == set(self._of_before(was)):
            return say(_SETTLED)
        between = say(Words("、", ", "))
        labels = (
            self._papers.release.label("outcome", each) for each in Outcome if each in outcomes
        )
        return say(_NOW) + between.join(labels)

    def _of_before(self, units: Iterable[str]) -> Iterator[str]:
        wanted = set(units)
        for unit_id, outcome in cells(self._before.units, ["unit_id", "outcome"]):
            if unit_id in wanted:
                yield str(outcome)
