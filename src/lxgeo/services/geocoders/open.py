"""Opening an online geocoder by name, with what the environment says about it."""

from __future__ import annotations

import dataclasses
import difflib
import math
import os
from pathlib import Path
from urllib.parse import urlsplit

from lxgeo.errors import InputError, Words
from lxgeo.services.geocoders.online import Online
from lxgeo.services.geocoders.order import Progress
from lxgeo.services.geocoders.provider import Limits
from lxgeo.services.geocoders.providers import PROVIDERS, Service, key_of, ready, variable

_OWN_PER_SECOND = 50.0
"""Requests a second that a server of one's own is sent, unless it is said otherwise."""
_SLOWEST = 0.001
"""Least ``LXGEO_…_PER_SECOND``: one request in a quarter of an hour."""


def geocoder_names() -> list[str]:
    """Return the names of the geocoders that can be opened."""
    return sorted(PROVIDERS)


def open_geocoder(
    name: str, *, allow_upload: bool, cache: Path, progress: Progress | None = None
) -> Online:
    """Return an online geocoder.

    Keys are read from the environment and stand nowhere else: ``LXGEO_AMAP_KEY``,
    ``LXGEO_BAIDU_KEY``, ``LXGEO_TIANDITU_KEY``. ``LXGEO_…_URL`` moves a service, say to a Nominatim
    of one's own; ``LXGEO_…_PER_SECOND`` and ``LXGEO_…_PER_DAY`` set how much is asked of it.

    Parameters
    ----------
    name
        ``amap``, ``baidu``, ``nominatim`` or ``tianditu``.
    allow_upload
        Whether the text of addresses may leave. Never a matter of the environment.
    cache
        The folder where answers are kept; made where it is missing.
    progress
        Called with how many addresses are answered, and how many there are.

    Raises
    ------
    InputError
        No such geocoder, no consent, no key, or a setting of the environment that can't be read.
    ServiceError
        Nominatim, and geopy is not installed.
    """
    asked, name = name, name.strip().lower()
    service = PROVIDERS.get(name)
    if service is None:
        raise _unknown(asked)
    url = _url(name, service)
    limits = _limits(name, service.limits, own=_own(name, url))
    geocoder = Online(
        name, (url, limits), allow_upload=allow_upload, cache=cache, progress=progress
    )
    if service.keyed and not key_of(name):
        named = variable(name, "KEY")
        raise InputError(
            Words(
                f"{service.label.zh}需要密钥：请先设置环境变量 {named}，不要写在文件或命令里",
                f"{service.label.en} needs a key: set the environment variable {named}, and write "
                "it into no file or command",
            )
        )
    # Made once here, so that a package that is missing is told before a long run begins.
    ready(name, url, limits, key_of(name))
    return geocoder


def _unknown(name: str) -> InputError:
    near = difflib.get_close_matches(name.lower(), geocoder_names(), n=1)
    zh = f"，是否为 {near[0]}？" if near else "。"
    en = f", did you mean {near[0]}?" if near else "."
    listed = geocoder_names()
    return InputError(
        Words(
            f"没有名为 {name} 的地理编码服务{zh}现有：{'、'.join(listed)}",
            f"no geocoder is called {name}{en} There are: {', '.join(listed)}",
        )
    )


def _url(name: str, service: Service) -> str:
    """Return where a service is: http(s), a host, perhaps a path, and nothing that is secret."""
    named = variable(name, "URL")
    url = os.environ.get(named, "").strip() or service.url
    try:
        parts = urlsplit(url)
        plain = parts.port is None or parts.port > 0
    except ValueError:
        raise _unreadable(named) from None
    wrong = parts.scheme not in ("http", "https") or not parts.hostname or not plain
    if wrong or parts.username or parts.query or parts.fragment:
        raise _unreadable(named)
    return url.rstrip("/")


def _limits(name: str, limits: Limits, *, own: bool) -> Limits:
    """Return how much is asked: as the environment says, else as the service lets a person.

    A server that one runs oneself (``own``) has no quota unless one is said.
    """
    if own:
        limits = dataclasses.replace(limits, per_second=_OWN_PER_SECOND, per_day=0)
    return dataclasses.replace(
        limits,
        per_second=_number(variable(name, "PER_SECOND"), limits.per_second, _SLOWEST),
        per_day=int(_number(variable(name, "PER_DAY"), limits.per_day, 0)),
    )


def _own(name: str, url: str) -> bool:
    """Return whether a server is one's own: a Nominatim, for other URLs lead to a provider."""
    return name == "nominatim" and urlsplit(url).hostname != urlsplit(PROVIDERS[name].url).hostname


def _number(named: str, usual: float, least: float) -> float:
    text = os.environ.get(named, "").strip()
    try:
        number = float(text) if text else usual
    except ValueError:
        raise _unreadable(named) from None
    if not math.isfinite(number) or number < least:
        raise _unreadable(named)
    return number


def _unreadable(named: str) -> InputError:
    # The value is not shown: somebody may have put the key there.
    return InputError(
        Words(
            f"环境变量 {named} 的内容不能用：URL 形如 https://host/path，次数是正数",
            f"the environment variable {named} is no use: a URL is https://host/path, a number is "
            "positive",
        )
    )
