"""What a plan is worth (`coverage`), and whether it may stand at all (`verify`)."""

from lxgeo.judge.certificate import FIGURES, Certificate
from lxgeo.judge.coverage import coverage_rates, evaluate
from lxgeo.judge.targets import Target, targets
from lxgeo.judge.verify import (
    Breach,
    BreachCode,
    Check,
    Examined,
    RunTables,
    Unchecked,
    examine,
    unchecked,
    verify,
)

__all__ = [
    "FIGURES",
    "Breach",
    "BreachCode",
    "Certificate",
    "Check",
    "Examined",
    "RunTables",
    "Target",
    "Unchecked",
    "coverage_rates",
    "evaluate",
    "examine",
    "targets",
    "unchecked",
    "verify",
]
