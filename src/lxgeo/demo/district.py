"""Twelve townships that tile the district without gap or overlap."""

from __future__ import annotations

import math

from shapely import Polygon

from lxgeo.demo.dice import Dice
from lxgeo.demo.nouns import Township
from lxgeo.demo.plane import XY, Land

_TOWNSHIPS: tuple[tuple[str, str, float, float, int], ...] = (
    ("岚光街道", "urban", -1600, 1350, 520),
    ("溪云街道", "urban", 1750, 1450, 460),
    ("望川街道", "urban", -1450, -1500, 410),
    ("新渠街道", "urban", 1750, -1400, 330),
    ("砚池镇", "town", 7400, -500, 260),
    ("雁塘镇", "town", 6300, -7500, 210),
    ("梧柳镇", "plain", -2500, -6900, 180),
    ("沙棘镇", "town", -7900, -4300, 150),
    ("麦川镇", "plain", 3900, 6900, 120),
    ("苇湖乡", "plain", 10900, 6000, 150),
    ("石崖乡", "mountain", -8900, 4600, 90),
    ("云岭乡", "mountain", -3300, 7500, 120),
)
"""Name, kind, place of the heart (metres) and ledger rows: 3,000 in all."""

_CODE = "980203"
"""A county code that no list has: no province begins with 98."""
_HALF_WIDTH, _HALF_HEIGHT = 14_600.0, 11_500.0
_STEP_M = 110.0
_SAME_M = 0.5


def townships(land: Land, dice: Dice) -> tuple[Township, ...]:
    """Return the townships.

    Each is the land nearer to its heart than to any other heart, cut off by the district's
    outline; then all borders are bent by the lie of the land, each border once.

    Parameters
    ----------
    land
        What bends the borders.
    dice
        Moves each heart a little.
    """
    hearts = [
        (x + dice.between(-300, 300), y + dice.between(-300, 300)) for _, _, x, y, _ in _TOWNSHIPS
    ]
    corners = _Corners()
    return tuple(
        Township(
            id=f"{_CODE}{number:03d}",
            name=name,
            kind=kind,
            heart=land.bent(*heart),
            shape=Polygon(_bent(corners.joined(_cell(heart, hearts)), land)),
            units=units,
        )
        for number, ((name, kind, _, _, units), heart) in enumerate(
            zip(_TOWNSHIPS, hearts, strict=True), start=1
        )
    )


def _outline() -> list[XY]:
    """Return the district's outline before bending: a rounded, convex rectangle."""
    turns = [2 * math.pi * k / 60 for k in range(60)]
    return [
        (
            _HALF_WIDTH * math.copysign(abs(math.cos(turn)) ** 0.55, math.cos(turn)),
            _HALF_HEIGHT * math.copysign(abs(math.sin(turn)) ** 0.55, math.sin(turn)),
        )
        for turn in turns
    ]


def _cell(heart: XY, hearts: list[XY]) -> list[XY]:
    cell = _outline()
    for other in hearts:
        if other != heart:
            cell = _nearer(cell, heart, other)
    return cell


def _nearer(cell: list[XY], heart: XY, other: XY) -> list[XY]:
    """Return the part of a convex cell that is nearer to one heart than to the other."""

    def excess(point: XY) -> float:
        return math.dist(point, heart) ** 2 - math.dist(point, other) ** 2

    kept: list[XY] = []
    for start, end in zip(cell, cell[1:] + cell[:1], strict=True):
        before, after = excess(start), excess(end)
        if before <= 0:
            kept.append(start)
        if before * after < 0:
            share = before / (before - after)
            east, north = end[0] - start[0], end[1] - start[1]
            kept.append((start[0] + share * east, start[1] + share * north))
    return kept


class _Corners:
    """Corners that neighbours reached by different sums, joined into one."""

    def __init__(self) -> None:
        self._known: list[XY] = []

    def joined(self, ring: list[XY]) -> list[XY]:
        """Return the ring on known corners, without repeats."""
        found = [self._one(corner) for corner in ring]
        return [corner for k, corner in enumerate(found) if corner != found[k - 1]]

    def _one(self, corner: XY) -> XY:
        for known in self._known:
            if math.dist(known, corner) < _SAME_M:
                return known
        self._known.append(corner)
        return corner


def _bent(ring: list[XY], land: Land) -> list[XY]:
    bent: list[XY] = []
    for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
        bent.extend(land.bent(*point) for point in _between(start, end))
    return bent


def _between(start: XY, end: XY) -> list[XY]:
    """Return points from start up to before end: the same ones whichever way it is walked."""
    first, last = min(start, end), max(start, end)
    steps = max(1, round(math.dist(first, last) / _STEP_M))
    inner = [
        (
            first[0] + (last[0] - first[0]) * k / steps,
            first[1] + (last[1] - first[1]) * k / steps,
        )
        for k in range(1, steps)
    ]
    return [start, *(inner if start == first else inner[::-1])]
