"""How far a unit would have to look: the smallest distance limit at which it could be placed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lxgeo.decide.regions.instance import Ints, Reals

_FIRST, _TIMES = 16, 4
"""Neighbours looked up at first, and how many times more when these are not enough."""


class Way(NamedTuple):
    """A branch that a unit could be in.

    Parameters
    ----------
    limit_m
        The distance limit that it needs, metres.
    host
        Number of its host: the unit itself, another unit, or a branch that stands or is proposed.
    others
        Numbers of the units that it needs besides the unit and the host.
    """

    limit_m: float
    host: int
    others: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Around:
    """Who could share a branch with whom, were the distance limit wider.

    Parameters
    ----------
    at : ndarray of float64, shape (n, 2)
        Where each unit and each branch is, metres.
    partner : ndarray of bool, shape (n,)
        Whether it may be under a host.
    room : ndarray of int64, shape (n,)
        How many units each may take in as host.
    full, total : ndarray of int64, shape (n,)
        Full members and all members: a unit's own, or those of the branch that it stands for.
    least_full, most_members
        Bounds on a branch's full members and members.
    allowed
        Whether two of them may be in one branch, distance aside; all may if not given.
    """

    at: Reals
    partner: NDArray[np.bool_]
    room: Ints
    full: Ints
    total: Ints
    least_full: int
    most_members: int
    allowed: Callable[[int, int], bool] | None = None

    def least_way(self, unit: int) -> Way | None:
        """Return the way that needs the smallest limit, None where no limit would do.

        Hosts are tried from near to far, the unit itself first: it may host a branch of its own.
        """
        best: Way | None = None
        for away, host in chain([(0.0, unit)], self._near(unit)):
            ceiling = inf if best is None else best.limit_m
            if away >= ceiling:
                break
            if self.room[host] > 0:
                best = self._under(unit, host, away, ceiling) or best
        return best

    def _under(self, unit: int, host: int, away: float, ceiling: float) -> Way | None:
        """Return the way under a host, if it needs less than the ceiling.

        Units come in from near to far. Of those that are so many and bring so many full members,
        the set of fewest members is kept: it leaves most room for others.
        """
        guest = host != unit
        full = int(self.full[host]) + (int(self.full[unit]) if guest else 0)
        total = int(self.total[host]) + (int(self.total[unit]) if guest else 0)
        if total > self.most_members:
            return None
        if guest and full >= self.least_full:
            return Way(away, host, ())
        room = int(self.room[host])
        kept = {(int(guest), min(full, self.least_full)): (total, ())}
        for metres, other in self._near(host):
            limit = max(away, metres)
            if limit >= ceiling:
                return None
            if other == unit or not self.partner[other]:
                continue
            for (units, had), (members, who) in list(kept.items()):
                more = members + int(self.total[other])
                if units >= room or more > self.most_members:
                    continue
                gathered = min(had + int(self.full[other]), self.least_full)
                if gathered >= self.least_full:
                    return Way(limit, host, (*who, other))
                if more < kept.get((units + 1, gathered), (inf,))[0]:
                    kept[units + 1, gathered] = more, (*who, other)  # type: ignore[assignment]
        return None

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(self.at)

    def _near(self, here: int) -> Iterator[tuple[float, int]]:
        """Yield distance and number of the others that it may share a branch with, nearest first.

        Where many are at one place, a longer look-up may tell them in another order: who was told
        is remembered.
        """
        told = {here}
        most = min(_FIRST, len(self.at))
        while True:
            apart, who = self._tree.query(self.at[here], k=[*range(1, most + 1)])
            for metres, other in sorted(zip(apart.tolist(), who.tolist(), strict=True)):
                if other not in told:
                    told.add(other)
                    if self.allowed is None or self.allowed(here, other):
                        yield metres, other
            if most == len(self.at):
                return
            most = min(_TIMES * most, len(self.at))
