"""OpenStreetMap: from its elements and tags to areas, a gazetteer, barriers and ways."""

from __future__ import annotations

from lxgeo.geo.osm.elements import Elements, Feature, Relation, Way
from lxgeo.geo.osm.gazetteer import gazetteer
from lxgeo.geo.osm.layers import layers
from lxgeo.geo.osm.ways import Ways, in_use, walkable, ways

__all__ = [
    "Elements",
    "Feature",
    "Relation",
    "Way",
    "Ways",
    "gazetteer",
    "in_use",
    "layers",
    "walkable",
    "ways",
]
