"""The cheapest plan of a body's units, by trying every one.

The trying knows the rules from their text alone: it shares no distance, no cost and no search with
what it judges. A set of units is a bit mask.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import floor, sqrt
from typing import Any

import numpy as np
import pandas as pd
from counties import County
from pyproj import Transformer

from lxgeo.policy import Policy

NEVER = 1 << 50
"""Centimetres of what is not allowed."""


@dataclass(frozen=True)
class _Site:
    """A unit or an approved branch: where it is, what it does, whom it has."""

    x: float
    y: float
    building: str | None
    park: str | None
    code: str
    limit_m: float
    full: int
    total: int


def best_cm(county: County, body: str, crs: str) -> int:
    """Return what the cheapest plan of one body costs, centimetres: every plan is tried."""
    policy = county.policy
    rows = county.units[county.units["outcome"].isna() & (county.units["jurisdiction"] == body)]
    there = county.branches
    there = there[(there["jurisdiction"] == body) & (there["room"] > 0) & there.geometry.notna()]
    to_metres = _to_metres(crs)
    units = [_site(row, _counting(row, policy), to_metres) for row in rows.itertuples()]
    alone = [_cm(policy.left_out_factor * unit.limit_m) for unit in units]
    plans = _partitions(_new_cm(units, policy), alone)
    for row in there.itertuples():
        unknown = pd.isna(row.full_members)
        host = _site(row, policy.joint_min_full if unknown else row.full_members, to_metres)
        opening = _cm(policy.attach_m) if row.outcome == "standalone" else 0
        plans = _joined(plans, _joining_cm(units, host, int(row.room), policy) + opening)
    return int(plans[-1])


def _counting(row: Any, policy: Policy) -> int:
    """Return the full members of a unit that count towards three."""
    elsewhere = policy.joint_basis == "affiliated" and not pd.isna(row.affiliated_members)
    return int(row.affiliated_members if elsewhere else row.full_members)


@cache
def _to_metres(crs: str) -> Transformer:
    return Transformer.from_crs(4326, crs, always_xy=True)


def _site(row: Any, full: int, to_metres: Transformer) -> _Site:
    x, y = to_metres.transform(round(row.geometry.x, 7), round(row.geometry.y, 7))
    building, park, code = (
        each if isinstance(each, str) else None
        for each in (row.building_id, row.park_id, row.industry_code)
    )
    return _Site(
        *(x, y, building, park, code or "", row.max_distance_m),
        *(int(full), int(row.total_members)),
    )


def _cm(metres: float) -> int:
    return floor(100 * metres + 0.5)


def _pair_cm(unit: _Site, host: _Site, policy: Policy) -> int:
    dx, dy = unit.x - host.x, unit.y - host.y
    metres = sqrt(dx * dx + dy * dy)
    if not _may_meet((unit.code, host.code), metres, min(unit.limit_m, host.limit_m), policy):
        return NEVER
    if unit.building is not None and unit.building == host.building:
        place = policy.same_building
    elif unit.park is not None and unit.park == host.park:
        place = policy.same_park
    else:
        place = 1.0
    return _cm(place * metres + policy.trade_m * _gap(unit.code, host.code))


def _may_meet(codes: tuple[str, str], metres: float, limit: float, policy: Policy) -> bool:
    """Return whether two of these trades may share a branch so far apart."""
    length = {"section": 1, "division": 3, "group": 4, "class": 5}[policy.like_trade]
    one, other = (each if each[:1].isalpha() else "" for each in codes)
    known = min(length, len(one), len(other))
    differ, told = one[:known] != other[:known], known == length
    if policy.joint_by == "near":
        return metres <= limit
    if policy.joint_by == "near_or_like":
        return metres <= limit * (policy.like_reach if told and not differ else 1)
    return metres <= limit and not differ and (told or policy.unknown_trade == "check")


def _gap(one: str, other: str) -> float:
    """Return the distance between two trades: 0 class, 0.25 group … 1 nothing; 0.5 unknown."""
    if not (one[:1].isalpha() and other[:1].isalpha()):
        return 0.5
    if one[0] != other[0]:
        return 1.0
    shared = [n for n in (3, 4, 5) if len(one) >= n <= len(other) and one[:n] == other[:n]]
    return 0.75 - 0.25 * len(shared)


def _sums(values: list[int]) -> np.ndarray:
    """Return the sum over each set of units; a set is a bit mask."""
    sums = np.zeros(1, dtype=np.int64)
    for value in values:
        sums = np.concatenate([sums, sums + value])
    return sums


def _new_cm(units: list[_Site], policy: Policy) -> np.ndarray:
    """Return what each set of units costs as a new branch under its cheapest host."""
    count = _sums([1] * len(units))
    full, total = _sums([u.full for u in units]), _sums([u.total for u in units])
    cheapest = np.full(len(count), NEVER)
    for bit, host in enumerate(units):
        under = _sums([0 if u is host else _pair_cm(u, host, policy) for u in units])
        holds = np.arange(len(count)) >> bit & 1 == 1
        cheapest = np.where(holds, np.minimum(cheapest, under), cheapest)
    legal = (count >= 2) & (count <= policy.joint_max_units) & (cheapest < NEVER)
    legal &= (full >= policy.joint_min_full) & (total <= policy.branch_max_members)
    opening = _cm(policy.branch_m) + np.where(full == 3, _cm(policy.thin_m), 0)
    return np.where(legal, opening + cheapest, NEVER)


def _joining_cm(units: list[_Site], host: _Site, room: int, policy: Policy) -> np.ndarray:
    """Return what it costs that each set of units joins an approved branch, its asking aside."""
    count = _sums([1] * len(units))
    full, total = _sums([u.full for u in units]), _sums([u.total for u in units])
    under = _sums([_pair_cm(u, host, policy) for u in units])
    legal = (count >= 1) & (count <= room) & (under < NEVER)
    legal &= host.full + full >= policy.joint_min_full
    legal &= host.total + total <= policy.branch_max_members
    return np.where(legal, under, NEVER)


def _partitions(branches: np.ndarray, alone: list[int]) -> np.ndarray:
    """Return what the cheapest partition of each set of units costs, units left out included."""
    count = len(alone)
    plans = np.zeros(1 << count, dtype=np.int64)
    for low in reversed(range(count)):
        rest = np.arange(1 << (count - low - 1)) << (low + 1)  # sets of the units after this one
        whole = rest | (1 << low)
        plans[whole] = alone[low] + plans[rest]
        for branch in whole[branches[whole] < NEVER].tolist():
            holding = whole[(whole & branch) == branch]
            cost = branches[branch] + plans[holding ^ branch]
            plans[holding] = np.minimum(plans[holding], cost)
    return plans


def _joined(plans: np.ndarray, joining: np.ndarray) -> np.ndarray:
    """Return the cheapest plans of all sets of units once an approved branch may take some."""
    everything = np.arange(len(plans))
    better = plans.copy()
    for some in np.flatnonzero(joining < NEVER).tolist():
        holding = everything[(everything & some) == some]
        better[holding] = np.minimum(better[holding], joining[some] + plans[holding ^ some])
    return better
