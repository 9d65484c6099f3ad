"""A run's columns are taken whole where they are sound, else value by value: both say the same."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from lxgeo.errors import RunError
from lxgeo.judge.verify import Breach
from lxgeo.read.run_tables import _shapes, in_kinds, read_tables
from lxgeo.tables import Column, Table

TABLE = Table(
    "units",
    (
        Column("unit_id", "单位编号"),
        Column("staff", "从业人员", kind="integer"),
        Column("lon", "经度", kind="number"),
        Column("is_host", "是否牵头", kind="flag"),
    ),
)


def read(**columns: list[Any]) -> tuple[pd.DataFrame, list[tuple[str, str, str]]]:
    """Return a table in its kinds, and what of it was told: row, column, as written."""
    faults: list[Breach] = []
    many = len(next(iter(columns.values())))
    whole = {each.name: [None] * many for each in TABLE.columns} | columns
    found = in_kinds(pd.DataFrame(whole, dtype=object), TABLE, "units.csv", faults)
    told = [(each.where, dict(each.figures)) for each in faults]
    return found, [(where, str(at["column"]), str(at["written"])) for where, at in told]


@pytest.mark.parametrize(
    ("column", "values", "found"),
    [
        ("unit_id", ["007", None, "=1"], ["007", None, "=1"]),
        ("staff", ["12", None, "3.0"], [12, None, 3]),
        ("staff", [12, None, 3.0], [12, None, 3]),
        ("lon", ["114.1234567", None, "-0"], [114.1234567, None, 0.0]),
        ("lon", [114, None, 0.5], [114.0, None, 0.5]),
        ("is_host", ["true", None, "False"], [True, None, False]),
        ("is_host", [True, None, False], [True, None, False]),
    ],
)
def test_a_sound_column_is_in_its_kind(column: str, values: list[Any], found: list[Any]) -> None:
    """Text as CSV has it, values as JSON has them; unknown stays unknown, nothing is told."""
    table, told = read(**{column: values})

    assert [None if pd.isna(each) else each for each in table[column]] == found
    assert told == []
    TABLE.check(table)


@pytest.mark.parametrize(
    ("column", "values", "written"),
    [
        ("staff", ["12", "许多", "3"], "许多"),
        ("staff", ["12", "2.5", "3"], "2.5"),
        ("staff", [12, True, 3], "True"),
        ("lon", ["1", "nan", "3"], "nan"),
        ("lon", ["1", "inf", "3"], "inf"),
        ("lon", [1, [2], 3], "[2]"),
        ("is_host", ["true", "perhaps", "false"], "perhaps"),
        ("is_host", [True, 1, False], "1"),
    ],
)
def test_one_value_that_does_not_fit_is_told_alone(
    column: str, values: list[Any], written: str
) -> None:
    """The second of three: it is unknown, its neighbours are what they are."""
    table, told = read(**{column: values})

    assert told == [("#2", column, written)]
    assert list(table[column].isna()) == [False, True, False]
    TABLE.check(table)


def test_integers_beyond_what_a_number_holds_are_read_as_before() -> None:
    """2**53 + 1 has no double of its own: the nearest is taken, one value or many."""
    table, told = read(staff=["9007199254740993", "1"])

    assert (table["staff"].tolist(), told) == ([9007199254740992, 1], [])


POINT = {"type": "Point", "coordinates": [114.5, 22]}
LINE = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
LONGER = {"type": "LineString", "coordinates": [[0, 0], [1, 1], [2, 0]]}
HEIGHT = {"type": "Point", "coordinates": [1.0, 2.0, 3.0]}


@pytest.mark.parametrize(
    "geometries",
    [
        [],
        [None, None],
        [POINT, POINT],
        [POINT, None, POINT],
        [LINE, LINE],
        [LINE, LONGER],
        [HEIGHT, HEIGHT],
        [POINT, LINE, None],
    ],
)
def test_shapes_made_together_are_those_made_one_by_one(geometries: list[Any]) -> None:
    """Plain points and lines of one length go at once, all others singly."""
    alone = [None if each is None else shapely.geometry.shape(each) for each in geometries]
    together = list(_shapes(geometries))

    assert len(together) == len(alone)
    assert shapely.to_wkb(np.array(together, object)).tolist() == (
        shapely.to_wkb(np.array(alone, object)).tolist()
    )


def test_what_cleans_up_goes_on_after_reading(tmp_path: Path) -> None:
    """Python looks for cycles again, also after a file that can't be read."""
    with pytest.raises(RunError):
        read_tables(tmp_path)

    assert gc.isenabled()
