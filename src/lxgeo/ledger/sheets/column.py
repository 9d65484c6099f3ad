"""A sheet's cells column by column: each value once, and which row holds which.

A ledger says the same few words hundreds of thousands of times. What is to be read is read once a
value, and taken to all rows that hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, overload

import numpy as np
import numpy.typing as npt

from lxgeo.ledger.texts.arrow import Texts, chosen, joined, replaced
from lxgeo.ledger.texts.letters import Flags
from lxgeo.ledger.texts.once import told_once
from lxgeo.ledger.texts.plain import Looks, codes_that_fit, settled
from lxgeo.ledger.values.wording import blank

Codes = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp] | npt.NDArray[np.bool_]
Result = TypeVar("Result")

_TABLE = 8
"""A table of so many entries a row is faster than sorting the rows."""


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of one column.

    Parameters
    ----------
    codes
        For every row the index of its value, (rows,).
    values
        Text, numbers, booleans, dates or None; few are told twice.
    facts
        What has been found out about the values: found out once for all cells that share them.
    """

    codes: Codes
    values: Sequence[object]
    facts: dict[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, cells: Iterable[object]) -> Cells:
        """Return cells with equal ones told once; 1, 1.0 and true are not equal here."""
        index: dict[tuple[type, object], int] = {}
        codes = [index.setdefault((type(cell), cell), len(index)) for cell in cells]
        return cls(np.array(codes, dtype=np.int64), [cell for _, cell in index])

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> object:
        return self.values[self.codes[row]]

    def __iter__(self) -> Iterator[object]:
        if isinstance(self.values, Texts):
            return iter(self.values.taken(self.codes))
        return map(self.values.__getitem__, self.codes.tolist())

    def take(self, rows: Places | slice) -> Cells:
        """Return the cells of some rows, in their order; a slice of them costs nothing."""
        return Cells(self.codes[rows], self.values, self.facts)

    def told(self) -> Sequence[object]:
        """Return the value of every row."""
        return self.values.taken(self.codes) if isinstance(self.values, Texts) else list(self)

    def _fact(self, name: str, found: Callable[[], Any]) -> Any:
        if name not in self.facts:
            self.facts[name] = found()
        return self.facts[name]

    @property
    def looks(self) -> Looks:
        """What every value looks like."""
        looks: Looks = self._fact("looks", lambda: Looks.of(self.values))
        return looks

    @property
    def fits(self) -> Flags:
        """For every value whether it is a credit code, nothing to mend."""
        return self._codes_that_fit[0]

    @property
    def _codes_that_fit(self) -> tuple[Flags, Flags]:
        told: tuple[Flags, Flags] = self._fact(
            "fits", lambda: codes_that_fit(self.values, self.looks)
        )
        return told

    @property
    def settled(self) -> Flags:
        """For every value whether it says nothing but itself (`plain.settled`)."""
        told: Flags = self._fact(
            "settled", lambda: settled(self.values, self.looks, self._codes_that_fit[1])
        )
        return told

    @property
    def known(self) -> Flags:
        """For every row whether its value is not None."""
        told = self.looks.lengths > 0
        if not isinstance(self.values, Texts):
            for i in np.flatnonzero(~told).tolist():
                told[i] = self.values[i] is not None
        return told[self.codes]

    @property
    def run(self) -> slice | None:
        """The values that rows hold, where each row holds the next one; None where not."""
        if not len(self.codes):
            return slice(0, 0)
        first = int(self.codes[0])
        in_order = self.codes == np.arange(first, first + len(self.codes))
        return slice(first, first + len(self.codes)) if in_order.all() else None

    def holds_anything(self) -> bool:
        """Whether any cell holds anything."""
        return any(not blank(value) for value in self.values)

    def read(self, reader: Callable[[object], Result]) -> list[Result]:
        """Return what a reader makes of every value."""
        return [reader(value) for value in self.values]

    def where(self, holds: Callable[[object], object]) -> Flags:
        """Return for every row whether something holds of its value."""
        told = np.fromiter((bool(holds(value)) for value in self.values), bool, len(self.values))
        return told[self.codes]

    def odd(self, holds: Callable[[object], object]) -> Flags:
        """Return for every row whether something holds that holds of no settled value."""
        told = np.zeros(len(self.values), dtype=bool)
        odd = np.flatnonzero(~self.settled)
        told[odd] = [bool(holds(value)) for value in chosen(self.values, odd)]
        return told[self.codes]

    def counts(self) -> Codes:
        """Return how many rows hold each value."""
        return np.bincount(self.codes, minlength=len(self.values))

    def replaced(self, rows: Sequence[int], cells: Sequence[object]) -> Cells:
        """Return the cells with those of some rows replaced."""
        if not rows:
            return self
        new = Cells.of(cells)
        codes = self.codes.copy()
        codes[np.asarray(rows)] = new.codes + len(self.values)
        return Cells(codes, joined(self.values, new.values))

    def without_blanks(self) -> Cells:
        """Return the cells with None for those that hold nothing but white space."""
        odd = np.flatnonzero(~self.settled)
        said = chosen(self.values, odd)
        blanks = odd[[value is not None and blank(value) for value in said]]
        if not len(blanks):
            return self
        return Cells(self.codes, replaced(self.values, blanks, [None] * len(blanks)))

    def mended(self, places: npt.NDArray[np.intp], new: Sequence[object]) -> Cells:
        """Return the cells with some values, by their places, replaced wherever they stand."""
        if not len(places):
            return self
        looks = self.looks.replaced(places, new)
        return Cells(self.codes, replaced(self.values, places, new), {"looks": looks})


