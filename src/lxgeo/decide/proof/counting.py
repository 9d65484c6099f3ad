"""A lower bound by counting alone: how many hosts each trade needs, wherever the units are.

In a building with hundreds of units no way costs anything, and thousands of branches cost the same:
there a bound by worth (`lxgeo.decide.proof.bound`) is weak. What a plan costs is then decided by
how many hosts it has in each trade. A host takes at most ``r`` units, itself among them; so if a
class, group, division or section of ``n`` units has ``k`` hosts, at least ``n - r·k`` of its units
go to hosts outside, and each pays for the level that it leaves. Hence

    bound = least over all ways to place hosts of Σ open + Σ over trades of step · max(0, n - r·k)

which is a sum of convex functions on a tree: the slopes of the parts, sorted together, are the
slopes of the whole. Ways only ever add to it. Members are counted once, over all hosts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lxgeo.decide.regions.instance import Instance, Ints
from lxgeo.rules.cost import THIN_FULL_MEMBERS, to_cm

_UPWARDS = ("class_", "group", "division", "section")
_GAPS = (0.25, 0.5, 0.75, 1.0)  # of units that share nothing up to that level


def count_hosts(instance: Instance) -> int:
    """Return a lower bound over all legal plans, centimetres; 0 where counting proves nothing.

    It proves nothing where a unit's trade is unknown (as a host it is equally near to all), and
    where units are better left out than alone under a host of their own.
    """
    units = instance.node[: instance.units]
    open_cm = int(units["open_cm"].max())
    if (units["section"] < 0).any() or units["alone_cm"].min() < open_cm:
        return 0
    most = int(units["room"].max()) + 1
    pays = [to_cm(instance.trade_m * gap) for gap in _GAPS]
    slopes = _slopes(units, np.diff([0, *pays]), most)
    cost = len(units) * pays[-1] + np.concatenate([[0], np.cumsum(slopes)])
    hosts = np.arange(len(cost))
    taken_in = int(instance.node["room"][instance.units :].sum())
    if taken_in:  # each of them could host itself instead
        cost -= taken_in * open_cm
    else:
        cost += _short_of_members(instance, hosts)
    return max(0, int(cost[hosts * most >= len(units)].min()))


def _short_of_members(instance: Instance, hosts: Ints) -> Ints:
    """Return what so many hosts cost more, because members are not enough for all of them.

    Those without are left out; of the others, some have only three full members.
    """
    units = instance.node[: instance.units]
    full = int(units["full"].sum())
    alone_cm = int(units["alone_cm"].min() - units["open_cm"].max())
    thin_cm = int(units["thin_cm"].min())
    left_out = np.maximum(0, hosts - full // max(1, instance.least_full))
    more: Ints = left_out * alone_cm
    fuller = THIN_FULL_MEMBERS + 1
    if instance.least_full == THIN_FULL_MEMBERS and alone_cm >= fuller * thin_cm:
        more += thin_cm * np.maximum(0, fuller * (hosts - left_out) - full)
    return more


def _slopes(units: Any, steps: Ints, most: int) -> Ints:
    """Return what each host more adds to the least cost: a host each unit, in rising order."""
    slopes = units["open_cm"].copy()
    trades = _trades(units)
    for level, step in zip(_UPWARDS, steps, strict=True):
        trade = trades[level]
        order = np.lexsort((slopes, trade))
        _, first, size = np.unique(trade[order], return_index=True, return_counts=True)
        hosts = np.arange(len(order)) - np.repeat(first, size)
        outside = np.repeat(size, size)
        saved = np.maximum(0, outside - most * hosts) - np.maximum(0, outside - most * (hosts + 1))
        slopes[order] -= step * saved
    rising: Ints = np.sort(slopes)
    return rising


def _trades(units: Any) -> dict[str, Ints]:
    """Return the units' trades by level; one that is not known is shared with nobody."""
    alone = -1 - np.arange(len(units))
    unknown = np.zeros(len(units), dtype=bool)
    trades = {}
    for level in reversed(_UPWARDS):
        unknown |= units[level] < 0
        trades[level] = np.where(unknown, alone, units[level])
    return trades
