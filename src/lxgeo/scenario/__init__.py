"""From a ledger to a published plan: what the command line and notebooks call.

Each stage is one call to one room; this room only hands the tables on and takes the time.
"""

from lxgeo.scenario.asked import LedgerSource, Scenario
from lxgeo.scenario.checking import check_ledger
from lxgeo.scenario.comparing import Comparison, compare
from lxgeo.scenario.intake import Intake, keep_mapping, take_in
from lxgeo.scenario.planning import STAGES, Planned, plan_scenario
from lxgeo.scenario.positions import Positioned, locate_scenario
from lxgeo.scenario.publishing import publish_scenario
from lxgeo.scenario.regions import Following
from lxgeo.scenario.verdict import verify_run, write_certificate

__all__ = [
    "STAGES",
    "Comparison",
    "Following",
    "Intake",
    "LedgerSource",
    "Planned",
    "Positioned",
    "Scenario",
    "check_ledger",
    "compare",
    "keep_mapping",
    "locate_scenario",
    "plan_scenario",
    "publish_scenario",
    "take_in",
    "verify_run",
    "write_certificate",
]