def combined(columns: Sequence[Cells]) -> tuple[Codes, Codes]:
    """Return which rows hold the same in all of some columns.

    Returns
    -------
    codes
        For every row the index of its combination, (rows,).
    first
        For every combination the first row that holds it.
    """
    codes, first = _numbered(columns[0].codes, len(columns[0].values))
    for column in columns[1:]:
        keys = codes * len(column.values) + column.codes
        codes, first = _numbered(keys, len(first) * len(column.values))
    return codes, first


def _numbered(keys: Codes, size: int) -> tuple[Codes, Codes]:
    """Return keys below ``size`` as numbers without a gap, and the first row of each."""
    rows = np.arange(len(keys))
    if size > _TABLE * len(keys):
        _, first, codes = np.unique(keys, return_index=True, return_inverse=True)
        return codes.astype(np.int64), first.astype(np.int64)
    first = np.full(size, -1, dtype=np.int64)
    first[keys[::-1]] = rows[::-1]
    known = first >= 0
    return (np.cumsum(known) - 1)[keys], first[known]


def together(columns: Iterable[Cells], missing: str | None) -> Cells:
    """Return texts of several columns as one in which equal ones are told once.

    Parameters
    ----------
    columns
        Texts, and what is missing.
    missing
        What stands where nothing does: its code is 0, whether it stands anywhere or not.
    """
    parts = list(columns)
    values = joined([missing], *(cells.values for cells in parts), nothing=missing)
    numbers, first = told_once(values)
    begins = np.cumsum([1, *(len(cells.values) for cells in parts)]).tolist()
    codes = [numbers[begin:][cells.codes] for begin, cells in zip(begins, parts, strict=False)]
    if len(first) < len(values):
        values = values.taken(first) if isinstance(values, Texts) else chosen(values, first)
    return Cells(codes[0] if len(codes) == 1 else np.concatenate(codes), values)


class Rows(Sequence[tuple[object, ...]]):
    """Columns looked at row by row: a row is put together when somebody asks for it."""

    def __init__(self, columns: Sequence[Cells]) -> None:
        self.columns = tuple(columns)

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    @overload
    def __getitem__(self, row: int) -> tuple[object, ...]: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[tuple[object, ...], ...]: ...
    def __getitem__(self, row: int | slice) -> Any:
        if isinstance(row, slice):
            rows = np.arange(len(self))[row]
            return tuple(zip(*(column.take(rows) for column in self.columns), strict=True))
        return tuple(column[row] for column in self.columns)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        return zip(*self.columns, strict=True)

    def __eq__(self, other: object) -> bool:
        """Whether the rows hold the same; blanks at a row's end make no difference."""
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(
            _without_end(one) == _without_end(two) for one, two in zip(self, other, strict=True)
        )

    def __hash__(self) -> int:
        return hash(tuple(map(_without_end, self)))

    def __repr__(self) -> str:
        return repr(tuple(self))


def _without_end(row: Sequence[object]) -> tuple[object, ...]:
    """Return a row without the blanks at its end."""
    last = max((i for i, cell in enumerate(row, start=1) if cell is not None), default=0)
    return tuple(row[:last])


def columns_of(rows: Sequence[Sequence[object]]) -> tuple[Cells, ...]:
    """Return rows column by column; a row that is too short has None in the rest."""
    if isinstance(rows, Rows):
        return rows.columns
    width = max(map(len, rows), default=0)
    return tuple(Cells.of(row[i] if i < len(row) else None for row in rows) for i in range(width))
