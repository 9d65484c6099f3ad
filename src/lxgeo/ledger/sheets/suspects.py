"""Which rows below a header may be no units, or lean on the row above: few of very many.

Only these are looked at one by one (`lxgeo.ledger.sheets.rows`); a row too many costs time, a row
too few would be a mistake. Every test here is a wider one than that which decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from lxgeo.ledger.sheets import above, dropping
from lxgeo.ledger.sheets.body import Below
from lxgeo.ledger.sheets.column import Cells
from lxgeo.ledger.sheets.headers import Header, squeeze_header
from lxgeo.ledger.texts.arrow import Texts, chosen
from lxgeo.ledger.texts.letters import Flags
from lxgeo.ledger.texts.plain import DIGIT, LOWER, OTHER, SOLID, UPPER, Looks
from lxgeo.ledger.values.wording import ditto

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
    columns = np.full((2, body.height), -1)
    lengths = np.zeros((2, body.height), dtype=np.int64)
    seen = np.zeros(body.height, dtype=np.int64)
    for column, (cells, filled) in enumerate(zip(body.columns, body.filled, strict=True)):
        for at in range(2):
            rows = filled & (seen == at)
            columns[at, rows] = column
            lengths[at, rows] = cells.looks.lengths[cells.codes[rows]]
        seen += filled
        if seen.min(initial=2) > 1:
            break
    told = (columns[1] >= 0) & (lengths[0] == lengths[1])
    for row in np.flatnonzero(told).tolist():
        one, other = (body.columns[column][row] for column in columns[:, row].tolist())
        told[row] = one == other
    return told


def _repeat_header(body: Below, header: Header, filled: np.ndarray) -> Flags:
    """Return rows of which half the filled cells may say what the header says above them."""
    same = np.zeros(body.height, dtype=np.int64)
    for column, (cells, holds) in enumerate(zip(body.columns, body.filled, strict=True), start=1):
        spellings = header.spellings.get(column)
        if spellings:
            same += holds & _says(cells, spellings, header.head(column).levels)
    return same * 2 >= filled


def _says(cells: Cells, spellings: frozenset[str], written: tuple[str, ...]) -> Flags:
    """Return cells that say what a column's header says."""
    told = np.zeros(len(cells.values), dtype=bool)
    for i, value in _may_say(cells, spellings, written):
        told[i] = squeeze_header(value) in spellings
    return told[cells.codes]


def _may_say(
    cells: Cells, spellings: frozenset[str], written: tuple[str, ...]
) -> Iterator[tuple[int, str]]:
    """Yield the values that may be a header, with their places: few of very many.

    A header's letters are all in the text, of each class that it has. Of letters and digits alone
    nothing is taken off but 其中; a text with marks holds the last letter of its header somewhere.
    """
    looks = cells.looks
    alone = looks.only(SOLID)
    lengths = np.array([len(text) + more for text in spellings for more in (0, len("其中"))])
    sure = looks.has & OTHER == 0
    has = looks.has | np.where(looks.has & UPPER, LOWER, 0).astype(np.uint8)
    kinds = np.unique(Looks.of(list(spellings)).has & SOLID)
    may = (looks.lengths > 0) & (~sure | np.any([has & kind == kind for kind in kinds], axis=0))
    short = np.flatnonzero(may & alone & np.isin(looks.lengths, lengths))
    yield from zip(short.tolist(), map(str, chosen(cells.values, short)), strict=True)
    ends = {text[-1].lower() for text in (*spellings, *written) if text}
    few = len(cells.values) <= _MANY
    rest = np.flatnonzero(may & ~alone)
    if isinstance(cells.values, Texts) and not few and not any(map(_cased, ends)):
        unsure = rest[~sure[rest]]
        rest = np.union1d(unsure, cells.values.holding(rest, "".join(sorted(ends))))
    for i, value in zip(rest.tolist(), map(str, chosen(cells.values, rest)), strict=True):
        if few or not sure[i] or any(map(value.lower().__contains__, ends)):
            yield i, value


def _cased(letter: str) -> bool:
    return letter.lower() != letter.upper()


def _totals_and_footers(body: Below, header: Header) -> Flags:
    """Return rows that begin as totals and footers do; one with a credit code is neither."""
    code = body.fields.get("credit_code")
    known = np.zeros(body.height, dtype=bool) if code is None else _codes(code)
    told = np.zeros(body.height, dtype=bool)
    seen = np.zeros(body.height, dtype=bool)
    leads = {*header.serial, header.fields.get("name", 0)}
    for column, (cells, filled) in enumerate(zip(body.columns, body.filled, strict=True), start=1):
        asked = filled & ~known & (~seen | (column in leads))
        if column not in header.serial:
            seen |= filled
        if asked.any():
            told |= asked & _may_end(cells, asked)
        if seen.all() and column >= max(leads):
            break
    return told


def _codes(cells: Cells) -> Flags:
    """Return rows whose cell begins as a code does, with a letter or a digit of ASCII."""
    return (cells.looks.first & (DIGIT | LOWER | UPPER) != 0)[cells.codes]


def _may_end(cells: Cells, asked: Flags) -> Flags:
    values = np.zeros(len(cells.values), dtype=bool)
    said = np.unique(cells.codes[asked])
    for code, cell in zip(said.tolist(), chosen(cells.values, said), strict=True):
        values[code] = isinstance(cell, str) and (
            dropping.total_word({}, [cell]) is not None
            or dropping.footer({}, cell, alone=True, after_footer=True)
        )
    return values[cells.codes]
