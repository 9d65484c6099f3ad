"""A run's files tell the same of every unit and every branch."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

import pandas as pd

from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.facts import RunTables, is_number, values_of, with_position
from lxgeo.model import Outcome
from lxgeo.tables import BRANCHES, UNITS, Table

_POSITION = frozenset({"lon", "lat", "lon_in", "lat_in"})
_SAME_DEGREES = 1.5e-7
"""Positions are written to 7 decimals."""
_SAME_M = 0.005
"""Metres are written to 2 decimals."""


def agree(tables: RunTables) -> Iterator[Breach]:
    """``units.csv``, the GeoJSON files and the layers of ``plan.gpkg`` agree."""
    units = tables.units
    pairs = zip(values_of(units, "lon"), values_of(units, "lat"), strict=True)
    located = units[[None not in pair for pair in pairs]]
    package = with_position(tables.gpkg_units)
    # The layer may hold all rows, those without a position too.
    whole = units if len(package) > len(located) else located
    yield from _differences("units.geojson", located, with_position(tables.points), UNITS)
    yield from _differences("plan.gpkg", whole, package, UNITS)
    branches, layer = (with_position(each) for each in (tables.branches, tables.gpkg_branches))
    yield from _differences("plan.gpkg", branches, layer, BRANCHES)


def links(tables: RunTables) -> Iterator[Breach]:
    """Each unit that joins a branch has one link, to that branch, of the length told."""
    names = ("unit_id", "outcome", "branch_id", "distance_m", "is_host")
    rows = zip(*(values_of(tables.units, name) for name in names), strict=True)
    units = {row[0]: row for row in rows}
    linked = set()
    told = ("unit_id", "branch_id", "distance_m")
    for unit_id, branch_id, metres in zip(*(values_of(tables.links, n) for n in told), strict=True):
        unit = units.get(unit_id)
        same = unit is not None and unit[2] == branch_id and _same("distance_m", unit[3], metres)
        if not same or unit_id in linked:
            yield Breach.at(
                BreachCode.LINK_WRONG, str(unit_id), branch=branch_id, distance_m=metres
            )
        linked.add(unit_id)
    for unit_id, outcome, branch_id, _, is_host in units.values():
        joins = outcome in {Outcome.JOINT, Outcome.ATTACHED} and not is_host
        if joins and unit_id not in linked:
            yield Breach.at(BreachCode.LINK_WRONG, str(unit_id), branch=branch_id)


def _differences(
    file: str, one: pd.DataFrame, other: pd.DataFrame, table: Table
) -> Iterator[Breach]:
    """Yield what two files tell differently of the same rows; the first column is their key."""
    key = table.names[0]
    columns = sorted({*table.names, "lon", "lat"} - {key})
    ours, theirs = _rows(one, key), _rows(other, key)
    for name in sorted(ours.keys() ^ theirs.keys(), key=str):
        yield Breach.at(
            BreachCode.FILES_DISAGREE, str(name), file=file, column=key, there=name in theirs
        )
    shared = [name for name in ours if name in theirs]
    found: list[tuple[int, str, Any, Any]] = []
    in_step = list(ours) == list(theirs) and len(ours) == len(one) == len(other)
    for column in columns:
        if in_step and _alike(one, other, column):
            continue
        told, as_told = values_of(one, column), values_of(other, column)
        here = [told[ours[name]] for name in shared]
        there = [as_told[theirs[name]] for name in shared]
        # What is equal agrees; only the rest is looked at more closely.
        found += (
            (i, column, x, y)
            for i, (x, y) in enumerate(zip(here, there, strict=True))
            if x != y and not _same(column, x, y)
        )
    for i, column, x, y in sorted(found, key=itemgetter(0, 1)):
        yield Breach.at(
            BreachCode.FILES_DISAGREE, str(shared[i]), file=file, column=column, here=x, there=y
        )


def _alike(one: pd.DataFrame, other: pd.DataFrame, column: str) -> bool:
    """Return whether two tables, row by row, hold the very same in a column."""
    if column not in one or column not in other:
        return False
    return bool(one[column].array.equals(other[column].array))


def _rows(frame: pd.DataFrame, key: str) -> dict[Any, int]:
    """Return the row of each key, the last where one repeats."""
    return {value: row for row, value in enumerate(values_of(frame, key))}


def _same(column: str, here: Any, there: Any) -> bool:
    if here is None or there is None:
        return here is None and there is None
    if is_number(here) and is_number(there):
        close = _SAME_DEGREES if column in _POSITION else _SAME_M
        return abs(here - there) <= close
    return bool(here == there)
