"""A geocoder of the tests' own, on loopback: it answers as the services document, or misbehaves."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Params = dict[str, str]


@dataclass(frozen=True)
class Sent:
    """What the server sends: a status, a body, and headers beside the usual ones."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json;charset=UTF-8"),)


def sent(data: Any, status: int = 200, **headers: str) -> Sent:
    """Return JSON as services send it."""
    more = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    kind = ("Content-Type", "application/json;charset=UTF-8")
    return Sent(json.dumps(data, ensure_ascii=False).encode(), status, (kind, *more))


@dataclass
class GeoServer:
    """The server as tests see it.

    Parameters
    ----------
    url
        Where it is.
    reply
        What it answers to a path and its parameters.
    """

    url: str
    reply: Callable[[str, Params], Sent]
    requests: list[tuple[str, Params]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    turned: threading.Condition = field(default_factory=threading.Condition)

    def note(self, path: str, params: Params, agent: str) -> None:
        """Keep what was asked, before it is answered."""
        with self.turned:
            self.requests.append((path, params))
            self.agents.append(agent)
            self.turned.notify_all()

    @property
    def addresses(self) -> list[str]:
        """Every address that was asked for, in the order of asking."""
        with self.turned:
            return [each for _, params in self.requests for each in addresses_of(params)]

    @property
    def times(self) -> Counter[str]:
        """How often each address was asked for."""
        return Counter(self.addresses)

    def wait_for(self, requests: int) -> None:
        """Return when so many requests have come."""
        with self.turned:
            assert self.turned.wait_for(lambda: len(self.requests) >= requests, timeout=60)


def addresses_of(params: Params) -> Sequence[str]:
    """Return the addresses of a request of any of the services."""
    if "ds" in params:
        return [json.loads(params["ds"])["keyWord"]]
    return (params.get("address") or params.get("q", "")).split("|")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True
    geo: GeoServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        params = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.geo.note(parts.path, params, self.headers.get("User-Agent", ""))
        answer = self.geo.reply(parts.path, params)
        try:
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            if "Content-Length" not in dict(answer.headers):
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
            if "Content-Length" in dict(answer.headers):
                self.close_connection = True
        except OSError:  # the caller is gone
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Say nothing either: a caller that hangs up is no fault of ours."""


@contextmanager
def geo_server(reply: Callable[[str, Params], Sent]) -> Iterator[GeoServer]:
    """Give a server that answers with ``reply``."""
    handler = type("Handler", (_Handler,), {})
    with _Server(("127.0.0.1", 0), handler) as server:
        geo = GeoServer(f"http://127.0.0.1:{server.server_address[1]}", reply)
        handler.geo = geo
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield geo
        finally:
            server.shutdown()
            thread.join()


def amap_place(
    address: str, location: object = "113.9525,22.5405", level: object = "门牌号"
) -> Params:
    """Return one of AMap's geocodes, with the fields that it documents."""
    return {
        "formatted_address": f"广东省深圳市{address}",
        "country": "中国",
        "province": "广东省",
        "citycode": "0755",
        "city": "深圳市",
        "district": "南山区",
        "township": [],
        "street": [],
        "number": [],
        "adcode": "440305",
        "location": location,
        "level": level,
    }  # type: ignore[return-value]


def amap(*places: object) -> Sent:
    """Return AMap's answer."""
    said = {"status": "1", "info": "OK", "infocode": "10000", "count": str(len(places))}
    return sent({**said, "geocodes": list(places)})


def amap_fault(infocode: str, info: str = "SOMETHING") -> Sent:
    """Return AMap's answer to a request that it does not take."""
    return sent({"status": "0", "info": info, "infocode": infocode})


def amap_all(_: str, params: Params) -> Sent:
    """Answer every address as AMap would."""
    return amap(*(amap_place(each) for each in addresses_of(params)))


def baidu(level: str, **more: object) -> Sent:
    """Return Baidu's answer."""
    place = {"lng": 116.30815, "lat": 40.05687}
    result = {"location": place, "precise": 1, "confidence": 80, "comprehension": 100}
    return sent({"status": 0, "result": {**result, "level": level, **more}})


def tianditu(**place: object) -> Sent:
    """Return Tianditu's answer."""
    said = {"lon": "116.001688", "lat": "40.453228", "level": "门址", "score": 98, **place}
    return sent({"location": said, "status": "0", "msg": "ok", "searchVersion": "6.4.9V"})


def nominatim(**place: object) -> Sent:
    """Return Nominatim's answer."""
    said = {
        "place_id": 1,
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0.",
        "osm_type": "way",
        "osm_id": 2,
        "lat": "22.5405",
        "lon": "113.9525",
        "class": "building",
        "type": "yes",
        "place_rank": 30,
        "importance": 0.00001,
        "addresstype": "building",
        "name": "创业大厦",
        "display_name": "创业大厦, 科技路, 南山区, 深圳市, 广东省, 中国",
        "boundingbox": ["22.54", "22.55", "113.95", "113.96"],
        **place,
    }
    return sent([said])
