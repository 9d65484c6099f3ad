"""Who a unit is: an id that stays from quarter to quarter, and rows that are the same unit."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from lxgeo.errors import Words
from lxgeo.ledger.unit import Unit
from lxgeo.ledger.wording import squeeze

_HEX_DIGITS = 12


def own_id_fault(units: Sequence[Unit]) -> Words | None:
    """Return why the ledger's own id column can't be used; None where it can, or there is none."""
    own = [unit.own_id for unit in units]
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


def unit_ids(units: Sequence[Unit]) -> list[str]:
    """Return an id for every unit, in order.

    The ledger's own where it is complete and unique; else the credit code where it is valid; else
    ``U`` and 12 hexadecimal digits of a hash of name and address. Repeats end in ``~2``, ``~3``.
    """
    own = [unit.own_id for unit in units]
    if own and None not in own and len(set(own)) == len(own):
        return [str(each) for each in own]
    used: Counter[str] = Counter()
    ids = []
    for unit in units:
        key = unit.credit.text if unit.credit.valid and unit.credit.text else _hashed(unit)
        used[key] += 1
        ids.append(key if used[key] == 1 else f"{key}~{used[key]}")
    return ids


def _hashed(unit: Unit) -> str:
    said = "\x1f".join(squeeze(unit.row[name]) for name in ("name", "address"))
    return "U" + hashlib.blake2b(said.encode(), digest_size=_HEX_DIGITS // 2).hexdigest()


def duplicates(units: Sequence[Unit]) -> list[int | None]:
    """Return for every unit the index of the first row that is the same unit, None for first ones.

    The same: one valid credit code; or one name at one address (one name in one township where
    neither has an address), unless two different valid credit codes tell them apart; or a name
    merged over both rows.
    """
    by_row = {unit.row["row"]: i for i, unit in enumerate(units)}
    by_code: dict[str, int] = {}
    by_place: dict[tuple[str, ...], list[int]] = {}
    first_of: list[int | None] = []
    for i, unit in enumerate(units):
        code = unit.credit.text if unit.credit.valid else None
        first = by_row.get(unit.continues) if unit.continues else None
        if first is None and code is not None:
            first = by_code.get(code)
        place = _place(unit)
        if first is None and place:
            first = _same_place(by_place.get(place, ()), units, code)
        root = first if first is None or first_of[first] is None else first_of[first]
        first_of.append(root)
        if code is not None:
            by_code.setdefault(code, i if root is None else root)
        if place:
            by_place.setdefault(place, []).append(i)
    return first_of


def _place(unit: Unit) -> tuple[str, ...]:
    name, address = squeeze(unit.row["name"]), squeeze(unit.row["address"])
    if not name:
        return ()
    return (name, address) if address else (name, "", squeeze(unit.row["township_named"]))


def _same_place(candidates: Sequence[int], units: Sequence[Unit], code: str | None) -> int | None:
    for i in candidates:
        other = units[i].credit
        if code is None or not other.valid or other.text == code:
            return i
    return None
