"""How seconds and memory grow with a district; each size in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from lxgeo.decide.proof.bound import prove
from planning.district import district
from planning.measured import WEIGHTS, breaches_of, measure, warm_up

_SCRIPT = Path(__file__).resolve().parents[1] / "bench_plan.py"
_VERIFIED = 100_000
"""Most units of a district whose files are written and checked."""


@dataclass(frozen=True)
class Grown:
    """A plan's seconds and memory.

    Parameters
    ----------
    units, townships, effort
        What was planned, and how.
    solver_s, bound_s, whole_s
        Processor seconds of the planner's own work, of proving the bound among it, and of
        ``propose`` from tables to tables.
    gap
        Certified gap.
    before_mb, peak_mb
        Resident memory with the district's tables made, and at most during planning.
    breaches
        What the independent check finds; None where it was not asked.
    """

    units: int
    townships: int
    effort: str
    solver_s: float
    bound_s: float
    whole_s: float
    gap: float
    before_mb: int
    peak_mb: int
    breaches: int | None


class Stopwatch:
    """Does what a function does, and adds up the processor seconds of it."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.seconds = 0.0

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Return what the function returns."""
        began = time.process_time()
        answer = self.function(*given, **named)
        self.seconds += time.process_time() - began
        return answer


def grown(units: int, townships: int | None, effort: str) -> Grown:
    """Plan a district in a process of its own and return what that took."""
    asked = json.dumps({"units": units, "townships": townships, "effort": effort})
    done = subprocess.run(  # noqa: S603 -- this Python and this script
        [sys.executable, _SCRIPT, "--child", asked], stdout=subprocess.PIPE, text=True, check=True
    )
    return Grown(**json.loads(done.stdout.splitlines()[-1]))


def answer(asked: str) -> None:
    """Plan what a parent asked for and print the figures."""
    told = json.loads(asked)
    effort = told["effort"]
    warm_up([effort])
    here = district(told["units"], 1, townships=told["townships"])
    before = _peak_mb()
    proofs = Stopwatch(prove)
    with patch("lxgeo.decide.solve.prove", proofs):
        plan, measured = measure(here, WEIGHTS[-1], effort, verified=False)
    peak = _peak_mb()
    breaches = breaches_of(plan) if len(here.units) <= _VERIFIED else None
    figures = Grown(
        units=measured.units,
        townships=measured.townships,
        effort=effort,
        solver_s=measured.solver_s,
        bound_s=proofs.seconds,
        whole_s=measured.whole_s,
        gap=measured.gap,
        before_mb=before,
        peak_mb=peak,
        breaches=breaches,
    )
    print(json.dumps(asdict(figures)))


def _peak_mb() -> int:
    """Return the most memory that this process has held so far, megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
