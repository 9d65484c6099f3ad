"""A finished run for a GIS: its layers in the format and the CRS that were asked for."""

from lxgeo.publish.export.formats import OTHER_NAMES, Format
from lxgeo.publish.export.layer import Layer, layers_of
from lxgeo.publish.export.reference import AUTO, GCJ02, PLAIN, Reference, moved, outside, reference
from lxgeo.publish.export.write import Asked, Exported, write_export

__all__ = [
    "AUTO",
    "GCJ02",
    "OTHER_NAMES",
    "PLAIN",
    "Asked",
    "Exported",
    "Format",
    "Layer",
    "Reference",
    "layers_of",
    "moved",
    "outside",
    "reference",
    "write_export",
]
