"""What goes onto the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from lxgeo.publish.map.both import SaidAgain
from lxgeo.tables import BRANCHES, HOTSPOTS, UNITS

if TYPE_CHECKING:
    import geopandas as gpd

    from lxgeo.model import Areas, Evaluation, Matter, Plan
    from lxgeo.policy import Policy

NO_TEXTS: Mapping[str, str] = MappingProxyType({})


class PlannedInWords(Protocol):
    """A plan with its tables in words, such as `lxgeo.scenario.Planned`."""

    @property
    def plan(self) -> Plan:
        """The plan as decided: its policy goes into the page."""
        ...

    @property
    def units(self) -> gpd.GeoDataFrame:
        """`lxgeo.tables.UNITS`."""
        ...

    @property
    def branches(self) -> gpd.GeoDataFrame:
        """`lxgeo.tables.BRANCHES`."""
        ...

    @property
    def areas(self) -> Areas:
        """The areas it was made on."""
        ...

    @property
    def evaluation(self) -> Evaluation:
        """Its rates."""
        ...

    @property
    def hotspots(self) -> gpd.GeoDataFrame:
        """`lxgeo.tables.HOTSPOTS`."""
        ...


@dataclass(frozen=True)
class MapLayers:
    """Everything that the map shows, in words.

    Parameters
    ----------
    units
        `lxgeo.tables.UNITS`, in ledger order, EPSG:4326.
    branches
        `lxgeo.tables.BRANCHES`, existing ones included, EPSG:4326.
    areas
        The areas that the vector basemap is drawn from.
    evaluation
        Rates before and after; without it the page has no coverage tab.
    texts
        Labels by ``kind.code``, such as ``outcome.joint`` or ``rate.organisation``; what is
        missing comes from the page's own words (`lxgeo.publish.map.words`).
    hotspots
        `lxgeo.tables.HOTSPOTS`, dense places that no area is known for, EPSG:4326.
    policy
        The rules that the plan was made under: the page carries its thresholds, and each unit's
        distance limit.
    map_number
        审图号 of the boundaries, printed on paper; empty where there is none.
    matters
        The plan's matters, each with what it asks in words; where there are none, the page shows
        what the tables alone tell of them.
    again
        The plan's sentences in the page's other language; without them a reader who switches
        finds the page's own words in it, and the sentences as they are.

    Raises
    ------
    TableError
        A table does not hold what its schema says.
    """

    units: gpd.GeoDataFrame
    branches: gpd.GeoDataFrame
    areas: Areas
    evaluation: Evaluation | None = None
    texts: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    hotspots: gpd.GeoDataFrame | None = None
    policy: Policy | None = None
    map_number: str = ""
    matters: tuple[tuple[Matter, str], ...] = ()
    again: SaidAgain | None = None

    def __post_init__(self) -> None:
        UNITS.check(self.units)
        BRANCHES.check(self.branches)
        if self.hotspots is not None:
            HOTSPOTS.check(self.hotspots)
        if self.again is not None:
            UNITS.check(self.again.units)
            BRANCHES.check(self.again.branches)

    @classmethod
    def of(
        cls,
        planned: PlannedInWords,
        texts: Mapping[str, str] = NO_TEXTS,
        asked: Sequence[str] = (),
    ) -> MapLayers:
        """Return the layers of a plan whose tables are in words.

        Parameters
        ----------
        planned
            The plan.
        texts
            Labels.
        asked
            What each of the plan's matters asks, in words.
        """
        return cls(
            units=planned.units,
            branches=planned.branches,
            areas=planned.areas,
            evaluation=planned.evaluation,
            texts=texts,
            hotspots=planned.hotspots,
            policy=planned.plan.policy,
            matters=tuple(zip(planned.plan.matters, asked, strict=False)),
        )
