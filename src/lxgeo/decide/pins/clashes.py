"""Pins that contradict each other: none of them is kept, each is told with the others' places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxgeo.errors import Words
from lxgeo.pin import Pin, PinAction

_PLACES_TOLD = 5

_TWO_BRANCHES = Words("一家单位只能锁定在一个党支部", "a unit can be locked into one branch only")
_HOST_ELSEWHERE = Words(
    "既指定为牵头单位，又锁定在别的牵头单位或党支部之下",
    "a unit is to host, and is locked under another host or branch",
)
_OUT_AND_IN = Words(
    "既不纳入，又锁定、牵头或与别家同组",
    "a unit is to be left out, and is also locked, to host or to be together with another",
)
_FORBIDDEN = Words("既锁定又禁止", "locked to what is forbidden")
_APART_IN_ONE = Words(
    "要求分开的两家又锁定或同组在一个党支部", "two units are to be apart, and in one branch"
)
_TWO_HOSTS = Words("同组单位中有两家牵头", "two of those that are together are to host")
_LOCKED_APART = Words(
    "同组的单位没有锁定在同一个党支部", "of units together some are locked elsewhere"
)


@dataclass(frozen=True)
class Fit:
    """A pin whose unit and other unit or branch were found.

    Parameters
    ----------
    number
        Its place among all pins.
    pin
        The pin.
    unit
        Region and number of its unit among the region's sites.
    other
        The same of the other unit or approved branch; None where the action needs none.
    """

    number: int
    pin: Pin
    unit: tuple[str, int]
    other: tuple[str, int] | None = None

    @property
    def action(self) -> PinAction:
        """What is settled."""
        return self.pin.action


@dataclass(frozen=True)
class Groups:
    """Pins by what they make: locked branches, and units that are together.

    Parameters
    ----------
    fits
        The pins.
    """

    fits: Sequence[Fit]

    def of(self, action: PinAction) -> list[Fit]:
        """Return the pins of one action."""
        return [fit for fit in self.fits if fit.action is action]

    @cached_property
    def locks(self) -> Mapping[tuple[str, int], list[Fit]]:
        """Host or approved branch → the pins that lock units to it."""
        found = defaultdict(list)
        for fit in self.of(PinAction.LOCK):
            if fit.other is not None:
                found[fit.other].append(fit)
        return found

    @cached_property
    def locked(self) -> Mapping[tuple[str, int], list[Fit]]:
        """Unit → the pins that say into which branch it is locked, those of its host among them."""
        found = defaultdict(list)
        for target, fits in self.locks.items():
            for fit in fits:
                found[fit.unit].append(fit)
                if fit.unit != target:
                    found[target].append(fit)
        return found

    def branch_of(self, unit: tuple[str, int]) -> tuple[str, int] | None:
        """Return the host or approved branch that a unit is locked to; its own, if it hosts."""
        fits = self.locked.get(unit, [])
        return fits[0].other if fits else None

    @cached_property
    def together(self) -> list[tuple[frozenset[tuple[str, int]], list[Fit]]]:
        """Units that hang together, and the pins that say so."""
        parent: dict[tuple[str, int], tuple[str, int]] = {}

        def root(unit: tuple[str, int]) -> tuple[str, int]:
            while parent.setdefault(unit, unit) != unit:
                unit = parent[unit]
            return unit

        fits = self.of(PinAction.TOGETHER)
        for fit in fits:
            if fit.other is not None:
                ends = sorted((root(fit.unit), root(fit.other)))
                parent[ends[1]] = ends[0]
        said, units = defaultdict(list), defaultdict(set)
        for fit in fits:
            said[root(fit.unit)].append(fit)
        for unit in list(parent):
            units[root(unit)].add(unit)
        return [(frozenset(units[first]), said[first]) for first in sorted(units)]


def clashes(fits: Sequence[Fit]) -> dict[int, Words]:
    """Return, of each pin that contradicts others, with which ones, and in what.

    Parameters
    ----------
    fits
        All pins that were found, in any order: what is told depends on none.
    """
    told: dict[int, Words] = {}
    ordered = sorted(fits, key=lambda fit: fit.pin.key)
    for what, group in _groups(Groups(ordered)):
        for fit in group:
            told.setdefault(fit.number, _told(fit, group, what))
    return told


def _told(fit: Fit, group: Sequence[Fit], what: Words) -> Words:
    others = sorted({_place(each) for each in group if each.number != fit.number})[:_PLACES_TOLD]
    zh = "、".join(place[1].zh for place in others)
    en = ", ".join(place[1].en for place in others)
    return Words(
        zh=f"与{zh}矛盾：{what.zh}；请只留其中一种再重新测算",
        en=f"contradicts {en}: {what.en}; keep one of them and plan again",
    )


def _place(fit: Fit) -> tuple[tuple[str, ...], Words]:
    pin, action = fit.pin, fit.action.said
    where = f"{pin.place} " if pin.place else ""
    ids = f"{pin.unit_id} {pin.other_id}".strip()
    return pin.key, Words(f"{where}“{action.zh}”（{ids}）", f"{where}'{action.en}' ({ids})")


def _groups(pins: Groups) -> Iterator[tuple[Words, list[Fit]]]:
    """Yield what is contradictory, and all pins that make it so."""
    yield from _about_locks(pins)
    yield from _about_hosts(pins)
    yield from _about_two(pins)
    for units, said in pins.together:
        yield from _about_together(pins, units, said)


def _about_locks(pins: Groups) -> Iterator[tuple[Words, list[Fit]]]:
    for fits in pins.locked.values():
        if len({fit.other for fit in fits}) > 1:
            yield _TWO_BRANCHES, fits
    for fit in pins.of(PinAction.LEAVE_OUT):
        if locks := pins.locked.get(fit.unit):
            yield _OUT_AND_IN, [fit, *locks]
    for fit in pins.of(PinAction.FORBID):
        same = [each for each in pins.of(PinAction.LOCK) if each.unit == fit.unit]
        if same := [each for each in same if each.other == fit.other]:
            yield _FORBIDDEN, [fit, *same]


def _about_hosts(pins: Groups) -> Iterator[tuple[Words, list[Fit]]]:
    out = {fit.unit: fit for fit in pins.of(PinAction.LEAVE_OUT)}
    for fit in pins.of(PinAction.HOST):
        if under := [each for each in pins.locked.get(fit.unit, []) if each.other != fit.unit]:
            yield _HOST_ELSEWHERE, [fit, *under]
        if fit.unit in out:
            yield _OUT_AND_IN, [fit, out[fit.unit]]


def _about_two(pins: Groups) -> Iterator[tuple[Words, list[Fit]]]:
    for fit in pins.of(PinAction.APART):
        if fit.other is None:
            continue
        branch = pins.branch_of(fit.unit)
        if branch is not None and branch == pins.branch_of(fit.other):
            ends = {fit.unit, fit.other}
            yield _APART_IN_ONE, [fit, *_locking(pins.locks[branch], ends)]


def _about_together(
    pins: Groups, units: Iterable[tuple[str, int]], said: list[Fit]
) -> Iterator[tuple[Words, list[Fit]]]:
    units = frozenset(units)
    apart = [fit for fit in pins.of(PinAction.APART) if {fit.unit, fit.other} <= units]
    hosts = [fit for fit in pins.of(PinAction.HOST) if fit.unit in units]
    out = [fit for fit in pins.of(PinAction.LEAVE_OUT) if fit.unit in units]
    if apart:
        yield _APART_IN_ONE, [*apart, *said]
    if len({fit.unit for fit in hosts}) > 1:
        yield _TWO_HOSTS, [*hosts, *said]
    if out:
        yield _OUT_AND_IN, [*out, *said]
    if len({pins.branch_of(unit) for unit in units}) > 1:
        locking = [fit for unit in sorted(units) for fit in pins.locked.get(unit, [])]
        yield _LOCKED_APART, [*said, *_locking(locking, units)]


def _locking(locks: Iterable[Fit], units: Iterable[tuple[str, int]]) -> list[Fit]:
    """Return the pins that lock these very units; of a host, those that make it one."""
    units = frozenset(units)
    found: dict[int, Fit] = {}
    for fit in locks:
        if fit.unit in units or fit.other in units:
            found.setdefault(fit.number, fit)
    return list(found.values())
