"""What only a superior can decide (需上级决定): divided places, branches over their cap.

Nothing here changes the plan: each matter is a question, with what would come of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo.decide.branches.decisions import listed
from lxgeo.decide.branches.founding import Founding
from lxgeo.decide.branches.reasons import called
from lxgeo.decide.regions.ways import Ways
from lxgeo.decide.superior.merging import Gain, Means, Merger, Place, as_planned
from lxgeo.decide.superior.splits import Split, smallest_split
from lxgeo.model import Areas, Figure, Matter, Outcome, Reason, Rule
from lxgeo.pin import Pin
from lxgeo.policy import Policy
from lxgeo.rules.cost import to_m
from lxgeo.rules.legality import full_members

_PLACES = ("building", "park")
_NAMES_TOLD = 6


@dataclass(frozen=True, eq=False)
class Decided:
    """A plan as it is being made.

    Parameters
    ----------
    triaged, existing
        What it was made from.
    made
        Its branches, but for those of units that stand alone.
    areas
        The district's areas, where they are known.
    ways
        What lies between units.
    policy, seed
        What it was made by.
    pins
        What it keeps to.
    means
        How hard other plans are looked for, and who does it.
    """

    triaged: gpd.GeoDataFrame
    existing: gpd.GeoDataFrame
    made: tuple[Founding, ...]
    areas: Areas | None
    ways: Ways
    policy: Policy
    seed: int
    pins: tuple[Pin, ...]
    means: Means


def matters_of(decided: Decided) -> tuple[Matter, ...]:
    """Return what a superior must decide: places first, those that would gain most before others.

    Parameters
    ----------
    decided
        The plan.
    """
    places = sorted(
        _places(decided),
        key=lambda each: (
            -_figure(each, "gained_units"),
            -_figure(each, "gained_m"),
            -(each.left_out or 0),
            each.kind,
            each.about,
        ),
    )
    return (*places, *_over_cap(decided), *_conditions(decided))


def _figure(matter: Matter, name: str) -> float:
    value = matter.why.figures.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _places(decided: Decided) -> Iterator[Matter]:
    """Yield buildings and parks whose must-join units stand under several jurisdictions."""
    units = decided.triaged[decided.triaged["outcome"].isna()]
    units = units.sort_values("unit_id", kind="stable")
    hosts = as_planned(decided.existing, decided.made)
    by = (decided.ways, decided.policy, decided.seed, decided.pins, decided.means)
    merger = Merger(units, hosts, decided.made, *by)
    divided = [*_divided(units, _without_word_of_committee(decided.areas))]
    gains = merger.gains([place for place, _ in divided])
    full = full_members(units).to_numpy()
    bodies = units["jurisdiction"].to_numpy()
    names = {kind: units[kind].to_numpy() for kind in _PLACES}
    for (place, rows), gain in zip(divided, gains, strict=True):
        told = [each for each in names[place.kind][rows] if isinstance(each, str)]
        yield Matter(
            kind=place.kind,
            about=place.place_id,
            name=told[0] if told else place.place_id,
            jurisdictions=tuple(sorted(set(bodies[rows]))),
            unit_ids=place.inside,
            full_members=int(full[rows].sum()),
            left_out=len(merger.left_out(place)),
            why=_merging(place, int(full[rows].sum()), len(set(bodies[rows])), gain),
        )


def _divided(
    units: gpd.GeoDataFrame, unknown: frozenset[str]
) -> Iterator[tuple[Place, NDArray[np.intp]]]:
    """Yield places under several bodies, and the rows of their units.

    Parameters
    ----------
    units
        The must-join units, in order of their ids.
    unknown
        Parks of which nobody says whether they have a committee: one of their own would be in
        charge of each line apart.
    """
    bodies, ids = units["jurisdiction"].to_numpy(), units["unit_id"].to_numpy()
    for kind in _PLACES:
        for place_id, rows in sorted(units.groupby(f"{kind}_id").indices.items()):
            here = set(bodies[rows])
            across = len({each.rpartition("|")[0] for each in here}) > 1
            by_line = across and kind == "park" and place_id in unknown
            if len(here) > 1:
                inside = tuple(str(each) for each in ids[rows])
                yield Place(kind, str(place_id), inside, by_line), rows


def _merging(place: Place, full: int, bodies: int, gain: Gain) -> Reason:
    code = Rule.PARK_COMMITTEE_UNKNOWN if place.by_line else Rule.MERGING_WOULD_GAIN
    figures: dict[str, Figure] = {"units": len(place.inside), "bodies": bodies, "full": full}
    return Reason(code, {**figures, **_gained(gain)})


def _without_word_of_committee(areas: Areas | None) -> frozenset[str]:
    """Return the parks of which nobody says whether they have a working committee."""
    if areas is None:
        return frozenset()
    parks = areas.parks
    return frozenset(parks.loc[parks["has_committee"].isna(), "id"])


def _gained(gain: Gain) -> dict[str, Figure]:
    if not gain.solved:
        return {"estimated": True, "gained_units": gain.units}
    if not gain.cm:
        return {"nothing": True}
    units: dict[str, Figure] = {"solved": True, "gained_units": gain.units}
    return (units if gain.units else {"cheaper": True}) | {"gained_m": to_m(gain.cm)}


def _over_cap(decided: Decided) -> Iterator[Matter]:
    """Yield approved joint branches with more units than the cap."""
    cap, hosts = decided.policy.joint_max_units, as_planned(decided.existing, decided.made)
    rows = decided.triaged.set_index("unit_id", drop=False).rename_axis(None)
    branches = decided.existing.sort_values("branch_id", kind="stable")
    for branch in branches.itertuples(index=False):
        if branch.outcome != Outcome.JOINT or branch.units <= cap:
            continue
        ids = sorted(each for each in listed(branch) if each in rows.index)
        members = rows.loc[ids]
        figures: dict[str, Figure] = {"units": int(branch.units), "max_units": cap}
        if len(ids) == branch.units:
            figures |= _split(branch, members, hosts, decided)
        else:
            figures["unsolved"] = True
        yield Matter(
            kind="branch",
            about=str(branch.branch_id),
            name=str(branch.name),
            jurisdictions=(branch.jurisdiction,) if isinstance(branch.jurisdiction, str) else (),
            unit_ids=tuple(ids),
            full_members=None if pd.isna(branch.full_members) else int(branch.full_members),
            left_out=None,
            why=Reason(Rule.SPLIT_OVER_CAP, figures),
        )


def _split(
    branch: Any, members: gpd.GeoDataFrame, hosts: gpd.GeoDataFrame, decided: Decided
) -> dict[str, Figure]:
    """Return who would leave a branch, with the fewest changes, and who would stay."""
    policy = decided.policy
    full = full_members(members)
    alone = members[full >= policy.standalone_min_full]
    rest = members.drop(alone.index)
    split: Split | None = Split((), (), 0)
    if len(rest) > policy.joint_max_units:
        split = smallest_split(branch, rest, hosts, policy, decided.ways)
    if split is None:
        return {"unsolved": True}
    moved = [unit_id for unit_id, _ in split.moving]
    leaving = [*alone["unit_id"], *split.leaving]
    staying = rest.drop([*split.leaving, *moved])
    into = dict(zip(hosts["branch_id"], hosts["name"], strict=True))
    return {
        "fewest": True,
        "leaving": _named(members.loc[leaving]) or None,
        "leaving_units": len(leaving) or None,
        "moving": _named(members.loc[moved]) or None,
        "into": "、".join(dict.fromkeys(into[each] for _, each in split.moving)) or None,
        "staying_units": len(staying),
        "staying_full": int(full_members(staying).sum()),
    }


def _named(units: gpd.GeoDataFrame) -> str:
    names = [called(unit) for unit in units.itertuples(index=False)]
    more = "……" if len(names) > _NAMES_TOLD else ""
    return "、".join(names[:_NAMES_TOLD]) + more


def _conditions(decided: Decided) -> Iterator[Matter]:
    """Yield units with enough full members to stand alone that a superior should look at first."""
    least = decided.policy.standalone_min_full
    asked = decided.triaged[decided.triaged["findings"].map(_asks_for_conditions).astype(bool)]
    asked = asked[full_members(asked) >= least].sort_values("unit_id", kind="stable")
    for unit, full in zip(asked.itertuples(index=False), full_members(asked).tolist(), strict=True):
        barred = unit.outcome != Outcome.STANDALONE
        yield Matter(
            kind="unit",
            about=str(unit.unit_id),
            name=called(unit),
            jurisdictions=(unit.jurisdiction,) if isinstance(unit.jurisdiction, str) else (),
            unit_ids=(str(unit.unit_id),),
            full_members=full,
            left_out=None,
            why=Reason(Rule.CONDITIONS_TO_CHECK, {"full": full, "least": least, "barred": barred}),
        )


def _asks_for_conditions(findings: tuple[Reason, ...]) -> bool:
    return any(each.code is Rule.KIN_MAJORITY for each in findings)
