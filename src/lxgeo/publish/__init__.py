"""Every file that goes out: the offline map, GIS layers, lists, figures, the run folder.

A run is published at once or not at all (`publish_run`); what its files say comes in as a
`Release`, how it was made as a `Record`.
"""

from lxgeo.publish.check.book import Check, write_check
from lxgeo.publish.folder.release import Record, Release
from lxgeo.publish.folder.run import Published, publish_run
from lxgeo.publish.folder.summary import sha256
from lxgeo.publish.lists.registry import differences_counted
from lxgeo.publish.located import write_located
from lxgeo.publish.map import MapLayers, MapPage, draw_map

__all__ = [
    "Check",
    "MapLayers",
    "MapPage",
    "Published",
    "Record",
    "Release",
    "differences_counted",
    "draw_map",
    "publish_run",
    "sha256",
    "write_check",
    "write_located",
]
