"""A server on this machine that answers as Nominatim and Overpass document it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PLACE = "岚川市云溪区"
CORNERS = [(104.0, 38.6), (104.02, 38.6), (104.02, 38.62), (104.0, 38.62), (104.0, 38.6)]


def _found(corners: list[tuple[float, float]]) -> dict[str, Any]:
    """Return one hit of Nominatim's search (format=json, polygon_geojson=1)."""
    return {
        "place_id": 1, "licence": "Data © OpenStreetMap contributors, ODbL 1.0.",
        "osm_type": "relation", "osm_id": 8, "lat": "38.61", "lon": "104.01",
        "class": "boundary", "type": "administrative", "place_rank": 12, "importance": 0.5,
        "addresstype": "district", "name": "云溪区", "display_name": "云溪区, 岚川市, 中国",
        "boundingbox": ["38.60", "38.62", "104.00", "104.02"],
        "geojson": {"type": "Polygon", "coordinates": [corners]},
    }  # fmt: skip


class Map:
    """The elements that the server knows."""

    def __init__(self) -> None:
        self.elements: list[dict[str, Any]] = []
        self._nodes: dict[tuple[float, float], int] = {}

    def node(self, at: tuple[float, float], **tags: str) -> int:
        """Add a node."""
        if at not in self._nodes:
            self._nodes[at] = len(self._nodes) + 1
            lon, lat = at
            self.elements.append(
                {"type": "node", "id": self._nodes[at], "lat": lat, "lon": lon, "tags": tags}
                if tags
                else {"type": "node", "id": self._nodes[at], "lat": lat, "lon": lon}
            )
        return self._nodes[at]

    def way(self, number: int, path: list[tuple[float, float]], **tags: str) -> None:
        """Add a way."""
        nodes = [self.node(at) for at in path]
        self.elements.append({"type": "way", "id": number, "nodes": nodes, "tags": tags})

    def border(self, number: int, ring: int, level: str, name: str) -> None:
        """Add an administrative area of one ring."""
        tags = {
            "type": "boundary", "boundary": "administrative", "admin_level": level, "name": name,
        }  # fmt: skip
        members = [{"type": "way", "ref": ring, "role": "outer"}]
        self.elements.append({"type": "relation", "id": number, "members": members, "tags": tags})


def district() -> Map:
    """Return a district of two townships (one next door), a street, a bridge, a tower, a park."""
    town = Map()

    def square(west: float, south: float, side: float) -> list[tuple[float, float]]:
        east, north = round(west + side, 6), round(south + side, 6)
        return [(west, south), (east, south), (east, north), (west, north), (west, south)]

    town.way(1, square(104.0, 38.6, 0.02))
    town.border(101, 1, "8", "溪云街道")
    town.way(2, square(104.02, 38.6, 0.02))
    town.border(102, 2, "8", "邻镇")
    town.way(3, [(104.002, 38.61), (104.01, 38.61)], highway="residential", name="人民路")
    town.way(4, [(104.01, 38.61), (104.018, 38.61)], highway="residential", name="胜利路")
    town.way(5, square(104.004, 38.611, 0.0005), building="yes", name="创业大厦", **{
        "addr:street": "人民路", "addr:housenumber": "8"})  # fmt: skip
    town.way(6, square(104.006, 38.612, 0.001), landuse="industrial", name="云溪软件园")
    town.way(7, [(104.014, 38.6), (104.014, 38.62)], waterway="river", name="云岚河")
    town.node((104.003, 38.6095), amenity="bank", name="建设银行")
    return town


def overpass(town: Map, query: str) -> list[dict[str, Any]]:
    """Return what a query of OSMnx finds: ways of a network, or elements with one of its tags."""
    if '"highway"]' in query:
        wanted = [e for e in town.elements if e["type"] == "way" and "highway" in e["tags"]]
    else:
        said = {
            (key, value or None)
            for key, value in re.findall(r"\['([^'=]+)'(?:='([^']*)')?\]\(poly", query)
        }
        wanted = [
            e
            for e in town.elements
            if any(
                key in e.get("tags", {}) and value in {None, e["tags"][key]} for key, value in said
            )
        ]
    # (._;>;): members and nodes of what was found.
    ways = {m["ref"] for e in wanted for m in e.get("members", [])}
    wanted += [e for e in town.elements if e["type"] == "way" and e["id"] in ways]
    nodes = {n for e in wanted for n in e.get("nodes", [])}
    kept = [e for e in town.elements if e["type"] == "node" and e["id"] in nodes]
    both = {(e["type"], e["id"]): e for e in [*kept, *wanted]}
    return list(both.values())


Answer = tuple[int, str]


@dataclass
class OsmServer:
    """What was asked, and how to answer.

    Parameters
    ----------
    url
        Base address of both services.
    asked
        ``search`` or the Overpass query, in order.
    upset
        Given the number of the question from 1, an answer (status, body) in its stead, or None.
    """

    url: str
    town: Map = field(default_factory=district)
    asked: list[str] = field(default_factory=list)
    upset: Callable[[int], Answer | None] = field(default=lambda _: None)

    def answer(self, question: str) -> Answer:
        """Return status and body."""
        self.asked.append(question)
        if (upset := self.upset(len(self.asked))) is not None:
            return upset
        if question.startswith("search"):
            hits = [_found(CORNERS)] if question.endswith(PLACE) else []
            return 200, json.dumps(hits)
        found = {
            "version": 0.6,
            "generator": "Overpass API 0.7.62.4",
            "osm3s": {"timestamp_osm_base": "2026-06-30T00:00:00Z"},
            "elements": overpass(self.town, question),
        }
        return 200, json.dumps(found)


@contextmanager
def serving() -> Iterator[OsmServer]:
    """Give a server that is up."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._reply(f"search {parse_qs(parts.query).get('q', [''])[0]}")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply(parse_qs(body)["data"][0])

        def _reply(self, question: str) -> None:
            status, body = server.answer(question)
            data = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = OsmServer(f"http://127.0.0.1:{http.server_port}")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()
