"""What the planner decided for each unit, and the table that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from lxgeo.decide.branches.founding import Founding, branch_id_of
from lxgeo.decide.branches.reasons import by_hand, two_decimals, why_joins
from lxgeo.decide.leaving_out.hindrance import Hindrances
from lxgeo.model import Figure, Line, Mode, Outcome, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.tables import PLANNED


class Decision(NamedTuple):
    """What is decided for a unit; no outcome means that its own stands."""

    outcome: Outcome | None = None
    why: Reason | None = None
    mode: Mode | None = None
    branch_id: str | None = None
    is_host: bool = False
    distance_m: float = np.nan


def of_approved(existing: gpd.GeoDataFrame) -> dict[str, Decision]:
    """Return, for units inside approved branches, which branch that is."""
    return {
        unit_id: Decision(branch_id=branch.branch_id, is_host=unit_id == branch.host_id)
        for branch in existing.itertuples(index=False)
        for unit_id in listed(branch)
    }


def of_standalone(unit_ids: Iterable[str]) -> dict[str, Decision]:
    """Return, for units that stand alone, the branch that each founds and hosts."""
    return {
        unit_id: Decision(
            mode=Mode.STANDALONE,
            branch_id=branch_id_of([unit_id]),
            is_host=True,
            distance_m=0.0,
        )
        for unit_id in unit_ids
    }


def of_branches(
    made: Iterable[Founding], whys: Mapping[str, Reason], policy: Policy
) -> dict[str, Decision]:
    """Return, for units that found or join a branch, what becomes of them.

    Parameters
    ----------
    made
        The branches.
    whys
        Of each new branch, by its id, why it is as it is.
    policy
        The cap on units.
    """
    decided = {}
    for branch in made:
        outcome = Outcome.ATTACHED if branch.attached else Outcome.JOINT
        together = whys[branch.branch_id] if branch.new else None
        mode, branch_id, away_m = branch.mode, branch.branch_id, branch.distances_m.tolist()
        for place, unit in enumerate(branch.units):
            decided[unit.unit_id] = Decision(
                outcome,
                together or why_joins(branch, place, policy),
                mode,
                branch_id,
                branch.members[place] == branch.host,
                two_decimals(away_m[place]),
            )
    return decided


def of_left_out(hindrances: Hindrances) -> dict[str, Decision]:
    """Return, for units of a region that no branch takes in, what becomes of them, and why.

    Where the policy lets them, units on a sectoral or attached line transfer to the organisation
    of the department that supervises them. They cost what units left out cost: the search for
    branches goes on as if there were no transfer. A unit that a pin leaves out stays left out.

    Parameters
    ----------
    hindrances
        Of the region.
    """
    decided = {}
    for number, why in hindrances.reasons():
        unit = hindrances.region.units[number]
        decision = Decision(Outcome.LEFT_OUT, why)
        if (pin := hindrances.region.settled.left_out.get(number)) is not None:
            by_pin = Reason(Rule.LEFT_OUT_BY_PIN, {**why.figures, **by_hand(pin)})
            decision = Decision(Outcome.LEFT_OUT, by_pin)
        elif hindrances.policy.transfer and unit.line != Line.TERRITORIAL:
            told: dict[str, Figure] = {
                "full": int(hindrances.region.full[number]),
                "limit_m": why.figures["limit_m"],
                "approver": unit.approver if isinstance(unit.approver, str) else None,
            }
            moved = Reason(Rule.TRANSFER_TO_SUPERVISOR, told)
            decision = Decision(Outcome.TRANSFER, moved)
        decided[unit.unit_id] = decision
    return decided


def listed(branch: Any) -> list[str]:
    """Return the ids of the units that an approved branch lists."""
    ids = branch.unit_ids
    return [each for each in ids.split(";") if each] if isinstance(ids, str) else []


def planned_table(triaged: gpd.GeoDataFrame, decided: Mapping[str, Decision]) -> gpd.GeoDataFrame:
    """Return every row with what was decided for it, as `lxgeo.tables.PLANNED`, in its order."""
    undecided = Decision()
    rows = [decided.get(unit_id, undecided) for unit_id in triaged["unit_id"]]
    outcomes = triaged["outcome"].astype(object).tolist()
    whys = triaged["why"].tolist()
    columns: dict[str, list[object]] = {
        "outcome": [_or(row.outcome, was) for row, was in zip(rows, outcomes, strict=True)],
        "why": [row.why or was for row, was in zip(rows, whys, strict=True)],
        "mode": [_or(row.mode, None) for row in rows],
        "branch_id": [row.branch_id for row in rows],
        "is_host": [row.is_host for row in rows],
        "distance_m": [row.distance_m for row in rows],
    }
    series = {
        name: pd.Series(values, index=triaged.index, dtype=object)
        for name, values in columns.items()
    }
    table = PLANNED.shaped(triaged.assign(**series))
    PLANNED.check(table)
    return table


def _or(new: Outcome | Mode | None, was: object) -> object:
    return was if new is None else str(new)
