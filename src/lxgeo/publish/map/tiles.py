"""Online tiles under the map, only where they are asked for.

A page with tiles asks one provider, whom its policy names, for pictures and nothing else. What it
asks for tells that provider which part of the land is looked at; no name, count or position of a
unit is in it. Tianditu wants a key, which then stands in the file: whoever has the file has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxgeo.errors import InputError, Words

_KEY = re.compile(r"[0-9A-Za-z]{16,64}")


@dataclass(frozen=True, slots=True)
class _Provider:
    """Where a provider's tiles are, and how they lie."""

    credit: Words
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    deepest: int
    needs_key: bool = False
    gcj02: bool = False


PROVIDERS: Mapping[str, _Provider] = MappingProxyType(
    {
        "tianditu": _Provider(
            credit=Words("底图：天地图（国家地理信息公共服务平台）", "Base map: Tianditu"),
            hosts=tuple(f"https://t{n}.tianditu.gov.cn" for n in range(8)),
            paths=tuple(
                f"/DataServer?T={layer}_w&x={{x}}&y={{y}}&l={{z}}&tk=" for layer in ("vec", "cva")
            ),
            deepest=18,
            needs_key=True,
        ),
        "amap": _Provider(
            credit=Words("底图：高德地图", "Base map: AMap"),
            hosts=tuple(f"https://webrd0{n}.is.autonavi.com" for n in range(1, 5)),
            paths=("/appmaptile?lang=zh_cn&size=1&scale=1&style=8&x={x}&y={y}&z={z}",),
            deepest=18,
            gcj02=True,
        ),
        "osm": _Provider(
            credit=Words("底图：© OpenStreetMap 贡献者", "Base map: © OpenStreetMap contributors"),
            hosts=("https://tile.openstreetmap.org",),
            paths=("/{z}/{x}/{y}.png",),
            deepest=19,
        ),
    }
)
"""Providers by the name that ``--tiles`` takes."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Which online tiles lie under the map.

    Parameters
    ----------
    name
        One of `PROVIDERS`.
    key
        The provider's key, where it wants one. It stands in the page as it is.
    number
        审图号 of the provider's map, as its own page shows it today; shown on the map.

    Raises
    ------
    InputError
        A provider that is not known; a key that is missing or can't be one.
    """

    name: str
    key: str = field(default="", repr=False)
    number: str = ""

    def __post_init__(self) -> None:
        if self.name not in PROVIDERS:
            known = "、".join(PROVIDERS)
            raise InputError(
                Words(
                    f"没有名为 {self.name!r} 的在线底图，可用：{known}",
                    f"no online tiles are called {self.name!r}; known: {known}",
                )
            )
        if PROVIDERS[self.name].needs_key and not _KEY.fullmatch(self.key):
            raise InputError(
                Words(
                    "天地图底图需要密钥（在天地图网站申请“浏览器端”类型），未给出或格式不对",
                    "Tianditu's tiles need a key (kind: browser) from its site; "
                    "none was given, or it can't be one",
                )
            )

    @property
    def hosts(self) -> tuple[str, ...]:
        """The only addresses that the page may ask, and only for pictures."""
        return PROVIDERS[self.name].hosts

    @property
    def warning(self) -> Words:
        """What whoever makes the page must know."""
        secret = Words(
            "；密钥写在地图文件里，得到文件的人就得到密钥" if self.key else "",
            "; the key stands in the map's file, and whoever has the file has it"
            if self.key
            else "",
        )
        return Words(
            f"打开地图时会向 {self.hosts[0]} 等请求底图图片，对方能看到查看的范围{secret.zh}",
            f"the map asks {self.hosts[0]} for pictures and so tells what area is looked at"
            f"{secret.en}",
        )

    def note(self) -> dict[str, object]:
        """Return what the page needs to ask for tiles, its words in both languages."""
        provider = PROVIDERS[self.name]
        hosts = provider.hosts
        # Leaflet puts one of the subdomains where {s} stands.
        host = hosts[0] if len(hosts) == 1 else _with_blank(hosts)
        unknown = Words(
            "审图号以底图服务商公布的为准", "Map approval number: see the provider's page"
        )
        given = Words(f"审图号：{self.number}", f"Map approval number: {self.number}")
        return {
            "urls": [f"{host}{path}{self.key}" for path in provider.paths],
            "subdomains": [_digit(each) for each in hosts],
            "deepest": provider.deepest,
            "gcj02": provider.gcj02,
            "credit": provider.credit._asdict(),
            "number": (given if self.number else unknown)._asdict(),
        }


def _digit(host: str) -> str:
    found = re.search(r"(\d)\.", host)
    return found[1] if found else ""


def _with_blank(hosts: tuple[str, ...]) -> str:
    return re.sub(r"\d\.", "{s}.", hosts[0], count=1)
