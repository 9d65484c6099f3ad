"""Rows that may be one unit, and places that too many units give: told, never merged.

A unit stands on two townships' sheets, under its short and its full name, under its old name with
the same code. The planner's own duplicates (`lxgeo.ledger.identity`) are sure; what is found here
is for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from lxgeo.ledger.doubts.lookalikes import DOORS, PILE, PLACE, SHORTEST, SHORTEST_SHARED, lookalikes
from lxgeo.ledger.identity import Identities
from lxgeo.ledger.values.codes import check_fits
from lxgeo.model import Figure, Reason, Rule

GENERIC = 5
"""Rows of one name in one township from which the name is a chain's, not one unit's."""
_PLACES = range(2, 4)
"""Characters of a place before a name: 临江, 东山县."""

_COMPANY = r"(?:\(集团\)|集团)?(?:股份|责任)?(?:有限责任公司|有限公司|公司)$"
_BRANCHES = (
    *("分公司", "分店", "分部", "分校", "分院", "分所", "分社"),
    *("办事处", "营业部", "门市部"),
)
_NTH_SHOP = re.compile(r"(?:\d|第.{1,3})店$")
_DOOR = re.compile(r"(?<=\d号).*")

Told: TypeAlias = Iterator[tuple[int, Reason]]
"""Rows, counted from 0, and what is told of them."""


def told_alike(ledger: pd.DataFrame, units: Identities) -> pd.DataFrame:
    """Return the ledger with a finding at every row that may be another row's unit.

    Parameters
    ----------
    ledger
        `lxgeo.tables.LEDGER`.
    units
        What tells its units apart.

    Returns
    -------
    pandas.DataFrame
        The same rows; ``findings`` holds more. One code under two names is told on both rows
        (``names_differ``), one unit on two sheets too (``on_two_sheets``); names that are alike
        (``same_unit_maybe``); addresses and coordinates that too many give (``place_shared``).
    """
    facts = _facts(ledger, np.flatnonzero(lookalikes(ledger, units)))
    told = (_certain(facts), _alike(facts), _shared_address(facts), _shared_point(facts))
    findings = ledger["findings"].tolist()
    for row, reason in chain.from_iterable(told):
        findings[row] = (*findings[row], reason)
    return ledger.assign(findings=pd.Series(findings, index=ledger.index, dtype=object))


def _facts(ledger: pd.DataFrame, rows: npt.NDArray[np.intp]) -> pd.DataFrame:
    """Return what rows are compared by; the index is the row's place in the ledger."""
    said = ["unit_id", "row", "name", "credit_code", "address", "township_named", "duplicate_of"]
    facts = ledger[[*said, "building_named", "lon_in", "lat_in"]].iloc[rows].set_axis(rows)
    bare = facts["name"].str.replace(" ", "", regex=False)
    core = bare.str.replace(_COMPANY, "", regex=True)
    without_place = core.str.replace(PLACE, "", regex=True)
    return facts.assign(
        bare=bare,
        core=without_place.where(without_place.str.len() >= SHORTEST, core),
        company=(core != bare) & bare.notna(),
        branch=_is_branch(bare),
    )


def _is_branch(names: pd.Series) -> pd.Series:
    """Return which names are those of branch offices: 第二分公司, 人民路分店, 3店."""
    ends = names.str.endswith(_BRANCHES).fillna(value=False).astype(bool)
    shops = names[names.str.endswith("店").fillna(value=False)]
    ends[shops.index[[bool(_NTH_SHOP.search(name)) for name in shops]]] = True
    return ends


def _certain(facts: pd.DataFrame) -> Told:
    """Yield what is told of rows that are certainly one unit: other names, other sheets."""
    again = facts[facts["duplicate_of"].notna()]
    if again.empty:
        return
    first_ones = facts[facts["unit_id"].isin(set(again["duplicate_of"]))]
    first_of = {row["unit_id"]: row for row in _rows(first_ones)}
    for repeat in _rows(again):
        first = first_of.get(repeat["duplicate_of"])
        if first is None:
            continue
        both = ((repeat, first), (first, repeat))
        for here, there in both:
            if here["name"] and there["name"] and here["bare"] != there["bare"]:
                figures = {"name": there["name"], "row": there["row"]}
                yield here["at"], Reason(Rule.NAMES_DIFFER, figures)
            if _sheet(here["row"]) != _sheet(there["row"]):
                yield here["at"], Reason(Rule.ON_TWO_SHEETS, {"row": there["row"]})


def _sheet(row: str) -> str:
    return row.rpartition("!")[0]


def _rows(facts: pd.DataFrame) -> list[dict[str, Any]]:
    """Return few rows as they are, each with its place (``at``); what is missing is None."""
    known = facts.astype(object).where(facts.notna(), None)
    records: Any = known.assign(at=known.index).to_dict("records")
    return list(records)


