"""Road networks in GraphML, as OSMnx saves them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError

from lxgeo.errors import AreasError, Words
from lxgeo.geo.metric import DIGITS
from lxgeo.geo.osm import Ways, in_use, walkable
from lxgeo.read.xml_stream import TextStream, streamed
from lxgeo.tables import CRS

_LONGEST_LIST: Final = 2_000
_TAGS: Final = ("highway", "access", "service", "area", "foot")


def read_graphml(path: Path) -> Ways:
    """Return the roads of a GraphML file.

    Raises
    ------
    AreasError
        No XML, no places of nodes, or a CRS that is none.
    """
    reader = _Reader()
    streamed(path, reader)
    try:
        return reader.ways()
    except (KeyError, ValueError, CRSError) as error:
        raise AreasError(
            Words(
                f"{path.name}：读不出道路；请用 lxgeo fetch-osm 或 osmnx 重新导出",
                f"{path.name}: holds no roads that can be read; export it again with osmnx",
            )
        ) from error


class _Reader(TextStream):
    """Gathers nodes and edges from the stream."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._graph: dict[str, str] = {}
        self._nodes: dict[str, dict[str, str]] = {}
        self._edges: list[tuple[str, str, dict[str, str]]] = []
        self._here: dict[str, str] = self._graph
        self._key: str | None = None
        self._text: list[str] = []

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """Take in an element's beginning."""
        if tag == "key":
            self._keys[attrib.get("id", "")] = attrib.get("attr.name", "")
        elif tag == "node":
            self._here = self._nodes.setdefault(attrib.get("id", ""), {})
        elif tag == "edge":
            self._here = {}
            self._edges.append((attrib.get("source", ""), attrib.get("target", ""), self._here))
        elif tag == "data":
            self._key, self._text = self._keys.get(attrib.get("key", "")), []

    def data(self, text: str) -> None:
        """Take in a piece of text."""
        if self._key is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """Take in an element's end."""
        if tag == "data" and self._key is not None:
            self._here[self._key] = "".join(self._text)
            self._key = None
        elif tag in {"node", "edge"}:
            self._here = self._graph

    def ways(self) -> Ways:
        """Return what was gathered, in degrees WGS 84."""
        place = {node: k for k, node in enumerate(self._nodes)}
        spots = np.array(
            [[float(tags["x"]), float(tags["y"])] for tags in self._nodes.values()]
        ).reshape(-1, 2)
        edges = [
            (place[one], place[other], tags)
            for one, other, tags in self._edges
            if in_use(_tags(tags) or {"highway": "road"})
        ]
        shapes = shapely.from_wkt([tags.get("geometry") for *_, tags in edges], on_invalid="ignore")
        inner, owner = _inner(shapes)
        keys = np.array([sorted(edge[:2]) for edge in edges], dtype=np.int64).reshape(-1, 2)
        # Both directions of a street share its bends; streets that merely cross share none.
        bends = np.column_stack([keys[owner], inner.round(DIGITS)])
        distinct, bend = np.unique(bends, axis=0, return_inverse=True)
        begins = np.searchsorted(owner, np.arange(len(edges) + 1))
        vertices = np.concatenate([spots, distinct[:, 2:]])
        if not np.isfinite(vertices).all():
            raise ValueError("a node is nowhere")
        bent = (bend.ravel() + len(spots)).tolist()
        lon, lat = _degrees(vertices, self._graph.get("crs", CRS))
        return Ways.of(
            lon,
            lat,
            (
                (
                    (one, *bent[begins[k] : begins[k + 1]], other),
                    _names(tags.get("name")),
                    walkable(_tags(tags) or {"highway": "road"}),
                )
                for k, (one, other, tags) in enumerate(edges)
            ),
        )


def _inner(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the vertices of lines between their two ends, and the line of each."""
    lines = shapes.copy()
    lines[shapely.get_type_id(lines) != shapely.GeometryType.LINESTRING] = None
    corners, owner = shapely.get_coordinates(lines, return_index=True)
    ends = np.append(True, owner[1:] != owner[:-1]) | np.append(owner[1:] != owner[:-1], True)
    between = ~ends[: len(owner)]
    return corners[between], owner[between]


def _degrees(
    vertices: NDArray[np.float64], crs: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    known = pyproj.CRS.from_user_input(crs)
    if known != pyproj.CRS.from_user_input(CRS):
        return pyproj.Transformer.from_crs(known, CRS, always_xy=True).transform(*vertices.T)
    return vertices[:, 0], vertices[:, 1]


def _tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Return the tags that say who may walk; of several the first, as merged streets have them."""
    return {key: found[0] for key in _TAGS if (found := _names(tags.get(key)))}


def _names(text: str | None) -> tuple[str, ...]:
    """Return one text or the several of a list, written as Python writes it."""
    if not text:
        return ()
    if text.startswith("[") and text.endswith("]") and len(text) <= _LONGEST_LIST:
        try:
            listed = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return (text,)
        if isinstance(listed, list):
            return tuple(each for each in listed if isinstance(each, str))
    return (text,)
