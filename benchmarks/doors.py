"""House numbers worked out between known doors, on made-up streets worse than any demo's.

``python benchmarks/doors.py`` lays 150 winding streets whose numbers grow by uneven steps, both
sides out of step, with gaps, one door in a hundred under a wrong number, and, in the second half of
the table, a fifth of all sides numbered anew in mid-road. Of the doors a gazetteer knows the share
given; the others are asked for. A door that is claimed as a house number misses if it lies more
than 100 m from where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import shapely

from lxgeo.locate.laying import lay_streets, trust_in
from lxgeo.locate.numbers import HouseNumber
from lxgeo.locate.streets import CLAIM_M, Door, beside

STREETS = 150
APART_M = 10_000.0
STEPS = (2, 2, 2, 2, 4, 6, 10)
WRONG = 0.01
LATE, WIDE = 0.2, 0.02
"""Shares of sides whose numbers do not begin at 1, and of doors after which nothing stands."""
HERE = frozenset({"T"})


class Tried(NamedTuple):
    """What became of the doors that were asked for."""

    asked: int
    claimed: int
    missed: int
    coarse: int
    errors: np.ndarray


def street(rng: np.random.Generator, south: float) -> shapely.LineString:
    """Return a winding line of 400 m to 4 km."""
    east = np.linspace(0, rng.uniform(400, 4000), 12)
    return shapely.LineString(np.column_stack([east, south + np.cumsum(rng.normal(0, 25, 12))]))


def side(
    rng: np.random.Generator, line: shapely.LineString, parity: int, anew: float
) -> Iterator[Door]:
    """Yield the doors of one side, from the line's beginning."""
    number = parity if rng.random() >= LATE else parity + 2 * int(rng.integers(5, 60))
    along, spacing = rng.uniform(5, 30), rng.uniform(8, 30)
    begins_anew = rng.uniform(0.3, 0.7) * line.length if rng.random() < anew else np.inf
    while along < line.length:
        if along > begins_anew:
            number, begins_anew = parity, np.inf
        aside = (1 if parity % 2 == 0 else -1) * rng.uniform(8, 25)
        yield Door(HouseNumber(number), *beside(line, along, aside), HERE)
        number += int(rng.choice(STEPS))
        gap = rng.uniform(60, 250) if rng.random() < WIDE else 0.0
        along += max(4.0, rng.gamma(2, spacing / 2)) + gap


def tried(known: float, anew: float, seed: int = 1) -> Tried:
    """Return what became of the doors that a gazetteer does not know.

    Parameters
    ----------
    known
        Share of doors that it knows.
    anew
        Share of sides that are numbered anew in mid-road.
    seed
        Which streets.
    """
    rng = np.random.default_rng(seed)
    lines = {f"{k}路": street(rng, k * APART_M) for k in range(STREETS)}
    doors: dict[str, list[Door]] = {name: [] for name in lines}
    asked: list[tuple[str, Door]] = []
    for name, line in lines.items():
        for door in (*side(rng, line, 1, anew), *side(rng, line, 2, anew)):
            if rng.random() >= known:
                asked.append((name, door))
            elif rng.random() < WRONG:
                wrong = HouseNumber(door.number.number + 2 * int(rng.integers(10, 90)))
                doors[name].append(door._replace(number=wrong))
            else:
                doors[name].append(door)
    streets = lay_streets(lines, doors)
    trust = trust_in(each for some in streets.values() for each in some)
    errors, coarse = [], 0
    for name, door in asked:
        found = [each.estimate(door.number.number, trust) for each in streets[name]]
        if len(found) == 1 and found[0] is not None:
            if found[0].error_m <= CLAIM_M:
                errors.append(np.hypot(found[0].x - door.x, found[0].y - door.y))
            else:
                coarse += 1
    error = np.array(errors)
    return Tried(len(asked), len(error), int((error > CLAIM_M).sum()), coarse, error)


def main() -> None:
    """Print what share of the claims is missed."""
    print(f"{'known':>6}{'anew':>6}{'asked':>8}{'claimed':>9}{'on road':>9}{'missed':>8}"
          f"{'median m':>10}{'95 % m':>8}")  # fmt: skip
    for anew in (0.0, 0.2):
        for known in (0.05, 0.1, 0.25, 0.5):
            found = tried(known, anew)
            median, high = np.quantile(found.errors, (0.5, 0.95))
            print(f"{known:6.0%}{anew:6.0%}{found.asked:8,}{found.claimed:9,}{found.coarse:9,}"
                  f"{found.missed / found.claimed:8.1%}{median:10.0f}{high:8.0f}")  # fmt: skip


if __name__ == "__main__":
    main()
