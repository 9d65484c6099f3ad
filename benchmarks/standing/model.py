"""The cost model: seconds and memory as sums over units, regions and partitions.

Of a city planned at once: ``seconds = start + unit · units + region · regions`` for each stage, and
``peak = floor + unit · units``. Of a province planned county by county: ``seconds = start +
partition · counties + unit · units``, and the peak of its largest county.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import nnls

STAGES = ("read", "locate", "triage", "propose", "judge", "publish", "rest")
Sizes = Mapping[str, Any]
"""``units``, ``regions``, stage → ``seconds``, and ``peak_mb`` of one measured city."""


@dataclass(frozen=True)
class Line:
    """What grows with what.

    Parameters
    ----------
    start
        What it takes at least.
    unit, region
        What a unit and a region (a township) add.
    """

    start: float
    unit: float
    region: float = 0.0

    def at(self, units: float, regions: float = 0.0) -> float:
        """Return the sum."""
        return self.start + self.unit * units + self.region * regions


def fitted(sizes: Sequence[Sizes]) -> dict[str, Line]:
    """Return a line for each stage, none of its parts below zero; each size counts by its share.

    Parameters
    ----------
    sizes
        What was measured, the size that is held back not among it.
    """
    return {stage: _line(sizes, [each["seconds"][stage] for each in sizes]) for stage in STAGES}


def peak(sizes: Sequence[Sizes]) -> Line:
    """Return how peak memory grows, MB."""
    line = _line(sizes, [each["peak_mb"] for each in sizes], regions=False)
    return Line(line.start, line.unit)


def _line(sizes: Sequence[Sizes], found: Sequence[float], *, regions: bool = True) -> Line:
    target = np.array(found, dtype=np.float64)
    columns = [
        np.ones(len(sizes)),
        np.array([each["units"] for each in sizes], dtype=np.float64),
        np.array([each["regions"] if regions else 0 for each in sizes], dtype=np.float64),
    ]
    # Errors count as shares of what was measured: the largest size must not decide alone.
    weights = 1 / np.maximum(target, 1e-3)
    matrix = np.column_stack(columns) * weights[:, None]
    answer, _ = nnls(matrix, target * weights)
    return Line(*(float(each) for each in answer))


def provincial(found: Sequence[Mapping[str, Any]]) -> Line:
    """Return what a county and a unit take of a province planned county by county, seconds.

    Parameters
    ----------
    found
        ``counties``, ``units`` and ``processor_s`` of each measured province.
    """
    seconds = np.array([each["processor_s"] for each in found])
    matrix = np.array([[1, each["units"], each["counties"]] for each in found], dtype=np.float64)
    weights = 1 / seconds
    answer, _ = nnls(matrix * weights[:, None], seconds * weights)
    return Line(*(float(each) for each in answer))


def error(predicted: float, measured: float) -> float:
    """Return how far a prediction is off, as a share of what was measured."""
    return predicted / measured - 1
