"""One colour and one shape for each outcome, apart for colour-blind eyes too.

Colours are Okabe and Ito's (2008) eight and three of Tol's muted scheme; what looks alike in
grey differs in shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from lxgeo.model import Outcome


class Look(NamedTuple):
    """How an outcome is drawn: ``#rrggbb`` and a QGIS marker name."""

    colour: str
    marker: str


LOOKS: Mapping[Outcome, Look] = MappingProxyType(
    {
        Outcome.EXISTING: Look("#0072b2", "hexagon"),
        Outcome.STANDALONE: Look("#56b4e9", "square"),
        Outcome.TEMPORARY: Look("#332288", "diamond"),
        Outcome.JOINT: Look("#009e73", "circle"),
        Outcome.ATTACHED: Look("#cc79a7", "triangle"),
        Outcome.TRANSFER: Look("#882255", "pentagon"),
        Outcome.LEFT_OUT: Look("#d55e00", "star"),
        Outcome.UNKNOWN_MEMBERS: Look("#e69f00", "octagon"),
        Outcome.NOT_LOCATED: Look("#f0e442", "triangle"),
        Outcome.NO_MEMBERS: Look("#999999", "circle"),
        Outcome.EXCLUDED: Look("#44403c", "cross_fill"),
    }
)
"""Every outcome's look, in the order of a legend."""
