"""An independent check of a finished run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxgeo import text
from lxgeo.errors import RunError, Words
from lxgeo.judge import Breach, Unchecked, unchecked, verify
from lxgeo.read import read_run, read_tables


@dataclass(frozen=True)
class Verdict:
    """What an independent check of a run found.

    Parameters
    ----------
    breaches
        Everything that is broken; empty for a plan that stands.
    units, branches, files
        How many were checked.
    plan_cost_m
        The cost that the run tells, metres.
    unchecked
        What the run's files do not hold, so that no check can see it.
    """

    breaches: tuple[Breach, ...]
    units: int
    branches: int
    files: int
    plan_cost_m: float
    unchecked: tuple[Unchecked, ...] = ()


def verify_run(folder: Path) -> Verdict:
    """Check a run folder: its files against the manifest, its plan against the rules.

    Parameters
    ----------
    folder
        The folder that holds ``manifest.json``.

    Raises
    ------
    RunError
        The folder holds no plan of ours.
    """
    run = read_run(folder)
    return Verdict(
        breaches=(*run.faults, *verify(run.tables)),
        units=len(run.tables.units),
        branches=len(run.tables.branches),
        files=run.files,
        plan_cost_m=float(run.tables.summary.get("plan_cost_m", float("nan"))),
        unchecked=unchecked(run.tables),
    )


def let_none_out_that_is_refused(folder: Path) -> None:
    """Raise where the independent check refuses a run that is about to be published.

    Raises
    ------
    RunError
        Every breach, in words.
    """
    tables, unread = read_tables(folder)
    if breaches := (*unread, *verify(tables)):
        raise RunError(
            *(Words(text.breach(each, "zh"), text.breach(each, "en")) for each in breaches)
        )
