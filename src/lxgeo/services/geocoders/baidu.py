"""Baidu (百度): BD-09, one address in one request.

地理编码 v3 and its 服务状态码 (lbsyun.baidu.com/faq/api?title=webapi/guide/webservice-geocoding).
``level`` says what kind of place was understood, ``confidence`` how far off the point may be; the
coarser of the two is what its answer is worth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxgeo.locate.geocoder import Answer, precision_of
from lxgeo.model import Datum, Precision
from lxgeo.services.geocoders.key import Key
from lxgeo.services.geocoders.provider import Spoken, text_of
from lxgeo.services.geocoders.transport import Transport
from lxgeo.services.geocoders.trouble import Kind, Trouble

LONGEST_BYTES = 84
"""Baidu takes no longer address; what goes beyond is a floor or a room."""

_NO_RESULT = "无相关结果"
_ERRORS_M = ((80, ""), (60, "误差500米以内"), (50, "误差1公里以内"), (-1, "误差超过1公里"))
"""``confidence`` from which on → the greatest error that Baidu states for it; ≥ 80 is < 100 m."""

_ORDER = list(Precision)
_KEY_CODES = frozenset({3, 5, 101, 102, *range(200, 300)})
_BY_CODE = {2: Kind.ADDRESS, 4: Kind.QUOTA, 301: Kind.QUOTA, 302: Kind.QUOTA, 401: Kind.BUSY,
            402: Kind.BUSY}  # fmt: skip


class Baidu:
    """Baidu's geocoder.

    Parameters
    ----------
    transport
        The way there.
    key
        An ``ak`` of the kind 「服务端」, checked by IP list.
    """

    def __init__(self, transport: Transport, key: Key) -> None:
        self._transport = transport
        self._key = key
        self._speak = Spoken("baidu", Datum.BD09)

    def ask(self, addresses: Sequence[str]) -> Sequence[Answer | None]:
        """Return an answer for one address."""
        (address,) = addresses
        sent = address.encode()[:LONGEST_BYTES].decode(errors="ignore")
        params = {"ak": self._key.reveal(), "output": "json", "address": sent}
        data = self._transport.get("/geocoding/v3/", params).record()
        status = data.get("status")
        if status == 0:
            return [self._answer(data.get("result"))]
        if status == 1 and _NO_RESULT in text_of(data.get("msg")):
            return [None]
        raise _trouble(status)

    def _answer(self, result: Any) -> Answer | None:
        if not isinstance(result, dict) or not isinstance(result.get("location"), dict):
            raise Trouble(Kind.GARBLED)
        place = result["location"]
        sure = [result.get("confidence"), result.get("comprehension")]
        known = [score for score in sure if isinstance(score, int | float)]
        lowest = min(known, default=None)
        return self._speak.answer(place.get("lng"), place.get("lat"), _level(result), lowest)


def _level(result: Mapping[str, Any]) -> str:
    """Return the coarser of what was understood and of how far off the point may be."""
    level = text_of(result.get("level")).strip()
    confidence = result.get("confidence")
    score = confidence if isinstance(confidence, int | float) else 0
    if result.get("precise") == 0:  # 模糊打点
        score = min(score, 50)
    error = next(word for least, word in _ERRORS_M if score >= least)
    coarser = error and _ORDER.index(precision_of(error)) > _ORDER.index(precision_of(level))
    return error if coarser else level


def _trouble(status: Any) -> Trouble:
    if not isinstance(status, int):
        return Trouble(Kind.GARBLED)
    if status in _KEY_CODES:
        return Trouble(Kind.KEY, status)
    return Trouble(Kind.BUSY if status == 1 else _BY_CODE.get(status, Kind.REFUSED), status)
