"""Chance from one seed, the same on every machine and in every process."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Dice:
    """A stream of chance that belongs to one part of the district.

    Each part throws its own dice (named by ``path``), so that one more throw in one part never
    moves what another part makes. Only ``Generator.random`` is used: its stream is the plain bits
    of PCG64, which numpy keeps from version to version.

    Parameters
    ----------
    seed
        The district's seed.
    *path
        What the dice are for.
    """

    def __init__(self, seed: int, *path: str) -> None:
        self._seed = seed
        self._path = path
        words = [zlib.crc32(name.encode()) for name in path]
        self._bits = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))

    def of(self, name: str) -> Dice:
        """Return the dice of a part of this part."""
        return Dice(self._seed, *self._path, name)

    def between(self, low: float, high: float) -> float:
        """Return a number in ``[low, high)``."""
        return low + (high - low) * float(self._bits.random())

    def below(self, limit: int) -> int:
        """Return a whole number in ``[0, limit)``."""
        return int(self._bits.random() * limit)

    def count(self, low: int, high: int) -> int:
        """Return a whole number in ``[low, high]``."""
        return low + self.below(high - low + 1)

    def happens(self, share: float) -> bool:
        """Return True in the given share of throws."""
        return bool(self._bits.random() < share)

    def normal(self) -> float:
        """Return a standard normal number (Box and Muller)."""
        radius = math.sqrt(-2.0 * math.log(1.0 - float(self._bits.random())))
        return radius * math.cos(2.0 * math.pi * float(self._bits.random()))

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of the choices, all alike."""
        return choices[self.below(len(choices))]

    def weighted(self, choices: Sequence[T], weights: Sequence[float]) -> T:
        """Return one of the choices, by weight."""
        sums = list(accumulate(weights))
        throw = self.between(0.0, sums[-1])
        return next(choice for choice, top in zip(choices, sums, strict=True) if throw < top)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in a chance order."""
        keys = [float(self._bits.random()) for _ in items]
        return [items[i] for i in sorted(range(len(items)), key=keys.__getitem__)]

    def some(self, items: Sequence[T], n: int) -> list[T]:
        """Return ``n`` of the items in a chance order; all of them where there are fewer."""
        return self.shuffled(items)[:n]
