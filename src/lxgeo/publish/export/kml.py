"""KML 2.2: always WGS 84, named by the units, every attribute beside them.

Values travel as escaped text in ``SimpleData``; no description or balloon is made of them, so that
no viewer reads a name as HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely

from lxgeo.errors import Words
from lxgeo.geo.metric import DIGITS
from lxgeo.model import Outcome
from lxgeo.publish.export.layer import Layer
from lxgeo.publish.palette import LOOKS
from lxgeo.publish.rows import cells
from lxgeo.publish.speech import Speech
from lxgeo.tables import Column

_TYPES = {"text": "string", "integer": "int", "number": "double", "flag": "bool"}
_LINE_ENDS = {"\r": "&#13;"}  # XML reads a bare one as a line feed
_SAID = Words(
    "坐标：WGS 84（经度、纬度）；测算建议，以党委审批为准；内部资料",
    "Coordinates: WGS 84 (longitude, latitude); for advice, the committee decides; internal",
)


def write_kml(path: Path, layer: Layer, speech: Speech) -> None:
    """Write a layer as KML.

    Parameters
    ----------
    path
        Where to.
    layer
        Its shapes in WGS 84; rows without one stand in it without a place.
    speech
        Names the fields for people.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_head(layer, speech))
        file.writelines(_placemarks(layer))
        file.write("</Folder></Document></kml>\n")


def _head(layer: Layer, speech: Speech) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2"><Document id="lxgeo">\n'
    yield f"<name>{layer.name} (WGS 84)</name>\n"
    yield f"<description>{escape(speech.say(_SAID))}</description>\n"
    for outcome in _outcomes(layer):
        yield f'<Style id="{outcome}">{_look(outcome)}</Style>\n'
    yield f'<Schema name="{layer.name}" id="{layer.name}">\n'
    for column in _kept(layer):
        kind, said = _TYPES[column.kind], escape(speech.heading(column))
        yield f'<SimpleField type="{kind}" name="{column.name}">'
        yield f"<displayName>{said}</displayName></SimpleField>\n"
    yield f"</Schema>\n<Folder><name>{layer.name}</name>\n"


def _kept(layer: Layer) -> list[Column]:
    # A placemark's own name is the column "name".
    return [column for column in layer.table.columns if column.name != "name"]


def _outcomes(layer: Layer) -> list[Outcome]:
    return list(LOOKS) if "outcome" in layer.table.names else []


def _look(outcome: Outcome) -> str:
    red, green, blue = (LOOKS[outcome].colour[i : i + 2] for i in (1, 3, 5))
    solid, pale = f"ff{blue}{green}{red}", f"40{blue}{green}{red}"
    return (
        f"<IconStyle><color>{solid}</color><scale>0.6</scale></IconStyle>"
        f"<LabelStyle><scale>0</scale></LabelStyle><LineStyle><color>{solid}</color></LineStyle>"
        f"<PolyStyle><color>{pale}</color></PolyStyle>"
    )


def _placemarks(layer: Layer) -> Iterator[str]:
    columns = _kept(layer)
    names = [column.name for column in columns]
    fields = zip(*(_fields(layer, column) for column in columns), strict=True)
    title = "name" if "name" in layer.table.names else layer.key
    titles = cells(layer.frame, [title])
    styles = cells(layer.frame, ["outcome"] if "outcome" in names else [layer.key])
    styled = bool(_outcomes(layer))
    shapes = _shapes(layer)
    for (name,), (outcome,), data, shape in zip(titles, styles, fields, shapes, strict=True):
        said = f"<name>{_text(name)}</name>" if name is not None else ""
        style = f"<styleUrl>#{outcome}</styleUrl>" if styled else ""
        held = f'<ExtendedData><SchemaData schemaUrl="#{layer.name}">{"".join(data)}</SchemaData>'
        yield f"<Placemark>{said}{style}{held}</ExtendedData>{shape}</Placemark>\n"


def _fields(layer: Layer, column: Column) -> list[str]:
    """Return a column's values as elements; an unknown value has none."""
    head = f"<SimpleData name={quoteattr(column.name)}>"
    values = (value for (value,) in cells(layer.frame, [column.name]))
    if column.kind == "text":
        return ["" if each is None else f"{head}{_text(each)}</SimpleData>" for each in values]
    return ["" if each is None else f"{head}{_number(each)}</SimpleData>" for each in values]


def _text(value: Any) -> str:
    return escape(value, _LINE_ENDS)


def _number(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else repr(value)


def _shapes(layer: Layer) -> Iterator[str]:
    for shape in layer.frame.geometry:
        yield "" if shape is None else _shape(shape)


def _shape(shape: Any) -> str:
    if shape.geom_type in ("MultiPolygon", "MultiLineString"):
        return f"<MultiGeometry>{''.join(map(_shape, shape.geoms))}</MultiGeometry>"
    if shape.geom_type == "Polygon":
        outer, *holes = (_ring(each) for each in shapely.get_rings(shape.normalize().reverse()))
        cut = "".join(f"<innerBoundaryIs>{each}</innerBoundaryIs>" for each in holes)
        return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{cut}</Polygon>"
    return f"<{shape.geom_type}>{_coordinates(shape)}</{shape.geom_type}>"


def _ring(ring: Any) -> str:
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(shape: Any) -> str:
    points = shapely.get_coordinates(shape).round(DIGITS).tolist()
    return f"<coordinates>{' '.join(f'{lon},{lat}' for lon, lat in points)}</coordinates>"
