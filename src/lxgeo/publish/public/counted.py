"""Counting units by township, park and building, into groups that no count is finer than."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo.model import Outcome

LEVELS = ("township", "park", "building")
"""What units are counted by, the coarsest first."""

_ORGANISED = (Outcome.STANDALONE, Outcome.TEMPORARY, Outcome.JOINT, Outcome.ATTACHED)
"""Outcomes that give a unit an organisation, besides those that have one."""


@dataclass(frozen=True, eq=False)
class Place:
    """One township, park or building, and the groups of units in it.

    Parameters
    ----------
    level
        One of `LEVELS`.
    key, name
        Its id in the run, which never leaves it, and its name.
    groups : ndarray of bool, shape (groups,)
        Which groups lie in it.
    """

    level: str
    key: str
    name: str
    groups: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Counted:
    """True counts. They stay inside.

    Parameters
    ----------
    counts : ndarray of int64, shape (groups, 3)
        Of each group (units that share township, park and building): those with an organisation
        as things stand, those that would get one, and those without.
    places
        Whatever holds a unit, by level, then by name.
    """

    counts: NDArray[np.int64]
    places: tuple[Place, ...]

    def of(self, groups: NDArray[np.bool_]) -> tuple[int, int, int]:
        """Return units, organised before and organised after of some groups."""
        before, gained, without = (int(each) for each in self.counts[groups].sum(axis=0))
        return before + gained + without, before, before + gained


def counted(units: pd.DataFrame, townships: Iterable[tuple[str, str]] = ()) -> Counted:
    """Count units; excluded ones stand in no count.

    Parameters
    ----------
    units
        `lxgeo.tables.UNITS`: ``outcome``, and id and name of township, park and building.
    townships
        Id and name of all townships of the district: those without units are places too.

    Returns
    -------
    Counted
        Places whose name holds that of a unit are no places here.
    """
    operating = units[units["outcome"] != Outcome.EXCLUDED]
    keys = [f"{level}_id" for level in LEVELS]
    held = operating[keys].astype("object").fillna("")
    number = held.groupby(keys, sort=True).ngroup().to_numpy(dtype=np.intp)
    groups = held.drop_duplicates().sort_values(keys, kind="stable")
    standing = np.where(
        operating["outcome"] == Outcome.EXISTING,
        0,
        np.where(operating["outcome"].isin(_ORGANISED), 1, 2),
    )
    counts = np.zeros((len(groups), 3), dtype=np.int64)
    np.add.at(counts, (number, standing), 1)
    called = frozenset(str(each) for each in units["name"].dropna() if len(str(each)) > 1)
    places = []
    for level in LEVELS:
        ids = groups[f"{level}_id"].to_numpy(dtype=object)
        names = _names(operating, level) | (dict(townships) if level == "township" else {})
        for key, name in sorted(names.items(), key=lambda each: (each[1], each[0])):
            if called.isdisjoint(_within(name)):
                places.append(Place(level, key, name, np.asarray(ids == key, dtype=bool)))
    return Counted(counts, tuple(places))


def _within(name: str) -> Iterator[str]:
    """Yield every run of letters of a name."""
    ends = range(len(name) + 1)
    return (name[first:last] for first in ends for last in ends[first + 2 :])


def _names(units: pd.DataFrame, level: str) -> dict[str, str]:
    pairs = units[[f"{level}_id", level]].dropna().drop_duplicates(f"{level}_id")
    return {str(key): str(name) for key, name in pairs.itertuples(index=False)}
