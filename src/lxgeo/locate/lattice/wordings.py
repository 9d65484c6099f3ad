"""Addresses by their wording: those that differ only in their figures are parsed once.

The rooms of a tower and the doors of a road say the same but for a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from lxgeo.locate.divisions import Divisions
from lxgeo.locate.lattice.lexicon import lexicon
from lxgeo.locate.lattice.parse import parse_addresses
from lxgeo.locate.lattice.parsed import ParsedAddress, Part

_FIGURE = re.compile(r"(?<!B)[0-9]")
"""A figure after a B stays: B1 is a floor, B7 a house."""
_DIGIT = re.compile(r"[0-9]")
_NAMES = frozenset({"prov", "city", "district", "town", "community"})
"""Parts that divisions are told by."""


class Wordings(Mapping[str, tuple[Part, ...]]):
    """Addresses, each different one in parts.

    Parameters
    ----------
    addresses
        Folded addresses (`lxgeo.locate.names.fold`).
    divisions
        The table of divisions.
    tells
        Whether the figures of a wording may tell more than a number; such addresses, and those
        whose divisions have figures in their names, are each a wording of their own.
    """

    def __init__(
        self, addresses: Iterable[str], divisions: Divisions, tells: Callable[[str], bool]
    ) -> None:
        alike = not lexicon(divisions).figures_tell
        said = {each: _FIGURE.sub("0", each) if alike else each for each in addresses}
        self._parsed = _parsed(said.values(), divisions)
        apart = {each for each, parsed in self._parsed.items() if _divided(parsed) or tells(each)}
        self._wording = {each: each if worded in apart else worded for each, worded in said.items()}
        alone = [each for each in self._wording.values() if each not in self._parsed]
        self._parsed |= _parsed(alone, divisions)

    def wording(self, address: str) -> str:
        """Return what an address says, its figures all alike where they tell no more."""
        return self._wording[address]

    def __getitem__(self, address: str) -> tuple[Part, ...]:
        """Return the parts of an address."""
        return tuple(
            Part(label, address[start:end], start, end)
            for label, _, start, end in self._parsed[self._wording[address]].parts
        )

    def parsed(self, wording: str) -> ParsedAddress:
        """Return the parts of a wording, and the divisions that all its addresses lie in."""
        return self._parsed[wording]

    def __iter__(self) -> Iterator[str]:
        return iter(self._wording)

    def __len__(self) -> int:
        return len(self._wording)


def _parsed(texts: Iterable[str], divisions: Divisions) -> dict[str, ParsedAddress]:
    once = list(dict.fromkeys(texts))
    return dict(zip(once, parse_addresses(once, divisions), strict=True))


def _divided(parsed: ParsedAddress) -> bool:
    """Return whether a part that tells a division has figures."""
    return any(part.label in _NAMES and _DIGIT.search(part.text) for part in parsed.parts)
