"""Where a row may be: up to three places, the likeliest first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from lxgeo.model import Precision

MOST = 3

CONFIDENCE = {
    Precision.GIVEN: 1.0,
    Precision.BUILDING: 0.9,
    Precision.HOUSE_NUMBER: 0.8,
    Precision.PARK: 0.6,
    Precision.VILLAGE: 0.5,
    Precision.ROAD: 0.4,
    Precision.TOWNSHIP: 0.2,
    Precision.DISTRICT: 0.1,
    Precision.NONE: 0.0,
}
"""How sure a position of each precision is; half of it where something speaks against it. An order
to sort by, not a probability."""


class Candidate(NamedTuple):
    """A place that a row may be at.

    Parameters
    ----------
    name
        What it is called.
    precision
        How exactly a unit there would be known.
    confidence
        How sure it is that it is meant, 0 to 1.
    lon, lat
        Degrees WGS 84; None for a place without a point.
    """

    name: str
    precision: Precision
    confidence: float
    lon: float | None = None
    lat: float | None = None


def written(candidates: Iterable[Candidate]) -> str | None:
    """Return candidates as JSON, None where there are none."""
    told = [candidate._asdict() for candidate in candidates][:MOST]
    return json.dumps(told, ensure_ascii=False) if told else None


def listed(candidates: Iterable[Candidate]) -> str:
    """Return the names of candidates as a list for people."""
    return "、".join(candidate.name for candidate in list(candidates)[:MOST])
