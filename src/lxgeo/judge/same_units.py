"""Which organisation of a later ledger is which of an earlier one, and what it changed of itself.

By its credit code, then by its name and place; an id stands between them, for many ledgers number
their rows afresh. What nothing tells apart is never guessed: it is gone, and there is a new one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import pandas as pd

from lxgeo.model import OperatingStatus, Outcome

Row = Mapping[str, Any]
Key = Callable[[str, Row], Hashable | None]

_GONE = frozenset(each for each in OperatingStatus if each.gone)
_CODE_LENGTH = 18
_CORRECTED = 2
"""Places in which a corrected code differs: the digit, and the check character that follows it."""
_MOVED_M = 100.0
"""From where on another address is another place, metres (测算参数)."""
_DEGREE_M = 111_320.0

COLUMNS = (
    *("unit_id", "name", "credit_code", "township", "address", "lon", "lat", "approver"),
    *("operating_status", "outcome", "proposed_outcome", "full_members"),
)
"""What of `lxgeo.tables.UNITS` is looked at."""


class UnitFact(StrEnum):
    """What an organisation changed of itself, whatever the plan makes of it."""

    NEW = "new"
    GONE = "gone"
    CLOSED = "closed"
    REOPENED = "reopened"
    RENAMED = "renamed"
    RESTRUCTURED = "restructured"
    CODE_CORRECTED = "code_corrected"
    MOVED = "moved"
    MORE_MEMBERS = "more_members"
    FEWER_MEMBERS = "fewer_members"


def rows_by_id(units: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return unit id → what is looked at of it (`COLUMNS`), None where unknown or not told."""
    table = pd.DataFrame(units).reindex(columns=list(COLUMNS)).astype(object)
    rows: list[Any] = table.where(table.notna(), None).to_dict("records")
    return {row["unit_id"]: row for row in rows}


def same_units(before: Mapping[str, Row], after: Mapping[str, Row]) -> dict[str, str]:
    """Return old id → new id of the organisations that are in both; no new one twice.

    Parameters
    ----------
    before, after
        Unit id → ``name``, ``credit_code``, ``address`` and ``township``, None where unknown.
        An id is believed unless code (where both are known), name and place speak against it.
    """
    same: dict[str, str] = {}
    for key in (_code, _code_and_name, _name_and_address, _own_id, _name_and_township):
        taken = set(same.values())
        theirs = _alone(key, after, [each for each in after if each not in taken])
        ours = _alone(key, before, [each for each in before if each not in same])
        for value, old_id in ours.items():
            new_id = theirs.get(value)
            if new_id is not None and _may_be(before[old_id], after[new_id]):
                same[old_id] = new_id
    return same


def _code(_: str, row: Row) -> Hashable | None:
    return row.get("credit_code")


def _code_and_name(_: str, row: Row) -> Hashable | None:
    """Return what tells a branch office from its company, where one code stands for both."""
    return _known(row.get("credit_code"), row.get("name"))


def _name_and_address(_: str, row: Row) -> Hashable | None:
    return _known(row.get("name"), row.get("address"))


def _own_id(unit_id: str, _: Row) -> Hashable | None:
    return unit_id


def _name_and_township(_: str, row: Row) -> Hashable | None:
    return None if row.get("name") is None else (row["name"], row.get("township"))


def _known(*said: Any) -> Hashable | None:
    return None if any(each is None for each in said) else said


def _alone(key: Key, units: Mapping[str, Row], among: Collection[str]) -> dict[Hashable, str]:
    """Return key → id of the units that no other shares its key with, and whose key is known."""
    keys = {each: key(each, units[each]) for each in among}
    times = Counter(keys.values())
    return {value: each for each, value in keys.items() if value is not None and times[value] == 1}


def _may_be(old: Row, new: Row) -> bool:
    """Return whether two rows may be one organisation: code, name or place still speaks for it."""
    codes = _differ(old.get("credit_code"), new.get("credit_code"))
    names = _differ(old.get("name"), new.get("name"))
    addresses = _known(old.get("address"), new.get("address"))
    here = addresses is not None and old["address"] == new["address"]
    return here or not (codes and names)


def _differ(old: Any, new: Any) -> bool:
    return old is not None and new is not None and old != new


def facts_between(old: Row | None, new: Row | None) -> tuple[UnitFact, ...]:
    """Return what an organisation changed of itself, in a fixed order.

    Parameters
    ----------
    old, new
        Its rows (`rows_by_id`); None where it is not in that ledger.
    """
    if old is None or new is None:
        return () if old is new else (UnitFact.NEW,) if old is None else (UnitFact.GONE,)
    return tuple(_facts(old, new))


def _facts(old: Row, new: Row) -> Iterator[UnitFact]:
    at_work = [_at_work(row) for row in (old, new)]
    if at_work == [True, False]:
        yield UnitFact.CLOSED
    if at_work == [False, True]:
        yield UnitFact.REOPENED
    if _differ(old["name"], new["name"]):
        yield UnitFact.RENAMED
    if _differ(old["credit_code"], new["credit_code"]):
        corrected = _mended(old["credit_code"], new["credit_code"])
        yield UnitFact.CODE_CORRECTED if corrected else UnitFact.RESTRUCTURED
    if _moved(old, new):
        yield UnitFact.MOVED
    was, now = (count_of(row["full_members"]) for row in (old, new))
    if was is not None and now is not None and was != now:
        yield UnitFact.MORE_MEMBERS if now > was else UnitFact.FEWER_MEMBERS


def _at_work(row: Row) -> bool:
    return row["operating_status"] not in _GONE and row["outcome"] != Outcome.EXCLUDED


def _mended(old: str, new: str) -> bool:
    """Return whether a code was misspelt before: one digit, and with it the check character."""
    if len(old) != _CODE_LENGTH or len(old) != len(new):
        return len(old) != _CODE_LENGTH
    return sum(a != b for a, b in zip(old, new, strict=True)) <= _CORRECTED


def _moved(old: Row, new: Row) -> bool:
    if _differ(old["township"], new["township"]):
        return True
    places = [(row["lon"], row["lat"]) for row in (old, new)]
    if any(_known(*place) is None for place in places):
        return False
    (lon, lat), (lon_now, lat_now) = places
    east = (lon_now - lon) * math.cos(math.radians(lat))
    stays = old["address"] is not None and old["address"] == new["address"]
    return not stays and _DEGREE_M * math.hypot(east, lat_now - lat) > _MOVED_M


def count_of(value: Any) -> int | None:
    """Return a count; None where it is unknown."""
    return None if value is None or pd.isna(value) else int(value)
