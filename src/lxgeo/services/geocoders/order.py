"""What a run of questions is told to do, and how it is told to stop."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from lxgeo.services.geocoders.provider import Limits

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many addresses are answered, and how many there are."""

_LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class Order:
    """What to ask, of whom.

    Parameters
    ----------
    provider
        A name of `lxgeo.services.geocoders.providers.PROVIDERS`. Its key is in the environment.
    url
        Where it is.
    limits
        How much is asked of it.
    cache
        The folder of the cache.
    addresses
        In normal form, shuffled.
    seed
        Where the pauses' jitter comes from.
    """

    provider: str
    url: str
    limits: Limits
    cache: Path
    addresses: tuple[str, ...]
    seed: int = 0

    def to_json(self) -> str:
        """Return the order as one line."""
        return json.dumps({**asdict(self), "cache": str(self.cache)})

    @classmethod
    def of_json(cls, line: str | bytes) -> Order:
        """Return the order of a line."""
        said = json.loads(line)
        return cls(
            said["provider"],
            said["url"],
            Limits(**said["limits"]),
            Path(said["cache"]),
            tuple(said["addresses"]),
            said["seed"],
        )


class Stop:
    """Whether to stop after what is under way: told to, or the one who gave the order is gone.

    Parameters
    ----------
    parent
        The process that gave the order; none where it is this one.
    """

    def __init__(self, parent: int | None = None) -> None:
        self._parent = parent
        self._event = threading.Event()

    def set(self) -> None:
        """Stop after what is under way."""
        self._event.set()

    def is_set(self) -> bool:
        """Return whether to stop."""
        orphaned = self._parent is not None and os.getppid() != self._parent
        return orphaned or self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait, or until it is time to stop; return whether it is."""
        while seconds > 0 and not self.is_set():
            self._event.wait(min(seconds, _LOOK_S))
            seconds -= _LOOK_S
        return self.is_set()
