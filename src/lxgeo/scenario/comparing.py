"""Several scenarios planned on the same located units, and held against each other."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from lxgeo import text
from lxgeo.decide import propose
from lxgeo.errors import InputError, Lang, Words
from lxgeo.judge import coverage_rates, evaluate
from lxgeo.judge.compare import (
    alternative_figures,
    apart,
    front,
    stability,
    township_rates,
)
from lxgeo.judge.sensitivity import PINS, Sensitivity, changed_settings, sensitivity
from lxgeo.model import Areas, Evaluation, Plan
from lxgeo.pin import Pin
from lxgeo.policy import Policy
from lxgeo.publish import MapLayers
from lxgeo.publish.comparison import Compared, Written, write_comparison
from lxgeo.publish.lists.pins import pins_told
from lxgeo.publish.speech import Speech
from lxgeo.read.pins import read_pins
from lxgeo.read.roads import read_walk_graph
from lxgeo.read.scenarios import Alternative
from lxgeo.rules import existing_branches, triage
from lxgeo.scenario.asked import Scenario
from lxgeo.scenario.planning import names_of
from lxgeo.scenario.positions import Positioned, locate_scenario
from lxgeo.scenario.regions import Following, regions_runner
from lxgeo.scenario.spoken import said_again
from lxgeo.tables import BranchStatus

_COSTS = (
    *("branch_m", "thin_m", "attach_m", "trade_m", "left_out_factor"),
    *("same_building", "same_park", "distance", "cross_line"),
)
"""Settings that the planner alone reads: what the rules say of units does not depend on them."""


@dataclass(frozen=True, eq=False)
class Tried:
    """One scenario, planned.

    Parameters
    ----------
    name
        What it is called.
    plan, evaluation
        What came of it.
    figures
        `lxgeo.judge.compare.alternative_figures`.
    seconds
        Wall time of triage and planning together.
    """

    name: str
    plan: Plan
    evaluation: Evaluation
    figures: Mapping[str, Any]
    seconds: float

    def summary(self) -> dict[str, Any]:
        """Return all that is told of it, as plain values."""
        pins = self.plan.pins
        return {
            "scenario": self.name,
            **self.evaluation.figures,
            **self.figures,
            "seconds": self.seconds,
            "coverage": coverage_rates(self.evaluation),
            "townships": township_rates(self.evaluation),
            "policy": self.plan.policy.as_mapping(),
            "seed": self.plan.seed,
            "effort": self.plan.effort,
            **({"pins": pins_told(pins)} if pins.kept or pins.refused else {}),
        }


@dataclass(frozen=True, eq=False)
class Comparison:
    """Several scenarios on the same located units.

    Parameters
    ----------
    found
        The units as they were located, once for all.
    tried
        Each scenario, in the order asked for; settings are told against the first.
    on_front
        Which no other beats in both distance and trade.
    changed
        Of each, the settings that differ from the first: name → (there, here).
    sensitivity
        What each setting that differs does to the headline figures; other pins count as one.
    stability
        `lxgeo.judge.compare.STABILITY`.
    apart
        Of each two, how many units have another outcome or other companions.
    """

    found: Positioned
    tried: tuple[Tried, ...]
    on_front: tuple[bool, ...]
    changed: tuple[Mapping[str, tuple[Any, Any]], ...]
    sensitivity: Sensitivity
    stability: pd.DataFrame
    apart: tuple[tuple[int, ...], ...]

    @property
    def names(self) -> dict[str, str]:
        """Id → name of every unit and approved branch: for telling of pins."""
        plan = self.tried[0].plan
        approved = plan.branches["status"] == BranchStatus.EXISTING
        return names_of(plan.units, plan.branches[approved])


def compare(
    scenario: Scenario,
    alternatives: Sequence[Alternative],
    *,
    progress: Callable[[str], None] | None = None,
    following: Following = Following(),  # noqa: B008 - a frozen value
) -> Comparison:
    """Plan several scenarios on the same located units.

    Parameters
    ----------
    scenario
        Ledger, areas, effort, seed, where to plan, and what is settled by hand in every
        alternative that names no pins of its own; its own policy is not used.
    alternatives
        Names and policies, the one to start from first.
    progress
        Called with ``read``, then with each scenario's name as it begins.
    following
        Told while regions are planned.

    Raises
    ------
    InputError
        Fewer than two scenarios; the ledger, the areas, a policy or the pins are at fault as a
        whole.
    ServiceError
        A region failed.
    """
    if len(alternatives) < 2:  # noqa: PLR2004 - there is nothing to compare
        raise InputError(
            Words("比较情景至少要给出两个 --scenario", "name two scenarios at least to compare")
        )
    tell = progress or (lambda _: None)
    tell("read")
    settled = _settled(scenario, alternatives)
    found = locate_scenario(scenario)
    walks = any(each.policy.distance == "walk" for each in alternatives)
    roads = read_walk_graph(scenario.areas, cache=scenario.network)[0] if walks else None
    triaged: dict[str, tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]] = {}
    tried = []
    with regions_runner(replace(scenario, checkpoints=None), following) as run:
        for each, pins in zip(alternatives, settled, strict=True):
            tell(each.name)
            start = time.perf_counter()
            rules = _rules_of(each.policy)
            if rules not in triaged:
                triaged[rules] = _triaged(found.located, found.areas, each.policy)
            plan = propose(
                *triaged[rules],
                each.policy,
                areas=found.areas,
                hotspots=found.hotspots,
                roads=roads if each.policy.distance == "walk" else None,
                pins=pins.pins,
                seed=scenario.seed,
                effort=scenario.effort,
                run=run,
            )
            seconds = round(time.perf_counter() - start, 3)
            evaluation = evaluate(plan)
            told = alternative_figures(plan, evaluation)
            tried.append(Tried(each.name, plan, evaluation, told, seconds))
    plans, figures = [each.plan for each in tried], [each.figures for each in tried]
    policies, called = [each.policy for each in alternatives], _called(settled)
    return Comparison(
        found,
        tuple(tried),
        tuple(front(figures)),
        tuple(
            changed_settings(each, policies[0])
            | ({} if said == called[0] else {PINS: (called[0], said)})
            for each, said in zip(policies, called, strict=True)
        ),
        sensitivity(policies, figures, called),
        stability(plans),
        tuple(map(tuple, apart(plans))),
    )


def publish_comparison(
    comparison: Comparison, out: Path, lang: Lang = "zh", *, map_number: str = ""
) -> Written:
    """Write the table, the charts, the maps and each scenario's summary.

    Parameters
    ----------
    comparison
        What `compare` returned.
    out
        The folder.
    lang
        Language of all of it.
    map_number
        审图号 of the district's borders, shown on the maps.

    Raises
    ------
    InputError
        A scenario's name that can't be a folder's, or a folder that can't be written.
    """
    said = text.texts(lang)
    return write_comparison(
        out,
        Compared(
            [each.summary() for each in comparison.tried],
            comparison.on_front,
            comparison.changed,
            comparison.sensitivity,
            comparison.stability,
            comparison.apart,
            [_layers(each, comparison.found, lang, map_number) for each in comparison.tried],
            Speech(texts=said, lang=lang),
            [each.plan.pins for each in comparison.tried],
            comparison.names,
        ),
    )


def _layers(tried: Tried, found: Positioned, lang: Lang, map_number: str) -> MapLayers:
    """Return what the map of a scenario shows."""
    plan = tried.plan
    asked = tuple((matter, text.reason(matter.why, lang)) for matter in plan.matters)
    return MapLayers(
        units=text.units_in_words(plan.units, lang),
        branches=text.branches_in_words(plan.branches, lang),
        areas=found.areas,
        evaluation=tried.evaluation,
        texts=text.texts(lang),
        hotspots=found.hotspots,
        policy=plan.policy,
        map_number=map_number,
        matters=asked,
        again=said_again(plan, lang),
    )


class _Settled(NamedTuple):
    """What is settled by hand in a scenario, and what its file is called."""

    pins: tuple[Pin, ...]
    file: str


def _settled(scenario: Scenario, alternatives: Sequence[Alternative]) -> list[_Settled]:
    """Return what is settled by hand in each scenario: its own pins, else those of all."""
    common = _Settled((), "")
    if scenario.pins is not None:
        common = _Settled(read_pins(scenario.pins), scenario.pins.name)
    return [
        common if each.pins is None else _Settled(each.pins, each.pins_file)
        for each in alternatives
    ]


def _called(settled: Sequence[_Settled]) -> list[str]:
    """Return what each scenario's pins are called: alike where they are the same, else apart."""
    called: dict[tuple[tuple[str, ...], ...], str] = {(): ""}
    said = [tuple(sorted(pin.key for pin in each.pins)) for each in settled]
    for each, same in zip(settled, said, strict=True):
        if same not in called:
            # Two files of one name that say different things are numbered.
            alike = sum(name.startswith(each.file) for name in called.values())
            called[same] = f"{each.file}（{alike + 1}）" if alike else each.file
    return [called[same] for same in said]


def _rules_of(policy: Policy) -> str:
    """Return what the rules read of a policy, as a key."""
    usual = Policy()
    plain = replace(policy, name="", **{name: getattr(usual, name) for name in _COSTS})
    return repr(sorted(plain.as_mapping().items(), key=str))


def _triaged(
    located: gpd.GeoDataFrame, areas: Areas, policy: Policy
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    triaged = triage(located, areas, policy)
    return triaged, existing_branches(triaged, areas, policy)
