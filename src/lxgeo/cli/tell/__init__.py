"""What the commands print."""

from lxgeo.cli.tell.found import fetched, findings, intake, located, positions
from lxgeo.cli.tell.past import past
from lxgeo.cli.tell.planned import (
    certificate,
    cut_short,
    difference,
    pins,
    plan,
    policies,
    policy,
    published,
    withheld,
)
from lxgeo.cli.tell.voice import asking, fault, planning, progress, say, words, written

__all__ = [
    "asking",
    "certificate",
    "cut_short",
    "difference",
    "fault",
    "fetched",
    "findings",
    "intake",
    "located",
    "past",
    "pins",
    "plan",
    "planning",
    "policies",
    "policy",
    "positions",
    "progress",
    "published",
    "say",
    "withheld",
    "words",
    "written",
]
