"""Datums and metric systems."""

from __future__ import annotations

from lxgeo.geo.datum import from_wgs84, to_wgs84
from lxgeo.geo.metric import metric_crs, project, unproject

__all__ = ["from_wgs84", "metric_crs", "project", "to_wgs84", "unproject"]
