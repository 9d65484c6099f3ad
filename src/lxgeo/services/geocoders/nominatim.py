"""Nominatim (OpenStreetMap): WGS 84, one address in one request, no key.

geopy writes its requests and reads its answers; they travel over our own transport, which sends a
request once and not again by itself.

Nominatim finds no words in a Chinese address: 云栖路36号 is nothing to it, 云栖路 36 is a door,
however its number is written in the map (tried on 5.3.3; github.com/osm-search/Nominatim #177).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from lxgeo.errors import ServiceError, Words
from lxgeo.locate.geocoder import Answer, precision_of
from lxgeo.model import Datum, Precision
from lxgeo.services.geocoders.key import Key
from lxgeo.services.geocoders.provider import Provider, Spoken, text_of
from lxgeo.services.geocoders.transport import USER_AGENT, Transport
from lxgeo.services.geocoders.trouble import Kind, Trouble

_OK = 200
_BARRED = frozenset({401, 403})
_HOUSE_OR_POI = 30
"""The rank of everything that is no road and no area (nominatim.org, Place Ranking)."""


def nominatim(transport: Transport, _key: Key) -> Provider:
    """Return Nominatim's geocoder.

    Raises
    ------
    ServiceError
        geopy is not installed.
    """
    try:
        from geopy import adapters, exc, geocoders
    except ImportError as error:
        raise ServiceError(
            Words(
                "使用 Nominatim 需要先安装：pip install 'lxgeo[geocoding]'",
                "Nominatim needs: pip install 'lxgeo[geocoding]'",
            )
        ) from error

    class Adapter(adapters.BaseSyncAdapter):  # type: ignore[misc]
        """geopy's requests over our transport."""

        def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
            """Return a request's JSON."""
            del timeout, headers
            return _places(transport, url)

        def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
            """Never used: all that is asked for is JSON."""
            raise NotImplementedError

    parts = urlsplit(transport.url)
    service = geocoders.Nominatim(
        scheme=parts.scheme,
        domain=f"{parts.netloc}{parts.path}",
        user_agent=USER_AGENT,
        adapter_factory=lambda **_: Adapter(proxies=None, ssl_context=None),
    )
    return _Nominatim(service, exc.GeopyError)


class _Nominatim:
    def __init__(self, service: Any, fault: type[Exception]) -> None:
        self._service = service
        self._fault = fault
        self._speak = Spoken("nominatim", Datum.WGS84)

    def ask(self, addresses: Sequence[str]) -> Sequence[Answer | None]:
        """Return an answer for one address."""
        (address,) = addresses
        try:
            place = self._service.geocode(phrase(address), language="zh", country_codes="cn")
        except (self._fault, ValueError, TypeError):
            raise Trouble(Kind.GARBLED) from None
        if place is None:
            return [None]
        raw = place.raw
        return [
            self._speak.answer(
                raw.get("lon"), raw.get("lat"), _level(raw), None, raw.get("display_name")
            )
        ]


_DIVISION = re.compile(
    r"(?<=.)(?:省|市(?![场府政民])|[区县](?![府政委])|旗|[镇乡](?![府政])|街道|村|社区)(?![路街巷道])"
)
_DOOR = re.compile(r"(?P<road>[^ ]+(?:路|街|道|巷|弄|胡同)(?:[东西南北中]段?)?)(?P<number>[0-9]+)")
_INSIDE = re.compile(r"(?<=.)(?:[0-9A-Z-]+|[一二三四五六七八九十]+)(?:楼|层|室|座|单元).*")


def phrase(address: str) -> str:
    """Return an address in words that Nominatim knows: divisions, road, number without 号.

    Floors, rooms and whatever follows the number are left out: they are not in the map, and what is
    not found makes all of it unfound.
    """
    words = _DIVISION.sub(r"\g<0> ", address)
    door = _DOOR.search(words)
    if door:
        return f"{words[: door.start()]}{door['road']} {door['number']}".strip()
    return _INSIDE.sub("", words).strip()


def _places(transport: Transport, url: str) -> list[Any]:
    """Return what a search found, made sure to be what geopy expects."""
    path = url.removeprefix(transport.url)
    reply = transport.get(path.partition("?")[0], dict(parse_qsl(urlsplit(url).query)))
    if reply.status in _BARRED:
        raise Trouble(Kind.REFUSED, f"HTTP {reply.status}")
    found = reply.data
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        kind = Kind.GARBLED if reply.status == _OK else Kind.ADDRESS
        raise Trouble(kind, f"HTTP {reply.status}")
    return found


def _level(raw: Mapping[str, Any]) -> str:
    """Return the kind of place: ``addresstype``, else ``type``, else a point of interest."""
    for word in (text_of(raw.get("addresstype")), text_of(raw.get("type"))):
        if precision_of(word) is not Precision.NONE:
            return word
    return "poi" if raw.get("place_rank") == _HOUSE_OR_POI else text_of(raw.get("addresstype"))
