"""What a plan is worth (`coverage`), and whether it may stand at all (`verify`)."""

from lxgeo.judge.coverage import coverage_rates, evaluate
from lxgeo.judge.verify import Breach, BreachCode, RunTables, verify

__all__ = ["Breach", "BreachCode", "RunTables", "coverage_rates", "evaluate", "verify"]
