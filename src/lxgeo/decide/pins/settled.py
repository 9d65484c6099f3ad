"""What pins settle in a region before it is solved, and how the rest is solved without it.

Units that are locked into a branch or left out by a pin are taken out of the region, and so is an
approved branch that is closed to others. What they cost is then known, and is added to what the
rest costs and to its bound: that holds over all plans that keep to the pins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from lxgeo.decide.plans.found import LEFT_OUT
from lxgeo.decide.regions.instance import Instance, Ints
from lxgeo.decide.regions.law import Law, no_law, taken
from lxgeo.decide.solve import Answer
from lxgeo.pin import Pin

if TYPE_CHECKING:
    from lxgeo.decide.regions.region import Region


@dataclass(frozen=True, eq=False)
class Lock:
    """A branch as it was settled.

    Parameters
    ----------
    host
        Number of its host among the region's sites: one of the members, or an approved branch.
    members
        Numbers of its units (those that join, of an approved branch), ascending.
    cost_cm
        What it costs, centimetres.
    pins
        Who said so, in order of the pins' keys.
    """

    host: int
    members: tuple[int, ...]
    cost_cm: int
    pins: tuple[Pin, ...]

    @property
    def told(self) -> Pin:
        """The pin that is told for all: the first that says who and why, else the first."""
        return next((pin for pin in self.pins if pin.accounted_for), self.pins[0])


@dataclass(frozen=True, eq=False)
class Settled:
    """What pins say of a region.

    Parameters
    ----------
    law
        Of the region's nodes, who may share a branch.
    locks
        Branches that are settled.
    left_out
        Number of each unit that a pin leaves out → the pin.
    """

    law: Law = field(default_factory=no_law)
    locks: tuple[Lock, ...] = ()
    left_out: Mapping[int, Pin] = field(default_factory=dict)

    def lock_of(self, unit: int) -> Lock | None:
        """Return the settled branch that a unit is in."""
        return next((lock for lock in self.locks if unit in lock.members), None)


def free_nodes(region: Region) -> Ints:
    """Return the numbers of the units and approved branches that are still to be planned."""
    settled = region.settled
    gone = {each for lock in settled.locks for each in (lock.host, *lock.members)}
    gone |= set(settled.left_out)
    return np.array([i for i in range(region.instance.nodes) if i not in gone], dtype=np.int64)


def free_part(region: Region) -> Instance:
    """Return the arrays of what is still to be planned; it may have no units."""
    instance, settled = region.instance, region.settled
    if not (settled.locks or settled.left_out):
        return instance
    free = free_nodes(region)
    units = int((free < instance.units).sum())
    return instance._replace(units=units, node=instance.node[free], law=taken(instance.law, free))


def whole(region: Region, answer: Answer | None) -> Answer:
    """Return the plan of a region with what was settled, from the plan of what was not.

    Parameters
    ----------
    region
        The region.
    answer
        Of `free_part`; None where that has no units.
    """
    instance, settled = region.instance, region.settled
    if answer is not None and not (settled.locks or settled.left_out):
        return answer
    labels = np.full(instance.units, LEFT_OUT, dtype=np.int32)
    if answer is None:
        answer = Answer(region.name, labels[:0], 0, 0, stopped=False)
    free = free_nodes(region).astype(np.int32)
    inside = answer.labels >= 0
    labels[free[: len(answer.labels)][inside]] = free[answer.labels[inside]]
    for lock in settled.locks:
        labels[list(lock.members)] = lock.host if lock.host >= instance.units else lock.members[0]
    alone = instance.node["alone_cm"][sorted(settled.left_out)]
    cost = sum(lock.cost_cm for lock in settled.locks) + int(alone.sum())
    return replace(
        answer,
        labels=labels,
        cost_cm=answer.cost_cm + cost,
        bound_cm=answer.bound_cm + cost,
        left_out_min=answer.left_out_min + len(settled.left_out),
    )
