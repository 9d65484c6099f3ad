"""What goes wrong in ledgers, planted on purpose: the one place where it happens.

Every trap has a name, which the truth file tells row by row. To add one, write what it does to an
entry and list it in `TRAPS` with how many rows it is to spoil; nothing else needs to know.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lxgeo.demo.between import BETWEEN_ROWS
from lxgeo.demo.dice import Dice
from lxgeo.demo.entries import Entry
from lxgeo.demo.nouns import CITY, DISTRICT, Township
from lxgeo.demo.trades import COMPANY, SERVICE, SOCIAL
from lxgeo.demo.trap import Trap
from lxgeo.demo.units import ENOUGH, LEGAL_ENDS
from lxgeo.demo.wrong_cells import CELLS
from lxgeo.demo.wrong_counts import COUNTS
from lxgeo.demo.wrong_names import NAMES
from lxgeo.demo.wrong_places import PLACES
from lxgeo.demo.wrong_words import WORDS

TRAPS: tuple[Trap, ...] = (*CELLS, *PLACES, *COUNTS, *WORDS, *NAMES)
"""Everything that goes wrong within one row, in the order in which it is planted."""

_MISSPELT, _OFFICES = 3, 3
_COPIES = tuple(name for name in BETWEEN_ROWS if name.startswith("duplicate"))


def planted(entries: Sequence[Entry], dice: Dice) -> list[Entry]:
    """Return the entries with every trap planted, at most one an entry.

    Parameters
    ----------
    entries
        Faultless entries, in ledger order.
    dice
        Which ones go wrong.
    """
    result = list(entries)
    for trap in TRAPS:
        chance = dice.of(trap.name)
        free = [
            k
            for k, entry in enumerate(result)
            if not entry.trap and bool(entry.branch) == trap.in_branch and trap.fits(entry)
        ]
        for k in sorted(chance.some(free, trap.rows)):
            result[k] = trap.set_in(result[k], chance)
    result = _misspelt_branches(result, dice.of("branch_misspelt"))
    return _branch_offices(result, dice.of("branch_office"))


def _misspelt_branches(entries: list[Entry], dice: Dice) -> list[Entry]:
    """Let three units of joint branches spell their branch's name in their own way."""
    members = Counter(entry.branch.id for entry in entries if entry.branch)
    joint = [
        k
        for k, entry in enumerate(entries)
        if entry.branch and not entry.trap and members[entry.branch.id] >= ENOUGH
    ]
    for k in dice.some(joint, _MISSPELT):
        name = str(entries[k].cells["branch"]).replace("联合党支部", "联合支部")
        spelt = entries[k].typed({"branch": name})
        entries[k] = spelt.beside("branch_misspelt")
    return entries


def _branch_offices(entries: list[Entry], dice: Dice) -> list[Entry]:
    """Let three companies be branch offices of others of their township, units of their own."""
    free = [k for k, entry in enumerate(entries) if _free(entry) and entry.unit.kind == COMPANY]
    for k in dice.some(free, _OFFICES):
        town = entries[k].township
        head = next(entries[i] for i in free if i != k and entries[i].township == town)
        unit = replace(entries[k].unit, name=f"{head.unit.name}第二分公司")
        office = replace(entries[k].typed({"name": unit.name}), unit=unit)
        entries[k] = office.beside("branch_office")
    return entries


def _free(entry: Entry) -> bool:
    return not entry.trap and entry.branch is None


def listed_twice(
    entries: Sequence[Entry], towns: Sequence[Township], dice: Dice, *, rows: int
) -> list[Entry]:
    """Return entries that list a unit again, for the end of a sheet.

    As many as possible of each kind: on the same sheet; on a later one (at work in one township,
    registered in another); under a new name with the old code; without a code; among the social
    organisations; under a short name without a code.

    Parameters
    ----------
    entries
        What the ledger holds.
    towns
        The sheets, in order.
    dice
        Who is listed twice.
    rows
        How many.
    """
    free = [entry for entry in entries if _free(entry) and entry.unit.kind not in SOCIAL]
    return [
        _copy(entry, kind, towns, dice)
        for kind, entry in zip(itertools.cycle(_COPIES), dice.some(free, rows), strict=False)
    ]


def _copy(entry: Entry, kind: str, towns: Sequence[Township], dice: Dice) -> Entry:
    copy = replace(entry, copy_of=entry)
    if kind == "duplicate_on_other_sheet":
        later = towns[towns.index(entry.township) + 1 :] or [entry.township]
        tells = copy.tells if copy.placed else entry.unit.address.tells
        copy = replace(copy.typed({"building": None}, tells=tells), township=dice.one_of(later))
    elif kind == "duplicate_renamed":
        unit = replace(entry.unit, name=_renamed(entry.unit.name))
        copy = replace(copy.typed({"name": unit.name}), unit=unit)
    elif kind == "duplicate_short_name":
        unit = replace(entry.unit, name=_short(entry.unit.name))
        copy = replace(copy.typed({"name": unit.name, "credit_code": None}), unit=unit)
    elif kind == "duplicate_as_social":
        unit = replace(entry.unit, kind=SERVICE)
        copy = replace(copy.typed({"credit_code": None, "kind": SERVICE}), unit=unit)
    elif kind == "duplicate_without_code":
        copy = copy.typed({"credit_code": None})
    return copy.beside(kind)


def _led_by(name: str) -> str:
    """Return the place that a name leads with."""
    return next((p for p in (CITY, DISTRICT, CITY[:2], DISTRICT[:2]) if name.startswith(p)), "")


def _renamed(name: str) -> str:
    """Return a new name: the old one with 新 after the place that it leads with."""
    place = _led_by(name)
    return f"{place}新{name.removeprefix(place)}"


def _short(name: str) -> str:
    """Return a short name: without the place that it leads with and the form of company."""
    short = name.removeprefix(_led_by(name))
    return next((short.removesuffix(end) for end in LEGAL_ENDS if short.endswith(end)), short)
