"""What the parser says of an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from lxgeo.locate.lattice.resolve import Renamed


class Part(NamedTuple):
    """A labelled stretch of an address: its words, and offsets into the text as given."""

    label: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """An address in parts, and the divisions that it lies in.

    Parameters
    ----------
    text
        The address as given.
    parts
        Parts that don't overlap, in order; what is none of the labels is left out. ``text`` of a
        part is what stands between its offsets.
    province, city, district, township
        Full names of today, inferred where the address leaves them out; empty where it leaves
        them open.
    code
        Code of the deepest division that is sure.
    confidence
        0 to 1, of the divisions; 0 where the address names none.
    candidates
        Codes of the divisions meant, where several are possible.
    renamed
        Former names in the address, each with today's.
    contradicted
        Divisions named that the rest does not bear out.
    cut
        Whether the text was too long and only its beginning was read.
    province_code, city_code, district_code, township_code
        Codes of the divisions that are sure; empty for others, and for a township that the table
        lacks. A municipality is its own city and has one code for both.
    township_by
        The village or community that told the township, where the address names none.
    """

    text: str
    parts: tuple[Part, ...]
    province: str
    city: str
    district: str
    township: str
    code: str
    confidence: float
    candidates: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    contradicted: tuple[str, ...] = ()
    cut: bool = False
    province_code: str = ""
    city_code: str = ""
    district_code: str = ""
    township_code: str = ""
    township_by: str = ""

    def first(self, label: str) -> str:
        """Return the words of the first part with a label, empty if there is none."""
        return next((part.text for part in self.parts if part.label == label), "")

    def as_mapping(self) -> dict[str, Any]:
        """Return what ``lxgeo address`` prints, ready for JSON.

        Beyond the fixed keys, ``candidates``, ``renamed``, ``contradicted`` and ``township_by``
        stand only where there is something to tell.
        """
        told: dict[str, Any] = {
            "text": self.text,
            "parts": [part._asdict() for part in self.parts],
            "province": self.province,
            "city": self.city,
            "district": self.district,
            "township": self.township,
            "confidence": self.confidence,
        }
        if self.candidates:
            told["candidates"] = list(self.candidates)
        if self.renamed:
            told["renamed"] = [each._asdict() for each in self.renamed]
        if self.contradicted:
            told["contradicted"] = list(self.contradicted)
        if self.township_by:
            told["township_by"] = self.township_by
        return told
