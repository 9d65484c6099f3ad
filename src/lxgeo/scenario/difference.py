"""What changed between two finished runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxgeo import text
from lxgeo.errors import Lang
from lxgeo.judge.changed import Changes
from lxgeo.judge.changes import changes_between
from lxgeo.policy import Policy
from lxgeo.publish.changes.book import write_changes
from lxgeo.read.run import read_complete_run


@dataclass(frozen=True)
class Difference:
    """Two runs held against each other.

    Parameters
    ----------
    changes
        What became of each unit and branch.
    cost_before_m, cost_after_m
        What the two plans cost, metres.
    """

    changes: Changes
    cost_before_m: float
    cost_after_m: float


def difference_of(old: Path, new: Path) -> Difference:
    """Return what changed from one run to the next.

    Parameters
    ----------
    old, new
        Their folders.

    Raises
    ------
    RunError
        A folder holds no plan of ours, or its files were changed since it was written.
    """
    before, after = read_complete_run(old), read_complete_run(new)
    policy = Policy.from_mapping(after.tables.summary["policy"])
    changes = changes_between(
        (before.tables.units, before.tables.branches),
        (after.tables.units, after.tables.branches),
        policy,
    )
    costs = (float(run.tables.summary["plan_cost_m"]) for run in (before, after))
    return Difference(changes, *costs)


def write_difference(difference: Difference, path: Path, lang: Lang = "zh") -> None:
    """Write the workbook of what changed."""
    write_changes(path, difference.changes, texts=text.texts(lang), lang=lang)
