"""Which pins fit the ledger and the rules as they are now, and what they settle in each region.

A pin is looked at in four steps: its unit is still to be placed and the other is there; it
contradicts no other pin; a branch that is locked breaks no hard rule; units that are to be together
can be in one branch. Where a step refuses it, that is told; all others are kept to. What is kept
depends on no order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd

from lxgeo.decide.branches.decisions import listed
from lxgeo.decide.pins.clashes import Fit, Groups, clashes
from lxgeo.decide.pins.locking import locked, why_not_together
from lxgeo.decide.pins.settled import Lock, Settled
from lxgeo.decide.regions.law import APART, BARRED, WITH, Law, law_of
from lxgeo.decide.regions.region import Region
from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.pin import Pin, PinAction, Pins, RefusedPin
from lxgeo.policy import Policy

_GONE = Words(
    zh="台账中没有这个编号（可能已注销、更名换码或换了台账）；请在新地图上重新调整",
    en="no such id in the ledger (closed, renamed or another ledger); adjust it on the new map",
)
_NOW: Mapping[str, Words] = {
    Outcome.STANDALONE: Words("现应单独组建党支部", "it founds a branch of its own now"),
    Outcome.TEMPORARY: Words("现应先转接组织关系", "its members' affiliation comes first now"),
    Outcome.EXISTING: Words("已在经批准的党组织内", "it is in an approved organisation"),
    Outcome.NO_MEMBERS: Words("现没有正式党员", "it has no full member now"),
    Outcome.UNKNOWN_MEMBERS: Words("正式党员数不明", "its full members are unknown"),
    Outcome.NOT_LOCATED: Words("没有足够准确的位置", "its position is not known well enough"),
    Outcome.EXCLUDED: Words("现不计入（注销、重复等）", "it is not counted (closed, a repeat …)"),
}
_NEEDS_UNIT = Words(
    zh="同组、分开只能写单位；并入经批准的党支部请用“锁定”，不进该党支部请用“禁止”",
    en="together and apart are between units; to join an approved branch use 'lock', to keep out"
    " of it 'forbid'",
)
_CLOSED = Words(
    zh="该党支部没有名额、没有位置，或与本单位不在同一管辖",
    en="the branch has no room or no position, or is under another body",
)
_BODIES = Words(
    zh="两家单位不在同一管辖，跨管辖联合须由上级决定",
    en="the two are under different bodies: only the superior can decide",
)
_LOCK_LOST = Words(
    zh="同组的单位有的已锁定在一个党支部，有的没能锁定在一起",
    en="some of those to be together are locked into a branch that the others can't join",
)


@dataclass(frozen=True, eq=False)
class Fitted:
    """Pins as they fit, and the regions that keep to them.

    Parameters
    ----------
    pins
        Kept and refused.
    regions
        The regions, each with what is settled in it.
    """

    pins: Pins
    regions: list[Region]


def fit_pins(
    pins: Sequence[Pin],
    regions: Sequence[Region],
    triaged: gpd.GeoDataFrame,
    existing: gpd.GeoDataFrame,
    policy: Policy,
) -> Fitted:
    """Return which pins can be kept, and the regions with what these settle.

    Parameters
    ----------
    pins
        What was settled by hand.
    regions
        The regions to be planned.
    triaged, existing
        `lxgeo.tables.TRIAGED` and `lxgeo.tables.EXISTING`.
    policy
        Thresholds.
    """
    if not pins:
        return Fitted(Pins(), list(regions))
    register = _Register(regions, triaged, existing)
    refused: dict[int, Words] = {}
    fits: list[Fit] = []
    for number, pin in enumerate(pins):
        fit = register.fit(number, pin)
        if isinstance(fit, Fit):
            fits.append(fit)
        else:
            refused[number] = fit
    refused |= clashes(fits)
    settled: list[Region] = []
    by_region = defaultdict(list)
    for fit in fits:
        if fit.number not in refused:
            by_region[fit.unit[0]].append(fit)
    for region in regions:
        done, why = _settle(region, by_region[region.name], policy)
        settled.append(done)
        refused |= why
    kept = tuple(pin for number, pin in enumerate(pins) if number not in refused)
    told = tuple(RefusedPin(pins[number], refused[number]) for number in sorted(refused))
    return Fitted(Pins(kept, told), settled)


class _Register:
    """Where each unit and approved branch is."""

    def __init__(
        self, regions: Sequence[Region], triaged: gpd.GeoDataFrame, existing: gpd.GeoDataFrame
    ) -> None:
        self._regions = regions
        self._triaged = triaged
        self._existing = existing

    @cached_property
    def _units(self) -> dict[str, tuple[str, int]]:
        return {
            unit.unit_id: (region.name, number)
            for region in self._regions
            for number, unit in enumerate(region.units)
        }

    @cached_property
    def _branches(self) -> dict[str, tuple[str, int]]:
        return {
            branch.branch_id: (region.name, number)
            for region in self._regions
            for number, branch in enumerate(region.hosts, start=len(region.units))
        }

    @cached_property
    def _approved(self) -> dict[str, str]:
        """Id of an approved branch, or of a unit in one → id of the branch."""
        found: dict[str, str] = {}
        for branch in self._existing.itertuples(index=False):
            found |= dict.fromkeys(listed(branch), branch.branch_id)
        return found | {each: each for each in self._existing["branch_id"]}

    @cached_property
    def _outcomes(self) -> dict[str, Any]:
        return dict(zip(self._triaged["unit_id"], self._triaged["outcome"], strict=True))

    def fit(self, number: int, pin: Pin) -> Fit | Words:
        """Return where a pin's unit and the other are, or why it can't be kept."""
        if pin.unit_id not in self._units:
            return self._why_not_placed(pin.unit_id)
        unit = self._units[pin.unit_id]
        if not pin.action.needs_other:
            return Fit(number, pin, unit)
        other = self._other(pin)
        if isinstance(other, Words):
            return other
        if pin.action in {PinAction.TOGETHER, PinAction.LOCK} and other[0] != unit[0]:
            return _BODIES if pin.other_id in self._units else _CLOSED
        return Fit(number, pin, unit, other)

    def _other(self, pin: Pin) -> tuple[str, int] | Words:
        """Return where the other unit or branch is; nowhere (number -1) where that says enough."""
        if pin.other_id in self._units:
            return self._units[pin.other_id]
        if pin.other_id not in self._approved:
            return self._why_not_placed(pin.other_id)
        if pin.action in {PinAction.TOGETHER, PinAction.APART}:
            return _NEEDS_UNIT
        branch = self._approved[pin.other_id]
        if branch in self._branches:
            return self._branches[branch]
        return _CLOSED if pin.action is PinAction.LOCK else (branch, -1)

    def _why_not_placed(self, unit_id: str) -> Words:
        outcome = self._outcomes.get(unit_id)
        if outcome is None or pd.isna(outcome):
            return Words(f"{unit_id}：{_GONE.zh}", f"{unit_id}: {_GONE.en}")
        now = _NOW.get(str(outcome), Words("现不需要编入联合党支部", "it needs no branch now"))
        return Words(
            zh=f"{unit_id}：{now.zh}，不再由测算编入联合党支部；此项调整可以删去",
            en=f"{unit_id}: {now.en}, so it is not placed any more; drop this adjustment",
        )


def _settle(region: Region, fits: Sequence[Fit], policy: Policy) -> tuple[Region, dict[int, Words]]:
    """Return a region with what its pins settle, and why some of them can't be kept."""
    if not fits:
        return region, {}
    groups = Groups(sorted(fits, key=lambda fit: fit.pin.key))
    refused: dict[int, Words] = {}
    locks: list[Lock] = []
    for (_, host), said in sorted(groups.locks.items()):
        done = locked(region, host, said, policy)
        refused |= done.refused
        if done.lock is not None:
            locks.append(done.lock)
    out = {fit.unit[1]: fit.pin for fit in reversed(groups.of(PinAction.LEAVE_OUT))}
    home = {unit: lock.host for lock in locks for unit in lock.members}
    gone = {*home, *out, *(lock.host for lock in locks)}
    free = [each for each in range(region.instance.nodes) if each not in gone]
    refused |= _not_together(region, groups, home, free)
    law = _law(region, [fit for fit in fits if fit.number not in refused])
    settled = Settled(law, tuple(locks), dict(sorted(out.items())))
    instance = region.instance._replace(law=law)
    return replace(region, settled=settled, instance=instance), refused


def _not_together(
    region: Region, groups: Groups, home: Mapping[int, int], free: Sequence[int]
) -> dict[int, Words]:
    """Return why units can't be together, of each pin that says they should."""
    refused: dict[int, Words] = {}
    law = _law(region, groups.fits)
    bound = replace(region, instance=region.instance._replace(law=law))
    for units, said in groups.together:
        numbers = [number for _, number in units]
        homes = {home.get(number) for number in numbers}
        why: Words | None = None
        if len(homes) > 1:
            why = _LOCK_LOST
        elif homes == {None}:
            why = why_not_together(bound, numbers, free)
        refused |= {fit.number: why for fit in said if why is not None}
    return refused


def _law(region: Region, fits: Iterable[Fit]) -> Law:
    """Return what pins say of who may share a branch."""
    leads, entries = [], []
    how = {PinAction.FORBID: BARRED, PinAction.APART: APART, PinAction.TOGETHER: WITH}
    for fit in fits:
        if fit.action is PinAction.HOST:
            leads.append(fit.unit[1])
        elif fit.action in how and fit.other is not None and fit.other[0] == region.name:
            entries.append((fit.unit[1], fit.other[1], how[fit.action]))
    return law_of(region.instance.nodes, leads, entries)
