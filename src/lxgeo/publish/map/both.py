"""What the page says in its other language, so that a reader can switch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import geopandas as gpd

from lxgeo.errors import Lang

OTHER: Mapping[Lang, Lang] = MappingProxyType({"zh": "en", "en": "zh"})
"""The page's other language, by its first."""


@dataclass(frozen=True)
class SaidAgain:
    """The plan's sentences in the page's other language.

    Parameters
    ----------
    units, branches
        The same rows as the map's own, with ``reason`` and, of units, ``finding``.
    texts
        Labels by ``kind.code``.
    asked
        What each matter asks.
    """

    units: gpd.GeoDataFrame
    branches: gpd.GeoDataFrame
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    asked: Sequence[str] = ()
