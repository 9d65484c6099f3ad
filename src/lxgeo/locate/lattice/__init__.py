"""A parser of Chinese addresses: a lattice of typed spans, set by hand."""

from __future__ import annotations

from lxgeo.locate.lattice.parse import iter_addresses, parse_address, parse_addresses
from lxgeo.locate.lattice.parsed import ParsedAddress, Part
from lxgeo.locate.lattice.resolve import Renamed
from lxgeo.locate.lattice.wordings import Wordings

__all__ = [
    "ParsedAddress",
    "Part",
    "Renamed",
    "Wordings",
    "iter_addresses",
    "parse_address",
    "parse_addresses",
]
