"""The ledger against a registration list: who stands in one only, and what differs in both.

Units are matched by credit code, then by name; a likeness of names is only ever a suggestion that
a person may look into (疑似), never a match.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeAlias

import pandas as pd
from rapidfuzz import fuzz

from lxgeo.ledger.values.codes import check_fits
from lxgeo.ledger.values.wording import squeeze
from lxgeo.model import OperatingStatus
from lxgeo.schema import Column, Table


class Difference(StrEnum):
    """How the ledger and the registration list differ about a unit."""

    NOT_IN_LEDGER = "not_in_ledger"
    NOT_REGISTERED = "not_registered"
    NAME = "name"
    ADDRESS = "address"
    STATUS = "status"


REGISTRY = Table(
    "REGISTRY",
    (
        Column("difference", "差异", needed=True, values=Difference),
        Column("ledger_row", "台账行"),
        Column("registry_row", "登记名录行"),
        Column("name", "单位名称"),
        Column("credit_code", "统一社会信用代码"),
        Column("in_ledger", "台账所写"),
        Column("in_registry", "登记所写"),
        Column("suggested", "疑似对应"),
        Column("suggested_row", "疑似对应行"),
        Column("likeness", "相似度", kind="integer", low=0, high=100),
    ),
)
"""One row a difference: missing from the ledger first, then in the ledger's order. A suggestion
names the unit of the *other* list that is most like it, for a person to decide on."""

LIKELY = 80
"""Likeness (0 to 100) from which a unit of the other list is suggested."""

_LOOKED_AT = 25  # candidates a unit, those that share the most pairs of characters
_COMMON = 2_000  # a pair of characters in more names than this tells nothing (有限, 公司)


class _Unit(NamedTuple):
    """What is compared of a unit."""

    row: str
    name: str | None
    credit_code: str | None
    address: str | None
    status: str


_Like: TypeAlias = tuple[str | None, str | None, int | None]
"""A unit of the other list by name, row and likeness; all None where none is like."""

_STILL_STANDING = frozenset({OperatingStatus.SUSPENDED, OperatingStatus.SHELL})
_COMPARED = ["row", "name", "credit_code", "address", "operating_status"]


def compare_registry(
    ledger: pd.DataFrame, registry: pd.DataFrame, *, states: bool = True
) -> pd.DataFrame:
    """Return how a ledger and a registration list differ.

    Parameters
    ----------
    ledger, registry
        Both as `lxgeo.tables.LEDGER`: the registration list is read and cleaned as a ledger is.
        Rows that repeat another are left out on both sides.
    states
        Whether the registration list says what state a unit is in. Where it has no such column,
        all its units are taken for operating, and that must not be held against the ledger.

    Returns
    -------
    pandas.DataFrame
        `REGISTRY`.
    """
    ours, theirs = _units(ledger), _units(registry)
    pairs = _matched(ours, theirs)
    matched = set(pairs.values())
    only_theirs = [unit for i, unit in enumerate(theirs) if i not in matched]
    only_ours = [unit for i, unit in enumerate(ours) if i not in pairs]
    like_ours, like_theirs = _suggester(only_ours), _suggester(only_theirs)
    rows = [
        _only(Difference.NOT_IN_LEDGER, unit, like_ours(unit), ledger_row=None)
        for unit in only_theirs
    ]
    for i, unit in enumerate(ours):
        if i in pairs:
            rows += _changes(unit, theirs[pairs[i]], states=states)
        else:
            like = like_theirs(unit)
            rows.append(_only(Difference.NOT_REGISTERED, unit, like, ledger_row=unit.row))
    table: pd.DataFrame = REGISTRY.shaped(pd.DataFrame(rows, columns=REGISTRY.names, dtype=object))
    return table


def _only(
    difference: Difference, unit: _Unit, like: _Like, *, ledger_row: str | None
) -> tuple[object, ...]:
    """Return the row of a unit that stands in one list only."""
    registry_row = unit.row if ledger_row is None else None
    named = (unit.name, unit.credit_code)
    return (difference, ledger_row, registry_row, *named, None, None, *like)


def _units(frame: pd.DataFrame) -> list[_Unit]:
    once = frame[frame["duplicate_of"].isna()][_COMPARED].astype(object)
    return [
        _Unit(*row) for row in once.where(once.notna(), None).itertuples(index=False, name=None)
    ]


def _matched(ours: Sequence[_Unit], theirs: Sequence[_Unit]) -> dict[int, int]:
    """Return the pairs that are certain: one credit code, else one name that is there only once."""
    pairs = _paired(ours, theirs, _code, {})
    return pairs | _paired(ours, theirs, lambda unit: normal_name(unit.name), pairs)


def _paired(
    ours: Sequence[_Unit],
    theirs: Sequence[_Unit],
    key: Callable[[_Unit], str],
    known: Mapping[int, int],
) -> dict[int, int]:
    taken = set(known.values())
    mine = [(key(unit), i) for i, unit in enumerate(ours) if i not in known]
    yours = [(key(unit), i) for i, unit in enumerate(theirs) if i not in taken]
    times, times_theirs = Counter(k for k, _ in mine), Counter(k for k, _ in yours)
    at = dict(yours)
    return {
        i: at[k]
        for k, i in mine
        if k and times[k] == times_theirs[k] == 1 and not _told_apart(ours[i], theirs[at[k]])
    }


def _code(unit: _Unit) -> str:
    """Return a credit code that identifies; empty where it has none that can be trusted."""
    return unit.credit_code if unit.credit_code and check_fits(unit.credit_code) else ""


def _told_apart(one: _Unit, other: _Unit) -> bool:
    """Whether two valid credit codes say that two units are not the same."""
    codes = {_code(one), _code(other)} - {""}
    return len(codes) > 1


def _changes(ours: _Unit, theirs: _Unit, *, states: bool) -> Iterator[tuple[object, ...]]:
    """Yield what differs of a unit that stands in both."""
    found: list[tuple[Difference, object, object]] = []
    if ours.name and theirs.name and normal_name(ours.name) != normal_name(theirs.name):
        found.append((Difference.NAME, ours.name, theirs.name))
    if not same_address(ours.address, theirs.address):
        found.append((Difference.ADDRESS, ours.address, theirs.address))
    if states and _another_state(ours.status, theirs.status):
        found.append((Difference.STATUS, ours.status, theirs.status))
    for difference, here, there in found:
        named = (ours.name or theirs.name, ours.credit_code or theirs.credit_code)
        yield (difference, ours.row, theirs.row, *named, here, there, None, None, None)


def _another_state(ours: str, theirs: str) -> bool:
    """Whether two states contradict each other.

    A register says of a unit that has stopped work, or is a mere shell, that it still stands.
    """
    stands = theirs == OperatingStatus.OPERATING and ours in _STILL_STANDING
    return ours != theirs and not stands


def normal_name(name: str | None) -> str:
    """Return a name for comparing: one spelling, no white space, no marks between the words."""
    return re.sub(r"[()\[\]{}·•,，.。、;；:：'\"“”‘’\-—_]", "", squeeze(name))


def same_address(one: str | None, other: str | None) -> bool:
    """Whether two addresses may be one: the same, one the end of the other, or one unknown."""
    short, long = sorted((normal_name(one), normal_name(other)), key=len)
    before = long[: len(long) - len(short)]
    # 11号 is not 1号 with something in front.
    cut = before[-1:].isdigit() and short[:1].isdigit()
    return not short or (long.endswith(short) and not cut)


_SAYS_NOTHING = re.compile(
    "(股份|集团|控股)*有限(责任)?公司$|(有限合伙|普通合伙)$|个体工商户$|公司$"
)


def _suggester(units: Sequence[_Unit]) -> Callable[[_Unit], _Like]:
    """Return a function that finds the unit of a list whose name is most like another's."""
    names = [_SAYS_NOTHING.sub("", normal_name(unit.name)) for unit in units]
    holding: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        for pair in _pairs_of(name):
            holding[pair].append(i)

    def most_like(unit: _Unit) -> _Like:
        name = _SAYS_NOTHING.sub("", normal_name(unit.name))
        shared = Counter(
            i for pair in _pairs_of(name) if len(holding[pair]) <= _COMMON for i in holding[pair]
        )
        nearest = sorted(shared, key=lambda i: (-shared[i], i))[:_LOOKED_AT]
        ranked = [(-_likeness(name, names[i]), i) for i in nearest]
        score, i = min(ranked, default=(0, -1))
        if -score < LIKELY:
            return None, None, None
        return units[i].name, units[i].row, -score

    return most_like


def _pairs_of(name: str) -> Iterable[str]:
    return dict.fromkeys(name[i : i + 2] for i in range(len(name) - 1))


def _likeness(one: str, other: str) -> int:
    """Return how alike two names are: a short name within a full one counts as alike."""
    return int(max(fuzz.ratio(one, other), 0.9 * fuzz.partial_ratio(one, other)))
