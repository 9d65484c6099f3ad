"""Which units are drawn, and in which order they travel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo.model import Precision
from lxgeo.publish.map.shapes import PER_DEGREE

_MORTON_BITS = 16
_JOINABLE = frozenset(str(each) for each in Precision if each.joinable)


def drawn(units: pd.DataFrame | Ordered) -> NDArray[np.bool_]:
    """Return which units have a place on the map: a township's centre is never an address."""
    exact = units["precision"].isin(_JOINABLE).to_numpy(dtype=bool)
    placed = (units["lon"].notna() & units["lat"].notna()).to_numpy(dtype=bool)
    return exact & placed


def drawing_order(units: pd.DataFrame) -> NDArray[np.intp]:
    """Return row positions: drawn units along a Morton curve, then the others as they stand.

    Units at one point follow one another, and any 256 in a row lie close together: the page
    skips what is out of view without an index.
    """
    placed = drawn(units)
    at = np.flatnonzero(placed)
    x, y = (values[at] for values in whole_degrees(units))
    # Morton first, then the exact point: units at one point stay together.
    first = np.lexsort((at, y, x, _morton(_grid(x), _grid(y))))
    return np.concatenate([at[first], np.flatnonzero(~placed)])


@dataclass(frozen=True, slots=True)
class Ordered:
    """A table's columns in drawing order, each taken when it is asked for: a city's table is large.

    Parameters
    ----------
    table
        The table in ledger order.
    order
        Row positions in drawing order.
    """

    table: pd.DataFrame
    order: NDArray[np.intp]

    def __getitem__(self, name: str) -> pd.Series:
        return self.table[name].iloc[self.order]

    def __len__(self) -> int:
        return len(self.order)


def whole_degrees(units: pd.DataFrame | Ordered) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return longitudes and latitudes as whole millionths of a degree; 0 where unknown."""
    x, y = (
        np.rint(np.nan_to_num(units[name].to_numpy(dtype=float)) * PER_DEGREE)
        for name in ("lon", "lat")
    )
    return x.astype(np.int64), y.astype(np.int64)


def _grid(values: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return values as cells of a square grid over their own range."""
    if not values.size:
        return values.astype(np.uint64)
    low, high = int(values.min()), int(values.max())
    cells = (values - low) * ((1 << _MORTON_BITS) - 1) // max(high - low, 1)
    return cells.astype(np.uint64)


def _morton(x: NDArray[np.uint64], y: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return _spread(x) | (_spread(y) << np.uint64(1))


def _spread(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put a zero bit between every two bits."""
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        values = (values | (values << np.uint64(shift))) & np.uint64(mask)
    return values
