"""The offline map: one HTML file that opens by double click and needs no network.

::

    MapLayers ──content──▶ columns ──pack──▶ one encoded block ──page──▶ HTML

Ledger text never passes through a template. It travels as data in the block, is decoded by the
page and set as text; a Content-Security-Policy lets nothing else in or out.
"""

from lxgeo.publish.map.both import OTHER, SaidAgain
from lxgeo.publish.map.draw import MapPage, draw_map
from lxgeo.publish.map.layers import MapLayers
from lxgeo.publish.map.overlay import Overlay
from lxgeo.publish.map.tiles import Tiles

__all__ = ["OTHER", "MapLayers", "MapPage", "Overlay", "SaidAgain", "Tiles", "draw_map"]
