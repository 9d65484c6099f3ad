"""What a provider is to the rest: a name, limits, and one way to ask."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lxgeo.locate.geocoder import Answer
from lxgeo.model import Datum

_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked of a service.

    Parameters
    ----------
    per_second
        Requests, at most.
    per_day
        Addresses answered in a day (China's), at most; 0 where only the service itself counts.
    batch
        Addresses in one request, at most.
    timeout_s
        How long one request may take.
    attempts
        How often a request is made before the run gives up.
    first_wait_s
        The pause before the second attempt; each further one is twice as long.
    """

    per_second: float
    per_day: int = 0
    batch: int = 1
    timeout_s: float = 10.0
    attempts: int = 5
    first_wait_s: float = 1.0


class Provider(Protocol):
    """One service, ready to be asked."""

    def ask(self, addresses: Sequence[str]) -> Sequence[Answer | None]:
        """Return an answer for each address of one request; None where there is none.

        Raises
        ------
        Trouble
            No answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class Spoken:
    """A provider's own way of answering: what all of its answers share."""

    name: str
    datum: Datum

    def answer(self, lon: Any, lat: Any, level: str, sure: Any, text: Any = "") -> Answer | None:
        """Return an answer from what a service said; None where that is no place.

        Parameters
        ----------
        lon, lat
            Degrees, as numbers or as text.
        level
            How exact.
        sure
            Out of 100; anything else is taken for not said.
        text
            What the place is called.
        """
        x, y = _number(lon), _number(lat)
        if x is None or y is None or abs(x) > 180 or abs(y) > 90 or (x == 0 and y == 0):  # noqa: PLR2004 -- degrees
            return None
        score = _number(sure)
        confidence = 0.5 if score is None else min(max(score, 0.0), 100.0) / 100
        told = text[:_LONGEST_TEXT] if isinstance(text, str) else ""
        return Answer(x, y, level, confidence, self.datum, self.name, told)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def text_of(value: Any) -> str:
    """Return a field that should be text; AMap writes ``[]`` for an empty one."""
    return value if isinstance(value, str) else ""
