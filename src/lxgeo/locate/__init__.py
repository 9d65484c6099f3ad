"""From what a ledger says to a position: coordinates, addresses, names of places."""

from __future__ import annotations

from lxgeo.locate.lattice import ParsedAddress, Part, parse_address, parse_addresses
from lxgeo.locate.locate import Survey, locate, survey

__all__ = [
    "ParsedAddress",
    "Part",
    "Survey",
    "locate",
    "parse_address",
    "parse_addresses",
    "survey",
]
