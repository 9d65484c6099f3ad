"""The fictional district as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from shapely import Geometry, Polygon
from shapely.geometry import mapping
from shapely.geometry.polygon import orient

from lxgeo.demo import truth
from lxgeo.demo.gazetteer import COLUMNS as GAZETTEER_COLUMNS
from lxgeo.demo.make import Demo
from lxgeo.demo.nouns import Feature, Street
from lxgeo.demo.osm_xml import OsmXml
from lxgeo.demo.readme import readme
from lxgeo.demo.workbook import write_workbook

LEDGER_FILE = "ledger.xlsx"
TRUTH_FILE = "truth.csv"
OTHER_ROWS_FILE = "truth_other_rows.csv"
ROADS_FILE = "roads.osm"
GAZETTEER_FILE = "gazetteer.csv"


def write_demo(demo: Demo, folder: Path) -> tuple[Path, ...]:
    """Write the district: areas, roads, the ledger, and the truth about it.

    Parameters
    ----------
    demo
        The district.
    folder
        Where; it is made if need be, and files of the same names are overwritten.

    Returns
    -------
    tuple of Path
        The files written, sorted. The same district gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"{name}.geojson": _geojson(name, layer) for name, layer in demo.layers.items()}
    texts[ROADS_FILE] = _osm(demo.streets)
    texts[TRUTH_FILE] = _csv(truth.COLUMNS, truth.truth(demo.pages))
    texts[OTHER_ROWS_FILE] = _csv(truth.ROW_COLUMNS, truth.other_rows(demo.pages))
    texts[GAZETTEER_FILE] = _csv(GAZETTEER_COLUMNS, demo.gazetteer)
    texts["README.md"] = readme(demo.seed)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    write_workbook(demo.pages, folder / LEDGER_FILE)
    return tuple(sorted(folder / name for name in (*texts, LEDGER_FILE)))


def _geojson(name: str, features: Iterable[Feature]) -> str:
    """Return a layer as RFC 7946 GeoJSON, one feature a line."""
    lines = [
        _compact(
            {
                "type": "Feature",
                "properties": dict(feature.properties),
                "geometry": _geometry(feature.shape),
            }
        )
        for feature in features
    ]
    head = f'{{"type":"FeatureCollection","name":{_compact(name)},"features":[\n'
    return head + ",\n".join(lines) + "\n]}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _geometry(shape: Geometry) -> Mapping[str, Any]:
    """Return a shape as GeoJSON: outer rings counterclockwise."""
    turned = orient(shape) if isinstance(shape, Polygon) else shape
    return mapping(turned)


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _osm(streets: Sequence[Street]) -> str:
    """Return the streets as OSM XML; streets that meet share a node."""
    text = OsmXml("lxgeo demo")
    for street in streets:
        text.way(street.path, {"highway": street.highway, "name": street.name})
    return text.text()
