"""How exact the datums are, and whether the guard tells what coordinates are.

``python benchmarks/datum.py`` takes 100,000 points of China to GCJ-02 and BD-09 and back, and holds
both ways against an independent library (geocoordinates-rs, of the development dependencies).
``python benchmarks/datum.py --guard [COUNT] [--cases FOLDER]`` makes 1,000 ledgers on the demo
district's townships (and on those of the real case, by default ``../shared/cases/shenzhen``) whose
coordinates are mislabelled, swapped, mixed or right, and prints what the guard told of each.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from guarding import guard
from lxgeo.geo import from_wgs84, to_wgs84
from lxgeo.model import Datum

POINTS = 100_000
CHINA = (73.5, 18.0, 135.0, 53.5)
CASES = Path("../shared/cases/shenzhen")

_EARTH = Geod(ellps="WGS84")
LonLat = tuple[NDArray[np.float64], NDArray[np.float64]]


def main(arguments: list[str]) -> None:
    """Print one of the two."""
    if "--guard" in arguments:
        counts = [int(each) for each in arguments if each.isdigit()]
        cases = Path(arguments[arguments.index("--cases") + 1]) if "--cases" in arguments else CASES
        guard(counts[0] if counts else 1_000, cases)
    else:
        exactness()


def exactness() -> None:
    """Print round trips and the greatest differences from the other library, in millimetres."""
    random = np.random.default_rng(4)
    west, south, east, north = CHINA
    there = random.uniform(west, east, POINTS), random.uniform(south, north, POINTS)
    print(f"{POINTS:,} points of China, greatest distance in mm (expected: every one below 1)")
    for datum in (Datum.GCJ02, Datum.BD09):
        shifted = from_wgs84(*there, datum)
        back = to_wgs84(*shifted, datum)
        again = from_wgs84(*to_wgs84(*there, datum), datum)
        print(f"  wgs84 -> {datum} -> wgs84   {_apart_mm(there, back):.6f}")
        print(f"  {datum} -> wgs84 -> {datum}   {_apart_mm(there, again):.6f}")
        try:
            forward, inverse = _oracle(datum, there, shifted)
        except ImportError:
            print("  geocoordinates-rs is not installed: nothing to hold it against")
            continue
        print(f"  wgs84 -> {datum}, against geocoordinates-rs   {_apart_mm(shifted, forward):.6f}")
        print(f"  {datum} -> wgs84, against geocoordinates-rs   {_apart_mm(back, inverse):.6f}")


def _oracle(datum: Datum, there: LonLat, shifted: LonLat) -> tuple[LonLat, LonLat]:
    """Return the other library's answers: there shifted, and shifted taken back."""
    import geocoordinates_ffi as other

    def each(points: LonLat, make: object, *steps: object) -> LonLat:
        found = []
        for lon, lat in zip(*points, strict=True):
            point = make(lon=lon, lat=lat)  # type: ignore[operator]
            for step in steps:
                point = step(point)  # type: ignore[operator]
            found.append((point.lon, point.lat))
        lons, lats = np.array(found).T
        return lons, lats

    if datum is Datum.GCJ02:
        forward = each(there, other.Wgs84, other.wgs84_to_gcj02)
        return forward, each(shifted, other.Gcj02, other.gcj02_to_wgs84_refined)
    forward = each(there, other.Wgs84, other.wgs84_to_bd09)
    return forward, each(shifted, other.Bd09, other.bd09_to_wgs84_refined)


def _apart_mm(a: LonLat, b: LonLat) -> float:
    return float(np.max(_EARTH.inv(*a, *b)[2])) * 1e3


if __name__ == "__main__":
    main(sys.argv[1:])
