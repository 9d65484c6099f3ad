"""Regions as they are seldom: everybody at one point, on one road, far apart, with one member each.

Each kind is a law by which units are drawn; sizes and seeds make regions of it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from small_region import SmallRegion, region

Row = tuple[float, float, int, int, str, float, int, int]
CODES = ("C3912", "C3911", "C3921", "I6510", "F5211", "")


def one_point(random: Generator, count: int) -> list[Row]:
    """Return units that are all in one building."""
    return [(0.0, 0.0, 0, -1, _code(random), 1200.0, _members(random), 2) for _ in range(count)]


def one_point_all_ones(_: Generator, count: int) -> list[Row]:
    """Return units of one building and one trade, one member each: nothing tells them apart."""
    return [(0.0, 0.0, 0, -1, "C3912", 1200.0, 1, 1) for _ in range(count)]


def one_road(random: Generator, count: int) -> list[Row]:
    """Return units along a valley road, nearly as far apart as the limit allows."""
    along = np.cumsum(random.uniform(500, 1250, count))
    return [(float(x), 0.0, -1, -1, _code(random), 1200.0, 1, 1) for x in along]


def thin_mountain(random: Generator, count: int) -> list[Row]:
    """Return units so thinly spread that many have nobody within reach."""
    half = 8000.0 * np.sqrt(count)
    at = random.uniform(-half, half, (count, 2))
    return [(float(x), float(y), -1, -1, _code(random), 8000.0, _members(random), 2) for x, y in at]


def all_ones(random: Generator, count: int) -> list[Row]:
    """Return a town in which every unit has one member: three make the thinnest branch."""
    at = random.uniform(0, 200 * np.sqrt(count), (count, 2))
    return [(float(x), float(y), -1, -1, _code(random), 1200.0, 1, 1) for x, y in at]


def on_a_grid(random: Generator, count: int) -> list[Row]:
    """Return units at the crossings of a grid, of one trade: every distance is a tie."""
    side = int(np.ceil(np.sqrt(count)))
    return [
        (100.0 * (i % side), 100.0 * (i // side), -1, -1, "C3912", 1200.0, _members(random), 2)
        for i in range(count)
    ]


def hamlets(random: Generator, count: int) -> list[Row]:
    """Return hamlets of one to four units each, out of reach of one another."""
    rows: list[Row] = []
    while len(rows) < count:
        x = 5000.0 * len(rows)
        there = random.uniform(0, 300, int(random.integers(1, 5)))
        rows += [(x, float(y), -1, -1, "", 1200.0, 1, 1) for y in there]
    return rows[:count]


def crowded(random: Generator, count: int) -> list[Row]:
    """Return a town where one unit in three has so many members that four more fill a branch."""
    at = random.uniform(0, 200 * np.sqrt(count), (count, 2))
    return [
        (float(x), float(y), -1, -1, _code(random), 1200.0, 1, 46 if i % 3 == 0 else 1)
        for i, (x, y) in enumerate(at)
    ]


KINDS: dict[str, Callable[[Generator, int], list[Row]]] = {
    each.__name__: each
    for each in (
        *(one_point, one_point_all_ones, one_road, thin_mountain),
        *(all_ones, on_a_grid, hamlets),
    )
}


def odd_region(kind: str, count: int, seed: int) -> SmallRegion:
    """Return a region of a kind of `KINDS`."""
    return region(KINDS[kind](np.random.default_rng(seed), count))


def _members(random: Generator) -> int:
    return 1 + int(random.random() < 0.3)


def _code(random: Generator) -> str:
    return str(random.choice(CODES))
