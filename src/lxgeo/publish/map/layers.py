"""What goes onto the map, and how its coverage table is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from lxgeo.tables import BRANCHES, UNITS

if TYPE_CHECKING:
    import geopandas as gpd

    from lxgeo.model import Areas, Evaluation

NO_TEXTS: Mapping[str, str] = MappingProxyType({})


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

    def __post_init__(self) -> None:
        UNITS.check(self.units)
        BRANCHES.check(self.branches)
