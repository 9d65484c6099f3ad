"""The rules: who is in charge, what becomes of a unit, what a branch costs, when it is legal."""

from lxgeo.rules.existing import existing_branches
from lxgeo.rules.triage import triage

__all__ = ["existing_branches", "triage"]
