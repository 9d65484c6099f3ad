"""Who a unit is: an id that stays from quarter to quarter, and rows that are the same unit."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from lxgeo.errors import Words
from lxgeo.ledger.sheets.column import Cells, Codes, combined, together
from lxgeo.ledger.texts.arrow import chosen, replaced
from lxgeo.ledger.texts.letters import Flags
from lxgeo.ledger.texts.once import told_once
from lxgeo.ledger.texts.plain import UPPER
from lxgeo.ledger.values.units import Units
from lxgeo.ledger.values.wording import squeeze

_HEX_DIGITS = 12


@dataclass(frozen=True)
class Identities:
    """What tells a ledger's units apart, sheet after sheet.

    Parameters
    ----------
    own
        What the ledger's own id column says.
    codes
        Credit codes that are valid, None for others.
    names, addresses, townships
        Texts as they are compared; empty where nothing stands.
    In each equal ones have one code, and what is missing has 0.
    continues
        Unit → the unit that it goes on with, where one name is merged over both.
    """

    own: Cells
    codes: Cells
    names: Cells
    addresses: Cells
    townships: Cells
    continues: Mapping[int, int]

    def __len__(self) -> int:
        return len(self.own)


def identities(sheets: Sequence[Units]) -> Identities:
    """Return what tells units apart."""

    def column(name: str) -> Cells:
        return together((_squeezed(units.columns[name]) for units in sheets), missing="")

    return Identities(
        own=together((units.own_ids for units in sheets), missing=None),
        codes=together((units.valid_codes for units in sheets), missing=None),
        names=column("name"),
        addresses=column("address"),
        townships=column("township_named"),
        continues=_continues(sheets),
    )


def _continues(sheets: Sequence[Units]) -> dict[int, int]:
    """Return for every unit that goes on with another the other, by their places."""
    found: dict[int, int] = {}
    before = 0
    for units in sheets:
        if units.continues:
            place = {row: before + at for at, row in enumerate(units.rows.tolist())}
            found |= {
                place[row]: place[top]
                for row, top in units.continues.items()
                if row in place and top in place
            }
        before += len(units.rows)
    return found


def _squeezed(cells: Cells) -> Cells:
    """Return texts as they are compared; plain ones in lower case are so as they stand."""
    looks = cells.looks
    odd = np.flatnonzero(~looks.plain | (looks.has & UPPER != 0))
    return cells.mended(odd, list(map(squeeze, chosen(cells.values, odd))))


def own_id_fault(own: Cells) -> Words | None:
    """Return why the ledger's own id column can't be used; None where it can, or there is none."""
    counts = own.counts()
    blanks = int(counts[0])
    if blanks == len(own):
        return None
    if blanks:
        return Words(
            f"单位编号列有 {blanks} 行为空，未采用；改用信用代码或名称地址生成编号",
            f"the id column is empty in {blanks} row(s): not used; ids come from credit codes, "
            "else from name and address",
        )
    again = int((counts > 1).sum())
    if again:
        return Words(
            f"单位编号列有重复（{again} 个），未采用；改用信用代码或名称地址生成编号",
            f"the id column repeats {again} value(s): not used; ids come from credit codes, "
            "else from name and address",
        )
    return None


def unit_ids(units: Identities) -> Sequence[str]:
    """Return an id for every unit, in order.

    The ledger's own where it is complete and unique; else the credit code where it is valid; else
    ``U`` and 12 hexadecimal digits of a hash of name and address. Repeats end in ``~2``, ``~3``.
    """
    if len(units) and own_id_fault(units.own) is None and units.own.codes.all():
        return list(map(str, units.own))
    without = np.flatnonzero(units.codes.codes == 0)
    said = (chosen(cells.values, cells.codes[without]) for cells in (units.names, units.addresses))
    hashed = [_hashed(name, address) for name, address in zip(*said, strict=True)]
    ids: Any = replaced(units.codes.told(), without, hashed)
    if (units.codes.counts()[1:] <= 1).all() and not len(without):
        return cast("Sequence[str]", ids)
    keys = told_once(ids)[0]
    again = np.flatnonzero(np.bincount(keys)[keys] > 1)
    used: Counter[str] = Counter()
    apart = []
    for key in chosen(ids, again):
        used[key] += 1
        apart.append(f"{key}~{used[key]}" if used[key] > 1 else key)
    return cast("Sequence[str]", replaced(ids, again, apart))


def _hashed(*said: object) -> str:
    text = "\x1f".join(map(str, said))
    return "U" + hashlib.blake2b(text.encode(), digest_size=_HEX_DIGITS // 2).hexdigest()


def duplicates(units: Identities) -> dict[int, int]:
    """Return for every unit that is another's duplicate the first unit that is the same.

    The same: one valid credit code; or one name at one address (one name in one township where
    neither has an address), unless two different valid credit codes tell them apart; or a name
    merged over both rows.
    """
    places, codes = _places(units), units.codes.codes
    by_code: dict[int, int] = {}
    by_place: dict[int, list[int]] = {}
    first_of: dict[int, int] = {}
    for i in np.flatnonzero(_met_again(units, places)).tolist():
        code, place = int(codes[i]), int(places[i])
        first = units.continues.get(i)
        if first is None and code:
            first = by_code.get(code)
        if first is None and place >= 0:
            first = _same_place(by_place.get(place, ()), codes, code)
        if first is not None:
            first_of[i] = first_of.get(first, first)
        if code:
            by_code.setdefault(code, first_of.get(i, i))
        if place >= 0:
            by_place.setdefault(place, []).append(i)
    return first_of


def _places(units: Identities) -> Codes:
    """Return the same number for units of one name in one place; -1 for those without a name."""
    names, addresses = units.names.codes, units.addresses.codes
    townships = Cells(np.where(addresses > 0, 0, units.townships.codes), units.townships.values)
    places, _ = combined([units.names, units.addresses, townships])
    return np.where(names > 0, places, -1)


def _met_again(units: Identities, places: Codes) -> Flags:
    """Return units whose code or place another has too: no other unit can be a duplicate."""
    met = np.zeros(len(units), dtype=bool)
    for keys, known in ((units.codes.codes, units.codes.codes > 0), (places, places >= 0)):
        met[known] |= np.bincount(keys[known])[keys[known]] > 1
    met[[*units.continues.keys(), *units.continues.values()]] = True
    return met


def _same_place(candidates: Iterable[int], codes: Codes, code: int) -> int | None:
    """Return the first unit that no other code tells apart."""
    return next((i for i in candidates if code == 0 or codes[i] in {0, code}), None)
