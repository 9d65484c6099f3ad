"""From triaged units to a plan for a committee to decide on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

import geopandas as gpd
import pandas as pd

from lxgeo.decide.branches import decisions
from lxgeo.decide.branches.absorb import absorb_zero
from lxgeo.decide.branches.founding import Founding, branch_id_of, foundings
from lxgeo.decide.branches.names import OF_LEVEL, Wanted, settle, wanted_name
from lxgeo.decide.branches.reasons import why_new
from lxgeo.decide.branches.rows import approved_rows, branch_table, new_row, standalone_rows
from lxgeo.decide.leaving_out.hindrance import Hindrances
from lxgeo.decide.leaving_out.within_reach import Reach
from lxgeo.decide.pins.fitting import fit_pins
from lxgeo.decide.pins.pinned import over_cap, tell_pins
from lxgeo.decide.pins.settled import free_part, whole
from lxgeo.decide.plans.found import LEFT_OUT
from lxgeo.decide.regions.instance import Instance
from lxgeo.decide.regions.places import Places, places_of
from lxgeo.decide.regions.region import Region, regions_of
from lxgeo.decide.regions.surroundings import surroundings_of
from lxgeo.decide.regions.ways import ways_of
from lxgeo.decide.replan import Former, kept_to
from lxgeo.decide.solve import EFFORTS, Answer, Task, solve
from lxgeo.decide.superior.matters import Decided, matters_of
from lxgeo.decide.superior.merging import Means
from lxgeo.errors import PolicyError, TableError, Words
from lxgeo.model import Areas, Level, Outcome, Plan, RegionResult
from lxgeo.pin import Pin
from lxgeo.policy import Policy
from lxgeo.rules.cost import to_m
from lxgeo.tables import EXISTING, TRIAGED

if TYPE_CHECKING:
    from lxgeo.geo.walk import WalkGraph


class Run(Protocol):
    """What maps a function over tasks: `map`, or an engine's."""

    def __call__(
        self, function: Callable[[Task], Answer], tasks: Iterable[Task], /
    ) -> Iterable[Answer]:
        """Return the answers, in any order."""
        ...


def go_on() -> bool:
    """Never stop."""
    return False


def propose(  # noqa: PLR0913 - what the plan depends on, and how it is run
    triaged: gpd.GeoDataFrame,
    existing: gpd.GeoDataFrame,
    policy: Policy,
    *,
    areas: Areas | None = None,
    hotspots: gpd.GeoDataFrame | None = None,
    roads: WalkGraph | None = None,
    pins: Sequence[Pin] = (),
    former: Former | None = None,
    seed: int = 0,
    effort: str = "standard",
    stop: Callable[[], bool] | None = None,
    run: Run = map,
) -> Plan:
    """Return which units should share a branch with which, and how good that is at least.

    Units whose ``outcome`` is empty are placed: in new joint branches, in approved ones with room,
    or left out with a reason. All other rows pass through as they are.

    Parameters
    ----------
    triaged
        The units (`lxgeo.tables.TRIAGED`).
    existing
        Approved branches (`lxgeo.tables.EXISTING`).
    policy
        Thresholds and weights.
    areas
        The district's areas: names of what units share, declared groups of buildings, venues, and
        barriers between units. Nothing of that is known without them.
    hotspots
        Dense places that no area is known for (`lxgeo.tables.HOTSPOTS`); branches are called after
        them.
    roads
        The network that one walks on, for a policy that measures on foot.
    pins
        What was settled by hand. The plan keeps to those that fit, and tells of the others why
        they don't (`lxgeo.model.Plan.pins`); its bound holds over all plans that keep to them.
    former
        The proposals before, which units keep to where changing gains little; what changing takes
        is in no plan's cost.
    seed
        Where chance starts from.
    effort
        ``fast``, ``standard`` or ``best`` (`lxgeo.decide.solve.EFFORTS`).
    stop
        Asked now and then; once it says yes, each region's best so far is taken.
    run
        Maps a function over the regions. Each task and answer can be pickled, if ``stop`` can. It
        may fill in ``Answer.seconds``.

    Returns
    -------
    Plan
        The same for any order of rows and of pins and any ``run``, unless stopped.

    Raises
    ------
    TableError
        A table is not what it should be, or a unit to be placed has no position or jurisdiction.
    PolicyError
        An unknown effort; a policy that measures on foot, without roads.
    """
    _check(triaged, existing, effort)
    ways = ways_of(areas, roads, policy)
    fitted = fit_pins(pins, regions_of(triaged, existing, policy, ways), triaged, existing, policy)
    regions = fitted.regions
    tasks = partial(Task, effort=effort, seed=seed, stop=stop or go_on)
    answers = _answers(regions, run, tasks, former)
    places = places_of(areas, hotspots)
    made = {
        each.name: foundings(each, answers[each.name].labels, policy, places) for each in regions
    }
    every = [branch for each in regions for branch in made[each.name]]
    new = [branch for branch in every if branch.new]
    joined = {branch.branch_id: branch for branch in every if not branch.new}
    alone = triaged[triaged["outcome"] == Outcome.STANDALONE]
    alone = alone.sort_values("unit_id", kind="stable")
    names = _names(new, alone, existing, places)
    venues = places.nearest_venues([branch.host_unit.geometry for branch in new])
    whys = {
        branch.branch_id: why_new(branch, names[branch.branch_id], venue, policy)
        for branch, venue in zip(new, venues, strict=True)
    }

    decided = decisions.of_approved(existing) | decisions.of_standalone(alone["unit_id"])
    decided |= decisions.of_branches(every, whys, policy)
    results = []
    around = surroundings_of(triaged, existing, policy)
    for region in regions:
        answer = answers[region.name]
        hindrances = Hindrances(region, answer.labels, made[region.name], names, around, policy)
        decided |= decisions.of_left_out(hindrances)
        results.append(_result(region, answer, hindrances.reach))
    rows = [
        *(
            new_row(branch, whys[branch.branch_id], venue)
            for branch, venue in zip(new, venues, strict=True)
        ),
        *standalone_rows(
            alone,
            [names[branch_id_of([each])] for each in alone["unit_id"]],
            places.nearest_venues(list(alone.geometry)),
        ),
        *approved_rows(existing, joined, triaged),
    ]
    units = decisions.planned_table(triaged, decided)
    over = over_cap(new, names, policy)
    units = tell_pins(units, fitted.pins.kept, over)
    means = Means(effort, stop or go_on, run)
    made_by = (areas, ways, policy, seed, fitted.pins.kept, means)
    matters = matters_of(Decided(triaged, existing, tuple(every), *made_by)) + over
    plan = Plan(
        units, branch_table(rows), tuple(results), policy, seed, effort, matters, fitted.pins
    )
    return absorb_zero(plan)


