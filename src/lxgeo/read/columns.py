"""Cells as they are read, gathered column by column: each value once, and which row holds which.

Standard library only: the child process (`lxgeo.read.bounded`) loads it by path. What a column
holds goes over to the parent in five parts:

``kinds``
    for every value a byte: `NOTHING`, `TEXT`, `NUMBER` or `OTHER`
``texts``
    the texts, parted by NUL
``numbers``
    the numbers as doubles
``others``
    the rest as a JSON array: dates as arrays of one ISO text
``codes``
    for every row which value it holds, in one, two or four bytes; none where each has its own
"""

from __future__ import annotations

import datetime as dt
import json
from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import count, repeat
from typing import Any

NOTHING, TEXT, NUMBER, OTHER = range(4)
PARTS = 5
"""How many parts a column goes over in."""

BLOCK = 4096
"""How many rows are best given at a time."""

_FEW = 2  # a column of which fewer than one value in so many is new is told value by value
_WIDTHS = {1: "B", 2: "H", 4: "I"}
_SIMPLE: dict[object, int] = {type(None): NOTHING, str: TEXT, float: NUMBER}
_SIMPLE_BUT_TEXTS: dict[object, int] = {type(None): NOTHING, float: NUMBER}
BETWEEN = "\0"


class Columns:
    """The columns of a sheet as it grows; rows that are too short end in blanks."""

    def __init__(self) -> None:
        self.columns: list[Column] = []
        self.rows = 0

    def width_with(self, block: Sequence[Sequence[Any]]) -> int:
        """Return how many columns there are with further rows."""
        return max(len(self.columns), max(map(len, block), default=0))

    def add(self, block: Sequence[Sequence[Any]]) -> None:
        """Take in further rows."""
        width = self.width_with(block)
        while len(self.columns) < width:
            self.columns.append(Column())
            self.columns[-1].add(("",) * self.rows)
        if set(map(len, block)) != {width}:
            block = [(*row, *[""] * (width - len(row))) for row in block]
        for column, cells in zip(self.columns, zip(*block, strict=True), strict=True):
            column.add(cells)
        self.rows += len(block)


class Column:
    """A column as it grows: each value once, or where most are new, all as they come."""

    def __init__(self) -> None:
        self._index: defaultdict[Any, int] = defaultdict(count().__next__)
        self._codes: list[int] = []
        self._all: _Told | None = None

    def add(self, cells: Sequence[Any]) -> None:
        """Take in further cells."""
        if self._all is not None:
            self._all.add(cells)
            return
        if set(map(type, cells)) - _SIMPLE.keys():  # 1, 1.0 and true are the same to an index
            cells = [cell if type(cell) in _SIMPLE else _Typed(cell) for cell in cells]
        self._codes.extend(map(self._index.__getitem__, cells))
        rows = len(self._codes)
        if rows >= BLOCK and len(self._index) * _FEW > rows:
            values = self._values()
            self._all = _Told()
            self._all.add([values[code] for code in self._codes])

    def told(self) -> tuple[bytes, ...]:
        """Return the column as it goes over, once it holds all its cells."""
        if self._all is not None:
            return (*self._all.parts(), b"")
        told = _Told()
        told.add(self._values())
        width = next(width for width in _WIDTHS if len(self._index) <= 256**width)
        return (*told.parts(), array(_WIDTHS[width], self._codes).tobytes())

    def _values(self) -> list[Any]:
        return [value.cell if type(value) is _Typed else value for value in self._index]


class _Told:
    """Values as they go over."""

    def __init__(self) -> None:
        self._kinds: list[bytes] = []
        self._texts: list[str] = []
        self._numbers = array("d")
        self._others: list[Any] = []

    def add(self, values: Sequence[Any]) -> None:
        """Add values."""
        kinds = set(map(type, values))
        texts = values if kinds == {str} else [value for value in values if type(value) is str]
        joined = BETWEEN.join(texts)
        simple = _SIMPLE
        if joined.count(BETWEEN) >= max(1, len(texts)):  # a text that holds what parts texts
            simple = _SIMPLE_BUT_TEXTS
        elif texts:
            self._texts.append(joined)
        self._kinds.append(bytes(map(simple.get, map(type, values), repeat(OTHER))))
        if float in kinds:
            self._numbers.extend([value for value in values if type(value) is float])
        if kinds - simple.keys():
            self._others += [_plain(value) for value in values if type(value) not in simple]

    def parts(self) -> tuple[bytes, bytes, bytes, bytes]:
        """Return what goes over."""
        return (
            b"".join(self._kinds),
            # A lone half of a surrogate pair is no text: it is written as a question mark.
            BETWEEN.join(self._texts).encode(errors="replace"),
            self._numbers.tobytes(),
            json.dumps(self._others).encode() if self._others else b"",
        )


class _Typed:
    """A cell that is equal only to cells of its own type."""

    __slots__ = ("cell",)

    def __init__(self, cell: Any) -> None:
        self.cell = cell

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Typed):
            return NotImplemented
        return type(self.cell) is type(other.cell) and self.cell == other.cell

    def __hash__(self) -> int:
        return hash((type(self.cell), self.cell))


def _plain(cell: Any) -> Any:
    """Return a cell as JSON can hold it."""
    if isinstance(cell, str):
        return cell.encode(errors="replace").decode()
    if isinstance(cell, dt.date):
        return [cell.isoformat()]
    return cell if isinstance(cell, bool | int) else str(cell)
