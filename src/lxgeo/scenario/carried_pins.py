"""What was settled by hand in the run before, for the planner to keep to once more.

Each is asked of the planner again, who refuses what no longer fits. What a new file says comes
first: of what it contradicts nothing is kept, and of a locked branch all or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd

from lxgeo.decide.pins.clashes import Fit, clashes
from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.pin import Pin, PinAction, RefusedPin
from lxgeo.scenario.previous import Previous, branches_now, same_as_now

_APPROVED = Words(
    "已在经批准的党组织内，这项调整已了结",
    "it is in an approved organisation: this adjustment has done its work",
)


@dataclass(frozen=True)
class CarriedPins:
    """What was settled by hand before.

    Parameters
    ----------
    pins
        What is asked of the planner again, by the ids of the new ledger.
    ended
        What is not: done with by approval, or given way to what a new file says.
    """

    pins: tuple[Pin, ...] = ()
    ended: tuple[RefusedPin, ...] = ()


def carried_pins(
    previous: Previous,
    triaged: gpd.GeoDataFrame,
    existing: gpd.GeoDataFrame,
    said: Sequence[Pin],
) -> CarriedPins:
    """Return which pins of the run before are asked of the planner again, and which are not.

    Parameters
    ----------
    previous
        The run before.
    triaged, existing
        `lxgeo.tables.TRIAGED` and `lxgeo.tables.EXISTING` of the new ledger.
    said
        The pins of a new file: these win.
    """
    same = same_as_now(previous, triaged)
    ids = branches_now(previous, existing, same) | same
    pins = [_now(pin, ids) for pin in previous.pins]
    inside = set(triaged.loc[triaged["outcome"] == Outcome.EXISTING, "unit_id"])
    done = [pin for pin in pins if pin.unit_id in inside]
    repeated = {_what(pin) for pin in said}
    open_ = [pin for pin in pins if pin.unit_id not in inside and _what(pin) not in repeated]
    yielding = _yielding(open_, said)
    return CarriedPins(
        tuple(pin for number, pin in enumerate(open_) if number not in yielding),
        (
            *(RefusedPin(pin, _APPROVED) for pin in done),
            *(RefusedPin(open_[number], yielding[number]) for number in sorted(yielding)),
        ),
    )


def _now(pin: Pin, ids: Mapping[str, str]) -> Pin:
    """Return a pin by the ids of the new ledger, and as one of the run before."""
    unit, other = (ids.get(each, each) for each in (pin.unit_id, pin.other_id))
    return replace(pin, unit_id=unit, other_id=other, place=f"上期{pin.place}")


def _what(pin: Pin) -> tuple[str, str, str]:
    return pin.unit_id, pin.action, pin.other_id


def _yielding(carried: Sequence[Pin], said: Sequence[Pin]) -> dict[int, Words]:
    """Return, of the carried pins that a new file speaks against, why each gives way."""
    number: dict[str, int] = {}
    fits = []
    for place, pin in enumerate((*carried, *said)):
        ends = [("", number.setdefault(each, len(number))) for each in (pin.unit_id, pin.other_id)]
        fits.append(Fit(place, pin, ends[0], ends[1] if pin.action.needs_other else None))
    yielding = {
        place: Words(f"让位于新的人工调整：{why.zh}", f"gives way to the new pins: {why.en}")
        for place, why in clashes(fits).items()
        if place < len(carried)
    }
    anew = set(_locked_to(said)) | set(_locked_to(carried[place] for place in yielding))
    for place, pin in enumerate(carried):
        if pin.action is PinAction.LOCK and pin.other_id in anew:
            yielding.setdefault(place, _LOCKED_ANEW)
    return yielding


_LOCKED_ANEW = Words(
    "让位于新的人工调整：所锁定的党支部已另行调整",
    "gives way to the new pins: the branch that it locks is settled anew",
)


def _locked_to(pins: Iterable[Pin]) -> Iterable[str]:
    return (pin.other_id for pin in pins if pin.action is PinAction.LOCK)
