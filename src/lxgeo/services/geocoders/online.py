"""An online geocoder: addresses go out shuffled and only with consent, and only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np

from lxgeo.errors import InputError, Words
from lxgeo.locate.geocoder import Answer, may_be_sent, normal_address
from lxgeo.services.geocoders.cache import Cache
from lxgeo.services.geocoders.dispatch import send_courier
from lxgeo.services.geocoders.order import Order, Progress
from lxgeo.services.geocoders.provider import Limits

Errand: TypeAlias = Callable[[Order, Progress], int]
"""Sees to an order; returns how many addresses are asked again (see `run_errand`)."""


class Online:
    """A geocoder that asks a service for what its cache does not hold.

    What leaves is the text of each address, once, in an order that says nothing about the ledger's.
    An address that holds a telephone or identity number stays here and has no answer.

    Parameters
    ----------
    provider
        A name of `lxgeo.services.geocoders.providers.PROVIDERS`.
    site
        Where it is, and how much is asked of it.
    allow_upload
        Whether addresses may leave. Without it there is no geocoder.
    cache
        The folder of the cache.
    progress
        Called with how many addresses are answered, and how many there are.
    errand
        What does the asking; the courier, unless a test asks in line.

    Attributes
    ----------
    asked_again
        Addresses that were under way when a courier was killed, and so were asked a second time.

    Raises
    ------
    InputError
        Upload is not allowed.
    """

    def __init__(
        self,
        provider: str,
        site: tuple[str, Limits],
        *,
        allow_upload: bool,
        cache: Path,
        progress: Progress | None = None,
        errand: Errand = send_courier,
    ) -> None:
        if allow_upload is not True:
            raise InputError(
                Words(
                    "在线地理编码会把地址文本发给平台，默认不发；确认可以发送后加 --allow-upload"
                    "（只发地址，打乱顺序，不发单位名称和党员数）",
                    "online geocoding sends the text of addresses to the provider, and is off; "
                    "say --allow-upload where that may be (addresses only, shuffled, never names "
                    "or counts)",
                )
            )
        self._provider = provider
        self._url, self._limits = site
        self._cache = cache
        self._progress: Progress = progress or (lambda _done, _total: None)
        self._errand = errand
        self.asked_again = 0

    def geocode(self, addresses: Sequence[str]) -> Sequence[Answer | None]:
        """Return an answer for each address, in their order; None where there is none.

        Raises
        ------
        ServiceError
            The service failed or its quota is used up. What was answered is kept: asking for the
            same addresses again goes on from there.
        InputError
            The cache can't be used.
        """
        forms = [normal_address(address) for address in addresses]
        wanted = sorted({form for form in forms if may_be_sent(form)})
        answers = self._known(wanted)
        if len(answers) < len(wanted):
            self.asked_again += self._errand(self._order(wanted), self._progress)
            answers = self._known(wanted)
        return [answers.get(form) for form in forms]

    def _known(self, forms: Sequence[str]) -> dict[str, Answer | None]:
        with Cache(self._cache, self._provider) as cache:
            return dict(cache.known(forms))

    def _order(self, forms: Sequence[str]) -> Order:
        shuffled = np.random.default_rng(0).permutation(len(forms))
        addresses = tuple(forms[i] for i in shuffled)
        return Order(self._provider, self._url, self._limits, self._cache, addresses)
