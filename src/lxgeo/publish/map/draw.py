"""Draw the map: tables in, one page out."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from lxgeo.errors import Lang
from lxgeo.publish.map.both import OTHER
from lxgeo.publish.map.content import core_part, text_part
from lxgeo.publish.map.figure import DataBlock, OfflineFigure, OfflineMap
from lxgeo.publish.map.layers import MapLayers, PlannedInWords
from lxgeo.publish.map.order import Ordered, drawing_order
from lxgeo.publish.map.overlay import Overlay, overlay_columns
from lxgeo.publish.map.tiles import Tiles
from lxgeo.publish.map.words import words

_FRAME_HEIGHT = 680  # px in a notebook


@dataclass(frozen=True, slots=True)
class MapPage:
    """A finished page.

    Parameters
    ----------
    html
        The whole file: markup, code, data; it needs nothing else.
    """

    html: str

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame that can't reach the notebook around it."""
        return (
            '<iframe sandbox="allow-scripts allow-modals allow-downloads" '
            f'style="width:100%;height:{_FRAME_HEIGHT}px;border:0" '
            f'srcdoc="{html.escape(self.html)}"></iframe>'
        )


def draw_map(
    layers: MapLayers | PlannedInWords,
    *,
    title: str = "",
    lang: Lang = "zh",
    tiles: Tiles | None = None,
    overlays: Sequence[Overlay] = (),
) -> MapPage:
    """Draw the map: offline, unless tiles are asked for.

    The same layers, title and language give the same bytes.

    Parameters
    ----------
    layers
        What to show; a plan in words will do, as in a notebook.
    title
        Heading of the page; any text, it is never run. A plain one if not given.
    lang
        Language of the page's own words.
    tiles
        Online tiles to lie under the map; the page then asks their provider, and nobody else.
    overlays
        Layers of the caller's own over the map, the last one uppermost.

    Returns
    -------
    MapPage
        One page of HTML; without tiles it asks nobody for anything.
    """
    if not isinstance(layers, MapLayers):
        layers = MapLayers.of(layers)
    labels = words(lang, layers.texts)
    title = title or labels["page.untitled"]
    title = title.encode("utf-8", errors="replace").decode("utf-8")  # a file's name may be broken
    figure = OfflineFigure(title, lang, () if tiles is None else tiles.hosts)
    page = OfflineMap(_middle(layers), figure, labels)
    units = Ordered(layers.units, drawing_order(layers.units))
    other = OTHER[lang]
    again = words(other, {} if layers.again is None else layers.again.texts)
    spoken = {lang: dict(labels), other: dict(again)}
    frame: dict[str, object] = {"title": title, "lang": lang, "words": spoken}
    if tiles is not None:
        frame["tiles"] = tiles.note()
    if overlays:
        frame["overlays"] = [each.said() for each in overlays]
    text = text_part(layers, units)
    # What was changed on a page is kept under this, so that it comes back to no other plan.
    frame["content"] = blake2b(text.encode("ascii"), digest_size=10).hexdigest()
    core = core_part(layers, units, frame, overlay_columns(overlays))
    DataBlock((core, text)).add_to(page, name="data")
    return MapPage(figure.render())


def _middle(layers: MapLayers) -> tuple[float, float]:
    """Return latitude and longitude of the middle of what is drawn."""
    for table in (layers.areas.townships, layers.units):
        west, south, east, north = (float(value) for value in table.total_bounds)
        if west <= east:
            return round((south + north) / 2, 6), round((west + east) / 2, 6)
    return 0.0, 0.0
