"""Which rows below a header may be no units, or lean on the row above: few of very many.

Only these are looked at one by one (`lxgeo.ledger.rows`); a row too many costs time, a row too few
would be a mistake. Every test here is a wider one than that which decides.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lxgeo.ledger import above, dropping
from lxgeo.ledger.body import Below
from lxgeo.ledger.column import Cells
from lxgeo.ledger.headers import Header, squeeze_header
from lxgeo.ledger.plain import Flags, containing
from lxgeo.ledger.wording import ditto

_NUMBERED_ROWS = 2
"""Rows below a header that may number the columns."""

_MANY = 2_000
"""A column of more values is not compared with its header in full."""


def suspects(body: Below, header: Header) -> Flags:
    """Return for every row whether it has to be looked at, (rows,)."""
    filled = np.sum(body.filled, axis=0, dtype=np.int64, initial=0) * np.ones(body.height, int)
    told = filled <= 1
    told[:_NUMBERED_ROWS] = True
    told |= filled == _filled_in(body, header.serial)
    told |= filled == _filled_in(body, _split_columns(header))
    told |= _all_the_same(body)
    told |= _repeat_header(body, header, filled)
    told |= _totals_and_footers(body, header)
    for name in above.DITTO_FIELDS & body.fields.keys():
        told |= body.fields[name].odd(ditto)
    return told & (filled > 0)


def _filled_in(body: Below, columns: Iterable[int]) -> np.ndarray:
    """Return how many of some columns are filled in every row."""
    counted = np.zeros(body.height, dtype=np.int64)
    for column in columns:
        counted += body.filled[column - 1]
    return counted


def _split_columns(header: Header) -> set[int]:
    return {header.fields[name] for name in above.SPLIT_FIELDS & header.fields.keys()}


def _all_the_same(body: Below) -> Flags:
    """Return rows whose first two filled cells are the same."""
    first, second = (np.full(body.height, None, dtype=object) for _ in range(2))
    seen = np.zeros(body.height, dtype=np.int64)
    for cells, filled in zip(body.columns, body.filled, strict=True):
        values = np.empty(len(cells.values), dtype=object)
        values[:] = list(cells.values)
        for at, place in ((0, first), (1, second)):
            rows = np.flatnonzero(filled & (seen == at))
            place[rows] = values[cells.codes[rows]]
        seen += filled
        if seen.min(initial=2) > 1:
            break
    return np.asarray(first == second, dtype=bool)


def _repeat_header(body: Below, header: Header, filled: np.ndarray) -> Flags:
    """Return rows of which half the filled cells may say what the header says above them."""
    same = np.zeros(body.height, dtype=np.int64)
    for column, (cells, holds) in enumerate(zip(body.columns, body.filled, strict=True), start=1):
        spellings = header.spellings.get(column)
        if spellings:
            same += holds & _says(cells, spellings, header.head(column).levels)
    return same * 2 >= filled


def _says(cells: Cells, spellings: frozenset[str], written: tuple[str, ...]) -> Flags:
    """Return cells that may say what a column's header says."""
    if len(cells.values) <= _MANY:
        return cells.where(lambda cell: isinstance(cell, str) and squeeze_header(cell) in spellings)
    ends = {text[-1] for text in (*spellings, *written) if text}
    if any(end.isascii() for end in ends):
        return cells.where(lambda cell: isinstance(cell, str))
    return containing(cells.values, ends)[cells.codes]


def _totals_and_footers(body: Below, header: Header) -> Flags:
    """Return rows that begin as totals and footers do; one with a credit code is neither."""
    code = body.fields.get("credit_code")
    known = np.zeros(body.height, dtype=bool) if code is None else code.where(_holds_code)
    told = np.zeros(body.height, dtype=bool)
    seen = np.zeros(body.height, dtype=bool)
    leads = {*header.serial, header.fields.get("name", 0)}
    for column, (cells, filled) in enumerate(zip(body.columns, body.filled, strict=True), start=1):
        asked = filled & ~known & (~seen | (column in leads))
        seen |= filled
        if asked.any():
            told |= asked & _may_end(cells, asked)
        if seen.all() and column >= max(leads):
            break
    return told


def _holds_code(cell: object) -> bool:
    return isinstance(cell, str) and cell[:1].isalnum() and cell[:1].isascii()


def _may_end(cells: Cells, asked: Flags) -> Flags:
    values = np.zeros(len(cells.values), dtype=bool)
    for code in np.unique(cells.codes[asked]).tolist():
        cell = cells.values[code]
        values[code] = isinstance(cell, str) and (
            dropping.total_word({}, [cell]) is not None
            or dropping.footer({}, cell, alone=True, after_footer=True)
        )
    return values[cells.codes]
