"""What is published of a run, and how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Protocol

import geopandas as gpd
import pandas as pd

from lxgeo.errors import Lang, Words
from lxgeo.ledger.corrections.applying import Corrected
from lxgeo.ledger.corrections.worklist import NO_STATES, Opinion, State
from lxgeo.model import Areas, Evaluation, Plan
from lxgeo.publish.rows import published
from lxgeo.publish.speech import NO_TEXTS, Speech
from lxgeo.tables import BRANCHES, HOTSPOTS, UNITS

__all__ = ["KINDS", "NO_TEXTS", "Record", "Release", "Voice", "kind_of"]


class Voice(Protocol):
    """Whoever says what stands in a workbook, in one language: a `Release`, or a ledger's check."""

    @property
    def lang(self) -> Lang:
        """Language of headings and titles."""
        ...

    def say(self, words: Words) -> str:
        """Return a sentence in this language."""
        ...


@dataclass(frozen=True)
class Release(Speech):
    """Everything that the files of a run say, and how: the same release gives the same bytes.

    Parameters
    ----------
    plan
        The plan as decided: its units and branches carry the reasons as codes and figures.
    units, branches
        The same in words: `lxgeo.tables.UNITS` (ledger order) and `lxgeo.tables.BRANCHES`.
    evaluation
        The plan's figures and rates.
    areas
        The areas it was made on; townships, parks and buildings go into the GeoPackage.
    corrected
        What became of signed corrections to the ledger, where there were any.
    comparison
        How the ledger and the registration list differ, where there was one.
    matters
        What each of the plan's matters asks, in words.
    states
        What the office wrote into an earlier workbook's lists, by item.
    names
        Id → name of units and branches, those of the run before as well.
    opinions
        What townships' clerks wrote into their workbooks.
    hotspots
        `lxgeo.tables.HOTSPOTS`: dense places that no area is known for.

    Raises
    ------
    TableError
        A table does not hold what its schema says.
    """

    plan: Plan
    units: gpd.GeoDataFrame
    branches: gpd.GeoDataFrame
    evaluation: Evaluation
    areas: Areas
    corrected: Corrected | None = None
    comparison: pd.DataFrame | None = None
    matters: tuple[str, ...] = ()
    states: Mapping[str, State] = field(default_factory=lambda: NO_STATES)
    names: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    opinions: tuple[Opinion, ...] = ()
    hotspots: gpd.GeoDataFrame | None = None

    def __post_init__(self) -> None:
        UNITS.check(self.units)
        BRANCHES.check(self.branches)
        if self.hotspots is not None:
            HOTSPOTS.check(self.hotspots)

    @cached_property
    def published_units(self) -> gpd.GeoDataFrame:
        """`lxgeo.tables.UNITS` as every file tells them; no reader changes it."""
        units: gpd.GeoDataFrame = published(self.units, UNITS)
        return units

    @cached_property
    def published_branches(self) -> gpd.GeoDataFrame:
        """`lxgeo.tables.BRANCHES` as every file tells them; no reader changes it."""
        branches: gpd.GeoDataFrame = published(self.branches, BRANCHES)
        return branches


KINDS: Mapping[str, str] = MappingProxyType(
    {"Outcome": "outcome", "Mode": "mode", "Level": "level", "Line": "line", "Datum": "datum"}
    | {"Precision": "precision", "OperatingStatus": "operating_status", "BranchStatus": "status"}
)
"""Which texts name the values of a closed list."""


def kind_of(values: type[StrEnum]) -> str:
    """Return the kind that a closed list's codes are named under in `Release.texts`."""
    return KINDS[values.__name__]


@dataclass(frozen=True)
class Record:
    """How a run was made: what stands in ``summary.json`` and nowhere else.

    Parameters
    ----------
    versions
        Package → version; ``lxgeo`` among them.
    inputs
        Path as given → SHA-256 of each file that was read.
    seconds
        Stage → wall time; publishing adds its own under ``publish``.
    workers
        Processes that planned.
    geocoder
        The online geocoder that addresses were sent to; None where none left.
    approved
        Name of each branch that a list has approved → its units.
    """

    versions: Mapping[str, str]
    inputs: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    workers: int = 1
    geocoder: str | None = None
    approved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
