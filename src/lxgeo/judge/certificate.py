"""What an independent check of a run may put its name to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from lxgeo.judge.verify import Breach, Examined, Unchecked

FIGURES = (
    *("plan_cost_m", "bound_m", "gap", "joint_branches", "must_join", "left_out"),
    *("left_out_min", "seed", "effort"),
)
"""The figures of a run's summary that a certificate repeats."""


@dataclass(frozen=True)
class Certificate:
    """What was checked of a run, on which files, with which figures, and what was found.

    Parameters
    ----------
    run
        What the run was called when it was written.
    made_by, checked_by
        The versions of lxgeo that wrote it and that checked it.
    manifest
        SHA-256 of ``manifest.json``, which vouches for every other file.
    inputs
        Path as given → SHA-256 of each file that the plan was made from, as the manifest tells.
    files, units, branches, links
        How many there are.
    figures
        `FIGURES` as the run's summary tells them; None where it does not.
    policy
        What the rules are called that it was made under; empty where the run tells none.
    changed
        Files changed, missing or added since the run was written, and values that can't be read.
    checks
        Every check, in its order.
    unchecked
        What the run's files do not hold, so that no check can see it.
    """

    run: str
    made_by: str
    checked_by: str
    manifest: str
    inputs: Mapping[str, str]
    files: int
    units: int
    branches: int
    links: int
    figures: Mapping[str, Any]
    policy: str
    changed: tuple[Breach, ...]
    checks: tuple[Examined, ...]
    unchecked: tuple[Unchecked, ...]

    @property
    def breaches(self) -> tuple[Breach, ...]:
        """Everything that is broken; none in a run that stands."""
        return (*self.changed, *chain.from_iterable(each.breaches for each in self.checks))
