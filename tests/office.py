"""How an office puts a ledger on a sheet: nouns of tests that write one and read it back.

A `Unit` is what is true; an `Entry` is how an office wrote it down; a `Layout` is how its sheet
looks; `written` puts entries on a sheet and says which row each is on. Nothing random happens
here, so that a law can write the same entries twice: in another order, or to a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxgeo.ledger import Sheet

LEVELS = {"full_members": "正式", "probationary_members": "预备", "total_members": "总数"}
"""What the counts of members are called below 党员情况."""


@dataclass(frozen=True)
class Unit:
    """What is true of a unit; ``full`` and ``probationary`` make up its members."""

    name: str
    code: str | None
    address: str
    staff: int
    full: int
    probationary: int

    @property
    def total(self) -> int:
        """All its members."""
        return self.full + self.probationary


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and how sure it is: ``sure``, ``about``, ``unknown`` or ``blank``."""

    value: object
    how: str = "sure"


@dataclass(frozen=True)
class Entry:
    """A unit as an office wrote it down: field → cell, and secrets for columns of persons."""

    unit: Unit
    cells: Mapping[str, Cell]
    secrets: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """How a sheet looks.

    ``heads`` are its columns in order, each with its field (``person…`` and ``other…`` are columns
    that nothing is read from); ``between`` says what stands above the entry of an index.
    """

    name: str
    heads: tuple[tuple[str, str], ...]
    titles: tuple[str, ...] = ()
    levels: bool = False
    between: Mapping[int, str] = field(default_factory=dict)
    ends: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """A sheet, its entries in order, and the rows that they are on."""

    sheet: Sheet
    layout: Layout
    entries: tuple[Entry, ...]
    rows: tuple[int, ...]

    @property
    def labels(self) -> list[str]:
        """The rows as the LEDGER names them."""
        return [f"{self.sheet.name}!{row}" for row in self.rows]


def written(layout: Layout, wrote: Sequence[Entry]) -> Written:
    """Return entries put on a sheet."""
    width = len(layout.heads)
    rows: list[tuple[object, ...]] = [(title, *[None] * (width - 1)) for title in layout.titles]
    merges = [(row, 1, row, width) for row in range(1, len(rows) + 1) if width > 1]
    header, header_merges = _header(layout, len(rows) + 1)
    rows += header
    where = []
    for at, entry in enumerate(wrote):
        rows += _between(layout.between.get(at), header, width)
        rows.append(tuple(_cell(entry, name, at) for name, _ in layout.heads))
        where.append(len(rows))
    rows += [(text, *[None] * (width - 1)) for text in layout.ends]
    sheet = Sheet(layout.name, tuple(rows), (*merges, *header_merges))
    return Written(sheet, layout, tuple(wrote), tuple(where))


def _header(layout: Layout, first: int) -> tuple[list[tuple[object, ...]], list[tuple[int, ...]]]:
    """Return a header's rows, and its merges: two levels over the counts of members where asked."""
    if not layout.levels:
        return [tuple(text for _, text in layout.heads)], []
    inside = [at for at, (name, _) in enumerate(layout.heads, start=1) if name in LEVELS]
    top = [None if name in LEVELS else text for name, text in layout.heads]
    top[inside[0] - 1] = "党员情况"
    below = tuple(LEVELS.get(name) for name, _ in layout.heads)
    down = [(first, at, first + 1, at) for at in range(1, len(top) + 1) if at not in inside]
    return [tuple(top), below], [(first, inside[0], first, inside[-1]), *down]


def _between(
    what: str | None, header: list[tuple[object, ...]], width: int
) -> list[tuple[object, ...]]:
    if what == "blank":
        return [(None,) * width]
    if what == "header":
        return header[:1] if len(header) == 1 else []
    return [("一、非公有制企业", *[None] * (width - 1))] if what == "divider" else []


def _cell(entry: Entry, name: str, at: int) -> object:
    if name == "serial":
        return at + 1
    if name.startswith("person"):
        return entry.secrets[int(name[-1])]
    if name.startswith("other"):
        return (
            f"{entry.secrets[0]}说迁来，电话{entry.secrets[1]}"
            if name == "other0"
            else entry.secrets[1]
        )
    return entry.cells[name].value
