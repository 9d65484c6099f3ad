"""Every file that comes in: ledgers, areas, roads, policies, run folders."""

from lxgeo.read.areas import area_files, read_areas
from lxgeo.read.ledger import read_cells
from lxgeo.read.policies import policy_names, read_policy
from lxgeo.read.run import read_run
from lxgeo.read.run_tables import read_tables

__all__ = [
    "area_files",
    "policy_names",
    "read_areas",
    "read_cells",
    "read_policy",
    "read_run",
    "read_tables",
]
