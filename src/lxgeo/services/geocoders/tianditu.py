"""Tianditu (天地图): CGCS2000, one address in one request.

地理编码查询 (lbs.tianditu.gov.cn/server/geocodinginterface.html): ``status`` 0 is an answer, 101
none, 404 an error. Keys are checked by a wall before the service, with codes that no page lists;
those known from use are below.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from lxgeo.locate.geocoder import Answer
from lxgeo.model import Datum
from lxgeo.services.geocoders.key import Key
from lxgeo.services.geocoders.provider import Spoken, text_of
from lxgeo.services.geocoders.transport import Reply, Transport
from lxgeo.services.geocoders.trouble import Kind, Trouble

_OK = 200
_NOTHING = "101"
_ERROR = "404"
# No such key, wrong kind of key (browser, not server), wrong domain, wrong length.
_KEY_CODES = frozenset({"1", "7", "12", "18", "301001", "301012", "308011"})
_QUOTA_WORDS = ("配额", "次数", "限额", "超限", "超出")


class Tianditu:
    """Tianditu's geocoder.

    Parameters
    ----------
    transport
        The way there.
    key
        A key of the kind 「服务端」.
    """

    def __init__(self, transport: Transport, key: Key) -> None:
        self._transport = transport
        self._key = key
        self._speak = Spoken("tianditu", Datum.CGCS2000)

    def ask(self, addresses: Sequence[str]) -> Sequence[Answer | None]:
        """Return an answer for one address."""
        (address,) = addresses
        asked = json.dumps({"keyWord": address}, ensure_ascii=False)
        reply = self._transport.get("/geocoder", {"ds": asked, "tk": self._key.reveal()})
        data = reply.record()
        status = str(data.get("status"))
        if reply.status != _OK or "status" not in data:
            raise _barred(reply, data)
        if status == _NOTHING:
            return [None]
        if status == _ERROR:
            raise Trouble(Kind.ADDRESS, status)
        if status != "0":
            raise Trouble(Kind.REFUSED, status)
        place = data.get("location")
        if not isinstance(place, dict):
            raise Trouble(Kind.GARBLED)
        level, name = text_of(place.get("level")), place.get("keyWord")
        score = place.get("score")
        return [self._speak.answer(place.get("lon"), place.get("lat"), level, score, name)]


def _barred(reply: Reply, data: Mapping[str, Any]) -> Trouble:
    """Return why the wall before the service let nothing through."""
    code, said = str(data.get("code", "")), str(data.get("msg", ""))
    if any(word in said for word in _QUOTA_WORDS):
        return Trouble(Kind.QUOTA, code)
    if code in _KEY_CODES or reply.status in (401, 403):
        return Trouble(Kind.KEY, code)
    return Trouble(Kind.GARBLED if reply.status == _OK else Kind.REFUSED, f"HTTP {reply.status}")
