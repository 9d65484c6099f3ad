"""Several scenarios planned on the same located units, and held against each other."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

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
from lxgeo.judge.sensitivity import Sensitivity, changed_settings, sensitivity
from lxgeo.model import Areas, Evaluation, Plan
from lxgeo.policy import Policy
from lxgeo.publish import MapLayers
from lxgeo.publish.comparison import Compared, Written, write_comparison
from lxgeo.publish.speech import Speech
from lxgeo.read.roads import read_walk_graph
from lxgeo.read.scenarios import Alternative
from lxgeo.rules import existing_branches, triage
from lxgeo.scenario.asked import Scenario
from lxgeo.scenario.positions import Positioned, locate_scenario
from lxgeo.scenario.regions import Following, regions_runner

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
        What each setting that differs does to the headline figures.
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


def compare(
    scenario: Scenario,
    alternatives: Sequence[Alternative],
    *,
    progress: Callable[[str], None] | None = None,
) -> Comparison:
    """Plan several scenarios on the same located units.

    Parameters
    ----------
    scenario
        Ledger, areas, effort and seed; its own policy is not used.
    alternatives
        Names and policies, the one to start from first.
    progress
        Called with ``read``, then with each scenario's name as it begins.

    Raises
    ------
    InputError
        Fewer than two scenarios; the ledger, the areas or a policy are at fault as a whole.
    ServiceError
        A region failed.
    """
    if len(alternatives) < 2:  # noqa: PLR2004 - there is nothing to compare
        raise InputError(
            Words("比较情景至少要给出两个 --scenario", "name two scenarios at least to compare")
        )
    tell = progress or (lambda _: None)
    tell("read")
    found = locate_scenario(scenario)
    walks = any(each.policy.distance == "walk" for each in alternatives)
    roads = read_walk_graph(scenario.areas, cache=scenario.network)[0] if walks else None
    triaged: dict[str, tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]] = {}
    tried = []
    for each in alternatives:
        tell(each.name)
        start = time.perf_counter()
        rules = _rules_of(each.policy)
        if rules not in triaged:
            triaged[rules] = _triaged(found.located, found.areas, each.policy)
        asked = replace(scenario, policy=each.policy, checkpoints=None)
        with regions_runner(asked, Following()) as run:
            plan = propose(
                *triaged[rules],
                each.policy,
                areas=found.areas,
                hotspots=found.hotspots,
                roads=roads if each.policy.distance == "walk" else None,
                seed=scenario.seed,
                effort=scenario.effort,
                run=run,
            )
        seconds = round(time.perf_counter() - start, 3)
        evaluation = evaluate(plan)
        told = alternative_figures(plan, evaluation)
        tried.append(Tried(each.name, plan, evaluation, told, seconds))
    plans, figures = [each.plan for each in tried], [each.figures for each in tried]
    policies = [each.policy for each in alternatives]
    return Comparison(
        found,
        tuple(tried),
        tuple(front(figures)),
        tuple(changed_settings(each, policies[0]) for each in policies),
        sensitivity(policies, figures),
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
    )


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
