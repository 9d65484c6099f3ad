"""The command line: the only room that prints and exits.

Exit codes: 0 done; 1 the input, or a plan, is at fault; 2 wrong usage; 3 a service failed.
"""

from lxgeo.cli import (  # noqa: F401 - bring the commands
    ledgers,
    places,
    planning,
    policies,
    runs,
    scenarios,
)
from lxgeo.cli.app import main

__all__ = ["main"]
