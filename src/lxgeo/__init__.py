"""Plan joint Party branches for "two new" organisations: from a ledger to an offline map.

The public names, and no work on import: each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxgeo.decide import propose
    from lxgeo.errors import (
        AreasError,
        InputError,
        LedgerError,
        LxgeoError,
        PolicyError,
        RunError,
        ServiceError,
        TableError,
    )
    from lxgeo.judge import evaluate, verify
    from lxgeo.ledger import clean
    from lxgeo.model import (
        Areas,
        Datum,
        Evaluation,
        Mode,
        Outcome,
        Plan,
        Precision,
        Reason,
        Rule,
    )
    from lxgeo.policy import Policy
    from lxgeo.publish import draw_map
    from lxgeo.read import read_areas, read_cells, read_policy, read_run
    from lxgeo.rules import existing_branches, triage
    from lxgeo.scenario import Scenario, compare, plan_scenario
    from lxgeo.scenario.estimator import JointBranches

# Room → what it shows to the world.
_SHOWN = {
    "decide": ("propose",),
    "errors": (
        *("AreasError", "InputError", "LedgerError", "LxgeoError", "PolicyError", "RunError"),
        *("ServiceError", "TableError"),
    ),
    "judge": ("evaluate", "verify"),
    "ledger": ("clean",),
    "model": (
        *("Areas", "Datum", "Evaluation", "Mode", "Outcome", "Plan", "Precision", "Reason"),
        "Rule",
    ),
    "policy": ("Policy",),
    "publish": ("draw_map",),
    "read": ("read_areas", "read_cells", "read_policy", "read_run"),
    "rules": ("existing_branches", "triage"),
    "scenario": ("Scenario", "compare", "plan_scenario"),
    "scenario.estimator": ("JointBranches",),
}
_ROOM = {name: room for room, names in _SHOWN.items() for name in names}

__all__ = [
    "Areas",
    "AreasError",
    "Datum",
    "Evaluation",
    "InputError",
    "JointBranches",
    "LedgerError",
    "LxgeoError",
    "Mode",
    "Outcome",
    "Plan",
    "Policy",
    "PolicyError",
    "Precision",
    "Reason",
    "Rule",
    "RunError",
    "Scenario",
    "ServiceError",
    "TableError",
    "clean",
    "compare",
    "draw_map",
    "evaluate",
    "existing_branches",
    "plan_scenario",
    "propose",
    "read_areas",
    "read_cells",
    "read_policy",
    "read_run",
    "triage",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in _ROOM:
        message = f"module 'lxgeo' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"lxgeo.{_ROOM[name]}"), name)


def __dir__() -> list[str]:
    return __all__
