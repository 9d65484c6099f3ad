"""Asking for many addresses, one request after another, each answer kept before the next is asked.

The same errand runs in the courier (`lxgeo.services.geocoders.courier`), which sees it through when
its sender is killed, and in line.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from lxgeo.locate.geocoder import Answer
from lxgeo.services.geocoders.cache import Cache
from lxgeo.services.geocoders.key import Key
from lxgeo.services.geocoders.order import Order, Progress, Stop
from lxgeo.services.geocoders.provider import Limits, Provider
from lxgeo.services.geocoders.providers import PROVIDERS, key_of, ready
from lxgeo.services.geocoders.trouble import Kind, Trouble, service_error

CHINA = dt.timezone(dt.timedelta(hours=8))
_AGAIN = frozenset({Kind.BUSY, Kind.GARBLED})
_IN_PART = frozenset({Kind.ADDRESS, Kind.BATCH})
_MOST_WAIT_S = 60.0
_REFUSED_AT_FIRST = 10
_FAILED_IN_A_ROW = 2


def today() -> str:
    """Return the day whose quota is being used: China's."""
    return dt.datetime.now(CHINA).date().isoformat()


def run_errand(order: Order, stop: Stop, tell: Progress) -> int:
    """Ask for all addresses of an order that have no answer yet.

    Parameters
    ----------
    order
        What to ask.
    stop
        Looked at before each request: what is under way is seen through, then it ends.
    tell
        Told after each request.

    Returns
    -------
    int
        How many addresses had been sent before without an answer's being kept, and are asked again:
        a courier was killed, or the machine stopped.

    Raises
    ------
    ServiceError
        The service failed, or its quota is used up; what was answered is kept.
    InputError
        The cache can't be used.
    """
    key = key_of(order.provider)
    provider = ready(order.provider, order.url, order.limits, key)
    with Cache(order.cache, order.provider) as cache, cache.alone():
        # Looked up only now: the courier of a run that was killed may have just been at work.
        known = cache.known(order.addresses)
        missing = [address for address in order.addresses if address not in known]
        again = len(cache.under_way().intersection(missing))
        errand = _Errand(provider, cache, _Pace(order.limits, stop, order.seed), key)
        try:
            for left in errand.ask_all(missing):
                tell(len(order.addresses) - left, len(order.addresses))
        except Trouble as trouble:
            done = len(cache.known(order.addresses))
            label = PROVIDERS[order.provider].label
            raise service_error(label, trouble, done, len(order.addresses) - done) from None
    return again


class _Pace:
    """When the next request may be sent."""

    def __init__(self, limits: Limits, stop: Stop, seed: int) -> None:
        self.limits = limits
        self.stop = stop
        self._next = 0.0
        self._chance = np.random.default_rng(seed)

    def turn(self) -> bool:
        """Wait for the next turn; False where it is time to stop."""
        stopped = self.stop.wait(self._next - time.monotonic())
        self._next = time.monotonic() + 1 / self.limits.per_second
        return not stopped

    def pause(self, attempt: int, asked_s: float | None) -> None:
        """Wait before another attempt: twice as long each time, by chance up to a half less."""
        longest = min(self.limits.first_wait_s * 2**attempt, _MOST_WAIT_S)
        self.stop.wait(max(longest * (1 - self._chance.random() / 2), asked_s or 0.0))


class _Stopped(Exception):  # noqa: N818 -- no error: the sender is gone
    pass


class _Errand:
    """One provider's questions and answers."""

    def __init__(self, provider: Provider, cache: Cache, pace: _Pace, key: Key) -> None:
        self._provider = provider
        self._cache = cache
        self._pace = pace
        self._key = key
        self._batch = max(1, pace.limits.batch)
        # Until something is taken, an address that is not may be all our fault.
        self._sound = False
        self._refused: list[str] = []
        # One request may fail by itself; two in a row are an outage.
        self._failures = 0
        self._skipped: Trouble | None = None

    def ask_all(self, addresses: Sequence[str]) -> Iterator[int]:
        """Ask for all; yield after each request how many are left."""
        first = 0
        while first < len(addresses):
            some = addresses[first : first + self._batch]
            try:
                self._settle(some)
            except _Stopped:
                return
            first += len(some)
            yield len(addresses) - first
        if self._skipped is not None:
            raise self._skipped

    def _settle(self, some: Sequence[str]) -> None:
        """See to it that each of some addresses has its answer."""
        try:
            answers = self._asked(some)
        except _Stopped:
            self._cache.give_up(some)
            raise
        except Trouble as trouble:
            self._cache.give_up(some)
            self._failures += trouble.kind in _AGAIN
            if self._failures == _FAILED_IN_A_ROW or trouble.kind not in _AGAIN | _IN_PART:
                raise
            refusal = trouble
        else:
            self._keep(some, answers)
            return
        if len(some) == 1:
            self._pass_over(some[0], refusal)
            return
        if refusal.kind is Kind.BATCH:
            self._batch = 1
        for each in some:
            self._settle([each])

    def _asked(self, some: Sequence[str]) -> Sequence[Answer | None]:
        limits = self._pace.limits
        for attempt in range(limits.attempts):
            if not self._pace.turn():
                raise _Stopped
            if limits.per_day and self._cache.spent(today()) + len(some) > limits.per_day:
                raise Trouble(Kind.QUOTA, "per day")
            self._cache.ask(some)
            try:
                return self._provider.ask(some)
            except Trouble as trouble:
                if trouble.kind not in _AGAIN or attempt + 1 == limits.attempts:
                    raise
                wait_s = trouble.wait_s
            self._pace.pause(attempt, wait_s)
        raise Trouble(Kind.BUSY)

    def _keep(self, some: Sequence[str], answers: Sequence[Answer | None]) -> None:
        self._cache.answer(some, [self._without_key(answer) for answer in answers], today())
        self._sound, self._failures = True, 0
        if self._refused:
            self._cache.answer(self._refused, [None] * len(self._refused), today())
            self._refused = []

    def _pass_over(self, address: str, refusal: Trouble) -> None:
        """Go on without an address: one that is not taken has no answer, unless none is taken."""
        if refusal.kind in _AGAIN:
            self._skipped = refusal
        elif self._sound:
            self._cache.answer([address], [None], today())
        else:
            self._refused.append(address)
            if len(self._refused) == _REFUSED_AT_FIRST:
                raise refusal

    def _without_key(self, answer: Answer | None) -> Answer | None:
        """Return an answer to keep: should a service repeat the key in a name, the name goes."""
        if answer is None or not (
            self._key.stands_in(answer.text) or self._key.stands_in(answer.level)
        ):
            return answer
        return replace(answer, text="", level="")
