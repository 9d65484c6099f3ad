"""How far each headline figure moves with each setting, told one setting at a time.

Two scenarios show what a setting does where they differ in nothing else. A setting that changes
only along with others is told as such: which of them moved the figures nobody can say.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations, pairwise
from typing import Any

from lxgeo.judge.compare import HEADLINES
from lxgeo.model import Figure
from lxgeo.policy import Policy

PINS = "pins"
"""What is settled by hand, as a setting among the policy's."""
NAMING = ("name", "title", "source", "note")
"""What a policy is called: no setting."""


@dataclass(frozen=True)
class Step:
    """One setting taken from one value to the next, all else alike.

    Parameters
    ----------
    setting
        Its field; of a table also the key, as ``max_distance_m_by_kind.town``.
    was, now
        Its two values.
    before, after
        Numbers of the two scenarios.
    moved
        Headline → by how much it rises; None where one of them has no such figure.
    """

    setting: str
    was: Any
    now: Any
    before: int
    after: int
    moved: Mapping[str, float | None]


@dataclass(frozen=True)
class Entangled:
    """A setting that no two scenarios change by itself.

    Parameters
    ----------
    setting
        Its field.
    before, after
        The two scenarios that differ in it and in the fewest others.
    others
        What else these two differ in.
    """

    setting: str
    before: int
    after: int
    others: tuple[str, ...]


@dataclass(frozen=True)
class Sensitivity:
    """What each setting that differs does to the headline figures.

    Parameters
    ----------
    steps
        By setting, in the order of the policy's fields, then by value.
    entangled
        Settings that change only along with others.
    """

    steps: tuple[Step, ...]
    entangled: tuple[Entangled, ...]


def settings_of(policy: Policy) -> dict[str, Any]:
    """Return a policy's settings one by one: a table's entries stand as ``field.key``."""
    flat: dict[str, Any] = {}
    for each in fields(Policy):
        value = getattr(policy, each.name)
        if each.name in NAMING:
            continue
        if isinstance(value, Mapping):
            flat |= {f"{each.name}.{key}": one for key, one in value.items()}
        else:
            flat[each.name] = value
    return flat


def changed_settings(policy: Policy, base: Policy) -> dict[str, tuple[Any, Any]]:
    """Return setting → its value in the base and in the policy, where the two differ."""
    was, now = settings_of(base), settings_of(policy)
    return {name: (was[name], now[name]) for name in was if was[name] != now[name]}


def sensitivity(
    policies: Sequence[Policy],
    figures: Sequence[Mapping[str, Figure]],
    pins: Sequence[str] | None = None,
) -> Sensitivity:
    """Return how the headline figures move with each setting that differs.

    Parameters
    ----------
    policies
        Of each scenario.
    figures
        `lxgeo.judge.compare.alternative_figures` of each.
    pins
        Of each, what its pins are called: a setting (`PINS`) as any other. None where all have
        the same.
    """
    settings = [settings_of(each) for each in policies]
    if pins is not None:
        settings = [{**each, PINS: said} for each, said in zip(settings, pins, strict=True)]
    differing = [name for name in settings[0] if len({repr(each[name]) for each in settings}) > 1]
    steps: list[Step] = []
    entangled: list[Entangled] = []
    for name in differing:
        own = list(_steps(name, settings, figures))
        steps += own
        if not own:
            entangled.append(_entangled(name, settings))
    return Sensitivity(tuple(steps), tuple(entangled))


def _steps(
    name: str, settings: Sequence[Mapping[str, Any]], figures: Sequence[Mapping[str, Figure]]
) -> Iterator[Step]:
    """Yield the steps of a setting: from value to next value among scenarios alike but for it."""
    alike: dict[str, list[int]] = {}
    for number, each in enumerate(settings):
        rest = repr([value for key, value in each.items() if key != name])
        alike.setdefault(rest, []).append(number)
    for numbers in alike.values():
        # Of scenarios that are the same in all, the first speaks.
        first = {repr(settings[k][name]): k for k in reversed(numbers)}
        chain = sorted(first.values())
        if all(_is_number(settings[k][name]) for k in chain):
            chain.sort(key=lambda k: settings[k][name])
        for before, after in pairwise(chain):
            yield Step(
                name,
                settings[before][name],
                settings[after][name],
                before,
                after,
                {each: _rise(figures[before][each], figures[after][each]) for each in HEADLINES},
            )


def _entangled(name: str, settings: Sequence[Mapping[str, Any]]) -> Entangled:
    differ = [
        (
            before,
            after,
            tuple(key for key in settings[before] if _apart(settings, before, after, key)),
        )
        for before, after in combinations(range(len(settings)), 2)
        if _apart(settings, before, after, name)
    ]
    before, after, keys = min(differ, key=lambda each: (len(each[2]), each[:2]))
    return Entangled(name, before, after, tuple(key for key in keys if key != name))


def _apart(settings: Sequence[Mapping[str, Any]], one: int, other: int, name: str) -> bool:
    return bool(settings[one][name] != settings[other][name])


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _rise(was: Figure, now: Figure) -> float | None:
    if isinstance(was, (int, float)) and isinstance(now, (int, float)):
        return round(now - was, 6) if math.isfinite(was) and math.isfinite(now) else None
    return None