def _answers(
    regions: Sequence[Region],
    run: Run,
    task: Callable[[str, Instance], Task],
    former: Former | None,
) -> dict[str, Answer]:
    """Return the plan of each region: what pins settle, and the rest as it was solved."""
    parts = [(each.name, free_part(each)) for each in regions]
    tasks = [task(name, part) for name, part in parts if part.units]
    solved = {answer.region: answer for answer in run(solve, tasks)}
    return {
        each.name: whole(each, kept_to(each, solved.get(each.name), former)) for each in regions
    }


def _check(triaged: gpd.GeoDataFrame, existing: gpd.GeoDataFrame, effort: str) -> None:
    TRIAGED.check(triaged)
    EXISTING.check(existing)
    if effort not in EFFORTS:
        known = " | ".join(EFFORTS)
        raise PolicyError(
            Words(
                zh=f"没有名为 {effort} 的求解力度，只能是 {known}",
                en=f"no effort {effort}; known are {known}",
            )
        )
    open_ = triaged[triaged["outcome"].isna()]
    needed = open_[["jurisdiction", "lon", "lat", "max_distance_m"]]
    if (lost := needed.isna().any(axis=1)).any():
        ids = ", ".join(open_.loc[lost, "unit_id"].head(5))
        raise TableError(
            Words(
                zh=f"待编入联合党支部的单位缺少位置、管辖或距离上限：{ids}",
                en=f"units to be placed lack a position, jurisdiction or distance limit: {ids}",
            )
        )


def _names(
    new: list[Founding], alone: gpd.GeoDataFrame, existing: gpd.GeoDataFrame, places: Places
) -> Mapping[str, str]:
    """Return branch id → suggested name, for every proposed branch."""
    wanted = {branch.branch_id: wanted_name(branch, places.districts) for branch in new}
    for unit in alone.itertuples(index=False):
        level = Level(unit.level) if pd.notna(unit.level) else Level.BRANCH
        name = unit.name if pd.notna(unit.name) else unit.unit_id
        wanted[branch_id_of([unit.unit_id])] = Wanted(name, OF_LEVEL[level])
    return dict(zip(wanted, settle(wanted.values(), existing["name"]), strict=True))


def _result(region: Region, answer: Answer, reach: Reach) -> RegionResult:
    penalties = region.instance.node["alone_cm"][: len(region.units)]
    out = answer.labels == LEFT_OUT
    bounded = "stopped" if answer.stopped else "bounded"
    return RegionResult(
        region=region.name,
        crs=region.crs,
        must_join=len(region.units),
        cost_m=to_m(answer.cost_cm),
        bound_m=to_m(answer.bound_cm),
        left_out_m=to_m(int(penalties[out].sum())),
        left_out_min=max(int(reach.hopeless[out].sum()), answer.left_out_min),
        status="optimal" if answer.cost_cm == answer.bound_cm else bounded,
        seconds=answer.seconds,
    )
