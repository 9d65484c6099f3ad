"""OpenStreetMap files (``.osm``, the XML form), read without a network and without trust.

The file is read as a stream: no document type, so no entities; nothing is fetched; sizes are held;
broken numbers, missing nodes and elements that make no sense are left out and counted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np

from lxgeo.errors import AreasError, Words
from lxgeo.geo import osm
from lxgeo.read.xml_stream import Stream, streamed

_MOST_ID: Final = 1 << 62
_LONGEST: Final = 4_096
"""Characters of a tag; OpenStreetMap's own limit is 255."""
_MOST_PARTS: Final = 100_000
"""Nodes of a way, members of a relation, tags; OpenStreetMap's own limits are far below."""
OSM_FILES: Final = (".osm", ".pbf")
"""Endings of OpenStreetMap files; of the second kind it is told how to make one of the first."""


def read_osm(path: Path) -> tuple[osm.Elements, tuple[str, ...]]:
    """Return what an OpenStreetMap file holds, and what was left out.

    Raises
    ------
    AreasError
        No such file, too big, no XML, or no OpenStreetMap file; the binary form (``.osm.pbf``),
        which is told how to be converted.
    """
    if path.suffix.lower() == ".pbf":
        plain = path.name[: -len(".pbf")].removesuffix(".osm") + ".osm"
        raise AreasError(
            Words(
                f"{path.name}：不读二进制的 .osm.pbf；请先裁剪并转换："
                f"osmium extract -p 边界.geojson {path.name} -o {plain}"
                f"（不裁剪则用 osmium cat {path.name} -o {plain}）",
                f"{path.name}: the binary form is not read; cut it out and convert it with"
                f" osmium extract -p BORDER.geojson {path.name} -o {plain}"
                f" (or whole: osmium cat {path.name} -o {plain})",
            )
        )
    reader = _Reader()
    streamed(path, reader)
    if not reader.is_osm:
        raise AreasError(
            Words(
                f"{path.name}：不是 OpenStreetMap 的 XML 文件（根元素应为 osm）",
                f"{path.name}: no OpenStreetMap XML (its root should be osm)",
            )
        )
    notes = () if not reader.broken else (f"{path.name}：{reader.broken} 个要素残缺，未读",)
    return reader.elements(), notes


def osm_gazetteer(path: Path) -> gpd.GeoDataFrame:
    """Return the named buildings, places and addresses of an OpenStreetMap file.

    Returns
    -------
    geopandas.GeoDataFrame
        `lxgeo.tables.GAZETTEER` in EPSG:4326; see `lxgeo.geo.osm.gazetteer`.

    Raises
    ------
    AreasError
        As `read_osm`.
    """
    return osm.gazetteer(read_osm(path)[0].features())


class _Reader(Stream):
    """Gathers elements from the stream."""

    def __init__(self) -> None:
        self.is_osm = False
        self.broken = 0
        self._root = True
        self._place: dict[int, int] = {}
        self._lon: list[float] = []
        self._lat: list[float] = []
        self._node_tags: dict[int, dict[str, str]] = {}
        self._ways: list[tuple[int, list[int], dict[str, str]]] = []
        self._relations: list[osm.Relation] = []
        self._open = ""
        self._id = 0
        self._tags: dict[str, str] = {}
        self._refs: list[int] = []
        self._members: list[tuple[str, int, str]] = []

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """Take in an element's beginning."""
        if self._root:
            self._root, self.is_osm = False, tag == "osm"
        elif tag in {"node", "way", "relation"}:
            self._begin(tag, attrib)
        elif self._open and tag == "tag":
            key, value = attrib.get("k", ""), attrib.get("v", "")
            if len(key) + len(value) <= _LONGEST and len(self._tags) < _MOST_PARTS:
                self._tags[key] = value
        elif self._open == "way" and tag == "nd" and len(self._refs) < _MOST_PARTS:
            self._refs.append(_number(attrib.get("ref")))
        elif self._open == "relation" and tag == "member" and len(self._members) < _MOST_PARTS:
            self._members.append(
                (attrib.get("type", ""), _number(attrib.get("ref")), attrib.get("role", ""))
            )

    def _begin(self, tag: str, attrib: Mapping[str, str]) -> None:
        self._tags, self._refs, self._members = {}, [], []
        self._open, self._id = "", _number(attrib.get("id"))
        if attrib.get("action") == "delete" or attrib.get("visible") == "false":
            return
        if self._id == -_MOST_ID:
            self.broken += 1
            return
        if tag != "node":
            self._open = tag
            return
        lon, lat = _degrees(attrib.get("lon"), 180), _degrees(attrib.get("lat"), 90)
        if lon is None or lat is None or self._id in self._place:
            self.broken += 1
            return
        self._open = tag
        self._place[self._id] = len(self._lon)
        self._lon.append(lon)
        self._lat.append(lat)

    def end(self, tag: str) -> None:
        """Take in an element's end."""
        if tag != self._open:
            return
        self._open = ""
        if tag == "node" and self._tags:
            self._node_tags[self._place[self._id]] = self._tags
        elif tag == "way":
            self._ways.append((self._id, self._refs, self._tags))
        elif tag == "relation":
            self._relations.append(osm.Relation(self._id, tuple(self._members), self._tags))

    def elements(self) -> osm.Elements:
        """Return what was gathered; ways may stand before their nodes."""
        place = self._place
        return osm.Elements(
            lon=np.array(self._lon, dtype=np.float64),
            lat=np.array(self._lat, dtype=np.float64),
            node_ids=np.array(list(place), dtype=np.int64),
            node_tags=self._node_tags,
            ways=tuple(
                osm.Way(number, tuple(place.get(ref, -1) for ref in refs), tags)
                for number, refs, tags in self._ways
            ),
            relations=tuple(self._relations),
        )


def _number(text: str | None) -> int:
    """Return an id; one that no element has where it is none. Editors give new ones below zero."""
    if text is None or len(text) > len(str(_MOST_ID)):
        return -_MOST_ID
    try:
        return int(text)
    except ValueError:
        return -_MOST_ID


def _degrees(text: str | None, most: float) -> float | None:
    try:
        value = float(text or "nan")
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= most else None
