"""Several counties told together: each as its own page tells it, and their sum.

The sum is taken of the ranges, not of the counts: it holds nothing that the counties' own ranges
do not. So whoever takes some counties from it, with or without their own pages, is left with what
the ranges of the others say, and no county's figures narrow those of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lxgeo.publish.public.guarded import LEAST_UNITS, Guarded, Range, Shown, range_of

LEVEL = "county"
_FEW = range_of(0)


def together(counties: Iterable[tuple[str, str, Shown]]) -> Guarded:
    """Return what may be shown of counties together.

    Parameters
    ----------
    counties
        Code, name, and what its own page shows of the whole county (`whole_of`). One of fewer than
        five units is named without figures.

    Returns
    -------
    Guarded
        Counties in order of name, with ids of their own; the whole is the sum of their ranges.
    """
    places = [
        _county(f"C{number:03d}", *each)
        for number, each in enumerate(sorted(counties, key=lambda each: (each[1], each[0])), 1)
    ]
    units, before, after = (
        _sum([getattr(place, count) for place in places]) for count in ("units", "before", "after")
    )
    return Guarded(Shown("D", "district", "", "", units, before, after), tuple(places), LEVEL)


def _county(place_id: str, code: str, name: str, whole: Shown) -> Shown:
    named = replace(whole, place_id=place_id, level=LEVEL, name=name, key=code)
    if whole.units is None or whole.units.high < LEAST_UNITS:
        return replace(named, units=None, before=None, after=None)
    return named


def _sum(ranges: Sequence[Range | None]) -> Range:
    held = [each or _FEW for each in ranges]
    return Range(sum(each.low for each in held), sum(each.high for each in held))
