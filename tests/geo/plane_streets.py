"""Streets and places drawn in metres, handed over in degrees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

XY = tuple[float, float]

_TO_DEGREES = Transformer.from_crs("EPSG:4544", "EPSG:4326", always_xy=True)
_EAST, _NORTH = 500_000.0, 4_270_000.0
"""On the central meridian of the zone, where its metres are true."""


def degrees(places: Sequence[XY]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return lon and lat (7 decimals, a centimetre) of places in metres east and north."""
    x, y = np.array(places, dtype=float).reshape(-1, 2).T
    lon, lat = _TO_DEGREES.transform(x + _EAST, y + _NORTH)
    return np.round(lon, 7), np.round(lat, 7)


def lines(*paths: Sequence[XY]) -> NDArray[np.object_]:
    """Return lines along corners in metres."""
    return np.array([shapely.LineString(np.column_stack(degrees(path))) for path in paths])
