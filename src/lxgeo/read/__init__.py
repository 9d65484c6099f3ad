"""Every file that comes in: ledgers, areas, roads, policies, run folders."""

from lxgeo.read.areas import area_files, read_areas
from lxgeo.read.corrections import read_corrections
from lxgeo.read.divisions import read_divisions
from lxgeo.read.gazetteer import gazetteer_files, read_gazetteer
from lxgeo.read.ledger import read_cells
from lxgeo.read.many import files_of
from lxgeo.read.mapping import Mapped, read_mapping, save_mapping
from lxgeo.read.pins import read_pins
from lxgeo.read.policies import policy_names, read_policy
from lxgeo.read.run import Run, read_run
from lxgeo.read.run_tables import read_tables

__all__ = [
    "Mapped",
    "Run",
    "area_files",
    "files_of",
    "gazetteer_files",
    "policy_names",
    "read_areas",
    "read_cells",
    "read_corrections",
    "read_divisions",
    "read_gazetteer",
    "read_mapping",
    "read_pins",
    "read_policy",
    "read_run",
    "read_tables",
    "save_mapping",
]
