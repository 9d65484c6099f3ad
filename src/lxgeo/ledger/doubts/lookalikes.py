"""Which units may have a like: few of very many, told by keys.

Only these are compared (`lxgeo.ledger.doubts.likeness`). A unit too many costs time, a unit too few
would be a mistake: every test here is a wider one than that which decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from lxgeo.ledger.identity import Identities
from lxgeo.ledger.texts.arrow import chosen
from lxgeo.ledger.texts.letters import Flags, Keys, Letters, mixed
from lxgeo.ledger.texts.once import numbered

PILE = 30
"""Units at one door from which an address looks like an agency's, not a place of work."""
DOORS = 5
"""Different doors from which one pair of coordinates looks like that of whoever typed them."""
SHORTEST_SHARED = 4
"""Letters that a short and a full name have in common at least."""
SHORTEST = 2
"""Letters of a name without its place (宏达): 高新区科技 keeps its own, else none would be left."""

PLACE = (
    r"^(?:[一-龥]{2,6}(?:省|自治区))?(?:[一-龥]{2,5}市)?"
    r"(?:[一-龥]{1,3}(?:[^园新社小景校库厂城片]区|县|旗))?"
)
"""The place before a name: 临江市, 广东省深圳市龙岗区."""
_PLACE = re.compile(PLACE)
_SPREAD, _KEPT = np.uint64(0x9E3779B97F4A7C15), np.uint64(64 - 22)
_PLACES_END = "省市区县旗"


def lookalikes(ledger: pd.DataFrame, units: Identities) -> Flags:
    """Return which units may have a like, or stand where too many do, (units,).

    Parameters
    ----------
    ledger
        `lxgeo.tables.LEDGER`.
    units
        What tells its units apart.
    """
    repeats = ledger["duplicate_of"].notna().to_numpy()
    told = repeats.copy()
    if repeats.any():
        told |= ledger["unit_id"].isin(set(ledger["duplicate_of"].dropna())).to_numpy()
    told |= _alike(units) & ~repeats
    told |= _more(units.addresses.codes, PILE) & (units.addresses.codes > 0)
    lon, lat = (ledger[name].to_numpy() + 0.0 for name in ("lon_in", "lat_in"))
    return told | (~np.isnan(lon) & _again(mixed(lon, lat), DOORS))


def _alike(units: Identities) -> Flags:
    """Return units whose core another has, or whose name may be another's, short or full."""
    names, townships = units.names.codes, units.townships.codes
    core, company = _cores(units.names.values)
    told = _again(mixed(core.whole()[names], townships), 2)
    company = company[names]
    told |= company & _more(names, 2)
    long = (core.lengths >= SHORTEST_SHARED)[names]
    for end in (core.first(), core.last()):
        told |= long & _of_both(mixed(end[names], townships), long & company, long & ~company)
    return told & (names > 0)


def _cores(names: Sequence[object]) -> tuple[Letters, Flags]:
    """Return names without place and legal form, and which have the form of a company."""
    core = Letters(names)
    company = core.take_off_end(("有限责任公司", "有限公司", "公司"))
    core.take_off_end(("股份", "责任"), company)
    core.take_off_end(("(集团)", "集团"), company)
    ending = np.flatnonzero(core.hold(_PLACES_END))
    lengths = core.lengths
    for i, name in zip(ending.tolist(), chosen(names, ending), strict=True):
        length = int(lengths[i])
        found = _PLACE.match(name, 0, length)
        if found and length - found.end() >= SHORTEST:
            core.begins[i] += found.end()
    return core, company


def _again(keys: Keys, most: int) -> Flags:
    """Return which rows have a key that so many rows have: few of very many."""
    told = _more(_places(keys), most)
    few = np.flatnonzero(told)
    told[few] = _more(numbered(keys[few])[0], most)
    return told


def _of_both(keys: Keys, some: Flags, others: Flags) -> Flags:
    """Return which rows have a key that rows of two kinds have: few of very many."""
    told = np.ones(len(keys), dtype=bool)
    for numbers in (_places(keys), None):
        few = np.flatnonzero(told)
        which = numbered(keys[few])[0] if numbers is None else numbers
        met = [np.zeros(int(which.max(initial=-1)) + 1, dtype=bool) for _ in range(2)]
        for kind, marks in zip((some, others), met, strict=True):
            marks[which[kind[few]]] = True
        told[few] = (met[0] & met[1])[which]
    return told


def _places(keys: Keys) -> npt.NDArray[np.int64]:
    """Return a small number for every key, the same for equal ones and seldom for others."""
    return ((keys * _SPREAD) >> _KEPT).astype(np.int64)


def _more(numbers: npt.NDArray[np.int64], most: int) -> Flags:
    """Return which rows have a number that so many rows have."""
    return np.asarray((np.bincount(numbers) >= most)[numbers])
