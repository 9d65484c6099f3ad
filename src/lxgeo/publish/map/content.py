"""Units and branches as the page's columns.

Two parts travel in one block: ``core``, what is needed to draw and filter, and ``text``, what is
needed to read and search, so that the map stands before the last name is decoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo.model import Precision
from lxgeo.publish.map.coverage import coverage_notes
from lxgeo.publish.map.layers import MapLayers
from lxgeo.publish.map.pack import PackedColumn, coded, counts, known, pack, steps, texts
from lxgeo.publish.map.shapes import PER_DEGREE, basemap
from lxgeo.publish.palette import LOOKS
from lxgeo.tables import BranchStatus

OUTCOMES = tuple(str(each) for each in LOOKS)
PRECISIONS = tuple(str(each) for each in Precision)
STATUSES = tuple(str(each) for each in BranchStatus)

_MORTON_BITS = 16
_UNIT_WORDS = ("name", "credit_code", "row", "address")
_UNIT_TERMS = (
    *("kind", "industry_code", "park", "building", "line", "approver", "level", "mode"),
    *("proposed_outcome", "operating_status", "reason", "finding"),
)
_UNIT_FIGURES = ("staff", "probationary_members", "affiliated_members", "distance_m")
_BRANCH_FIGURES = (
    *("units", "full_members", "total_members", "span_m", "max_distance_m"),
    *("cost_m", "runner_up_cost_m"),
)


def core_part(layers: MapLayers, frame: Mapping[str, object]) -> str:
    """Return what is needed to draw and filter, packed.

    Parameters
    ----------
    layers
        What to show.
    frame
        Title, language and words of the page.
    """
    units = layers.units.iloc[drawing_order(layers.units)]
    township_ids, township_names = townships(layers)
    columns = (
        *_unit_core(units, township_ids, layers.branches),
        texts("township.id", township_ids),
        texts("township.name", township_names),
        *_branch_core(layers.branches),
        *basemap(layers.areas),
    )
    return pack(
        columns,
        {
            **frame,
            "perDegree": PER_DEGREE,
            "units": len(units),
            "drawn": int(drawn(units).sum()),
            "outcomes": OUTCOMES,
            "looks": {str(outcome): look for outcome, look in LOOKS.items()},
            "precisions": PRECISIONS,
            "statuses": STATUSES,
        },
    )


def text_part(layers: MapLayers, labels: Mapping[str, str]) -> str:
    """Return what is needed to read and search, packed; rows as in the core part.

    Parameters
    ----------
    layers
        What to show.
    labels
        Words for rates and their denominators.
    """
    order = drawing_order(layers.units)
    units, branches = layers.units.iloc[order], layers.branches
    columns: list[PackedColumn] = [steps("unit.place", order)]
    columns += [texts(f"unit.{name}", units[name]) for name in _UNIT_WORDS]
    columns += [known(f"unit.{name}", units[name]) for name in _UNIT_FIGURES]
    for name in _UNIT_TERMS:
        columns += coded(f"unit.{name}", units[name])
    columns += [texts(f"branch.{name}", branches[name]) for name in ("branch_id", "name", "reason")]
    columns += [known(f"branch.{name}", branches[name]) for name in _BRANCH_FIGURES]
    for name in ("approver", "mode"):
        columns += coded(f"branch.{name}", branches[name])
    return pack(columns, {"coverage": coverage_notes(layers.evaluation, labels)})


def drawn(units: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which units have a place on the map: a township's centre is never an address."""
    exact = units["precision"].map(lambda value: Precision(value).joinable).to_numpy(dtype=bool)
    placed = (units["lon"].notna() & units["lat"].notna()).to_numpy(dtype=bool)
    return exact & placed


def drawing_order(units: gpd.GeoDataFrame) -> NDArray[np.intp]:
    """Return row positions: drawn units along a Morton curve, then the others as they stand.

    Units at one point follow one another, and any 256 in a row lie close together: the page
    skips what is out of view without an index.
    """
    placed = drawn(units)
    at = np.flatnonzero(placed)
    x, y = _whole_degrees(units.iloc[at])
    # Morton first, then the exact point: units at one point stay together.
    first = np.lexsort((at, y, x, _morton(_grid(x), _grid(y))))
    return np.concatenate([at[first], np.flatnonzero(~placed)])


def townships(layers: MapLayers) -> tuple[list[str], list[str]]:
    """Return ids and names of all townships: those of the areas, then those only units name."""
    areas = layers.areas.townships
    named = dict(zip(areas["id"], areas["name"], strict=True))
    seen = layers.units[["township_id", "township"]].dropna(subset=["township_id"])
    for key, name in seen.drop_duplicates("township_id").itertuples(index=False):
        named.setdefault(key, key if pd.isna(name) else name)
    return [str(key) for key in named], [str(name) for name in named.values()]


def _unit_core(
    units: gpd.GeoDataFrame, township_ids: list[str], branches: gpd.GeoDataFrame
) -> Iterator[PackedColumn]:
    x, y = _whole_degrees(units[drawn(units)])
    yield steps("unit.x", x)
    yield steps("unit.y", y)
    yield counts("unit.outcome", _place(units["outcome"], OUTCOMES))
    yield counts("unit.precision", _place(units["precision"], PRECISIONS))
    yield counts("unit.township", _place(units["township_id"], township_ids) + 1)
    yield counts("unit.branch", _place(units["branch_id"], branches["branch_id"]) + 1)
    yield counts("unit.host", units["is_host"].fillna(False).to_numpy(dtype=np.int64))
    yield known("unit.full_members", units["full_members"])


def _branch_core(branches: gpd.GeoDataFrame) -> Iterator[PackedColumn]:
    placed = (branches.geometry.notna() & ~branches.geometry.is_empty).to_numpy(dtype=bool)
    points = branches.geometry[placed]
    x, y = np.zeros(len(branches), dtype=np.int64), np.zeros(len(branches), dtype=np.int64)
    x[placed] = np.rint(points.x.to_numpy() * PER_DEGREE).astype(np.int64)
    y[placed] = np.rint(points.y.to_numpy() * PER_DEGREE).astype(np.int64)
    yield counts("branch.placed", placed.astype(np.int64))
    yield steps("branch.x", x)
    yield steps("branch.y", y)
    yield counts("branch.outcome", _place(branches["outcome"], OUTCOMES))
    yield counts("branch.status", _place(branches["status"], STATUSES))


def _place(values: pd.Series, known_values: Iterable[str]) -> NDArray[np.int64]:
    """Return each value's place among the known ones, −1 where missing or unknown."""
    at = {value: i for i, value in enumerate(known_values)}
    return np.array([at.get(value, -1) for value in values], dtype=np.int64)


def _whole_degrees(units: gpd.GeoDataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    x, y = (np.rint(units[name].to_numpy(dtype=float) * PER_DEGREE) for name in ("lon", "lat"))
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
