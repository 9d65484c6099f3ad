"""How QGIS draws the layers of a plan: the styles that travel inside the GeoPackage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree as ET

from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.publish.palette import LOOKS
from lxgeo.publish.speech import Speech
from lxgeo.tables import BRANCHES, HOTSPOTS, HULLS, LINKS, UNITS, Column, area_table

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_QGIS = "3.22.0"  # an old form of the style, which later versions read too

_SIZES = {Outcome.NO_MEMBERS: "1.6", Outcome.EXCLUDED: "2.0"}
"""Millimetres: outcomes that are many and ask for nothing are drawn small."""

_NAMED = {"townships": 0, "parks": 100_000, "hotspots": 100_000, "branches": 25_000}
"""Layers whose names are drawn, and the scale (1 to so much) from which on; 0 for always."""

_COLUMNS = {
    "units": UNITS.columns,
    "branches": BRANCHES.columns,
    "links": LINKS.columns,
    "hulls": HULLS.columns,
    "hotspots": HOTSPOTS.columns,
}


_FILLS = {
    "parks": ("#ddcc77", 70, "#999933", 0.4),
    "buildings": ("#c8b89a", 255, "#8a7a5c", 0.2),
    "hotspots": ("#cc79a7", 60, "#cc79a7", 0.4),
}
"""Fill, its opacity, outline and its millimetres; others are an outline."""


class _Paint(NamedTuple):
    """A symbol layer: QGIS's class name, and its properties."""

    kind: str
    symbol: str
    props: dict[str, str]


def style(layer: str, speech: Speech) -> str:
    """Return a layer's QGIS style: symbols, and headings for its columns.

    Parameters
    ----------
    layer
        ``units``, ``branches``, ``links``, ``hulls``, ``hotspots`` or an areas layer.
    speech
        Its texts label the legend, its language the column headings.

    Returns
    -------
    str
        A QML document.
    """
    root = ET.Element(
        "qgis",
        version=_QGIS,
        styleCategories="Symbology|Labeling|Fields",
        labelsEnabled="1" if layer in _NAMED else "0",
    )
    if layer in {"units", "branches", "hulls"}:
        root.append(_by_outcome(layer, speech))
    else:
        root.append(_single(_areas_paint(layer)))
    if layer in _NAMED:
        root.append(_names(_NAMED[layer]))
    columns = _COLUMNS.get(layer) or area_table(layer.partition("_")[0]).columns
    root.append(_aliases(columns, speech))
    return _DOCTYPE + ET.tostring(root, encoding="unicode")


def _by_outcome(layer: str, speech: Speech) -> ET.Element:
    """Return a renderer with one class an outcome, in the order of the legend."""
    renderer = ET.Element(
        "renderer-v2",
        {"type": "categorizedSymbol", "attr": "outcome", "symbollevels": "0", "forceraster": "0"},
    )
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for number, outcome in enumerate(LOOKS):
        label = speech.label("outcome", outcome)
        said = {"render": "true", "symbol": str(number), "value": str(outcome), "label": label}
        ET.SubElement(categories, "category", said)
        symbols.append(_symbol(str(number), _outcome_paint(layer, outcome)))
    rest = speech.say(Words(zh="其他", en="other"))
    last = {"render": "true", "symbol": str(len(LOOKS)), "value": "", "label": rest}
    ET.SubElement(categories, "category", last)
    symbols.append(_symbol(str(len(LOOKS)), _outcome_paint(layer, Outcome.EXCLUDED)))
    return renderer


def _single(paint: _Paint) -> ET.Element:
    renderer = ET.Element("renderer-v2", {"type": "singleSymbol", "symbollevels": "0"})
    ET.SubElement(renderer, "symbols").append(_symbol("0", paint))
    return renderer


def _symbol(name: str, paint: _Paint) -> ET.Element:
    said = {"type": paint.symbol, "name": name, "alpha": "1", "clip_to_extent": "1"}
    symbol = ET.Element("symbol", said)
    layer = ET.SubElement(
        symbol, "layer", {"class": paint.kind, "enabled": "1", "locked": "0", "pass": "0"}
    )
    for key, value in paint.props.items():
        ET.SubElement(layer, "prop", {"k": key, "v": value})
    return symbol


def _outcome_paint(layer: str, outcome: Outcome) -> _Paint:
    look = LOOKS[outcome]
    if layer == "hulls":
        return _fill(look.colour, alpha=50, outline=look.colour, width=0.5)
    size = "4.6" if layer == "branches" else _SIZES.get(outcome, "2.6")
    edge = "0,0,0,255" if layer == "branches" else "255,255,255,255"
    props = {
        "name": look.marker,
        "color": _rgba(look.colour, 255),
        "size": size,
        "outline_color": edge,
        "outline_width": "0.2",
    }
    return _Paint("SimpleMarker", "marker", props)


def _areas_paint(layer: str) -> _Paint:
    """Return how links and areas are drawn: quietly, so that the plan stands out."""
    if layer == "links":
        props = {"line_color": "90,90,90,200", "line_width": "0.3", "capstyle": "round"}
        return _Paint("SimpleLine", "line", props)
    if layer == "barriers":
        props = {"line_color": "70,120,170,255", "line_width": "0.6", "capstyle": "round"}
        return _Paint("SimpleLine", "line", props)
    if layer.endswith("_points"):
        props = {"name": "square", "color": "170,150,120,255", "size": "1.8"}
        return _Paint("SimpleMarker", "marker", props)
    colour, alpha, outline, width = _FILLS.get(layer, ("#ffffff", 0, "#555555", 0.6))
    return _fill(colour, alpha=alpha, outline=outline, width=width)


def _fill(colour: str, *, alpha: int, outline: str, width: float) -> _Paint:
    props = {
        "color": _rgba(colour, alpha),
        "outline_color": _rgba(outline, 255),
        "outline_width": str(width),
        "outline_style": "solid",
        "style": "solid" if alpha else "no",
    }
    return _Paint("SimpleFill", "fill", props)


def _rgba(colour: str, alpha: int) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _names(scale: int) -> ET.Element:
    """Return what draws a layer's names, in black with a white rim."""
    labeling = ET.Element("labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    said = {"fieldName": "name", "isExpression": "0", "fontSize": "9", "textColor": "30,30,30,255"}
    text = ET.SubElement(settings, "text-style", said)
    rim = {"bufferDraw": "1", "bufferSize": "0.8", "bufferColor": "255,255,255,255"}
    ET.SubElement(text, "text-buffer", rim)
    # QGIS counts the other way round: its smallest scale is the greatest number.
    limits = {"scaleVisibility": str(int(scale > 0)), "scaleMin": "1", "scaleMax": str(scale)}
    ET.SubElement(settings, "rendering", limits)
    return labeling


def _aliases(columns: Iterable[Column], speech: Speech) -> ET.Element:
    """Return headings for people: the columns themselves keep their names for joins."""
    aliases = ET.Element("aliases")
    for number, column in enumerate(columns, start=1):  # 0 is the GeoPackage's own row number
        said = {"index": str(number), "field": column.name, "name": speech.heading(column)}
        ET.SubElement(aliases, "alias", said)
    return aliases
