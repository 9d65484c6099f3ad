"""From what a ledger says to a position: coordinates, addresses, names of places."""

from __future__ import annotations

from lxgeo.locate.address import Part, parse
from lxgeo.locate.locate import locate

__all__ = ["Part", "locate", "parse"]
