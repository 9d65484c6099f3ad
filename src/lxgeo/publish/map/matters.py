"""What only a superior can decide, as the map shows it (需上级决定)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo import model
from lxgeo.model import Outcome
from lxgeo.publish.map.order import Ordered
from lxgeo.publish.map.pack import PackedColumn, counts, steps, texts

KINDS = ("building", "park", "branch", "unit")
"""A building or park whose must-join units stand under several jurisdictions; a branch; a unit."""

_MUST_JOIN = (Outcome.JOINT, Outcome.ATTACHED, Outcome.TRANSFER, Outcome.LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter to be decided.

    Parameters
    ----------
    kind, name
        One of `KINDS`, and what it is called.
    units
        Positions of its units in the table given.
    bodies
        Jurisdictions that divide it; 1 for a branch.
    asked
        What is to be decided, in words; empty where the page says it from the figures.
    """

    kind: str
    name: str
    units: NDArray[np.intp]
    bodies: int
    asked: str = ""


def matters(
    units: Ordered, branches: gpd.GeoDataFrame, told: Sequence[tuple[model.Matter, str]] = ()
) -> list[Matter]:
    """Return the plan's matters; where none are told, what the tables alone show of them.

    These are divided buildings and parks, then approved branches that would be reshaped.

    Parameters
    ----------
    units, branches
        `lxgeo.tables.UNITS` and `lxgeo.tables.BRANCHES`.
    told
        The plan's matters, each with what it asks in words.
    """
    if told:
        return list(_told(units, told))
    return [*_divided(units), *_reshaped(units, branches)]


def matter_columns(
    found: list[Matter], again: Sequence[str] | None = None
) -> tuple[PackedColumn, ...]:
    """Return matters as columns; ``matter.ends`` counts the units of each.

    Parameters
    ----------
    found
        The matters.
    again
        What each asks in the page's other language.
    """
    asked = [each.asked for each in found]
    others = asked if again is None or len(again) != len(found) else list(again)
    members = np.concatenate([each.units for each in found]) if found else np.empty(0, dtype=int)
    return (
        counts("matter.kind", [KINDS.index(each.kind) for each in found]),
        texts("matter.name", [each.name for each in found]),
        texts("matter.asked", asked),
        texts("matter.other", others),
        counts("matter.bodies", [each.bodies for each in found]),
        counts("matter.ends", [len(each.units) for each in found]),
        steps("matter.units", members),
    )


def _told(units: Ordered, told: Sequence[tuple[model.Matter, str]]) -> Iterator[Matter]:
    place = {unit_id: at for at, unit_id in enumerate(units["unit_id"])}
    for each, asked in told:
        rows = sorted(place[unit_id] for unit_id in each.unit_ids if unit_id in place)
        at = np.array(rows, dtype=np.intp)
        yield Matter(each.kind, each.name, at, max(1, len(each.jurisdictions)), asked)


def _divided(units: Ordered) -> Iterator[Matter]:
    joining = units["outcome"].isin(_MUST_JOIN) & units["jurisdiction"].notna()
    body, _ = pd.factorize(units["jurisdiction"])
    for kind in ("building", "park"):
        names = units[kind]
        at = np.flatnonzero(joining & units[f"{kind}_id"].notna())
        for rows in _grouped(units[f"{kind}_id"], at):
            bodies = len(np.unique(body[rows]))
            if bodies > 1:
                yield Matter(kind, str(names.iloc[rows[0]]), rows, bodies)


def _reshaped(units: Ordered, branches: gpd.GeoDataFrame) -> Iterator[Matter]:
    names = dict(zip(branches["branch_id"], branches["name"], strict=True))
    faulty = (units["outcome"] == Outcome.EXISTING) & units["proposed_outcome"].notna()
    branch = units["branch_id"]
    at = np.flatnonzero(faulty & branch.isin(list(names)))
    for rows in _grouped(branch, at):
        yield Matter("branch", str(names[branch.iloc[rows[0]]]), rows, 1)


def _grouped(keys: pd.Series, at: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Return the positions ``at`` by their key, in the order of the keys."""
    if not len(at):
        return []
    codes, _ = pd.factorize(keys.iloc[at], sort=True)
    order = np.argsort(codes, kind="stable")
    return np.split(at[order], np.flatnonzero(np.diff(codes[order])) + 1)
