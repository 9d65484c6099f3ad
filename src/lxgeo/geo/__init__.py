"""Geometry of the land: datums, metric systems, walking networks, barriers, dense places.

Degrees (WGS 84, ``lon, lat``) come in and go out; metres are for the inside of a function, in the
system that `metric_crs` gives a region.
"""

from __future__ import annotations

from lxgeo.geo.datum import from_wgs84, to_wgs84
from lxgeo.geo.metric import metric_crs, project, unproject, unproject_point

__all__ = [
    "from_wgs84",
    "metric_crs",
    "project",
    "to_wgs84",
    "unproject",
    "unproject_point",
]