def _alike(facts: pd.DataFrame) -> Told:
    """Yield rows whose names are alike: for each the first other row of its group."""
    units = facts[facts["duplicate_of"].isna() & facts["core"].notna()]
    units = units.assign(township_named=units["township_named"].fillna(""))
    groups = [*_same_core(units), *_short_and_full(units)]
    told = _rows(facts.loc[sorted({i for group in groups for i in group}), ["name", "row"]])
    by_place = {row["at"]: row for row in told}
    seen: set[int] = set()
    for group in groups:
        for i in group:
            other = by_place[group[0] if i != group[0] else group[1]]
            if i not in seen:
                seen.add(i)
                figures = {"name": other["name"], "row": other["row"]}
                yield i, Reason(Rule.SAME_UNIT_MAYBE, figures)


def _same_core(units: pd.DataFrame) -> Iterator[list[int]]:
    """Yield groups of one core: in one township, or a company's full name in two."""
    companies = units[units["company"] & ~units["branch"]]
    for keys, among in ((["core", "branch", "township_named"], units), (["bare"], companies)):
        repeated = among[among.duplicated(keys, keep=False)]
        groups: dict[tuple[object, ...], list[int]] = {}
        told = zip(*(repeated[key].tolist() for key in keys), strict=True)
        for key, at in zip(told, repeated.index.tolist(), strict=True):
            groups.setdefault(key, []).append(at)
        code_of = dict(zip(repeated.index.tolist(), repeated["credit_code"].tolist(), strict=True))
        for group in groups.values():
            if len(group) <= GENERIC and not _told_apart(code_of[at] for at in group):
                yield group


def _told_apart(codes: Iterable[object]) -> bool:
    """Whether every unit has a credit code of its own, so that no two are one."""
    return all(isinstance(code, str) and check_fits(code) for code in codes)


def _short_and_full(units: pd.DataFrame) -> Iterator[list[int]]:
    """Yield pairs of a short name and the one company's name that begins or ends with it."""
    plain = units[~units["branch"] & (units["core"].str.len() >= SHORTEST_SHARED)]
    for end in (slice(SHORTEST_SHARED), slice(-SHORTEST_SHARED, None)):
        shared = plain["township_named"] + "\x1f" + plain["core"].str.slice(end.start, end.stop)
        keyed = plain.assign(shared=pd.factorize(shared)[0])
        short, full = keyed[~keyed["company"]], keyed[keyed["company"]]
        compared = ["shared", "core", "credit_code"]
        full = full.loc[full["shared"].isin(short["shared"]), compared]
        short = short.loc[short["shared"].isin(full["shared"]), compared]
        at_end: dict[int, list[dict[str, Any]]] = {}
        for row in _rows(full):
            at_end.setdefault(row["shared"], []).append(row)
        for row in _rows(short):
            near = [
                its for its in at_end.get(row["shared"], ()) if _holds(its["core"], row["core"])
            ]
            if len(near) == 1 and not _told_apart([row["credit_code"], near[0]["credit_code"]]):
                yield sorted([row["at"], near[0]["at"]])


def _holds(full: str, short: str) -> bool:
    """Whether a name begins with a short one, or ends with it after a place: 临江 + 宏达机械."""
    place = len(full) - len(short)
    return place > 0 and (full.startswith(short) or (full.endswith(short) and place in _PLACES))


def _shared_address(facts: pd.DataFrame) -> Told:
    """Yield rows whose address, with a door and without a building, many others give too."""
    given = facts[facts["duplicate_of"].isna() & facts["building_named"].isna()]
    units = given.groupby("address", sort=False)["unit_id"].transform("size")
    for row in _rows(given.assign(units=units)[units >= PILE]):
        if any(c.isdigit() for c in row["address"]):
            figures: dict[str, Figure] = {
                "units": int(row["units"]),
                "field": "address",
                "written": row["address"],
            }
            yield row["at"], Reason(Rule.PLACE_SHARED, figures)


def _shared_point(facts: pd.DataFrame) -> Told:
    """Yield rows whose coordinates units at many other doors have too."""
    point = ["lon_in", "lat_in"]
    given = facts[facts["duplicate_of"].isna() & facts["lon_in"].notna()]
    units = given.groupby(point, sort=False)["unit_id"].transform("size")
    given = given.assign(units=units)[units >= DOORS]
    if given.empty:
        return
    door = [_DOOR.sub("", text) if isinstance(text, str) else None for text in given["address"]]
    at_door = given.assign(door=pd.Series(door, index=given.index, dtype=object))
    doors = at_door.groupby(point, sort=False)["door"].transform("nunique")
    for row in _rows(given[doors >= DOORS]):
        written = f"{row['lon_in']}, {row['lat_in']}"
        figures: dict[str, Figure] = {
            "units": int(row["units"]),
            "field": "lon_in",
            "written": written,
        }
        yield row["at"], Reason(Rule.PLACE_SHARED, figures)
