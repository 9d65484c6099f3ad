"""What became of branches and units over several runs: a run's folder is its snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lxgeo import text
from lxgeo.errors import InputError, Lang, Words
from lxgeo.judge.history import History, Snapshot, UnitStand, history_of
from lxgeo.policy import Policy
from lxgeo.publish.changes.history import write_history
from lxgeo.publish.changes.history_words import branch_told, runs_told, unit_told
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.read.run import read_complete_run
from lxgeo.text.figures import quoted

_SHOWN = 5


@dataclass(frozen=True)
class Past:
    """What is read back.

    Parameters
    ----------
    history
        Of the branch that was asked for; of all where none was.
    unit
        How the unit stood that was asked for, run by run.
    whole
        Whether nothing was asked for but the runs themselves.
    """

    history: History
    unit: tuple[UnitStand, ...] = ()
    whole: bool = False

    def told(self, lang: Lang = "zh") -> tuple[str, ...]:
        """Return it line by line, as a person reads it; of all branches, how many changed."""
        voice = _voice(lang)
        if self.unit:
            return tuple(unit_told(self.unit, self.history, voice))
        return tuple((runs_told if self.whole else branch_told)(self.history, voice))

    def write(self, path: Path, lang: Lang = "zh") -> None:
        """Write it as a workbook."""
        write_history(path, self.history, self.unit, texts=text.texts(lang), lang=lang)


def read_history(
    folders: Sequence[Path], *, branch: str | None = None, unit: str | None = None
) -> Past:
    """Return what became of branches from run to run.

    Parameters
    ----------
    folders
        The folders of the runs, the earliest first.
    branch
        Id or name of a branch in any of them; it is followed back and on.
    unit
        Id or name of a unit in any of them.

    Returns
    -------
    Past
        Where a unit is asked for, with the history of the branches that it was in.

    Raises
    ------
    RunError
        A folder holds no plan of ours, or its files were changed since it was written.
    InputError
        No run knows such a branch or unit; fewer than two runs.
    """
    if len(folders) < 2:  # noqa: PLR2004 - before and after
        raise InputError(
            Words(
                "沿革要从两次以上的方案读起：请按先后列出各期的方案文件夹",
                "a history is read from two runs or more: list their folders, the first one first",
            )
        )
    history = history_of([*_snapshots(folders)])
    if unit is not None:
        stood = history.of_unit(unit)
        if not stood:
            names = [each.name or "" for units in history.units for each in units.values()]
            raise InputError(_unknown(Words("单位", "unit"), unit, names))
        inside = _of_branches(history, stood)
        return Past(inside, stood)
    if branch is None:
        return Past(history, whole=True)
    found = history.of_branch(branch)
    if not found.stands:
        names = [each.name for each in history.stands.values()]
        raise InputError(_unknown(Words("党支部", "branch"), branch, names))
    return Past(found)


def _snapshots(folders: Sequence[Path]) -> list[Snapshot]:
    runs = [read_complete_run(each) for each in folders]
    times = Counter(each.name for each in runs)
    return [
        Snapshot(
            run.name if times[run.name] == 1 else folder.as_posix(),
            run.tables.units,
            run.tables.branches,
            Policy.from_mapping(run.tables.summary["policy"]),
        )
        for run, folder in zip(runs, folders, strict=True)
    ]


def _of_branches(history: History, unit: Sequence[UnitStand]) -> History:
    """Return the history of the branches that a unit was in."""
    ids = {(each.run, each.unit_id) for each in unit}
    places = [
        place
        for place, stand in history.stands.items()
        if any((place.run, each) in ids for each in stand.unit_ids)
    ]
    return history.of_places(places)


def _unknown(kind: Words, said: str, names: Sequence[str]) -> Words:
    near = [each for each in dict.fromkeys(names) if said and said in each][:_SHOWN]
    like = Words(f"；相近的有：{'、'.join(near)}", f"; there are: {', '.join(near)}")
    return Words(
        f"各期方案里都没有{kind.zh}“{quoted(said)}”，请写全名或编号{like.zh if near else ''}",
        f"no run knows a {kind.en} '{quoted(said)}': give its whole name or its id"
        f"{like.en if near else ''}",
    )


def _voice(lang: Lang) -> CheckVoice:
    return CheckVoice(lambda reason: str(reason.code), text.texts(lang), lang)
