"""Who a unit is: an id that stays from quarter to quarter, and rows that are the same unit."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lxgeo.errors import Words
from lxgeo.ledger.column import Cells, Codes, combined
from lxgeo.ledger.plain import Flags
from lxgeo.ledger.units import Units
from lxgeo.ledger.wording import squeeze

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
    continues
        Unit → the unit that it goes on with, where one name is merged over both.
    """

    own: list[str | None]
    codes: list[str | None]
    names: Cells
    addresses: Cells
    townships: Cells
    continues: Mapping[int, int]

    def __len__(self) -> int:
        return len(self.own)


def identities(sheets: Sequence[Units]) -> Identities:
    """Return what tells units apart."""

    def column(name: str) -> Cells:
        return _together(_squeezed(units.columns[name]) for units in sheets)

    continues: dict[int, int] = {}
    before = 0
    for units in sheets:
        place = {row: before + at for at, row in enumerate(units.rows.tolist())}
        continues |= {
            place[row]: place[top]
            for row, top in units.continues.items()
            if row in place and top in place
        }
        before += len(units.rows)
    return Identities(
        own=[each for units in sheets for each in units.own_ids],  # type: ignore[misc]
        codes=[each for units in sheets for each in units.valid_codes],  # type: ignore[misc]
        names=column("name"),
        addresses=column("address"),
        townships=column("township_named"),
        continues=continues,
    )


def _squeezed(cells: Cells) -> Cells:
    as_is = cells.plain
    return Cells(
        cells.codes,
        [
            str(value).casefold() if is_plain else squeeze(value)
            for value, is_plain in zip(cells.values, as_is.tolist(), strict=True)
        ],
    )


def _together(columns: Iterable[Cells]) -> Cells:
    """Return the cells of several sheets as one column in which equal ones are told once."""
    index: dict[object, int] = {"": 0}
    codes = []
    for cells in columns:
        new = [index.setdefault(value, len(index)) for value in cells.values]
        codes.append(np.array(new, dtype=np.int64)[cells.codes])
    return Cells(np.concatenate(codes), list(index))


def own_id_fault(own: Sequence[str | None]) -> Words | None:
    """Return why the ledger's own id column can't be used; None where it can, or there is none."""
    blanks = sum(each is None for each in own)
    if blanks == len(own):
        return None
    if blanks:
        return Words(
            f"单位编号列有 {blanks} 行为空，未采用；改用信用代码或名称地址生成编号",
            f"the id column is empty in {blanks} row(s): not used; ids come from credit codes, "
            "else from name and address",
        )
    again = sorted(each for each, n in Counter(own).items() if n > 1 and each is not None)
    if again:
        return Words(
            f"单位编号列有重复（{len(again)} 个），未采用；改用信用代码或名称地址生成编号",
            f"the id column repeats {len(again)} value(s): not used; ids come from credit codes, "
            "else from name and address",
        )
    return None


def unit_ids(units: Identities) -> list[str]:
    """Return an id for every unit, in order.

    The ledger's own where it is complete and unique; else the credit code where it is valid; else
    ``U`` and 12 hexadecimal digits of a hash of name and address. Repeats end in ``~2``, ``~3``.
    """
    if units.own and None not in units.own and len(set(units.own)) == len(units.own):
        return [str(each) for each in units.own]
    keys = [
        _hashed(name, address) if code is None else code
        for code, name, address in zip(units.codes, units.names, units.addresses, strict=True)
    ]
    if len(set(keys)) == len(keys):
        return keys
    used: Counter[str] = Counter()
    ids = []
    for key in keys:
        used[key] += 1
        ids.append(key if used[key] == 1 else f"{key}~{used[key]}")
    return ids


def _hashed(*said: object) -> str:
    text = "\x1f".join(map(str, said))
    return "U" + hashlib.blake2b(text.encode(), digest_size=_HEX_DIGITS // 2).hexdigest()


def duplicates(units: Identities) -> dict[int, int]:
    """Return for every unit that is another's duplicate the first unit that is the same.

    The same: one valid credit code; or one name at one address (one name in one township where
    neither has an address), unless two different valid credit codes tell them apart; or a name
    merged over both rows.
    """
    places = _places(units)
    by_code: dict[str, int] = {}
    by_place: dict[int, list[int]] = {}
    first_of: dict[int, int] = {}
    for i in np.flatnonzero(_met_again(units, places)).tolist():
        code, place = units.codes[i], int(places[i])
        first = units.continues.get(i)
        if first is None and code is not None:
            first = by_code.get(code)
        if first is None and place >= 0:
            first = _same_place(by_place.get(place, ()), units.codes, code)
        if first is not None:
            first_of[i] = first_of.get(first, first)
        if code is not None:
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
    numbers: dict[str, int] = {}
    codes = np.array(
        [-1 if code is None else numbers.setdefault(code, len(numbers)) for code in units.codes]
    )
    met = np.zeros(len(units), dtype=bool)
    for keys in (codes, places):
        known = np.flatnonzero(keys >= 0)
        met[known] |= np.bincount(keys[known])[keys[known]] > 1
    met[[*units.continues.keys(), *units.continues.values()]] = True
    return met


def _same_place(
    candidates: Sequence[int], codes: Sequence[str | None], code: str | None
) -> int | None:
    for i in candidates:
        if code is None or codes[i] is None or codes[i] == code:
            return i
    return None
