"""Rows that lean on the row above: 同上, 〃, and a building named once for several rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxgeo.demo.dice import Dice
from lxgeo.demo.entries import Entry

DITTO = "〃"
_SHARE = 0.3
"""Of the parts of sheets: in so many a row leans on the one above in some way."""
_COUNTS = ("staff", "total", "full", "probationary", "affiliated")


def leaning(
    entries: Sequence[Entry], spared: frozenset[int], dice: Dice, *, by_building: bool
) -> list[Entry]:
    """Return a sheet's entries with a few that say 同上, at most one of each kind.

    Parameters
    ----------
    entries
        The sheet's entries, in the order of its rows.
    spared
        ``id`` of entries that must stay as they are: others are copies of them.
    dice
        Which ones.
    by_building
        Whether the units of a building stand together.
    """
    result = list(entries)
    ways: list[tuple[Callable[[Entry, Entry], bool], Callable[[Entry, Entry], Entry]]] = [
        (_same_words, _ditto_words),
        (_same_counts, _ditto_counts),
    ]
    if by_building:
        ways += [(_same_building, _ditto_address), (_same_building, _not_merged)]
    for fits, lean in ways:
        if not dice.happens(_SHARE) and not by_building:
            continue
        found = [
            k
            for k in range(1, len(result))
            if _plain(result[k], spared)
            and _plain(result[k - 1], spared)
            and fits(result[k - 1], result[k])
        ]
        for k in dice.some(found, 1):
            result[k] = lean(result[k - 1], result[k])
    return result


def _plain(entry: Entry, spared: frozenset[int]) -> bool:
    return not entry.trap and entry.branch is None and id(entry) not in spared


def _same_words(above: Entry, entry: Entry) -> bool:
    return all(above.cells[name] == entry.cells[name] for name in ("kind", "status"))


def _ditto_words(_: Entry, entry: Entry) -> Entry:
    said = entry.typed({"kind": "同上", "status": DITTO})
    return said.beside("ditto_word")


def _same_counts(above: Entry, entry: Entry) -> bool:
    return all(above.cells[name] == entry.cells[name] for name in _COUNTS)


def _ditto_counts(_: Entry, entry: Entry) -> Entry:
    said = entry.typed({"staff": DITTO, "full": DITTO})
    return said.beside("ditto_count")


def _same_building(above: Entry, entry: Entry) -> bool:
    building = entry.cells["building"]
    told = above.address is not None and not entry.placed
    return told and building is not None and above.cells["building"] == building


def _ditto_address(above: Entry, entry: Entry) -> Entry:
    said = entry.typed({"address": "同上"}, address=above.address)
    return said.beside("ditto_address")


def _not_merged(_: Entry, entry: Entry) -> Entry:
    """Leave the building's cell blank: only a merge would say that it reaches down here."""
    bare = entry.typed({"building": None}, tells=entry.unit.address.tells)
    return bare.beside("building_not_merged")
