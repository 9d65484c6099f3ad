"""The geocoders that there are: where they are, how much they take, where their keys are."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxgeo.errors import Words
from lxgeo.services.geocoders.amap import Amap
from lxgeo.services.geocoders.baidu import Baidu
from lxgeo.services.geocoders.key import Key
from lxgeo.services.geocoders.nominatim import nominatim
from lxgeo.services.geocoders.provider import Limits, Provider
from lxgeo.services.geocoders.tianditu import Tianditu
from lxgeo.services.geocoders.transport import Transport


@dataclass(frozen=True, slots=True)
class Service:
    """A geocoder.

    Parameters
    ----------
    label
        What people call it.
    url
        Where it is, unless said otherwise.
    limits
        What a person's own key is given; more is a matter of ``LXGEO_…_PER_SECOND`` and
        ``LXGEO_…_PER_DAY``.
    make
        Makes it from the way there and a key.
    keyed
        Whether it needs a key.
    """

    label: Words
    url: str
    limits: Limits
    make: Callable[[Transport, Key], Provider]
    keyed: bool = True


PROVIDERS: Mapping[str, Service] = {
    "amap": Service(
        Words("高德", "AMap"), "https://restapi.amap.com", Limits(3, 5_000, batch=10), Amap
    ),
    "baidu": Service(Words("百度", "Baidu"), "https://api.map.baidu.com", Limits(3, 5_000), Baidu),
    "nominatim": Service(
        # One request a second at most: operations.osmfoundation.org/policies/nominatim
        Words("Nominatim", "Nominatim"),
        "https://nominatim.openstreetmap.org",
        Limits(1),
        nominatim,
        keyed=False,
    ),
    "tianditu": Service(
        Words("天地图", "Tianditu"), "https://api.tianditu.gov.cn", Limits(5, 10_000), Tianditu
    ),
}


def variable(name: str, what: str) -> str:
    """Return the environment variable of a provider's ``KEY``, ``URL`` or other setting."""
    return f"LXGEO_{name.upper()}_{what}"


def key_of(name: str) -> Key:
    """Return a provider's key, as the environment has it."""
    return Key(os.environ.get(variable(name, "KEY"), "").strip())


def ready(name: str, url: str, limits: Limits, key: Key) -> Provider:
    """Return a provider that can be asked."""
    return PROVIDERS[name].make(Transport(url, key, limits.timeout_s), key)
