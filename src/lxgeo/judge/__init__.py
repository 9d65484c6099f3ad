"""What a plan is worth (`coverage`), and whether it may stand at all (`verify`)."""

from lxgeo.judge.coverage import coverage_rates, evaluate
from lxgeo.judge.targets import Target, targets
from lxgeo.judge.verify import Breach, BreachCode, RunTables, Unchecked, unchecked, verify

__all__ = [
    "Breach",
    "BreachCode",
    "RunTables",
    "Target",
    "Unchecked",
    "coverage_rates",
    "evaluate",
    "targets",
    "unchecked",
    "verify",
]
