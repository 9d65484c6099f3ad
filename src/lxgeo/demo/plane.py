"""The district's plane: metres east and north of its middle, and the lie of the land.

The land is empty desert near 104.0° E, 38.6° N, so that no map of ours can be taken for a real
county, and inside China, so that the GCJ-02 shift applies.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from shapely import Geometry, transform

from lxgeo.demo.dice import Dice

XY = tuple[float, float]

MIDDLE = (104.0, 38.6)
"""Longitude and latitude of the district's middle, WGS 84."""
DIGITS = 7
"""Decimals of every coordinate that is written: about a centimetre."""

_A, _F = 6378137.0, 1 / 298.257223563
_E2 = _F * (2 - _F)
_SIN = math.sin(math.radians(MIDDLE[1]))
_W = math.sqrt(1 - _E2 * _SIN**2)
_M_PER_LON = math.radians(1) * _A / _W * math.cos(math.radians(MIDDLE[1]))
_M_PER_LAT = math.radians(1) * _A * (1 - _E2) / _W**3


def lonlat(x: float, y: float) -> XY:
    """Return longitude and latitude (WGS 84, 7 decimals) of a place in the plane.

    Parameters
    ----------
    x, y
        Metres east and north of the middle. Over the district's 30 km the plane is true to
        0.2 %, which is nothing to a fictional place.
    """
    return (
        round(MIDDLE[0] + x / _M_PER_LON, DIGITS),
        round(MIDDLE[1] + y / _M_PER_LAT, DIGITS),
    )


def plane(lon: float, lat: float) -> XY:
    """Return the place in the plane, metres, of a longitude and latitude."""
    return (lon - MIDDLE[0]) * _M_PER_LON, (lat - MIDDLE[1]) * _M_PER_LAT


def on_earth(shape: Geometry) -> Geometry:
    """Return a shape of the plane in longitude and latitude, 7 decimals.

    Equal corners stay equal: shapes that shared a border in the plane share it here.
    """

    def turned(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array([lonlat(float(x), float(y)) for x, y in xy])

    return transform(shape, turned)


class Land:
    """How the land lies: a smooth shift that bends every straight line laid on it.

    A sum of waves from 21 km down to 350 m. Where the waves do not add up to a fold, whatever
    tiles the plane without gap or overlap still does so once it is bent.

    Parameters
    ----------
    dice
        Where the waves run.
    """

    _WAVES = (
        (21_000.0, 1_500.0),
        (9_000.0, 650.0),
        (4_000.0, 300.0),
        (1_500.0, 95.0),
        (650.0, 30.0),
        (350.0, 11.0),
    )
    _PER_LENGTH = 5

    def __init__(self, dice: Dice) -> None:
        self._waves = [
            (length * dice.between(0.75, 1.3), height, *self._angles(dice))
            for length, height in self._WAVES
            for _ in range(self._PER_LENGTH)
        ]

    @staticmethod
    def _angles(dice: Dice) -> tuple[float, float, float]:
        turn = 2 * math.pi
        return dice.between(0, turn), dice.between(0, turn), dice.between(0, turn)

    def bent(self, x: float, y: float, *, calm_m: float = 3_200.0) -> XY:
        """Return where a place comes to lie once the land is bent.

        Parameters
        ----------
        x, y
            The place, metres.
        calm_m
            Within this distance of the middle, where the city stands, the land is calmer.
        """
        share = 1 - 0.7 * math.exp(-((x * x + y * y) / calm_m**2))
        east = north = 0.0
        for length, height, heading, push, phase in self._waves:
            along = x * math.cos(heading) + y * math.sin(heading)
            swing = height * share * math.sin(2 * math.pi * along / length + phase)
            east += swing * math.cos(push) / math.sqrt(self._PER_LENGTH)
            north += swing * math.sin(push) / math.sqrt(self._PER_LENGTH)
        return x + east, y + north
