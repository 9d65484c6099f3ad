"""Where the names of points stand on a chart: none upon another, none upon a point.

Each name in turn takes the nearest free place of a ring of places around its point; a name that
stands apart from its point gets a line to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

_RINGS = (1.0, 1.8, 3.0, 4.5, 6.5, 9.0, 12.0, 16.0)
"""Distances from a point, in gaps."""
_TURNS = np.deg2rad(np.array([20, -20, 160, -160, 90, -90, 45, -45, 135, -135, 0, 180]))
_BESIDE = 1.2
"""From so little off the level on, a label stands wholly at its point's side."""
_OUTSIDE = 1e6


def placed(
    points: Reals, sizes: Reals, frame: Sequence[float], gap: float, around: Reals | None = None
) -> Reals:
    """Return the middle of each label.

    Parameters
    ----------
    points : ndarray of float64, shape (labels, 2)
        What they name, pixels.
    sizes : ndarray of float64, shape (labels, 2)
        Width and height of each label, pixels.
    frame
        West, south, east and north of where labels may stand, pixels.
    gap
        How far a label stands from its point at least, pixels; as much is kept around points.
    around : ndarray of float64, shape (more, 2)
        Points along lines that labels keep off where they can.

    Returns
    -------
    ndarray of float64, shape (labels, 2)
        Where there is no free place, the one that covers least.
    """
    middles = np.empty_like(points)
    lines = [] if around is None else [_box(point, 4.0) for point in around]
    taken = [*(_box(point, gap) for point in points), *lines]
    # Who has the most neighbours chooses first: later ones find room farther out.
    crowd = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    order = np.lexsort((np.arange(len(points)), np.sort(crowd, axis=1)[:, 1:4].sum(axis=1)))
    for label in order:
        places = _places(points[label], sizes[label], gap)
        covered = [_covered(_box(place, sizes[label]), taken, frame) for place in places]
        middles[label] = places[int(np.argmin(covered))]
        taken.append(_box(middles[label], sizes[label] + 2))
    return middles


def _places(point: Reals, size: Reals, gap: float) -> Reals:
    """Return places around a point, the nearest first: a label's edge faces its point."""
    rings = np.repeat(_RINGS, len(_TURNS)) * gap
    turns = np.tile(_TURNS, len(_RINGS))
    away = np.column_stack([np.cos(turns), np.sin(turns)])
    beside = np.clip(_BESIDE * away, -1, 1) * size / 2
    return point + away * rings[:, None] + beside


def _box(middle: Reals, size: Reals | float) -> Reals:
    return np.concatenate([middle - size / 2, middle + size / 2])


def _covered(box: Reals, taken: Sequence[Reals], frame: Sequence[float]) -> float:
    """Return how much of what is taken a box covers; standing outside the frame is worse."""
    others = np.array(taken)
    sides = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    outside = (box[:2] < np.array(frame[:2])).any() or (box[2:] > np.array(frame[2:])).any()
    return float(np.maximum(sides, 0).prod(axis=1).sum()) + (_OUTSIDE if outside else 0.0)
