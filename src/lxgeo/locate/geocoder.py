"""The port to online geocoders: what is asked of them, what they answer, how exact that is.

The services themselves are in `lxgeo.services.geocoders`; a test hands in anything with the one
method. Each provider has its own words for how exact an answer is. `precision_of` reads those of:

- AMap, ``level`` as of 7 December 2023 (lbs.amap.com, news/geocoder_api);
- Baidu, ``level`` of geocoding v3 (能精确理解的地址类型), and the errors that its ``confidence``
  stands for;
- Tianditu, ``level`` of the geocoder: no list is published, so only words that other lists have
  too, and its own 地名地址, which may be anything from a house to a village;
- Nominatim, ``addresstype``, else ``type``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from lxgeo.locate.names import fold
from lxgeo.model import Datum, Precision


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a provider says that an address is.

    Parameters
    ----------
    lon, lat
        Degrees in ``datum``, as the provider gave them.
    level
        The provider's own word for how exact the point is; see `precision_of`.
    confidence
        How sure the provider is, 0 to 1; 0.5 where it does not say.
    datum
        What its coordinates are given in.
    provider
        ``amap``, ``tianditu``, ``baidu`` or ``nominatim``.
    text
        The place as the provider calls it; empty where it does not. Hostile until encoded.
    """

    lon: float
    lat: float
    level: str
    confidence: float
    datum: Datum
    provider: str
    text: str

    def __post_init__(self) -> None:
        if not (abs(self.lon) <= 180 and abs(self.lat) <= 90):  # noqa: PLR2004 -- degrees; no NaN
            raise ValueError(f"no place on earth: {self.lon}, {self.lat}")
        if not 0 <= self.confidence <= 1 or math.isnan(self.confidence):
            raise ValueError(f"a confidence is from 0 to 1, not {self.confidence}")

    @property
    def precision(self) -> Precision:
        """How exact the point is, in our words."""
        return precision_of(self.level)


class Geocoder(Protocol):
    """What turns addresses into places."""

    def geocode(self, addresses: Sequence[str]) -> Sequence[Answer | None]:
        """Return an answer for each address, in their order; None where there is none.

        Raises
        ------
        ServiceError
            The service failed or its quota is used up. What was answered is kept: asking for the
            same addresses again goes on from there.
        """
        ...


_WORDS: dict[Precision, str] = {
    Precision.BUILDING: (
        # A named place or a part of a house: AMap, Baidu, Tianditu, Nominatim.
        "兴趣点 单元号 楼层 房间 "
        "商务大厦 政府机构 生活服务 休闲娱乐 餐饮 宾馆 购物 金融 教育 医疗 汽车服务 加油站 "
        "building amenity shop office tourism craft leisure healthcare club man_made historic poi"
    ),
    Precision.HOUSE_NUMBER: "门牌号 门址 house house_number place",
    Precision.ROAD: (
        "道路 道路交叉路口 小巷 公交地铁站点 交叉路口 桥 停车场/停车区 收费区/收费站 收费处/收费站 "
        "误差500米以内 road highway junction"
    ),
    Precision.PARK: "工业园区 industrial commercial retail",
    Precision.VILLAGE: (
        # Half a kilometre and more: a place, but no address.
        "村庄 住宅区 热点商圈 地产小区 商圈 旅游景点 火车站 长途汽车站 港口/码头 飞机场 机场 绿地 "
        "地名地址 误差1公里以内 village hamlet neighbourhood quarter residential isolated_dwelling "
        "farm allotments city_block locality park railway aeroway landuse natural"
    ),
    Precision.TOWNSHIP: "乡镇 开发区 误差超过1公里 town suburb borough township subdistrict",
    Precision.DISTRICT: "区县 district city_district county municipality",
}
_PRECISIONS = {word: precision for precision, words in _WORDS.items() for word in words.split()}


def precision_of(level: str) -> Precision:
    """Return how exact a provider's ``level`` is.

    Towns, development zones and districts are ``township`` or ``district``: they tell where a unit
    belongs and are never joined on. A city, a province, 未知, and any word that is not known, is
    ``none``: what can't be vouched for is not used.
    """
    return _PRECISIONS.get(level, Precision.NONE)


_NUMBER_SIGN = re.compile(r"(?<=[0-9A-Z])#")
_PERSONAL = re.compile(
    r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])|[0-9]{15}|(?<![0-9])0[0-9]{2,3}-[0-9]{7,8}(?![0-9])"
)


def normal_address(address: str) -> str:
    """Return the form in which an address is asked for and remembered.

    Folded as names are compared (`lxgeo.locate.names.fold`), with ``3#`` read as 3号; what differs
    in width, blanks or quotes only is one address.
    """
    return _NUMBER_SIGN.sub("号", fold(address)).strip(",.-#")


def may_be_sent(address: str) -> bool:
    """Return whether a normal form holds an address and nothing that looks like a person's number.

    A telephone or identity number that somebody typed into the address column stays here.
    """
    return bool(re.search(r"[^\W\d_]", address)) and not _PERSONAL.search(address)
