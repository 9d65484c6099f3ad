"""AMap (高德): GCJ-02, up to ten addresses in one request.

Web 服务 API, 地理编码 v3 and its 错误码 (lbs.amap.com/api/webservice/guide/tools/info). Batches are
no longer in the page's table of parameters, but still answered: where the number of answers is not
that of the addresses, each is asked for alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxgeo.locate.geocoder import Answer
from lxgeo.model import Datum
from lxgeo.services.geocoders.key import Key
from lxgeo.services.geocoders.provider import Spoken, text_of
from lxgeo.services.geocoders.transport import Transport
from lxgeo.services.geocoders.trouble import Kind, Trouble

_OK = "10000"
_A_MINUTE_S = 60.0
_KINDS: dict[Kind, str] = {
    # 10003, 10044: the day's quota; 10029, 10045: the same abroad; 4000x: a plan that ran out
    Kind.QUOTA: "10003 10010 10029 10044 10045 40000 40002 40003",
    # 10004: a minute's, 10014 and 1002x: a second's; 10015-10017: its own trouble
    Kind.BUSY: "10004 10014 10015 10016 10017 10019 10020 10021 20003",
    Kind.KEY: "10001 10002 10005 10006 10007 10008 10009 10012 10013 10041",
    # 20000: a parameter; 20012: its content; 3xxxx: the engine could make nothing of it
    Kind.ADDRESS: "20000 20012",
}
_BY_CODE = {code: kind for kind, codes in _KINDS.items() for code in codes.split()}
_ENGINE = "3"


class Amap:
    """AMap's geocoder.

    Parameters
    ----------
    transport
        The way there.
    key
        A key for 「Web服务」.
    """

    def __init__(self, transport: Transport, key: Key) -> None:
        self._transport = transport
        self._key = key
        self._speak = Spoken("amap", Datum.GCJ02)

    def ask(self, addresses: Sequence[str]) -> Sequence[Answer | None]:
        """Return an answer for each of up to ten addresses."""
        params = {"key": self._key.reveal(), "output": "JSON", "address": "|".join(addresses)}
        if len(addresses) > 1:
            params["batch"] = "true"
        data = self._transport.get("/v3/geocode/geo", params).record()
        if str(data.get("status")) != "1":
            raise _trouble(data.get("infocode"))
        found = data.get("geocodes")
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise Trouble(Kind.GARBLED)
        if len(addresses) == 1:
            return [self._answer(found[0], len(found)) if found else None]
        if len(found) != len(addresses):
            raise Trouble(Kind.BATCH)
        return [self._answer(each, 1) for each in found]

    def _answer(self, said: Mapping[str, Any], candidates: int) -> Answer | None:
        lon, _, lat = text_of(said.get("location")).partition(",")
        # AMap says how exact, not how sure; of several candidates it is less so.
        sure = 50 / candidates
        level = text_of(said.get("level"))
        return self._speak.answer(lon, lat, level, sure, said.get("formatted_address"))


def _trouble(code: Any) -> Trouble:
    told = str(code)
    if told == _OK:
        return Trouble(Kind.GARBLED, told)
    kind = Kind.ADDRESS if told.startswith(_ENGINE) else _BY_CODE.get(told, Kind.REFUSED)
    return Trouble(kind, told, _A_MINUTE_S if told == "10004" else None)
