"""The command line: the only room that prints and exits.

Exit codes: 0 done; 1 the input, or a plan, is at fault; 2 wrong usage; 3 a service failed.
"""

from lxgeo.cli.commands import main

__all__ = ["main"]
