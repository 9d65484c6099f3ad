"""Names on a chart: none upon another, none upon a point, all inside."""

from __future__ import annotations

import numpy as np
import pytest

from lxgeo.publish.comparison.labels import placed

FRAME = (0.0, 0.0, 900.0, 600.0)


def boxes(middles: np.ndarray, sizes: np.ndarray) -> list[tuple[float, ...]]:
    """Return west, south, east and north of each label."""
    return [(*(m - s / 2), *(m + s / 2)) for m, s in zip(middles, sizes, strict=True)]


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Return whether two boxes share more than an edge."""
    return bool(
        min(one[2], other[2]) - max(one[0], other[0]) > 1e-9
        and min(one[3], other[3]) - max(one[1], other[1]) > 1e-9
    )


@pytest.mark.parametrize("seed", range(5))
def test_twelve_names_in_a_crowd(seed: int) -> None:
    """Twelve points within 60 pixels of each other, each name 70 wide: nothing is covered."""
    random = np.random.default_rng(seed)
    points = np.array([450.0, 300.0]) + random.uniform(-30, 30, (12, 2))
    sizes = np.tile([70.0, 16.0], (12, 1))
    found = boxes(placed(points, sizes, FRAME, 9.0), sizes)

    assert not any(meet(one, other) for k, one in enumerate(found) for other in found[:k])
    assert not any(box[0] < x < box[2] and box[1] < y < box[3] for box in found for x, y in points)
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= 900 and box[3] <= 600 for box in found)


def test_a_point_alone_keeps_its_name_beside_it() -> None:
    """One point has its name close at its right, never on a line that leads there."""
    points, sizes = np.array([[450.0, 300.0]]), np.array([[70.0, 16.0]])
    line = np.column_stack([np.linspace(450, 900, 100), np.linspace(300, 320, 100)])
    (plain,) = placed(points, sizes, FRAME, 9.0)
    (away,) = placed(points, sizes, FRAME, 9.0, line)

    assert 3 < plain[0] - 35 - 450 < 9
    assert not any(
        away[0] - 35 < x < away[0] + 35 and away[1] - 8 < y < away[1] + 8 for x, y in line
    )
